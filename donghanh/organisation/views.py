"""Choosing the post one acts through."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from donghanh.domain.authority import Actor
from donghanh.organisation import doors


@require_POST
@doors.acting
def choose_post(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Keep the chosen post in the session; one the account does not hold has no effect."""
    chosen = request.POST.get("post", "")
    if chosen.isdecimal():
        request.session[doors.CHOSEN_POST] = int(chosen)
    return redirect("desk:desk")
