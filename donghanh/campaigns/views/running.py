"""Pages on which a Union runs a campaign: writes, opens, closes years, ends, calls off."""

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

from donghanh.campaigns import actions, forms, queries, texts
from donghanh.campaigns.queries import CampaignPage
from donghanh.domain import authority
from donghanh.domain.authority import Actor
from donghanh.domain.campaigning import Stage
from donghanh.domain.errors import RuleError
from donghanh.domain.rights import Right
from donghanh.lib import clock
from donghanh.organisation import doors


def _page(actor: Actor, campaign_id: int, year: str | None = None) -> CampaignPage:
    """Return a campaign of the own unit; of another there is none here."""
    authority.require(actor, Right.RUN_CAMPAIGNS)
    try:
        page = queries.campaign_page(actor, campaign_id, year, clock.today())
    except ObjectDoesNotExist as unknown:
        raise Http404 from unknown
    if not page.mine:
        raise Http404
    return page


def _written(
    request: HttpRequest,
    actor: Actor,
    page: CampaignPage | None,
    done: Callable[[forms.Write, forms.BaseFigures | None], int],
    said: Promise,
) -> HttpResponse:
    """Show the form of a campaign, and keep it once it is right."""
    data, refusal = request.POST or None, ""
    opened = page is not None and page.stage is not Stage.DRAFT
    form = forms.Write(data, papers=queries.papers_of(actor), page=page, opened=opened)
    figures = None if opened else forms.figures(data, page)
    sound = request.method == "POST" and form.is_valid()
    if sound and figures is not None:
        sound = figures.is_valid()
    if sound:
        try:
            number = done(form, figures)
        except ObjectDoesNotExist as unknown:
            raise Http404 from unknown
        except authority.NotAllowed:
            raise
        except RuleError as error:
            refusal = texts.refusal(error)
        else:
            messages.success(request, str(said))
            return redirect("campaigns:campaign", number)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if request.method == "POST" else HTTPStatus.OK
    context = {"page": page, "form": form, "figures": figures, "refusal": refusal}
    return render(request, "campaigns/write.html", context, status=status)


@never_cache
@require_http_methods(["GET", "POST"])
@doors.acting
def draft(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Write a campaign."""
    authority.require(actor, Right.RUN_CAMPAIGNS)

    def done(form: forms.Write, figures: forms.BaseFigures | None) -> int:
        return actions.draft_campaign(
            actor=actor,
            terms=form.terms(),
            asked=figures.told if figures is not None else (),
            once=form.cleaned_data["once"],
            at=clock.now(),
            today=clock.today(),
            directive_id=form.directive_id,
        ).pk

    return _written(request, actor, None, done, _("Kept as a draft; open it when it is ready."))


@never_cache
@require_http_methods(["GET", "POST"])
@doors.acting
def mend(request: HttpRequest, actor: Actor, campaign_id: int) -> HttpResponse:
    """Change a campaign."""
    page = _page(actor, campaign_id)
    if page.stage not in {Stage.DRAFT, Stage.OPENED} and request.method != "POST":
        raise Http404

    def done(form: forms.Write, figures: forms.BaseFigures | None) -> int:
        return actions.mend_campaign(
            actor=actor,
            campaign_id=campaign_id,
            seen=form.cleaned_data["seen"] or 0,
            terms=form.terms(page.terms.begins),
            asked=figures.told if figures is not None else (),
            at=clock.now(),
            today=clock.today(),
            directive_id=form.directive_id,
        ).pk

    return _written(request, actor, page, done, _("Changed."))


def _asked(
    request: HttpRequest,
    page: CampaignPage,
    form: django_forms.Form,
    template: str,
    done: Callable[[dict[str, Any]], object],
    said: Promise,
) -> HttpResponse:
    """Show a form about one campaign, and do what it is for once it is right."""
    refusal = ""
    if request.method == "POST" and form.is_valid():
        try:
            done(form.cleaned_data)
        except ObjectDoesNotExist as unknown:
            raise Http404 from unknown
        except authority.NotAllowed:
            raise
        except RuleError as error:
            refusal = texts.refusal(error)
        else:
            messages.success(request, str(said))
            return redirect("campaigns:campaign", page.id)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if request.method == "POST" else HTTPStatus.OK
    return render(
        request, template, {"page": page, "form": form, "refusal": refusal}, status=status
    )


@never_cache
@require_http_methods(["GET", "POST"])
@doors.acting
def open_it(request: HttpRequest, actor: Actor, campaign_id: int) -> HttpResponse:
    """Open a campaign to the schools below."""
    page = _page(actor, campaign_id)
    if page.stage is not Stage.DRAFT and request.method != "POST":
        raise Http404
    many = len(queries.schools_there(actor, clock.today()))

    def done(typed: dict[str, Any]) -> object:
        return actions.open_campaign(
            actor=actor,
            campaign_id=campaign_id,
            seen=typed["seen"],
            at=clock.now(),
            today=clock.today(),
        )

    form = forms.Seen(page, request.POST or None)
    form.many = many  # type: ignore[attr-defined]  # how many will be asked, read by the page
    said = _("Opened; the Unions of the schools can answer from now on.")
    return _asked(request, page, form, "campaigns/open.html", done, said)


@never_cache
@require_POST
@doors.acting
def ask_more(request: HttpRequest, actor: Actor, campaign_id: int) -> HttpResponse:
    """Open a campaign to schools that came since."""
    try:
        many = actions.ask_more(
            actor=actor, campaign_id=campaign_id, at=clock.now(), today=clock.today()
        )
    except ObjectDoesNotExist as unknown:
        raise Http404 from unknown
    except authority.NotAllowed:
        raise
    except RuleError as error:
        messages.error(request, texts.refusal(error))
    else:
        said = ngettext("%(n)s more school is asked.", "%(n)s more schools are asked.", many)
        messages.success(request, said % {"n": many})
    return redirect("campaigns:campaign", campaign_id)


@never_cache
@require_http_methods(["GET", "POST"])
@doors.acting
def close(request: HttpRequest, actor: Actor, campaign_id: int) -> HttpResponse:
    """Close the figures of a school year, once more asked, with who has said nothing named."""
    year = request.POST.get("school_year") or request.GET.get("nam-hoc")
    page = _page(actor, campaign_id, year)
    if not page.may_close and request.method != "POST":
        raise Http404

    def done(typed: dict[str, Any]) -> object:
        actions.close_year(
            actor=actor,
            campaign_id=campaign_id,
            school_year=typed["school_year"],
            at=clock.now(),
            today=clock.today(),
        )
        return None

    start = {"school_year": page.table.year.key if page.table else ""}
    form = forms.Close(request.POST or None, initial=start)
    said = _("Closed; the figures of that school year stay as they are.")
    return _asked(request, page, form, "campaigns/close.html", done, said)


@never_cache
@require_http_methods(["GET", "POST"])
@doors.acting
def end(request: HttpRequest, actor: Actor, campaign_id: int) -> HttpResponse:
    """End a campaign with its evaluation."""
    page = _page(actor, campaign_id)
    if page.stage is not Stage.OPENED and request.method != "POST":
        raise Http404

    def done(typed: dict[str, Any]) -> object:
        return actions.end_campaign(
            actor=actor, campaign_id=campaign_id, at=clock.now(), today=clock.today(), **typed
        )

    form = forms.End(page, request.POST or None, initial={"ended": clock.today()})
    return _asked(request, page, form, "campaigns/end.html", done, _("Ended, with its evaluation."))


@never_cache
@require_http_methods(["GET", "POST"])
@doors.acting
def call_off(request: HttpRequest, actor: Actor, campaign_id: int) -> HttpResponse:
    """Call a campaign off, with the reason."""
    page = _page(actor, campaign_id)
    if page.stage not in {Stage.DRAFT, Stage.OPENED} and request.method != "POST":
        raise Http404

    def done(typed: dict[str, Any]) -> object:
        return actions.call_off(
            actor=actor, campaign_id=campaign_id, at=clock.now(), today=clock.today(), **typed
        )

    form = forms.CallOff(page, request.POST or None)
    return _asked(request, page, form, "campaigns/call_off.html", done, _("Called off."))
