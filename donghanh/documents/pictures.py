"""The appendix of charts at the end of a paper: each with its title above and what it tells."""

from __future__ import annotations

from collections.abc import Sequence

from docx.document import Document
from docx.enum.text import WD_BREAK
from docx.table import _Cell

from donghanh.documents import body_render, styles, template_styles, wording
from donghanh.lib import wordcharts
from donghanh.lib.charts import Chart, Tile, TileMap

_APPENDIX = "Phụ lục IV"
#: Units beside each other, and millimetres of each.
_TILES_A_ROW, _TILE = 5, 33
#: A map of no more rows stays on one page.
_ROWS_TOGETHER = 7
#: Shades a copy in black and white tells apart, with black letters on each.
_SHADES = {"done": "BFBFBF", "near": "E7E7E7"}
_SIGNS = {"done": "●", "near": "▲", "waiting": "○", "late": "◆"}
_LEGEND = "Ô xám đậm (●): đạt chỉ tiêu; xám nhạt (▲): đang thực hiện; trắng (○): chưa có kết quả."
_TITLE = "BIỂU ĐỒ"
_NOTE = (
    "Biểu đồ vẽ từ chính số liệu ở các phụ lục trên; trong Word, mở dữ liệu của biểu đồ để xem số."
)


def add(document: Document, charts: Sequence[Chart], tiles: TileMap | None = None) -> None:
    """
    Add an appendix with charts to the end of a document; none where there is no chart.

    Args:
        document: The paper, filled.
        charts: In the order they are shown; a long one is parted over several pictures.
        tiles: Units as tiles, after the charts.
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
    if tiles is not None:
        _tiles(document, tiles, number + 1)


def _tiles(document: Document, tiles: TileMap, number: int) -> None:
    """Write a map of tiles as a table: shade, sign and word say the same of each unit."""
    title = document.add_paragraph(f"{number}. {tiles.title}", style=styles.HEADING)
    title.paragraph_format.keep_with_next = True
    legend = document.add_paragraph(_LEGEND, style=styles.NOTE)
    legend.paragraph_format.keep_with_next = True
    widths = (_TILE,) * _TILES_A_ROW
    rows = [
        (place, group[start : start + _TILES_A_ROW])
        for place, group in tiles.groups
        for start in range(0, len(group), _TILES_A_ROW)
    ]
    table = body_render.new_table(document, styles.TABLE_TILES, 1 + len(rows), widths)
    template_styles.rule_table(table)
    head = table.rows[0].cells[0].merge(table.rows[0].cells[-1])
    head.paragraphs[0].add_run(tiles.desc)
    head.paragraphs[0].style = styles.CELL
    for row, (place, group) in zip(table.rows[1:], rows, strict=True):
        for cell, tile in zip(row.cells, group, strict=False):
            _tile(cell, tile, place)
    if len(rows) <= _ROWS_TOGETHER:
        for row in table.rows[:-1]:
            for cell in row.cells:
                for line in cell.paragraphs:
                    line.paragraph_format.keep_with_next = True
    document.add_paragraph(style=styles.NOTE)


def _tile(cell: _Cell, tile: Tile, place: str) -> None:
    name, count, word = cell.paragraphs[0], cell.add_paragraph(), cell.add_paragraph()
    for line, text in (
        (name, wording.clean(tile.label)),
        (count, tile.text),
        (word, f"{_SIGNS.get(tile.state, '')} {tile.word}".strip()),
    ):
        line.style = styles.CELL
        line.add_run(text)
        template_styles.centre(line)
    count.runs[0].bold = True
    if place:
        name.runs[0].text += f" ({wording.clean(place)})"
    template_styles.shade(cell, _SHADES.get(tile.state, "FFFFFF"))
