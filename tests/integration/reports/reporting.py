"""A year of reporting for the tests of the room: pupils on their roads, and reports about them."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db import connection, connections

from donghanh.directives.models import Task
from donghanh.domain.acts import Step
from donghanh.domain.authority import Actor
from donghanh.domain.errors import RuleError
from donghanh.history.models import Event
from donghanh.reports import actions
from donghanh.reports.models import Report
from tests import factory

YEAR = "2023-2024"
#: A day on which reports are written and sent in time.
WRITTEN = date(2024, 6, 3)
#: A day on which they are late by eleven days.
LATE = date(2024, 6, 20)
#: Steps walked to by each pupil of the school.
ROADS = (Step.INTRODUCED, Step.LISTED, Step.TRAINED, Step.ADMITTED, Step.ADMITTED, Step.DECIDED)


@dataclass(frozen=True, slots=True)
class Season:
    """The cast in a school year in which a report was asked for."""

    cast: factory.Cast
    tasks: dict[int, Task]

    @property
    def secretary(self) -> Actor:
        """Return the secretary of the school."""
        return factory.actor(self.cast.secretary, WRITTEN)

    @property
    def outsider(self) -> Actor:
        """Return the secretary of the neighbouring school."""
        return factory.actor(self.cast.outsider, WRITTEN)

    @property
    def officer(self) -> Actor:
        """Return the officer of the department."""
        return factory.actor(self.cast.officer, WRITTEN)

    @property
    def leader(self) -> Actor:
        """Return the leader of the department."""
        return factory.actor(self.cast.leader, WRITTEN)

    @property
    def task(self) -> Task:
        """Return the school's task."""
        return self.tasks[self.cast.school.unit.pk]


def season(*, roads: tuple[Step, ...] = ROADS) -> Season:
    """Make the cast, walk the pupils, and ask both schools for a report with a target of two."""
    cast = factory.cast()
    for step in roads:
        factory.walk_to(step, cast)
    shares = {cast.school.unit.pk: 2, cast.neighbour.unit.pk: 0}
    return Season(cast, factory.ask_for_reports(cast, shares, year=YEAR))


def begun(here: Season, *, neighbour: bool = False) -> Report:
    """Begin a report."""
    where = here.cast.neighbour if neighbour else here.cast.school
    return actions.open_report(
        actor=here.outsider if neighbour else here.secretary,
        task_id=here.tasks[where.unit.pk].pk,
        at=factory.instant(WRITTEN),
    )


def sent(here: Season, *, neighbour: bool = False, on: date = WRITTEN) -> Report:
    """Begin a report and send it."""
    report = begun(here, neighbour=neighbour)
    return actions.send_report(
        actor=here.outsider if neighbour else here.secretary,
        report_id=report.pk,
        seen=report.revision,
        at=factory.instant(on),
        on=on,
    )


def accepted(here: Season, *, neighbour: bool = False) -> Report:
    """Begin a report, send it and accept it."""
    report = sent(here, neighbour=neighbour)
    return actions.accept_report(
        actor=here.officer, report_id=report.pk, seen=report.revision, at=factory.instant(WRITTEN)
    )


def returned(here: Season, comment: str = "Xem lại số liệu.") -> Report:
    """Begin a report, send it and return it."""
    report = sent(here)
    return actions.return_report(
        actor=here.officer,
        report_id=report.pk,
        seen=report.revision,
        comment=comment,
        at=factory.instant(WRITTEN),
    )


def told(report_id: int) -> list[str]:
    """Return what history says of a report, oldest first."""
    events = Event.objects.filter(subject="report", subject_id=report_id).order_by("id")
    return list(events.values_list("action", flat=True))


def together(*acts: Callable[[], object]) -> list[str]:
    """Do things in threads that start at the same moment; say how each ended."""
    assert connection.vendor == "postgresql"
    start, outcomes = threading.Barrier(len(acts)), []

    def one(act: Callable[[], object]) -> None:
        try:
            start.wait(10)
            act()
            outcomes.append("done")
        except RuleError as refusal:
            outcomes.append(type(refusal).__name__)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=one, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return outcomes
