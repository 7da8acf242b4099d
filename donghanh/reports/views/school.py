"""A school's report: the list, the report itself, what stands behind a figure, sending."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from donghanh.domain import authority
from donghanh.domain.authority import Actor
from donghanh.domain.errors import RuleError
from donghanh.domain.rights import Right
from donghanh.lib import clock
from donghanh.organisation import doors
from donghanh.reports import actions, forms, queries, texts
from donghanh.reports.views import answers


@require_safe
@doors.acting
def listing(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Show what is asked for and what has been reported."""
    authority.require(actor, Right.WRITE_REPORTS)
    shown = queries.overview(actor, clock.today())
    context = {"page": shown, "refusal": "", "chart": queries.own_years(shown)}
    return answers.page(request, "listing", context, simulated=shown.simulated)


@require_POST
@doors.acting
def begin(request: HttpRequest, actor: Actor, task_id: int) -> HttpResponse:
    """Begin the report a task asks for, or go on with the one begun."""
    authority.require(actor, Right.WRITE_REPORTS)
    try:
        report = actions.open_report(actor=actor, task_id=task_id, at=clock.now())
    except ObjectDoesNotExist as unknown:
        raise Http404 from unknown
    except RuleError as refusal:
        page = queries.overview(actor, clock.today())
        told = {"page": page, "refusal": texts.refusal(refusal)}
        return answers.page(request, "listing", told, simulated=page.simulated, status=422)
    return redirect("reports:report", report.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@doors.acting
def report(request: HttpRequest, actor: Actor, report_id: int) -> HttpResponse:
    """Show a report; keep what was typed, and go on to sending when that was asked."""
    authority.require(actor, Right.WRITE_REPORTS)
    if request.method != "POST":
        return _report(request, actor, report_id, None)
    form = forms.Writing(request.POST)
    if not form.is_valid():
        return _report(request, actor, report_id, form, status=422)
    try:
        actions.write_parts(
            actor=actor,
            report_id=report_id,
            seen=form.cleaned_data["seen"],
            parts=form.words,
            cutoff=form.cleaned_data["cutoff"],
            attachments=form.cleaned_data["attachments"],
            at=clock.now(),
        )
    except ObjectDoesNotExist as unknown:
        raise Http404 from unknown
    except RuleError as refusal:
        return _report(request, actor, report_id, form, refusal)
    if "send" in request.POST:
        return redirect("reports:send", report_id)
    messages.success(request, _("What you wrote is kept."))
    return redirect("reports:report", report_id)


@require_http_methods(["GET", "HEAD", "POST"])
@doors.acting
def send(request: HttpRequest, actor: Actor, report_id: int) -> HttpResponse:
    """Ask once more what is about to freeze, then send."""
    authority.require(actor, Right.WRITE_REPORTS)
    if request.method != "POST":
        return _confirm(request, actor, report_id)
    form = forms.Sending(request.POST)
    if not form.is_valid():
        return _confirm(request, actor, report_id)
    try:
        actions.send_report(
            actor=actor,
            report_id=report_id,
            seen=form.cleaned_data["seen"],
            figures_seen=form.cleaned_data["figures"],
            at=clock.now(),
            on=clock.today(),
        )
    except ObjectDoesNotExist as unknown:
        raise Http404 from unknown
    except actions.AlreadySent as refusal:
        return _report(request, actor, report_id, None, refusal)
    except RuleError as refusal:
        return _confirm(request, actor, report_id, refusal)
    messages.success(request, _("The report has been sent and is frozen as it stands here."))
    return redirect("reports:report", report_id)


@require_safe
@doors.acting
def figure(request: HttpRequest, actor: Actor, report_id: int, code: str) -> HttpResponse:
    """Show the pupils behind a figure to their own school."""
    authority.require(actor, Right.WRITE_REPORTS)
    try:
        shown = actions.see_figure(
            actor=actor, report_id=report_id, code=code, at=clock.now(), today=clock.today()
        )
    except ObjectDoesNotExist as unknown:
        raise Http404 from unknown
    simulated = shown.report.simulated
    return answers.page(request, "figure", {"page": shown}, simulated=simulated)


def _report(
    request: HttpRequest,
    actor: Actor,
    report_id: int,
    form: forms.Writing | None,
    refusal: RuleError | None = None,
    status: int = 200,
) -> HttpResponse:
    """Show a report with what was typed over it, and why it was refused."""
    try:
        shown = queries.report_page(actor, report_id, clock.today())
    except ObjectDoesNotExist as unknown:
        raise Http404 from unknown
    context = {"page": shown, "refusal": texts.refusal(refusal) if refusal else ""}
    if refusal is not None:
        status = answers.status_of(refusal)
    simulated = shown.report.simulated
    if not shown.writable:
        return answers.page(request, "sent", context, simulated=simulated, status=status)
    if form is None:
        form = forms.Writing.of(
            shown.report.revision,
            shown.report.cutoff_date,
            shown.shown.parts,
            shown.shown.attachments,
        )
    elif status == 409:
        form = form.seeing(shown.report.revision)
        context["stored"] = [
            (field.label, shown.shown.parts[field.name])
            for field in form.parts
            if form.words[field.name] != shown.shown.parts[field.name]
        ]
    beside = [(field, shown.parts_beside.get(field.name, "")) for field in form.parts]
    context |= {"form": form, "beside": beside}
    return answers.page(request, "writing", context, simulated=simulated, status=status)


def _confirm(
    request: HttpRequest, actor: Actor, report_id: int, refusal: RuleError | None = None
) -> HttpResponse:
    """Show what is about to freeze; a report that has been sent is shown as it was sent."""
    try:
        shown = queries.report_page(actor, report_id, clock.today())
    except ObjectDoesNotExist as unknown:
        raise Http404 from unknown
    if not shown.writable:
        return redirect("reports:report", report_id)
    form = forms.Sending(initial={"seen": shown.report.revision, "figures": shown.digest})
    return answers.page(
        request,
        "confirm",
        {"page": shown, "form": form, "refusal": texts.refusal(refusal) if refusal else ""},
        simulated=shown.report.simulated,
        status=answers.status_of(refusal) if refusal else 200,
    )
