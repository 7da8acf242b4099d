"""What leaves the room in other layouts, and what comes back to be proved."""

from __future__ import annotations

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from donghanh.domain import authority
from donghanh.domain.authority import Actor, NotAllowed
from donghanh.domain.calendar import BadSchoolYear
from donghanh.domain.errors import RuleError
from donghanh.domain.rights import Right
from donghanh.lib import clock, packages
from donghanh.lib.unreadable import TextLayerError
from donghanh.organisation import doors
from donghanh.reports import forms, queries, texts
from donghanh.reports.views import answers

_JSON = "application/json"


@require_safe
@doors.acting
def sealed(request: HttpRequest, actor: Actor, report_id: int) -> HttpResponse:
    """Hand out a report as it was sealed, byte for byte."""
    try:
        report, seal = queries.seal_seen(actor, report_id)
    except ObjectDoesNotExist as unknown:
        raise Http404 from unknown
    name = f"bao-cao-{report.school_year}-{report.school.code}-ban-{seal.version}.json"
    return answers.file(seal.content.encode(), _JSON, name)


@require_http_methods(["GET", "HEAD", "POST"])
@doors.acting
def report_workbook(request: HttpRequest, actor: Actor, report_id: int) -> HttpResponse:
    """Fill a workbook with one report."""
    today = clock.today()
    try:
        page = queries.report_names(actor, report_id, today)
    except ObjectDoesNotExist as unknown:
        raise Http404 from unknown
    data = _uploaded(request)
    if data is None:
        return _names(request, page)
    try:
        report, book = queries.filled_report(actor, report_id, data, today)
    except (RuleError, TextLayerError) as refusal:
        return _names(request, page, refusal)
    name = f"bao-cao-{report.school_year}-{report.school.code}.xlsx"
    return answers.file(book, answers.XLSX, name)


@require_http_methods(["GET", "HEAD", "POST"])
@doors.acting
def sheet_workbook(request: HttpRequest, actor: Actor, school_year: str) -> HttpResponse:
    """Fill a workbook with the sheet of a year."""
    authority.require(actor, Right.REVIEW_REPORTS)
    today = clock.today()
    try:
        page = queries.sheet_names(actor, school_year, today)
    except BadSchoolYear as unknown:
        raise Http404 from unknown
    data = _uploaded(request)
    if data is None:
        return _names(request, page)
    try:
        book = queries.filled_sheet(actor, school_year, data, today)
    except (RuleError, TextLayerError) as refusal:
        return _names(request, page, refusal)
    return answers.file(book, answers.XLSX, f"tong-hop-{school_year}-theo-mau.xlsx")


@require_http_methods(["GET", "HEAD", "POST"])
@doors.acting
def prove(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Prove a file or a printed code against the seals in reach."""
    if not (actor.may(Right.WRITE_REPORTS) or actor.may(Right.REVIEW_REPORTS)):
        raise NotAllowed
    form = forms.Proving(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        status = 200 if request.method != "POST" else 422
        return answers.page(request, "prove", {"form": form}, simulated=False, status=status)
    known, file = queries.known_to(actor), form.cleaned_data["file"]
    try:
        if file:
            proof = queries.prove(file.read(packages.LONGEST + 1), known)
        else:
            proof = queries.prove_code(form.cleaned_data["code"], known)
    except (RuleError, TextLayerError) as refusal:
        told = {"form": form, "refusal": texts.refusal(refusal)}
        return answers.page(request, "prove", told, simulated=False, status=422)
    simulated = bool(proof.content.get("simulated"))
    return answers.page(request, "prove", {"form": form, "proof": proof}, simulated=simulated)


def _uploaded(request: HttpRequest) -> bytes | None:
    """Return the workbook that was sent along, never more of it than may be read; None without."""
    form = forms.Workbook(request.POST, request.FILES)
    if request.method != "POST" or not form.is_valid():
        return None
    data: bytes = form.cleaned_data["file"].read(packages.LONGEST + 1)
    return data


def _names(
    request: HttpRequest,
    page: queries.TemplatePage,
    refusal: RuleError | TextLayerError | None = None,
) -> HttpResponse:
    form = forms.Workbook(request.POST, request.FILES) if request.method == "POST" else None
    missing = form is not None and not form.is_valid()
    return answers.page(
        request,
        "workbook",
        {
            "page": page,
            "form": form or forms.Workbook(),
            "refusal": texts.refusal(refusal) if refusal else "",
        },
        simulated=page.simulated,
        status=422 if refusal or missing else 200,
    )
