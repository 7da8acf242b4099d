"""
Writes a directive as a Word file an office can still edit: a letter, or a paper with a kind.

The same paper gives the same bytes. The papers with a kind of Party and Union are those of
``body_render``; here stand the layout of the State, and the letter (công văn) of every house, which
bears its subject under its number and no kind.

Source:
    State: Decree 30/2020/NĐ-CP, Appendix I. Party: 36-HD/VPTW (2018), read in papers that
    follow it; Union: read in papers of Unions.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date, datetime, time

import docx
from docx.document import Document

from donghanh.documents import archive, body_render, fitting, template_styles, wording
from donghanh.documents import styles as s
from donghanh.documents.body_papers import BodyPaper, Hand, House, Text
from donghanh.documents.body_render import Pen
from donghanh.documents.template_styles import Look

#: What stands under the number of a letter.
RE = "DH V/v"
_LOOKS = {RE: Look(13)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """
    One directive.

    Attributes:
        house: Whose layout; ``None`` for the State's.
        superior: The body above; empty where there is none.
        issuer: The issuing body, as it was called on the day.
        number: With a nought before it where it needs one; ``""`` leaves a blank.
        symbol: What stands beside the number.
        place: Of issue.
        day: Of issue; ``None`` leaves blanks.
        kind: "Kế hoạch"; empty for a letter.
        subject: What it is about.
        addressees: Who is written to; none on papers that stand for themselves.
        paragraphs: The text, one entry a paragraph.
        hand: Who signs.
        recipients: Under "Nơi nhận".
        simulated: Of invented people.
    """

    house: House | None
    superior: str
    issuer: str
    number: str
    symbol: str
    place: str
    day: date | None
    kind: str
    subject: str
    addressees: tuple[str, ...]
    paragraphs: tuple[str, ...]
    hand: Hand
    recipients: tuple[str, ...]
    simulated: bool = False


def letter(paper: Letter) -> bytes:
    """
    Return a directive as an editable .docx.

    Args:
        paper: What stands on it.

    Returns:
        Equal bytes for equal papers.
    """
    if paper.house is not None and paper.kind:
        return body_render.body_paper(_body_paper(paper))
    document = docx.Document()
    looks = {**body_render.LOOKS, **_LOOKS} if paper.house else _LOOKS
    template_styles.prepare(document, looks, simulated=paper.simulated)
    pen = Pen(document)
    if paper.house is None:
        _state_head(pen, paper)
    else:
        body_render.head(pen, _body_paper(paper))
        _re(pen, paper)
    _title(pen, paper)
    if paper.addressees:
        pen.line(s.ADDRESSEE, "Kính gửi: " + "; ".join(map(wording.clean, paper.addressees)))
    for paragraph in paper.paragraphs:
        pen.line(s.BODY, wording.clean(paragraph))
    body_render.end_text(document)
    body_render.foot(pen, (paper.hand,), paper.recipients)
    _fit(document, paper)
    _describe(document, paper)
    template_styles.drop_thumbnail(document)
    file = io.BytesIO()
    document.save(file)
    return archive.settled(file.getvalue())


def _body_paper(paper: Letter) -> BodyPaper:
    """Return a paper of Party or Union; addressees stand as its first line."""
    to = "; ".join(map(wording.clean, paper.addressees))
    texts = (*((f"Kính gửi: {to}",) if to and not paper.kind else ()), *paper.paragraphs)
    return BodyPaper(
        house=paper.house or House.PARTY,
        superior=paper.superior,
        issuer=paper.issuer,
        number=paper.number,
        symbol=paper.symbol,
        place=paper.place,
        day=paper.day,
        kind=paper.kind,
        subject=paper.subject,
        blocks=tuple(Text(one) for one in texts),
        hands=(paper.hand,),
        recipients=paper.recipients,
        simulated=paper.simulated,
    )


def _state_head(pen: Pen, paper: Letter) -> None:
    table = body_render.new_table(pen.document, s.TABLE_HEAD, 2, s.HEAD_COLUMNS)
    left, right = table.rows[0].cells
    above = ((s.SUPERIOR, wording.capitals(paper.superior)),) if paper.superior else ()
    pen.cell(left, (*above, (s.ISSUER, wording.capitals(paper.issuer)), (s.RULE_SHORT, "")))
    pen.cell(
        right,
        ((s.TITLE_OF_STATE, s.NATIONAL_TITLE), (s.TITLE_MOTTO, s.MOTTO), (s.RULE_FULL, "")),
    )
    left, right = table.rows[1].cells
    number = f"Số: {wording.paper_number(paper.number)}/{wording.clean(paper.symbol)}"
    subject = () if paper.kind else ((RE, f"V/v {wording.within_sentence(paper.subject)}"),)
    pen.cell(left, ((s.NUMBER, number), *subject))
    pen.cell(right, ((s.PLACE, wording.place_and_day(paper.place, paper.day)),))


def _re(pen: Pen, paper: Letter) -> None:
    """Write the subject of a letter of Party or Union under its number."""
    cell = pen.document.tables[0].rows[1].cells[0]
    pen.append(cell, RE, f"V/v {wording.within_sentence(paper.subject)}")


def _title(pen: Pen, paper: Letter) -> None:
    if not paper.kind:
        return
    pen.line(s.KIND, wording.capitals(paper.kind))
    pen.line(s.SUBJECT, wording.subject_line(paper.subject))
    pen.line(s.RULE_SHORT)


def _fit(document: Document, paper: Letter) -> None:
    """Make the rules under issuer, motto and subject as long as the layout wants them."""
    columns = s.HEAD_COLUMNS if paper.house is None else body_render.HEAD_COLUMNS
    for cell, width in zip(document.tables[0].rows[0].cells, columns, strict=True):
        for above, rule in zip(cell.paragraphs, cell.paragraphs[1:], strict=False):
            fitting.fit_rule(above, rule, width)
    for above, rule in zip(document.paragraphs, document.paragraphs[1:], strict=False):
        fitting.fit_rule(above, rule, s.TEXT_WIDTH)


def _describe(document: Document, paper: Letter) -> None:
    """Write the file's properties out of the paper, never out of the clock or the machine."""
    core = document.core_properties
    core.title = wording.clean(paper.subject)[:255]
    core.author = core.last_modified_by = wording.clean(paper.issuer)[:255]
    core.comments = s.SIMULATED if paper.simulated else ""
    if paper.day is not None:
        core.created = core.modified = datetime.combine(paper.day, time())
    core.revision, core.language = 1, "vi-VN"
