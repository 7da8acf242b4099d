"""What the command builds: a school's report, or a department's year in each view."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from donghanh.domain.authority import Actor
from donghanh.domain.errors import RuleError
from donghanh.domain.structure import Line, UnitKind
from donghanh.domain.succession import View
from donghanh.lib import spreadsheet
from donghanh.lib.spreadsheet import Cell, Column
from donghanh.organisation import queries as organisation
from donghanh.organisation.models import Unit
from donghanh.reports.models import Consolidation, Seal
from donghanh.reports.queries import consolidating, found, seals, sheets, time_pages

#: How each view is called in the names of files.
_NAMES = {View.AS_WAS: "luc-do", View.AS_IS: "hien-nay", View.BRIDGED: "quy-ve"}


class NothingToBuild(RuleError):
    """No such unit, or nothing was sent or accepted for the year."""

    code: ClassVar[str] = "reports.nothing_to_build"


@dataclass(frozen=True, slots=True)
class Built:
    """What was built: the files by their names, and what stands in them, in numbers."""

    files: Mapping[str, bytes]
    told: Mapping[str, Any]


def built(code: str, school_year: str, today: date) -> Built:
    """
    Return a unit's report of a school year, ready to be written to files.

    Of a school what it last sent, in Word and as sealed. Of a department its accepted reports added
    up in each of the three views, as JSON with the cases behind every figure and as a workbook;
    and the newest consolidated report that was made, in Word.

    Args:
        code: The unit's code.
        school_year: ``2023-2024``.
        today: The day whose structure counts where it is not that of then.

    Raises:
        BadSchoolYear: The year is not two years that follow each other.
        NothingToBuild: No such unit, or nothing there for the year.
    """
    found.key_before(school_year)
    try:
        unit = organisation.unit_by_code(code)
    except Unit.DoesNotExist as unknown:
        raise NothingToBuild(unit=code, year=school_year) from unknown
    known = organisation.known_as([unit.pk], today).get(unit.pk)
    if known is not None and known.kind is UnitKind.SCHOOL:
        return _school(unit, school_year)
    return _department(organisation.office(unit.pk, today), code, school_year, today)


def _school(unit: Unit, school_year: str) -> Built:
    seal = (
        Seal.objects.filter(report__school=unit, report__school_year=school_year)
        .select_related("report")
        .order_by("-report_id", "-version")
        .first()
    )
    if seal is None:
        raise NothingToBuild(unit=unit.code, year=school_year)
    content = json.loads(seal.content)
    name = f"bao-cao-{school_year}-{unit.code}-ban-{seal.version}"
    return Built(
        {
            f"{name}.docx": seals.docx_of(content, seal.content),
            f"{name}.json": seal.content.encode(),
        },
        {"unit": unit.code, "version": seal.version, "sha256": seal.sha256},
    )


def _department(actor: Actor, code: str, school_year: str, today: date) -> Built:
    counted = [
        one for one in found.of_each_school(actor, school_year).values() if found.counts(one)
    ]
    if not counted:
        raise NothingToBuild(unit=code, year=school_year)
    reports = [
        {
            "report": one.pk,
            "school": one.school.code,
            "cutoff": one.cutoff_date.isoformat(),
            "figures": {
                figure["code"]: {
                    "value": figure["value"],
                    "cases": [number for number, _ in figure["cases"]],
                }
                for figure in found.counted_figures(one)
            },
        }
        for one in sorted(counted, key=lambda one: one.pk)
    ]
    files: dict[str, bytes] = {}
    told: dict[str, Any] = {"unit": code, "school_year": school_year, "reports": len(reports)}
    for view, name in _NAMES.items():
        page = time_pages.time_page(actor, Line.EDUCATION, school_year, view, today)
        said = _view(page) | {"reports": reports}
        stem = f"tong-hop-{school_year}-{name}"
        files[f"{stem}.json"] = json.dumps(said, ensure_ascii=False, indent=1).encode()
        files[f"{stem}.xlsx"] = _workbook(page)
        told[view.value] = said["totals"]
    newest = sheets.consolidations_of(actor, school_year).first()
    if newest is not None:
        files |= _made(actor, newest)
    return Built(files, told)


def _made(actor: Actor, newest: Consolidation) -> dict[str, bytes]:
    made, docx = consolidating.consolidated_docx(actor, newest.pk)
    return {f"bao-cao-tong-hop-{made.school_year}-ban-{made.version}.docx": docx}


def _view(page: time_pages.TimePage) -> dict[str, Any]:
    return {
        "view": page.view.value,
        "school_year": page.year.key,
        "columns": {one.code: one.title_vi for one in page.columns},
        "units": [
            {
                "name": row.name,
                "depth": row.depth,
                "now": row.now,
                "was": list(row.was),
                "figures": {cell.column.code: cell.value for cell in row.cells},
            }
            for row in page.rows
        ],
        "totals": {cell.column.code: cell.value for cell in page.totals},
        "simulated": page.simulated,
    }


def _workbook(page: time_pages.TimePage) -> bytes:
    heads: list[Column | str] = [Column("Đơn vị", 44), *(one.short_vi for one in page.columns)]
    rows: list[tuple[Cell, ...]] = [
        (" " * 2 * row.depth + row.name, *(cell.value for cell in row.cells)) for row in page.rows
    ]
    total: tuple[Cell, ...] = ("Tổng cộng", *(cell.value for cell in page.totals))
    return spreadsheet.workbook(f"Tổng hợp {page.year.key}", heads, [*rows, total])
