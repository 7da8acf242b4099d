"""Papers of bodies keep the layouts of Party and Union; each damage done to one is found."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import docx
import pytest
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.shared import Mm, Pt

from donghanh.documents import body_layout, body_render, styles, texts
from donghanh.documents.body_papers import (
    Addressee,
    BodyPaper,
    Grid,
    Hand,
    Heading,
    House,
    Text,
    reference,
    texts_of,
)

RESOLUTION = BodyPaper(
    house=House.PARTY,
    superior="Đảng ủy cơ sở Sở Giáo dục và Đào tạo (mô phỏng)",
    issuer="Chi bộ Trường THPT chuyên Nguyễn Thị Minh Khai (mô phỏng)",
    number="38",
    symbol="NQ/CB",
    place="Đắk Nông",
    day=date(2025, 11, 24),
    kind="Nghị quyết",
    subject="Đề nghị kết nạp đảng viên",
    blocks=(
        Heading("I. Nội dung"),
        Text("Xét trường hợp Nguyễn Ái An, lớp 12A1.", blank=1),
        Grid(("STT", "Họ và tên"), (15, 150), (("1", "Nguyễn Ái An"),)),
        Heading("Quyết nghị:", centred=True),
        Text("Nghị quyết có hiệu lực từ ngày ký."),
    ),
    hands=(Hand(("T/M CHI BỘ", "Bí thư"), "Cao Thị Bích"),),
    recipients=("Đảng ủy cơ sở", "Lưu hồ sơ"),
    simulated=True,
)
UNION = replace(
    RESOLUTION,
    house=House.UNION,
    symbol="NQ/ĐTN",
    hands=(Hand(("TM. Ban Chấp hành", "Bí thư"), "Trần Bảo Ngọc"),),
)
MINUTES = replace(
    RESOLUTION,
    kind="Biên bản",
    symbol="BB/CB",
    number="",
    recipients=(),
    hands=(Hand(("Thư ký",), "Lò Văn Tấn"), Hand(("Chủ trì",), "Cao Thị Bích")),
)


def codes(data: bytes, house: House) -> set[str]:
    return {finding.code for finding in body_layout.check(data, house)}


def damaged(harm: Callable[[Document], object]) -> bytes:
    document = docx.Document(io.BytesIO(body_render.body_paper(RESOLUTION)))
    harm(document)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def cell(document: Document, row: int, column: int, line: int = 0) -> object:
    return document.tables[0].rows[row].cells[column].paragraphs[line]


def put(row: int, column: int, line: int, text: str) -> Callable[[Document], None]:
    def harm(document: Document) -> None:
        document.tables[0].rows[row].cells[column].paragraphs[line].runs[0].text = text

    return harm


def sign(text: str) -> Callable[[Document], None]:
    def harm(document: Document) -> None:
        document.tables[-1].rows[0].cells[1].paragraphs[0].runs[0].text = text

    return harm


def word(beginning: str, text: str) -> Callable[[Document], None]:
    def harm(document: Document) -> None:
        line = next(one for one in document.paragraphs if one.text.startswith(beginning))
        line.runs[0].text = text

    return harm


def margin(document: Document) -> None:
    document.sections[0].right_margin = Mm(20)


def small(document: Document) -> None:
    next(one for one in document.paragraphs if one.text == "NGHỊ QUYẾT").runs[0].font.size = Pt(12)


def narrow(document: Document) -> None:
    table = document.tables[1]
    for column, width in zip(table.columns, (11, 154), strict=True):
        column.width = Mm(width)
        for one in column.cells:
            one.width = Mm(width)


class TestLayout:
    @pytest.mark.parametrize(
        "paper", [RESOLUTION, UNION, MINUTES, replace(MINUTES, house=House.UNION)]
    )
    def test_is_kept_by_our_papers(self, paper: BodyPaper) -> None:
        assert codes(body_render.body_paper(paper), paper.house) == set()

    @pytest.mark.parametrize(
        ("harm", "code"),
        [
            (margin, "page.margin"),
            (small, "title.kind"),
            (put(1, 0, 0, "Số: 38-NQ/CB"), "head.number"),
            (put(0, 0, 2, "***"), "head.star"),
            (put(0, 1, 0, "ĐOÀN TNCS HỒ CHÍ MINH"), "head.house"),
            (put(1, 1, 0, "Đắk Nông, 24/11/2025"), "head.day"),
            (sign("TM. CHI BỘ"), "foot.mark"),
            (sign("CHI BỘ"), "foot.mark"),
            (word("-----", "___"), "title.dashes"),
            (word("Nghị quyết có", "Nghị quyết có hiệu lực"), "body.end"),
            (narrow, "table.column_narrow"),
        ],
    )
    def test_finds_each_damage(self, harm: Callable[[Document], None], code: str) -> None:
        assert code in codes(damaged(harm), House.PARTY)
        assert texts.FINDINGS[code]

    def test_of_one_house_is_not_that_of_the_other(self) -> None:
        data = body_render.body_paper(RESOLUTION)
        assert {"head.star", "head.house", "head.number"} <= codes(data, House.UNION)


class TestPapers:
    def test_are_the_same_bytes_for_the_same_data(self) -> None:
        assert body_render.body_paper(UNION) == body_render.body_paper(replace(UNION))

    def test_say_what_they_were_given(self) -> None:
        document = docx.Document(io.BytesIO(body_render.body_paper(RESOLUTION)))
        head = document.tables[0]
        assert [one.text for one in head.rows[0].cells[0].paragraphs] == [
            RESOLUTION.superior.upper(),
            RESOLUTION.issuer.upper(),
            "*",
        ]
        assert head.rows[1].cells[0].text == "Số 38-NQ/CB"
        assert head.rows[1].cells[1].text == "Đắk Nông, ngày 24 tháng 11 năm 2025"
        told = {line.text.rstrip("./") for line in document.paragraphs}
        told |= {cell.text for row in document.tables[1].rows for cell in row.cells}
        assert {text.rstrip("./") for text in texts_of(RESOLUTION.blocks)} <= told

    def test_leave_lines_that_reach_the_margin_and_keep_their_label_beside_them(self) -> None:
        document = docx.Document(io.BytesIO(body_render.body_paper(RESOLUTION)))
        label = next(line for line in document.paragraphs if line.text.startswith("Xét"))
        [dotted] = [line for line in document.paragraphs if line.text == "\t"]
        assert label.paragraph_format.keep_with_next
        [stop] = dotted.style.paragraph_format.tab_stops  # type: ignore[union-attr]
        assert round(stop.position.mm) == styles.TEXT_WIDTH
        assert (stop.alignment, stop.leader) == (WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)

    def test_keep_a_table_on_the_page_of_the_line_above_it(self) -> None:
        document = docx.Document(io.BytesIO(body_render.body_paper(RESOLUTION)))
        table = document.tables[1]._tbl
        [above] = [one for one in document.paragraphs if one._p.getnext() is table]
        assert above.paragraph_format.keep_with_next

    def test_centre_numbers_and_the_word_by_which_a_body_resolves(self) -> None:
        document = docx.Document(io.BytesIO(body_render.body_paper(RESOLUTION)))
        number, name = document.tables[1].rows[1].cells
        assert number.paragraphs[0].alignment == WD_ALIGN_PARAGRAPH.CENTER
        assert name.paragraphs[0].alignment is None
        [resolves] = [one for one in document.paragraphs if one.text == "Quyết nghị:"]
        assert resolves.style is not None
        assert resolves.style.name == body_render.RESOLVES

    def test_put_the_addressee_of_a_letter_in_the_middle(self) -> None:
        blocks = (Addressee("Kính gửi: Đảng ủy cơ sở"), Text("Kính trình xem xét."))
        letter = replace(RESOLUTION, kind="Tờ trình", symbol="TTr/CB", blocks=blocks)
        assert codes(body_render.body_paper(letter), House.PARTY) == set()

    def test_mark_invented_people_and_only_them(self) -> None:
        real = docx.Document(io.BytesIO(body_render.body_paper(replace(UNION, simulated=False))))
        made = docx.Document(io.BytesIO(body_render.body_paper(UNION)))
        headers = [
            any("MÔ PHỎNG – KHÔNG" in line.text for line in one.sections[0].header.paragraphs)
            for one in (real, made)
        ]
        assert headers == [False, True]

    def test_refuse_a_table_that_does_not_fit_its_heads(self) -> None:
        with pytest.raises(ValueError, match="1 cells for 2 columns"):
            Grid(("a", "b"), (10, 10), (("x",),))

    def test_keep_a_number_that_bears_its_symbol(self) -> None:
        assert reference("", "NQ/CB").endswith("-NQ/CB")
        assert reference("12/NQ-ĐTN", "NQ/ĐTN") == "12/NQ-ĐTN"
