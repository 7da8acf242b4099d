"""What a school has received: the list, and one letter with what it asks of this school."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from donghanh.directives import texts
from donghanh.directives.models import Directive, Recipient, Task
from donghanh.directives.queries.follow_up import Cell, cell_of, is_open, own_target, plan_of
from donghanh.directives.queries.issued import received_by
from donghanh.directives.queries.letters import number_of, subject_of
from donghanh.domain import authority
from donghanh.domain.authority import Actor
from donghanh.domain.drafting import Ending
from donghanh.domain.rights import Right
from donghanh.domain.structure import Line
from donghanh.organisation import queries as organisation


@dataclass(frozen=True, slots=True)
class InboxRow:
    """
    A letter received and how it stands: to be acknowledged, else its most pressing open task, else
    answered. ``days`` says by when, if anything is open.
    """

    directive_id: int
    subject: str
    number: str
    issuer: str
    unit: str
    sent_at: datetime
    acknowledged: bool
    reminded: bool
    standing: Cell
    days: str


@dataclass(frozen=True, slots=True)
class OwnTask:
    """A task of this unit and how it stands; ``to_answer``: with a paper, noted here."""

    task: Task
    cell: Cell
    to_answer: bool
    by_report: bool


@dataclass(frozen=True, slots=True)
class ReceivedPage:
    """A letter as a school received it; ``target`` is this school's own and no other's."""

    recipient: Recipient
    directive: Directive
    subject: str
    number: str
    issuer: str
    unit: str
    tasks: tuple[OwnTask, ...]
    target: int | None
    reminded: bool
    opened_by: str
    acknowledged_by: str
    plan: Cell
    successor: str
    basis: str
    may_pass_on: bool
    may_link: bool


def inbox(actor: Actor, on: date) -> list[InboxRow]:
    """
    Return what the schools in reach have received, newest first.

    Args:
        actor: Who receives for a school.
        on: The day the clocks are read by (Asia/Ho_Chi_Minh).

    Raises:
        NotAllowed: The post does not receive directives.
    """
    authority.require(actor, Right.RECEIVE_DIRECTIVES)
    received = list(received_by(actor).defer("directive__original", "directive__reading"))
    ids = {one.unit_id for one in received} | {one.directive.issuer_id for one in received}
    units = {key: unit.name for key, unit in organisation.known_as(ids, on).items()}
    return [_inbox_row(one, units, on) for one in received]


def _inbox_row(recipient: Recipient, units: dict[int, str], on: date) -> InboxRow:
    pending = [task for task in recipient.tasks.all() if is_open(task)]
    nearest = min(pending, key=lambda task: task.last_date, default=None)
    clock = cell_of(nearest, on) if nearest else None
    return InboxRow(
        directive_id=recipient.directive_id,
        subject=subject_of(recipient.directive),
        number=number_of(recipient.directive.confirmed),
        issuer=units.get(recipient.directive.issuer_id, ""),
        unit=units.get(recipient.unit_id, ""),
        sent_at=recipient.sent_at,
        acknowledged=recipient.acknowledged_at is not None,
        reminded=_is_reminded(recipient),
        standing=_standing(recipient, clock),
        days=clock.label if clock else "",
    )


def _standing(recipient: Recipient, clock: Cell | None) -> Cell:
    """Return how a received letter stands in the list."""
    directive = recipient.directive
    if directive.ended_how and directive.ended_date is not None:
        state = "plain" if recipient.ended_seen_at else "near"
        return Cell(state, texts.ended(directive.ended_how, directive.ended_date))
    late = clock is not None and clock.state == "late"
    if recipient.acknowledged_at is None and not late:
        return Cell("near" if recipient.reminded_at else "waiting", texts.to_acknowledge())
    return clock or Cell("done", texts.nothing_open())


def _is_reminded(recipient: Recipient) -> bool:
    """Tell whether a reminder still stands: something is not acknowledged or not answered."""
    if recipient.directive.ended_how:
        return False
    pending = any(is_open(task) for task in recipient.tasks.all())
    return recipient.reminded_at is not None and (pending or recipient.acknowledged_at is None)


def received_page(actor: Actor, directive_id: int, on: date) -> ReceivedPage:
    """
    Return a letter a school in reach received, with what it asks of that school.

    Raises:
        NotAllowed: The post does not receive directives.
        Recipient.DoesNotExist: Unknown, or not received by a school in reach.
    """
    authority.require(actor, Right.RECEIVE_DIRECTIVES)
    found = received_by(actor).select_related(
        "directive__cascades__directive", "opened_by", "acknowledged_by"
    )
    recipient = found.filter(directive_id=directive_id).order_by("id")[:1].get()
    directive = recipient.directive
    units = organisation.known_as([recipient.unit_id, directive.issuer_id], on)
    return ReceivedPage(
        recipient=recipient,
        directive=directive,
        subject=subject_of(directive),
        number=number_of(directive.confirmed),
        issuer=units[directive.issuer_id].name if directive.issuer_id in units else "",
        unit=units[recipient.unit_id].name if recipient.unit_id in units else "",
        tasks=tuple(
            _own_task(task, on, writes=actor.may(Right.WRITE_REPORTS))
            for task in recipient.tasks.all()
        ),
        target=own_target(directive.pk, recipient.unit_id),
        reminded=_is_reminded(recipient),
        opened_by=recipient.opened_by.name if recipient.opened_by else "",
        acknowledged_by=recipient.acknowledged_by.name if recipient.acknowledged_by else "",
        plan=plan_of(recipient, asked=directive.asks_plan),
        successor=_number_of_successor(directive),
        basis=number_of(directive.cascades.directive.confirmed) if directive.cascades else "",
        may_pass_on=actor.may(Right.ISSUE_DIRECTIVES),
        may_link=actor.may(Right.SEND_REPORTS),
    )


def _own_task(task: Task, on: date, *, writes: bool) -> OwnTask:
    waits = is_open(task)
    report = task.kind == "report"
    # A report to Party or Union is written here, or noted where it went on paper.
    on_paper = not report or task.recipient.directive.line != Line.EDUCATION
    # A body above schools hands up what it adds up, on the page where it does so.
    return OwnTask(task, cell_of(task, on), waits and on_paper, waits and report and writes)


def _number_of_successor(directive: Directive) -> str:
    """Return the number of the directive that came in another's place, if any."""
    if directive.ended_how != Ending.SUPERSEDED:
        return ""
    after = directive.successors.filter(status="issued").first()
    return number_of(after.confirmed) if after else ""
