"""What was said about targets, by letters and by decisions, and what holds."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from donghanh.directives.models import UnitTarget
from donghanh.domain import targets
from donghanh.domain.targets import Said
from donghanh.targets.models import Target


@dataclass(frozen=True, slots=True)
class Word:
    """One letter or one decision about the target of a unit."""

    unit_id: int
    said: Said
    directive_id: int | None = None
    decision: Target | None = None


#: What was said, by unit.
Words = Mapping[int, tuple[Word, ...]]


def said_about(unit_ids: Iterable[int] | None, code: str, year: str, answers: str) -> Words:
    """
    Return what was said about units, oldest first, in two statements.

    Args:
        unit_ids: The units; ``None`` for all.
        code: The figure.
        year: The school year.
        answers: The figure letters speak of; about another one they say nothing.
    """
    found: dict[int, list[Word]] = {}
    asked = UnitTarget.objects.filter(
        school_year=year, directive__status="issued", directive__ended_how=""
    )
    decided = Target.objects.filter(school_year=year, indicator=code)
    if unit_ids is not None:
        ids = list(unit_ids)
        asked, decided = asked.filter(unit_id__in=ids), decided.filter(unit_id__in=ids)
    if code == answers:
        # Without the letters themselves: their texts are long, and not asked for here.
        told = (
            "unit_id",
            "amount",
            "directive_id",
            "directive__issued_date",
            "directive__issued_at",
        )
        for unit, amount, letter, issued, at in asked.values_list(*told):
            said = Said(issued, at, amount, adds=True)
            found.setdefault(unit, []).append(Word(unit, said, directive_id=letter))
    for row in decided.order_by("number"):
        said = Said(row.paper_date, row.set_at, row.amount, adds=False, number=row.number)
        found.setdefault(row.unit_id, []).append(Word(row.unit_id, said, decision=row))
    return {
        unit: tuple(sorted(words, key=lambda word: word.said.order))
        for unit, words in found.items()
    }


def held(words: Iterable[Word]) -> int | None:
    """Return the target that follows from what was said about one unit."""
    return targets.held(word.said for word in words)


def newest(words: Iterable[Word]) -> date | None:
    """Return the day of the newest letter or decision about one unit; ``None``: there is none."""
    return max((word.said.on for word in words), default=None)


def numbers(words: Words) -> dict[int, int]:
    """Return the number of the newest decision about each unit, by unit; none: absent."""
    return {
        unit: max(row.number for row in rows)
        for unit, said in words.items()
        if (rows := [word.decision for word in said if word.decision])
    }


def digest_of(units: Iterable[int], words: Words) -> str:
    """Return what tells two states of the targets of some units apart."""
    told = [
        (unit, [(word.said.on.isoformat(), word.said.amount) for word in words.get(unit, ())])
        for unit in sorted(units)
    ]
    return hashlib.sha256(repr(told).encode()).hexdigest()[:32]


def held_by(unit_ids: Iterable[int], code: str, year: str, answers: str) -> dict[int, int]:
    """Return the targets of units that hold, by unit id; a unit without one: absent."""
    words = said_about(unit_ids, code, year, answers)
    amounts = {unit: held(said) for unit, said in words.items()}
    return {unit: amount for unit, amount in amounts.items() if amount is not None}
