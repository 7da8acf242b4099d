"""Directives written here: written, submitted, signed or sent back, issued with a number."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction

from donghanh.amendments import queries as amendments
from donghanh.directives import queries
from donghanh.directives.actions import duties, endings, numbers
from donghanh.directives.actions.refusals import AlreadyIssued, ReadingChanged
from donghanh.directives.models import Directive, Recipient
from donghanh.domain import assignment, authority, drafting, numbering
from donghanh.domain.authority import Actor, NotAllowed
from donghanh.domain.drafting import Choice, Ending, OpenTasks, Stage
from donghanh.domain.rights import Right
from donghanh.domain.structure import Line
from donghanh.history import actions as history
from donghanh.organisation import queries as organisation


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """
    A draft as somebody typed it.

    Attributes:
        kind: Short name of the kind of paper.
        subject: What it is about.
        opening: The sentence before the parts.
        bases: What it stands on, as it is to be printed.
        parts: Title and text of each part; one of both may be empty.
        duties: As readings hold them, with ``shift``.
        target_note: The target in words, or the table that names it.
        choice: Whom it goes to.
        asks_plan: Whether the units are to send a plan.
        supersedes: The directive in whose place it comes.
        open_tasks: What becomes of that one's open duties.
    """

    kind: str
    subject: str
    opening: str = ""
    bases: Sequence[str] = ()
    parts: Sequence[Mapping[str, str]] = ()
    duties: Sequence[Mapping[str, Any]] = ()
    target_note: str = ""
    choice: Choice = field(default_factory=lambda: Choice(drafting.Addressing.LIST))
    asks_plan: bool = False
    supersedes: int | None = None
    open_tasks: OpenTasks = OpenTasks.END

    def content(self) -> dict[str, Any]:
        """Return it in the shape readings have, with what only drafts hold beside."""
        texts = [str(part.get("text") or part.get("title") or "") for part in self.parts]
        return {
            **dict.fromkeys(("issuer", "superior", "number", "symbol", "place", "date"), None),
            **{key: [] for key in ("addressees", "units", "targets", "recipients", "flags")},
            "kind": numbering.KINDS[self.kind].title,
            "subject": self.subject,
            "bases": [
                {"kind": None, "number": None, "issuer": None, "date": None, "words": words}
                for words in self.bases
            ],
            "contents": texts,
            "duties": [dict(duty) for duty in self.duties],
            "signing": {"authority": None, "title": None, "name": None},
            "spans": {},
            "opening": self.opening,
            "parts": [dict(part) for part in self.parts],
            "target_note": self.target_note,
        }


@transaction.atomic
def write_draft(
    *,
    actor: Actor,
    written: Written,
    at: datetime,
    on: date,
    directive_id: int | None = None,
    seen: int | None = None,
    cascades: int | None = None,
    simulated: bool = False,
) -> Directive:
    """
    Keep a draft as it stands; the first time it comes into being.

    Args:
        actor: Who writes, for the own unit.
        written: What was typed.
        at: The instant (aware, UTC).
        on: The day the units are looked up on (Asia/Ho_Chi_Minh).
        directive_id: The draft; ``None`` begins one.
        seen: The ``revision`` the writer had before the eyes.
        cascades: The received directive on whose basis a new one is written.
        simulated: Whether it belongs to a demonstration.

    Raises:
        NotAllowed: The post does not issue directives.
        Directive.DoesNotExist: A directive named is unknown, or not the actor's.
        WrongStage, AlreadyIssued: It is no longer being written.
        ReadingChanged: Somebody else changed it meanwhile.
        NoSuchKind, OutOfReach: See ``domain``.
    """
    authority.require(actor, Right.ISSUE_DIRECTIVES)
    line = drafting.line_of(actor.post.role)
    numbering.kind_of(written.kind, line)
    queries.addressed_units(actor.post.unit_id, line, written.choice, on)
    if written.supersedes is not None:
        queries.issued_by(actor).get(pk=written.supersedes, status="issued", ended_how="")
    if directive_id is None:
        directive = Directive(
            issuer_id=actor.post.unit_id,
            drafted=True,
            line=line.value,
            stage=Stage.WRITING.value,
            reading={},
            revision=0,
            kept_by_id=actor.user_id,
            kept_at=at,
            simulated=simulated,
            cascades=_received(actor, cascades),
        )
    else:
        directive = _draft(actor, directive_id, seen, Stage.WRITING)
    directive.confirmed = written.content()
    directive.kind = written.kind
    directive.addressing = written.choice.as_dict()
    directive.asks_plan = written.asks_plan
    directive.supersedes_id = written.supersedes
    directive.open_tasks = written.open_tasks.value
    directive.revision += 1
    directive.save()
    _tell(actor, directive, "directives.draft_written", at)
    return directive


def _received(actor: Actor, directive_id: int | None) -> Recipient | None:
    if directive_id is None:
        return None
    found = Recipient.objects.filter(queries.addressed_to(actor), directive_id=directive_id)
    recipient = found.order_by("id").first()
    if recipient is None:
        raise Directive.DoesNotExist
    return recipient


def _draft(
    actor: Actor,
    directive_id: int,
    seen: int | None,
    *stages: Stage,
    right: Right = Right.ISSUE_DIRECTIVES,
) -> Directive:
    """Return a draft of the actor's unit, locked, at one of the stages, as it was looked at."""
    authority.require(actor, right)
    own = queries.issued_by(actor).select_for_update(of=("self",))
    directive = own.get(pk=directive_id, drafted=True)
    if directive.status != "draft":
        raise AlreadyIssued
    if directive.stage not in stages:
        raise drafting.WrongStage(stage=directive.stage)
    if seen is not None and directive.revision != seen:
        raise ReadingChanged
    return directive


def _move(directive: Directive, stage: Stage, *fields: str) -> None:
    directive.stage = stage.value
    directive.revision += 1
    directive.save(update_fields=["stage", "revision", *fields])


def _tell(actor: Actor, directive: Directive, action: str, at: datetime, **facts: object) -> None:
    history.record(
        at=at,
        actor=actor,
        action=action,
        subject="directive",
        subject_id=directive.pk,
        facts={"revision": directive.revision, **facts},
    )


@transaction.atomic
def submit_draft(
    *, actor: Actor, directive_id: int, seen: int, at: datetime, on: date
) -> Directive:
    """
    Hand a draft to whoever signs; it is no longer changed.

    Raises:
        NotAllowed, Directive.DoesNotExist, WrongStage, AlreadyIssued, ReadingChanged: As above.
        Unfinished: Subject, content or addressees are missing.
        DueUnreadable: A duty's day is no day.
    """
    directive = _draft(actor, directive_id, seen, Stage.WRITING)
    units = queries.units_of(directive, on)
    drafting.check_finished(directive.confirmed, addressees=len(units))
    queries.duties_on(directive, on)
    directive.remark = ""
    _move(directive, Stage.REVIEW, "remark")
    _tell(actor, directive, "directives.draft_submitted", at)
    return directive


@transaction.atomic
def send_back(
    *, actor: Actor, directive_id: int, seen: int, remark: str, at: datetime
) -> Directive:
    """
    Give a draft back to be written on, with a remark.

    Raises:
        NotAllowed: The post neither signs nor issues.
        Directive.DoesNotExist, WrongStage, AlreadyIssued, ReadingChanged: As above.
    """
    right = Right.SIGN_DIRECTIVES if actor.may(Right.SIGN_DIRECTIVES) else Right.ISSUE_DIRECTIVES
    directive = _draft(actor, directive_id, seen, Stage.REVIEW, Stage.SIGNED, right=right)
    directive.remark = remark.strip()
    directive.signed_by_id, directive.signed_at = None, None
    directive.confirmed = {
        **directive.confirmed,
        "signing": dict.fromkeys(("authority", "title", "name")),
    }
    _move(directive, Stage.WRITING, "remark", "signed_by", "signed_at", "confirmed")
    _tell(actor, directive, "directives.draft_sent_back", at)
    return directive


@transaction.atomic
def discard_draft(*, actor: Actor, directive_id: int, seen: int, at: datetime) -> None:
    """
    Put a draft out of sight for good, at whatever stage it is; a line of history stays.

    It has no number yet, so no book has a gap.

    Raises:
        NotAllowed: The post does not issue directives.
        Directive.DoesNotExist: Unknown, another unit's, or discarded before.
        AlreadyIssued, ReadingChanged: As above.
    """
    stages = (Stage.WRITING, Stage.REVIEW, Stage.SIGNED)
    directive = _draft(actor, directive_id, seen, *stages)
    _move(directive, Stage.DISCARDED)
    _tell(actor, directive, "directives.draft_discarded", at)


@transaction.atomic
def sign_draft(*, actor: Actor, directive_id: int, seen: int, at: datetime, on: date) -> Directive:
    """
    Sign a draft: as the holder of the office, or for the holder where that was delegated.

    Args:
        actor: Who signs.
        directive_id: A draft of the actor's unit that was submitted.
        seen: The ``revision`` the signer had before the eyes.
        at: The instant (aware, UTC).
        on: The day (Asia/Ho_Chi_Minh).

    Raises:
        NotAllowed: The actor neither holds the office nor signs for it on that day.
        Directive.DoesNotExist, WrongStage, AlreadyIssued, ReadingChanged: As above.
    """
    signer = queries.signer_for(actor, on)
    if signer is None:
        raise NotAllowed(right=Right.SIGN_DIRECTIVES.value, role=actor.post.role.value)
    directive = _draft(actor, directive_id, seen, Stage.REVIEW, right=Right.READ_DIRECTIVES)
    directive.confirmed = {
        **directive.confirmed,
        "signing": {
            "authority": signer.authority or None,
            "title": signer.title or None,
            "name": signer.name,
        },
    }
    directive.signed_by_id, directive.signed_at = actor.user_id, at
    _move(directive, Stage.SIGNED, "confirmed", "signed_by", "signed_at")
    _tell(actor, directive, "directives.draft_signed", at)
    return directive


@transaction.atomic
def issue_draft(
    *, actor: Actor, directive_id: int, seen: int | None, at: datetime, on: date
) -> Directive:
    """
    Issue a signed draft in one step: number, recipients, dated tasks, the end of the one before.

    Args:
        actor: Who issues.
        directive_id: A signed draft of the actor's unit.
        seen: The ``revision`` the officer had before the eyes; ``None`` where nobody looked.
        at: The instant (aware, UTC).
        on: The day it is issued (Asia/Ho_Chi_Minh).

    Raises:
        NotAllowed, Directive.DoesNotExist, WrongStage, ReadingChanged: As above.
        AlreadyIssued: Somebody issued it before; no second number is given.
        Unfinished: No unit would receive it on that day.
        NoLetters: The unit has no letters for its number.
    """
    directive = _draft(actor, directive_id, seen, Stage.SIGNED)
    line = Line(directive.line)
    units = queries.units_of(directive, on)
    drafting.check_finished(directive.confirmed, addressees=len(units))
    year = assignment.school_year_of(directive.confirmed, on)
    entry = numbers.give_number(
        actor=actor,
        line=line,
        kind=directive.kind,
        subject=str(directive.confirmed["subject"]),
        at=at,
        on=on,
        directive=directive,
    )
    directive.confirmed = queries.issued_content(directive, entry, on)
    directive.original = queries.text_of(directive, on)
    directive.original_digest = hashlib.sha256(directive.original.encode()).hexdigest()
    directive.status, directive.stage = "issued", ""
    directive.school_year, directive.issued_at, directive.issued_date = year.key, at, on
    directive.save()
    schools = organisation.tree_on(Line.HOST, on)
    recipients = Recipient.objects.bulk_create(
        Recipient(
            directive=directive,
            unit_id=unit_id,
            school_id=unit_id if line is Line.EDUCATION else schools.get(unit_id),
            sent_at=at,
        )
        for unit_id in sorted(units)
    )
    days = assignment.dated(
        assignment.duties_of(directive.confirmed),
        year=year,
        workdays=amendments.current().workdays(),
    )
    duties.give(directive, recipients, days)
    _supersede(actor, directive, at, on)
    facts = {"units": sorted(units), "school_year": year.key, "on": on.isoformat()}
    _tell(actor, directive, "directives.issued", at, number=entry.number, **facts)
    return directive


def _supersede(actor: Actor, directive: Directive, at: datetime, on: date) -> None:
    """Let the directive end in whose place this one comes, unless it has ended meanwhile."""
    if directive.supersedes_id is None:
        return
    earlier = Directive.objects.select_for_update().get(pk=directive.supersedes_id)
    if not earlier.ended_how:
        keep = directive.open_tasks == OpenTasks.KEEP
        endings.end(actor, earlier, Ending.SUPERSEDED, "", at, on, tasks=not keep)
