"""What happens beside the road: off the list, another helper, more time, deletion, annulment."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from donghanh.domain.errors import RuleError
from donghanh.domain.procedure import Act, RoadStatus, StageState, Step, check_void, replay
from donghanh.domain.timeline import Entry
from tests.unit.domain.walked import (
    BAD,
    BOOK,
    CASE,
    TODAY,
    WALKED,
    act,
    judged,
    refusal,
    until,
    voided,
)

#: Three failed votes on recognition, on three days.
FAILED = tuple(
    Act(30 + n, Step.RECOGNITION_VOTED, date(2025, 5, 23 + n), tally=BAD) for n in range(3)
)
TURNS = tuple(rule.step for rule in BOOK.catalogue.turns)


def turn(step: Step, on: date, number: int = 50) -> Act:
    """A turn on a day."""
    return Act(number, step, on)


def more_time(about: str, until_day: date | None, on: date) -> Act:
    """More time allowed for a rule."""
    return Act(50, Step.EXTENDED, on, about=about, until=until_day)


def rule_of(refused: RuleError) -> str:
    """Name of the rule that refuses."""
    entry = refused.facts["entry"]
    assert isinstance(entry, Entry)
    return entry.name


class TestEveryTurn:
    def test_is_no_step_of_the_road(self) -> None:
        assert TURNS == (
            Step.UNLISTED,
            Step.HELPER_CHANGED,
            Step.EXTENDED,
            Step.REFERRED,
            Step.DELETED,
            Step.ANNULLED,
        )
        assert not set(TURNS) & {rule.step for rule in BOOK.steps()}

    @pytest.mark.parametrize(
        ("step", "after"),
        [
            (Step.UNLISTED, Step.LISTED),
            (Step.HELPER_CHANGED, Step.LISTED),
            (Step.EXTENDED, Step.CELL_VOTED),
            (Step.REFERRED, Step.ADMITTED),
            (Step.DELETED, Step.ADMITTED),
            (Step.ANNULLED, Step.DECIDED),
        ],
    )
    def test_follows_the_step_it_turns(self, step: Step, after: Step) -> None:
        refused = refusal(turn(step, act(after).on), until(after))
        assert refused.code == "procedure.step_not_allowed"
        assert refused.facts == {"step": step, "missing": after}

    @pytest.mark.parametrize(
        ("step", "after"),
        [
            (Step.UNLISTED, Step.LISTED),
            (Step.HELPER_CHANGED, Step.LISTED),
            (Step.DELETED, Step.ADMITTED),
            (Step.ANNULLED, Step.DECIDED),
        ],
    )
    def test_is_not_dated_before_it(self, step: Step, after: Step) -> None:
        done = act(after)
        acts = (*until(after), done)
        assert judged(turn(step, done.on), acts).passed
        day = date.fromordinal(done.on.toordinal() - 1)
        refused = refusal(turn(step, day), acts)
        assert refused.code == "procedure.before_previous"
        assert refused.facts == {"step": step, "on": day, "previous": after, "since": done.on}

    @pytest.mark.parametrize(
        ("step", "shut"),
        [
            (Step.UNLISTED, Step.DECIDED),
            (Step.HELPER_CHANGED, Step.RECOGNISED),
            (Step.REFERRED, Step.RECOGNISED),
            (Step.DELETED, Step.RECOGNISED),
        ],
    )
    def test_is_shut_off_by_a_later_step(self, step: Step, shut: Step) -> None:
        refused = refusal(turn(step, date(2026, 1, 1)), WALKED)
        assert refused.code == "procedure.turn_too_late"
        assert refused.facts == {"step": step, "done": shut}

    def test_needs_the_person_as_any_step_does(self) -> None:
        new = turn(Step.UNLISTED, date(2024, 1, 5))
        stopped = replace(CASE, stopped_on=date(2024, 1, 2))
        assert refusal(new, until(Step.ALLOWED), stopped).code == "procedure.stopped"
        assert refusal(new, until(Step.ALLOWED), today=date(2024, 1, 4)).code == (
            "procedure.in_future"
        )


class TestUnlisted:
    acts = (*until(Step.DECIDED), turn(Step.UNLISTED, date(2024, 5, 2)))

    def test_undoes_the_list_and_what_rests_on_it(self) -> None:
        road = replay(self.acts, CASE, BOOK, date(2024, 5, 3))
        assert road.status is RoadStatus.UNLISTED
        assert road.current is not None
        assert road.current.step is Step.LISTED
        undone = {Step.LISTED, Step.ALLOWED}
        assert not any(road.stage(step).history for step in undone)
        assert road.stage(Step.TRAINED).state is StageState.DONE  # the certificate stays
        assert road.stage(Step.CELL_VOTED).state is StageState.DONE
        assert refusal(act(Step.DECIDED), self.acts).facts["missing"] is Step.LISTED

    def test_lets_the_person_be_listed_again(self) -> None:
        again = Act(51, Step.LISTED, date(2024, 5, 2))
        assert judged(again, self.acts).passed
        road = replay((*self.acts, again), CASE, BOOK, date(2024, 5, 3))
        assert road.status is RoadStatus.WALKING
        assert road.stage(Step.LISTED).act == again
        assert road.current is not None
        assert road.current.step is Step.ALLOWED

    def test_refuses_to_list_again_before_it(self) -> None:
        early = Act(51, Step.LISTED, date(2024, 5, 1))
        refused = refusal(early, self.acts)
        assert refused.code == "procedure.before_previous"
        assert refused.facts == {
            "step": Step.LISTED,
            "on": date(2024, 5, 1),
            "previous": Step.UNLISTED,
            "since": date(2024, 5, 2),
        }

    def test_is_undone_itself_when_declared_invalid(self) -> None:
        effect = check_void(50, self.acts, CASE, BOOK, TODAY)
        assert (effect.step, effect.falls, effect.keeps) == (Step.UNLISTED, (), ())
        road = replay(voided(self.acts, 50), CASE, BOOK, date(2024, 5, 3))
        assert road.status is RoadStatus.WALKING
        assert road.current is not None
        assert road.current.step is Step.DECIDED


class TestHelperChanged:
    def test_changes_nothing_of_the_road(self) -> None:
        new = turn(Step.HELPER_CHANGED, date(2024, 4, 25))
        before = until(Step.DECIDED)
        judgement = judged(new, before)
        assert (judgement.passed, judgement.outcome, judgement.entries) == (True, None, ())
        road, with_it = (
            replay(acts, CASE, BOOK, date(2024, 5, 1)) for acts in (before, (*before, new))
        )
        assert with_it.stages == road.stages
        assert judged(replace(new, number=51), (*before, new)).passed  # as often as it takes


class TestExtended:
    before = until(Step.DECIDED)  # the cell voted on 2/4/2024: sixty working days end on 28/6/2024

    def test_moves_the_last_day(self) -> None:
        new = more_time("admission.decision", date(2024, 7, 31), date(2024, 6, 20))
        judgement = judged(new, self.before)
        assert [entry.name for entry in judgement.entries] == ["admission.decision.extension"]
        first = replay(self.before, CASE, BOOK, date(2024, 6, 20)).stage(Step.DECIDED)
        assert first.last_day == date(2024, 6, 28)
        assert not first.clocks[0].granted
        after = replay((*self.before, new), CASE, BOOK, date(2024, 6, 20)).stage(Step.DECIDED)
        assert after.last_day == date(2024, 7, 31)
        assert after.clocks[0].granted
        decided = replace(act(Step.DECIDED), on=date(2024, 7, 31), received_on=None)
        assert judged(decided, (*self.before, new)).late == ()
        assert judged(replace(decided, on=date(2024, 8, 1)), (*self.before, new)).late
        assert judged(decided, self.before).late

    def test_takes_the_latest_day_allowed(self) -> None:
        first = more_time("admission.decision", date(2024, 7, 31), date(2024, 6, 20))
        second = replace(first, number=51, until=date(2024, 7, 15))
        road = replay((*self.before, second, first), CASE, BOOK, date(2024, 6, 20))
        assert road.stage(Step.DECIDED).last_day == date(2024, 7, 31)
        other = replace(first, about="admission.ceremony", until=date(2024, 8, 9))
        road = replay((*self.before, other), CASE, BOOK, date(2024, 6, 20))
        assert road.stage(Step.DECIDED).last_day == date(2024, 6, 28)

    def test_is_never_longer_than_the_rules_permit(self) -> None:
        on = date(2024, 6, 20)
        longest = date(2024, 8, 9)  # thirty working days after 28/6/2024
        assert judged(more_time("admission.decision", longest, on), self.before).passed
        refused = refusal(more_time("admission.decision", date(2024, 8, 12), on), self.before)
        assert refused.code == "procedure.extension_too_long"
        assert refused.facts["rule"] == "admission.decision"
        assert refused.facts["until"] == date(2024, 8, 12)
        assert refused.facts["longest"] == longest
        assert rule_of(refused) == "admission.decision.extension"

    @pytest.mark.parametrize(
        ("about", "until_day"),
        [
            ("admission.decision", date(2024, 6, 28)),  # no later than the rule itself
            ("admission.decision", None),
            ("admission.ceremony", date(2024, 9, 1)),  # not running yet
            ("dossier.ageing", date(2026, 1, 1)),  # what expires is not extended
            ("no.such.rule", date(2024, 9, 1)),
        ],
    )
    def test_extends_only_what_is_due(self, about: str, until_day: date | None) -> None:
        refused = refusal(more_time(about, until_day, date(2024, 6, 20)), self.before)
        assert refused.code == "procedure.nothing_to_extend"
        assert refused.facts == {"rule": about, "until": until_day}

    def test_of_the_ceremony_is_as_long_as_the_committee_says(self) -> None:
        new = more_time("admission.ceremony", date(2024, 12, 31), date(2024, 6, 20))
        judgement = judged(new, until(Step.ADMITTED))
        assert [entry.name for entry in judgement.entries] == ["admission.ceremony"]

    def test_extends_nothing_the_rules_let_nobody_extend(self) -> None:
        new = more_time("recognition.consider", date(2025, 8, 1), date(2025, 6, 1))
        refused = refusal(new, until(Step.RECOGNITION_VOTED))
        assert refused.code == "procedure.nothing_to_extend"
        papers = more_time("member.papers", date(2024, 8, 1), date(2024, 6, 1))
        assert refusal(papers, until(Step.NEW_MEMBER_CLASS)).code == "procedure.nothing_to_extend"

    def test_comes_too_late_once_the_thing_is_done(self) -> None:
        new = more_time("admission.decision", date(2024, 7, 31), date(2024, 6, 20))
        assert refusal(new, until(Step.ADMITTED)).code == "procedure.nothing_to_extend"


class TestReferred:
    before = until(Step.RECOGNITION_VOTED)

    def test_needs_the_votes_to_have_failed(self) -> None:
        new = turn(Step.REFERRED, date(2025, 6, 2))
        refused = refusal(new, (*self.before, *FAILED[:2]))
        assert refused.code == "procedure.votes_not_exhausted"
        assert (refused.facts["step"], refused.facts["attempts"]) == (Step.RECOGNITION_VOTED, 2)
        assert rule_of(refused) == "recognition.failed_votes"
        judgement = judged(new, (*self.before, *FAILED))
        assert [entry.name for entry in judgement.entries] == ["recognition.failed_votes"]

    def test_leaves_the_votes_below_out(self) -> None:
        new = turn(Step.REFERRED, date(2025, 6, 2))
        acts = (*self.before, *FAILED, new)
        road = replay(acts, CASE, BOOK, date(2025, 6, 3))
        skipped = {Step.RECOGNITION_VOTED, Step.RECOGNITION_BASE_VOTED}
        assert all(road.stage(step).state is StageState.SKIPPED for step in skipped)
        assert road.current is not None
        assert road.current.step is Step.RECOGNISED
        decision = replace(act(Step.RECOGNISED), on=date(2025, 6, 20))
        assert judged(decision, acts).passed
        refused = refusal(decision, (*self.before, *FAILED))
        assert refused.facts["missing"] is Step.RECOGNITION_VOTED
        again = replace(act(Step.RECOGNITION_VOTED), on=date(2025, 6, 4))
        assert refusal(again, acts).code == "procedure.step_not_allowed"

    def test_comes_before_what_it_opens(self) -> None:
        acts = (*self.before, *FAILED, turn(Step.REFERRED, date(2025, 6, 21)))
        refused = refusal(act(Step.RECOGNISED), acts)  # on 20/6/2025
        assert refused.code == "procedure.before_previous"
        assert (refused.facts["previous"], refused.facts["since"]) == (
            Step.REFERRED,
            date(2025, 6, 21),
        )


class TestEnds:
    @pytest.mark.parametrize(
        ("step", "status"),
        [(Step.DELETED, RoadStatus.DELETED), (Step.ANNULLED, RoadStatus.ANNULLED)],
    )
    def test_nothing_follows(self, step: Step, status: RoadStatus) -> None:
        new = turn(step, date(2024, 10, 1))
        before = until(Step.NEW_MEMBER_CLASS)
        assert judged(new, before).passed
        acts = (*before, new)
        road = replay(acts, CASE, BOOK, date(2024, 10, 2))
        assert road.status is status
        assert (road.current, road.open, road.clocks) == (None, (), ())
        assert road.stage(Step.ADMITTED).state is StageState.DONE
        for after in (
            act(Step.NEW_MEMBER_CLASS),
            Act(60, Step.PAPERS, date(2024, 11, 1), form="1-HSĐV"),
            turn(Step.HELPER_CHANGED, date(2024, 11, 1), 60),
        ):
            refused = refusal(after, acts)
            assert refused.code == "procedure.road_ended"
            assert refused.facts == {"status": status.value}

    def test_are_taken_back_when_declared_invalid(self) -> None:
        acts = (*until(Step.NEW_MEMBER_CLASS), turn(Step.DELETED, date(2024, 10, 1)))
        road = replay(voided(acts, 50), CASE, BOOK, date(2024, 10, 2))
        assert road.status is RoadStatus.ADMITTED
        assert judged(act(Step.NEW_MEMBER_CLASS), voided(acts, 50)).passed

    def test_annulment_is_told_before_deletion(self) -> None:
        acts = (
            *until(Step.NEW_MEMBER_CLASS),
            turn(Step.DELETED, date(2024, 10, 1)),
            turn(Step.ANNULLED, date(2024, 10, 1), 51),
        )
        assert replay(acts, CASE, BOOK, date(2024, 10, 2)).status is RoadStatus.ANNULLED


class TestTooYoungAfterAll:
    """The day of birth was put right, and the person was not eighteen when the cell voted."""

    case = replace(CASE, born=date(2006, 4, 3))  # the cell voted on 2/4/2024

    def test_has_to_be_annulled_once_decided(self) -> None:
        acts = until(Step.ADMITTED)
        road = replay(acts, self.case, BOOK, date(2024, 5, 12))
        assert [(fault.act.step, fault.annuls) for fault in road.faults] == [
            (Step.CELL_VOTED, True)
        ]
        refused = refusal(act(Step.ADMITTED), acts, self.case)
        assert refused.code == "procedure.must_be_annulled"
        assert refused.facts["on"] == date(2024, 4, 2)
        assert refused.facts["from_day"] == date(2024, 4, 3)
        assert rule_of(refused) == "age.minimum"
        paper = Act(60, Step.PAPERS, date(2024, 5, 12), form="1-HSĐV")
        assert refusal(paper, acts, self.case).code == "procedure.must_be_annulled"
        assert judged(turn(Step.ANNULLED, date(2024, 5, 12)), acts, self.case).passed

    def test_may_be_voted_on_again_before_the_decision(self) -> None:
        acts = until(Step.BASE_VOTED)
        road = replay(acts, self.case, BOOK, date(2024, 4, 20))
        assert [fault.annuls for fault in road.faults] == [False]
        refused = refusal(act(Step.BASE_VOTED), acts, self.case)
        assert refused.code == "procedure.too_young"
        assert refused.facts["on"] == date(2024, 4, 2)
        mended = voided(acts, 12)
        again = replace(act(Step.CELL_VOTED), number=30, on=date(2024, 4, 3))
        assert judged(again, mended, self.case).passed
        assert replay((*mended, again), self.case, BOOK, date(2024, 4, 20)).faults == ()

    def test_is_no_fault_of_who_was_old_enough(self) -> None:
        exact = replace(CASE, born=date(2006, 4, 2))
        assert replay(until(Step.ADMITTED), exact, BOOK, date(2024, 5, 12)).faults == ()
        assert replay(until(Step.CELL_VOTED), self.case, BOOK, date(2024, 4, 1)).faults == ()
