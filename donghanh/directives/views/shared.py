"""What the pages of directives share."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse
from django.urls import reverse

from donghanh.directives import texts
from donghanh.domain.authority import Actor
from donghanh.domain.rights import Right

REFUSED = 422
CHANGED = 409
PAGE = 25
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def found(call: Any, *args: Any, **kwargs: Any) -> Any:
    """Return what a query or action gives; what is not there, or not the actor's, is no page."""
    try:
        return call(*args, **kwargs)
    except ObjectDoesNotExist as missing:
        raise Http404 from missing


def file(data: bytes, kind: str, name: str) -> HttpResponse:
    """Give a file to be kept under a name."""
    answer = HttpResponse(data, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def beside(actor: Actor, current: str) -> list[dict[str, Any]]:
    """Return the pages that lie beside each other under directives, for who reads them."""
    if not actor.may(Right.READ_DIRECTIVES):
        return []
    return [
        {"url": reverse(f"directives:{name}"), "label": label, "current": name == current}
        for name, label in texts.inbox_views()
    ]
