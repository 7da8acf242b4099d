"""Pages of the room of classes: the list, a new one, one class with its list and results."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from donghanh.classes import actions, forms, queries, texts
from donghanh.domain.authority import Actor
from donghanh.domain.errors import RuleError
from donghanh.lib import answers, clock
from donghanh.organisation import doors

_REFUSED = HTTPStatus.UNPROCESSABLE_ENTITY


@never_cache
@require_GET
@doors.acting
def listing(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Show the classes of the school."""
    return render(request, "classes/listing.html", {"courses": queries.listing(actor)})


@never_cache
@require_http_methods(["GET", "POST"])
@doors.acting
def begin(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Note a class that a training centre holds."""
    queries.require(actor)
    form = forms.Open(request.POST or None)
    refusal = ""
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.open_course(
                actor=actor,
                school_id=next(iter(actor.schools), 0),
                at=clock.now(),
                **form.course(),
            )
        except RuleError as error:
            refusal = texts.refusal(error)
        else:
            return redirect("classes:course", made.pk)
    status = _REFUSED if request.method == "POST" else HTTPStatus.OK
    context = {"form": form, "refusal": refusal}
    return render(request, "classes/begin.html", context, status=status)


@never_cache
@require_GET
@doors.acting
def course(request: HttpRequest, actor: Actor, course_id: int) -> HttpResponse:
    """Show a class with its list; whose names are shown is written down."""
    return _course(request, actor, course_id)


def _course(
    request: HttpRequest,
    actor: Actor,
    course_id: int,
    refusal: str = "",
    data: Any = None,
) -> HttpResponse:
    try:
        page = actions.see_course(
            actor=actor, course_id=course_id, at=clock.now(), today=clock.today()
        )
    except ObjectDoesNotExist as error:
        raise Http404 from error
    answers.mark(request, page.simulated)
    form = forms.Results(data, page=page)
    context = {"page": page, "form": form, "refusal": refusal}
    status = _REFUSED if refusal or data is not None else HTTPStatus.OK
    return render(request, "classes/course.html", context, status=status)


@never_cache
@require_GET
@doors.acting
def export(request: HttpRequest, actor: Actor, course_id: int) -> HttpResponse:
    """Give the list of a class as a workbook."""
    try:
        data = actions.export_course(
            actor=actor, course_id=course_id, at=clock.now(), today=clock.today()
        )
    except ObjectDoesNotExist as error:
        raise Http404 from error
    return answers.sheet(data, f"lop-{course_id}.xlsx")


@never_cache
@require_POST
@doors.acting
def seat(request: HttpRequest, actor: Actor, course_id: int) -> HttpResponse:
    """Put pupils on the list of a class."""
    ticked = [int(one) for one in request.POST.getlist("pupil") if _is_number(one)]
    try:
        count = actions.seat_pupils(
            actor=actor,
            course_id=course_id,
            dossier_ids=ticked,
            at=clock.now(),
            today=clock.today(),
        )
    except ObjectDoesNotExist as error:
        raise Http404 from error
    except RuleError as error:
        return _course(request, actor, course_id, texts.refusal(error))
    told = ngettext("%(n)s pupil is on the list now.", "%(n)s pupils are on the list now.", count)
    messages.success(request, told % {"n": count})
    return redirect("classes:course", course_id)


def _is_number(text: str) -> bool:
    return text.isdecimal() and len(text) < 19


@never_cache
@require_POST
@doors.acting
def unseat(request: HttpRequest, actor: Actor, course_id: int, seat_id: int) -> HttpResponse:
    """Take somebody off the list of a class."""
    try:
        actions.unseat_pupil(actor=actor, course_id=course_id, seat_id=seat_id, at=clock.now())
    except ObjectDoesNotExist as error:
        raise Http404 from error
    except RuleError as error:
        return _course(request, actor, course_id, texts.refusal(error))
    messages.success(request, _("Taken off the list of this class."))
    return redirect("classes:course", course_id)


@never_cache
@require_POST
@doors.acting
def results(request: HttpRequest, actor: Actor, course_id: int) -> HttpResponse:
    """Record the results of the whole list: all of them or none."""
    try:
        page = queries.course_page(actor, course_id, clock.today())
    except ObjectDoesNotExist as error:
        raise Http404 from error
    form = forms.Results(request.POST, page=page)
    if not form.is_valid():
        return _course(request, actor, course_id, data=request.POST)
    try:
        kept, gone = actions.record_results(
            actor=actor,
            course_id=course_id,
            results=forms.results(form.cleaned_data, request.POST),
            at=clock.now(),
            today=clock.today(),
        )
    except RuleError as error:
        return _course(request, actor, course_id, texts.refusal(error), request.POST)
    told = ngettext("%(n)s result was recorded.", "%(n)s results were recorded.", kept)
    messages.success(request, told % {"n": kept})
    if gone:
        left = ngettext(
            "%(n)s pupil is no longer there, so nothing was recorded for them.",
            "%(n)s pupils are no longer there, so nothing was recorded for them.",
            gone,
        )
        messages.warning(request, left % {"n": gone})
    return redirect("classes:course", course_id)
