"""What the pages of this room have in common."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpRequest


def status(request: HttpRequest) -> HTTPStatus:
    """A form that comes back after it was sent was refused."""
    return HTTPStatus.UNPROCESSABLE_ENTITY if request.method == "POST" else HTTPStatus.OK


def mark(request: HttpRequest, simulated: bool) -> None:
    """Let the frame say that the people on the page are generated."""
    request.simulated = simulated  # type: ignore[attr-defined]  # read by the shell alone
