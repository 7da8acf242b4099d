"""Making a consolidated report: the units' words, what has to be explained, what leaves hidden."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date

import docx
import pytest

from donghanh.documents import fitting, styles
from donghanh.domain.acts import Step
from donghanh.domain.authority import Actor
from donghanh.domain.structure import Line
from donghanh.dossiers.models import Dossier
from donghanh.reports import actions, queries, texts
from donghanh.reports.models import Consolidation, Report
from tests import factory
from tests.integration.reports import lining, reporting
from tests.integration.reports.reporting import WRITTEN, YEAR, Season

pytestmark = pytest.mark.django_db
AT = factory.instant(WRITTEN)
ROADS = (Step.ADMITTED, Step.ADMITTED, Step.INTRODUCED)


def _written(here: Season, *, neighbour: bool = False, **parts: str) -> Report:
    """Write a report with words, send and accept it."""
    who = here.outsider if neighbour else here.secretary
    report = reporting.begun(here, neighbour=neighbour)
    report = actions.write_parts(
        actor=who,
        report_id=report.pk,
        seen=report.revision,
        parts=parts,
        cutoff=report.cutoff_date,
        at=AT,
    )
    report = actions.send_report(
        actor=who, report_id=report.pk, seen=report.revision, at=AT, on=WRITTEN
    )
    return actions.accept_report(
        actor=here.officer, report_id=report.pk, seen=report.revision, at=AT
    )


def _make(actor: Actor, **given: object) -> actions.Made:
    asked = {"actor": actor, "school_year": YEAR, "at": AT, "on": WRITTEN} | given
    return actions.consolidate(**asked)  # type: ignore[arg-type]


class TestPassages:
    def test_stand_beside_their_part_unit_by_unit_and_are_quoted_with_their_unit(self) -> None:
        here = reporting.season(roads=ROADS)
        _written(here, results="Mở lớp tìm hiểu Đảng.\n\nTổ chức 02 lễ kết nạp.")
        _written(here, neighbour=True, results="Có 12 nguồn.", proposals="Thêm lớp.")
        page = queries.gathering_page(here.officer, YEAR, WRITTEN)
        told = [(one.unit, one.text) for one in page.passages["results"]]
        school, neighbour = "Trường THPT (mô phỏng) Đức Lập", "Trường THPT (mô phỏng) Quảng Tín"
        assert told == [
            (school, "Mở lớp tìm hiểu Đảng."),
            (school, "Tổ chức 02 lễ kết nạp."),
            (neighbour, "Có 12 nguồn."),
        ]
        chosen = [page.passages["results"][1].key, page.passages["proposals"][0].key]
        words = queries.taken_over(page.passages, {"results": "Toàn ngành:"}, chosen)
        assert words["results"] == f"Toàn ngành:\n{school}: “Tổ chức 02 lễ kết nạp.”"
        assert words["proposals"] == f"{neighbour}: “Thêm lớp.”"
        assert words["leadership"] == ""
        # A second time changes nothing; a passage that stands no more is left out.
        again = queries.taken_over(page.passages, words, [*chosen, "results.9.9.9"])
        assert again == words

    def test_of_a_report_that_does_not_count_are_not_there(self) -> None:
        here = reporting.season(roads=ROADS)
        reporting.sent(here)
        page = queries.gathering_page(here.officer, YEAR, WRITTEN)
        assert page.passages == dict.fromkeys(texts.PARTS, ())

    def test_are_put_into_the_form_without_making_anything(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        factory.freeze(monkeypatch, WRITTEN)
        here = reporting.season(roads=ROADS)
        _written(here, results="Mở lớp tìm hiểu Đảng.")
        key = queries.gathering_page(here.officer, YEAR, WRITTEN).passages["results"][0].key
        client = factory.signed_in(here.cast.officer)
        said = client.post(
            f"/tong-hop/{YEAR}/lap/", {"seen": "0", "quote": "1", "take": key, "results": "Chung."}
        )
        assert said.status_code == 200
        shown = said.context["form"]["results"].value()
        assert shown == "Chung.\nTrường THPT (mô phỏng) Đức Lập: “Mở lớp tìm hiểu Đảng.”"
        assert not Consolidation.objects.exists()


class TestNames:
    def test_of_pupils_in_reach_are_found_before_a_report_is_sent(self) -> None:
        here = reporting.season(roads=ROADS)
        name = Dossier.objects.select_related("person").earliest("id").person.full_name
        report = reporting.begun(here)
        report = actions.write_parts(
            actor=here.secretary,
            report_id=report.pk,
            seen=report.revision,
            parts={"results": f"Em {name.upper()} đã được kết nạp."},
            cutoff=report.cutoff_date,
            at=AT,
        )
        send = {"actor": here.secretary, "report_id": report.pk, "at": AT, "on": WRITTEN}
        with pytest.raises(actions.WarningsOpen):
            actions.send_report(seen=report.revision, **send)  # type: ignore[arg-type]
        answered = actions.answer_checks(
            actor=here.secretary,
            report_id=report.pk,
            seen=report.revision,
            answers={"names.results": "Đó là tên một giáo viên."},
            at=AT,
            today=WRITTEN,
        )
        sent = actions.send_report(seen=answered.revision, **send)  # type: ignore[arg-type]
        seal = sent.seals.get()
        assert "names" in seal.content
        page = queries.report_page(here.officer, sent.pk, WRITTEN)
        assert [one.answer for one in page.checks] == ["Đó là tên một giáo viên."]

    def test_are_found_in_what_a_committee_makes_and_cannot_be_in_what_a_department_makes(
        self,
    ) -> None:
        lined = lining.season(Line.PARTY, roads=ROADS)
        lined.accepted()
        reporting.accepted(lined.here)
        name = Dossier.objects.select_related("person").earliest("id").person.full_name
        words = {"results": f"Trong đó có {name}."}
        with pytest.raises(actions.SumToExplain):
            _make(lined.chief, parts=words)
        assert not Consolidation.objects.exists()
        page = queries.gathering_page(lined.here.officer, YEAR, WRITTEN, words)
        assert (page.checks, page.sees_names) == ((), False)


class TestChecks:
    def test_of_the_year_before_ask_for_an_answer_that_is_sealed_and_printed(self) -> None:
        here = reporting.season(roads=ROADS)
        _before(here, introduced=40)
        _answered(here)
        asked = queries.gathering_page(here.officer, YEAR, WRITTEN).checks
        assert {one.key for one in asked} == {"year_before.introduced"}
        with pytest.raises(actions.SumToExplain) as refused:
            _make(here.officer, answers={"year_before.introduced": "  "})
        assert refused.value.facts == {"count": 1}
        assert not Consolidation.objects.exists()
        said = {"year_before.introduced": "Năm nay ít lớp 12 hơn."}
        made = _make(here.officer, answers=said)
        [kept] = made.consolidation.content["answers"]
        assert (kept["said"], kept["other"], kept["answer"]) == (3, 40, "Năm nay ít lớp 12 hơn.")
        text = "\n".join(one.text for one in docx.Document(io.BytesIO(made.docx)).paragraphs)
        assert "Năm nay ít lớp 12 hơn." in text
        [version] = queries.versions_page(here.officer, YEAR).versions
        assert version.answers == ((kept["told"], kept["answer"]),)
        _, again = queries.consolidated_docx(here.officer, made.consolidation.pk)
        assert again == made.docx

    def test_of_the_sum_below_ask_once_the_units_say_another_sum_than_the_version_made(
        self,
    ) -> None:
        here = reporting.season(roads=ROADS)
        reporting.accepted(here)
        _make(here.officer)
        reporting.accepted(here, neighbour=True)  # nought: the sum is the same
        assert queries.gathering_page(here.officer, YEAR, WRITTEN).checks == ()
        _changed(here, "introduced", 9)
        asked = queries.gathering_page(here.officer, YEAR, WRITTEN).checks
        assert [(one.key, one.finding.said, one.finding.other) for one in asked] == [
            ("cases.introduced", 9, 3),
            ("below.introduced", 3, 9),
        ]
        with pytest.raises(actions.SumToExplain):
            _make(here.officer, answers={"below.introduced": "Trường bổ sung."})
        answers = {one.key: "Trường bổ sung, có lý do." for one in asked}
        assert _make(here.officer, answers=answers).consolidation.version == 2


class TestSmallNumbers:
    """Read by the receiver as they were sent; hidden in whatever leaves one without the cases."""

    @pytest.mark.parametrize("line", [Line.EDUCATION, Line.UNION])
    def test_are_shown_to_the_receiver_and_in_no_print(self, line: Line) -> None:
        who = _receiver(line)
        sheet = queries.sheet(who, YEAR, WRITTEN)
        seen = [line.figures for line in sheet.accepted]
        assert any(value and value <= 4 for figures in seen for value in figures)
        made = _make(who)
        units = [one for one in made.consolidation.content["units"] if one["report"]]
        assert not [value for one in units for value in one["figures"] if value and value <= 4]
        tables = docx.Document(io.BytesIO(made.docx)).tables
        named = {fitting.caption(one): one for one in tables}
        told = [cell.text for row in named[styles.TABLE_UNITS].rows[1:-1] for cell in row.cells[3:]]
        told += [row.cells[3].text for row in named[styles.TABLE_TARGETS].rows[1:-1]]
        tiles = [cell for row in named[styles.TABLE_TILES].rows[1:] for cell in row.cells]
        told += [one.paragraphs[1].text.split("/")[0] for one in tiles if one.text]
        assert "≤ 4" in told
        assert not {"1", "2", "3", "4"} & set(told)
        for book in (
            queries.sheet_workbook(who, YEAR, WRITTEN),
            queries.version_workbook(who, made.consolidation.pk)[1],
        ):
            columns = len(sheet.columns)
            rows = _numbers(book, columns)
            assert len(rows) == len(sheet.lines) + 1
            assert rows[-1] == list(sheet.totals)
            assert not {1, 2, 3, 4} & {value for row in rows[:-1] for value in row}

    def test_are_printed_by_a_committee_unless_it_hides_them(self) -> None:
        lined = lining.season(Line.PARTY, roads=ROADS)
        lined.accepted()
        shown = _make(lined.chief).consolidation.content["units"]
        hidden = _make(lined.chief, hide_small=True).consolidation.content["units"]
        assert [one.get("hidden") for one in shown] == [None] * len(shown)
        assert any(one.get("hidden") for one in hidden)

    def test_leave_totals_and_target_exact(self) -> None:
        here = reporting.season(roads=ROADS)
        reporting.accepted(here)
        sheet = queries.sheet(here.officer, YEAR, WRITTEN)
        content = _make(here.officer).consolidation.content
        assert content["totals"] == list(sheet.totals)
        assert (content["target"], content["result"]) == (sheet.target, sheet.result)


def _numbers(book: bytes, columns: int) -> list[list[int]]:
    """Return the numbers in the columns of figures of a workbook, row by row under the head."""
    with zipfile.ZipFile(io.BytesIO(book)) as file:
        xml = file.read("xl/worksheets/sheet1.xml").decode()
    rows = []
    for row in re.findall(r"<row .*?</row>", xml)[1:]:
        cells = re.findall(r'<c r="([A-Z]+)\d+"([^>]*)><v>(\d+)</v>', row)
        rows.append(
            [
                int(value)
                for name, kind, value in cells
                if 3 <= ord(name) - 64 < 3 + columns and 't="s"' not in kind
            ]
        )
    return rows


def _receiver(line: Line) -> Actor:
    """Return who received two accepted reports of a line."""
    if line is Line.EDUCATION:
        here = reporting.season(roads=ROADS)
        reporting.accepted(here)
        reporting.accepted(here, neighbour=True)
        return here.officer
    lined = lining.season(line, roads=ROADS)
    lined.accepted()
    lined.accepted(neighbour=True)
    return lined.chief


def _before(here: Season, **figures: int) -> None:
    """Keep an accepted report of the school for the school year before."""
    school = here.cast.school.unit
    task = factory.ask_for_reports(here.cast, {school.pk: 1}, year="2022-2023")[school.pk]
    Report.objects.create(
        task=task,
        school=school,
        department=here.cast.department,
        school_year="2022-2023",
        cutoff_date=date(2023, 5, 31),
        status="accepted",
        sent_at=AT,
        rulebook_version="x",
        figures=[
            {"code": code, "order": 1, "title": code, "value": value, "cases": []}
            for code, value in figures.items()
        ],
    )


def _answered(here: Season) -> Report:
    """Begin the school's report, answer its warnings, send and accept it."""
    report = reporting.begun(here)
    asked = queries.checks_now(here.secretary, report, WRITTEN)
    report = actions.answer_checks(
        actor=here.secretary,
        report_id=report.pk,
        seen=report.revision,
        answers={one.key: "Ít lớp hơn." for one in asked},
        at=AT,
        today=WRITTEN,
    )
    report = actions.send_report(
        actor=here.secretary, report_id=report.pk, seen=report.revision, at=AT, on=WRITTEN
    )
    return actions.accept_report(
        actor=here.officer, report_id=report.pk, seen=report.revision, at=AT
    )


def _changed(here: Season, code: str, value: int) -> None:
    """Amend the school's accepted report with another figure, and accept the amendment."""
    report = Report.objects.get(school=here.cast.school.unit)
    who = here.secretary
    report = actions.amend_report(
        actor=who, report_id=report.pk, seen=report.revision, reason="Bổ sung.", at=AT, on=WRITTEN
    )
    report = actions.change_figure(
        actor=who,
        report_id=report.pk,
        seen=report.revision,
        code=code,
        value=value,
        reason="Còn giấy chưa nhập.",
        at=AT,
        today=WRITTEN,
    )
    report = actions.send_report(
        actor=who, report_id=report.pk, seen=report.revision, at=AT, on=WRITTEN
    )
    actions.accept_report(actor=here.officer, report_id=report.pk, seen=report.revision, at=AT)
