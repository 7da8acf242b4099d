"""
Makes the Word templates, so that they can be reviewed as text and rebuilt.

The words between ``{{ }}`` are filled by ``render``; a clerk may move them, and change all the
text around them, in Word. Run as a module to write the templates again::

    python -m donghanh.documents.build_templates
"""

from __future__ import annotations

import io
from pathlib import Path

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.shared import Mm, Pt
from docx.table import Table, _Cell

from donghanh.documents import archive, template_styles
from donghanh.documents import styles as s

FOLDER = Path(__file__).parent / "templates_docx"
SCHOOL, CONSOLIDATED = "school_report.docx", "consolidated_report.docx"

_NO_FIGURE_NOTE = "Dấu “–”: chưa có số liệu."
_NO_TARGET_NOTE = "Dấu “–”: không giao chỉ tiêu hoặc chưa có số liệu."
_VERSION_NOTE = "Số liệu được tính theo bộ quy định phiên bản {{ rulebook_version }}."


def _add(where: Document | _Cell, style: str, text: str = "") -> None:
    """Write one paragraph; the empty one a cell is born with is used first."""
    if isinstance(where, _Cell) and _is_new(where):
        where.paragraphs[0].style = style
        where.paragraphs[0].add_run(text)
        return
    where.add_paragraph(text, style)


def _is_new(cell: _Cell) -> bool:
    first, *others = cell.paragraphs
    return not others and not first.text and first.paragraph_format.element.pPr is None


def _table(document: Document, caption: str, rows: int, widths: tuple[int, ...]) -> Table:
    table: Table = document.add_table(rows, len(widths))
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    template_styles.prepare_table(table, caption)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)
    return table


def _head(document: Document) -> None:
    table = _table(document, s.TABLE_HEAD, 2, s.HEAD_COLUMNS)
    left, right = table.rows[0].cells
    _add(left, s.SUPERIOR, "{{ superior }}")
    _add(left, s.ISSUER, "{{ issuer }}")
    _add(left, s.RULE_SHORT)
    _add(right, s.TITLE_OF_STATE, s.NATIONAL_TITLE)
    _add(right, s.TITLE_MOTTO, s.MOTTO)
    _add(right, s.RULE_FULL)
    left, right = table.rows[1].cells
    _add(left, s.NUMBER, "Số: {{ number }}/{{ symbol }}")
    _add(right, s.PLACE, "{{ place_and_day }}")


def _body(document: Document) -> None:
    _add(document, s.KIND, "BÁO CÁO")
    _add(document, s.SUBJECT, "{{ subject }}")
    _add(document, s.RULE_SHORT)
    _add(document, s.ADDRESSEE, "{%p if addressee %}")
    _add(document, s.ADDRESSEE, "Kính gửi: {{ addressee }}")
    _add(document, s.ADDRESSEE, "{%p endif %}")
    _add(document, s.BODY, "{%p for paragraph in opening %}")
    _add(document, s.BODY, "{{ paragraph }}")
    _add(document, s.BODY, "{%p endfor %}")
    _add(
        document,
        s.BODY,
        "{{ issuer_name }} báo cáo {{ subject_in_sentence }}, số liệu tính đến {{ cutoff }}, "
        "như sau:",
    )
    _add(document, s.BODY, "{%p for part in parts %}")
    _add(document, s.HEADING, "{{ part.title }}")
    _add(document, s.BODY, "{%p for paragraph in part.paragraphs %}")
    _add(document, s.BODY, "{{ paragraph }}")
    _add(document, s.BODY, "{%p endfor %}")
    _add(document, s.BODY, "{%p endfor %}")
    _add(
        document,
        s.BODY,
        "Trên đây là báo cáo {{ subject_in_sentence }} của {{ issuer_name }}"
        "{% if addressee %}, kính gửi {{ addressee }} xem xét, tổng hợp{% endif %}./.",
    )
    closing = document.paragraphs[-1].paragraph_format
    closing.keep_with_next, closing.space_after = True, Pt(12)


def _foot(document: Document) -> None:
    table = _table(document, s.TABLE_FOOT, 1, s.FOOT_COLUMNS)
    left, right = table.rows[0].cells
    _add(left, s.RECIPIENTS_TITLE, "Nơi nhận:")
    _add(left, s.RECIPIENT, "{%p for recipient in recipients %}")
    _add(left, s.RECIPIENT, "{{ recipient }}")
    _add(left, s.RECIPIENT, "{%p endfor %}")
    _add(right, s.SIGN_TITLE, "{%p if sign_authority %}")
    _add(right, s.SIGN_TITLE, "{{ sign_authority }}")
    _add(right, s.SIGN_TITLE, "{%p endif %}")
    _add(right, s.SIGN_TITLE, "{{ sign_title }}")
    _add(right, s.SIGN_NAME, "{{ sign_name }}")


def _appendix(document: Document, name: str, title: str) -> None:
    _add(document, s.APPENDIX, name)
    _add(document, s.APPENDIX_TITLE, title)
    _add(document, s.APPENDIX_REFERENCE, "(Kèm theo Báo cáo số {{ reference }})")
    _add(document, s.RULE_SHORT)
    _add(document, s.NOTE, "Năm học {{ school_year }}; số liệu tính đến {{ cutoff }}.")


def _fill(table: Table, row: int, texts: tuple[str, ...], *, bold: bool = False) -> None:
    style = s.CELL_HEAD if row == 0 else s.CELL
    for cell, text in zip(table.rows[row].cells, texts, strict=True):
        _add(cell, style, text)
        for run in cell.paragraphs[0].runs:
            run.bold = True if bold or row == 0 else None


def _loop(table: Table, row: int, opening: str, closing: str) -> None:
    _add(table.rows[row].cells[0], s.CELL, opening)
    _add(table.rows[row + 2].cells[0], s.CELL, closing)


def _centre(table: Table, columns: tuple[int, ...]) -> None:
    """Centre the numbers of every row under the head."""
    for row in table.rows[1:]:
        for column in columns:
            template_styles.centre(row.cells[column].paragraphs[0])


def _figures_table(document: Document) -> None:
    table = _table(document, s.TABLE_FIGURES, 4, (14, 93, 26, 32))
    template_styles.rule_table(table)
    _fill(table, 0, ("STT", "Nội dung", "Kết quả", "Ghi chú"))
    _loop(table, 1, "{%tr for row in figures %}", "{%tr endfor %}")
    _fill(table, 2, ("{{ row.order }}", "{{ row.title }}", "{{ row.value }}", "{{ row.note }}"))
    _centre(table, (0, 2))


def _units_table(document: Document) -> None:
    # Four fixed columns and one that repeats between two cells that only hold the loop.
    table = _table(document, s.TABLE_UNITS, 5, (13, 64, 29, 1, 30, 1))
    template_styles.rule_table(table)
    start, end = "{%tc for column in block.columns %}", "{%tc endfor %}"
    _fill(table, 0, ("STT", "Đơn vị", "Tình trạng báo cáo", start, "{{ column }}", end))
    _loop(table, 1, "{%tr for row in block.rows %}", "{%tr endfor %}")
    start = "{%tc for figure in row.figures %}"
    _fill(
        table,
        2,
        ("{{ row.order }}", "{{ row.name }}", "{{ row.status }}", start, "{{ figure }}", end),
    )
    start = "{%tc for figure in block.totals %}"
    _fill(
        table,
        4,
        ("", "Tổng cộng", "{{ reported }}", start, "{{ figure }}", end),
        bold=True,
    )
    _centre(table, (0, 2, 4))


def _targets_table(document: Document) -> None:
    table = _table(document, s.TABLE_TARGETS, 5, (14, 82, 23, 23, 23))
    template_styles.rule_table(table)
    _fill(table, 0, ("STT", "Đơn vị", "Chỉ tiêu giao", "Kết quả thực hiện", "Tỷ lệ"))
    _loop(table, 1, "{%tr for row in targets %}", "{%tr endfor %}")
    _fill(
        table,
        2,
        ("{{ row.order }}", "{{ row.name }}", "{{ row.target }}", "{{ row.result }}",
         "{{ row.rate }}"),
    )  # fmt: skip
    _fill(
        table,
        4,
        ("", "Tổng cộng", "{{ target_total }}", "{{ result_total }}", "{{ rate_total }}"),
        bold=True,
    )
    _centre(table, (0, 2, 3, 4))


def _section(document: Document, *, wide: bool) -> None:
    section = document.add_section(WD_SECTION.NEW_PAGE)
    # The paragraph that carries the break must not push an empty page out of a full one.
    document.paragraphs[-1].paragraph_format.line_spacing = Pt(1)
    width, height = (s.PAGE_HEIGHT, s.PAGE_WIDTH) if wide else (s.PAGE_WIDTH, s.PAGE_HEIGHT)
    section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(width), Mm(height)
    section.different_first_page_header_footer = False


def school_report() -> bytes:
    """
    Return the template of one school's report.

    Returns:
        The bytes of a .docx, the same on every run.
    """
    document = docx.Document()
    template_styles.prepare(document)
    _head(document)
    _body(document)
    _foot(document)
    _section(document, wide=False)
    _appendix(document, "Phụ lục", "BIỂU SỐ LIỆU")
    _figures_table(document)
    _add(document, s.NOTE, f"{_NO_FIGURE_NOTE} {_VERSION_NOTE}")
    return _settled(document)


def consolidated_report() -> bytes:
    """
    Return the template of the report over all units.

    Returns:
        The bytes of a .docx, the same on every run.
    """
    document = docx.Document()
    template_styles.prepare(document)
    _head(document)
    _body(document)
    _foot(document)
    _section(document, wide=True)
    _appendix(document, "Phụ lục I", "SỐ LIỆU THEO TỪNG ĐƠN VỊ")
    _add(document, s.NOTE, "{%p for block in blocks %}")
    _add(document, s.NOTE, "{%p if block.title %}")
    _add(document, s.NOTE, "{{ block.title }}")
    _add(document, s.NOTE, "{%p endif %}")
    _units_table(document)
    _add(document, s.NOTE, "{%p endfor %}")
    _add(document, s.NOTE, f"{_NO_FIGURE_NOTE} {_VERSION_NOTE}")
    _section(document, wide=False)
    _appendix(document, "Phụ lục II", "KẾT QUẢ THỰC HIỆN CHỈ TIÊU")
    _targets_table(document)
    _add(document, s.NOTE, f"{_NO_TARGET_NOTE} {_VERSION_NOTE}")
    _section(document, wide=False)
    _appendix(document, "Phụ lục III", "ĐƠN VỊ CHƯA CÓ TRONG SỐ LIỆU TỔNG HỢP")
    _add(document, s.BODY, "{%p for line in missing %}")
    _add(document, s.BODY, "{{ line }}")
    _add(document, s.BODY, "{%p endfor %}")
    return _settled(document)


def _settled(document: Document) -> bytes:
    template_styles.drop_thumbnail(document)
    file = io.BytesIO()
    document.save(file)
    return archive.settled(file.getvalue())


def write_all(folder: Path = FOLDER) -> None:
    """
    Write every template into a folder.

    Args:
        folder: Must exist; files of the same name are replaced.
    """
    (folder / SCHOOL).write_bytes(school_report())
    (folder / CONSOLIDATED).write_bytes(consolidated_report())


if __name__ == "__main__":
    write_all()
