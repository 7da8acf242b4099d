"""The board of an issued letter: units × duties."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from donghanh.directives import texts
from donghanh.directives.models import Directive, Recipient, Task, UnitTarget
from donghanh.directives.queries.issued import board, issued_by
from donghanh.directives.queries.letters import number_of, subject_of
from donghanh.domain import authority, names
from donghanh.domain.authority import Actor
from donghanh.domain.drafting import Ending
from donghanh.domain.rights import Right
from donghanh.lib import clock, spreadsheet
from donghanh.organisation import queries as organisation

#: From how many days before its last day a task is near.
NEAR = 7


@dataclass(frozen=True, slots=True)
class Cell:
    """How one duty stands at one unit."""

    state: str
    badge: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Passed:
    """A directive a unit issued in turn on the basis of the one it received."""

    number: str
    issued_on: date | None


@dataclass(frozen=True, slots=True)
class BoardRow:
    """
    One unit: how far the letter has come there.

    ``cells`` stand in the order of the board's duties. ``late``: a duty is past its last day.
    ``passed_on``: what the unit issued in turn on its basis.
    """

    unit_id: int
    unit: str
    sent_at: datetime
    opened_at: datetime | None
    acknowledged_at: datetime | None
    reminded_at: datetime | None
    cells: tuple[Cell, ...]
    target: int | None
    late: bool
    answered: bool
    plan: Cell
    passed_on: tuple[Passed, ...]

    @property
    def receipt(self) -> Cell:
        """Return how the receipt stands: done when acknowledged, else waiting."""
        return receipt_of(self.opened_at, self.acknowledged_at)


@dataclass(frozen=True, slots=True)
class DutyHead:
    """A column of the board: a duty and its last day in time."""

    text: str
    words: str


@dataclass(frozen=True, slots=True)
class Board:
    """An issued letter and its units; ``shown`` are the rows that were asked for."""

    directive: Directive
    subject: str
    number: str
    duties: tuple[DutyHead, ...]
    rows: tuple[BoardRow, ...]
    shown: tuple[BoardRow, ...]
    counts: Mapping[str, int]
    to_remind: int
    target: int
    late: int
    acknowledged: int
    plans: int
    successor: Directive | None
    basis: str


#: The views of a board by the word in its address.
_VIEWS: dict[str, Callable[[BoardRow], bool]] = {
    "": lambda row: True,
    "tre": lambda row: row.late,
    "chua-xac-nhan": lambda row: row.acknowledged_at is None,
    "chua-tra-loi": lambda row: not row.answered,
    "da-tra-loi": lambda row: row.answered,
}


def board_page(
    actor: Actor, directive_id: int, on: date, *, words: str = "", view: str = ""
) -> Board:
    """
    Return how far an issued letter has come, one row per unit ordered by name.

    Args:
        actor: An officer or leader of the department.
        directive_id: An issued letter of the department.
        on: The day lateness is judged by (Asia/Ho_Chi_Minh).
        words: Words that must stand in the unit's name; marks and case do not matter.
        view: ``tre``, ``chua-xac-nhan``, ``chua-tra-loi``, ``da-tra-loi``; anything else: all.

    Raises:
        NotAllowed: The post does not read the department's directives.
        Directive.DoesNotExist: Unknown, a draft, or another department's.
    """
    authority.require(actor, Right.READ_DIRECTIVES)
    own = issued_by(actor).select_related("supersedes", "cascades__directive")
    directive = own.get(pk=directive_id, status="issued")
    recipients = list(board(actor, directive_id))
    passed = _passed_on(directive_id)
    units = organisation.known_as([one.unit_id for one in recipients], on)
    targets = dict(directive.unit_targets.values_list("unit_id", "amount"))
    heads = {task.position: task for one in recipients for task in one.tasks.all()}
    rows = sorted(
        (
            _row(
                one,
                units[one.unit_id].name if one.unit_id in units else f"#{one.unit_id}",
                targets.get(one.unit_id),
                sorted(heads),
                on,
                passed.get(one.pk, ()),
                asks_plan=directive.asks_plan,
            )
            for one in recipients
        ),
        key=lambda row: (names.search_key(row.unit), row.unit_id),
    )
    wanted = names.search_key(words)
    chosen = _VIEWS.get(view, _VIEWS[""])
    return Board(
        directive=directive,
        subject=subject_of(directive),
        number=number_of(directive.confirmed),
        duties=tuple(
            DutyHead(heads[at].text, texts.by(heads[at].due_date, heads[at].last_date))
            for at in sorted(heads)
        ),
        rows=tuple(rows),
        shown=tuple(row for row in rows if chosen(row) and wanted in names.search_key(row.unit)),
        counts={name: sum(map(test, rows)) for name, test in _VIEWS.items()},
        to_remind=0
        if directive.ended_how == Ending.RECALLED
        else sum(row.late or row.acknowledged_at is None for row in rows),
        target=sum(targets.values()),
        late=sum(row.late for row in rows),
        acknowledged=sum(row.acknowledged_at is not None for row in rows),
        plans=sum(row.plan.state == "done" for row in rows),
        successor=directive.successors.filter(status="issued").first()
        if directive.ended_how == Ending.SUPERSEDED
        else None,
        basis=number_of(directive.cascades.directive.confirmed) if directive.cascades else "",
    )


def _passed_on(directive_id: int) -> dict[int, tuple[Passed, ...]]:
    """Return what units issued in turn on the basis of a directive, by recipient."""
    issued = Directive.objects.filter(cascades__directive_id=directive_id, status="issued")
    found: dict[int, tuple[Passed, ...]] = {}
    for one in issued.only("confirmed", "issued_date", "cascades_id").order_by("pk"):
        if one.cascades_id is not None:
            held = found.get(one.cascades_id, ())
            found[one.cascades_id] = (*held, Passed(number_of(one.confirmed), one.issued_date))
    return found


def _row(
    recipient: Recipient,
    unit: str,
    target: int | None,
    positions: list[int],
    on: date,
    passed: tuple[Passed, ...],
    *,
    asks_plan: bool,
) -> BoardRow:
    # Of a duty that comes back every year the newest year stands here.
    tasks = {task.position: task for task in recipient.tasks.all()}
    states = {at: cell_of(task, on) for at, task in tasks.items()}
    blank = Cell("plain", "")
    return BoardRow(
        unit_id=recipient.unit_id,
        unit=unit,
        sent_at=recipient.sent_at,
        opened_at=recipient.opened_at,
        acknowledged_at=recipient.acknowledged_at,
        reminded_at=recipient.reminded_at,
        cells=tuple(states.get(at, blank) for at in positions),
        target=target,
        late=any(is_open(task) and task.last_date < on for task in tasks.values()),
        answered=bool(tasks) and not any(map(is_open, tasks.values())),
        plan=plan_of(recipient, asked=asks_plan),
        passed_on=passed,
    )


def is_open(task: Task) -> bool:
    """Tell whether a task still waits for its answer."""
    return task.answered_at is None and not task.ended_how


def plan_of(recipient: Recipient, *, asked: bool) -> Cell:
    """Return how a unit's plan stands: sent, waited for, or neither asked nor sent."""
    if recipient.plan_date is not None:
        return Cell("done", texts.plan_sent(recipient.plan_number, recipient.plan_date))
    return Cell("waiting", texts.plan_waited()) if asked else Cell("plain", "")


def cell_of(task: Task, on: date) -> Cell:
    """
    Return how a task stands on a day.

    Args:
        task: With its last day in time.
        on: The day (Asia/Ho_Chi_Minh).
    """
    label = texts.by(task.due_date, task.last_date)
    if task.answered_at is not None:
        answered = task.answered_at.astimezone(clock.ZONE).date()
        late = (answered - task.last_date).days
        if task.through_id is not None and late <= 0:
            return Cell("done", texts.answered_through(answered), label)
        return Cell("near" if late > 0 else "done", texts.answered(answered, late), label)
    if task.ended_how and task.ended_date is not None:
        return Cell("plain", texts.ended(task.ended_how, task.ended_date), label)
    left = (task.last_date - on).days
    state = "late" if left < 0 else "near" if left <= NEAR else "waiting"
    return Cell(state, texts.left(left), label)


def receipt_of(opened: datetime | None, acknowledged: datetime | None) -> Cell:
    """Return how far a letter has come at a unit."""
    days = [one and one.astimezone(clock.ZONE).date() for one in (opened, acknowledged)]
    return Cell("done" if acknowledged else "waiting", texts.receipt(*days))


def board_sheet(
    actor: Actor, directive_id: int, on: date, *, words: str = "", view: str = ""
) -> bytes:
    """
    Return the rows of a board as an .xlsx; the arguments are those of ``board_page``.

    Raises:
        NotAllowed: The post does not read the department's directives.
        Directive.DoesNotExist: Unknown, a draft, or another department's.
    """
    page = board_page(actor, directive_id, on, words=words, view=view)
    unit, got, asked, told = texts.board_columns()
    plan, passed = texts.plan_column(), texts.cascaded_column()
    columns = [
        spreadsheet.Column(unit, 44),
        spreadsheet.Column(got, 26),
        *(spreadsheet.Column(duty.words, 26) for duty in page.duties),
        spreadsheet.Column(plan, 26),
        spreadsheet.Column(passed, 26),
        spreadsheet.Column(asked, 10),
        spreadsheet.Column(told, 18),
    ]
    rows = (
        [
            row.unit,
            row.receipt.badge,
            *(cell.badge for cell in row.cells),
            row.plan.badge,
            "; ".join(one.number for one in row.passed_on),
            row.target,
            row.reminded_at and row.reminded_at.astimezone(clock.ZONE).date(),
        ]
        for row in page.shown
    )
    return spreadsheet.workbook(page.subject, columns, rows)


def own_target(directive_id: int, unit_id: int) -> int | None:
    """Return what a directive asks of one unit, or ``None`` where it asks nothing."""
    asked = UnitTarget.objects.filter(directive_id=directive_id, unit_id=unit_id)
    return asked.values_list("amount", flat=True).first()
