"""Counts of invented votes: some members are away, some are against."""

from __future__ import annotations

import random

from donghanh.domain.voting import Exclusion, Tally

#: For what members are left out in these stories.
_USUAL = (Exclusion.AWAY, Exclusion.EXEMPT)


def carried(
    chance: random.Random, members: int, reasons: tuple[Exclusion, ...] = tuple(Exclusion)
) -> Tally:
    """
    Return a vote that carries under every rule of the rulebook.

    Args:
        chance: Where the numbers come from.
        members: About how many the body has; 12 or more.
        reasons: For what the rules leave members out of the base; nobody is left out where they
            know no reason.
    """
    official = members + chance.randint(0, 4)
    left_out = {reason: chance.randint(0, 1) for reason in _USUAL}
    excluded_by = tuple((reason, left_out[reason]) for reason in _USUAL if reason in reasons)
    excluded = sum(number for _, number in excluded_by)
    convened = official - excluded
    present = convened - chance.randint(0, 2)
    favour = present - chance.randint(0, 1)
    return Tally(
        official, excluded, convened, present, favour, present - favour, 0, excluded_by=excluded_by
    )


def failed(chance: random.Random, members: int) -> Tally:
    """Return a vote that carries under no rule: one vote in favour less than half."""
    official = members + chance.randint(0, 4)
    present = official - chance.randint(0, 1)
    favour = official // 2 - 1
    return Tally(official, 0, official, present, favour, present - favour - 1, 1)
