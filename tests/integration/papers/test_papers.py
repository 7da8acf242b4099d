"""What is kept of papers and letters: notes above notes, letters until they are answered."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from donghanh.domain import checklist, refusals
from donghanh.domain.authority import NotAllowed
from donghanh.domain.checklist import ListedState
from donghanh.domain.procedure import Step
from donghanh.domain.rights import Role
from donghanh.dossiers.models import Act, Dossier
from donghanh.history.models import Event
from donghanh.organisation.models import Link
from donghanh.oversight import actions as oversight
from donghanh.papers import actions, queries
from donghanh.papers.models import Letter, PaperNote
from tests import chain, factory
from tests.factory import Cast
from tests.integration.papers import sending
from tests.integration.papers.sending import TODAY, VOTED

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def cast(monkeypatch: pytest.MonkeyPatch) -> Cast:
    factory.freeze(monkeypatch, TODAY)
    return factory.cast()


def state_of(cast: Cast, dossier: Dossier, form: str, on: date = TODAY) -> ListedState:
    walk = factory.road(cast.secretary, dossier, on)
    return next(one.state for one in queries.papers_of(walk) if one.counts_as == form)


def act_number(dossier: Dossier, form: str) -> int:
    return Act.objects.get(dossier=dossier, form=form).number


def note(cast: Cast, dossier: Dossier, form: str, number: int, **told: Any) -> PaperNote | None:
    return actions.note_paper(
        actor=factory.actor(cast.secretary, TODAY),
        dossier_id=dossier.pk,
        form=form,
        act_number=number,
        new=actions.NewNote(**told),
        at=factory.instant(TODAY),
        today=TODAY,
    )


class TestPapersOf:
    def test_lists_what_is_there_what_is_missing_and_what_comes_later(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.ALLOWED, cast)
        day = factory.BEGINS["R1"] + timedelta(days=58)
        assert state_of(cast, dossier, "CN-NTVĐ", day) is ListedState.THERE
        assert state_of(cast, dossier, "1-KNĐ", day) is ListedState.MISSING
        assert state_of(cast, dossier, "9-KNĐ", day) is ListedState.LATER

    def test_tells_by_the_rule_what_is_about_to_expire_and_what_has(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.VOUCHED, cast)
        opened = Act.objects.get(dossier=dossier, form="1-KNĐ").on_date
        last = opened.replace(year=opened.year + 1)
        assert state_of(cast, dossier, "2-KNĐ", last - 61 * DAY) is ListedState.THERE
        assert state_of(cast, dossier, "2-KNĐ", last - 60 * DAY) is ListedState.EXPIRING
        assert state_of(cast, dossier, "2-KNĐ", last + DAY) is ListedState.AGAIN
        walk = factory.road(cast.secretary, dossier, last)
        line = next(one for one in queries.papers_of(walk) if one.counts_as == "2-KNĐ")
        assert line.entry is not None
        assert line.entry.name == "dossier.ageing"


class TestNotePaper:
    def test_keeps_every_note_and_counts_the_last(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.CELL_VOTED, cast)
        number = act_number(dossier, "2-KNĐ")
        note(cast, dossier, "2-KNĐ", number, kept_at="Tủ 1", copy="original", pages=12)
        note(cast, dossier, "2-KNĐ", number, kept_at="Tủ 2, ngăn 3", copy="original", pages=12)
        assert (
            note(cast, dossier, "2-KNĐ", number, kept_at="Tủ 2, ngăn 3", copy="original", pages=12)
            is None
        )
        assert PaperNote.objects.count() == 2
        walk = factory.road(cast.secretary, dossier, TODAY)
        assert queries.latest_notes(walk)["2-KNĐ", number].kept_at == "Tủ 2, ngăn 3"
        assert Event.objects.filter(action="papers.noted").count() == 2
        with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
            PaperNote.objects.update(kept_at="")
        assert chain.holds()

    def test_refuses_what_cannot_be(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.CELL_VOTED, cast)
        number = act_number(dossier, "2-KNĐ")
        with pytest.raises(checklist.ValidBeforeMade):
            note(cast, dossier, "2-KNĐ", number, valid_until=date(2020, 1, 1))
        with pytest.raises(checklist.NeededPaper):
            note(cast, dossier, "2-KNĐ", number, not_needed=True)
        for form, act in (("2-KNĐ", 999), ("KHÔNG-CÓ", 0)):
            with pytest.raises(checklist.PaperUnknown):
                note(cast, dossier, form, act, kept_at="Tủ 1")
        assert not PaperNote.objects.exists()

    def test_lets_nobody_spare_what_the_rules_ask_for(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.ALLOWED, cast)
        with pytest.raises(checklist.NeededPaper):
            note(cast, dossier, "1-KNĐ", 0, not_needed=True)

    def test_expires_earlier_where_the_paper_says_so(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.CELL_VOTED, cast)
        number = act_number(dossier, "3-KNĐ")
        note(cast, dossier, "3-KNĐ", number, valid_until=TODAY + 10 * DAY)
        assert state_of(cast, dossier, "3-KNĐ") is ListedState.EXPIRING

    def test_of_another_school_does_not_exist(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.CELL_VOTED, cast)
        with pytest.raises(Dossier.DoesNotExist):
            actions.note_paper(
                actor=factory.actor(cast.outsider, TODAY),
                dossier_id=dossier.pk,
                form="2-KNĐ",
                act_number=1,
                new=actions.NewNote(kept_at="Tủ"),
                at=factory.instant(TODAY),
                today=TODAY,
            )


def letter(cast: Cast, dossier: Dossier, *, kind: str = "residence", **told: Any) -> Letter:
    new = actions.NewLetter(
        kind=kind,
        to_name=told.get("to_name", "Chi ủy thôn 3 (mô phỏng)"),
        to_place="Xã Đắk Mil",
        paper_number="12-CV/CB",
        on=told.get("on", TODAY - 40 * DAY),
        remind_on=told.get("remind_on", TODAY - 5 * DAY),
    )
    return actions.send_letter(
        actor=factory.actor(cast.secretary, TODAY),
        dossier_id=dossier.pk,
        new=new,
        at=factory.instant(TODAY),
        today=TODAY,
    )


def answered(cast: Cast, one: Letter, on: date) -> Letter:
    return actions.answer_letter(
        actor=factory.actor(cast.secretary, TODAY),
        dossier_id=one.dossier_id,
        letter_id=one.pk,
        on=on,
        at=factory.instant(TODAY),
        today=TODAY,
    )


class TestLetters:
    def test_stand_on_the_desk_from_the_day_to_remind_until_answered(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.OPINIONS, cast)
        one = letter(cast, dossier)
        later = letter(cast, dossier, kind="organisations", remind_on=TODAY + DAY)
        who = factory.actor(cast.secretary, TODAY)
        assert list(queries.unanswered(who, TODAY)) == [one]
        answered(cast, one, TODAY)
        assert list(queries.unanswered(who, TODAY)) == []
        assert list(queries.unanswered(who, TODAY + DAY)) == [later]
        assert not queries.unanswered(factory.actor(cast.outsider, TODAY), TODAY).exists()
        assert chain.holds()

    def test_asking_for_verification_are_the_step_of_the_road_as_well(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.APPLIED, cast)
        one = letter(cast, dossier, kind="verification", on=VOTED - 10 * DAY)
        act = Act.objects.get(dossier=dossier, step=Step.VERIFICATION_SENT.value)
        assert (act.number, act.paper_number) == (one.act_number, "12-CV/CB")

    def test_asking_too_early_for_verification_are_refused_whole(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.LISTED, cast)
        with pytest.raises(refusals.StepNotAllowed):
            letter(cast, dossier, kind="verification")
        assert not Letter.objects.exists()

    def test_with_days_that_cannot_be_are_refused(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.OPINIONS, cast)
        with pytest.raises(refusals.InFuture):
            letter(cast, dossier, on=TODAY + DAY, remind_on=TODAY + 3 * DAY)
        with pytest.raises(actions.RemindBeforeSent):
            letter(cast, dossier, remind_on=TODAY - 40 * DAY)
        with pytest.raises(refusals.NoConsent):
            letter(cast, dossier, on=date(2020, 1, 1))
        one = letter(cast, dossier)
        with pytest.raises(actions.AnsweredBeforeSent):
            answered(cast, one, TODAY - 41 * DAY)
        with pytest.raises(refusals.InFuture):
            answered(cast, one, TODAY + DAY)
        answered(cast, one, TODAY)
        with pytest.raises(actions.AlreadyAnswered):
            answered(cast, one, TODAY)

    def test_are_not_the_unions_to_keep(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.OPINIONS, cast)
        with pytest.raises(NotAllowed):
            queries.letter_page(factory.actor(cast.union, TODAY), dossier.pk, TODAY)


class TestPages:
    def test_are_read_with_a_line_and_a_fixed_number_of_statements(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.CELL_VOTED, cast)
        client = factory.signed_in(cast.secretary)
        path = reverse("papers:listing", args=[dossier.pk])
        client.get(path)
        with CaptureQueriesContext(connection) as few:
            assert client.get(path).status_code == 200
        letter(cast, dossier)
        letter(cast, dossier, kind="organisations")
        note(cast, dossier, "2-KNĐ", act_number(dossier, "2-KNĐ"), kept_at="Tủ 1")
        with CaptureQueriesContext(connection) as many:
            assert "Tủ 1" in client.get(path).content.decode()
        assert len(many) == len(few)
        assert Event.objects.filter(action="dossiers.read").count() == 3

    def test_send_return_and_mend_through_the_browser(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.CELL_VOTED, cast)
        cell = factory.signed_in(cast.secretary)
        above = factory.signed_in(cast.base_member)
        day = VOTED.strftime("%d/%m/%Y")
        send = reverse("papers:send", args=[dossier.pk])
        was = sending.mark(cast.secretary, dossier)
        cell.post(send, {"was": was, "to_unit": cast.base.pk, "on": day})
        again = cell.post(send, {"was": was, "to_unit": cast.base.pk, "on": day})
        assert again.status_code == 409
        was = sending.mark(cast.base_member, dossier)
        above.post(reverse("papers:receive", args=[dossier.pk]), {"was": was, "on": day})
        back = reverse("papers:give_back", args=[dossier.pk])
        was = sending.mark(cast.base_member, dossier)
        assert above.post(back, {"was": was, "on": day}).status_code == 422
        row = {"form_1": "2-KNĐ", "kind_1": "unsealed", "sentence_1": "Đóng dấu giáp lai."}
        assert above.post(back, {"was": was, "on": day, **row}).status_code == 302
        page = cell.get(reverse("papers:listing", args=[dossier.pk])).content.decode()
        assert "Đóng dấu giáp lai." in page
        desk = cell.get("/").content.decode()
        assert "Hoàn thiện hồ sơ bị trả lại" in desk

    def test_say_so_where_no_committee_stands_above(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.CELL_VOTED, cast)
        unit = factory.actor(cast.secretary, TODAY).post.unit_id
        Link.objects.filter(child_id=unit, line__in=("party", "competent")).delete()
        page = factory.signed_in(cast.secretary).get(reverse("papers:send", args=[dossier.pk]))
        assert "Chưa có cấp trên để gửi hồ sơ" in page.content.decode()
        assert "to_unit" not in page.content.decode()

    def test_export_the_table_of_contents(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.CELL_VOTED, cast)
        client = factory.signed_in(cast.secretary)
        answer = client.get(reverse("papers:export", args=[dossier.pk]))
        assert answer.content[:2] == b"PK"

    def test_are_read_by_a_board_that_opened_the_school_and_written_by_none(
        self, cast: Cast
    ) -> None:
        dossier = factory.walk_to(Step.CELL_VOTED, cast, cast.neighbour)
        board = factory.holder("tochuc", "Lương Kim Oanh", cast.base, Role.BOARD)
        oversight.open_cases(
            actor=factory.actor(board, TODAY),
            school_id=cast.neighbour.unit.pk,
            dossier_id=None,
            reason="Phải xem trước cuộc họp",
            password=factory.PASSWORD,
            at=factory.instant(TODAY, 13),
            today=TODAY,
        )
        client = factory.signed_in(board)
        path = reverse("papers:listing", args=[dossier.pk])
        assert client.get(path).status_code == 200
        assert client.get(reverse("papers:export", args=[dossier.pk])).status_code == 404
        assert client.get(reverse("papers:send", args=[dossier.pk])).status_code == 404


class TestClock:
    def test_of_sending_up_runs_where_the_place_sets_one_and_ends_with_the_sending(self) -> None:
        there = factory.cast("Hà Nội")
        begins = date(2025, 12, 1)
        dossier = factory.walk_to(Step.CELL_VOTED, there, begins=begins)
        voted = begins + timedelta(days=factory.OFFSETS[Step.CELL_VOTED])
        today = voted + 3 * DAY
        who = factory.actor(there.secretary, today)
        page = queries.papers_page(who, factory.road(there.secretary, dossier, today))
        (clock,) = page.clocks
        assert clock.cite.label.startswith("02-HD/BTCTU")
        assert voted < clock.last_day <= voted + 14 * DAY
        actions.send_dossier(
            actor=who,
            dossier_id=dossier.pk,
            was=queries.mark(factory.road(there.secretary, dossier, today)),
            to_unit_id=there.base.pk,
            on=today,
            at=factory.instant(today),
            today=today,
        )
        page = queries.papers_page(who, factory.road(there.secretary, dossier, today))
        assert [one.state for one in page.clocks] == ["done"]

    def test_does_not_run_where_no_rule_sets_one(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.CELL_VOTED, cast)
        walk = factory.road(cast.secretary, dossier, TODAY)
        assert queries.papers_page(factory.actor(cast.secretary, TODAY), walk).clocks == ()
