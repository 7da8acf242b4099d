"""Roads drawn at random, each act of which the rules let through."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st

from donghanh.domain.acts import Act, Case, Destination, Move, Step
from donghanh.domain.calendar import add_months
from donghanh.domain.errors import RuleError
from donghanh.domain.procedure import Road, Stage, check, replay
from donghanh.domain.rules import Rulebook
from donghanh.domain.voting import Tally
from tests.unit.domain.walked import BAD, BOOK, GOOD

#: For properties of whole roads: few of them, since each takes a while; a road that fails is not
#: made shorter, since that would take minutes.
WALKS = settings(
    max_examples=15,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.too_slow],
)
CENTRAL_ONLY = ("central",)
PLACES = (CENTRAL_ONLY, ("central", "province:ha-noi"), ("central", "province:binh-dinh"))
FIRST, LAST = date(2021, 10, 1), date(2026, 6, 1)
#: The calendar of days off ends here; nothing is drawn beyond.
HORIZON = date(2028, 6, 1)


@dataclass(frozen=True)
class Drawn:
    """A road drawn at random, on the day of its last act."""

    case: Case
    acts: tuple[Act, ...]
    on: date

    def road(self, book: Rulebook = BOOK, today: date | None = None) -> Road:
        """Where it stands."""
        return replay(self.acts, self.case, book, today or self.on)


@st.composite
def cases(draw: st.DrawFn, *, moving: bool = False) -> Case:
    """A person on some branches of the road, somewhere."""
    start = draw(st.dates(FIRST, LAST))
    born = add_months(start, -18 * 12) + timedelta(days=draw(st.integers(-400, 400)))
    case = Case(
        born=born,
        consented_on=start,
        scopes=draw(st.sampled_from(PLACES)),
        base_committee=draw(st.booleans()),
        sub_committee=draw(st.booleans()),
        delegated=draw(st.booleans()),
        by_members=draw(st.booleans()),
        union_member=draw(st.sampled_from((None, True))),
        lower_secondary=draw(st.sampled_from((None, True))),
    )
    if not (moving and draw(st.booleans())):
        return case
    left = start + timedelta(days=draw(st.integers(0, 900)))
    move = Move(
        on=left,
        to=draw(st.sampled_from(Destination)),
        received_on=left + timedelta(days=draw(st.integers(0, 20))),
        scopes=draw(st.sampled_from(PLACES)),
        base_committee=draw(st.booleans()),
        sub_committee=draw(st.booleans()),
        delegated=draw(st.booleans()),
    )
    return replace(case, moves=(move,))


def choices(stage: Stage, number: int, on: date, tally: Tally) -> list[Act]:
    """The acts that could do a stage that is open: its missing papers, or one act."""
    if stage.rule.papers:
        forms = [need.form for need in stage.papers if not need.met]
        if "1-KNĐ" in forms:  # the history may not come before the application
            forms = [form for form in forms if form != "2-KNĐ"]
        return [Act(number, Step.PAPERS, on, form=form) for form in forms]
    counts = tally if stage.rule.threshold and stage.rule.vote != "none" else None
    received = on if stage.step is Step.DECIDED else None
    return [Act(number, stage.step, on, tally=counts, received_on=received)]


def stepped(
    case: Case, acts: tuple[Act, ...], on: date, pick: int, tally: Tally, book: Rulebook
) -> Act | None:
    """The next act of a road on a day, of those the rules let through; None where there is none."""
    road = replay(acts, case, book, on)
    number = len(acts) + 1
    options = [act for stage in road.open for act in choices(stage, number, on, tally)]
    for shift in range(len(options)):
        new = options[(pick + shift) % len(options)]
        try:
            check(new, acts, case, book, on)
        except RuleError:
            continue
        return replace(new, edition=book.edition)
    return None


#: How the next act of a road is chosen: which, days after the last, the counts of a vote.
MOVES = st.tuples(
    st.integers(0, 6),
    st.sampled_from((0, 0, 1, 5, 12, 30, 75)),
    st.sampled_from((GOOD, GOOD, GOOD, GOOD, BAD)),
)


def walk_on(drawn: Drawn, moves: list[tuple[int, int, Tally]], book: Rulebook = BOOK) -> Drawn:
    """Go on along a road, as some choices say; a wait is waited for."""
    acts, on = drawn.acts, drawn.on
    for pick, days, tally in moves:
        on += timedelta(days=days)
        new = stepped(drawn.case, acts, on, pick, tally, book)
        if new is None:
            waits = [stage.earliest_on for stage in replay(acts, drawn.case, book, on).open]
            on = max([on, *(day for day in waits if day is not None)])
            new = stepped(drawn.case, acts, on, pick, tally, book) if on < HORIZON else None
        if new is None or on > HORIZON:
            break
        acts = (*acts, new)
    return Drawn(drawn.case, acts, max([on, *(act.on for act in acts)]) if acts else drawn.on)


@st.composite
def roads(draw: st.DrawFn, *, moving: bool = False, least: int = 6, most: int = 36) -> Drawn:
    """A road that somebody may have walked, to anywhere."""
    case = draw(cases(moving=moving))
    assert case.consented_on is not None
    begin = Drawn(case, (), case.consented_on)
    length = draw(st.integers(least, most))
    return walk_on(begin, draw(st.lists(MOVES, min_size=length, max_size=length)))
