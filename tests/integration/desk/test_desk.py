"""The desk: what is due, for whom; the search; the rulebook's page."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from donghanh.desk import queries
from donghanh.directives import actions as letters
from donghanh.domain.acts import Step
from donghanh.domain.authority import NotAllowed
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


class TestRulebook:
    """The rules on a day."""

    def test_shows_the_regime_of_the_day_and_marks_leads_as_unsettled(self, cast: Cast) -> None:
        actor = factory.actor(cast.secretary, ON)

        assert queries.rulebook(actor, date(2023, 12, 1)).regime.code == "R1"
        assert not queries.rulebook(actor, date(2026, 11, 21)).regime.settled

    def test_shows_the_first_regime_for_a_day_before_all(self, cast: Cast) -> None:
        page = queries.rulebook(factory.actor(cast.secretary, ON), date(1990, 1, 1))

        assert page.regime.code == "R0"

    def test_is_closed_to_pupils(self, cast: Cast) -> None:
        person = factory.agreed_pupil(cast.school)

        with pytest.raises(NotAllowed):
            queries.rulebook(factory.pupil(person), ON)


class TestPages:
    """The pages answer for their roles."""

    @pytest.mark.parametrize(
        "path", ["/", "/tim?q=nam", "/quy-dinh/", "/quy-dinh/?ngay=2024-01-02"]
    )
    @pytest.mark.parametrize(
        "role",
        ["officer", "leader", "secretary", "union", "committee", "upper_unionist", "administrator"],
    )
    def test_answer_for_every_role(self, cast: Cast, client: Client, path: str, role: str) -> None:
        client.force_login(getattr(cast, role))

        assert client.get(path).status_code == 200

    def test_send_a_stranger_to_sign_in(self, client: Client) -> None:
        answer = client.get("/")

        assert (answer.status_code, answer["Location"]) == (302, "/dang-nhap?next=/")

    def test_shrug_at_a_year_and_a_day_that_are_none(self, cast: Cast, client: Client) -> None:
        client.force_login(cast.upper_unionist)

        assert client.get("/?nam=nonsense").status_code == 200
        assert client.get("/quy-dinh/?ngay=31-31").status_code == 200


class TestMarks:
    """What a page says of a rule nobody has compared with the original."""

    def test_the_rulebook_marks_the_leads_of_today(self, cast: Cast, client: Client) -> None:
        client.force_login(cast.secretary)

        leads = client.get("/quy-dinh/?ngay=2026-11-21").content.decode()
        read = client.get("/quy-dinh/?ngay=2022-03-01").content.decode()

        assert leads.count("citation-flag") > read.count("citation-flag") > 0

    def test_the_desk_marks_a_clock_that_rests_on_a_lead(self, cast: Cast, client: Client) -> None:
        begins = date(2026, 8, 3)
        dossier = factory.walk_to(Step.DECIDED, cast, begins=begins)
        today = begins + timedelta(days=factory.OFFSETS[Step.DECIDED] + 70)

        late = queries.desk(factory.actor(cast.secretary, today), today).late

        assert [item.unsettled for item in late] == [True], dossier

    def test_a_step_that_still_has_to_wait_is_nobodys_turn(self, cast: Cast) -> None:
        factory.walk_to(Step.ADMITTED, cast)
        today = factory.BEGINS["R1"] + timedelta(days=factory.OFFSETS[Step.ADMITTED] + 30)

        desk = queries.desk(factory.actor(cast.secretary, today), today)

        assert (desk.late, desk.soon) == ([], [])


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
