"""Pages on which a school's Union answers a campaign: joins, declines, gives figures, evaluates."""

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
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from donghanh.campaigns import actions, forms, queries, texts
from donghanh.campaigns.queries import UnitPage
from donghanh.domain import authority
from donghanh.domain.authority import Actor
from donghanh.domain.campaigning import Answer
from donghanh.domain.errors import RuleError
from donghanh.domain.rights import Right
from donghanh.lib import clock
from donghanh.organisation import doors


def _page(actor: Actor, joining_id: int) -> UnitPage:
    authority.require(actor, Right.JOIN_CAMPAIGNS)
    try:
        return queries.unit_page(actor, joining_id, clock.today())
    except ObjectDoesNotExist as unknown:
        raise Http404 from unknown


def _answered(
    request: HttpRequest,
    page: UnitPage,
    form: django_forms.Form,
    what: dict[str, Any],
    done: Callable[[], object],
    said: Promise,
) -> HttpResponse:
    """Show a form of one school, and do what it is for once it is right."""
    refusal = ""
    if request.method == "POST" and form.is_valid():
        try:
            done()
        except ObjectDoesNotExist as unknown:
            raise Http404 from unknown
        except authority.NotAllowed:
            raise
        except RuleError as error:
            refusal = texts.refusal(error)
        else:
            messages.success(request, str(said))
            return redirect("campaigns:campaign", page.campaign_id)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if request.method == "POST" else HTTPStatus.OK
    context = {"page": page, "form": form, "refusal": refusal, **what}
    return render(request, "campaigns/answer.html", context, status=status)


@never_cache
@require_http_methods(["GET", "POST"])
@doors.acting
def join(request: HttpRequest, actor: Actor, joining_id: int) -> HttpResponse:
    """Join a campaign with a plan, or change the plan."""
    page = _page(actor, joining_id)
    if not page.may_answer and request.method != "POST":
        raise Http404
    start = {"plan": page.plan, "lead": page.lead, "until": page.until or page.ends}
    form = forms.Join(page, request.POST or None, initial=start)

    def done() -> object:
        typed = form.cleaned_data
        plan = actions.Plan(typed["plan"], typed["lead"], typed["until"])
        return actions.join(
            actor=actor, joining_id=joining_id, seen=typed["seen"], plan=plan, at=clock.now()
        )

    joined = page.answer is Answer.JOINED
    what = {
        "what": "join",
        "heading": _("Change the plan") if joined else _("Join the campaign"),
        "verb": _("Keep the plan") if joined else _("Join"),
    }
    said = _("The plan is changed.") if joined else _("Your school takes part.")
    return _answered(request, page, form, what, done, said)


@never_cache
@require_http_methods(["GET", "POST"])
@doors.acting
def decline(request: HttpRequest, actor: Actor, joining_id: int) -> HttpResponse:
    """Say that the school does not take part, and why."""
    page = _page(actor, joining_id)
    if not page.may_decline and request.method != "POST":
        raise Http404
    form = forms.Decline(page, request.POST or None)

    def done() -> object:
        return actions.decline(
            actor=actor, joining_id=joining_id, at=clock.now(), **form.cleaned_data
        )

    what = {"what": "decline", "heading": _("Not to take part"), "verb": _("Send the reason")}
    said = _("Kept: your school does not take part. It can still join while the campaign runs.")
    return _answered(request, page, form, what, done, said)


@never_cache
@require_http_methods(["GET", "POST"])
@doors.acting
def state(request: HttpRequest, actor: Actor, joining_id: int, school_year: str) -> HttpResponse:
    """Give the figures of a school year, or correct them."""
    page = _page(actor, joining_id)
    year = next((one for one in page.years if one.key == school_year), None)
    if year is None or (not year.may_state and request.method != "POST"):
        raise Http404
    form = forms.State(page, year, request.POST or None)

    def done() -> object:
        return actions.state_figures(
            actor=actor,
            joining_id=joining_id,
            school_year=school_year,
            seen=form.cleaned_data["seen"],
            numbers=form.numbers(),
            note=form.cleaned_data["note"],
            at=clock.now(),
            today=clock.today(),
        )

    what = {
        "what": "state",
        "year": year,
        "heading": _("Correct the figures") if year.given else _("Give the figures"),
        "verb": _("Send the figures"),
    }
    return _answered(request, page, form, what, done, _("The figures are kept."))


@never_cache
@require_http_methods(["GET", "POST"])
@doors.acting
def evaluate(request: HttpRequest, actor: Actor, joining_id: int) -> HttpResponse:
    """Keep the school's own evaluation."""
    page = _page(actor, joining_id)
    if not page.may_evaluate and request.method != "POST":
        raise Http404
    form = forms.Evaluate(page, request.POST or None, initial={"text": page.evaluation})

    def done() -> object:
        return actions.evaluate(
            actor=actor, joining_id=joining_id, at=clock.now(), **form.cleaned_data
        )

    what = {"what": "evaluate", "heading": _("Own evaluation"), "verb": _("Keep the evaluation")}
    return _answered(request, page, form, what, done, _("The evaluation is kept."))
