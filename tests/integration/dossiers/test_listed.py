"""Whose names somebody is shown in a list is written down, and the pupil sees it."""

from __future__ import annotations

from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from donghanh.accounts.models import User
from donghanh.domain.procedure import Step
from donghanh.dossiers import actions, queries
from donghanh.dossiers.models import Dossier
from donghanh.history.models import Event
from tests import factory
from tests.factory import Cast

pytestmark = pytest.mark.django_db

BEGINS = factory.BEGINS["R1"]
TODAY = BEGINS + timedelta(days=140)


@pytest.fixture
def cast(monkeypatch: pytest.MonkeyPatch) -> Cast:
    factory.freeze(monkeypatch, TODAY)
    return factory.cast()


def listed() -> list[Event]:
    names = ("dossiers.list_seen", "dossiers.list_exported")
    return list(Event.objects.filter(action__in=names).order_by("id"))


def source(cast: Cast, count: int) -> list[Dossier]:
    """Put pupils on the source list."""
    people = [factory.agreed_pupil(cast.school, on=BEGINS) for _ in range(count)]
    return [factory.opened(cast.school, person, on=BEGINS) for person in people]


def own(dossier: Dossier) -> queries.OwnPage:
    """Return the page of a pupil, whose code is learnt only here."""
    code = f"MPTHU{dossier.pk:05d}"
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE people_invitation SET code_digest = encode(sha256(%s::bytea), 'hex')"
            " WHERE id = (SELECT invitation_id FROM people_person WHERE id = %s)",
            [code, dossier.person_id],
        )
    page = queries.own_page(code, TODAY)
    assert page is not None
    return page


class TestCohort:
    def test_leaves_one_line_with_the_numbers_of_everybody_it_shows(self, cast: Cast) -> None:
        dossiers = source(cast, 3)
        waiting = factory.agreed_pupil(cast.school, on=BEGINS)
        factory.signed_in(cast.secretary).get(reverse("dossiers:cohort"))
        (line,) = listed()
        assert (line.action, line.actor, line.role) == (
            *("dossiers.list_seen", cast.secretary, "secretary"),
        )
        assert (line.subject, line.subject_id) == ("unit", cast.school.cell.pk)
        assert sorted(line.facts.pop("dossiers")) == [one.pk for one in dossiers]
        assert line.facts == {"list": "cohort", "persons": [waiting.pk]}

    def test_tells_only_whom_the_page_showed(
        self, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(actions.files, "ROWS", 2)
        source(cast, 3)
        client = factory.signed_in(cast.secretary)
        client.get(reverse("dossiers:cohort"))
        client.get(reverse("dossiers:cohort"), {"page": "2"})
        first, second = (line.facts["dossiers"] for line in listed())
        assert (len(first), len(second)) == (2, 1)
        assert not set(first) & set(second)

    def test_writes_one_statement_for_fifty_as_for_one(self, cast: Cast) -> None:
        client = factory.signed_in(cast.secretary)
        counts = []
        for more in (1, 11):
            source(cast, more)
            with CaptureQueriesContext(connection) as asked:
                client.get(reverse("dossiers:cohort"))
            told = [query for query in asked.captured_queries if "history_record" in query["sql"]]
            assert len(told) == 1
            counts.append(len(asked))
        assert counts[0] == counts[1]

    def test_leaves_no_line_where_nobody_is_shown(self, cast: Cast) -> None:
        source(cast, 1)
        factory.signed_in(cast.outsider).get(reverse("dossiers:cohort"))
        factory.signed_in(cast.secretary).get(reverse("dossiers:cohort"), {"q": "khongcoai"})
        assert listed() == []

    def test_taken_away_is_told_as_such(self, cast: Cast) -> None:
        (dossier,) = source(cast, 1)
        factory.signed_in(cast.secretary).get(reverse("dossiers:export"))
        (line,) = listed()
        assert line.action == "dossiers.list_exported"
        assert line.facts == {"list": "cohort", "dossiers": [dossier.pk]}


class TestElsewhere:
    def test_the_desk_tells_whom_it_names(
        self, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        pressing = factory.walk_to(Step.DECIDED, cast)
        source(cast, 2)  # counted on the desk, not named
        factory.freeze(monkeypatch, BEGINS + timedelta(days=175))  # the ceremony is late
        page = unescape(factory.signed_in(cast.secretary).get("/").content.decode())
        assert pressing.person.full_name in page
        (line,) = listed()
        assert line.facts == {"list": "desk", "dossiers": [pressing.pk]}

    def test_a_desk_that_names_nobody_leaves_no_line(self, cast: Cast) -> None:
        source(cast, 2)
        factory.signed_in(cast.union).get("/")
        assert listed() == []

    def test_a_search_tells_whom_it_found_and_not_the_words(self, cast: Cast) -> None:
        (dossier,) = source(cast, 1)
        words = dossier.person.full_name.split()[-1]
        factory.signed_in(cast.secretary).get("/tim", {"q": words}, follow=True)
        (line,) = listed()
        assert line.facts == {"list": "search", "dossiers": [dossier.pk]}


class TestOwnPage:
    """What the pupil reads of it."""

    def seen(self, user: User, times: int = 1) -> None:
        for _ in range(times):
            factory.signed_in(user).get(reverse("dossiers:cohort"))

    def test_tells_each_person_once_a_day(
        self, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        mine, _ = source(cast, 2)
        self.seen(cast.secretary, 3)
        self.seen(cast.union)
        factory.freeze(monkeypatch, TODAY + timedelta(days=1))
        self.seen(cast.secretary)
        told = [(one.name, one.role, one.day, one.times) for one in own(mine).listed]
        cell, youth = "Bí thư chi bộ", "Ban Thường vụ Đoàn trường"
        assert told == [
            (cast.secretary.name, cell, TODAY + timedelta(days=1), 1),
            (cast.secretary.name, cell, TODAY, 3),
            (cast.union.name, youth, TODAY, 1),
        ]

    def test_tells_nothing_of_lists_the_pupil_was_not_in(self, cast: Cast) -> None:
        mine, _ = source(cast, 2)
        client = factory.signed_in(cast.secretary)
        client.get(reverse("dossiers:cohort"), {"tinh-trang": "tre"})
        factory.signed_in(cast.outsider).get(reverse("dossiers:cohort"))
        assert own(mine).listed == ()

    def test_tells_of_the_time_before_there_was_a_dossier(self, cast: Cast) -> None:
        person = factory.agreed_pupil(cast.school, on=BEGINS)
        self.seen(cast.union)
        dossier = factory.opened(cast.school, person, on=BEGINS)
        assert [one.name for one in own(dossier).listed] == [cast.union.name]

    def test_says_it_in_plain_words_beside_the_openings(self, cast: Cast) -> None:
        (mine,) = source(cast, 1)
        self.seen(cast.secretary)
        own(mine)
        page = factory.signed_in(cast.secretary).get(f"/cua-em/MPTHU{mine.pk:05d}/")
        words = page.content.decode()
        assert "Ai thấy tên em trong danh sách: 1 lượt" in words
        assert f"trong danh sách, {TODAY:%d/%m/%Y}" in words

    def test_is_found_through_the_index(self, cast: Cast) -> None:
        source(cast, 1)
        self.seen(cast.secretary)
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute(
                "EXPLAIN SELECT id FROM history_event WHERE action IN ('dossiers.list_seen',"
                " 'dossiers.list_exported') AND (facts @> '{\"persons\": [1]}'"
                " OR facts @> '{\"dossiers\": [1]}')"
            )
            plan = "\n".join(row[0] for row in cursor.fetchall())
        assert "history_by_who_is_listed" in plan
