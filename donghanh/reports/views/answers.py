"""What the pages of the room answer alike."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from donghanh.domain.errors import RuleError

#: Refusals that say the thing was changed by somebody else meanwhile.
_MEANWHILE = frozenset(
    {
        "reports.changed_meanwhile",
        "reports.sent_again",
        "reports.figures_moved",
        "reports.amendment_in_flight",
        "reports.closed_already",
        "reports.consolidated_meanwhile",
    }
)
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def page(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any],
    *,
    simulated: bool,
    status: int = 200,
) -> HttpResponse:
    """Show a page; the frame says when what stands on it is generated."""
    request.simulated = simulated  # type: ignore[attr-defined]  # read by the shell alone
    return render(request, f"reports/{template}.html", dict(context), status=status)


def status_of(refusal: RuleError) -> int:
    """Return the status a refusal is answered with."""
    return 409 if refusal.code in _MEANWHILE else 422


def file(content: bytes, kind: str, name: str) -> HttpResponse:
    """Hand a file out to be kept, under a name with its diacritics."""
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return answer
