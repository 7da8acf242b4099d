"""Conditions of a person: met, not met, not known, each with its rule."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from donghanh.domain.calendar import add_months, birthday
from donghanh.domain.rules import Rulebook
from donghanh.domain.timeline import Entry

AGE = "age"
LOWER_SECONDARY = "lower_secondary"
UNION_MEMBER = "union_member"
CERTIFICATE = "certificate"


class Verdict(StrEnum):
    """A blank is not a "no"."""

    MET = "met"
    NOT_MET = "not_met"
    NOT_KNOWN = "not_known"


@dataclass(frozen=True, slots=True)
class Facts:
    """
    What the conditions look at.

    Attributes:
        born: Day of birth.
        union_member: Member of the Youth Union; None when not known.
        lower_secondary: Holds the lower secondary diploma; None when not known.
        certificate_on: Day the awareness-class certificate was issued; None when there is none.
    """

    born: date
    union_member: bool | None
    lower_secondary: bool | None
    certificate_on: date | None


@dataclass(frozen=True, slots=True)
class Condition:
    """
    One condition, judged for a day.

    Attributes:
        name: ``age``, ``lower_secondary``, ``union_member`` or ``certificate``.
        verdict: Met, not met or not known.
        on: The day judged.
        entries: The rules it was judged by; empty when none was in force.
        from_day: First day it is or will be met, where that is a date.
        until_day: Last day it is met, where it ends.
    """

    name: str
    verdict: Verdict
    on: date
    entries: tuple[Entry[object], ...]
    from_day: date | None = None
    until_day: date | None = None


def age_reached_on(
    born: date, on: date, rulebook: Rulebook, rule_day: date | None = None
) -> Condition:
    """
    Judge the lowest age at the moment the cell considers.

    Args:
        born: Day of birth.
        on: The day the cell considers.
        rulebook: Gives the age and how it is counted; only the exact birthday is the safe
            reading, the month-granular one has to be switched on in the rulebook.
        rule_day: The governing day where a person chose another regime; ``on`` otherwise.

    Source:
        rulebook/eligibility.toml [age_minimum], [age_counting]
    """
    governing = rule_day or on
    age = rulebook.find_number("age_minimum", governing)
    if age is None:
        return Condition(AGE, Verdict.NOT_KNOWN, on, ())
    counting = rulebook.find_text("age_counting", governing)
    day = birthday(born, age.value)
    if counting is not None and counting.value == "month":
        day = day.replace(day=1)
    entries = (age,) if counting is None else (age, counting)
    verdict = Verdict.MET if on >= day else Verdict.NOT_MET
    return Condition(AGE, verdict, on, entries, from_day=day)


def certificate_valid(
    issued: date | None, on: date, rulebook: Rulebook, rule_day: date | None = None
) -> Condition:
    """
    Judge the awareness-class certificate at the moment the cell considers.

    Args:
        issued: Day of issue; None when there is none.
        on: The day the cell considers.
        rulebook: Gives the validity in months; the last day is inclusive.
        rule_day: The governing day where a person chose another regime; ``on`` otherwise.

    Source:
        rulebook/eligibility.toml [certificate_validity]
    """
    rule = rulebook.find_number("certificate_validity", rule_day or on)
    entries = () if rule is None else (rule,)
    if issued is None:
        return Condition(CERTIFICATE, Verdict.NOT_MET, on, entries)
    if rule is None:
        return Condition(CERTIFICATE, Verdict.NOT_KNOWN, on, entries, from_day=issued)
    last = add_months(issued, rule.value)
    verdict = Verdict.MET if issued <= on <= last else Verdict.NOT_MET
    return Condition(CERTIFICATE, verdict, on, entries, from_day=issued, until_day=last)


def _declared(name: str, known: bool | None, on: date, asked: Entry[str] | None) -> Condition:
    entries = () if asked is None else (asked,)
    if known is None or asked is None:
        return Condition(name, Verdict.NOT_KNOWN, on, entries)
    return Condition(name, Verdict.MET if known else Verdict.NOT_MET, on, entries)


def conditions(
    facts: Facts, on: date, rulebook: Rulebook, rule_day: date | None = None
) -> tuple[Condition, ...]:
    """
    Judge every condition for a day.

    Args:
        facts: What is known about the person.
        on: The day the cell considers, or the day asked about before it has.
        rulebook: The rules.
        rule_day: The governing day where a person chose another regime; ``on`` otherwise.

    Returns:
        Age, education, Union membership, certificate; always in this order.
    """
    governing = rule_day or on
    education = rulebook.find_text("education_minimum", governing)
    union = rulebook.find_text("union_membership", governing)
    return (
        age_reached_on(facts.born, on, rulebook, governing),
        _declared(LOWER_SECONDARY, facts.lower_secondary, on, education),
        _declared(UNION_MEMBER, facts.union_member, on, union),
        certificate_valid(facts.certificate_on, on, rulebook, governing),
    )
