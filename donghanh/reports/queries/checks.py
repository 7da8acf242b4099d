"""What a report is checked against, and what its writer answered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from donghanh.amendments import queries as amendments
from donghanh.domain import checking
from donghanh.domain.authority import Actor
from donghanh.domain.checking import Against, Finding
from donghanh.reports import texts
from donghanh.reports.models import Report
from donghanh.reports.queries import found, numbers


@dataclass(frozen=True, slots=True)
class Check:
    """One warning: what differs, the title of the figure, and what was said to it."""

    finding: Finding
    title: str
    answer: str

    @property
    def told(self) -> str:
        """Return what differs, in one sentence."""
        return texts.warning(self.title, self.finding)

    @property
    def key(self) -> str:
        """Return the name its answer is kept under."""
        return self.finding.key

    @property
    def by_hand(self) -> bool:
        """Tell whether the figure was changed by hand; its reason is the answer."""
        return self.finding.against is Against.CASES


def checks_of(
    figures: Iterable[numbers.Figure],
    changed: Mapping[str, numbers.Changed],
    before: Report | None,
    answers: Mapping[str, str],
    cutoff: date,
) -> tuple[Check, ...]:
    """
    Return the warnings a report gives, changes by hand first; each in the order of the figures.

    Args:
        figures: As they are reported.
        changed: Those changed by hand.
        before: The report of the year before, where there is one.
        answers: What was said, by ``Finding.key``.
        cutoff: The day whose rules say from which difference on a figure is explained.
    """
    kept = list(figures)
    said = {one.code: one.value for one in kept}
    titles = {one.code: one.title for one in kept}
    counted = {code: one.counted for code, one in changed.items()}
    earlier = {one["code"]: one["value"] for one in before.figures} if before else {}
    least = checking.persons(amendments.current(), checking.CHANGE, cutoff)
    against_cases = checking.differences(Against.CASES, said, counted)
    against_before = checking.differences(Against.YEAR_BEFORE, said, earlier, least)
    return tuple(
        Check(one, titles[one.code], changed[one.code].reason) for one in against_cases
    ) + tuple(Check(one, titles[one.code], answers.get(one.key, "")) for one in against_before)


def checks_now(actor: Actor, report: Report, today: date) -> tuple[Check, ...]:
    """Return the warnings of a report that is being written, as it stands now."""
    seen = numbers.shown(actor, report, today)
    before = found.year_before(actor, report)
    return checks_of(seen.figures, seen.changed, before, report.answers, seen.cutoff)


def unanswered(checks: Iterable[Check]) -> tuple[Check, ...]:
    """Return the warnings nobody has answered yet."""
    return tuple(one for one in checks if not one.answer)
