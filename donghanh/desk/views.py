"""The desk, the search and the rulebook's pages."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from donghanh.desk import queries
from donghanh.domain.authority import Actor
from donghanh.domain.calendar import BadSchoolYear
from donghanh.lib import clock
from donghanh.organisation import doors


@doors.acting
def desk(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Show what is due today."""
    today = clock.today()
    try:
        shown = queries.desk(actor, today, request.GET.get("nam", ""))
    except BadSchoolYear:
        shown = queries.desk(actor, today)
    return render(request, "desk/desk.html", {"desk": shown, "role": actor.post.role.value})


@doors.acting
def search(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Show what a few words name."""
    words = request.GET.get("q", "")[:100]
    found = queries.search(actor, words, clock.today())
    return render(request, "desk/search.html", {"words": words, "found": found})


@doors.acting
def rulebook(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Show the rules in force on a day; a day that is none shows today's."""
    try:
        day = date.fromisoformat(request.GET.get("ngay", ""))
    except ValueError:
        day = clock.today()
    return render(request, "desk/rulebook.html", {"book": queries.rulebook(actor, day)})
