"""The frame around every page: rooms by role, the bar of a phone, the present room."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.http import HttpRequest

import donghanh.web
from donghanh.domain.authority import Actor, Post
from donghanh.domain.rights import Role
from donghanh.web import context
from donghanh.web.context import Shell

STATIC = Path(donghanh.web.__file__).parent / "static"


def build(role: Role, path: str = "/", posts: int = 1) -> Shell:
    held = tuple(Post(i, role, i, f"u{i}", f"Đơn vị {i}") for i in range(1, posts + 1))
    return context.frame(
        Actor(1, "Cao Thị Bích", held[0]), path, "2025-2026", {"inbox": 2}, held, simulated=True
    )


class TestRooms:
    @pytest.mark.parametrize("role", list(Role))
    def test_are_at_most_seven_for_every_role(self, role: Role) -> None:
        assert 1 <= len(context.rooms(role)) <= 7

    def test_show_a_count_where_something_waits(self) -> None:
        counts = {item.key: item.count for item in build(Role.SECRETARY).nav}
        assert counts["inbox"] == 2
        assert counts["report"] == 0


class TestFrame:
    @pytest.mark.parametrize(
        ("path", "present"),
        [
            *(("/", "desk"), ("/con-duong/12/", "road"), ("/van-ban-den/", "inbox"), ("/tim", "")),
            *(("/so-lieu/2026-2027/", "figures"), ("/chi-tieu/2026-2027/admitted/", "figures")),
        ],
    )
    def test_marks_the_present_room(self, path: str, present: str) -> None:
        current = [item.key for item in build(Role.SECRETARY, path).nav if item.current]
        assert current == ([present] if present else [])

    @pytest.mark.parametrize("path", ["/so-lieu/2026-2027/", "/chi-tieu/2026-2027/admitted/"])
    def test_lays_figures_and_targets_beside_each_other(self, path: str) -> None:
        tabs = build(Role.SECRETARY, path).tabs
        assert [tab.url for tab in tabs] == ["/so-lieu/", "/chi-tieu/"]
        assert [path.startswith(tab.url) for tab in tabs] == [tab.current for tab in tabs]

    @pytest.mark.parametrize("role", list(Role))
    def test_fits_the_bar_of_a_phone(self, role: Role) -> None:
        shell = build(role)
        assert len(shell.first) + bool(shell.rest) <= 4
        assert shell.first + shell.rest == shell.nav

    def test_offers_posts_only_where_there_is_a_choice(self) -> None:
        assert build(Role.SECRETARY).posts == ()
        assert len(build(Role.SECRETARY, posts=2).posts) == 2

    def test_gives_a_pupil_no_box_to_find_people(self) -> None:
        assert build(Role.SECRETARY).searches
        assert not build(Role.PUPIL).searches


class TestShell:
    def test_of_somebody_not_signed_in_has_no_rooms(self) -> None:
        shell = context.shell(HttpRequest())["shell"]
        assert shell.nav == ()
        assert shell.name == ""


class TestTokens:
    def test_are_the_same_whether_dark_is_chosen_or_the_machine_s(self) -> None:
        css = (STATIC / "css" / "tokens.css").read_text(encoding="utf-8")
        dark = [
            re.findall(r"(--[\w-]+): ([^;]+);", block)
            for block in re.findall(r"color-scheme: dark;(.*?)}", css, re.DOTALL)
        ]
        assert len(dark) == 2
        assert dark[0] == dark[1] != []

    def test_are_the_only_place_of_raw_colours(self) -> None:
        for sheet in sorted((STATIC / "css").glob("*.css")):
            if sheet.name not in {"tokens.css", "print.css"}:
                found = re.findall(r"#[0-9a-fA-F]{3,6}\b", sheet.read_text(encoding="utf-8"))
                assert found == [], sheet.name
