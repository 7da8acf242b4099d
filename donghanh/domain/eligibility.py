"""Conditions of a person: met, not met, not known, each with its rule."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from donghanh.domain.acts import Case
from donghanh.domain.calendar import MONTHS_PER_YEAR, add_months, birthday
from donghanh.domain.rules import Rulebook
from donghanh.domain.timeline import Entry

AGE = "age"
LOWER_SECONDARY = "lower_secondary"
UNION_MEMBER = "union_member"
CERTIFICATE = "certificate"
PROGRAMME = "lower_secondary_programme"
#: What a place may ask of pupils beyond the central conditions; the cell says whether it is met.
STANDARDS = ("pupil.study", "pupil.conduct", "pupil.activity")


class Verdict(StrEnum):
    """A blank is not a "no"."""

    MET = "met"
    NOT_MET = "not_met"
    NOT_KNOWN = "not_known"


@dataclass(frozen=True, slots=True)
class Condition:
    """
    One condition, judged for a day.

    Attributes:
        name: ``age``, ``lower_secondary``, ``union_member``, ``certificate``, or the name of the
            rule by which a place sets a standard for pupils.
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
        rulebook/eligibility.toml [age.minimum], [age.counting]
    """
    governing = rule_day or on
    age = rulebook.find_number("age.minimum", governing)
    if age is None:
        return Condition(AGE, Verdict.NOT_KNOWN, on, ())
    counting = rulebook.find_text("age.counting", governing)
    day = birthday(born, age.value)
    if counting is not None and counting.value == "month":
        day = add_months(born, age.value * MONTHS_PER_YEAR).replace(day=1)
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
        rulebook/eligibility.toml [certificate.validity]
    """
    rule = rulebook.find_number("certificate.validity", rule_day or on)
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
    case: Case,
    certificate_on: date | None,
    on: date,
    rulebook: Rulebook,
    rule_day: date | None = None,
) -> tuple[Condition, ...]:
    """
    Judge every condition for a day.

    Args:
        case: What is known about the person.
        certificate_on: Day the awareness-class certificate was issued; None when there is none.
        on: The day the cell considers, or the day asked about before it has.
        rulebook: The rules.
        rule_day: The governing day where a person chose another regime; ``on`` otherwise.

    Returns:
        Age, education, Union membership (not asked of whom two members introduce), certificate,
        then the standards of the place; always in this order.
    """
    governing = rule_day or on
    union = rulebook.find_text("union.membership", governing)
    declared = () if case.by_members else (_declared(UNION_MEMBER, case.union_member, on, union),)
    return (
        age_reached_on(case.born, on, rulebook, governing),
        _education(case, on, rulebook, governing),
        *declared,
        certificate_valid(certificate_on, on, rulebook, governing),
        *_standards(case.at(on), on, rulebook, governing),
    )


def _education(case: Case, on: date, rulebook: Rulebook, governing: date) -> Condition:
    """A rule that asks for the programme is also met by the diploma."""
    asked = rulebook.find_text("education.minimum", governing)
    known = case.lower_secondary
    if asked is not None and asked.value == PROGRAMME and not known:
        known = case.lower_secondary_programme
    return _declared(LOWER_SECONDARY, known, on, asked)


def _standards(case: Case, on: date, rulebook: Rulebook, governing: date) -> tuple[Condition, ...]:
    told = dict(case.standards)
    found = []
    for name in STANDARDS:
        asked = rulebook.find_text(name, governing, case.scopes)
        if asked is not None:
            found.append(_declared(name, told.get(name), on, asked))
    return tuple(found)
