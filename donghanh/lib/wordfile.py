"""
Text out of a .docx, read as the archive it is.

The parts are parsed by a streaming parser that stops at a document type declaration; nothing is
unpacked to disk, and nothing beyond the stated sizes is unpacked at all.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import TypeVar
from xml.parsers import expat

from donghanh.lib import packages, wordlists
from donghanh.lib.unreadable import Bomb, Broken, Encrypted, Entities, Macros, UnsupportedKind

#: A letter has some twenty parts; templates with pictures stay below this.
ENTRIES = 1_000
#: Bytes all parts may unpack to. The largest real letters with pictures stay below 100 MB.
UNPACKED = 200_000_000
#: Bytes one read part may unpack to: some 3,000 pages of text.
PART = 40_000_000
#: Text packs 5 to 20 times; only a part of one repeated byte packs more than this.
RATIO = 200
#: Parts below this size may pack to any ratio; they cannot do harm.
SMALL = 1_000_000

_DOCUMENT = "word/document.xml"
_Some = TypeVar("_Some", bound=wordlists.Reader)


def text_of(data: bytes, name: str) -> str:
    """
    Return the text of a .docx: headers once, then paragraphs and tables in their order.

    Args:
        data: The file.
        name: Its name, for refusals.

    Returns:
        One line for each paragraph; cells of a table one after another, row by row; numbers that
        Word draws in front of list paragraphs written out.

    Raises:
        Broken: Not a whole archive, or a part that is not well formed.
        UnsupportedKind: An archive that is no Word document.
        Encrypted: A part is locked.
        Macros: It carries a program.
        Bomb: It unpacks to far more than it holds.
        Entities: A part declares a document type or entities.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = _checked(archive, name)
            numbering = _part(archive, "word/numbering.xml", name)
            styles = _part(archive, "word/styles.xml", name)
            lists = wordlists.Lists(
                _feed(numbering, name, wordlists.NumberingReader()),
                _feed(styles, name, wordlists.StylesReader()),
            )
            parts = sorted(n for n in names if n.startswith("word/header") and n.endswith(".xml"))
            heads = [_text(archive, part, name, None) for part in parts]
            body = _text(archive, _DOCUMENT, name, lists)
    except packages.DAMAGE as error:
        raise Broken(name=name) from error
    kept = [head for head in dict.fromkeys(heads) if any(letter.isalpha() for letter in head)]
    return "\n".join([*kept, body])


def _checked(archive: zipfile.ZipFile, name: str) -> list[str]:
    """Return the names of the parts of an archive that is safely a Word document."""
    infos = archive.infolist()
    names = [info.filename for info in infos]
    if len(infos) > ENTRIES or sum(info.file_size for info in infos) > UNPACKED:
        raise Bomb(name=name)
    for info in infos:
        if info.file_size > SMALL and info.file_size > RATIO * max(info.compress_size, 1):
            raise Bomb(name=name)
    if "[Content_Types].xml" not in names or _DOCUMENT not in names:
        raise UnsupportedKind(name=name, kind="zip")
    if any(info.flag_bits & 1 for info in infos):
        raise Encrypted(name=name)
    types = _part(archive, "[Content_Types].xml", name)
    if any(n.lower().endswith("vbaproject.bin") for n in names) or b"macroEnabled" in types:
        raise Macros(name=name)
    return names


def _part(archive: zipfile.ZipFile, part: str, name: str) -> bytes:
    """Return the bytes of a part, never more than allowed whatever the archive says of itself."""
    try:
        with archive.open(part) as stream:
            data = stream.read(PART + 1)
    except KeyError:
        return b""
    except RuntimeError as error:  # zipfile's word for a locked part
        raise Encrypted(name=name) from error
    if len(data) > PART:
        raise Bomb(name=name)
    return data


def _text(archive: zipfile.ZipFile, part: str, name: str, lists: wordlists.Lists | None) -> str:
    reader = _feed(_part(archive, part, name), name, _TextReader(lists))
    return "".join(reader.pieces).strip("\n")


def _feed(data: bytes, name: str, reader: _Some) -> _Some:
    """Run a reader over a part; an empty part leaves it as it is."""
    if not data:
        return reader
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.letters
    parser.StartDoctypeDeclHandler = _refusal(name)
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise Broken(name=name) from error
    return reader


def _refusal(name: str) -> Callable[..., None]:
    def refuse(*_: object) -> None:
        raise Entities(name=name)

    return refuse


_SKIPPED = frozenset({"w:del", "w:instrText", "w:delText", "mc:Fallback", "w:moveFrom"})
_BREAKS = {"w:br": "\n", "w:cr": "\n", "w:tab": "\t", "w:noBreakHyphen": "-"}


class _TextReader:
    """Gathers text; leaves out deletions, field codes, and copies for old programs."""

    def __init__(self, lists: wordlists.Lists | None) -> None:
        self.pieces: list[str] = []
        self.lists = lists
        self.skipped = 0
        self.in_text = 0
        self.style: str | None = None
        self.number: dict[str, str] = {}
        self.in_properties = False

    def start(self, full: str, attributes: dict[str, str]) -> None:
        tag = wordlists.short(full)
        if self.skipped or tag in _SKIPPED:
            self.skipped += 1
            return
        if tag == "w:p":
            self.style, self.number = None, {}
        elif tag == "w:pPr":
            self.in_properties = True  # a tab in there is a stop on the ruler
        elif tag == "w:pStyle":
            self.style = wordlists.value(attributes)
        elif tag in ("w:numId", "w:ilvl"):
            self.number[tag] = wordlists.value(attributes)
        elif tag == "w:t":
            self.in_text += 1
        elif tag in _BREAKS and not self.in_properties:
            self.pieces.append(_BREAKS[tag])

    def end(self, full: str) -> None:
        tag = wordlists.short(full)
        if self.skipped:
            self.skipped -= 1
        elif tag == "w:pPr":
            self.in_properties = False
            self._label()
        elif tag == "w:t":
            self.in_text -= 1
        elif tag in ("w:p", "w:tc"):
            self.pieces.append("\n")

    def _label(self) -> None:
        label = self.lists.label(self.style, self.number) if self.lists else ""
        if label:
            self.pieces.append(label + " ")

    def letters(self, data: str) -> None:
        if self.in_text and not self.skipped:
            self.pieces.append(data)
