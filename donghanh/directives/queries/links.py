"""The duties of a school, of all lines side by side: which ask for the same."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from donghanh.directives import texts
from donghanh.directives.models import Task
from donghanh.directives.queries.follow_up import Cell, cell_of
from donghanh.directives.queries.letters import number_of
from donghanh.domain import authority
from donghanh.domain.authority import Actor
from donghanh.domain.rights import Right
from donghanh.organisation import queries as organisation


@dataclass(frozen=True, slots=True)
class SchoolDuty:
    """A duty, whoever of the school was asked: its line, its directive, how it stands."""

    task: Task
    line: str
    number: str
    issuer: str
    asked: str
    cell: Cell


@dataclass(frozen=True, slots=True)
class Linked:
    """Duties that one answer answers; ``answered``: they cannot be taken apart any more."""

    bundle_id: int
    duties: tuple[SchoolDuty, ...]
    answered: bool


@dataclass(frozen=True, slots=True)
class LinksPage:
    """The duties of a school in the years that are open: linked ones, and single ones."""

    linked: tuple[Linked, ...]
    single: tuple[SchoolDuty, ...]


def links_page(actor: Actor, on: date) -> LinksPage:
    """
    Return the duties of the school in reach that are open, and those linked with them.

    Args:
        actor: The secretary of the school's cell.
        on: The day the clocks are read by (Asia/Ho_Chi_Minh).

    Raises:
        NotAllowed: The post does not send the school's reports.
    """
    authority.require(actor, Right.SEND_REPORTS)
    found = Task.objects.filter(recipient__school_id__in=actor.schools, ended_how="")
    tasks = list(
        found.select_related("recipient__directive", "through")
        .defer("recipient__directive__original", "recipient__directive__reading")
        .order_by("last_date", "id")
    )
    ids = {task.recipient.unit_id for task in tasks}
    ids |= {task.recipient.directive.issuer_id for task in tasks}
    units = {key: unit.name for key, unit in organisation.known_as(ids, on).items()}
    bundles: dict[int, list[SchoolDuty]] = {}
    single = []
    for task in tasks:
        duty = _duty(task, units, on)
        if task.bundle_id is not None:
            bundles.setdefault(task.bundle_id, []).append(duty)
        elif task.answered_at is None:
            single.append(duty)
    return LinksPage(
        linked=tuple(
            Linked(key, tuple(held), any(one.task.answered_at for one in held))
            for key, held in bundles.items()
        ),
        single=tuple(single),
    )


def _duty(task: Task, units: dict[int, str], on: date) -> SchoolDuty:
    directive = task.recipient.directive
    return SchoolDuty(
        task=task,
        line=str(texts.LINES[directive.line]),
        number=number_of(directive.confirmed),
        issuer=units.get(directive.issuer_id, ""),
        asked=units.get(task.recipient.unit_id, ""),
        cell=cell_of(task, on),
    )
