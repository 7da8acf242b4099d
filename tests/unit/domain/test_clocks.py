"""The clocks of a road: when they start, by which rules they run, what ends them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from donghanh.domain.acts import Act, Case, Destination, Move, Step
from donghanh.domain.catalogue import ClockKind
from donghanh.domain.deadlines import Clock
from donghanh.domain.procedure import StageState, replay
from donghanh.domain.rules import Rulebook
from tests.unit.domain.shipped import with_rules
from tests.unit.domain.walked import BOOK, CASE, TODAY, WALKED, act, until

HANOI = ("central", "province:ha-noi")


def clocks(
    step: Step, acts: tuple[Act, ...], today: date, case: Case = CASE, book: Rulebook = BOOK
) -> dict[str, Clock]:
    """The clocks of a step, by name and, where a place sets them, its scope."""
    found = replay(acts, case, book, today).stage(step).clocks
    return {f"{one.name} {one.entry.scope}".removesuffix(" central"): one for one in found}


def kept(acts: tuple[Act, ...], edition: int = 0) -> tuple[Act, ...]:
    """The same acts, recorded under an edition of the rules."""
    return tuple(replace(one, edition=edition) for one in acts)


def value(name: str, since: str, number: int | str) -> str:
    """An amendment that sets a value of a rule from a day on."""
    return f"""
        [[rule."{name}".entries]]
        since = {since}
        value = {number}
        cite = {{ doc = "DEFAULT", article = "", confidence = "N" }}
        """


class TestDues:
    def test_of_the_decision_run_from_the_resolution_of_the_cell(self) -> None:
        clock = clocks(Step.DECIDED, until(Step.BASE_VOTED), date(2024, 4, 3))["admission.decision"]
        assert (clock.kind, clock.starts_on) == (ClockKind.DUE, date(2024, 4, 2))
        assert clock.last_day == date(2024, 6, 28)  # the sixtieth working day
        assert clock.extension_last_day == date(2024, 8, 9)
        assert clock.ends is Step.DECIDED
        assert clock.consequence_vi.startswith("Quá hạn")
        assert clock.done_on is None

    def test_end_with_the_first_act_that_did_the_step(self) -> None:
        clock = clocks(Step.DECIDED, until(Step.ADMITTED), date(2024, 5, 12))["admission.decision"]
        assert (clock.done_on, clock.done_late) == (date(2024, 5, 10), False)
        late = tuple(
            replace(one, on=date(2024, 7, 1), received_on=None) if one.step is Step.DECIDED else one
            for one in until(Step.ADMITTED)
        )
        assert clocks(Step.DECIDED, late, date(2024, 7, 2))["admission.decision"].done_late

    def test_are_of_no_step_before_they_start(self) -> None:
        assert clocks(Step.DECIDED, until(Step.CELL_VOTED), date(2024, 4, 1)) == {}

    def test_of_a_place_stand_beside_the_central_ones(self) -> None:
        case = replace(CASE, scopes=HANOI)
        acts = tuple(
            replace(one, on=date(2025, 12, 1)) if one.step is Step.CELL_VOTED else one
            for one in until(Step.BASE_VOTED)
        )
        found = clocks(Step.DECIDED, acts, date(2025, 12, 2), case)
        assert {name: clock.entry.value for name, clock in found.items()} == {
            "admission.decision": 60,
            "admission.decision province:ha-noi": 45,
        }
        local = found["admission.decision province:ha-noi"]
        assert local.extension_entry is not None
        assert (local.extension_entry.value, local.is_local) == (15, True)
        central = found["admission.decision"]
        assert central.extension_entry is not None
        assert (central.extension_entry.value, central.is_local) == (30, False)

    def test_of_papers_end_with_the_last_of_them(self) -> None:
        case = replace(CASE, scopes=HANOI)
        acts = tuple(
            replace(one, on=date(2025, 12, 1), received_on=None)
            if one.step in (Step.CELL_VOTED, Step.BASE_VOTED, Step.DECIDED, Step.ADMITTED)
            else one
            for one in until(Step.NEW_MEMBER_CLASS)
        )
        opened = clocks(Step.MEMBER_PAPERS, acts, date(2025, 12, 2), case)
        assert {name: clock.last_day for name, clock in opened.items()} == {
            "member.papers": date(2026, 1, 13),  # 1/1 and 2/1 off, Saturday 10/1 worked
            "member.papers province:ha-noi": date(2026, 1, 13),
            "member.database province:ha-noi": date(2026, 1, 13),
        }
        entry = Act(30, Step.PAPERS, date(2025, 12, 5), form="CSDL")
        after = clocks(Step.MEMBER_PAPERS, (*acts, entry), date(2025, 12, 6), case)
        assert after["member.database province:ha-noi"].done_on == date(2025, 12, 5)
        assert after["member.papers"].done_on is None

    def test_of_recognition_in_ha_noi_run_from_each_resolution(self) -> None:
        case = replace(CASE, scopes=HANOI)
        acts = (
            *until(Step.RECOGNITION_VOTED),
            replace(act(Step.RECOGNITION_VOTED), on=date(2026, 1, 5)),
        )
        base = clocks(Step.RECOGNITION_BASE_VOTED, acts, date(2026, 1, 6), case)
        assert [clock.entry.value for clock in base.values()] == [25]
        voted = replace(act(Step.RECOGNITION_BASE_VOTED), on=date(2026, 1, 20))
        found = clocks(Step.RECOGNISED, (*acts, voted), date(2026, 1, 21), case)
        assert {name: clock.starts_on for name, clock in found.items()} == {
            "recognition.decision": date(2026, 1, 5),
            "recognition.decision_after_base province:ha-noi": date(2026, 1, 20),
        }


class TestCeremony:
    @pytest.mark.parametrize(
        ("decided", "starts"),
        [
            (date(2026, 7, 24), date(2026, 7, 31)),  # before R5: from the day of receipt
            (date(2026, 7, 27), date(2026, 7, 27)),  # under R5: from the day of issue
        ],
    )
    def test_is_due_as_the_regime_says(self, decided: date, starts: date) -> None:
        new = replace(act(Step.DECIDED), on=decided, received_on=date(2026, 7, 31))
        clock = clocks(Step.ADMITTED, (*until(Step.DECIDED), new), date(2026, 8, 1))
        assert clock["admission.ceremony"].starts_on == starts
        assert not clock["admission.ceremony"].settled

    def test_is_due_from_the_decision_while_receipt_is_not_known(self) -> None:
        new = replace(act(Step.DECIDED), received_on=None)
        found = clocks(Step.ADMITTED, (*until(Step.DECIDED), new), date(2024, 6, 1))
        assert found["admission.ceremony"].starts_on == date(2024, 5, 10)

    def test_is_due_as_the_regime_a_person_chose_says(self) -> None:
        new = replace(
            act(Step.DECIDED), on=date(2026, 7, 27), received_on=date(2026, 7, 31), governed_by="R4"
        )
        found = clocks(Step.ADMITTED, (*until(Step.DECIDED), new), date(2026, 8, 1))
        assert found["admission.ceremony"].starts_on == date(2026, 7, 31)
        assert found["admission.ceremony"].entry.regime == "R4"


class TestProbation:
    def test_is_a_wait_of_the_papers_and_of_the_vote(self) -> None:
        for step in (Step.RECOGNITION_PAPERS, Step.RECOGNITION_VOTED):
            found = clocks(step, until(Step.NEW_MEMBER_CLASS), date(2024, 6, 1))
            wait = found["probation.length"]
            assert (wait.kind, wait.last_day) == (ClockKind.WAIT, date(2025, 5, 19))
            assert wait.done_on is None

    def test_is_counted_from_the_day_of_the_ceremony_and_its_rules(self) -> None:
        road = replay(until(Step.NEW_MEMBER_CLASS), CASE, BOOK, date(2024, 6, 1))
        assert road.probation_ends_on == date(2025, 5, 19)
        leap = replace(act(Step.ADMITTED), on=date(2024, 2, 29))
        leaping = replay((*until(Step.ADMITTED), leap), CASE, BOOK, date(2024, 6, 1))
        assert leaping.probation_ends_on == date(2025, 2, 28)
        early = replace(leap, on=date(2016, 7, 1))  # before any rule on it
        before = replay((*until(Step.ADMITTED), early), CASE, BOOK, date(2024, 6, 1))
        assert before.probation_ends_on is None
        assert clocks(Step.RECOGNITION_PAPERS, (*until(Step.ADMITTED), early), TODAY) == {}

    def test_is_told_as_running_until_it_is_over(self) -> None:
        acts = until(Step.NEW_MEMBER_CLASS)
        for day, running in ((date(2025, 5, 19), True), (date(2025, 5, 20), False)):
            names = {one.name for one in replay(acts, CASE, BOOK, day).clocks}
            assert ("probation.length" in names) is running
            assert "recognition.consider" in names

    def test_opens_a_window_by_the_rules_of_the_day_it_ends(self) -> None:
        held = replace(act(Step.ADMITTED), on=date(2025, 10, 10))  # R3; a year later R5 holds
        acts = (*until(Step.ADMITTED), held)
        found = clocks(Step.RECOGNITION_VOTED, acts, date(2026, 10, 20))["recognition.consider"]
        assert found.kind is ClockKind.WINDOW
        assert (found.starts_on, found.entry.regime) == (date(2026, 10, 10), "R5")
        assert found.last_day == date(2026, 11, 20)

    def test_closes_the_window_with_the_vote(self) -> None:
        found = clocks(Step.RECOGNITION_VOTED, WALKED, TODAY)["recognition.consider"]
        assert (found.done_on, found.done_late) == (date(2025, 6, 2), False)


class TestExpiries:
    def test_of_the_certificate_end_with_the_vote_of_the_cell(self) -> None:
        found = clocks(Step.TRAINED, until(Step.BASE_VOTED), date(2029, 1, 1))
        clock = found["certificate.validity"]
        assert (clock.kind, clock.done_on) == (ClockKind.EXPIRY, date(2024, 4, 2))
        assert clock.last_day == date(2028, 12, 15)
        assert clock.ends is Step.CELL_VOTED

    def test_are_of_no_certificate_before_their_rule(self) -> None:
        trained = (*until(Step.TRAINED), replace(act(Step.TRAINED), on=date(2021, 9, 1)))
        assert clocks(Step.TRAINED, trained, date(2021, 9, 27)) == {}
        assert clocks(Step.TRAINED, trained, date(2021, 9, 28))["certificate.validity"]

    def test_begin_anew_with_a_new_certificate(self) -> None:
        again = Act(30, Step.TRAINED, date(2024, 3, 5))
        found = clocks(Step.TRAINED, (*until(Step.CELL_VOTED), again), date(2024, 3, 6))
        assert found["certificate.validity"].last_day == date(2029, 3, 5)

    def test_of_a_resolution_ask_both_bodies_to_resolve_anew(self) -> None:
        case = replace(CASE, scopes=HANOI)
        day = date(2026, 1, 5)
        acts = tuple(
            replace(one, on=day)
            if one.step in (Step.RECOGNITION_VOTED, Step.RECOGNITION_BASE_VOTED)
            else one
            for one in until(Step.RECOGNISED)
        )
        last = date(2026, 3, 13)  # the forty-fifth working day
        good = replay(acts, case, BOOK, last)
        assert good.stage(Step.RECOGNITION_VOTED).state is StageState.DONE
        over = replay(acts, case, BOOK, date(2026, 3, 14))
        assert over.stage(Step.RECOGNITION_VOTED).state is StageState.NOW
        again = replace(act(Step.RECOGNITION_VOTED), number=40, on=date(2026, 3, 16))
        renewed = replay((*acts, again), case, BOOK, date(2026, 3, 17))
        assert renewed.stage(Step.RECOGNITION_VOTED).state is StageState.DONE
        assert renewed.stage(Step.RECOGNITION_BASE_VOTED).state is StageState.NOW
        base = replace(act(Step.RECOGNITION_BASE_VOTED), number=41, on=date(2026, 3, 18))
        both = replay((*acts, again, base), case, BOOK, date(2026, 3, 19))
        assert both.current is not None
        assert both.current.step is Step.RECOGNISED

    def test_are_those_of_the_place_where_the_person_was_considered(self) -> None:
        local = value("certificate.validity", "2022-01-01", 12).replace(
            "since", 'scope = "province:ha-noi"\n        since'
        )
        book = with_rules(local)
        move = Move(date(2024, 3, 10), Destination.SCHOOL, date(2024, 3, 11), HANOI)
        voted = replace(act(Step.CELL_VOTED), governed_by="R1")
        acts = (*until(Step.CELL_VOTED), voted)
        here = clocks(Step.TRAINED, acts, date(2024, 5, 1), replace(CASE, moves=(move,)), book)
        assert here["certificate.validity province:ha-noi"].last_day == date(2024, 12, 15)
        chosen = (*until(Step.CELL_VOTED), replace(voted, on=date(2025, 2, 3)))
        late = Move(date(2025, 1, 25), Destination.SCHOOL, date(2025, 1, 26), HANOI)
        there = clocks(Step.TRAINED, chosen, date(2025, 5, 1), replace(CASE, moves=(late,)), book)
        assert set(there) == {"certificate.validity", "certificate.validity province:ha-noi"}


class TestEditions:
    def test_read_a_due_with_the_newest_while_it_is_open(self) -> None:
        book = with_rules(value("admission.decision", "2024-01-01", 20))
        acts = kept(until(Step.BASE_VOTED))
        found = clocks(Step.DECIDED, acts, date(2024, 4, 3), book=book)["admission.decision"]
        assert (found.entry.value, found.entry.edition) == (20, 1)
        assert found.last_day == date(2024, 5, 4)  # a Saturday that is worked

    def test_read_a_due_with_the_edition_of_the_act_that_closed_it(self) -> None:
        book = with_rules(value("admission.decision", "2024-01-01", 20))
        closed = kept(until(Step.ADMITTED))
        old = clocks(Step.DECIDED, closed, date(2024, 6, 1), book=book)["admission.decision"]
        assert (old.entry.value, old.done_late) == (60, False)
        newly = (*kept(until(Step.DECIDED)), replace(act(Step.DECIDED), edition=1))
        new = clocks(Step.DECIDED, newly, date(2024, 6, 1), book=book)["admission.decision"]
        assert (new.entry.value, new.done_late) == (20, True)

    def test_fix_a_wait_with_the_act_it_begins_with(self) -> None:
        book = with_rules(value("probation.length", "2021-08-01", 24))
        acts = kept(until(Step.NEW_MEMBER_CLASS))
        road = replay(acts, CASE, book, date(2024, 6, 1))
        assert road.probation_ends_on == date(2025, 5, 19)
        wait = clocks(Step.RECOGNITION_VOTED, acts, date(2024, 6, 1), book=book)
        assert wait["probation.length"].last_day == date(2025, 5, 19)
        newly = (*kept(until(Step.ADMITTED)), replace(act(Step.ADMITTED), edition=1))
        assert replay(newly, CASE, book, date(2024, 6, 1)).probation_ends_on == date(2026, 5, 19)

    def test_add_a_clock_to_what_is_open_and_to_nothing_that_is_done(self) -> None:
        text = """
            [rule."dossier.verification"]
            unit = "working_day"
            title = "Verification"
            title_vi = "Thẩm tra"
            kind = "due"
            steps = ["verified"]
            starts = "allowed"
            consequence_vi = "Thẩm tra chậm."
            [[rule."dossier.verification".entries]]
            since = 2024-01-01
            value = 20
            cite = { doc = "DEFAULT", article = "", confidence = "N" }
            """
        book = with_rules(text)
        opened = kept(until(Step.VERIFIED))
        found = clocks(Step.VERIFIED, opened, date(2024, 2, 5), book=book)
        assert found["dossier.verification"].last_day == date(2024, 2, 7)
        assert clocks(Step.VERIFIED, kept(until(Step.BASE_VOTED)), TODAY, book=book) == {}
        newly = (*opened, replace(act(Step.VERIFIED), edition=1))
        assert clocks(Step.VERIFIED, newly, TODAY, book=book)["dossier.verification"].done_late

    def test_ask_the_start_of_a_clock_of_the_rules_of_that_day(self) -> None:
        book = with_rules(value("admission.ceremony.start", "2024-05-01", '"issued"'))
        acts = kept(until(Step.ADMITTED))
        found = clocks(Step.ADMITTED, acts, date(2024, 5, 16), book=book)["admission.ceremony"]
        assert found.starts_on == date(2024, 5, 15)  # recorded before anybody knew
        newly = (*kept(until(Step.DECIDED)), replace(act(Step.DECIDED), edition=1))
        other = clocks(Step.ADMITTED, newly, date(2024, 5, 16), book=book)["admission.ceremony"]
        assert other.starts_on == date(2024, 5, 10)

    def test_ask_the_regime_a_person_chose_as_it_was_known_then(self) -> None:
        moved = """
            [regime.R2]
            replaces = true
            since = 2024-03-01
            title = "Earlier than thought"
            title_vi = "Sớm hơn"
            confidence = "S"
            documents = ["QD232"]
            """
        book = with_rules(moved)
        voted = replace(act(Step.CELL_VOTED), governed_by="R1", edition=0)
        acts = (*kept(until(Step.CELL_VOTED)), voted)
        before = replay(acts, CASE, BOOK, date(2024, 4, 3)).stage(Step.CELL_VOTED)
        after = replay(acts, CASE, book, date(2024, 4, 3)).stage(Step.CELL_VOTED)
        assert after == before

    def test_count_the_days_off_as_they_were_known_then(self) -> None:
        text = """
            [calendar.2024]
            replaces = true
            off = []
            worked = []
            cite = { doc = "DEFAULT", article = "", confidence = "N" }
            """
        book = with_rules(text)
        opened = clocks(Step.DECIDED, kept(until(Step.BASE_VOTED)), date(2024, 4, 3), book=book)
        assert opened["admission.decision"].last_day == date(2024, 6, 25)
        closed = clocks(Step.DECIDED, kept(until(Step.ADMITTED)), TODAY, book=book)
        assert closed["admission.decision"].last_day == date(2024, 6, 28)
