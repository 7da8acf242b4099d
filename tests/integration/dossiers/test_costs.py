"""What the pages of the road ask the database: of one file little, of a list the same for many."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from donghanh.domain.procedure import Step
from tests import factory
from tests.factory import Cast

pytestmark = pytest.mark.django_db

BEGINS = factory.BEGINS["R1"]
TODAY = BEGINS + timedelta(days=140)
#: What tells where a transaction begins and ends, and who looks; the rest asks for something.
_BESIDE = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT", "SELECT current_setting", "SELECT set_config")


@pytest.fixture
def cast(monkeypatch: pytest.MonkeyPatch) -> Cast:
    factory.freeze(monkeypatch, TODAY)
    return factory.cast()


def asked(client: Client, path: str) -> int:
    """Return how many statements a page asks for, session, account and reach included."""
    client.get(path)  # what a process reads once stays at hand
    with CaptureQueriesContext(connection) as found:
        assert client.get(path).status_code == 200
    return sum(not one["sql"].startswith(_BESIDE) for one in found.captured_queries)


class TestFile:
    @pytest.mark.parametrize(
        ("page", "who", "most"),
        [
            ("dossiers:road", "secretary", 12),
            ("dossiers:road", "union", 12),
            ("dossiers:road", "committee", 12),
            ("forecast:pupil", "secretary", 12),
            ("forecast:pupil", "committee", 12),
            ("accompaniment:pupil", "secretary", 12),
            ("accompaniment:pupil", "union", 12),
            ("dossiers:facts", "secretary", 12),
            ("papers:listing", "secretary", 12),
            ("papers:listing", "committee", 12),
        ],
    )
    def test_asks_little(self, cast: Cast, page: str, who: str, most: int) -> None:
        dossier = factory.walk_to(Step.CELL_VOTED, cast)
        path = reverse(page, args=[dossier.pk])
        assert asked(factory.signed_in(getattr(cast, who)), path) <= most


def _walking(cast: Cast) -> None:
    factory.opened(cast.school, factory.agreed_pupil(cast.school, on=BEGINS), on=BEGINS)


def _waiting(cast: Cast) -> None:
    factory.agreed_pupil(cast.school, on=BEGINS)


def _twice(cast: Cast) -> None:
    for name in ("Đặng Thị Quý", "Dang Thi Quy"):
        factory.agreed_pupil(cast.school, on=BEGINS, name=name, born=date(2005, 9, 20))


def _listed(cast: Cast) -> None:
    factory.walk_to(Step.LISTED, cast)


class TestList:
    @pytest.mark.parametrize(
        ("page", "more"),
        [
            ("dossiers:cohort", _walking),
            ("pool:source", _waiting),
            ("forecast:calendar", _walking),
            ("classes:listing", _walking),
            ("handover:listing", _listed),
            ("meetings:list", _listed),
            ("accompaniment:overview", _listed),
            ("duplicates:pairs", _twice),
            ("ownfile:requests", _waiting),
            ("promotion:page", _waiting),
        ],
    )
    def test_asks_as_often_for_thirty_pupils_as_for_three(
        self, cast: Cast, page: str, more: Callable[[Cast], None]
    ) -> None:
        client = factory.signed_in(cast.secretary)
        for _ in range(3):
            more(cast)
        few = asked(client, reverse(page))
        for _ in range(27):
            more(cast)
        assert asked(client, reverse(page)) == few
