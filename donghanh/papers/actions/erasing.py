"""Lets go of all that is kept about the papers of a pupil who is being erased."""

from __future__ import annotations

from donghanh.papers.models import Letter, PaperFault, PaperNote, Sending


def forget(dossier_id: int) -> None:
    """
    Let go of notes, letters, sendings and what was wrong of one dossier.

    A job's work inside its own transaction; the caller leaves the line.
    """
    PaperFault.objects.filter(sending__dossier_id=dossier_id).delete()
    Sending.objects.filter(dossier_id=dossier_id).delete()
    Letter.objects.filter(dossier_id=dossier_id).delete()
    PaperNote.objects.filter(dossier_id=dossier_id).delete()
