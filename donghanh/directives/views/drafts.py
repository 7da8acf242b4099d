"""Pages of directives written here: from the first word to the number, and back again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST, require_safe

from donghanh.directives import actions, forms, queries, texts
from donghanh.directives.views.shared import CHANGED, DOCX, REFUSED, file, found
from donghanh.domain import authority, drafting
from donghanh.domain.authority import Actor
from donghanh.domain.errors import RuleError
from donghanh.domain.rights import Right
from donghanh.lib import clock
from donghanh.organisation import doors

#: What is over, or was moved by somebody else: the page is shown anew.
_MOVED = (
    actions.AlreadyIssued,
    actions.ReadingChanged,
    drafting.WrongStage,
    drafting.EndedBefore,
)


@doors.acting
def write(request: HttpRequest, actor: Actor, directive_id: int | None = None) -> HttpResponse:
    """Write a directive: a new one, one on the basis of one received, or a draft again."""
    authority.require(actor, Right.ISSUE_DIRECTIVES)
    today = clock.today()
    asked = request.POST.get("cascades") or request.GET.get("theo") or ""
    cascades = int(asked) if asked.isdecimal() and directive_id is None else None
    desk = found(queries.writing_desk, actor, today, cascades=cascades)
    held: dict[str, Any] | None = None
    if directive_id is not None:
        draft = found(queries.draft_of, actor, directive_id)
        if draft.stage != drafting.Stage.WRITING:
            return redirect("directives:draft", directive_id)
        held = forms.held_in(draft, desk)
    if request.method != "POST":
        form = forms.DraftForm(None, desk=desk, held=held)
        return _form(request, form, desk, directive_id, cascades)
    form = forms.DraftForm(request.POST, desk=desk, held=held)
    if not form.is_valid():
        return _form(request, form, desk, directive_id, cascades, status=REFUSED)
    try:
        kept = found(
            actions.write_draft,
            actor=actor,
            written=form.written(),
            at=clock.now(),
            on=today,
            directive_id=directive_id,
            seen=form.cleaned_data["seen"],
            cascades=cascades,
        )
    except RuleError as refusal:
        status = CHANGED if isinstance(refusal, _MOVED) else REFUSED
        words = texts.refusal(refusal)
        return _form(request, form, desk, directive_id, cascades, words, status)
    messages.success(request, _("The draft has been kept. Look once more before it goes on."))
    return redirect("directives:draft", kept.pk)


def _form(
    request: HttpRequest,
    form: forms.DraftForm,
    desk: queries.Desk,
    directive_id: int | None,
    cascades: int | None,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    """Render the form of a directive."""
    context = {
        "form": form,
        "desk": desk,
        "directive_id": directive_id,
        "cascades": cascades,
        "refusal": refusal,
    }
    return render(request, "directives/write.html", context, status=status)


@require_safe
@doors.acting
def draft(request: HttpRequest, actor: Actor, directive_id: int) -> HttpResponse:
    """Show a draft: what it says, whom it would go to today, what may be done with it."""
    return _draft(request, actor, directive_id)


def _draft(
    request: HttpRequest, actor: Actor, directive_id: int, refusal: str = "", status: int = 200
) -> HttpResponse:
    page = found(queries.draft_page, actor, directive_id, clock.today())
    if page.directive.status == "issued" and not refusal:
        return redirect("directives:board", directive_id)
    context = {
        "page": page,
        "form": forms.ReasonForm(None),
        "refusal": refusal,
        "would_refuse": texts.refusal(page.refused) if page.refused else "",
    }
    return render(request, "directives/draft.html", context, status=status)


def _step(
    request: HttpRequest, actor: Actor, directive_id: int, said: str, act: Callable[[int], object]
) -> HttpResponse:
    """Take a draft one step on, as it was looked at; a refusal stands over the draft."""
    seen = request.POST.get("seen", "")
    try:
        found(act, int(seen) if seen.isdecimal() else 0)
    except authority.NotAllowed:
        raise
    except RuleError as refusal:
        status = CHANGED if isinstance(refusal, _MOVED) else REFUSED
        return _draft(request, actor, directive_id, texts.refusal(refusal), status)
    messages.success(request, said)
    return redirect("directives:draft", directive_id)


@require_POST
@doors.acting
def submit(request: HttpRequest, actor: Actor, directive_id: int) -> HttpResponse:
    """Hand a draft to whoever signs."""
    return _step(
        request,
        actor,
        directive_id,
        _("The draft waits for a signature."),
        lambda seen: actions.submit_draft(
            actor=actor, directive_id=directive_id, seen=seen, at=clock.now(), on=clock.today()
        ),
    )


@require_POST
@doors.acting
def sign(request: HttpRequest, actor: Actor, directive_id: int) -> HttpResponse:
    """Sign a draft."""
    return _step(
        request,
        actor,
        directive_id,
        _("Signed. It can be issued now."),
        lambda seen: actions.sign_draft(
            actor=actor, directive_id=directive_id, seen=seen, at=clock.now(), on=clock.today()
        ),
    )


@require_POST
@doors.acting
def send_back(request: HttpRequest, actor: Actor, directive_id: int) -> HttpResponse:
    """Give a draft back to be written on."""
    return _step(
        request,
        actor,
        directive_id,
        _("The draft is being written on again."),
        lambda seen: actions.send_back(
            actor=actor,
            directive_id=directive_id,
            seen=seen,
            remark=request.POST.get("reason", "")[:2000],
            at=clock.now(),
        ),
    )


@require_POST
@doors.acting
def discard(request: HttpRequest, actor: Actor, directive_id: int) -> HttpResponse:
    """Discard a draft."""
    seen = request.POST.get("seen", "")
    try:
        found(
            actions.discard_draft,
            actor=actor,
            directive_id=directive_id,
            seen=int(seen) if seen.isdecimal() else 0,
            at=clock.now(),
        )
    except authority.NotAllowed:
        raise
    except RuleError as refusal:
        return _draft(request, actor, directive_id, texts.refusal(refusal), CHANGED)
    messages.success(request, _("The draft has been discarded. It had no number."))
    return redirect("directives:listing")


@require_POST
@doors.acting
def publish(request: HttpRequest, actor: Actor, directive_id: int) -> HttpResponse:
    """Issue a signed draft, with its number."""
    return _step(
        request,
        actor,
        directive_id,
        _("The directive has its number and has been issued. Each unit finds it among its own."),
        lambda seen: actions.issue_draft(
            actor=actor, directive_id=directive_id, seen=seen, at=clock.now(), on=clock.today()
        ),
    )


@require_GET
@doors.acting
def paper(request: HttpRequest, actor: Actor, directive_id: int) -> HttpResponse:
    """Give a directive as a Word file."""
    data = found(queries.directive_paper, actor, directive_id, clock.today())
    return file(data, DOCX, f"van-ban-{directive_id}.docx")


@doors.acting
def recall(request: HttpRequest, actor: Actor, directive_id: int) -> HttpResponse:
    """Recall an issued directive, with the reason the units read."""
    authority.require(actor, Right.ISSUE_DIRECTIVES)
    today = clock.today()
    page = found(queries.board_page, actor, directive_id, today)
    form = forms.ReasonForm(request.POST if request.method == "POST" else None)
    context: dict[str, Any] = {"page": page, "form": form}
    if request.method != "POST":
        return render(request, "directives/recall.html", context)
    if not form.is_valid():
        return render(request, "directives/recall.html", context, status=REFUSED)
    try:
        found(
            actions.recall_directive,
            actor=actor,
            directive_id=directive_id,
            reason=form.cleaned_data["reason"],
            at=clock.now(),
            on=today,
        )
    except RuleError as refusal:
        context["refusal"] = texts.refusal(refusal)
        return render(request, "directives/recall.html", context, status=CHANGED)
    messages.success(request, _("The directive has been recalled; each unit is told."))
    return redirect("directives:board", directive_id)
