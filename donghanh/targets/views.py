"""Pages of the room of targets: the plan of a year, sharing out, how one target came about."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from donghanh.domain import authority
from donghanh.domain.authority import Actor
from donghanh.domain.calendar import BadSchoolYear, SchoolYear
from donghanh.domain.errors import RuleError
from donghanh.domain.rights import Right
from donghanh.domain.succession import View
from donghanh.lib import answers, clock
from donghanh.organisation import doors
from donghanh.targets import actions, forms, queries, texts
from donghanh.targets.queries import Plan


@require_safe
@doors.acting
def newest(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Go to the present school year and the figure letters ask for."""
    authority.require(actor, Right.READ_FIGURES)
    return redirect("targets:plan", SchoolYear.of(clock.today()).key, queries.askable()[1])


@never_cache
@require_safe
@doors.acting
def plan(request: HttpRequest, actor: Actor, school_year: str, code: str) -> HttpResponse:
    """Show the units with their targets, what is done, what can still be done, what is left."""
    view = texts.VIEW_WORDS.get(request.GET.get("cach", ""), View.BRIDGED)
    page = _plan(actor, school_year, code, view)
    context = {
        "page": page,
        "tabs": _tabs(page),
        "rest": texts.rest(page.rest),
        "charts": queries.pictures(page),
        "tiles": queries.tiles(page),
    }
    return render(request, "targets/plan.html", context)


@never_cache
@require_safe
@doors.acting
def export(request: HttpRequest, actor: Actor, school_year: str, code: str) -> HttpResponse:
    """Hand the plan out as a workbook."""
    view = texts.VIEW_WORDS.get(request.GET.get("cach", ""), View.BRIDGED)
    data = queries.plan_workbook(_plan(actor, school_year, code, view))
    return answers.sheet(data, f"chi-tieu-{school_year}-{code}.xlsx")


@never_cache
@require_safe
@doors.acting
def unit(
    request: HttpRequest, actor: Actor, school_year: str, code: str, unit_id: int
) -> HttpResponse:
    """Show how the target of one unit came about."""
    try:
        page = queries.unit_page(actor, school_year, code, unit_id, clock.today())
    except (BadSchoolYear, queries.NoSuchFigure, ObjectDoesNotExist) as unknown:
        raise Http404 from unknown
    return render(request, "targets/unit.html", {"page": page})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@doors.acting
def share(request: HttpRequest, actor: Actor, school_year: str, code: str) -> HttpResponse:
    """Share the target out among the units directly below, on one page."""
    authority.require(actor, Right.SHARE_TARGETS)
    page = _plan(actor, school_year, code, View.BRIDGED)
    if not page.may_share:
        raise Http404
    if request.method != "POST":
        return _sharing(request, page, forms.SharingOut(page))
    form = forms.SharingOut(page, request.POST)
    if not form.is_valid():
        return _sharing(request, page, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        actions.share_out(
            actor=actor,
            school_year=school_year,
            indicator=code,
            amounts=form.amounts,
            seen=form.cleaned_data["seen"],
            paper_number=form.cleaned_data["paper_number"],
            paper_date=form.cleaned_data["paper_date"],
            reason=form.cleaned_data["reason"],
            at=clock.now(),
            on=clock.today(),
        )
    except RuleError as refusal:
        meanwhile = isinstance(refusal, actions.ChangedMeanwhile)
        status = HTTPStatus.CONFLICT if meanwhile else HTTPStatus.UNPROCESSABLE_ENTITY
        shown = forms.SharingOut(page) if meanwhile else form
        return _sharing(request, page, shown, texts.refusal(refusal), status)
    messages.success(request, _("The targets are shared out; the units see theirs."))
    return redirect("targets:plan", school_year, code)


def _sharing(
    request: HttpRequest,
    page: Plan,
    form: forms.SharingOut,
    refusal: str = "",
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    context = {"page": page, "form": form, "refusal": refusal, "rest": texts.rest(page.rest)}
    return render(request, "targets/share.html", context, status=status)


def _plan(actor: Actor, school_year: str, code: str, view: View) -> Plan:
    try:
        return queries.plan(actor, school_year, code, clock.today(), view)
    except (BadSchoolYear, queries.NoSuchFigure) as unknown:
        raise Http404 from unknown


def _tabs(page: Plan) -> dict[str, list[dict[str, object]]]:
    """Return the choices above the table: school year, figure, structure."""
    key, code = page.year.key, page.indicator.code
    here = reverse("targets:plan", args=[key, code])
    years = [
        {
            "label": year,
            "url": reverse("targets:plan", args=[year, code]),
            "current": year == key,
        }
        for year in page.years
    ]
    figures = [
        {
            "label": one.short_vi,
            "url": reverse("targets:plan", args=[key, one.code]),
            "current": one.code == code,
        }
        for one in page.choices
    ]
    views = [
        {
            "label": texts.VIEWS[view],
            "url": here if view is View.BRIDGED else f"{here}?cach={word}",
            "current": view is page.view,
        }
        for word, view in texts.VIEW_WORDS.items()
    ]
    return {"years": years, "figures": figures, "views": views}
