"""
Picture files: what is one, drawn clean, and drawn smaller for pages.

A picture is judged by its head before anything of it is decoded. What is kept was drawn anew from
the colours alone: no place, no camera, no smaller copy inside, nothing hung on behind.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import IO, ClassVar

from PIL import Image, ImageCms, ImageFile, ImageOps, UnidentifiedImageError

#: The longest side of what is kept; a page shows no more, and a face in a crowd needs no more.
LONGEST = 2000
#: Widths pages choose from, beside the kept one.
WIDTHS = (480, 800, 1200, 1600)
#: What other services show beside a link.
SHARED = (1200, 630)
#: The shortest sides a picture needs to be seen at all.
SMALLEST = (320, 160)
_FORMATS = ("JPEG", "PNG", "WEBP")
#: Where a file says how the camera was held.
_TURNED = 0x0112
_FRAMES = frozenset({"PNG", "WEBP"})
#: Ways of holding colours that can be made smaller and told in sRGB as they are.
_SMOOTH = frozenset({"RGB", "RGBA", "CMYK", "L"})
_WHITE = (255, 255, 255)
_BROKEN = (OSError, SyntaxError, ValueError, EOFError, IndexError, TypeError, OverflowError)


class Format(StrEnum):
    """In what a picture is drawn; the best comes first."""

    AVIF = "avif"
    WEBP = "webp"
    JPEG = "jpeg"
    #: The cut for a link, a JPEG of 1200 × 630.
    SHARED = "share"


class PictureError(Exception):
    """A file is no picture we take. The sentence a person reads is made by who shows it."""

    code: ClassVar[str] = "picture"

    def __init__(self, **facts: object) -> None:
        """Keep the facts the sentence will name."""
        super().__init__(self.code, facts)
        self.facts = facts


class TooLarge(PictureError):
    """More bytes than are taken. Facts: ``size``, ``limit`` (megabytes)."""

    code: ClassVar[str] = "picture.too_large"


class TooManyPoints(PictureError):
    """More points than are decoded. Facts: ``limit`` (millions of points)."""

    code: ClassVar[str] = "picture.too_many_points"


class TooSmall(PictureError):
    """Nobody could see anything on it. Facts: ``width``, ``height``, and the least of both."""

    code: ClassVar[str] = "picture.too_small"


class NoPicture(PictureError):
    """Not a JPEG, PNG or WebP, whatever its name says."""

    code: ClassVar[str] = "picture.no_picture"


class Moves(PictureError):
    """Several frames."""

    code: ClassVar[str] = "picture.moves"


class Broken(PictureError):
    """A picture that ends too early, or cannot be decoded."""

    code: ClassVar[str] = "picture.broken"


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is taken: bytes of a file, points of a picture."""

    size: int
    points: int


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture as bytes of one format."""

    format: Format
    width: int
    height: int
    data: bytes


def kept(file: IO[bytes], size: int, limits: Limits) -> Drawn:
    """
    Return what is kept of a picture that was sent: a clean JPEG, upright, in sRGB.

    Args:
        file: What was sent, at its beginning.
        size: How many bytes were sent.
        limits: How much is taken.

    Raises:
        PictureError: The file is no picture we take; the class tells why.
    """
    if size > limits.size:
        raise TooLarge(size=-(-size // 1_000_000), limit=limits.size // 1_000_000)
    try:
        # The formats are named: nothing else that calls itself a picture is even looked at.
        picture: ImageFile.ImageFile | Image.Image = Image.open(file, formats=_FORMATS)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise TooManyPoints(limit=limits.points // 1_000_000) from error
    except UnidentifiedImageError as error:
        raise NoPicture from error
    except _BROKEN as error:
        raise Broken from error
    _check(picture, limits)
    try:
        # A large JPEG is decoded no larger than it is kept: its own halves are the quickest.
        share = LONGEST / max(picture.size)
        picture.draft(None, (round(picture.width * share), round(picture.height * share)))
        picture.load()
        clean = _clean(picture)
    except (MemoryError, *_BROKEN) as error:
        raise Broken from error
    # Somebody waits for it: the plain way of writing takes a sixth of the time.
    return _drawn(clean, Format.JPEG, plain=True)


def _check(picture: Image.Image, limits: Limits) -> None:
    """Refuse by what the head of a file says, before anything is decoded."""
    width, height = picture.size
    if width * height > limits.points:
        raise TooManyPoints(limit=limits.points // 1_000_000)
    long, short = max(picture.size), min(picture.size)
    if long < SMALLEST[0] or short < SMALLEST[1]:
        least = {"long": SMALLEST[0], "short": SMALLEST[1]}
        raise TooSmall(width=width, height=height, **least)
    if picture.format in _FRAMES and getattr(picture, "is_animated", False):
        raise Moves


def _clean(picture: Image.Image) -> Image.Image:
    """Return the colours alone: upright, in sRGB, on white, no longer than what is kept."""
    profile = picture.info.get("icc_profile")
    small = picture if picture.mode in _SMOOTH else _flat(picture)
    turned = picture.getexif().get(_TURNED)
    small.thumbnail((LONGEST, LONGEST), Image.Resampling.LANCZOS, reducing_gap=2.0)
    small.getexif()[_TURNED] = turned or 1
    flat = _flat(_in_srgb(ImageOps.exif_transpose(small), profile))
    # A new picture: whatever was said beside the colours stays behind.
    clean = Image.new("RGB", flat.size)
    clean.paste(flat)
    return clean


def _in_srgb(picture: Image.Image, profile: object) -> Image.Image:
    if not isinstance(profile, bytes) or picture.mode not in _SMOOTH:
        return picture
    mode = "RGBA" if picture.mode == "RGBA" else "RGB"
    try:
        said = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        srgb = ImageCms.createProfile("sRGB")
        changed = ImageCms.profileToProfile(picture, said, srgb, outputMode=mode)
    except (ImageCms.PyCMSError, *_BROKEN):
        # A profile nobody can read says nothing: the colours stand as they are.
        return picture
    return changed or picture


def _flat(picture: Image.Image) -> Image.Image:
    if picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info:
        seen = picture.convert("RGBA")
        ground = Image.new("RGB", seen.size, _WHITE)
        ground.paste(seen, mask=seen.getchannel("A"))
        return ground
    if picture.mode in {"I;16", "I;16B", "I;16L"}:
        return picture.point(lambda value: value / 256).convert("L").convert("RGB")
    return picture.convert("RGB")


def renditions(data: bytes) -> Iterator[Drawn]:
    """
    Draw a kept picture as pages show it: every format in every width, and the cut for links.

    The widest JPEG is not among them: it is the kept picture itself.
    """
    with Image.open(io.BytesIO(data), formats=("JPEG",)) as opened:
        whole = opened.convert("RGB")
    for width in [width for width in WIDTHS if width < whole.width] + [whole.width]:
        height = max(1, round(whole.height * width / whole.width))
        same = width == whole.width
        drawn = whole if same else whole.resize((width, height), Image.Resampling.LANCZOS)
        for each in (Format.WEBP, Format.AVIF) if same else (Format.JPEG, Format.WEBP, Format.AVIF):
            yield _drawn(drawn, each)
    yield _drawn(ImageOps.fit(whole, SHARED, Image.Resampling.LANCZOS), Format.SHARED)


def _drawn(picture: Image.Image, made: Format, *, plain: bool = False) -> Drawn:
    room = io.BytesIO()
    if made is Format.AVIF:
        picture.save(room, "AVIF", quality=58, speed=8, max_threads=1)
    elif made is Format.WEBP:
        picture.save(room, "WEBP", quality=78, method=4)
    else:
        picture.save(room, "JPEG", quality=86, optimize=not plain, progressive=not plain)
    return Drawn(made, picture.width, picture.height, room.getvalue())
