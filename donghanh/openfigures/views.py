"""Pages of the room of open figures: what a unit chooses, and what everybody reads."""

from __future__ import annotations

import csv
import io
from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from donghanh.domain.authority import Actor
from donghanh.domain.calendar import BadSchoolYear
from donghanh.indicators.queries import NotShown
from donghanh.lib import clock
from donghanh.lib.public import shown
from donghanh.openfigures import actions, forms, queries, texts
from donghanh.organisation import doors

_REFUSED = HTTPStatus.UNPROCESSABLE_ENTITY
#: A spreadsheet would take what begins so for a formula.
_FORMULA = ("=", "+", "-", "@", "\t")


@never_cache
@require_GET
@doors.acting
def own(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Show what the unit told everybody, and choose anew."""
    told = queries.own(actor)
    form = forms.Choose(today=clock.today(), by_school=queries.is_above(actor))
    return render(request, "openfigures/own.html", {"told": told, "form": form})


@never_cache
@require_http_methods(["GET", "POST"])
@doors.acting
def preview(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Show what everybody would read; make it public once it was looked at."""
    told = queries.own(actor)
    typed = request.POST if request.method == "POST" else request.GET
    form = forms.Choose(typed, today=clock.today(), by_school=queries.is_above(actor))
    if not form.is_valid():
        context = {"told": told, "form": form}
        return render(request, "openfigures/own.html", context, status=_REFUSED)
    chosen, refusal = form.chosen(), ""
    try:
        if request.method == "POST":
            refusal = _publish(request, actor, chosen)
            if not refusal:
                messages.success(request, _("The figures are public now."))
                return redirect("openfigures:own")
        draft = queries.draft(actor, chosen, clock.today())
    except queries.BeingCounted as late:
        context = {"told": told, "form": form, "refusal": texts.refusal(late)}
        return render(request, "openfigures/own.html", context, status=_REFUSED)
    except (NotShown, BadSchoolYear) as unknown:
        raise Http404 from unknown
    context = {
        "page": queries.page_of(draft),
        "draft": draft,
        "form": form,
        "chosen": chosen,
        "refusal": refusal,
        "licence": queries.LICENCE,
    }
    status = _REFUSED if refusal else HTTPStatus.OK
    return render(request, "openfigures/preview.html", context, status=status)


def _publish(request: HttpRequest, actor: Actor, chosen: queries.Chosen) -> str:
    """Make figures public, or return why not."""
    seen = request.POST.get("seen", "")
    try:
        actions.publish(actor=actor, chosen=chosen, seen=seen, at=clock.now(), today=clock.today())
    except actions.Changed as changed:
        return texts.refusal(changed)
    return ""


@never_cache
@require_http_methods(["GET", "POST"])
@doors.acting
def withdraw(request: HttpRequest, actor: Actor, publication_id: int) -> HttpResponse:
    """Ask once more, then take figures back."""
    try:
        found = queries.one(actor, publication_id)
        if request.method == "POST":
            actions.withdraw(actor=actor, publication_id=publication_id, at=clock.now())
            messages.success(request, _("The figures were taken back."))
            return redirect("openfigures:own")
    except ObjectDoesNotExist as error:
        raise Http404 from error
    return render(request, "openfigures/withdraw.html", {"found": found})


@shown()
def listing(request: HttpRequest) -> HttpResponse:
    """Show everybody which units tell which figures."""
    lines = queries.current()
    context = {
        "lines": lines,
        "simulated": any(one.simulated for one in lines),
        "here": "figures",
        "address": request.build_absolute_uri(request.path),
    }
    return render(request, "openfigures/listing.html", context)


@shown()
def page(request: HttpRequest, code: str, school_year: str) -> HttpResponse:
    """Show everybody the figures of a unit and school year."""
    found = _found(code, school_year)
    context = {
        "found": found,
        "page": found.page,
        "here": "figures",
        "simulated": found.line.simulated,
        "address": request.build_absolute_uri(request.path),
        "licence": queries.LICENCE,
    }
    return render(request, "openfigures/page.html", context)


@shown()
def as_csv(request: HttpRequest, code: str, school_year: str) -> HttpResponse:
    """Give everybody the same figures as rows."""
    room = io.StringIO()
    # With a mark at its beginning spreadsheets read the letters right.
    room.write("\ufeff")
    csv.writer(room).writerows(
        [f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in row]
        for row in queries.columns(_found(code, school_year))
    )
    response = HttpResponse(room.getvalue(), content_type="text/csv; charset=utf-8")
    return _open(response)


@shown()
def as_json(request: HttpRequest, code: str, school_year: str) -> HttpResponse:
    """Give everybody the same figures as one object."""
    data = queries.as_data(_found(code, school_year))
    return _open(JsonResponse(data, json_dumps_params={"ensure_ascii": False, "indent": 1}))


def _open(response: HttpResponse) -> HttpResponse:
    """Let pages of others read it, too: it is open data."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def _found(code: str, school_year: str) -> queries.Found:
    found = queries.found(code, school_year)
    if found is None:
        raise Http404
    return found
