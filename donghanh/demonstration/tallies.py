"""Counts of invented votes: some members are away, some are against."""

from __future__ import annotations

import random

from donghanh.domain.voting import Tally


def carried(chance: random.Random, members: int) -> Tally:
    """
    Return a vote that carries under every rule of the rulebook.

    Args:
        chance: Where the numbers come from.
        members: About how many the body has; 12 or more.
    """
    official = members + chance.randint(0, 4)
    excluded = chance.randint(0, 1)
    convened = official - excluded
    present = convened - chance.randint(0, 2)
    favour = present - chance.randint(0, 1)
    return Tally(official, excluded, convened, present, favour, present - favour, 0)


def failed(chance: random.Random, members: int) -> Tally:
    """Return a vote that carries under no rule: one vote in favour less than half."""
    official = members + chance.randint(0, 4)
    present = official - chance.randint(0, 1)
    favour = official // 2 - 1
    return Tally(official, 0, official, present, favour, present - favour - 1, 1)
