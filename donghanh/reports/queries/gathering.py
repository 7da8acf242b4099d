"""What a consolidated report is made from: the units' own words, and what its sums differ from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from donghanh.amendments import queries as amendments
from donghanh.domain import checking
from donghanh.domain.authority import Actor
from donghanh.domain.checking import Against
from donghanh.domain.rights import Right
from donghanh.organisation import queries as organisation
from donghanh.reports import texts
from donghanh.reports.models import Consolidation, Report
from donghanh.reports.queries import checks, found, pictures, year_pages
from donghanh.reports.queries.checks import Check
from donghanh.reports.queries.sheets import Sheet
from donghanh.reports.queries.year_pages import SheetPage


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph of a unit's report; ``key`` names it for as long as it stands as it is."""

    key: str
    unit: str
    text: str

    @property
    def quoted(self) -> str:
        """Return the paragraph as it is taken over: whose it is, and what it says."""
        return f"{self.unit}: “{self.text}”"


@dataclass(frozen=True, slots=True)
class GatheringPage:
    """
    What somebody needs to make a consolidated report.

    Attributes:
        page: The sheet, with the versions made of it.
        passages: What the accepted reports say, by key of ``texts.PARTS``, unit by unit.
        checks: What has to be explained before it is made.
        sees_names: Whether the words are compared with the names of pupils in reach.
        hides: Whether small figures of single units are hidden, whatever is asked.
        above: The body that asks for what is added up here, by name; empty: none does.
    """

    page: SheetPage
    passages: Mapping[str, tuple[Passage, ...]]
    checks: tuple[Check, ...]
    sees_names: bool
    hides: bool
    above: str


def gathering_page(
    actor: Actor,
    school_year: str,
    today: date,
    parts: Mapping[str, str] | None = None,
    answers: Mapping[str, str] | None = None,
) -> GatheringPage:
    """
    Return the page on which a consolidated report is made.

    Args:
        actor: Who makes it.
        school_year: Such as "2023-2024".
        today: The day (Asia/Ho_Chi_Minh).
        parts: The words as they were typed, where they were.
        answers: What was said to each check, by its key.

    Raises:
        BadSchoolYear: The year is not two years that follow each other.
    """
    page = year_pages.sheet_page(actor, school_year, today)
    right = actor.may(Right.READ_CASES)
    return GatheringPage(
        page=page,
        passages=passages_of(page.sheet),
        checks=checks_of_sum(actor, page.sheet, page.newest, parts or {}, answers or {}, today),
        sees_names=right,
        hides=not right,
        above=_above(actor, school_year, today),
    )


def _above(actor: Actor, school_year: str, on: date) -> str:
    asked = found.asked_from_above(actor, school_year)
    if asked is None:
        return ""
    known = organisation.known_as([asked.recipient.directive.issuer_id], on).values()
    return next((unit.name for unit in known), "")


def passages_of(sheet: Sheet) -> dict[str, tuple[Passage, ...]]:
    """Return the paragraphs of the accepted reports by part, in the order of the sheet."""
    found_now: dict[str, list[Passage]] = {part: [] for part in texts.PARTS}
    for line in sheet.accepted:
        if line.report is not None:
            words = _standing(line.report)
            for part, passages in found_now.items():
                passages += _passages(line.report, line.unit.name, part, words.get(part, ""))
    return {part: tuple(passages) for part, passages in found_now.items()}


def _standing(report: Report) -> Mapping[str, str]:
    """Return the words of a report that counts, as accepted: an amendment in flight is not in."""
    kept = report.parts if report.standing is None else report.standing["parts"]
    return dict(kept)


def _passages(report: Report, unit: str, part: str, words: str) -> Iterable[Passage]:
    lines = [line.strip() for line in words.splitlines() if line.strip()]
    version = report.version if report.standing is None else report.standing.get("version", 0)
    for number, line in enumerate(lines):
        yield Passage(f"{part}.{report.pk}.{version}.{number}", unit, line)


def taken_over(
    passages: Mapping[str, Iterable[Passage]], parts: Mapping[str, str], keys: Iterable[str]
) -> dict[str, str]:
    """
    Return the words of each part with passages quoted at its end, each with its unit.

    Args:
        passages: By part, as ``passages_of`` gives them.
        parts: The words so far, by part.
        keys: The passages chosen; one that does not stand any more, or is quoted already, is left
            out.
    """
    chosen = set(keys)
    words = {}
    for part, known in passages.items():
        said = parts.get(part, "")
        quotes = [one.quoted for one in known if one.key in chosen and one.quoted not in said]
        words[part] = "\n".join(filter(None, (said, *quotes)))
    return words


def checks_of_sum(
    actor: Actor,
    sheet: Sheet,
    newest: Consolidation | None,
    parts: Mapping[str, str],
    answers: Mapping[str, str],
    on: date,
) -> tuple[Check, ...]:
    """
    Return what a consolidated report has to explain before it is made.

    Its sums against the cases (where units reported another figure than counted), against the
    school year before, against the newest version made (the sum below has changed since); its words
    against the names of pupils the writer may see.

    Args:
        actor: Who makes it.
        sheet: The figures now.
        newest: The version made last, if any.
        parts: The words, by key of ``texts.PARTS``.
        answers: What was said to each, by ``Finding.key``.
        on: The day whose rules count.
    """
    if not sheet.accepted:
        return ()
    said = {one.code: value or 0 for value, one in sheet.total_cells}
    titles = {one.code: one.short_vi for one in sheet.columns}
    least = checking.persons(amendments.current(), checking.CHANGE, on)
    before = dict(pictures.years_before(actor, sheet.year.key))
    last = before.get(found.key_before(sheet.year.key), {})
    findings = (
        *checking.differences(Against.CASES, said, _counted(sheet)),
        *checking.differences(Against.YEAR_BEFORE, said, last, least),
        *year_pages.drift_of(sheet, newest),
    )
    differing = tuple(Check(one, titles[one.code], answers.get(one.key, "")) for one in findings)
    named = checks.named_parts(actor, parts)
    return (*differing, *(checks.of_names(part, answers) for part in named))


def _counted(sheet: Sheet) -> dict[str, int]:
    """Return what the cases gave for each column, by code: with what was changed by hand undone."""
    totals = dict.fromkeys((one.code for one in sheet.columns), 0)
    for line in sheet.accepted:
        if line.handed is not None:  # explained below; here it counts as it was handed up
            for value, column in line.cells:
                totals[column.code] += value or 0
        if line.report is None:
            continue
        for one in found.counted_figures(line.report):
            if one["code"] in totals:
                totals[one["code"]] += one.get("counted", one["value"])
    return totals
