"""Writes one table as an Excel workbook, safe to open and the same for the same rows."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Any

import xlsxwriter

#: What a cell may hold. ``None`` is an empty cell; a ``datetime`` must carry no zone.
Cell = str | int | float | Fraction | date | datetime | bool | None

_NOT_XML = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NOT_IN_A_SHEET_NAME = re.compile(r"[\[\]:*?/\\]")
_LONGEST_TEXT = 32_767
_EPOCH = datetime(2000, 1, 1)  # noqa: DTZ001 - a property of the file, without a zone by format


@dataclass(frozen=True, slots=True)
class Column:
    """A column: the words of its head and its width in characters."""

    title: str
    width: int = 16


@dataclass(frozen=True, slots=True)
class _Formats:
    head: Any
    text: Any
    number: Any
    rate: Any
    day: Any
    instant: Any


def workbook(title: str, columns: Sequence[Column | str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """
    Return one table as the bytes of an .xlsx.

    Text stays text: a cell that begins with ``=``, ``+``, ``-`` or ``@`` is never a formula or a
    link. All text is NFC. Rows are written one at a time, so a long table needs little memory.

    Args:
        title: Name of the sheet and title of the file; signs a sheet name may not hold become
            spaces, and it is cut at 31 characters.
        columns: Heads from left to right; a plain string has the usual width.
        rows: One sequence per row, one value per column.

    Returns:
        Equal bytes for equal arguments: no clock is asked.

    Raises:
        ValueError: A row has more or fewer values than there are columns.
    """
    heads = [column if isinstance(column, Column) else Column(column) for column in columns]
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"constant_memory": True}) as book:
        book.set_properties({"title": text(title), "created": _EPOCH})
        sheet = book.add_worksheet(_sheet_name(title))
        formats = _formats(book)
        for position, head in enumerate(heads):
            sheet.set_column(position, position, head.width)
            sheet.write_string(0, position, text(head.title), formats.head)
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)
        for line, row in enumerate(rows, start=1):
            if len(row) != len(heads):
                msg = f"row {line} has {len(row)} values for {len(heads)} columns"
                raise ValueError(msg)
            for position, value in enumerate(row):
                _write(sheet, (line, position), value, formats)
    return file.getvalue()


def text(value: str) -> str:
    """
    Return text as a cell may hold it: NFC, no sign XML refuses, at most 32 767 UTF-16 units.

    Args:
        value: Anything a person typed.

    Returns:
        Tabs and line ends stay.

    >>> text("=1+1\\x00")
    '=1+1'
    """
    known = _NOT_XML.sub("", unicodedata.normalize("NFC", value))
    return known.encode("utf-16-le")[: 2 * _LONGEST_TEXT].decode("utf-16-le", "ignore")


def _sheet_name(title: str) -> str:
    name = " ".join(_NOT_IN_A_SHEET_NAME.sub(" ", text(title)).split())[:31].strip("' ")
    return "Sheet1" if not name or name.lower() == "history" else name


def _formats(book: Any) -> _Formats:
    top = {"valign": "top"}
    return _Formats(
        head=book.add_format({"bold": True, "text_wrap": True, "valign": "vcenter", "border": 1}),
        text=book.add_format(top | {"text_wrap": True, "num_format": "@"}),
        number=book.add_format(top),
        rate=book.add_format(top | {"num_format": "0.0%"}),
        day=book.add_format(top | {"num_format": "d/m/yyyy"}),
        instant=book.add_format(top | {"num_format": "d/m/yyyy hh:mm"}),
    )


def _write(sheet: Any, place: tuple[int, int], value: Cell, formats: _Formats) -> None:
    """Write by the kind of the value; the guessing ``write`` would make formulas of text."""
    match value:
        case None:
            return
        case bool():
            sheet.write_boolean(*place, value)
        case str():
            sheet.write_string(*place, text(value), formats.text)
        case Fraction():
            sheet.write_number(*place, float(value), formats.rate)
        case int() | float():
            sheet.write_number(*place, value, formats.number)
        case datetime():
            sheet.write_datetime(*place, value, formats.instant)
        case date():
            sheet.write_datetime(*place, value, formats.day)
