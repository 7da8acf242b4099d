"""Pages for who answers and who moderates."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from donghanh.domain.authority import Actor
from donghanh.domain.calendar import SchoolYear
from donghanh.domain.errors import RuleError
from donghanh.lib import answers, clock
from donghanh.organisation import doors
from donghanh.voices import actions, forms, queries, texts

_REFUSED = HTTPStatus.UNPROCESSABLE_ENTITY


@never_cache
@require_http_methods(["GET", "POST"])
@doors.acting
def listing(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Show the voices of the own unit and what lies with it; change the own promise."""
    number = request.GET.get("page", "1")
    form = forms.Promised(request.POST or None)
    refusal = ""
    if request.method == "POST" and form.is_valid():
        try:
            actions.promise(
                actor=actor,
                days=form.cleaned_data["days"],
                at=clock.now(),
                today=clock.today(),
            )
        except RuleError as error:
            refusal = texts.refusal(error)
        else:
            messages.success(request, _("Kept. It counts for what comes from today on."))
            return redirect("voices:listing")
    page = queries.listing(
        actor,
        clock.today(),
        request.GET.get("loc", ""),
        int(number) if number.isdecimal() else 1,
    )
    answers.mark(request, page.simulated)
    if not form.is_bound:
        form = forms.Promised(initial={"days": page.days})
    context = {"page": page, "form": form, "refusal": refusal, "lists": texts.lists(page.counts)}
    status = _REFUSED if request.method == "POST" else HTTPStatus.OK
    return render(request, "voices/listing.html", context, status=status)


@never_cache
@require_GET
@doors.acting
def page(request: HttpRequest, actor: Actor, voice_id: int) -> HttpResponse:
    """Show one voice with its thread, and what can be done now."""
    return _page(request, actor, voice_id)


def _page(
    request: HttpRequest,
    actor: Actor,
    voice_id: int,
    refusal: str = "",
    **bound: Any,
) -> HttpResponse:
    try:
        found = queries.page(actor, voice_id, clock.today())
    except ObjectDoesNotExist as error:
        raise Http404 from error
    answers.mark(request, found.row.voice.simulated)
    seen = {"seen": found.seen}
    context = {
        "page": found,
        "left": found.row.standing.left(clock.today()),
        "answer_form": forms.Answer(initial=seen),
        "aside_form": forms.Aside(initial=seen),
        "rewrite_form": forms.Rewrite(),
        "refusal": refusal,
        **bound,
    }
    status = _REFUSED if refusal or bound else HTTPStatus.OK
    return render(request, "voices/page.html", context, status=status)


@never_cache
@require_POST
@doors.acting
def answer(request: HttpRequest, actor: Actor, voice_id: int) -> HttpResponse:
    """Answer a voice."""
    form = forms.Answer(request.POST)
    if not form.is_valid():
        return _page(request, actor, voice_id, answer_form=form)
    return _do(
        request,
        actor,
        voice_id,
        lambda: actions.answer(
            actor=actor, voice_id=voice_id, at=clock.now(), today=clock.today(), **form.cleaned_data
        ),
        _("Answered. The writer reads it by the code."),
        answer_form=form,
    )


@never_cache
@require_POST
@doors.acting
def moderate(request: HttpRequest, actor: Actor, voice_id: int) -> HttpResponse:
    """Set a voice aside, note it, ask the moderators above, or raise the alarm."""
    deed = request.POST.get("deed", "")
    aside = forms.Aside(request.POST)
    seen = forms.Seen(request.POST)
    if not seen.is_valid():
        raise Http404
    common: dict[str, Any] = {
        "actor": actor,
        "voice_id": voice_id,
        "seen": seen.cleaned_data["seen"],
        "at": clock.now(),
        "today": clock.today(),
    }
    reason = aside.chosen() if aside.is_valid() else None
    known: dict[str, tuple[Callable[[], None], str]] = {
        "aside": (
            lambda: actions.set_aside(reason=reason, **common),
            _("Set aside. The writer sees that, and why, by the code."),
        ),
        "note": (lambda: actions.note(**common), _("Kept as read.")),
        "flag": (lambda: actions.flag(**common), _("The moderators one level up see it now.")),
        "alarm": (
            lambda: actions.alarm(**common),
            _("Marked as an emergency: the school's moderators and the level above see it now."),
        ),
    }
    if deed not in known:
        raise Http404
    return _do(request, actor, voice_id, *known[deed])


@never_cache
@require_POST
@doors.acting
def publish(request: HttpRequest, actor: Actor, voice_id: int) -> HttpResponse:
    """Write question and answer anew, to be made public by a second person."""
    form = forms.Rewrite(request.POST)
    if not form.is_valid():
        return _page(request, actor, voice_id, rewrite_form=form)
    return _do(
        request,
        actor,
        voice_id,
        lambda: actions.propose(
            actor=actor,
            voice_id=voice_id,
            rewritten=form.rewritten(),
            at=clock.now(),
            today=clock.today(),
        ),
        _("Kept. A second person of your unit or of the level above makes it public."),
        rewrite_form=form,
    )


@never_cache
@require_POST
@doors.acting
def decide(request: HttpRequest, actor: Actor, publication_id: int) -> HttpResponse:
    """Make a publication public as the second person, or take it back."""
    takes_back = request.POST.get("deed") == "withdraw"
    act = actions.withdraw if takes_back else actions.confirm
    try:
        act(actor=actor, publication_id=publication_id, at=clock.now(), today=clock.today())
    except ObjectDoesNotExist as error:
        raise Http404 from error
    except RuleError as error:
        if error.code not in texts.REFUSALS or error.code == "authority.not_allowed":
            raise
        messages.error(request, texts.refusal(error))
        return redirect("voices:listing")
    said = _("Taken back: the public page no longer shows it.") if takes_back else _("Public now.")
    messages.success(request, said)
    return redirect("voices:listing")


@never_cache
@require_GET
@doors.acting
def figures(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Show how many voices came by topic, from five upwards."""
    today = clock.today()
    years = [SchoolYear.of(today)]
    years.append(SchoolYear.of(years[0].since.replace(year=years[0].since.year - 1)))
    asked = request.GET.get("nam", "")
    year = next((one for one in years if one.key == asked), years[0])
    found = queries.figures(actor, year, today)
    context = {
        "found": found,
        "years": [one.key for one in years],
        "topics": [texts.TOPICS[topic] for topic in found.topics],
    }
    return render(request, "voices/figures.html", context)


def _do(
    request: HttpRequest,
    actor: Actor,
    voice_id: int,
    act: Callable[[], object],
    said: str,
    **bound: Any,
) -> HttpResponse:
    try:
        act()
    except ObjectDoesNotExist as error:
        raise Http404 from error
    except RuleError as error:
        if error.code == "authority.not_allowed":
            raise
        return _page(request, actor, voice_id, texts.refusal(error), **bound)
    messages.success(request, said)
    return redirect("voices:page", voice_id)
