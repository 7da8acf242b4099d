"""Practices: proposed, looked at, recognised, taken over, with their line and results."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from donghanh.accompaniment import queries as accompaniment
from donghanh.accompaniment.models import ChallengeModel
from donghanh.domain import practising
from donghanh.domain.accompanying import TextMissing, TextTooLong
from donghanh.domain.authority import Actor, NotAllowed
from donghanh.domain.errors import RuleError
from donghanh.domain.practising import Stage
from donghanh.domain.rights import Role
from donghanh.domain.structure import UnitKind
from donghanh.history.models import Event
from donghanh.practices import actions, queries
from donghanh.practices.models import Practice
from tests import factory
from tests.factory import Cast
from tests.integration.practices.telling import (
    AT,
    TODAY,
    TOLD,
    proposed,
    recognised,
    stated,
    taken,
)

pytestmark = pytest.mark.django_db
LIBRARY = "thu-thach-va-dong-hanh"
TOMORROW = TODAY + timedelta(days=1)
#: What the page of a practice asks the database, whatever the length of its line.
STATEMENTS = 7


@pytest.fixture
def cast(monkeypatch: pytest.MonkeyPatch) -> Cast:
    factory.freeze(monkeypatch, TODAY)
    return factory.cast()


def told(action: str) -> int:
    return Event.objects.filter(action=action).count()


class TestProposing:
    def test_goes_to_the_department_of_a_cell_and_to_the_union_above_a_union(
        self, cast: Cast
    ) -> None:
        of_cell, of_union = proposed(cast.secretary), proposed(cast.union)
        assert (of_cell.judge_id, of_union.judge_id) == (cast.department.pk, cast.upper_union.pk)
        assert {of_cell.house_id, of_union.house_id} == {cast.school.unit.pk}
        assert proposed(cast.secretary).pk == of_cell.pk  # the second click
        assert told("practices.proposed") == 2

    def test_is_refused_where_nobody_stands_above(self, cast: Cast) -> None:
        for user in (cast.officer, cast.upper_unionist):
            with pytest.raises(practising.NobodyAbove):
                proposed(user)
        with pytest.raises(NotAllowed):
            proposed(cast.leader)
        assert Practice.objects.count() == 0

    def test_of_a_title_of_300_signs_is_refused(self, cast: Cast) -> None:
        with pytest.raises(TextTooLong):
            proposed(cast.secretary, title="a" * 300)
        assert Practice.objects.count() == 0

    def test_is_seen_by_the_own_school_and_who_looks_at_it(self, cast: Cast) -> None:
        practice = proposed(cast.secretary)
        see = [cast.secretary, cast.union, cast.officer, cast.leader]
        blind = [cast.outsider, cast.upper_unionist, cast.committee, cast.administrator]
        for user in (*see, *blind):
            found = queries.visible_to(factory.actor(user, TODAY)).filter(pk=practice.pk)
            assert found.exists() is (user in see), user.username


class TestLooking:
    def test_returns_with_a_remark_and_is_mended(self, cast: Cast) -> None:
        practice, officer = proposed(cast.secretary), factory.actor(cast.officer, TODAY)
        secretary = factory.actor(cast.secretary, TODAY)
        with pytest.raises(TextMissing):
            actions.return_practice(
                actor=officer, practice_id=practice.pk, seen=1, remark=" ", at=AT
            )
        actions.return_practice(
            actor=officer, practice_id=practice.pk, seen=1, remark="Ghi rõ chi phí.", at=AT
        )
        mended = actions.mend(
            actor=secretary,
            practice_id=practice.pk,
            seen=2,
            telling=replace(TOLD, cost="Không"),
            at=AT,
        )
        mended.refresh_from_db()
        assert (mended.stage, mended.cost, mended.version) == (Stage.PROPOSED, "Không", 3)
        page = queries.practice_page(officer, practice.pk, TODAY)
        assert [one.remark for one in page.looks] == ["Ghi rõ chi phí."]
        assert page.may_recommend

    def test_is_not_done_twice_nor_on_what_somebody_changed(self, cast: Cast) -> None:
        practice, officer = proposed(cast.secretary), factory.actor(cast.officer, TODAY)
        actions.recommend(actor=officer, practice_id=practice.pk, seen=1, at=AT)
        for seen in (1, 2):
            with pytest.raises(practising.NotNow):
                actions.recommend(actor=officer, practice_id=practice.pk, seen=seen, at=AT)
        with pytest.raises(practising.NotNow):
            actions.mend(
                actor=factory.actor(cast.secretary, TODAY),
                practice_id=practice.pk,
                seen=2,
                telling=TOLD,
                at=AT,
            )
        assert told("practices.recommended") == 1

    def test_recognises_by_a_decision_that_has_been(self, cast: Cast) -> None:
        practice = recognised(cast)
        assert (practice.version, told("practices.recognised")) == (3, 1)
        practice.refresh_from_db()
        assert (practice.stage, practice.began_date) == (Stage.RECOGNISED, date(2024, 2, 20))
        other, officer = proposed(cast.union, once="hai"), factory.actor(cast.officer, TODAY)
        with pytest.raises(Practice.DoesNotExist):  # it is for the Union above
            actions.recommend(actor=officer, practice_id=other.pk, seen=1, at=AT)
        upper = factory.actor(cast.upper_unionist, TODAY)
        actions.recommend(actor=upper, practice_id=other.pk, seen=1, at=AT)
        with pytest.raises(practising.DayToCome):
            actions.recognise(
                actor=upper,
                practice_id=other.pk,
                seen=2,
                paper_number="1-QĐ",
                paper_date=TOMORROW,
                at=AT,
                today=TODAY,
            )

    def test_never_recognises_what_is_the_own(self, cast: Cast) -> None:
        practice = taken(cast.upper_unionist, LIBRARY)
        upper = factory.actor(cast.upper_unionist, TODAY)
        with pytest.raises(practising.OwnPractice):
            actions.recommend(actor=upper, practice_id=practice.pk, seen=1, at=AT)
        with pytest.raises(NotAllowed):
            actions.recommend(
                actor=factory.actor(cast.secretary, TODAY), practice_id=1, seen=1, at=AT
            )


class TestWaiting:
    def test_is_a_look_for_who_is_above_and_a_mend_for_who_was_answered(self, cast: Cast) -> None:
        practice, other = proposed(cast.secretary), proposed(cast.secretary, once="hai")
        officer, own = factory.actor(cast.officer, TODAY), factory.actor(cast.secretary, TODAY)

        def waits(actor: Actor) -> tuple[list[int], list[int]]:
            told = queries.waiting(actor, TODAY)
            return [one.id for one in told.looks], [one.id for one in told.mends]

        assert waits(officer) == ([practice.pk, other.pk], [])
        assert waits(own) == ([], [])
        actions.return_practice(
            actor=officer, practice_id=practice.pk, seen=1, remark="Ghi chi phí.", at=AT
        )
        assert waits(officer) == ([other.pk], [])
        assert waits(own) == ([], [practice.pk])
        for away in (cast.union, cast.outsider, cast.upper_unionist):
            assert waits(factory.actor(away, TODAY)) == ([], [])


class TestTakingOver:
    def test_keeps_the_line_and_shows_each_beside_the_others(self, cast: Cast) -> None:
        upper = taken(cast.upper_unionist, LIBRARY)
        ours = taken(cast.union, upper)
        theirs = taken(cast.neighbour.secretary, ours)
        stated(cast.union, ours, 18)
        stated(cast.neighbour.secretary, theirs, 3)
        page = queries.practice_page(factory.actor(cast.union, TODAY), ours.pk, TODAY)
        depths = [(row.node.id, row.node.depth) for row in page.line.rows]
        assert depths == [(None, 0), (None, 1), (upper.pk, 2), (ours.pk, 3), (theirs.pk, 4)]
        assert (page.line.taken, page.line.columns) == (3, ("Học sinh tham gia",))
        assert [row.cells[0][0].number for row in page.line.rows[3:]] == ["18", "≤ 4"]
        assert page.line.rows[1].others[0].number == "4"  # of the article, which is public
        exact = queries.practice_page(factory.actor(cast.outsider, TODAY), theirs.pk, TODAY)
        assert exact.results[0].number == "3"

    @pytest.mark.parametrize("others", [1, 2, 30])
    def test_shows_a_line_of_any_length_in_as_many_statements(
        self, cast: Cast, others: int
    ) -> None:
        upper, by = taken(cast.upper_unionist, LIBRARY), factory.founder()
        source = upper
        for at in range(others):
            unit = factory.unit(f"xa{at}", UnitKind.UPPER_UNION, f"Đoàn xã {at}", by=by)
            name = f"Người {at}"
            user = factory.holder(f"xa{at}", name, unit, Role.UPPER_UNION, by=by)
            made = taken(user, source)
            # Ten of the second generation, the others of the third.
            source = upper if at < 10 else made if at == 10 else source
        reader = factory.actor(cast.secretary, TODAY)
        with CaptureQueriesContext(connection) as asked:
            page = queries.practice_page(reader, upper.pk, TODAY)
        assert page.line.taken == others + 1
        assert max(row.node.depth for row in page.line.rows) == (4 if others == 30 else 3)
        assert len(asked) == STATEMENTS

    def test_of_the_own_in_a_circle_or_twice_is_refused(self, cast: Cast) -> None:
        ours = recognised(cast)
        theirs = taken(cast.neighbour.secretary, ours)
        refused: tuple[tuple[Practice | str, type[RuleError]], ...] = (
            (ours, practising.OwnPractice),
            (theirs, practising.Circle),
        )
        for source, reason in refused:
            for user in (cast.secretary, cast.union):
                with pytest.raises(reason):
                    taken(user, source, once=f"x{reason.code}")
        with pytest.raises(practising.TakenAlready):
            taken(cast.neighbour.union, ours, once="hai")
        assert taken(cast.neighbour.secretary, ours).pk == theirs.pk  # the second click
        with pytest.raises(practising.NotInLibrary):
            taken(cast.union, "khong-co")
        with pytest.raises(practising.DayToCome):
            taken(cast.union, LIBRARY, since=TOMORROW)
        assert Practice.objects.count() == 2

    def test_of_what_was_withdrawn_is_refused_and_what_was_taken_stays(self, cast: Cast) -> None:
        ours = recognised(cast)
        theirs = taken(cast.neighbour.secretary, ours)
        secretary = factory.actor(cast.secretary, TODAY)

        def withdraw(ended: date) -> Practice:
            return actions.withdraw(
                actor=secretary,
                practice_id=ours.pk,
                seen=3,
                reason="Đã thay cách khác",
                ended=ended,
                at=AT,
                today=TODAY,
            )

        with pytest.raises(practising.DayToCome):
            withdraw(TOMORROW)
        with pytest.raises(practising.BeforeBegin):
            withdraw(date(2024, 2, 19))
        withdraw(TODAY)
        with pytest.raises(practising.NotNow):
            withdraw(TODAY)
        with pytest.raises(practising.Withdrawn):
            taken(cast.upper_unionist, ours)
        theirs.refresh_from_db()
        assert theirs.stage == Stage.IN_USE

    def test_is_changed_afterwards_for_the_own_people(self, cast: Cast) -> None:
        theirs = taken(cast.neighbour.secretary, recognised(cast))
        changed = actions.mend(
            actor=factory.actor(cast.neighbour.secretary, TODAY),
            practice_id=theirs.pk,
            seen=1,
            telling=replace(TOLD, for_whom="Khối 11"),
            changes="Chỉ khối 11.",
            at=AT,
        )
        changed.refresh_from_db()
        assert (changed.stage, changed.for_whom) == (Stage.IN_USE, "Khối 11")
        with pytest.raises(Practice.DoesNotExist):
            actions.mend(
                actor=factory.actor(cast.secretary, TODAY),
                practice_id=theirs.pk,
                seen=2,
                telling=TOLD,
                changes="Khác",
                at=AT,
            )


class TestResults:
    def test_stay_as_they_were_stated(self, cast: Cast) -> None:
        ours = recognised(cast)
        stated(cast.secretary, ours, 18)
        stated(cast.secretary, ours, 18)
        with pytest.raises(practising.ResultKnown):
            stated(cast.secretary, ours, 19)
        with pytest.raises(practising.YearToCome):
            stated(cast.secretary, ours, 18, "2024-2025")
        with pytest.raises(practising.ResultOutside):
            stated(cast.secretary, ours, 10**9, "2022-2023")
        with pytest.raises(Practice.DoesNotExist):
            stated(cast.outsider, ours, 1)
        assert told("practices.result_stated") == 1


class TestChallenges:
    def test_become_the_schools_own_with_one_press_and_stand_there_once(self, cast: Cast) -> None:
        told_as = queries.shipped()[LIBRARY].telling
        ours = taken(cast.union, LIBRARY, told=told_as)
        actor = factory.actor(cast.union, TODAY)
        for _press in range(2):
            assert actions.keep_challenges(actor=actor, practice_id=ours.pk, at=AT) == 5
        kept = ChallengeModel.objects.filter(school=cast.school.unit)
        assert kept.count() == 5
        assert {one.origin.split("/")[0] for one in kept} == {f"practice:{ours.pk}"}
        library = accompaniment.library(actor)
        assert len(library) == 5
        assert not any(one.is_example for one in library)

    def test_of_another_school_are_not_there_to_be_kept(self, cast: Cast) -> None:
        ours = taken(cast.union, LIBRARY)
        with pytest.raises(Practice.DoesNotExist):
            actions.keep_challenges(
                actor=factory.actor(cast.outsider, TODAY), practice_id=ours.pk, at=AT
            )
        bare = taken(cast.neighbour.union, LIBRARY, told=replace(TOLD, challenges=()))
        with pytest.raises(practising.NoChallenges):
            actions.keep_challenges(
                actor=factory.actor(cast.neighbour.union, TODAY), practice_id=bare.pk, at=AT
            )


class TestCounting:
    def test_counts_what_is_in_force_on_the_day_once_a_line(self, cast: Cast) -> None:
        ours = recognised(cast)
        taken(cast.union, LIBRARY)
        proposed(cast.secretary, once="ba")
        taken(cast.upper_unionist, ours)
        school = cast.school.unit.pk
        assert queries.kept_on([school], TODAY) == {school: 2}
        assert queries.kept_on([school], date(2024, 2, 20)) == {school: 1}
        assert queries.kept_on([school], date(2024, 2, 19)) == {}
        assert queries.kept_on(None, TODAY) == {school: 2, cast.upper_union.pk: 1}
