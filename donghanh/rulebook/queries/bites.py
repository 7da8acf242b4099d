"""Where a rule bites: the steps, clocks, forms and conditions that use it, and the open cases."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from donghanh.domain.acts import Step
from donghanh.domain.authority import Actor
from donghanh.domain.book import MOVES_CONSIDERATION
from donghanh.domain.catalogue import FormRule, StepRule
from donghanh.domain.eligibility import STANDARDS
from donghanh.domain.rights import Right
from donghanh.domain.roads import Road
from donghanh.domain.rules import Rulebook
from donghanh.dossiers import queries as dossiers
from donghanh.dossiers.texts import CONDITIONS

#: The condition that judges by a rule.
_CONDITIONS = {
    "age.minimum": "age",
    "age.maximum": "age",
    "age.counting": "age",
    "education.minimum": "lower_secondary",
    "union.membership": "union_member",
    "certificate.validity": "certificate",
    **{name: name for name in STANDARDS},
}


@dataclass(frozen=True, slots=True)
class Bite:
    """One thing that uses a rule; ``step`` leads to its page, where it has one."""

    text: str
    step: Step | None = None


def bites(book: Rulebook, name: str) -> tuple[Bite, ...]:
    """Return what uses a rule, each once: votes, clocks, papers, conditions."""
    found = [bite for rule in book.steps() for bite in _of_step(book, rule, name)]
    found += [bite for form in book.forms() for bite in _of_form(form, name)]
    if name in _CONDITIONS:
        judged = next(rule for rule in book.steps() if rule.judges_person)
        condition = str(CONDITIONS.get(_CONDITIONS[name], name))
        found.append(Bite(_("Condition: %(condition)s") % {"condition": condition}, judged.step))
    if name.startswith("school_year."):
        found.append(Bite(_("School years in figures and reports")))
    return tuple(dict.fromkeys(found))


def _of_step(book: Rulebook, rule: StepRule, name: str) -> list[Bite]:
    shares = {rule.threshold, *(variant.threshold for variant in rule.variants)}
    uses: list[tuple[str | None, str]] = [
        *((share, _("Votes needed: %(step)s")) for share in shares),
        *((f"{share}.excludes", _("Who is left out of the vote: %(step)s")) for share in shares),
        (rule.minimum, _("Smallest body that may act: %(step)s")),
        (rule.attempts, _("How often the vote may fail: %(step)s")),
        (rule.only_where, _("Whether the step is done at all: %(step)s")),
    ]
    if rule.ends_at_graduation:
        uses.append((MOVES_CONSIDERATION, _("Not at the old school after graduation: %(step)s")))
    for clock in book.clocks_of(rule.step):
        uses += [
            (clock.rule, _("Clock of: %(step)s")),
            (clock.extension, _("Longest extension of the clock of: %(step)s")),
            (f"{clock.rule}.start", _("The day the clock begins to run: %(step)s")),
        ]
    told = {"step": rule.title_vi}
    return [Bite(text % told, rule.step) for used, text in uses if used == name]


def _of_form(form: FormRule, name: str) -> list[Bite]:
    told = {"form": form.code, "title": form.title_vi}
    found = []
    if name == form.validity:
        found.append(_("How long a paper is good: %(form)s %(title)s") % told)
    if name == form.copies_rule:
        found.append(_("How many papers are asked for: %(form)s %(title)s") % told)
    return [Bite(text, form.step) for text in found]


def open_cases(actor: Actor, name: str, today: date) -> int | None:
    """
    Return how many open cases in the actor's reach a rule sets something for now.

    Returns:
        None for a post that reads no cases.
    """
    if not actor.may(Right.READ_CASES):
        return None
    going = dossiers.walks_of(actor, today, dossiers.GOING)
    return sum(name in _setting(walk.road) for walk in going)


def _setting(road: Road) -> frozenset[str]:
    """Return the names of the rules that set something for a road: running clocks, open steps."""
    running = {clock.name for clock in road.clocks}
    extending = {clock.extension_entry.name for clock in road.clocks if clock.extension_entry}
    steps = {entry.name for stage in road.open for entry in stage.entries}
    return frozenset(running | extending | steps)
