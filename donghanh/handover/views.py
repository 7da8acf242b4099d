"""Pages of the room of hand-over: for both cells, for the pupil, for whoever holds the link."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from donghanh.domain.authority import Actor
from donghanh.domain.errors import RuleError
from donghanh.dossiers import doors as resting
from donghanh.handover import actions, doors, forms, queries, texts
from donghanh.lib import answers, clock, throttle, wall
from donghanh.organisation import doors as organisation
from donghanh.people import doors as people


@never_cache
@require_GET
@organisation.acting
def listing(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Show the hand-overs of the school; whose names are shown is written down."""
    found = actions.see_handovers(actor=actor, at=clock.now(), today=clock.today())
    answers.mark(request, found.simulated)
    return render(request, "handover/listing.html", {"found": found})


@never_cache
@require_http_methods(["GET", "POST"])
@organisation.acting
@resting.unless_it_rests
def begin(request: HttpRequest, actor: Actor, dossier_id: int) -> HttpResponse:
    """Ask a pupil about a hand-over; one that is open already is shown instead."""
    try:
        page = queries.begin_page(actor, dossier_id, clock.today())
    except ObjectDoesNotExist as error:
        raise Http404 from error
    found = queries.open_of(actor, dossier_id)
    if found is not None and request.method == "GET":
        return redirect("handover:page", found.pk)
    answers.mark(request, page.walk.dossier.simulated)
    form = forms.Begin(request.POST or None, page=page)
    refusal = ""
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.begin(
                actor=actor,
                dossier_id=dossier_id,
                new=form.new(),
                at=clock.now(),
                today=clock.today(),
            )
        except RuleError as error:
            refusal = texts.refusal(error)
        else:
            messages.success(request, _("Asked. The pupil finds the question on the own page."))
            return redirect("handover:page", made.pk)
    context = {"page": page, "form": form, "refusal": refusal}
    return render(request, "handover/begin.html", context, status=_status(request))


@never_cache
@require_GET
@organisation.acting
def page(request: HttpRequest, actor: Actor, handover_id: int) -> HttpResponse:
    """Show one hand-over, and what can be done with it now."""
    return _page(request, actor, handover_id)


def _page(
    request: HttpRequest,
    actor: Actor,
    handover_id: int,
    refusal: str = "",
    status: HTTPStatus = HTTPStatus.OK,
    **bound: Any,
) -> HttpResponse:
    try:
        found = queries.page(actor, handover_id, clock.today(), clock.now())
    except ObjectDoesNotExist as error:
        raise Http404 from error
    answers.mark(request, found.simulated)
    today = {"on": clock.today()}
    context = {
        "page": found,
        "form": forms.Send(initial=today, papers=found.papers),
        "receive_form": forms.Receive(initial=today),
        "refusal": refusal,
        **bound,
    }
    return render(request, "handover/page.html", context, status=status)


@never_cache
@require_POST
@organisation.acting
def send(request: HttpRequest, actor: Actor, handover_id: int) -> HttpResponse:
    """Send a file away; to a unit outside, show the link and the code, this once."""
    try:
        found = queries.page(actor, handover_id, clock.today(), clock.now())
    except ObjectDoesNotExist as error:
        raise Http404 from error
    form = forms.Send(request.POST, papers=found.papers)
    if not form.is_valid():
        return _page(request, actor, handover_id, status=_REFUSED, form=form)
    try:
        secret = actions.send(
            actor=actor,
            handover_id=handover_id,
            on=form.cleaned_data["on"],
            noted=form.noted(),
            at=clock.now(),
            today=clock.today(),
        )
    except RuleError as error:
        return _page(request, actor, handover_id, texts.refusal(error), _REFUSED, form=form)
    if secret is None:
        messages.success(request, _("Sent. The cell of the other school confirms here."))
        return redirect("handover:page", handover_id)
    return _slip(request, found, secret)


_REFUSED = HTTPStatus.UNPROCESSABLE_ENTITY


def _slip(request: HttpRequest, found: queries.Page, secret: actions.Secret) -> HttpResponse:
    answers.mark(request, found.simulated)
    return render(request, "handover/slip.html", {"page": found, "secret": secret})


@never_cache
@require_POST
@organisation.acting
def renew(request: HttpRequest, actor: Actor, handover_id: int) -> HttpResponse:
    """Make another link and show it, this once."""
    try:
        found = queries.page(actor, handover_id, clock.today(), clock.now())
        secret = actions.renew_link(
            actor=actor, handover_id=handover_id, at=clock.now(), today=clock.today()
        )
    except ObjectDoesNotExist as error:
        raise Http404 from error
    except RuleError as error:
        return _page(request, actor, handover_id, texts.refusal(error), _REFUSED)
    return _slip(request, found, secret)


@never_cache
@require_POST
@organisation.acting
def call_back(request: HttpRequest, actor: Actor, handover_id: int) -> HttpResponse:
    """Take a hand-over back that nobody confirmed."""
    try:
        actions.call_back(actor=actor, handover_id=handover_id, at=clock.now(), today=clock.today())
    except ObjectDoesNotExist as error:
        raise Http404 from error
    except RuleError as error:
        return _page(request, actor, handover_id, texts.refusal(error), _REFUSED)
    messages.success(request, _("Taken back: the file stays with your cell."))
    return redirect("handover:page", handover_id)


@never_cache
@require_POST
@organisation.acting
def receive(request: HttpRequest, actor: Actor, handover_id: int) -> HttpResponse:
    """Confirm that a file has come; the road is shown from then on."""
    form = forms.Receive(request.POST)
    if not form.is_valid():
        return _page(request, actor, handover_id, status=_REFUSED, receive_form=form)
    try:
        dossier_id = actions.receive(
            actor=actor,
            handover_id=handover_id,
            at=clock.now(),
            today=clock.today(),
            **form.cleaned_data,
        )
    except ObjectDoesNotExist as error:
        raise Http404 from error
    except RuleError as error:
        return _page(request, actor, handover_id, texts.refusal(error), _REFUSED, receive_form=form)
    messages.success(request, _("Confirmed: the file is with your cell now."))
    return redirect("dossiers:road", dossier_id)


@never_cache
@require_http_methods(["GET", "POST"])
@people.by_code
def own(request: HttpRequest, code: str) -> HttpResponse:
    """Ask a pupil whether the own file may go to one unit, and keep the answer."""
    found = queries.own(code, clock.today())
    if found is None:
        raise Http404
    refusal = ""
    if request.method == "POST":
        try:
            agrees = request.POST.get("answer") == "yes"
            actions.answer(code=code, agrees=agrees, at=clock.now(), on=clock.today())
        except RuleError as error:
            refusal = texts.refusal(error)
        else:
            return redirect("handover:own", code=code)
    context = {"found": found, "code": code, "refusal": refusal}
    return render(request, "handover/own.html", context, status=_status(request))


@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
def link(request: HttpRequest, word: str) -> HttpResponse:
    """Show the least to whoever holds a link; the name with the second code; keep the receipt."""
    who = throttle.address(request)
    if doors.WRONG_LINKS.closed(who) or doors.WRONG_CODES.closed(word):
        return render(request, "429.html", status=HTTPStatus.TOO_MANY_REQUESTS)
    with doors.by_link(word):
        found = queries.link_page(word, clock.today(), clock.now())
    if found is None:
        doors.WRONG_LINKS.failed(who)
        return _opens_nothing(request)
    form = forms.Code(request.POST or None)
    context: dict[str, Any] = {"found": found, "form": form}
    if request.method == "POST" and form.is_valid():
        return _opened(request, word, found, form)
    return render(request, "handover/link.html", context, status=_status(request))


def _opened(
    request: HttpRequest, word: str, found: queries.LinkPage, form: forms.Code
) -> HttpResponse:
    """Show the name, or confirm, where the second code fits."""
    code = form.cleaned_data["code"]
    confirm = forms.Confirm(
        request.POST if "receiver" in request.POST else None,
        initial={"code": code, "on": clock.today()},
    )
    context: dict[str, Any] = {"found": found, "form": form, "confirm": confirm}
    try:
        with doors.by_link(word, code):
            if not confirm.is_bound or not confirm.is_valid():
                context["named"] = actions.open_by_link(
                    word=word, code=code, at=clock.now(), today=clock.today()
                )
                status = _REFUSED if confirm.is_bound else HTTPStatus.OK
                return render(request, "handover/link.html", context, status=status)
            done = actions.receive_by_link(
                word=word,
                code=code,
                receiver=confirm.cleaned_data["receiver"],
                on=confirm.cleaned_data["on"],
                at=clock.now(),
                today=clock.today(),
            )
    except actions.LinkOver:
        return _opens_nothing(request)
    except actions.WrongCode as error:
        doors.WRONG_CODES.failed(word)
        context["refusal"] = texts.refusal(error)
        return render(request, "handover/link.html", context, status=_REFUSED)
    except RuleError as error:
        return _confirm_again(request, word, code, context, texts.refusal(error))
    except DatabaseError as error:
        if wall.refused_by(error) != wall.RESTS:
            raise
        return organisation.resting(request)
    return render(request, "handover/confirmed.html", {"done": done})


def _confirm_again(
    request: HttpRequest, word: str, code: str, context: dict[str, Any], refusal: str
) -> HttpResponse:
    with doors.by_link(word, code):
        context["named"] = queries.named_link_page(word, code, clock.today(), clock.now())
    context["refusal"] = refusal
    return render(request, "handover/link.html", context, status=_REFUSED)


def _opens_nothing(request: HttpRequest) -> HttpResponse:
    context = {"refusal": texts.refusal(actions.LinkOver())}
    return render(request, "handover/opens_nothing.html", context, status=HTTPStatus.NOT_FOUND)


def _status(request: HttpRequest) -> HTTPStatus:
    """A form that comes back after it was sent was refused."""
    return HTTPStatus.UNPROCESSABLE_ENTITY if request.method == "POST" else HTTPStatus.OK
