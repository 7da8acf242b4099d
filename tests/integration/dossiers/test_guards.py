"""What the database itself refuses, and what happens when two people act at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, transaction

from donghanh.accounts.models import User
from donghanh.domain.procedure import Step
from donghanh.domain.rights import Role
from donghanh.dossiers import actions
from donghanh.dossiers.models import Act
from donghanh.history.models import Event
from tests import chain, factory


@pytest.mark.django_db
class TestActs:
    def test_are_neither_changed_nor_deleted(self) -> None:
        factory.walk_to(Step.SOURCED, factory.cast())
        for change in (
            lambda: Act.objects.update(passed=False),
            lambda: Act.objects.all().delete(),
            lambda: Event.objects.update(action="x"),
            lambda: Event.objects.all().delete(),
        ):
            with pytest.raises(IntegrityError), transaction.atomic():
                change()
        assert Act.objects.get().passed


@pytest.mark.django_db(transaction=True)
class TestTwoAtOnce:
    def test_leave_one_act_and_tell_the_other(self) -> None:
        cast = factory.cast()
        colleague = factory.holder("capuy.hai", "Ngô Thị Hiền", cast.competent, Role.COMMITTEE)
        dossier = factory.walk_to(Step.BASE_VOTED, cast)
        on = factory.BEGINS["R1"] + timedelta(days=factory.OFFSETS[Step.DECIDED])
        new = actions.NewAct(step=Step.DECIDED, on=on, tally=factory.CARRIED)
        together = Barrier(2)

        def decide(user: User) -> str:
            try:
                actor = factory.actor(user, on)
                together.wait(10)
                actions.record_act(
                    actor=actor,
                    dossier_id=dossier.pk,
                    seen=dossier.acts_recorded,
                    new=new,
                    at=factory.instant(on),
                    today=on,
                )
            except actions.ChangedMeanwhile as error:
                return error.code
            finally:
                connection.close()
            return "recorded"

        with ThreadPoolExecutor(2) as pool:
            told = sorted(pool.map(decide, [cast.committee, colleague]))
        assert told == ["dossiers.changed_meanwhile", "recorded"]
        assert Act.objects.filter(step="decided").count() == 1
        assert chain.holds()


@pytest.mark.django_db
class TestEachCommittee:
    """A base committee and the competent one above it do not do each other's steps."""

    def test_the_base_committee_does_not_decide(self) -> None:
        cast = factory.cast()
        dossier = factory.walk_to(Step.BASE_VOTED, cast)
        on = factory.BEGINS["R1"] + timedelta(days=factory.OFFSETS[Step.DECIDED])
        new = actions.NewAct(step=Step.DECIDED, on=on, tally=factory.CARRIED)

        with pytest.raises(actions.NotYourStep):
            factory.record(cast.base_member, dossier, new)
        assert factory.record(cast.committee, dossier, new).passed

    def test_the_competent_committee_does_not_resolve_for_the_base(self) -> None:
        cast = factory.cast()
        dossier = factory.walk_to(Step.CELL_VOTED, cast)
        on = factory.BEGINS["R1"] + timedelta(days=factory.OFFSETS[Step.BASE_VOTED])
        new = actions.NewAct(step=Step.BASE_VOTED, on=on, tally=factory.CARRIED)

        with pytest.raises(actions.NotYourStep):
            factory.record(cast.committee, dossier, new)
        assert factory.record(cast.base_member, dossier, new).passed

    def test_without_a_base_committee_the_competent_one_lets_the_procedure_start(self) -> None:
        cast = factory.cast()
        dossier = factory.walk_to(Step.ALLOWED, cast, cast.neighbour)

        assert not dossier.base_committee
        assert dossier.acts.filter(step=Step.ALLOWED.value).get().recorded_by == cast.committee
