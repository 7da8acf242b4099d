"""The page on which the holder of a post says who signs for it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse

from donghanh.accounts.models import User
from donghanh.domain import signing
from donghanh.domain.authority import NotAllowed
from donghanh.domain.rights import Right, Role
from donghanh.history.models import Event
from donghanh.organisation import actions, queries
from donghanh.organisation.models import SigningDelegation
from tests import factory
from tests.factory import SINCE, Cast

pytestmark = pytest.mark.django_db

TODAY = date(2025, 3, 10)
URL = reverse("organisation:signing")


@pytest.fixture
def cast(monkeypatch: pytest.MonkeyPatch) -> Cast:
    factory.freeze(monkeypatch, TODAY)
    return factory.cast()


@pytest.fixture
def head(cast: Cast) -> User:
    """Return the head of the school."""
    return factory.holder(
        "duclap.hieutruong", "Ngô Thị Hạnh", cast.school.unit, Role.LEADER, "HIỆU TRƯỞNG"
    )


@pytest.fixture
def deputy(cast: Cast) -> User:
    """Return somebody who holds a post in the school, too."""
    return factory.holder(
        "duclap.phohieutruong", "Đỗ Văn Phúc", cast.school.unit, Role.LEADER, "PHÓ HIỆU TRƯỞNG"
    )


def typed(user: User, **other: str) -> dict[str, str]:
    return {"user_id": str(user.pk), "form": "deputy", "since": "10/3/2025", "last_day": ""} | other


def signer(cast: Cast, on: date) -> str:
    found = queries.signer_of(cast.school.unit.pk, on, Right.SEND_REPORTS)
    return found.name if found else ""


class TestPage:
    def test_lets_a_deputy_sign_the_report_of_the_own_school(
        self, cast: Cast, head: User, deputy: User
    ) -> None:
        answer = factory.signed_in(head).post(URL, typed(deputy, last_day="20/3/2025"))
        assert answer.status_code == 302
        days = [TODAY - timedelta(days=1), TODAY, date(2025, 3, 20), date(2025, 3, 21)]
        assert [signer(cast, day) for day in days] == [
            head.name,
            deputy.name,
            deputy.name,
            head.name,
        ]
        line = Event.objects.get(action="organisation.signing_delegated")
        assert (line.actor, line.subject_id) == (head, cast.school.unit.pk)

    def test_ends_it_from_today_on(self, cast: Cast, head: User, deputy: User) -> None:
        client = factory.signed_in(head)
        client.post(URL, typed(deputy, since="01/3/2025"))
        (given,) = SigningDelegation.objects.all()
        address = reverse("organisation:end_signing", args=[given.pk])
        assert client.post(address).status_code == client.post(address).status_code == 302
        assert signer(cast, TODAY - timedelta(days=1)) == deputy.name
        assert signer(cast, TODAY) == head.name
        assert Event.objects.filter(action="organisation.signing_ended").count() == 1

    def test_takes_back_what_has_not_begun(self, cast: Cast, head: User, deputy: User) -> None:
        client = factory.signed_in(head)
        client.post(URL, typed(deputy, since="01/4/2025"))
        (given,) = SigningDelegation.objects.all()
        client.post(reverse("organisation:end_signing", args=[given.pk]))
        assert not SigningDelegation.objects.exists()

    def test_does_not_end_another_s(self, cast: Cast, head: User, deputy: User) -> None:
        factory.signed_in(head).post(URL, typed(deputy))
        (given,) = SigningDelegation.objects.all()
        address = reverse("organisation:end_signing", args=[given.pk])
        assert factory.signed_in(deputy).post(address).status_code == 404
        assert signer(cast, TODAY) == deputy.name

    @pytest.mark.parametrize(
        ("other", "said"),
        [
            ({"since": "hôm qua"}, "hôm qua"),
            ({"last_day": "09/3/2025"}, "Ngày cuối đứng trước ngày đầu"),
            ({"form": "khac"}, "Hình thức ký"),
            ({"user_id": "0"}, "Người ký"),
            ({"since": "01/1/1900"}, "Không ai giao quyền ký vượt quá"),
        ],
    )
    def test_refuses_what_cannot_be_and_stores_nothing(
        self, cast: Cast, head: User, deputy: User, other: dict[str, str], said: str
    ) -> None:
        answer = factory.signed_in(head).post(URL, typed(deputy, **other))
        assert answer.status_code == 422
        assert said in answer.content.decode()
        assert not SigningDelegation.objects.exists()

    def test_refuses_the_same_person_twice(self, cast: Cast, head: User, deputy: User) -> None:
        client = factory.signed_in(head)
        client.post(URL, typed(deputy))
        answer = client.post(URL, typed(deputy, since="15/3/2025"))
        assert answer.status_code == 422
        assert "đã ký thay chức vụ của bạn" in answer.content.decode()
        assert SigningDelegation.objects.count() == 1

    def test_offers_a_cell_the_party_s_forms_alone(self, cast: Cast) -> None:
        page = queries.signing_page(factory.actor(cast.secretary, TODAY), TODAY)
        assert page.forms == (signing.Form.DEPUTY, signing.Form.ORDER)


class TestDelegateSigning:
    def test_is_refused_to_who_signs_nothing(self, cast: Cast, deputy: User) -> None:
        with pytest.raises(NotAllowed):
            actions.delegate_signing(
                actor=factory.actor(cast.union, TODAY),
                at=factory.instant(TODAY),
                user_id=deputy.pk,
                form=signing.Form.DEPUTY,
                rights={Right.READ_RULES},
                since=SINCE,
                until=None,
            )

    def test_is_refused_to_oneself(self, cast: Cast, head: User) -> None:
        with pytest.raises(signing.OneselfDelegated):
            actions.delegate_signing(
                actor=factory.actor(head, TODAY),
                at=factory.instant(TODAY),
                user_id=head.pk,
                form=signing.Form.DEPUTY,
                rights={Right.SEND_REPORTS},
                since=TODAY,
                until=None,
            )
