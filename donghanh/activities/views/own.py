"""What a scanned code leads to, and the pupil's own pages of activities."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from donghanh.activities import actions, forms, queries, texts
from donghanh.domain.errors import RuleError
from donghanh.lib import clock
from donghanh.people import doors

_REFUSED = HTTPStatus.UNPROCESSABLE_ENTITY


@never_cache
@require_http_methods(["GET", "POST"])
def scanned(request: HttpRequest, activity_id: int, sign: str) -> HttpResponse:
    """Ask whoever scanned the code for the own code; what is wrong with the scanned one is said."""
    found = queries.scanned(activity_id, sign, clock.now())
    if found is None:
        raise Http404
    form = forms.OwnCode(request.POST or None)
    problem = _problem(found)
    if request.method == "POST" and form.is_valid() and not problem:
        return redirect("activities:check_in", form.cleaned_data["code"], activity_id, sign)
    context = {"sign": found, "form": form, "problem": problem}
    status = _REFUSED if request.method == "POST" else HTTPStatus.OK
    return render(request, "activities/scanned.html", context, status=status)


def _problem(found: queries.Sign) -> str:
    """Return why nobody can check in with what was scanned, or nothing."""
    if not found.open:
        return texts.refusal(actions.CheckInClosed())
    return "" if found.good else texts.refusal(actions.SignOver())


@never_cache
@require_http_methods(["GET", "POST"])
@doors.by_code
def check_in(request: HttpRequest, code: str, activity_id: int, sign: str) -> HttpResponse:
    """Ask once, and count the pupil."""
    at = clock.now()
    page = queries.check_in_page(code, activity_id, sign, at)
    if page is None:
        raise Http404
    problem = "" if page.there else _problem(page.sign)
    context = {"page": page, "code": code, "problem": problem, "again": page.there}
    if request.method == "POST":
        told = {"code": code, "activity_id": activity_id, "sign": sign, "at": at}
        context["problem"] = _try(actions.check_in, told)
        context["done"] = not context["problem"]
    refused = request.method == "POST" and context["problem"]
    status = _REFUSED if refused else HTTPStatus.OK
    return render(request, "activities/check_in.html", context, status=status)


@never_cache
@require_GET
@doors.by_code
def page(request: HttpRequest, code: str) -> HttpResponse:
    """Show the pupil the activities the pupil was at."""
    return _own(request, code)


@never_cache
@require_POST
@doors.by_code
def put(request: HttpRequest, code: str, activity_id: int) -> HttpResponse:
    """Let an activity stand on the own road."""
    form = forms.Reflection(request.POST)
    words = form.cleaned_data["reflection"] if form.is_valid() else ""
    told = {"code": code, "activity_id": activity_id, "reflection": words, "at": clock.now()}
    refusal = _try(actions.put_on_road, told)
    if refusal:
        return _own(request, code, refusal, activity_id, words)
    return redirect("activities:own", code=code)


@never_cache
@require_POST
@doors.by_code
def take(request: HttpRequest, code: str, activity_id: int) -> HttpResponse:
    """Take an activity off the own road again."""
    told = {"code": code, "activity_id": activity_id, "at": clock.now()}
    refusal = _try(actions.take_off_road, told)
    if refusal:
        return _own(request, code, refusal)
    return redirect("activities:own", code=code)


def _own(
    request: HttpRequest, code: str, refusal: str = "", refused: int = 0, words: str = ""
) -> HttpResponse:
    found = queries.own_page(code)
    if found is None:
        raise Http404
    rows = [
        (one, forms.Reflection(auto_id=f"id_{one.activity_id}_%s", initial={
            "reflection": words if one.activity_id == refused else one.reflection
        }))
        for one in found.rows
    ]  # fmt: skip
    context = {"page": found, "rows": rows, "code": code, "refusal": refusal}
    status = _REFUSED if refusal else HTTPStatus.OK
    return render(request, "activities/own.html", context, status=status)


def _try(deed: Callable[..., object], told: dict[str, Any]) -> str:
    """Do something of the pupil's; return why it was refused, or nothing."""
    try:
        deed(**told)
    except ObjectDoesNotExist as error:
        raise Http404 from error
    except RuleError as error:
        return texts.refusal(error)
    return ""
