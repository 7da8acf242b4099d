"""The department: the sheet of a year, one school's report, and the consolidation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from donghanh.domain import authority
from donghanh.domain.authority import Actor
from donghanh.domain.calendar import BadSchoolYear
from donghanh.domain.errors import RuleError
from donghanh.domain.rights import Right
from donghanh.lib import clock
from donghanh.organisation import doors
from donghanh.reports import actions, forms, queries, texts
from donghanh.reports.views import answers, through_time


@require_safe
@doors.acting
def newest(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Go to the newest school year reports were asked for."""
    authority.require(actor, Right.REVIEW_REPORTS)
    years = queries.years_of(actor)
    if years:
        return redirect("reports:sheet", years[0])
    return answers.page(request, "no_year", {}, simulated=False)


@require_safe
@doors.acting
def sheet(request: HttpRequest, actor: Actor, school_year: str) -> HttpResponse:
    """Show who has sent what in a school year, against the targets of the units."""
    authority.require(actor, Right.REVIEW_REPORTS)
    return _sheet(request, actor, school_year)


@require_safe
@doors.acting
def report(request: HttpRequest, actor: Actor, report_id: int) -> HttpResponse:
    """Show one school's report as it was sent."""
    authority.require(actor, Right.REVIEW_REPORTS)
    return _report(request, actor, report_id)


@require_POST
@doors.acting
def accept(request: HttpRequest, actor: Actor, report_id: int) -> HttpResponse:
    """Accept a report; it counts from now on."""
    authority.require(actor, Right.REVIEW_REPORTS)
    form = forms.Accepting(request.POST)
    if not form.is_valid():
        return _report(request, actor, report_id, status=422)
    try:
        accepted = actions.accept_report(
            actor=actor, report_id=report_id, seen=form.cleaned_data["seen"], at=clock.now()
        )
    except ObjectDoesNotExist as unknown:
        raise Http404 from unknown
    except RuleError as refusal:
        return _report(request, actor, report_id, refusal=refusal)
    messages.success(request, _("The report is accepted and counts in the consolidation."))
    return redirect("reports:sheet", accepted.school_year)


@require_POST
@doors.acting
def give_back(request: HttpRequest, actor: Actor, report_id: int) -> HttpResponse:
    """Return a report with a comment."""
    authority.require(actor, Right.REVIEW_REPORTS)
    form = forms.Returning(request.POST, figures=_figures(actor, report_id))
    if not form.is_valid():
        return _report(request, actor, report_id, form, status=422)
    try:
        returned = actions.return_report(
            actor=actor,
            report_id=report_id,
            seen=form.cleaned_data["seen"],
            comment=form.cleaned_data["comment"],
            marks=form.cleaned_data["marks"],
            at=clock.now(),
        )
    except ObjectDoesNotExist as unknown:
        raise Http404 from unknown
    except RuleError as refusal:
        return _report(request, actor, report_id, form, refusal)
    messages.success(request, _("The report is returned; the school reads your comment above it."))
    return redirect("reports:sheet", returned.school_year)


@require_safe
@doors.acting
def figure(request: HttpRequest, actor: Actor, report_id: int, code: str) -> HttpResponse:
    """Show numbers and days behind a figure: the department sees no name."""
    authority.require(actor, Right.REVIEW_REPORTS)
    try:
        shown = queries.figure_page(
            actor, report_id, code, clock.today(), counted=request.GET.get("ban") == "da-duyet"
        )
    except ObjectDoesNotExist as unknown:
        raise Http404 from unknown
    return answers.page(request, "behind", {"page": shown}, simulated=shown.report.simulated)


@require_http_methods(["GET", "HEAD", "POST"])
@doors.acting
def consolidate(request: HttpRequest, actor: Actor, school_year: str) -> HttpResponse:
    """Write the words of the consolidated report and make its next version."""
    authority.require(actor, Right.REVIEW_REPORTS)
    if request.method != "POST":
        return _consolidate(request, actor, school_year, None)
    shown = _gathering(request, actor, school_year)
    if "quote" in request.POST:
        return _consolidate(request, actor, school_year, _quoting(request, shown))
    form = _consolidating(shown, request.POST)
    if not form.is_valid():
        return _consolidate(request, actor, school_year, form, status=422)
    try:
        actions.consolidate(
            actor=actor,
            school_year=school_year,
            seen=form.cleaned_data["seen"],
            parts=form.words,
            own=form.own,
            hide_small=form.hide_small,
            answers=form.answers,
            hand_up=form.hand_up,
            at=clock.now(),
            on=clock.today(),
        )
    except RuleError as refusal:
        return _consolidate(request, actor, school_year, form, refusal)
    messages.success(request, _("The consolidated report is made and kept."))
    return redirect("reports:versions", school_year)


@require_safe
@doors.acting
def versions(request: HttpRequest, actor: Actor, school_year: str) -> HttpResponse:
    """Show every version of the consolidated report of a school year."""
    authority.require(actor, Right.REVIEW_REPORTS)
    return _versions(request, actor, school_year)


def _sheet(request: HttpRequest, actor: Actor, school_year: str) -> HttpResponse:
    try:
        shown = queries.sheet_page(actor, school_year, clock.today())
    except BadSchoolYear as unknown:
        raise Http404 from unknown
    tabs = [
        {
            "label": _("School year %(year)s") % {"year": year},
            "url": reverse("reports:sheet", args=[year]),
            "current": year == school_year,
        }
        for year in shown.years
    ]
    context = {
        "page": shown,
        "tabs": tabs,
        "views": through_time.view_tabs(school_year, None),
        "charts": queries.sheet_charts(shown.sheet, queries.years_before(actor, school_year)),
        "tiles": queries.sheet_tiles(shown.sheet),
    }
    return answers.page(request, "sheet", context, simulated=shown.sheet.simulated)


def _figures(actor: Actor, report_id: int) -> list[tuple[str, str]]:
    """Return the figures of a report by code and title, as a form offers them."""
    try:
        page = queries.report_page(actor, report_id, clock.today())
    except ObjectDoesNotExist as unknown:
        raise Http404 from unknown
    return [(one.figure.code, one.figure.title) for one in page.rows]


def _report(
    request: HttpRequest,
    actor: Actor,
    report_id: int,
    form: forms.Returning | None = None,
    refusal: RuleError | None = None,
    status: int = 200,
) -> HttpResponse:
    try:
        shown = queries.report_page(actor, report_id, clock.today())
    except ObjectDoesNotExist as unknown:
        raise Http404 from unknown
    figures = [(one.figure.code, one.figure.title) for one in shown.rows]
    form = form or forms.Returning(figures=figures)
    return answers.page(
        request,
        "review",
        {"page": shown, "form": form, "refusal": texts.refusal(refusal) if refusal else ""},
        simulated=shown.report.simulated,
        status=answers.status_of(refusal) if refusal else status,
    )


def _consolidate(
    request: HttpRequest,
    actor: Actor,
    school_year: str,
    form: forms.Consolidating | None,
    refusal: RuleError | None = None,
    status: int = 200,
) -> HttpResponse:
    shown = _gathering(request, actor, school_year)
    last = shown.page.newest
    form = form or _consolidating(shown, None, last.content["parts"] if last else {})
    passages = [shown.passages[key] for key in texts.PARTS]
    return answers.page(
        request,
        "consolidate",
        {
            "page": shown.page,
            "gathered": shown,
            "form": form,
            "parts": list(zip(form.parts, passages, strict=True)),
            "seen": last.version if last else 0,
            "refusal": texts.refusal(refusal) if refusal else "",
        },
        simulated=shown.page.sheet.simulated,
        status=answers.status_of(refusal) if refusal else status,
    )


def _gathering(request: HttpRequest, actor: Actor, school_year: str) -> queries.GatheringPage:
    """Return what a consolidated report is made from, with the words as they were typed."""
    typed = {key: request.POST.get(key, "") for key in texts.PARTS}
    try:
        return queries.gathering_page(actor, school_year, clock.today(), typed)
    except BadSchoolYear as unknown:
        raise Http404 from unknown


def _consolidating(
    shown: queries.GatheringPage,
    data: Mapping[str, Any] | None,
    words: Mapping[str, str] | None = None,
) -> forms.Consolidating:
    return forms.Consolidating(
        data,
        initial=dict(words or {}),
        columns=queries.columns(),
        checks=shown.checks,
        hides=shown.hides,
        above=shown.above,
    )


def _quoting(request: HttpRequest, shown: queries.GatheringPage) -> forms.Consolidating:
    """Return the form as it was typed, with the passages chosen quoted in their parts."""
    typed = {key: request.POST.get(key, "") for key in texts.PARTS}
    words = queries.taken_over(shown.passages, typed, request.POST.getlist("take"))
    kept = {key: value for key, value in request.POST.items() if key not in {"take", "quote"}}
    form = _consolidating(shown, kept | words)
    form.full_clean()
    return form


def _versions(
    request: HttpRequest, actor: Actor, school_year: str, refusal: RuleError | None = None
) -> HttpResponse:
    try:
        shown = queries.versions_page(actor, school_year)
    except BadSchoolYear as unknown:
        raise Http404 from unknown
    return answers.page(
        request,
        "versions",
        {"page": shown, "refusal": texts.refusal(refusal) if refusal else ""},
        simulated=shown.simulated,
        status=answers.status_of(refusal) if refusal else 200,
    )


@require_safe
@doors.acting
def paper(request: HttpRequest, actor: Actor, consolidation_id: int) -> HttpResponse:
    """Hand out the paper of a version in Word, made again and compared with its digest."""
    authority.require(actor, Right.REVIEW_REPORTS)
    try:
        made, docx = queries.consolidated_docx(actor, consolidation_id)
    except ObjectDoesNotExist as unknown:
        raise Http404 from unknown
    except queries.PaperChanged as refusal:
        return _versions(request, actor, str(refusal.facts["school_year"]), refusal)
    name = f"bao-cao-tong-hop-{made.school_year}-ban-{made.version}.docx"
    return answers.file(docx, answers.DOCX, name)
