"""Reads of the room of the pool: ratings, and who is ready for the next step."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from donghanh.amendments import queries as amendments
from donghanh.domain import authority, names, rating
from donghanh.domain.authority import Actor
from donghanh.domain.calendar import SchoolYear
from donghanh.domain.rating import Body
from donghanh.domain.rights import Right
from donghanh.domain.rules import Rulebook
from donghanh.domain.timeline import Entry
from donghanh.domain.year_classes import class_of_year
from donghanh.dossiers import queries as dossiers
from donghanh.dossiers.queries import Rest
from donghanh.dossiers.queries.wording import Cite
from donghanh.lib.spreadsheet import Cell, Column, workbook
from donghanh.people import queries as people
from donghanh.people.models import Person
from donghanh.pool import texts
from donghanh.pool.models import Rating
from donghanh.pool.queries import readiness
from donghanh.pool.queries.readiness import Lack

#: The rule that holds the scales.
LEVELS = "rating.levels"


@dataclass(frozen=True, slots=True)
class Filters:
    """What narrows the list; an empty value narrows nothing."""

    q: str = ""
    class_name: str = ""
    ready: str = ""
    lack: str = ""


@dataclass(frozen=True, slots=True)
class Rated:
    """
    One rating as a page shows it.

    ``key`` is the body's; ``class_name`` the class of the school year rated, blank where it is not
    known; ``holds``: nothing corrects it.
    """

    id: int
    year: str
    class_name: str
    key: str
    body: str
    level: str
    met: date
    number: str
    reason: str
    holds: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One pupil of the source; ``ready`` is a key of ``texts.READINESS``."""

    person_id: int
    dossier_id: int | None
    name: str
    class_name: str
    step: str
    ready: str
    label: str
    state: str
    note: str
    lacks: tuple[Lack, ...]
    rated: str
    search: str
    rests: bool = False

    @property
    def now(self) -> tuple[Lack, ...]:
        """Return what is missing for the next step."""
        return tuple(lack for lack in self.lacks if not lack.later)

    @property
    def later(self) -> tuple[Lack, ...]:
        """Return what is missing for a step after it."""
        return tuple(lack for lack in self.lacks if lack.later)


@dataclass(frozen=True, slots=True)
class Pool:
    """The source as it is narrowed; ``counts`` and ``classes`` are of everybody in sight."""

    rows: tuple[Row, ...]
    all_rows: int
    counts: tuple[tuple[str, str, int], ...]
    classes: tuple[str, ...]
    filters: Filters = field(default_factory=Filters)
    may_rate: bool = False
    may_take: bool = False
    simulated: bool = False


def ratings_of(people_: Iterable[int]) -> QuerySet[Rating]:
    """Return the ratings of some pupils, the newest school year first, then as recorded."""
    found = Rating.objects.filter(person_id__in=list(people_)).select_related("corrected_by")
    return found.order_by("-school_year", "-id")


def rated(person_id: int) -> tuple[Rated, ...]:
    """Return the ratings of a pupil as pages show them."""
    classes = people.classes_of([person_id])[person_id]
    return tuple(
        Rated(
            id=one.pk,
            year=one.school_year,
            class_name=class_of_year(classes, SchoolYear.from_key(one.school_year)),
            key=one.body,
            body=str(texts.BODIES[Body(one.body)]),
            level=one.level,
            met=one.met_date,
            number=one.paper_number,
            reason=one.reason,
            holds=not hasattr(one, "corrected_by"),
        )
        for one in ratings_of([person_id])
    )


def scale_on(day: date, book: Rulebook | None = None) -> Entry[tuple[str, ...]] | None:
    """Return the scale that holds on a day, with its rule; ``None``: none does."""
    return (book or amendments.current()).find_reasons(LEVELS, day)


def levels_of(years: Sequence[SchoolYear], book: Rulebook) -> tuple[tuple[str, str], ...]:
    """Return every level of the scales that hold in some school years, as choices of a form."""
    days = [day for year in years for day in (year.since, year.last_day)]
    scales = [entry.value for entry in (scale_on(day, book) for day in days) if entry is not None]
    every = dict.fromkeys(level for scale in scales for level in scale)
    return tuple((level, level) for level in every)


def pool(actor: Actor, today: date, filters: Filters) -> Pool:
    """
    Return who agreed and has not been decided about, narrowed, in Vietnamese order of names.

    The number of statements does not grow with the number of pupils.

    Args:
        actor: Who looks; of the school's cell or Union.
        today: The day (Asia/Ho_Chi_Minh).
        filters: What narrows the list; what does not exist narrows nothing.

    Raises:
        NotAllowed: The post reads no source.
    """
    authority.require(actor, Right.READ_POOL)
    book = amendments.current()
    walks = readiness.in_the_pool(dossiers.walks_of(actor, today, readiness.OPEN, book))
    waiting = list(dossiers.candidates(actor))
    here = [walk.dossier.person for walk in walks] + waiting
    latest = _latest(here)
    scale = scale_on(today, book)
    missing = dossiers.cites([scale]) if scale is not None else ()
    rows = [
        _row(walk.dossier.person, readiness.of(walk), latest, missing, walk.dossier.pk)
        for walk in walks
    ]
    rows += [_row(person, readiness.AGREED, latest, missing, None) for person in waiting]
    order = {person.pk: (person.sort_key, person.pk) for person in here}
    rows.sort(key=lambda row: order[row.person_id])
    return Pool(
        rows=tuple(row for row in rows if _fits(row, filters)),
        all_rows=len(rows),
        counts=tuple(
            (key, str(label), sum(1 for row in rows if row.ready == key))
            for key, label in texts.READINESS.items()
        ),
        classes=tuple(sorted({row.class_name for row in rows})),
        filters=filters,
        may_rate=actor.may(Right.RATE_MEMBERS),
        may_take=actor.may(Right.TAKE_LISTS),
        simulated=any(person.simulated for person in here),
    )


def _latest(here: Sequence[Person]) -> dict[int, Rating]:
    """Return the rating that holds of each pupil: of the newest year, the committee's first."""
    found: dict[int, Rating] = {}
    for one in ratings_of(person.pk for person in here):
        if hasattr(one, "corrected_by"):
            continue
        kept = found.get(one.person_id)
        better = kept is not None and (kept.school_year, kept.body) >= (one.school_year, one.body)
        if not better:
            found[one.person_id] = one
    return found


def _row(
    person: Person,
    told: readiness.Told,
    latest: dict[int, Rating],
    missing: tuple[Cite, ...],
    dossier_id: int | None,
) -> Row:
    held = latest.get(person.pk)
    lacks = told.lacks
    if held is None and told.before_introduction:
        lacks += (Lack("xep-loai", _("No yearly rating of the Union is recorded"), missing),)
    return Row(
        person_id=person.pk,
        dossier_id=dossier_id,
        name=person.full_name,
        class_name=person.class_name,
        step=told.step,
        ready=told.ready,
        label=str(texts.READINESS[told.ready]),
        state={"san-sang": "done", "cho-ngay": "waiting", "con-thieu": "near"}[told.ready],
        note=told.note,
        lacks=lacks,
        rated=f"{held.school_year}: {held.level}" if held is not None else "",
        search=person.search_key,
        rests=person.rests_since is not None,
    )


def _fits(row: Row, filters: Filters) -> bool:
    words = names.search_key(filters.q).split()
    kinds = {lack.kind for lack in row.lacks}
    return (
        all(word in row.search for word in words)
        and (not filters.class_name or row.class_name == filters.class_name)
        and (filters.ready not in texts.READINESS or row.ready == filters.ready)
        and (filters.lack not in texts.LACKS or filters.lack in kinds)
    )


def pool_workbook(page: Pool) -> bytes:
    """Return the rows of the source as the bytes of an .xlsx, in the same order."""
    columns = [
        Column(_("Name"), 28),
        Column(_("Class"), 10),
        Column(_("Next step"), 44),
        Column(_("State"), 20),
        Column(_("What is missing"), 60),
        Column(_("Yearly rating"), 34),
    ]
    rows: list[list[Cell]] = [
        [
            row.name,
            row.class_name,
            row.step,
            row.label,
            "; ".join(lack.text for lack in row.lacks) or row.note,
            row.rated,
        ]
        for row in page.rows
    ]
    return workbook(_("The source"), columns, rows)


@dataclass(frozen=True, slots=True)
class RatePage:
    """The page that rates one pupil; ``correcting`` is the rating a new one would correct."""

    person_id: int
    dossier_id: int | None
    name: str
    class_name: str
    ratings: tuple[Rated, ...]
    years: tuple[str, ...]
    levels: tuple[tuple[str, str], ...]
    cites: tuple[Cite, ...]
    correcting: Rated | None
    may_rate: bool
    simulated: bool
    rest: Rest | None = None


def rate_page(actor: Actor, person_id: int, today: date, correcting: int | None) -> RatePage:
    """
    Return the page of one pupil's ratings.

    Args:
        actor: Who looks; of the school's cell or Union.
        person_id: The pupil.
        today: The day (Asia/Ho_Chi_Minh).
        correcting: The rating that is to be corrected, if any.

    Raises:
        NotAllowed: The post reads no source.
        Person.DoesNotExist: Unknown, or not visible to the actor.
    """
    authority.require(actor, Right.READ_POOL)
    person = people.visible_to(actor).get(pk=person_id)
    book = amendments.current()
    years = rating.years_at_school(today)
    found = rated(person.pk)
    scale = scale_on(today, book)
    mine = dossiers.visible_to(actor).filter(person=person).values_list("pk", flat=True)
    return RatePage(
        person_id=person.pk,
        dossier_id=mine.first(),
        name=person.full_name,
        class_name=person.class_name,
        ratings=found,
        years=tuple(year.key for year in years),
        levels=levels_of(years, book),
        cites=dossiers.cites([scale]) if scale is not None else (),
        correcting=next((one for one in found if one.id == correcting and one.holds), None),
        may_rate=actor.may(Right.RATE_MEMBERS) and person.rests_since is None,
        simulated=person.simulated,
        rest=dossiers.rest(person.rests_since, book, today),
    )


def own_ratings(code: str) -> tuple[Rated, ...] | None:
    """Return the ratings of the pupil whose own code this is; ``None``: it is nobody's."""
    person = people.own_record(code)
    return None if person is None else rated(person.pk)
