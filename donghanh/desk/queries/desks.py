"""A whole desk: its things, its funnel, and what a Union above sees instead."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse

from donghanh.amendments import queries as amendments
from donghanh.desk import texts
from donghanh.desk.queries import (
    accompanying,
    carrying,
    directed,
    files,
    heard,
    items,
    life,
    pictures,
    pupils,
    sittings,
)
from donghanh.desk.queries.pictures import SchoolLine
from donghanh.domain.authority import Actor
from donghanh.domain.calendar import SchoolYear
from donghanh.domain.procedure import Road, Step
from donghanh.domain.rights import Right, Role
from donghanh.domain.rules import Rulebook
from donghanh.dossiers import queries as dossiers
from donghanh.dossiers.queries import Duties
from donghanh.lib.charts import Chart
from donghanh.organisation import queries as organisation
from donghanh.papers import queries as papers


@dataclass(frozen=True, slots=True)
class Bar:
    """How many pupils have come past one step."""

    title: str
    count: int
    href: str


@dataclass(frozen=True, slots=True)
class Desk:
    """
    A desk on a day; each list has the most pressing first.

    ``left``: cases that are being told anew, and are missing from it.
    """

    today: date
    late: list[items.Item] = field(default_factory=list)
    soon: list[items.Item] = field(default_factory=list)
    waiting: list[items.Item] = field(default_factory=list)
    bars: list[Bar] = field(default_factory=list)
    lines: list[SchoolLine] = field(default_factory=list)
    year: str = ""
    years: tuple[str, ...] = ()
    charts: tuple[Chart, ...] = ()
    left: int = 0

    @property
    def totals(self) -> SchoolLine:
        """Return the sums over the schools."""
        return SchoolLine(
            name="",
            introduced=sum(line.introduced for line in self.lines),
            decided=sum(line.decided for line in self.lines),
            admitted=sum(line.admitted for line in self.lines),
        )

    @property
    def named(self) -> list[int]:
        """Return the dossiers whose pupils are named on it, each once, in order."""
        shown = (*self.late, *self.soon, *self.waiting)
        return list(dict.fromkeys(item.named for item in shown if item.named is not None))

    @property
    def tabs(self) -> list[dict[str, object]]:
        """Return the school years as links, for the tabs over an overview."""
        return [
            {
                "label": texts.school_year(year),
                "url": f"?nam={year}",
                "count": None,
                "current": year == self.year,
            }
            for year in self.years
        ]

    @property
    def lead(self) -> str:
        """Return the sentence that sums the desk up."""
        if self.year and not (self.late or self.soon or self.waiting):
            return texts.overview(len(self.lines))
        return texts.lead(len(self.late), len(self.soon), len(self.waiting))


def desk(actor: Actor, today: date, year: str = "", book: Rulebook | None = None) -> Desk:
    """
    Return the desk of an actor on a day, in a number of statements that does not grow.

    Args:
        actor: Whose desk.
        today: The day (Asia/Ho_Chi_Minh).
        year: School year a Union above looks at; the present one where blank.
        book: The rules, where they have been asked for already.
    """
    book = book or amendments.current()
    beside, lies_above = _beside(actor, today, book)
    if actor.post.role is Role.UPPER_UNION:
        found = sorted(beside, key=_order)
        return _overview(actor, today, year, book, found, lies_above)
    cases = None
    if actor.may(Right.READ_CASES):
        cases = dossiers.duties(actor, book, today, items.NEAR)
    moving = papers.in_motion(actor, today)
    about = files.cases(actor, book, today, moving)
    handed, unconfirmed = files.handed(actor, about, today)
    found = [
        *items.opened(actor),
        *sittings.planned(actor, today),
        *directed.ended(actor),
        *items.letters_due(actor, today),
        *items.reports_due(actor, today),
        *directed.drafts(actor),
        *items.department(actor, today),
        *items.agreed(actor, book),
        *pupils.asked(actor, today, book),
        *(items.mine(actor, cases, book, today) if cases else ()),
        *accompanying.waiting(actor),
        *accompanying.comments(actor, book, today),
        *files.ways(about, moving),
        *files.certificates(actor, about, today),
        *files.letters(actor, today),
        *handed,
        *beside,
    ]
    waits = [
        *items.silent(actor, today),
        *lies_above,
        *(items.others(cases, book, today) if cases else ()),
        *unconfirmed,
    ]
    others = sorted(waits, key=lambda item: -(item.waiting or 0))
    found.sort(key=_order)
    return Desk(
        today=today,
        late=[item for item in found if item.state == "late"],
        soon=[item for item in found if item.state != "late"],
        waiting=others,
        bars=_funnel(cases, book) if cases else [],
        left=cases.left if cases else 0,
    )


def _beside(actor: Actor, today: date, book: Rulebook) -> tuple[list[items.Item], list[items.Item]]:
    """Return what is to be done in the rooms beside the road, and what waits for others there."""
    voices = heard.pressing(actor, today)
    campaigns = carrying.carried(actor, today, book)
    found = [
        *(heard.due(voices, today) if voices else ()),
        *life.articles(actor),
        *life.practised(actor),
        *life.held(actor, today),
        *carrying.due(actor, campaigns, today),
    ]
    waits = [
        *(heard.gone(voices, today) if voices else ()),
        *carrying.silent(campaigns, today),
    ]
    return found, waits


def _order(item: items.Item) -> tuple[bool, int, str]:
    return item.left is None, item.left or 0, item.title


def _funnel(cases: Duties, book: Rulebook) -> list[Bar]:
    """Return how many pupils have come past each step; nothing where there is no pupil."""
    if not cases.everybody:
        return []
    return [
        Bar(
            title=book.step(step).short_vi,
            count=cases.past[step],
            href=f"{reverse('dossiers:cohort')}?qua={step.value}",
        )
        for step in _SHOWN
    ]


#: How many school years stand beside each other.
_BESIDE = 4
#: The steps a funnel shows.
_SHOWN = (
    Step.SOURCED,
    Step.INTRODUCED,
    Step.LISTED,
    Step.TRAINED,
    Step.APPLIED,
    Step.CELL_VOTED,
    Step.DECIDED,
    Step.ADMITTED,
    Step.RECOGNISED,
)


def _overview(
    actor: Actor,
    today: date,
    key: str,
    book: Rulebook,
    found: list[items.Item],
    waits: list[items.Item],
) -> Desk:
    """
    Return what a Union above sees: introduced and admitted by school, for one school year.

    Before it stands what is to be done in the rooms beside the road.
    """
    year = SchoolYear.from_key(key) if key else book.school_year(today)
    day = min(today, year.last_day)
    units = sorted(organisation.known_as(actor.schools, day).values(), key=lambda unit: unit.order)
    roads = dossiers.roads_of_schools(actor.schools, today)
    lines = [
        SchoolLine(
            name=unit.name,
            introduced=_within(roads[unit.id], Step.INTRODUCED, year),
            decided=_within(roads[unit.id], Step.DECIDED, year),
            admitted=_within(roads[unit.id], Step.ADMITTED, year),
        )
        for unit in units
    ]
    years = _years(roads, today, book)
    told = [(key, _totals(roads, SchoolYear.from_key(key))) for key in reversed(years[:_BESIDE])]
    return Desk(
        today=today,
        late=[item for item in found if item.state == "late"],
        soon=[item for item in found if item.state != "late"],
        waiting=waits,
        lines=lines,
        year=year.key,
        years=years,
        charts=pictures.union(lines, year.key, told),
    )


def _totals(roads: dict[int, dict[int, Road]], year: SchoolYear) -> tuple[int, ...]:
    """Return how many were introduced, decided, admitted in a school year, over all schools."""
    steps = (Step.INTRODUCED, Step.DECIDED, Step.ADMITTED)
    return tuple(sum(_within(road, step, year) for road in roads.values()) for step in steps)


def _within(roads: dict[int, Road], step: Step, year: SchoolYear) -> int:
    """Return how many roads did a step in a school year, each counted once."""
    acts = (road.stage(step).act for road in roads.values())
    return sum(1 for act in acts if act is not None and act.on in year)


def _years(roads: dict[int, dict[int, Road]], today: date, book: Rulebook) -> tuple[str, ...]:
    """Return the school years there are acts in, and the present one, newest first."""
    days = {act.on for school in roads.values() for road in school.values() for act in road.acts}
    return tuple(sorted({book.school_year(day).key for day in days | {today}}, reverse=True))
