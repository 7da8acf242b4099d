"""Where a sentence changes its meaning, who agreed before is asked again, freely and unseen."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import ProgrammingError, connection, transaction
from django.test import Client
from django.urls import reverse

from donghanh.domain.consent import Purpose
from donghanh.domain.looking import Reach, Way
from donghanh.history.models import Event
from donghanh.lib import wall
from donghanh.people import actions, queries, texts
from donghanh.people.models import Consent, Person, Renewal
from tests import factory
from tests.factory import Cast
from tests.integration.accompaniment.walking import code_of

pytestmark = pytest.mark.django_db

ON = date(2026, 3, 2)
NEWER = "2027-03"


@pytest.fixture
def cast(monkeypatch: pytest.MonkeyPatch) -> Cast:
    factory.freeze(monkeypatch, ON)
    return factory.cast()


@pytest.fixture
def code(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> str:
    """Return the code of a pupil who agreed before the sentence of the road was changed."""
    person = factory.agreed_pupil(cast.school, on=ON)
    monkeypatch.setitem(texts.WORDINGS, Purpose.ROAD, NEWER)
    return code_of(person)


def answered(code: str, wording: str = NEWER, purpose: str = "road") -> int:
    path = reverse("people:agree_again", args=[code])
    return Client().post(path, {"purpose": purpose, "wording": wording}).status_code


def page_of(code: str) -> str:
    return Client().get(reverse("dossiers:own", args=[code])).content.decode()


class TestWordings:
    def test_ask_nobody_who_agreed_to_the_present_one(self, cast: Cast) -> None:
        page = page_of(code_of(factory.agreed_pupil(cast.school, on=ON)))
        assert "cau-moi" not in page

    def test_are_asked_once_each_on_the_own_page(self, code: str) -> None:
        assert page_of(code).count("cau-moi") == 1
        for _ in range(2):
            assert answered(code) == 302
        assert "cau-moi" not in page_of(code)
        assert Renewal.objects.get().wording == NEWER
        assert Event.objects.filter(action="people.agreed_again").count() == 1
        consent = Consent.objects.get(purpose="road")
        assert (consent.wording, consent.withdrawn_at) == ("2026-12", None)

    def test_left_unanswered_change_nothing(self, code: str) -> None:
        assert Person.objects.get().agreed
        assert not Renewal.objects.exists()
        copy = Client().get(reverse("ownfile:copy_json", args=[code])).json()
        assert [one["later_wordings"] for one in copy["consents"]] == [[], [], []]

    @pytest.mark.parametrize(
        ("wording", "purpose"),
        [("2026-12", "road"), ("2999-01", "road"), (NEWER, "mail"), ("x" * 99, "road"), ("", "")],
    )
    def test_of_another_edition_or_purpose_are_not_agreed_to(
        self, code: str, wording: str, purpose: str
    ) -> None:
        assert answered(code, wording, purpose) == 302
        assert not Renewal.objects.exists()

    def test_are_not_asked_of_who_stopped(self, code: str) -> None:
        actions.withdraw_with_code(code=code, at=factory.instant(ON, 15), on=ON)
        assert "cau-moi" not in page_of(code)
        answered(code)
        assert not Renewal.objects.exists()

    @pytest.mark.parametrize("way", [one for one in Way if one not in {Way.PUPIL, Way.JOB}])
    def test_tell_no_staff_who_answered(self, way: Way) -> None:
        with (
            pytest.raises(ProgrammingError, match="permission denied"),
            transaction.atomic(),
            wall.looking(way, Reach(way).settings),
            connection.cursor() as cursor,
        ):
            cursor.execute("SELECT id FROM people_renewal")

    def test_ask_in_one_statement_more_and_none_where_nothing_changed(
        self, code: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        person = queries.own_record(code)
        assert person is not None
        assert [one.purpose for one in queries.asked_again(person)] == [Purpose.ROAD]
        monkeypatch.setitem(texts.WORDINGS, Purpose.ROAD, "2026-12")
        assert queries.asked_again(person) == ()
