"""The pupils of a school, or of several, on the road: by step and by class."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Prefetch

from donghanh.amendments import queries as amendments
from donghanh.domain import authority
from donghanh.domain.authority import Actor
from donghanh.domain.matrix import doers_of
from donghanh.domain.procedure import RoadStatus, Step
from donghanh.domain.rights import Right
from donghanh.domain.rules import Rulebook
from donghanh.dossiers import texts
from donghanh.dossiers.queries import roads as reads
from donghanh.dossiers.queries import standings, wording
from donghanh.dossiers.queries.narrowing import Filters, narrowed
from donghanh.dossiers.queries.roads import Walk
from donghanh.dossiers.queries.standings import Sight, Told
from donghanh.dossiers.queries.wording import ClockRow, Need
from donghanh.organisation import queries as organisation
from donghanh.people import queries as people
from donghanh.people.models import Consent, Invitation


@dataclass(frozen=True, slots=True)
class Row:
    """
    One pupil of the list; ``step`` is what the road waits for; ``rests``: at the pupil's wish.
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
    rests: bool = False


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
    rests: bool = False


@dataclass(frozen=True, slots=True)
class Listed:
    """
    The pupils of a list in Vietnamese order of names; a page of it is fetched when it is asked for.

    Attributes:
        actor: Who looks.
        today: The day.
        book: The rules.
        labels: What the schools are called.
        fresh: Its rows whose standing holds.
        told: Its rows that were replayed.
    """

    actor: Actor
    today: date
    book: Rulebook
    labels: Mapping[int, str]
    fresh: standings.Rows
    told: tuple[Told, ...]

    def count(self) -> int:
        """Return how many they are."""
        return self.fresh.count() + len(self.told)

    def __len__(self) -> int:
        """Return how many they are."""
        return self.count()

    def __getitem__(self, part: slice) -> list[Row]:
        """Return one page, each road replayed for the day: whatever was kept is shown as it is."""
        first = part.start or 0
        chosen = standings.page_of(self.fresh, self.told, first, (part.stop or 0) - first)
        walks = reads.walks_among(self.actor, chosen, self.today, self.book)
        return [row_of(walk, self.labels.get(walk.dossier.school_id, "")) for walk in walks]


@dataclass(frozen=True, slots=True)
class Cohort:
    """
    Everything on the page of the cohort.

    ``left``: cases that are being told anew, and are missing from the numbers by step and from what
    is narrowed by step or state.
    """

    rows: Listed
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
    left: int = 0

    @property
    def empty(self) -> bool:
        """Tell whether nobody was invited, agreed or walks."""
        return not (self.all_rows or self.candidates or self.invitations)


@dataclass(frozen=True, slots=True)
class _Counts:
    """Everybody in sight, by step and class."""

    everybody: int
    steps: Counter[str]
    classes: frozenset[str]
    simulated: bool


def cohort(actor: Actor, today: date, filters: Filters, book: Rulebook | None = None) -> Cohort:
    """
    Return the pupils an actor sees on the road, narrowed, in Vietnamese order of names.

    The number of statements does not grow with the number of pupils.

    Args:
        actor: Who looks.
        today: The day the roads are shown for (Asia/Ho_Chi_Minh).
        filters: What narrows the list; a step or state that does not exist narrows nothing.
        book: The rules, where they have been asked for already.

    Raises:
        NotAllowed: The post reads no cases.

    Returns:
        The rows asked for; bars and classes are of everybody the actor sees.
    """
    authority.require(actor, Right.READ_CASES)
    book = book or amendments.current()
    seen = standings.sight(actor, book, today)
    schools = organisation.known_as(actor.sees, today)
    labels = {key: unit.short_name for key, unit in schools.items()}
    counts = _counted(seen)
    phases = book.catalogue.phases
    bars = tuple(
        StepBar(
            rule.step, phases[rule.phase].title_vi, rule.short_vi, counts.steps[rule.step.value]
        )
        for rule in book.steps()
        if rule.blocks
    )
    fresh, told = narrowed(seen, filters, actor, today)
    return Cohort(
        rows=Listed(actor, today, book, labels, fresh, told),
        all_rows=counts.everybody + seen.left,
        bars=bars,
        most=max(counts.steps.values(), default=1),
        classes=tuple(sorted(counts.classes)),
        candidates=_candidates(actor),
        invitations=tuple(people.invitations_of(actor, today)),
        filters=filters,
        many_schools=len(actor.sees) > 1,
        may_invite=actor.may(Right.INVITE_PUPILS),
        may_open=actor.post.role in doers_of(book, Step.SOURCED),
        may_take=actor.may(Right.TAKE_LISTS),
        simulated=counts.simulated,
        left=seen.left,
    )


def _counted(seen: Sight) -> _Counts:
    """Count everybody in sight by one grouped statement, and what was replayed beside it."""
    groups = seen.fresh.values_list("step", "class_name", "simulated").annotate(n=Count("pk"))
    found = list(groups.order_by())
    found += [
        (one.standing.step, one.walk.dossier.person.class_name, one.walk.dossier.simulated, 1)
        for one in seen.told
    ]
    steps: Counter[str] = Counter()
    for step, _, _, count in found:
        if step:
            steps[step] += count
    return _Counts(
        everybody=sum(count for *_, count in found),
        steps=steps,
        classes=frozenset(class_name for _, class_name, _, _ in found),
        simulated=any(simulated for _, _, simulated, _ in found),
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
            rests=person.rests_since is not None,
        )
        for person in reads.candidates(actor).prefetch_related(consents)
    )


def row_of(walk: Walk, school: str) -> Row:
    """Return a pupil as the list shows it."""
    road, person, today = walk.road, walk.dossier.person, walk.today
    number, total = wording.place(road)
    need = wording.need(road, walk.book, today)
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
        rests=reads.rests(walk),
    )
