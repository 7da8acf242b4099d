"""The table of contents of one dossier, as the sheet that lies on top of it."""

from __future__ import annotations

from datetime import date

from donghanh.documents.body_papers import Block, BodyPaper, Grid, Hand, Heading, House, Text
from donghanh.domain import dossier_contents
from donghanh.domain.authority import Actor
from donghanh.domain.dossier_contents import ContentsRow
from donghanh.domain.rights import Right
from donghanh.domain.structure import Line, UnitKind
from donghanh.dossiers import queries as dossiers
from donghanh.lib import days
from donghanh.organisation import queries as organisation

#: The three parts of the official order.
_PARTS = {
    "a": "A. Khi xem xét kết nạp",
    "b": "B. Khi chi bộ đã đồng ý kết nạp",
    "c": "C. Khi công nhận chính thức",
}


def contents_paper(actor: Actor, dossier_id: int, today: date) -> BodyPaper:
    """
    Return the table of contents of a dossier: what lies in it, in the official order.

    Args:
        actor: Who takes it.
        dossier_id: The dossier.
        today: The day (Asia/Ho_Chi_Minh).

    Raises:
        Dossier.DoesNotExist: Unknown, or not visible to the actor.

    Source:
        38-HD/BTCTW, II.1.1: the order, and that a dossier bears such a sheet.
    """
    walk = dossiers.walk(actor, dossier_id, today)
    found = dossier_contents.contents(walk.road.acts, walk.road.case, walk.book, today)
    person, school = walk.dossier.person, walk.dossier.school_id
    cell = organisation.hosted_at(school, UnitKind.CELL, today)
    own = organisation.known_as([cell], today).get(cell) if cell else None
    above = organisation.parent_of(cell, Line.PARTY, today) if cell else None
    known = organisation.known_as([above], today) if above else {}
    superior = own.superior if own and own.superior else ""
    signer = organisation.signer_of(cell, today, Right.RECORD_ACTS) if cell else None
    blocks: list[Block] = [
        Text(f"Họ và tên: {person.full_name}, sinh ngày {days.day(person.birth_date)}."),
    ]
    number = 0
    for part, title in _PARTS.items():
        rows = [row for row in found.rows if row.place[0] == part]
        if rows:
            blocks += [Heading(title), _grid(rows, number)]
            number += len(rows)
    blocks.append(Text(f"Hồ sơ gồm {number} tài liệu."))
    return BodyPaper(
        house=House.PARTY,
        superior=superior or next((unit.name for unit in known.values()), ""),
        issuer=own.name if own else "",
        number="",
        symbol="ML/CB",
        place=own.place if own else "",
        day=today,
        kind="Mục lục",
        subject="Tài liệu trong hồ sơ",
        blocks=tuple(blocks),
        hands=(Hand(("T/M CHI BỘ", "BÍ THƯ"), signer.name if signer else ""),),
        recipients=("Lưu hồ sơ",),
        simulated=walk.dossier.simulated,
    )


def _grid(rows: list[ContentsRow], before: int) -> Grid:
    return Grid(
        heads=("STT", "Tên tài liệu", "Mẫu", "Số", "Ngày", "Ghi chú"),
        widths=(13, 58, 23, 26, 26, 19),
        rows=tuple(
            (
                str(place),
                row.title_vi,
                row.form,
                row.act.paper_number,
                days.day(row.act.on),
                "đã thay" if row.replaced else "",
            )
            for place, row in enumerate(rows, start=before + 1)
        ),
        centred=(0, 2, 3, 4),
    )
