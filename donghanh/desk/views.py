"""The desk and the search."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from donghanh.desk import actions
from donghanh.domain.authority import Actor
from donghanh.domain.calendar import BadSchoolYear
from donghanh.lib import clock
from donghanh.organisation import doors


@doors.acting
def desk(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Show what is due today."""
    today = clock.today()
    try:
        shown = actions.see_desk(
            actor=actor, at=clock.now(), today=today, year=request.GET.get("nam", "")
        )
    except BadSchoolYear:
        shown = actions.see_desk(actor=actor, at=clock.now(), today=today)
    return render(request, "desk/desk.html", {"desk": shown, "role": actor.post.role.value})


@doors.acting
def search(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Show what a few words name."""
    words = request.GET.get("q", "")[:100]
    found = actions.see_found(actor=actor, words=words, at=clock.now(), today=clock.today())
    return render(request, "desk/search.html", {"words": words, "found": found})
