"""What a consolidated report consists of, as it is kept and sealed, and the paper made of it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar

from donghanh.documents import houses, render, sealing
from donghanh.documents.papers import ConsolidatedReport, Letterhead, Signing, UnitRow, skeleton
from donghanh.domain import canonical
from donghanh.domain.authority import Actor
from donghanh.domain.errors import RuleError
from donghanh.domain.rights import Right
from donghanh.domain.structure import Line
from donghanh.reports import texts
from donghanh.reports.models import Consolidation
from donghanh.reports.queries import hiding, paper_charts, papers, sheets
from donghanh.reports.queries.checks import Check

#: What a sealed text says of itself; a reader refuses another form.
FORM = "donghanh.consolidation.1"
#: How a unit stands, in the paper's table.
_STANDS = {
    "missing": "Chưa gửi",
    "writing": "Chưa gửi",
    "sent": "Đã gửi, đang xem",
    "returned": "Trả lại để sửa",
    "accepted": "Đã duyệt",
    "handed": "Đã gửi báo cáo tổng hợp",
    "inside": "Trong báo cáo tổng hợp của cấp dưới",
}
#: How an accepted report stands while an amendment of it is in flight.
_AMENDED = "Đã duyệt, đang bổ sung"
_OWN = "{issuer} bổ sung: {reason}"
#: What a sum handed up from below does not hold.
_BELOW = "Số của {body} chưa gồm: {units}."
_OWN_STANDS = "Tự bổ sung"


class PaperChanged(RuleError):
    """A kept consolidation no longer gives the paper it gave when it was made."""

    code: ClassVar[str] = "reports.paper_changed"


@dataclass(frozen=True, slots=True)
class Own:
    """What the consolidating office adds itself to the sum of its units, by indicator, and why."""

    figures: Mapping[str, int] = field(default_factory=dict)
    reason: str = ""


def content_of(
    *,
    actor: Actor,
    sheet: sheets.Sheet,
    parts: Mapping[str, str],
    cutoff: date,
    on: date,
    version: int,
    own: Own,
    most: int = 0,
    earlier: Iterable[tuple[str, Mapping[str, int]]] = (),
    checks: Iterable[Check] = (),
    above: str = "",
) -> dict[str, Any]:
    """
    Return all that a consolidated report consists of, as it is kept and sealed: JSON values only.

    Args:
        actor: Who makes it, for the own department.
        sheet: The figures.
        parts: Text by key of ``texts.PARTS``.
        cutoff: Last day counted.
        on: Day it is made, from which the names of the unit and of who signs are taken.
        version: Its number.
        own: What the department adds itself; it is a line of its own, and in the totals.
        most: Figures of single units up to this are hidden; 0 hides none. Of a column with one
            hidden figure a second is hidden, lest the total tells the first.
        earlier: Totals of earlier school years by code, oldest first; see ``years_before``.
        checks: The differences it was checked for, all answered.
        above: The body it is handed up to, by name; empty where it is not.
    """
    codes = [one.code for one in sheet.columns]
    added = [own.figures.get(code, 0) for code in codes]
    answer = next((one.code for one in sheet.columns if one.answers_target), "")
    line = sheet.line
    head = papers.head_of(actor.post.unit_id, on, line)
    units = _units(sheet, most)
    content = {
        "form": FORM,
        "version": version,
        "made": on.isoformat(),
        "head": head,
        "signing": papers.signing_of(actor.post.unit_id, on, Right.REVIEW_REPORTS, line),
        "school_year": sheet.year.key,
        "cutoff": cutoff.isoformat(),
        "parts": {key: parts.get(key, "") for key in texts.PARTS},
        "codes": codes,
        "columns": [one.short_vi for one in sheet.columns],
        "units": units,
        "totals": [sum(pair) for pair in zip(sheet.totals, added, strict=True)],
        "target": sheet.target,
        "result": sheet.result + own.figures.get(answer, 0),
        "missing": [line.unit.name for line in sheet.missing],
        "simulated": sheet.simulated,
        "rulebook": sheet.rulebook,
        "charts": paper_charts.kept(sheet, earlier, units),
        "answer": codes.index(answer) if answer else -1,
        "answers": [_answered(one) for one in checks],
    }
    if line is not Line.EDUCATION:
        content["line"] = line.value
    if above:
        content["addressee"] = above
    if sheet.missing_below:
        content["missing_below"] = [[name, list(units)] for name, units in sheet.missing_below]
    if any(added):
        name = _OWN.format(issuer=head["issuer"], reason=own.reason)
        content["own"] = {"name": name, "reason": own.reason, "figures": added}
    return content


def _units(sheet: sheets.Sheet, most: int) -> list[dict[str, Any]]:
    """Return one line per unit; of hidden figures the places alone are kept, never the values."""
    columns, answer = range(len(sheet.columns)), hiding.answering(sheet)
    lines = []
    for line, mask in zip(sheet.lines, hiding.masks(sheet, most), strict=True):
        gone = sorted(mask)
        beside = [place for place in gone if mask[place] == hiding.BESIDE]
        shown = [None if place in mask else line.figures[place] for place in columns]
        kept = answer not in mask
        told = {
            "name": line.unit.name,
            "status": _AMENDED
            if line.counts and line.status not in {"accepted", "handed"}
            else _STANDS[line.status],
            "report": line.report.pk if line.report and line.counts else None,
            "figures": shown if line.counts else [None] * len(sheet.columns),
            "target": line.target,
            "result": line.result if line.counts and kept else None,
        }
        lines.append(told | ({"hidden": gone, "most": most, "beside": beside} if gone else {}))
    return lines


def consolidated_paper(content: Mapping[str, Any]) -> ConsolidatedReport:
    """
    Return the paper a consolidation was made as, from what is kept of it.

    Number and day stay blank: the office fills them in when it signs.
    """
    own = content.get("own")
    line = Line(content.get("line", Line.EDUCATION.value))
    return ConsolidatedReport(
        letterhead=Letterhead(**content["head"], number="", day=None),
        school_year=content["school_year"],
        cutoff=date.fromisoformat(content["cutoff"]),
        subject=papers.SUBJECT.format(year=content["school_year"]),
        addressee=content.get("addressee", content["head"]["superior"]),
        parts=skeleton(**content["parts"]),
        columns=tuple(content["columns"]),
        units=tuple(_row(unit, content.get("answer", -1)) for unit in content["units"]),
        totals=tuple(content["totals"]),
        target_total=content["target"],
        result_total=content["result"],
        missing_units=tuple(content["missing"]),
        recipients=papers.recipients(line),
        signing=Signing(**content["signing"]),
        simulated=content["simulated"],
        rulebook_version=content["rulebook"],
        own=own and UnitRow(own["name"], _OWN_STANDS, tuple(own["figures"]), None, None),
        charts=paper_charts.charts_of(content),
        tiles=paper_charts.tiles_of(content),
        notes=_notes(content),
        explanations=tuple(f"{one['told']} {one['answer']}" for one in content.get("answers", ())),
        house=houses.BY_LINE.get(line),
    )


def shown_figures(unit: Mapping[str, Any]) -> tuple[int | str | None, ...]:
    """Return the figures of a unit as a paper shows them: what is hidden, as its mark."""
    gone, beside = unit.get("hidden", ()), unit.get("beside", ())
    return tuple(
        (hiding.BESIDE if place in beside else hiding.small(unit["most"]))
        if place in gone
        else value
        for place, value in enumerate(unit["figures"])
    )


def _row(unit: Mapping[str, Any], answer: int) -> UnitRow:
    figures = shown_figures(unit)
    hidden = answer in unit.get("hidden", ())
    return UnitRow(
        name=unit["name"],
        status_text=unit["status"],
        figures=figures,
        target=unit["target"],
        result=figures[answer] if hidden else unit["result"],
    )


def _notes(content: Mapping[str, Any]) -> tuple[str, ...]:
    """Return what is said under the table; of a paper made before there were notes nothing."""
    most = {unit["most"] for unit in content["units"] if "beside" in unit}
    below = (
        _BELOW.format(body=name, units="; ".join(units))
        for name, units in content.get("missing_below", ())
    )
    return (*(hiding.note(one) for one in sorted(most)), *below)


def _answered(check: Check) -> dict[str, Any]:
    one = check.finding
    return {
        "against": one.against.value,
        "code": one.code,
        "said": one.said,
        "other": one.other,
        "told": check.told,
        "answer": check.answer,
    }


def docx_of(content: Mapping[str, Any], text: str) -> bytes:
    """Return the paper in Word of a sealed consolidation, its code printed and its seal inside."""
    return sealing.sealed_paper(render.consolidated_report(consolidated_paper(content)), text)


def consolidated_docx(actor: Actor, consolidation_id: int) -> tuple[Consolidation, bytes]:
    """
    Return a consolidation and its paper, made again from what is kept.

    Raises:
        Consolidation.DoesNotExist: Unknown, or not the department's.
        PaperChanged: The paper is not, byte for byte, the one that was made then.
    """
    kept = sheets.get_consolidation(actor, consolidation_id)
    if kept.seal:
        docx = docx_of(kept.content, canonical.text(kept.content))
    else:
        docx = render.consolidated_report(consolidated_paper(kept.content))
    if hashlib.sha256(docx).hexdigest() != kept.sha256:
        raise PaperChanged(version=kept.version, school_year=kept.school_year, sha256=kept.sha256)
    return kept, docx
