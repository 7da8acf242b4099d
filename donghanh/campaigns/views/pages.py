"""Pages that show campaigns."""

from __future__ import annotations

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from donghanh.campaigns import queries
from donghanh.domain.authority import Actor
from donghanh.lib import answers, clock
from donghanh.organisation import doors


@never_cache
@require_GET
@doors.acting
def everything(request: HttpRequest, actor: Actor) -> HttpResponse:
    """List campaigns."""
    page = queries.listed(actor, request.GET.get("trang"), clock.today())
    return render(request, "campaigns/list.html", {"page": page})


@never_cache
@require_GET
@doors.acting
def campaign(request: HttpRequest, actor: Actor, campaign_id: int) -> HttpResponse:
    """Show one campaign with its table of a school year, or with the one school."""
    try:
        page = queries.campaign_page(actor, campaign_id, request.GET.get("nam-hoc"), clock.today())
    except ObjectDoesNotExist as unknown:
        raise Http404 from unknown
    answers.mark(request, page.simulated)
    tabs = [
        {"label": one.key, "url": f"?nam-hoc={one.key}", "current": one == page.table.year}
        for one in reversed(page.years)
        if page.table is not None
    ]
    return render(request, "campaigns/campaign.html", {"page": page, "tabs": tabs})


@never_cache
@require_GET
@doors.acting
def unit(request: HttpRequest, actor: Actor, joining_id: int) -> HttpResponse:
    """Show one school in a campaign."""
    try:
        page = queries.unit_page(actor, joining_id, clock.today())
    except ObjectDoesNotExist as unknown:
        raise Http404 from unknown
    answers.mark(request, page.simulated)
    return render(request, "campaigns/unit.html", {"page": page})


@never_cache
@require_GET
@doors.acting
def export(request: HttpRequest, actor: Actor, campaign_id: int) -> HttpResponse:
    """Give the figures of all years as a workbook."""
    try:
        data = queries.campaign_workbook(actor, campaign_id, clock.today())
    except ObjectDoesNotExist as unknown:
        raise Http404 from unknown
    return answers.sheet(data, f"cuoc-van-dong-{campaign_id}-{clock.today()}.xlsx")
