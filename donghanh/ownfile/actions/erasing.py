"""
Erases who stopped, once the last day for it has come: a job's work, one pupil at a time.

What was done stays without whom it was done about: acts, tallies and totals are what they were.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from django.db import transaction

from donghanh.accompaniment import actions as accompaniment
from donghanh.accounts import actions as accounts
from donghanh.activities import actions as activities
from donghanh.classes import actions as classes
from donghanh.domain.requests import Kind, Outcome
from donghanh.domain.roads import Road
from donghanh.dossiers import queries as roads
from donghanh.dossiers.models import Act
from donghanh.handover import actions as handover
from donghanh.history import actions as history
from donghanh.meetings import actions as meetings
from donghanh.news import actions as news
from donghanh.organisation.models import Opening
from donghanh.ownfile import queries
from donghanh.ownfile.models import Request
from donghanh.papers import actions as papers
from donghanh.people import actions as people
from donghanh.people import queries as records
from donghanh.people.models import Person
from donghanh.pool import actions as pool

#: Stands where free words stood.
GONE = "—"


def purge(*, at: datetime, today: date) -> int:
    """
    Erase everybody whose last day has come, and forget the names of invitations that are over.

    Each pupil is a transaction of its own: stopped in the middle, the next time goes on.

    Args:
        at: The instant (aware, UTC).
        today: The day (Asia/Ho_Chi_Minh).

    Returns:
        How many were erased.
    """
    erased = sum(erase(person_id=one, at=at, today=today) for one in queries.erasable(today))
    people.forget_over(on=today, at=at)
    return erased


@transaction.atomic
def erase(*, person_id: int, at: datetime, today: date) -> bool:
    """
    Erase what tells who a pupil is who stopped; the pupil's own withdrawal acts.

    Name, keys, words, class, account's name, requests' values, reasons written beside acts, all
    that other rooms keep beside the road, and the way from the slip to the record go; of the day of
    birth the year stays, on a day of it with which the road is judged as before.

    Args:
        person_id: The pupil.
        at: The instant (aware, UTC).
        today: The day (Asia/Ho_Chi_Minh).

    Returns:
        Whether anything was erased: not who takes part, nor who was erased before.
    """
    found = queries.candidates().filter(pk=person_id).values_list("pk", flat=True)
    person = (
        Person.objects.select_for_update(of=("self",))
        .select_related("school", "user")
        .filter(pk__in=list(found))
        .first()
    )
    if person is None or person.erased_date is not None:
        return False
    actor = records.pupil_actor(person)
    dossier_id = _erase_dossier(person, today)
    accompaniment.forget(person_id=person.pk, dossier_id=dossier_id)
    activities.forget(person.pk)
    pool.forget(person.pk)
    news.forget(person.pk)
    if dossier_id is not None:
        for room in (papers, classes, handover, meetings):
            room.forget(dossier_id)
        Opening.objects.filter(dossier_number=dossier_id).update(reason=GONE)
    asked = Request.objects.filter(person=person)
    asked.update(value="", sentence="")
    ended = {Kind.DELETE.value: Outcome.DONE.value}
    for kind in asked.filter(outcome="").values_list("kind", flat=True):
        outcome = ended.get(kind, Outcome.TAKEN_BACK.value)
        asked.filter(outcome="", kind=kind).update(outcome=outcome, answered_at=at)
    accounts.forget(person.user)
    history.record(
        at=at,
        actor=actor,
        action="ownfile.erased",
        subject="person",
        subject_id=person.pk,
    )
    return True


def _erase_dossier(person: Person, today: date) -> int | None:
    """Erase the record, then the words beside its acts; return the dossier's number, if any."""
    walk = roads.own_walk(person, today)
    people.erase_record(person, born=_year_alone(person, walk), on=today)
    if walk is None:
        return None
    Act.objects.filter(dossier=walk.dossier).exclude(reason="").update(reason=GONE)
    return walk.dossier.pk


def _year_alone(person: Person, walk: roads.Walk | None) -> date:
    """
    Return a day of the year of birth with which the road is what it was.

    The first of the year; its last where something was done too young; a day of the same month
    where only that tells the two apart.
    """
    born = person.birth_date
    tried = date(born.year, 1, 1)
    if walk is None:
        return tried
    before = _judged(walk.road)
    for day in _coarse(born):
        walk.dossier.person.birth_date = day
        if _judged(roads.road_of(walk.dossier, walk.book, walk.today)) == before:
            return day
    return born


def _coarse(born: date) -> Iterator[date]:
    yield date(born.year, 1, 1)
    yield date(born.year, 12, 31)
    yield born.replace(day=1)
    yield born.replace(day=28)


def _judged(road: Road) -> tuple[object, ...]:
    """Return what figures are counted from, and what was done against a condition."""
    stages = tuple(
        (
            stage.step,
            stage.state,
            tuple(act.number for act in stage.history),
            tuple(act.number for act in stage.attempts),
            tuple((clock.name, clock.last_day, clock.done_on) for clock in stage.clocks),
        )
        for stage in road.stages
    )
    return road.status, stages, tuple(fault.act.number for fault in road.faults)
