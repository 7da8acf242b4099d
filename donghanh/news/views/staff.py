"""Pages of who writes and who reviews."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from donghanh.domain import pasting
from donghanh.domain.authority import Actor, NotAllowed
from donghanh.domain.errors import RuleError
from donghanh.lib import answers, clock
from donghanh.news import actions, forms, queries, texts
from donghanh.organisation import doors

REFUSED = HTTPStatus.UNPROCESSABLE_ENTITY


@never_cache
@require_GET
@doors.acting
def listing(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Show the articles the actor sees."""
    return render(request, "news/listing.html", {"lines": queries.listing(actor), "actor": actor})


@never_cache
@require_http_methods(["GET", "POST"])
@doors.acting
def begin(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Begin an article."""
    queries.require_writer(actor)
    form = forms.Write(request.POST or None, initial={"author_name": actor.name})
    refusal = ""
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.begin(actor=actor, typed=form.typed(), at=clock.now())
        except RuleError as error:
            refusal = texts.refusal(error)
        else:
            messages.success(request, _("Saved."))
            return redirect("news:article", made.pk)
    context = {"form": form, "refusal": refusal, "article": None}
    return render(request, "news/write.html", context, status=_status(request))


@never_cache
@require_http_methods(["GET", "POST"])
@doors.acting
def write(request: HttpRequest, actor: Actor, article_id: int) -> HttpResponse:
    """Write on a draft; what somebody else saved meanwhile is shown beside what was typed."""
    queries.require_writer(actor)
    return _write(request, actor, article_id, forms.Write, _save)


@never_cache
@require_http_methods(["GET", "POST"])
@doors.acting
def correct(request: HttpRequest, actor: Actor, article_id: int) -> HttpResponse:
    """Put a published article right, with a note for everybody."""
    queries.require_reviewer(actor)
    return _write(request, actor, article_id, forms.Correct, _correct)


def _save(actor: Actor, article_id: int, form: forms.Write) -> str:
    actions.save(
        actor=actor,
        article_id=article_id,
        seen=form.seen_number(),
        typed=form.typed(),
        at=clock.now(),
    )
    return _("Saved.")


def _correct(actor: Actor, article_id: int, form: forms.Write) -> str:
    out = actions.correct(
        actor=actor,
        article_id=article_id,
        seen=form.seen_number(),
        typed=form.typed(),
        note=form.cleaned_data["note"],
        at=clock.now(),
    )
    if out:
        return _("The correction is published.")
    return _("The correction is kept and waits: not everything in it is settled yet.")


def _write(
    request: HttpRequest,
    actor: Actor,
    article_id: int,
    kind: type[forms.Write],
    keep: Callable[[Actor, int, forms.Write], str],
) -> HttpResponse:
    page = or_404(lambda: queries.edit_page(actor, article_id))
    typed = request.POST if request.method == "POST" else None
    form = kind(typed, initial=_initial(request, page), pictures=page.pictures)
    refusal, other = "", None
    if request.method == "POST" and form.is_valid():
        try:
            done = keep(actor, article_id, form)
        except NotAllowed:
            raise
        except ObjectDoesNotExist as error:
            raise Http404 from error
        except RuleError as error:
            refusal = texts.refusal(error)
            other = page if isinstance(error, actions.ChangedMeanwhile) else None
        else:
            messages.success(request, done)
            return redirect("news:article", article_id)
    answers.mark(request, page.simulated)
    context = {"form": form, "refusal": refusal, "article": page, "other": other}
    status = HTTPStatus.CONFLICT if other else _status(request)
    return render(request, "news/write.html", context, status=status)


def _initial(request: HttpRequest, page: queries.WritePage) -> dict[str, object]:
    """Return what fills the fields; a picture just added leads, where none does."""
    added = request.GET.get("anh", "")
    lead = page.initial.get("lead") or (int(added) if added.isdecimal() and len(added) < 5 else "")
    return {**page.initial, "lead": lead}


@never_cache
@require_POST
@doors.acting
def keep(request: HttpRequest, actor: Actor, article_id: int) -> HttpResponse:
    """Keep what is being typed; throw it away where that is asked."""
    if request.POST.get("drop"):
        or_404(lambda: actions.drop_draft(actor=actor, article_id=article_id))
        return redirect("news:write", article_id)
    names = ("section", "title", "summary", "body", "form", "author_name", "source", "lead")
    typed = {name: request.POST.get(name, "") for name in names}
    seen = request.POST.get("seen", "")
    number = int(seen) if seen.isdecimal() and len(seen) < 9 else 0
    try:
        actions.keep_draft(
            actor=actor, article_id=article_id, seen=number, typed=typed, at=clock.now()
        )
    except NotAllowed:
        raise
    except ObjectDoesNotExist as error:
        raise Http404 from error
    except RuleError:
        return HttpResponse(status=REFUSED)
    return HttpResponse()


@never_cache
@require_POST
@doors.acting
def clean(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Give the editor the clean HTML of what was pasted."""
    queries.require(actor)
    sent = {name: request.POST.get(name, "")[: pasting.MOST] for name in ("body", "form")}
    return HttpResponse(queries.clean(sent))


@never_cache
@require_GET
@doors.acting
def article(request: HttpRequest, actor: Actor, article_id: int) -> HttpResponse:
    """Show one article with what must be settled and what may be done."""
    return shown(request, actor, article_id)


def shown(
    request: HttpRequest, actor: Actor, article_id: int, refusal: str = "", **typed: Form
) -> HttpResponse:
    """Show one article, with why something was refused, or a form that is not right."""
    page = or_404(lambda: actions.see_article(actor=actor, article_id=article_id, at=clock.now()))
    answers.mark(request, page.article.simulated)
    context = {
        "page": page,
        "refusal": refusal,
        "plan": forms.Plan(),
        "rule": queries.parents_rule(clock.today()),
        **typed,
    }
    refused = bool(refusal) or any(form.errors for form in typed.values())
    status = REFUSED if refused else HTTPStatus.OK
    return render(request, "news/article.html", context, status=status)


@never_cache
@require_POST
@doors.acting
def hand_in(request: HttpRequest, actor: Actor, article_id: int) -> HttpResponse:
    """Hand a draft in."""
    return deed(request, actor, article_id, actions.hand_in, _("Handed in."), seen=_seen(request))


@never_cache
@require_POST
@doors.acting
def approve(request: HttpRequest, actor: Actor, article_id: int) -> HttpResponse:
    """Say that an article is good."""
    return deed(request, actor, article_id, actions.approve, _("Reviewed."), seen=_seen(request))


@never_cache
@require_POST
@doors.acting
def send_back(request: HttpRequest, actor: Actor, article_id: int) -> HttpResponse:
    """Give an article back."""
    word = request.POST.get("word", "")[:300]
    return deed(request, actor, article_id, actions.send_back, _("Given back."), word=word)


@never_cache
@require_POST
@doors.acting
def publish(request: HttpRequest, actor: Actor, article_id: int) -> HttpResponse:
    """Publish an article now, or plan when."""
    form = forms.Plan(request.POST)
    if not form.is_valid():
        return shown(request, actor, article_id, plan=form)
    planned = form.planned()
    if planned is None:
        told = {"seen": _seen(request)}
        return deed(request, actor, article_id, actions.publish, _("Published."), **told)
    when = {"seen": _seen(request), "planned": planned}
    return deed(request, actor, article_id, actions.plan, _("Planned."), **when)


@never_cache
@require_POST
@doors.acting
def publish_correction(request: HttpRequest, actor: Actor, article_id: int) -> HttpResponse:
    """Publish a correction that waited, with or without the names of who has not agreed."""
    told = {"seen": _seen(request), "unnamed": bool(request.POST.get("unnamed"))}
    done = _("The correction is published.")
    return deed(request, actor, article_id, actions.publish_correction, done, **told)


@never_cache
@require_POST
@doors.acting
def take_down(request: HttpRequest, actor: Actor, article_id: int) -> HttpResponse:
    """Take an article down."""
    reason = request.POST.get("word", "")[:300]
    return deed(request, actor, article_id, actions.take_down, _("Taken down."), reason=reason)


@never_cache
@require_POST
@doors.acting
def ask(request: HttpRequest, actor: Actor, article_id: int) -> HttpResponse:
    """Ask the pupil who bears a name."""
    told = {"key": request.POST.get("key", "")[:150], "on": clock.today()}
    return deed(request, actor, article_id, actions.ask_pupil, _("Asked."), **told)


@never_cache
@require_POST
@doors.acting
def clear(request: HttpRequest, actor: Actor, article_id: int) -> HttpResponse:
    """Say that a name means somebody else."""
    told = {"key": request.POST.get("key", "")[:150]}
    return deed(request, actor, article_id, actions.clear_name, _("Kept."), **told)


@never_cache
@require_POST
@doors.acting
def parents(request: HttpRequest, actor: Actor, article_id: int) -> HttpResponse:
    """Keep the day on which parents agreed."""
    form = forms.Parents(request.POST)
    if not form.is_valid():
        return shown(request, actor, article_id, parents=form)
    told = {"agreement_id": form.cleaned_data["agreement"], "on": form.cleaned_data["on"]}
    return deed(request, actor, article_id, actions.heard_parents, _("Kept."), **told)


def deed(
    request: HttpRequest,
    actor: Actor,
    article_id: int,
    act: Callable[..., object],
    done: str,
    **told: Any,
) -> HttpResponse:
    """Do one thing with an article and show it again."""
    try:
        act(actor=actor, article_id=article_id, at=clock.now(), **told)
    except NotAllowed:
        raise
    except ObjectDoesNotExist as error:
        raise Http404 from error
    except RuleError as error:
        return shown(request, actor, article_id, texts.refusal(error))
    messages.success(request, done)
    return redirect("news:article", article_id)


def _seen(request: HttpRequest) -> int:
    given: Mapping[str, str] = request.POST
    seen = given.get("seen", "")
    return int(seen) if seen.isdecimal() and len(seen) < 9 else 0


def or_404(ask: Callable[[], Any]) -> Any:
    try:
        return ask()
    except ObjectDoesNotExist as error:
        raise Http404 from error


def _status(request: HttpRequest) -> HTTPStatus:
    return REFUSED if request.method == "POST" else HTTPStatus.OK
