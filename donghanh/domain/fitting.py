"""Refuses lists of the rulebook that do not fit together: steps, turns, forms and clocks."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Mapping, Sequence

from donghanh.domain.acts import Step
from donghanh.domain.calendar import CalendarYear
from donghanh.domain.catalogue import (
    AGEING,
    ClockKind,
    ClockRule,
    FormRule,
    Start,
    StepRule,
    TurnRule,
)
from donghanh.domain.reading import KeyMissing, Section
from donghanh.domain.tables import SPANS, RuleHead

_TURNS = frozenset(
    {
        Step.UNLISTED,
        Step.HELPER_CHANGED,
        Step.EXTENDED,
        Step.REFERRED,
        Step.DELETED,
        Step.ANNULLED,
    }
)


def check_steps(top: Section, steps: Sequence[StepRule], turns: Sequence[TurnRule]) -> None:
    """
    Refuse a road that lacks a step, or on which a step names one that stands elsewhere.

    Args:
        top: The tables of rulebook/procedure.toml.
        steps: In their order.
        turns: What stands beside them.

    Raises:
        BadRulebook: ``key`` says where.
    """
    _check_whole(top, "step", {rule.step for rule in steps}, set(Step) - _TURNS - {Step.PAPERS})
    _check_whole(top, "turn", {rule.step for rule in turns}, _TURNS)
    order = {rule.step: rule.order for rule in steps}
    for rule in steps:
        at = f"step.{rule.step.value}"
        _refuse(top, f"{at}.after", (one for one in rule.after if _place(order, one) >= rule.order))
        _refuse(top, f"{at}.falls", (one for one in rule.falls if order.get(one, 0) <= rule.order))
        for key, one in (("lapses_with", rule.lapses_with), ("redone_with", rule.redone_with)):
            _refuse(top, f"{at}.{key}", () if one is None or one in order else (one,))
    acts = {rule.step for rule in steps if not rule.papers}
    tried = {rule.step for rule in steps if rule.attempts is not None}
    for turn in turns:
        at = f"turn.{turn.step.value}"
        for key, named in (("after", turn.after), ("before", turn.before), ("skips", turn.skips)):
            _refuse(top, f"{at}.{key}", (one for one in named if one not in order))
        _refuse(top, f"{at}.undoes", (one for one in turn.undoes if one not in acts))
        if turn.needs_failed is not None and turn.needs_failed not in tried:
            raise top.bad(f"{at}.needs_failed", turn.needs_failed.value)


def _check_whole(top: Section, table: str, told: Collection[Step], wanted: Iterable[Step]) -> None:
    for step in Step:
        if step in wanted and step not in told:
            raise KeyMissing(file=top.file, key=f"{table}.{step.value}")
        if step in told and step not in wanted:
            raise top.bad(f"{table}.{step.value}", step.value)


def _place(order: dict[Step, int], step: Step) -> int:
    """Return the place of a step on the road; after all of them where it has none."""
    return order.get(step, len(order) + 1)


def _refuse(top: Section, key: str, wrong: Iterable[Step]) -> None:
    for step in wrong:
        raise top.bad(key, step.value)


def check_forms(
    top: Section, forms: Sequence[FormRule], steps: Sequence[StepRule], turns: Sequence[TurnRule]
) -> None:
    """
    Refuse a form that belongs to no step of its kind, or names another that is not there.

    Args:
        top: The tables of rulebook/forms.toml.
        forms: All of them.
        steps: The steps of the road.
        turns: What stands beside them.

    Raises:
        BadRulebook: ``key`` says where.
    """
    papers = {rule.step for rule in steps if rule.papers}
    acts = {rule.step for rule in steps if not rule.papers} | {turn.step for turn in turns}
    own = {form.code: form.step for form in forms if form.instead_of is None}
    taken = set[tuple[str, str]]()
    for form in forms:
        if form.step not in (acts if form.is_act else papers):
            raise top.bad(f"{form.key}.step", form.step.value)
        if form.instead_of is not None and own.get(form.instead_of) is not form.step:
            raise top.bad(f"{form.key}.instead_of", form.instead_of)
        if form.not_later_than is not None and own.get(form.not_later_than) is not form.step:
            raise top.bad(f"{form.key}.not_later_than", form.not_later_than)
        if (form.code, form.scope) in taken:
            raise top.bad(f"{form.key}.code", form.code)
        taken.add((form.code, form.scope))


def check_clocks(
    top: Section,
    rules: Mapping[str, RuleHead],
    steps: Sequence[StepRule],
    forms: Sequence[FormRule],
) -> None:
    """
    Refuse a clock that names a step, form or rule it cannot run by.

    Args:
        top: One table per rule, as in rulebook/deadlines.toml.
        rules: What every rule is, by name.
        steps: The steps of the road.
        forms: All of them.

    Raises:
        BadRulebook: ``key`` says where.
    """
    papers = {rule.step for rule in steps if rule.papers}
    numbers = {form.code for form in forms if form.instead_of is None and not form.is_act}
    for name, table in top.each():
        clock = rules[name].clock
        if clock is not None and table.has("kind"):
            _check_clock(table, clock, papers)
            _check_named(table, clock, numbers, rules)


def _check_clock(table: Section, clock: ClockRule, papers: Collection[Step]) -> None:
    """Refuse what has no day of its own: a step of papers starts nothing and ends nothing."""
    undated = {*papers, Step.PAPERS}
    for step in clock.steps:
        if step in _TURNS or step is Step.PAPERS:
            raise table.bad("steps", step.value)
    if clock.start is Start.DOSSIER:
        if clock.rule != AGEING:
            raise table.bad("start", clock.start.value)
    elif clock.starts in undated:
        raise table.bad("starts", clock.starts.value)
    by_papers = clock.forms or clock.kind is ClockKind.WAIT
    if clock.ends in ({Step.PAPERS} if by_papers else undated):
        raise table.bad("ends", clock.ends.value)


def _check_named(
    table: Section, clock: ClockRule, numbers: Container[str], rules: Mapping[str, RuleHead]
) -> None:
    for form in clock.forms:
        if form not in numbers:
            raise table.bad("forms", form)
    more = None if clock.extension is None else rules.get(clock.extension)
    if clock.extension is not None and (more is None or more.unit not in SPANS):
        raise table.bad("extension", clock.extension)


def check_years(top: Section, years: Sequence[CalendarYear]) -> None:
    """
    Refuse a calendar that leaves a year out, or a day that is worked and not worked.

    Args:
        top: One table per year, as in rulebook/calendar.toml.
        years: All of them, oldest first.

    Raises:
        BadRulebook: ``key`` says where.
    """
    told = [row.year for row in years]
    for year in range(min(told, default=0), max(told, default=0)):
        if year not in told:
            raise KeyMissing(file=top.file, key=top.at(str(year)))
    if not told:
        raise KeyMissing(file=top.file, key=top.path)
    for row in years:
        for day in sorted(row.off & row.worked):
            raise top.bad(f"{row.year}.worked", f"{day:%m-%d}")
