"""The pupils of a school, or of several, on the road: by step and by class."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from donghanh.amendments import queries as amendments
from donghanh.domain import authority, names
from donghanh.domain.authority import Actor, Right
from donghanh.domain.matrix import doers_of
from donghanh.domain.procedure import RoadStatus, StageState, Step
from donghanh.dossiers import texts
from donghanh.dossiers.queries import roads as reads
from donghanh.dossiers.queries import wording
from donghanh.dossiers.queries.roads import Walk
from donghanh.dossiers.queries.wording import ClockRow, Need
from donghanh.lib.spreadsheet import Cell, Column, workbook
from donghanh.organisation import queries as organisation
from donghanh.people import queries as people
from donghanh.people.models import Consent, Invitation


@dataclass(frozen=True, slots=True)
class Filters:
    """What narrows the list; an empty value narrows nothing."""

    q: str = ""
    step: str = ""
    past: str = ""
    class_name: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """
    One pupil of the list.

    ``step`` is what the road waits for; ``open_steps`` are all it needs that can be done now, and
    ``past_steps`` those behind the pupil.
    """

    dossier_id: int
    name: str
    class_name: str
    school: str
    step: Step | None
    number: int
    total: int
    phase: str
    title: str
    status: RoadStatus
    status_label: str
    need: Need
    clock: ClockRow | None
    search: str = ""
    states: frozenset[str] = frozenset()
    open_steps: frozenset[Step] = frozenset()
    past_steps: frozenset[Step] = frozenset()


@dataclass(frozen=True, slots=True)
class StepBar:
    """How many pupils stand at a step, and in which phase it lies."""

    step: Step
    phase: str
    title: str
    count: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """A pupil who agreed and is not on the source list yet."""

    person_id: int
    invitation_id: int | None
    name: str
    class_name: str
    agreed: date


@dataclass(frozen=True, slots=True)
class Cohort:
    """Everything on the page of the cohort."""

    rows: tuple[Row, ...]
    all_rows: int
    bars: tuple[StepBar, ...]
    most: int
    classes: tuple[str, ...]
    candidates: tuple[Candidate, ...]
    invitations: tuple[Invitation, ...]
    filters: Filters = field(default_factory=Filters)
    many_schools: bool = False
    may_invite: bool = False
    may_open: bool = False
    may_take: bool = False
    simulated: bool = False

    @property
    def empty(self) -> bool:
        """Tell whether nobody was invited, agreed or walks."""
        return not (self.all_rows or self.candidates or self.invitations)


def cohort(actor: Actor, today: date, filters: Filters) -> Cohort:
    """
    Return the pupils an actor sees on the road, narrowed, in Vietnamese order of names.

    The number of statements does not grow with the number of pupils.

    Args:
        actor: Who looks.
        today: The day the roads are shown for (Asia/Ho_Chi_Minh).
        filters: What narrows the list; a step or state that does not exist narrows nothing.

    Raises:
        NotAllowed: The post reads no cases.

    Returns:
        The rows asked for; bars and classes are of everybody the actor sees.
    """
    authority.require(actor, Right.READ_CASES)
    book = amendments.current()
    found = reads.walks(actor, today, book)
    schools = organisation.known_as(actor.sees, today)
    labels = {key: unit.short_name for key, unit in schools.items()}
    rows = [_row(walk, labels.get(walk.dossier.school_id, ""), today) for walk in found]
    counts = Counter(row.step for row in rows if row.step is not None)
    phases = book.catalogue.phases
    bars = tuple(
        StepBar(rule.step, phases[rule.phase].title_vi, rule.short_vi, counts[rule.step])
        for rule in book.steps()
        if rule.blocks
    )
    return Cohort(
        rows=tuple(row for row in rows if _fits(row, filters)),
        all_rows=len(rows),
        bars=bars,
        most=max(counts.values(), default=1),
        classes=tuple(sorted({row.class_name for row in rows})),
        candidates=_candidates(actor),
        invitations=tuple(people.invitations_of(actor, today)),
        filters=filters,
        many_schools=len(actor.sees) > 1,
        may_invite=actor.may(Right.INVITE_PUPILS),
        may_open=actor.post.role in doers_of(book, Step.SOURCED),
        may_take=actor.may(Right.TAKE_LISTS),
        simulated=any(walk.dossier.simulated for walk in found),
    )


def _candidates(actor: Actor) -> tuple[Candidate, ...]:
    consents = Prefetch("consents", queryset=Consent.objects.order_by("id"))
    return tuple(
        Candidate(
            person_id=person.pk,
            invitation_id=person.invitation_id,
            name=person.full_name,
            class_name=person.class_name,
            agreed=min(consent.given_date for consent in person.consents.all()),
        )
        for person in reads.candidates(actor).prefetch_related(consents)
    )


def _row(walk: Walk, school: str, today: date) -> Row:
    road, person = walk.road, walk.dossier.person
    number, total = wording.place(road)
    need = wording.need(road, today)
    clock = wording.pressing(road, today)
    current = road.current if road.status not in wording.HALTED else None
    titles = {phase.code: phase.title_vi for phase in walk.book.phases()}
    return Row(
        dossier_id=walk.dossier.pk,
        name=person.full_name,
        class_name=person.class_name,
        school=school,
        step=current.step if current else None,
        number=number,
        total=total,
        phase=titles[current.rule.phase] if current else "",
        title=current.rule.short_vi if current else "",
        status=road.status,
        status_label=str(texts.ROAD_STATUSES[road.status]),
        need=need,
        clock=clock,
        search=person.search_key,
        states=_states(road.status, need, clock),
        open_steps=frozenset(one.step for one in road.open if one.rule.blocks and current),
        past_steps=frozenset(one.step for one in road.stages if one.state is StageState.DONE),
    )


def _states(status: RoadStatus, need: Need, clock: ClockRow | None) -> frozenset[str]:
    told = {
        "tre": clock is not None and clock.state == "late",
        "gan": clock is not None and clock.state == "near",
        "vuong": need.blocked,
        "du-bi": status is RoadStatus.ADMITTED,
        "chinh-thuc": status is RoadStatus.RECOGNISED,
        "ngung": status in wording.HALTED,
    }
    return frozenset(state for state, holds in told.items() if holds)


def _fits(row: Row, filters: Filters) -> bool:
    wanted = names.search_key(filters.q)
    return (
        all(word in row.search for word in wanted.split())
        and (filters.step not in set(Step) or filters.step in row.open_steps)
        and (filters.past not in set(Step) or filters.past in row.past_steps)
        and (not filters.class_name or row.class_name == filters.class_name)
        and (filters.state not in texts.STATES or filters.state in row.states)
    )


def list_workbook(page: Cohort) -> bytes:
    """Return the rows of a list as the bytes of an .xlsx, in the same order."""
    columns = [
        Column(_("Name"), 28),
        Column(_("Class"), 10),
        Column(_("School"), 28),
        Column(_("Step"), 8),
        Column(_("Phase"), 20),
        Column(_("Present step"), 44),
        Column(_("State"), 18),
        Column(_("What comes next"), 40),
        Column(_("Last day"), 14),
    ]
    rows: list[list[Cell]] = [
        [
            row.name,
            row.class_name,
            row.school,
            f"{row.number}/{row.total}",
            row.phase,
            row.title,
            row.status_label,
            row.need.text,
            row.clock.last_day if row.clock else None,
        ]
        for row in page.rows
    ]
    return workbook(_("Pupils on the road"), columns, rows)
