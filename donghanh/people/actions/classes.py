"""In which class a pupil is in a school year: the one place where it is written."""

from __future__ import annotations

from datetime import date, datetime

from donghanh.domain.calendar import SchoolYear
from donghanh.people.models import Enrolment, Person


def first_class(person: Person, *, class_name: str, at: datetime, on: date) -> None:
    """
    Keep the class a pupil comes in with; the database writes it into the record.

    Part of an action: the pupil acts, and the caller writes the line.

    Args:
        person: The pupil, new.
        class_name: As the invitation has it.
        at: The instant (aware, UTC).
        on: The day (Asia/Ho_Chi_Minh): the class is that of its school year.
    """
    Enrolment.objects.create(
        person=person,
        school_id=person.school_id,
        school_year=SchoolYear.of(on).key,
        class_name=class_name,
        since_date=on,
        written_at=at,
        written_by_id=person.user_id,
    )
    person.class_name = class_name


def correct_class(*, person_id: int, class_name: str, account: int, at: datetime, on: date) -> None:
    """
    Write another class into the row of a pupil's school year; where it has none yet, a first one.

    Part of an action: the caller has asked for the right, checked the value and writes the line.

    Args:
        person_id: The pupil, whom the caller sees.
        class_name: The class.
        account: Who writes.
        at: The instant (aware, UTC).
        on: The day (Asia/Ho_Chi_Minh).
    """
    person = Person.objects.get(pk=person_id)
    year = SchoolYear.of(on).key
    of_year = {"person": person, "school_id": person.school_id, "school_year": year}
    told = {"class_name": class_name, "ended": "", "written_at": at, "written_by_id": account}
    if not Enrolment.objects.filter(**of_year).update(**told):
        Enrolment.objects.create(**of_year, **told, since_date=on)
