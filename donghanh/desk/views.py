"""The desk and the search."""

from __future__ import annotations

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
