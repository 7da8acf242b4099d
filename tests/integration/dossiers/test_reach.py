"""Whom a helper and an organisation board see, and that neither of them writes."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from donghanh.accounts.models import User
from donghanh.domain.authority import NotAllowed
from donghanh.domain.procedure import Step
from donghanh.domain.rights import Role
from donghanh.dossiers import actions, queries
from donghanh.dossiers.models import Act, Dossier
from donghanh.history.models import Event
from tests import factory
from tests.factory import Cast

BEGINS = factory.BEGINS["R1"]
LISTED = BEGINS + timedelta(days=factory.OFFSETS[Step.LISTED])
LATER = LISTED + timedelta(days=60)

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return factory.cast()


def helping(cast: Cast, username: str) -> User:
    return factory.holder(username, f"Đảng viên {username}", cast.school.cell, Role.HELPER)


def listed(cast: Cast, helper: User | None) -> Dossier:
    """Walk a pupil up to the list, with somebody named as helper there."""
    dossier = factory.walk_to(Step.INTRODUCED, cast)
    factory.record(
        cast.secretary,
        dossier,
        actions.NewAct(step=Step.LISTED, on=LISTED, helper_id=helper.pk if helper else None),
    )
    return dossier


def seen(user: User, on: date = LATER) -> set[int]:
    found = queries.visible_to(factory.actor(user, on))
    return set(found.values_list("pk", flat=True))


class TestHelper:
    def test_sees_the_own_pupils_only(self, cast: Cast) -> None:
        first, second = helping(cast, "mot"), helping(cast, "hai")
        own, other = listed(cast, first), listed(cast, second)
        factory.walk_to(Step.INTRODUCED, cast)
        assert (seen(first), seen(second)) == ({own.pk}, {other.pk})
        with pytest.raises(Dossier.DoesNotExist):
            queries.walk(factory.actor(first, LATER), other.pk, LATER)

    def test_sees_nobody_before_being_named_and_nobody_of_those_without_a_helper(
        self, cast: Cast
    ) -> None:
        helper = helping(cast, "mot")
        listed(cast, None)
        assert seen(helper) == set()

    def test_hands_the_pupil_on_with_the_day_another_is_named(self, cast: Cast) -> None:
        first, second = helping(cast, "mot"), helping(cast, "hai")
        dossier = listed(cast, first)
        change = actions.NewAct(step=Step.HELPER_CHANGED, on=LATER, helper_id=second.pk)
        factory.record(cast.secretary, dossier, change)
        assert (seen(first), seen(second)) == (set(), {dossier.pk})

    def test_has_the_pupil_back_when_the_change_is_declared_invalid(self, cast: Cast) -> None:
        first, second = helping(cast, "mot"), helping(cast, "hai")
        dossier = listed(cast, first)
        change = actions.NewAct(step=Step.HELPER_CHANGED, on=LATER, helper_id=second.pk)
        factory.record(cast.secretary, dossier, change)
        dossier.refresh_from_db()
        actions.void_act(
            actor=factory.actor(cast.secretary, LATER),
            dossier_id=dossier.pk,
            seen=dossier.acts_recorded,
            number=dossier.acts_recorded,
            reason="Ghi nhầm người",
            at=factory.instant(LATER),
            today=LATER,
        )
        assert (seen(first), seen(second)) == ({dossier.pk}, set())

    def test_sees_no_more_once_the_pupil_is_off_the_list_or_stopped(self, cast: Cast) -> None:
        helper = helping(cast, "mot")
        off, gone = listed(cast, helper), listed(cast, helper)
        factory.record(cast.secretary, off, actions.NewAct(step=Step.UNLISTED, on=LATER))
        assert seen(helper) == {gone.pk}
        factory.stopped(gone.person, on=LATER)
        assert seen(helper) == set()

    def test_sees_nobody_of_another_school(self, cast: Cast) -> None:
        helper = helping(cast, "mot")
        dossier = listed(cast, helper)
        Dossier.objects.filter(pk=dossier.pk).update(school=cast.neighbour.unit)
        assert seen(helper) == set()

    def test_records_nothing_and_takes_no_list_away(self, cast: Cast) -> None:
        helper = helping(cast, "mot")
        dossier = listed(cast, helper)
        before = (Act.objects.count(), Event.objects.count())
        on = LISTED + timedelta(days=5)
        with pytest.raises(NotAllowed):
            factory.record(helper, dossier, actions.NewAct(step=Step.CHALLENGED, on=on))
        with pytest.raises(NotAllowed):
            actions.export_list(
                actor=factory.actor(helper, LATER),
                filters=queries.Filters(),
                at=factory.instant(LATER),
                today=LATER,
            )
        assert (Act.objects.count(), Event.objects.count()) == before


class TestBoard:
    def test_sees_what_its_committee_sees_from_the_list_on_and_records_nothing(
        self, cast: Cast
    ) -> None:
        board = factory.holder("tochuc", "Lương Kim Oanh", cast.competent, Role.BOARD)
        factory.walk_to(Step.INTRODUCED, cast)
        dossier = factory.walk_to(Step.LISTED, cast)
        assert seen(board) == seen(cast.committee) == {dossier.pk}
        with pytest.raises(NotAllowed):
            new = actions.NewAct(step=Step.ALLOWED, on=LISTED + timedelta(days=35))
            factory.record(board, dossier, new)
