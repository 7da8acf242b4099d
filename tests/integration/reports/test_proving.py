"""A printed report proved later: as Word, as Excel, as JSON, by its code; and what was altered."""

from __future__ import annotations

import io
import json
import zipfile

import docx
import pytest
import xlsxwriter

from donghanh.domain import canonical
from donghanh.domain.acts import Step
from donghanh.lib import packages
from donghanh.reports import actions, queries
from donghanh.reports.models import Consolidation, Seal
from donghanh.reports.queries import Outcome
from tests import factory
from tests.integration.reports import reporting
from tests.integration.reports.reporting import WRITTEN, YEAR, Season

pytestmark = pytest.mark.django_db
AT = factory.instant(WRITTEN)


@pytest.fixture
def here() -> Season:
    return reporting.season(roads=(Step.INTRODUCED, Step.ADMITTED))


def _known(here: Season) -> queries.Known:
    return queries.known_to(here.officer)


def _paper(here: Season) -> bytes:
    report = reporting.sent(here)
    return queries.school_docx(here.officer, report.pk, WRITTEN)[1]


def _edited(paper: bytes, old: str, new: str) -> bytes:
    """Return a paper with one word of its table or text changed, as Word would save it."""
    document = docx.Document(io.BytesIO(paper))
    for row in document.tables[-1].rows:
        if row.cells[1].text == old:
            row.cells[2].text = new
    for paragraph in document.paragraphs:
        if paragraph.text == old:
            paragraph.text = new
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


class TestWord:
    def test_is_genuine_as_downloaded_and_saved_again(self, here: Season) -> None:
        paper = _paper(here)
        proof = queries.prove(paper, _known(here))
        assert (proof.outcome, proof.differences) == (Outcome.GENUINE, ())
        assert proof.head["version"] == 1
        again = queries.prove(_edited(paper, "không có", ""), _known(here))
        assert again.outcome is Outcome.GENUINE

    def test_carries_its_code_in_print(self, here: Season) -> None:
        paper = _paper(here)
        seal = Seal.objects.get()
        last = docx.Document(io.BytesIO(paper)).paragraphs[-1].text
        assert canonical.short_code(seal.sha256) in last
        assert seal.sha256 in last

    def test_stays_genuine_when_the_office_fills_in_number_and_day(self, here: Season) -> None:
        document = docx.Document(io.BytesIO(_paper(here)))
        cell = document.tables[0].rows[-1].cells[0]
        cell.paragraphs[0].text = "Số: 15/BC-CB"
        above = next(one for one in document.paragraphs if one.text.startswith("(Kèm theo"))
        above.text = "(Kèm theo Báo cáo số 15/BC-CB ngày 03 tháng 6 năm 2024)"
        file = io.BytesIO()
        document.save(file)
        assert queries.prove(file.getvalue(), _known(here)).outcome is Outcome.GENUINE

    def test_shows_an_altered_row(self, here: Season) -> None:
        paper = _paper(here)
        title = "Số đoàn viên ưu tú được Đoàn giới thiệu"
        proof = queries.prove(_edited(paper, title, "9"), _known(here))
        assert proof.outcome is Outcome.ALTERED
        (was, now), *rest = proof.differences
        assert rest == []
        assert title in was
        assert "| 2 |" in was
        assert "| 9 |" in now

    def test_shows_an_altered_seal(self, here: Season) -> None:
        parts = packages.opened(_paper(here), {"word/document.xml"}, "")
        name = next(name for name in parts if b"urn:donghanh:seal" in parts[name])
        parts[name] = parts[name].replace(b'"value":2', b'"value":8')
        proof = queries.prove(packages.packed(parts), _known(here))
        assert proof.outcome is Outcome.ALTERED
        assert any(": 8" in said for _, said in proof.differences)

    def test_is_unknown_to_who_it_was_not_sent_to(self, here: Season) -> None:
        paper = _paper(here)
        assert queries.prove(paper, queries.known_to(here.outsider)).outcome is Outcome.UNKNOWN
        union = factory.actor(here.cast.union, WRITTEN)
        assert queries.prove(paper, queries.known_to(union)).outcome is Outcome.UNKNOWN

    def test_of_a_consolidation_is_proved_too(self, here: Season) -> None:
        reporting.accepted(here)
        made = actions.consolidate(actor=here.officer, school_year=YEAR, at=AT, on=WRITTEN)
        proof = queries.prove(made.docx, _known(here))
        assert proof.outcome is Outcome.GENUINE
        other = docx.Document(io.BytesIO(made.docx))
        table = next(one for one in other.tables if "Tổng cộng" in one.rows[-1].cells[1].text)
        table.rows[-1].cells[3].text = "88"
        file = io.BytesIO()
        other.save(file)
        assert queries.prove(file.getvalue(), _known(here)).outcome is Outcome.ALTERED


class TestJson:
    def test_is_genuine_byte_for_byte(self, here: Season) -> None:
        report = reporting.sent(here)
        seal = queries.seal_seen(here.officer, report.pk)[1]
        assert queries.prove(seal.content.encode(), _known(here)).outcome is Outcome.GENUINE

    def test_shows_an_altered_figure_by_its_title(self, here: Season) -> None:
        report = reporting.sent(here)
        content = json.loads(queries.seal_seen(here.officer, report.pk)[1].content)
        content["figures"][1]["value"] += 3
        proof = queries.prove(json.dumps(content).encode(), _known(here))
        assert proof.outcome is Outcome.ALTERED
        assert len(proof.differences) == 1

    @pytest.mark.parametrize("data", [b"", b"{}", b"[1]", b"\xff\xfe\x00", b"{" * 100_000])
    def test_proves_nothing_without_a_seal(self, here: Season, data: bytes) -> None:
        with pytest.raises(queries.NoProof):
            queries.prove(data, _known(here))


class TestWorkbook:
    def _filled(self, here: Season) -> bytes:
        report = reporting.sent(here)
        file = io.BytesIO()
        with xlsxwriter.Workbook(file) as book:
            book.add_worksheet("Mau")
            book.define_name("donghanh_introduced", "=Mau!$B$2")
            book.define_name("donghanh_introduced_nam_truoc", "=Mau!$C$2")
        return queries.filled_report(here.secretary, report.pk, file.getvalue(), WRITTEN)[1]

    def test_is_genuine_until_a_cell_is_another(self, here: Season) -> None:
        book = self._filled(here)
        assert queries.prove(book, _known(here)).outcome is Outcome.GENUINE
        parts = packages.opened(book, {"xl/workbook.xml"}, "")
        sheet = "xl/worksheets/sheet1.xml"
        assert b"<v>2</v>" in parts[sheet]
        parts[sheet] = parts[sheet].replace(b"<v>2</v>", b"<v>6</v>")
        proof = queries.prove(packages.packed(parts), _known(here))
        assert proof.outcome is Outcome.ALTERED
        assert proof.differences[0][1].endswith(": 6")

    def test_without_a_seal_proves_nothing(self, here: Season) -> None:
        file = io.BytesIO()
        with xlsxwriter.Workbook(file) as book:
            book.add_worksheet("Mau")
        with pytest.raises(queries.NoProof):
            queries.prove(file.getvalue(), _known(here))

    def test_fills_the_sheet_of_a_year(self, here: Season) -> None:
        reporting.accepted(here)
        file = io.BytesIO()
        with xlsxwriter.Workbook(file) as book:
            book.add_worksheet("Mau")
            book.define_name("donghanh_introduced", "=Mau!$A$1")
            book.define_name("donghanh_cot_introduced", "=Mau!$B$1:$B$9")
        done = queries.filled_sheet(here.officer, YEAR, file.getvalue(), WRITTEN)
        with zipfile.ZipFile(io.BytesIO(done)) as archive:
            sheet = archive.read("xl/worksheets/sheet1.xml")
        # The total, exactly; of the one unit, whom it was sent to has no right to the cases.
        assert sheet.count(b"<v>2</v>") == 1
        assert "≤ 4".encode() in sheet


class TestCode:
    def test_finds_the_report_it_was_printed_on(self, here: Season) -> None:
        reporting.sent(here)
        code = canonical.short_code(Seal.objects.get().sha256)
        proof = queries.prove_code(f" {code.lower()} ", _known(here))
        assert (proof.outcome, proof.head["school_year"]) == (Outcome.GENUINE, YEAR)

    def test_is_unknown_or_no_code_at_all(self, here: Season) -> None:
        assert queries.prove_code("0" * 16, _known(here)).outcome is Outcome.UNKNOWN
        with pytest.raises(queries.NoProof):
            queries.prove_code("bao-cao", _known(here))


class TestConsolidation:
    def test_adds_what_the_department_adds_as_a_line_of_its_own(self, here: Season) -> None:
        reporting.accepted(here)
        own = queries.Own({"introduced": 3}, "Trung tâm GDTX báo cáo bằng giấy.")
        made = actions.consolidate(actor=here.officer, school_year=YEAR, own=own, at=AT, on=WRITTEN)
        tables = docx.Document(io.BytesIO(made.docx)).tables
        rows = [[cell.text for cell in row.cells] for table in tables for row in table.rows]
        total = next(row for row in rows if row[1] == "Tổng cộng" and "đơn vị" in row[2])
        assert total[2:4] == ["1/2 đơn vị", "5"]
        assert any("Trung tâm GDTX báo cáo bằng giấy." in row[1] and row[3] == "3" for row in rows)
        assert queries.sheet_page(here.officer, YEAR, WRITTEN).drift == ()

    def test_refuses_to_add_without_a_reason_or_below_zero(self, here: Season) -> None:
        reporting.accepted(here)
        for own, refusal in (
            (queries.Own({"introduced": 3}, " "), actions.ReasonMissing),
            (queries.Own({"introduced": -3}, "Vì"), actions.BelowZero),
        ):
            with pytest.raises(refusal):
                actions.consolidate(
                    actor=here.officer, school_year=YEAR, own=own, at=AT, on=WRITTEN
                )
        assert not Consolidation.objects.exists()

    def test_keeps_no_small_figure_anywhere_in_a_hidden_version(self, here: Season) -> None:
        reporting.accepted(here)
        made = actions.consolidate(
            actor=here.officer, school_year=YEAR, hide_small=True, at=AT, on=WRITTEN
        )
        unit = next(one for one in made.consolidation.content["units"] if one["report"])
        assert all(one in {None, 0} for one in unit["figures"])
        assert unit["result"] is None
        rows = [
            [cell.text for cell in row.cells]
            for table in docx.Document(io.BytesIO(made.docx)).tables
            for row in table.rows
        ]
        assert any("≤ 4" in row for row in rows)
