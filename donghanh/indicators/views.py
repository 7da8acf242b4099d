"""Pages of the room of indicators."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from donghanh.domain import authority
from donghanh.domain.authority import Actor
from donghanh.domain.calendar import BadSchoolYear, SchoolYear
from donghanh.domain.errors import RuleError
from donghanh.domain.rights import Right, Role
from donghanh.domain.structure import Line
from donghanh.indicators import actions, forms, queries, texts
from donghanh.indicators.queries import Asked, Board, CarriedOn, NotShown
from donghanh.lib import answers, clock, days, kept
from donghanh.organisation import doors

#: Along which line a post looks first.
_LINES = {
    Role.OFFICER: Line.EDUCATION,
    Role.LEADER: Line.EDUCATION,
    Role.SECRETARY: Line.EDUCATION,
    Role.UNION: Line.UNION,
    Role.UPPER_UNION: Line.UNION,
}
#: What of the page of figures is kept while none of them changes.
_PARTS = {part: f"indicators/_board_{part}.html" for part in ("crumbs", "head", "content")}


@never_cache
@require_GET
@doors.acting
def present(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Lead to the figures of the present school year."""
    authority.require(actor, Right.READ_FIGURES)
    return redirect("indicators:board", SchoolYear.of(clock.today()).key)


@never_cache
@require_GET
@doors.acting
def board(
    request: HttpRequest, actor: Actor, school_year: str, unit: int | None = None
) -> HttpResponse:
    """Show the figures of a unit and year beside the same period a year before."""
    asked = _asked(request, actor, school_year, unit)
    typed = forms.Until(request.GET)
    wrong = "den" in request.GET and not typed.is_valid()

    def context() -> dict[str, object]:
        shown = _board(actor, asked)
        until = typed if wrong else forms.Until(initial={"den": shown.day})
        return {"page": shown, "until": until, **_around(shown)}

    try:
        parts = kept.parts(request, _PARTS, "" if wrong else _mark(actor, asked), context)
    except CarriedOn as ended:
        return _to_heir(request, school_year, ended)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK
    answer = {"parts": parts, "year": asked.school_year}
    return render(request, "indicators/board.html", answer, status=status)


@never_cache
@require_GET
@doors.acting
def cases(request: HttpRequest, actor: Actor, school_year: str, code: str) -> HttpResponse:
    """Show whom a figure counts, as far as the actor may see; names shown are written down."""
    asked = _asked(request, actor, school_year, _chosen_unit(request))
    try:
        page = actions.see_cases(
            actor=actor, asked=asked, code=code, at=clock.now(), today=clock.today()
        )
    except (NotShown, BadSchoolYear) as unknown:
        raise Http404 from unknown
    answers.mark(request, page.simulated)
    return render(request, "indicators/cases.html", {"page": page, **_around(page.board)})


@never_cache
@require_GET
@doors.acting
def by_class(request: HttpRequest, actor: Actor, school_year: str) -> HttpResponse:
    """Show the figures of one school class by class, to who may see its cases."""
    asked = _asked(request, actor, school_year, _chosen_unit(request))
    try:
        page = queries.by_class(actor, asked, clock.today())
    except (NotShown, BadSchoolYear) as unknown:
        raise Http404 from unknown
    answers.mark(request, page.simulated)
    return render(request, "indicators/by_class.html", {"page": page, **_around(page.board)})


@never_cache
@require_http_methods(["GET", "POST"])
@doors.acting
def enter(request: HttpRequest, actor: Actor, school_year: str) -> HttpResponse:
    """Enter what no case tells of the own school and year."""
    asked = _asked(request, actor, school_year, None)
    shown = _board(actor, asked)
    if shown.enters is None:
        raise Http404
    rows = [row for row in shown.rows if row.entered]
    form = forms.Figures(rows, request.POST if request.method == "POST" else None)
    refusal = ""
    if request.method == "POST" and form.is_valid():
        try:
            actions.enter_figures(
                actor=actor,
                school_id=shown.enters,
                school_year=school_year,
                values=form.cleaned_data,
                at=clock.now(),
            )
        except RuleError as error:
            refusal = texts.refusal(error)
        else:
            messages.success(request, _("Kept: the figures your school entered."))
            return redirect("indicators:board", school_year)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if request.method == "POST" else HTTPStatus.OK
    context = {"page": shown, "form": form, "refusal": refusal}
    return render(request, "indicators/enter.html", context, status=status)


@never_cache
@require_GET
@doors.acting
def unions(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Show introduced, in class and admitted by school Union and school year."""
    page = queries.union_page(actor, clock.today())
    tables = [
        {
            "caption": _("School year %(year)s") % {"year": year.key},
            "rows": [(row.name, row.cells[place]) for row in page.rows],
            "total": page.totals[place],
        }
        for place, year in enumerate(page.years)
    ]
    return render(request, "indicators/unions.html", {"page": page, "tables": tables})


def _asked(request: HttpRequest, actor: Actor, school_year: str, unit: int | None) -> Asked:
    usual = _LINES.get(actor.post.role, Line.PARTY)
    return forms.asked(school_year, request.GET, usual, unit)


def _chosen_unit(request: HttpRequest) -> int | None:
    chosen = request.GET.get("don-vi", "")
    return int(chosen) if chosen.isdecimal() and len(chosen) < 19 else None


def _board(actor: Actor, asked: Asked) -> Board:
    try:
        return queries.board(actor, asked, clock.today())
    except CarriedOn:
        raise
    except (NotShown, BadSchoolYear) as unknown:
        raise Http404 from unknown


def _to_heir(request: HttpRequest, school_year: str, ended: CarriedOn) -> HttpResponse:
    """Lead from a unit that has ended to the figures of the one that carries it on."""
    told = {"was": ended.was, "name": ended.name}
    messages.info(request, _("“%(was)s” has ended; these are the figures of %(name)s.") % told)
    here = reverse("indicators:unit", args=[school_year, ended.unit])
    return redirect(f"{here}?{request.GET.urlencode()}")


def _mark(actor: Actor, asked: Asked) -> str:
    try:
        return queries.board_mark(actor, asked, clock.today())
    except BadSchoolYear as unknown:
        raise Http404 from unknown


def _around(shown: Board) -> dict[str, object]:
    """Return what leads from a page of figures to the others."""
    said = {"cach": shown.asked.view.value, "cay": shown.asked.line.value}
    if shown.asked.day is not None:
        said["den"] = days.day(shown.asked.day)
    here = reverse("indicators:board", args=[shown.year.key])

    def tabs(name: str, words: Mapping[Any, Promise], current: object) -> list[dict[str, object]]:
        return [
            {
                "label": word,
                "url": f"{here}?{urlencode({**said, name: one.value})}",
                "current": one is current,
            }
            for one, word in words.items()
        ]

    return {
        "query": urlencode(said),
        "unit_query": urlencode({**said, "don-vi": shown.unit or ""}),
        "views": tabs("cach", texts.VIEWS, shown.asked.view),
        "lines": tabs("cay", texts.LINES, shown.asked.line),
    }
