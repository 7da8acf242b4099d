"""A lost slip gets a new code; the old one dies, and the school learns nothing."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from donghanh.domain.consent import Purpose
from donghanh.history.models import Event
from donghanh.people import actions
from donghanh.people.models import Invitation, Person
from tests import factory
from tests.factory import Cast

pytestmark = pytest.mark.django_db

ON = date(2023, 9, 11)


@pytest.fixture
def cast(monkeypatch: pytest.MonkeyPatch) -> Cast:
    factory.freeze(monkeypatch, ON)
    return factory.cast()


def accepted(code: str) -> Person:
    return actions.accept_invitation(
        code=code,
        full_name="Trần Thị Đào",
        birth_date=date(2006, 1, 5),
        union_member=True,
        lower_secondary=None,
        purposes=list(Purpose),
        at=factory.instant(ON),
        on=ON,
        simulated=True,
    )


def renewed(cast: Cast, **typed: str) -> str:
    path = reverse("people:renew", args=[Invitation.objects.get().pk])
    page = factory.signed_in(cast.union).post(path, typed).content.decode()
    found = re.search(r"[A-Z2-9]{5}-[A-Z2-9]{5}", page)
    assert found is not None
    return found.group()


class TestRenew:
    def test_opens_the_invitation_and_kills_the_old_code(self, cast: Cast) -> None:
        old = factory.invited(cast.school, on=ON)
        new = renewed(cast)
        assert Client().get(reverse("people:join", args=[old])).status_code == 404
        assert Client().get(reverse("people:join", args=[new])).status_code == 200
        assert Event.objects.filter(action="people.code_renewed").count() == 1

    def test_opens_the_own_page_and_the_pupil_is_told_who_made_it(self, cast: Cast) -> None:
        old = factory.invited(cast.school, on=ON)
        accepted(old)
        new = renewed(cast)
        assert Client().get(reverse("dossiers:own", args=[old])).status_code == 404
        page = Client().get(reverse("dossiers:own", args=[new])).content.decode()
        assert cast.union.name in page

    def test_looks_alike_for_who_stopped_and_who_never_answered(self, cast: Cast) -> None:
        old = factory.invited(cast.school, on=ON)
        path = reverse("people:renew", args=[Invitation.objects.get().pk])
        client = factory.signed_in(cast.union)
        strip = re.compile(rb"[\w-]{30,}")
        before = strip.sub(b"", client.get(path).content)
        factory.stopped(accepted(old), on=ON)
        assert strip.sub(b"", client.get(path).content) == before
        new = renewed(cast)
        assert (
            "Em đã dừng lại" in Client().get(reverse("dossiers:own", args=[new])).content.decode()
        )

    def test_is_one_code_of_a_second_click(self, cast: Cast) -> None:
        factory.invited(cast.school, on=ON)
        assert renewed(cast, once="a") == renewed(cast, once="a")
        assert Event.objects.filter(action="people.code_renewed").count() == 1

    @pytest.mark.parametrize("who", ["outsider", "committee", "officer", "administrator"])
    def test_is_not_there_for_others(self, cast: Cast, who: str) -> None:
        code = factory.invited(cast.school, on=ON)
        path = reverse("people:renew", args=[Invitation.objects.get().pk])
        client = factory.signed_in(getattr(cast, who))
        assert client.get(path).status_code == 404
        assert client.post(path).status_code == 404
        assert Client().get(reverse("people:join", args=[code])).status_code == 200

    def test_is_not_there_once_the_place_has_ended(
        self, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        code = factory.invited(cast.school, on=ON)
        factory.stopped(accepted(code), on=ON)
        factory.freeze(monkeypatch, ON + timedelta(days=31))
        path = reverse("people:renew", args=[Invitation.objects.get().pk])
        assert factory.signed_in(cast.union).get(path).status_code == 404
