"""While the work on a file rests, no page of the staff offers what would be refused when sent."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import resolve, reverse

from donghanh.accounts.models import User
from donghanh.domain.acts import Step
from donghanh.domain.requests import Kind
from donghanh.meetings.models import AgendaItem, Meeting
from donghanh.ownfile import actions
from tests import factory
from tests.factory import Cast
from tests.integration.accompaniment import walking
from tests.integration.walls import files

pytestmark = pytest.mark.django_db

ON = walking.TODAY
MARK = "tạm ngừng theo yêu cầu"
_FORM = re.compile(r"<form\b([^>]*)>(.*?)</form>", re.DOTALL)
_PATH = re.compile(r'action="([^"]*)"')
#: Pages about many pupils.
LISTS = (
    *("dossiers:cohort", "pool:source", "forecast:calendar", "promotion:page"),
    *("accompaniment:overview", "accompaniment:give", "handover:listing"),
)
#: Forms that are about no single pupil, or that the database lets pass: each with the reason.
PASSES = {
    "accounts:sign_out": "about nobody",
    "organisation:choose": "about nobody",
    "meetings:attendance": "who is there at a meeting, for all of it",
    "meetings:drop": "takes the item off, so that the others can be decided",
    "meetings:agenda": "about the other pupils; whose work rests cannot be chosen",
    "accompaniment:give": "about the other pupils; whose work rests cannot be chosen",
    "promotion:preview": "about the other pupils; nothing is written by it",
}


@pytest.fixture
def cast(monkeypatch: pytest.MonkeyPatch) -> Cast:
    factory.freeze(monkeypatch, ON)
    return factory.cast()


@pytest.fixture
def one(cast: Cast) -> walking.Pair:
    """Return a pupil with a helper, about whom something is under way in every room."""
    found = walking.pair(cast)
    walking.done(found)
    return found


def addresses(cast: Cast, one: walking.Pair) -> dict[str, list[Any]]:
    """Return every page of the staff that could offer to record something about the pupil."""
    dossier = one.dossier
    handover = files.about(dossier, cast.school.cell, cast.competent, cast.secretary, ON)
    meeting = Meeting.objects.create(
        unit=cast.school.cell,
        school=cast.school.unit,
        body="cell",
        on_date=ON,
        chair="Người Khác",
        taker="Người Khác Nữa",
        planned_at=walking.AT,
        planned_by=cast.secretary,
    )
    item = AgendaItem.objects.create(
        meeting=meeting, dossier=dossier, position=1, step=Step.CELL_VOTED.value
    )
    number = [dossier.pk]
    return {
        **dict.fromkeys(
            (
                *("dossiers:road", "dossiers:facts", "papers:listing", "papers:send"),
                *("papers:letter", "papers:receive", "papers:give_back", "handover:begin"),
                *("accompaniment:pupil", "accompaniment:note", "accompaniment:comment"),
                "forecast:pupil",
            ),
            number,
        ),
        "dossiers:record": [dossier.pk, Step.CHALLENGED.value],
        "dossiers:void": [dossier.pk, dossier.acts_recorded],
        "papers:note": [dossier.pk, "2-KNĐ", 1],
        "papers:answer": [dossier.pk, dossier.letters.get().pk],
        "accompaniment:challenge": [dossier.challenges.get().pk],
        "pool:ratings": [dossier.person_id],
        "classes:course": [dossier.seats.get().course_id],
        "handover:page": [handover.pk],
        "meetings:meeting": [meeting.pk],
        "meetings:agenda": [meeting.pk],
        "meetings:item": [meeting.pk, item.pk],
        "meetings:close": [meeting.pk],
        **{name: [] for name in LISTS},
    }


def offered(user: User, pages: dict[str, list[Any]]) -> dict[str, set[str]]:
    """Return where the forms of each page lead that somebody can open, by the page's name."""
    client, found = factory.signed_in(user), {}
    for name, holes in pages.items():
        path = reverse(name, args=holes)
        answer = client.get(path)
        if answer.status_code == 200:
            found[name] = _leads(answer.content.decode(), path)
    return found


def _leads(page: str, path: str) -> set[str]:
    leads = set()
    for attributes, inside in _FORM.findall(page):
        if 'method="post"' not in attributes or "<button" not in inside:
            continue
        told = _PATH.search(attributes)
        leads.add(resolve((told[1] if told else "").split("?")[0] or path).view_name)
    return leads


def staff(cast: Cast, one: walking.Pair) -> dict[str, User]:
    names = ("secretary", "union", "committee")
    return {name: getattr(cast, name) for name in names} | {"helper": one.helper}


class TestPages:
    def test_offer_nothing_that_would_be_refused(self, cast: Cast, one: walking.Pair) -> None:
        pages = addresses(cast, one)
        before = {who: offered(user, pages) for who, user in staff(cast, one).items()}
        barred = {
            (who, name)
            for who, shown in before.items()
            for name, leads in shown.items()
            if leads - set(PASSES)
        }
        # While the work goes on these pages do offer something: else nothing is tried here.
        assert {name for _, name in barred} >= {
            *("dossiers:facts", "papers:letter", "accompaniment:note"),
            *("accompaniment:challenge", "pool:ratings", "classes:course", "meetings:item"),
            "handover:page",
        }
        actions.ask(code=one.code, kind=Kind.RESTRICT, at=walking.AT, on=ON)
        after = {who: offered(user, pages) for who, user in staff(cast, one).items()}
        left = {
            (who, name): leads - set(PASSES)
            for who, shown in after.items()
            for name, leads in shown.items()
            if leads - set(PASSES)
        }
        assert left == {}
        # And nobody loses sight of a page that was there.
        assert {who: set(shown) for who, shown in before.items()} == {
            who: set(shown) & set(before[who]) for who, shown in after.items()
        }

    def test_mark_the_pupil_in_lists_and_say_since_when_but_not_why(
        self, cast: Cast, one: walking.Pair
    ) -> None:
        client = factory.signed_in(cast.secretary)
        lists = ("dossiers:cohort", "pool:source", "forecast:calendar", "accompaniment:overview")
        assert not [name for name in lists if MARK in text(client, name)]
        actions.ask(code=one.code, kind=Kind.RESTRICT, at=walking.AT, on=ON)
        assert [name for name in lists if MARK not in text(client, name)] == []
        road = text(client, "dossiers:road", one.dossier.pk)
        assert f"Tạm ngừng từ ngày {day(ON)}" in road
        assert reverse("dossiers:facts", args=[one.dossier.pk]) not in road
        assert reverse("handover:begin", args=[one.dossier.pk]) not in road
        assert "/ghi/" not in road

    def test_say_nothing_to_who_does_not_see_the_case(self, cast: Cast, one: walking.Pair) -> None:
        actions.ask(code=one.code, kind=Kind.RESTRICT, at=walking.AT, on=ON)
        client = factory.signed_in(cast.outsider)
        for name in ("dossiers:facts", "papers:letter", "handover:begin"):
            answer = client.get(reverse(name, args=[one.dossier.pk]))
            assert answer.status_code == 404
            assert "ngừng" not in answer.content.decode()


def text(client: Client, name: str, *holes: object) -> str:
    return client.get(reverse(name, args=holes)).content.decode()


def day(on: date) -> str:
    return f"{on.day:02d}/{on.month}/{on.year}" if on.month > 2 else f"{on:%d/%m/%Y}"
