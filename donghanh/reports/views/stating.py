"""What a school states about its figures: one changed by hand, warnings answered, an amendment."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from donghanh.domain import authority
from donghanh.domain.authority import Actor
from donghanh.domain.errors import RuleError
from donghanh.domain.rights import Right
from donghanh.lib import clock
from donghanh.organisation import doors
from donghanh.reports import actions, forms, queries, texts
from donghanh.reports.views import answers


@require_http_methods(["GET", "HEAD", "POST"])
@doors.acting
def change(request: HttpRequest, actor: Actor, report_id: int, code: str) -> HttpResponse:
    """Report another figure than the cases give, with the reason; or take that back."""
    authority.require(actor, Right.WRITE_REPORTS)
    page = _page(actor, report_id)
    row = next((one for one in page.rows if one.figure.code == code), None)
    if row is None:
        raise Http404
    if not page.writable:
        return redirect("reports:report", report_id)
    if request.method != "POST":
        reason = row.changed.reason if row.changed else ""
        told = {"seen": page.report.revision, "value": row.figure.value, "reason": reason}
        return _show(request, "change", page, forms.Changing(initial=told), row=row)
    form = forms.Changing(request.POST)
    back = "back" in request.POST
    if not form.is_valid() and not (back and "seen" in form.cleaned_data):
        return _show(request, "change", page, form, status=422, row=row)
    try:
        actions.change_figure(
            actor=actor,
            report_id=report_id,
            seen=form.cleaned_data["seen"],
            code=code,
            value=None if back else form.cleaned_data["value"],
            reason="" if back else form.cleaned_data["reason"],
            at=clock.now(),
            today=clock.today(),
        )
    except RuleError as refusal:
        return _show(request, "change", page, form, refusal, row=row)
    messages.success(request, _("The figure is kept, with what the cases give beside it."))
    return redirect("reports:report", report_id)


@require_http_methods(["GET", "HEAD", "POST"])
@doors.acting
def checks(request: HttpRequest, actor: Actor, report_id: int) -> HttpResponse:
    """Show what a report is checked against, and keep what is said to each warning."""
    authority.require(actor, Right.WRITE_REPORTS)
    page = _page(actor, report_id)
    if not page.writable:
        return redirect("reports:report", report_id)
    asked = [one for one in page.checks if not one.by_hand]
    if request.method != "POST":
        form = forms.Answering(initial={"seen": page.report.revision}, checks=asked)
        return _show(request, "checks", page, form)
    form = forms.Answering(request.POST, checks=asked)
    if not form.is_valid():
        return _show(request, "checks", page, form, status=422)
    try:
        actions.answer_checks(
            actor=actor,
            report_id=report_id,
            seen=form.cleaned_data["seen"],
            answers=form.answers,
            at=clock.now(),
            today=clock.today(),
        )
    except RuleError as refusal:
        return _show(request, "checks", page, form, refusal)
    messages.success(request, _("Your answers are kept."))
    return redirect("reports:report", report_id)


@require_http_methods(["GET", "HEAD", "POST"])
@doors.acting
def amend(request: HttpRequest, actor: Actor, report_id: int) -> HttpResponse:
    """Begin to amend an accepted report, with the reason."""
    authority.require(actor, Right.WRITE_REPORTS)
    page = _page(actor, report_id)
    if request.method != "POST":
        if page.report.status != "accepted":
            return redirect("reports:report", report_id)
        told = forms.Amending(initial={"seen": page.report.revision})
        return _show(request, "amend", page, told)
    form = forms.Amending(request.POST)
    if not form.is_valid():
        return _show(request, "amend", page, form, status=422)
    try:
        actions.amend_report(
            actor=actor,
            report_id=report_id,
            seen=form.cleaned_data["seen"],
            reason=form.cleaned_data["reason"],
            at=clock.now(),
            on=clock.today(),
        )
    except RuleError as refusal:
        return _show(request, "amend", page, form, refusal)
    messages.success(request, _("The amendment is begun; what was accepted counts until then."))
    return redirect("reports:report", report_id)


@require_POST
@doors.acting
def drop(request: HttpRequest, actor: Actor, report_id: int) -> HttpResponse:
    """Take an amendment back: what was accepted stands alone again."""
    authority.require(actor, Right.WRITE_REPORTS)
    page = _page(actor, report_id)
    form = forms.Accepting(request.POST)
    if form.is_valid():
        try:
            actions.drop_amendment(
                actor=actor,
                report_id=report_id,
                seen=form.cleaned_data["seen"],
                at=clock.now(),
            )
        except RuleError as refusal:
            return _show(request, "amend", page, forms.Amending(), refusal)
        messages.success(request, _("The amendment is dropped; the report stands as accepted."))
    return redirect("reports:report", report_id)


def _page(actor: Actor, report_id: int) -> queries.ReportPage:
    try:
        return queries.report_page(actor, report_id, clock.today())
    except ObjectDoesNotExist as unknown:
        raise Http404 from unknown


def _show(
    request: HttpRequest,
    template: str,
    page: queries.ReportPage,
    form: forms.Changing | forms.Answering | forms.Amending,
    refusal: RuleError | None = None,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    """Show a form over a report, with why it was refused."""
    told = texts.refusal(refusal) if refusal else ""
    row = more.get("row")
    if row is not None:
        more["counted"] = row.changed.counted if row.changed else row.figure.value
    return answers.page(
        request,
        template,
        {"page": page, "form": form, "refusal": told, **more},
        simulated=page.report.simulated,
        status=answers.status_of(refusal) if refusal else status,
    )
