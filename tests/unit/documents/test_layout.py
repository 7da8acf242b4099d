"""Our papers keep the layout; each damage done to one is found."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from donghanh.documents import layout, papers, render, texts
from tests.unit.documents import samples

LEFT = WD_ALIGN_PARAGRAPH.LEFT
PAPER = render.consolidated_report(samples.consolidated())


def codes(data: bytes, *, issued: bool = False) -> set[str]:
    return {finding.code for finding in layout.check(data, issued=issued)}


def damaged(harm: Callable[[Document], object]) -> bytes:
    document = docx.Document(io.BytesIO(PAPER))
    harm(document)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def line(document: Document, beginning: str) -> Paragraph:
    everything = [*document.paragraphs]
    for table in document.tables:
        for row in table.rows:
            for cell in row.cells:
                everything.extend(cell.paragraphs)
    return next(known for known in everything if known.text.startswith(beginning))


def write(beginning: str, text: str) -> Callable[[Document], None]:
    def harm(document: Document) -> None:
        paragraph = line(document, beginning)
        for run in paragraph.runs[1:]:
            run.text = ""
        paragraph.runs[0].text = text

    return harm


def font(beginning: str, **values: object) -> Callable[[Document], None]:
    def harm(document: Document) -> None:
        for run in line(document, beginning).runs:
            for name, value in values.items():
                setattr(run.font, name, value)

    return harm


def shape(beginning: str, **values: object) -> Callable[[Document], None]:
    def harm(document: Document) -> None:
        for name, value in values.items():
            setattr(line(document, beginning).paragraph_format, name, value)

    return harm


def page(number: int = 0, **values: object) -> Callable[[Document], None]:
    def harm(document: Document) -> None:
        for name, value in values.items():
            setattr(document.sections[number], name, value)

    return harm


def without(query: str) -> Callable[[Document], None]:
    def harm(document: Document) -> None:
        for element in document.element.body.xpath(query):
            element.getparent().remove(element)

    return harm


def without_rule(beginning: str) -> Callable[[Document], None]:
    def harm(document: Document) -> None:
        rule = line(document, beginning)._p.getnext()
        rule.getparent().remove(rule)

    return harm


def without_number(document: Document) -> None:
    for paragraph in document.sections[0].header.paragraphs:
        for run in paragraph.runs:
            if run._r.xpath("w:instrText"):
                paragraph._p.remove(run._r)


def small_number(document: Document) -> None:
    document.sections[0].header.paragraphs[0].runs[0].font.size = Pt(9)
    document.sections[0].header.paragraphs[0].alignment = LEFT


def narrow_cell(document: Document) -> None:
    document.tables[0].rows[0].cells[0].width = Mm(20)


def redden(document: Document) -> None:
    line(document, "Nguồn kết nạp").runs[0].font.color.rgb = RGBColor(200, 0, 0)


def long_rule(document: Document) -> None:
    rule = line(document, "SỞ GIÁO DỤC")._p.getnext()
    rule.pPr.ind_left = rule.pPr.ind_right = Mm(0)


HARMS: list[tuple[str, Callable[[Document], object]]] = [
    ("page.not_a4", page(page_width=Mm(216), page_height=Mm(279))),
    ("page.margin", page(left_margin=Mm(20))),
    ("page.margin", page(1, top_margin=Mm(10))),
    ("page.number_missing", without_number),
    ("page.number_style", small_number),
    ("page.number_on_first", page(different_first_page_header_footer=False)),
    ("head.missing", without("w:tbl[1]")),
    ("head.superior", font("UBND TỈNH", bold=True)),
    ("head.superior", write("UBND TỈNH", "Ủy ban nhân dân tỉnh")),
    ("head.issuer", font("SỞ GIÁO DỤC", bold=False)),
    ("head.issuer_rule", without_rule("SỞ GIÁO DỤC")),
    ("head.issuer_rule", long_rule),
    ("head.state_title", write("CỘNG HÒA", "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM")),
    ("head.state_title", font("CỘNG HÒA", size=Pt(16))),
    ("head.motto", write("Độc lập", "Độc lập – Tự do – Hạnh phúc")),
    ("head.motto_rule", without_rule("Độc lập")),
    ("head.number", write("Số:", "Số: 9/BC-SGDĐT")),
    ("head.number", write("Số:", "Số 09-BC/SGDĐT")),
    ("head.number_style", font("Số:", size=Pt(14))),
    ("head.day", write("Mẫu Sơn", "Mẫu Sơn, ngày 9 tháng 6 năm 2024")),
    ("head.day", write("Mẫu Sơn", "Mẫu Sơn, ngày 09 tháng 06 năm 2024")),
    ("head.day", write("Mẫu Sơn", "Mẫu Sơn, ngày 09 tháng 2 năm 2024")),
    ("head.day_style", font("Mẫu Sơn", italic=False)),
    ("title.kind", write("BÁO CÁO", "Báo cáo")),
    ("title.subject", font("Kết quả công tác", bold=False)),
    ("title.rule", without_rule("Kết quả công tác")),
    ("body.size", font("Nguồn kết nạp", size=Pt(12))),
    ("body.alignment", shape("Nguồn kết nạp", alignment=LEFT)),
    ("body.first_line", shape("Nguồn kết nạp", first_line_indent=Mm(0))),
    ("body.spacing", shape("Nguồn kết nạp", space_before=Pt(0))),
    ("body.spacing", shape("Nguồn kết nạp", line_spacing=2.0)),
    ("body.end", write("Trên đây", "Trên đây là báo cáo.")),
    ("foot.missing", write("Nơi nhận", "Gửi:")),
    ("foot.recipients_title", font("Nơi nhận", italic=False)),
    ("foot.recipient", write("- Như trên", "Như trên")),
    ("foot.recipient", font("- Như trên", size=Pt(13))),
    ("foot.archive_copy", write("- Lưu", "- Chi bộ.")),
    ("foot.signing", write("Trần Văn", "")),
    ("foot.sign_title", write("KT. GIÁM ĐỐC", "K/T GIÁM ĐỐC")),
    ("foot.sign_name", font("Trần Văn", bold=False)),
    ("table.widths", narrow_cell),
    ("table.head_not_repeated", without("w:tbl[3]/w:tr[1]/w:trPr/w:tblHeader")),
    ("table.row_splits", without("w:tbl[3]/w:tr[2]/w:trPr/w:cantSplit")),
    ("type.font", font("Nguồn kết nạp", name="Arial")),
    ("type.colour", redden),
]


class TestCheck:
    @pytest.mark.parametrize("number", [2, 40])
    def test_finds_nothing_in_a_consolidated_report(self, number: int) -> None:
        data = render.consolidated_report(samples.consolidated(number))
        assert layout.check(data, issued=True) == ()

    def test_finds_nothing_in_a_school_report(self) -> None:
        assert layout.check(render.school_report(samples.school()), issued=True) == ()

    @pytest.mark.parametrize(
        ("superior", "issuer"),
        [("UBND tỉnh A", "Trường B"), ("Sở " + "rất dài " * 9, "Trường " + "rất dài " * 9)],
    )
    def test_finds_the_rule_right_under_short_and_long_names(
        self, superior: str, issuer: str
    ) -> None:
        head = papers.Letterhead(superior, issuer, "12", "BC-TB", "A", samples.CUTOFF)
        assert layout.check(render.school_report(samples.school(letterhead=head))) == ()

    def test_lets_a_draft_be_blank_and_an_issued_paper_not(self) -> None:
        head = samples.letterhead(number="", day=None)
        data = render.consolidated_report(samples.consolidated(letterhead=head))
        assert layout.check(data) == ()
        assert codes(data, issued=True) == {"head.number_blank", "head.day_blank"}

    @pytest.mark.parametrize(("code", "harm"), HARMS)
    def test_finds_each_damage(self, code: str, harm: Callable[[Document], object]) -> None:
        assert code in codes(damaged(harm))

    def test_finds_no_more_than_the_one_damage(self) -> None:
        assert codes(damaged(font("Nguồn kết nạp", name="Arial"))) == {"type.font"}

    def test_finds_a_paper_of_another_kind_to_be_no_report_at_all(self) -> None:
        file = io.BytesIO()
        docx.Document().save(file)
        assert {"head.missing", "title.missing", "foot.missing"} <= codes(file.getvalue())


class TestTexts:
    def test_have_a_sentence_for_every_code_and_no_other(self) -> None:
        room = Path(layout.__file__).parent
        source = "".join(
            (room / name).read_text(encoding="utf-8")
            for name in ("layout.py", "layout_elements.py", "body_layout.py")
        )
        written = {part.split('"')[0] for part in source.split('Finding("')[1:]}
        assert written == set(texts.FINDINGS)
