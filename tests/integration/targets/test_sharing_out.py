"""Targets: shared out downwards, changed with a reason, held against what is done; units alone."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from datetime import date, timedelta

import pytest
from django.db import ProgrammingError, connection
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape

from donghanh.accounts.models import User
from donghanh.amendments import queries as amendments
from donghanh.domain import succession as s
from donghanh.domain import targets as rules
from donghanh.domain.acts import Step
from donghanh.domain.authority import NotAllowed
from donghanh.domain.structure import Line, UnitKind
from donghanh.domain.succession import View
from donghanh.dossiers import queries as dossiers
from donghanh.history.models import Event
from donghanh.lib import wall
from donghanh.organisation.models import Unit
from donghanh.reorganisation import actions as reorganisation
from donghanh.reorganisation import queries as operations
from donghanh.reports import queries as reports
from donghanh.targets import actions, queries
from donghanh.targets.models import Target
from tests import factory
from tests.factory import Cast

pytestmark = pytest.mark.django_db

YEAR = "2023-2024"
TODAY = date(2024, 3, 1)
PAPER = date(2024, 2, 20)
PAGE = f"/chi-tieu/{YEAR}/admitted/"


@pytest.fixture
def cast(monkeypatch: pytest.MonkeyPatch) -> Cast:
    factory.freeze(monkeypatch, TODAY)
    return factory.cast()


def share(
    user: User,
    amounts: Mapping[Unit, int],
    *,
    paper: date = PAPER,
    reason: str = "",
    number: str = "15/QĐ",
    seen: str | None = None,
    year: str = YEAR,
    code: str = "admitted",
    on: date = TODAY,
) -> tuple[int, ...]:
    return actions.share_out(
        actor=factory.actor(user, on),
        school_year=year,
        indicator=code,
        amounts={unit.pk: amount for unit, amount in amounts.items()},
        seen=seen,
        paper_number=number,
        paper_date=paper,
        reason=reason,
        at=factory.instant(on),
        on=on,
    )


def plan(user: User, view: View = View.BRIDGED, on: date = TODAY) -> queries.Plan:
    return queries.plan(factory.actor(user, on), YEAR, "admitted", on, view)


def amounts(page: queries.Plan) -> dict[int, int | None]:
    return {row.unit_id: row.amount for row in page.rows}


class TestShareOut:
    def test_shares_downwards_and_shows_the_rest(self, cast: Cast) -> None:
        share(cast.officer, {cast.department: 5, cast.school.unit: 2})
        page = plan(cast.officer)
        assert page.own is not None
        assert (page.own.amount, page.shared, page.rest, page.over) == (5, 2, 3, 0)
        assert amounts(page) == {cast.school.unit.pk: 2, cast.neighbour.unit.pk: None}
        share(cast.officer, {cast.neighbour.unit: 4})
        page = plan(cast.officer)
        assert (page.shared, page.rest, page.over) == (6, -1, 1)
        (first, second) = Event.objects.filter(action="targets.shared_out").order_by("id")
        assert first.facts["units"] == sorted([cast.department.pk, cast.school.unit.pk])
        assert second.facts["amounts"] == [4]

    def test_adds_a_letter_and_lets_a_decision_say_the_whole(self, cast: Cast) -> None:
        factory.ask_for_reports(cast, {cast.school.unit.pk: 2, cast.neighbour.unit.pk: 1})
        assert amounts(plan(cast.officer)) == {cast.school.unit.pk: 2, cast.neighbour.unit.pk: 1}
        share(cast.officer, {cast.school.unit: 4}, reason="Thêm lớp 12.")
        assert amounts(plan(cast.officer))[cast.school.unit.pk] == 4
        sheet = reports.sheet(factory.actor(cast.officer, TODAY), YEAR, TODAY)
        assert [line.target for line in sheet.lines] == [4, 1]

    def test_keeps_what_was_replaced_with_its_reason(self, cast: Cast) -> None:
        share(cast.officer, {cast.school.unit: 2})
        share(cast.officer, {cast.school.unit: 3}, reason="Bổ sung theo kế hoạch.")
        kept = Target.objects.filter(unit=cast.school.unit).order_by("number")
        assert [(one.number, one.amount, one.reason) for one in kept] == [
            (1, 2, ""),
            (2, 3, "Bổ sung theo kế hoạch."),
        ]
        page = queries.unit_page(
            factory.actor(cast.secretary, TODAY), YEAR, "admitted", cast.school.unit.pk, TODAY
        )
        assert [(line.amount, line.holds) for line in page.lines] == [(3, True), (2, False)]

    @pytest.mark.parametrize(
        ("refused", "told"),
        [
            (rules.Absurd, {"amounts": -1}),
            (rules.Absurd, {"amounts": rules.MOST + 1}),
            (rules.NoReason, {}),
            (rules.NoPaper, {"number": "  ", "reason": "Vì"}),
            (rules.NothingChanges, {"amounts": 2}),
            (rules.PaperNotYet, {"paper": TODAY + timedelta(days=1), "reason": "Vì"}),
            (rules.PaperNotYet, {"paper": PAPER - timedelta(days=1), "reason": "Vì"}),
            (rules.YearClosed, {"year": "2022-2023", "reason": "Vì"}),
            (rules.YearClosed, {"year": "2025-2026", "reason": "Vì"}),
            (queries.NoSuchFigure, {"code": "taking_part"}),
            (actions.ChangedMeanwhile, {"seen": "cu", "reason": "Vì"}),
        ],
    )
    def test_refuses_and_keeps_nothing(
        self, cast: Cast, refused: type[Exception], told: dict[str, object]
    ) -> None:
        share(cast.officer, {cast.school.unit: 2})
        before = Target.objects.count()
        amount = told.pop("amounts", 3)
        with pytest.raises(refused):
            share(cast.officer, {cast.school.unit: amount}, **told)  # type: ignore[dict-item, arg-type]
        assert Target.objects.count() == before

    def test_refuses_units_that_are_not_directly_below(self, cast: Cast) -> None:
        for user, unit in (
            (cast.officer, cast.school.cell),
            (cast.upper_unionist, cast.school.unit),
            (cast.committee, cast.school.cell),
        ):
            with pytest.raises(rules.NotBelow):
                share(user, {unit: 1})
        for user in (cast.secretary, cast.leader, cast.union):
            with pytest.raises(NotAllowed):
                share(user, {cast.school.unit: 1})
        assert not Target.objects.exists()

    def test_shares_along_the_lines_of_party_and_union(self, cast: Cast) -> None:
        share(cast.committee, {cast.base: 3})
        share(cast.base_member, {cast.school.cell: 2})
        share(cast.upper_unionist, {cast.school.youth: 6}, code="introduced")
        above, below = plan(cast.committee), plan(cast.base_member)
        row = next(row for row in above.rows if row.unit_id == cast.base.pk)
        assert (row.amount, row.shared, row.rest) == (3, 2, 1)
        assert below.own is not None
        assert (below.own.amount, below.rest) == (3, 1)
        with pytest.raises(rules.GivenFromAbove):
            share(cast.base_member, {cast.base: 9}, reason="Vì")
        mine = plan(cast.secretary)
        assert amounts(mine) == {cast.school.cell.pk: 2}

    def test_is_added_to_and_never_changed(self, cast: Cast) -> None:
        share(cast.officer, {cast.school.unit: 2})
        for user in (cast.officer, cast.committee, cast.upper_unionist, cast.secretary):
            reach = factory.actor(user, TODAY).reach
            for written in ("UPDATE targets_target SET amount = 9", "DELETE FROM targets_target"):
                with (
                    pytest.raises(ProgrammingError, match="permission denied"),
                    wall.looking(reach.way, reach.settings),
                    connection.cursor() as cursor,
                ):
                    cursor.execute(written)

    def test_two_decide_at_once_and_one_is_kept(self, cast: Cast) -> None:
        share(cast.officer, {cast.school.unit: 2})
        seen = plan(cast.officer).digest
        share(cast.officer, {cast.school.unit: 3}, reason="Một", seen=seen)
        with pytest.raises(actions.ChangedMeanwhile):
            share(cast.officer, {cast.school.unit: 4}, reason="Hai", seen=seen)


class TestPlan:
    def test_holds_targets_against_what_is_done(self, cast: Cast) -> None:
        factory.walk_to(Step.ADMITTED, cast)
        factory.walk_to(Step.LISTED, cast)
        on = date(2024, 6, 20)
        factory.ask_for_reports(cast, {cast.school.unit.pk: 2, cast.neighbour.unit.pk: 0})
        page = plan(cast.officer, on=on)
        row = next(row for row in page.rows if row.unit_id == cast.school.unit.pk)
        sheet = {one.code: one.value for one in _counted(cast, on)}
        assert row.result == sheet["admitted"] == 1
        assert page.cutoff == date(2024, 6, 9)
        assert row.at_cutoff == 1
        assert row.share == 1 / 2

    def test_tells_no_small_forecast_to_who_sees_no_cases(self, cast: Cast) -> None:
        factory.walk_to(Step.LISTED, cast)
        here = cast.school.unit.pk
        rows = {row.unit_id: row for row in plan(cast.officer).rows}
        inside = plan(cast.secretary).rows[0]
        assert inside.ahead == 1
        assert rows[here].ahead is None
        assert rows[here].forecast is None
        assert plan(cast.officer).forecast is None

    def test_asks_a_fixed_number_of_statements(self, cast: Cast) -> None:
        share(cast.officer, {cast.school.unit: 2})
        factory.walk_to(Step.LISTED, cast)
        with CaptureQueriesContext(connection) as first:
            plan(cast.officer)
        for _ in range(3):
            factory.walk_to(Step.LISTED, cast, cast.neighbour)
        share(cast.officer, {cast.neighbour.unit: 2})
        with CaptureQueriesContext(connection) as second:
            plan(cast.officer)
        assert len(second) == len(first) <= 21

    def test_lets_targets_follow_the_heir(
        self, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        share(cast.officer, {cast.school.unit: 2, cast.neighbour.unit: 3})
        later = date(2024, 5, 10)
        merge = s.Operation(
            s.Merge((cast.school.unit.pk,), cast.neighbour.unit.pk),
            s.Decision("12/QĐ-UBND", date(2024, 4, 1), "UBND tỉnh (mô phỏng)"),
            date(2024, 5, 1),
        )
        keeper = factory.actor(cast.administrator, later)
        reorganisation.reorganise(
            actor=keeper,
            operation=merge,
            seen=operations.preview(keeper, merge, later).digest,
            at=factory.instant(later),
            today=later,
        )
        bridged = plan(cast.officer, on=later)
        assert amounts(bridged) == {cast.neighbour.unit.pk: 5}
        assert bridged.rows[0].was == ("Trường THPT (mô phỏng) Đức Lập",)
        alone = plan(cast.officer, View.AS_IS, on=later)
        assert amounts(alone) == {cast.neighbour.unit.pk: 3, cast.school.unit.pk: 2}
        assert [row.unit_id for row in alone.rows if row.alone] == [cast.school.unit.pk]
        was = plan(cast.officer, View.AS_WAS, on=later)
        assert amounts(was) == {cast.neighbour.unit.pk: 3, cast.school.unit.pk: 2}
        with pytest.raises(rules.NotThen) as refused:
            share(cast.officer, {cast.school.unit: 1}, on=later, paper=later, reason="Vì")
        assert refused.value.facts["unit"] == "Trường THPT (mô phỏng) Đức Lập"
        share(cast.officer, {cast.neighbour.unit: 4}, on=later, paper=later, reason="Vì")
        assert amounts(plan(cast.officer, on=later)) == {cast.neighbour.unit.pk: 4}


class TestPages:
    def test_show_units_and_never_a_pupil(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.LISTED, cast)
        share(cast.officer, {cast.department: 5, cast.school.unit: 2})
        for user in (cast.officer, cast.leader, cast.secretary, cast.upper_unionist):
            answer = factory.signed_in(user).get(PAGE)
            assert answer.status_code == 200
            assert escape(dossier.person.full_name) not in answer.content.decode()

    def test_share_out_once_and_refuse_the_second_click(self, cast: Cast) -> None:
        client = factory.signed_in(cast.officer)
        page = plan(cast.officer)
        sent = {
            "seen": page.digest,
            f"don-vi-{cast.school.unit.pk}": "2",
            "paper_number": "15/QĐ",
            "paper_date": "20/02/2024",
        }
        assert client.post(f"{PAGE}giao/", sent).status_code == 302
        again = client.post(f"{PAGE}giao/", sent)
        assert again.status_code == 409
        assert Target.objects.count() == 1
        bad = client.post(f"{PAGE}giao/", sent | {f"don-vi-{cast.school.unit.pk}": "-3"})
        assert bad.status_code == 422

    def test_close_what_is_not_theirs(self, cast: Cast) -> None:
        share(cast.officer, {cast.school.unit: 2})
        outsider = factory.signed_in(cast.outsider)
        assert outsider.get(f"{PAGE}don-vi/{cast.school.unit.pk}/").status_code == 404
        assert outsider.get(f"{PAGE}giao/").status_code == 404
        own = factory.signed_in(cast.secretary)
        assert own.get(f"{PAGE}don-vi/{cast.school.unit.pk}/").status_code == 200
        for gone in ("/chi-tieu/2023-2025/admitted/", f"/chi-tieu/{YEAR}/taking_part/"):
            assert own.get(gone).status_code == 404

    def test_hand_out_a_workbook(self, cast: Cast) -> None:
        share(cast.officer, {cast.school.unit: 2})
        answer = factory.signed_in(cast.officer).get(f"{PAGE}chi-tieu.xlsx")
        names = zipfile.ZipFile(io.BytesIO(answer.content)).namelist()
        assert "xl/worksheets/sheet1.xml" in names

    def test_escape_the_name_of_a_unit(self, cast: Cast) -> None:
        evil = factory.unit("xau", UnitKind.SCHOOL, "<script>x()</script>")
        factory.link(evil, cast.department, Line.EDUCATION)
        share(cast.officer, {evil: 2})
        text = factory.signed_in(cast.officer).get(PAGE).content.decode()
        assert "<script>x()" not in text
        assert "&lt;script&gt;x()" in text


def _counted(cast: Cast, on: date) -> tuple[reports.Figure, ...]:
    book = amendments.current()
    roads = dossiers.roads_of_school(cast.school.unit.pk, on)
    return reports.count(book, roads, reports.year_of(book, YEAR), on)
