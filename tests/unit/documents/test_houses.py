"""Reports in the layouts of State, Party and Union: one text, three heads, titles and feet."""

from __future__ import annotations

import io
from typing import Any

import docx
import pytest
from docx.document import Document
from docx.table import Table
from docx.text.paragraph import Paragraph

from donghanh.documents import body_layout, body_render, fitting, layout, papers, render, styles
from donghanh.documents.houses import House
from donghanh.lib.charts import Chart, Form, Series, Tile, TileMap
from tests.unit.documents import samples

HEADS = {
    House.PARTY: papers.Letterhead(
        "Đảng ủy các cơ quan Đảng tỉnh Mẫu Sơn",
        "Chi bộ Trường THPT chuyên Nguyễn Văn Mẫu",
        "7",
        "BC/CB",
        "Mẫu Sơn",
        None,
    ),
    House.UNION: papers.Letterhead(
        "Đoàn Khối các cơ quan và doanh nghiệp tỉnh Mẫu Sơn",
        "Đoàn Trường THPT chuyên Nguyễn Văn Mẫu",
        "7",
        "BC/ĐTN",
        "Mẫu Sơn",
        None,
    ),
}
SIGNS = {
    House.PARTY: papers.Signing("T/M CHI BỘ", "Bí thư", "Lê Thị Mô Phỏng"),
    House.UNION: papers.Signing("TM. BAN CHẤP HÀNH", "Bí thư", "Lê Thị Mô Phỏng"),
}
ROAD = Chart("a", "Con đường", "Từng bước.", Form.FUNNEL, "Bước", ("A",), (Series("n", (1,)),))
HOUSES = pytest.mark.parametrize("house", list(House))


def of(house: House) -> dict[str, Any]:
    return {"house": house, "letterhead": HEADS[house], "signing": SIGNS[house]}


def opened(data: bytes) -> Document:
    return docx.Document(io.BytesIO(data))


def captions(document: Document) -> list[str]:
    return [fitting.caption(table) for table in document.tables]


def text(document: Document) -> list[str]:
    """Return the lines between the head and the foot, after kind, subject and what is under it."""
    lines: list[str] = []
    for block in document.iter_inner_content():
        if isinstance(block, Paragraph):
            lines.append(block.text)
        elif fitting.caption(block) == styles.TABLE_FOOT:
            break
    return [line for line in lines if line.strip() and line != body_render.DASHES]


def tiles(count: int) -> TileMap:
    made = [
        Tile(
            f"THPT Mẫu số {one}",
            f"{one}/{one + 1}",
            "0%",
            ("done", "near", "waiting")[one % 3],
            "đạt",
        )
        for one in range(count)
    ]
    return TileMap(
        "t", "Kết quả", "Mỗi ô là một đơn vị.", ("a", "b", "c"), (("Mẫu Sơn", tuple(made)),)
    )


def tile_table(document: Document) -> Table:
    return next(one for one in document.tables if fitting.caption(one) == styles.TABLE_TILES)


class TestHouse:
    @HOUSES
    def test_is_kept_by_a_schools_report_and_by_a_consolidated_one(self, house: House) -> None:
        assert body_layout.check(render.school_report(samples.school(**of(house))), house) == ()
        whole = samples.consolidated(12, charts=(ROAD,), tiles=tiles(7), **of(house))
        assert body_layout.check(render.consolidated_report(whole), house) == ()

    @HOUSES
    def test_has_the_same_text_and_tables_as_the_states(self, house: House) -> None:
        state = opened(render.school_report(samples.school()))
        name = samples.school().letterhead.issuer
        other = opened(
            render.school_report(
                samples.school(
                    house=house, letterhead=samples.school().letterhead, signing=SIGNS[house]
                )
            )
        )
        assert text(other) == text(state)
        assert captions(other) == captions(state)
        assert any(name in line for line in text(other))

    @HOUSES
    def test_names_itself_once_and_never_the_state(self, house: House) -> None:
        document = opened(render.school_report(samples.school(**of(house))))
        head = "\n".join(cell.text for row in document.tables[0].rows for cell in row.cells)
        assert head.count(body_render.NAMES[house]) == 1
        assert styles.NATIONAL_TITLE not in head
        assert {House.PARTY: "Số 07-BC/CB", House.UNION: "Số: 07-BC/ĐTN"}[house] in head
        reference = [line.text for line in document.paragraphs if line.text.startswith("(Kèm")]
        number = {House.PARTY: "07-BC/CB", House.UNION: "07-BC/ĐTN"}[house]
        assert reference and all(number in line for line in reference)

    @HOUSES
    def test_gives_equal_bytes_for_equal_papers(self, house: House) -> None:
        paper = samples.consolidated(3, tiles=tiles(3), charts=(ROAD,), **of(house))
        assert render.consolidated_report(paper) == render.consolidated_report(paper)


class TestBesideTheTemplate:
    def test_a_note_stands_under_the_units_and_explanations_after_the_missing(self) -> None:
        paper = samples.consolidated(
            3, notes=("Dấu “ẩn”: được che.",), explanations=("Kết nạp: 9, năm trước 2. Thêm lớp.",)
        )
        data = render.consolidated_report(paper)
        assert layout.check(data) == ()
        document = opened(data)
        units = next(one for one in document.tables if fitting.caption(one) == styles.TABLE_UNITS)
        below = units._tbl.getnext()
        assert Paragraph(below, document).text == "Dấu “ẩn”: được che."
        written = [line.text for line in document.paragraphs]
        assert written[-2:] == [
            "Giải trình các chênh lệch",
            "1. Kết nạp: 9, năm trước 2. Thêm lớp.",
        ]

    def test_a_result_that_is_hidden_has_no_share(self) -> None:
        rows = (papers.UnitRow("Trường A", "Đã duyệt", ("≤ 4",), 2, "≤ 4"),)
        paper = samples.consolidated(columns=("Kết nạp",), units=rows, totals=(2,))
        found = opened(render.consolidated_report(paper)).tables
        targets = next(one for one in found if fitting.caption(one) == styles.TABLE_TARGETS)
        assert [cell.text for cell in targets.rows[1].cells] == ["1", "Trường A", "2", "≤ 4", "–"]

    @pytest.mark.parametrize("count", [2, 5, 11])
    def test_tiles_stand_one_a_unit_told_apart_without_colour(self, count: int) -> None:
        document = opened(
            render.consolidated_report(samples.consolidated(3, charts=(ROAD,), tiles=tiles(count)))
        )
        table = tile_table(document)
        cells = [cell for row in table.rows[1:] for cell in row.cells if cell.text.strip()]
        assert len(cells) == count
        signs = {cell.paragraphs[2].text[0] for cell in cells}
        shades = {
            cell.paragraphs[2].text[0]: cell._tc.xpath("w:tcPr/w:shd/@w:fill") for cell in cells
        }
        assert signs <= {"●", "▲", "○"}
        assert shades["●"] == ["BFBFBF"]
        assert shades["▲"] == ["E7E7E7"]
        assert [cell.paragraphs[1].text for cell in cells] == [
            f"{one}/{one + 1}" for one in range(count)
        ]
        assert layout.check(render.consolidated_report(samples.consolidated(3))) == ()
