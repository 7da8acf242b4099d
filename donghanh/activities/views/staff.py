"""Pages of staff: the list, the calendar, one activity, the screen pupils scan, a pupil's road."""

from __future__ import annotations

import base64
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

import qrcode
from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from qrcode.image.svg import SvgPathImage

from donghanh.activities import actions, forms, queries, texts
from donghanh.domain import activities
from donghanh.domain.authority import Actor
from donghanh.domain.errors import RuleError
from donghanh.lib import answers, clock
from donghanh.organisation import doors

_REFUSED = HTTPStatus.UNPROCESSABLE_ENTITY


@never_cache
@require_GET
@doors.acting
def listing(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Show the activities, the latest first."""
    chosen = forms.filters(request.GET)
    page = queries.listing(actor, chosen, request.GET.get("page"), clock.now())
    kept = request.GET.copy()
    kept.pop("page", None)
    context = {"page": page, "query": kept.urlencode(), "kinds": activities.kinds().values()}
    return render(request, "activities/listing.html", context)


@never_cache
@require_GET
@doors.acting
def export(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Give the list as it is narrowed, as a workbook."""
    data = actions.take_list(actor=actor, filters=forms.filters(request.GET), at=clock.now())
    return answers.sheet(data, f"hoat-dong-{clock.today()}.xlsx")


@never_cache
@require_GET
@doors.acting
def month(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Show the calendar of a month."""
    found = queries.month_of(actor, request.GET.get("thang", ""), clock.now())
    return render(request, "activities/month.html", {"month": found})


@never_cache
@require_GET
@doors.acting
def calendar(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Give the activities in sight as a file that calendars read."""
    data = queries.calendar_file(actor, request.get_host(), clock.now())
    response = HttpResponse(data, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="hoat-dong.ics"'
    return response


@never_cache
@require_http_methods(["GET", "POST"])
@doors.acting
def begin(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Plan an activity, or keep one that was held."""
    today = clock.today()
    schools = queries.holding_schools(actor, today)
    form = forms.Plans(request.POST or None, schools=schools, today=today)
    refusal = ""
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            made = actions.plan_activity(
                actor=actor,
                plan=form.planned(),
                once=told["once"],
                stated=told["stated"],
                school_id=told.get("school_id"),
                at=clock.now(),
            )
        except RuleError as error:
            refusal = texts.refusal(error)
        else:
            messages.success(request, _("The activity is kept."))
            return redirect("activities:activity", made.pk)
    context = {"form": form, "refusal": refusal, "schools": len(schools)}
    return render(request, "activities/begin.html", context, status=_status(request))


@never_cache
@require_GET
@doors.acting
def activity(request: HttpRequest, actor: Actor, activity_id: int) -> HttpResponse:
    """Show one activity."""
    return _activity(request, actor, activity_id)


def _activity(
    request: HttpRequest, actor: Actor, activity_id: int, refusal: str = "", data: Any = None
) -> HttpResponse:
    page = _page(actor, activity_id)
    number = page.row.turns if page.row.turns is not None else page.row.checked_in or None
    form = forms.Number(data, initial={"stated": number})
    context = {"page": page, "form": form, "refusal": refusal}
    status = _REFUSED if refusal or data is not None else HTTPStatus.OK
    return render(request, "activities/activity.html", context, status=status)


def _page(actor: Actor, activity_id: int, *, own: bool = False) -> queries.Page:
    try:
        page = queries.activity_page(actor, activity_id, clock.now())
    except ObjectDoesNotExist as error:
        raise Http404 from error
    if own and not page.own:
        raise Http404
    return page


@never_cache
@require_http_methods(["GET", "POST"])
@doors.acting
def change(request: HttpRequest, actor: Actor, activity_id: int) -> HttpResponse:
    """Change what is planned."""
    page = _page(actor, activity_id, own=True)
    start = queries.plan_of(actor, activity_id)
    form = forms.Changes(request.POST or None, today=clock.today(), initial=start)
    refusal = ""
    if request.method == "POST" and form.is_valid():
        deed = actions.change_activity
        refusal = _try(
            deed, actor=actor, activity_id=activity_id, plan=form.planned(), at=clock.now()
        )
        if not refusal:
            messages.success(request, _("The activity is changed."))
            return redirect("activities:activity", activity_id)
    context = {"form": form, "refusal": refusal, "page": page}
    return render(request, "activities/begin.html", context, status=_status(request))


@never_cache
@require_POST
@doors.acting
def state(request: HttpRequest, actor: Actor, activity_id: int) -> HttpResponse:
    """Keep how many took part."""
    _page(actor, activity_id, own=True)
    form = forms.Number(request.POST)
    if not form.is_valid():
        return _activity(request, actor, activity_id, data=request.POST)
    try:
        turns = actions.state_number(
            actor=actor, activity_id=activity_id, at=clock.now(), **form.cleaned_data
        )
    except RuleError as error:
        return _activity(request, actor, activity_id, texts.refusal(error), request.POST)
    told = ngettext("Kept: %(n)s took part.", "Kept: %(n)s took part.", turns)
    messages.success(request, told % {"n": turns})
    return redirect("activities:activity", activity_id)


@never_cache
@require_http_methods(["GET", "POST"])
@doors.acting
def call_off(request: HttpRequest, actor: Actor, activity_id: int) -> HttpResponse:
    """Ask for the reason, and call the activity off."""
    page = _page(actor, activity_id, own=True)
    form = forms.CallOff(request.POST or None)
    refusal = ""
    if request.method == "POST" and form.is_valid():
        told = {"reason": form.cleaned_data["reason"], "at": clock.now()}
        refusal = _try(actions.call_off, actor=actor, activity_id=activity_id, **told)
        if not refusal:
            messages.success(request, _("The activity is called off."))
            return redirect("activities:activity", activity_id)
    context = {"form": form, "refusal": refusal, "page": page}
    return render(request, "activities/call_off.html", context, status=_status(request))


@never_cache
@require_POST
@doors.acting
def open_check_in(request: HttpRequest, actor: Actor, activity_id: int) -> HttpResponse:
    """Let pupils check in, and go to the screen they scan."""
    _page(actor, activity_id, own=True)
    deed = actions.open_check_in
    refusal = _try(deed, actor=actor, activity_id=activity_id, at=clock.now())
    if refusal:
        return _activity(request, actor, activity_id, refusal)
    return redirect("activities:screen", activity_id)


@never_cache
@require_POST
@doors.acting
def close_check_in(request: HttpRequest, actor: Actor, activity_id: int) -> HttpResponse:
    """Let nobody check in any more."""
    _page(actor, activity_id, own=True)
    actions.close_check_in(actor=actor, activity_id=activity_id, at=clock.now())
    messages.success(request, _("Checking in is closed."))
    return redirect("activities:activity", activity_id)


@never_cache
@require_GET
@doors.acting
def screen(request: HttpRequest, actor: Actor, activity_id: int) -> HttpResponse:
    """Show the code pupils scan; the page asks for the next one by itself."""
    try:
        shown = queries.screen(actor, activity_id, clock.now())
    except ObjectDoesNotExist as error:
        raise Http404 from error
    context: dict[str, Any] = {"screen": shown, "activity_id": activity_id}
    if shown is not None:
        path = reverse("activities:scanned", args=[shown.activity_id, shown.sign])
        context["address"] = request.build_absolute_uri(path)
        context["picture"] = _picture(context["address"])
    part = request.headers.get("HX-Request") == "true"
    name = "activities/_screen.html" if part else "activities/screen.html"
    return render(request, name, context)


def _picture(address: str) -> str:
    """Return a QR code of an address as the address of a picture."""
    drawn = qrcode.make(address, image_factory=SvgPathImage).to_string()
    return f"data:image/svg+xml;base64,{base64.b64encode(drawn).decode()}"


@never_cache
@require_GET
@doors.acting
def pupil(request: HttpRequest, actor: Actor, dossier_id: int) -> HttpResponse:
    """Show what a pupil lets stand on the road of activities; the reading is written down."""
    try:
        page = actions.open_road(actor=actor, dossier_id=dossier_id, at=clock.now())
    except ObjectDoesNotExist as error:
        raise Http404 from error
    answers.mark(request, page.simulated)
    return render(request, "activities/pupil.html", {"page": page})


def _try(deed: Callable[..., object], **told: Any) -> str:
    """Do something; return why it was refused, or nothing."""
    try:
        deed(**told)
    except RuleError as error:
        return texts.refusal(error)
    return ""


def _status(request: HttpRequest) -> HTTPStatus:
    """A form that comes back after it was sent was refused."""
    return _REFUSED if request.method == "POST" else HTTPStatus.OK
