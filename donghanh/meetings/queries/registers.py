"""Registers a cell keeps, as workbooks: resolutions, probationers, sympathisers."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from donghanh.amendments import queries as amendments
from donghanh.domain.authority import Actor
from donghanh.domain.procedure import RoadStatus, StageState, Step
from donghanh.domain.sitting import Body, decides
from donghanh.dossiers import queries as dossiers
from donghanh.dossiers import texts as sentences
from donghanh.dossiers.queries import Walk
from donghanh.lib.spreadsheet import Cell, Column, workbook

#: The registers, by the word in their address.
REGISTERS = ("so-nghi-quyet", "du-bi", "cam-tinh")
_AFTER = frozenset(
    {RoadStatus.ADMITTED, RoadStatus.RECOGNISED, RoadStatus.DELETED, RoadStatus.ANNULLED}
)


def register(
    actor: Actor, name: str, since: date, until: date, today: date
) -> tuple[bytes, list[int]]:
    """
    Return a register as the bytes of a workbook, and the dossiers it names.

    Args:
        actor: Whose pupils.
        name: One of ``REGISTERS``.
        since: First day of the resolutions shown.
        until: Last day of them.
        today: The day the roads are shown for (Asia/Ho_Chi_Minh).
    """
    if name == "so-nghi-quyet":
        return _resolutions(_resolved(actor, since, until, today), since, until)
    if name == "du-bi":
        return _probationers(dossiers.walks_of(actor, today, {RoadStatus.ADMITTED}))
    return _sympathisers(dossiers.walks_of(actor, today, set(RoadStatus) - _AFTER))


def _resolved(actor: Actor, since: date, until: date, today: date) -> list[Walk]:
    """Return the dossiers in sight with any act of the cell in a period; the others are nowhere."""
    book = amendments.current()
    acts = dossiers.acted(actor, decides(book, Body.CELL), since, until)
    return dossiers.walks_among(actor, set(acts.values_list("dossier_id", flat=True)), today, book)


def _resolutions(walks: list[Walk], since: date, until: date) -> tuple[bytes, list[int]]:
    """The valid acts of the cell in a period, in the order of days."""
    rows: list[tuple[date, str, list[Cell], int]] = []
    for walk in walks:
        own = set(decides(walk.book, Body.CELL))
        for act in walk.road.acts:
            if act.step in own and not act.voided and since <= act.on <= until:
                person = walk.dossier.person
                vote = "" if act.tally is None else f"{act.tally.favour}/{act.tally.members}"
                title = sentences.step_title(act.step)
                told: list[Cell] = [
                    act.on, act.paper_number, title, person.full_name, person.class_name, vote
                ]  # fmt: skip
                rows.append((act.on, person.sort_key, told, walk.dossier.pk))
    rows.sort(key=lambda row: (row[0], row[1]))
    columns = [
        Column(_("Day"), 12),
        Column(_("Number of the paper"), 20),
        Column(_("What was resolved"), 52),
        Column(_("Name"), 28),
        Column(_("Class"), 10),
        Column(_("In favour"), 12),
    ]
    data = workbook(_("Register of resolutions"), columns, [row[2] for row in rows])
    return data, list(dict.fromkeys(row[3] for row in rows))


def _probationers(walks: list[Walk]) -> tuple[bytes, list[int]]:
    chosen = [walk for walk in walks if walk.road.status is RoadStatus.ADMITTED]
    columns = [
        Column(_("Name"), 28),
        Column(_("Day of birth"), 14),
        Column(_("Class"), 10),
        Column(_("Decision on admission"), 20),
        Column(_("Number of the decision"), 20),
        Column(_("Ceremony"), 14),
        Column(_("Helper"), 28),
    ]
    rows: list[list[Cell]] = []
    for walk in chosen:
        person, decided = walk.dossier.person, walk.road.stage(Step.DECIDED).act
        admitted = walk.road.stage(Step.ADMITTED).act
        rows.append(
            [
                person.full_name,
                person.birth_date,
                person.class_name,
                decided.on if decided else None,
                decided.paper_number if decided else "",
                admitted.on if admitted else None,
                _helper(walk),
            ]
        )
    data = workbook(_("Probationers"), columns, rows)
    return data, [walk.dossier.pk for walk in chosen]


def _sympathisers(walks: list[Walk]) -> tuple[bytes, list[int]]:
    chosen = [
        walk
        for walk in walks
        if walk.road.stage(Step.LISTED).state is StageState.DONE and walk.road.status not in _AFTER
    ]
    columns = [
        Column(_("Name"), 28),
        Column(_("Day of birth"), 14),
        Column(_("Class"), 10),
        Column(_("On the list since"), 14),
        Column(_("Number of the resolution"), 20),
        Column(_("Helper"), 28),
    ]
    rows: list[list[Cell]] = []
    for walk in chosen:
        person, listed = walk.dossier.person, walk.road.stage(Step.LISTED).act
        rows.append(
            [
                person.full_name,
                person.birth_date,
                person.class_name,
                listed.on if listed else None,
                listed.paper_number if listed else "",
                _helper(walk),
            ]
        )
    return workbook(_("Sympathisers"), columns, rows), [walk.dossier.pk for walk in chosen]


def _helper(walk: Walk) -> str:
    """Return the name of the present helper: whom the last valid act names that names one."""
    rows = sorted(walk.dossier.acts.all(), key=lambda act: -act.number)
    voided = {act.voids_id for act in rows if act.voids_id is not None}
    told = [act for act in rows if act.helper_id and act.pk not in voided and act.voids_id is None]
    return told[0].helper.name if told and told[0].helper else ""
