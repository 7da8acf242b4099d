"""One of each thing about files that has an address of its own."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from donghanh.classes import actions as classes
from donghanh.classes.models import Seat
from donghanh.domain.acts import Destination, Step
from donghanh.domain.consent import Purpose
from donghanh.domain.courses import CourseKind
from donghanh.dossiers import actions as dossiers
from donghanh.dossiers.models import Dossier
from donghanh.handover import actions as handover
from donghanh.papers import actions as papers
from donghanh.people import actions as people
from tests import factory
from tests.factory import Cast


def fills(cast: Cast, dossier: Dossier, on: date) -> dict[str, Any]:
    """Return what the addresses about files are filled with, on a day."""
    secretary = factory.actor(cast.secretary, on)
    letter = papers.send_letter(
        actor=secretary,
        dossier_id=dossier.pk,
        new=papers.NewLetter(
            kind="residence",
            to_name="Chi ủy thôn (mô phỏng)",
            to_place="",
            paper_number="",
            on=on,
            remind_on=on + timedelta(days=30),
        ),
        at=factory.instant(on),
        today=on,
    )
    act = dossiers.NewAct(step=Step.SENT_TO_CLASS, on=on)
    factory.record(cast.secretary, dossier, act)
    course = classes.open_course(
        actor=secretary,
        school_id=cast.school.unit.pk,
        kind=CourseKind.AWARENESS,
        centre="Trung tâm chính trị (mô phỏng)",
        first=on,
        last=on,
        at=factory.instant(on),
    )
    chosen = [dossier.pk]
    classes.seat_pupils(
        actor=secretary,
        course_id=course.pk,
        dossier_ids=chosen,
        at=factory.instant(on),
        today=on,
    )
    asked, code = _leaving(cast, on)
    sent, other = _leaving(cast, on)
    handover.answer(code=other, agrees=True, at=factory.instant(on), on=on)
    secret = handover.send(
        actor=secretary,
        handover_id=sent,
        on=on,
        noted=handover.Noted(),
        at=factory.instant(on),
        today=on,
    )
    return {
        "form": "9-KNĐ",
        "act_number": 0,
        "letter_id": letter.pk,
        "course_id": course.pk,
        "seat_id": Seat.objects.get().pk,
        "handover_id": asked,
        "handover:own code": code,
        "handover:link word": secret.word if secret else "",
    }


def _leaving(cast: Cast, on: date) -> tuple[int, str]:
    """Ask a pupil about a hand-over; return its number and the pupil's own code."""
    code = factory.invited(cast.school, on=on - timedelta(days=3))
    person = people.accept_invitation(
        code=code,
        full_name="Lý Văn Ấm",
        birth_date=date(2006, 1, 1),
        union_member=True,
        lower_secondary=True,
        purposes=list(Purpose),
        at=factory.instant(on - timedelta(days=2)),
        on=on - timedelta(days=2),
        simulated=True,
    )
    opened = factory.opened(cast.school, person, on=on - timedelta(days=1))
    made = handover.begin(
        actor=factory.actor(cast.secretary, on),
        dossier_id=opened.pk,
        new=handover.Begin(to=Destination.LOCALITY, to_name="Đảng ủy xã (mô phỏng)"),
        at=factory.instant(on),
        today=on,
    )
    return made.pk, code
