"""The desk: what is due, for whom; the search."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape

from donghanh.desk import queries
from donghanh.directives import actions as letters
from donghanh.domain.acts import Step
from donghanh.dossiers.actions import NewAct
from donghanh.dossiers.models import Standing
from donghanh.dossiers.queries import desks
from donghanh.people.models import Person
from tests import factory
from tests.factory import Cast

pytestmark = pytest.mark.django_db

#: A day in the school year of the regime R1.
ON = date(2023, 12, 1)


@pytest.fixture
def cast() -> Cast:
    """Make everybody."""
    return factory.cast()


class TestDesk:
    """The things on a desk."""

    def test_is_quiet_when_nothing_is_due(self, cast: Cast) -> None:
        desk = queries.desk(factory.actor(cast.secretary, ON), ON)

        assert (desk.late, desk.soon, desk.waiting, desk.bars) == ([], [], [], [])

    def test_puts_a_ceremony_past_its_last_day_among_the_late(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.DECIDED, cast)
        acts = dossier.acts.filter(step=Step.DECIDED.value)
        received = acts.values_list("received_date", flat=True).get()
        assert received is not None
        today = received + timedelta(days=75)  # thirty working days are over, whatever the feasts

        late = queries.desk(factory.actor(cast.secretary, today), today).late

        assert [item.state for item in late] == ["late"]
        assert dossier.person.full_name in late[0].title
        assert late[0].entry is not None

    def test_shows_a_committee_the_step_that_is_theirs_and_the_secretary_a_wait(
        self, cast: Cast
    ) -> None:
        factory.walk_to(Step.CELL_VOTED, cast)
        today = factory.BEGINS["R1"] + timedelta(days=factory.OFFSETS[Step.CELL_VOTED] + 3)

        theirs = queries.desk(factory.actor(cast.base_member, today), today)
        ours = queries.desk(factory.actor(cast.secretary, today), today)

        assert len(theirs.late) + len(theirs.soon) == 1
        assert [item.waiting for item in ours.waiting] == [3]

    def test_shows_the_outsider_nothing_of_the_neighbours_pupils(self, cast: Cast) -> None:
        factory.walk_to(Step.CELL_VOTED, cast)

        desk = queries.desk(factory.actor(cast.outsider, ON), ON)

        assert (desk.late, desk.soon, desk.waiting, desk.bars) == ([], [], [], [])

    def test_asks_as_many_questions_for_nine_pupils_as_for_three(self, cast: Cast) -> None:
        actor = factory.actor(cast.secretary, ON)
        counts: list[int] = []
        for _ in range(2):
            for _ in range(3 if not counts else 6):
                factory.walk_to(Step.INTRODUCED, cast)
            with CaptureQueriesContext(
                connection,
            ) as asked:
                queries.desk(actor, ON)
            counts.append(len(asked))

        assert counts[0] == counts[1]

    def test_gives_a_union_above_the_counts_of_a_school_year_and_no_name(self, cast: Cast) -> None:
        factory.walk_to(Step.ADMITTED, cast)
        factory.walk_to(Step.INTRODUCED, cast)
        actor = factory.actor(cast.upper_unionist, ON)

        desk = queries.desk(actor, ON, "2023-2024")

        assert (desk.totals.introduced, desk.totals.decided, desk.totals.admitted) == (2, 1, 1)
        assert queries.desk(actor, ON, "2022-2023").totals.introduced == 0


class TestSearch:
    """Finding by a few words."""

    def test_finds_a_pupil_without_diacritics(self, cast: Cast) -> None:
        person = factory.agreed_pupil(cast.school, name="Đặng Quốc Ấn")
        factory.walk_to(Step.SOURCED, cast, person=person)

        found = queries.search(factory.actor(cast.secretary, ON), "dang quoc an", ON)

        assert [walk.dossier.person_id for walk in found.people] == [person.pk]

    def test_finds_nothing_of_the_neighbours(self, cast: Cast) -> None:
        person = factory.agreed_pupil(cast.school, name="Đặng Quốc Ấn")
        factory.walk_to(Step.SOURCED, cast, person=person)

        found = queries.search(factory.actor(cast.outsider, ON), "Đặng Quốc Ấn", ON)

        assert found.people == []

    def test_finds_nothing_for_a_blank(self, cast: Cast) -> None:
        assert queries.search(factory.actor(cast.secretary, ON), "  ", ON).nothing


class TestPages:
    """The pages answer for their roles."""

    @pytest.mark.parametrize("path", ["/", "/tim?q=nam"])
    @pytest.mark.parametrize(
        "role",
        ["officer", "leader", "secretary", "union", "committee", "upper_unionist", "administrator"],
    )
    def test_answer_for_every_role(self, cast: Cast, path: str, role: str) -> None:
        client = factory.signed_in(getattr(cast, role))

        assert client.get(path).status_code == 200

    def test_send_a_stranger_to_sign_in(self, client: Client) -> None:
        answer = client.get("/")

        assert (answer.status_code, answer["Location"]) == (302, "/dang-nhap?next=/")

    def test_shrug_at_a_year_that_is_none(self, cast: Cast, client: Client) -> None:
        client = factory.signed_in(cast.upper_unionist)

        assert client.get("/?nam=nonsense").status_code == 200


class TestMarks:
    """What a page says of a rule nobody has compared with the original."""

    def test_the_desk_marks_a_clock_that_rests_on_a_lead(self, cast: Cast, client: Client) -> None:
        begins = date(2026, 8, 3)
        dossier = factory.walk_to(Step.DECIDED, cast, begins=begins)
        today = begins + timedelta(days=factory.OFFSETS[Step.DECIDED] + 70)

        late = queries.desk(factory.actor(cast.secretary, today), today).late

        assert [item.unsettled for item in late] == [True], dossier

    def test_a_step_that_still_has_to_wait_is_nobodys_turn(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.MEMBER_PAPERS, cast)
        today = factory.BEGINS["R1"] + timedelta(days=factory.OFFSETS[Step.NEW_MEMBER_CLASS])
        attended = factory.act_of(Step.NEW_MEMBER_CLASS, today)
        factory.record(cast.secretary, dossier, attended)

        desk = queries.desk(factory.actor(cast.secretary, today), today)

        assert (desk.late, desk.soon, desk.waiting) == ([], [], [])


class TestSeveralSteps:
    """A road on which several steps are open at once."""

    def at(self, step: Step, later: int = 0) -> date:
        return factory.BEGINS["R1"] + timedelta(days=factory.OFFSETS[step] + later)

    def test_counts_a_pupil_once_where_no_clock_presses(self, cast: Cast) -> None:
        factory.walk_to(Step.ALLOWED, cast)
        today = self.at(Step.ALLOWED, 3)

        desk = queries.desk(factory.actor(cast.secretary, today), today)

        assert [item.title for item in desk.soon] == ["Viết đơn xin vào Đảng, khai lý lịch: 1 em"]
        assert desk.waiting == []

    def test_asks_the_union_for_the_paper_it_makes(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.ALLOWED, cast)
        today = self.at(Step.ALLOWED, 3)

        desk = queries.desk(factory.actor(cast.union, today), today)

        assert [item.title for item in desk.soon] == ["Giới thiệu người vào Đảng: 1 em"]
        page = factory.signed_in(cast.union).get(desk.soon[0].href).content.decode()
        assert escape(dossier.person.full_name) in page

    def test_tells_of_papers_the_road_goes_on_without_once_their_day_is_near(
        self, cast: Cast
    ) -> None:
        factory.walk_to(Step.ADMITTED, cast)
        today = self.at(Step.ADMITTED, 60)

        desk = queries.desk(factory.actor(cast.secretary, today), today)

        assert ["Khai lý lịch đảng viên" in item.title for item in desk.late] == [True]
        assert [item.title for item in desk.soon] == ["Học lớp đảng viên mới: 1 em"]

    def test_leaves_those_alone_who_were_taken_off_the_list(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.TRAINED, cast)
        today = self.at(Step.TRAINED, 3)
        factory.record(cast.secretary, dossier, NewAct(step=Step.UNLISTED, on=today))

        for user in (cast.secretary, cast.base_member, cast.union):
            desk = queries.desk(factory.actor(user, today), today)
            assert (desk.late, desk.soon, desk.waiting) == ([], [], [])

    def test_tells_who_annuls_of_a_decision_that_has_to_be_annulled(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.DECIDED, cast)
        young = factory.turns_eighteen(self.at(Step.CELL_VOTED, 1))
        Person.objects.filter(pk=dossier.person_id).update(birth_date=young)
        today = self.at(Step.DECIDED, 3)

        above = queries.desk(factory.actor(cast.committee, today), today)
        ours = queries.desk(factory.actor(cast.secretary, today), today)

        assert ["Phải hủy quyết định kết nạp" in item.title for item in above.soon] == [True]
        assert (ours.late, ours.soon, ours.waiting) == ([], [], [])

    def test_asks_for_the_report_after_three_failed_votes(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.RECOGNITION_PAPERS, cast)
        factory.papers(cast.secretary, dossier, Step.MEMBER_PAPERS, on=self.at(Step.MEMBER_PAPERS))
        for later in range(3):
            on = self.at(Step.RECOGNITION_VOTED, later)
            new = replace(factory.act_of(Step.RECOGNITION_VOTED, on), tally=factory.FAILED)
            factory.record(cast.secretary, dossier, new)
        today = self.at(Step.RECOGNITION_VOTED, 3)

        desk = queries.desk(factory.actor(cast.secretary, today), today)

        assert ["Báo cáo cấp ủy cấp trên" in item.title for item in desk.soon] == [True]

    def test_names_those_whose_last_day_is_soonest_and_counts_the_others(
        self, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(desks, "NAMED", 1)
        first = factory.walk_to(Step.DECIDED, cast)
        for later in (5, 9):
            begins = factory.BEGINS["R1"] + timedelta(days=later)
            factory.walk_to(Step.DECIDED, cast, begins=begins)
        today = self.at(Step.DECIDED, 70)

        for anew in (False, True):
            if anew:
                Standing.objects.update(until_date=date.min)
            desk = queries.desk(factory.actor(cast.secretary, today), today)
            assert desk.named == [first.pk]
            assert next(item.title for item in desk.soon).startswith("Còn 2 em nữa")

    def test_opens_the_pupils_behind_a_figure_of_the_funnel(self, cast: Cast) -> None:
        past = factory.walk_to(Step.TRAINED, cast)
        before = factory.walk_to(Step.LISTED, cast)
        today = self.at(Step.TRAINED, 3)

        bars = queries.desk(factory.actor(cast.secretary, today), today).bars

        [bar] = [bar for bar in bars if bar.href.endswith("?qua=trained")]
        page = factory.signed_in(cast.secretary).get(bar.href).content.decode()
        assert bar.count == 1
        assert f"/con-duong/{past.pk}/" in page
        assert f"/con-duong/{before.pk}/" not in page


class TestPastYears:
    """What was missed long ago."""

    def test_leaves_the_desk_with_the_school_year_after_the_next(self, cast: Cast) -> None:
        task = factory.ask_for_reports(cast, {cast.school.unit.pk: 2})[cast.school.unit.pk]
        officer, secretary = cast.officer, cast.secretary
        counts = []
        for years in (0, 1, 2):
            today = task.last_date.replace(year=task.last_date.year + years) + timedelta(days=1)
            counts.append(
                [
                    len(queries.desk(factory.actor(user, today), today).late)
                    for user in (officer, secretary)
                ]
            )

        assert counts == [[1, 1], [1, 1], [0, 0]]

    def test_an_officer_waits_for_those_who_have_not_acknowledged(self, cast: Cast) -> None:
        asked = {cast.school.unit.pk: 2, cast.neighbour.unit.pk: 0}
        task = factory.ask_for_reports(cast, asked)[cast.school.unit.pk]
        issued = task.recipient.directive.issued_date
        assert issued is not None

        waiting = queries.desk(
            factory.actor(cast.officer, issued), issued + timedelta(days=4)
        ).waiting

        assert [(item.waiting, item.title.split()[0]) for item in waiting] == [(4, "2")]

    def test_a_letter_kept_early_in_the_morning_was_kept_that_day(self, cast: Cast) -> None:
        on = date(2024, 2, 13)
        actor = factory.actor(cast.officer, on)
        letters.keep_letter(
            actor=actor,
            file_name="cong-van.txt",
            data=factory.LETTER.format(year="2023-2024", target=2).encode(),
            at=factory.instant(on, hour=6),  # still the twelfth in UTC
            simulated=True,
        )

        notes = [item.note for item in queries.desk(actor, on).soon]

        assert len(notes) == 1
        assert "13/02/2024" in notes[0]
