"""The pupil's own pages, opened by the own code."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from donghanh.accompaniment import actions, forms, queries, texts
from donghanh.accompaniment.views.frames import status
from donghanh.domain.errors import RuleError
from donghanh.lib import clock
from donghanh.people import doors


@never_cache
@require_GET
@doors.by_code
def page(request: HttpRequest, code: str) -> HttpResponse:
    """Show the pupil the own challenges, notes, comments and clubs."""
    found = queries.own_page(code)
    if found is None:
        raise Http404
    return render(request, "accompaniment/own.html", {"page": found, "code": code})


@never_cache
@require_GET
@doors.by_code
def challenge(request: HttpRequest, code: str, challenge_id: int) -> HttpResponse:
    """Show the pupil one own challenge."""
    return _challenge(request, code, challenge_id)


@never_cache
@require_POST
@doors.by_code
def accept(request: HttpRequest, code: str, challenge_id: int) -> HttpResponse:
    """Keep that the pupil accepts."""
    told = {"code": code, "challenge_id": challenge_id, "at": clock.now()}
    refusal = _try(actions.accept, told)
    return _answered(request, code, challenge_id, refusal)


@never_cache
@require_POST
@doors.by_code
def decline(request: HttpRequest, code: str, challenge_id: int) -> HttpResponse:
    """Keep for the own page alone that the pupil declines."""
    told = {"code": code, "challenge_id": challenge_id, "at": clock.now()}
    refusal = _try(actions.decline, told)
    return _answered(request, code, challenge_id, refusal)


@never_cache
@require_POST
@doors.by_code
def tell(request: HttpRequest, code: str, challenge_id: int) -> HttpResponse:
    """Keep a line of what was done."""
    found = _own(code, challenge_id)
    form = forms.Tell(request.POST, challenge=found)
    if not form.is_valid():
        return _challenge(request, code, challenge_id, telling=form)
    times = {"at": clock.now(), "today": clock.today()}
    told = {"code": code, "challenge_id": challenge_id, **times, **form.cleaned_data}
    refusal = _try(actions.tell, told)
    return _answered(request, code, challenge_id, refusal, telling=form)


@never_cache
@require_POST
@doors.by_code
def finish(request: HttpRequest, code: str, challenge_id: int) -> HttpResponse:
    """Keep that it is done, and what it meant."""
    _own(code, challenge_id)
    form = forms.Finish(request.POST)
    if not form.is_valid():
        return _challenge(request, code, challenge_id, finishing=form)
    told = {"code": code, "challenge_id": challenge_id, "at": clock.now(), **form.cleaned_data}
    refusal = _try(actions.finish, told)
    return _answered(request, code, challenge_id, refusal, finishing=form)


@never_cache
@require_http_methods(["GET", "POST"])
@doors.by_code
def note(request: HttpRequest, code: str, note_id: int) -> HttpResponse:
    """Show the pupil one note, and keep an answer to it."""
    found = queries.own_note(code, note_id)
    if found is None:
        raise Http404
    form = forms.AnswerNote(request.POST or None)
    refusal = ""
    if request.method == "POST" and form.is_valid():
        told = {"code": code, "note_id": note_id, "at": clock.now(), **form.cleaned_data}
        refusal = _try(actions.answer_note, told)
        if not refusal:
            return redirect("accompaniment:own", code=code)
    context = {"note": found, "form": form, "code": code, "refusal": refusal}
    return render(request, "accompaniment/own_note.html", context, status=status(request))


@never_cache
@require_POST
@doors.by_code
def club(request: HttpRequest, code: str, club_id: int, what: str) -> HttpResponse:
    """Join a club, leave it, let coming stand on the road or take that back."""
    told: dict[str, Any] = {"code": code, "club_id": club_id, "at": clock.now()}
    deeds: dict[str, tuple[Callable[..., object], dict[str, Any]]] = {
        "tham-gia": (actions.join_club, {}),
        "roi": (actions.leave_club, {}),
        "hien": (actions.show_attendance, {"shown": True}),
        "an": (actions.show_attendance, {"shown": False}),
    }
    if what not in deeds:
        raise Http404
    act, more = deeds[what]
    refusal = _try(act, told | more)
    if refusal:
        found = queries.own_page(code)
        context = {"page": found, "code": code, "refusal": refusal}
        return render(request, "accompaniment/own.html", context, status=status(request))
    return redirect("accompaniment:own", code=code)


def _try(act: Callable[..., object], told: dict[str, Any]) -> str:
    """Do something of the pupil's; return why it was refused, or nothing."""
    try:
        act(**told)
    except ObjectDoesNotExist as error:
        raise Http404 from error
    except RuleError as error:
        return texts.refusal(error)
    return ""


def _own(code: str, challenge_id: int) -> queries.OwnChallenge:
    found = queries.own_challenge(code, challenge_id)
    if found is None:
        raise Http404
    return found


def _answered(
    request: HttpRequest, code: str, challenge_id: int, refusal: str, **told: Form
) -> HttpResponse:
    if not refusal:
        return redirect("accompaniment:own_challenge", code=code, challenge_id=challenge_id)
    return _challenge(request, code, challenge_id, refusal, **told)


def _challenge(
    request: HttpRequest, code: str, challenge_id: int, refusal: str = "", **told: Form
) -> HttpResponse:
    found = _own(code, challenge_id)
    context = {
        "row": found,
        "code": code,
        "refusal": refusal,
        "refused": next(iter(told.values()), None),
        "telling": forms.Tell(challenge=found, initial={"on": clock.today()}),
        "finishing": forms.Finish(),
        **told,
    }
    return render(request, "accompaniment/own_challenge.html", context, status=status(request))
