"""The pages of the room: who gets in, what they show, what they answer when refused."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from donghanh.accounts.models import User
from donghanh.domain import errors
from donghanh.domain.acts import Step
from donghanh.dossiers.models import Dossier
from donghanh.people import actions as people
from donghanh.reports import actions, queries, texts
from donghanh.reports.models import Consolidation, Report
from tests import factory
from tests.integration.reports import reporting
from tests.integration.reports.reporting import WRITTEN, YEAR, Season

pytestmark = pytest.mark.django_db
AT = factory.instant(WRITTEN)
#: Who has nothing to seek in the room at all.
STRANGERS = ("union", "committee", "upper_unionist", "administrator")


@pytest.fixture
def here() -> Season:
    return reporting.season(roads=(Step.INTRODUCED, Step.ADMITTED))


def _as(user: User) -> Client:
    return factory.signed_in(user)


def _said(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    return answer.content.decode()


def _names() -> list[str]:
    return [one.person.full_name for one in Dossier.objects.select_related("person")]


def _form(report: Report, **changes: str) -> dict[str, str]:
    return {
        "seen": str(report.revision),
        "cutoff": "31/5/2024",
        **dict.fromkeys(texts.PARTS, ""),
        **changes,
    }


class TestAccess:
    def test_sends_whoever_is_not_signed_in_to_the_door(self) -> None:
        assert Client().get("/bao-cao/").headers["Location"].startswith("/dang-nhap")

    def test_closes_the_schools_pages_to_the_department_and_strangers(self, here: Season) -> None:
        report = reporting.sent(here)
        own = f"/bao-cao/{report.pk}/"
        closed = ["/bao-cao/", own, f"{own}gui/", f"{own}so-lieu/introduced/"]
        for who in ("officer", "leader", *STRANGERS):
            client = _as(getattr(here.cast, who))
            shut = closed[1:] if who == "union" else closed  # it writes reports of its own
            assert {client.get(address).status_code for address in shut} == {404}

    def test_closes_the_departments_pages_to_schools_and_strangers(self, here: Season) -> None:
        report = reporting.accepted(here)
        made = actions.consolidate(actor=here.officer, school_year=YEAR, at=AT, on=WRITTEN)
        closed = [
            "/tong-hop/",
            f"/tong-hop/{YEAR}/",
            f"/tong-hop/{YEAR}/bang.xlsx",
            f"/tong-hop/{YEAR}/lap/",
            f"/tong-hop/{YEAR}/cac-ban/",
            f"/tong-hop/bao-cao/{report.pk}/",
            f"/tong-hop/bao-cao/{report.pk}/so-lieu/introduced/",
            f"/tong-hop/ban/{made.consolidation.pk}.docx",
            f"/tong-hop/ban/{made.consolidation.pk}.xlsx",
        ]
        for who in ("secretary", "outsider", *STRANGERS):
            client = _as(getattr(here.cast, who))
            # A body above adds up what was reported to it alone.
            own = closed[5:] if who in {"committee", "upper_unionist"} else closed
            assert {client.get(address).status_code for address in own} == {404}

    def test_answers_the_outsider_as_if_the_report_did_not_exist(self, here: Season) -> None:
        report = reporting.begun(here)
        client = _as(here.cast.outsider)
        for address in (
            "",
            "gui/",
            "bao-cao.docx",
            "so-lieu/introduced/",
            "so-lieu/introduced.xlsx",
        ):
            assert client.get(f"/bao-cao/{report.pk}/{address}").status_code == 404
        assert client.post(f"/bao-cao/{report.pk}/", _form(report)).status_code == 404
        assert client.post(f"/bao-cao/lap/{here.task.pk}/").status_code == 404

    def test_hides_a_report_from_the_department_until_it_is_sent(self, here: Season) -> None:
        report = reporting.begun(here)
        client = _as(here.cast.officer)
        assert client.get(f"/tong-hop/bao-cao/{report.pk}/").status_code == 404
        assert client.get(f"/bao-cao/{report.pk}/bao-cao.docx").status_code == 404


class TestSchoolPages:
    def test_begin_a_report_and_lead_to_it(self, here: Season) -> None:
        client = _as(here.cast.secretary)
        assert "Lập báo cáo" in _said(client, "/bao-cao/")
        answer = client.post(f"/bao-cao/lap/{here.task.pk}/")
        assert answer.headers["Location"] == f"/bao-cao/{Report.objects.get().pk}/"
        assert "Lập báo cáo" not in _said(client, "/bao-cao/")

    def test_say_how_to_begin_when_nothing_is_asked(self) -> None:
        client = _as(factory.cast().secretary)
        assert "Chưa có báo cáo nào phải lập" in _said(client, "/bao-cao/")

    def test_keep_what_was_written(self, here: Season) -> None:
        report = reporting.begun(here)
        client = _as(here.cast.secretary)
        answer = client.post(f"/bao-cao/{report.pk}/", _form(report, results="Một.\r\nHai."))
        assert answer.status_code == 302
        report.refresh_from_db()
        assert report.parts["results"] == "Một.\nHai."
        assert "Đã lưu nội dung." in _said(client, f"/bao-cao/{report.pk}/")

    def test_lead_on_to_the_last_question_when_sending_was_asked(self, here: Season) -> None:
        report = reporting.begun(here)
        client = _as(here.cast.secretary)
        answer = client.post(f"/bao-cao/{report.pk}/", _form(report, send="1"))
        assert answer.headers["Location"] == f"/bao-cao/{report.pk}/gui/"
        assert "Bản số" in _said(client, f"/bao-cao/{report.pk}/gui/")

    def test_keep_what_was_typed_when_somebody_else_was_first(self, here: Season) -> None:
        report = reporting.begun(here)
        mine = _form(report, results="Lời của tôi", assessment="Chung")
        actions.write_parts(
            actor=here.secretary,
            report_id=report.pk,
            seen=1,
            parts={"results": "Lời của người khác", "assessment": "Chung"},
            cutoff=report.cutoff_date,
            at=AT,
        )
        client = _as(here.cast.secretary)
        answer = client.post(f"/bao-cao/{report.pk}/", mine)
        said = answer.content.decode()
        assert answer.status_code == 409
        assert "Lời của tôi" in said
        assert "Lời của người khác" in said
        assert answer.context["stored"] == [("II. Kết quả thực hiện", "Lời của người khác")]
        again = {**mine, "seen": answer.context["form"]["seen"].value()}
        assert client.post(f"/bao-cao/{report.pk}/", again).status_code == 302
        report.refresh_from_db()
        assert report.parts["results"] == "Lời của tôi"

    @pytest.mark.parametrize(
        ("cutoff", "sentence"),
        [
            ("31/8/2024", "Hãy chọn một ngày từ 01/8/2023 đến 31/7/2024."),
            ("31/02/2024", "Nhập một ngày hợp lệ"),
        ],
    )
    def test_refuse_a_day_that_cannot_be_and_keep_the_words(
        self, here: Season, cutoff: str, sentence: str
    ) -> None:
        report = reporting.begun(here)
        form = _form(report, cutoff=cutoff, results="Lời của tôi")
        answer = _as(here.cast.secretary).post(f"/bao-cao/{report.pk}/", form)
        said = answer.content.decode()
        assert answer.status_code == 422
        assert sentence in said
        assert "Lời của tôi" in said

    def test_send_once_and_show_it_frozen_after_a_second_click(self, here: Season) -> None:
        report = reporting.begun(here)
        client = _as(here.cast.secretary)
        form = client.get(f"/bao-cao/{report.pk}/gui/").context["form"].initial
        assert client.post(f"/bao-cao/{report.pk}/gui/", form).status_code == 302
        again = client.post(f"/bao-cao/{report.pk}/gui/", form)
        assert again.status_code == 422
        assert "gửi lần nữa không làm thay đổi gì" in again.content.decode()
        assert reporting.told(report.pk).count("reports.sent") == 1

    def test_ask_again_when_the_figures_moved(self, here: Season) -> None:
        report = reporting.begun(here)
        client = _as(here.cast.secretary)
        form = client.get(f"/bao-cao/{report.pk}/gui/").context["form"].initial
        factory.walk_to(Step.INTRODUCED, here.cast)
        answer = client.post(f"/bao-cao/{report.pk}/gui/", form)
        assert answer.status_code == 409
        fresh = answer.context["form"].initial
        assert client.post(f"/bao-cao/{report.pk}/gui/", fresh).status_code == 302

    def test_show_the_comment_above_a_returned_report(self, here: Season) -> None:
        report = reporting.returned(here, "Ghi rõ phần III.")
        said = _said(_as(here.cast.secretary), f"/bao-cao/{report.pk}/")
        assert said.index("Ghi rõ phần III.") < said.index('name="cutoff"')

    def test_show_last_years_figures_beside(self, here: Season) -> None:
        before = Report.objects.create(
            task=factory.ask_for_reports(
                here.cast, {here.cast.school.unit.pk: 1}, year="2022-2023"
            )[here.cast.school.unit.pk],
            school=here.cast.school.unit,
            department=here.cast.department,
            school_year="2022-2023",
            cutoff_date=WRITTEN.replace(year=2023),
            status="accepted",
            sent_at=AT,
            rulebook_version="x",
            figures=[{"code": "introduced", "order": 2, "title": "A", "value": 17, "cases": []}],
        )
        page = queries.report_page(here.secretary, reporting.begun(here).pk, WRITTEN)
        assert page.before == before
        assert {row.figure.code: row.before for row in page.rows}["introduced"] == 17
        assert {row.figure.code: row.before for row in page.rows}["listed"] is None

    def test_name_behind_a_figure_only_who_still_takes_part(self, here: Season) -> None:
        report = reporting.sent(here)
        gone, stays = Dossier.objects.order_by("id")
        address = f"/bao-cao/{report.pk}/so-lieu/introduced/"
        assert f"/con-duong/{gone.pk}/" in _said(_as(here.cast.secretary), address)
        people.withdraw_consent(actor=factory.pupil(gone.person), at=AT, on=WRITTEN)
        said = _said(_as(here.cast.secretary), address)
        assert f"/con-duong/{gone.pk}/" not in said
        assert f"/con-duong/{stays.pk}/" in said
        assert "dừng" not in said


class TestDepartmentPages:
    def test_lead_to_the_newest_year(self, here: Season) -> None:
        client = _as(here.cast.officer)
        assert client.get("/tong-hop/").headers["Location"] == f"/tong-hop/{YEAR}/"

    def test_say_how_to_begin_when_nothing_was_asked(self) -> None:
        assert "Chưa yêu cầu báo cáo nào" in _said(_as(factory.cast().officer), "/tong-hop/")

    def test_know_no_year_that_is_none(self, here: Season) -> None:
        client = _as(here.cast.officer)
        for address in ("2023-2025/", "abc/", "2023-2025/lap/", "2023-2025/cac-ban/"):
            assert client.get(f"/tong-hop/{address}").status_code == 404

    def test_return_with_a_comment_and_accept_what_comes_again(self, here: Season) -> None:
        report = reporting.sent(here)
        client = _as(here.cast.officer)
        address = f"/tong-hop/bao-cao/{report.pk}/"
        seen = str(report.revision)
        assert client.post(f"{address}tra-lai/", {"seen": seen, "comment": " "}).status_code == 422
        back = client.post(f"{address}tra-lai/", {"seen": seen, "comment": "Xem lại."})
        assert back.headers["Location"] == f"/tong-hop/{YEAR}/"
        report.refresh_from_db()
        actions.send_report(
            actor=here.secretary, report_id=report.pk, seen=report.revision, at=AT, on=WRITTEN
        )
        assert client.post(f"{address}duyet/", {"seen": seen}).status_code == 409
        report.refresh_from_db()
        fresh = {"seen": str(report.revision)}
        assert client.post(f"{address}duyet/", fresh).status_code == 302
        assert client.post(f"{address}duyet/", fresh).status_code == 422
        report.refresh_from_db()
        assert report.status == "accepted"

    def test_keep_the_comment_typed_when_it_is_refused(self, here: Season) -> None:
        report = reporting.accepted(here)
        answer = _as(here.cast.officer).post(
            f"/tong-hop/bao-cao/{report.pk}/tra-lai/",
            {"seen": str(report.revision), "comment": "Ý kiến đã gõ."},
        )
        assert answer.status_code == 422
        assert "không ở trạng thái chờ" in answer.content.decode()

    def test_make_one_version_of_two_clicks(self, here: Season) -> None:
        reporting.accepted(here)
        client = _as(here.cast.officer)
        form = {"seen": "0", **dict.fromkeys(texts.PARTS, "Lời.")}
        made = client.post(f"/tong-hop/{YEAR}/lap/", form)
        assert made.headers["Location"] == f"/tong-hop/{YEAR}/cac-ban/"
        again = client.post(f"/tong-hop/{YEAR}/lap/", form)
        assert (again.status_code, Consolidation.objects.count()) == (409, 1)

    def test_hand_out_the_paper_and_the_table_of_a_version(self, here: Season) -> None:
        reporting.accepted(here)
        made = actions.consolidate(actor=here.officer, school_year=YEAR, at=AT, on=WRITTEN)
        client = _as(here.cast.leader)
        paper = client.get(f"/tong-hop/ban/{made.consolidation.pk}.docx")
        assert paper.content == made.docx
        assert "attachment" in paper.headers["Content-Disposition"]
        table = client.get(f"/tong-hop/ban/{made.consolidation.pk}.xlsx")
        assert "Trường THPT (mô phỏng) Đức Lập" in _strings(table.content)

    def test_show_no_name_of_a_pupil_anywhere(self, here: Season) -> None:
        report = reporting.accepted(here)
        actions.consolidate(actor=here.officer, school_year=YEAR, at=AT, on=WRITTEN)
        client = _as(here.cast.officer)
        said = "".join(
            _said(client, address)
            for address in (
                f"/tong-hop/{YEAR}/",
                f"/tong-hop/{YEAR}/lap/",
                f"/tong-hop/{YEAR}/cac-ban/",
                f"/tong-hop/bao-cao/{report.pk}/",
                *(
                    f"/tong-hop/bao-cao/{report.pk}/so-lieu/{one['code']}/"
                    for one in report.figures
                ),
            )
        )
        for address in (
            f"/bao-cao/{report.pk}/so-lieu/introduced.xlsx",
            f"/tong-hop/{YEAR}/bang.xlsx",
        ):
            said += _strings(client.get(address).content)
        paper = client.get(f"/bao-cao/{report.pk}/bao-cao.docx").content
        said += "".join(
            cell.text
            for table in docx.Document(io.BytesIO(paper)).tables
            for row in table.rows
            for cell in row.cells
        )
        assert _names()
        assert [name for name in _names() if name in said] == []
        assert "Hồ sơ số" in said

    @pytest.mark.parametrize("more", [0, 4])
    def test_take_the_same_number_of_statements_for_any_number_of_schools(
        self, more: int, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        here = reporting.season(roads=(Step.ADMITTED,))
        reporting.accepted(here)
        cast = here.cast
        schools = [
            factory.school(
                f"them{number}",
                f"Trường THPT (mô phỏng) số {number}",
                department=cast.department,
                above=cast.competent,
                upper=cast.upper_union,
            ).unit.pk
            for number in range(more)
        ]
        if schools:
            factory.ask_for_reports(cast, dict.fromkeys([cast.neighbour.unit.pk, *schools], 1))
        officer = factory.actor(cast.officer, WRITTEN)
        with django_assert_num_queries(10):
            page = queries.sheet_page(officer, YEAR, WRITTEN)
        assert len(page.sheet.lines) == 2 + more


class TestTables:
    def test_name_the_pupils_to_their_own_school_alone(self, here: Season) -> None:
        report = reporting.sent(here)
        address = f"/bao-cao/{report.pk}/so-lieu/introduced.xlsx"
        school = _strings(_as(here.cast.secretary).get(address).content)
        department = _strings(_as(here.cast.officer).get(address).content)
        assert all(name in school for name in _names())
        assert not any(name in department for name in _names())


class TestPapers:
    def test_says_the_frozen_figures_in_the_schools_paper(self, here: Season) -> None:
        report = reporting.sent(here)
        factory.walk_to(Step.INTRODUCED, here.cast)
        answer = _as(here.cast.secretary).get(f"/bao-cao/{report.pk}/bao-cao.docx")
        rows = [
            [cell.text for cell in row.cells]
            for table in docx.Document(io.BytesIO(answer.content)).tables
            for row in table.rows
        ]
        assert ["2", "Số đoàn viên ưu tú được Đoàn giới thiệu", "2", ""] in rows


class TestRefusals:
    def test_have_a_sentence_each_in_the_room(self) -> None:
        codes = {
            kind.code
            for kind in _kinds(errors.RuleError)
            if kind.__module__.startswith("donghanh.reports")
        }
        assert codes
        assert codes <= set(texts.REFUSALS)


def _kinds(kind: type[errors.RuleError]) -> list[type[errors.RuleError]]:
    return [kind, *(one for child in kind.__subclasses__() for one in _kinds(child))]


def _strings(book: bytes) -> str:
    """Return all text of a workbook, wherever it stands inside the file."""
    with zipfile.ZipFile(io.BytesIO(book)) as file:
        return "".join(
            file.read(name).decode() for name in file.namelist() if name.endswith(".xml")
        )
