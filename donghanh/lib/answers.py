"""Answers of pages that several rooms give alike."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def mark(request: HttpRequest, simulated: bool) -> None:
    """Let the frame say that the people on the page are generated."""
    request.simulated = simulated  # type: ignore[attr-defined]  # read by the shell alone


def sheet(data: bytes, name: str) -> HttpResponse:
    """Return a workbook to be taken away under a name."""
    response = HttpResponse(data, content_type=_SHEET)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
