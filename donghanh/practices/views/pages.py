"""Pages that are read: the list, one practice with its line, one of the library."""

from __future__ import annotations

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from donghanh.domain.authority import Actor
from donghanh.domain.practising import NotInLibrary
from donghanh.lib import answers, clock
from donghanh.organisation import doors
from donghanh.practices import queries


@never_cache
@require_GET
@doors.acting
def everything(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Show what waits for a look, the own practices, and those that can be taken over."""
    words = request.GET.get("q", "").strip()[:100]
    page = queries.listed(actor, words, request.GET.get("page"), clock.today())
    kept = request.GET.copy()
    kept.pop("page", None)
    context = {"page": page, "query": kept.urlencode()}
    return render(request, "practices/list.html", context)


@never_cache
@require_GET
@doors.acting
def practice(request: HttpRequest, actor: Actor, practice_id: int) -> HttpResponse:
    """Show one practice: what it is, how it stands, its line, results side by side."""
    try:
        page = queries.practice_page(actor, practice_id, clock.today())
    except ObjectDoesNotExist as unknown:
        raise Http404 from unknown
    answers.mark(request, page.simulated)
    return render(request, "practices/practice.html", {"page": page, "told": page.telling})


@never_cache
@require_GET
@doors.acting
def comparison(request: HttpRequest, actor: Actor, practice_id: int) -> HttpResponse:
    """Give the results of the line beside each other, as a workbook."""
    today = clock.today()
    try:
        data = queries.comparison_workbook(actor, practice_id, today)
    except ObjectDoesNotExist as unknown:
        raise Http404 from unknown
    return answers.sheet(data, f"so-sanh-mo-hinh-{today}.xlsx")


@never_cache
@require_GET
@doors.acting
def of_library(request: HttpRequest, actor: Actor, key: str) -> HttpResponse:
    """Show one practice of the library with its source and its line."""
    try:
        page = queries.library_page(actor, key, clock.today())
    except NotInLibrary as unknown:
        raise Http404 from unknown
    return render(request, "practices/library.html", {"page": page, "told": page.shipped.telling})
