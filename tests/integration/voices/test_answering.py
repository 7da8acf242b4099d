"""Who reads a voice when, who answers it, and what is refused."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from donghanh.accounts.models import User
from donghanh.domain import voices
from donghanh.domain.authority import Actor, NotAllowed
from donghanh.domain.voices import Addressee, Reason, State
from donghanh.history.models import Event
from donghanh.voices import actions, queries
from donghanh.voices.models import Act, Publication, Voice, Word
from tests import factory
from tests.integration.voices.speaking import LAST, LATE, NEXT, ON, TEXT, spoken

pytestmark = pytest.mark.django_db

UNION = Addressee.UNION


@pytest.fixture
def cast() -> factory.Cast:
    return factory.cast()


def reads(actor: Actor, voice: Voice, on: date) -> bool:
    return any(
        row.voice == voice for row in queries.rows_of(actor, queries.visible_to(actor, on), on)
    )


def answered(user: User, voice: Voice, on: date, seen: int = 0) -> None:
    actions.answer(
        actor=factory.actor(user, on),
        voice_id=voice.pk,
        text="Nhà trường sửa mái trong tháng này.",
        seen=seen,
        at=factory.instant(on, 10),
        today=on,
    )


class TestWrite:
    def test_refuses_an_empty_text_and_one_that_nobody_sees(self, cast: factory.Cast) -> None:
        for text in ("", " \n ", "\u200b\u202e\x00"):
            with pytest.raises(actions.SaysNothing):
                spoken(cast.school, text=text)
        assert not Voice.objects.exists()

    def test_refuses_more_than_is_kept(self, cast: factory.Cast) -> None:
        with pytest.raises(actions.TooLong) as refused:
            spoken(cast.school, text="a" * (voices.LONGEST + 1))
        assert refused.value.facts == {"length": 5001, "longest": 5000}
        assert spoken(cast.school, text="a" * voices.LONGEST)[0].pk

    def test_takes_a_second_tap_for_the_first(self, cast: factory.Cast) -> None:
        _, code = spoken(cast.school)
        new = actions.New(cast.school.unit.pk, Addressee.SCHOOL, voices.Topic.PLACE, TEXT)
        actions.write(new=new, code=code, today=ON)
        assert Voice.objects.count() == 1

    def test_keeps_no_class_beside_no_name(self, cast: factory.Cast) -> None:
        assert spoken(cast.school, class_name="12A1")[0].class_name == ""
        assert spoken(cast.school, name="Lê An", class_name="12A1")[0].class_name == "12A1"

    def test_refuses_where_nobody_answers(self, cast: factory.Cast) -> None:
        new = actions.New(cast.department.pk, Addressee.UNION, voices.Topic.PLACE, TEXT)
        with pytest.raises(actions.NobodyThere):
            actions.write(new=new, code=actions.new_code(), today=ON)


class TestReach:
    def test_is_the_unit_written_to_from_the_day_after(self, cast: factory.Cast) -> None:
        voice, _ = spoken(cast.school)
        secretary = factory.actor(cast.secretary, ON)
        assert (reads(secretary, voice, ON), reads(secretary, voice, NEXT)) == (False, True)
        for user in (cast.union, cast.outsider, cast.officer, cast.upper_unionist):
            assert not reads(factory.actor(user, ON), voice, NEXT)
            with pytest.raises(Voice.DoesNotExist):
                queries.page(factory.actor(user, ON), voice.pk, NEXT)
        for user in (cast.leader, cast.committee, cast.administrator):
            with pytest.raises(NotAllowed):
                queries.visible_to(factory.actor(user, ON), NEXT)

    def test_goes_one_level_up_the_day_after_the_last(self, cast: factory.Cast) -> None:
        to_school, _ = spoken(cast.school)
        to_union, code = spoken(cast.school, to=UNION)
        for voice, above in ((to_school, cast.officer), (to_union, cast.upper_unionist)):
            assert voice.due_on == LAST
            actor = factory.actor(above, ON)
            assert (reads(actor, voice, LAST), reads(actor, voice, LATE)) == (False, True)
            page = queries.page(actor, voice.pk, LATE)
            assert (page.row.holds, page.row.standing.late) == (True, True)
        assert not reads(factory.actor(cast.officer, ON), to_union, LATE)
        receipt = queries.follow(code, LATE)
        assert receipt is not None
        above_all = queries.whereto(cast.school.unit.pk, Addressee.UPPER_UNION, LATE)
        assert above_all is not None and receipt.with_whom == above_all.unit.name

    def test_of_an_emergency_is_school_and_level_above_at_once(self, cast: factory.Cast) -> None:
        voice, _ = spoken(cast.school, to=UNION, emergency=True)
        assert voice.due_on == NEXT
        for user in (cast.union, cast.secretary, cast.upper_unionist):
            assert reads(factory.actor(user, ON), voice, ON)
        for user in (cast.outsider, cast.officer):
            assert not reads(factory.actor(user, ON), voice, ON)

    def test_of_an_alarm_raised_later_is_the_same(self, cast: factory.Cast) -> None:
        voice, _ = spoken(cast.school, to=UNION)
        union = factory.actor(cast.union, ON)
        assert not reads(factory.actor(cast.secretary, ON), voice, NEXT)
        at = factory.instant(NEXT)
        actions.alarm(actor=union, voice_id=voice.pk, seen=0, at=at, today=NEXT)
        for user in (cast.union, cast.secretary, cast.upper_unionist):
            assert reads(factory.actor(user, ON), voice, NEXT)
        assert queries.page(union, voice.pk, NEXT).row.standing.due == date(2026, 3, 4)


class TestAnswer:
    def test_is_read_by_the_code_and_leaves_a_line(self, cast: factory.Cast) -> None:
        voice, code = spoken(cast.school)
        answered(cast.secretary, voice, NEXT)
        receipt = queries.follow(code, NEXT)
        assert receipt is not None and receipt.standing.state is State.ANSWERED
        assert [line.text for line in receipt.lines] == ["Nhà trường sửa mái trong tháng này."]
        line = Event.objects.get(action="voices.answered")
        assert (line.actor, line.subject_id, line.facts) == (cast.secretary, voice.pk, {})

    def test_refuses_the_second_of_two(self, cast: factory.Cast) -> None:
        voice, _ = spoken(cast.school)
        answered(cast.secretary, voice, NEXT)
        for seen in (0, 1):
            with pytest.raises(actions.Over):
                answered(cast.secretary, voice, NEXT, seen)
        assert Act.objects.count() == 1

    def test_refuses_the_school_once_it_lies_above(self, cast: factory.Cast) -> None:
        voice, _ = spoken(cast.school)
        with pytest.raises(actions.Escalated) as refused:
            answered(cast.secretary, voice, LATE)
        assert refused.value.facts == {"due": LAST}
        answered(cast.officer, voice, LATE)
        assert Act.objects.get().of_unit == cast.department

    def test_can_be_asked_about_again_and_closed(self, cast: factory.Cast) -> None:
        voice, code = spoken(cast.school)
        answered(cast.secretary, voice, NEXT)
        actions.write_on(code=code, text="Bao giờ xong ạ?", seen=1, today=NEXT)
        with pytest.raises(actions.Over):
            actions.write_on(code=code, text="Lần nữa", seen=1, today=NEXT)
        receipt = queries.follow(code, NEXT)
        assert receipt is not None and receipt.standing.state is State.WAITING
        answered(cast.secretary, voice, NEXT, seen=2)
        actions.close(code=code, seen=3, today=NEXT)
        with pytest.raises(actions.Over):
            actions.write_on(code=code, text="Thêm", seen=4, today=NEXT)
        assert Word.objects.count() == 2

    def test_that_nobody_wants_is_noted(self, cast: factory.Cast) -> None:
        wanted, _ = spoken(cast.school)
        told, _ = spoken(cast.school, wants_answer=False)
        given = {"actor": factory.actor(cast.secretary, ON), "seen": 0, "today": NEXT}
        at = factory.instant(NEXT)
        with pytest.raises(actions.WantsAnAnswer):
            actions.note(voice_id=wanted.pk, at=at, **given)  # type: ignore[arg-type]
        actions.note(voice_id=told.pk, at=at, **given)  # type: ignore[arg-type]
        assert Act.objects.get().deed == "noted"


class TestSetAside:
    def test_tells_the_writer_why_and_deletes_nothing(self, cast: factory.Cast) -> None:
        voice, code = spoken(cast.school, text="Lời xúc phạm")
        actor = factory.actor(cast.secretary, ON)
        given = {"actor": actor, "voice_id": voice.pk, "seen": 0, "today": NEXT}
        at = factory.instant(NEXT)
        with pytest.raises(actions.ReasonMissing):
            actions.set_aside(reason=None, at=at, **given)  # type: ignore[arg-type]
        actions.set_aside(reason=Reason.INSULT, at=at, **given)  # type: ignore[arg-type]
        receipt = queries.follow(code, NEXT)
        assert receipt is not None and receipt.standing.state is State.SET_ASIDE
        assert (receipt.lines[0].reason, receipt.voice.text) == ("insult", "Lời xúc phạm")

    def test_is_for_moderators_whom_a_union_asks_one_level_up(self, cast: factory.Cast) -> None:
        voice, _ = spoken(cast.school, to=UNION)
        at = factory.instant(NEXT)
        union, upper = factory.actor(cast.union, ON), factory.actor(cast.upper_unionist, ON)
        with pytest.raises(actions.NotTheModerator):
            actions.set_aside(
                actor=union, voice_id=voice.pk, reason=Reason.INSULT, seen=0, at=at, today=NEXT
            )
        assert not reads(upper, voice, NEXT)
        actions.flag(actor=union, voice_id=voice.pk, seen=0, at=at, today=NEXT)
        assert reads(upper, voice, NEXT)
        assert not reads(factory.actor(cast.secretary, ON), voice, NEXT)
        actions.set_aside(
            actor=upper, voice_id=voice.pk, reason=Reason.INSULT, seen=1, at=at, today=NEXT
        )


class TestPublish:
    REWRITTEN = actions.Rewritten("Bao giờ trường sửa nhà xe?", "Trong tháng này.")

    def proposed(self, cast: factory.Cast, voice: Voice, user: User) -> Publication:
        return actions.propose(
            actor=factory.actor(user, NEXT),
            voice_id=voice.pk,
            rewritten=self.REWRITTEN,
            at=factory.instant(NEXT),
            today=NEXT,
        )

    def test_needs_the_writers_yes_and_an_answer(self, cast: factory.Cast) -> None:
        no, _ = spoken(cast.school)
        yes, _ = spoken(cast.school, may_publish=True)
        answered(cast.secretary, no, NEXT)
        with pytest.raises(actions.NoYes):
            self.proposed(cast, no, cast.secretary)
        with pytest.raises(actions.NotAnswered):
            self.proposed(cast, yes, cast.secretary)
        with pytest.raises(DatabaseError, match="did not agree"), transaction.atomic():
            Publication.objects.create(
                id=1,
                voice=no,
                unit=cast.school.cell,
                topic="place",
                question="?",
                answer="!",
                proposed_by=cast.secretary,
                proposed_on=NEXT,
            )

    def test_refuses_the_writers_own_text(self, cast: factory.Cast) -> None:
        voice, _ = spoken(cast.school, may_publish=True)
        answered(cast.secretary, voice, NEXT)
        with pytest.raises(actions.NotRewritten):
            actions.propose(
                actor=factory.actor(cast.secretary, NEXT),
                voice_id=voice.pk,
                rewritten=actions.Rewritten(f"Hỏi: {TEXT}", "Đáp."),
                at=factory.instant(NEXT),
                today=NEXT,
            )

    def test_needs_a_second_person(self, cast: factory.Cast) -> None:
        voice, _ = spoken(cast.school, may_publish=True)
        answered(cast.secretary, voice, NEXT)
        made = self.proposed(cast, voice, cast.secretary)
        at = factory.instant(NEXT)
        with pytest.raises(actions.SecondPerson):
            actions.confirm(
                actor=factory.actor(cast.secretary, NEXT), publication_id=made.pk, at=at, today=NEXT
            )
        for stranger in (cast.outsider, cast.union, cast.upper_unionist):
            with pytest.raises(Publication.DoesNotExist):
                actions.confirm(
                    actor=factory.actor(stranger, NEXT),
                    publication_id=made.pk,
                    at=at,
                    today=NEXT,
                )
        assert not queries.published(NEXT, "", 1).told
        officer = factory.actor(cast.officer, NEXT)
        actions.confirm(actor=officer, publication_id=made.pk, at=at, today=NEXT)
        with pytest.raises(actions.Over):
            actions.confirm(actor=officer, publication_id=made.pk, at=at, today=NEXT)
        (told,) = queries.published(NEXT, "place", 1).told
        assert told.publication.question == "Bao giờ trường sửa nhà xe?"
        actions.withdraw(actor=officer, publication_id=made.pk, at=at, today=NEXT)
        assert not queries.published(NEXT, "", 1).told


class TestPromise:
    def test_counts_for_what_comes_from_that_day_on(self, cast: factory.Cast) -> None:
        before, _ = spoken(cast.school)
        secretary = factory.actor(cast.secretary, ON)
        for days in (7, 3):
            actions.promise(actor=secretary, days=days, at=factory.instant(ON), today=ON)
        after, _ = spoken(cast.school)
        assert (before.due_on, after.due_on) == (LAST, date(2026, 3, 5))
        for days in (0, 31):
            with pytest.raises(actions.PromiseOutOfBounds):
                actions.promise(actor=secretary, days=days, at=factory.instant(ON), today=ON)


class TestList:
    def test_asks_the_same_however_many_there_are(self, cast: factory.Cast) -> None:
        secretary = factory.actor(cast.secretary, ON)
        asked = []
        for _ in range(2):
            for _ in range(3):
                answered(cast.secretary, spoken(cast.school)[0], NEXT)
                spoken(cast.school)
            with CaptureQueriesContext(connection) as caught:
                page = queries.listing(secretary, NEXT, "waiting")
            asked.append(len(caught))
        assert page.counts == {"waiting": 6, "late": 0, "urgent": 0, "answered": 6, "aside": 0}
        assert asked[0] == asked[1] <= 12
