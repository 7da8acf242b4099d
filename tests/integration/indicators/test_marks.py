"""What tells a page of figures that it is still what it was."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from donghanh.domain.acts import Step
from donghanh.domain.authority import Actor, Opening
from donghanh.domain.calendar import SchoolYear
from donghanh.domain.structure import Line
from donghanh.domain.succession import View
from donghanh.dossiers.actions import NewAct
from donghanh.indicators import actions, queries
from donghanh.indicators.models import Edition
from donghanh.indicators.queries import Asked
from donghanh.lib import clock, wall
from donghanh.organisation.models import UnitVersion
from tests import factory

pytestmark = pytest.mark.django_db
YEAR, DAY = "2023-2024", date(2024, 6, 3)
USUAL = Asked(YEAR, DAY)


def mark(actor: Actor, asked: Asked = USUAL) -> str:
    """What tells the page of a department apart, as it looks."""
    with wall.looking(actor.reach.way, actor.reach.settings):
        return queries.board_mark(actor, asked, DAY)


class TestMark:
    def test_stays_while_nothing_changes_and_is_read_in_few_statements(self) -> None:
        cast = factory.cast()
        factory.walk_to(Step.LISTED, cast)
        actions.refresh_all(today=DAY)
        officer = factory.actor(cast.officer, DAY)
        first = mark(officer)
        assert first and mark(officer) == first
        with CaptureQueriesContext(connection) as said:
            mark(officer)
        asked = [one["sql"] for one in said if "organisation_edition" in one["sql"]]
        assert len(asked) == 1 and len(said) <= 13

    @pytest.mark.parametrize("what", ["act", "figure", "name"])
    def test_is_another_one_after(self, what: str) -> None:
        cast = factory.cast()
        dossier = factory.walk_to(Step.LISTED, cast)
        actions.refresh_all(today=DAY)
        officer = factory.actor(cast.officer, DAY)
        before = mark(officer)
        changes: dict[str, Callable[[], object]] = {
            "act": lambda: factory.record(
                cast.secretary,
                dossier,
                NewAct(step=Step.UNLISTED, on=date(2024, 5, 2)),
                today=DAY,
            ),
            "figure": lambda: actions.enter_figures(
                actor=factory.actor(cast.secretary, DAY),
                school_id=cast.school.unit.pk,
                school_year=YEAR,
                values={"pupils": 812},
                at=factory.instant(DAY),
            ),
            "name": lambda: UnitVersion.objects.filter(unit=cast.school.unit).update(
                name="Trường THPT Tên Khác (mô phỏng)"
            ),
        }
        changes[what]()
        if what == "act":
            assert mark(officer) == "", "a case has turned: the page is to be counted"
            actions.refresh_all(today=DAY)
        assert mark(officer) not in ("", before)

    def test_is_another_one_for_each_reader_day_year_line_and_view(self) -> None:
        cast = factory.cast()
        actions.refresh_all(today=DAY)
        officer = factory.actor(cast.officer, DAY)
        found = {
            mark(officer),
            mark(factory.actor(cast.secretary, DAY)),
            mark(officer, replace(USUAL, line=Line.PARTY)),
            mark(officer, replace(USUAL, view=View.BRIDGED)),
            mark(officer, replace(USUAL, unit=cast.school.unit.pk)),
            mark(officer, Asked("2022-2023", DAY.replace(year=2023))),
        }
        assert len(found - {""}) >= 5

    def test_is_none_where_figures_are_not_kept_for_the_day_or_by_other_rules(self) -> None:
        cast = factory.cast()
        officer = factory.actor(cast.officer, DAY)
        assert mark(officer) == ""
        actions.refresh_all(today=DAY)
        assert mark(officer, Asked(YEAR, DAY - timedelta(days=3))) == ""
        Edition.objects.update(told_by="other")
        assert mark(officer) == ""

    def test_is_none_for_who_opened_something_in_an_emergency(self) -> None:
        cast = factory.cast()
        actions.refresh_all(today=DAY)
        secretary = factory.actor(cast.secretary, DAY)
        assert mark(secretary)
        opening = Opening(1, cast.neighbour.unit.pk, None, factory.instant(DAY))
        opened = replace(secretary, emergency=opening)
        assert queries.board_mark(opened, USUAL, DAY) == ""


class TestPage:
    def test_is_taken_as_it_was_and_told_anew_once_a_case_changes(self) -> None:
        cast = factory.cast()
        dossier = factory.walk_to(Step.LISTED, cast)
        caches["pages"].clear()
        today = clock.today()
        actions.refresh_all(today=today)
        client = factory.signed_in(cast.secretary)
        address = reverse("indicators:board", args=[SchoolYear.of(today).key])
        first = client.get(address).content.decode()
        with CaptureQueriesContext(connection) as said:
            assert told(client.get(address).content.decode()) == told(first)
        assert not [one for one in said if 'FROM "indicators_sum"' in one["sql"]]
        factory.record(
            cast.secretary, dossier, NewAct(step=Step.UNLISTED, on=date(2024, 5, 2)), today=today
        )
        changed = told(client.get(address).content.decode())
        assert changed != told(first)
        actions.refresh_all(today=today)
        assert told(client.get(address).content.decode()) == changed


def told(page: str) -> str:
    """What the page says between its frame, without what is drawn anew for each answer."""
    return page.split('<main class="main"')[1].split("</main>")[0]
