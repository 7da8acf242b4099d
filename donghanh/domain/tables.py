"""Turns the tables of the rulebook into documents, regimes, rules and days off."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar

from donghanh.domain.acts import Step
from donghanh.domain.calendar import CalendarYear
from donghanh.domain.catalogue import ClockKind, ClockRule, Regime, Start
from donghanh.domain.rating import scale
from donghanh.domain.reading import BadRulebook, CitationMissing, Section
from donghanh.domain.timeline import CENTRAL, Citation, Confidence, Entry, TwoValues
from donghanh.domain.voting import BadThreshold, Base, Exclusion, Threshold

Value = int | str | bool | Threshold | tuple[str, ...]

NUMBERS = frozenset({"working_day", "day", "month", "year", "person", "vote", "hour"})
_WHOLE_NUMBER_FROM = 1
#: The highest number a value may be where its rule names no lower one.
WHOLE_NUMBER_TO = 999
_CODE = re.compile(r"[A-Z][A-Z0-9]{0,7}")
_RULE = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*")
_LONGEST_NAME = 60  # as long as the table of acts can keep
_SCOPE = re.compile(r"central|(province|committee):[a-z0-9]+(-[a-z0-9]+)*")
#: What a clock can be told in.
SPANS = frozenset({"working_day", "month"})


class OverlappingRegimes(BadRulebook):
    """Two regimes begin on the same day, or one code is given twice."""

    code: ClassVar[str] = "rules.overlapping_regimes"


class OutsideRegime(BadRulebook):
    """A value begins on a day its regime does not cover."""

    code: ClassVar[str] = "rules.outside_regime"


@dataclass(frozen=True, slots=True)
class Document:
    """A document: issuer, number and day of signing together; the number alone is reused."""

    issuer: str
    number: str
    signed_on: date
    title_vi: str


@dataclass(frozen=True, slots=True)
class RuleHead:
    """
    What a rule is, whatever its values.

    Attributes:
        name: Identifier.
        unit: Of its values; see ``Entry.unit``.
        title: English gloss.
        title_vi: Vietnamese title.
        clock: The clock it sets, if any.
        choices: What a value may say, where it is a choice; anything where it is empty.
        most: The highest value, where it is a number.
    """

    name: str
    unit: str
    title: str
    title_vi: str
    clock: ClockRule | None
    choices: tuple[str, ...] = ()
    most: int = WHOLE_NUMBER_TO


@dataclass(frozen=True, slots=True)
class Row:
    """A value as it is written, and whether it takes the place of one from the same day."""

    entry: Entry[Value]
    replaces: bool
    file: str
    key: str


def documents(top: Section) -> dict[str, Document]:
    """
    Return the documents of a file, by short name.

    Raises:
        BadRulebook: A table cannot be used.
    """
    found = {}
    for key, table in top.each():
        found[key] = Document(
            issuer=table.take("issuer", str),
            number=table.take("number", str),
            signed_on=table.take("signed_on", date),
            title_vi=table.take("title_vi", str),
        )
        table.done()
    return found


def citation(table: Section, known: Mapping[str, Document]) -> Citation:
    """
    Return the citation of a table that must have one.

    Args:
        table: Has the key ``cite``: ``doc``, ``article``, ``confidence`` and, once compared with
            the original, ``checked_on`` and ``checked_by``.
        known: The documents, by short name.

    Raises:
        CitationMissing: There is none, or it names no document of the rulebook.
        BadRulebook: It cannot be used.
    """
    if not table.has("cite"):
        raise CitationMissing(file=table.file, key=table.at("cite"))
    cite = table.sub("cite")
    name = cite.take("doc", str)
    if name not in known:
        raise CitationMissing(file=table.file, key=cite.at("doc"), document=name)
    document = known[name]
    found = Citation(
        issuer=document.issuer,
        number=document.number,
        signed_on=document.signed_on,
        article=cite.take("article", str),
        confidence=cite.make("confidence", Confidence),
        checked_on=cite.take("checked_on", date) if cite.has("checked_on") else None,
        checked_by=cite.maybe("checked_by", str, ""),
    )
    cite.done()
    return found


def regimes(
    top: Section, known: Mapping[str, Document], before: tuple[Regime, ...] = (), edition: int = 0
) -> tuple[Regime, ...]:
    """
    Return the regimes, oldest first, those known before included.

    Args:
        top: One table per regime; one with ``replaces`` takes the place of its code.
        known: The documents, by short name.
        before: The regimes known before.
        edition: Of the new ones.

    Raises:
        OverlappingRegimes: Two begin on the same day, or a code is there already.
        BadRulebook: A table cannot be used.
    """
    found = {regime.code: regime for regime in before}
    for code, table in top.each():
        if not _CODE.fullmatch(code):
            raise top.bad(code, code)
        if table.maybe("replaces", bool, False) is not (code in found):
            raise OverlappingRegimes(file=table.file, key=table.path, other=code)
        confidence = table.make("confidence", Confidence)
        names = table.texts("documents")
        if not names or any(name not in known for name in names):
            raise CitationMissing(file=table.file, key=table.at("documents"))
        cites = [known[name] for name in names]
        since = table.take("since", date)
        same = [one.code for one in found.values() if one.since == since and one.code != code]
        if same:
            raise OverlappingRegimes(file=table.file, key=table.path, other=same[0])
        found[code] = Regime(
            code=code,
            since=since,
            citations=tuple(
                Citation(one.issuer, one.number, one.signed_on, "", confidence) for one in cites
            ),
            title_vi=table.take("title_vi", str),
            title=table.take("title", str),
            settled=confidence is Confidence.V,
            edition=edition,
        )
        table.done()
    return tuple(sorted(found.values(), key=lambda regime: regime.since))


def _head(name: str, table: Section) -> RuleHead:
    unit = table.take("unit", str)
    clock = _clock(name, table) if table.has("kind") else None
    if clock is not None and unit not in SPANS:
        raise table.bad("unit", unit)
    return RuleHead(
        name=name,
        unit=unit,
        title=table.take("title", str),
        title_vi=table.take("title_vi", str),
        clock=clock,
        choices=table.texts("choices"),
        most=table.maybe("most", int, WHOLE_NUMBER_TO),
    )


def _clock(name: str, table: Section) -> ClockRule:
    kind = table.make("kind", ClockKind)
    steps = table.make_all("steps", Step)
    if not steps:
        raise table.bad("steps", "")
    return ClockRule(
        rule=name,
        kind=kind,
        steps=steps,
        starts=table.make("starts", Step),
        start=table.maybe_make("start", Start) or Start.ACT,
        ends=table.maybe_make("ends", Step) or steps[0],
        forms=table.texts("forms"),
        extension=table.maybe("extension", str, "") or None,
        by_consent=table.maybe("by_consent", bool, False),
        consequence_vi=table.take("consequence_vi", str),
    )


def rows(
    top: Section,
    known: Mapping[str, Document],
    order: tuple[Regime, ...],
    before: Mapping[str, RuleHead],
    edition: int = 0,
) -> tuple[dict[str, RuleHead], tuple[Row, ...]]:
    """
    Return what the rules of a file are, those known before included, and every value it writes.

    Args:
        top: One table per rule, as in rulebook/deadlines.toml; of a rule that is known before,
            only ``entries`` may be given.
        known: The documents, by short name.
        order: The regimes, oldest first.
        before: The rules known before, by name.
        edition: Of the new values.

    Raises:
        TwoValues: One rule and scope has two values from the same day.
        OutsideRegime: A value begins on a day its regime does not cover.
        BadRulebook: A table cannot be used.
    """
    about = dict(before)
    found: list[Row] = []
    for name, table in top.each():
        if not _RULE.fullmatch(name) or len(name) > _LONGEST_NAME:
            raise top.bad(name, name)
        if name not in before:
            about[name] = _head(name, table)
        written = [_row(row, about[name], known, order, edition) for row in table.subs("entries")]
        table.done()
        if not written:
            raise table.bad("entries", "")
        seen = set[tuple[str, date]]()
        for one in written:
            mark = (one.entry.scope, one.entry.since)
            if mark in seen:
                raise TwoValues(name=name, scope=mark[0], since=mark[1], file=one.file, key=one.key)
            seen.add(mark)
        found += written
    return about, tuple(found)


def _row(
    row: Section,
    head: RuleHead,
    known: Mapping[str, Document],
    order: tuple[Regime, ...],
    edition: int,
) -> Row:
    regime, since = _begins(row, order)
    scope = row.maybe("scope", str, CENTRAL)
    if not _SCOPE.fullmatch(scope):
        raise row.bad("scope", scope)
    entry = Entry(
        name=head.name,
        value=value(row, head),
        since=since,
        scope=scope,
        cite=citation(row, known),
        regime=regime.code,
        unit=head.unit,
        title=head.title,
        title_vi=head.title_vi,
        steady=row.maybe("steady", bool, False),
        edition=edition,
    )
    replaces = row.maybe("replaces", bool, False)
    row.done()
    return Row(entry, replaces, row.file, row.path)


def _begins(row: Section, order: tuple[Regime, ...]) -> tuple[Regime, date]:
    """Return the regime of a value and its first day; one of the two may be left out."""
    by_code = {regime.code: regime for regime in order}
    if not row.has("regime"):
        since = row.take("since", date)
        covering = [regime for regime in order if regime.since <= since]
        if not covering:
            raise OutsideRegime(file=row.file, key=row.at("since"), since=since)
        return covering[-1], since
    code = row.take("regime", str)
    if code not in by_code:
        raise row.bad("regime", code)
    regime = by_code[code]
    since = row.maybe("since", date, regime.since)
    later = [one.since for one in order if one.since > regime.since]
    if since < regime.since or (later and since >= later[0]):
        raise OutsideRegime(file=row.file, key=row.at("since"), since=since, regime=code)
    return regime, since


def value(row: Section, head: RuleHead) -> Value:
    """
    Return the value of a row, of the kind its rule asks for.

    Raises:
        BadRulebook: It is of another kind, below 1 or above what the rule allows, none of its
            choices, or a share that is not between 0 and 1.
    """
    if head.unit in NUMBERS:
        number = row.take("value", int)
        if not _WHOLE_NUMBER_FROM <= number <= head.most:
            raise row.bad("value", str(number))
        return number
    if head.unit == "flag":
        return row.take("value", bool)
    if head.unit == "choice":
        return _choice(row, head)
    if head.unit == "reasons":
        return tuple(reason.value for reason in row.make_all("value", Exclusion))
    if head.unit == "levels":
        return scale(row)
    if head.unit == "threshold":
        return _threshold(row.sub("value"))
    raise row.bad("unit", head.unit)


def _choice(row: Section, head: RuleHead) -> str:
    chosen = row.take("value", str)
    if not chosen or (head.choices and chosen not in head.choices):
        raise row.bad("value", chosen)
    return chosen


def _threshold(table: Section) -> Threshold:
    share = table.take("share", str)
    numerator, _, denominator = share.partition("/")
    strict = table.take("strict", bool)
    base = table.make("base", Base)
    table.done()
    try:
        return Threshold(int(numerator), int(denominator), strict, base)
    except (ValueError, BadThreshold) as error:
        raise table.bad("share", share) from error


def years(
    top: Section, known: Mapping[str, Document], before: tuple[CalendarYear, ...] = ()
) -> tuple[CalendarYear, ...]:
    """
    Return the calendar years, those known before included; days are written ``MM-DD``.

    Args:
        top: One table per year; one with ``replaces`` takes the place of its year.
        known: The documents, by short name.
        before: The years known before.

    Raises:
        BadRulebook: A table cannot be used, or a year is there already.
    """
    found = {row.year: row for row in before}
    for key, table in top.each():
        if not key.isdecimal():
            raise top.bad(key, key)
        year = int(key)
        if table.maybe("replaces", bool, False) is not (year in found):
            raise top.bad(key, key)
        found[year] = CalendarYear(
            year=year,
            off=_days(table, "off", key),
            worked=_days(table, "worked", key),
            cite=citation(table, known),
        )
        table.done()
    return tuple(found[year] for year in sorted(found))


def _days(table: Section, key: str, year: str) -> frozenset[date]:
    return frozenset(table.make_all(key, lambda day: date.fromisoformat(f"{year}-{day}")))


def checked(entry: Entry[Value], on: date, by: str, edition: int) -> Entry[Value]:
    """Return a value that a person has compared with the original."""
    cite = replace(entry.cite, checked_on=on, checked_by=by)
    return replace(entry, cite=cite, edition=edition, carried=False)
