"""What every answer says to the browser beside what the framework says."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

#: Nothing of the machine is asked for but passkeys, which the own pages may use.
_POLICY = ", ".join(
    [
        *(f"{name}=()" for name in ("camera", "geolocation", "microphone", "payment", "usb")),
        *(
            f"{name}=(self)"
            for name in ("publickey-credentials-create", "publickey-credentials-get")
        ),
    ]
)


def told(answer: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Add to every answer which abilities of the browser its page may use."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = answer(request)
        response.headers.setdefault("Permissions-Policy", _POLICY)
        return response

    return middleware
