"""What the rules say of a step or a turn, as plain values that can be written as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date
from typing import cast

from donghanh.domain.acts import Branch, Step
from donghanh.domain.answers import (
    CONDITIONS,
    MOVES_CONSIDERATION,
    Answer,
    cited,
    clock_rule,
    plain,
    told,
)
from donghanh.domain.catalogue import ClockRule, FormRule, StepRule, TurnRule
from donghanh.domain.rules import Rulebook
from donghanh.domain.timeline import CENTRAL, Entry


def step(
    asked: Step,
    on: date,
    book: Rulebook,
    scopes: tuple[str, ...] = (CENTRAL,),
    branches: frozenset[Branch] = frozenset(),
) -> Answer:
    """
    Return what the rules say of a step, or of a turn, on a day.

    Args:
        asked: A step of the road or a turn; never ``Step.PAPERS``.
        on: The day asked about.
        book: The rules.
        scopes: Whose rules apply, central first.
        branches: The branches the road takes.
    """
    form = book.catalogue.form_of(asked, scopes, branches, on)
    found: Answer = {"step": asked.value, "on": on.isoformat()}
    turn = book.catalogue.turn(asked)
    if turn is not None:
        return {**found, **_turn(turn), "form": _form(form), "citation": cited(turn.cite)}
    rule_ = book.step(asked, branches)
    found |= {
        "title": rule_.title_vi,
        "kind": "papers" if rule_.papers else "act",
        "order": rule_.order,
        "row": rule_.row,
        "phase": book.catalogue.phases[rule_.phase].title_vi,
        "actor": rule_.actor,
        "body": rule_.body_vi,
        "on_the_road": _is_on_the_road(rule_, on, book, scopes, branches),
        "blocks": rule_.blocks,
        "after": plain(rule_.after),
        "form": _form(form),
        "papers": _papers(rule_, book, scopes, branches, on),
        "vote": rule_.vote,
        "threshold": _one(rule_.threshold, on, book, scopes),
        "minimum": _one(rule_.minimum, on, book, scopes),
        "attempts": _one(rule_.attempts, on, book, scopes),
        "conditions": _conditions(rule_, on, book, scopes),
        "clocks": [_step_clock(one, on, book, scopes) for one in book.clocks_of(asked)],
        "also_judged_by": _others(rule_, on, book, scopes),
        "branches": [_variant(asdict(one)) for one in rule_.variants],
        "citation": cited(rule_.cite),
    }
    return found


def steps(book: Rulebook) -> Answer:
    """Return the name and title of every step, in order, and of every turn."""
    road, turns = book.steps(), book.catalogue.turns
    return {
        "steps": [{"step": one.step.value, "title": one.title_vi} for one in road],
        "turns": [{"step": one.step.value, "title": one.title_vi} for one in turns],
    }


def _turn(found: TurnRule) -> Answer:
    return {
        "title": found.title_vi,
        "kind": "turn",
        "actor": found.actor,
        "body": found.body_vi,
        "after": plain(found.after),
        "before": plain(found.before),
        "undoes": plain(found.undoes),
        "skips": plain(found.skips),
        "needs_failed": plain(found.needs_failed),
        "ends": found.ends,
    }


def _form(found: FormRule | None) -> Answer | None:
    if found is None:
        return None
    return {
        "form": found.code,
        "counts_as": found.answers_for,
        "title": found.title_vi,
        "signer": found.signer_vi,
        "citation": cited(found.cite),
    }


def _papers(
    found: StepRule,
    book: Rulebook,
    scopes: tuple[str, ...],
    branches: frozenset[Branch],
    on: date,
) -> list[Answer]:
    papers = []
    for form in book.papers_of(found.step, scopes, branches):
        printed = _form(book.catalogue.printed(form.code, scopes, branches, on)) or {}
        papers.append({**printed, "required": form.required})
    return papers


def _is_on_the_road(
    found: StepRule,
    on: date,
    book: Rulebook,
    scopes: tuple[str, ...],
    branches: frozenset[Branch],
) -> bool:
    if found.skipped_on(branches):
        return False
    if found.only_where is None:
        return True
    flag = book.find_flag(found.only_where, on, scopes)
    return flag is not None and flag.value


def _one(name: str | None, on: date, book: Rulebook, scopes: tuple[str, ...]) -> Answer | None:
    found = book.all_on(name, on, scopes) if name else ()
    return told(found[-1]) if found else None


def _some(names: Iterable[str], on: date, book: Rulebook, scopes: tuple[str, ...]) -> list[Answer]:
    found = [_one(name, on, book, scopes) for name in names]
    return [one for one in found if one is not None]


def _conditions(found: StepRule, on: date, book: Rulebook, scopes: tuple[str, ...]) -> list[Answer]:
    names = (*CONDITIONS, "certificate.validity") if found.judges_person else ()
    return _some(names, on, book, scopes)


def _others(found: StepRule, on: date, book: Rulebook, scopes: tuple[str, ...]) -> list[Answer]:
    excludes = f"{found.threshold}.excludes"
    names = [excludes] if excludes in book.names() else []
    names += [found.only_where] if found.only_where else []
    names += [MOVES_CONSIDERATION] if found.ends_at_graduation else []
    return _some(names, on, book, scopes)


def _step_clock(found: ClockRule, on: date, book: Rulebook, scopes: tuple[str, ...]) -> Answer:
    entries = [told(cast("Entry[object]", one)) for one in book.all_on(found.rule, on, scopes)]
    return {"rule": found.rule, **clock_rule(found), "values": entries}


def _variant(found: Mapping[str, object]) -> Answer:
    """Return what differs on a branch; an empty rule means that there is no vote."""
    names = {"body_vi": "body"}
    return {names.get(key, key): plain(value) for key, value in found.items() if value is not None}
