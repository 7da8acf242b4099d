"""Pages of the room of directives."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST, require_safe

from donghanh.directives import actions, forms, queries, texts
from donghanh.domain import authority
from donghanh.domain.authority import Actor, Right
from donghanh.domain.errors import RuleError
from donghanh.lib import clock, textlayer
from donghanh.organisation import doors

_REFUSED = 422
_CHANGED = 409
_PAGE = 25
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
@doors.acting
def listing(request: HttpRequest, actor: Actor) -> HttpResponse:
    """List the department's letters."""
    words = request.GET.get("q", "")
    found = queries.letters(actor, clock.today(), words)
    page = Paginator(found, _PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "q": words, "may_issue": actor.may(Right.ISSUE_DIRECTIVES)}
    return render(request, "directives/listing.html", context)


@doors.acting
def new(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Take a letter in, have it read, and open it beside its reading."""
    authority.require(actor, Right.ISSUE_DIRECTIVES)
    if request.method != "POST":
        return render(request, "directives/new.html", {"form": forms.LetterForm()})
    form = forms.LetterForm(request.POST, request.FILES)
    context: dict[str, Any] = {"form": form}
    if not form.is_valid():
        return render(request, "directives/new.html", context, status=_REFUSED)
    name, data = form.letter(textlayer.LIMIT + 1)
    try:
        kept = actions.keep_letter(actor=actor, file_name=name, data=data, at=clock.now())
    except (RuleError, textlayer.TextLayerError) as refusal:
        context["refusal"] = texts.refusal(refusal)
        return render(request, "directives/new.html", context, status=_REFUSED)
    messages.success(request, _("The letter has been read. Compare the reading with the original."))
    return redirect("directives:reading", kept.pk)


@doors.acting
def reading(request: HttpRequest, actor: Actor, directive_id: int) -> HttpResponse:
    """Show a letter beside its reading, and keep the officer's corrections."""
    page = _found(queries.reading_page, actor, directive_id)
    directive = page.directive
    may_edit = actor.may(Right.ISSUE_DIRECTIVES) and directive.status == "draft"
    now = {"confirmed": directive.confirmed, "revision": directive.revision}
    if request.method != "POST":
        return _reading(request, page, forms.ReadingForm(None, **now), may_edit)
    authority.require(actor, Right.ISSUE_DIRECTIVES)
    form = forms.ReadingForm(request.POST, **now)
    if not form.is_valid():
        return _reading(request, page, form, may_edit, status=_REFUSED)
    try:
        actions.correct_reading(
            actor=actor,
            directive_id=directive_id,
            seen=form.cleaned_data["seen"],
            changes=form.changes(),
            at=clock.now(),
        )
    except (actions.ReadingChanged, actions.AlreadyIssued) as refusal:
        fresh = forms.ReadingForm(None, **now)
        return _reading(request, page, fresh, may_edit, texts.refusal(refusal), _CHANGED)
    if "issue" in request.POST:
        return redirect("directives:issue", directive_id)
    messages.success(request, _("The reading has been saved."))
    return redirect("directives:reading", directive_id)


def _reading(
    request: HttpRequest,
    page: queries.ReadingPage,
    form: forms.ReadingForm,
    may_edit: bool,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    """Render a letter beside its reading."""
    context = {
        "page": page,
        "form": form,
        "rows": list(form.rows(page)),
        "may_edit": may_edit,
        "refusal": refusal,
    }
    return render(request, "directives/reading.html", context, status=status)


@doors.acting
def issue(request: HttpRequest, actor: Actor, directive_id: int) -> HttpResponse:
    """Share a letter out to units, and issue it."""
    today = clock.today()
    page = _found(queries.issue_page, actor, directive_id, today)
    if request.method != "POST":
        if page.directive.status != "draft":
            return redirect("directives:board", directive_id)
        return _issue(request, page, forms.SharesForm(None, page=page))
    form = forms.SharesForm(request.POST, page=page)
    if not form.is_valid():
        return _issue(request, page, form, status=_REFUSED)
    try:
        actions.issue_directive(
            actor=actor,
            directive_id=directive_id,
            shares=form.shares(),
            without_target=form.cleaned_data["without_target"],
            seen=form.cleaned_data["seen"],
            at=clock.now(),
            on=today,
        )
    except RuleError as refusal:
        changed = isinstance(refusal, actions.ReadingChanged | actions.AlreadyIssued)
        return _issue(request, page, form, refusal, _CHANGED if changed else _REFUSED)
    messages.success(request, _("The letter has been issued. Each unit finds it among its own."))
    return redirect("directives:board", directive_id)


def _issue(
    request: HttpRequest,
    page: queries.IssuePage,
    form: forms.SharesForm,
    refusal: RuleError | None = None,
    status: int = 200,
) -> HttpResponse:
    """Render the sharing out of a letter."""
    context = {
        "page": page,
        "form": form,
        "refusal": texts.refusal(refusal) if refusal else "",
        "over": isinstance(refusal, actions.AlreadyIssued),
        "unreadable": texts.refusal(page.refused) if page.refused else "",
    }
    return render(request, "directives/issue.html", context, status=status)


@require_safe
@doors.acting
def board(request: HttpRequest, actor: Actor, directive_id: int) -> HttpResponse:
    """Show how far an issued letter has come, unit by unit."""
    words, view = request.GET.get("q", ""), request.GET.get("loc", "")
    page = _found(queries.board_page, actor, directive_id, clock.today(), words=words, view=view)
    tabs = [
        {"url": f"?loc={name}", "label": label, "count": page.counts[name], "current": name == view}
        for name, label in texts.board_views()
    ]
    context: dict[str, Any] = {
        "page": page,
        "q": words,
        "view": view,
        "tabs": tabs,
        "may_remind": actor.may(Right.ISSUE_DIRECTIVES) and page.to_remind,
    }
    return render(request, "directives/board.html", context)


@require_GET
@doors.acting
def board_sheet(request: HttpRequest, actor: Actor, directive_id: int) -> HttpResponse:
    """Give the board as an Excel workbook."""
    words, view = request.GET.get("q", ""), request.GET.get("loc", "")
    data = _found(queries.board_sheet, actor, directive_id, clock.today(), words=words, view=view)
    answer = HttpResponse(data, content_type=_XLSX)
    answer["Content-Disposition"] = f'attachment; filename="theo-doi-{directive_id}.xlsx"'
    return answer


@require_POST
@doors.acting
def remind(request: HttpRequest, actor: Actor, directive_id: int) -> HttpResponse:
    """Remind the units that are late or have not acknowledged."""
    count = _found(
        actions.remind_late,
        actor=actor,
        directive_id=directive_id,
        at=clock.now(),
        on=clock.today(),
    )
    said = ngettext(
        "%(n)s unit has been reminded; it sees the reminder among its letters.",
        "%(n)s units have been reminded; they see the reminder among their letters.",
        count,
    )
    messages.success(request, said % {"n": count})
    return redirect("directives:board", directive_id)


@require_safe
@doors.acting
def inbox(request: HttpRequest, actor: Actor) -> HttpResponse:
    """List what the school has received."""
    page = Paginator(queries.inbox(actor, clock.today()), _PAGE).get_page(request.GET.get("page"))
    return render(request, "directives/inbox.html", {"page": page})


@require_safe
@doors.acting
def received(request: HttpRequest, actor: Actor, directive_id: int) -> HttpResponse:
    """Show a received letter and what it asks of this school; the first opening is its receipt."""
    _found(actions.open_received, actor=actor, directive_id=directive_id, at=clock.now())
    page = _found(queries.received_page, actor, directive_id, clock.today())
    return render(request, "directives/received.html", {"page": page})


@require_POST
@doors.acting
def acknowledge(request: HttpRequest, actor: Actor, directive_id: int) -> HttpResponse:
    """Confirm that the school has received a letter and takes it on."""
    _found(actions.acknowledge, actor=actor, directive_id=directive_id, at=clock.now())
    messages.success(request, _("Receipt has been confirmed; the department sees it at once."))
    return redirect("directives:received", directive_id)


def _found(call: Any, *args: Any, **kwargs: Any) -> Any:
    """Return what a query or action gives; what is not there, or not the actor's, is no page."""
    try:
        return call(*args, **kwargs)
    except ObjectDoesNotExist as missing:
        raise Http404 from missing
