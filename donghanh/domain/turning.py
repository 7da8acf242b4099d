"""What may happen beside the road: more time, off the list, deletion, annulment."""

from __future__ import annotations

from donghanh.domain.acts import Act, Step
from donghanh.domain.catalogue import ClockKind, TurnRule
from donghanh.domain.refusals import (
    BeforePrevious,
    ExtensionTooLong,
    NothingToExtend,
    RoadEnded,
    StepNotAllowed,
    TurnTooLate,
    VotesNotExhausted,
)
from donghanh.domain.roads import Road, RoadStatus, StageState
from donghanh.domain.rules import Rulebook
from donghanh.domain.timeline import Entry

_ENDED = frozenset({RoadStatus.DELETED, RoadStatus.ANNULLED})
_EXTENDED = frozenset({ClockKind.DUE, ClockKind.WINDOW})


def check_goes_on(road: Road) -> None:
    """
    Refuse what comes after a decision that ended the road.

    Raises:
        RoadEnded: The person was taken off the list of members, or the decision was annulled.
    """
    if road.status in _ENDED:
        raise RoadEnded(status=road.status.value)


def check(new: Act, turn: TurnRule, road: Road, rulebook: Rulebook) -> tuple[Entry[object], ...]:
    """
    Judge a turn before it is stored.

    Args:
        new: The act.
        turn: Its rules.
        road: Where the case stands on the day of the act.
        rulebook: The rules.

    Returns:
        The rules it was judged by.

    Raises:
        RoadEnded, StepNotAllowed, TurnTooLate, BeforePrevious, VotesNotExhausted,
        NothingToExtend, ExtensionTooLong: What refuses it.

    Source:
        rulebook/procedure.toml [turn]
    """
    check_goes_on(road)
    done = {stage.step for stage in road.stages if stage.state is StageState.DONE}
    missing = [step for step in turn.after if step not in done]
    if missing:
        raise StepNotAllowed(step=turn.step, missing=missing[0])
    shut = [step for step in turn.before if step in done]
    if shut:
        raise TurnTooLate(step=turn.step, done=shut[0])
    _check_order(new, turn, road)
    found: list[Entry[object]] = []
    if turn.needs_failed is not None:
        found.append(_exhausted(turn.needs_failed, road, rulebook, new))
    if turn.names_rule:
        found.append(_extended(new, road, rulebook))
    return tuple(found)


def _check_order(new: Act, turn: TurnRule, road: Road) -> None:
    followed = [act for step in turn.after for act in road.stage(step).history[-1:]]
    if turn.needs_failed is not None:
        followed += road.stage(turn.needs_failed).attempts
    latest = max(followed, key=lambda act: act.on, default=None)
    if latest is not None and new.on < latest.on:
        raise BeforePrevious(step=turn.step, on=new.on, previous=latest.step, since=latest.on)


def _exhausted(step: Step, road: Road, rulebook: Rulebook, new: Act) -> Entry[object]:
    stage = road.stage(step)
    name = stage.rule.attempts or ""
    limit = rulebook.on(name, rulebook.governing_day(new.on, new.governed_by))
    if not isinstance(limit.value, int) or len(stage.attempts) < limit.value:
        raise VotesNotExhausted(step=step, attempts=len(stage.attempts), entry=limit)
    return limit


def _extended(new: Act, road: Road, rulebook: Rulebook) -> Entry[object]:
    head = rulebook.contents.heads.get(new.about)
    rule = None if head is None else head.clock
    allowed = rule is not None and (rule.extension is not None or rule.by_consent)
    named = [one for one in road.clocks if one.name == new.about and one.kind in _EXTENDED]
    if (
        not allowed
        or not named
        or new.until is None
        or new.until <= min(one.last_day for one in named)
    ):
        raise NothingToExtend(rule=new.about, until=new.until)
    central = next((one for one in named if not one.is_local), named[0])
    longest = central.extension_last_day
    if longest is not None and new.until > longest:
        raise ExtensionTooLong(
            rule=new.about, until=new.until, longest=longest, entry=central.extension_entry
        )
    return central.entry if central.extension_entry is None else central.extension_entry
