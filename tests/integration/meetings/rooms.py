"""What the tests of meetings share: pupils at one step, a meeting about them, what was typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from donghanh.accounts.models import User
from donghanh.domain.acts import Step
from donghanh.domain.sitting import Attendance, Body
from donghanh.domain.voting import Exclusion
from donghanh.dossiers.models import Dossier
from donghanh.meetings import actions, queries
from donghanh.meetings.models import AgendaItem, Meeting
from tests import factory
from tests.factory import BEGINS, OFFSETS, Cast

BEGIN = BEGINS["R1"]
#: Three in sixteen are away; thirteen convened, twelve there.
THERE = Attendance(
    official=16, convened=14, present=12, excluded=2, excluded_by=((Exclusion.AWAY, 2),)
)
PASS = {"favour": "11", "against": "1"}
FAIL = {"favour": "9", "against": "3"}
DELAY = {"delayed": "1", "word": "Chờ xác nhận nơi cư trú"}


def day_of(step: Step) -> date:
    """Return the day on which a smooth road does a step."""
    return BEGIN + timedelta(days=OFFSETS[step])


@dataclass(frozen=True, slots=True)
class Room:
    """A meeting as somebody holds it."""

    cast: Cast
    user: User
    on: date
    meeting: Meeting
    step: Step

    @property
    def items(self) -> list[AgendaItem]:
        """Return what is on the agenda, in its order."""
        return list(AgendaItem.objects.filter(meeting=self.meeting).order_by("position"))

    def item(self, dossier: Dossier) -> AgendaItem:
        """Return the item of a pupil."""
        return AgendaItem.objects.get(meeting=self.meeting, dossier=dossier)

    def type(self, dossier: Dossier, typed: Mapping[str, str]) -> None:
        """Type what was said of a pupil."""
        actions.keep_draft(
            actor=factory.actor(self.user, self.on),
            meeting_id=self.meeting.pk,
            item_id=self.item(dossier).pk,
            typed=typed,
            at=factory.instant(self.on, 15),
        )

    def page(self, today: date | None = None) -> queries.MeetingPage:
        """Return the meeting as whoever holds it sees it."""
        day = today or self.on
        meeting = Meeting.objects.get(pk=self.meeting.pk)
        return queries.meeting_page(factory.actor(self.user, day), meeting, day)

    def close(self, *, seal: str | None = None, today: date | None = None) -> Meeting:
        """Close the meeting, as it stands."""
        day = today or self.on
        return actions.close_meeting(
            actor=factory.actor(self.user, day),
            meeting_id=self.meeting.pk,
            seal=self.page(day).seal if seal is None else seal,
            at=factory.instant(day, 17),
            today=day,
        )

    def paper(self, slug: str) -> bytes:
        """Take a paper of the closed meeting."""
        return actions.take_paper(
            actor=factory.actor(self.user, self.on),
            meeting_id=self.meeting.pk,
            slug=slug,
            at=factory.instant(self.on, 18),
            today=self.on,
        )[1]


def planned(cast: Cast, user: User, body: Body, on: date, class_name: str = "") -> Meeting:
    """Plan a meeting and tell who is there."""
    actor = factory.actor(user, on)
    new = actions.NewMeeting(
        body=body,
        on=on,
        chair="Cao Thị Bích",
        taker="Lò Văn Tấn",
        place="Phòng họp nhà A",
        class_name=class_name,
    )
    meeting = actions.plan_meeting(actor=actor, new=new, at=factory.instant(on, 7))
    return actions.tell_attendance(
        actor=actor, meeting_id=meeting.pk, there=THERE, at=factory.instant(on, 14)
    )


def room(
    cast: Cast,
    dossiers: list[Dossier],
    *,
    body: Body = Body.CELL,
    step: Step = Step.CELL_VOTED,
    on: date | None = None,
    user: User | None = None,
    class_name: str = "",
) -> Room:
    """Plan a meeting about pupils, by default of the cell that votes on them."""
    day = on or day_of(step)
    holder = user or cast.secretary
    meeting = planned(cast, holder, body, day, class_name)
    actions.add_items(
        actor=factory.actor(holder, day),
        meeting_id=meeting.pk,
        step=step,
        dossier_ids=[dossier.pk for dossier in dossiers],
        at=factory.instant(day, 8),
        today=day,
    )
    return Room(cast, holder, day, meeting, step)


def waiting(cast: Cast, step: Step, names: list[str]) -> list[Dossier]:
    """Walk pupils to just before a step, in the order of names given."""
    return [
        factory.walk_to(
            step,
            cast,
            person=factory.agreed_pupil(cast.school, on=BEGIN - timedelta(days=2), name=name),
        )
        for name in names
    ]


def three(cast: Cast) -> list[Dossier]:
    """Return three pupils who wait for the cell's vote."""
    return waiting(cast, Step.PAPERS, ["Nguyễn Ái An", "Trần Thị Bình", "Y Chi Niê"])
