"""Invented pupils on their way: each step written into the diary, done through the real actions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from donghanh.accounts.models import User
from donghanh.demonstration import days, tallies
from donghanh.demonstration.diary import Diary
from donghanh.demonstration.stage import School, Stage
from donghanh.domain import rules
from donghanh.domain.acts import Step
from donghanh.domain.authority import Role
from donghanh.domain.calendar import add_months
from donghanh.domain.consent import Purpose
from donghanh.domain.timeline import CENTRAL
from donghanh.domain.voting import Tally
from donghanh.dossiers import actions as dossiers
from donghanh.dossiers import queries as roads
from donghanh.dossiers.actions import NewAct
from donghanh.people import actions as people
from donghanh.people import queries as records
from donghanh.people.models import Person

#: Days an invitation stays open.
_OPEN = timedelta(days=30)
#: The papers of the dossier, in the order they are made.
PAPERS = tuple(form.code for form in rules.load().papers_of(Step.PAPERS, (CENTRAL,)))
#: Who numbers the paper of a step, and how.
_NUMBERED = {
    Step.INTRODUCED: "NQ/ĐTN",
    Step.LISTED: "NQ/CB",
    Step.TRAINED: "GCN",
    Step.ALLOWED: "QĐ/ĐU",
    Step.CELL_VOTED: "NQ/CB",
    Step.BASE_VOTED: "NQ/ĐU",
    Step.DECIDED: "QĐ/ĐU",
    Step.RECOGNITION_VOTED: "NQ/CB",
    Step.RECOGNISED: "QĐ/ĐU",
}


@dataclass(slots=True)
class Pupil:
    """Somebody invented; the record and the dossier come into being as the diary is played."""

    school: School
    name: str
    class_name: str
    born: date
    code: str = ""
    person: Person | None = None
    dossier_id: int = 0
    acts: int = 0


@dataclass(slots=True)
class Walkers:
    """Writes what pupils and the bodies of their school do into a diary."""

    stage: Stage
    diary: Diary

    def pupil(self, school: School, *, eighteen_by: date, class_name: str = "") -> Pupil:
        """Invent a pupil who turns eighteen between one and nine weeks before a day."""
        chance = self.stage.chance
        born = add_months(eighteen_by - timedelta(days=chance.randint(7, 63)), -12 * 18)
        return Pupil(
            school=school,
            name=self.stage.names.person(),
            class_name=class_name or f"12A{chance.randint(1, 8)}",
            born=born,
        )

    def invite(self, pupil: Pupil, on: date) -> None:
        """Let the school's Union hold a place open."""

        def deed(on: date, at: datetime) -> None:
            pupil.code = people.invite_pupil(
                actor=self.stage.actor(pupil.school.union),
                school_id=pupil.school.unit.pk,
                class_name=pupil.class_name,
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
                raise LookupError(pupil.class_name)
            people.withdraw_consent(actor=records.pupil_actor(pupil.person), at=at, on=on)

        self.diary.write(on, 20, deed)

    def act(
        self,
        pupil: Pupil,
        step: Step,
        on: date,
        *,
        form: str | None = None,
        tally: Tally | None = None,
        received: date | None = None,
    ) -> None:
        """
        Let the body whose step it is record it, on the day or when its decision arrives.

        Args:
            pupil: Whose.
            step: Which.
            on: The day.
            form: The paper, for an act of ``Step.PAPERS``.
            tally: The counts; for a vote that carries they may be left out.
            received: Day a decision arrives.
        """
        counts = tally
        if counts is None and rules.load().step(step).vote == "required":
            counts = tallies.carried(self.stage.chance, _body(step))
        new = NewAct(
            step=step,
            on=on,
            form=form,
            paper_number=self._number(step),
            tally=counts,
            received_on=received,
            helper_id=self._helper(pupil, step),
        )
        self.diary.write(received or on, _hour(step), lambda _, at: self._record(pupil, new, at))

    def papers(self, pupil: Pupil, on: date, forms: Iterable[str] = PAPERS) -> None:
        """Let papers be made, each some days after the one before."""
        day = on
        for form in forms:
            self.act(pupil, Step.PAPERS, day, form=form)
            day = days.on_or_after(day + timedelta(days=1))

    def void(self, pupil: Pupil, step: Step, on: date, reason: str) -> None:
        """Let the last act of a step be declared invalid by the body that did it."""

        def deed(on: date, at: datetime) -> None:
            actor = self.stage.actor(doer(pupil.school, step))
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
        for step, on in laid.items():
            if step is Step.PAPERS:
                self.papers(pupil, on)
            elif step is Step.DECIDED:
                self.act(pupil, step, on, received=days.on_or_after(on + timedelta(days=1)))
            elif step is not Step.BASE_VOTED or pupil.school.base is not None:
                self.act(pupil, step, on)
            if step is last:
                return

    def recognise(self, pupil: Pupil, admitted: date) -> None:
        """Let the member's papers be made after the ceremony, and recognition follow the year."""
        for later, form in ((12, "1-HSĐV"), (14, "2-HSĐV")):
            self.act(pupil, Step.PAPERS, admitted + timedelta(days=later), form=form)
        over = add_months(admitted, 12)
        for later, form in ((4, "10-KNĐ"), (5, "11-KNĐ"), (6, "12-KNĐ")):
            self.act(pupil, Step.PAPERS, over + timedelta(days=later), form=form)
        vote = days.on_or_after(over + timedelta(days=9))
        self.act(pupil, Step.RECOGNITION_VOTED, vote)
        self.act(pupil, Step.RECOGNISED, days.on_or_after(vote + timedelta(days=16)))

    def read(self, pupil: Pupil, reader: User, on: date) -> None:
        """Let somebody open a pupil's file; the pupil sees who did."""

        def deed(on: date, at: datetime) -> None:
            actor = self.stage.actor(reader)
            dossiers.open_file(actor=actor, dossier_id=pupil.dossier_id, at=at, today=on)

        self.diary.write(on, 16, deed)

    def _record(self, pupil: Pupil, new: NewAct, at: datetime) -> None:
        actor = self.stage.actor(doer(pupil.school, new.step))
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
            return
        dossiers.record_act(
            actor=actor, dossier_id=pupil.dossier_id, seen=pupil.acts, new=new, at=at, today=today
        )
        pupil.acts += 1

    def _number(self, step: Step) -> str:
        kind = _NUMBERED.get(step)
        return f"{self.stage.chance.randint(3, 98):02d}-{kind}" if kind else ""

    def _helper(self, pupil: Pupil, step: Step) -> int | None:
        return self.stage.chance.choice(pupil.school.helpers).pk if step is Step.LISTED else None


def doer(school: School, step: Step) -> User:
    """Return who records a step at a school: whom the rulebook names for it."""
    role = rules.load().step(step).actor
    if role == Role.UNION:
        return school.union
    if role != Role.COMMITTEE:
        return school.secretary
    by_base = step in {Step.ALLOWED, Step.BASE_VOTED}
    return school.base if by_base and school.base is not None else school.competent


def _body(step: Step) -> int:
    """Return about how many members the body that votes on a step has."""
    return {Step.DECIDED: 12, Step.BASE_VOTED: 15, Step.INTRODUCED: 13}.get(step, 18)


def _hour(step: Step) -> int:
    """Return the hour a body usually meets."""
    return 9 if step in {Step.DECIDED, Step.RECOGNISED, Step.ALLOWED} else 14
