"""The school year 2026–2027 in motion: every state of a road is on some desk, whatever the day."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from donghanh.demonstration import days, letters, tallies
from donghanh.demonstration.dak_nong import DakNong
from donghanh.demonstration.diary import Deed
from donghanh.demonstration.office import Letter
from donghanh.demonstration.pupils import Pupil
from donghanh.demonstration.rooms import Rooms, inside, outside
from donghanh.demonstration.stage import School
from donghanh.demonstration.together import Together
from donghanh.domain.acts import Step
from donghanh.domain.calendar import SchoolYear, add_months
from donghanh.forecast import actions as forecast

#: Days from the source list to the ceremony when nothing has to wait.
_LENGTH = 210
_REASON = "Cuộc họp chi bộ chưa triệu tập đủ đảng viên chính thức theo quy định."


@dataclass(frozen=True, slots=True)
class Known:
    """The pupils whose codes are printed."""

    invited: Pupil
    walking: Pupil


def year_2026(story: DakNong, today: date) -> Known:
    """
    Write the present school year.

    Args:
        story: The province.
        today: What is late, near or waiting is so on this day.
    """
    _letters(story, today)
    motion = Motion(story, today)
    walking = motion.waiting_and_late()
    motion.votes()
    motion.beginnings()
    invited = motion.invitations()
    motion.leaving()
    # Last, so that those before keep their names: the docs call some of them by name.
    motion.other_ways()
    motion.turns()
    motion.rooms()
    Together(story.stage, story.walkers.diary, walking, motion.ago).write()
    return Known(invited=invited, walking=walking)


def _letters(story: DakNong, today: date) -> None:
    office, schools = story.office, story.schools
    letter = Letter("cong-van-2026.txt", letters.text_of("dak-nong-2026.txt"))
    issued = days.on_or_before(min(date(2026, 9, 21), today - timedelta(days=6)))
    office.keep(letter, days.back(issued, 1))
    changes = {"number": "1426", "date": issued.isoformat()}
    office.correct(letter, days.back(issued, 1), changes)
    office.issue(letter, issued, story.shares(2, 1, 1, 1, 1, 0))
    for later, school in enumerate(schools[:5]):
        office.acknowledge(letter, school, days.on_or_after(issued + timedelta(days=1 + later % 2)))
        if later:
            office.reported(letter, school, date(2027, 6, later), date(2027, 6, 8))
    office.write(letter, schools[0], days.back(today, 2))
    draft = Letter("cong-van-moi-den.txt", letters.text_of("can-doc-lai.txt"))
    office.keep(draft, days.back(today, 1))


@dataclass(slots=True)
class Motion:
    """Lays roads backwards from today."""

    story: DakNong
    today: date
    #: Whom the cell can vote on, and whom a cell has voted on and the committee above not yet.
    able: Pupil = field(init=False)
    voted: Pupil = field(init=False)

    def ago(self, working_days: int) -> date:
        """Return the day some working days ago."""
        return days.back(self.today, working_days)

    def to(
        self,
        school: School,
        last: Step,
        on: date,
        *,
        eighteen_by: date | None = None,
        by_members: bool = False,
    ) -> Pupil:
        """Write a pupil who did a step on a day, everything before it at the usual pace."""
        steps = tuple(days.PACE)[: tuple(days.PACE).index(last) + 1]
        begin = on - timedelta(days=round(_LENGTH * days.PACE[last]))
        laid = days.spread(begin, on, steps) if len(steps) > 1 else {last: on}
        considered = eighteen_by or laid.get(Step.CELL_VOTED)
        pupil = self.somebody(school, considered, by_members=by_members)
        self.story.walkers.walk(pupil, laid, last)
        return pupil

    def somebody(
        self, school: School, eighteen_by: date | None = None, *, by_members: bool = False
    ) -> Pupil:
        """Invent a pupil; who has no day to be eighteen by turns eighteen within some months."""
        later = self.today + timedelta(days=self.story.stage.chance.randint(30, 240))
        return self.story.walkers.pupil(
            school, eighteen_by=eighteen_by or later, by_members=by_members
        )

    def waiting_and_late(self) -> Pupil:
        """Write a ceremony past its time, one near it, and what waits for the committees."""
        first, second, _, fourth, fifth, _ = self.story.schools
        walkers = self.story.walkers
        self.to(first, Step.DECIDED, self.ago(38))
        self.to(second, Step.DECIDED, self.ago(27))
        self.voted = self.to(second, Step.CELL_VOTED, self.ago(3))
        self.to(fourth, Step.CELL_VOTED, self.ago(8))
        for school, held in ((fifth, self.ago(14)), (fourth, self.ago(32))):
            walkers.go_on(self.to(school, Step.ADMITTED, held), held)
        waiting = self.to(first, Step.BASE_VOTED, self.ago(4))
        walkers.read(waiting, first.secretary, self.ago(3))
        walkers.read(waiting, first.competent, self.ago(2))
        return waiting

    def votes(self) -> None:
        """Write a vote that failed and was held again, and one that was declared invalid."""
        walkers, (_, second, third, *_) = self.story.walkers, self.story.schools
        again = self.to(third, Step.OPINIONS, self.ago(42), eighteen_by=self.ago(30))
        failed = tallies.failed(self.story.stage.chance, 18)
        walkers.act(again, Step.CELL_VOTED, self.ago(30), tally=failed)
        walkers.act(again, Step.CELL_VOTED, self.ago(8))
        redone = self.to(second, Step.CELL_VOTED, self.ago(40))
        walkers.void(redone, Step.CELL_VOTED, self.ago(28), _REASON)
        walkers.act(redone, Step.CELL_VOTED, self.ago(18))
        walkers.act(redone, Step.BASE_VOTED, self.ago(10))

    def leaving(self) -> None:
        """Let most schools write down when they expect the graduation decision of this year."""
        stage, year = self.story.stage, SchoolYear.of(self.today)
        expected = days.on_or_after(date(year.until.year, 7, 15))

        def deed(school: School) -> Deed:
            def expect(on: date, at: datetime) -> None:
                forecast.expect_leaving(
                    actor=stage.actor(school.secretary),
                    school_id=school.unit.pk,
                    year=year,
                    on=expected,
                    at=at,
                )

            return expect

        for school in self.story.schools[:4]:
            self.story.walkers.diary.write(self.ago(25), 9, deed(school))

    def beginnings(self) -> None:
        """Write pupils at the first steps, papers half collected, and one who stopped."""
        walkers = self.story.walkers
        first, second, third, fourth, fifth, sixth = self.story.schools
        begun = (
            *((first, Step.SOURCED, 5), (first, Step.INTRODUCED, 9), (first, Step.LISTED, 20)),
            *((first, Step.TRAINED, 6), (first, Step.ALLOWED, 12), (second, Step.TRAINED, 15)),
            *((second, Step.INTRODUCED, 6), (third, Step.LISTED, 11), (fourth, Step.SOURCED, 4)),
            *((fourth, Step.LISTED, 16), (sixth, Step.INTRODUCED, 7), (sixth, Step.LISTED, 13)),
        )
        for school, last, ago in begun:
            self.to(school, last, self.ago(ago))
        half = self.to(fifth, Step.VERIFICATION_SENT, self.ago(9))
        walkers.paper(half, "3-KNĐ", self.ago(8))
        stopped = self.to(first, Step.LISTED, self.ago(25))
        walkers.stop(stopped, self.ago(10))

    def invitations(self) -> Pupil:
        """Write who agreed and is not on a list yet, and places still open."""
        walkers, (first, _, third, fourth, *_) = self.story.walkers, self.story.schools
        for school, ago in ((first, 2), (first, 4), (third, 3)):
            walkers.join(self.somebody(school), self.ago(ago))
        for school, ago in ((first, 3), (fourth, 2)):
            walkers.invite(self.somebody(school), self.ago(ago))
        known = self.somebody(first)
        walkers.invite(known, self.ago(1))
        return known

    def other_ways(self) -> None:
        """Write roads that another committee, or other introducers, have a part in."""
        walkers = self.story.walkers
        first, second, third, fourth, fifth, sixth = self.story.schools
        self.to(third, Step.CELL_VOTED, self.ago(4))  # the sub-committee has to appraise it
        self.to(sixth, Step.BASE_VOTED, self.ago(6))  # the delegated committee decides as well
        self.to(fifth, Step.CELL_VOTED, self.ago(5), by_members=True)
        # The cell can vote.
        self.able = self.to(first, Step.OPINIONS, self.ago(4), eighteen_by=self.ago(2))
        for school, last, ago in (
            *((first, Step.VERIFIED, 7), (first, Step.CHALLENGED, 28), (second, Step.APPLIED, 3)),
            *((second, Step.SENT_TO_CLASS, 8), (fourth, Step.ASKED, 4), (sixth, Step.VOUCHED, 2)),
        ):
            pupil = self.to(school, last, self.ago(ago))
            if last is Step.CHALLENGED:
                walkers.act(pupil, last, self.ago(6))
        held = days.on_or_before(add_months(self.today, -12) - timedelta(days=25))
        walkers.go_on(self.to(second, Step.ADMITTED, held), held, Step.RECOGNITION_VOTED)

    def turns(self) -> None:
        """Write more time for a ceremony, another helper, and somebody taken off the list."""
        walkers, (first, second, *_) = self.story.walkers, self.story.schools
        longer = self.to(second, Step.DECIDED, self.ago(36))
        until = days.on_or_after(self.today + timedelta(days=25))
        walkers.allow(longer, "admission.ceremony", self.ago(9), until)
        helped = self.to(second, Step.LISTED, self.ago(40))
        walkers.act(helped, Step.HELPER_CHANGED, self.ago(7))
        off = self.to(first, Step.ASKED, self.ago(45))
        walkers.act(off, Step.UNLISTED, self.ago(12))

    def rooms(self) -> None:
        """Write what the rooms beside the road hold: meetings, a class, files sent, letters."""
        (first, second, *_), walkers = self.story.schools, self.story.walkers
        rooms = Rooms(self.story.stage, walkers.diary, first, self.today, self.ago)
        three = tuple(self.to(first, Step.INTRODUCED, self.ago(70)) for _ in range(3))
        rooms.listed(three, 60)
        for pupil in three:
            walkers.act(pupil, Step.SENT_TO_CLASS, self.ago(56))
        rooms.taught(three, 40)
        rooms.planned((self.able,))
        rooms.asked(self.to(first, Step.APPLIED, self.ago(30)))
        rooms.sent_up(self.voted, 2)
        rooms.moved(self.to(first, Step.TRAINED, self.ago(50)), outside(), 20, None)
        rooms.moved(self.to(second, Step.LISTED, self.ago(30)), inside(first), 15, first.secretary)
