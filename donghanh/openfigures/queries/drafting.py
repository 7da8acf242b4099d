"""What a unit is about to tell everybody: its figures as they would be shown."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django.db.models import QuerySet

from donghanh.amendments import queries as amendments
from donghanh.domain import authority, checking, figures, opening
from donghanh.domain.authority import Actor
from donghanh.domain.calendar import SchoolYear
from donghanh.domain.errors import RuleError
from donghanh.domain.figures import Source
from donghanh.domain.opening import Fact, NothingChosen, Part
from donghanh.domain.rights import Right, Role
from donghanh.domain.structure import Line
from donghanh.indicators import queries as indicators
from donghanh.indicators.queries import Asked, Board, Row, Value
from donghanh.openfigures.models import Publication

#: How many school years may be chosen, the present one first.
YEARS = 5
#: What a body above schools tells the schools' figures along; the lines of others lead to bodies
#: beside schools, whose figures are told by the schools themselves.
_BY_SCHOOL = Line.EDUCATION


class BeingCounted(RuleError):
    """Cases changed and are being counted anew; what would be told is not what is."""

    code: ClassVar[str] = "openfigures.being_counted"


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is to be told: of which school year, which figures, and whether school by school."""

    school_year: str
    codes: tuple[str, ...]
    by_school: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """What would be told, and its digest: nobody makes public what was not looked at."""

    unit_id: int
    unit_name: str
    school_year: str
    cutoff: date
    figures: tuple[Mapping[str, Any], ...]
    schools: tuple[int, ...]
    most: int

    @property
    def digest(self) -> str:
        """Return what changes when anything shown would."""
        said = [self.unit_id, self.school_year, self.cutoff.isoformat(), self.figures, self.most]
        return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:24]


def visible_to(actor: Actor) -> QuerySet[Publication]:
    """
    Return the publications of the unit in whose name a post speaks.

    Raises:
        NotAllowed: The post makes no figures public.
    """
    authority.require(actor, Right.PUBLISH_FIGURES)
    return Publication.objects.filter(unit_id=authority.home(actor))


def offered() -> tuple[figures.Line, ...]:
    """Return the figures that may be chosen."""
    return opening.offered(figures.lines(amendments.current()))


def years(today: date) -> tuple[str, ...]:
    """Return the school years that may be chosen, the present one first."""
    first = SchoolYear.of(today).since.year
    return tuple(f"{year}-{year + 1}" for year in range(first, first - YEARS, -1))


def is_above(actor: Actor) -> bool:
    """Tell whether the figures can be told school by school."""
    return actor.post.role is Role.OFFICER


def draft(actor: Actor, chosen: Chosen, today: date) -> Draft:
    """
    Return what everybody would read.

    Args:
        actor: Who chooses; makes figures public.
        chosen: What was chosen; figures that may not be told are passed over.
        today: The day (Asia/Ho_Chi_Minh); of a year that is over its last day counts.

    Raises:
        NotAllowed: The post makes no figures public.
        NotShown: There are no figures of the unit.
        BadSchoolYear: The year is not two years that follow each other.
        NothingChosen: No figure that may be told was chosen.
        BeingCounted: Some cases are not counted yet as they are now.
    """
    authority.require(actor, Right.PUBLISH_FIGURES)
    codes = {one.code for one in offered()} & set(chosen.codes)
    if not codes:
        raise NothingChosen
    line = Line.UNION if actor.post.role is Role.UPPER_UNION else Line.EDUCATION
    unit = authority.home(actor)
    board = indicators.board(actor, Asked(chosen.school_year, line=line, unit=unit), today)
    if board.left:
        raise BeingCounted
    most = checking.persons(amendments.current(), checking.SMALL, today)
    others = Publication.objects.filter(school_year=chosen.school_year, withdrawn_at=None)
    known = list(others.exclude(unit_id=unit))
    by_school = chosen.by_school and _parted(board, line)
    return Draft(
        unit_id=unit,
        unit_name=board.name,
        school_year=board.year.key,
        cutoff=board.day,
        figures=tuple(
            _figure(board, row, facts(known, row.figure.code), most, by_school=by_school)
            for row in board.rows
            if row.figure.code in codes
        ),
        schools=tuple(sorted(board.school_ids)),
        most=most,
    )


def _parted(board: Board, line: Line) -> bool:
    """Tell whether the units below are the schools themselves."""
    return line is _BY_SCHOOL and bool(board.below) and _schools(board) <= board.school_ids


def _schools(board: Board) -> set[int]:
    return {one.unit for one in board.below}


def facts(known: Iterable[Publication], code: str) -> tuple[Fact, ...]:
    """Return what everybody can read already of one figure, in publications of one year."""
    found: list[Fact] = []
    for one in known:
        for told in one.figures:
            if told["code"] == code and told["persons"]:
                found += _facts(one.schools, told)
    return tuple(found)


def _facts(schools: Collection[int], told: Mapping[str, Any]) -> list[Fact]:
    found = [] if told["value"] is None else [Fact(frozenset(schools), told["value"])]
    return found + [
        Fact(frozenset({part["unit"]}), part["value"])
        for part in told["parts"]
        if part["value"] is not None
    ]


def _figure(
    board: Board, row: Row, known: Sequence[Fact], most: int, *, by_school: bool
) -> dict[str, Any]:
    """Return one figure as it is shown and kept."""
    figure, parts = row.figure, _parts(board, row.figure.code) if by_school else ()
    persons = figure.source is Source.CASES
    value, state = _said(row.now)
    states: dict[int, str] = {}
    if persons:
        given = [Part(unit, number.number) for unit, _name, number in parts]
        total = None if value is None else Fact(board.school_ids, value)
        told = opening.opened(total, given, known, most)
        states = {
            one.school: "small" if checking.is_small(one.value or 0, most) else "beside"
            for one in given
            if one.school in told.hidden
        }
        if value is not None and not told.total:
            state = "small" if checking.is_small(value, most) else "beside"
            value = None
    return {
        "code": figure.code,
        "title": figure.title_vi,
        "counts": figure.counts_vi,
        "leaves_out": figure.leaves_out_vi,
        "persons": persons,
        "value": value,
        "state": state,
        "parts": [
            {
                "unit": unit,
                "name": name,
                "value": None if unit in states else number.number,
                "state": states.get(unit, "shown"),
            }
            for unit, name, number in parts
        ],
    }


def _parts(board: Board, code: str) -> tuple[tuple[int, str, Value], ...]:
    place = next((at for at, one in enumerate(board.columns) if one.code == code), None)
    if place is None:
        return ()
    return tuple((one.unit, one.name, one.values[place]) for one in board.below)


def _said(value: Value) -> tuple[int | None, str]:
    if value.hidden:
        return None, "small"
    if value.number is None or value.missing:
        return None, "missing"
    return value.number, "shown"
