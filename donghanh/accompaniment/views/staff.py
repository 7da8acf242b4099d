"""Pages of who accompanies: the overview, giving, answering, notes and comments."""

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
from donghanh.dossiers import doors as resting
from donghanh.lib import clock
from donghanh.organisation import doors


@never_cache
@require_GET
@doors.acting
def overview(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Show what waits for a look, what was given, and the clubs."""
    page = actions.see_overview(actor=actor, at=clock.now(), today=clock.today())
    mark(request, page.simulated)
    return render(request, "accompaniment/overview.html", {"page": page})


@never_cache
@require_http_methods(["GET", "POST"])
@doors.acting
def give(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Give a challenge out of the library to one pupil or several."""
    library = queries.library(actor)
    pupils = actions.see_choices(actor=actor, at=clock.now())
    chosen = request.GET.get("hoc-sinh", "")
    start = {
        "due": forms.today_of(60, clock.today()),
        "dossier_ids": [chosen],
        "key": request.GET.get("mau", ""),
    }
    form = forms.Give(request.POST or None, initial=start, library=library, pupils=pupils)
    refusal = ""
    if request.method == "POST" and form.is_valid():
        try:
            given = actions.give_challenges(
                actor=actor, at=clock.now(), today=clock.today(), **form.cleaned_data
            )
        except RuleError as error:
            refusal = texts.refusal(error)
        else:
            told = ngettext("Given to %(n)s pupil.", "Given to %(n)s pupils.", len(given))
            messages.success(request, told % {"n": len(given)})
            return redirect("accompaniment:overview")
    context = {"form": form, "library": library, "pupils": pupils, "refusal": refusal}
    return render(request, "accompaniment/give.html", context, status=status(request))


@never_cache
@require_http_methods(["GET", "POST"])
@doors.acting
def models(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Show the library, and keep a challenge of the school's own."""
    library, keeps = queries.library(actor), queries.may_keep_models(actor)
    if request.method == "POST" and not keeps:
        raise Http404
    taken = queries.template(actor, request.GET.get("tu", ""))
    start = {} if taken is None else _start(taken)
    form = forms.Model(request.POST or None, initial=start)
    refusal = ""
    if request.method == "POST" and form.is_valid():
        try:
            actions.keep_model(actor=actor, at=clock.now(), **form.cleaned_data)
        except RuleError as error:
            refusal = texts.refusal(error)
        else:
            messages.success(request, _("Kept in the school's library."))
            return redirect("accompaniment:models")
    context = {
        "form": form,
        "library": library,
        "refusal": refusal,
        "may_keep": queries.may_keep_models(actor),
    }
    return render(request, "accompaniment/models.html", context, status=status(request))


def _start(taken: queries.Template) -> dict[str, object]:
    return {
        "title": taken.title,
        "aim": taken.aim,
        "steps": "\n".join(taken.steps),
        "evidence": taken.evidence,
        "days": taken.days,
        "origin": taken.key,
    }


@never_cache
@require_http_methods(["GET", "POST"])
@doors.acting
def challenge(request: HttpRequest, actor: Actor, challenge_id: int) -> HttpResponse:
    """Show one challenge, and answer in words once it is done."""
    form = forms.Answer(request.POST or None)
    refusal = ""
    try:
        if request.method == "POST" and form.is_valid():
            try:
                done = actions.answer_challenge(
                    actor=actor, challenge_id=challenge_id, at=clock.now(), **form.cleaned_data
                )
            except RuleError as error:
                refusal = texts.refusal(error)
            else:
                messages.success(request, _("Your answer is kept; the pupil reads it."))
                return redirect("accompaniment:challenge", done.pk)
        row = actions.open_challenge(actor=actor, challenge_id=challenge_id, at=clock.now())
    except ObjectDoesNotExist as error:
        raise Http404 from error
    mark(request, row.simulated)
    context = {"row": row, "form": form, "refusal": refusal}
    return render(request, "accompaniment/challenge.html", context, status=status(request))


@never_cache
@require_GET
@doors.acting
def pupil(request: HttpRequest, actor: Actor, dossier_id: int) -> HttpResponse:
    """Show one pupil's accompaniment; the reading is written down."""
    try:
        page = actions.open_accompaniment(
            actor=actor, dossier_id=dossier_id, at=clock.now(), today=clock.today()
        )
    except ObjectDoesNotExist as error:
        raise Http404 from error
    mark(request, page.simulated)
    return render(request, "accompaniment/pupil.html", {"page": page})


@never_cache
@require_http_methods(["GET", "POST"])
@doors.acting
@resting.unless_it_rests
def note(request: HttpRequest, actor: Actor, dossier_id: int) -> HttpResponse:
    """Write a note of the road."""
    return _write(request, actor, dossier_id, comment=False)


@never_cache
@require_http_methods(["GET", "POST"])
@doors.acting
@resting.unless_it_rests
def comment(request: HttpRequest, actor: Actor, dossier_id: int) -> HttpResponse:
    """Write the periodic comment."""
    return _write(request, actor, dossier_id, comment=True)


def _write(request: HttpRequest, actor: Actor, dossier_id: int, *, comment: bool) -> HttpResponse:
    try:
        page = queries.writing_page(actor, dossier_id, clock.today())
    except ObjectDoesNotExist as error:
        raise Http404 from error
    mark(request, page.simulated)
    form = forms.Note(request.POST or None, initial={"on": clock.today()})
    refusal = ""
    act = actions.write_comment if comment else actions.write_note
    if request.method == "POST" and form.is_valid():
        try:
            act(
                actor=actor,
                dossier_id=dossier_id,
                at=clock.now(),
                today=clock.today(),
                **form.cleaned_data,
            )
        except RuleError as error:
            refusal = texts.refusal(error)
        else:
            messages.success(request, _("Kept; the pupil reads it on the own page."))
            return redirect("accompaniment:pupil", dossier_id)
    context = {"page": page, "form": form, "refusal": refusal, "comment": comment}
    return render(request, "accompaniment/write.html", context, status=status(request))
