"""Lets go of where a pupil went who is being erased; that a file was handed over stays."""

from __future__ import annotations

from donghanh.handover.models import Handover

#: Stands where free words stood.
GONE = "—"


def forget(dossier_id: int) -> None:
    """
    Let go of names and papers in the hand-overs of one dossier; the caller leaves the line.

    A job's work inside its own transaction.
    """
    found = Handover.objects.filter(dossier_id=dossier_id)
    found.update(to_name=GONE, to_place="", papers=[])
    found.exclude(receiver="").update(receiver=GONE)
