"""
Fills a workbook somebody made: values go into the cells it names, all else stays as it was.

The file is edited as the archive it is, never read into a model and written anew: formats,
pictures, formulas and what this program does not know come back byte for byte, but for the sheets
with filled cells. A cell with a formula is never touched.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar
from urllib.parse import unquote

from lxml import etree

from donghanh.documents import sealing
from donghanh.domain.errors import RuleError
from donghanh.lib import packages, spreadsheet

#: What the name of a cell begins with that is to be filled.
PREFIX = "donghanh_"
#: Cells one name may cover, and names one workbook may have.
LONGEST_RANGE, MOST_NAMES = 5_000, 2_000

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PLACE = re.compile(
    r"^(?:'((?:[^']|'')+)'|([^'!\[\]]+))!\$?([A-Z]{1,3})\$?(\d{1,7})"
    r"(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?$"
)
_ADDRESS = re.compile(r"^([A-Z]{1,3})(\d{1,7})$")
_ROWS, _COLUMNS = 1_048_576, 16_384
_EPOCH = date(1899, 12, 30)

#: What a name stands for: one value, or one value for each row from the top down.
Value = str | int | date | None
Values = Mapping[str, Value | Sequence[Value]]


class NoNames(RuleError):
    """The workbook has no cell whose name this program knows."""

    code: ClassVar[str] = "filling.no_names"


class UnknownName(RuleError):
    """A cell's name begins as ours do, and says nothing that is known. Facts: ``name``."""

    code: ClassVar[str] = "filling.unknown_name"


class BadPlace(RuleError):
    """A name points to no plain cells of one sheet. Facts: ``name``."""

    code: ClassVar[str] = "filling.bad_place"


class TooShort(RuleError):
    """A column of cells is shorter than what is to be written. Facts: ``name``, ``rows``."""

    code: ClassVar[str] = "filling.too_short"


@dataclass(frozen=True, slots=True)
class _Place:
    name: str
    sheet: str
    column: int
    row: int
    rows: int


def filled(data: bytes, values: Values, seal: str = "") -> bytes:
    """
    Return a workbook with values in the cells it names.

    Args:
        data: The .xlsx.
        values: By the name of the cell without ``PREFIX``, in small letters. A sequence goes down a
            column of cells; those left over are emptied.
        seal: The canonical text the values were sealed as, kept inside; empty for none.

    Returns:
        The layout as it was; formulas are told to be reckoned again when it is opened.

    Raises:
        TextLayerError: It is no workbook, locked, damaged, too large, or carries a program.
        NoNames: No cell of it begins with ``PREFIX``.
        UnknownName, BadPlace, TooShort: A name that cannot be filled.
    """
    parts = packages.opened(data, {sealing.WORKBOOK}, "")
    book = packages.parsed(parts[sealing.WORKBOOK], sealing.WORKBOOK)
    places = _places(book, values)
    sheets = _sheets(book, parts)
    trees: dict[str, Any] = {}
    for place in places:
        part = sheets.get(place.sheet)
        if part is None:
            raise BadPlace(name=place.name)
        if part not in trees:
            trees[part] = packages.parsed(parts[part], part)
        _fill(trees[part], place, values[place.name])
    for part, tree in trees.items():
        parts[part] = packages.written(tree)
    _reckon_again(book)
    parts[sealing.WORKBOOK] = packages.written(book)
    packed = packages.packed(parts)
    return sealing.put(packed, seal, sealing.WORKBOOK) if seal else packed


def values_in(data: bytes) -> dict[str, str]:
    """
    Return what stands in the named cells of a workbook, by name without ``PREFIX``.

    Of a column of cells the first alone; what a formula gave counts as text.

    Raises:
        TextLayerError: It is no workbook that can be read.
    """
    parts = packages.opened(data, {sealing.WORKBOOK}, "")
    book = packages.parsed(parts[sealing.WORKBOOK], sealing.WORKBOOK)
    sheets = _sheets(book, parts)
    shared = _shared(parts)
    found = {}
    for name, target in _names(book):
        place = _place(name, target)
        if place is not None and place.sheet in sheets:
            tree = packages.parsed(parts[sheets[place.sheet]], place.sheet)
            cell = tree.find(f".//{_tag('c')}[@r='{_address(place.column, place.row)}']")
            found[name] = "" if cell is None else _said(cell, shared)
    return found


def _tag(name: str) -> str:
    return f"{{{_MAIN}}}{name}"


def _names(book: Any) -> list[tuple[str, str]]:
    """Return our names of a workbook, without their beginning, and where each points."""
    found = []
    for one in book.iterfind(f"{_tag('definedNames')}/{_tag('definedName')}"):
        name = str(one.get("name", "")).lower()
        if name.startswith(PREFIX):
            found.append((name.removeprefix(PREFIX), (one.text or "").strip()))
    return found[:MOST_NAMES]


def _places(book: Any, values: Values) -> list[_Place]:
    names = _names(book)
    if not names:
        raise NoNames
    places = []
    for name, target in names:
        if name not in values:
            raise UnknownName(name=PREFIX + name)
        place = _place(name, target)
        if place is None:
            raise BadPlace(name=PREFIX + name)
        given = values[name]
        if isinstance(given, Sequence) and not isinstance(given, str) and len(given) > place.rows:
            raise TooShort(name=PREFIX + name, rows=len(given))
        places.append(place)
    return places


def _place(name: str, target: str) -> _Place | None:
    """Return the cells a name points to: one, or one column of them; None for anything else."""
    match = _PLACE.match(target)
    if match is None:
        return None
    quoted, plain, left, top, right, bottom = match.groups()
    column, row, last = _number(left), int(top), int(bottom or top)
    rows = last - row + 1
    fits = 1 <= row <= last <= _ROWS and column <= _COLUMNS and rows <= LONGEST_RANGE
    if not fits or (right or left) != left:
        return None
    return _Place(name, quoted.replace("''", "'") if quoted else plain, column, row, rows)


def _sheets(book: Any, parts: Mapping[str, bytes]) -> dict[str, str]:
    """Return the part of each sheet by its title."""
    related = packages.parsed(parts.get("xl/_rels/workbook.xml.rels", b"<r/>"), "rels")
    targets = {one.get("Id"): unquote(str(one.get("Target", ""))) for one in related}
    found = {}
    for sheet in book.iterfind(f"{_tag('sheets')}/{_tag('sheet')}"):
        target = targets.get(sheet.get(f"{{{_RELATION}}}id"), "")
        part = posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")
        if part in parts:
            found[str(sheet.get("name"))] = part
    return found


def _fill(tree: Any, place: _Place, given: Value | Sequence[Value]) -> None:
    several = isinstance(given, Sequence) and not isinstance(given, str)
    values: list[Value] = list(given) if several else [given]  # type: ignore[arg-type,list-item]
    values += [None] * (place.rows - len(values) if several else 0)
    for below, value in enumerate(values):
        cell = _cell(tree, place.column, place.row + below)
        if cell.find(_tag("f")) is None:
            _write(cell, value)


def _cell(tree: Any, column: int, row: int) -> Any:
    """Return a cell of a sheet; made in its place where it is not written yet."""
    data = tree.find(_tag("sheetData"))
    line = _in_order(data, "row", str(row), lambda one: int(one.get("r", "0")), row)
    address = _address(column, row)
    return _in_order(line, "c", address, lambda one: _column_of(one.get("r", "A1")), column)


def _in_order(parent: Any, tag: str, name: str, order: Any, at: int) -> Any:
    """Return a child by its number; a new one stands where the order of numbers has it."""
    position = 0
    for position, one in enumerate(parent.iterchildren(_tag(tag)), start=1):
        if order(one) == at:
            return one
        if order(one) > at:
            position -= 1
            break
    made = etree.Element(_tag(tag), r=name)
    parent.insert(position, made)
    return made


def _write(cell: Any, value: Value) -> None:
    """Put a value into a cell and leave its format; text stays text, whatever it begins with."""
    for child in list(cell):
        cell.remove(child)
    cell.attrib.pop("t", None)
    match value:
        case None:
            return
        case str():
            cell.set("t", "inlineStr")
            said = etree.SubElement(etree.SubElement(cell, _tag("is")), _tag("t"))
            said.text = spreadsheet.text(value)
            said.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        case date():
            etree.SubElement(cell, _tag("v")).text = str((value - _EPOCH).days)
        case _:
            etree.SubElement(cell, _tag("v")).text = str(value)


def _reckon_again(book: Any) -> None:
    """Tell the program that opens the workbook to reckon its formulas: their cells have changed."""
    found = book.find(_tag("calcPr"))
    if found is None:
        found = etree.Element(_tag("calcPr"))
        names = book.find(_tag("definedNames"))
        names.addnext(found)
    found.set("fullCalcOnLoad", "1")


def _shared(parts: Mapping[str, bytes]) -> list[str]:
    """Return the texts that the cells of a workbook share."""
    part = parts.get("xl/sharedStrings.xml")
    if part is None:
        return []
    tree = packages.parsed(part, "xl/sharedStrings.xml")
    return ["".join(one.itertext(_tag("t"))) for one in tree.iterfind(_tag("si"))]


def _said(cell: Any, shared: Sequence[str]) -> str:
    if cell.get("t") == "inlineStr":
        return "".join(cell.itertext(_tag("t")))
    value = cell.findtext(_tag("v"), "")
    if cell.get("t") == "s":
        at = int(value) if value.isdecimal() else len(shared)
        return shared[at] if at < len(shared) else ""
    return str(value)


def _number(letters: str) -> int:
    """
    Return the number of a column.

    >>> [_number(letters) for letters in ("A", "Z", "AA")]
    [1, 26, 27]
    """
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _column_of(address: str) -> int:
    match = _ADDRESS.match(address)
    return _number(match[1]) if match else 0


def _address(column: int, row: int) -> str:
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row}"
