"""The papers are opened again as Word files and read."""

from __future__ import annotations

import hashlib
import io
import zipfile
from dataclasses import replace
from datetime import date, datetime

import docx
import jinja2
import pytest
from docx.document import Document
from docx.shared import Mm
from docx.table import Table
from docxtpl import DocxTemplate

from donghanh.documents import build_templates, contexts, fitting, layout, papers, render, styles
from tests.unit.documents import samples

NAMES = (
    "Trường {{ 7 * 7 }} {% raw %}",
    'Trường <w:b/> & "A" ]]> </w:t>',
    "Trường " + "rất dài " * 37,
    "Trường" * 50,
)


def opened(data: bytes) -> Document:
    return docx.Document(io.BytesIO(data))


def table(document: Document, caption: str, number: int = 0) -> Table:
    return [known for known in document.tables if fitting.caption(known) == caption][number]


def texts(found: Table) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in found.rows]


def lines(document: Document) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs]


class TestSchoolReport:
    def test_prints_every_figure_and_a_dash_where_nobody_gave_one(self) -> None:
        figures = texts(table(opened(render.school_report(samples.school())), "figures"))
        assert figures[0] == ["STT", "Nội dung", "Kết quả", "Ghi chú"]
        assert [row[2] for row in figures[1:]] == ["1.496", "12", "3", "2", "66,7\xa0%", "–"]
        assert figures[4] == ["4", "Số có quyết định kết nạp", "2", "01 nữ"]

    def test_puts_the_head_in_capitals_and_the_number_and_day_in_place(self) -> None:
        head = opened(render.school_report(samples.school())).tables[0]
        assert head.cell(0, 0).text.split("\n")[:2] == [
            "SỞ GIÁO DỤC VÀ ĐÀO TẠO TỈNH MẪU SƠN",
            "TRƯỜNG THPT CHUYÊN NGUYỄN VĂN MẪU",
        ]
        assert head.cell(0, 1).text.split("\n")[:2] == [styles.NATIONAL_TITLE, styles.MOTTO]
        assert head.cell(1, 0).text == "Số: 09/BC-THPTNVM"
        assert head.cell(1, 1).text == "Mẫu Sơn, ngày 05 tháng 6 năm 2024"

    def test_numbers_the_parts_and_says_so_when_one_is_empty(self) -> None:
        written = lines(opened(render.school_report(samples.school())))
        titles = [line for line in written if line[:2] in ("I.", "II", "IV", "V.")]
        assert titles == [
            f"{number}. {title}"
            for number, title in zip(("I", "II", "III", "IV", "V"), papers.SKELETON, strict=True)
        ]
        assert written[written.index("V. Kiến nghị, đề xuất") + 1] == "Không có nội dung."

    def test_ends_the_text_with_the_closing_sign_once(self) -> None:
        written = lines(opened(render.school_report(samples.school())))
        assert [line[-4:] for line in written if line.endswith("./.")] == ["p./."]

    def test_signs_for_the_head_only_when_told(self) -> None:
        paper = samples.school(signing=papers.Signing(None, "Hiệu trưởng", "Lê Thị Mô Phỏng"))
        foot = table(opened(render.school_report(paper)), "foot")
        assert foot.cell(0, 1).text == "HIỆU TRƯỞNG\nLê Thị Mô Phỏng"
        assert foot.cell(0, 0).text == "Nơi nhận:\n- Như trên;\n- Chi bộ;\n- Lưu: VT."

    def test_leaves_out_the_line_of_the_addressee_without_one(self) -> None:
        written = lines(opened(render.school_report(samples.school(addressee=""))))
        assert not any("Kính gửi" in line or "kính gửi" in line for line in written)
        assert any(line.endswith("Nguyễn Văn Mẫu./.") for line in written)

    @pytest.mark.parametrize("simulated", [True, False])
    def test_marks_generated_data_on_every_page_and_only_then(self, simulated: bool) -> None:
        first = opened(render.school_report(samples.school(simulated=simulated))).sections[0]
        for header in (first.first_page_header, first.header):
            shown = [paragraph.text for paragraph in header.paragraphs]
            assert (styles.SIMULATED in shown) is simulated

    def test_keeps_a_school_year_on_one_line(self) -> None:
        body = opened(render.school_report(samples.school())).element.body
        assert len(body.xpath(".//w:noBreakHyphen")) >= 3
        assert not body.xpath(".//w:t[contains(., '2023-2024')]")

    def test_holds_a_text_of_several_paragraphs_as_paragraphs(self) -> None:
        parts = (papers.Part("II. Nội dung", "Một.\n\nHai.\r\nBa."),)
        written = lines(opened(render.school_report(samples.school(parts=parts))))
        place = written.index("I. Nội dung")
        assert written[place + 1 : place + 4] == ["Một.", "Hai.", "Ba."]


class TestConsolidatedReport:
    def test_prints_units_totals_targets_and_results(self) -> None:
        units = (
            papers.UnitRow("Trường A", "Đã báo cáo", (5, 3), 2, 1),
            papers.UnitRow("Trường B", "Đã báo cáo", (7, 4), 1, 1),
            papers.UnitRow("Trường C", "Chưa báo cáo", (None, None), None, None),
        )
        paper = samples.consolidated(
            columns=("Giới thiệu", "Kết nạp"),
            units=units,
            totals=(12, 7),
            target_total=3,
            result_total=2,
            missing_units=("Trường C",),
        )
        document = opened(render.consolidated_report(paper))
        assert texts(table(document, "units")) == [
            ["STT", "Đơn vị", "Tình trạng báo cáo", "Giới thiệu", "Kết nạp"],
            ["1", "Trường A", "Đã báo cáo", "5", "3"],
            ["2", "Trường B", "Đã báo cáo", "7", "4"],
            ["3", "Trường C", "Chưa báo cáo", "–", "–"],
            ["", "Tổng cộng", "2/3 đơn vị", "12", "7"],
        ]
        assert texts(table(document, "targets"))[1:] == [
            ["1", "Trường A", "2", "1", "50\xa0%"],
            ["2", "Trường B", "1", "1", "100\xa0%"],
            ["3", "Trường C", "–", "–", "–"],
            ["", "Tổng cộng", "3", "2", "66,7\xa0%"],
        ]
        written = lines(document)
        assert written[-1] == "1. Trường C"
        assert any(
            "02/03 đơn vị có báo cáo được duyệt; còn 01 đơn vị chưa có" in x for x in written
        )
        assert any("Chỉ tiêu giao: 03; kết quả thực hiện: 02, đạt 66,7\xa0%" in x for x in written)

    @pytest.mark.parametrize("caption", ["units", "targets"])
    def test_never_leaves_the_totals_alone_on_a_page(self, caption: str) -> None:
        found = table(opened(render.consolidated_report(samples.consolidated())), caption)
        kept = [cell.paragraphs[0].paragraph_format.keep_with_next for cell in found.rows[-2].cells]
        assert all(kept)
        assert found.rows[-1].cells[0].text == ""

    def test_counts_a_missing_unit_that_has_no_row(self) -> None:
        paper = samples.consolidated(2, missing_units=("Trường không có hàng",))
        document = opened(render.consolidated_report(paper))
        assert texts(table(document, "units"))[-1][2] == "2/3 đơn vị"

    def test_says_so_when_every_unit_is_in_the_totals(self) -> None:
        document = opened(render.consolidated_report(samples.consolidated(2)))
        assert lines(document)[-1] == "Số liệu tổng hợp đã gồm mọi đơn vị."

    def test_goes_on_in_a_second_table_after_eight_figures(self) -> None:
        columns = tuple(f"Số {number}" for number in range(1, 11))
        document = opened(render.consolidated_report(samples.consolidated(3, columns)))
        assert [len(table(document, "units", number).columns) for number in (0, 1)] == [11, 5]
        assert texts(table(document, "units", 1))[0][-1] == "Số 10"

    def test_turns_only_the_wide_appendix(self) -> None:
        document = opened(render.consolidated_report(samples.consolidated()))
        widths = [round((section.page_width or Mm(0)).mm) for section in document.sections]
        assert widths == [210, 297, 210, 210]

    @pytest.mark.parametrize("number", [0, 1, 2, 40])
    @pytest.mark.parametrize("columns", [0, 1, 8, 25])
    def test_fits_every_table_to_the_page(self, number: int, columns: int) -> None:
        names = tuple(f"Chỉ số {position}" for position in range(columns))
        data = render.consolidated_report(samples.consolidated(number, names))
        assert layout.check(data) == ()
        for found in opened(data).tables:
            width = sum(column.width.mm for column in found.columns)
            wide = fitting.caption(found) == styles.TABLE_UNITS
            assert width <= (styles.WIDE_TEXT_WIDTH if wide else styles.TEXT_WIDTH) + 1


class TestForeignText:
    @pytest.mark.parametrize("name", NAMES)
    def test_prints_what_was_typed_and_runs_nothing(self, name: str) -> None:
        unit = papers.UnitRow(name, "Đã báo cáo", (1, 2, 3), 2, 1)
        paper = samples.consolidated(units=(unit,), missing_units=(name,), subject=name)
        data = render.consolidated_report(paper)
        document = opened(data)
        typed = name.strip()
        assert texts(table(document, "units"))[1][1] == typed
        assert texts(table(document, "targets"))[1][1] == typed
        assert lines(document)[-1] == f"1. {typed}"
        unbroken = max(len(word) for word in typed.split()) > 30
        found = {one.code for one in layout.check(data)}
        assert found == ({"table.column_narrow"} if unbroken else set())

    def test_is_not_run_by_a_template_that_reaches_for_the_machine(self) -> None:
        with pytest.raises(jinja2.exceptions.SecurityError):
            render.environment().from_string("{{ ''.__class__.__mro__ }}").render()

    def test_refuses_an_unknown_word(self) -> None:
        with pytest.raises(jinja2.UndefinedError):
            render.environment().from_string("{{ nobody }}").render()


class TestSameBytes:
    def test_come_out_for_the_same_paper(self) -> None:
        first = render.consolidated_report(samples.consolidated())
        again = render.consolidated_report(samples.consolidated())
        assert hashlib.sha256(first).digest() == hashlib.sha256(again).digest()

    def test_do_not_come_out_for_another_figure(self) -> None:
        paper = samples.consolidated()
        other = replace(paper, totals=(1, *paper.totals[1:]))
        assert render.consolidated_report(paper) != render.consolidated_report(other)

    def test_carry_no_time_but_that_of_the_paper(self) -> None:
        data = render.school_report(samples.school())
        core = opened(data).core_properties
        assert core.created == core.modified
        assert core.created is not None
        assert core.created.replace(tzinfo=None) == datetime(2024, 6, 5)  # noqa: DTZ001
        assert core.author == "Trường THPT chuyên Nguyễn Văn Mẫu"
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            assert {member.date_time[0] for member in packed.infolist()} == {1980}

    def test_take_the_cut_off_as_the_day_of_a_draft(self) -> None:
        draft = samples.consolidated(letterhead=samples.letterhead(number="", day=None))
        core = opened(render.consolidated_report(draft)).core_properties
        assert core.created is not None
        assert core.created.date() == date(2024, 5, 31)


class TestTemplates:
    def test_are_the_ones_their_description_makes(self) -> None:
        school = (build_templates.FOLDER / build_templates.SCHOOL).read_bytes()
        consolidated = (build_templates.FOLDER / build_templates.CONSOLIDATED).read_bytes()
        assert school == build_templates.school_report()
        assert consolidated == build_templates.consolidated_report()

    def test_ask_only_for_words_that_are_given(self) -> None:
        folder = build_templates.FOLDER
        for name, given in (
            (build_templates.SCHOOL, contexts.school(samples.school())),
            (build_templates.CONSOLIDATED, contexts.consolidated(samples.consolidated())),
        ):
            asked = DocxTemplate(folder / name).get_undeclared_template_variables(
                render.environment()
            )
            assert asked <= set(given)
            assert "place_and_day" in asked
