"""An auditor reads history without a pupil's name, and verifies that it holds."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.urls import reverse

from donghanh.accounts.models import User
from donghanh.domain.authority import NotAllowed, Role
from donghanh.history.models import Event
from donghanh.oversight import actions, queries
from tests import factory
from tests.factory import Cast

ON = date(2024, 3, 1)
NAME = "Phùng Thị Sao Mai"

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return factory.cast()


@pytest.fixture
def auditor(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> User:
    factory.freeze(monkeypatch, ON)
    return factory.holder("kiemtra", "Tạ Đức Phúc", cast.department, Role.AUDITOR)


class TestHistoryPage:
    def test_tells_what_a_pupil_did_without_the_name(self, cast: Cast, auditor: User) -> None:
        person = factory.agreed_pupil(cast.school, on=ON, name=NAME)
        factory.stopped(person, on=ON)
        page = factory.signed_in(auditor).get(reverse("oversight:history")).content.decode()
        assert "people.consent_withdrawn" in page
        assert cast.union.name in page  # who invited is staff, and named
        assert NAME not in page
        assert NAME.split()[-1] not in page.replace(cast.union.name, "")

    def test_turns_page_by_page_without_leaving_a_line_out(self, cast: Cast, auditor: User) -> None:
        for day in range(30):
            factory.agreed_pupil(cast.school, on=ON - timedelta(days=day))
        actor, before, found = factory.actor(auditor, ON), None, []
        while True:
            page = queries.history_page(actor, before)
            found += [line.id for line in page.lines]
            before = page.older
            if before is None:
                break
        assert found == list(Event.objects.order_by("-id").values_list("pk", flat=True))

    @pytest.mark.parametrize("role", [role for role in Role if role is not Role.AUDITOR])
    def test_is_refused_to_every_other_role(self, cast: Cast, role: Role) -> None:
        user = factory.holder("khac", "Người khác", cast.department, role)
        with pytest.raises(NotAllowed):
            queries.history_page(factory.actor(user, ON))
        with pytest.raises(NotAllowed):
            actions.verify_history(actor=factory.actor(user, ON), at=factory.instant(ON))


class TestVerifyHistory:
    def test_says_that_the_chain_holds_and_is_written_down_itself(
        self, cast: Cast, auditor: User
    ) -> None:
        client = factory.signed_in(auditor)
        answer = client.post(reverse("oversight:verify"), follow=True)
        assert "nhật ký toàn vẹn" in answer.content.decode()
        event = Event.objects.latest("id")
        assert (event.action, event.facts) == ("oversight.history_verified", {"broken": None})

    def test_names_the_first_line_that_does_not_hold(self, cast: Cast, auditor: User) -> None:
        line = Event.objects.order_by("id")[2]
        with connection.cursor() as cursor:  # as whoever owns the database could
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("ALTER TABLE history_event DISABLE TRIGGER USER")
            cursor.execute("UPDATE history_event SET action = 'x' WHERE id = %s", [line.pk])
            cursor.execute("ALTER TABLE history_event ENABLE TRIGGER USER")
        found = actions.verify_history(actor=factory.actor(auditor, ON), at=factory.instant(ON))
        assert found.broken == line.pk
