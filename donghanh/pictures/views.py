"""Pages of the room of pictures: the library, and the bytes everybody is given by address."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from donghanh.domain.authority import Actor, home
from donghanh.domain.errors import RuleError
from donghanh.lib import clock
from donghanh.lib.picturefile import SHARED, Format
from donghanh.organisation import doors
from donghanh.pictures import actions, forms, queries, texts

_REFUSED = HTTPStatus.UNPROCESSABLE_ENTITY

#: A browser keeps what it was given: the address never stands for anything else. Whatever stands
#: between asks anew after some seconds, so that what was taken down is gone within the minute.
_KEPT = "public, max-age=31536000, s-maxage=20, immutable"
_FORMATS = {one.value: one for one in (Format.AVIF, Format.WEBP, Format.JPEG)}


@require_safe
def rendition(request: HttpRequest, token: str, width: int, made: str) -> HttpResponse:
    """Give one rendition; nothing is asked of who wants it but its address."""
    if made not in _FORMATS:
        raise Http404
    return _given(request, token, _FORMATS[made], width)


@require_safe
def shared(request: HttpRequest, token: str) -> HttpResponse:
    """Give the cut that other services show beside a link."""
    return _given(request, token, Format.SHARED, SHARED[0])


def _given(request: HttpRequest, token: str, made: Format, width: int) -> HttpResponse:
    data = queries.data(token, made, width)
    if data is None:
        raise Http404
    tag = f'"{made.value}-{width}"'
    if request.headers.get("If-None-Match") == tag:
        response = HttpResponse(status=HTTPStatus.NOT_MODIFIED)
    else:
        kind = "jpeg" if made is Format.SHARED else made.value
        response = HttpResponse(data, content_type=f"image/{kind}")
    response.headers["Cache-Control"] = _KEPT
    response.headers["ETag"] = tag
    # A picture is shown by pages, also by those of services that show a link.
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


@never_cache
@require_GET
@doors.acting
def library(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Show the pictures of the unit."""
    found = queries.library(actor, request.GET.get("page"))
    return render(request, "pictures/library.html", {"found": found})


@never_cache
@require_http_methods(["GET", "POST"])
@doors.acting
def add(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Keep a picture."""
    queries.visible_to(actor)
    form = forms.Add(request.POST or None, request.FILES or None)
    refusal = ""
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.upload(
                actor=actor, unit_id=home(actor), at=clock.now(), **form.picture()
            )
        except RuleError as error:
            refusal = texts.refusal(error)
        else:
            messages.success(request, _("The picture is kept; smaller sizes are being drawn."))
            return redirect("pictures:picture", made)
    status = _REFUSED if request.method == "POST" else HTTPStatus.OK
    return render(request, "pictures/add.html", {"form": form, "refusal": refusal}, status=status)


@never_cache
@require_http_methods(["GET", "POST"])
@doors.acting
def picture(request: HttpRequest, actor: Actor, picture_id: int) -> HttpResponse:
    """Show a picture, and say anew what it shows."""
    try:
        found = queries.one(actor, picture_id)
        said = {name: getattr(found.shown, name) for name in ("alt", "caption", "credit")}
        form = forms.Words(request.POST or None, initial=said)
        if request.method == "POST" and form.is_valid():
            actions.describe(
                actor=actor, picture_id=picture_id, at=clock.now(), **form.cleaned_data
            )
            messages.success(request, _("The words are kept."))
            return redirect("pictures:picture", picture_id)
    except ObjectDoesNotExist as error:
        raise Http404 from error
    status = _REFUSED if request.method == "POST" else HTTPStatus.OK
    return render(request, "pictures/picture.html", {"found": found, "form": form}, status=status)


@never_cache
@require_http_methods(["GET", "POST"])
@doors.acting
def down(request: HttpRequest, actor: Actor, picture_id: int) -> HttpResponse:
    """Ask once more, then take a picture down for good."""
    try:
        found = queries.one(actor, picture_id)
        if request.method == "POST":
            actions.take_down(actor=actor, picture_id=picture_id, at=clock.now())
            messages.success(request, _("The picture was taken down and is gone."))
            return redirect("pictures:library")
    except ObjectDoesNotExist as error:
        raise Http404 from error
    return render(request, "pictures/down.html", {"found": found})
