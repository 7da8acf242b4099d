"""What the rules say, as plain values that can be written as JSON: a rule, a last day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from enum import Enum

from donghanh.domain import deadlines
from donghanh.domain.catalogue import ClockKind, ClockRule, StepRule
from donghanh.domain.deadlines import Clock
from donghanh.domain.eligibility import STANDARDS, age_reached_on
from donghanh.domain.rules import Rulebook
from donghanh.domain.tables import RuleHead
from donghanh.domain.timeline import CENTRAL, Citation, Entry, NotInForce
from donghanh.domain.voting import Threshold

Answer = dict[str, object]

AGE, COUNTING = "age.minimum", "age.counting"
#: The rules a person is judged by when the cell considers; the step names none of them itself.
CONDITIONS = (AGE, COUNTING, "education.minimum", "union.membership", *STANDARDS)
MOVES_CONSIDERATION = "graduation.moves_consideration"
_SPANS = frozenset({deadlines.WORKING_DAY, deadlines.DAY, deadlines.MONTH})
_NO_SPAN = frozenset({"school_year.first_month"})  # a month of the year, not a number of months


def plain(value: object) -> object:
    """
    Return a value as JSON has it: days in ISO form, members of a list by their value.

    >>> plain((date(2026, 7, 26), ClockKind.DUE, None))
    ['2026-07-26', 'due', None]
    """
    if isinstance(value, Threshold):
        share = f"{value.numerator}/{value.denominator}"
        return {"share": share, "strict": value.strict, "base": value.base.value}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(plain(key)): plain(each) for key, each in value.items()}
    if isinstance(value, Iterable) and not isinstance(value, str):
        return [plain(each) for each in value]
    return value if value is None or isinstance(value, bool | int) else str(value)


def cited(cite: Citation) -> Answer:
    """Return a citation: issuer, number, day of signing and place."""
    return {
        "issuer": cite.issuer,
        "number": cite.number,
        "signed_on": cite.signed_on.isoformat(),
        "article": cite.article,
    }


def told(entry: Entry[object]) -> Answer:
    """Return a value of a rule with its source."""
    return {
        "rule": entry.name,
        "title": entry.title_vi,
        "value": plain(entry.value),
        "unit": entry.unit,
        "scope": entry.scope,
        "since": entry.since.isoformat(),
        "regime": entry.regime,
        "citation": cited(entry.cite),
        "confidence": entry.cite.confidence.value,
        "checked": entry.settled,
    }


def clock(found: Clock) -> Answer:
    """Return a clock that runs or ran."""
    return {
        "rule": found.name,
        "title": found.entry.title_vi,
        "kind": found.kind.value,
        "scope": found.entry.scope,
        "starts_on": found.starts_on.isoformat(),
        "last_day": found.last_day.isoformat(),
        "extension_last_day": plain(found.extension_last_day),
        "granted": found.granted,
        "done_on": plain(found.done_on),
        "ends": plain(found.ends),
        "consequence": found.consequence_vi,
        "citation": cited(found.entry.cite),
        "checked": found.settled,
    }


def rules(book: Rulebook) -> Answer:
    """Return the name, title and unit of every rule, and whether a last day follows from it."""
    heads = [book.head(name) for name in book.names()]
    return {
        "rules": [
            {"rule": one.name, "title": one.title_vi, "unit": one.unit, "is_span": is_span(one)}
            for one in heads
        ]
    }


def rule(name: str, on: date, book: Rulebook, scopes: tuple[str, ...] = (CENTRAL,)) -> Answer:
    """
    Return what a rule says on a day.

    Args:
        name: The rule.
        on: The day asked about.
        book: The rules.
        scopes: Whose rules apply, central first; the narrowest that sets a value answers.

    Returns:
        Under ``also`` the values of every other scope. Where only other scopes set one, the value
        is None.

    Raises:
        UnknownRule: There is no such rule.
        NotInForce: Nobody sets a value on that day.
    """
    head = book.head(name)
    here = book.all_on(name, on, scopes)
    others = [one for one in book.all_on(name, on, book.scopes()) if one not in here[-1:]]
    if not here and not others:
        raise NotInForce(name=name, day=on)
    found: Answer = {"rule": name, "on": on.isoformat(), "title": head.title_vi, "unit": head.unit}
    found |= _whole(here[-1], book) if here else _unset(on, book)
    found["also"] = [_whole(one, book) for one in others]
    found["clock"] = None if head.clock is None else clock_rule(head.clock)
    found["used_by"] = used_by(name, book)
    return found


def _whole(entry: Entry[object], book: Rulebook) -> Answer:
    until = book.timeline(entry.name, entry.scope).until(entry)
    return {
        "regime": entry.regime,
        "value": plain(entry.value),
        "scope": entry.scope,
        "since": entry.since.isoformat(),
        "until": plain(until),
        "citation": cited(entry.cite),
        "confidence": entry.cite.confidence.value,
        "checked": entry.settled,
        "carried": entry.carried,
    }


def _unset(on: date, book: Rulebook) -> Answer:
    """Return what is told of a rule that only places set, asked for where none of them applies."""
    return {
        "regime": book.regime(on).code,
        "value": None,
        "scope": CENTRAL,
        "since": None,
        "until": None,
        "citation": None,
        "confidence": None,
        "checked": False,
        "carried": False,
    }


def clock_rule(found: ClockRule) -> Answer:
    """Return what clock a rule sets: what starts it, what ends it, what follows when missed."""
    return {
        "kind": found.kind.value,
        "starts": found.starts.value,
        "start": found.start.value,
        "ends": found.ends.value,
        "steps": plain(found.steps),
        "forms": plain(found.forms),
        "extension": found.extension,
        "consequence": found.consequence_vi,
    }


def used_by(name: str, book: Rulebook) -> list[Answer]:
    """Return the steps, forms and rules that a rule has a say in, each with its title."""
    steps = [one for one in book.steps() if name in _named(one, book)]
    forms = [one for one in book.forms() if name in {one.validity, one.copies_rule}]
    heads = book.contents.heads.values()
    rules = [one for one in heads if one.clock is not None and one.clock.extension == name]
    found: list[Answer] = [{"step": one.step.value, "title": one.title_vi} for one in steps]
    found += [{"form": one.code, "title": one.title_vi} for one in forms]
    return found + [{"rule": one.name, "title": one.title_vi} for one in rules]


def _named(step: StepRule, book: Rulebook) -> set[str]:
    """Return the names of the rules a step is judged by, on any branch."""
    names = {step.threshold, step.minimum, step.attempts, step.only_where}
    names |= {variant.threshold for variant in step.variants}
    names |= {f"{name}.excludes" for name in (step.threshold,) if name}
    for one in book.clocks_of(step.step):
        names |= {one.rule, one.extension}
        names |= {f"{one.rule}.start"}
    names |= set(CONDITIONS) | {"certificate.validity"} if step.judges_person else set()
    names |= {MOVES_CONSIDERATION} if step.ends_at_graduation else set()
    return {name for name in names if name}


def is_span(head: RuleHead) -> bool:
    """Tell whether a rule sets a span of time, so that a last day can be counted from a day."""
    return head.name == AGE or (head.unit in _SPANS and head.name not in _NO_SPAN)


def due(name: str, start: date, book: Rulebook, scopes: tuple[str, ...] = (CENTRAL,)) -> Answer:
    """
    Return the last day a rule gives, counted from a day.

    Args:
        name: A rule that ``is_span``.
        start: The day it is counted from; for ``age.minimum`` the day of birth, and the answer is
            the day the age is reached.
        book: The rules.
        scopes: Whose rules apply, central first; the strictest of them answers.

    Raises:
        UnknownRule: There is no such rule.
        NotInForce: None of the scopes sets a value on that day.
        CalendarEnds: The calendar does not reach the last day.
    """
    if name == AGE:
        return _age_due(start, book)
    clocks = _clocks(book.head(name), start, book, scopes)
    if not clocks:
        raise NotInForce(name=name, day=start)
    # where something has to wait, the longer wait is the stricter one
    is_wait = clocks[0].kind is ClockKind.WAIT
    found = (max if is_wait else min)(clocks, key=lambda one: one.last_day)
    return _due(found.entry, start, found.last_day, checked=found.settled)


def _clocks(head: RuleHead, start: date, book: Rulebook, scopes: tuple[str, ...]) -> list[Clock]:
    kind = ClockKind.DUE if head.clock is None else head.clock.kind
    entries = book.numbers_on(head.name, start, scopes)
    return [deadlines.clock(kind, start, entry, book.workdays()) for entry in entries]


def _due(entry: Entry[int], start: date, last_day: date, *, checked: bool) -> Answer:
    return {
        "rule": entry.name,
        "from": start.isoformat(),
        "due": last_day.isoformat(),
        "scope": entry.scope,
        "citation": cited(entry.cite),
        "checked": checked,
    }


def _age_due(born: date, book: Rulebook) -> Answer:
    """Go from one value to the next: the first governs under which the age is reached."""
    lines = [book.timeline(name) for name in (AGE, COUNTING) if book.ever(name, (CENTRAL,))]
    begins = sorted({entry.since for line in lines for entry in line.entries})
    for since, until in zip(begins, [*begins[1:], date.max], strict=True):
        found = age_reached_on(born, since, book)
        age = book.find_number(AGE, since)
        if found.from_day is None or age is None:
            continue
        if found.from_day < since and book.find_number(AGE, since - timedelta(days=1)) is None:
            break
        day = max(found.from_day, since)  # an age that was lowered is reached when that begins
        if day < until:
            return _due(age, born, day, checked=all(one.settled for one in found.entries))
    raise NotInForce(name=AGE, day=born)
