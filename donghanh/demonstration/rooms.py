"""The rooms beside the road: a meeting held and one planned, a class, files sent, letters asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from donghanh.accounts.models import User
from donghanh.classes import actions as classes
from donghanh.demonstration.diary import Diary
from donghanh.demonstration.pupils import Pupil
from donghanh.demonstration.stage import School, Stage
from donghanh.domain.acts import Destination, Step
from donghanh.domain.authority import Actor
from donghanh.domain.courses import CourseKind, Result
from donghanh.domain.sitting import Attendance, Body
from donghanh.dossiers import queries as roads
from donghanh.handover import actions as handover
from donghanh.lib import wall
from donghanh.meetings import actions as meetings
from donghanh.meetings import queries as sitting
from donghanh.meetings.models import AgendaItem
from donghanh.papers import actions as papers
from donghanh.papers import queries as ways

_CENTRE = "Trung tâm chính trị khu vực Cao Nguyên (mô phỏng)"
_ROOM = "Phòng họp Chi bộ, tầng 2 nhà hiệu bộ"
#: Who was there: eighteen official members, one of them away for training, one ill.
_THERE = Attendance(official=18, convened=18, present=17)
_IN_FAVOUR = ("17", "17", "16")
#: What the letters ask, to whom and when they went: kind, addressee, place, number, days ago.
_LETTERS = (
    ("verification", "Đảng ủy xã Suối Mây (mô phỏng)", "Đắk Nông", "21-CV/CB", 26),
    (
        "residence",
        "Chi ủy Tổ dân phố 4, phường Bắc Gia Nghĩa (mô phỏng)",
        "Đắk Nông",
        "22-CV/CB",
        9,
    ),
)


@dataclass(slots=True)
class Rooms:
    """
    Writes into the diary what a school does in the rooms beside the road.

    Attributes:
        stage: Who acts.
        diary: Where it is written.
        school: The school whose secretary finds all of it on the desk.
        today: The day the stories are told on.
        ago: Returns the day some working days ago.
    """

    stage: Stage
    diary: Diary
    school: School
    today: date
    ago: Callable[[int], date]
    _meeting: int = 0
    _course: int = 0
    _handovers: dict[int, int] = field(default_factory=dict)

    def listed(self, pupils: tuple[Pupil, ...], ago: int) -> None:
        """Let the cell list pupils in one meeting, every paper of it numbered one after another."""
        on = self.ago(ago)
        self._plan(on, self.ago(ago + 6), self.ago(ago + 5), Step.LISTED, pupils)

        def sit(on: date, at: datetime) -> None:
            actor = self._secretary()
            meetings.tell_attendance(actor=actor, meeting_id=self._meeting, there=_THERE, at=at)
            for item in AgendaItem.objects.filter(meeting_id=self._meeting).order_by("position"):
                favour = _IN_FAVOUR[item.position - 1]
                typed = {
                    "favour": favour,
                    "against": str(_THERE.present - int(favour)),
                    "agreed": "yes",
                    "helper": str(self._helper(item.position)),
                    "paper_number": f"{40 + item.position}-NQ/CB",
                }
                meetings.keep_draft(
                    actor=actor, meeting_id=self._meeting, item_id=item.pk, typed=typed, at=at
                )
            meeting = sitting.visible_to(actor).get(pk=self._meeting)
            meetings.close_meeting(
                actor=actor,
                meeting_id=self._meeting,
                seal=sitting.meeting_page(actor, meeting, on).seal,
                at=at + timedelta(hours=1),
                today=on,
            )
            for pupil in pupils:
                pupil.acts += 1

        self.diary.write(on, 14, sit)
        for place, pupil in enumerate(pupils):
            pupil.helper, pupil.latest = self._helper(place + 1), (on, 16)

    def planned(self, pupils: tuple[Pupil, ...]) -> None:
        """Let the cell's next meeting stand in the diary with its agenda, still open."""
        self._plan(self.today, self.ago(3), self.ago(2), Step.CELL_VOTED, pupils)

    def _plan(
        self, on: date, planned: date, asked: date, step: Step, pupils: tuple[Pupil, ...]
    ) -> None:
        def plan(_: date, at: datetime) -> None:
            new = meetings.NewMeeting(
                body=Body.CELL,
                on=on,
                chair=self.school.secretary.name,
                taker=self.school.helpers[-1].name,
                place=_ROOM,
            )
            self._meeting = meetings.plan_meeting(actor=self._secretary(), new=new, at=at).pk

        def ask(asked: date, at: datetime) -> None:
            meetings.add_items(
                actor=self._secretary(),
                meeting_id=self._meeting,
                step=step,
                dossier_ids=[pupil.dossier_id for pupil in pupils],
                at=at,
                today=asked,
            )

        self.diary.write(planned, 10, plan)
        self.diary.write(asked, 10, ask)

    def taught(self, pupils: tuple[Pupil, ...], ago: int) -> None:
        """Let pupils the cell has sent sit in one class, and get their certificates."""
        first, last, after = self.ago(ago), self.ago(ago - 4), self.ago(ago - 9)

        def begin(on: date, at: datetime) -> None:
            actor = self._secretary()
            self._course = classes.open_course(
                actor=actor,
                school_id=self.school.unit.pk,
                kind=CourseKind.AWARENESS,
                centre=_CENTRE,
                first=first,
                last=last,
                at=at,
            ).pk
            numbers = [pupil.dossier_id for pupil in pupils]
            classes.seat_pupils(
                actor=actor, course_id=self._course, dossier_ids=numbers, at=at, today=on
            )

        def settle(on: date, at: datetime) -> None:
            results = [
                Result(pupil.dossier_id, passed=True, number=f"{place:03d}/GCN-TTCT", on=last)
                for place, pupil in enumerate(pupils, start=118)
            ]
            classes.record_results(
                actor=self._secretary(), course_id=self._course, results=results, at=at, today=on
            )
            for pupil in pupils:
                pupil.acts += 1

        self.diary.write(self.ago(ago + 3), 15, begin)
        self.diary.write(after, 15, settle)
        for pupil in pupils:
            pupil.latest = (after, 15)

    def asked(self, pupil: Pupil) -> None:
        """Let the cell ask other units about a pupil by letter; nobody has answered yet."""
        for kind, name, place, number, ago in _LETTERS:
            self.diary.write(self.ago(ago), 15, self._letter(pupil, kind, name, place, number))

    def _letter(
        self, pupil: Pupil, kind: str, name: str, place: str, number: str
    ) -> Callable[[date, datetime], None]:
        def deed(on: date, at: datetime) -> None:
            papers.send_letter(
                actor=self._secretary(),
                dossier_id=pupil.dossier_id,
                new=papers.NewLetter(
                    kind=kind,
                    to_name=name,
                    to_place=place,
                    paper_number=number,
                    on=on,
                    remind_on=on + timedelta(days=20),
                ),
                at=at,
                today=on,
            )
            pupil.acts += kind == "verification"

        return deed

    def sent_up(self, pupil: Pupil, ago: int) -> None:
        """Let the cell send a file to the committee above, which has not confirmed it."""

        def deed(on: date, at: datetime) -> None:
            actor = self.stage.actor(pupil.school.secretary)
            walk = roads.walk(actor, pupil.dossier_id, on)
            papers.send_dossier(
                actor=actor,
                dossier_id=pupil.dossier_id,
                was=ways.mark(walk),
                to_unit_id=ways.ways_from(actor, walk)[0].id,
                on=on,
                at=at,
                today=on,
            )

        self.diary.write(self.ago(ago), 16, deed)

    def moved(self, pupil: Pupil, new: handover.Begin, ago: int, receiver: User | None) -> None:
        """Let a file go where a pupil goes, with the pupil's word; without receiver it waits."""
        giver = pupil.school.secretary

        def ask(on: date, at: datetime) -> None:
            self._handovers[id(pupil)] = handover.begin(
                actor=self.stage.actor(giver), dossier_id=pupil.dossier_id, new=new, at=at, today=on
            ).pk

        def agree(on: date, at: datetime) -> None:
            handover.answer(code=pupil.code, agrees=True, at=at, on=on)

        def send(on: date, at: datetime) -> None:
            handover.send(
                actor=self.stage.actor(giver),
                handover_id=self._handovers[id(pupil)],
                on=on,
                noted=handover.Noted(),
                at=at,
                today=on,
            )

        def receive(on: date, at: datetime) -> None:
            if receiver is None:
                return
            actor = self.stage.actor(receiver)
            # The database itself looks whether it is the receiver who asks.
            with wall.looking(actor.reach.way, actor.reach.settings):
                handover.receive(
                    actor=actor,
                    handover_id=self._handovers[id(pupil)],
                    on=on,
                    class_name=pupil.class_on(on),
                    at=at,
                    today=on,
                )

        self.diary.write(self.ago(ago), 9, ask)
        self.diary.write(self.ago(ago - 1), 20, agree)
        self.diary.write(self.ago(ago - 2), 10, send)
        self.diary.write(self.ago(ago - 5), 10, receive)

    def _secretary(self) -> Actor:
        return self.stage.actor(self.school.secretary)

    def _helper(self, place: int) -> int:
        helpers = self.school.helpers
        return helpers[place % len(helpers)].pk


def outside() -> handover.Begin:
    """Return where a pupil goes who begins to study in another province."""
    return handover.Begin(
        to=Destination.INSTITUTION,
        to_name="Đảng ủy Trường Đại học Tây Cao Nguyên (mô phỏng)",
        to_place="Đắk Lắk",
    )


def inside(school: School) -> handover.Begin:
    """Return where a pupil goes who changes to another school here."""
    return handover.Begin(to=Destination.SCHOOL, to_school_id=school.unit.pk)
