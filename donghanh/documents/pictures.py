"""The appendix of charts at the end of a paper: each with its title above and what it tells."""

from __future__ import annotations

from collections.abc import Sequence

from docx.document import Document
from docx.enum.text import WD_BREAK

from donghanh.documents import styles
from donghanh.lib import wordcharts
from donghanh.lib.charts import Chart

_APPENDIX = "Phụ lục IV"
_TITLE = "BIỂU ĐỒ"
_NOTE = (
    "Biểu đồ vẽ từ chính số liệu ở các phụ lục trên; trong Word, mở dữ liệu của biểu đồ để xem số."
)


def add(document: Document, charts: Sequence[Chart]) -> None:
    """
    Add an appendix with charts to the end of a document; none where there is no chart.

    Args:
        document: The paper, filled.
        charts: In the order they are shown; a long one is parted over several pictures.
    """
    if not charts:
        return
    head = document.add_paragraph(style=styles.APPENDIX)
    head.add_run().add_break(WD_BREAK.PAGE)
    head.add_run(_APPENDIX)
    document.add_paragraph(_TITLE, style=styles.APPENDIX_TITLE)
    document.add_paragraph(style=styles.RULE_SHORT)
    document.add_paragraph(_NOTE, style=styles.NOTE)
    number = 0
    for chart in charts:
        parts = wordcharts.pieces(chart)
        for place, part in enumerate(parts, start=1):
            number += 1
            told = f" ({place}/{len(parts)})" if len(parts) > 1 else ""
            title = document.add_paragraph(style=styles.HEADING)
            title.add_run(f"{number}. {chart.title}{told}")
            title.paragraph_format.keep_with_next = True
            drawn = document.add_paragraph(style=styles.CELL)
            drawn.paragraph_format.keep_with_next = True
            wordcharts.draw(document, drawn, part, number)
            document.add_paragraph(chart.desc, style=styles.NOTE)
