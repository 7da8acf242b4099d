"""Picture files as somebody might send them, good and bad; all are drawn here."""

from __future__ import annotations

import io
from typing import Any

from PIL import Image, ImageCms

#: Written into what a camera adds: none of it may be found again.
SECRETS = (b"Canon of nobody", b"secret words", b"xpacket", b"10.7769", b"thumbnail-inside")
EXE = b"MZ\x90\x00" + b"\x00" * 4_000
SVG = (
    b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
)


def picture(
    size: tuple[int, int] = (1200, 800), kind: str = "JPEG", mode: str = "RGB", **more: Any
) -> io.BytesIO:
    """Return a picture that grows lighter to the right and down."""
    grey = Image.linear_gradient("L").resize(size)
    room = io.BytesIO()
    deep = grey.convert("I").point(lambda value: value * 257) if mode == "I;16" else grey
    deep.convert(mode).save(room, kind, **more)
    room.seek(0)
    return room


def from_a_camera() -> io.BytesIO:
    """Return a photograph lying on its side, with a place, a camera, words and a smaller copy."""
    exif = Image.Exif()
    exif[0x0112] = 6  # lies on its side: to be turned a quarter
    exif[0x010F] = "Canon of nobody"
    exif[0x9286] = b"ASCII\0\0\0secret words"
    place = exif.get_ifd(0x8825)
    place[1], place[2] = "N", (10.0, 46.0, 36.84)
    place[29] = "10.7769 106.7009"
    data = picture(
        (1000, 600),
        exif=exif.tobytes(),
        comment=b"secret words",
        xmp=b"<?xpacket begin=''?><gps>10.7769</gps>",
    )
    return io.BytesIO(data.getvalue() + b"\xff\xd8thumbnail-inside\xff\xd9")


def with_profile() -> io.BytesIO:
    """Return a picture whose colours are said in another way than pages say them."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    return picture(icc_profile=profile)


def moving(kind: str) -> io.BytesIO:
    """Return a picture of three frames."""
    frames = [Image.new("RGB", (400, 300), (shade, 0, 0)) for shade in (0, 90, 180)]
    room = io.BytesIO()
    frames[0].save(room, kind, save_all=True, append_images=frames[1:], duration=100)
    room.seek(0)
    return room


def bomb() -> io.BytesIO:
    """Return a small file that says it holds a picture nobody could decode."""
    room = io.BytesIO()
    Image.new("1", (9_000, 9_000)).save(room, "PNG")
    room.seek(0)
    return room
