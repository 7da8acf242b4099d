"""Invented pupils on their way: each step written into the diary, done through the real actions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from donghanh.accounts.models import User
from donghanh.demonstration import bodies, days, tallies
from donghanh.demonstration.diary import Diary
from donghanh.demonstration.stage import School, Stage
from donghanh.domain import rules
from donghanh.domain.acts import Branch, Step
from donghanh.domain.calendar import SchoolYear, add_months
from donghanh.domain.consent import Purpose
from donghanh.domain.timeline import CENTRAL
from donghanh.domain.voting import Tally
from donghanh.domain.walk import copies_of
from donghanh.domain.year_classes import GRADES
from donghanh.dossiers import actions as dossiers
from donghanh.dossiers import queries as roads
from donghanh.dossiers.actions import NewAct
from donghanh.people import actions as people
from donghanh.people import queries as records
from donghanh.people.models import Person

#: Days an invitation stays open.
_OPEN = timedelta(days=30)


@dataclass(slots=True)
class Pupil:
    """
    Somebody invented; the record and the dossier come into being as the diary is played.

    ``last_class`` is the class of grade 12, in the school year in which the pupil ``finishes``.
    ``latest`` is the day and hour of what was written of the road last: nothing comes before it.
    """

    school: School
    name: str
    last_class: str
    finishes: SchoolYear
    born: date
    by_members: bool = False
    code: str = ""
    person: Person | None = None
    dossier_id: int = 0
    acts: int = 0
    helper: int = 0
    latest: tuple[date, int] = (date.min, 0)
    branches: frozenset[Branch] = field(init=False)

    def __post_init__(self) -> None:
        """Look up the branches of the road."""
        self.branches = self.school.branches(by_members=self.by_members)

    def class_on(self, day: date) -> str:
        """Return the class on a day: of grade 12 in the last year and after, of 10 long before."""
        before = self.finishes.since.year - SchoolYear.of(day).since.year
        grade = min(max(GRADES[-1] - before, GRADES[0]), GRADES[-1])
        return self.last_class.replace(str(GRADES[-1]), str(grade), 1)


@dataclass(slots=True)
class Walkers:
    """
    Writes what pupils and the bodies of their school do into a diary.

    ``often`` tells how often a step that the road does not wait for is written down.
    """

    stage: Stage
    diary: Diary
    often: float = 0.5

    def pupil(self, school: School, *, eighteen_by: date, by_members: bool = False) -> Pupil:
        """Invent a pupil who turns eighteen between one and nine weeks before a day."""
        chance = self.stage.chance
        born = add_months(eighteen_by - timedelta(days=chance.randint(7, 63)), -12 * 18)
        return Pupil(
            school=school,
            name=self.stage.names.person(),
            last_class=f"{GRADES[-1]}A{chance.randint(1, 8)}",
            finishes=SchoolYear.of(eighteen_by),
            born=born,
            by_members=by_members,
        )

    def invite(self, pupil: Pupil, on: date) -> None:
        """Let the school's Union hold a place open."""

        def deed(on: date, at: datetime) -> None:
            pupil.code = people.invite_pupil(
                actor=self.stage.actor(pupil.school.union),
                school_id=pupil.school.unit.pk,
                class_name=pupil.class_on(on),
                invited_name=pupil.name,
                expires=on + _OPEN,
                at=at,
            )

        self.diary.write(on, 7, deed)

    def agree(self, pupil: Pupil, on: date) -> None:
        """Let a pupil who was invited agree to every purpose."""

        def deed(on: date, at: datetime) -> None:
            pupil.person = people.accept_invitation(
                code=pupil.code,
                full_name=pupil.name,
                birth_date=pupil.born,
                union_member=True,
                lower_secondary=True,
                purposes=list(Purpose),
                at=at,
                on=on,
                simulated=True,
            )

        self.diary.write(on, 19, deed)

    def join(self, pupil: Pupil, on: date) -> None:
        """Let a pupil be invited three days before a day, and agree on the eve of it."""
        self.invite(pupil, on - timedelta(days=3))
        self.agree(pupil, on - timedelta(days=1))

    def stop(self, pupil: Pupil, on: date) -> None:
        """Let a pupil stop, by own choice and without a reason."""

        def deed(on: date, at: datetime) -> None:
            if pupil.person is None:
                raise LookupError(pupil.last_class)
            people.withdraw_consent(actor=records.pupil_actor(pupil.person), at=at, on=on)

        self.diary.write(on, 20, deed)

    def act(
        self, pupil: Pupil, step: Step, on: date, *, tally: Tally | None = None, late: int = 0
    ) -> None:
        """
        Let the body whose step or turn it is record it, on the day or when its decision arrives.

        Args:
            pupil: Whose.
            step: Which.
            on: The day.
            tally: The counts; for a vote that carries they may be left out.
            late: Days until a decision arrives; it is recorded on that day.
        """
        received = days.on_or_after(on + timedelta(days=late)) if late else None
        new = NewAct(
            step=step,
            on=on,
            paper_number=self._number(step),
            tally=tally or self._tally(pupil, step, on),
            received_on=received,
            helper_id=self._helper(pupil, step),
        )
        self._write(pupil, new)

    def paper(self, pupil: Pupil, form: str, on: date) -> None:
        """Let a paper be made; only that it exists is written down."""
        self._write(pupil, NewAct(step=Step.PAPERS, on=on, form=form))

    def allow(self, pupil: Pupil, rule: str, on: date, until: date) -> None:
        """Let the committee that decides allow more time for what a rule asks for."""
        number = self._number(Step.EXTENDED)
        new = NewAct(step=Step.EXTENDED, on=on, paper_number=number, about=rule, until=until)
        self._write(pupil, new)

    def void(self, pupil: Pupil, step: Step, on: date, reason: str) -> None:
        """Let the last act of a step be declared invalid by the body that did it."""

        def deed(on: date, at: datetime) -> None:
            doer = bodies.doer(pupil.school, step, None, pupil.branches)
            actor = self.stage.actor(doer)
            stored = roads.walk(actor, pupil.dossier_id, on).road.stage(step).act
            if stored is None:
                raise LookupError(step)
            fallen = dossiers.void_act(
                actor=actor,
                dossier_id=pupil.dossier_id,
                seen=pupil.acts,
                number=stored.number,
                reason=reason,
                at=at,
                today=on,
            )
            pupil.acts += len(fallen)

        self.diary.write(on, 15, deed)

    def walk(self, pupil: Pupil, laid: Mapping[Step, date], last: Step = Step.ADMITTED) -> None:
        """
        Let a pupil join, and everything up to and including a step go well.

        Args:
            pupil: Who.
            laid: The day of each step.
            last: The last step done.
        """
        self.join(pupil, laid[Step.SOURCED])
        self.walk_on(pupil, laid, last)

    def walk_on(self, pupil: Pupil, laid: Mapping[Step, date], last: Step = Step.ADMITTED) -> None:
        """Let the steps that are laid go well for a pupil on the way, up to and including one."""
        for step, on in laid.items():
            self._step(pupil, step, on, always=step is last)
            if step is last:
                return

    def renew(self, pupil: Pupil, on: date) -> None:
        """Let what has grown too old be made again, in the order of the road, on one day."""

        def deed(on: date, at: datetime) -> None:
            walk = roads.walk(self.stage.actor(pupil.school.secretary), pupil.dossier_id, on)
            for stage in walk.road.stages:
                for need in stage.papers:
                    for _ in range(need.copies if need.stale else 0):
                        self._record(pupil, NewAct(step=Step.PAPERS, on=on, form=need.form), at)
                if stage.stale and not stage.papers:
                    self._record(pupil, NewAct(step=stage.step, on=on), at)

        pupil.latest = (on, 14)
        self.diary.write(on, 14, deed)

    def go_on(self, pupil: Pupil, ceremony: date, last: Step = Step.CARDED) -> None:
        """
        Let the year after a ceremony go well, and the recognition that follows it.

        Args:
            pupil: Who.
            ceremony: The day of it.
            last: The last step done.
        """
        self.walk_on(pupil, days.after(ceremony, add_months(ceremony, 12)), last)

    def _step(self, pupil: Pupil, step: Step, on: date, *, always: bool) -> None:
        """Let a step of the road be done by its papers or by one act; not before the last one."""
        book = rules.load()
        rule = book.step(step, pupil.branches)
        if rule.skipped_on(pupil.branches):
            return
        if not (rule.blocks or rule.papers or always) and self.stage.chance.random() > self.often:
            return
        day = max(on, pupil.latest[0])
        if not rule.papers:
            self.act(pupil, step, day, late=1 if step is Step.DECIDED else 0)
            return
        for form in book.papers_of(step, (CENTRAL,), pupil.branches):
            copies = copies_of(book, form, pupil.branches, day)
            for _ in range(copies if form.required else 0):
                self.paper(pupil, form.code, day)
                day = days.on_or_after(day + timedelta(days=1))

    def read(self, pupil: Pupil, reader: User, on: date) -> None:
        """Let somebody open a pupil's file; the pupil sees who did."""

        def deed(on: date, at: datetime) -> None:
            actor = self.stage.actor(reader)
            dossiers.open_file(actor=actor, dossier_id=pupil.dossier_id, at=at, today=on)

        self.diary.write(on, 16, deed)

    def _write(self, pupil: Pupil, new: NewAct) -> None:
        """Write an act into the diary, at the hour its body meets or right after the last one."""
        on, hour = new.received_on or new.on, bodies.hour(new.step)
        latest, since = pupil.latest
        pupil.latest = (on, max(hour, since) if on == latest else hour)
        self.diary.write(*pupil.latest, lambda _, at: self._record(pupil, new, at))

    def _record(self, pupil: Pupil, new: NewAct, at: datetime) -> None:
        doer = bodies.doer(pupil.school, new.step, new.form, pupil.branches)
        actor = self.stage.actor(doer)
        today = new.received_on or new.on
        if new.step is Step.SOURCED and pupil.person is not None:
            begun = dossiers.start_dossier(
                actor=actor,
                person_id=pupil.person.pk,
                paper_number=new.paper_number,
                at=at,
                on=new.on,
                today=today,
            )
            pupil.dossier_id, pupil.acts = begun.pk, 1
            self._set_facts(pupil, at, today)
            return
        dossiers.record_act(
            actor=actor, dossier_id=pupil.dossier_id, seen=pupil.acts, new=new, at=at, today=today
        )
        pupil.acts += 1

    def _set_facts(self, pupil: Pupil, at: datetime, today: date) -> None:
        """Let the secretary say where the road differs from the usual one, if it does."""
        facts = roads.Facts(
            sub_committee=pupil.school.sub_committee,
            delegated=pupil.school.delegated,
            by_members=pupil.by_members,
        )
        if facts != roads.Facts():
            dossiers.set_facts(
                actor=self.stage.actor(pupil.school.secretary),
                dossier_id=pupil.dossier_id,
                seen=pupil.acts,
                was=roads.Facts().mark,
                facts=facts,
                at=at,
                today=today,
            )

    def _tally(self, pupil: Pupil, step: Step, on: date) -> Tally | None:
        """Return counts that carry, where the step is a vote."""
        book = rules.load()
        if book.catalogue.turn(step) is not None:
            return None
        rule = book.step(step, pupil.branches)
        if rule.threshold is None or rule.vote != "required":
            return None
        return tallies.carried(
            self.stage.chance, bodies.members(step), bodies.reasons(rule.threshold, on)
        )

    def _number(self, step: Step) -> str:
        kind = bodies.NUMBERED.get(step)
        return f"{self.stage.chance.randint(3, 98):02d}-{kind}" if kind else ""

    def _helper(self, pupil: Pupil, step: Step) -> int | None:
        if step not in {Step.LISTED, Step.HELPER_CHANGED}:
            return None
        others = [one.pk for one in pupil.school.helpers if one.pk != pupil.helper]
        pupil.helper = self.stage.chance.choice(others)
        return pupil.helper
