"""
Pictures of pages: some to look at, and some small enough to keep with the guide.

256 colours suffice for a page of text, at a third of the size.
"""

from __future__ import annotations

import base64
import os
import struct
import zlib
from pathlib import Path

from playwright.sync_api import Page

from donghanh.config import places

SHOTS = places.ROOT / "var" / "shots"
#: Pictures to look at take their time, and no test rests on them: they are taken where asked for.
_SHOOTING = os.environ.get("DONGHANH_SHOTS") == "1"
#: Colours seldom seen become the nearest of the 256 most frequent ones.
_COUNT = """
async (picture) => {
  const bytes = Uint8Array.from(atob(picture), (sign) => sign.charCodeAt(0));
  const bitmap = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
  const { width, height } = bitmap;
  const canvas = new OffscreenCanvas(width, height).getContext("2d");
  canvas.drawImage(bitmap, 0, 0);
  const dots = canvas.getImageData(0, 0, width, height).data;
  const colours = new Uint32Array(width * height);
  const seen = new Map();
  for (let at = 0; at < colours.length; at += 1) {
    const colour = (dots[4 * at] << 16) | (dots[4 * at + 1] << 8) | dots[4 * at + 2];
    colours[at] = colour;
    seen.set(colour, (seen.get(colour) ?? 0) + 1);
  }
  const palette = [...seen].sort((a, b) => b[1] - a[1]).slice(0, 256).map(([colour]) => colour);
  const apart = (a, b) =>
    [16, 8, 0].reduce((sum, by) => sum + (((a >> by) & 255) - ((b >> by) & 255)) ** 2, 0);
  const place = new Map(palette.map((colour, index) => [colour, index]));
  for (const colour of seen.keys()) {
    if (place.has(colour)) continue;
    const nearest = palette.reduce((a, b) => (apart(a, colour) <= apart(b, colour) ? a : b));
    place.set(colour, place.get(nearest));
  }
  const rows = [];
  for (let y = 0; y < height; y += 1) {
    const row = colours.subarray(y * width, (y + 1) * width);
    rows.push(Array.from(row, (colour) => String.fromCharCode(place.get(colour))).join(""));
  }
  return { width, height, palette, rows: rows.map(btoa) };
}
"""


def shoot(page: Page, name: str, *, whole: bool = True) -> None:
    """Keep a picture under a name to look at, where ``DONGHANH_SHOTS=1`` asks for it."""
    if _SHOOTING:
        page.screenshot(path=SHOTS / f"{name}.png", full_page=whole)


def keep(page: Page, path: Path) -> None:
    """Write what a page shows into a PNG of at most 256 colours."""
    shown = page.screenshot(animations="disabled", caret="hide")
    blank = page.context.new_page()  # the page's own policy allows no script of ours
    found = blank.evaluate(_COUNT, base64.b64encode(shown).decode())
    blank.close()
    head = struct.pack(">IIBBBBB", found["width"], found["height"], 8, 3, 0, 0, 0)
    palette = b"".join(colour.to_bytes(3, "big") for colour in found["palette"])
    rows = b"".join(b"\0" + base64.b64decode(row) for row in found["rows"])
    path.write_bytes(
        b"\x89PNG\r\n\x1a\n"
        + _piece(b"IHDR", head)
        + _piece(b"PLTE", palette)
        + _piece(b"IDAT", zlib.compress(rows, 9))
        + _piece(b"IEND", b"")
    )


def _piece(kind: bytes, content: bytes) -> bytes:
    return (
        struct.pack(">I", len(content))
        + kind
        + content
        + struct.pack(">I", zlib.crc32(kind + content))
    )
