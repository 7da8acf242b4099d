"""The words of voices that are over go by whole school years; what is counted stays."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import DatabaseError, connection, transaction
from django.test import Client

from donghanh.accounts.models import User
from donghanh.domain.calendar import SchoolYear
from donghanh.domain.looking import Way
from donghanh.domain.voices import Reason, Topic
from donghanh.history.models import Event
from donghanh.lib import clock, wall
from donghanh.voices import actions, doors, queries
from donghanh.voices.models import Act, Publication, Voice, Word
from tests import factory
from tests.integration.voices.speaking import NEXT, ON, TEXT, spoken
from tests.integration.voices.test_unnamed import dump

pytestmark = pytest.mark.django_db

#: School year 2025-2026 ends before August 2026; its voices go a year later.
GOES = date(2027, 8, 1)
BEFORE = GOES - timedelta(days=1)
#: The last day of that year, and the first of the next.
EVE, NEW_YEAR = date(2026, 7, 31), date(2026, 8, 1)
ANSWER = "Nhà trường sửa mái trong tháng này."


@pytest.fixture
def cast() -> factory.Cast:
    return factory.cast()


def given(user: User, voice: Voice, on: date, seen: int = 0) -> dict[str, Any]:
    """Return what every deed of the staff is given."""
    actor = factory.actor(user, on)
    at = factory.instant(on, 10)
    return {"actor": actor, "voice_id": voice.pk, "seen": seen, "at": at, "today": on}


def answered(cast: factory.Cast, on: date = NEXT, **told: Any) -> tuple[Voice, str]:
    voice, code = spoken(cast.school, on=on - timedelta(days=1), **told)
    actions.answer(text=ANSWER, **given(cast.secretary, voice, on))
    return voice, code


def published(cast: factory.Cast, *, confirmed: bool) -> tuple[Voice, Publication]:
    voice, _ = answered(cast, may_publish=True)
    told = given(cast.secretary, voice, NEXT)
    del told["seen"]
    made = actions.propose(rewritten=actions.Rewritten("Bao giờ sửa?", "Tháng sau."), **told)
    if confirmed:
        actions.confirm(
            actor=factory.actor(cast.officer, NEXT),
            publication_id=made.pk,
            at=factory.instant(NEXT, 11),
            today=NEXT,
        )
    return voice, made


def forget(on: date = GOES) -> int:
    return actions.forget(at=factory.instant(on, 4), today=on)


def gone(voice: Voice) -> bool:
    voice.refresh_from_db()
    return voice.gone_on is not None


def everything() -> str:
    return " ".join(row for rows in dump().values() for row in rows)


class TestForget:
    def test_takes_the_words_on_the_day_and_not_the_day_before(self, cast: factory.Cast) -> None:
        voice, code = answered(cast, name="Y Bhăm Êban", class_name="11A9")
        actions.write_on(code=code, text="Cảm ơn thầy cô.", seen=1, today=NEXT)
        actions.close(code=code, seen=2, today=NEXT)
        assert forget(BEFORE) == 0
        assert all(one in everything() for one in (TEXT, ANSWER, "Êban", "11A9", "Cảm ơn thầy cô."))
        assert forget() == 1
        left = everything()
        assert not any(one in left for one in (TEXT, ANSWER, "Êban", "11A9", "Cảm ơn thầy cô."))
        voice.refresh_from_db()
        month = date(2026, 3, 1)
        assert (voice.gone_on, voice.came_on, voice.topic) == (GOES, month, Topic.PLACE.value)
        assert set(Word.objects.values_list("came_on", flat=True)) == {month}
        assert set(Act.objects.values_list("on", flat=True)) == {month}

    def test_goes_by_the_school_year_of_the_last_thing_said_or_done(
        self, cast: factory.Cast
    ) -> None:
        early, _ = answered(cast, on=EVE)
        late, _ = answered(cast, on=NEW_YEAR)
        assert (forget(), gone(early), gone(late)) == (1, True, False)
        assert forget(GOES.replace(year=2028) - timedelta(days=1)) == 0
        assert forget(GOES.replace(year=2028)) == 1
        assert gone(late)

    def test_leaves_what_waits_or_is_being_prepared_to_be_public(self, cast: factory.Cast) -> None:
        waiting, _ = spoken(cast.school)
        again, code = answered(cast)
        actions.write_on(code=code, text="Bao giờ ạ?", seen=1, today=NEXT)
        flagged, _ = spoken(cast.school)
        actions.alarm(**given(cast.secretary, flagged, NEXT))
        prepared, _ = published(cast, confirmed=False)
        for _ in range(2):
            assert forget() == 0
        assert not any(gone(one) for one in (waiting, again, flagged, prepared))

    def test_takes_every_way_of_being_over_and_twice_nothing_more(self, cast: factory.Cast) -> None:
        ended = [answered(cast)[0]]
        noted, _ = spoken(cast.school, wants_answer=False)
        actions.note(**given(cast.secretary, noted, NEXT))
        aside, _ = spoken(cast.school)
        actions.set_aside(reason=Reason.INSULT, **given(cast.secretary, aside, NEXT))
        closed, code = spoken(cast.school)
        actions.close(code=code, seen=0, today=NEXT)
        ended += [noted, aside, closed]
        assert forget() == 4
        assert all(gone(one) for one in ended)
        before = dump()
        assert forget() == 0
        assert forget(GOES + timedelta(days=1)) == 0
        assert dump() == before

    def test_leaves_every_figure_as_it_was(self, cast: factory.Cast) -> None:
        for topic, times in ((Topic.PLACE, 5), (Topic.FEES, 6)):
            for _ in range(times):
                answered(cast, topic=topic)
        year, officer = SchoolYear.of(ON), factory.actor(cast.officer, ON)
        before = queries.figures(officer, year, GOES)
        assert before.rows[0].total == 11
        assert forget() == 11
        assert queries.figures(officer, year, GOES) == before

    def test_leaves_one_line_for_each_account_with_a_number_alone(self, cast: factory.Cast) -> None:
        for _ in range(3):
            answered(cast)
        before = set(Event.objects.values_list("pk", flat=True))
        assert forget() == 3
        (line,) = Event.objects.exclude(pk__in=before)
        assert (line.action, line.facts) == ("voices.forgotten", {"voices": 3})
        assert (line.actor, line.subject, line.subject_id) == (
            cast.secretary,
            "account",
            cast.secretary.pk,
        )
        assert not any(str(pk) in str(line.facts) for pk in Voice.objects.values_list("pk"))


class TestPublic:
    def test_answer_stays_until_it_is_taken_back_and_then_goes_too(
        self, cast: factory.Cast
    ) -> None:
        voice, made = published(cast, confirmed=True)
        assert forget() == 1
        assert gone(voice)
        found = queries.published_one(made.pk, GOES)
        assert found is not None
        assert found.told.publication.question == "Bao giờ sửa?"
        client = factory.signed_in(cast.secretary)
        page = client.get(f"/tieng-noi/{voice.pk}/").content.decode()
        assert "Bao giờ sửa?" in page
        assert "được xóa ngày 01/8/2027" in page
        actions.withdraw(
            actor=factory.actor(cast.secretary, GOES),
            publication_id=made.pk,
            at=factory.instant(GOES, 12),
            today=GOES,
        )
        assert client.get(f"/tieng-noi/{voice.pk}/").status_code == 404
        assert forget(GOES + timedelta(days=1)) == 0
        assert "Bao giờ sửa?" not in everything()


class TestAfterwards:
    def test_staff_find_it_in_no_list_and_do_nothing_with_it(self, cast: factory.Cast) -> None:
        voice, _ = answered(cast)
        secretary = factory.actor(cast.secretary, GOES)
        assert queries.listing(secretary, GOES, "answered").counts["answered"] == 1
        forget()
        assert queries.listing(secretary, GOES, "answered").counts["answered"] == 0
        with pytest.raises(ObjectDoesNotExist):
            actions.flag(**given(cast.secretary, voice, GOES, seen=1))

    def test_the_code_tells_kindly_that_it_is_gone_and_adds_nothing(
        self, cast: factory.Cast
    ) -> None:
        _, code = answered(cast)
        client, address = Client(), "/gui-tieng-noi/theo-doi"
        told = client.post(address, {"code": code}).content.decode()
        assert "được xóa từ ngày 01/8/2027" in told
        forget()
        answer = client.post(address, {"code": code})
        assert answer.status_code == 200
        page = answer.content.decode()
        assert "đã hết thời gian lưu" in page
        assert 'name="text"' not in page
        for deed in ({"deed": "more", "text": "Còn gì nữa không ạ?"}, {"deed": "close"}):
            assert client.post(address, {"code": code, "seen": "1", **deed}).status_code == 422
        with pytest.raises(actions.Over):
            actions.write_on(code=code, text="Thêm", seen=1, today=GOES)
        assert not Word.objects.exists()

    def test_the_page_says_before_writing_how_long_words_are_kept(self, cast: factory.Cast) -> None:
        page = Client().get(f"/gui-tieng-noi/{cast.school.unit.pk}/").content.decode()
        assert "được xóa sau khi hết năm học đó 12 tháng" in page


class TestWalls:
    def test_let_nobody_but_a_job_take_words_away(self, cast: factory.Cast) -> None:
        _, code = answered(cast)
        asked = [GOES, GOES]
        reach = factory.actor(cast.secretary, clock.today()).reach
        for door in (wall.looking(reach.way, reach.settings), doors.by_code(code)):
            with (
                pytest.raises(DatabaseError, match="permission denied"),
                door,
                connection.cursor() as cursor,
            ):
                cursor.execute("SELECT voices_forget(%s, %s)", asked)
        assert Voice.objects.get().text == TEXT
        with wall.looking(Way.JOB, {"whole": "yes"}):
            assert forget() == 1
        assert Voice.objects.get().text == ""

    def test_add_nothing_to_a_voice_whose_words_have_gone(self, cast: factory.Cast) -> None:
        voice, _ = answered(cast)
        forget()
        word = Word(id=5, voice=voice, place=9, kind="more", text="x", came_on=GOES, due_on=GOES)
        with pytest.raises(DatabaseError, match="its words have gone"), transaction.atomic():
            word.save(force_insert=True)

    def test_stay_as_they_were_for_everybody_else_after_a_run(self, cast: factory.Cast) -> None:
        answered(cast)
        forget()
        for change in (
            "UPDATE voices_voice SET gone_on = NULL, text = 'x'",
            "UPDATE voices_word SET text = 'x'",
            "UPDATE voices_act SET text = 'x'",
            "DELETE FROM voices_act",
        ):
            with (
                pytest.raises(DatabaseError, match="only added to"),
                transaction.atomic(),
                connection.cursor() as cursor,
            ):
                cursor.execute(change)
