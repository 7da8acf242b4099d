"""Pages of clubs."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from donghanh.accompaniment import actions, forms, queries, texts
from donghanh.accompaniment.views.frames import mark, status
from donghanh.domain.authority import Actor
from donghanh.domain.errors import RuleError
from donghanh.lib import clock
from donghanh.organisation import doors


@never_cache
@require_http_methods(["GET", "POST"])
@doors.acting
def found(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Found a club of pupils."""
    leaders = queries.leaders(actor, clock.today())
    start = {"founded": clock.today()}
    form = forms.Found(request.POST or None, initial=start, leaders=leaders)
    refusal = ""
    if request.method == "POST" and form.is_valid():
        try:
            club = actions.found_club(
                actor=actor, at=clock.now(), today=clock.today(), **form.cleaned_data
            )
        except RuleError as error:
            refusal = texts.refusal(error)
        else:
            messages.success(request, _("Founded; invite pupils to it."))
            return redirect("accompaniment:club", club.pk)
    context = {"form": form, "refusal": refusal}
    return render(request, "accompaniment/found.html", context, status=status(request))


@never_cache
@require_GET
@doors.acting
def club(request: HttpRequest, actor: Actor, club_id: int) -> HttpResponse:
    """Show a club: members by name and class, meetings."""
    try:
        page = actions.see_club(actor=actor, club_id=club_id, at=clock.now())
    except ObjectDoesNotExist as error:
        raise Http404 from error
    mark(request, page.simulated)
    return render(request, "accompaniment/club.html", {"page": page})


@never_cache
@require_http_methods(["GET", "POST"])
@doors.acting
def invite(request: HttpRequest, actor: Actor, club_id: int) -> HttpResponse:
    """Invite pupils who agreed to a club."""
    page = _club(actor, club_id)
    form = forms.InviteMembers(request.POST or None, page=page)
    refusal = ""
    if request.method == "POST" and form.is_valid():
        try:
            many = actions.invite_members(
                actor=actor, club_id=club_id, person_ids=form.chosen(), at=clock.now()
            )
        except RuleError as error:
            refusal = texts.refusal(error)
        else:
            told = ngettext("%(n)s pupil invited.", "%(n)s pupils invited.", many)
            messages.success(request, told % {"n": many})
            return redirect("accompaniment:club", club_id)
    mark(request, page.simulated)
    context = {"page": page, "form": form, "refusal": refusal}
    return render(request, "accompaniment/invite_members.html", context, status=status(request))


@never_cache
@require_http_methods(["GET", "POST"])
@doors.acting
def meet(request: HttpRequest, actor: Actor, club_id: int) -> HttpResponse:
    """Keep a meeting with those who came."""
    page = _club(actor, club_id)
    form = forms.KeepMeeting(request.POST or None, initial={"on": clock.today()}, page=page)
    refusal = ""
    if request.method == "POST" and form.is_valid():
        try:
            actions.keep_meeting(
                actor=actor,
                club_id=club_id,
                at=clock.now(),
                today=clock.today(),
                **form.cleaned_data,
            )
        except RuleError as error:
            refusal = texts.refusal(error)
        else:
            messages.success(request, _("The meeting is kept."))
            return redirect("accompaniment:club", club_id)
    mark(request, page.simulated)
    context = {"page": page, "form": form, "refusal": refusal}
    return render(request, "accompaniment/meeting.html", context, status=status(request))


def _club(actor: Actor, club_id: int) -> queries.ClubPage:
    """Return a club for who keeps it; the names shown in the form are written down."""
    try:
        page = actions.see_club(actor=actor, club_id=club_id, at=clock.now())
    except ObjectDoesNotExist as error:
        raise Http404 from error
    if not page.may_keep:
        raise Http404
    return page
