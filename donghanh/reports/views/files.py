"""The files of the room: reports in Word, lists in Excel."""

from __future__ import annotations

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from donghanh.domain import authority
from donghanh.domain.authority import Actor
from donghanh.domain.calendar import BadSchoolYear
from donghanh.domain.rights import Right
from donghanh.lib import clock
from donghanh.organisation import doors
from donghanh.reports import actions, queries
from donghanh.reports.views import answers


@require_safe
@doors.acting
def report(request: HttpRequest, actor: Actor, report_id: int) -> HttpResponse:
    """Hand out a school's report in Word, as its reader sees it."""
    try:
        made, docx = queries.school_docx(actor, report_id, clock.today())
    except ObjectDoesNotExist as unknown:
        raise Http404 from unknown
    name = f"bao-cao-{made.school_year}-{made.school.code}.docx"
    return answers.file(docx, answers.DOCX, name)


@require_safe
@doors.acting
def figure(request: HttpRequest, actor: Actor, report_id: int, code: str) -> HttpResponse:
    """Hand out what stands behind a figure in Excel, as its reader sees it."""
    try:
        page = actions.see_figure(
            actor=actor,
            report_id=report_id,
            code=code,
            at=clock.now(),
            today=clock.today(),
            taken=True,
        )
    except ObjectDoesNotExist as unknown:
        raise Http404 from unknown
    name, book = queries.figure_workbook(page)
    return answers.file(book, answers.XLSX, name)


@require_safe
@doors.acting
def sheet(request: HttpRequest, actor: Actor, school_year: str) -> HttpResponse:
    """Hand out the sheet of a school year in Excel."""
    authority.require(actor, Right.REVIEW_REPORTS)
    try:
        book = queries.sheet_workbook(actor, school_year, clock.today())
    except BadSchoolYear as unknown:
        raise Http404 from unknown
    return answers.file(book, answers.XLSX, f"tong-hop-{school_year}.xlsx")


@require_safe
@doors.acting
def version(request: HttpRequest, actor: Actor, consolidation_id: int) -> HttpResponse:
    """Hand out the table of a version, as it was made, in Excel."""
    authority.require(actor, Right.REVIEW_REPORTS)
    try:
        made, book = queries.version_workbook(actor, consolidation_id)
    except ObjectDoesNotExist as unknown:
        raise Http404 from unknown
    name = f"tong-hop-{made.school_year}-ban-{made.version}.xlsx"
    return answers.file(book, answers.XLSX, name)
