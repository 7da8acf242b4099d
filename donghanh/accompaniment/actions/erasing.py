"""Lets go of all that is kept of a pupil who is being erased."""

from __future__ import annotations

from donghanh.accompaniment.models import (
    Attendance,
    Challenge,
    Comment,
    Declining,
    Evidence,
    Membership,
    Note,
    NoteAnswer,
)


def forget(*, person_id: int, dossier_id: int | None) -> None:
    """
    Let go of challenges, notes, comments and clubs of a pupil; the caller leaves the line.

    A job's work inside its own transaction.

    Args:
        person_id: The pupil.
        dossier_id: The dossier, where there was one.
    """
    Attendance.objects.filter(membership__person_id=person_id).delete()
    Membership.objects.filter(person_id=person_id).delete()
    if dossier_id is None:
        return
    Evidence.objects.filter(challenge__dossier_id=dossier_id).delete()
    Declining.objects.filter(challenge__dossier_id=dossier_id).delete()
    Challenge.objects.filter(dossier_id=dossier_id).delete()
    NoteAnswer.objects.filter(note__dossier_id=dossier_id).delete()
    Note.objects.filter(dossier_id=dossier_id).delete()
    Comment.objects.filter(dossier_id=dossier_id).delete()
