"""What of a road tells, whatever the day, that a step or turn cannot be taken on it."""

from __future__ import annotations

from functools import lru_cache

from donghanh.domain.acts import Step
from donghanh.domain.book import Rulebook


@lru_cache(maxsize=256)
def closing(book: Rulebook, step: Step) -> tuple[Step, ...]:
    """
    Return the steps of which one, once done, keeps a step or turn from being taken.

    Args:
        book: The rules.
        step: The step, or the turn beside the road.

    Source:
        rulebook/procedure.toml
    """
    turn = book.catalogue.turn(step)
    if turn is not None:
        return turn.before
    return () if book.step(step).repeats else (step,)


@lru_cache(maxsize=256)
def last_before(book: Rulebook, step: Step) -> Step | None:
    """
    Return the last step that is an act on every road and comes before a step or turn, if any is.

    Left out are steps that only some roads pass, that a turn leaves out or that are papers.

    Args:
        book: The rules.
        step: The step, or the turn beside the road.

    Source:
        rulebook/procedure.toml
    """
    turn = book.catalogue.turn(step)
    first = {step} if turn is None else set(turn.after)
    before: set[Step] = set().union(*(book.catalogue.ancestors(one) for one in first))
    if turn is not None:
        before |= first
    left_out = {one for other in book.catalogue.turns for one in other.skips}
    always = [
        rule
        for rule in book.steps()
        if rule.step in before - left_out
        and rule.blocks
        and not rule.papers
        and rule.only_if is None
        and rule.never_if is None
        and rule.only_where is None
        and rule.lapses_with is None
    ]
    return max(always, key=lambda rule: rule.order).step if always else None
