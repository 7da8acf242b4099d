"""Pages of the room of dossiers: the cohort, one road, what is recorded, the pupil's own page."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from donghanh.domain.authority import Actor
from donghanh.domain.errors import RuleError
from donghanh.domain.procedure import Judgement, Step
from donghanh.dossiers import actions, forms, queries, texts
from donghanh.dossiers import doors as resting
from donghanh.lib import answers, clock, days
from donghanh.organisation import doors
from donghanh.people import doors as people


@never_cache
@require_GET
@doors.acting
def cohort(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Show the pupils on the road, by step and by class; whose names are shown is written down."""
    page, rows = actions.see_list(
        actor=actor,
        filters=forms.filters(request.GET),
        number=request.GET.get("page"),
        at=clock.now(),
        today=clock.today(),
    )
    answers.mark(request, page.simulated)
    kept = request.GET.copy()
    kept.pop("page", None)
    return render(
        request,
        "dossiers/cohort.html",
        {
            "page": page,
            "rows": rows,
            "query": kept.urlencode(),
            "past": next((bar.title for bar in page.bars if bar.step == page.filters.past), ""),
            "states": texts.STATES,
        },
    )


@never_cache
@require_GET
@doors.acting
def export(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Give the list as it is narrowed, as a workbook."""
    chosen = forms.filters(request.GET)
    data = actions.export_list(actor=actor, filters=chosen, at=clock.now(), today=clock.today())
    return answers.sheet(data, f"con-duong-{clock.today()}.xlsx")


@never_cache
@require_http_methods(["GET", "POST"])
@doors.acting
@resting.unless_it_rests
def source(request: HttpRequest, actor: Actor, person_id: int) -> HttpResponse:
    """Put a pupil who agreed on the source list."""
    try:
        person = queries.candidate(actor, person_id)
    except ObjectDoesNotExist as error:
        raise Http404 from error
    answers.mark(request, person.simulated)
    form = forms.Source(request.POST or None, initial={"on": clock.today()})
    told: dict[str, Any] = {}
    if request.method == "POST" and form.is_valid():
        try:
            dossier = actions.start_dossier(
                actor=actor,
                person_id=person_id,
                at=clock.now(),
                today=clock.today(),
                **form.cleaned_data,
            )
        except RuleError as error:
            told = _told(error)
        else:
            messages.success(request, _("Recorded: the pupil is on the source list."))
            return redirect("dossiers:road", dossier.pk)
    context = {"person": person, "form": form, "title": texts.step_title(Step.SOURCED), **told}
    return render(request, "dossiers/source.html", context, status=_status(request, told))


@never_cache
@require_GET
@doors.acting
def road(request: HttpRequest, actor: Actor, dossier_id: int) -> HttpResponse:
    """Show one pupil's road; the reading is written down."""
    try:
        page = actions.open_file(
            actor=actor, dossier_id=dossier_id, at=clock.now(), today=clock.today()
        )
    except ObjectDoesNotExist as error:
        raise Http404 from error
    answers.mark(request, page.simulated)
    return render(request, "dossiers/road.html", {"page": page})


@never_cache
@require_http_methods(["GET", "POST"])
@doors.acting
@resting.unless_it_rests
def record(request: HttpRequest, actor: Actor, dossier_id: int, step: str) -> HttpResponse:
    """Record one act; what the rules refuse is said, and what was typed stays."""
    page = _act_page(actor, dossier_id, step)
    answers.mark(request, page.simulated)
    start = {"on": clock.today(), "seen": page.seen, "form": request.GET.get("giay", "")}
    form = forms.Record(request.POST or None, initial=start, page=page)
    told: dict[str, Any] = {}
    if request.method == "POST" and form.is_valid():
        new = form.new_act()
        try:
            judgement = actions.record_act(
                actor=actor,
                dossier_id=dossier_id,
                seen=form.cleaned_data["seen"],
                new=new,
                at=clock.now(),
                today=clock.today(),
            )
        except RuleError as error:
            told = _told(error)
            form.look_again(page.seen)
        else:
            _say(request, page.title, judgement)
            return redirect("dossiers:road", dossier_id)
    context = {"page": page, "form": form, **told}
    return render(request, "dossiers/record.html", context, status=_status(request, told))


@never_cache
@require_GET
@doors.acting
def count(request: HttpRequest, actor: Actor, dossier_id: int, step: str) -> HttpResponse:
    """Count a vote as it is typed; nothing is kept."""
    on = forms.day(request.GET.get("on", ""), clock.today())
    try:
        tally = forms.tally(request.GET)
        regime = request.GET.get("governed_by") or None
        found = queries.count(actor, dossier_id, Step(step), tally, on, regime)
    except (ObjectDoesNotExist, ValueError, RuleError) as error:
        raise Http404 from error
    return render(request, "dossiers/_count.html", {"count": found})


@never_cache
@require_http_methods(["GET", "POST"])
@doors.acting
@resting.unless_it_rests
def void(request: HttpRequest, actor: Actor, dossier_id: int, number: int) -> HttpResponse:
    """Declare an act invalid, after showing what falls with it and what stays."""
    try:
        page = queries.void_page(actor, dossier_id, number, clock.today())
    except (ObjectDoesNotExist, RuleError) as error:
        raise Http404 from error
    answers.mark(request, page.simulated)
    form = forms.Void(request.POST or None, initial={"seen": page.seen})
    told: dict[str, Any] = {}
    if request.method == "POST" and form.is_valid():
        try:
            actions.void_act(
                actor=actor,
                dossier_id=dossier_id,
                number=number,
                at=clock.now(),
                today=clock.today(),
                **form.cleaned_data,
            )
        except RuleError as error:
            told = _told(error)
            form.look_again(page.seen)
        else:
            messages.success(request, _("Declared invalid: %(act)s.") % {"act": page.act})
            return redirect("dossiers:road", dossier_id)
    context = {"page": page, "form": form, **told}
    return render(request, "dossiers/void.html", context, status=_status(request, told))


@never_cache
@require_http_methods(["GET", "POST"])
@doors.acting
@resting.unless_it_rests
def facts(request: HttpRequest, actor: Actor, dossier_id: int) -> HttpResponse:
    """Set the facts of a case that decide which way its road goes."""
    try:
        if request.method == "POST":
            page = queries.facts_page(actor, dossier_id, clock.today())
        else:
            page = actions.open_facts(
                actor=actor, dossier_id=dossier_id, at=clock.now(), today=clock.today()
            )
    except ObjectDoesNotExist as error:
        raise Http404 from error
    answers.mark(request, page.simulated)
    start = {"seen": page.seen, "was": page.facts.mark}
    form = forms.CaseFacts(request.POST or None, initial=start, page=page)
    told: dict[str, Any] = {}
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_facts(
                actor=actor,
                dossier_id=dossier_id,
                seen=form.cleaned_data["seen"],
                was=form.cleaned_data["was"],
                facts=form.facts(),
                at=clock.now(),
                today=clock.today(),
            )
        except RuleError as error:
            told = _told(error)
            form.look_again(page.seen)
        else:
            messages.success(request, _("Kept: the facts of this dossier."))
            return redirect("dossiers:road", dossier_id)
    context = {"page": page, "form": form, **told}
    return render(request, "dossiers/facts.html", context, status=_status(request, told))


@never_cache
@require_GET
@people.by_code
def own(request: HttpRequest, code: str) -> HttpResponse:
    """Show a pupil the own file: where I stand, what I agreed to, who read it."""
    page = queries.own_page(code, clock.today())
    if page is None:
        raise Http404
    context = {"page": page, "code": code, "mail": settings.MAIL}
    return render(request, "dossiers/own.html", context)


def _act_page(actor: Actor, dossier_id: int, step: str) -> queries.ActPage:
    try:
        return queries.act_page(actor, dossier_id, Step(step), clock.today())
    except (ObjectDoesNotExist, ValueError) as error:
        raise Http404 from error


def _told(error: RuleError) -> dict[str, Any]:
    """Return what a page says of a refusal: the sentence, and the rule that refuses."""
    return {
        "refusal": texts.refusal(error),
        "refusing": queries.cite_of(error.facts.get("entry")),
        "changed": isinstance(error, actions.ChangedMeanwhile),
    }


def _status(request: HttpRequest, told: dict[str, Any]) -> HTTPStatus:
    """A form that comes back after it was sent was refused."""
    if told.get("changed"):
        return HTTPStatus.CONFLICT
    return HTTPStatus.UNPROCESSABLE_ENTITY if request.method == "POST" else HTTPStatus.OK


def _say(request: HttpRequest, title: str, judgement: Judgement) -> None:
    """Say plainly what was recorded: a vote that did not carry is kept as a try."""
    if not judgement.passed and judgement.outcome is not None:
        outcome = judgement.outcome
        told = _(
            "Recorded: the vote did not carry, %(favour)s of %(base)s in favour, %(needed)s "
            "needed. The step stays open."
        )
        facts = {"favour": outcome.favour, "base": outcome.base, "needed": outcome.needed}
        messages.warning(request, told % facts)
        return
    messages.success(request, _("Recorded: %(step)s.") % {"step": title})
    for late in judgement.late:
        told = _("It came after the last day, %(day)s: %(rule)s.")
        facts_late = {"day": days.day(late.last_day), "rule": late.entry.title_vi}
        messages.warning(request, told % facts_late)
