"""A letter that was read: kept, corrected, issued; received, acknowledged; late units reminded."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from donghanh.directives import queries
from donghanh.directives.actions import duties
from donghanh.directives.actions.refusals import AlreadyIssued, NotASchool, ReadingChanged
from donghanh.directives.models import Directive, Recipient, UnitTarget
from donghanh.domain import assignment, authority, drafting, letter
from donghanh.domain.authority import Actor
from donghanh.domain.calendar import SchoolYear
from donghanh.domain.drafting import Ending
from donghanh.domain.rights import Right
from donghanh.history import actions as history
from donghanh.lib import textlayer
from donghanh.organisation import queries as organisation


@transaction.atomic
def keep_letter(
    *, actor: Actor, file_name: str, data: bytes, at: datetime, simulated: bool = False
) -> Directive:
    """
    Read a letter by machine and keep it, with what was read, as a draft.

    The same file kept again while the first is still a draft gives that draft back.

    Args:
        actor: Who keeps it; the department of the post is the issuer.
        file_name: As the file was called.
        data: The file (.txt, .docx, or .pdf with text).
        at: The instant (aware, UTC).
        simulated: Whether it belongs to a demonstration.

    Raises:
        NotAllowed: The post does not issue directives.
        TextLayerError: The file gives no text.
        EmptyLetter, TooLong, NotALetter: The text is no letter.
    """
    authority.require(actor, Right.ISSUE_DIRECTIVES)
    # The database holds no NUL; the sign that stands for what cannot be shown is as long.
    text = textlayer.extract(data, file_name).replace("\x00", "\ufffd")
    read = letter.read(text)
    reading = read.as_dict()
    digest = hashlib.sha256(data).hexdigest()
    kept = queries.issued_by(actor).filter(original_digest=digest, status="draft").first()
    if kept is not None:
        return kept
    directive = Directive.objects.create(
        issuer_id=actor.post.unit_id,
        line=drafting.line_of(actor.post.role).value,
        file_name=file_name[-200:],
        original=read.text,
        original_digest=digest,
        reading=reading,
        confirmed=reading,
        kept_by_id=actor.user_id,
        kept_at=at,
        simulated=simulated,
    )
    history.record(
        at=at,
        actor=actor,
        action="directives.letter_kept",
        subject="directive",
        subject_id=directive.pk,
        facts={"sha256": digest},
    )
    return directive


@transaction.atomic
def correct_reading(
    *, actor: Actor, directive_id: int, seen: int, changes: Mapping[str, Any], at: datetime
) -> Directive:
    """
    Put an officer's corrections over what the machine read.

    Args:
        actor: Who corrects.
        directive_id: A draft of the actor's department.
        seen: The ``revision`` the officer had before the eyes.
        changes: New values by key of the reading; keys left out stay.
        at: The instant (aware, UTC).

    Raises:
        Directive.DoesNotExist: Unknown, or not the actor's.
        AlreadyIssued: It is no draft any more.
        ReadingChanged: Somebody else corrected it meanwhile.
    """
    directive = _draft(actor, directive_id)
    if directive.revision != seen:
        raise ReadingChanged
    changed = sorted(key for key, value in changes.items() if directive.confirmed.get(key) != value)
    if not changed:
        return directive
    directive.confirmed = {**directive.confirmed, **changes}
    directive.revision += 1
    directive.save(update_fields=["confirmed", "revision"])
    history.record(
        at=at,
        actor=actor,
        action="directives.reading_corrected",
        subject="directive",
        subject_id=directive.pk,
        facts={"fields": changed},
    )
    return directive


@transaction.atomic
def issue_directive(
    *,
    actor: Actor,
    directive_id: int,
    shares: Mapping[int, int],
    without_target: bool = False,
    seen: int | None = None,
    at: datetime,
    on: date,
) -> Directive:
    """
    Issue a confirmed reading to units: receipts, dated tasks and unit targets come into being.

    Args:
        actor: Who issues.
        directive_id: A draft of the actor's department.
        shares: Target per unit id; every unit named here receives the letter, also with 0.
        without_target: The officer says that no target is given.
        seen: The ``revision`` the officer had before the eyes; ``None`` where nobody looked.
        at: The instant (aware, UTC).
        on: The day it is issued (Asia/Ho_Chi_Minh).

    Raises:
        Directive.DoesNotExist: Unknown, or not the actor's.
        AlreadyIssued: It was issued before.
        ReadingChanged: Somebody else corrected the reading meanwhile.
        NotASchool: A unit is out of the department's reach.
        NoRecipients, NoTarget, SharedTooLittle, DueUnreadable: See ``domain.assignment``.
    """
    directive = _draft(actor, directive_id)
    if seen is not None and directive.revision != seen:
        raise ReadingChanged
    if not set(shares) <= actor.schools:
        raise NotASchool
    confirmed = directive.confirmed
    assignment.check_shares(
        shares, target=assignment.target_of(confirmed), without_target=without_target
    )
    year = assignment.school_year_of(confirmed, on)
    tasks = assignment.dated(assignment.duties_of(confirmed), year=year)
    directive.status = "issued"
    directive.school_year = year.key
    directive.issued_at = at
    directive.issued_date = on
    directive.save(update_fields=["status", "school_year", "issued_at", "issued_date"])
    _address(directive, shares, tasks, year, at, _named(directive, shares, on))
    history.record(
        at=at,
        actor=actor,
        action="directives.issued",
        subject="directive",
        subject_id=directive.pk,
        facts={"units": sorted(shares), "school_year": year.key, "on": on.isoformat()},
    )
    return directive


def _draft(actor: Actor, directive_id: int) -> Directive:
    """Return a draft of the actor's department, locked for this transaction."""
    authority.require(actor, Right.ISSUE_DIRECTIVES)
    directive = queries.issued_by(actor).select_for_update().get(pk=directive_id)
    if directive.status != "draft":
        raise AlreadyIssued
    if directive.drafted:
        raise Directive.DoesNotExist
    return directive


def _named(directive: Directive, shares: Mapping[int, int], on: date) -> frozenset[int]:
    """Return which of the units that receive a directive its letter names."""
    units = organisation.facts_of(shares, on)
    written = directive.confirmed.get("units", ())
    return assignment.named_among(written, {key: unit.name for key, unit in units.items()})


def _address(
    directive: Directive,
    shares: Mapping[int, int],
    tasks: tuple[assignment.Dated, ...],
    year: SchoolYear,
    at: datetime,
    named: frozenset[int],
) -> None:
    """Write a directive's recipients, their tasks and their targets, each in one statement."""
    recipients = Recipient.objects.bulk_create(
        Recipient(
            directive=directive,
            unit_id=unit_id,
            school_id=unit_id,
            named=unit_id in named,
            sent_at=at,
        )
        for unit_id in sorted(shares)
    )
    duties.give(directive, recipients, tasks)
    UnitTarget.objects.bulk_create(
        UnitTarget(directive=directive, unit_id=unit_id, school_year=year.key, amount=amount)
        for unit_id, amount in sorted(shares.items())
        if amount
    )


@transaction.atomic
def open_received(*, actor: Actor, directive_id: int, at: datetime) -> Recipient:
    """
    Show a received directive to a unit; the first opening is its receipt.

    Raises:
        Recipient.DoesNotExist: Unknown, or not received by a school in reach.
    """
    recipient = received(actor, directive_id)
    if recipient.directive.ended_how and recipient.ended_seen_at is None:
        recipient.ended_seen_at = at
        recipient.save(update_fields=["ended_seen_at"])
        history.record(
            at=at,
            actor=actor,
            action="directives.ending_seen",
            subject="directive",
            subject_id=directive_id,
            facts={"unit": recipient.unit_id},
        )
    if recipient.opened_at is None:
        recipient.opened_at = at
        recipient.opened_by_id = actor.user_id
        recipient.save(update_fields=["opened_at", "opened_by"])
        history.record(
            at=at,
            actor=actor,
            action="directives.opened",
            subject="directive",
            subject_id=directive_id,
            facts={"unit": recipient.unit_id},
        )
    return recipient


@transaction.atomic
def acknowledge(*, actor: Actor, directive_id: int, at: datetime) -> Recipient:
    """
    Confirm that a unit has received a directive and takes it on; a second time changes nothing.

    Raises:
        Recipient.DoesNotExist: Unknown, or not received by a school in reach.
    """
    recipient = received(actor, directive_id)
    if recipient.acknowledged_at is None:
        recipient.opened_at = recipient.opened_at or at
        recipient.opened_by_id = recipient.opened_by_id or actor.user_id
        recipient.acknowledged_at = at
        recipient.acknowledged_by_id = actor.user_id
        recipient.save(
            update_fields=["opened_at", "opened_by", "acknowledged_at", "acknowledged_by"]
        )
        history.record(
            at=at,
            actor=actor,
            action="directives.acknowledged",
            subject="directive",
            subject_id=directive_id,
            facts={"unit": recipient.unit_id},
        )
    return recipient


def received(actor: Actor, directive_id: int) -> Recipient:
    """
    Return what a unit the actor answers for received, locked for this transaction.

    Raises:
        NotAllowed: The post does not receive directives.
        Recipient.DoesNotExist: Unknown, or not received by such a unit.
    """
    authority.require(actor, Right.RECEIVE_DIRECTIVES)
    found = Recipient.objects.filter(queries.addressed_to(actor), directive_id=directive_id)
    return (
        found.select_for_update(of=("self",)).select_related("directive").order_by("id")[:1].get()
    )


@transaction.atomic
def remind_late(*, actor: Actor, directive_id: int, at: datetime, on: date) -> int:
    """
    Remind every unit that has not acknowledged, or has a task past its last day.

    Args:
        actor: Who reminds.
        directive_id: An issued directive of the actor's department.
        at: The instant (aware, UTC).
        on: The day lateness is judged by (Asia/Ho_Chi_Minh).

    Returns:
        How many units were reminded.

    Raises:
        NotAllowed: The post does not issue directives.
        Directive.DoesNotExist: Unknown, or not the actor's.
    """
    authority.require(actor, Right.ISSUE_DIRECTIVES)
    directive = queries.issued_by(actor).get(pk=directive_id)
    if directive.ended_how == Ending.RECALLED:
        return 0
    unacknowledged = Recipient.objects.filter(directive=directive, acknowledged_at=None)
    late = Recipient.objects.filter(
        directive=directive,
        tasks__answered_at=None,
        tasks__ended_how="",
        tasks__last_date__lt=on,
    )
    ids = set(unacknowledged.values_list("pk", flat=True)) | set(late.values_list("pk", flat=True))
    if not ids:
        return 0
    Recipient.objects.filter(pk__in=ids).update(reminded_at=at)
    history.record(
        at=at,
        actor=actor,
        action="directives.reminded",
        subject="directive",
        subject_id=directive.pk,
        facts={"recipients": sorted(ids)},
    )
    return len(ids)
