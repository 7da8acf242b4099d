"""A step that is done stays as it was done, whatever rules come later."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from donghanh.domain.acts import Step
from donghanh.domain.amending import Amendment, amended
from donghanh.domain.catalogue import ClockKind
from donghanh.domain.contents import Contents
from donghanh.domain.deadlines import Clock
from donghanh.domain.errors import RuleError
from donghanh.domain.procedure import Road, Stage, StageState
from donghanh.domain.rules import Rulebook
from donghanh.domain.voting import Base, Exclusion
from tests.unit.domain.drawn import MOVES, WALKS, Drawn, roads, walk_on
from tests.unit.domain.shipped import amendment
from tests.unit.domain.walked import BOOK

CITE = 'cite = { doc = "DEFAULT", article = "", confidence = "N" }'
DAYS = st.dates(date(2017, 1, 1), date(2028, 1, 1))
SCOPES = st.sampled_from(("central", "central", "province:ha-noi", "province:binh-dinh"))
NAMES = [
    name for name in BOOK.names() if not name.startswith(("school_year", "transfer", "political"))
]
STEPS = [rule.step.value for rule in BOOK.steps() if not rule.papers]


@st.composite
def values(draw: st.DrawFn, name: str) -> str:
    """A value a rule may have, as it is written."""
    head = BOOK.head(name)
    if head.unit == "threshold":
        share = draw(st.sampled_from(("1/3", "1/2", "2/3", "9/10", "1/1")))
        strict = str(draw(st.booleans())).lower()
        return f'{{ share = "{share}", strict = {strict}, base = "{draw(st.sampled_from(Base))}" }}'
    if head.unit == "flag":
        return str(draw(st.booleans())).lower()
    if head.unit == "reasons":
        return str([str(one) for one in draw(st.sets(st.sampled_from(Exclusion), min_size=1))])
    if head.unit == "choice":
        return f'"{draw(st.sampled_from(head.choices or ("x",)))}"'
    return str(draw(st.integers(1, min(head.most, 90))))


@st.composite
def value_rows(draw: st.DrawFn) -> str:
    """New values of rules that are there, of any day, past or future."""
    rows = []
    for name in draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=4, unique=True)):
        scope, since = draw(SCOPES), draw(DAYS)
        rows.append(
            f'[[rule."{name}".entries]]\nscope = "{scope}"\nsince = {since}\n'
            f"value = {draw(values(name))}\n{CITE}"
        )
    return "\n".join(rows)


@st.composite
def new_clocks(draw: st.DrawFn) -> str:
    """A clock nobody had before, of a step that is there."""
    kind = draw(st.sampled_from(ClockKind))
    starts, awaited = sorted(draw(st.lists(st.sampled_from(STEPS), min_size=2, max_size=2)))
    ends = f'ends = "{awaited}"\n' if kind is ClockKind.EXPIRY else ""
    step = starts if kind is ClockKind.EXPIRY else awaited
    return f"""
        [rule."drawn.clock"]
        unit = "{draw(st.sampled_from(("working_day", "month")))}"
        title = "Drawn"
        title_vi = "Rút thăm"
        kind = "{kind}"
        steps = ["{step}"]
        starts = "{starts}"
        {ends}
        consequence_vi = "Không có."
        [[rule."drawn.clock".entries]]
        since = {draw(DAYS)}
        value = {draw(st.integers(1, 30))}
        {CITE}
        """


@st.composite
def new_regimes(draw: st.DrawFn) -> str:
    """A regime nobody knew of, or another first day of one."""
    code, more = draw(st.sampled_from((("R6", ""), ("R5", "replaces = true"), ("RX", ""))))
    return f"""
        [regime.{code}]
        {more}
        since = {draw(DAYS)}
        title = "Drawn"
        title_vi = "Rút thăm"
        confidence = "V"
        documents = ["QD208"]
        """


@st.composite
def new_years(draw: st.DrawFn) -> str:
    """Other days off in a year that is known."""
    year = draw(st.integers(2021, 2028))
    days = draw(st.sets(st.dates(date(year, 1, 1), date(year, 12, 31)), max_size=60))
    off = [day.strftime("%m-%d") for day in sorted(days) if day.weekday() < 5]
    return f"[calendar.{year}]\nreplaces = true\noff = {off}\nworked = []\n{CITE}"


AMENDMENTS = st.one_of(value_rows(), value_rows(), new_clocks(), new_regimes(), new_years())


def amended_by(book: Rulebook, given: list[Amendment], text: str) -> tuple[Rulebook, Amendment]:
    """The next edition, where the text can be used; the same book otherwise."""
    one = amendment(text, len(given) + 1)
    try:
        return amended(BOOK, [*given, one]), one
    except RuleError:
        unchanged = f"[document.D{one.number}]\n" + "\n".join(
            f'{key} = "x"' for key in ("issuer", "number", "title_vi")
        )
        harmless = amendment(f"{unchanged}\nsigned_on = 2020-01-01", one.number)
        return amended(BOOK, [*given, harmless]), harmless


def is_open(clock: Clock) -> bool:
    """Whether nothing has ended a clock yet: it goes by the newest rules."""
    return clock.done_on is None and clock.kind is not ClockKind.WAIT


def may_run_out(stage: Stage) -> bool:
    """Whether a step that is done may have to be done again before the one that needs it."""
    return any(one.kind is ClockKind.EXPIRY and one.done_on is None for one in stage.clocks)


def fixed(stage: Stage) -> dict[str, object]:
    """All that is told of a stage, without what its open clocks bring along."""
    told = {each.name: getattr(stage, each.name) for each in fields(stage)}
    running = {clock.entry for clock in stage.clocks if is_open(clock)}
    told["clocks"] = [clock for clock in stage.clocks if not is_open(clock)]
    told["entries"] = [entry for entry in stage.entries if entry not in running]
    del told["last_day"]  # the strictest of the clocks, open ones among them
    return told


def unlike(before: Road, after: Road) -> list[tuple[Step, str]]:
    """
    What has changed of the steps that were done.

    What was done and can still run out is judged when the person is considered, by the rules of
    that day: it is not yet closed. So are the dossier's papers until the cell has voted.
    """
    found = []
    voted = before.stage(Step.CELL_VOTED).act is not None
    for one, other in zip(before.stages, after.stages, strict=True):
        if one.state is not StageState.DONE:
            continue
        told, tells = fixed(one), fixed(other)
        ages = one.rule.redo_when_aged or any(need.expires_on for need in one.papers)
        if may_run_out(one) or may_run_out(other) or (ages and not voted):
            told, tells = ({name: one[name] for name in KEPT} for one in (told, tells))
        found += [(one.step, name) for name in told if told[name] != tells[name]]
    if voted and before.conditions != after.conditions:
        found.append((Step.CELL_VOTED, "conditions"))
    return found


#: What stays of a step that is done, even when it has run out.
KEPT = ("history", "attempts", "threshold")


class TestLaterRules:
    @WALKS
    @given(roads(moving=True), st.lists(AMENDMENTS, min_size=1, max_size=3))
    def test_change_no_step_that_is_done(self, drawn: Drawn, texts: list[str]) -> None:
        before = drawn.road()
        given: list[Amendment] = []
        book = BOOK
        for text in texts:
            book, one = amended_by(book, given, text)
            given.append(one)
            assert unlike(before, drawn.road(book)) == []

    @WALKS
    @given(roads(moving=True, most=18), st.lists(AMENDMENTS, min_size=2, max_size=3), st.data())
    def test_change_no_step_done_under_earlier_later_rules(
        self, drawn: Drawn, texts: list[str], data: st.DataObject
    ) -> None:
        given: list[Amendment] = []
        book = BOOK
        for text in texts:
            before = drawn.road(book)
            book, one = amended_by(book, given, text)
            given.append(one)
            assert unlike(before, drawn.road(book)) == []
            drawn = walk_on(drawn, data.draw(st.lists(MOVES, min_size=4, max_size=10)), book)

    @WALKS
    @given(roads(moving=True), st.lists(AMENDMENTS, min_size=1, max_size=2))
    def test_leave_what_was_recorded_readable_in_its_own_edition(
        self, drawn: Drawn, texts: list[str]
    ) -> None:
        given: list[Amendment] = []
        book = BOOK
        for text in texts:
            book, one = amended_by(book, given, text)
            given.append(one)
        assert book.edition == len(texts)
        assert book.at(0) is BOOK
        assert drawn.road(book.at(0)) == drawn.road()
        assert drawn.road(book, drawn.on + timedelta(days=400)).acts == drawn.acts


def test_contents_without_an_amendment_are_the_shipped_ones() -> None:
    assert isinstance(BOOK.contents, Contents)
    assert amended(BOOK, []) is BOOK
    assert replace(BOOK.contents) == BOOK.contents
