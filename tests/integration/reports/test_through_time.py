"""The reports of a year after units have merged and ended: three views, each figure with a way."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import product

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from donghanh.accounts.models import User
from donghanh.domain import succession as s
from donghanh.domain.acts import Step
from donghanh.domain.authority import Actor
from donghanh.domain.rights import Role
from donghanh.domain.structure import Line, UnitKind
from donghanh.domain.succession import View
from donghanh.organisation.models import Unit
from donghanh.reorganisation import actions as reorganisation
from donghanh.reorganisation import queries as operations
from donghanh.reports import actions, queries
from donghanh.reports.models import Report
from tests import factory
from tests.integration.reports import reporting
from tests.integration.reports.reporting import WRITTEN, YEAR, Season

pytestmark = pytest.mark.django_db
MERGED = date(2024, 8, 15)
NOW = date(2024, 10, 1)
LINES = (Line.EDUCATION, Line.PARTY, Line.UNION)
ORDER = s.Decision("12/QĐ-UBND", date(2024, 8, 1), "UBND tỉnh (mô phỏng)")
PAGE = f"/tong-hop/{YEAR}/qua-thoi-gian/"
SCHOOL = "Trường THPT (mô phỏng) Đức Lập"
NEIGHBOUR = "Trường THPT (mô phỏng) Quảng Tín"
HEIR = "Sở Giáo dục và Đào tạo (mô phỏng) Lâm Đồng"


@dataclass(frozen=True, slots=True)
class After:
    """A season after its department went into another one."""

    here: Season
    heir: Unit
    user: User

    @property
    def officer(self) -> Actor:
        return factory.actor(self.user, NOW)

    def carry_out(self, change: s.Change, on: date = MERGED) -> None:
        keeper = factory.actor(self.here.cast.administrator, WRITTEN)
        order = s.Operation(change, ORDER, on)
        seen = operations.preview(keeper, order, NOW).digest
        reorganisation.reorganise(
            actor=keeper, operation=order, seen=seen, at=factory.instant(NOW), today=NOW
        )


@pytest.fixture
def after(monkeypatch: pytest.MonkeyPatch) -> After:
    """Both schools have reported; then their department goes into another one."""
    here = reporting.season(roads=(Step.ADMITTED, Step.INTRODUCED))
    factory.walk_to(Step.ADMITTED, here.cast, here.cast.neighbour)
    reporting.accepted(here)
    reporting.accepted(here, neighbour=True)
    heir = factory.unit("so-ld", UnitKind.DEPARTMENT, HEIR, place="Lâm Đồng")
    user = factory.holder("ld.cv", "Cao Thị Mỹ", heir, Role.OFFICER)
    made = After(here, heir, user)
    made.carry_out(s.Merge((here.cast.department.pk,), heir.pk))
    factory.freeze(monkeypatch, NOW)
    return made


def schools_merge(after: After) -> None:
    cast = after.here.cast
    after.carry_out(s.Merge((cast.school.unit.pk,), cast.neighbour.unit.pk))


def table(after: After, view: View) -> list[tuple[int, str, int | None]]:
    """Return depth, name and how many were admitted, row by row."""
    page = queries.time_page(after.officer, Line.EDUCATION, YEAR, view, NOW)
    place = [column.code for column in page.columns].index("admitted")
    return [(row.depth, row.name, row.cells[place].value) for row in page.rows]


def links(client: Client, path: str) -> Iterator[str]:
    """Yield where the figures of a page lead."""
    html = client.get(path).content.decode()
    body = html[html.index("<tbody") : html.index("</tbody>")]
    yield from (one.replace("&amp;", "&") for one in re.findall(r'href="([^"]+)"', body))


class TestViews:
    def test_as_it_was_under_the_units_and_names_of_then(self, after: After) -> None:
        schools_merge(after)
        old = "Sở Giáo dục và Đào tạo (mô phỏng)"
        page = queries.time_page(after.officer, Line.EDUCATION, YEAR, View.AS_WAS, NOW)
        assert page.rows[0].name.startswith(old)
        assert [(row.name, row.now) for row in page.rows[1:]] == [
            (SCHOOL, NEIGHBOUR),
            (NEIGHBOUR, ""),
        ]
        assert page.rows[0].now == HEIR
        assert [one[::2] for one in table(after, View.AS_WAS)] == [(0, 2), (1, 1), (1, 1)]

    def test_as_it_is_with_what_has_ended_standing_alone(self, after: After) -> None:
        schools_merge(after)
        assert table(after, View.AS_IS) == [(0, HEIR, 1), (1, NEIGHBOUR, 1), (0, SCHOOL, 1)]
        page = queries.time_page(after.officer, Line.EDUCATION, YEAR, View.AS_IS, NOW)
        assert [row.ended for row in page.rows] == [False, False, True]

    def test_carried_over_to_who_carries_it_on(self, after: After) -> None:
        schools_merge(after)
        assert table(after, View.BRIDGED) == [(0, HEIR, 2), (1, NEIGHBOUR, 2)]
        page = queries.time_page(after.officer, Line.EDUCATION, YEAR, View.BRIDGED, NOW)
        assert page.rows[1].was == (SCHOOL,)

    def test_make_up_the_same_whole_and_that_of_the_sheet(self, after: After) -> None:
        schools_merge(after)
        sheet = queries.sheet(after.officer, YEAR, NOW)
        for view, line in product(View, LINES):
            page = queries.time_page(after.officer, line, YEAR, view, NOW)
            assert tuple(cell.value for cell in page.totals) == sheet.totals
            tops = [row for row in page.rows if row.depth == 0]
            for place, total in enumerate(sheet.totals):
                assert sum(row.cells[place].value or 0 for row in tops) == total

    def test_leave_out_what_nobody_accepted_and_say_how_many(self, after: After) -> None:
        Report.objects.filter(school=after.here.cast.school.unit).update(status="sent")
        page = queries.time_page(after.officer, Line.EDUCATION, YEAR, View.BRIDGED, NOW)
        assert (page.reports, page.waiting) == (1, 1)
        assert table(after, View.BRIDGED) == [(0, HEIR, 1), (1, NEIGHBOUR, 1)]

    def test_keep_a_school_that_ended_with_nobody_to_carry_it_on(self, after: After) -> None:
        cast = after.here.cast
        hosted = (cast.school.cell.pk, cast.school.youth.pk)
        for unit in hosted:
            after.carry_out(s.Move(unit, Line.HOST, cast.neighbour.unit.pk), date(2024, 8, 20))
        after.carry_out(s.Close(cast.school.unit.pk), date(2024, 8, 25))
        shown = factory.signed_in(after.user).get(f"{PAGE}?cach=bridged").content.decode()
        assert SCHOOL in shown
        assert table(after, View.BRIDGED)[-1] == (0, SCHOOL, 1)


class TestPage:
    def test_leads_from_every_figure_to_the_cases(self, after: After) -> None:
        schools_merge(after)
        client = factory.signed_in(after.user)
        reports = {str(report.pk) for report in Report.objects.all()}
        leaves = set()
        for view, line in product(View, LINES):
            found = set(links(client, f"{PAGE}?cay={line.value}&cach={view.value}"))
            behind = {one for one in found if "/so-lieu/" in one}
            for one in found - behind:
                behind |= {leaf for leaf in links(client, one) if "/so-lieu/" in leaf}
            assert {one.split("/")[3] for one in behind} == reports
            leaves |= behind
        for one in leaves:
            assert client.get(one).status_code == 200

    def test_is_reached_from_the_sheet_and_says_what_each_view_is(self, after: After) -> None:
        client = factory.signed_in(after.user)
        sheet = client.get(f"/tong-hop/{YEAR}/").content.decode()
        for view in View:
            assert f"{PAGE}?cach={view.value}" in sheet
        words = ("Theo tổ chức lúc đó", "Theo tổ chức hiện nay", "Quy về tổ chức hiện nay")
        for view, word in zip(View, words, strict=True):
            shown = client.get(f"{PAGE}?cach={view.value}").content.decode()
            assert re.search(rf'aria-current="page">{word}', shown)

    def test_says_the_old_name_and_what_it_is_now(self, after: After) -> None:
        schools_merge(after)
        shown = factory.signed_in(after.user).get(f"{PAGE}?cach=as_was").content.decode()
        assert f"nay là {NEIGHBOUR}" in shown

    def test_answers_what_is_not_there_as_what_is_not_yours(self, after: After) -> None:
        client = factory.signed_in(after.user)
        for path in (
            f"{PAGE}999999/admitted/",
            f"{PAGE}{after.heir.pk}/khac/",
            f"{PAGE}0-1/admitted/",
        ):
            assert client.get(path).status_code == 404
        assert client.get("/tong-hop/2023-2026/qua-thoi-gian/").status_code == 404
        assert client.get(f"{PAGE}?cach=khac&cay=host").status_code == 200
        secretary = factory.signed_in(after.here.cast.outsider)
        assert secretary.get(PAGE).status_code == 404

    def test_shows_another_department_nothing(self, after: After) -> None:
        other = factory.unit("so2", UnitKind.DEPARTMENT, "Sở Giáo dục và Đào tạo (mô phỏng) khác")
        stranger = factory.holder("so2.cv", "Lý Thị Xa", other, Role.OFFICER)
        client = factory.signed_in(stranger)
        assert SCHOOL not in client.get(PAGE).content.decode()
        report = Report.objects.all()[0]
        assert client.get(f"/tong-hop/bao-cao/{report.pk}/").status_code == 404

    def test_needs_as_many_statements_for_many_schools(self, after: After) -> None:
        client = factory.signed_in(after.user)

        def asked() -> int:
            with CaptureQueriesContext(connection) as seen:
                client.get(f"{PAGE}?cach=bridged")
            return len(seen)

        asked()  # units are read once, and kept while none changes
        whole = asked()
        Report.objects.filter(school=after.here.cast.school.unit).update(status="writing")
        assert asked() == whole


class TestTakenOver:
    def test_a_department_reads_and_accepts_what_was_sent_to_one_it_carries_on(
        self, after: After
    ) -> None:
        report = Report.objects.get(school=after.here.cast.school.unit)
        Report.objects.filter(pk=report.pk).update(status="sent")
        client = factory.signed_in(after.user)
        assert client.get(f"/tong-hop/bao-cao/{report.pk}/").status_code == 200
        accepted = actions.accept_report(
            actor=after.officer,
            report_id=report.pk,
            seen=report.revision,
            at=factory.instant(NOW),
        )
        assert accepted.status == "accepted"

    def test_a_department_reads_the_versions_made_before_it_was_there(self, after: After) -> None:
        made = actions.consolidate(
            actor=Actor(
                after.here.officer.user_id,
                after.here.officer.name,
                after.here.officer.post,
                after.here.officer.schools,
            ),
            school_year=YEAR,
            at=factory.instant(WRITTEN),
            on=WRITTEN,
        )
        client = factory.signed_in(after.user)
        shown = client.get(f"/tong-hop/{YEAR}/cac-ban/").content.decode()
        paper = f"/tong-hop/ban/{made.consolidation.pk}.docx"
        assert paper in shown
        assert client.get(paper).content == made.docx

    def test_nothing_that_was_sent_is_touched(self, after: After) -> None:
        before = str(list(Report.objects.order_by("id").values()))
        schools_merge(after)
        client = factory.signed_in(after.user)
        for view in View:
            client.get(f"{PAGE}?cach={view.value}")
        assert str(list(Report.objects.order_by("id").values())) == before
