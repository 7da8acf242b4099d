"""The door for whoever holds the link to one hand-over, without an account."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from donghanh.domain.looking import Reach, Way
from donghanh.handover import queries
from donghanh.lib import throttle, wall

#: Links that open nothing, by address: as those of invitations to accounts.
WRONG_LINKS = throttle.Limit("handover.link", failures=30, seconds=600)
#: Second codes that do not fit, by link: eight signs of 31 are not guessed at this rate.
WRONG_CODES = throttle.Limit("handover.code", failures=6, seconds=900)


@contextmanager
def by_link(word: str, code: str = "") -> Iterator[None]:
    """
    Do everything inside in one transaction in which the database knows the link and nothing else.

    Args:
        word: What the link ends with: shows the hand-over alone.
        code: The second code: shows the pupil's name as well.
    """
    reach = Reach(Way.LINK, code=queries.digest_of(word, code))
    with wall.looking(reach.way, reach.settings):
        yield
