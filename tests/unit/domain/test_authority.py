"""Rights follow from the post, and end where its reach ends."""

from __future__ import annotations

import pytest

from donghanh.domain.authority import Actor, NotAllowed, Post, require
from donghanh.domain.rights import Right, Role

OWN, OTHER = 7, 8


def actor(role: Role) -> Actor:
    post = Post(1, role, 70, "cb-thpt", "Chi bộ Trường THPT")
    return Actor(1, "Lê Thị Mẫu", post, frozenset({OWN}))


class TestActor:
    @pytest.mark.parametrize(
        ("role", "right", "given"),
        [
            (Role.SECRETARY, Right.RECORD_ACTS, True),
            (Role.SECRETARY, Right.ISSUE_DIRECTIVES, False),
            (Role.OFFICER, Right.ISSUE_DIRECTIVES, True),
            (Role.OFFICER, Right.READ_CASES, False),  # the department sees figures, no pupil
            (Role.LEADER, Right.READ_FIGURES, True),
            (Role.PUPIL, Right.READ_OWN_FILE, True),
            (Role.PUPIL, Right.READ_FIGURES, False),
            (Role.ADMINISTRATOR, Right.READ_CASES, False),
        ],
    )
    def test_may_what_the_post_gives_and_nothing_else(
        self, role: Role, right: Right, given: bool
    ) -> None:
        assert actor(role).may(right) is given

    @pytest.mark.parametrize("role", Role)
    def test_may_something_in_every_role_but_never_everything(self, role: Role) -> None:
        given = {right for right in Right if actor(role).may(right)}
        assert given
        assert given != set(Right)


class TestRequire:
    def test_lets_the_own_school_pass_and_what_concerns_none(self) -> None:
        require(actor(Role.SECRETARY), Right.RECORD_ACTS, school_id=OWN)
        require(actor(Role.SECRETARY), Right.READ_RULES)

    def test_refuses_the_neighbouring_school(self) -> None:
        with pytest.raises(NotAllowed) as refused:
            require(actor(Role.SECRETARY), Right.RECORD_ACTS, school_id=OTHER)
        assert refused.value.facts == {"right": "record_acts", "role": "secretary"}

    @pytest.mark.parametrize("school_id", [None, OWN])
    def test_refuses_a_right_the_post_does_not_give(self, school_id: int | None) -> None:
        with pytest.raises(NotAllowed) as refused:
            require(actor(Role.PUPIL), Right.READ_CASES, school_id=school_id)
        assert refused.value.facts == {"right": "read_cases", "role": "pupil"}
