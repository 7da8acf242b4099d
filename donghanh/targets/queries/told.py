"""All that was said about the target of one unit, with who said it and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from donghanh.directives.models import Directive
from donghanh.directives.queries.letters import number_of
from donghanh.domain.authority import Actor
from donghanh.organisation import queries as organisation
from donghanh.organisation.models import Unit
from donghanh.targets.models import Target
from donghanh.targets.queries import words
from donghanh.targets.queries.plans import Plan, UnitLine, askable, plan

#: Before everything that was ever said.
_FIRST = (date.min, datetime.min.replace(tzinfo=UTC), 0)


@dataclass(frozen=True, slots=True)
class Line:
    """
    One letter or decision about the target of a unit.

    Attributes:
        unit: Whose target it was, by name.
        on: The day of the paper.
        at: When it came to be known here.
        amount: How many.
        adds: It added to what held; a decision said the whole.
        paper: Number of the paper; empty where the letter's is not known.
        by: Which unit gave it, by name.
        who: Who wrote it down; empty for a letter.
        reason: Why it was changed.
        holds: It is part of what holds.
    """

    unit: str
    on: date
    at: datetime
    amount: int
    adds: bool
    paper: str
    by: str
    who: str
    reason: str
    holds: bool


@dataclass(frozen=True, slots=True)
class UnitPage:
    """The target of one unit, and how it came about, newest first."""

    plan: Plan
    row: UnitLine
    lines: tuple[Line, ...]


def unit_page(actor: Actor, school_year: str, code: str, unit_id: int, today: date) -> UnitPage:
    """
    Return how the target of a unit came about.

    Raises:
        NotAllowed: The post reads no figures.
        BadSchoolYear: The year is not two years that follow each other.
        NoSuchFigure: Units cannot be asked for it.
        Unit.DoesNotExist: Unknown, or none the actor sees targets of.
    """
    shown = plan(actor, school_year, code, today)
    rows = {row.unit_id: row for row in (*shown.rows, *([shown.own] if shown.own else []))}
    if unit_id not in rows:
        raise Unit.DoesNotExist
    row = rows[unit_id]
    about = {unit_id, *row.carried}
    said = words.said_about(about, shown.indicator.code, shown.year.key, askable()[1])
    found = [word for one in said.values() for word in one]
    replaced = _replaced(found)
    givers = {word.decision.given_by_id for word in found if word.decision}
    letters = Directive.objects.in_bulk([one.directive_id for one in found if one.directive_id])
    givers |= {letter.issuer_id for letter in letters.values()}
    named = organisation.known_as({*givers, *about}, today)
    names = {key: unit.name for key, unit in named.items()}
    people = _people(found)
    lines = []
    for word in sorted(found, key=lambda one: one.said.order, reverse=True):
        row_of, letter = word.decision, letters.get(word.directive_id or 0)
        giver = row_of.given_by_id if row_of else letter.issuer_id if letter else 0
        lines.append(
            Line(
                unit=names.get(word.unit_id, ""),
                on=word.said.on,
                at=word.said.at,
                amount=word.said.amount,
                adds=word.said.adds,
                paper=row_of.paper_number if row_of else _number(letter),
                by=names.get(giver, ""),
                who=people.get(row_of.pk, "") if row_of else "",
                reason=row_of.reason if row_of else "",
                holds=word not in replaced,
            )
        )
    return UnitPage(shown, row, tuple(lines))


def _replaced(found: list[words.Word]) -> list[words.Word]:
    """Return what a later decision about the same unit said anew."""
    last = {one.unit_id: one.said.order for one in _in_order(found) if one.decision}
    return [one for one in found if one.said.order < last.get(one.unit_id, _FIRST)]


def _in_order(found: list[words.Word]) -> list[words.Word]:
    return sorted(found, key=lambda one: one.said.order)


def _number(letter: Directive | None) -> str:
    return number_of(letter.confirmed) if letter else ""


def _people(found: list[words.Word]) -> dict[int, str]:
    """Return who wrote each decision down, by its id."""
    ids = [word.decision.pk for word in found if word.decision]
    return dict(Target.objects.filter(pk__in=ids).values_list("pk", "set_by__name"))
