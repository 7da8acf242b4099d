"""Boards: what adds up to what, through reorganisations, and what is hidden from whom."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from itertools import product

import pytest
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test.utils import CaptureQueriesContext

from donghanh.amendments import queries as amendments
from donghanh.domain import figures
from donghanh.domain.acts import Step
from donghanh.domain.authority import Actor, NotAllowed, Opening
from donghanh.domain.rights import Role
from donghanh.domain.structure import Line, UnitKind
from donghanh.domain.succession import View
from donghanh.history.models import Event
from donghanh.indicators import actions, queries
from donghanh.indicators.models import Entered
from donghanh.indicators.queries import Asked
from donghanh.lib import wall
from donghanh.organisation import queries as organisation
from donghanh.organisation.models import Link, Successor, UnitVersion
from tests import factory
from tests.integration.indicators import counting, laid

pytestmark = pytest.mark.django_db
YEAR, DAY, LATER = "2023-2024", date(2024, 6, 3), date(2024, 10, 1)
LINES = (Line.EDUCATION, Line.PARTY, Line.UNION)


def merged(chance: random.Random, cast: factory.Cast) -> None:
    """Let one school, chosen at random, go into the other, or a department into a new one."""
    on = date(2024, 8, 15)
    if chance.random() < 0.5:
        pair = chance.sample([cast.school.unit.pk, cast.neighbour.unit.pk], 2)
        before, after = pair
    else:
        heir = factory.unit("so-moi", UnitKind.DEPARTMENT, "Sở Giáo dục và Đào tạo mới (mô phỏng)")
        before, after = cast.department.pk, heir.pk
        for school in (cast.school.unit, cast.neighbour.unit):
            Link.objects.filter(child=school, line=Line.EDUCATION.value).update(
                in_force=DateRange(factory.SINCE, on)
            )
            Link.objects.create(
                child=school, parent=heir, line=Line.EDUCATION.value, in_force=DateRange(on, None)
            )
    UnitVersion.objects.filter(unit_id=before).update(in_force=DateRange(factory.SINCE, on))
    Successor.objects.create(before_id=before, after_id=after, on_date=on, how="merge", rest=True)


def added(actor: Actor | None, line: Line, view: View) -> queries.Added:
    book = amendments.current()
    year = queries.year_of(book, YEAR)
    return queries.added(actor, book, organisation.world(), year, DAY, line, view, LATER)


class TestSums:
    @pytest.mark.parametrize("seed", [5, 6])
    def test_lose_nobody_and_count_nobody_twice_through_reorganisations(self, seed: int) -> None:
        chance = random.Random(seed)  # noqa: S311 - a cohort, no secret
        cast = factory.cast()
        laid.cohort(chance, (cast.school, cast.neighbour), 40, date(2022, 9, 1), 500)
        merged(chance, cast)
        again = counting.by_school(counting.cases(), DAY).values()
        whole: dict[str, int] = {}
        for values in again:
            for code, value in values.items():
                whole[code] = whole.get(code, 0) + value
        assert {"ceremony_overdue", "dossier_aged"} <= set(whole)
        for line, view in product(LINES, View):
            found = added(None, line, view)
            tops = [found.sums[unit] for unit in found.below[None]]
            assert added_up(tops) == whole, (line, view)
            for unit, below in found.below.items():
                if unit is not None:
                    parts = [found.sums[one] for one in below]
                    assert added_up(parts) == added_up([found.sums[unit]]), (line, view, unit)


def added_up(parts: list[queries.Sum]) -> dict[str, int]:
    """Some figures added up, noughts left out."""
    total: dict[str, int] = {}
    for one in parts:
        for code, value in one.values.items():
            if value:
                total[code] = total.get(code, 0) + value
    return total


class TestBoard:
    def test_stands_beside_the_same_period_a_year_before(self) -> None:
        cast = factory.cast()
        factory.walk_to(Step.INTRODUCED, cast)
        secretary = factory.actor(cast.secretary, LATER)
        now = queries.board(secretary, Asked(YEAR, DAY), DAY)
        row = next(one for one in now.rows if one.figure.code == "introduced")
        assert (row.now.number, row.before.number, row.difference) == (1, 0, 1)
        assert (now.same_day, row.percent) == (date(2023, 6, 3), "")
        later = queries.board(secretary, Asked("2024-2025", LATER), LATER)
        row = next(one for one in later.rows if one.figure.code == "introduced")
        assert (row.now.number, row.before.number, row.difference, row.percent) == (0, 1, -1, "0")

    def test_never_shows_nought_for_what_nobody_entered(self) -> None:
        cast = factory.cast()
        secretary = factory.actor(cast.secretary, DAY)
        shown = queries.board(secretary, Asked(YEAR), DAY)
        pupils = next(one for one in shown.rows if one.figure.code == "pupils")
        assert (pupils.entered, pupils.now.number, pupils.now.missing) == (True, None, 1)
        self._enter(secretary, cast.school.unit.pk, {"pupils": 812, "union_members": None})
        shown = queries.board(secretary, Asked(YEAR), DAY)
        numbers = {one.figure.code: one.now.number for one in shown.rows if one.entered}
        assert (numbers["pupils"], numbers["union_members"]) == (812, None)

    def _enter(self, actor: Actor, school: int, values: dict[str, int | None]) -> int:
        return actions.enter_figures(
            actor=actor, school_id=school, school_year=YEAR, values=values, at=factory.instant(DAY)
        )

    def test_enters_for_the_own_school_alone_with_one_line_of_history(self) -> None:
        cast = factory.cast()
        secretary, school = factory.actor(cast.secretary, DAY), cast.school.unit.pk
        assert self._enter(secretary, school, {"pupils": 812, "grade_12": 0}) == 2
        assert self._enter(secretary, school, {"pupils": 812, "grade_12": 1}) == 1
        lines = Event.objects.filter(action="indicators.entered")
        assert [one.facts["figures"] for one in lines.order_by("id")] == [
            ["grade_12", "pupils"],
            ["grade_12"],
        ]
        for values, refused in (
            ({"pupils": 900, "admitted": 7}, figures.NotEntered),
            ({"pupils": 900, "grade_12": -1}, figures.NotANumber),
            ({"pupils": figures.MOST + 1}, figures.NotANumber),
        ):
            with pytest.raises(refused):
                self._enter(secretary, school, dict(values))
        with pytest.raises(NotAllowed):
            self._enter(secretary, cast.neighbour.unit.pk, {"pupils": 1})
        with pytest.raises(NotAllowed):
            self._enter(factory.actor(cast.officer, DAY), school, {"pupils": 1})
        assert Entered.objects.get(code="pupils").value == 812

    def test_hides_small_numbers_from_who_may_not_see_the_cases(self) -> None:
        cast = factory.cast()
        factory.walk_to(Step.INTRODUCED, cast)
        actions.refresh_all(today=DAY)
        place = "introduced"
        for user, hidden in ((cast.officer, True), (cast.committee, False)):
            line = Line.EDUCATION if user is cast.officer else Line.PARTY
            shown = queries.board(factory.actor(user, DAY), Asked(YEAR, line=line), DAY)
            row = next(one for one in shown.rows if one.figure.code == place)
            assert row.now.hidden is hidden and (row.now.number is None) is hidden
            column = [one.code for one in shown.columns].index(place)
            assert any(one.values[column].hidden for one in shown.below) is hidden

    def test_opens_the_cases_that_may_be_seen_and_writes_that_down(self) -> None:
        cast = factory.cast()
        dossier = factory.walk_to(Step.INTRODUCED, cast)
        secretary = factory.actor(cast.secretary, DAY)
        asked = Asked(YEAR, DAY)
        page = actions.see_cases(
            actor=secretary, asked=asked, code="introduced", at=factory.instant(DAY), today=DAY
        )
        assert [one.dossier_id for one in page.cases] == [dossier.pk]
        assert Event.objects.filter(action__startswith="dossiers.", facts__list="figure").exists()
        other = factory.actor(cast.outsider, DAY)
        page = actions.see_cases(
            actor=other, asked=asked, code="introduced", at=factory.instant(DAY), today=DAY
        )
        assert page.cases == ()
        with pytest.raises(queries.NotShown):
            queries.board(other, Asked(YEAR, unit=cast.school.unit.pk), DAY)

    @pytest.mark.parametrize("opened", [False, True])
    def test_is_read_through_the_wall_by_whoever_reads_figures(self, opened: bool) -> None:
        cast = factory.cast()
        factory.walk_to(Step.LISTED, cast)
        factory.walk_to(Step.LISTED, cast)
        actions.refresh_all(today=DAY)
        factory.walk_to(Step.INTRODUCED, cast)
        board = factory.holder("ban", "Cao Bích", cast.competent, Role.BOARD)
        for user in (board,) if opened else (cast.officer, cast.upper_unionist, cast.secretary):
            actor = factory.actor(user, DAY)
            if opened:
                until = factory.instant(DAY, 20)
                actor = replace(actor, emergency=Opening(1, cast.school.unit.pk, None, until))
            with wall.looking(actor.reach.way, actor.reach.settings):
                shown = queries.board(actor, Asked(YEAR, DAY), DAY)
            taking = next(one for one in shown.rows if one.figure.code == "listed")
            # The department, which may not replay, is told what was told last.
            assert taking.now.number in {2, None}

    def test_asks_as_much_for_many_cases_as_for_one(self) -> None:
        cast = factory.cast()
        officer = factory.actor(cast.officer, DAY)
        organisation.world()  # read once, and kept while no unit changes
        asked = []
        for _ in range(2):
            factory.walk_to(Step.LISTED, cast)
            actions.refresh_all(today=DAY)
            with CaptureQueriesContext(connection) as said:
                queries.board(officer, Asked(YEAR), DAY)
            asked.append(len(said))
        assert asked[0] == asked[1] <= 25


class TestUnions:
    def test_see_introduced_and_admitted_by_school_union_and_year(self) -> None:
        cast = factory.cast()
        factory.walk_to(Step.ADMITTED, cast)
        factory.walk_to(Step.INTRODUCED, cast)
        page = queries.union_page(factory.actor(cast.union, LATER), LATER)
        assert [one.key for one in page.years][:2] == ["2024-2025", "2023-2024"]
        (row,) = page.rows
        told = [
            (one.introduced.number, one.in_class.number, one.admitted.number, one.percent)
            for one in row.cells[:2]
        ]
        assert told == [(0, 0, 0, ""), (2, 1, 1, "50")]

    def test_above_schools_see_no_small_number_of_one_school(self) -> None:
        cast = factory.cast()
        factory.walk_to(Step.ADMITTED, cast)
        above = factory.actor(cast.upper_unionist, LATER)
        assert above.post.role is Role.UPPER_UNION
        page = queries.union_page(above, LATER)
        assert len(page.rows) == 2
        assert any(row.cells[1].introduced.hidden for row in page.rows)


class TestAnswer:
    def test_says_every_figure_of_a_unit_or_of_each_at_the_top(self) -> None:
        cast = factory.cast()
        factory.walk_to(Step.ADMITTED, cast)
        actions.refresh_all(today=DAY)
        said = queries.answer(None, YEAR, DAY, View.AS_WAS, DAY)
        (top,) = said["units"]
        assert (top["unit"], top["schools"]) == (cast.department.code, 2)
        told = {one["code"]: one["value"] for one in top["figures"]}
        assert (told["admitted"], told["pupils"], told["clubs"]) == (1, None, 0)
        assert [one.code for one in figures.lines(factory.BOOK)] == list(told)
        one = queries.answer(cast.neighbour.youth.code, YEAR, DAY, View.BRIDGED, DAY)
        assert one["line"] == "union" and one["units"][0]["schools"] == 1
        with pytest.raises(queries.NotShown):
            queries.answer("khong-co", YEAR, None, View.AS_WAS, DAY)


class TestHeirs:
    """A unit that has ended, asked for where figures are carried to who carries on."""

    def ended(self) -> factory.Cast:
        cast = factory.cast()
        factory.walk_to(Step.ADMITTED, cast)
        on, unit = date(2024, 8, 15), cast.neighbour.unit
        UnitVersion.objects.filter(unit=unit).update(in_force=DateRange(factory.SINCE, on))
        Successor.objects.create(
            before=unit, after=cast.school.unit, on_date=on, how="merge", rest=True
        )
        return cast

    def test_are_named_to_a_script(self) -> None:
        cast = self.ended()
        with pytest.raises(queries.CarriedOn) as told:
            queries.answer(cast.neighbour.unit.code, YEAR, DAY, View.BRIDGED, LATER)
        heir = cast.school.unit
        assert (told.value.unit, told.value.code) == (heir.pk, heir.code)
        was = organisation.known_as([cast.neighbour.unit.pk], DAY)[cast.neighbour.unit.pk].name
        assert (told.value.was, bool(told.value.name)) == (was, True)
        as_was = queries.answer(cast.neighbour.unit.code, YEAR, DAY, View.AS_WAS, LATER)
        assert as_was["units"][0]["unit"] == cast.neighbour.unit.code

    def test_are_led_to_with_a_notice(self) -> None:
        cast = self.ended()
        client = factory.signed_in(cast.officer)
        gone, heir = (
            f"/so-lieu/{YEAR}/don-vi/{unit.pk}/" for unit in (cast.neighbour.unit, cast.school.unit)
        )
        answer = client.get(gone, {"cach": "bridged"}, follow=True)
        assert answer.redirect_chain == [(f"{heir}?cach=bridged", 302)]
        assert "đơn vị kế thừa" in answer.content.decode()

    def test_out_of_reach_are_not_told(self) -> None:
        cast = self.ended()
        gone = f"/so-lieu/{YEAR}/don-vi/{cast.neighbour.unit.pk}/"
        assert factory.signed_in(cast.outsider).get(gone, {"cach": "bridged"}).status_code == 404
