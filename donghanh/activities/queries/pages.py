"""Everything on the page of one activity, and what a form about it begins with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from donghanh.activities import texts
from donghanh.activities.queries import found
from donghanh.activities.queries.found import Row
from donghanh.activities.queries.photos import Photographed, photographed
from donghanh.domain import activities
from donghanh.domain.activities import State
from donghanh.domain.authority import Actor
from donghanh.domain.rights import Right


@dataclass(frozen=True, slots=True)
class Page:
    """
    Everything on the page of one activity, for who looks.

    ``own``: the actor changes it; ``opens``: checking in can be opened now; ``looked_back`` the
    instant as a form sends it back, empty where nobody did.
    """

    row: Row
    activity_id: int
    year: str
    plan: str
    reason: str
    state: State
    words: str
    own: bool
    opens: bool
    open: bool
    until: str
    went_well: str
    next_time: str
    looked_back: str
    photos: tuple[Photographed, ...]
    more_photos: bool


def activity_page(actor: Actor, activity_id: int, now: datetime) -> Page:
    """
    Return the page of one activity; a fixed number of statements.

    Raises:
        Activity.DoesNotExist: Unknown, or not visible to the actor.
    """
    one = found.visible_to(actor, found.local(now).date()).get(pk=activity_id)
    state, kind = found.state_of(one, now), activities.kinds()[one.kind]
    until = one.open_until
    try:
        activities.opens_until(found.hours_of(one), found.local(now))
        in_time = True
    except activities.NotTheTime:
        in_time = False
    is_open = until is not None and now < until and one.called_off_at is None
    photos = photographed(actor, one.pk, now)
    return Page(
        row=found.rows([one], now)[0],
        activity_id=one.pk,
        year=one.school_year,
        plan=one.plan,
        reason=one.reason,
        state=state,
        words=kind.words_vi,
        own=actor.may(Right.HOLD_ACTIVITIES) and one.unit_id in actor.units,
        opens=in_time and state in {State.PLANNED, State.DUE},
        open=is_open,
        until="" if until is None else texts.hour(found.local(until).time()),
        went_well=one.went_well,
        next_time=one.next_time,
        looked_back="" if one.looked_back_at is None else one.looked_back_at.isoformat(),
        photos=photos,
        more_photos=len(photos) < activities.MOST_PHOTOS,
    )


def plan_of(actor: Actor, activity_id: int) -> dict[str, object]:
    """
    Return what is planned of an own activity, by the names of the fields of a form.

    Raises:
        Activity.DoesNotExist: Unknown, or of another unit.
        NotAllowed: The post holds none.
    """
    one = found.held_by(actor).get(pk=activity_id)
    names = ("kind", "title", "begins", "ends", "place", "audience", "plan")
    return {"on": one.on_date, **{name: getattr(one, name) for name in names}}
