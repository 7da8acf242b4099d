"""
Checking in: the sign on the screen, and whether one is good at an instant.

A sign is made from the installation's secret, the activity, the instant it was opened and the
minute. Nothing of it is stored, so nobody can read it out of a table or a copy of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.crypto import constant_time_compare

from donghanh.activities import texts
from donghanh.activities.models import Activity
from donghanh.activities.queries import found
from donghanh.domain import activities
from donghanh.domain.authority import Actor
from donghanh.domain.consent import Purpose
from donghanh.lib import sealed
from donghanh.people.models import Person

#: Signs of a code on the screen: nobody guesses one within its minutes.
_SIGNS = 20
_PURPOSE = "activities.check_in"


@dataclass(frozen=True, slots=True)
class Screen:
    """What the page shows from which pupils scan."""

    activity_id: int
    title: str
    place: str
    sign: str
    until: str
    checked_in: int


@dataclass(frozen=True, slots=True)
class Sign:
    """What a scanned code leads to; ``good``: its sign is one of the last minutes."""

    activity_id: int
    title: str
    open: bool
    good: bool


def is_open(activity: Activity, at: datetime) -> bool:
    """Tell whether pupils can check in at an instant."""
    if activity.held_at is not None or activity.called_off_at is not None:
        return False
    since, until = activity.open_since, activity.open_until
    return since is not None and until is not None and since <= at < until


def sign_of(activity: Activity, at: datetime) -> str:
    """Return the sign that the screen shows at an instant."""
    return _sign(activity, activities.windows(at)[0])


def signed(activity: Activity, sign: str, at: datetime) -> bool:
    """Tell whether a sign is that of the present minute or one of those just before."""
    taken = [_sign(activity, window) for window in activities.windows(at)]
    return any(constant_time_compare(sign, one) for one in taken)


def _sign(activity: Activity, window: int) -> str:
    since = activity.open_since
    told = f"{activity.pk}:{since.isoformat() if since else ''}:{window}"
    return sealed.mark(told, _PURPOSE)[:_SIGNS]


def screen(actor: Actor, activity_id: int, at: datetime) -> Screen | None:
    """
    Return what the screen shows, or ``None``: checking in is not open.

    Raises:
        Activity.DoesNotExist: Unknown, or of another unit.
        NotAllowed: The post holds no activities.
    """
    one = found.held_by(actor).get(pk=activity_id)
    if not is_open(one, at) or one.open_until is None:
        return None
    until = texts.hour(found.local(one.open_until).time())
    return Screen(one.pk, one.title, one.place, sign_of(one, at), until, one.checked_in)


def agreed_on(person: Person) -> date | None:
    """Return the day of the consent to the road that stands, or ``None``: there is none."""
    standing = person.consents.filter(purpose=Purpose.ROAD.value, withdrawn_at=None)
    return standing.values_list("given_date", flat=True).order_by("id").first()
