"""Reports of the lines of Party and Union for the tests of the room, asked for by real actions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from donghanh.accounts.models import User
from donghanh.directives import actions as directives
from donghanh.directives.models import Bundle, Task
from donghanh.domain.authority import Actor
from donghanh.domain.drafting import Addressing, Choice
from donghanh.domain.structure import Line, UnitKind
from donghanh.reports import actions
from donghanh.reports.models import Report
from tests import factory
from tests.integration.directives import drafting
from tests.integration.reports import reporting
from tests.integration.reports.reporting import WRITTEN, Season

#: The day on which Party and Union ask for the report of the season.
ASKED = date(2024, 3, 4)
AT = factory.instant(WRITTEN)
#: The duty that asks for it.
DUTY = {
    "text": "Báo cáo kết quả phát triển đảng viên trong học sinh",
    "due": "2024-06-10",
    "recurs": None,
    "before": True,
    "shift": "",
}
_KINDS = {Line.PARTY: UnitKind.CELL, Line.UNION: UnitKind.SCHOOL_UNION}


@dataclass(frozen=True, slots=True)
class Lined:
    """A season in which a committee, or a Union above, asks for the report too."""

    here: Season
    line: Line
    tasks: dict[int, Task]

    @property
    def chief(self) -> Actor:
        """Return who asked: the competent committee, or the Union above."""
        return factory.actor(_chief(self.here, self.line), WRITTEN)

    def writer(self, *, neighbour: bool = False) -> Actor:
        """Return who writes for the line at a school: the cell's secretary, or the Union."""
        where = self.here.cast.neighbour if neighbour else self.here.cast.school
        user = where.secretary if self.line is Line.PARTY else where.union
        return factory.actor(user, WRITTEN)

    def task(self, *, neighbour: bool = False) -> Task:
        """Return the task of a school's cell or Union."""
        where = self.here.cast.neighbour if neighbour else self.here.cast.school
        return self.tasks[where.unit.pk]

    def sent(self, *, neighbour: bool = False) -> Report:
        """Begin the report of the line and send it."""
        who = self.writer(neighbour=neighbour)
        begun = actions.open_report(actor=who, task_id=self.task(neighbour=neighbour).pk, at=AT)
        return actions.send_report(
            actor=who, report_id=begun.pk, seen=begun.revision, at=AT, on=WRITTEN
        )

    def accepted(self, *, neighbour: bool = False) -> Report:
        """Begin the report of the line, send it and accept it."""
        report = self.sent(neighbour=neighbour)
        return actions.accept_report(
            actor=self.chief, report_id=report.pk, seen=report.revision, at=AT
        )

    def linked(self, *, neighbour: bool = False) -> Bundle:
        """Say that the department and the line ask a school for the same."""
        where = self.here.cast.neighbour if neighbour else self.here.cast.school
        state = self.here.tasks[where.unit.pk]
        return directives.link_tasks(
            actor=factory.actor(where.secretary, WRITTEN),
            task_ids={state.pk, self.task(neighbour=neighbour).pk},
            at=AT,
        )


def _chief(here: Season, line: Line) -> User:
    return here.cast.committee if line is Line.PARTY else here.cast.upper_unionist


def asked(here: Season, line: Line) -> Lined:
    """Let the committee, or the Union above, ask both schools' cells or Unions for a report."""
    drafting.lettered(here.cast)
    chief = _chief(here, line)
    choice = Choice(Addressing.KIND, kind=_KINDS[line])
    letter = drafting.issued(chief, chief, ASKED, choice=choice, duties=[DUTY], bases=[])
    tasks = Task.objects.filter(recipient__directive=letter).select_related("recipient")
    return Lined(here, line, {task.recipient.school_id or 0: task for task in tasks})


def season(line: Line, **given: object) -> Lined:
    """Make a season of the department in which a line asks as well."""
    return asked(reporting.season(**given), line)  # type: ignore[arg-type]
