"""Reads of the room of pictures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

from donghanh.domain import authority
from donghanh.domain.authority import Actor
from donghanh.domain.rights import Right
from donghanh.lib.picturefile import SHARED, Format
from donghanh.pictures.models import Picture, Rendition

#: Pictures of the library on one page.
ROWS = 24
#: What a browser without any choice is given: the widest JPEG up to this.
_PLAIN = 1200
_TYPES = {Format.AVIF: "image/avif", Format.WEBP: "image/webp", Format.JPEG: "image/jpeg"}


@dataclass(frozen=True, slots=True)
class Source:
    """One format of a picture in all its widths, as ``<source>`` wants them."""

    type: str
    srcset: str


@dataclass(frozen=True, slots=True)
class Shown:
    """
    A picture as pages show it.

    ``src`` is the JPEG for who chooses none, ``share`` the cut of 1200 × 630 for links, empty until
    it is drawn. ``simulated`` says that the unit is invented.
    """

    id: int
    alt: str
    caption: str
    credit: str
    width: int
    height: int
    sources: tuple[Source, ...]
    src: str
    srcset: str
    share: str
    state: str
    simulated: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One picture of the library."""

    shown: Shown
    uploaded_at: datetime
    uploaded_by: str

    @property
    def failed(self) -> bool:
        """Return whether it stays as it was kept."""
        return self.shown.state == "failed"

    @property
    def waiting(self) -> bool:
        """Return whether smaller sizes are still being drawn."""
        return self.shown.state == "waiting"


@dataclass(frozen=True, slots=True)
class Library:
    """One page of the pictures of a unit."""

    page: Page[Picture]
    lines: tuple[Line, ...]


def visible_to(actor: Actor) -> QuerySet[Picture]:
    """
    Return the pictures a post may use and change: those of its unit that still are.

    Raises:
        NotAllowed: The post writes nothing for the public.
    """
    authority.require(actor, Right.WRITE_NEWS)
    return Picture.objects.filter(unit_id=authority.home(actor), taken_down_at=None)


def shown(ids: Iterable[int]) -> dict[int, Shown]:
    """
    Return the pictures with these ids as pages show them; two statements.

    Whoever shows one decides who may see it. Left out are those that do not exist and those taken
    down: a page shows nothing in their place.
    """
    found = Picture.objects.filter(pk__in=list(ids), taken_down_at=None)
    pictures = list(found.select_related("making", "unit"))
    drawn: defaultdict[int, list[tuple[str, int]]] = defaultdict(list)
    sizes = Rendition.objects.filter(picture__in=pictures).order_by("width")
    for number, kind, width in sizes.values_list("picture_id", "format", "width"):
        drawn[number].append((kind, width))
    return {one.pk: _shown(one, drawn[one.pk]) for one in pictures}


def _shown(picture: Picture, drawn: list[tuple[str, int]]) -> Shown:
    widths = {
        made: [width for kind, width in drawn if kind == made.value] for made in (*_TYPES, *_CUT)
    }
    sets = {made: _srcset(picture, made, widths[made]) for made in _TYPES}
    plain = [width for width in widths[Format.JPEG] if width <= _PLAIN] or widths[Format.JPEG][:1]
    return Shown(
        id=picture.pk,
        alt=picture.alt,
        caption=picture.caption,
        credit=picture.credit,
        width=picture.width,
        height=picture.height,
        sources=tuple(
            Source(_TYPES[made], sets[made]) for made in (Format.AVIF, Format.WEBP) if sets[made]
        ),
        src=address(picture.token, Format.JPEG, plain[-1]) if plain else "",
        srcset=sets[Format.JPEG],
        share=address(picture.token, Format.SHARED, SHARED[0]) if widths[Format.SHARED] else "",
        state=picture.state,
        simulated=picture.unit.simulated,
    )


_CUT = (Format.SHARED,)


def _srcset(picture: Picture, made: Format, widths: Iterable[int]) -> str:
    return ", ".join(f"{address(picture.token, made, width)} {width}w" for width in widths)


def address(token: str, made: Format, width: int) -> str:
    """
    Return where one rendition is served.

    >>> address("abc", Format.AVIF, 480), address("abc", Format.SHARED, 1200)
    ('/anh/abc/480.avif', '/anh/abc/chia-se.jpeg')
    """
    name = "chia-se.jpeg" if made is Format.SHARED else f"{width}.{made.value}"
    return f"/anh/{token}/{name}"


def data(token: str, made: Format, width: int) -> bytes | None:
    """Return the bytes of one rendition; ``None`` where there is none, or it was taken down."""
    found = Rendition.objects.filter(
        picture__token=token, picture__taken_down_at=None, format=made.value, width=width
    )
    kept = found.values_list("data", flat=True).first()
    return None if kept is None else bytes(kept)


def library(actor: Actor, number: str | None) -> Library:
    """
    Return one page of the pictures of the post's unit, newest first.

    Args:
        actor: Who asks; writes for the public.
        number: Which page, as it stands in the address.
    """
    found = visible_to(actor).select_related("uploaded_by").order_by("-pk")
    page = Paginator(found, ROWS).get_page(number)
    seen = shown(one.pk for one in page)
    lines = tuple(
        Line(seen[one.pk], one.uploaded_at, one.uploaded_by.name) for one in page if one.pk in seen
    )
    return Library(page, lines)


def one(actor: Actor, picture_id: int) -> Line:
    """
    Return one picture of the post's unit.

    Raises:
        Picture.DoesNotExist: Unknown, not visible to the actor, or taken down.
        NotAllowed: The post writes nothing for the public.
    """
    found = visible_to(actor).select_related("uploaded_by").get(pk=picture_id)
    return Line(shown([found.pk])[found.pk], found.uploaded_at, found.uploaded_by.name)
