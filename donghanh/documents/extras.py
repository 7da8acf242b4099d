"""What a consolidated report says beside its template: notes under a table, explanations."""

from __future__ import annotations

from docx.document import Document

from donghanh.documents import fitting, wording
from donghanh.documents import styles as s
from donghanh.documents.papers import ConsolidatedReport

_EXPLAINED = "Giải trình các chênh lệch"


def add(document: Document, paper: ConsolidatedReport) -> None:
    """
    Write the notes of a paper under its table of units, and its explanations at the end.

    Args:
        document: The filled template; one without notes and explanations stays as it is.
        paper: What stands on it.
    """
    units = [table for table in document.tables if fitting.caption(table) == s.TABLE_UNITS]
    for note in reversed(paper.notes):
        line = document.add_paragraph(wording.clean(note), style=s.NOTE)
        units[-1]._tbl.addnext(line._p)
    if paper.explanations:
        document.add_paragraph(_EXPLAINED, style=s.HEADING)
    for number, said in enumerate(paper.explanations, start=1):
        document.add_paragraph(f"{number}. {wording.clean(said)}", style=s.BODY)
