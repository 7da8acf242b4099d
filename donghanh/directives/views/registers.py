"""Pages beside the directives: units and duties, number books, the library of texts."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST, require_safe

from donghanh.directives import actions, forms, queries, texts
from donghanh.directives.views.shared import CHANGED, PAGE, REFUSED, XLSX, beside, file, found
from donghanh.domain import authority
from donghanh.domain.authority import Actor, NotAllowed
from donghanh.domain.errors import RuleError
from donghanh.domain.rights import Right
from donghanh.lib import clock
from donghanh.organisation import doors

#: Texts on one page of the library: their titles are long.
_SHELF = 12


@require_safe
@doors.acting
def overall(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Show every duty asked in a school year, unit by unit."""
    words, view = request.GET.get("q", ""), request.GET.get("loc", "")
    asked = request.GET.get("nam", "")
    page = queries.overall_page(actor, clock.today(), year=asked, words=words, view=view)
    tabs = [
        {
            "url": "?" + urlencode({"nam": page.year, "loc": name}),
            "label": label,
            "count": page.counts[name],
            "current": name == view,
        }
        for name, label in texts.overall_views()
    ]
    context = {
        "page": page,
        "rows": Paginator(page.shown, PAGE).get_page(request.GET.get("page")),
        "query": urlencode({"nam": page.year, "q": words, "loc": view}),
        "q": words,
        "view": view,
        "tabs": tabs,
        "beside": beside(actor, "overall"),
    }
    return render(request, "directives/overall.html", context)


@require_GET
@doors.acting
def overall_sheet(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Give the board of a school year as an Excel workbook."""
    data = queries.overall_sheet(
        actor,
        clock.today(),
        year=request.GET.get("nam", ""),
        words=request.GET.get("q", ""),
        view=request.GET.get("loc", ""),
    )
    return file(data, XLSX, "don-vi-va-viec.xlsx")


def _asked(request: HttpRequest) -> dict[str, Any]:
    year = request.GET.get("nam", "")
    known = len(year) == 4 and year.isdecimal()
    return {"year": int(year) if known else None, "kind": request.GET.get("loai", "")}


@require_safe
@doors.acting
def books(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Show a number book."""
    return _books(request, actor)


def _books(
    request: HttpRequest,
    actor: Actor,
    form: forms.NumberForm | None = None,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    page = queries.book_page(actor, clock.today(), **_asked(request))
    context = {
        "page": page,
        "rows": Paginator(page.rows, PAGE).get_page(request.GET.get("page")),
        "query": urlencode({"nam": page.year, "loai": page.kind}),
        "form": form or forms.NumberForm(None),
        "void": forms.ReasonForm(None),
        "refusal": refusal,
        "beside": beside(actor, "books"),
        "tabs": [
            {
                "url": "?" + urlencode({"nam": page.year, "loai": one.kind}),
                "label": one.title,
                "count": one.last,
                "current": one.current,
            }
            for one in page.kinds
        ],
    }
    return render(request, "directives/books.html", context, status=status)


@require_GET
@doors.acting
def book_sheet(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Give a number book as an Excel workbook."""
    data = queries.book_sheet(actor, clock.today(), **_asked(request))
    return file(data, XLSX, "so-van-ban.xlsx")


def _book_of(kind: str, year: int) -> str:
    return reverse("directives:books") + "?" + urlencode({"nam": year, "loai": kind})


@require_POST
@doors.acting
def take_number(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Give the next number to a paper that is written elsewhere."""
    authority.require(actor, Right.ISSUE_DIRECTIVES)
    form = forms.NumberForm(request.POST)
    today = clock.today()
    page = queries.book_page(actor, today, **_asked(request))
    if not form.is_valid():
        return _books(request, actor, form, status=REFUSED)
    try:
        entry = actions.take_number(
            actor=actor,
            kind=page.kind,
            subject=form.cleaned_data["subject"],
            at=clock.now(),
            on=today,
        )
    except NotAllowed:
        raise
    except RuleError as refusal:
        return _books(request, actor, form, texts.refusal(refusal), REFUSED)
    messages.success(request, _("Number %(number)s has been given.") % {"number": entry.number})
    return redirect(_book_of(page.kind, today.year))


@require_POST
@doors.acting
def void_number(request: HttpRequest, actor: Actor, entry_id: int) -> HttpResponse:
    """Void a number, with the reason."""
    form = forms.ReasonForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    try:
        entry = found(
            actions.void_number, actor=actor, entry_id=entry_id, reason=reason, at=clock.now()
        )
    except NotAllowed:
        raise
    except RuleError as refusal:
        return _books(request, actor, refusal=texts.refusal(refusal), status=CHANGED)
    messages.success(request, _("Number %(number)s is voided.") % {"number": entry.number})
    return redirect(_book_of(entry.book.kind, entry.book.year))


@doors.acting
def library(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Show the library of texts, and take a text in."""
    words, today = request.GET.get("q", ""), clock.today()
    page = queries.library_page(actor, today, words)
    form = forms.TextForm(request.POST if request.method == "POST" else None, known=page.all)
    context: dict[str, Any] = {
        "page": page,
        "rows": Paginator(page.shown, _SHELF).get_page(request.GET.get("page")),
        "query": urlencode({"q": words}),
        "q": words,
        "form": form,
        "beside": beside(actor, "library"),
    }
    if request.method != "POST":
        return render(request, "directives/library.html", context)
    authority.require(actor, Right.ISSUE_DIRECTIVES)
    if not form.is_valid():
        return render(request, "directives/library.html", context, status=REFUSED)
    try:
        actions.add_text(actor=actor, at=clock.now(), **form.cleaned_data)
    except NotAllowed:
        raise
    except RuleError as refusal:
        context["refusal"] = texts.refusal(refusal)
        return render(request, "directives/library.html", context, status=REFUSED)
    messages.success(request, _("The text stands in the library."))
    return redirect("directives:library")
