"""Who must sign in with a second factor: written by hand for every role."""

from __future__ import annotations

import pytest

from donghanh.domain.authority import needs_second_factor
from donghanh.domain.rights import Role

#: Every role, and whether its posts need one.
NEEDED = {
    Role.OFFICER: True,
    Role.LEADER: True,
    Role.SECRETARY: True,
    Role.UNION: False,
    Role.COMMITTEE: True,
    Role.BOARD: True,
    Role.UPPER_UNION: True,
    Role.HELPER: False,
    Role.CLASS_UNION: False,
    Role.CLUB_LEADER: False,
    Role.TRAINING_CENTRE: False,
    Role.PUPIL: False,
    Role.ADMINISTRATOR: True,
    Role.AUDITOR: True,
}


class TestNeedsSecondFactor:
    def test_is_said_of_every_role(self) -> None:
        assert set(NEEDED) == set(Role)

    @pytest.mark.parametrize("role", Role)
    def test_is_what_was_written_down(self, role: Role) -> None:
        assert needs_second_factor(role) is NEEDED[role]
