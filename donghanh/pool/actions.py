"""Writes of the room of the pool: ratings; lists that are shown or taken away."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.core.paginator import Page, Paginator
from django.db import IntegrityError, transaction

from donghanh.domain import authority, rating
from donghanh.domain.authority import Actor
from donghanh.domain.calendar import BadSchoolYear, SchoolYear
from donghanh.domain.rating import Body, RatedAlready, ReasonMissing, YearOutside
from donghanh.domain.rights import Right
from donghanh.dossiers import actions as dossiers
from donghanh.history import actions as history
from donghanh.people import queries as people
from donghanh.people.models import Person
from donghanh.pool import queries
from donghanh.pool.models import Rating
from donghanh.pool.queries import Row

#: Rows of the list on one page.
ROWS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRating:
    """
    What a person records of a rating.

    ``corrects`` is the number of the rating it takes the place of, and ``reason`` says why.
    """

    year: str
    body: Body
    level: str
    met: date
    paper_number: str = ""
    corrects: int | None = None
    reason: str = ""


@transaction.atomic
def rate(*, actor: Actor, person_id: int, new: NewRating, at: datetime, today: date) -> Rating:
    """
    Record how a body of the Union rated a pupil as a member for a school year.

    Args:
        actor: The school's Union.
        person_id: The pupil; one whose consent stands.
        new: The rating; a correction names what it corrects, and why.
        at: The instant (aware, UTC).
        today: The day of recording (Asia/Ho_Chi_Minh).

    Raises:
        NotAllowed: The post rates nobody.
        Person.DoesNotExist: Unknown, not visible to the actor, or stopped.
        Rating.DoesNotExist: What is to be corrected is not of this pupil, year and body.
        RatedAlready: The body rated that year, or somebody else corrected first.
        ReasonMissing: A correction does not say why.
        RuleError: See ``domain.rating.check``.
    """
    person = people.visible_to(actor).get(pk=person_id)
    authority.require(actor, Right.RATE_MEMBERS, school_id=person.school_id)
    scale = queries.scale_on(new.met)
    try:
        year = SchoolYear.from_key(new.year)
    except BadSchoolYear as error:
        raise YearOutside(year=new.year) from error
    rating.check(
        year=year,
        level=new.level,
        scale=None if scale is None else scale.value,
        met=new.met,
        today=today,
    )
    corrected = _corrected(person, new)
    try:
        with transaction.atomic():
            kept = Rating.objects.create(
                person=person,
                school_year=year.key,
                body=new.body.value,
                level=new.level,
                scale_since=scale.since if scale is not None else new.met,
                met_date=new.met,
                paper_number=new.paper_number.strip(),
                corrects=corrected,
                reason=new.reason.strip()[:300] if corrected else "",
                recorded_at=at,
                recorded_by_id=actor.user_id,
            )
    except IntegrityError as error:
        raise RatedAlready(year=year.key) from error
    history.record(
        at=at,
        actor=actor,
        action="pool.rated" if corrected is None else "pool.rating_corrected",
        subject="person",
        subject_id=person.pk,
        facts={"rating": kept.pk, "year": year.key},
    )
    return kept


def _corrected(person: Person, new: NewRating) -> Rating | None:
    """Return the rating a new one takes the place of, of the same pupil, year and body."""
    if new.corrects is None:
        return None
    if not new.reason.strip():
        raise ReasonMissing
    mine = Rating.objects.filter(person=person, school_year=new.year, body=new.body.value)
    return mine.get(pk=new.corrects)


@transaction.atomic
def see_pool(
    *, actor: Actor, filters: queries.Filters, number: str | None, at: datetime, today: date
) -> tuple[queries.Pool, Page[Row]]:
    """
    Return the source, narrowed, and one page of it; whose names it shows is kept.

    Args:
        actor: Who looks.
        filters: What narrows it.
        number: Which page was asked for; the first where there is no such page.
        at: The instant (aware, UTC).
        today: The day (Asia/Ho_Chi_Minh).

    Raises:
        NotAllowed: The post reads no source.
    """
    found = queries.pool(actor, today, filters)
    rows = Paginator(found.rows, ROWS).get_page(number)
    _note(actor, at, list(rows), taken=False)
    return found, rows


@transaction.atomic
def export_pool(*, actor: Actor, filters: queries.Filters, at: datetime, today: date) -> bytes:
    """
    Return the source, narrowed, as the bytes of a workbook; the export is written down.

    Args:
        actor: Who takes it away.
        filters: What narrows it.
        at: The instant (aware, UTC).
        today: The day (Asia/Ho_Chi_Minh).

    Raises:
        NotAllowed: The post takes no lists away, or reads no source.
    """
    authority.require(actor, Right.TAKE_LISTS)
    found = queries.pool(actor, today, filters)
    _note(actor, at, list(found.rows), taken=True)
    return queries.pool_workbook(found)


def _note(actor: Actor, at: datetime, rows: list[Row], *, taken: bool) -> None:
    dossiers.note_list(
        actor=actor,
        at=at,
        where="pool",
        dossiers=[row.dossier_id for row in rows if row.dossier_id is not None],
        persons=[row.person_id for row in rows if row.dossier_id is None],
        taken=taken,
    )


@transaction.atomic
def open_ratings(
    *, actor: Actor, person_id: int, correcting: int | None, at: datetime, today: date
) -> queries.RatePage:
    """
    Show one pupil's ratings; the reading is written down, and the pupil sees it.

    Args:
        actor: Who reads.
        person_id: The pupil.
        correcting: The rating that is to be corrected, if any.
        at: The instant (aware, UTC).
        today: The day (Asia/Ho_Chi_Minh).

    Raises:
        NotAllowed: The post reads no source.
        Person.DoesNotExist: Unknown, or not visible to the actor.
    """
    page = queries.rate_page(actor, person_id, today, correcting)
    if page.dossier_id is None:
        dossiers.note_list(actor=actor, at=at, where="pool", dossiers=(), persons=[person_id])
    else:
        history.record(
            at=at,
            actor=actor,
            action="dossiers.read",
            subject="dossier",
            subject_id=page.dossier_id,
            facts={"part": "ratings"},
        )
    return page


def forget(person_id: int) -> None:
    """
    Let go of the ratings of a pupil who is being erased; the caller leaves the line.

    A job's work inside its own transaction.
    """
    for rating_id in _newest_first(person_id):
        Rating.objects.filter(pk=rating_id).delete()


def _newest_first(person_id: int) -> list[int]:
    """Return a pupil's ratings so that what corrects another comes before it."""
    found = Rating.objects.filter(person_id=person_id).order_by("-pk")
    return list(found.values_list("pk", flat=True))
