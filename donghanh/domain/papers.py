"""The papers the steps of one road ask for: which exist, and which have to be made again."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from donghanh.domain.acts import Act, Branch
from donghanh.domain.book import Rulebook
from donghanh.domain.catalogue import FormRule, StepRule
from donghanh.domain.clocks import DossierAge
from donghanh.domain.roads import PaperNeed
from donghanh.domain.walk import Walk, copies_of


def needs(
    walk: Walk, rule: StepRule, age: DossierAge | None, asked_on: date
) -> tuple[PaperNeed, ...]:
    """
    Return the papers a step asks for, as they are on the day the person is judged for.

    Args:
        walk: The acts.
        rule: The step.
        age: The dossier's age, where it has been opened.
        asked_on: The day whose place asks for them.
    """
    branches, scopes = walk.branches(asked_on), walk.scopes(asked_on)
    return tuple(
        _need(walk, form, age, branches)
        for form in walk.book.papers_of(rule.step, scopes, branches)
    )


def _need(
    walk: Walk, form: FormRule, age: DossierAge | None, branches: frozenset[Branch]
) -> PaperNeed:
    made = walk.papers.get(form.code, ())
    if not made:
        return unmade(walk.book, form, branches, walk.book.segment(walk.judged_on))
    done = made[-1]
    ages = age if form.redo_when_aged else None
    fresh = made
    if ages is not None and ages.last_day < walk.judged_on:
        fresh = tuple(act for act in made if act.on > ages.last_day)
    copies = copies_of(walk.book.at(done.edition), form, branches, walk.judged_on)
    return PaperNeed(
        form=form.code,
        title=form.title,
        title_vi=form.title_vi,
        required=form.required,
        done=done,
        copies=copies,
        have=len(made),
        expires_on=None if ages is None else ages.last_day,
        stale=len(fresh) < copies <= len(made),
        entry=None if ages is None else ages.entry,
    )


@lru_cache(maxsize=4096)
def unmade(book: Rulebook, form: FormRule, branches: frozenset[Branch], segment: int) -> PaperNeed:
    """Return what is asked for of a form nobody has recorded: the same in every such case."""
    copies = copies_of(book, form, branches, book.first_day(segment))
    return PaperNeed(form.code, form.title, form.title_vi, form.required, None, copies)


def recorded(walk: Walk, papers: tuple[PaperNeed, ...]) -> tuple[Act, ...]:
    """Return the valid acts that recorded some papers, by day and number."""
    found = [act for need in papers if need.have for act in walk.papers[need.form]]
    return tuple(sorted(found, key=lambda act: (act.on, act.number)))
