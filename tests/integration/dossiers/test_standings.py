"""Where cases stand, as lists go by it: told with every act, marked as old by whatever changes."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection, connections, transaction
from django.urls import reverse

from donghanh.amendments import queries as editions
from donghanh.domain import standings as rules
from donghanh.domain.acts import Step
from donghanh.domain.roads import RoadStatus
from donghanh.dossiers import actions, queries
from donghanh.dossiers.models import Act, Dossier, Standing
from donghanh.dossiers.queries import Filters, Walk, standings
from donghanh.lib import wall
from donghanh.people.models import Consent, Person
from tests import factory
from tests.factory import Cast

pytestmark = pytest.mark.django_db

BEGINS = factory.BEGINS["R1"]
OLD = date.min


@pytest.fixture
def cast() -> Cast:
    return factory.cast()


def on(step: Step, later: int = 0) -> date:
    return BEGINS + timedelta(days=factory.OFFSETS[step] + later)


def kept(dossier: Dossier) -> Standing:
    return Standing.objects.get(pk=dossier.pk)


def anew(dossier: Dossier, today: date) -> Standing:
    """Return what a replay says, read as the job reads."""
    book = editions.current()
    found = queries.nameless(Dossier.objects.filter(pk=dossier.pk)).get()
    return standings.row(Walk(found, queries.road_of(found, book, today), book, today))


def told(row: Standing) -> dict[str, object]:
    return {name: getattr(row, name) for name in standings.TOLD}


class TestKept:
    @pytest.mark.parametrize("last", [Step.SOURCED, Step.LISTED, Step.CELL_VOTED, Step.ADMITTED])
    def test_is_what_a_replay_says_after_every_act(self, cast: Cast, last: Step) -> None:
        dossier = factory.walk_to(last, cast)
        row = kept(dossier)
        assert told(row) == told(anew(dossier, row.told_date))
        assert row.past_steps & rules.bit(last)

    def test_follows_facts_and_invalid_acts(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.LISTED, cast)
        today = on(Step.LISTED, 2)
        factory.facts(cast, dossier, today, sub_committee=True)
        assert kept(dossier).branches == "sub_committee"
        actions.void_act(
            actor=factory.actor(cast.secretary, today),
            dossier_id=dossier.pk,
            seen=dossier.acts_recorded,
            number=dossier.acts_recorded,
            reason="Ghi nhầm ngày",
            at=factory.instant(today, 13),
            today=today,
        )
        row = kept(dossier)
        assert not row.past_steps & rules.bit(Step.LISTED)
        assert not row.on_list
        assert told(row) == told(anew(dossier, today))

    def test_goes_with_its_case(self, cast: Cast) -> None:
        first = factory.walk_to(Step.SOURCED, cast)
        assert Standing.objects.count() == Dossier.objects.count() == 1
        assert kept(first).school_id == first.school_id


class TestMarked:
    """What the database sets to the first of all days by itself, whoever changes it."""

    @pytest.mark.parametrize(
        "change",
        [
            lambda one: Person.objects.filter(pk=one.person_id).update(birth_date=BEGINS),
            lambda one: Person.objects.filter(pk=one.person_id).update(union_member=None),
            lambda one: Dossier.objects.filter(pk=one.pk).update(graduated_date=BEGINS),
            lambda one: Dossier.objects.filter(pk=one.pk).update(standards={"pupil.study": True}),
            lambda one: Consent.objects.filter(person_id=one.person_id).update(given_date=BEGINS),
            lambda one: Act.objects.create(
                dossier=one,
                number=90,
                step=Step.CHALLENGED.value,
                on_date=BEGINS,
                recorded_at=factory.instant(BEGINS),
                recorded_by=one.acts.first().recorded_by,
            ),
        ],
        ids=["birth", "union", "graduation", "standards", "consent", "act"],
    )
    def test_as_old_is_what_a_road_is_replayed_from(
        self, cast: Cast, change: Callable[[Dossier], object]
    ) -> None:
        dossier, other = (factory.walk_to(Step.SOURCED, cast) for _ in range(2))
        change(dossier)
        assert kept(dossier).until_date == OLD
        assert kept(other).until_date > BEGINS

    def test_as_old_is_nothing_for_a_new_name_or_class(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.SOURCED, cast)
        Person.objects.filter(pk=dossier.person_id).update(sort_key="zz", class_name="10C")
        row = kept(dossier)
        assert (row.sort_key, row.class_name) == ("zz", "10C")
        assert row.until_date > BEGINS

    def test_as_old_is_everything_under_other_rules(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.LISTED, cast)
        today = on(Step.LISTED, 1)
        before = editions.current()
        assert Standing.objects.filter(standings.holds(before, today)).exists()
        other = type(before)(before.contents, "other")
        assert not Standing.objects.filter(standings.holds(other, today)).exists()
        assert Standing.objects.filter(standings.ended(other, today)).get().pk == dossier.pk


class TestReading:
    def test_replays_what_is_old_and_keeps_it_for_the_next(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.LISTED, cast)
        later = on(Step.LISTED, 900)
        actor, book = factory.actor(cast.secretary, later), editions.current()
        Standing.objects.update(until_date=OLD)
        assert [one.standing.pk for one in standings.sight(actor, book, later).told] == [dossier.pk]
        with wall.looking(actor.reach.way, actor.reach.settings):
            assert actions.renew_standings(actor=actor, today=later) == 1
            assert actions.renew_standings(actor=actor, today=later) == 0
        assert standings.sight(actor, book, later).told == ()
        assert kept(dossier).told_date == later

    def test_is_never_told_for_an_earlier_day_again(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.LISTED, cast)
        row, early = kept(dossier), BEGINS
        actor = factory.actor(cast.secretary, early)
        assert actions.renew_standings(actor=actor, today=early) == 0
        assert actions.refresh_all(today=early) == 0
        assert kept(dossier).told_date == row.told_date
        assert len(standings.sight(actor, editions.current(), early).told) == 1

    def test_says_how_many_are_left_and_lists_everybody_all_the_same(
        self, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(standings, "BOUND", 1)
        for _ in range(3):
            factory.walk_to(Step.SOURCED, cast)
        Standing.objects.update(until_date=OLD)
        today = on(Step.SOURCED, 1)
        factory.freeze(monkeypatch, today)
        actor = factory.actor(cast.secretary, today)
        page = queries.cohort(actor, today, Filters())
        assert (page.left, page.all_rows, page.rows.count()) == (2, 3, 3)
        assert len(page.rows[:60]) == 3
        assert queries.cohort(actor, today, Filters(past="sourced")).rows.count() == 1
        shown = factory.signed_in(cast.union).get(reverse("dossiers:cohort")).content.decode()
        assert "Đang cập nhật" in shown
        assert actions.refresh_all(today=today) >= 1
        shown = factory.signed_in(cast.union).get(reverse("dossiers:cohort")).content.decode()
        assert "Đang cập nhật" not in shown

    def test_turns_pages_through_fresh_and_replayed_alike(self, cast: Cast) -> None:
        today = on(Step.SOURCED, 1)
        for number in range(9):
            person = factory.agreed_pupil(cast.school, name=f"Trần Thị {'ABCDEGHIK'[number]}a")
            factory.walk_to(Step.SOURCED, cast, person=person)
        everybody = list(Standing.objects.order_by("sort_key", "pk").values_list("pk", flat=True))
        actor = factory.actor(cast.secretary, today)
        for old in ([], everybody[::2], everybody[:3], everybody[-2:], everybody):
            Standing.objects.filter(pk__in=old).update(until_date=OLD)
            rows = queries.cohort(actor, today, Filters()).rows
            assert len(rows.told) == len(old)
            turned = [row.dossier_id for first in range(0, 9, 2) for row in rows[first : first + 2]]
            assert turned == everybody
            actions.refresh_all(today=today)

    def test_hides_who_stopped_at_once(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.LISTED, cast)
        stays = factory.walk_to(Step.LISTED, cast)
        today = on(Step.LISTED, 1)
        factory.stopped(dossier.person, on=today)
        for user in (cast.secretary, cast.committee):
            actor = factory.actor(user, today)
            for looking in (None, actor.reach):
                with transaction.atomic():
                    if looking is not None:
                        with wall.looking(looking.way, looking.settings):
                            page = queries.cohort(actor, today, Filters())
                            shown = [row.dossier_id for row in page.rows[:60]]
                            assert Standing.objects.count() == 1
                    else:
                        page = queries.cohort(actor, today, Filters())
                        shown = [row.dossier_id for row in page.rows[:60]]
                assert (shown, page.all_rows) == ([stays.pk], 1)

    def test_shows_a_committee_nobody_before_the_list_without_the_wall_too(
        self, cast: Cast
    ) -> None:
        factory.walk_to(Step.INTRODUCED, cast)
        today = on(Step.INTRODUCED, 1)
        page = queries.cohort(factory.actor(cast.committee, today), today, Filters())
        assert (page.all_rows, page.rows.count(), list(page.classes)) == (0, 0, [])

    def test_shows_the_outsider_nothing(self, cast: Cast) -> None:
        factory.walk_to(Step.LISTED, cast)
        today = on(Step.LISTED, 1)
        page = queries.cohort(factory.actor(cast.outsider, today), today, Filters())
        assert (page.all_rows, page.rows.count()) == (0, 0)


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    """Several who write: each in a connection of its own."""

    def at_once(self, *works: Callable[[], object]) -> list[str]:
        failed: list[str] = []
        barrier = threading.Barrier(len(works))

        def run(work: Callable[[], object]) -> None:
            try:
                barrier.wait(timeout=20)
                work()
            except Exception as error:  # noqa: BLE001 - told to the test below
                failed.append(type(error).__name__)
            finally:
                connections.close_all()

        threads = [threading.Thread(target=run, args=(work,)) for work in works]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return failed

    def test_two_acts_leave_what_the_one_kept_says(self) -> None:
        cast = factory.cast()
        dossier = factory.walk_to(Step.LISTED, cast)
        today, seen = on(Step.TRAINED), dossier.acts_recorded

        def act() -> None:
            actions.record_act(
                actor=factory.actor(cast.secretary, today),
                dossier_id=dossier.pk,
                seen=seen,
                new=factory.act_of(Step.TRAINED, today),
                at=factory.instant(today),
                today=today,
            )

        assert self.at_once(act, act) == ["ChangedMeanwhile"]
        row = kept(dossier)
        assert row.past_steps & rules.bit(Step.TRAINED)
        assert told(row) == told(anew(dossier, today))

    def test_an_act_and_a_refresh_leave_what_the_act_says(self) -> None:
        cast = factory.cast()
        dossier = factory.walk_to(Step.LISTED, cast)
        today, seen = on(Step.TRAINED), dossier.acts_recorded
        Standing.objects.update(until_date=OLD)

        def act() -> None:
            actions.record_act(
                actor=factory.actor(cast.secretary, today),
                dossier_id=dossier.pk,
                seen=seen,
                new=factory.act_of(Step.TRAINED, today),
                at=factory.instant(today),
                today=today,
            )

        def refresh() -> None:
            actions.refresh_all(today=today)

        assert self.at_once(act, refresh, refresh) == []
        actions.refresh_all(today=today)
        assert told(kept(dossier)) == told(anew(dossier, today))

    def test_a_refresh_passes_over_what_somebody_holds(self) -> None:
        cast = factory.cast()
        held, free = (factory.walk_to(Step.SOURCED, cast) for _ in range(2))
        Standing.objects.update(until_date=OLD)
        today = on(Step.SOURCED, 1)
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT FROM dossiers_standing WHERE id = %s FOR UPDATE", [held.pk])
            assert self.at_once(lambda: actions.refresh_all(today=today)) == []
            assert kept(free).until_date > today
        assert kept(held).until_date == OLD
        assert actions.refresh_all(today=today) == 1

    def test_a_refresh_that_is_killed_leaves_everything_old(self) -> None:
        cast = factory.cast()
        dossier = factory.walk_to(Step.SOURCED, cast)
        Standing.objects.update(until_date=OLD)
        with pytest.raises(KeyboardInterrupt), transaction.atomic():
            assert actions.refresh_standings(today=on(Step.SOURCED, 1)).told == 1
            raise KeyboardInterrupt
        assert kept(dossier).until_date == OLD


class TestReplayedOnlyWhereNeeded:
    @pytest.mark.parametrize("who", ["secretary", "union", "committee", "base_member"])
    def test_gives_the_roads_a_replay_of_everybody_gives(self, cast: Cast, who: str) -> None:
        factory.walk_to(Step.LISTED, cast)
        factory.walk_to(Step.ADMITTED, cast, cast.neighbour)
        factory.walk_to(Step.RECOGNISED, cast)
        old = factory.walk_to(Step.ADMITTED, cast)
        stopped = factory.walk_to(Step.CELL_VOTED, cast)
        day = on(Step.CARDED, 20)
        factory.stopped(stopped.person, on=day)
        # One row tells something else and is old; the others hold on that day.
        actions.refresh_all(today=day)
        Standing.objects.filter(pk=old.pk).update(status="unlisted", until_date=OLD)
        actor = factory.actor(getattr(cast, who), day)
        everybody = queries.walks(actor, day)
        for statuses in ({RoadStatus.ADMITTED}, queries.GOING, set(RoadStatus)):
            told = queries.walks_of(actor, day, statuses)
            assert [(one.dossier.pk, one.road) for one in told] == [
                (one.dossier.pk, one.road) for one in everybody if one.road.status in statuses
            ]
        assert stopped.pk not in {one.dossier.pk for one in everybody}
