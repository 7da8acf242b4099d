"""What papers of a meeting say of its counts, and what its resolutions rest on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from donghanh.documents import wording
from donghanh.documents.body_papers import House
from donghanh.domain import names
from donghanh.domain.procedure import Step
from donghanh.domain.sitting import Attendance
from donghanh.domain.timeline import Citation
from donghanh.domain.voting import Exclusion, Tally
from donghanh.dossiers import texts as sentences
from donghanh.meetings.queries.sitting import Row

#: What every resolution rests on, and how the number of a text of the centre ends.
_CHARTERS = {
    House.PARTY: "Điều lệ Đảng Cộng sản Việt Nam",
    House.UNION: "Điều lệ Đoàn TNCS Hồ Chí Minh",
}
_CENTRAL = ("TW", "/TĐTN-TCKT")


def attended(there: Attendance, members: str) -> str:
    """Return who was there, in numbers: for each reason how many were left out, never whom."""
    out = _left_out(there.excluded, there.excluded_by)
    absent = there.convened - there.present
    return (
        f"Tổng số {members}: {there.official}{out}; được triệu tập: {there.convened}; "
        f"có mặt: {there.present}; vắng mặt: {absent}."
    )


def _left_out(number: int, by_reason: Sequence[tuple[Exclusion, int]]) -> str:
    if not number:
        return ""
    told = ", ".join(
        f"{wording.within_sentence(str(sentences.EXCLUSIONS[reason]))}: {count}"
        for reason, count in by_reason
    )
    return f"; không tính vào mẫu số theo quy định: {number}" + (f" ({told})" if told else "")


def voted(row: Row, tally: Tally, members: str) -> str:
    """Return the counts of one vote, the base they are taken on, and by which rule."""
    out = _left_out(tally.excluded, tally.excluded_by)
    told = (
        f"Biểu quyết: tổng số {members} {tally.official}{out}; được triệu tập {tally.convened}; "
        f"có mặt {tally.present}; tán thành {tally.favour}; không tán thành {tally.against}; "
        f"không hợp lệ {tally.invalid}."
    )
    if row.base is None or row.needed is None:
        return told
    cited = ""
    if row.entry is not None:
        flag = "" if row.entry.settled else "; cần đối chiếu văn bản gốc"
        cited = f" ({wording.cited(row.entry.cite)}{flag})"
    return f"{told} Tính trên {row.base} người, cần {row.needed} tán thành{cited}."


def result(row: Row) -> str:
    """Return the result of one case; of a vote as the exact fraction."""
    if row.said is None or row.said.tally is None:
        return "thống nhất" if row.passed else "không thống nhất"
    if row.base is None:
        # No share decides: what was counted is told as it was, against whom it may be.
        verdict, tally = "thông qua" if row.passed else "không thông qua", row.said.tally
        return f"{verdict}, {tally.favour} tán thành, {tally.against} không tán thành"
    verdict = "đạt" if row.passed else "không đạt"
    return f"{verdict}, {row.said.tally.favour}/{row.base} tán thành"


def fraction(row: Row) -> str:
    """Return what was counted of one case, as short as a cell of a table takes it."""
    if row.said is None or row.said.tally is None:
        return "thống nhất"
    if row.base is None:
        return f"{row.said.tally.favour} tán thành"
    return f"{row.said.tally.favour}/{row.base}"


def bases(row: Row, step: Step, house: House, on: date) -> list[str]:
    """
    Return what a resolution rests on: the charter, then what the rules name and binds here.

    A text that was signed after the meeting, or that another province issued, is no basis.
    """
    rule = row.walk.book.catalogue.turn(step) or row.walk.book.step(step, row.walk.branches)
    cites = [rule.cite] + ([row.entry.cite] if row.entry is not None else [])
    case = row.walk.road.case.at(on)
    told = {
        wording.cited(cite) + ("" if cite.settled else " (cần đối chiếu văn bản gốc)"): None
        for cite in cites
        if cite.signed_on <= on
        and any(sign.isdigit() for sign in cite.number)
        and _binds(cite, case.scopes)
    }
    return [_CHARTERS[house], *told]


def _binds(cite: Citation, scopes: Iterable[str]) -> bool:
    """Tell whether a text is of the centre of the Party or the Union, or of the own province."""
    if cite.number.endswith(_CENTRAL):
        return True
    issuer = names.search_key(cite.issuer)
    places = (scope.partition(":")[2].replace("-", " ") for scope in scopes)
    return any(place and place in issuer for place in places)
