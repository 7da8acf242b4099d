"""A workbook somebody made comes back filled: layout and formulas as they were, text stays text."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
import xlsxwriter

from donghanh.documents import filling, sealing
from donghanh.domain.errors import RuleError
from donghanh.lib import packages
from donghanh.lib.unreadable import Broken, Macros, TextLayerError, TooLarge, UnsupportedKind

VALUES: filling.Values = {
    "held": 7,
    "don_vi": "=HYPERLINK(1)",
    "ngay_chot": date(2024, 6, 9),
    "cot_held": [3, None, 4],
    "trong": None,
}


def _book(names: Mapping[str, str]) -> bytes:
    """Return a workbook with a format, a formula and named cells."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet("Biểu số 1")
        red = book.add_format({"bold": True, "bg_color": "#ff0000"})
        sheet.write("A1", "BIỂU MẪU", red)
        sheet.write("B2", 0, red)
        sheet.write_formula("B9", "=B2*2", red, 0)
        sheet.write("D4", "cũ")
        for name, place in names.items():
            book.define_name(name, f"='Biểu số 1'!{place}")
    return file.getvalue()


def _parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _cell(data: bytes, address: str) -> Any:
    tree = packages.parsed(_parts(data)["xl/worksheets/sheet1.xml"], "")
    return tree.find(f".//{{*}}c[@r='{address}']")


class TestFilled:
    def test_puts_values_into_named_cells_and_keeps_their_format(self) -> None:
        book = _book({"donghanh_held": "$B$2", "donghanh_ngay_chot": "$F$12"})
        done = filling.filled(book, VALUES)
        assert filling.values_in(done) == {"held": "7", "ngay_chot": "45452"}  # 9/6/2024 in Excel
        assert _cell(done, "B2").get("s") == _cell(book, "B2").get("s")

    def test_changes_no_part_but_the_sheet_and_the_head_of_the_workbook(self) -> None:
        book = _book({"donghanh_held": "$B$2"})
        before, after = _parts(book), _parts(filling.filled(book, VALUES))
        changed = {name for name in before if before[name] != after[name]}
        assert changed == {"xl/worksheets/sheet1.xml", "xl/workbook.xml"}
        assert set(after) == set(before)
        assert b'fullCalcOnLoad="1"' in after["xl/workbook.xml"]

    def test_never_touches_a_formula(self) -> None:
        done = filling.filled(_book({"donghanh_held": "$B$9"}), VALUES)
        assert _cell(done, "B9").findtext("{*}f") == "B2*2"

    def test_keeps_text_that_looks_like_a_formula_as_text(self) -> None:
        done = filling.filled(_book({"donghanh_don_vi": "$A$3"}), VALUES)
        assert _cell(done, "A3").get("t") == "inlineStr"
        assert _cell(done, "A3").find("{*}f") is None

    def test_goes_down_a_column_and_empties_what_is_left_over(self) -> None:
        done = filling.filled(_book({"donghanh_cot_held": "$D$2:$D$5"}), VALUES)
        said = [_cell(done, f"D{row}").findtext("{*}v") for row in range(2, 6)]
        assert said == ["3", None, "4", None]

    def test_gives_equal_bytes_for_equal_values(self) -> None:
        book = _book({"donghanh_held": "$B$2"})
        assert filling.filled(book, VALUES) == filling.filled(book, VALUES)

    def test_carries_the_seal_inside(self) -> None:
        done = filling.filled(_book({"donghanh_held": "$B$2"}), VALUES, '{"a":1}')
        found = sealing.seal_in(packages.opened(done, {sealing.WORKBOOK}, ""))
        assert found is not None
        assert (found.content, found.holds) == ('{"a":1}', True)

    @pytest.mark.parametrize(
        ("refusal", "names"),
        [
            (filling.NoNames, {}),
            (filling.NoNames, {"ten_khac": "$B$2"}),
            (filling.UnknownName, {"donghanh_khong_co": "$B$2"}),
            (filling.BadPlace, {"donghanh_held": "$B$2:$C$3"}),
            (filling.TooShort, {"donghanh_cot_held": "$D$2:$D$3"}),
        ],
    )
    def test_refuses_names_it_cannot_fill(
        self, refusal: type[RuleError], names: dict[str, str]
    ) -> None:
        with pytest.raises(refusal):
            filling.filled(_book(names), VALUES)

    @pytest.mark.parametrize(
        ("refusal", "data"),
        [
            (Broken, b"PK\x03\x04 cut off"),
            (Broken, b"no archive"),
            (TooLarge, b"0" * (packages.LONGEST + 1)),
            (UnsupportedKind, packages.packed({"[Content_Types].xml": b"<a/>", "a.exe": b"MZ"})),
            (
                Macros,
                packages.packed(
                    {
                        "[Content_Types].xml": b"<a/>",
                        "xl/workbook.xml": b"<a/>",
                        "xl/vbaProject.bin": b"x",
                    }
                ),
            ),
        ],
    )
    def test_refuses_what_is_no_plain_workbook(
        self, refusal: type[TextLayerError], data: bytes
    ) -> None:
        with pytest.raises(refusal):
            filling.filled(data, VALUES)

    def test_refuses_a_document_type_and_what_unpacks_to_too_much(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        parts = _parts(_book({"donghanh_held": "$B$2"}))
        doctype = b'<!DOCTYPE a [<!ENTITY b "c">]>'
        told = {**parts, "xl/workbook.xml": doctype + parts["xl/workbook.xml"]}
        with pytest.raises(TextLayerError):
            filling.filled(packages.packed(told), VALUES)
        monkeypatch.setattr(packages, "UNPACKED", 100)
        with pytest.raises(TextLayerError):
            filling.filled(packages.packed(parts), VALUES)
