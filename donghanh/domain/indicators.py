"""What each figure of the school report counts, and the cases behind it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar

from donghanh.domain.acts import Act, Step
from donghanh.domain.calendar import SchoolYear
from donghanh.domain.errors import RuleError
from donghanh.domain.roads import Road, StageState
from donghanh.domain.rules import Rulebook


class CutoffOutsideYear(RuleError):
    """The cut-off day is not a day of the school year."""

    code: ClassVar[str] = "indicators.cutoff_outside_year"


class Kind(StrEnum):
    """How an indicator counts; each kind is explained in rulebook/indicators.toml."""

    TAKING_PART = "taking_part"
    EVENT = "event"
    FAILED = "failed"
    WAITING = "waiting"
    OVERDUE = "overdue"


@dataclass(frozen=True, slots=True)
class Indicator:
    """
    One figure of the report.

    Attributes:
        code: Identifier.
        order: From 1, as shown.
        number: Its number in the proposed set of the report; 0 when it has none.
        kind: How it counts.
        step: The step whose acts it counts.
        when_skipped: The step that stands in where the first is skipped.
        before: For those who wait: the step they wait for.
        title: English gloss.
        title_vi: Label.
        counts_vi: What it counts.
        leaves_out_vi: What it leaves out.
        short_vi: Heading of a narrow column; the label where it has none.
        consolidated: A column of the consolidated table.
        answers_target: What the target of a unit is compared with; true of exactly one.
    """

    code: str
    order: int
    number: int
    kind: Kind
    step: Step | None
    when_skipped: Step | None
    before: Step | None
    title: str
    title_vi: str
    counts_vi: str
    leaves_out_vi: str
    short_vi: str
    consolidated: bool
    answers_target: bool


@dataclass(frozen=True, slots=True)
class Figure:
    """
    A counted figure.

    Attributes:
        code: The indicator.
        value: Persons, each once.
        cases: The keys of the cases behind it, ascending.
    """

    code: str
    value: int
    cases: tuple[int, ...]


def load(rulebook: Rulebook) -> tuple[Indicator, ...]:
    """
    Return the indicators of a rulebook, in the order they are shown.

    Args:
        rulebook: The rules.
    """
    return tuple(
        Indicator(
            code=table["code"],
            order=order,
            number=table["number"],
            kind=Kind(table["kind"]),
            step=_step(table.get("step")),
            when_skipped=_step(table.get("when_skipped")),
            before=_step(table.get("before")),
            title=table["title"],
            title_vi=table["title_vi"],
            counts_vi=table["counts_vi"],
            leaves_out_vi=table["leaves_out_vi"],
            short_vi=table.get("short_vi", table["title_vi"]),
            consolidated=table.get("consolidated", False),
            answers_target=table.get("answers_target", False),
        )
        for order, table in enumerate(rulebook.indicators(), start=1)
    )


def _step(code: str | None) -> Step | None:
    return None if code is None else Step(code)


def count(
    indicator: Indicator, roads: Mapping[int, Road], year: SchoolYear, cutoff: date
) -> Figure:
    """
    Return a figure and the cases behind it.

    Args:
        indicator: What to count.
        roads: One road per case, by the key of the case; one case per person.
        year: The school year.
        cutoff: Last day counted, inclusive; a day of the year.

    Returns:
        Each person once, however often the act was done again.

    Raises:
        CutoffOutsideYear: The cut-off is not a day of the year.

    Source:
        rulebook/indicators.toml
    """
    days = {key: day_of(indicator, road, year, cutoff) for key, road in roads.items()}
    cases = tuple(sorted(key for key, day in days.items() if day is not None))
    return Figure(indicator.code, len(cases), cases)


def day_of(indicator: Indicator, road: Road, year: SchoolYear, cutoff: date) -> date | None:
    """
    Return the day a case is counted for, or None where it is not counted.

    Args:
        indicator: What is counted.
        road: The case.
        year: The school year.
        cutoff: Last day counted, inclusive; a day of the year.

    Returns:
        The day of consent, of the first act of the span, of the last failed vote, or of the act
        that began the wait, as the kind has it.

    Raises:
        CutoffOutsideYear: The cut-off is not a day of the year.
    """
    if cutoff not in year:
        raise CutoffOutsideYear(cutoff=cutoff, since=year.since, last_day=year.last_day)
    if indicator.kind is Kind.TAKING_PART:
        return _takes_part(road, cutoff)
    done = _done(indicator.step, indicator.when_skipped, road)
    if indicator.kind is Kind.EVENT:
        return min((act.on for act in done if year.since <= act.on <= cutoff), default=None)
    if indicator.kind is Kind.FAILED:
        tries = () if indicator.step is None else road.stage(indicator.step).attempts
        failed = max((act.on for act in tries if year.since <= act.on <= cutoff), default=None)
        return None if any(act.on <= cutoff for act in done) else failed
    return _waits(indicator, road, done, cutoff)


def _takes_part(road: Road, cutoff: date) -> date | None:
    consented, stopped = road.case.consented_on, road.case.stopped_on
    if consented is None or consented > cutoff:
        return None
    return consented if stopped is None or stopped > cutoff else None


def _done(step: Step | None, when_skipped: Step | None, road: Road) -> tuple[Act, ...]:
    if step is None:
        return ()
    stage = road.stage(step)
    if stage.state is StageState.SKIPPED and when_skipped is not None:
        stage = road.stage(when_skipped)
    return stage.history


def _waits(indicator: Indicator, road: Road, done: tuple[Act, ...], cutoff: date) -> date | None:
    begun = max((act.on for act in done if act.on <= cutoff), default=None)
    if indicator.before is None or begun is None:
        return None
    awaited = road.stage(indicator.before)
    if any(act.on <= cutoff for act in awaited.history):
        return None
    late = any(one.last_day < cutoff for one in awaited.clocks if not one.is_local)
    return begun if late or indicator.kind is Kind.WAITING else None
