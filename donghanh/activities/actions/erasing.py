"""Lets go of what is kept of a pupil who is being erased."""

from __future__ import annotations

from donghanh.activities.models import CheckIn


def forget(person_id: int) -> None:
    """
    Let go of where a pupil checked in; the numbers of the activities stay as they were stated.

    A job's work inside its own transaction; the caller leaves the line.
    """
    CheckIn.objects.filter(person_id=person_id).delete()
