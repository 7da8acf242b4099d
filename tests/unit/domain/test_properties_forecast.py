"""What the forecast promises, tried under the rules themselves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from donghanh.domain.acts import Act, Case, Step
from donghanh.domain.errors import RuleError
from donghanh.domain.forecast import Bound, Outlook, Verdict, outlook, planned
from donghanh.domain.procedure import Judgement, Stage, StageState, check, replay
from donghanh.domain.rules import Rulebook
from tests.unit.domain.drawn import WALKS, Drawn, choices, roads
from tests.unit.domain.walked import BOOK, GOOD

DAY = timedelta(days=1)
#: The calendar of days off ends soon after.
END = date(2028, 3, 1)
#: What closes a step whoever does it; beside them only a later step does.
OWN = {Bound.CERTIFICATE, Bound.DOSSIER, Bound.RESOLUTION, Bound.LEAVING}


class Trial:
    """Tries steps on days, each with the open steps before it."""

    def __init__(self, case: Case, acts: Iterable[Act], today: date, book: Rulebook = BOOK) -> None:
        """Take what is promised on a day."""
        self.case, self.acts, self.today, self.book = case, tuple(acts), today, book
        self.road = replay(self.acts, case, book, today)
        self.promised = {one.step: one for one in outlook(self.road, book, today)}

    def __repr__(self) -> str:
        """Tell the road, for whoever looks at one that failed."""
        acts = [(act.step.value, act.form, act.on.isoformat()) for act in self.acts]
        return f"Trial({self.today}, {acts}, {self.case})"

    def do(self, step: Step, on: date, acts: tuple[Act, ...]) -> tuple[tuple[Act, ...], Judgement]:
        """Do a step on a day: its act, or every paper it asks for."""
        while True:
            stage = replay(acts, self.case, self.book, on).stage(step)
            new = choices(self.only_missing(stage), len(acts) + 100, on, GOOD)[0]
            judgement = check(new, acts, self.case, self.book, on)
            acts = (*acts, new)
            stage = replay(acts, self.case, self.book, on).stage(step)
            if not stage.rule.papers or not self.only_missing(stage).papers:
                return acts, judgement

    def only_missing(self, stage: Stage) -> Stage:
        """A stage with no other papers than those that were not there on the day asked about."""
        met = {need.form for one in self.road.stages for need in one.papers if need.met}
        papers = [need for need in stage.papers if need.required and not need.met]
        papers = [need for need in papers if need.form not in met]
        return replace(stage, papers=tuple(papers))

    def attempt(self, step: Step, on: date, *, together: bool) -> Judgement:
        """Do a step on a day, and what is open before it on its own good day, or the same day."""
        acts = self.acts
        for one in self.book.catalogue.ancestors(step):
            if one in self.promised:
                first = good_day(self.promised[one])
                day = on if together and not self.waits_for(one, step) else min(first, on)
                acts, _ = self.do(one, day, self.with_what_comes(one, day, acts))
        return self.do(step, on, self.with_what_comes(step, on, acts))[1]

    def with_what_comes(self, step: Step, on: date, acts: tuple[Act, ...]) -> tuple[Act, ...]:
        """What was done, and what a rule of a later day asks for before a step on that day."""
        for one in self.book.catalogue.ancestors(step):
            if self.road.stage(one).state is StageState.SKIPPED:
                later = replay(acts, self.case, self.book, on).stage(one)
                if later.state in {StageState.NOW, StageState.AHEAD}:
                    acts, _ = self.do(one, on, acts)
        return acts

    def waits_for(self, earlier: Step, step: Step) -> bool:
        """Whether a step, or one before it, has to wait after an earlier one."""
        between = (*self.book.catalogue.ancestors(step), step)
        waiting = [
            clock
            for one in between
            if one in self.promised
            for clock in self.book.clocks_of(one)
            if clock.kind == "wait"
        ]
        starts = {clock.starts for clock in waiting}
        before = {one for start in starts for one in self.book.catalogue.ancestors(start)}
        return earlier in starts | before

    def possible(self, step: Step, on: date) -> bool | None:
        """Whether a step can be done on a day, in one way or another; None when only late."""
        found: set[bool | None] = set()
        for together in (False, True):
            try:
                judgement = self.attempt(step, on, together=together)
            except RuleError:
                continue
            found.add(None if judgement.late else True)
        return True if True in found else None if None in found else False


def good_day(one: Outlook) -> date:
    """The first day of a step on which it does not grow old before it is needed."""
    return one.since if one.fresh_from is None else one.fresh_from


def graduating(drawn: Drawn, days: int | None) -> Case:
    """The person of a road, who graduates some days after its last act."""
    known = tuple(move for move in drawn.case.moves if move.on <= drawn.on)
    case = replace(drawn.case, moves=known)
    return case if days is None else replace(case, graduated_on=drawn.on + timedelta(days=days))


def promises(trial: Trial) -> list[Outlook]:
    """The promises that leave at least one day, within the calendar of days off."""
    return [one for one in trial.promised.values() if one.is_open and one.since < END]


@st.composite
def trials(draw: st.DrawFn) -> tuple[Trial, Outlook | None]:
    """A road some days after its last act, and one of the promises made of it."""
    drawn = draw(roads(moving=True))
    case = graduating(drawn, draw(st.sampled_from((None, 1, 60, 200))))
    trial = Trial(case, drawn.acts, drawn.on + timedelta(days=draw(st.integers(0, 400))))
    found = promises(trial)
    return trial, draw(st.sampled_from(found)) if found else None


class TestOutlook:
    @WALKS
    @given(trials(), st.sampled_from((0, 0, 1, 2, 4, 4)))
    def test_never_promises_an_impossible_day(
        self, tried: tuple[Trial, Outlook | None], quarter: int
    ) -> None:
        trial, one = tried
        if one is not None:
            last = min(one.last_day or END, END)
            day = one.since + (last - one.since) * quarter / 4
            assert trial.possible(one.step, day) is not False, (one, day)

    @WALKS
    @given(trials())
    def test_promises_the_first_day_there_is(self, tried: tuple[Trial, Outlook | None]) -> None:
        trial, one = tried
        if one is not None and one.opened_by is not Bound.TODAY:
            assert one.since > trial.today
            assert trial.possible(one.step, one.since - DAY) is False, one

    @WALKS
    @given(trials())
    def test_promises_no_day_after_the_last(self, tried: tuple[Trial, Outlook | None]) -> None:
        trial, one = tried
        needs = [need for stage in trial.road.stages for need in stage.papers]
        halfway = any(0 < need.have < need.copies for need in needs)  # one of two introductions
        if one is None or one.last_day is None or one.last_day >= END or halfway:
            return
        if one.closed_by in OWN:
            assert trial.possible(one.step, one.last_day + DAY) is not True, one
            return
        assert one.closed_by is Bound.AFTER
        behind = [
            other.step
            for other in trial.promised.values()
            if (other.last_day, other.closed_by in OWN) == (one.last_day, True)
            and one.step in BOOK.catalogue.ancestors(other.step)
        ]
        assert behind
        assert not any(trial.possible(step, one.last_day + DAY) for step in behind)


class TestPlanned:
    @WALKS
    @given(trials())
    def test_agrees_with_the_outlook(self, tried: tuple[Trial, Outlook | None]) -> None:
        trial, _ = tried
        plans = {one.step: good_day(one) for one in promises(trial)}
        found = planned(plans, trial.acts, trial.case, BOOK, trial.today)
        assert [one.step for one in found] == list(plans)
        for one in found:
            assert one.verdict in {Verdict.POSSIBLE, Verdict.LATE}, (one, trial.promised)
            assert one.on == plans[one.step]
            assert (one.refusal, bool(one.late)) == (None, one.verdict is Verdict.LATE)

    def test_makes_both_introductions_anew_where_the_only_one_has_aged(self) -> None:
        done = (
            *((Step.SOURCED, "", (2022, 3, 25)), (Step.LISTED, "", (2022, 4, 24))),
            *((Step.TRAINED, "", (2022, 4, 24)), (Step.CHALLENGED, "", (2022, 4, 29))),
            *((Step.ALLOWED, "", (2022, 5, 4)), (Step.PAPERS, "1-KNĐ", (2022, 5, 4))),
            *((Step.PAPERS, "3-KNĐ", (2022, 5, 4)), (Step.PAPERS, "5A-KNĐ", (2022, 5, 9))),
            *((Step.PAPERS, "KS-BS", (2022, 7, 23)), (Step.PAPERS, "2-KNĐ", (2022, 7, 23))),
        )
        acts = [
            Act(number, step, date(*day), form=form or None)
            for number, (step, form, day) in enumerate(done, start=1)
        ]
        case = Case(
            born=date(2003, 6, 22),
            consented_on=date(2022, 3, 25),
            scopes=("central", "province:ha-noi"),
            base_committee=False,
            by_members=True,
            union_member=True,
            lower_secondary=True,
        )
        for today in (date(2023, 5, 4), date(2023, 5, 5), date(2023, 6, 25)):
            trial = Trial(case, acts, today)
            plans = {one.step: one.since for one in promises(trial)}
            assert Step.CELL_VOTED in plans
            found = planned(plans, trial.acts, case, BOOK, today)
            assert {one.step: one.refusal for one in found} == dict.fromkeys(plans)
