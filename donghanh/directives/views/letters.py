"""Pages of the room of directives."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST, require_safe

from donghanh.directives import actions, forms, queries, texts
from donghanh.directives.views.shared import CHANGED, PAGE, REFUSED, XLSX, beside, file, found
from donghanh.domain import authority
from donghanh.domain.authority import Actor
from donghanh.domain.errors import RuleError
from donghanh.domain.rights import Right
from donghanh.lib import clock, textlayer
from donghanh.organisation import doors


@require_safe
@doors.acting
def listing(request: HttpRequest, actor: Actor) -> HttpResponse:
    """List the department's letters."""
    words = request.GET.get("q", "")
    listed = queries.letters(actor, clock.today(), words)
    page = Paginator(listed, PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "q": words, "may_issue": actor.may(Right.ISSUE_DIRECTIVES)}
    context["beside"] = beside(actor, "listing")
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
        return render(request, "directives/new.html", context, status=REFUSED)
    name, data = form.letter(textlayer.LIMIT + 1)
    try:
        kept = actions.keep_letter(actor=actor, file_name=name, data=data, at=clock.now())
    except (RuleError, textlayer.TextLayerError) as refusal:
        context["refusal"] = texts.refusal(refusal)
        return render(request, "directives/new.html", context, status=REFUSED)
    messages.success(request, _("The letter has been read. Compare the reading with the original."))
    return redirect("directives:reading", kept.pk)


@doors.acting
def reading(request: HttpRequest, actor: Actor, directive_id: int) -> HttpResponse:
    """Show a letter beside its reading, and keep the officer's corrections."""
    page = found(queries.reading_page, actor, directive_id)
    directive = page.directive
    if directive.drafted:
        return redirect("directives:draft", directive_id)
    may_edit = actor.may(Right.ISSUE_DIRECTIVES) and directive.status == "draft"
    now = {"confirmed": directive.confirmed, "revision": directive.revision}
    if request.method != "POST":
        return _reading(request, page, forms.ReadingForm(None, **now), may_edit)
    authority.require(actor, Right.ISSUE_DIRECTIVES)
    form = forms.ReadingForm(request.POST, **now)
    if not form.is_valid():
        return _reading(request, page, form, may_edit, status=REFUSED)
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
        return _reading(request, page, fresh, may_edit, texts.refusal(refusal), CHANGED)
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
    page = found(queries.issue_page, actor, directive_id, today)
    if request.method != "POST":
        if page.directive.status != "draft":
            return redirect("directives:board", directive_id)
        return _issue(request, page, forms.SharesForm(None, page=page))
    form = forms.SharesForm(request.POST, page=page)
    if not form.is_valid():
        return _issue(request, page, form, status=REFUSED)
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
        return _issue(request, page, form, refusal, CHANGED if changed else REFUSED)
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
    page = found(queries.board_page, actor, directive_id, clock.today(), words=words, view=view)
    tabs = [
        {"url": f"?loc={name}", "label": label, "count": page.counts[name], "current": name == view}
        for name, label in texts.board_views()
    ]
    context: dict[str, Any] = {
        "page": page,
        "rows": Paginator(page.shown, PAGE).get_page(request.GET.get("page")),
        "query": urlencode({"q": words, "loc": view}),
        "q": words,
        "view": view,
        "tabs": tabs,
        "may_remind": actor.may(Right.ISSUE_DIRECTIVES) and page.to_remind,
        "may_recall": actor.may(Right.ISSUE_DIRECTIVES) and not page.directive.ended_how,
    }
    return render(request, "directives/board.html", context)


@require_GET
@doors.acting
def board_sheet(request: HttpRequest, actor: Actor, directive_id: int) -> HttpResponse:
    """Give the board as an Excel workbook."""
    words, view = request.GET.get("q", ""), request.GET.get("loc", "")
    data = found(queries.board_sheet, actor, directive_id, clock.today(), words=words, view=view)
    return file(data, XLSX, f"theo-doi-{directive_id}.xlsx")


@require_POST
@doors.acting
def remind(request: HttpRequest, actor: Actor, directive_id: int) -> HttpResponse:
    """Remind the units that are late or have not acknowledged."""
    count = found(
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
    page = Paginator(queries.inbox(actor, clock.today()), PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "may_link": actor.may(Right.SEND_REPORTS)}
    return render(request, "directives/inbox.html", context)


@require_safe
@doors.acting
def received(request: HttpRequest, actor: Actor, directive_id: int) -> HttpResponse:
    """Show a received letter and what it asks of this school; the first opening is its receipt."""
    found(actions.open_received, actor=actor, directive_id=directive_id, at=clock.now())
    today = clock.today()
    page = found(queries.received_page, actor, directive_id, today)
    context = {"page": page, "form": forms.AnswerForm(None, today=today)}
    return render(request, "directives/received.html", context)


@require_POST
@doors.acting
def acknowledge(request: HttpRequest, actor: Actor, directive_id: int) -> HttpResponse:
    """Confirm that the school has received a letter and takes it on."""
    found(actions.acknowledge, actor=actor, directive_id=directive_id, at=clock.now())
    messages.success(request, _("Receipt has been confirmed; who issued it sees it at once."))
    return redirect("directives:received", directive_id)
