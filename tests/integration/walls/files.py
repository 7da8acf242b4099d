"""Rows of the rooms about files, for a case: so that a wall around each can be tried."""

from __future__ import annotations

from datetime import date, timedelta

from donghanh.accounts.models import User
from donghanh.classes.models import Course, Seat
from donghanh.dossiers.models import Dossier
from donghanh.handover.models import Handover
from donghanh.organisation.models import Unit
from donghanh.papers.models import Letter, PaperFault, PaperNote, Sending
from tests import factory


def about(dossier: Dossier, cell: Unit, committee: Unit, by: User, on: date) -> Handover:
    """Keep one row of each table about a case; return its hand-over."""
    at = factory.instant(on)
    PaperNote.objects.create(
        dossier=dossier, form="2-KNĐ", act_number=1, kept_at="Tủ 1", noted_at=at, noted_by=by
    )
    sending = Sending.objects.create(
        dossier=dossier,
        from_unit=cell,
        to_unit=committee,
        sent_date=on,
        sent_at=at,
        sent_by=by,
        received_date=on,
        received_by=by,
        returned_date=on,
        returned_by=by,
    )
    PaperFault.objects.create(sending=sending, form="2-KNĐ", kind="unsealed", sentence="Thiếu dấu.")
    Letter.objects.create(
        dossier=dossier,
        kind="residence",
        to_name="Chi ủy thôn (mô phỏng)",
        sent_date=on,
        remind_date=on + timedelta(days=30),
        kept_at=at,
        kept_by=by,
    )
    course = Course.objects.create(
        school_id=dossier.school_id,
        kind="awareness",
        centre="Trung tâm chính trị (mô phỏng)",
        first_date=on,
        last_date=on,
        opened_at=at,
        opened_by=by,
    )
    Seat.objects.create(course=course, dossier=dossier, seated_at=at, seated_by=by)
    return Handover.objects.create(
        dossier=dossier,
        from_school_id=dossier.school_id,
        from_unit=cell,
        to="locality",
        to_name="Đảng ủy xã (mô phỏng)",
        stand="considered",
        asked_date=on,
        asked_at=at,
        asked_by=by,
        wording="2026-11",
    )
