"""The list of the cohort as a workbook, told from the kept rows alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from donghanh.domain.acts import Branch, Step
from donghanh.domain.procedure import RoadStatus
from donghanh.dossiers import texts
from donghanh.dossiers.models import Standing
from donghanh.dossiers.queries import roads as reads
from donghanh.dossiers.queries import standings, wording
from donghanh.dossiers.queries.cohorts import Cohort, Listed
from donghanh.dossiers.queries.narrowing import last_day
from donghanh.lib.spreadsheet import Cell, Column, workbook
from donghanh.people.models import Person


@dataclass(frozen=True, slots=True)
class Taken:
    """A list that is taken away: the bytes of the workbook, and whose names stand in it."""

    data: bytes
    dossiers: list[int]


def list_workbook(page: Cohort) -> Taken:
    """Return the rows of a list as an .xlsx, in the same order."""
    columns = [
        Column(_("Name"), 28),
        Column(_("Class"), 10),
        Column(_("School"), 28),
        Column(_("Step"), 8),
        Column(_("Phase"), 20),
        Column(_("Present step"), 44),
        Column(_("State"), 18),
        Column(_("What comes next"), 40),
        Column(_("Last day"), 14),
    ]
    kept = _rows(page.rows)
    told = [_line(page.rows, row, person) for row, person in kept]
    return Taken(workbook(_("Pupils on the road"), columns, told), [row.pk for row, _ in kept])


def lines(page: Cohort) -> list[list[Cell]]:
    """Return what stands in the rows of the workbook."""
    return [_line(page.rows, row, person) for row, person in _rows(page.rows)]


def _rows(listed: Listed) -> list[tuple[Standing, Person]]:
    """Return each row with its pupil, in Vietnamese order of names."""
    return sorted(_seen(listed), key=lambda row: (row[1].sort_key, row[0].pk))


def _seen(listed: Listed) -> Iterator[tuple[Standing, Person]]:
    """Yield each row with its pupil; the door of cases holds for each of them once more."""
    seen = reads.visible_to(listed.actor).values("pk")
    for row in listed.fresh.filter(pk__in=seen).select_related("dossier__person"):
        yield row, row.dossier.person
    for one in listed.told:
        yield one.standing, one.walk.dossier.person


def _line(listed: Listed, row: Standing, person: Person) -> list[Cell]:
    step = Step(row.step) if row.step else None
    rule = None if step is None else listed.book.step(step)
    need = wording.said(
        standings.need_of(row),
        frozenset(Branch(name) for name in row.branches.split()),
        step,
        listed.book,
    )
    pressing = last_day(row, listed.today)
    return [
        person.full_name,
        person.class_name,
        listed.labels.get(row.school_id, ""),
        f"{row.place}/{row.places}",
        "" if rule is None else listed.book.catalogue.phases[rule.phase].title_vi,
        "" if rule is None else rule.short_vi,
        str(texts.ROAD_STATUSES[RoadStatus(row.status)]),
        need.text,
        None if pressing is None else pressing[0],
    ]
