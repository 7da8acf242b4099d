"""The living page of the design, and each kind of page built from its components."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from donghanh.web import drawn, samples
from donghanh.web.forms import SampleForm


def design(request: HttpRequest) -> HttpResponse:
    """Show every component in every state, with long Vietnamese names."""
    wrong = SampleForm(data={"title": "", "day": "31/02/2026", "agree": ""}, auto_id="wrong_%s")
    context = {
        "shell": samples.shell("desk"),
        "data": samples.COMPONENTS,
        "charts": drawn.CHARTS,
        "tiles": drawn.TILES,
        "form": SampleForm(),
        "wrong": wrong,
        "page": Paginator(range(143), 20).page(3),
    }
    return render(request, "web/design.html", context)


def design_page(request: HttpRequest, page: str) -> HttpResponse:
    """Show one kind of page, whole, with generated data."""
    if page not in samples.PAGES:
        raise Http404(_("There is no such page."))
    context = {"shell": samples.shell(page), "data": samples.PAGES[page]}
    return render(request, f"web/design_{page}.html", context)
