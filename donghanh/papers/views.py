"""Pages of the room of papers: the list, one paper, the way up and back, the letters."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from donghanh.domain.authority import Actor
from donghanh.domain.errors import RuleError
from donghanh.dossiers import doors as resting
from donghanh.dossiers.actions import ChangedMeanwhile
from donghanh.lib import answers, clock
from donghanh.organisation import doors
from donghanh.papers import actions, forms, queries, texts


@never_cache
@require_GET
@doors.acting
def listing(request: HttpRequest, actor: Actor, dossier_id: int) -> HttpResponse:
    """Show the papers of a dossier and where it is; the reading is written down."""
    try:
        page = actions.open_papers(
            actor=actor, dossier_id=dossier_id, at=clock.now(), today=clock.today()
        )
    except ObjectDoesNotExist as error:
        raise Http404 from error
    answers.mark(request, page.simulated)
    return render(request, "papers/listing.html", {"page": page})


@never_cache
@require_GET
@doors.acting
def export(request: HttpRequest, actor: Actor, dossier_id: int) -> HttpResponse:
    """Give the table of contents of a dossier as a workbook."""
    try:
        data = actions.export_papers(
            actor=actor, dossier_id=dossier_id, at=clock.now(), today=clock.today()
        )
    except ObjectDoesNotExist as error:
        raise Http404 from error
    return answers.sheet(data, f"muc-luc-ho-so-{dossier_id}.xlsx")


@never_cache
@require_http_methods(["GET", "POST"])
@doors.acting
@resting.unless_it_rests
def note(
    request: HttpRequest, actor: Actor, dossier_id: int, form: str, act_number: int
) -> HttpResponse:
    """Note what is kept about one paper, above the notes there were."""
    try:
        page = queries.note_page(actor, dossier_id, form, act_number, clock.today())
    except ObjectDoesNotExist as error:
        raise Http404 from error
    if page is None:
        raise Http404
    answers.mark(request, page.simulated)
    last = page.last
    start = {name: getattr(last, name) for name in _NOTED} if last else {}
    typed = forms.Note(request.POST or None, initial=start, page=page)

    def keep() -> str:
        actions.note_paper(
            actor=actor,
            dossier_id=dossier_id,
            form=form,
            act_number=act_number,
            new=typed.new(),
            at=clock.now(),
            today=clock.today(),
        )
        return _("Kept: what was noted of the paper %(form)s.") % {"form": page.line.form}

    return _kept(request, "papers/note.html", {"page": page}, typed, keep, dossier_id)


_NOTED = ("copy", "signer", "pages", "kept_at", "valid_until", "not_needed")


@never_cache
@require_http_methods(["GET", "POST"])
@doors.acting
@resting.unless_it_rests
def send(request: HttpRequest, actor: Actor, dossier_id: int) -> HttpResponse:
    """Send a dossier to a committee above, or down to its cell."""
    page = _way(actor, dossier_id)
    answers.mark(request, page.simulated)
    start = forms.start(clock.today(), page.was)
    typed = forms.Send(request.POST or None, initial=start, page=page)

    def keep() -> str:
        given = typed.cleaned_data
        actions.send_dossier(
            actor=actor,
            dossier_id=dossier_id,
            was=given["was"],
            to_unit_id=given["to_unit"],
            on=given["on"],
            at=clock.now(),
            today=clock.today(),
        )
        return _("Sent. Who gets it confirms here that it has come.")

    return _kept(request, "papers/send.html", {"page": page}, typed, keep, dossier_id)


@never_cache
@require_http_methods(["GET", "POST"])
@doors.acting
@resting.unless_it_rests
def receive(request: HttpRequest, actor: Actor, dossier_id: int) -> HttpResponse:
    """Confirm that a dossier has come."""
    page = _way(actor, dossier_id)
    answers.mark(request, page.simulated)
    typed = forms.Receive(request.POST or None, initial=forms.start(clock.today(), page.was))

    def keep() -> str:
        given = typed.cleaned_data
        actions.receive_dossier(
            actor=actor,
            dossier_id=dossier_id,
            was=given["was"],
            on=given["on"],
            at=clock.now(),
            today=clock.today(),
        )
        return _("Kept: the dossier has come.")

    return _kept(request, "papers/receive.html", {"page": page}, typed, keep, dossier_id)


@never_cache
@require_http_methods(["GET", "POST"])
@doors.acting
@resting.unless_it_rests
def give_back(request: HttpRequest, actor: Actor, dossier_id: int) -> HttpResponse:
    """Return a dossier with what is wrong with which paper."""
    page = _way(actor, dossier_id)
    answers.mark(request, page.simulated)
    start = forms.start(clock.today(), page.was)
    typed = forms.GiveBack(request.POST or None, initial=start, page=page)

    def keep() -> str:
        given = typed.cleaned_data
        actions.return_dossier(
            actor=actor,
            dossier_id=dossier_id,
            was=given["was"],
            faults=typed.faults(),
            on=given["on"],
            at=clock.now(),
            today=clock.today(),
        )
        return _("Returned. The cell sees on its desk what has to be mended.")

    return _kept(request, "papers/give_back.html", {"page": page}, typed, keep, dossier_id)


@never_cache
@require_http_methods(["GET", "POST"])
@doors.acting
@resting.unless_it_rests
def letter(request: HttpRequest, actor: Actor, dossier_id: int) -> HttpResponse:
    """Keep that a letter was sent."""
    try:
        walk = queries.letter_page(actor, dossier_id, clock.today())
    except ObjectDoesNotExist as error:
        raise Http404 from error
    answers.mark(request, walk.dossier.simulated)
    today = clock.today()
    start = {"on": today, "remind_on": today + queries.REMIND_AFTER}
    typed = forms.SendLetter(request.POST or None, initial=start)

    def keep() -> str:
        actions.send_letter(
            actor=actor, dossier_id=dossier_id, new=typed.new(), at=clock.now(), today=today
        )
        return _("Kept: the letter was sent.")

    return _kept(request, "papers/letter.html", {"walk": walk}, typed, keep, dossier_id)


@never_cache
@require_http_methods(["GET", "POST"])
@doors.acting
@resting.unless_it_rests
def answer(request: HttpRequest, actor: Actor, dossier_id: int, letter_id: int) -> HttpResponse:
    """Keep that a letter was answered."""
    try:
        walk, line = queries.answer_page(actor, dossier_id, letter_id, clock.today())
    except ObjectDoesNotExist as error:
        raise Http404 from error
    answers.mark(request, walk.dossier.simulated)
    typed = forms.Answer(request.POST or None, initial={"on": clock.today()})

    def keep() -> str:
        actions.answer_letter(
            actor=actor,
            dossier_id=dossier_id,
            letter_id=letter_id,
            on=typed.cleaned_data["on"],
            at=clock.now(),
            today=clock.today(),
        )
        return _("Kept: the letter was answered.")

    context = {"walk": walk, "letter": line}
    return _kept(request, "papers/answer.html", context, typed, keep, dossier_id)


def _way(actor: Actor, dossier_id: int) -> queries.WayPage:
    try:
        return queries.way_page(actor, dossier_id, clock.today())
    except ObjectDoesNotExist as error:
        raise Http404 from error


def _kept(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    form: django_forms.Form,
    keep: Callable[[], str],
    dossier_id: int,
) -> HttpResponse:
    """Do what was sent and lead back to the list; what is refused is said, and stays typed."""
    told: dict[str, Any] = {"form": form}
    status = HTTPStatus.OK
    if request.method == "POST":
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_valid():
            try:
                said = keep()
            except RuleError as error:
                told["refusal"] = texts.refusal(error)
                if isinstance(error, ChangedMeanwhile):
                    status = HTTPStatus.CONFLICT
                    form.look_again(context["page"].was)  # type: ignore[attr-defined]  # a way's
            else:
                messages.success(request, said)
                return redirect("papers:listing", dossier_id)
    return render(request, template, {**context, **told}, status=status)
