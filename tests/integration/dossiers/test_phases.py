"""The page of one road: its phases, what can be done now, and what is told of it."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse

from donghanh.accounts.models import User
from donghanh.domain.acts import Destination, Move
from donghanh.domain.procedure import Step, replay
from donghanh.dossiers import queries
from donghanh.dossiers.actions import NewAct
from donghanh.dossiers.models import Dossier
from donghanh.dossiers.queries import RoadPage, Walk
from tests import factory
from tests.factory import Cast

pytestmark = pytest.mark.django_db

BEGINS = factory.BEGINS["R1"]


def day(step: Step, later: int = 0) -> date:
    return BEGINS + timedelta(days=factory.OFFSETS[step] + later)


@pytest.fixture
def cast() -> Cast:
    return factory.cast()


def shown(user: User, dossier: Dossier, on: date) -> RoadPage:
    return queries.road_page(factory.actor(user, on), factory.road(user, dossier, on))


class TestPhases:
    def test_fold_what_is_done_and_what_is_far_ahead(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.ALLOWED, cast)
        page = shown(cast.secretary, dossier, day(Step.ALLOWED))
        assert [(phase.code, phase.state, phase.folded) for phase in page.phases] == [
            ("source", "done", True),
            ("training", "done", True),
            ("dossier", "here", False),
            ("admission", "ahead", False),
            ("probation", "ahead", True),
            ("recognition", "ahead", True),
        ]
        assert [phase.here for phase in page.phases].count(True) == 1

    def test_open_by_keyboard_and_without_script(
        self, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        dossier = factory.walk_to(Step.ALLOWED, cast)
        factory.freeze(monkeypatch, day(Step.ALLOWED))
        client = factory.signed_in(cast.secretary)
        page = client.get(reverse("dossiers:road", args=[dossier.pk])).content.decode()
        road = page.split('<ol class="road">')[1].split("</main>")[0]
        assert road.count("<details><summary") == 4
        assert road.count('aria-current="step"') == 1
        assert 'id="lich-su"' in road

    def test_leave_out_what_the_road_does_not_pass_and_what_lapsed(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.CELL_VOTED, cast)
        page = shown(cast.secretary, dossier, day(Step.CELL_VOTED))
        steps = {row.step for phase in page.phases for row in phase.rows}
        assert not steps & {Step.APPRAISED, Step.PARENTS_HEARD}
        assert not steps & {Step.CHALLENGED, Step.SENT_TO_CLASS, Step.ASKED}
        assert not {row.step for row in page.also} & {Step.CHALLENGED, Step.VERIFICATION_SENT}

    def test_count_the_steps_this_road_needs(self, cast: Cast) -> None:
        on = day(Step.ALLOWED)
        usual = shown(cast.secretary, factory.walk_to(Step.ALLOWED, cast), on)
        assert (usual.number, usual.total) == (6, 18)
        more = factory.walk_to(Step.ALLOWED, cast, sub_committee=True)
        assert shown(cast.secretary, more, on).total == 20
        fewer = factory.walk_to(Step.ALLOWED, cast, cast.neighbour)
        assert shown(cast.outsider, fewer, on).total == 16
        numbers = [row.number for phase in usual.phases for row in phase.rows if row.number]
        assert numbers == sorted(numbers)


class TestNow:
    def test_has_one_present_step_and_others_beside_it(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.ALLOWED, cast)
        page = shown(cast.secretary, dossier, day(Step.ALLOWED))
        [now] = [row for phase in page.phases for row in phase.rows if row.state == "now"]
        assert now.step is Step.APPLIED
        assert [paper.form for paper in now.papers] == ["1-KNĐ", "2-KNĐ"]
        assert [row.step for row in page.also] == [Step.VOUCHED, Step.OPINIONS, Step.CHALLENGED]
        assert [row.number is None for row in page.also] == [False, False, True]
        assert [paper.form for paper in page.also[0].papers] == ["3-KNĐ", "4-KNĐ"]

    def test_offers_the_papers_to_who_makes_them(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.ALLOWED, cast)
        on = day(Step.ALLOWED)
        for user, expected in (
            (cast.secretary, {"1-KNĐ", "2-KNĐ", "3-KNĐ", "4-KNĐ", "5-KNĐ"}),
            (cast.union, {"4-KNĐ"}),
            (cast.base_member, set()),
        ):
            page = shown(user, dossier, on)
            rows = [row for phase in page.phases for row in phase.rows] + list(page.also)
            offered = {paper.form for row in rows for paper in row.papers if paper.may_record}
            assert offered == expected, user

    def test_waits_for_the_end_of_the_probation_without_a_button(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.NEW_MEMBER_CLASS, cast)
        on = day(Step.NEW_MEMBER_CLASS)
        page = shown(cast.secretary, dossier, on)
        [now] = [row for phase in page.phases for row in phase.rows if row.state == "now"]
        assert now.step is Step.RECOGNITION_PAPERS
        assert now.earliest == day(Step.RECOGNITION_PAPERS)
        assert not any(paper.may_record for paper in now.papers)

    def test_does_not_call_possible_what_still_has_to_wait(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.ADMITTED, cast)
        page = shown(cast.secretary, dossier, day(Step.ADMITTED))
        assert [row.step for row in page.also] == [Step.MEMBER_PAPERS]

    def test_groups_the_papers_of_the_record_by_step(
        self, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        dossier = factory.walk_to(Step.ALLOWED, cast)
        factory.freeze(monkeypatch, day(Step.ALLOWED))
        client = factory.signed_in(cast.secretary)
        page = client.get(reverse("dossiers:record", args=[dossier.pk, "papers"]))
        groups = re.findall(r'<optgroup label="([^"]+)"', page.content.decode())
        assert groups == [
            "Viết đơn xin vào Đảng, khai lý lịch",
            "Giới thiệu người vào Đảng",
            "Lấy ý kiến đoàn thể và chi ủy nơi cư trú, tổng hợp",
        ]
        assert client.get(f"/con-duong/{dossier.pk}/ghi/applied/").status_code == 404

    def test_names_the_form_of_the_place(self) -> None:
        cast = factory.cast(place="Hà Nội")
        begins = date(2025, 12, 1)
        dossier = factory.walk_to(Step.PAPERS, cast, cast.neighbour, begins=begins)
        page = shown(cast.outsider, dossier, begins + timedelta(days=80))
        [now] = [row for phase in page.phases for row in phase.rows if row.state == "now"]
        assert now.form == "8C-KNĐ"

    def test_asks_for_papers_again_that_have_grown_too_old(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.PAPERS, cast)
        on = day(Step.PAPERS, 500)
        page = shown(cast.secretary, dossier, on)
        rows = [row for phase in page.phases for row in phase.rows] + list(page.also)
        again = {paper.form for row in rows for paper in row.papers if paper.state == "near"}
        assert again == {"2-KNĐ", "3-KNĐ", "4-KNĐ", "5-KNĐ"}
        walk = factory.road(cast.secretary, dossier, on)
        assert walk.road.current is not None
        new = NewAct(step=Step.PAPERS, on=on, form="2-KNĐ")
        factory.record(cast.secretary, dossier, new)


class TestClocks:
    def test_tell_what_follows_when_they_are_missed(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.ADMITTED, cast)
        clocks = shown(cast.secretary, dossier, day(Step.ADMITTED)).clocks
        told = {clock.label: clock for clock in clocks}
        window = next(clock for label, clock in told.items() if label.startswith("Thời hạn chi bộ"))
        assert window.first_day == date(2024, 12, 30)
        assert "ngày hết thời gian dự bị" in window.consequence
        assert all(clock.cite.label for clock in clocks)

    def test_say_nothing_of_what_expires_in_years(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.TRAINED, cast)
        [clock] = shown(cast.secretary, dossier, day(Step.TRAINED)).clocks
        assert (clock.state, clock.consequence) == ("waiting", "")


class TestNotices:
    def test_say_that_nobody_acts_while_the_file_is_on_its_way(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.PAPERS, cast)
        on = day(Step.CELL_VOTED)
        walk = factory.road(cast.secretary, dossier, on)
        moved = Move(on=on - timedelta(days=2), to=Destination.SCHOOL)
        case = type(walk.road.case)(
            born=walk.road.case.born,
            consented_on=walk.road.case.consented_on,
            union_member=True,
            lower_secondary=True,
            moves=(moved,),
        )
        road = replay(walk.road.acts, case, walk.book, on)
        leaving = Walk(walk.dossier, road, walk.book, on)
        page = queries.road_page(factory.actor(cast.secretary, on), leaving)
        [notice] = page.notices
        assert "nơi nhận chưa xác nhận" in notice.text
        assert not any(row.may_record for phase in page.phases for row in phase.rows)

    def test_are_silent_on_a_road_that_simply_goes_on(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.PAPERS, cast)
        assert shown(cast.secretary, dossier, day(Step.CELL_VOTED)).notices == ()
