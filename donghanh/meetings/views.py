"""Pages of the room of meetings: the list, the plan, the sitting, the closing, the papers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from http import HTTPStatus
from typing import Any, Concatenate, ParamSpec
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from donghanh.domain import sitting
from donghanh.domain.authority import Actor
from donghanh.domain.errors import RuleError
from donghanh.dossiers import doors as resting
from donghanh.lib import answers, clock
from donghanh.meetings import actions, forms, queries, texts
from donghanh.organisation import doors

P = ParamSpec("P")
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _known(
    view: Callable[Concatenate[HttpRequest, Actor, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, Actor, P], HttpResponse]:
    """Let what is not there, or not the actor's, answer like a page that does not exist."""

    @wraps(view)
    def found(
        request: HttpRequest, actor: Actor, /, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponse:
        try:
            return view(request, actor, *args, **kwargs)
        except ObjectDoesNotExist as error:
            raise Http404 from error

    return found


@never_cache
@require_GET
@doors.acting
def meetings(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Show the meetings of the bodies somebody acts for."""
    page = queries.meetings(actor, clock.today())
    answers.mark(request, page.simulated)
    return render(request, "meetings/list.html", {"page": page, "role": actor.post.role.value})


@never_cache
@require_http_methods(["GET", "POST"])
@doors.acting
def plan(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Plan a meeting."""
    bodies = queries.bodies(actor)
    form = forms.Plan(
        request.POST or None,
        bodies=bodies,
        classes=queries.classes(actor),
        initial={"on": clock.today(), "body": bodies[-1].value, "chair": actor.name},
    )
    told: dict[str, Any] = {}
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.plan_meeting(actor=actor, new=form.new(), at=clock.now())
        except RuleError as error:
            told = {"refusal": texts.refusal(error)}
        else:
            return redirect("meetings:agenda", made.pk)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if request.method == "POST" else HTTPStatus.OK
    return render(request, "meetings/plan.html", {"form": form, **told}, status=status)


@never_cache
@require_GET
@doors.acting
@_known
def meeting(request: HttpRequest, actor: Actor, meeting_id: int) -> HttpResponse:
    """Show one meeting: its agenda while it is open, what became of it afterwards."""
    page = actions.open_meeting(
        actor=actor, meeting_id=meeting_id, at=clock.now(), today=clock.today()
    )
    answers.mark(request, page.simulated)
    return render(request, "meetings/meeting.html", {"page": page})


@never_cache
@require_POST
@doors.acting
@_known
def attendance(request: HttpRequest, actor: Actor, meeting_id: int) -> HttpResponse:
    """Tell who is there, for the whole meeting."""
    try:
        there = sitting.attendance(request.POST.dict(), queries.reasons_of(actor, meeting_id))
        actions.tell_attendance(actor=actor, meeting_id=meeting_id, there=there, at=clock.now())
    except RuleError as error:
        messages.error(request, texts.refusal(error))
    else:
        messages.success(request, _("Kept: who is there."))
    return redirect("meetings:meeting", meeting_id)


@never_cache
@require_http_methods(["GET", "POST"])
@doors.acting
@_known
def agenda(request: HttpRequest, actor: Actor, meeting_id: int) -> HttpResponse:
    """Put pupils on the agenda."""
    told: dict[str, Any] = {}
    if request.method == "POST":
        chosen = forms.chosen(request.POST.dict(), request.POST.getlist("dossier"))
        try:
            if chosen is None:
                raise actions.NotToBeDecided
            number = actions.add_items(
                actor=actor,
                meeting_id=meeting_id,
                step=chosen[0],
                dossier_ids=chosen[1],
                at=clock.now(),
                today=clock.today(),
            )
        except RuleError as error:
            told = {"refusal": texts.refusal(error)}
        else:
            added = ngettext("%(n)s pupil added.", "%(n)s pupils added.", number)
            messages.success(request, added % {"n": number})
            return redirect("meetings:meeting", meeting_id)
    page = actions.open_agenda(
        actor=actor,
        meeting_id=meeting_id,
        asked=queries.Sought(
            step=request.GET.get("viec", request.POST.get("step", "")),
            q=request.GET.get("q", "")[:120],
            page=request.GET.get("page", ""),
        ),
        at=clock.now(),
        today=clock.today(),
    )
    answers.mark(request, page.simulated)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if told else HTTPStatus.OK
    query = urlencode({"viec": page.step.value, "q": page.q})
    context = {"page": page, "query": query, **told}
    return render(request, "meetings/agenda.html", context, status=status)


@never_cache
@require_http_methods(["GET", "POST"])
@doors.acting
@_known
def item(request: HttpRequest, actor: Actor, meeting_id: int, item_id: int) -> HttpResponse:
    """Sit through one item; what is typed is kept as it stands."""
    if request.method == "POST":
        try:
            actions.keep_draft(
                actor=actor,
                meeting_id=meeting_id,
                item_id=item_id,
                typed=request.POST.dict(),
                at=clock.now(),
            )
        except RuleError as error:
            return _gone(request, meeting_id, error)
        if not request.headers.get("HX-Request"):
            return _onwards(request, meeting_id, item_id)
        page = queries.one_item(actor, meeting_id, item_id, clock.today())
        context = {"page": page, "at": clock.now()}
        return render(request, "meetings/_saved.html", context)
    page = actions.open_item(
        actor=actor, meeting_id=meeting_id, item_id=item_id, at=clock.now(), today=clock.today()
    )
    answers.mark(request, page.meeting.simulated)
    if page.rest is not None:
        return resting.rests(request, page.rest)
    return render(request, "meetings/item.html", {"page": page})


def _onwards(request: HttpRequest, meeting_id: int, item_id: int) -> HttpResponse:
    """Go where the button that was pressed leads: to a neighbour, the meeting, or stay."""
    to = request.POST.get("to", "")
    if to == "meeting":
        return redirect("meetings:meeting", meeting_id)
    if to.isascii() and to.isdecimal() and len(to) < 19:
        return redirect("meetings:item", meeting_id, int(to))
    messages.success(request, _("Kept as a draft."))
    return redirect("meetings:item", meeting_id, item_id)


def _gone(request: HttpRequest, meeting_id: int, error: RuleError) -> HttpResponse:
    """Say that what was typed could not be kept: the meeting has been closed meanwhile."""
    if request.headers.get("HX-Request"):
        return render(request, "meetings/_saved.html", {"refusal": texts.refusal(error)})
    messages.error(request, texts.refusal(error))
    return redirect("meetings:meeting", meeting_id)


@never_cache
@require_POST
@doors.acting
@_known
def drop(request: HttpRequest, actor: Actor, meeting_id: int, item_id: int) -> HttpResponse:
    """Take a pupil off the agenda."""
    try:
        actions.drop_item(actor=actor, meeting_id=meeting_id, item_id=item_id, at=clock.now())
    except RuleError as error:
        messages.error(request, texts.refusal(error))
    else:
        messages.success(request, _("Taken off the agenda."))
    return redirect("meetings:meeting", meeting_id)


@never_cache
@require_http_methods(["GET", "POST"])
@doors.acting
@_known
def cancel(request: HttpRequest, actor: Actor, meeting_id: int) -> HttpResponse:
    """Cancel a meeting that was not held, after asking once more."""
    if request.method == "POST":
        try:
            actions.cancel_meeting(actor=actor, meeting_id=meeting_id, at=clock.now())
        except RuleError as error:
            messages.error(request, texts.refusal(error))
            return redirect("meetings:meeting", meeting_id)
        messages.success(request, _("The meeting was cancelled."))
        return redirect("meetings:list")
    queries.visible_to(actor).get(pk=meeting_id, closed_at=None)
    return render(request, "meetings/cancel.html", {"meeting_id": meeting_id})


@never_cache
@require_http_methods(["GET", "POST"])
@doors.acting
@_known
def close(request: HttpRequest, actor: Actor, meeting_id: int) -> HttpResponse:
    """Close a meeting, after showing all it records."""
    told: dict[str, Any] = {}
    if request.method == "POST":
        try:
            actions.close_meeting(
                actor=actor,
                meeting_id=meeting_id,
                seal=request.POST.get("seal", ""),
                at=clock.now(),
                today=clock.today(),
            )
        except actions.AlreadyClosed as error:
            messages.warning(request, texts.refusal(error))
            return redirect("meetings:meeting", meeting_id)
        except RuleError as error:
            told = {"refusal": texts.refusal(error), "refused": error.facts.get("dossier")}
        else:
            messages.success(request, _("The meeting is closed; the roads are recorded."))
            return redirect("meetings:meeting", meeting_id)
    page = actions.open_meeting(
        actor=actor, meeting_id=meeting_id, at=clock.now(), today=clock.today()
    )
    if page.meeting.closed_at is not None:
        return redirect("meetings:meeting", meeting_id)
    answers.mark(request, page.simulated)
    status = HTTPStatus.CONFLICT if told else HTTPStatus.OK
    return render(request, "meetings/close.html", {"page": page, **told}, status=status)


@never_cache
@require_GET
@doors.acting
@_known
def paper(request: HttpRequest, actor: Actor, meeting_id: int, slug: str) -> HttpResponse:
    """Give a paper of a closed meeting, as a Word file."""
    found, data = actions.take_paper(
        actor=actor, meeting_id=meeting_id, slug=slug, at=clock.now(), today=clock.today()
    )
    return _file(data, _WORD, f"{slug}-{found.on_date}.docx")


@never_cache
@require_GET
@doors.acting
def register(request: HttpRequest, actor: Actor, name: str) -> HttpResponse:
    """Give a register of the cell, as a workbook."""
    if name not in queries.REGISTERS:
        raise Http404
    today = clock.today()
    data = actions.take_register(
        actor=actor,
        name=name,
        since=forms.day(request.GET.get("tu", ""), today - timedelta(days=365)),
        until=forms.day(request.GET.get("den", ""), today),
        at=clock.now(),
        today=today,
    )
    return _file(data, _SHEET, f"{name}-{today}.xlsx")


@never_cache
@require_GET
@doors.acting
@_known
def contents(request: HttpRequest, actor: Actor, dossier_id: int) -> HttpResponse:
    """Give the table of contents of a dossier, as a Word file."""
    today = clock.today()
    data = actions.take_contents(actor=actor, dossier_id=dossier_id, at=clock.now(), today=today)
    return _file(data, _WORD, f"muc-luc-{dossier_id}-{today}.docx")


def _file(data: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
