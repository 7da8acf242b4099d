"""Inviting, agreeing, stopping."""

from __future__ import annotations

import secrets
from contextlib import suppress
from datetime import timedelta
from http import HTTPStatus

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from donghanh.domain.authority import Actor
from donghanh.domain.consent import Purpose
from donghanh.domain.errors import RuleError
from donghanh.lib import clock
from donghanh.organisation import doors as organisation
from donghanh.people import actions, doors, forms, queries, texts

#: How long an invitation is good when nobody says otherwise.
_GOOD_FOR = timedelta(days=30)


@never_cache
@require_http_methods(["GET", "POST"])
@organisation.acting
def invite(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Invite a pupil of the school and show the slip with the code, this once."""
    today = clock.today()
    school = queries.inviting_school(actor, today)
    start = {"expires": today + _GOOD_FOR, "once": secrets.token_urlsafe(24)}
    form = forms.Invite(request.POST or None, initial=start, today=today)
    refusal = ""
    if request.method == "POST" and form.is_valid():
        try:
            code = actions.invite_pupil(
                actor=actor, school_id=school.id, at=clock.now(), **form.cleaned_data
            )
        except RuleError as error:
            refusal = texts.refusal(error)
        else:
            slip = {"code": f"{code[:5]}-{code[5:]}", "school": school, **form.cleaned_data}
            return render(request, "people/slip.html", slip)
    return render(
        request,
        "people/invite.html",
        {"form": form, "school": school, "refusal": refusal},
        status=_status(request),
    )


@never_cache
@require_http_methods(["GET", "POST"])
@organisation.acting
def renew(request: HttpRequest, actor: Actor, invitation_id: int) -> HttpResponse:
    """Ask once, then give an invitation a new code and show the new slip, this once."""
    today = clock.today()
    school = queries.inviting_school(actor, today)
    try:
        invitation = queries.renewable(actor, today).get(pk=invitation_id)
        if request.method == "POST":
            form = forms.Renew(request.POST)
            once = form.cleaned_data["once"] if form.is_valid() else ""
            code = actions.renew_code(
                actor=actor, invitation_id=invitation_id, at=clock.now(), once=once
            )
            slip = {
                "code": f"{code[:5]}-{code[5:]}",
                "school": school,
                "class_name": invitation.class_name,
                "invited_name": invitation.invited_name,
                "expires": None,
            }
            return render(request, "people/slip.html", slip)
    except ObjectDoesNotExist as error:
        raise Http404 from error
    form = forms.Renew(initial={"once": secrets.token_urlsafe(24)})
    return render(request, "people/renew.html", {"form": form, "class_name": invitation.class_name})


@never_cache
@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """Take the code of an invitation and lead to what it opens."""
    form = forms.Code(request.POST or None)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data["code"]
        code = "".join(sign for sign in typed.upper() if sign.isalnum())
        if code.isascii() and code:
            return redirect("people:join", code=code)
    context = {"form": form, "mail": settings.MAIL}
    return render(request, "people/enter.html", context, status=_status(request))


@never_cache
@require_http_methods(["GET", "POST"])
@doors.by_code
def join(request: HttpRequest, code: str) -> HttpResponse:
    """Show what taking part means, and keep the pupil's own answer."""
    page = queries.join_page(code, clock.today())
    if page is None:
        return _no_place(request, code)
    form = forms.Join(request.POST or None)
    refusal = ""
    if request.method == "POST" and form.is_valid():
        try:
            actions.accept_invitation(
                code=code,
                full_name=form.cleaned_data["full_name"],
                birth_date=form.cleaned_data["birth_date"],
                union_member=form.cleaned_data["union_member"],
                lower_secondary=form.cleaned_data["lower_secondary"],
                purposes=form.agreed(),
                at=clock.now(),
                on=clock.today(),
                simulated=page.simulated,
            )
        except RuleError as error:
            refusal = texts.refusal(error)
        else:
            return redirect("dossiers:own", code=code)
    return render(
        request,
        "people/join.html",
        {"page": page, "form": form, "refusal": refusal, "code": code},
        status=_status(request),
    )


def _no_place(request: HttpRequest, code: str) -> HttpResponse:
    """Lead whoever has answered to the own page; tell everybody else that nothing opens."""
    if queries.own_record(code) is not None:
        return redirect("dossiers:own", code=code)
    refusal = texts.refusal(actions.InvitationOver())
    return render(
        request,
        "people/enter.html",
        {"form": forms.Code(initial={"code": code}), "refusal": refusal, "mail": settings.MAIL},
        status=HTTPStatus.NOT_FOUND,
    )


@never_cache
@require_GET
@doors.by_code
def decline(request: HttpRequest, code: str) -> HttpResponse:
    """Say that nothing was kept: a refusal is no answer, and the place stays as it was."""
    page = queries.join_page(code, clock.today())
    if page is None:
        return _no_place(request, code)
    return render(request, "people/declined.html", {"page": page, "code": code})


@never_cache
@require_http_methods(["GET", "POST"])
@doors.by_code
def stop(request: HttpRequest, code: str) -> HttpResponse:
    """Ask once, then take back every agreement; no reason is asked for."""
    if request.method == "POST":
        try:
            actions.withdraw_with_code(code=code, at=clock.now(), on=clock.today())
        except RuleError as error:
            raise Http404 from error
        return redirect("dossiers:own", code=code)
    person = queries.own_record(code)
    if person is None:
        raise Http404
    return render(request, "people/stop.html", {"code": code, "simulated": person.simulated})


@require_POST
@doors.by_code
def agree_again(request: HttpRequest, code: str) -> HttpResponse:
    """Keep that the pupil agrees to a newer wording; what is asked no more changes nothing."""
    if queries.own_record(code) is None:
        raise Http404
    form = forms.AgreeAgain(request.POST)
    if form.is_valid():
        with suppress(RuleError):
            actions.agree_again(
                code=code,
                purpose=Purpose(form.cleaned_data["purpose"]),
                wording=form.cleaned_data["wording"],
                at=clock.now(),
            )
    return redirect("dossiers:own", code=code)


def _status(request: HttpRequest) -> HTTPStatus:
    """A form that comes back after it was sent was refused."""
    return HTTPStatus.UNPROCESSABLE_ENTITY if request.method == "POST" else HTTPStatus.OK
