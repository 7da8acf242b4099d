"""
A chart of counts as Word keeps one: drawn by Word itself, with its numbers in a workbook inside.

Patterns and shades of grey alone, so that a copy in black and white tells the series apart.
"""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from datetime import datetime
from typing import Any

import xlsxwriter
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.shared import Mm
from docx.text.paragraph import Paragraph

from donghanh.lib.charts import Chart, Form
from donghanh.lib.spreadsheet import text

#: Rows of one chart; more go into the next one, so that none is taller than a page.
MOST_ROWS = 24
#: Millimetres: of a bar with its gap, of axis and legend, and how wide a chart is.
_BAR, _REST, WIDTH = 7.0, 26.0, 165.0
_CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_EPOCH = datetime(2000, 1, 1)  # noqa: DTZ001 - a property of the file, without a zone by format
_SHEET = "Số liệu"
_INK = "#404040"
#: How each series is filled, in the order of ``charts.FILLS``.
_FILLS: tuple[dict[str, Any], ...] = (
    {"fill": {"color": _INK}},
    {"pattern": {"pattern": "wide_upward_diagonal", "fg_color": _INK, "bg_color": "#FFFFFF"}},
    {"pattern": {"pattern": "percent_25", "fg_color": _INK, "bg_color": "#FFFFFF"}},
    {"fill": {"color": "#FFFFFF"}},
    {"pattern": {"pattern": "small_grid", "fg_color": _INK, "bg_color": "#FFFFFF"}},
)
_FONT = {"name": "Times New Roman", "size": 10, "color": "#000000"}
_EXTERNAL = b'<c:externalData r:id="rId1"><c:autoUpdate val="0"/></c:externalData>'
#: At the end of a bar stands its count alone; what is not denied here, Word may show beside it.
_VALUE_ALONE = (
    b'<c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/>'
    b'<c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/>'
)
#: A count that is not there is no nought.
_NOTHING = re.compile(rb'<c:pt idx="[0-9]+"><c:v></c:v></c:pt>')
_VISIBLE = b'<c:plotVisOnly val="1"/>'
#: Thousands parted by a point, whatever the language of the machine.
_NUMBER = "[$-42A]#,##0"
_DRAWING = """<w:r xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">
<w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"
 xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">
<wp:extent cx="{width}" cy="{height}"/><wp:effectExtent l="0" t="0" r="0" b="0"/>
<wp:docPr id="{number}" name="Biểu đồ {number}"/><wp:cNvGraphicFramePr/>
<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">
<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart">
<c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"
 xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="{rel}"/>
</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"""


def pieces(chart: Chart) -> tuple[Chart, ...]:
    """Return a chart as several of at most ``MOST_ROWS`` labels, in the same order."""
    count = len(chart.labels)
    return tuple(
        replace(
            chart,
            labels=chart.labels[start : start + MOST_ROWS],
            series=tuple(
                replace(one, values=one.values[start : start + MOST_ROWS]) for one in chart.series
            ),
        )
        for start in range(0, count, MOST_ROWS)
    )


def draw(document: Document, paragraph: Paragraph, chart: Chart, number: int) -> None:
    """
    Put a chart into a paragraph of a document; it can be edited there with its numbers.

    Args:
        document: The document.
        paragraph: Where it stands; what it holds stays.
        chart: At most ``MOST_ROWS`` labels.
        number: From 1, another for each chart of the document.
    """
    drawn, sheet = _made(chart)
    package = document.part.package
    if package is None:  # a part of no package cannot be saved either
        raise ValueError(chart.key)
    book = Part(PackURI(f"/word/embeddings/bieu-do-{number}.xlsx"), _SHEET_TYPE, sheet, package)
    part = Part(PackURI(f"/word/charts/chart{number}.xml"), _CHART_TYPE, drawn, package)
    part.relate_to(book, RELATIONSHIP_TYPE.PACKAGE)
    rel = document.part.relate_to(part, RELATIONSHIP_TYPE.CHART)
    bars = len(chart.labels) * (1 if chart.form in _ONE_BAR else len(chart.series))
    height = _REST + _BAR * max(bars, 2)
    size = {"width": int(Mm(WIDTH)), "height": int(Mm(height))}
    run = parse_xml(_DRAWING.format(number=number, rel=rel, **size))
    run.xpath(".//wp:docPr")[0].set("descr", f"{chart.title}. {chart.desc}")
    paragraph._p.append(run)


_ONE_BAR = frozenset({Form.FUNNEL, Form.STACKED})


def _made(chart: Chart) -> tuple[bytes, bytes]:
    """Return a chart's own XML and the workbook its numbers stand in; equal for equal charts."""
    file = io.BytesIO()
    last = len(chart.labels)
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        book.set_properties({"created": _EPOCH})
        sheet = book.add_worksheet(_SHEET)
        sheet.set_column(0, 0, 44)
        sheet.write_string(0, 0, text(chart.head))
        stacked = chart.form is Form.STACKED
        drawn = book.add_chart({"type": "bar", **({"subtype": "stacked"} if stacked else {})})
        for row, label in enumerate(chart.labels, start=1):
            sheet.write_string(row, 0, text(label))
        for column, one in enumerate(chart.series, start=1):
            sheet.write_string(0, column, text(one.name))
            for row, value in enumerate(one.values, start=1):
                if value or (value is not None and not stacked):  # a part of nought has no room
                    sheet.write_number(row, column, value)
            drawn.add_series(
                {
                    "name": [_SHEET, 0, column],
                    "categories": [_SHEET, 1, 0, last, 0],
                    "values": [_SHEET, 1, column, last, column],
                    "border": {"color": _INK, "width": 0.75},
                    "gap": 60,
                    "data_labels": {
                        "value": True,
                        "num_format": _NUMBER,
                        "font": _FONT | ({"color": "#FFFFFF"} if stacked and column == 1 else {}),
                    },
                    **_FILLS[column - 1],
                }
            )
        _style(drawn, one_series=len(chart.series) == 1)
        sheet.insert_chart(0, len(chart.series) + 2, drawn)
    with zipfile.ZipFile(io.BytesIO(file.getvalue())) as made:
        xml = made.read("xl/charts/chart1.xml")
    xml = _NOTHING.sub(b"", xml.replace(b'<c:showVal val="1"/>', _VALUE_ALONE))
    xml = xml.replace(_VISIBLE, _VISIBLE + b'<c:dispBlanksAs val="gap"/>')
    return xml.replace(b"<c:printSettings>", _EXTERNAL + b"<c:printSettings>"), file.getvalue()


def _style(drawn: Any, *, one_series: bool) -> None:
    """Set axes, legend and frame: plain, in the letters of the paper."""
    drawn.set_y_axis({"reverse": True, "num_font": _FONT, "major_tick_mark": "none"})
    drawn.set_x_axis({"min": 0, "visible": False, "major_gridlines": {"visible": False}})
    drawn.set_title({"none": True})
    drawn.set_legend({"none": True} if one_series else {"position": "top", "font": _FONT})
    drawn.set_chartarea({"border": {"none": True}})
