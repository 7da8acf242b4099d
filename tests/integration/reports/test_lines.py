"""Reports of every line: written, sent, read and added up by the line that asked."""

from __future__ import annotations

import io

import docx
import pytest
from django.db import connection
from docx.document import Document

from donghanh.documents import body_layout
from donghanh.documents.houses import BY_LINE
from donghanh.domain.acts import Step
from donghanh.domain.authority import Actor
from donghanh.domain.structure import Line
from donghanh.domain.succession import View
from donghanh.lib import wall
from donghanh.reports import actions, queries
from donghanh.reports.models import Report
from tests import factory
from tests.integration.reports import lining, reporting
from tests.integration.reports.lining import AT, Lined
from tests.integration.reports.reporting import WRITTEN, YEAR

pytestmark = pytest.mark.django_db
LINES = pytest.mark.parametrize("line", [Line.PARTY, Line.UNION])
ROADS = (Step.ADMITTED, Step.ADMITTED, Step.INTRODUCED)


def _opened(data: bytes) -> Document:
    return docx.Document(io.BytesIO(data))


def _head(data: bytes) -> list[str]:
    """Return the lines of a paper's head, cell by cell."""
    head = _opened(data).tables[0]
    return [line.text for row in head.rows for cell in row.cells for line in cell.paragraphs]


class TestLayout:
    """The paper follows the house of the line that asked, found again by opening the file."""

    @pytest.mark.parametrize(
        ("line", "head", "signs"),
        [
            (
                Line.PARTY,
                ["CHI BỘ TRƯỜNG THPT (MÔ PHỎNG) ĐỨC LẬP", "*", "ĐẢNG CỘNG SẢN VIỆT NAM"],
                "T/M CHI BỘ",
            ),
            (
                Line.UNION,
                ["ĐOÀN TRƯỜNG THPT (MÔ PHỎNG) ĐỨC LẬP", "***", "ĐOÀN TNCS HỒ CHÍ MINH"],
                "TM. BAN CHẤP HÀNH",
            ),
        ],
    )
    def test_of_a_schools_report_is_that_of_the_line(
        self, line: Line, head: list[str], signs: str
    ) -> None:
        lined = lining.season(line, roads=ROADS)
        report = lined.sent()
        _, data = queries.school_docx(lined.chief, report.pk, WRITTEN)
        assert body_layout.check(data, BY_LINE[line]) == ()
        told = _head(data)
        assert [one for one in told if one in head] == head
        assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" not in told
        foot = _opened(data).tables[1]
        assert foot.cell(0, 1).text.split("\n")[:2] == [signs, "BÍ THƯ"]
        assert foot.cell(0, 0).text == "Nơi nhận:\n- Như trên;\n- Lưu hồ sơ."
        _, again = queries.school_docx(lined.writer(), report.pk, WRITTEN)
        assert again == data

    @pytest.mark.parametrize(
        ("line", "number", "signs"),
        [(Line.PARTY, "-BC/ĐUCT", "T/M BAN THƯỜNG VỤ"), (Line.UNION, "-BC/TĐTN", "TM. BAN")],
    )
    def test_of_the_consolidated_report_is_that_of_who_adds_up(
        self, line: Line, number: str, signs: str
    ) -> None:
        lined = lining.season(line, roads=ROADS)
        lined.accepted()
        made = actions.consolidate(actor=lined.chief, school_year=YEAR, at=AT, on=WRITTEN)
        assert body_layout.check(made.docx, BY_LINE[line]) == ()
        assert any(one.endswith(number) for one in _head(made.docx))
        assert _opened(made.docx).tables[1].cell(0, 1).text.startswith(signs)
        _, again = queries.consolidated_docx(lined.chief, made.consolidation.pk)
        assert again == made.docx


class TestAddingUp:
    """A parent's figures are those of the units below it, line by line."""

    @LINES
    def test_is_the_sum_below_and_names_who_is_missing(self, line: Line) -> None:
        lined = lining.season(line, roads=ROADS)
        report = lined.accepted()
        lined.sent(neighbour=True)
        sheet = queries.sheet(lined.chief, YEAR, WRITTEN)
        below = {one["code"]: one["value"] for one in report.figures}
        assert sheet.totals == tuple(below[one.code] for one in sheet.columns)
        assert sum(sheet.totals) > 0
        missing = [one.unit.name for one in sheet.missing]
        assert missing == [_body(lined, neighbour=True)]
        own = queries.Own({"introduced": 3}, "Chi bộ ngoài hệ thống báo bằng văn bản giấy.")
        made = actions.consolidate(actor=lined.chief, school_year=YEAR, own=own, at=AT, on=WRITTEN)
        content = made.consolidation.content
        units = [one["figures"] for one in content["units"] if one["report"]]
        sums = [sum(one[place] or 0 for one in units) for place in range(len(content["codes"]))]
        added = content["own"]["figures"]
        if line is Line.PARTY:  # who has a right to the cases reads each unit's figures whole
            assert content["totals"] == [one + more for one, more in zip(sums, added, strict=True)]
        told = {one.code: value for value, one in sheet.total_cells}
        assert (
            content["totals"][content["codes"].index("introduced")] == (told["introduced"] or 0) + 3
        )
        assert content["missing"] == missing

    @LINES
    def test_agrees_with_the_view_by_structure_along_the_same_line(self, line: Line) -> None:
        lined = lining.season(line, roads=ROADS)
        lined.accepted()
        lined.accepted(neighbour=True)
        sheet = queries.sheet(lined.chief, YEAR, WRITTEN)
        page = queries.time_page(lined.chief, line, YEAR, View.AS_WAS, WRITTEN)
        assert [one.value for one in page.totals] == list(sheet.totals)

    @LINES
    def test_counts_a_school_once_however_many_of_its_bodies_were_asked(self, line: Line) -> None:
        lined = lining.season(line, roads=ROADS)
        lined.accepted()
        before = queries.sheet(lined.chief, YEAR, WRITTEN)
        lining.asked(lined.here, line)
        after = queries.sheet(lined.chief, YEAR, WRITTEN)
        assert (len(after.lines), after.totals) == (len(before.lines), before.totals)


class TestOneAnswer:
    """One report of a school answers every line that asks for the same."""

    @LINES
    def test_counts_for_the_department_and_the_line_alike(self, line: Line) -> None:
        lined = lining.season(line, roads=ROADS)
        lined.linked()
        report = reporting.accepted(lined.here)
        mine, theirs = (
            queries.sheet(who, YEAR, WRITTEN) for who in (lined.here.officer, lined.chief)
        )
        assert mine.totals == theirs.totals
        assert [one.unit.name for one in theirs.accepted] == [_body(lined)]
        assert lined.task().through_id is None  # as it was fetched, before it was answered
        lined.task().refresh_from_db()
        assert lined.task().through_id == report.task_id
        page = queries.report_page(lined.chief, report.pk, WRITTEN)
        assert not page.answerable
        assert page.also == (lined.chief.post.unit_name,)
        _, data = queries.school_docx(lined.here.officer, report.pk, WRITTEN)
        assert f"- {lined.chief.post.unit_name};" in _opened(data).tables[1].cell(0, 0).text

    @LINES
    def test_is_returned_and_accepted_by_whom_it_was_written_to_alone(self, line: Line) -> None:
        lined = lining.season(line, roads=ROADS)
        lined.linked()
        report = reporting.sent(lined.here)
        assert not queries.waiting_for(lined.chief).exists()
        with pytest.raises(actions.AnsweredElsewhere):
            actions.accept_report(
                actor=lined.chief, report_id=report.pk, seen=report.revision, at=AT
            )

    def test_is_begun_once_whichever_of_the_linked_duties_is_opened(self) -> None:
        lined = lining.season(Line.PARTY, roads=ROADS)
        lined.linked()
        first = reporting.begun(lined.here)
        second = actions.open_report(actor=lined.writer(), task_id=lined.task().pk, at=AT)
        assert second == first
        assert Report.objects.count() == 1
        assert not queries.tasks_to_report(lined.writer()).exists()

    @LINES
    def test_not_linked_is_closed_to_the_other_line(self, line: Line) -> None:
        lined = lining.season(line, roads=ROADS)
        state = reporting.accepted(lined.here)
        own = lined.accepted()
        assert set(queries.visible_to(lined.chief)) == {own}
        assert set(queries.visible_to(lined.here.officer)) == {state}


class TestReach:
    """Who writes for which body, and who opens what."""

    def test_the_secretary_writes_no_report_of_the_union_and_the_union_none_of_the_school(
        self,
    ) -> None:
        lined = lining.season(Line.UNION, roads=ROADS)
        state, union = reporting.begun(lined.here), lined.sent()
        assert set(queries.visible_to(lined.here.secretary)) == {state}
        assert set(queries.visible_to(lined.writer())) == {union}
        assert not queries.visible_to(lined.writer(neighbour=True)).exists()

    def test_a_union_above_opens_no_case_behind_a_figure_and_a_committee_numbers_alone(
        self,
    ) -> None:
        here = reporting.season(roads=ROADS)
        union, party = lining.asked(here, Line.UNION), lining.asked(here, Line.PARTY)
        sent = union.sent()
        assert not queries.report_page(union.chief, sent.pk, WRITTEN).opens
        with pytest.raises(Report.DoesNotExist):
            queries.figure_page(union.chief, sent.pk, "introduced", WRITTEN)
        page = queries.figure_page(party.chief, party.sent().pk, "introduced", WRITTEN)
        assert (page.inside, page.named) == (False, ())
        assert len(page.unnamed) == 3

    @LINES
    def test_the_pages_work_behind_both_walls(
        self, line: Line, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        factory.freeze(monkeypatch, WRITTEN)
        lined = lining.season(line, roads=ROADS)
        report = lined.sent()
        user = lined.here.cast.committee if line is Line.PARTY else lined.here.cast.upper_unionist
        client = factory.signed_in(user)
        shown = client.get(f"/tong-hop/bao-cao/{report.pk}/")
        assert shown.status_code == 200
        accepted = client.post(
            f"/tong-hop/bao-cao/{report.pk}/duyet/", {"seen": str(report.revision)}
        )
        assert accepted.status_code == 302
        for address in ("", "lap/", "khoa/", "bang.xlsx", "qua-thoi-gian/"):
            assert client.get(f"/tong-hop/{YEAR}/{address}").status_code == 200
        made = client.post(f"/tong-hop/{YEAR}/lap/", {"seen": "0"})
        assert made.status_code == 302
        assert client.get(f"/tong-hop/{YEAR}/cac-ban/").status_code == 200


def _body(lined: Lined, *, neighbour: bool = False) -> str:
    """Return what works at a school on the line, by name."""
    cast = lined.here.cast
    where = cast.neighbour if neighbour else cast.school
    unit = where.cell if lined.line is Line.PARTY else where.youth
    return str(unit.versions.get().name)


class TestWall:
    """The second wall by itself: a plain SELECT through the role of the database that looks."""

    @LINES
    def test_shows_each_line_its_own_reports_alone(self, line: Line) -> None:
        lined = lining.season(line, roads=ROADS)
        state = reporting.sent(lined.here)
        assert _plain(lined.chief) == set()
        lined.linked(neighbour=True)
        linked = reporting.sent(lined.here, neighbour=True)
        own = lined.sent()
        assert _plain(lined.chief) == {linked.pk, own.pk}
        assert _plain(lined.here.officer) >= {state.pk, linked.pk}

    @LINES
    def test_keeps_who_reads_a_linked_report_from_changing_it(self, line: Line) -> None:
        lined = lining.season(line, roads=ROADS)
        lined.linked()
        report = reporting.sent(lined.here)
        reach = lined.chief.reach
        with wall.looking(reach.way, reach.settings):
            seen = Report.objects.filter(pk=report.pk)
            assert seen.exists()
            assert seen.update(status="accepted") == 0


def _plain(actor: Actor) -> set[int]:
    """Return the reports the database itself shows to a way of looking."""
    reach = actor.reach
    with wall.looking(reach.way, reach.settings), connection.cursor() as cursor:
        cursor.execute("SELECT id FROM reports_report")
        return {row[0] for row in cursor.fetchall()}


@pytest.mark.django_db(transaction=True)
class TestTwoAtOnce:
    def test_two_who_open_two_linked_duties_begin_one_report(self) -> None:
        lined = lining.season(Line.PARTY, roads=ROADS)
        lined.linked()
        tasks = [lined.here.task.pk, lined.task().pk]
        reporting.together(
            *(
                lambda task=task: actions.open_report(
                    actor=lined.here.secretary, task_id=task, at=AT
                )
                for task in tasks
            )
        )
        assert Report.objects.count() == 1

    def test_of_two_senders_of_a_line_one_sends(self) -> None:
        lined = lining.season(Line.UNION, roads=(Step.ADMITTED,))
        report = actions.open_report(actor=lined.writer(), task_id=lined.task().pk, at=AT)
        outcomes = reporting.together(
            *[
                lambda: actions.send_report(
                    actor=lined.writer(),
                    report_id=report.pk,
                    seen=report.revision,
                    at=AT,
                    on=WRITTEN,
                )
            ]
            * 2
        )
        assert sorted(outcomes) == ["AlreadySent", "done"]
