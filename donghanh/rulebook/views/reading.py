"""Pages on which rules are looked up."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from donghanh.domain.authority import Actor
from donghanh.lib import clock
from donghanh.organisation import doors
from donghanh.rulebook import queries
from donghanh.rulebook.views.frames import day_of, page, words_of

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
@doors.acting
def day(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Show the rules in force on a day, or hand them out as .xlsx."""
    on = day_of(request, "ngay") or clock.today()
    where, words = words_of(request, "noi"), words_of(request, "q")
    if "xlsx" in request.GET:
        data = queries.day_workbook(actor, on, where, words)
        name = f'attachment; filename="quy-dinh-{on.isoformat()}.xlsx"'
        return HttpResponse(data, content_type=_XLSX, headers={"Content-Disposition": name})
    found = queries.day_page(actor, on, where, words)
    return page(request, actor, "day", "day", {"page": found, "today": clock.today()})


@require_safe
@doors.acting
def road(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Show every step of the road."""
    on = day_of(request, "ngay") or clock.today()
    found = queries.road_page(actor, on, words_of(request, "noi"))
    return page(request, actor, "road", "road", {"page": found, "today": clock.today()})


@require_safe
@doors.acting
def step(request: HttpRequest, actor: Actor, code: str) -> HttpResponse:
    """Show one step, or one turn beside the road."""
    on = day_of(request, "ngay") or clock.today()
    try:
        found = queries.step_page(actor, code, on, words_of(request, "noi"))
    except queries.NoSuchStep as refusal:
        raise Http404 from refusal
    template = "turn" if isinstance(found, queries.TurnPage) else "step"
    return page(request, actor, template, "road", {"page": found, "today": clock.today()})


@require_safe
@doors.acting
def rule(request: HttpRequest, actor: Actor, name: str) -> HttpResponse:
    """Show one rule through time, and where it bites."""
    try:
        found = queries.rule_page(actor, name, clock.today())
    except queries.NoSuchValue as refusal:
        raise Http404 from refusal
    return page(request, actor, "rule", "day", {"page": found})


@require_safe
@doors.acting
def compare(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Show what differs between two days."""
    found = queries.compare_page(
        actor,
        day_of(request, "tu"),
        day_of(request, "den") or clock.today(),
        words_of(request, "noi"),
        whole="het" in request.GET,
    )
    return page(request, actor, "compare", "compare", {"page": found})


@require_safe
@doors.acting
def forms(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Show the catalogue of forms, and the order of the dossier."""
    where, words = words_of(request, "noi"), words_of(request, "q")
    found = queries.forms_page(actor, clock.today(), where, words)
    return page(request, actor, "forms", "forms", {"page": found})
