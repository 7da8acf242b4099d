"""An activity as a unit plans it, and pupils who check in, for the tests of activities."""

from __future__ import annotations

from datetime import date, time
from itertools import count
from typing import Any

from donghanh.accounts.models import User
from donghanh.activities import actions, queries
from donghanh.activities.models import Activity
from donghanh.domain.activities import Hours, Seen
from tests import factory
from tests.integration.pictures import files

_numbers = count(1)
BEGINS, ENDS = time(13), time(16)


def plan(on: date, **told: Any) -> actions.Plan:
    """Return what a unit says of an activity in the afternoon of a day."""
    usual = {
        "kind": "tradition",
        "title": "Về nguồn tại nhà ngục Đắk Mil",
        "place": "Xã Đức Lập",
        "audience": "Học sinh khối 11",
    }
    return actions.Plan(hours=Hours(on, BEGINS, ENDS), **(usual | told))


def planned(
    user: User, on: date, *, at: date | None = None, stated: int | None = None, **told: Any
) -> Activity:
    """Plan an activity in the morning of its day, or of another."""
    return actions.plan_activity(
        actor=factory.actor(user, at or on),
        plan=plan(on, **told),
        once=f"hd-{next(_numbers)}",
        stated=stated,
        at=factory.instant(at or on, 8),
    )


def opened(user: User, on: date, **told: Any) -> Activity:
    """Plan an activity and open checking in as it begins."""
    made = planned(user, on, **told)
    at = factory.instant(on, BEGINS.hour)
    actions.open_check_in(actor=factory.actor(user, on), activity_id=made.pk, at=at)
    made.refresh_from_db()
    return made


def checked_in(code: str, made: Activity, on: date, hour: int = 14) -> bool:
    """Let a pupil scan what the screen shows, and press."""
    at = factory.instant(on, hour)
    sign = queries.sign_of(made, at)
    return actions.check_in(code=code, activity_id=made.pk, sign=sign, at=at)


def photographed(user: User, made: Activity, on: date, *, wide: int = 1200) -> int:
    """Keep a photo of a held activity, and return its number."""
    return actions.add_photo(
        actor=factory.actor(user, on),
        activity_id=made.pk,
        file=files.picture((wide, 800)),
        alt="Học sinh trồng cây, nhìn từ phía sau",
        seen=Seen.NOBODY,
        at=factory.instant(on, 15),
    )
