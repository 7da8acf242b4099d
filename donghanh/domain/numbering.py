"""Numbers and symbols of papers that direct: what each house writes, and which book counts them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from typing import Any, ClassVar

from donghanh.domain.errors import RuleError
from donghanh.domain.structure import Line
from donghanh.domain.timeline import Citation, Confidence

_BOOK: dict[str, Any] = tomllib.loads(
    (files("donghanh.domain") / "rulebook" / "numbering.toml").read_text(encoding="utf-8")
)
#: Numbers below this are written with a nought before them.
_TWO_DIGITS = 10


class NoLetters(RuleError):
    """The unit has no letters of its own, so no symbol can be made. Facts: ``unit``."""

    code: ClassVar[str] = "numbering.no_letters"


class NoSuchKind(RuleError):
    """The house issues no papers of that kind. Facts: ``kind``."""

    code: ClassVar[str] = "numbering.no_such_kind"


class NoReason(RuleError):
    """A number would be voided, or a paper recalled, without a word why."""

    code: ClassVar[str] = "numbering.no_reason"


class NotToVoid(RuleError):
    """A number that an issued paper bears cannot be voided. Facts: ``number``."""

    code: ClassVar[str] = "numbering.not_to_void"


class VoidedBefore(RuleError):
    """The number is voided already. Facts: ``number``."""

    code: ClassVar[str] = "numbering.voided_before"


@dataclass(frozen=True, slots=True)
class Kind:
    """
    A kind of paper.

    Attributes:
        code: Its short name here.
        title: As papers write it: "Kế hoạch".
        letters: Its letters in the symbol by house; ``""`` where a symbol goes without.
    """

    code: str
    title: str
    letters: Mapping[Line, str]


@dataclass(frozen=True, slots=True)
class House:
    """How one house writes number and symbol, and who says so."""

    symbol: str
    bare: str
    reference: str
    line: str
    cite: Citation


@dataclass(frozen=True, slots=True)
class _Books:
    """
    When number books begin anew.

    Attributes:
        period: ``"year"``, the calendar year, or ``"term"``.
        begins: The first days of the terms, oldest first.
        confidence: Who says so; general knowledge is never shown as settled.
    """

    period: str
    begins: tuple[date, ...]
    confidence: Confidence

    @property
    def settled(self) -> bool:
        """Tell whether somebody compared it with the original."""
        return self.confidence is Confidence.V

    def year_of(self, on: date) -> int:
        """
        Return the year that names the book of a paper: its own, or the first of its term.

        >>> terms = (date(2020, 10, 1), date(2025, 10, 1))
        >>> _Books("term", terms, Confidence.K).year_of(date(2026, 3, 2))
        2025
        >>> _Books("year", (), Confidence.K).year_of(date(2026, 3, 2))
        2026
        """
        begun = [day for day in self.begins if day <= on]
        return max(begun).year if self.period == "term" and begun else on.year


def _cite(said: Mapping[str, Any]) -> Citation:
    return Citation(
        issuer=said["issuer"],
        number=said["number"],
        signed_on=said["signed_on"],
        article=said["article"],
        confidence=Confidence(said["confidence"]),
    )


#: The houses by the line along which they direct.
HOUSES: Mapping[Line, House] = {
    Line(name): House(**{key: said[key] for key in House.__slots__[:-1]}, cite=_cite(said["cite"]))
    for name, said in _BOOK["houses"].items()
}
KINDS: Mapping[str, Kind] = {
    code: Kind(code, said["title"], {line: said[line.value] for line in HOUSES if line in said})
    for code, said in _BOOK["kinds"].items()
}
#: When the books of each house begin anew, and how sure that is.
BOOKS: Mapping[Line, _Books] = {
    Line(name): _Books(
        said["period"], tuple(said.get("begins", ())), Confidence(said["confidence"])
    )
    for name, said in _BOOK["books"].items()
}


def kinds_of(line: Line) -> tuple[Kind, ...]:
    """Return the kinds of papers a house issues, in the order of the rulebook."""
    return tuple(kind for kind in KINDS.values() if line in kind.letters)


def kind_of(code: str, line: Line) -> Kind:
    """
    Return a kind of paper of a house.

    Raises:
        NoSuchKind: The house issues no such papers.
    """
    kind = KINDS.get(code)
    if kind is None or line not in kind.letters:
        raise NoSuchKind(kind=code)
    return kind


def symbol(line: Line, kind: str, letters: str, *, unit: str = "") -> str:
    """
    Return what stands in a paper's number beside the number itself.

    Args:
        line: The line along which the paper directs.
        kind: Short name of the kind.
        letters: The issuing unit's own, such as ``SGDĐT`` or, with its part, ``SGDĐT-GDTrH``; only
            papers without letters of their kind name the part.
        unit: The unit's name, for the refusal.

    Raises:
        NoSuchKind: The house issues no such papers.
        NoLetters: The unit has none.

    Source:
        rulebook/numbering.toml

    >>> symbol(Line.EDUCATION, "plan", "SGDĐT-GDTrH")
    'KH-SGDĐT'
    >>> symbol(Line.EDUCATION, "dispatch", "SGDĐT-GDTrH")
    'SGDĐT-GDTrH'
    >>> symbol(Line.PARTY, "guidance", "BTCTU"), symbol(Line.UNION, "resolution", "ĐTN")
    ('HD/BTCTU', 'NQ/ĐTN')
    """
    own = kind_of(kind, line).letters[line]
    office = letters.strip()
    if not office:
        raise NoLetters(unit=unit)
    house = HOUSES[line]
    if not own:
        return house.bare.format(letters=own, office=office)
    return house.symbol.format(letters=own, office=office.split("-")[0])


def padded(number: int) -> str:
    """
    Return a number as papers write it.

    >>> padded(7), padded(128)
    ('07', '128')
    """
    return f"0{number}" if number < _TWO_DIGITS else str(number)


def reference(line: Line, number: int | str, written: str) -> str:
    """
    Return number and symbol as the house writes them.

    >>> reference(Line.EDUCATION, 5, "KH-SGDĐT"), reference(Line.PARTY, 38, "HD/BTCTW")
    ('05/KH-SGDĐT', '38-HD/BTCTW')
    """
    known = padded(number) if isinstance(number, int) else number
    return HOUSES[line].reference.format(number=known, symbol=written)


def number_line(line: Line, number: int | str, written: str) -> str:
    """
    Return the line of a paper's number.

    >>> number_line(Line.PARTY, 38, "HD/BTCTW"), number_line(Line.UNION, 5, "NQ/ĐTN")
    ('Số 38-HD/BTCTW', 'Số: 05-NQ/ĐTN')
    """
    return HOUSES[line].line.format(reference=reference(line, number, written))


def year_of(on: date, line: Line) -> int:
    """Return the year that names the book of a house that counts a paper of a day."""
    return BOOKS[line].year_of(on)
