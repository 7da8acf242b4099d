"""Pages on which a practice is told: proposed, mended, taken over."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from donghanh.domain import authority
from donghanh.domain.authority import Actor
from donghanh.domain.errors import RuleError
from donghanh.domain.practising import NotInLibrary, Stage, Telling
from donghanh.domain.rights import Right
from donghanh.lib import clock
from donghanh.organisation import doors
from donghanh.practices import actions, forms, queries, texts
from donghanh.practices.actions import Source

_NOTHING = Telling(title="", aim="", for_whom="", steps=())


def _told(
    request: HttpRequest,
    kind: type[forms.Tell],
    told: Telling,
    more: dict[str, Any],
    done: Callable[[dict[str, Any], Telling], int],
    said: Promise,
    context: dict[str, Any],
) -> HttpResponse:
    """Show a form with its challenges, and do what it is for once both are right."""
    start, several = forms.begin(told)
    data = request.POST or None
    form = kind(data, initial=start | more)
    challenges = forms.challenges(data, several)
    refusal = ""
    if request.method == "POST" and form.is_valid() & challenges.is_valid():
        try:
            number = done(form.cleaned_data, forms.telling(form, challenges.told))
        except RuleError as error:
            refusal = texts.refusal(error)
        else:
            messages.success(request, str(said))
            return redirect("practices:practice", number)
    posted = request.method == "POST"
    status = HTTPStatus.UNPROCESSABLE_ENTITY if posted else HTTPStatus.OK
    context |= {"form": form, "challenges": challenges, "refusal": refusal}
    return render(request, "practices/tell.html", context, status=status)


@never_cache
@require_http_methods(["GET", "POST"])
@doors.acting
def propose(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Tell a practice of the own unit and propose it to the body above."""
    authority.require(actor, Right.PROPOSE_PRACTICES)

    def done(typed: dict[str, Any], told: Telling) -> int:
        return actions.propose(
            actor=actor, telling=told, once=typed["once"], at=clock.now(), today=clock.today()
        ).pk

    context = {"what": "propose", "title": _("Propose a practice"), "back": ""}
    said = _("Proposed; the body above will look at it.")
    return _told(request, forms.Tell, _NOTHING, {}, done, said, context)


@never_cache
@require_http_methods(["GET", "POST"])
@doors.acting
def mend(request: HttpRequest, actor: Actor, practice_id: int) -> HttpResponse:
    """Change the words of a practice that was returned, or that was taken over."""
    try:
        page = queries.practice_page(actor, practice_id, clock.today())
    except ObjectDoesNotExist as unknown:
        raise Http404 from unknown
    if not page.mine or (not page.may_mend and request.method != "POST"):
        raise Http404
    taken = page.stage is Stage.IN_USE

    def done(typed: dict[str, Any], told: Telling) -> int:
        return actions.mend(
            actor=actor,
            practice_id=practice_id,
            seen=typed["seen"],
            telling=told,
            changes=typed.get("changes", ""),
            at=clock.now(),
        ).pk

    context = {
        "what": "mend",
        "title": _("Change the practice") if taken else _("Mend the practice"),
        "back": page,
        "remark": next((one.remark for one in page.looks), "") if not taken else "",
    }
    said = _("Changed.") if taken else _("Mended and proposed again.")
    kind = forms.MendTaken if taken else forms.Mend
    more = {"seen": page.version, "changes": page.changed}
    try:
        return _told(request, kind, page.telling, more, done, said, context)
    except ObjectDoesNotExist as unknown:
        raise Http404 from unknown


@never_cache
@require_http_methods(["GET", "POST"])
@doors.acting
def take_over(
    request: HttpRequest, actor: Actor, practice_id: int | None = None, key: str = ""
) -> HttpResponse:
    """Take a practice over for the own unit, of another unit or of the library."""
    try:
        told = queries.start_from(actor, practice_id, key)
    except (ObjectDoesNotExist, NotInLibrary) as unknown:
        raise Http404 from unknown

    def done(typed: dict[str, Any], telling: Telling) -> int:
        return actions.take_over(
            actor=actor,
            source=Source(practice_id=practice_id, library_key=key),
            telling=telling,
            changes=typed["changes"],
            since=typed["since"],
            once=typed["once"],
            at=clock.now(),
            today=clock.today(),
        ).pk

    context = {
        "what": "take",
        "title": _("Take the practice over"),
        "from": told.title,
        "practice_id": practice_id,
        "key": key,
    }
    said = _("Taken over. Its challenges can be kept in the school's library with one press.")
    more = {"since": clock.today()}
    return _told(request, forms.Adopt, told, more, done, said, context)
