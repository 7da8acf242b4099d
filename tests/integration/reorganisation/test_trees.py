"""The pages of the trees: who sees them, on which day, at what cost."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from donghanh.domain import succession as s
from donghanh.domain.authority import NotAllowed
from donghanh.domain.structure import Line
from donghanh.organisation.models import UnitVersion
from donghanh.reorganisation import actions, queries
from tests import factory
from tests.factory import Cast

pytestmark = pytest.mark.django_db
DAY = date(2024, 3, 1)
EVE = DAY - timedelta(days=1)
ORDER = s.Decision("12-QĐ/TU", date(2024, 2, 20), "Tỉnh ủy (mô phỏng)")
#: Days of change, the level, what works beside it, what it came from.
STATEMENTS = 4


@pytest.fixture
def cast() -> Cast:
    return factory.cast()


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    factory.freeze(monkeypatch, DAY)


@pytest.fixture
def client(cast: Cast) -> Client:
    return factory.signed_in(cast.administrator)


def done(cast: Cast, change: s.Change) -> None:
    actor = factory.actor(cast.administrator, DAY)
    order = s.Operation(change, ORDER, DAY)
    seen = queries.preview(actor, order, DAY).digest
    actions.reorganise(actor=actor, operation=order, seen=seen, at=factory.instant(DAY), today=DAY)


def name_of(unit: int, on: date) -> str:
    return UnitVersion.objects.get(unit_id=unit, in_force__contains=on).name


class TestTreePage:
    def test_shows_a_unit_as_it_was_called_on_the_day(self, cast: Cast, client: Client) -> None:
        before = name_of(cast.school.unit.pk, EVE)
        done(cast, s.Rename(cast.school.unit.pk, name="Trường THPT Đổi Tên"))
        top = f"/to-chuc/?goc={cast.department.pk}&ngay="
        then = client.get(f"{top}{EVE.isoformat()}").content.decode()
        now = client.get(f"{top}{DAY.isoformat()}").content.decode()
        assert before in then
        assert "Trường THPT Đổi Tên" not in then
        assert "Trường THPT Đổi Tên" in now

    def test_says_what_a_school_carries_on(self, cast: Cast) -> None:
        ours, theirs = cast.school.unit.pk, cast.neighbour.unit.pk
        name = name_of(ours, EVE)
        done(cast, s.Merge((ours,), theirs))
        actor = factory.actor(cast.administrator, DAY)
        then = queries.level(actor, Line.EDUCATION, EVE, cast.department.pk).nodes
        now = queries.level(actor, Line.EDUCATION, DAY, cast.department.pk).nodes
        assert [node.went_to[0].on for node in then if node.id == ours] == [DAY]
        assert ours not in {node.id for node in now}
        (heir,) = [node for node in now if node.id == theirs]
        assert [(kin.name, kin.how) for kin in heir.came_from] == [(name, "merge")]

    def test_finds_a_unit_without_its_marks(self, cast: Cast, client: Client) -> None:
        done(cast, s.Rename(cast.school.unit.pk, name="Trường THPT Đổi Tên"))
        assert "Trường THPT Đổi Tên" in client.get("/to-chuc/?q=doi ten").content.decode()
        assert "Không có đơn vị" in client.get("/to-chuc/?q=khong co").content.decode()

    def test_reads_the_place_of_the_slider_as_a_day(self, cast: Cast) -> None:
        actor = factory.actor(cast.administrator, DAY)
        page = queries.tree_page(actor, Line.PARTY, 3, DAY)
        assert page.level.day == page.first + timedelta(days=3)
        assert page.offset == 3

    def test_costs_the_same_whatever_stands_there(
        self, cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        actor = factory.actor(cast.administrator, DAY)
        for line in queries.TREES:
            with django_assert_num_queries(STATEMENTS):
                queries.tree_page(actor, line, DAY, DAY)
        with django_assert_num_queries(STATEMENTS + 1):
            queries.tree_page(actor, Line.EDUCATION, DAY, DAY, top=cast.department.pk)
        done(cast, s.Merge((cast.school.unit.pk,), cast.neighbour.unit.pk))
        with django_assert_num_queries(STATEMENTS + 1):
            queries.tree_page(actor, Line.EDUCATION, EVE, DAY, top=cast.department.pk)

    def test_an_unknown_unit_is_no_page(self, client: Client) -> None:
        assert client.get("/to-chuc/?goc=999999").status_code == 404

    def test_takes_the_present_day_for_what_is_no_day(self, client: Client) -> None:
        for told in ("ngay=x", "keo=999999", "keo=x", "cay=x", "goc=x"):
            assert "01/3/2024" in client.get(f"/to-chuc/?{told}").content.decode()

    def test_is_open_to_every_post_but_a_pupils(self, cast: Cast) -> None:
        for user in (cast.officer, cast.secretary, cast.outsider, cast.administrator):
            assert factory.signed_in(user).get("/to-chuc/").status_code == 200
        pupil = factory.pupil(factory.agreed_pupil(cast.school, on=EVE))
        with pytest.raises(NotAllowed):
            queries.tree_page(pupil, Line.EDUCATION, DAY, DAY)
        with pytest.raises(NotAllowed):
            queries.level(pupil, Line.EDUCATION, DAY, cast.department.pk)

    def test_a_branch_is_a_part_of_a_page(self, cast: Cast, client: Client) -> None:
        answer = client.get(f"/to-chuc/nhanh/{cast.department.pk}?ngay={DAY.isoformat()}")
        told = answer.content.decode()
        assert name_of(cast.school.unit.pk, DAY) in told
        assert "<html" not in told
