"""Pages of who lets others in: accounts, invitations, closing an account."""

from __future__ import annotations

import secrets
from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from donghanh.accounts import actions, forms, queries, texts
from donghanh.domain import authority
from donghanh.domain.authority import Actor, NotAllowed
from donghanh.domain.errors import RuleError
from donghanh.domain.rights import Right
from donghanh.lib import clock
from donghanh.organisation import doors


@never_cache
@require_GET
@doors.acting
def listing(request: HttpRequest, actor: Actor) -> HttpResponse:
    """List the accounts, and the invitations nobody accepted yet."""
    asked, number = request.GET.get("q", "").strip(), request.GET.get("page", "")
    page = queries.members(actor, clock.now(), clock.today(), asked, number)
    return render(request, "accounts/members.html", {"members": page})


@never_cache
@require_http_methods(["GET", "POST"])
@doors.acting
def invite(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Invite somebody, and show the link, this once."""
    authority.require(actor, Right.INVITE_MEMBERS)
    start = {"once": secrets.token_urlsafe(24)}
    form = forms.Invite(request.POST or None, initial=start, units=queries.units(clock.today()))
    refusal = ""
    if request.method == "POST" and form.is_valid():
        try:
            word = actions.invite_member(actor=actor, at=clock.now(), **form.cleaned_data)
        except NotAllowed:
            raise
        except RuleError as error:
            refusal = texts.refusal(error)
        else:
            return _slip(request, word, form.cleaned_data["name"])
    status = HTTPStatus.UNPROCESSABLE_ENTITY if request.method == "POST" else HTTPStatus.OK
    return render(
        request, "accounts/invite.html", {"form": form, "refusal": refusal}, status=status
    )


def _slip(request: HttpRequest, word: str, name: str) -> HttpResponse:
    """Show a link to be handed over; it is told this once."""
    link = request.build_absolute_uri(reverse("accounts:accept", kwargs={"word": word}))
    until = clock.now() + actions.GOOD_FOR
    return render(request, "accounts/slip.html", {"link": link, "name": name, "until": until})


@require_POST
@doors.acting
def withdraw(request: HttpRequest, actor: Actor, invitation_id: int) -> HttpResponse:
    """Withdraw an invitation."""
    try:
        actions.withdraw_invitation(actor=actor, invitation_id=invitation_id, at=clock.now())
    except ObjectDoesNotExist as error:
        raise Http404 from error
    messages.success(request, _("Withdrawn. The link opens nothing any more."))
    return redirect("accounts:members")


@never_cache
@require_http_methods(["GET", "POST"])
@doors.acting
def renew(request: HttpRequest, actor: Actor, user_id: int) -> HttpResponse:
    """Ask once, then let somebody in again who lost the password or the second factor."""
    return _about(request, actor, user_id, "renew")


@never_cache
@require_http_methods(["GET", "POST"])
@doors.acting
def close(request: HttpRequest, actor: Actor, user_id: int) -> HttpResponse:
    """Ask once, then close an account."""
    return _about(request, actor, user_id, "close")


def _about(request: HttpRequest, actor: Actor, user_id: int, what: str) -> HttpResponse:
    """Ask about an account, and do it."""
    try:
        account = queries.one_member(actor, user_id)
        if request.method == "POST":
            return _do(request, actor, user_id, what, account.name)
    except ObjectDoesNotExist as error:
        raise Http404 from error
    except NotAllowed:
        raise
    except RuleError as error:
        messages.error(request, texts.refusal(error))
        return redirect("accounts:members")
    once = secrets.token_urlsafe(24)
    context = {"account": account, "what": what, "once": once}
    return render(request, "accounts/about.html", context)


def _do(request: HttpRequest, actor: Actor, user_id: int, what: str, name: str) -> HttpResponse:
    at = clock.now()
    if what == "renew":
        once = request.POST.get("once", "")[:64]
        word = actions.renew_access(actor=actor, user_id=user_id, at=at, once=once)
        return _slip(request, word, name)
    actions.close_account(actor=actor, user_id=user_id, at=at)
    messages.success(request, _("Closed. The account signs in no more, and its sessions ended."))
    return redirect("accounts:members")
