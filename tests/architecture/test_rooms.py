"""Rooms keep their views, forms, addresses and jobs to themselves, and each has its card."""

from __future__ import annotations

import ast

import pytest

from tests.architecture import ours

_PRIVATE = {"views", "forms", "urls", "jobs"}
#: Where the addresses of all rooms come together.
_MEETING_POINT = "config"

ROOMS = [path.name for path in ours.rooms()]


class TestRooms:
    @pytest.mark.parametrize("room", [*ROOMS, "config", "lib"])
    def test_take_nothing_private_from_another_room(self, room: str) -> None:
        taken = []
        for path in ours.python(ours.PACKAGE / room):
            for name in sorted(ours.imported(path)):
                parts = name.split(".")
                if parts[0] != "donghanh" or len(parts) < 3 or parts[1] == room:
                    continue
                if parts[2] in _PRIVATE and room != _MEETING_POINT:
                    taken.append(f"{path.relative_to(ours.ROOT)} imports {name}")
        assert taken == []

    @pytest.mark.parametrize("room", ROOMS)
    def test_say_on_their_card_what_happens_who_comes_their_words_and_actions(
        self, room: str
    ) -> None:
        card = ast.get_docstring(ours.tree(ours.PACKAGE / room / "__init__.py")) or ""
        missing = [
            part
            for part in ("What happens here", "Who comes", "Its words", "Its actions")
            if part.lower() not in card.lower()
        ]
        assert missing == [], f"the card of {room} lacks {missing}"

    @pytest.mark.parametrize("room", ROOMS)
    def test_hold_nothing_but_the_card_in_their_first_file(self, room: str) -> None:
        body = ours.tree(ours.PACKAGE / room / "__init__.py").body
        assert [type(node).__name__ for node in body] == ["Expr"]
