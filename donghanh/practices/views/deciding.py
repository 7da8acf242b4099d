"""Pages on which something is done with a practice: looked at, recognised, results, withdrawn."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from donghanh.domain import authority
from donghanh.domain.authority import Actor
from donghanh.domain.errors import RuleError
from donghanh.domain.rights import Right
from donghanh.lib import clock
from donghanh.organisation import doors
from donghanh.practices import actions, forms, queries, texts
from donghanh.practices.queries import PracticePage


def _page(actor: Actor, practice_id: int, right: Right) -> PracticePage:
    authority.require(actor, right)
    try:
        return queries.practice_page(actor, practice_id, clock.today())
    except ObjectDoesNotExist as unknown:
        raise Http404 from unknown


def _done(
    request: HttpRequest,
    form: django_forms.Form,
    page: PracticePage,
    template: str,
    done: Callable[[dict[str, Any]], object],
    said: Promise,
) -> HttpResponse:
    """Show a form of one practice, and do what it is for once it is right."""
    refusal = ""
    if request.method == "POST" and form.is_valid():
        try:
            done(form.cleaned_data)
        except ObjectDoesNotExist as unknown:
            raise Http404 from unknown
        except RuleError as error:
            refusal = texts.refusal(error)
        else:
            messages.success(request, str(said))
            return redirect("practices:practice", page.id)
    posted = request.method == "POST"
    status = HTTPStatus.UNPROCESSABLE_ENTITY if posted else HTTPStatus.OK
    context = {"page": page, "told": page.telling, "form": form, "refusal": refusal}
    return render(request, template, context, status=status)


@never_cache
@require_http_methods(["GET", "POST"])
@doors.acting
def look(request: HttpRequest, actor: Actor, practice_id: int) -> HttpResponse:
    """Return a practice with a remark, or recommend it."""
    page = _page(actor, practice_id, Right.RECOGNISE_PRACTICES)
    if not page.may_judge and request.method != "POST":
        raise Http404
    returns = "tra-lai" in request.POST
    deed = actions.return_practice if returns else actions.recommend

    def done(typed: dict[str, Any]) -> object:
        return deed(
            actor=actor,
            practice_id=practice_id,
            seen=typed["seen"],
            remark=typed["remark"],
            at=clock.now(),
        )

    said = _("Returned with your remark.") if returns else _("Recommended; the decision follows.")
    form = forms.LookAt(page, request.POST or None)
    return _done(request, form, page, "practices/look.html", done, said)


@never_cache
@require_http_methods(["GET", "POST"])
@doors.acting
def recognise(request: HttpRequest, actor: Actor, practice_id: int) -> HttpResponse:
    """Keep the decision by which a practice is recognised."""
    page = _page(actor, practice_id, Right.RECOGNISE_PRACTICES)
    if not page.may_recognise and request.method != "POST":
        raise Http404

    def done(typed: dict[str, Any]) -> object:
        return actions.recognise(
            actor=actor, practice_id=practice_id, at=clock.now(), today=clock.today(), **typed
        )

    form = forms.Recognise(page, request.POST or None)
    said = _("Recognised; every unit can take it over from now on.")
    return _done(request, form, page, "practices/recognise.html", done, said)


@never_cache
@require_http_methods(["GET", "POST"])
@doors.acting
def state(request: HttpRequest, actor: Actor, practice_id: int) -> HttpResponse:
    """State a result of the own practice."""
    page = _page(actor, practice_id, Right.PROPOSE_PRACTICES)
    if not page.mine or (not page.may_state and request.method != "POST"):
        raise Http404
    labels = sorted({one.label for row in page.line.rows for one in row.node.results})

    def done(typed: dict[str, Any]) -> object:
        return actions.state_result(
            actor=actor, practice_id=practice_id, at=clock.now(), today=clock.today(), **typed
        )

    form = forms.State(request.POST or None, today=clock.today(), labels=labels)
    return _done(request, form, page, "practices/result.html", done, _("The result is kept."))


@never_cache
@require_http_methods(["GET", "POST"])
@doors.acting
def withdraw(request: HttpRequest, actor: Actor, practice_id: int) -> HttpResponse:
    """Withdraw the own practice."""
    page = _page(actor, practice_id, Right.PROPOSE_PRACTICES)
    if not page.mine or (not page.may_withdraw and request.method != "POST"):
        raise Http404

    def done(typed: dict[str, Any]) -> object:
        return actions.withdraw(
            actor=actor, practice_id=practice_id, at=clock.now(), today=clock.today(), **typed
        )

    form = forms.Withdraw(page, request.POST or None, initial={"ended": clock.today()})
    return _done(request, form, page, "practices/withdraw.html", done, _("Withdrawn."))


@never_cache
@require_POST
@doors.acting
def keep_challenges(request: HttpRequest, actor: Actor, practice_id: int) -> HttpResponse:
    """Keep the challenges of the practice in the school's library."""
    try:
        many = actions.keep_challenges(actor=actor, practice_id=practice_id, at=clock.now())
    except ObjectDoesNotExist as unknown:
        raise Http404 from unknown
    except authority.NotAllowed:
        raise
    except RuleError as error:
        messages.error(request, texts.refusal(error))
        return redirect("practices:practice", practice_id)
    said = ngettext(
        "%(n)s challenge stands in the school's library.",
        "%(n)s challenges stand in the school's library.",
        many,
    )
    messages.success(request, said % {"n": many})
    return redirect("accompaniment:models")
