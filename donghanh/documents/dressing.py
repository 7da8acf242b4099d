"""
Dresses a report in the layout of the Party or the Union.

The templates are laid out as papers of the State are. Head, title and foot are put in their place
by those who write all other papers of a body (``body_render``); the text, the tables and the
appendices stay as the template has them.

Source:
    See ``body_render``.
"""

from __future__ import annotations

from docx.document import Document
from docx.table import Table

from donghanh.documents import body_render, fitting, template_styles
from donghanh.documents import styles as s
from donghanh.documents.body_papers import BodyPaper, Hand
from donghanh.documents.body_render import Pen
from donghanh.documents.houses import House
from donghanh.documents.papers import ConsolidatedReport, SchoolReport


def dress(document: Document, paper: SchoolReport | ConsolidatedReport) -> None:
    """
    Put head, title and foot of the paper's house in place of those of the State.

    Args:
        document: The filled template; changed in place. A paper of the State stays as it is.
        paper: What stands on it.
    """
    if paper.house is None:
        return
    template_styles.add_looks(document, body_render.LOOKS)
    pen = Pen(document)
    own = _own(paper, paper.house)
    _replace(document, s.TABLE_HEAD, body_render.head(pen, own))
    _retitle(document, pen, paper.house)
    _replace(document, s.TABLE_FOOT, body_render.foot(pen, own.hands, own.recipients))


def _own(paper: SchoolReport | ConsolidatedReport, house: House) -> BodyPaper:
    head, signing = paper.letterhead, paper.signing
    above = tuple(line for line in (signing.authority or "", signing.title) if line)
    return BodyPaper(
        house=house,
        superior=head.superior,
        issuer=head.issuer,
        number=head.number,
        symbol=head.symbol,
        place=head.place,
        day=head.day,
        kind="Báo cáo",
        subject=paper.subject,
        blocks=(),
        hands=(Hand(above, signing.name),),
        recipients=paper.recipients,
    )


def _replace(document: Document, caption: str, made: Table) -> None:
    """Put a table that was written at the end in place of the one with a caption."""
    old = next(
        table
        for table in document.tables
        if fitting.caption(table) == caption and table._tbl is not made._tbl
    )
    old._tbl.addprevious(made._tbl)
    old._tbl.getparent().remove(old._tbl)


def _retitle(document: Document, pen: Pen, house: House) -> None:
    """Set kind and subject as the house does, with what it writes under the subject."""
    paragraphs = document.paragraphs
    names = [one.style.name if one.style else "" for one in paragraphs]
    place = names.index(s.KIND)
    pen.restyle(paragraphs[place], body_render.KIND)
    under = body_render.DASHES if house is House.PARTY else ""
    pen.restyle(paragraphs[place + 2], body_render.UNDER, under)
