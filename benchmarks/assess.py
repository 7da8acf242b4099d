"""
Assess many varied cases on one core, and say how many a second.

``python benchmarks/assess.py`` builds cases of every regime, place, branch and turn, as far along
the road as there are steps, asks ``donghanh.domain.assessing.assess`` about each, and prints the
figure: also as a ratio to a floor measured in the same run, which is building the same cases and
sorting their acts. A part of the answers is compared with what the making of the case promised.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from donghanh.domain import rules
from donghanh.domain.acts import Act, Case, Destination, Move, Step
from donghanh.domain.assessing import Assessment, assess
from donghanh.domain.calendar import add_months
from donghanh.domain.roads import RoadStatus
from donghanh.domain.timeline import CENTRAL
from donghanh.domain.voting import Exclusion, Tally

NUMBER = 100_000
LEAST = 3_000  # cases a second that are asked for
CHUNK = 1_000  # built and assessed in turn, so that memory stays small
FIRST_DAY, DAYS = date(2020, 1, 6), 2_370  # starts up to July 2026: regimes R0 to R5
HA_NOI = (CENTRAL, "province:ha-noi")
PARENTS_SINCE = date(2025, 11, 21)  # Hà Nội asks for the parents' opinion from this day on
AGEING_SINCE = date(2021, 9, 28)  # a dossier is too old after twelve months from this day on

#: What a case can run into beside the smooth road; most run into nothing.
SMOOTH, VOIDED, REDONE, FAILED, FAILED_ONCE, REFERRED = range(6)
UNLISTED, RELISTED, STOPPED, MOVED, DELETED, ANNULLED, EXTENDED, AGED = range(6, 14)
TURNS = (
    *(SMOOTH,) * 11,
    *(VOIDED, REDONE, FAILED, FAILED_ONCE, REFERRED, UNLISTED, RELISTED, STOPPED),
    *(MOVED, DELETED, ANNULLED, EXTENDED, AGED),
)

#: The steps in order, with the days between; papers with their numbers.
_APPLIED, _VOUCHED, _OPINIONS = ("1-KNĐ", "2-KNĐ"), ("3-KNĐ", "4-KNĐ"), ("5-KNĐ",)
_MEMBER, _RECOGNITION = ("1-HSĐV", "2-HSĐV"), ("10-KNĐ", "11-KNĐ", "12-KNĐ")
ROAD: tuple[tuple[Step, int, tuple[str, ...]], ...] = (
    (Step.SOURCED, 0, ()),
    (Step.INTRODUCED, 15, ()),
    (Step.PARENTS_HEARD, 5, ("2-TN",)),
    (Step.LISTED, 12, ()),
    (Step.CHALLENGED, 20, ()),
    (Step.SENT_TO_CLASS, 10, ()),
    (Step.TRAINED, 25, ()),
    (Step.ASKED, 5, ()),
    (Step.ALLOWED, 15, ()),
    (Step.APPLIED, 8, _APPLIED),
    (Step.VERIFICATION_SENT, 3, ()),
    (Step.VERIFIED, 20, ()),
    (Step.VOUCHED, 4, _VOUCHED),
    (Step.OPINIONS, 4, _OPINIONS),
    (Step.CELL_VOTED, 10, ()),
    (Step.APPRAISED, 6, ()),
    (Step.BASE_VOTED, 12, ()),
    (Step.DECIDED, 15, ()),
    (Step.ADMITTED, 12, ()),
    (Step.MEMBER_PAPERS, 14, _MEMBER),
    (Step.NEW_MEMBER_CLASS, 60, ()),
    (Step.RECOGNITION_PAPERS, 2, _RECOGNITION),
    (Step.RECOGNITION_VOTED, 9, ()),
    (Step.RECOGNITION_APPRAISED, 3, ()),
    (Step.RECOGNITION_BASE_VOTED, 7, ()),
    (Step.RECOGNISED, 12, ()),
    (Step.CARDED, 10, ()),
)
_ASIDE = frozenset(  # the road goes on without them
    {
        *(Step.CHALLENGED, Step.SENT_TO_CLASS, Step.ASKED, Step.VERIFICATION_SENT),
        *(Step.MEMBER_PAPERS, Step.CARDED),
    }
)
_VOTES = frozenset(
    {
        *(Step.INTRODUCED, Step.CELL_VOTED, Step.BASE_VOTED, Step.DECIDED),
        *(Step.RECOGNITION_VOTED, Step.RECOGNITION_BASE_VOTED),
    }
)
_LEFT_OUT = frozenset({Step.RECOGNITION_APPRAISED, Step.RECOGNITION_BASE_VOTED})  # once referred
_TALLIES = (
    Tally(9, 0, 9, 9, 9, 0, 0),
    Tally(12, 0, 12, 10, 8, 1, 1),
    Tally(15, 2, 13, 13, 12, 0, 1, ((Exclusion.AWAY, 2),)),
    Tally(31, 1, 30, 27, 25, 2, 0, ((Exclusion.SUSPENDED, 1),)),
)
_FAILED = Tally(9, 0, 9, 9, 4, 5, 0)
_ORDER = {step: place for place, (step, _, _) in enumerate(ROAD)}


@dataclass(slots=True)
class Made:
    """One case, and what its making promises of the answer."""

    case: Case
    acts: tuple[Act, ...]
    on: date
    status: RoadStatus
    current: Step | None


@dataclass(slots=True)
class _Making:
    """A case that is being walked; ``seed`` decides everything about it."""

    seed: int
    turn: int
    case: Case
    day: date
    reach: int
    acts: list[Act] = field(default_factory=list)
    due: list[Step] = field(default_factory=list)  # blocking steps of its road, in order
    done: set[Step] = field(default_factory=set)

    def skips(self, step: Step) -> bool:
        """Tell whether the road of this case does not pass a step."""
        case = self.case.at(self.day)
        if step is Step.PARENTS_HEARD:
            return CENTRAL not in case.scopes[:-1] or self.day < PARENTS_SINCE
        if step in {Step.APPRAISED, Step.RECOGNITION_APPRAISED}:
            return not case.sub_committee
        if step in {Step.BASE_VOTED, Step.RECOGNITION_BASE_VOTED}:
            return not case.base_committee
        return step is Step.INTRODUCED and case.by_members

    def tally(self, step: Step) -> Tally | None:
        """Return counts that carry a step, where it is a vote."""
        case = self.case.at(self.day)
        by_delegation = step is Step.DECIDED and case.delegated and case.base_committee
        if step not in _VOTES or by_delegation:
            return None
        return _TALLIES[(self.seed + _ORDER[step]) % len(_TALLIES)]

    def add(self, step: Step, *, form: str | None = None, tally: Tally | None = None) -> None:
        """Do one act."""
        received = self.day + timedelta(days=self.seed % 6) if step is Step.DECIDED else None
        chosen = "R1" if step is Step.CELL_VOTED and self.seed % 16 == 5 else None
        number = len(self.acts) + 1
        act = Act(number, step, self.day, form, tally=tally, received_on=received)
        self.acts.append(replace(act, governed_by=chosen) if chosen else act)

    def day_of(self, step: Step) -> date:
        """Return the day of the first act of a step."""
        return next(act.on for act in self.acts if act.step is step)

    def wait(self, days: int) -> None:
        """Let days go by; not the same number in every case."""
        self.day += timedelta(days=days + (self.seed >> 3) % 3 if days else 0)


def make(number: int) -> Made:
    """Return the case of a number; the same number always gives the same one."""
    seed = (number * 2_654_435_761 + 97) % (1 << 31)  # spreads neighbours far apart
    turn = TURNS[seed % len(TURNS)]
    start = FIRST_DAY + timedelta(days=(seed >> 5) % DAYS)
    shape, at_home = (seed >> 7) % 8, (seed >> 9) % 3
    if at_home == 0 and timedelta(0) < PARENTS_SINCE - start < timedelta(days=100):
        start = PARENTS_SINCE  # clear of the weeks in which it depends on the day of listing
    case = Case(
        born=start - timedelta(days=18 * 366 + (seed >> 4) % 300),
        consented_on=start - timedelta(days=(seed >> 6) % 60),
        scopes=HA_NOI if at_home == 0 else (CENTRAL,),
        base_committee=shape not in {1, 2},
        sub_committee=shape == 3,
        delegated=shape == 4,
        by_members=shape == 5,
        union_member=True,
        lower_secondary=True,
        standards=(("pupil.study", True), ("pupil.conduct", True), ("pupil.activity", True)),
    )
    reach = (seed >> 11) % (len(ROAD) + 1)
    making = _Making(seed, turn, case, start, reach)
    _walk(making)
    return _turned(making)


def _walk(making: _Making) -> None:
    """Do the steps up to the one that is reached."""
    for place, (step, days, forms) in enumerate(ROAD):
        reached = place < making.reach
        if reached:
            making.wait(days)
            _before(making, step)
        if making.skips(step) or (Step.REFERRED in making.done and step in _LEFT_OUT):
            continue
        if step not in _ASIDE:
            making.due.append(step)
        if not reached or (step in _ASIDE and (making.seed >> place) % 3 == 0):
            continue
        if forms:
            _papers(making, step, forms)
        elif _referred(making, step):
            making.done.add(Step.REFERRED)
        else:
            making.add(step, tally=making.tally(step))
        making.done.add(step)


def _before(making: _Making, step: Step) -> None:
    """What goes before a step: the end of probation, a failed vote, a move."""
    if step is Step.RECOGNITION_PAPERS:
        over = add_months(making.day_of(Step.ADMITTED), 12) + timedelta(days=1)
        making.day = max(making.day, over)
    if step is Step.CELL_VOTED and making.turn == FAILED_ONCE:
        making.add(step, tally=_FAILED)
        making.wait(7)
    if step is Step.CHALLENGED and making.turn == MOVED:
        move = Move(making.day, Destination.SCHOOL, making.day, HA_NOI, base_committee=True)
        making.case = replace(making.case, moves=(move,))
        making.due = [one for one in making.due if one in making.done]


def _papers(making: _Making, step: Step, forms: tuple[str, ...]) -> None:
    for form in forms:
        if form == "4-KNĐ" and making.case.by_members:
            form = "3-KNĐ"  # two members introduce, and the Union does not
        making.add(Step.PAPERS, form=form)
        if step is Step.RECOGNITION_PAPERS:
            making.wait(1)


def _referred(making: _Making, step: Step) -> bool:
    """Let the vote on recognition fail three times, and report it to the committee above."""
    if making.turn != REFERRED or step is not Step.RECOGNITION_VOTED:
        return False
    for _ in range(3):
        making.add(step, tally=_FAILED)
        making.wait(6)
    making.add(Step.REFERRED)
    return True


def _turned(making: _Making) -> Made:
    """Let happen what turns the road, and say what must come of it."""
    making.wait(making.seed % 20)
    done, turn = making.done, making.turn
    aged_from = AGEING_SINCE - timedelta(days=400)
    if turn in {DELETED, ANNULLED} and Step.ADMITTED in done:
        making.add(Step.DELETED if turn == DELETED else Step.ANNULLED)
    elif turn == EXTENDED and Step.CELL_VOTED in done:
        _extend(making)
    elif turn == FAILED and making.reach == _ORDER[Step.CELL_VOTED]:
        making.add(Step.CELL_VOTED, tally=_FAILED)
    elif turn == AGED and _has_dossier(making) and making.day >= aged_from:
        making.day += timedelta(days=400)
        done.discard(Step.APPLIED)
    elif turn == STOPPED and making.acts:
        making.case = replace(making.case, stopped_on=making.day)
    elif Step.LISTED in done and not _asked_since(making):
        _list_again(making)
    return _promised(making)


def _has_dossier(making: _Making) -> bool:
    return Step.APPLIED in making.done and Step.CELL_VOTED not in making.done


def _asked_since(making: _Making) -> bool:
    """Tell whether a place began to ask for the parents' opinion after the listing."""
    asked = making.case.scopes == HA_NOI and Step.PARENTS_HEARD not in making.done
    return asked and making.day + timedelta(days=100) >= PARENTS_SINCE


def _extend(making: _Making) -> None:
    number, until = len(making.acts) + 1, add_months(making.day_of(Step.CELL_VOTED), 4)
    making.acts.append(
        Act(number, Step.EXTENDED, making.day, about="admission.decision", until=until)
    )


def _list_again(making: _Making) -> None:
    """Declare the listing invalid or take the person off the list; in half the cases list anew."""
    if making.turn in {VOIDED, REDONE}:
        voided = [replace(one, voided=True) for one in making.acts if one.step is Step.LISTED]
        making.acts = [one for one in making.acts if one.step is not Step.LISTED] + voided
        making.done.discard(Step.LISTED)
    elif making.turn in {UNLISTED, RELISTED} and Step.DECIDED not in making.done:
        making.add(Step.UNLISTED)
        making.done -= {Step.LISTED, Step.ALLOWED}
        making.wait(90)
    if making.turn in {REDONE, RELISTED} and Step.LISTED not in making.done:
        making.add(Step.LISTED)
        making.done.add(Step.LISTED)


def _promised(making: _Making) -> Made:
    turned = {act.step for act in making.acts}
    current = next((step for step in making.due if step not in making.done), None)
    if making.case.stopped_on or turned & {Step.DELETED, Step.ANNULLED}:
        current = None
    status = RoadStatus.WALKING if making.acts else RoadStatus.NOT_STARTED
    found = (
        (Step.ANNULLED in turned, RoadStatus.ANNULLED),
        (Step.DELETED in turned, RoadStatus.DELETED),
        (making.case.stopped_on is not None, RoadStatus.STOPPED),
        (Step.RECOGNISED in making.done, RoadStatus.RECOGNISED),
        (making.done >= {Step.DECIDED, Step.ADMITTED}, RoadStatus.ADMITTED),
        (Step.UNLISTED in turned and Step.LISTED not in making.done, RoadStatus.UNLISTED),
    )
    status = next((each for holds, each in found if holds), status)
    return Made(making.case, tuple(making.acts), making.day, status, current)


def chunks(number: int) -> Iterator[range]:
    """Return the numbers of the cases, a chunk at a time."""
    for first in range(0, number, CHUNK):
        yield range(first, min(first + CHUNK, number))


@dataclass(slots=True)
class Measured:
    """What one run found."""

    cases: int = 0
    acts: int = 0
    assessed: float = 0.0
    floor: float = 0.0
    checked: int = 0
    wrong: list[int] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """Cases a second."""
        return self.cases / self.assessed if self.assessed else 0.0

    @property
    def ratio(self) -> float:
        """How many times the floor it took."""
        return self.assessed / self.floor if self.floor else 0.0


def keeps(made: Made, found: Assessment) -> bool:
    """Tell whether an answer is what the making of its case promised."""
    current = found.road.current
    step = None if current is None else current.step
    return found.road.status is made.status and step is made.current


def run(number: int, checked: int = 100) -> Measured:
    """
    Build, assess and compare.

    Args:
        number: How many cases.
        checked: How many of each chunk are compared with their promise.
    """
    book = rules.load()
    found = Measured()
    for numbers in chunks(number):
        begun = time.process_time()
        made = [make(each) for each in numbers]
        for one in made:
            sorted(one.acts, key=lambda act: (act.on, act.number))
        between = time.process_time()
        answers = [assess(one.acts, one.case, book, one.on) for one in made[:checked]]
        for one in made[checked:]:
            assess(one.acts, one.case, book, one.on)
        ended = time.process_time()
        found.floor += between - begun
        found.assessed += ended - between
        found.cases += len(made)
        found.acts += sum(len(one.acts) for one in made)
        some = list(zip(numbers, made, answers, strict=False))
        found.checked += len(some)
        found.wrong += [each for each, one, answer in some if not keeps(one, answer)]
    return found


def main() -> int:
    """Run it and print the figure; 1 when it is too slow or an answer is wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=NUMBER, help=f"default: {NUMBER}")
    parser.add_argument("--least", type=int, default=LEAST, help=f"a second; default: {LEAST}")
    given = parser.parse_args()
    found = run(given.cases)
    lines = (
        f"cases     {found.cases}, {found.acts} acts, one core",
        f"assessed  {found.assessed:.2f} s of processor time, {found.rate:.0f} cases a second",
        f"floor     {found.floor:.2f} s to build the same cases and sort their acts",
        f"ratio     {found.ratio:.1f} times the floor",
        f"compared  {found.checked} answers, {len(found.wrong)} not as promised",
    )
    sys.stdout.write("\n".join(lines) + "\n")
    return int(bool(found.wrong) or found.rate < given.least)


if __name__ == "__main__":
    sys.exit(main())
