"""The department: a year's figures by the structure of then or of now, and what is behind them."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from donghanh.domain import authority
from donghanh.domain.authority import Actor
from donghanh.domain.calendar import BadSchoolYear
from donghanh.domain.rights import Right
from donghanh.domain.structure import Line
from donghanh.domain.succession import View
from donghanh.lib import clock
from donghanh.organisation import doors
from donghanh.reports import queries, texts
from donghanh.reports.views import answers


@require_safe
@doors.acting
def page(request: HttpRequest, actor: Actor, school_year: str) -> HttpResponse:
    """Show a year's figures unit by unit, in one of the three views, along one line."""
    authority.require(actor, Right.REVIEW_REPORTS)
    line, view = _asked(request)
    try:
        shown = queries.time_page(actor, line, school_year, view, clock.today())
    except BadSchoolYear as unknown:
        raise Http404 from unknown
    context = {
        "page": shown,
        "asked": _query(line, view),
        "tabs": view_tabs(school_year, view, line),
        "lines": _line_tabs(school_year, view, line),
        "years": _year_tabs(shown.years, school_year, view, line),
        "hint": texts.VIEW_HINTS[view],
        "hints": [(texts.VIEWS[one], texts.VIEW_HINTS[one]) for one in View],
    }
    return answers.page(request, "through_time", context, simulated=shown.simulated)


@require_safe
@doors.acting
def gathered(
    request: HttpRequest, actor: Actor, school_year: str, way: str, code: str
) -> HttpResponse:
    """Show the reports behind one figure of one unit."""
    authority.require(actor, Right.REVIEW_REPORTS)
    line, view = _asked(request)
    try:
        shown = queries.gathered_page(actor, line, school_year, view, way, code, clock.today())
    except (BadSchoolYear, queries.NothingThere) as unknown:
        raise Http404 from unknown
    context = {"page": shown, "asked": _query(line, view), "view": texts.VIEWS[view]}
    return answers.page(request, "gathered", context, simulated=shown.simulated)


def view_tabs(
    school_year: str, current: View | None, line: Line = Line.EDUCATION
) -> list[dict[str, object]]:
    """Return the choice of how figures are added up; ``None``: unit by unit, as on the sheet."""
    here = {"label": _("Unit by unit"), "url": reverse("reports:sheet", args=[school_year])}
    where = reverse("reports:through_time", args=[school_year])
    return [
        {**here, "current": current is None},
        *(
            {"label": word, "url": f"{where}?{_query(line, view)}", "current": view is current}
            for view, word in texts.VIEWS.items()
        ),
    ]


def _asked(request: HttpRequest) -> tuple[Line, View]:
    """Return the line and the view an address names."""
    lines = {line.value: line for line in (Line.EDUCATION, Line.PARTY, Line.UNION)}
    views = {view.value: view for view in View}
    line = lines.get(request.GET.get("cay", ""), Line.EDUCATION)
    return line, views.get(request.GET.get("cach", ""), View.AS_WAS)


def _query(line: Line, view: View) -> str:
    return f"cach={view.value}&cay={line.value}"


def _line_tabs(school_year: str, view: View, current: Line) -> list[dict[str, object]]:
    where = reverse("reports:through_time", args=[school_year])
    named = (
        (Line.EDUCATION, pgettext("tree", "Education")),
        (Line.PARTY, pgettext("tree", "Party")),
        (Line.UNION, pgettext("tree", "Youth Union")),
    )
    return [
        {"label": label, "url": f"{where}?{_query(line, view)}", "current": line is current}
        for line, label in named
    ]


def _year_tabs(
    years: tuple[str, ...], current: str, view: View, line: Line
) -> list[dict[str, object]]:
    return [
        {
            "label": _("School year %(year)s") % {"year": year},
            "url": f"{reverse('reports:through_time', args=[year])}?{_query(line, view)}",
            "current": year == current,
        }
        for year in years
    ]
