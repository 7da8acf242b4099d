"""Writes of the room of practices."""

from __future__ import annotations

from donghanh.practices.actions.adopting import (
    Source,
    keep_challenges,
    state_result,
    take_over,
    withdraw,
)
from donghanh.practices.actions.proposing import (
    mend,
    propose,
    recognise,
    recommend,
    return_practice,
)

__all__ = [
    "Source",
    "keep_challenges",
    "mend",
    "propose",
    "recognise",
    "recommend",
    "return_practice",
    "state_result",
    "take_over",
    "withdraw",
]
