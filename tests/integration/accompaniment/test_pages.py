"""The pages of accompaniment: through both walls, with bad input, and nothing kept by half."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from donghanh.accompaniment.models import Challenge, Evidence, Membership, Note
from donghanh.history.models import Event
from donghanh.lib import days
from tests import factory
from tests.factory import Cast
from tests.integration.accompaniment import walking
from tests.integration.accompaniment.walking import BEGINS, KEY, TODAY, Pair

pytestmark = pytest.mark.django_db

NEXT_DAY = days.day(TODAY + timedelta(days=1))


@pytest.fixture
def cast(monkeypatch: pytest.MonkeyPatch) -> Cast:
    factory.freeze(monkeypatch, TODAY)
    return factory.cast()


@pytest.fixture
def one(cast: Cast) -> Pair:
    return walking.pair(cast)


def kept() -> tuple[int, ...]:
    found = (Challenge, Evidence, Note, Membership)
    written = Event.objects.exclude(action__startswith="dossiers.")  # readings are written down
    return (*(model.objects.count() for model in found), written.count())


class TestStaff:
    def test_giving_to_one_who_stopped_meanwhile_gives_nobody_anything(
        self, cast: Cast, one: Pair
    ) -> None:
        client = factory.signed_in(cast.union)
        path = reverse("accompaniment:give")
        assert client.get(path).status_code == 200
        factory.stopped(one.dossier.person, on=TODAY)
        before = kept()
        typed = {"key": KEY, "dossier_ids": [one.dossier.pk], "due": NEXT_DAY, "once": "x"}
        answer = client.post(path, typed)
        assert answer.status_code == 422
        assert "không còn hiện ở đây" in answer.content.decode()
        assert kept() == before

    @pytest.mark.parametrize(
        "typed",
        [
            {},
            {"key": "x", "dossier_ids": ["1e9"], "due": "32/13/2026", "once": "x"},
            {"key": KEY, "dossier_ids": [str(10**30)], "due": NEXT_DAY, "once": "x"},
            {"key": KEY, "due": NEXT_DAY, "once": "x" * 100},
        ],
    )
    def test_giving_says_what_is_wrong(
        self, cast: Cast, one: Pair, typed: dict[str, object]
    ) -> None:
        before = kept()
        answer = factory.signed_in(cast.union).post(reverse("accompaniment:give"), typed)
        assert (answer.status_code, kept()) == (422, before)

    def test_writing_tells_the_pupil_and_keeps_what_was_typed(self, one: Pair) -> None:
        client = factory.signed_in(one.helper)
        path = reverse("accompaniment:note", args=[one.dossier.pk])
        answer = client.post(path, {"text": "Gặp em", "on": NEXT_DAY, "once": "x"})
        assert answer.status_code == 422
        assert "Gặp em" in answer.content.decode()
        for _ in range(2):
            client.post(path, {"text": "Gặp em", "on": days.day(TODAY), "once": "x"})
        assert Note.objects.count() == 1

    def test_opening_is_written_down_and_the_pupil_sees_who(self, one: Pair) -> None:
        walking.done(one)
        client = factory.signed_in(one.helper)
        for name, number in (("pupil", one.dossier.pk), ("challenge", Challenge.objects.get().pk)):
            assert client.get(reverse(f"accompaniment:{name}", args=[number])).status_code == 200
        lines = Event.objects.filter(action="dossiers.read", subject_id=one.dossier.pk)
        assert [line.facts for line in lines] == [{"part": "accompaniment"}] * 2
        own = Client().get(reverse("dossiers:own", args=[one.code])).content.decode()
        assert one.helper.name in own

    def test_tells_the_cell_that_there_is_a_comment_and_lets_it_read(
        self, cast: Cast, one: Pair
    ) -> None:
        walking.commented(one)
        there = reverse("accompaniment:pupil", args=[one.dossier.pk])
        for user, told in ((cast.secretary, True), (cast.union, False)):
            client = factory.signed_in(user)
            listed = client.get(reverse("accompaniment:overview")).content.decode()
            assert (f"{there}#nhan-xet" in listed) is told
            assert ("các buổi lao động" in client.get(there).content.decode()) is told

    def test_overview_asks_as_often_for_many_as_for_one(self, cast: Cast, one: Pair) -> None:
        def asked() -> int:
            client = factory.signed_in(cast.secretary)
            client.get(reverse("accompaniment:overview"))
            with CaptureQueriesContext(connection) as found:
                client.get(reverse("accompaniment:overview"))
            return len(found)

        walking.done(one)
        walking.given(cast.union, one.dossier)
        walking.commented(one)
        walking.club(cast)
        first = asked()
        for name in ("giupdo2", "giupdo3"):
            other = walking.pair(cast, name)
            walking.done(other)
            walking.given(cast.union, other.dossier)
            walking.commented(other)
            walking.club(cast, name)
        assert asked() == first


class TestOwn:
    @pytest.fixture
    def challenge(self, one: Pair) -> Challenge:
        (challenge,) = walking.given(one.helper, one.dossier)
        Client().post(reverse("accompaniment:accept", args=[one.code, challenge.pk]))
        challenge.refresh_from_db()
        assert challenge.accepted_at is not None
        return challenge

    @pytest.mark.parametrize(
        ("name", "typed"),
        [
            ("tell", {}),
            ("tell", {"text": "x", "on": NEXT_DAY, "once": "x"}),
            ("tell", {"text": "x", "on": days.day(BEGINS - timedelta(days=3)), "once": "x"}),
            ("tell", {"text": "x" * 301, "on": days.day(TODAY), "once": "x"}),
            ("tell", {"text": "x", "on": days.day(TODAY), "once": "x", "step": "99"}),
            ("tell", {"text": "x", "on": days.day(TODAY), "once": "x", "step": "a"}),
            ("finish", {}),
            ("finish", {"reflection": "ă" * 20_000}),
        ],
    )
    def test_says_what_is_wrong_and_keeps_nothing(
        self, one: Pair, challenge: Challenge, name: str, typed: dict[str, str]
    ) -> None:
        before = kept()
        path = reverse(f"accompaniment:{name}", args=[one.code, challenge.pk])
        assert (Client().post(path, typed).status_code, kept()) == (422, before)

    def test_does_nothing_about_somebody_else(self, cast: Cast, one: Pair) -> None:
        other, note = walking.pair(cast, "giupdo2"), walking.noted(one)
        (challenge,) = walking.given(one.helper, one.dossier)
        before = kept()
        for name in ("accept", "decline", "tell", "finish"):
            path = reverse(f"accompaniment:{name}", args=[other.code, challenge.pk])
            assert Client().post(path, {}).status_code == 404
        for name, number in (("own_challenge", challenge.pk), ("own_note", note)):
            path = reverse(f"accompaniment:{name}", args=[other.code, number])
            assert Client().get(path).status_code == 404
        assert kept() == before

    def test_joins_once_and_knows_four_deeds_alone(self, cast: Cast, one: Pair) -> None:
        club = walking.club(cast)

        def do(what: str) -> int:
            path = reverse("accompaniment:own_club", args=[one.code, club.pk, what])
            return Client().post(path).status_code

        assert [do("hien"), do("roi"), do("gi-do")] == [404, 404, 404]  # not in it yet
        assert [do("tham-gia"), do("tham-gia"), do("hien"), do("an"), do("roi")] == [302] * 5
        assert Membership.objects.count() == 1

    def test_shows_who_stopped_the_own_words_and_takes_none_any_more(
        self, one: Pair, challenge: Challenge
    ) -> None:
        factory.stopped(one.dossier.person, on=TODAY)
        page = Client().get(reverse("accompaniment:own", args=[one.code]))
        assert challenge.title in page.content.decode()
        path = reverse("accompaniment:finish", args=[one.code, challenge.pk])
        assert Client().post(path, {"reflection": "Em đã làm"}).status_code == 422
        challenge.refresh_from_db()
        assert challenge.done_at is None
