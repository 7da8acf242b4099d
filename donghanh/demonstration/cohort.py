"""A whole cohort of one school, with every way a road can go, written into the diary."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from donghanh.demonstration import days, files, tallies
from donghanh.demonstration.plans import Plan
from donghanh.demonstration.pupils import Pupil, Walkers
from donghanh.demonstration.stage import SINCE, School
from donghanh.domain.acts import Step


class Turn(StrEnum):
    """Which way the road of one of the cohort goes."""

    SMOOTH = "smooth"  # to the ceremony
    DECLINED = "declined"  # the invitation was never answered with a yes
    WITHDREW_EARLY = "withdrew_early"  # agreed, and stopped before the source list
    WITHDREW = "withdrew"  # stopped once listed
    WITHDREW_LATE = "withdrew_late"  # stopped after the cell's vote
    WAITING = "waiting"  # still somewhere on the way
    FAILED = "failed"  # the cell's vote did not carry
    FAILED_FIRST = "failed_first"  # it carried the second time
    REDONE = "redone"  # a step was declared invalid and done again
    AGED = "aged"  # the papers grew older than twelve months and were made again
    RETURNED = "returned"  # the committee returned the dossier, then decided
    GRADUATED = "graduated"  # left school before the ceremony; another unit has the file


#: Of twenty pupils; a longer cohort goes through them again.
_OF_TWENTY = (
    *(Turn.SMOOTH, Turn.WAITING, Turn.DECLINED, Turn.WAITING, Turn.REDONE),
    *(Turn.SMOOTH, Turn.FAILED, Turn.WITHDREW, Turn.WAITING, Turn.AGED),
    *(Turn.SMOOTH, Turn.FAILED_FIRST, Turn.WITHDREW_EARLY, Turn.WAITING, Turn.WITHDREW_LATE),
    *(Turn.GRADUATED, Turn.WAITING, Turn.DECLINED, Turn.WAITING, Turn.RETURNED),
)
#: Where those stand who are still on the way, in turn.
_STANDS = (
    *(Step.SOURCED, Step.INTRODUCED, Step.LISTED, Step.SENT_TO_CLASS, Step.TRAINED),
    *(Step.ALLOWED, Step.APPLIED, Step.VERIFICATION_SENT, Step.OPINIONS, Step.DECIDED),
)
#: How long before the others a dossier is begun that is to grow too old.
_EARLIER = timedelta(days=420)
_WEEK = timedelta(days=7)
_CELL = 18
_REASON = "Ghi nhầm ngày họp, chi bộ họp lại (mô phỏng)"


@dataclass(frozen=True, slots=True)
class Member:
    """One of the cohort: what was to become of the road, and who walks it."""

    turn: Turn
    pupil: Pupil
    stopped_on: date | None = None


def walk(walkers: Walkers, school: School, plan: Plan, count: int) -> tuple[Member, ...]:
    """
    Write the roads of a cohort into the diary.

    Args:
        walkers: Write them, through the actions the pages use.
        school: The school of all of them.
        plan: From when to when.
        count: How many pupils are invited.

    Returns:
        One entry a pupil, in the order of inviting.
    """
    return tuple(_one(walkers, school, plan, place) for place in range(count))


def _one(walkers: Walkers, school: School, plan: Plan, place: int) -> Member:
    turn = _OF_TWENTY[place % len(_OF_TWENTY)]
    if turn is Turn.AGED and plan.begin - _EARLIER < SINCE + _WEEK:
        turn = Turn.SMOOTH  # there is no rule yet by which it could have been begun
    begin = days.on_or_after(plan.begin + timedelta(days=place % 9))
    laid = days.spread(begin, days.on_or_before(plan.end - timedelta(days=place % 7)))
    pupil = walkers.pupil(school, eighteen_by=laid[Step.CELL_VOTED])
    stopped = _WAYS[turn](walkers, pupil, laid, place)
    return Member(turn, pupil, stopped)


def _smooth(walkers: Walkers, pupil: Pupil, laid: dict[Step, date], place: int) -> None:
    walkers.walk(pupil, laid)


def _decline(walkers: Walkers, pupil: Pupil, laid: dict[Step, date], place: int) -> None:
    walkers.invite(pupil, laid[Step.SOURCED] - timedelta(days=3))


def _withdraw_early(walkers: Walkers, pupil: Pupil, laid: dict[Step, date], place: int) -> date:
    walkers.join(pupil, laid[Step.SOURCED])
    stopped = laid[Step.SOURCED] + timedelta(days=1)
    walkers.stop(pupil, stopped)
    return stopped


def _withdraw(walkers: Walkers, pupil: Pupil, laid: dict[Step, date], place: int) -> date:
    walkers.walk(pupil, laid, Step.LISTED)
    stopped = laid[Step.TRAINED]
    walkers.stop(pupil, stopped)
    return stopped


def _withdraw_late(walkers: Walkers, pupil: Pupil, laid: dict[Step, date], place: int) -> date:
    walkers.walk(pupil, laid, Step.CELL_VOTED)
    stopped = pupil.latest[0] + timedelta(days=1)
    walkers.stop(pupil, stopped)
    return stopped


def _wait(walkers: Walkers, pupil: Pupil, laid: dict[Step, date], place: int) -> None:
    walkers.walk(pupil, laid, _STANDS[place // 2 % len(_STANDS)])


def _fail(walkers: Walkers, pupil: Pupil, laid: dict[Step, date], place: int) -> None:
    walkers.walk(pupil, laid, Step.OPINIONS)
    failed = tallies.failed(walkers.stage.chance, _CELL)
    walkers.act(pupil, Step.CELL_VOTED, _day(pupil, laid[Step.CELL_VOTED]), tally=failed)


def _fail_first(walkers: Walkers, pupil: Pupil, laid: dict[Step, date], place: int) -> None:
    _fail(walkers, pupil, laid, place)
    walkers.walk_on(pupil, _later(pupil, laid, Step.CELL_VOTED))


def _redo(walkers: Walkers, pupil: Pupil, laid: dict[Step, date], place: int) -> None:
    walkers.walk(pupil, laid, Step.CELL_VOTED)
    walkers.void(pupil, Step.CELL_VOTED, pupil.latest[0] + timedelta(days=1), _REASON)
    walkers.walk_on(pupil, _later(pupil, laid, Step.CELL_VOTED))


def _age(walkers: Walkers, pupil: Pupil, laid: dict[Step, date], place: int) -> None:
    early = {step: days.on_or_before(on - _EARLIER) for step, on in laid.items()}
    walkers.walk(pupil, early, Step.OPINIONS)
    walkers.renew(pupil, days.back(laid[Step.CELL_VOTED], 6))
    walkers.walk_on(pupil, _later(pupil, laid, Step.CELL_VOTED))


def _return(walkers: Walkers, pupil: Pupil, laid: dict[Step, date], place: int) -> None:
    walkers.walk(pupil, laid, Step.CELL_VOTED)
    sent = days.on_or_after(pupil.latest[0] + timedelta(days=1))
    back = files.returned(walkers, pupil, sent)
    walkers.walk_on(pupil, _later(pupil, laid, Step.BASE_VOTED, since=back))


def _graduate(walkers: Walkers, pupil: Pupil, laid: dict[Step, date], place: int) -> None:
    walkers.walk(pupil, laid, Step.DECIDED)
    files.leaves(walkers, pupil, days.on_or_after(pupil.latest[0] + timedelta(days=1)))


def _day(pupil: Pupil, on: date) -> date:
    """Return a day, or that of what was done last where this was later."""
    return max(on, pupil.latest[0])


def _later(
    pupil: Pupil, laid: dict[Step, date], step: Step, since: date = date.min
) -> dict[Step, date]:
    """Return the days from a step on, that step some days after what was done last."""
    steps = list(laid)[list(laid).index(step) :]
    again = days.on_or_after(max(pupil.latest[0], since) + timedelta(days=3))
    return {step: max(again, laid[step]) for step in steps}


_WAYS = {
    Turn.SMOOTH: _smooth,
    Turn.DECLINED: _decline,
    Turn.WITHDREW_EARLY: _withdraw_early,
    Turn.WITHDREW: _withdraw,
    Turn.WITHDREW_LATE: _withdraw_late,
    Turn.WAITING: _wait,
    Turn.FAILED: _fail,
    Turn.FAILED_FIRST: _fail_first,
    Turn.REDONE: _redo,
    Turn.AGED: _age,
    Turn.RETURNED: _return,
    Turn.GRADUATED: _graduate,
}
