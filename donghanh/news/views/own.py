"""The pupil's own page of publications, opened by the own code."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from donghanh.lib import clock
from donghanh.news import actions, queries
from donghanh.people import doors

_DEEDS = {"dong-y": actions.agree, "khong": actions.refuse, "rut": actions.withdraw}


@never_cache
@require_GET
@doors.by_code
def page(request: HttpRequest, code: str) -> HttpResponse:
    """Show a pupil where the own name would stand, and what was answered."""
    found = queries.own_page(code)
    if found is None:
        raise Http404
    return render(request, "news/own.html", {"page": found, "code": code})


@never_cache
@require_POST
@doors.by_code
def answer(request: HttpRequest, code: str, agreement_id: int, what: str) -> HttpResponse:
    """Agree, refuse, or take a yes back."""
    if what not in _DEEDS:
        raise Http404
    try:
        _DEEDS[what](code=code, agreement_id=agreement_id, at=clock.now())
    except actions.Over as error:
        raise Http404 from error
    return redirect("news:own", code=code)
