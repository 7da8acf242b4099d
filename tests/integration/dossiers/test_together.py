"""Acts of several dossiers that stand or fall together."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from donghanh.domain.acts import Step
from donghanh.dossiers import actions, texts
from donghanh.dossiers.models import Act, Dossier
from donghanh.history.models import Event
from tests import factory
from tests.factory import CARRIED, FAILED, Cast

pytestmark = pytest.mark.django_db

ON = factory.BEGINS["R1"] + timedelta(days=factory.OFFSETS[Step.INTRODUCED])


def entry(dossier: Dossier, **other: object) -> actions.Entry:
    """Return the vote of the Union's committee on a pupil."""
    new = actions.NewAct(step=Step.INTRODUCED, on=ON, tally=CARRIED)
    told = {"dossier_id": dossier.pk, "seen": dossier.acts_recorded, "new": new, **other}
    return actions.Entry(**told)  # type: ignore[arg-type]  # named after its fields


def record(cast: Cast, entries: list[actions.Entry]) -> dict[int, actions.Recorded]:
    return actions.record_acts(
        actor=factory.actor(cast.union, ON), entries=entries, at=factory.instant(ON), today=ON
    )


def introduced() -> list[int]:
    acts = Act.objects.filter(step=Step.INTRODUCED.value).order_by("id")
    return [act.dossier_id for act in acts]


class TestRecordActs:
    def test_keeps_the_order_given_and_leaves_a_line_each(self) -> None:
        cast = factory.cast()
        first, second = (factory.walk_to(Step.SOURCED, cast) for _ in range(2))
        lost = actions.NewAct(step=Step.INTRODUCED, on=ON, tally=FAILED)
        before = Event.objects.count()
        found = record(cast, [entry(second), entry(first, new=lost)])
        assert introduced() == [second.pk, first.pk]
        assert (found[second.pk].judgement.passed, found[first.pk].judgement.passed) == (
            True,
            False,
        )
        assert found[first.pk].number == 2
        assert Event.objects.count() == before + 2

    def test_records_none_when_one_is_refused(self) -> None:
        cast = factory.cast()
        first, second = (factory.walk_to(Step.SOURCED, cast) for _ in range(2))
        early = actions.NewAct(step=Step.INTRODUCED, on=ON - timedelta(days=20), tally=CARRIED)
        for wrong, cause in (
            (entry(second, new=early), "procedure.no_consent"),
            (entry(second, seen=7), "dossiers.changed_meanwhile"),
            (entry(second, new=actions.NewAct(step=Step.LISTED, on=ON)), "dossiers.not_your_step"),
        ):
            with pytest.raises(actions.ItemRefused) as refused, transaction.atomic():
                record(cast, [entry(first), wrong])
            told = refused.value.facts
            assert (told["dossier"], told["cause"].code) == (second.pk, cause)  # type: ignore[attr-defined]
            assert texts.refusal(refused.value)
            assert introduced() == []

    def test_leaves_out_without_a_word_whom_the_actor_does_not_see(self) -> None:
        cast = factory.cast()
        mine, stopped = (factory.walk_to(Step.SOURCED, cast) for _ in range(2))
        theirs = factory.walk_to(Step.SOURCED, cast, cast.neighbour)
        factory.stopped(stopped.person, on=ON)
        found = record(cast, [entry(stopped), entry(theirs), entry(mine)])
        assert list(found) == [mine.pk]
        assert introduced() == [mine.pk]

    def test_reads_the_roads_at_once(self) -> None:
        cast = factory.cast()
        dossiers = [factory.walk_to(Step.SOURCED, cast) for _ in range(4)]
        counted = []
        for part in (dossiers[:1], dossiers[1:]):
            with CaptureQueriesContext(connection) as asked:
                record(cast, [entry(one) for one in part])
            counted.append(sum(one["sql"].startswith("SELECT") for one in asked))
        lines = [1, 3]  # history's own function is a SELECT, too
        assert counted[0] - lines[0] == counted[1] - lines[1]
