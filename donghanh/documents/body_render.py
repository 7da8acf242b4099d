"""
Writes a paper of a body of the Party or the Union as a Word file an office can still edit.

The same paper gives the same bytes, as ``render`` does it for the papers of the State.

Source:
    Party: 36-HD/VPTW (2018), read in papers that follow it; Union: read in papers of Unions. How
    sure each of it is, stands in docs/reference/party-and-union-papers.md.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime, time
from itertools import pairwise

import docx
from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.shared import Mm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from donghanh.documents import archive, fitting, template_styles, wording
from donghanh.documents import styles as s
from donghanh.documents.body_papers import (
    Addressee,
    Block,
    BodyPaper,
    Grid,
    Hand,
    Heading,
    House,
    Text,
    reference,
)
from donghanh.documents.template_styles import Look

#: Millimetres of the two columns of the head and of the foot.
HEAD_COLUMNS = (80, 85)
#: The name on the right of the head, by house.
NAMES = {
    House.PARTY: "ĐẢNG CỘNG SẢN VIỆT NAM",
    House.UNION: "ĐOÀN TNCS HỒ CHÍ MINH",
}
#: What stands under the issuing body, by house.
STARS = {House.PARTY: "*", House.UNION: "***"}
#: What stands under the subject of a paper of the Party.
DASHES = "-----"
NAME, STAR, BODY_NUMBER, KIND, UNDER, RESOLVES, LINE = (
    "DH Tên Đảng, Đoàn",
    "DH Dấu sao",
    "DH Số của cấp ủy, Đoàn",
    "DH Tên loại của cấp ủy, Đoàn",
    "DH Gạch dưới trích yếu",
    "DH Quyết nghị",
    "DH Dòng viết tay",
)
LOOKS = {
    NAME: Look(15, bold=True),
    STAR: Look(14),
    BODY_NUMBER: Look(14, before=6),
    KIND: Look(16, bold=True, before=18, keep_next=True),
    UNDER: Look(14, after=6, keep_next=True),
    RESOLVES: Look(14, bold=True, before=12, after=6, keep_next=True),
    LINE: Look(14, align=WD_ALIGN_PARAGRAPH.LEFT, before=6, line=1.1),
}
#: A line to be written on by hand: what is typed on it pushes the dots to the margin.
_TO_THE_MARGIN = "\t"


def body_paper(paper: BodyPaper) -> bytes:
    """
    Return a paper as an editable .docx.

    Args:
        paper: What stands on it.

    Returns:
        Equal bytes for equal papers.
    """
    document = docx.Document()
    template_styles.prepare(document, LOOKS, simulated=paper.simulated)
    tabs = document.styles[LINE].paragraph_format.tab_stops
    tabs.add_tab_stop(Mm(s.TEXT_WIDTH), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
    pen = Pen(document)
    head(pen, paper)
    _title(pen, paper)
    for block in paper.blocks:
        _block(pen, block)
    end_text(document)
    foot(pen, paper.hands, paper.recipients)
    _fit(document)
    _describe(document, paper)
    template_styles.drop_thumbnail(document)
    file = io.BytesIO()
    document.save(file)
    return archive.settled(file.getvalue())


def new_table(document: Document, caption: str, rows: int, widths: tuple[int, ...]) -> Table:
    """Return a new table without borders, its columns as wide as told, in millimetres."""
    table: Table = document.add_table(rows, len(widths))
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    template_styles.prepare_table(table, caption)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)
    return table


class Pen:
    """Writes paragraphs by the name of their style, which the library searches anew each time."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._ids = {style.name: style.style_id for style in document.styles}

    def line(self, style: str, text: str = "") -> Paragraph:
        """Write one paragraph of the text."""
        made = self.document.add_paragraph()
        self._put(made, style, text)
        return made

    def cell(self, cell: _Cell, lines: Sequence[tuple[str, str]]) -> None:
        """Write lines into a cell; the paragraph a cell is born with comes first."""
        for position, (style, text) in enumerate(lines):
            paragraph = cell.paragraphs[0] if position == 0 else cell.add_paragraph()
            self._put(paragraph, style, text)

    def append(self, cell: _Cell, style: str, text: str) -> None:
        """Write one more line into a cell."""
        self._put(cell.add_paragraph(), style, text)

    def restyle(self, paragraph: Paragraph, style: str, text: str = "") -> None:
        """Give a paragraph that is there another style, and more words."""
        self._put(paragraph, style, text)

    def _put(self, paragraph: Paragraph, style: str, text: str) -> None:
        paragraph._p.style = self._ids[style]
        if text:
            paragraph.add_run(text)


def head(pen: Pen, paper: BodyPaper) -> Table:
    """Write the head at the end of the document: bodies, house, number, place and day."""
    table = new_table(pen.document, s.TABLE_HEAD, 2, HEAD_COLUMNS)
    left, right = table.rows[0].cells
    above = ((s.SUPERIOR, wording.capitals(paper.superior)),) if paper.superior else ()
    pen.cell(
        left,
        (*above, (s.ISSUER, wording.capitals(paper.issuer)), (STAR, STARS[paper.house])),
    )
    pen.cell(right, ((NAME, NAMES[paper.house]), (s.RULE_FULL, "")))
    left, right = table.rows[1].cells
    pen.cell(left, ((BODY_NUMBER, number_line(paper)),))
    pen.cell(right, ((s.PLACE, wording.place_and_day(paper.place, paper.day)),))
    return table


def number_line(paper: BodyPaper) -> str:
    """
    Return the line of the number: "Số 38-NQ/CB" of the Party, "Số: 05-NQ/ĐTN" of the Union.

    Args:
        paper: Whose number; blank where it has none yet.
    """
    word = "Số" if paper.house is House.PARTY else "Số:"
    return f"{word} {reference(paper.number, paper.symbol)}"


def _title(pen: Pen, paper: BodyPaper) -> None:
    pen.line(KIND, wording.capitals(paper.kind))
    pen.line(s.SUBJECT, wording.subject_line(paper.subject))
    pen.line(UNDER, DASHES if paper.house is House.PARTY else "")


def _block(pen: Pen, block: Block) -> None:
    if isinstance(block, Grid):
        _grid(pen, block)
        return
    written = pen.line(_style(block), wording.clean(block.text))
    blank = block.blank if isinstance(block, Text) else 0
    if blank:
        written.paragraph_format.keep_with_next = True
    for _ in range(blank):
        pen.line(LINE, _TO_THE_MARGIN)


def _style(block: Heading | Addressee | Text) -> str:
    if isinstance(block, Heading):
        return RESOLVES if block.centred else s.HEADING
    return s.ADDRESSEE if isinstance(block, Addressee) else s.BODY


def _grid(pen: Pen, grid: Grid) -> None:
    if pen.document.paragraphs:
        # A table stands a little off the line it belongs to, and never alone on the next page.
        above = pen.document.paragraphs[-1].paragraph_format
        above.space_after, above.keep_with_next = Pt(4), True
    table = new_table(pen.document, s.TABLE_FIGURES, 1 + len(grid.rows), grid.widths)
    template_styles.rule_table(table)
    for position, (row, texts) in enumerate(zip(table.rows, (grid.heads, *grid.rows), strict=True)):
        style = s.CELL_HEAD if position == 0 else s.CELL
        for column, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
            pen.cell(cell, ((style, wording.clean(text)),))
            if column in grid.centred:
                template_styles.centre(cell.paragraphs[0])


def end_text(document: Document) -> None:
    """Close the last paragraph of the text as papers do, and keep it with the foot."""
    last = [one for one in document.paragraphs if one.text.strip()][-1]
    last.runs[-1].text = last.runs[-1].text.rstrip(". ") + "./."
    last.paragraph_format.keep_with_next, last.paragraph_format.space_after = True, Pt(12)


def foot(pen: Pen, hands: Sequence[Hand], recipients: Sequence[str]) -> Table:
    """Write the foot: whom it goes to, and who signs; two who sign stand side by side."""
    table = new_table(pen.document, s.TABLE_FOOT, 1, HEAD_COLUMNS)
    left, right = table.rows[0].cells
    *others, main = hands
    if others:
        pen.cell(left, _signed(others[0]))
    else:
        lines = wording.recipient_lines(tuple(recipients))
        pen.cell(
            left,
            ((s.RECIPIENTS_TITLE, "Nơi nhận:"), *((s.RECIPIENT, line) for line in lines)),
        )
    pen.cell(right, _signed(main))
    return table


def _signed(hand: Hand) -> tuple[tuple[str, str], ...]:
    above = tuple((s.SIGN_TITLE, wording.capitals(line)) for line in hand.above if line)
    return (*above, (s.SIGN_NAME, wording.clean(hand.name)))


def _fit(document: Document) -> None:
    """Make the rule under the name in the head as long as the name."""
    for cell, width in zip(document.tables[0].rows[0].cells, HEAD_COLUMNS, strict=True):
        pairs: list[tuple[Paragraph, Paragraph]] = list(pairwise(cell.paragraphs))
        for above, rule in pairs:
            fitting.fit_rule(above, rule, width)


def _describe(document: Document, paper: BodyPaper) -> None:
    """Write the file's properties out of the paper, never out of the clock or the machine."""
    core = document.core_properties
    core.title = f"{wording.clean(paper.kind)} {wording.within_sentence(paper.subject)}"[:255]
    core.author = core.last_modified_by = wording.clean(paper.issuer)[:255]
    core.keywords = f"rulebook {wording.clean(paper.rulebook_version)}"[:255]
    core.comments = s.SIMULATED if paper.simulated else ""
    if paper.day is not None:
        core.created = core.modified = datetime.combine(paper.day, time())
    core.revision, core.language = 1, "vi-VN"
