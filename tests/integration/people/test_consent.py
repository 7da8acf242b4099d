"""A pupil is kept by own consent alone, and stops at any time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from donghanh.accounts.models import User
from donghanh.domain import consent
from donghanh.domain.authority import NotAllowed
from donghanh.domain.consent import NEEDED, Purpose
from donghanh.domain.procedure import RoadStatus, Step
from donghanh.dossiers import queries as roads
from donghanh.history.models import Event
from donghanh.people import actions, queries
from donghanh.people.models import Consent, Invitation, Person
from tests import chain, factory
from tests.factory import Cast

pytestmark = pytest.mark.django_db

ON = date(2023, 9, 11)


@contextmanager
def refused(kind: type[Exception]) -> Iterator[None]:
    """Expect a refusal that keeps nothing."""
    before = Person.objects.count(), User.objects.count(), Event.objects.count()
    with pytest.raises(kind):
        yield
    assert (Person.objects.count(), User.objects.count(), Event.objects.count()) == before


@pytest.fixture
def cast() -> Cast:
    return factory.cast()


def accept(code: str, **typed: object) -> Person:
    answer = {
        "full_name": "Trần Thị Đào",
        "birth_date": date(2006, 1, 5),
        "union_member": True,
        "lower_secondary": None,
        "purposes": list(Purpose),
        "at": factory.instant(ON),
        "on": ON,
        "simulated": True,
        **typed,
    }
    return actions.accept_invitation(code=code, **answer)  # type: ignore[arg-type]


class TestInvite:
    def test_keeps_no_code_and_no_person(self, cast: Cast) -> None:
        code = factory.invited(cast.school, on=ON)
        invitation = Invitation.objects.get()
        assert code not in invitation.code_digest
        assert not Person.objects.exists()
        assert code not in str(Event.objects.values_list("facts", flat=True))

    def test_is_one_invitation_when_sent_twice(self, cast: Cast) -> None:
        codes = {
            actions.invite_pupil(
                actor=factory.actor(cast.union, ON),
                school_id=cast.school.unit.pk,
                class_name="12A1",
                invited_name="Đào",
                expires=ON,
                at=factory.instant(ON),
                once="abc",
            )
            for _ in range(2)
        }
        assert len(codes) == 1
        assert Invitation.objects.count() == 1

    def test_is_refused_at_another_school_and_to_other_posts(self, cast: Cast) -> None:
        for user in (cast.outsider, cast.committee, cast.officer, cast.administrator):
            with refused(NotAllowed):
                actions.invite_pupil(
                    actor=factory.actor(user, ON),
                    school_id=cast.school.unit.pk,
                    class_name="12A1",
                    invited_name="Đào",
                    expires=ON,
                    at=factory.instant(ON),
                )

    def test_forgets_the_names_of_invitations_that_are_over(self, cast: Cast) -> None:
        factory.invited(cast.school, on=ON)
        factory.invited(cast.school, on=ON + timedelta(days=60))
        names = Invitation.objects.order_by("id").values_list("invited_name", flat=True)
        assert list(names) == ["", "Nguyễn Hải Nam"]


class TestAccept:
    def test_keeps_the_person_and_the_purposes(self, cast: Cast) -> None:
        code = factory.invited(cast.school, on=ON)
        person = accept(code, full_name="  Trần  Thị Đào ")
        assert person.full_name == "Trần Thị Đào"
        assert person.search_key == "tran thi dao"
        assert person.lower_secondary is None
        assert set(person.consents.values_list("purpose", flat=True)) == NEEDED
        assert Event.objects.order_by("-id")[0].actor == person.user
        assert chain.holds()

    def test_reads_the_code_as_it_is_typed_on_a_phone(self, cast: Cast) -> None:
        code = factory.invited(cast.school, on=ON)
        assert accept(f" {code[:5].lower()}-{code[5:].lower()} ").pk

    @pytest.mark.parametrize(
        ("typed", "kind"),
        [
            ({"purposes": [Purpose.ROAD]}, consent.PurposesMissing),
            ({"purposes": []}, consent.PurposesMissing),
            ({"full_name": " - "}, consent.NameMissing),
            ({"birth_date": date(2023, 1, 1)}, consent.BirthImplausible),
            ({"on": ON + timedelta(days=31)}, actions.InvitationOver),
        ],
    )
    def test_refuses_an_answer_that_does_not_count(
        self, cast: Cast, typed: dict[str, object], kind: type[Exception]
    ) -> None:
        code = factory.invited(cast.school, on=ON)
        with refused(kind):
            accept(code, **typed)
        assert Invitation.objects.get().answered_at is None

    def test_opens_once(self, cast: Cast) -> None:
        code = factory.invited(cast.school, on=ON)
        accept(code)
        with refused(actions.InvitationOver):
            accept(code)

    def test_refuses_an_unknown_code(self, cast: Cast) -> None:
        with refused(actions.InvitationOver):
            accept("AAAAABBBBB")


class TestDatabase:
    def test_refuses_a_person_without_consent_when_the_transaction_ends(self, cast: Cast) -> None:
        factory.invited(cast.school, on=ON)
        with pytest.raises(IntegrityError, match="own consent alone"), transaction.atomic():
            Person.objects.create(
                user=cast.secretary,
                invitation=Invitation.objects.get(),
                full_name="Ai Đó",
                search_key="ai do",
                sort_key="x",
                birth_date=ON,
                school=cast.school.unit,
                class_name="12A1",
            )
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

    def test_refuses_two_open_consents_for_one_purpose(self, cast: Cast) -> None:
        person = factory.agreed_pupil(cast.school, on=ON)
        with pytest.raises(IntegrityError), transaction.atomic():
            Consent.objects.create(
                person=person,
                purpose=Purpose.ROAD.value,
                wording="x",
                given_at=factory.instant(ON),
                given_date=ON,
            )


class TestWithdraw:
    def test_takes_everything_back_without_a_reason_and_hides_the_pupil(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.LISTED, cast)
        on = factory.BEGINS["R1"] + timedelta(days=40)
        factory.stopped(dossier.person, on=on)
        assert not Consent.objects.filter(withdrawn_at=None).exists()
        for user in (cast.secretary, cast.union, cast.committee):
            assert not roads.walks(factory.actor(user, on), on)
        assert Event.objects.order_by("-id")[0].facts == {}
        assert chain.holds()

    def test_keeps_the_totals_of_the_year(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.LISTED, cast)
        on = factory.BEGINS["R1"] + timedelta(days=40)
        factory.stopped(dossier.person, on=on)
        road = roads.roads_of_school(cast.school.unit.pk, on)[dossier.pk]
        assert road.status is RoadStatus.STOPPED

    def test_twice_changes_nothing(self, cast: Cast) -> None:
        person = factory.agreed_pupil(cast.school, on=ON)
        factory.stopped(person, on=ON)
        before = Event.objects.count()
        factory.stopped(person, on=ON + timedelta(days=3))
        assert Event.objects.count() == before
        assert set(person.consents.values_list("withdrawn_date", flat=True)) == {ON}

    def test_is_refused_to_everybody_but_the_pupil(self, cast: Cast) -> None:
        factory.agreed_pupil(cast.school, on=ON)
        with refused(NotAllowed):
            actions.withdraw_consent(
                actor=factory.actor(cast.secretary, ON), at=factory.instant(ON), on=ON
            )

    def test_lets_the_pupil_begin_anew_with_a_new_invitation(self, cast: Cast) -> None:
        first = factory.agreed_pupil(cast.school, on=ON, name="Trần Thị Đào")
        factory.stopped(first, on=ON)
        second = accept(factory.invited(cast.school, on=ON))
        actor = factory.actor(cast.union, ON)
        assert [person.pk for person in queries.visible_to(actor)] == [second.pk]


class TestVisibleTo:
    @pytest.mark.parametrize(
        ("who", "sees"),
        [
            ("secretary", True),
            ("union", True),
            ("committee", True),
            ("base_member", True),
            ("outsider", False),
            ("officer", False),
            ("leader", False),
            ("upper_unionist", False),
            ("administrator", False),
        ],
    )
    def test_follows_the_post(self, cast: Cast, who: str, sees: bool) -> None:
        factory.agreed_pupil(cast.school, on=ON)
        actor = factory.actor(getattr(cast, who), ON)
        assert queries.visible_to(actor).exists() is sees

    def test_shows_a_pupil_the_own_record_alone(self, cast: Cast) -> None:
        mine = factory.agreed_pupil(cast.school, on=ON)
        factory.agreed_pupil(cast.school, on=ON)
        assert [one.pk for one in queries.visible_to(factory.pupil(mine))] == [mine.pk]
