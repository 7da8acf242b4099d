"""A school year closed by its department, and opened again for one unit."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from donghanh.domain import authority
from donghanh.domain.authority import Actor
from donghanh.domain.calendar import BadSchoolYear
from donghanh.domain.errors import RuleError
from donghanh.domain.rights import Right
from donghanh.lib import clock
from donghanh.organisation import doors
from donghanh.reports import actions, forms, queries, texts
from donghanh.reports.views import answers


@require_http_methods(["GET", "HEAD", "POST"])
@doors.acting
def closing(request: HttpRequest, actor: Actor, school_year: str) -> HttpResponse:
    """Show whether a year is closed and for whom it is open; close it."""
    authority.require(actor, Right.REVIEW_REPORTS)
    page = _page(actor, school_year)
    if request.method != "POST":
        return _show(request, page, forms.Opening(units=page.units))
    try:
        actions.close_year(actor=actor, school_year=school_year, at=clock.now())
    except RuleError as refusal:
        return _show(request, page, forms.Opening(units=page.units), refusal)
    messages.success(request, _("The school year is closed; nothing more is sent for it."))
    return redirect("reports:closing", school_year)


@require_POST
@doors.acting
def let_in(request: HttpRequest, actor: Actor, school_year: str) -> HttpResponse:
    """Let one unit send for a closed year until a day."""
    authority.require(actor, Right.REVIEW_REPORTS)
    page = _page(actor, school_year)
    form = forms.Opening(request.POST, units=page.units)
    if not form.is_valid():
        return _show(request, page, form, status=422)
    try:
        actions.open_for_unit(
            actor=actor,
            school_year=school_year,
            school_id=int(form.cleaned_data["unit"]),
            until=form.cleaned_data["until"],
            reason=form.cleaned_data["reason"],
            at=clock.now(),
            on=clock.today(),
        )
    except RuleError as refusal:
        return _show(request, page, form, refusal)
    messages.success(request, _("The unit may send until the end of that day."))
    return redirect("reports:closing", school_year)


def _page(actor: Actor, school_year: str) -> queries.ClosingPage:
    try:
        return queries.closing_page(actor, school_year, clock.today())
    except BadSchoolYear as unknown:
        raise Http404 from unknown


def _show(
    request: HttpRequest,
    page: queries.ClosingPage,
    form: forms.Opening,
    refusal: RuleError | None = None,
    status: int = 200,
) -> HttpResponse:
    return answers.page(
        request,
        "closing",
        {"page": page, "form": form, "refusal": texts.refusal(refusal) if refusal else ""},
        simulated=page.simulated,
        status=answers.status_of(refusal) if refusal else status,
    )
