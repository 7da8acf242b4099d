"""What each figure of the school report counts, and the cases behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import ClassVar

from donghanh.domain.acts import Act, Step
from donghanh.domain.calendar import SchoolYear
from donghanh.domain.deadlines import Clock
from donghanh.domain.errors import RuleError
from donghanh.domain.reading import Table
from donghanh.domain.replaying import replay
from donghanh.domain.roads import Road, RoadStatus, StageState
from donghanh.domain.rules import Rulebook


class CutoffOutsideYear(RuleError):
    """The cut-off day is not a day of the school year."""

    code: ClassVar[str] = "indicators.cutoff_outside_year"


class Kind(StrEnum):
    """How an indicator counts; each kind is explained in rulebook/indicators.toml."""

    TAKING_PART = "taking_part"
    EVENT = "event"
    LATE = "late"
    FAILED = "failed"
    WAITING = "waiting"
    OVERDUE = "overdue"
    ON_TIME = "on_time"
    OPENING = "opening"
    EXPIRING = "expiring"
    MOVED = "moved"


_WAITS = frozenset({Kind.WAITING, Kind.OVERDUE, Kind.EXPIRING})
#: What takes a person off the list of sympathisers, once on it.
_LEAVES_LIST = frozenset({Step.UNLISTED, Step.DELETED, Step.ANNULLED, Step.ADMITTED})
#: Kinds of figures that no case is behind; ``domain.figures`` reads them.
BESIDE = frozenset({"entered", "clubs", "activities", "practices"})
#: Roads on which nobody waits for anything any more.
_OVER = frozenset(
    {RoadStatus.STOPPED, RoadStatus.UNLISTED, RoadStatus.DELETED, RoadStatus.ANNULLED}
)


@dataclass(frozen=True, slots=True)
class Indicator:
    """
    One figure of the report.

    Attributes:
        code: Identifier.
        order: From 1, as shown.
        number: Its number in the proposed set of the report; 0 when it has none.
        kind: How it counts.
        step: The step or turn whose acts it counts.
        when_skipped: The step that stands in where the first is skipped.
        before: For those who wait: the step they wait for.
        clocks: For what is late or overdue: names of the rules whose clocks are asked.
        unless: Turn that undoes what is counted.
        title: English gloss.
        title_vi: Label.
        counts_vi: What it counts.
        leaves_out_vi: What it leaves out.
        short_vi: Heading of a narrow column; the label where it has none.
        consolidated: A column of the consolidated table.
        answers_target: What the target of a unit is compared with; true of exactly one.
        earlier: Counted only where this step had been done before the school year.
        to: For those who moved: where to.
        confirmed: For those who moved: only once the other side confirmed, on that day.
        member: For those who moved: after the ceremony; None where it does not matter.
        within: For what is about to expire: so many days before its last day.
    """

    code: str
    order: int
    number: int
    kind: Kind
    step: Step | None
    when_skipped: Step | None
    before: Step | None
    clocks: tuple[str, ...]
    unless: Step | None
    title: str
    title_vi: str
    counts_vi: str
    leaves_out_vi: str
    short_vi: str
    consolidated: bool
    answers_target: bool
    earlier: Step | None = None
    to: tuple[str, ...] = ()
    confirmed: bool = False
    member: bool | None = None
    within: int = 0


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
    Return the indicators of a rulebook that are counted from cases, in the order they are shown.

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
            clocks=tuple(table.get("clocks", ())),
            unless=_step(table.get("unless")),
            title=table["title"],
            title_vi=table["title_vi"],
            counts_vi=table["counts_vi"],
            leaves_out_vi=table["leaves_out_vi"],
            short_vi=table.get("short_vi", table["title_vi"]),
            consolidated=table.get("consolidated", False),
            answers_target=table.get("answers_target", False),
            earlier=_step(table.get("earlier")),
            to=tuple(table.get("to", ())),
            confirmed=table.get("confirmed", False),
            member=table.get("member"),
            within=table.get("within", 0),
        )
        for order, table in enumerate(_counted(rulebook), start=1)
    )


def _counted(rulebook: Rulebook) -> Iterator[Table]:
    return (table for table in rulebook.indicators() if table["kind"] not in BESIDE)


def _step(code: str | None) -> Step | None:
    return None if code is None else Step(code)


def standing(road: Road, rulebook: Rulebook, cutoff: date) -> Road:
    """
    Return a road as it stood at the end of a day: nothing of what came later had been done.

    Args:
        road: The case as it stands now.
        rulebook: The rules.
        cutoff: The day. An act declared invalid since does not count, whenever that was.
    """
    acts = tuple(act for act in road.acts if act.on <= cutoff)
    stopped = road.case.stopped_on
    still = stopped is None or stopped > cutoff
    case = replace(road.case, stopped_on=None if still else stopped)
    return replay(acts, case, rulebook, cutoff)


def count(
    indicator: Indicator, roads: Mapping[int, Road], year: SchoolYear, cutoff: date
) -> Figure:
    """
    Return a figure and the cases behind it.

    Args:
        indicator: What to count.
        roads: One road per case, by the key of the case; one case per person. For what waits, ends
            or is undone, each as it stood on the cut-off.
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
    beside = _BESIDE_ACTS.get(indicator.kind)
    if beside is not None:
        return beside(indicator, road, year, cutoff)
    if indicator.earlier is not None and not any(
        act.on < year.since for act in _valid(indicator.earlier, road)
    ):
        return None
    if indicator.unless is not None and _until(_valid(indicator.unless, road), cutoff):
        return None
    done = _until(_done(indicator, road), cutoff)
    if indicator.kind is Kind.FAILED:
        return None if done else _failed(indicator, road, year, cutoff)
    if indicator.kind in _WAITS:
        return _waits(indicator, road, done, cutoff)
    first = min((act.on for act in done if act.on >= year.since), default=None)
    if indicator.kind in {Kind.LATE, Kind.ON_TIME}:
        late = any(clock.done_late for clock in _clocks(indicator, road))
        return first if late is (indicator.kind is Kind.LATE) else None
    return first


def _takes_part(indicator: Indicator, road: Road, year: SchoolYear, cutoff: date) -> date | None:
    consented, stopped = road.case.consented_on, road.case.stopped_on
    if consented is None or consented > cutoff:
        return None
    return consented if stopped is None or stopped > cutoff else None


def _on_list(indicator: Indicator, road: Road, year: SchoolYear, cutoff: date) -> date | None:
    """Return since when somebody stood on the list as the school year began."""
    if indicator.step is None:
        return None
    stopped = road.case.stopped_on
    if stopped is not None and stopped < year.since:
        return None
    before = [act for act in road.acts if not act.voided and act.on < year.since]
    turns = [act for act in before if act.step in _LEAVES_LIST or act.step is indicator.step]
    last = max(turns, key=lambda act: (act.on, act.number), default=None)
    return last.on if last is not None and last.step is indicator.step else None


def _moved(indicator: Indicator, road: Road, year: SchoolYear, cutoff: date) -> date | None:
    """Return the day of the first move in the year, or the day it was confirmed."""
    admitted = [act.on for act in _valid(Step.ADMITTED, road)]
    found = []
    for move in road.case.moves:
        day = move.received_on if indicator.confirmed else move.on
        member = any(on <= move.on for on in admitted)
        if day is None or move.to.value not in indicator.to:
            continue
        if indicator.member in {None, member} and year.since <= day <= cutoff:
            found.append(day)
    return min(found, default=None)


#: Kinds that go by more than the acts of one step.
_BESIDE_ACTS: Mapping[Kind, Callable[[Indicator, Road, SchoolYear, date], date | None]] = {
    Kind.TAKING_PART: _takes_part,
    Kind.OPENING: _on_list,
    Kind.MOVED: _moved,
}


def _until(acts: tuple[Act, ...], cutoff: date) -> tuple[Act, ...]:
    return tuple(act for act in acts if act.on <= cutoff)


def _valid(step: Step, road: Road) -> tuple[Act, ...]:
    """Return every valid act of a step or turn: failed votes too, and what a turn undid."""
    return tuple(act for act in road.acts if act.step is step and not act.voided)


def _done(indicator: Indicator, road: Road) -> tuple[Act, ...]:
    """Return the acts that did what is counted; what a later turn undid had been done."""
    if indicator.step is None:
        return ()
    stage = next((one for one in road.stages if one.step is indicator.step), None)
    if stage is None:
        return _valid(indicator.step, road)
    if stage.state is StageState.SKIPPED and indicator.when_skipped is not None:
        stage = road.stage(indicator.when_skipped)
    undone = [act for act in _valid(stage.step, road) if act.tally is None]
    return tuple(dict.fromkeys((*stage.history, *undone)))


def _failed(indicator: Indicator, road: Road, year: SchoolYear, cutoff: date) -> date | None:
    tries = () if indicator.step is None else road.stage(indicator.step).attempts
    return max((act.on for act in tries if year.since <= act.on <= cutoff), default=None)


def _clocks(indicator: Indicator, road: Road) -> tuple[Clock, ...]:
    """Return the central clocks an indicator asks; a local one only warns."""
    return tuple(
        clock
        for stage in road.stages
        for clock in stage.clocks
        if clock.name in indicator.clocks and not clock.is_local
    )


def _waits(indicator: Indicator, road: Road, done: tuple[Act, ...], cutoff: date) -> date | None:
    begun = max((act.on for act in done), default=None)
    if indicator.before is None or begun is None or road.status in _OVER:
        return None
    if _until(road.stage(indicator.before).history, cutoff):
        return None
    if indicator.kind is Kind.WAITING:
        return begun
    ends = [clock.last_day for clock in _clocks(indicator, road)]
    if indicator.kind is Kind.EXPIRING:
        return begun if any(0 <= (end - cutoff).days <= indicator.within for end in ends) else None
    return begun if any(end < cutoff for end in ends) else None
