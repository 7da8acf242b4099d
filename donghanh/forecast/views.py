"""Pages of the room of the forecast: the calendar of the year, one pupil, the day of leaving."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from donghanh.domain.authority import Actor
from donghanh.domain.calendar import SchoolYear
from donghanh.domain.errors import RuleError
from donghanh.forecast import actions, forms, queries, texts
from donghanh.lib import answers, clock
from donghanh.organisation import doors


@never_cache
@require_GET
@doors.acting
def calendar(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Show who can still make it, and the last day of each step; names shown are written down."""
    page, rows = actions.see_calendar(
        actor=actor,
        filters=forms.filters(request.GET),
        number=request.GET.get("page"),
        at=clock.now(),
        today=clock.today(),
    )
    answers.mark(request, page.simulated)
    kept = request.GET.copy()
    kept.pop("page", None)
    shown = {"page": page, "rows": rows, "query": kept.urlencode()}
    return render(request, "forecast/calendar.html", shown)


@never_cache
@require_GET
@doors.acting
def export(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Give the list of the calendar as it is narrowed, as a workbook."""
    data = actions.export_calendar(
        actor=actor, filters=forms.filters(request.GET), at=clock.now(), today=clock.today()
    )
    return answers.sheet(data, f"lich-nam-hoc-{clock.today()}.xlsx")


@never_cache
@require_http_methods(["GET", "POST"])
@doors.acting
def leaving(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Write down on which day the graduation decision is expected to take effect."""
    today = clock.today()
    school, year = queries.own_school(actor, today), SchoolYear.of(today)
    start = {"on": queries.expected(school.id, year)}
    form = forms.Leaving(request.POST or None, initial=start)
    refusal = ""
    if request.method == "POST" and form.is_valid():
        try:
            actions.expect_leaving(
                actor=actor, school_id=school.id, year=year, at=clock.now(), **form.cleaned_data
            )
        except RuleError as error:
            refusal = texts.refusal(error)
        else:
            messages.success(request, _("Kept: the calendar goes by this day now."))
            return redirect("forecast:calendar")
    status = HTTPStatus.UNPROCESSABLE_ENTITY if request.method == "POST" else HTTPStatus.OK
    shown = {"form": form, "school": school, "year": year.key, "refusal": refusal}
    return render(request, "forecast/leaving.html", shown, status=status)


@never_cache
@require_GET
@doors.acting
def pupil(request: HttpRequest, actor: Actor, dossier_id: int) -> HttpResponse:
    """Show until when each step of one pupil can be done; the reading is written down."""
    try:
        page = actions.open_forecast(
            actor=actor, dossier_id=dossier_id, at=clock.now(), today=clock.today()
        )
    except ObjectDoesNotExist as error:
        raise Http404 from error
    answers.mark(request, page.simulated)
    return render(request, "forecast/pupil.html", {"page": page})
