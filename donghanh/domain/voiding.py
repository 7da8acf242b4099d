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
    step = _step_of(act, case, rulebook)
    if _order(act, case, rulebook) == 0:
        return VoidEffect(number, step, (), ())
    order = rulebook.step(step).order
    falling = rulebook.step(step).falls if _counts(act, road.stage(step), rulebook) else ()
    later = [
        one
        for one in acts
        if not one.voided and one.number != number and _order(one, case, rulebook) > order
    ]
    falls = tuple(one.number for one in later if one.step in falling)
    keeps = tuple(one.number for one in later if one.step not in falling)
    return VoidEffect(number, step, falls, keeps)


def _step_of(act: Act, case: Case, rulebook: Rulebook) -> Step:
    """Return the step an act belongs to: for a paper, the one that asks for it."""
    if act.step is not Step.PAPERS or act.form is None:
        return act.step
    form = rulebook.form(act.form, case.at(act.on).scopes)
    return act.step if form is None else form.step


def _order(act: Act, case: Case, rulebook: Rulebook) -> int:
    """Return the place of an act on the road; 0 for what is beside it."""
    step = _step_of(act, case, rulebook)
    on_the_road = step is not Step.PAPERS and rulebook.catalogue.turn(step) is None
    return rulebook.step(step).order if on_the_road else 0


def _counts(act: Act, stage: Stage, rulebook: Rulebook) -> bool:
    """Tell whether a stage rests on the act: not a failed try, nor one replaced since."""
    if act.step is not Step.PAPERS:
        return stage.act == act
    number = rulebook.catalogue.answers_for
    form = number(act.form or "")
    made = [one for one in stage.history if number(one.form or "") == form]
    return any(
        need.required and need.form == form and act in made[-need.copies :] for need in stage.papers
    )
