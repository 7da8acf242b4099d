"""The matrix of rights holds on real roads: each cell is tried, and taken back again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction

from donghanh.domain.acts import Branch, Step
from donghanh.domain.authority import Actor, NotAllowed
from donghanh.domain.errors import RuleError
from donghanh.domain.matrix import ALLOWING, POSITIONS, Deed, Position, Row, answer, rows
from donghanh.domain.rights import Role
from donghanh.dossiers import actions, queries
from donghanh.dossiers.models import Act, Dossier
from donghanh.history.models import Event
from tests import factory
from tests.factory import BOOK, Cast, School

BEGINS = factory.BEGINS["R1"]
#: Turns, and the step a road waits for when each is tried.
TURNS = {
    Step.HELPER_CHANGED: Step.TRAINED,
    Step.UNLISTED: Step.TRAINED,
    Step.EXTENDED: Step.DECIDED,
    Step.ANNULLED: Step.ADMITTED,
    Step.REFERRED: Step.RECOGNITION_VOTED,
    Step.DELETED: Step.RECOGNITION_VOTED,
}
#: Refusals that speak of who somebody is; the others speak of the rules.
OF_PERSONS = (NotAllowed, actions.NotYourStep, ObjectDoesNotExist)

pytestmark = pytest.mark.django_db


class Back(Exception):
    """Takes back what was tried."""


@contextmanager
def taken_back() -> Iterator[None]:
    try:
        with transaction.atomic():
            yield
            raise Back
    except Back:
        pass


@dataclass
class Trial:
    """One road on which every position tries everything."""

    cast: Cast
    where: School
    branches: frozenset[Branch]
    dossier: Dossier
    actors: dict[Position, Actor]
    wrong: list[str]
    tried: int = 0

    def expects(self, row: Row, position: Position, deed: Deed) -> bool:
        reaches = position.role is not Role.COMMITTEE or position in self.actors
        return reaches and answer(BOOK, position, row, deed, self.branches) in ALLOWING

    def tries(self, row: Row, deed: Deed, do: Callable[[Actor], bool]) -> None:
        """Let every position do something; keep the cells that do not answer as they should."""
        for position, actor in self.actors.items():
            before = _written()
            refused = ""
            with taken_back():
                try:
                    done = do(actor)
                except OF_PERSONS as refusal:
                    done, refused = False, type(refusal).__name__
                    assert _written() == before, (row, position, deed)
                except RuleError:
                    done = True  # the body may; the rules do not let it now
            self.tried += 1
            if done is not self.expects(row, position, deed):
                self.wrong.append(f"{row.step} {row.form} {position} {deed}: {done} {refused}")


def _written() -> tuple[int, int]:
    return Act.objects.count(), Event.objects.count()


def _see(trial: Trial, day: date) -> Callable[[Actor], bool]:
    def do(actor: Actor) -> bool:
        actions.open_file(
            actor=actor, dossier_id=trial.dossier.pk, at=factory.instant(day), today=day
        )
        return True

    return do


def _facts(trial: Trial, day: date) -> Callable[[Actor], bool]:
    before = queries.facts_of(trial.dossier)

    def do(actor: Actor) -> bool:
        actions.set_facts(
            actor=actor,
            dossier_id=trial.dossier.pk,
            seen=trial.dossier.acts_recorded,
            was=before.mark,
            facts=replace(before, by_members=not before.by_members),
            at=factory.instant(day),
            today=day,
        )
        return True

    return do


def _list(trial: Trial, day: date) -> Callable[[Actor], bool]:
    def do(actor: Actor) -> bool:
        before = Event.objects.latest("id").pk
        actions.export_list(
            actor=actor, filters=queries.Filters(), at=factory.instant(day), today=day
        )
        written = Event.objects.filter(pk__gt=before, action="dossiers.list_exported")
        return any(trial.dossier.pk in event.facts["dossiers"] for event in written)

    return do


def _record(trial: Trial, new: actions.NewAct) -> Callable[[Actor], bool]:
    day = new.received_on or new.on

    def do(actor: Actor) -> bool:
        actions.record_act(
            actor=actor,
            dossier_id=trial.dossier.pk,
            seen=trial.dossier.acts_recorded,
            new=new,
            at=factory.instant(day),
            today=day,
        )
        return True

    return do


def _void(trial: Trial, day: date) -> Callable[[Actor], bool]:
    def do(actor: Actor) -> bool:
        actions.void_act(
            actor=actor,
            dossier_id=trial.dossier.pk,
            seen=trial.dossier.acts_recorded,
            number=trial.dossier.acts_recorded,
            reason="Ghi nhầm",
            at=factory.instant(day),
            today=day,
        )
        return True

    return do


def _trial(cast: Cast, where: School, branches: frozenset[Branch]) -> Trial:
    """Open a dossier, and let somebody stand in every position to it."""
    holders = {
        Role.OFFICER: cast.officer,
        Role.LEADER: cast.leader,
        Role.SECRETARY: where.secretary,
        Role.UNION: where.union,
        Role.UPPER_UNION: cast.upper_unionist,
        Role.ADMINISTRATOR: cast.administrator,
        Role.BOARD: factory.holder("tochuc", "Lương Kim Oanh", cast.competent, Role.BOARD),
        Role.HELPER: factory.holder("giupdo", "Hà Thị Sen", where.cell, Role.HELPER),
        Role.CLASS_UNION: factory.holder("chidoan", "Vy", where.youth, Role.CLASS_UNION),
        Role.CLUB_LEADER: factory.holder("clb", "Phong", where.youth, Role.CLUB_LEADER),
        Role.TRAINING_CENTRE: factory.holder("tt", "Thuận", cast.base, Role.TRAINING_CENTRE),
        Role.AUDITOR: factory.holder("kiemtra", "Phúc", cast.department, Role.AUDITOR),
    }
    found = {Position(role): factory.actor(user, BEGINS) for role, user in holders.items()}
    found[Position(Role.COMMITTEE, decides=True)] = factory.actor(cast.committee, BEGINS)
    found[Position(Role.COMMITTEE)] = factory.actor(cast.base_member, BEGINS)
    person = factory.agreed_pupil(where, on=BEGINS - timedelta(days=2))
    found[Position(Role.PUPIL)] = factory.pupil(person)
    assert set(found) == set(POSITIONS)
    dossier = factory.opened(where, person, on=BEGINS)
    if Branch.DELEGATED in branches:
        factory.facts(cast, dossier, BEGINS, delegated=True)
    if Branch.BASE_CELL in branches:  # no committee stands between: nobody is there to try
        del found[Position(Role.COMMITTEE)]
    return Trial(cast, where, branches, dossier, found, [])


def _news(trial: Trial) -> Iterator[tuple[Row, actions.NewAct]]:
    """Yield what a smooth road records, one after the other."""
    delegated = trial.dossier.delegated
    helper = trial.actors[Position(Role.HELPER)].user_id
    again: dict[Step, int] = {}
    for row in rows(BOOK, trial.branches)[1:]:
        if row.step not in factory.OFFSETS or row.scope != "central":
            continue
        day = BEGINS + timedelta(days=factory.OFFSETS[row.step])
        if row.form is None:
            new = factory.act_of(row.step, day, delegated=delegated)
            named = helper if row.step is Step.LISTED else None
            yield row, replace(new, helper_id=named)
        else:
            later = again[row.step] = again.get(row.step, -1) + 1
            day += timedelta(days=later)
            yield row, actions.NewAct(step=Step.PAPERS, on=day, form=row.form)


def _turned(trial: Trial, step: Step, on: date) -> None:
    """Try the turns that belong to where a road stands."""
    for turn, at in TURNS.items():
        if at is step:
            helper = trial.where.secretary.pk if turn is Step.HELPER_CHANGED else None
            new = actions.NewAct(
                step=turn,
                on=on,
                helper_id=helper,
                about="admission.decision" if turn is Step.EXTENDED else "",
                until=on + timedelta(days=90) if turn is Step.EXTENDED else None,
            )
            trial.tries(Row(turn), Deed.RECORD, _record(trial, new))


def _doer(trial: Trial, row: Row) -> Actor:
    return next(
        actor
        for position, actor in trial.actors.items()
        if trial.expects(row, position, Deed.RECORD)
    )


def _for_good(trial: Trial, row: Row, new: actions.NewAct) -> None:
    """Record what stands in a row through whomever the matrix names."""
    _record(trial, new)(_doer(trial, row))
    trial.dossier.refresh_from_db()


class TestMatrix:
    def test_holds_on_a_real_road_cell_by_cell(self) -> None:
        cast = factory.cast()
        trial = _trial(cast, cast.school, frozenset())
        for row, new in _news(trial):
            day = new.received_on or new.on
            trial.tries(row, Deed.SEE, _see(trial, day))
            trial.tries(row, Deed.RECORD, _record(trial, new))
            trial.tries(row, Deed.SET_FACTS, _facts(trial, day))
            trial.tries(row, Deed.TAKE_LIST, _list(trial, day))
            _turned(trial, row.step, day)
            _for_good(trial, row, new)
            trial.tries(row, Deed.VOID, _void(trial, day))
        assert trial.wrong == []
        assert trial.dossier.acts_recorded > 25
        assert trial.tried > 2000

    @pytest.mark.parametrize(
        ("school", "branch"), [("neighbour", Branch.BASE_CELL), ("school", Branch.DELEGATED)]
    )
    def test_holds_for_the_committees_of_another_branch(self, school: str, branch: Branch) -> None:
        cast = factory.cast()
        trial = _trial(cast, getattr(cast, school), frozenset({branch}))
        for row, new in _news(trial):
            committees = row.form is None and BOOK.step(row.step).actor == Role.COMMITTEE
            if committees:
                trial.tries(row, Deed.RECORD, _record(trial, new))
                _turned(trial, row.step, new.received_on or new.on)
            _for_good(trial, row, new)
            if committees:
                trial.tries(row, Deed.VOID, _void(trial, new.received_on or new.on))
        assert trial.wrong == []
        assert trial.tried > 80
