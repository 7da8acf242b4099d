"""The trees on any day, and one branch of them."""

from __future__ import annotations

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from donghanh.domain.authority import Actor
from donghanh.domain.rights import Right
from donghanh.domain.structure import Line
from donghanh.lib import clock
from donghanh.organisation import doors
from donghanh.reorganisation import queries

#: The longest line of time that can be asked for, in days; about two centuries.
_LONGEST = 73_000


@require_safe
@doors.acting
def trees(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Show one tree on a day, a level of it, or what a search found in it."""
    line, today = _line(request), clock.today()
    top = request.GET.get("goc", "")
    try:
        page = queries.tree_page(
            actor,
            line,
            _day(request, today),
            today,
            top=int(top) if top.isdecimal() and len(top) < 19 else None,
            words=" ".join(request.GET.get("q", "").split())[:100],
        )
    except queries.NoSuchUnit as refusal:
        raise Http404 from refusal
    context = {
        "page": page,
        "level": page.level,
        "line": line.value,
        "today": today,
        "tabs": _tabs(line, page.level.day),
        "keeps": actor.may(Right.KEEP_STRUCTURE),
        "receives": actor.may(Right.RECORD_ACTS),
    }
    return render(request, "reorganisation/trees.html", context)


@require_safe
@doors.acting
def branch(request: HttpRequest, actor: Actor, unit: int) -> HttpResponse:
    """Give the units directly under one, to be put where they were asked for."""
    line, today = _line(request), clock.today()
    day = _day(request, today)
    found = queries.level(actor, line, day if isinstance(day, date) else today, unit)
    context = {"level": found, "line": line.value}
    return render(request, "reorganisation/_level.html", context)


def _line(request: HttpRequest) -> Line:
    asked = request.GET.get("cay", "")
    known = {line.value: line for line in (Line.EDUCATION, Line.PARTY, Line.UNION)}
    return known.get(asked, Line.EDUCATION)


def _day(request: HttpRequest, today: date) -> date | int:
    """Return the day an address names, or how far it lies on the line of time."""
    slid = request.GET.get("keo", "")
    if slid.isdecimal() and len(slid) < 7 and int(slid) <= _LONGEST:
        return int(slid)
    try:
        return date.fromisoformat(request.GET.get("ngay", ""))
    except ValueError:
        return today


def _tabs(current: Line, day: date) -> list[dict[str, object]]:
    named = (
        (Line.EDUCATION, pgettext("tree", "Education")),
        (Line.PARTY, pgettext("tree", "Party")),
        (Line.UNION, pgettext("tree", "Youth Union")),
    )
    where = reverse("reorganisation:trees")
    return [
        {
            "label": label,
            "url": f"{where}?cay={line.value}&ngay={day.isoformat()}",
            "current": line is current,
        }
        for line, label in named
    ]
