"""Lets go of what meetings said of a pupil who is being erased."""

from __future__ import annotations

from donghanh.meetings.models import AgendaItem, Draft


def forget(dossier_id: int) -> None:
    """
    Let go of the items and drafts of one dossier; what was decided stays in its acts.

    A job's work inside its own transaction; the caller leaves the line.
    """
    Draft.objects.filter(item__dossier_id=dossier_id).delete()
    AgendaItem.objects.filter(dossier_id=dossier_id).delete()
