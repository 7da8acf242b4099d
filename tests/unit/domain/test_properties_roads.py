"""What holds of every road the rules let through, whatever it is."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from importlib.resources import files
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from donghanh.domain.acts import Act, Case, Step
from donghanh.domain.procedure import Road, Stage, check, check_void, replay
from donghanh.domain.voting import Threshold
from tests.unit.domain.drawn import WALKS, Drawn, cases, roads
from tests.unit.domain.walked import BOOK, CASE, WALKED, voided

FOLDER = files("donghanh.domain") / "rulebook"
OFF: dict[str, Any] = tomllib.loads((FOLDER / "calendar.toml").read_text(encoding="utf-8"))
PROCEDURE: dict[str, Any] = tomllib.loads((FOLDER / "procedure.toml").read_text(encoding="utf-8"))
FORMS: dict[str, Any] = tomllib.loads((FOLDER / "forms.toml").read_text(encoding="utf-8"))


def shown(acts: Iterable[Act]) -> list[str]:
    """Acts without the numbers they were recorded under, which order those of one day only."""
    return sorted(f"{act.on} {act.step} {act.form} {act.tally}" for act in acts)


def seen(stage: Stage) -> tuple[object, ...]:
    """All that is told of a stage, but for the numbers of its acts."""
    needs = [replace(need, done=None) for need in stage.papers]
    dates = [None if need.done is None else need.done.on for need in stage.papers]
    act = None if stage.act is None else (stage.act.step, stage.act.on)
    bare = replace(stage, act=None, history=(), attempts=(), papers=())
    return bare, act, shown(stage.history), shown(stage.attempts), needs, dates


def same_but_numbers(one: Road, other: Road) -> bool:
    """Whether two roads tell the same, whatever their acts are numbered."""
    stages = [seen(stage) for stage in one.stages] == [seen(stage) for stage in other.stages]
    rest = [
        (road.status, road.clocks, road.conditions, road.probation_ends_on, road.party_age_from)
        for road in (one, other)
    ]
    return stages and rest[0] == rest[1]


class TestAnyOrder:
    @WALKS
    @given(roads(moving=True), st.randoms(use_true_random=False), st.integers(0, 900))
    def test_replays_to_the_same_road(self, drawn: Drawn, chance: Any, later: int) -> None:
        today = drawn.on + timedelta(days=later)
        shuffled = list(drawn.acts)
        chance.shuffle(shuffled)
        assert replay(shuffled, drawn.case, BOOK, today) == drawn.road(today=today)


class TestWhatIsInvalid:
    @WALKS
    @given(roads(moving=True), roads(moving=True))
    def test_counts_for_nothing(self, drawn: Drawn, other: Drawn) -> None:
        wrong = tuple(replace(act, number=200 + act.number, voided=True) for act in other.acts)
        road = replay((*wrong, *drawn.acts), drawn.case, BOOK, drawn.on)
        assert road == replace(drawn.road(), acts=road.acts)

    @WALKS
    @given(st.data())
    def test_and_done_again_is_as_if_nobody_had_erred(self, data: st.DataObject) -> None:
        drawn = data.draw(roads(least=12))
        erred = data.draw(st.sampled_from(drawn.acts))
        effect = check_void(erred.number, drawn.acts, drawn.case, BOOK, drawn.on)
        gone = {erred.number, *effect.falls}
        acts = voided(drawn.acts, *gone)
        number = len(acts)
        for act in drawn.acts:
            if act.number in gone:
                number += 1
                again = replace(act, number=number)
                check(again, acts, drawn.case, BOOK, drawn.on)
                acts = (*acts, again)
        assert same_but_numbers(replay(acts, drawn.case, BOOK, drawn.on), drawn.road())

    @WALKS
    @given(roads(least=12), st.integers(0, 40))
    def test_opens_no_later_step_that_stays(self, drawn: Drawn, pick: int) -> None:
        erred = drawn.acts[pick % len(drawn.acts)]
        effect = check_void(erred.number, drawn.acts, drawn.case, BOOK, drawn.on)
        later = {act.number for act in drawn.acts if act.number in {*effect.falls, *effect.keeps}}
        assert len(later) == len(effect.falls) + len(effect.keeps)
        road = replay(voided(drawn.acts, erred.number, *effect.falls), drawn.case, BOOK, drawn.on)
        counting = {
            act.number for stage in road.stages for act in (*stage.history, *stage.attempts)
        }
        before = {
            act.number for stage in drawn.road().stages for act in (*stage.history, *stage.attempts)
        }
        assert counting == before - {erred.number, *effect.falls}


class TestClocks:
    @WALKS
    @given(roads(moving=True))
    def test_in_working_days_never_end_on_a_day_off(self, drawn: Drawn) -> None:
        days = BOOK.workdays()
        for stage in drawn.road().stages:
            for clock in stage.clocks:
                if clock.entry.unit != "working_day":
                    continue
                assert days.is_working(clock.last_day)
                assert counted(clock.starts_on, clock.last_day) == clock.entry.value
                if clock.extension_last_day is not None and clock.extension_entry is not None:
                    assert days.is_working(clock.extension_last_day)
                    more = counted(clock.last_day, clock.extension_last_day)
                    assert more == clock.extension_entry.value

    @WALKS
    @given(roads(moving=True))
    def test_run_as_long_as_nothing_ended_them(self, drawn: Drawn) -> None:
        road = drawn.road()
        told = {clock for stage in road.stages for clock in stage.clocks}
        assert set(road.clocks) <= told
        assert all(clock.done_on is None for clock in road.clocks)
        assert list(road.clocks) == sorted(
            road.clocks, key=lambda one: (one.last_day, one.name, one.is_local)
        )


def is_working(day: date) -> bool:
    """Whether a day is worked, from the file alone."""
    year = OFF[str(day.year)]
    short = day.strftime("%m-%d")
    return short in year["worked"] or (day.weekday() < 5 and short not in year["off"])


def counted(start: date, end: date) -> int:
    """The working days after one day up to another, one by one."""
    found, day = 0, start
    while day < end:
        day += timedelta(days=1)
        found += is_working(day)
    return found


class TestVotes:
    @WALKS
    @given(roads(moving=True))
    def test_are_counted_as_fractions_count_them(self, drawn: Drawn) -> None:
        for stage in drawn.road().stages:
            for act in (*stage.history, *stage.attempts):
                share = None if stage.threshold is None else stage.threshold.value
                if act.tally is None or share is None:
                    continue
                assert carried(share, act) is (act in stage.history)


def carried(share: Threshold, act: Act) -> bool:
    """Whether a vote reaches a share, by fractions."""
    assert act.tally is not None
    members = act.tally.official - act.tally.excluded
    base = {"convened": act.tally.convened, "present": act.tally.present}
    got = Fraction(act.tally.favour, base.get(share.base.value, members))
    wanted = Fraction(share.numerator, share.denominator)
    return got > wanted if share.strict else got >= wanted


class Naive:
    """Where a case stands, told from the files in another way: without days, votes or turns."""

    def __init__(self, case: Case, acts: Iterable[Act]) -> None:
        """Take the steps done, and the papers."""
        self.branches = {
            "base_cell": not case.base_committee,
            "sub_committee": case.sub_committee,
            "delegated": case.delegated and case.base_committee,
            "members": case.by_members,
        }
        kept = list(acts)
        self.acts = {str(act.step) for act in kept}
        self.papers = [act.form for act in kept if act.step is Step.PAPERS]

    def left_out(self, name: str) -> bool:
        """Whether a step is not on this road; nothing here asks for the parents."""
        step = PROCEDURE["step"][name]
        only, never = step.get("only_if"), step.get("never_if")
        return (
            "only_where" in step
            or (only is not None and not self.branches[only])
            or (never is not None and self.branches[never])
        )

    def done(self, name: str) -> bool:
        """Whether a step is done."""
        if PROCEDURE["step"][name].get("kind") != "papers":
            return name in self.acts
        for number, form in FORMS.items():
            own = form["step"] == name and form.get("required") and "scope" not in form
            if not own or self.branches.get(form.get("never_if", ""), False):
                continue
            twice = self.branches.get(form.get("copies", {}).get("when", ""), False)
            if self.papers.count(number) < (2 if twice else 1):
                return False
        return True

    def above(self, name: str) -> set[str]:
        """The steps before a step, all the way."""
        after = set(PROCEDURE["step"][name]["after"])
        return after.union(*(self.above(one) for one in after))

    def states(self) -> dict[str, str]:
        """Every step with its state."""
        steps = PROCEDURE["step"]
        done = {name for name in steps if not self.left_out(name) and self.done(name)}
        open_ = {
            name
            for name in steps
            if name not in done
            and not self.left_out(name)
            and steps[name].get("lapses_with") not in done
        }
        waiting = {name for name in open_ if steps[name].get("blocks", True)}
        found = {}
        for name in steps:
            if self.left_out(name):
                found[name] = "skipped"
            elif name in done:
                found[name] = "done"
            elif name not in open_:
                found[name] = "lapsed"
            else:
                found[name] = "ahead" if self.above(name) & waiting else "now"
        return found


#: Everything that could be recorded of a road in its first year, in no order that is asked for.
ANYTHING = (
    *WALKED,
    Act(30, Step.APPRAISED, date(2024, 4, 10)),
    Act(31, Step.RECOGNITION_APPRAISED, date(2025, 6, 3)),
    Act(32, Step.CHALLENGED, date(2023, 11, 1)),
    Act(33, Step.SENT_TO_CLASS, date(2023, 11, 1)),
    Act(34, Step.ASKED, date(2024, 1, 5)),
    Act(35, Step.VERIFICATION_SENT, date(2024, 2, 5)),
    Act(36, Step.CARDED, date(2025, 6, 21)),
    Act(37, Step.PAPERS, date(2024, 6, 1), form="1-HSĐV"),
    Act(38, Step.PAPERS, date(2024, 6, 1), form="2-HSĐV"),
    Act(39, Step.PAPERS, date(2024, 2, 1), form="3-KNĐ"),
)


class TestStates:
    @settings(max_examples=150, deadline=None)
    @given(cases(), st.sets(st.sampled_from(ANYTHING)))
    def test_are_those_of_a_naive_count(self, case: Case, acts: set[Act]) -> None:
        case = replace(CASE, **{name: getattr(case, name) for name in BRANCHES})
        road = replay(list(acts), case, BOOK, date(2024, 2, 1))
        states = {str(stage.step): str(stage.state) for stage in road.stages}
        assert states == Naive(case, acts).states()
        blocking = [name for name, state in states.items() if state == "now" and blocks(name)]
        assert (road.current.step if road.current else None) == next(iter(blocking), None)

    def test_of_the_whole_road_are_those_of_a_naive_count(self) -> None:
        for length in range(len(WALKED) + 1):
            acts = WALKED[:length]
            road = replay(acts, CASE, BOOK, date(2025, 1, 1))
            states = {str(stage.step): str(stage.state) for stage in road.stages}
            assert states == Naive(CASE, acts).states()


BRANCHES = ("base_committee", "sub_committee", "delegated", "by_members")


def blocks(name: str) -> bool:
    """Whether the road waits for a step."""
    return bool(PROCEDURE["step"][name].get("blocks", True))
