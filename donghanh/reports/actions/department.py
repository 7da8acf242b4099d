"""What the department does: return, accept, consolidate."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from donghanh.directives import actions as directives
from donghanh.directives.models import Task
from donghanh.domain import authority, canonical
from donghanh.domain.authority import Actor
from donghanh.domain.rights import Right
from donghanh.history import actions as history
from donghanh.organisation import queries as organisation
from donghanh.reports import queries, texts
from donghanh.reports.actions import shared
from donghanh.reports.actions.figures import MOST
from donghanh.reports.actions.refusals import (
    AnsweredElsewhere,
    BelowZero,
    CommentMissing,
    ConsolidatedMeanwhile,
    NotAskedAbove,
    NothingAccepted,
    NotSent,
    SentAgain,
    SumToExplain,
    TooLong,
    UnknownFigure,
    YearClosed,
)
from donghanh.reports.models import Consolidation, Report, Return


@transaction.atomic
def return_report(
    *,
    actor: Actor,
    report_id: int,
    seen: int,
    comment: str,
    marks: Sequence[str] = (),
    at: datetime,
) -> Report:
    """
    Send a report back to its school with a comment; it can be corrected and sent again.

    Args:
        actor: Officer or leader of the department.
        report_id: A report that waits for an answer.
        seen: ``revision`` as the reader had it before the eyes.
        comment: What is to be corrected.
        marks: The indicators of the figures that have to be corrected, if it is just those.
        at: The instant (aware, UTC).

    Raises:
        Report.DoesNotExist: Unknown, or not the department's.
        AnsweredElsewhere: It answers a linked duty; whom it was written to returns it.
        NotSent: It is not waiting for an answer.
        SentAgain: It was returned and sent again since it was looked at.
        CommentMissing: No comment.
        TooLong: The comment is longer than ``texts.LONGEST_COMMENT``.
        UnknownFigure: The report has no such figure.
    """
    report = _waiting(actor, report_id, seen)
    said = comment.strip()
    if not said:
        raise CommentMissing
    if len(said) > texts.LONGEST_COMMENT:
        raise TooLong(limit=texts.LONGEST_COMMENT)
    known = [one["code"] for one in report.figures]
    if not set(marks) <= set(known):
        raise UnknownFigure
    Return.objects.create(
        report=report,
        comment=said,
        content=queries.sent_content(report),
        marks=[code for code in known if code in marks],
        returned_at=at,
        returned_by_id=actor.user_id,
    )
    report.status = "returned"
    report.revision += 1
    report.save(update_fields=["status", "revision"])
    history.record(
        at=at,
        actor=actor,
        action="reports.returned",
        subject="report",
        subject_id=report.pk,
        facts={"version": report.version, "figures": sorted(marks)},
    )
    return report


@transaction.atomic
def accept_report(*, actor: Actor, report_id: int, seen: int, at: datetime) -> Report:
    """
    Accept a report: from now on it counts in the consolidation; an amendment takes the place of
    what had been accepted.

    Args:
        actor: Officer or leader of the department.
        report_id: A report that waits for an answer.
        seen: ``revision`` as the reader had it before the eyes.
        at: The instant (aware, UTC).

    Raises:
        Report.DoesNotExist: Unknown, or not the department's.
        AnsweredElsewhere: It answers a linked duty; whom it was written to accepts it.
        NotSent: It is not waiting for an answer.
        SentAgain: It was returned and sent again since it was looked at.
    """
    report = _waiting(actor, report_id, seen)
    report.status = "accepted"
    report.accepted_at = at
    report.standing, report.amending = None, ""
    report.revision += 1
    report.save(update_fields=["status", "accepted_at", "standing", "amending", "revision"])
    history.record(
        at=at,
        actor=actor,
        action="reports.accepted",
        subject="report",
        subject_id=report.pk,
        facts={"version": report.version},
    )
    return report


@dataclass(frozen=True, slots=True)
class Made:
    """A consolidation and its paper in Word."""

    consolidation: Consolidation
    docx: bytes


@transaction.atomic
def consolidate(
    *,
    actor: Actor,
    school_year: str,
    seen: int | None = None,
    parts: Mapping[str, str] | None = None,
    own: queries.Own | None = None,
    hide_small: bool = False,
    answers: Mapping[str, str] | None = None,
    hand_up: bool = False,
    at: datetime,
    on: date,
) -> Made:
    """
    Make the department's consolidated report from the accepted reports, as a new version.

    Args:
        actor: Officer or leader of the department.
        school_year: ``2023-2024``.
        seen: Number of the newest version the maker had before the eyes, 0 where there was none;
            ``None`` makes the next one whatever it is.
        parts: Text by key of ``texts.PARTS``; what is left out is blank on the paper.
        own: What the department adds itself to the sum of its units, with the reason.
        hide_small: Whether small figures of single units are hidden, for a reader who has no right
            to their cases; a maker who has none hides them always.
        answers: What is said to each difference, by ``Finding.key``; sealed with the report.
        hand_up: Whether it answers the body above that asks for it, which then reads it.
        at: The instant (aware, UTC).
        on: The day (Asia/Ho_Chi_Minh).

    Returns:
        The version kept and its paper; the paper can be made again, byte for byte, from what is
        kept.

    Raises:
        NotAllowed: The post does not review reports.
        BadSchoolYear: The year is not two years that follow each other.
        ConsolidatedMeanwhile: A version was made since the page was looked at.
        NothingAccepted: No report of that year has been accepted.
        TooLong: A part is longer than ``texts.LONGEST_PART``.
        BelowZero, ReasonMissing: What the department adds itself.
        SumToExplain: A difference has no answer.
        NotAskedAbove: Nobody above asks for it.
        YearClosed: The body above has closed the year.
    """
    authority.require(actor, Right.REVIEW_REPORTS)
    shared.check_lengths(parts or {})
    # Two who consolidate at once queue here.
    shared.hold_versions(actor.post.unit_id)
    before = queries.consolidations_of(actor, school_year).first()
    version = before.version if before else 0
    if seen not in {None, version}:
        raise ConsolidatedMeanwhile(version=version)
    sheet = queries.sheet(actor, school_year, on)
    task, above = _asked(actor, school_year, on) if hand_up else (None, "")
    behind = (line.handed or line.report for line in sheet.accepted)
    cutoffs = [one.cutoff_date for one in behind if one is not None]
    if not cutoffs:
        raise NothingAccepted
    cutoff = max(cutoffs)
    added = _checked(own)
    checks = _explained(actor, sheet, before, parts or {}, answers or {}, on)
    content = queries.content_of(
        actor=actor,
        sheet=sheet,
        parts=parts or {},
        cutoff=cutoff,
        on=on,
        version=version + 1,
        own=added,
        most=queries.most_for(actor, on, asked=hide_small),
        earlier=queries.years_before(actor, school_year),
        checks=checks,
        above=above,
    )
    sealed = canonical.text(content)
    docx = queries.consolidation_docx(content, sealed)
    made = Consolidation.objects.create(
        department_id=actor.post.unit_id,
        school_year=school_year,
        version=version + 1,
        cutoff_date=cutoff,
        content=content,
        sha256=hashlib.sha256(docx).hexdigest(),
        seal=canonical.digest(sealed),
        made_at=at,
        made_by_id=actor.user_id,
        task=task,
    )
    if task is not None:
        directives.mark_answered(task.pk, at=at)
    history.record(
        at=at,
        actor=actor,
        action="reports.consolidated",
        subject="consolidation",
        subject_id=made.pk,
        facts={
            "school_year": school_year,
            "version": made.version,
            "sha256": made.sha256,
            **({"task": task.pk} if task else {}),
        },
    )
    return Made(made, docx)


def _asked(actor: Actor, school_year: str, on: date) -> tuple[Task, str]:
    """Return the duty of the body above that is answered, and that body's name."""
    task = queries.asked_from_above(actor, school_year)
    if task is None:
        raise NotAskedAbove
    issuer = task.recipient.directive.issuer_id
    shared.hold_year(issuer, alone=False)
    place = task.recipient.school_id or task.recipient.unit_id
    if queries.closed_to(issuer, school_year, place, on).bars:
        raise YearClosed(year=school_year)
    return task, organisation.known_as([issuer], on)[issuer].name


def _explained(
    actor: Actor,
    sheet: queries.Sheet,
    newest: Consolidation | None,
    parts: Mapping[str, str],
    answers: Mapping[str, str],
    on: date,
) -> tuple[queries.Check, ...]:
    """Return the differences of a consolidated report, all of them explained."""
    given = {key: said.strip() for key, said in answers.items()}
    if any(len(said) > texts.LONGEST_COMMENT for said in given.values()):
        raise TooLong(limit=texts.LONGEST_COMMENT)
    checks = queries.checks_of_sum(actor, sheet, newest, parts, given, on)
    if queries.unanswered(checks):
        raise SumToExplain(count=len(queries.unanswered(checks)))
    return checks


def _checked(own: queries.Own | None) -> queries.Own:
    """Return what the department adds itself, without what is nothing; a reason stands beside."""
    if own is None:
        return queries.Own()
    figures = {code: value for code, value in own.figures.items() if value}
    if any(not 0 < value <= MOST for value in figures.values()):
        raise BelowZero(most=MOST)
    return queries.Own(figures, shared.reason_of(own.reason)) if figures else queries.Own()


def _waiting(actor: Actor, report_id: int, seen: int) -> Report:
    """Return a report that waits for the body's answer, locked, as the reader saw it."""
    authority.require(actor, Right.REVIEW_REPORTS)
    if not queries.answered_by(actor, queries.visible_to(actor).get(pk=report_id)):
        raise AnsweredElsewhere
    report = shared.locked(actor, Right.REVIEW_REPORTS, report_id)
    if report.status != "sent":
        raise NotSent
    if report.revision != seen:
        raise SentAgain
    return report
