"""The figures of a report: counted from the cases, or as they were sent."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Any

from donghanh.amendments import queries as amendments
from donghanh.domain import indicators
from donghanh.domain.authority import Actor
from donghanh.domain.calendar import SchoolYear
from donghanh.domain.procedure import Road
from donghanh.domain.rights import Right
from donghanh.domain.rules import Rulebook
from donghanh.domain.timeline import Entry
from donghanh.indicators import queries as held
from donghanh.lib import days
from donghanh.reports import texts
from donghanh.reports.models import Report

#: Statuses in which a report lies with the department as it was sent.
SENT = frozenset({"sent", "accepted"})
#: Statuses in which its school writes it.
OPEN = frozenset({"writing", "returned", "amending"})


@dataclass(frozen=True, slots=True)
class Counted:
    """One dossier behind a figure, and the day it is counted for; never a name."""

    dossier_id: int
    on: date


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a report: what it counts, how many, and the dossiers behind it."""

    code: str
    order: int
    title: str
    value: int
    cases: tuple[Counted, ...]

    def record(self) -> dict[str, Any]:
        """Return the figure as a sent report keeps it: JSON values only."""
        return {
            "code": self.code,
            "order": self.order,
            "title": self.title,
            "value": self.value,
            "cases": [[case.dossier_id, case.on.isoformat()] for case in self.cases],
        }


@dataclass(frozen=True, slots=True)
class Counting:
    """
    All figures of some roads, and what they rest on.

    ``unsettled`` are the rules applied that are not settled, as JSON values; ``rulebook`` names the
    edition of the rules.
    """

    figures: tuple[Figure, ...]
    unsettled: tuple[dict[str, Any], ...]
    rulebook: str


@dataclass(frozen=True, slots=True)
class Changed:
    """A figure its writer changed by hand: what the cases gave, what is reported, and why."""

    counted: int
    value: int
    reason: str


@dataclass(frozen=True, slots=True)
class Shown:
    """
    What one reader sees of a report.

    ``frozen`` tells whether it is what was sent, or the school's own copy that still moves.
    ``changed`` are the figures changed by hand, by indicator; ``answers`` what was said to each
    warning; ``attachments`` the papers named, each with number, day, signer and what it is about.
    """

    figures: tuple[Figure, ...]
    parts: Mapping[str, str]
    cutoff: date
    sent_date: date | None
    rulebook: str
    unsettled: tuple[dict[str, Any], ...]
    frozen: bool
    changed: Mapping[str, Changed]
    answers: Mapping[str, str]
    attachments: tuple[Mapping[str, str], ...]


def year_of(book: Rulebook, school_year: str) -> SchoolYear:
    """
    Return a school year by its name, from its first to its last day as the rules have them.

    Raises:
        BadSchoolYear: The year is not two years that follow each other.
    """
    usual = SchoolYear.from_key(school_year)
    return book.school_year(date(usual.since.year, 12, 31))


def count(
    book: Rulebook,
    roads: Mapping[int, Road],
    year: SchoolYear,
    cutoff: date,
    gone: Mapping[int, Mapping[str, date]] = MappingProxyType({}),
) -> tuple[Figure, ...]:
    """
    Return every figure of a set of roads for a school year up to and including a day.

    Args:
        book: The rules.
        roads: One road per dossier, each as it stood on ``cutoff``; see ``indicators.standing``.
        year: The school year.
        cutoff: Last day counted, inclusive.
        gone: Cases counted without their roads; see ``indicators.queries.Held``.

    Raises:
        CutoffOutsideYear: The cut-off is not a day of the year.
    """
    counted = []
    for one in indicators.load(book):
        found = indicators.count(one, roads, year, cutoff)
        days = {key: indicators.day_of(one, roads[key], year, cutoff) for key in found.cases}
        days |= {key: told[one.code] for key, told in gone.items() if one.code in told}
        cases = tuple(Counted(key, day) for key, day in sorted(days.items()) if day is not None)
        counted.append(Figure(one.code, one.order, one.title_vi, len(cases), cases))
    return tuple(counted)


def counting(report: Report, today: date) -> Counting:
    """
    Return a report's figures counted now, up to ``counted_to``, with the unsettled rules.

    Counted are the cases the school had on that day, whoever has them today. Of those that went on
    to another school since, the rules they were judged by are not read again.
    """
    book = amendments.current()
    year = year_of(book, report.school_year)
    cutoff = _counted_to(report, year, today)
    had = held.held(report.school_id, book, year, cutoff, today)
    roads = {key: indicators.standing(road, book, cutoff) for key, road in had.roads.items()}
    return Counting(
        figures=count(book, roads, year, cutoff, had.gone),
        unsettled=_unsettled(roads.values(), year, cutoff),
        rulebook=book.version,
    )


def counted_to(report: Report, today: date) -> date:
    """
    Return the last day a report's figures can speak of: its cut-off day, or today before that.

    A day of the school year also when the year has not begun: nothing is counted then.
    """
    return _counted_to(report, year_of(amendments.current(), report.school_year), today)


def _counted_to(report: Report, year: SchoolYear, today: date) -> date:
    return max(year.since, min(report.cutoff_date, today))


def figures_of(report: Report, today: date) -> tuple[Figure, ...]:
    """
    Return a report's figures as its school sees them.

    Frozen when it has been sent; counted from the cases as they stand while it is being written or
    corrected, but for those changed by hand.
    """
    if report.status in SENT:
        return thawed(report.figures)
    return stated(counting(report, today).figures, report.changed)


def shown(actor: Actor, report: Report, today: date) -> Shown:
    """
    Return what a reader sees of a report fetched by ``visible_to``.

    While the school corrects a returned report, the department sees what had been sent.
    """
    if report.status in SENT:
        return frozen(sent_content(report))
    if not actor.may(Right.WRITE_REPORTS):
        if report.status == "amending" and report.standing is not None:
            return frozen(report.standing)
        return frozen(report.returns.all()[0].content)
    now = counting(report, today)
    return Shown(
        figures=stated(now.figures, report.changed),
        parts={key: report.parts.get(key, "") for key in texts.PARTS},
        cutoff=counted_to(report, today),
        sent_date=None,
        rulebook=now.rulebook,
        unsettled=now.unsettled,
        frozen=False,
        changed=_changed(records(now.figures, report.changed)),
        answers=report.answers,
        attachments=tuple(report.attachments),
    )


def stated(
    figures: Iterable[Figure], changed: Mapping[str, Mapping[str, Any]]
) -> tuple[Figure, ...]:
    """Return figures as they are reported: those changed by hand with the value they were given."""
    return tuple(
        replace(one, value=changed[one.code]["value"]) if one.code in changed else one
        for one in figures
    )


def records(
    figures: Iterable[Figure], changed: Mapping[str, Mapping[str, Any]]
) -> list[dict[str, Any]]:
    """
    Return figures as a sent report keeps them, JSON values only.

    One changed by hand keeps both: ``value`` as reported, ``counted`` as the cases gave it, and the
    ``reason``. A change to what is counted anyway is none.
    """
    kept = []
    for figure in figures:
        record = figure.record()
        change = changed.get(figure.code)
        if change is not None and change["value"] != figure.value:
            said = {"value": change["value"], "reason": change["reason"]}
            record |= {"counted": figure.value, **said}
        kept.append(record)
    return kept


def _changed(kept: Iterable[Mapping[str, Any]]) -> dict[str, Changed]:
    """Return the changed figures among some that are kept, by indicator."""
    return {
        one["code"]: Changed(one["counted"], one["value"], one["reason"])
        for one in kept
        if "counted" in one
    }


def sent_content(report: Report) -> dict[str, Any]:
    """Return all that a sent report consists of, as JSON values."""
    return {
        "figures": report.figures,
        "parts": report.parts,
        "cutoff": report.cutoff_date.isoformat(),
        "sent": report.sent_date.isoformat() if report.sent_date else None,
        "rulebook": report.rulebook_version,
        "unsettled": report.unsettled,
        "answers": report.answers,
        "attachments": report.attachments,
        "version": report.version,
    }


def thawed(kept: Iterable[Mapping[str, Any]]) -> tuple[Figure, ...]:
    """Return the figures a sent report kept, in the order they were sent."""
    return tuple(
        Figure(
            code=one["code"],
            order=one["order"],
            title=one["title"],
            value=one["value"],
            cases=tuple(Counted(key, date.fromisoformat(day)) for key, day in one["cases"]),
        )
        for one in kept
    )


def digest_of(figures: Iterable[Figure]) -> str:
    """
    Return what tells two states of the figures apart, cases and days included.

    Returns:
        64 hexadecimal digits (SHA-256).
    """
    content = json.dumps([figure.record() for figure in figures], sort_keys=True)
    return hashlib.sha256(content.encode()).hexdigest()


def frozen(content: Mapping[str, Any]) -> Shown:
    """Return what was sent, as a reader sees it."""
    return Shown(
        figures=thawed(content["figures"]),
        parts={key: content["parts"].get(key, "") for key in texts.PARTS},
        cutoff=date.fromisoformat(content["cutoff"]),
        sent_date=date.fromisoformat(content["sent"]) if content["sent"] else None,
        rulebook=content["rulebook"],
        unsettled=tuple(content["unsettled"]),
        frozen=True,
        changed=_changed(content["figures"]),
        answers=content.get("answers", {}),
        attachments=tuple(content.get("attachments", ())),
    )


def _unsettled(roads: Iterable[Road], year: SchoolYear, cutoff: date) -> tuple[dict[str, Any], ...]:
    """Return the rules the counted acts were judged by that are not settled, each once."""
    found: dict[tuple[str, str, str], Entry[object]] = {}
    for road in roads:
        for stage in road.stages:
            if not any(year.since <= act.on <= cutoff for act in stage.history):
                continue
            for entry in stage.entries:
                if not entry.settled:
                    found[(entry.title_vi, entry.regime, entry.scope)] = entry
    return tuple(_cited(entry) for _, entry in sorted(found.items()))


def _cited(entry: Entry[object]) -> dict[str, Any]:
    """Return a rule with its source in words, as JSON values."""
    cite = entry.cite
    place = ", ".join(part for part in (cite.number, cite.article) if part)
    full = f"{entry.title_vi}: {cite.issuer}, {place}, {days.day(cite.signed_on)}."
    return {"title": entry.title_vi, "full": full, **entry.record()}
