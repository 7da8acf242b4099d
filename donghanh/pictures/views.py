"""Pages of the room of pictures: the bytes everybody is given who knows an address."""

from __future__ import annotations

from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from donghanh.lib.picturefile import SHARED, Format
from donghanh.pictures import queries

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
