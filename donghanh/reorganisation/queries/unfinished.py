"""What is under way at the units an operation touches, counted, and what becomes of it."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from django.db.models import Q

from donghanh.classes.models import Course
from donghanh.handover.models import Handover
from donghanh.meetings.models import Meeting
from donghanh.papers.models import Sending


@dataclass(frozen=True, slots=True)
class Unfinished:
    """
    What is under way at the units touched, in numbers.

    ``meetings``, ``classes``, ``handovers`` and ``sendings`` go on with whoever carries the units
    on. ``stuck_meetings`` are of committees that end, ``stuck_sendings`` are on their way to one:
    nobody can close or confirm them once it has ended.
    """

    meetings: int = 0
    classes: int = 0
    handovers: int = 0
    sendings: int = 0
    stuck_meetings: int = 0
    stuck_sendings: int = 0

    @property
    def any(self) -> bool:
        """Tell whether anything is under way."""
        return self != Unfinished()

    @property
    def stuck(self) -> bool:
        """Tell whether something has to be finished before the day."""
        return bool(self.stuck_meetings or self.stuck_sendings)


def unfinished(
    units: AbstractSet[int], schools: AbstractSet[int], ended: AbstractSet[int]
) -> Unfinished:
    """
    Return what is under way at some units.

    Args:
        units: Ids of the units an operation touches.
        schools: Ids of the schools among them, and of those where the others work.
        ended: Ids of the units that end.
    """
    held = Meeting.objects.filter(closed_at=None, cancelled_at=None)
    own = held.filter(school=None, unit_id__in=units)
    sent = Sending.objects.filter(received_date=None, returned_date=None)
    theirs = Q(from_unit_id__in=units) | Q(dossier__school_id__in=schools)
    moved = Handover.objects.filter(
        Q(from_school_id__in=schools) | Q(to_school_id__in=schools),
        stands=True,
        sent_date__isnull=False,
        received_at=None,
        called_back_at=None,
    )
    waiting = Course.objects.filter(school_id__in=schools, seats__passed=None).exclude(seats=None)
    return Unfinished(
        meetings=held.filter(school_id__in=schools).count() + own.exclude(unit__in=ended).count(),
        classes=waiting.distinct().count(),
        handovers=moved.count(),
        sendings=sent.filter(theirs | Q(to_unit_id__in=units)).exclude(to_unit__in=ended).count(),
        stuck_meetings=own.filter(unit__in=ended).count(),
        stuck_sendings=sent.filter(to_unit_id__in=ended).count(),
    )
