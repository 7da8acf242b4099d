"""The workbook is read as the parts of its zip: what Excel itself will see."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from datetime import date
from fractions import Fraction

import pytest

from donghanh.lib import spreadsheet


def part(data: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        return book.read(name).decode()


def sheet(data: bytes) -> str:
    return part(data, "xl/worksheets/sheet1.xml")


class TestWorkbook:
    def test_keeps_numbers_as_numbers_and_text_as_text(self) -> None:
        data = spreadsheet.workbook("Đơn vị", ["Tên", "Số"], [["Trường A", 12], ["007", 0]])
        cells = sheet(data)
        assert "<v>12</v>" in cells
        assert re.search(r'<c r="B3"[^>]*><v>0</v>', cells)
        assert re.search(r'<c r="A3"[^>]*t="inlineStr"><is><t>007</t>', cells)

    @pytest.mark.parametrize(
        "typed", ["=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0", "http://x.example"]
    )
    def test_never_makes_a_formula_or_a_link_of_text(self, typed: str) -> None:
        data = spreadsheet.workbook("A", ["Tên"], [[typed]])
        assert "<f>" not in sheet(data)
        assert "hyperlink" not in sheet(data)
        assert re.search(r'<c r="A2"[^>]*t="inlineStr">', sheet(data))

    def test_freezes_and_repeats_the_head(self) -> None:
        data = spreadsheet.workbook("A", ["Tên"], [])
        assert 'state="frozen"' in sheet(data)
        assert 'ySplit="1"' in sheet(data)
        assert "Print_Titles" in part(data, "xl/workbook.xml")

    def test_gives_each_column_its_width(self) -> None:
        data = spreadsheet.workbook("A", [spreadsheet.Column("Đơn vị", 42), "Số"], [])
        widths = [float(width) for width in re.findall(r'<col [^>]*width="([\d.]+)"', sheet(data))]
        assert widths[0] == pytest.approx(42.7, abs=0.1)
        assert widths[1] == pytest.approx(16.7, abs=0.1)

    def test_writes_decomposed_vietnamese_as_nfc_and_drops_control_signs(self) -> None:
        typed = unicodedata.normalize("NFD", "Nguyễn Thị Ẩn") + "\x00\x0b"
        assert "<t>Nguyễn Thị Ẩn</t>" in sheet(spreadsheet.workbook("A", ["Tên"], [[typed]]))

    def test_writes_a_day_and_a_share_as_numbers_with_a_format(self) -> None:
        data = spreadsheet.workbook(
            "A", ["Ngày", "Tỷ lệ"], [[date(2024, 6, 10), Fraction(2, 3)], [None, True]]
        )
        assert "<v>45453</v>" in sheet(data)
        assert "<v>0.6666666666666666</v>" in sheet(data)
        assert "d/m/yyyy" in part(data, "xl/styles.xml")
        assert 'r="A3"' not in sheet(data)

    def test_keeps_a_very_long_text_up_to_what_a_cell_holds(self) -> None:
        found = re.search(
            r"<t>(🌱+)</t>", sheet(spreadsheet.workbook("A", ["Tên"], [["🌱" * 40_000]]))
        )
        assert found is not None
        assert len(found.group(1)) == 16_383

    @pytest.mark.parametrize(
        ("title", "name"),
        [("Báo cáo 2023/2024: [A]", "Báo cáo 2023 2024 A"), ("", "Sheet1"), ("x" * 40, "x" * 31)],
    )
    def test_makes_a_sheet_name_excel_accepts(self, title: str, name: str) -> None:
        book = part(spreadsheet.workbook(title, ["Tên"], []), "xl/workbook.xml")
        assert f'<sheet name="{name}"' in book

    def test_refuses_a_row_of_the_wrong_length(self) -> None:
        with pytest.raises(ValueError, match="row 2 has 1 values for 2 columns"):
            spreadsheet.workbook("A", ["Tên", "Số"], [["a", 1], ["b"]])

    def test_gives_the_same_bytes_for_the_same_rows(self) -> None:
        first = spreadsheet.workbook("A", ["Tên"], [["Trường A"]])
        assert first == spreadsheet.workbook("A", ["Tên"], iter([["Trường A"]]))
