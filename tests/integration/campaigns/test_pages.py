"""Pages of campaigns, the table they show, the wall under them, what refusals say."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta
from xml.etree import ElementTree as Xml

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.test.utils import CaptureQueriesContext

from donghanh.campaigns import queries, texts
from donghanh.campaigns.models import Campaign, Figure, Joining, Number, Statement
from donghanh.domain import campaign_figures, campaigning
from donghanh.domain.errors import RuleError
from donghanh.domain.structure import Line, UnitKind
from donghanh.lib import wall
from tests import factory
from tests.factory import Cast
from tests.integration.campaigns.running import (
    TODAY,
    YEAR,
    at,
    declined,
    drafted,
    ended,
    gave,
    joined,
    opened,
)

pytestmark = pytest.mark.django_db
#: What the page of a campaign and the list ask the database, whatever there is.
PAGE, LIST, UNIT = 10, 4, 8
#: What somebody types who writes a campaign.
TYPED = {
    "once": "x",
    "title": "Phấn đấu",
    "aim": "Vì sao",
    "begins": "15/9/2023",
    "ends": "",
    "due": "31/5",
    "directive": "",
    "paper_number": "03-CT/TWĐTN-BTC",
    "paper_issuer": "Ban Bí thư Trung ương Đoàn",
    "paper_day": "21/7/2021",
    "so-TOTAL_FORMS": "2",
    "so-INITIAL_FORMS": "0",
    "so-0-label": "Buổi sinh hoạt",
    "so-0-measure": "buổi",
}


@pytest.fixture
def cast(monkeypatch: pytest.MonkeyPatch) -> Cast:
    factory.freeze(monkeypatch, TODAY)
    return factory.cast()


def more_schools(cast: Cast, many: int) -> None:
    """Put more schools under the Union above, with nobody who acts for them."""
    by = factory.founder()
    for n in range(many):
        school = factory.unit(f"them-{n}", UnitKind.SCHOOL, f"Trường Thêm {n}", by=by)
        youth = factory.unit(f"them-{n}-doan", UnitKind.SCHOOL_UNION, f"Đoàn Thêm {n}", by=by)
        factory.link(school, cast.department, Line.EDUCATION, by=by)
        factory.link(youth, school, Line.HOST, by=by)
        factory.link(youth, cast.upper_union, Line.UNION, by=by)


def sheet_of(data: bytes) -> list[list[str | None]]:
    """Return the cells of the one sheet of a workbook; ``None`` where nothing stands."""
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        root = Xml.fromstring(book.read("xl/worksheets/sheet1.xml"))  # noqa: S314 - our own
    space = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    rows = []
    for row in root.iter(f"{space}row"):
        cells: dict[str, str] = {}
        for cell in row.iter(f"{space}c"):
            text = "".join(one.text or "" for one in cell.iter() if one.tag != f"{space}c")
            cells[cell.attrib["r"].rstrip("0123456789")] = text
        rows.append([cells.get(letter) for letter in "ABCDEFG"])
    return rows


class TestTable:
    def test_names_who_said_nothing_and_adds_up_what_was_said(self, cast: Cast) -> None:
        more_schools(cast, 1)
        campaign = opened(cast)
        joined(campaign, cast.school)
        joined(campaign, cast.neighbour)
        gave(campaign, cast.school, 4, None)
        page = queries.campaign_page(
            factory.actor(cast.upper_unionist, TODAY), campaign.pk, None, TODAY
        )
        assert page.table is not None
        assert [(one.text, one.of) for one in page.table.sums] == [("4", 1), ("–", 0)]
        neighbour = next(
            row.school
            for row in page.table.rows
            if row.joining_id == at(campaign, cast.neighbour).pk
        )
        assert page.table.silent == (neighbour,)
        assert page.table.unanswered == ("Trường Thêm 0",)
        assert [len(one.missing) for one in page.table.sums] == [1, 2]
        assert not page.table.late

    def test_goes_as_a_workbook_with_blanks_for_what_was_not_said(self, cast: Cast) -> None:
        campaign = opened(cast)
        joined(campaign, cast.school)
        declined(campaign, cast.neighbour)
        gave(campaign, cast.school, 0, None)
        answer = factory.signed_in(cast.upper_unionist).get(
            f"/cuoc-van-dong/{campaign.pk}/so-lieu.xlsx"
        )
        head, *rows = sheet_of(answer.content)
        assert str(head[3]).startswith(YEAR)
        by_name = {str(row[0]): row for row in rows}
        assert by_name["Cộng"][3:5] == ["0", None]
        assert by_name["Cộng từ bao nhiêu trường"][3:5] == ["1", "0"]
        assert {row[3] for row in rows[:2]} == {"0", None}

    def test_shows_a_department_its_schools_and_a_school_its_own_row(self, cast: Cast) -> None:
        campaign = opened(cast)
        joined(campaign, cast.school)
        joined(campaign, cast.neighbour)
        gave(campaign, cast.neighbour, 87654, 3)
        shown = f"/cuoc-van-dong/{campaign.pk}/"
        for user, seen in ((cast.officer, True), (cast.union, False), (cast.secretary, False)):
            page = factory.signed_in(user).get(shown)
            assert page.status_code == 200
            assert ("87.654" in page.content.decode()) is seen
        away = at(campaign, cast.neighbour)
        other = factory.signed_in(cast.union).get(f"/cuoc-van-dong/truong/{away.pk}/")
        assert other.status_code == 404

    def test_asks_as_many_statements_for_ninety_schools_as_for_two(self, cast: Cast) -> None:
        actor = factory.actor(cast.upper_unionist, TODAY)
        counts = []
        for n, many in enumerate((0, 88)):
            more_schools(cast, many)
            actor = factory.actor(cast.upper_unionist, TODAY)
            campaign = opened(cast, once=f"so-{n}")
            joined(campaign, cast.school)
            gave(campaign, cast.school, 1, 2)
            with CaptureQueriesContext(connection) as asked:
                page = queries.campaign_page(actor, campaign.pk, None, TODAY)
            with CaptureQueriesContext(connection) as listed:
                queries.listed(actor, None, TODAY)
            with CaptureQueriesContext(connection) as one:
                queries.unit_page(actor, at(campaign, cast.school).pk, TODAY)
            counts.append((len(asked), len(listed), len(one)))
        assert page.table is not None
        assert len(page.table.rows) == 90
        assert counts == [(PAGE, LIST, UNIT)] * 2


class TestPages:
    def test_list_what_runs_what_comes_and_what_has_ended(self, cast: Cast) -> None:
        opened(cast, once="a")
        ended(opened(cast, once="b"), cast)
        drafted(cast, once="c")
        page = queries.listed(factory.actor(cast.upper_unionist, TODAY), None, TODAY)
        assert [len(part) for part in (page.drafts, page.running, page.coming, page.over)] == [
            *(1, 1, 0, 1),
        ]
        own = queries.listed(factory.actor(cast.union, TODAY), None, TODAY)
        assert [len(part) for part in (own.drafts, own.running, own.over)] == [0, 1, 1]
        assert own.running[0].answer is not None

    def test_are_written_through_every_way_of_looking(self, cast: Cast) -> None:
        runner = factory.signed_in(cast.upper_unionist)
        assert runner.post("/cuoc-van-dong/soan", TYPED).status_code == 302
        campaign = Campaign.objects.get()
        page = f"/cuoc-van-dong/{campaign.pk}/"
        mended = {**TYPED, "seen": 1, "due": "10/6", "so-INITIAL_FORMS": "1"}
        assert runner.post(f"{page}sua", mended).status_code == 302
        assert runner.post(f"{page}phat-dong", {"seen": 2}).status_code == 302
        assert runner.post(f"{page}phat-dong", {"seen": 2}).status_code == 422
        early = runner.post(f"{page}chot", {"school_year": YEAR})
        assert early.status_code == 422
        assert "còn được báo" in early.content.decode()
        assert runner.post(f"{page}them-truong").status_code == 302
        over = {"seen": 3, "ended": "01/03/2024", "done": "a", "learnt": "b"}
        assert runner.post(f"{page}tong-ket", over).status_code == 302
        assert runner.get(f"{page}chot").status_code == 404
        campaign.refresh_from_db()
        assert (campaign.stage, campaign.due_day) == ("ended", 10)

    def test_are_answered_by_a_school_through_its_own_way_of_looking(self, cast: Cast) -> None:
        school, campaign = factory.signed_in(cast.union), opened(cast)
        one = at(campaign, cast.school)
        mine = f"/cuoc-van-dong/truong/{one.pk}/"
        assert school.post(f"{mine}khong-tham-gia", {"seen": 1, "reason": "Bận"}).status_code == 302
        plan = {"seen": 2, "plan": "Làm", "lead": "Bí thư", "until": "25/5/2024"}
        assert school.post(f"{mine}tham-gia", plan).status_code == 302
        assert school.post(f"{mine}tham-gia", plan).status_code == 422
        figure = campaign.figures.order_by("place")[0]
        given = {"seen": 0, f"so-{figure.pk}": "7", "note": ""}
        assert school.post(f"{mine}so-lieu/{YEAR}", given).status_code == 302
        again = school.post(f"{mine}so-lieu/{YEAR}", given)
        assert again.status_code == 422
        assert "vừa sửa" in again.content.decode()
        assert school.post(f"{mine}danh-gia", {"seen": 3, "text": "Tốt"}).status_code == 302
        assert Number.objects.get().number == 7

    @pytest.mark.parametrize(
        ("typed", "words"),
        [
            ("-3", "không thể nhỏ hơn 0"),
            ("999999999999", "Không trường nào đạt tới"),
            ("ba", "số nguyên"),
            ("", "Chưa có số nào"),
        ],
    )
    def test_say_in_one_sentence_why_a_figure_is_not_kept(
        self, cast: Cast, typed: str, words: str
    ) -> None:
        campaign = opened(cast)
        one = joined(campaign, cast.school)
        fields = {f"so-{figure.pk}": typed for figure in campaign.figures.all()}
        answer = factory.signed_in(cast.union).post(
            f"/cuoc-van-dong/truong/{one.pk}/so-lieu/{YEAR}", {"seen": 0, "note": "", **fields}
        )
        assert answer.status_code == 422
        assert words in answer.content.decode()
        assert Statement.objects.count() == 0


class TestWall:
    def test_shows_a_school_what_was_opened_for_it_and_its_own_rows(self, cast: Cast) -> None:
        campaign = opened(cast)
        drafted(cast, once="hai")
        for where in (cast.school, cast.neighbour):
            joined(campaign, where)
            gave(campaign, where, 1, 2)
        tables = (Campaign, Joining, Statement, Number, Figure)
        expected = {
            cast.upper_unionist: (2, 2, 2, 4, 4),
            cast.union: (1, 1, 1, 2, 2),
            cast.secretary: (1, 1, 1, 2, 2),
            cast.officer: (1, 2, 2, 4, 2),
            cast.committee: (1, 2, 2, 4, 2),
        }
        for user, numbers in expected.items():
            reach = factory.actor(user, TODAY).reach
            with wall.looking(reach.way, reach.settings):
                assert tuple(table.objects.count() for table in tables) == numbers, user.username

    def test_lets_nobody_write_what_is_not_theirs(self, cast: Cast) -> None:
        campaign = opened(cast)
        joined(campaign, cast.school)
        gave(campaign, cast.school, 1, 2)
        away = at(campaign, cast.neighbour)
        union, above = cast.union, cast.upper_unionist
        deeds = (
            (union, lambda: Campaign.objects.update(title="Khác")),
            (union, lambda: Statement.objects.update(note="Khác")),
            (union, lambda: Number.objects.all().delete()),
            (above, lambda: Joining.objects.update(answer="declined", reason="x")),
            (above, lambda: Number.objects.update(number=9)),
            (
                union,
                lambda: Statement.objects.create(
                    joining_id=away.pk,
                    school_year=YEAR,
                    revision=1,
                    stated_at=factory.instant(TODAY),
                    stated_by=cast.union,
                ),
            ),
        )
        for user, deed in deeds:
            reach = factory.actor(user, TODAY).reach
            with (
                pytest.raises(ProgrammingError),
                transaction.atomic(),
                wall.looking(reach.way, reach.settings),
            ):
                deed()
        reach = factory.actor(union, TODAY).reach
        with wall.looking(reach.way, reach.settings):
            assert Joining.objects.filter(pk=away.pk).update(version=9) == 0

    def test_keeps_figures_of_an_opened_campaign_whoever_tries(self, cast: Cast) -> None:
        campaign = opened(cast)
        for deed in (
            lambda: campaign.figures.update(label="Khác"),
            lambda: campaign.figures.all().delete(),
        ):
            with pytest.raises(IntegrityError), transaction.atomic():
                deed()


class TestTexts:
    def test_say_every_refusal_of_a_campaign(self) -> None:
        codes = {
            one.code
            for one in (*vars(campaigning).values(), *vars(campaign_figures).values())
            if isinstance(one, type) and issubclass(one, RuleError) and one is not RuleError
        }
        assert codes <= texts.REFUSALS.keys()

    def test_name_a_day_as_people_write_it(self) -> None:
        error = campaigning.UntilOutside(on=TODAY + timedelta(days=1))
        assert "02/3/2024" in texts.refusal(error)
