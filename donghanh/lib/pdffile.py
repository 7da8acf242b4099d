"""Text out of a PDF with a text layer, bounded in pages, memory and time."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from donghanh.lib import pdfworker
from donghanh.lib.unreadable import Broken, Encrypted, NoTextLayer, TooLarge, TooSlow

#: The longest directive with annexes has some tens of pages.
PAGES = 100
#: A hundred pages of text take about five seconds on a slow machine.
SECONDS = 20
#: Fewer letters than this on all pages together is a stamp or a page number, not a text layer.
LETTERS = 20
_PAGE_NUMBER = re.compile(r"\A\s*-?\s*(\d{1,3})\s*-?\s*\n|\n\s*-?\s*(\d{1,3})\s*-?\s*\Z")


def text_of(data: bytes, name: str) -> str:
    """
    Return the text layer of a PDF, page after page, without page numbers.

    Args:
        data: The file.
        name: Its name, for refusals.

    Returns:
        The text, its columns in the order in which the file draws them.

    Raises:
        Encrypted: It is locked with a password.
        TooLarge: It has more than ``PAGES`` pages.
        TooSlow: Reading took longer than ``SECONDS``.
        NoTextLayer: Its pages are pictures.
        Broken: It cannot be read as a PDF.
    """
    command = [sys.executable, "-I", str(Path(pdfworker.__file__)), str(PAGES), str(SECONDS)]
    try:
        done = subprocess.run(  # noqa: S603 - our own program, no word of the file in the command
            command, input=data, capture_output=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise TooSlow(name=name, seconds=SECONDS) from error
    text = done.stdout.decode("utf-8", "replace")
    if done.returncode == pdfworker.LOCKED:
        raise Encrypted(name=name)
    if done.returncode == pdfworker.TOO_MANY:
        raise TooLarge(name=name, what="pages", size=int(text or 0), limit=PAGES)
    if done.returncode:
        raise Broken(name=name)
    pages = text.split("\f")
    if sum(letter.isalpha() for letter in text) < LETTERS:
        raise NoTextLayer(name=name, pages=len(pages))
    return "\n".join(_without_number(page, at + 1) for at, page in enumerate(pages))


def _without_number(page: str, at: int) -> str:
    """Return a page without a first or last line that only holds its number."""
    return _PAGE_NUMBER.sub(
        lambda found: "\n" if int(found[1] or found[2]) == at and at > 1 else found[0], page
    )
