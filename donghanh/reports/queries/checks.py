"""What a report is checked against, and what its writer answered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from donghanh.amendments import queries as amendments
from donghanh.domain import checking, names
from donghanh.domain.authority import Actor
from donghanh.domain.checking import Against, Finding
from donghanh.domain.rights import Right
from donghanh.dossiers import queries as dossiers
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
    named: Iterable[str],
) -> tuple[Check, ...]:
    """
    Return the warnings a report gives: changes by hand, the year before, names in its words.

    Args:
        figures: As they are reported.
        changed: Those changed by hand.
        before: The report of the year before, where there is one.
        answers: What was said, by ``Finding.key``.
        cutoff: The day whose rules say from which difference on a figure is explained.
        named: The parts that hold the name of a pupil.
    """
    kept = list(figures)
    said = {one.code: one.value for one in kept}
    titles = {one.code: one.title for one in kept}
    counted = {code: one.counted for code, one in changed.items()}
    earlier = {one["code"]: one["value"] for one in before.figures} if before else {}
    least = checking.persons(amendments.current(), checking.CHANGE, cutoff)
    against_cases = checking.differences(Against.CASES, said, counted)
    against_before = checking.differences(Against.YEAR_BEFORE, said, earlier, least)
    return (
        *(Check(one, titles[one.code], changed[one.code].reason) for one in against_cases),
        *(Check(one, titles[one.code], answers.get(one.key, "")) for one in against_before),
        *(of_names(part, answers) for part in named),
    )


def of_names(part: str, answers: Mapping[str, str]) -> Check:
    """Return the warning of a part that holds the name of a pupil; which one, it does not say."""
    finding = Finding(Against.NAMES, part, 1, 0)
    return Check(finding, str(texts.PARTS[part]), answers.get(finding.key, ""))


def named_parts(actor: Actor, parts: Mapping[str, str]) -> tuple[str, ...]:
    """
    Return the parts that hold the full name of a pupil the writer may see, in their order.

    Of who may see no names none: nothing is compared then.
    """
    written = {part: parts[part] for part in texts.PARTS if parts.get(part)}
    if not written or not actor.may(Right.READ_CASES):
        return ()
    seen = dossiers.visible_to(actor).order_by().values_list("person__full_name", flat=True)
    known = set(seen.distinct())
    return tuple(part for part, said in written.items() if names.mentioned(said, known))


def answered_parts(answers: Mapping[str, str]) -> tuple[str, ...]:
    """Return the parts for which something was said about the names in them."""
    return tuple(part for part in texts.PARTS if f"{Against.NAMES}.{part}" in answers)


def checks_now(actor: Actor, report: Report, today: date) -> tuple[Check, ...]:
    """Return the warnings of a report that is being written, as it stands now."""
    seen = numbers.shown(actor, report, today)
    before = found.year_before(actor, report)
    named = named_parts(actor, seen.parts)
    return checks_of(seen.figures, seen.changed, before, report.answers, seen.cutoff, named)


def unanswered(checks: Iterable[Check]) -> tuple[Check, ...]:
    """Return the warnings nobody has answered yet."""
    return tuple(one for one in checks if not one.answer)
