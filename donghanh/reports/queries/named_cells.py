"""What stands in the named cells of a workbook that somebody else laid out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from donghanh.documents import filling
from donghanh.documents.filling import Value, Values
from donghanh.domain.authority import Actor
from donghanh.reports.models import Report
from donghanh.reports.queries import hiding, pages, sheets


@dataclass(frozen=True, slots=True)
class Name:
    """One name a cell may have, and what is written there."""

    name: str
    says: str


@dataclass(frozen=True, slots=True)
class TemplatePage:
    """What a workbook can be filled with: the names, for a report or for a whole year."""

    title: str
    names: tuple[Name, ...]
    simulated: bool
    school_year: str
    report: Report | None = None


def report_names(actor: Actor, report_id: int, today: date) -> TemplatePage:
    """
    Return the names a workbook may use for one report.

    Raises:
        Report.DoesNotExist: Unknown, or not visible to the actor.
    """
    page = pages.report_page(actor, report_id, today)
    names = [
        Name("don_vi", _("The unit")),
        Name("noi_nhan", _("To whom it reports")),
        Name("nam_hoc", _("The school year")),
        Name("ngay_chot", _("The cut-off day")),
    ]
    for row in page.rows:
        names.append(Name(row.figure.code, row.figure.title))
        last = _("%(title)s, school year before") % {"title": row.figure.title}
        names.append(Name(f"{row.figure.code}_nam_truoc", last))
    return TemplatePage(
        title=page.school,
        names=_prefixed(names),
        simulated=page.report.simulated,
        school_year=page.report.school_year,
        report=page.report,
    )


def sheet_names(actor: Actor, school_year: str, today: date) -> TemplatePage:
    """
    Return the names a workbook may use for the sheet of a year.

    Raises:
        BadSchoolYear: The year is not two years that follow each other.
    """
    sheet = sheets.sheet(actor, school_year, today)
    names = [
        Name("nam_hoc", _("The school year")),
        Name("chi_tieu", _("Target of the units")),
        Name("ket_qua", _("Result")),
        Name("don_vi_da_gui", _("Units that have sent")),
        Name("don_vi_dung_han", _("Units in time")),
        Name("so_don_vi", _("All units")),
        Name("cot_don_vi", _("Units, one a row, downwards")),
        Name("cot_tinh_trang", _("State of each unit, downwards")),
        Name("cot_chi_tieu", _("Target of each unit, downwards")),
    ]
    for one in sheet.columns:
        names.append(Name(one.code, one.title_vi))
        of_each = _("%(title)s, of each unit, downwards") % {"title": one.title_vi}
        names.append(Name(f"cot_{one.code}", of_each))
    return TemplatePage(
        title=_("Consolidation %(year)s") % {"year": sheet.year.key},
        names=_prefixed(names),
        simulated=sheet.simulated,
        school_year=sheet.year.key,
    )


def _prefixed(names: list[Name]) -> tuple[Name, ...]:
    return tuple(Name(filling.PREFIX + one.name, one.says) for one in names)


def filled_report(actor: Actor, report_id: int, data: bytes, today: date) -> tuple[Report, bytes]:
    """
    Return a report in the layout of a workbook; a sent one with its seal inside.

    Raises:
        Report.DoesNotExist: Unknown, or not visible to the actor.
        TextLayerError, NoNames, UnknownName, BadPlace, TooShort: The workbook cannot be filled.
    """
    page = pages.report_page(actor, report_id, today)
    values = dict(_of_report(page))
    seal = page.seal.content if page.seal else ""
    return page.report, filling.filled(data, values, seal)


def _of_report(page: pages.ReportPage) -> Iterator[tuple[str, Value]]:
    yield "don_vi", page.school
    yield "noi_nhan", page.department
    yield "nam_hoc", page.report.school_year
    yield "ngay_chot", page.shown.cutoff
    for row in page.rows:
        yield row.figure.code, row.figure.value
        yield f"{row.figure.code}_nam_truoc", row.before


def filled_sheet(actor: Actor, school_year: str, data: bytes, today: date) -> bytes:
    """
    Return the sheet of a year, as it stands, in the layout of a workbook.

    It is made to be handed on: who has no right to the cases gets no small figure of a single unit.

    Raises:
        BadSchoolYear: The year is not two years that follow each other.
        TextLayerError, NoNames, UnknownName, BadPlace, TooShort: The workbook cannot be filled.
    """
    sheet = sheets.sheet(actor, school_year, today)
    lines = sheet.lines
    masks = hiding.masks(sheet, hiding.most_for(actor, today))
    values: Values = {
        "nam_hoc": sheet.year.key,
        "chi_tieu": sheet.target,
        "ket_qua": sheet.result,
        "don_vi_da_gui": sheet.sent,
        "don_vi_dung_han": sheet.in_time,
        "so_don_vi": len(lines),
        "cot_don_vi": [line.unit.name for line in lines],
        "cot_tinh_trang": [line.badge.text for line in lines],
        "cot_chi_tieu": [line.target for line in lines],
        **{one.code: value for value, one in sheet.total_cells},
        **{
            f"cot_{one.code}": [
                mask.get(place, line.figures[place])
                for line, mask in zip(lines, masks, strict=True)
            ]
            for place, one in enumerate(sheet.columns)
        },
    }
    return filling.filled(data, values)
