"""Pages of what comes after an activity: how the unit looks back, and photos of it."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_http_methods, require_safe

from donghanh.activities import actions, forms, queries, texts
from donghanh.domain.activities import State
from donghanh.domain.authority import Actor
from donghanh.domain.errors import RuleError
from donghanh.lib import clock
from donghanh.organisation import doors

_REFUSED = HTTPStatus.UNPROCESSABLE_ENTITY


def _page(request: HttpRequest, actor: Actor, activity_id: int) -> queries.Page:
    """Return the page of an own activity; of one not held yet no form is shown."""
    try:
        page = queries.activity_page(actor, activity_id, clock.now())
    except ObjectDoesNotExist as error:
        raise Http404 from error
    if not page.own or (page.state is not State.HELD and request.method != "POST"):
        raise Http404
    return page


def _status(request: HttpRequest) -> HTTPStatus:
    """A form that comes back after it was sent was refused."""
    return _REFUSED if request.method == "POST" else HTTPStatus.OK


@never_cache
@require_http_methods(["GET", "POST"])
@doors.acting
def look_back(request: HttpRequest, actor: Actor, activity_id: int) -> HttpResponse:
    """Keep what went well and what the next time needs."""
    page = _page(request, actor, activity_id)
    said = {"went_well": page.went_well, "next_time": page.next_time, "before": page.looked_back}
    form = forms.LookBack(request.POST or None, initial=said)
    refusal = ""
    if request.method == "POST" and form.is_valid():
        try:
            actions.look_back(
                actor=actor, activity_id=activity_id, at=clock.now(), **form.cleaned_data
            )
        except RuleError as error:
            refusal = texts.refusal(error)
        else:
            messages.success(request, _("What was learnt is kept."))
            return redirect("activities:activity", activity_id)
    context = {"form": form, "refusal": refusal, "page": page}
    return render(request, "activities/look_back.html", context, status=_status(request))


@never_cache
@require_http_methods(["GET", "POST"])
@doors.acting
def photo_add(request: HttpRequest, actor: Actor, activity_id: int) -> HttpResponse:
    """Keep a photo of the activity."""
    page = _page(request, actor, activity_id)
    form = forms.AddPhoto(request.POST or None, request.FILES or None)
    refusal = ""
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_photo(
                actor=actor, activity_id=activity_id, at=clock.now(), **form.cleaned_data
            )
        except RuleError as error:
            refusal = texts.refusal(error)
        else:
            messages.success(request, _("The photo is kept."))
            return redirect("activities:activity", activity_id)
    context = {"form": form, "refusal": refusal, "page": page}
    return render(request, "activities/photo_add.html", context, status=_status(request))


@never_cache
@require_http_methods(["GET", "POST"])
@doors.acting
def photo_remove(
    request: HttpRequest, actor: Actor, activity_id: int, photo_id: int
) -> HttpResponse:
    """Ask once more, then take a photo away for good."""
    page = _page(request, actor, activity_id)
    photo = next((one for one in page.photos if one.id == photo_id), None)
    if photo is None:
        raise Http404
    if request.method == "POST":
        try:
            actions.remove_photo(
                actor=actor, activity_id=activity_id, photo_id=photo_id, at=clock.now()
            )
        except ObjectDoesNotExist as error:
            raise Http404 from error
        messages.success(request, _("The photo was taken away and is gone."))
        return redirect("activities:activity", activity_id)
    return render(request, "activities/photo_remove.html", {"page": page, "photo": photo})


@cache_control(private=True, no_cache=True)
@require_safe
@doors.acting
def photo(request: HttpRequest, actor: Actor, activity_id: int, photo_id: int) -> HttpResponse:
    """Give a photo to who may read the activity."""
    return _given(request, actor, activity_id, photo_id, small=False)


@cache_control(private=True, no_cache=True)
@require_safe
@doors.acting
def photo_small(
    request: HttpRequest, actor: Actor, activity_id: int, photo_id: int
) -> HttpResponse:
    """Give a photo as the page of the activity shows it."""
    return _given(request, actor, activity_id, photo_id, small=True)


def _given(
    request: HttpRequest, actor: Actor, activity_id: int, photo_id: int, *, small: bool
) -> HttpResponse:
    # A browser asks each time, and is told that nothing changed: who may see it no more sees none.
    try:
        data, digest = queries.photo_bytes(actor, activity_id, photo_id, clock.now(), small=small)
    except ObjectDoesNotExist as error:
        raise Http404 from error
    tag = f'"{digest[:32]}-{"nho" if small else "ca"}"'
    if request.headers.get("If-None-Match") == tag:
        response = HttpResponse(status=HTTPStatus.NOT_MODIFIED)
    else:
        response = HttpResponse(data, content_type="image/jpeg")
    response.headers["ETag"] = tag
    return response
