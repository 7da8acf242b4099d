"""What declaring an act invalid brings about: one step is redone, the rest is inherited."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from donghanh.domain.acts import Act, Case, Step
from donghanh.domain.errors import RuleError
from donghanh.domain.replaying import replay
from donghanh.domain.roads import Stage
from donghanh.domain.rules import Rulebook


class NoSuchAct(RuleError):
    """The case has no act of that number."""

    code: ClassVar[str] = "procedure.no_such_act"


class AlreadyVoided(RuleError):
    """The act has already been declared invalid."""

    code: ClassVar[str] = "procedure.already_voided"


@dataclass(frozen=True, slots=True)
class VoidEffect:
    """
    What declaring an act invalid brings about.

    Attributes:
        number: The act.
        step: The step that opens again.
        falls: Numbers of the later acts that fall with it and must be declared invalid together.
        keeps: Numbers of the later valid acts that were done correctly and stay.
    """

    number: int
    step: Step
    falls: tuple[int, ...]
    keeps: tuple[int, ...]


def check_void(
    number: int, acts: Sequence[Act], case: Case, rulebook: Rulebook, today: date
) -> VoidEffect:
    """
    Return what declaring an act invalid would bring about.

    Args:
        number: The act.
        acts: Every act of the case so far.
        case: The facts about the person.
        rulebook: The rules.
        today: The day of recording.

    Returns:
        The step that opens again, the later acts that fall with it (a decision built on a faulty
        step is made anew and fixes the date of admission) and those that are inherited.

    Raises:
        NoSuchAct: There is no act of that number.
        AlreadyVoided: The act has already been declared invalid.
    """
    act = next((one for one in acts if one.number == number), None)
    if act is None:
        raise NoSuchAct(number=number)
    if act.voided:
        raise AlreadyVoided(number=number)
    road = replay(acts, case, rulebook, today)
    form = None if act.form is None else rulebook.form(act.form, case.scopes)
    step = form.step if act.step is Step.PAPERS and form is not None else act.step
    order = rulebook.step(step).order
    falling = rulebook.step(step).falls if _counts(act, road.stage(step)) else ()
    later = [
        one
        for one in acts
        if not one.voided and rulebook.step(one.step).order > order and one.number != number
    ]
    falls = tuple(one.number for one in later if one.step in falling)
    keeps = tuple(one.number for one in later if one.step not in falling)
    return VoidEffect(number, step, falls, keeps)


def _counts(act: Act, stage: Stage) -> bool:
    """Tell whether a stage rests on the act: not a failed try, nor one replaced since."""
    if act.step is Step.PAPERS:
        return any(need.required and need.done == act for need in stage.papers)
    return stage.act == act
