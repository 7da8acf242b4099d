"""Challenges: given, accepted or not, told of, reflected on, answered in words."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection

from donghanh.accompaniment import actions, queries
from donghanh.accompaniment.models import Challenge, Declining, Evidence
from donghanh.domain import accompanying
from donghanh.domain.accompanying import Stand
from donghanh.domain.authority import NotAllowed
from donghanh.domain.rights import Role
from donghanh.history.models import Event
from tests import factory
from tests.factory import Cast
from tests.integration.accompaniment import walking
from tests.integration.accompaniment.walking import AT, BEGINS, KEY, TODAY, Pair

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return factory.cast()


@pytest.fixture
def one(cast: Cast) -> Pair:
    return walking.pair(cast)


def lines(action: str) -> int:
    return Event.objects.filter(action=action).count()


def kept() -> tuple[int, int, int]:
    return Challenge.objects.count(), Evidence.objects.count(), Event.objects.count()


class TestGive:
    def test_gives_each_pupil_one_and_leaves_one_line(self, cast: Cast, one: Pair) -> None:
        two = walking.pair(cast, "giupdo2")
        found = walking.given(cast.union, one.dossier, two.dossier)
        assert {each.dossier_id for each in found} == {one.dossier.pk, two.dossier.pk}
        assert {each.title for each in found} == {"Kèm một bạn cùng tiến"}
        assert lines("accompaniment.challenges_given") == 1

    @pytest.mark.parametrize("who", ["helper", "secretary", "union"])
    def test_is_done_by_helper_cell_and_union(self, cast: Cast, one: Pair, who: str) -> None:
        user = one.helper if who == "helper" else getattr(cast, who)
        assert len(walking.given(user, one.dossier)) == 1

    @pytest.mark.parametrize("who", ["committee", "base_member", "officer", "administrator"])
    def test_is_refused_to_everybody_else(self, cast: Cast, one: Pair, who: str) -> None:
        before = kept()
        with pytest.raises(NotAllowed):
            walking.given(getattr(cast, who), one.dossier)
        assert kept() == before

    def test_is_refused_to_the_neighbouring_school_and_to_who_helps_somebody_else(
        self, cast: Cast, one: Pair
    ) -> None:
        other = walking.pair(cast, "giupdo2")
        for user in (cast.outsider, other.helper):
            before = kept()
            with pytest.raises(actions.PupilsGone):
                walking.given(user, one.dossier)
            assert kept() == before

    def test_gives_nobody_anything_when_one_of_them_stopped_meanwhile(
        self, cast: Cast, one: Pair
    ) -> None:
        gone = walking.pair(cast, "giupdo2")
        factory.stopped(gone.dossier.person, on=TODAY)
        before = kept()
        with pytest.raises(actions.PupilsGone):
            walking.given(cast.union, one.dossier, gone.dossier)
        assert kept() == before

    def test_sent_twice_gives_once(self, cast: Cast, one: Pair) -> None:
        for _ in range(2):
            actions.give_challenges(
                actor=factory.actor(cast.union, TODAY),
                key=KEY,
                dossier_ids=[one.dossier.pk],
                due=TODAY,
                once="mot-lan",
                at=AT,
                today=TODAY,
            )
        assert Challenge.objects.count() == lines("accompaniment.challenges_given") == 1

    @pytest.mark.parametrize(
        ("key", "days", "refusal"),
        [
            ("example:khong-co", 10, actions.ModelUnknown),
            ("own:999", 10, actions.ModelUnknown),
            (KEY, -1, accompanying.TimeOutside),
            (KEY, 367, accompanying.TimeOutside),
        ],
    )
    def test_refuses_what_cannot_be(
        self, cast: Cast, one: Pair, key: str, days: int, refusal: type[Exception]
    ) -> None:
        before = kept()
        with pytest.raises(refusal):
            actions.give_challenges(
                actor=factory.actor(cast.union, TODAY),
                key=key,
                dossier_ids=[one.dossier.pk],
                due=TODAY + timedelta(days=days),
                once="x",
                at=AT,
                today=TODAY,
            )
        assert kept() == before


class TestAnswerOfThePupil:
    def test_not_answered_and_declined_look_the_same_to_staff(self, cast: Cast, one: Pair) -> None:
        (silent,), (declined,) = (walking.given(one.helper, one.dossier) for _ in range(2))
        actions.decline(code=one.code, challenge_id=declined.pk, at=AT)
        for user in (one.helper, cast.secretary, cast.union):
            who = factory.actor(user, TODAY)
            rows = [queries.challenge(who, each.pk) for each in (silent, declined)]
            assert {(row.stand, row.label, row.state) for row in rows} == {
                (Stand.GIVEN, rows[0].label, "plain")
            }
        own = queries.own_challenge(one.code, declined.pk)
        assert own is not None
        assert own.declined

    def test_leaves_the_same_line_whether_accepted_or_declined(self, one: Pair) -> None:
        (first,), (second,) = (walking.given(one.helper, one.dossier) for _ in range(2))
        actions.accept(code=one.code, challenge_id=first.pk, at=AT)
        actions.decline(code=one.code, challenge_id=second.pk, at=AT)
        left = Event.objects.filter(action="accompaniment.pupil_acted").order_by("id")
        told = [(each.subject, each.subject_id, each.facts) for each in left]
        assert told == [("person", one.dossier.person_id, {})] * 2

    def test_may_come_after_declining_and_go_again(self, one: Pair) -> None:
        (challenge,) = walking.given(one.helper, one.dossier)
        actions.decline(code=one.code, challenge_id=challenge.pk, at=AT)
        actions.accept(code=one.code, challenge_id=challenge.pk, at=AT)
        assert not Declining.objects.exists()
        walking.told(one.code, challenge)
        actions.decline(code=one.code, challenge_id=challenge.pk, at=AT)
        row = queries.challenge(factory.actor(one.helper, TODAY), challenge.pk)
        assert (row.stand, row.lines) == (Stand.GIVEN, ())

    def test_is_not_given_for_somebody_else(self, cast: Cast, one: Pair) -> None:
        two = walking.pair(cast, "giupdo2")
        (challenge,) = walking.given(one.helper, one.dossier)
        before = kept()
        for act in (actions.accept, actions.decline):
            with pytest.raises(Challenge.DoesNotExist):
                act(code=two.code, challenge_id=challenge.pk, at=AT)
        challenge.refresh_from_db()
        assert (challenge.accepted_at, kept()) == (None, before)

    def test_is_refused_once_stopped(self, one: Pair) -> None:
        (challenge,) = walking.given(one.helper, one.dossier)
        factory.stopped(one.dossier.person, on=TODAY)
        with pytest.raises(actions.Stopped):
            actions.accept(code=one.code, challenge_id=challenge.pk, at=AT)
        challenge.refresh_from_db()
        assert challenge.accepted_at is None


class TestTell:
    @pytest.fixture
    def challenge(self, one: Pair) -> Challenge:
        (challenge,) = walking.given(one.helper, one.dossier)
        actions.accept(code=one.code, challenge_id=challenge.pk, at=AT)
        return challenge

    def test_keeps_a_line_and_marks_its_step(self, one: Pair, challenge: Challenge) -> None:
        walking.told(one.code, challenge, on=TODAY - timedelta(days=1))
        row = queries.challenge(factory.actor(one.helper, TODAY), challenge.pk)
        assert [(step.number, step.on) for step in row.steps if step.on] == [
            (1, TODAY - timedelta(days=1))
        ]
        assert [line.text for line in row.lines] == ["Đã học cùng bạn"]

    @pytest.mark.parametrize(
        ("told", "refusal"),
        [
            ({"on": TODAY + timedelta(days=1)}, accompanying.DayInFuture),
            ({"on": BEGINS - timedelta(days=3)}, accompanying.DayBeforeConsent),
            ({"text": "  "}, accompanying.TextMissing),
            ({"text": "x" * 301}, accompanying.TextTooLong),
        ],
    )
    def test_refuses_what_cannot_be_and_keeps_nothing(
        self,
        one: Pair,
        challenge: Challenge,
        told: dict[str, object],
        refusal: type[Exception],
    ) -> None:
        before = kept()
        with pytest.raises(refusal):
            walking.told(one.code, challenge, **told)  # type: ignore[arg-type]  # by name
        assert kept() == before

    def test_refuses_a_step_that_is_not_there(self, one: Pair, challenge: Challenge) -> None:
        with pytest.raises(actions.StepUnknown):
            actions.tell(
                code=one.code,
                challenge_id=challenge.pk,
                text="x",
                on=TODAY,
                step=9,
                once="x",
                at=AT,
                today=TODAY,
            )

    def test_refuses_what_was_not_accepted(self, one: Pair) -> None:
        (other,) = walking.given(one.helper, one.dossier)
        with pytest.raises(actions.NotUnderWay):
            walking.told(one.code, other)


class TestFinish:
    def test_keeps_the_own_words_once(self, one: Pair) -> None:
        challenge = walking.done(one)
        with pytest.raises(actions.Over):
            actions.finish(code=one.code, challenge_id=challenge.pk, reflection="Lại", at=AT)
        challenge.refresh_from_db()
        assert challenge.reflection == "Em đã hiểu bạn."

    def test_refuses_twenty_thousand_signs_and_keeps_nothing(self, one: Pair) -> None:
        (challenge,) = walking.given(one.helper, one.dossier)
        actions.accept(code=one.code, challenge_id=challenge.pk, at=AT)
        before = kept()
        with pytest.raises(accompanying.TextTooLong):
            actions.finish(code=one.code, challenge_id=challenge.pk, reflection="ă" * 20_000, at=AT)
        assert kept() == before

    def test_cannot_be_set_aside_afterwards(self, one: Pair) -> None:
        challenge = walking.done(one)
        with pytest.raises(actions.Over):
            actions.decline(code=one.code, challenge_id=challenge.pk, at=AT)


class TestAnswer:
    def test_is_read_by_the_pupil_and_leaves_a_line(self, one: Pair) -> None:
        challenge = walking.done(one, answered=True)
        own = queries.own_challenge(one.code, challenge.pk)
        assert own is not None
        assert own.stand is Stand.ANSWERED
        assert own.answer.startswith("Em làm bền bỉ")
        assert lines("accompaniment.challenge_answered") == 1

    def test_of_a_second_one_is_not_kept(self, cast: Cast, one: Pair) -> None:
        challenge = walking.done(one, answered=True)
        with pytest.raises(actions.AnsweredAlready):
            actions.answer_challenge(
                actor=factory.actor(cast.union, TODAY),
                challenge_id=challenge.pk,
                text="Muộn",
                at=AT,
            )

    def test_waits_until_the_pupil_says_it_is_done(self, one: Pair) -> None:
        (challenge,) = walking.given(one.helper, one.dossier)
        with pytest.raises(actions.NotDone):
            actions.answer_challenge(
                actor=factory.actor(one.helper, TODAY), challenge_id=challenge.pk, text="x", at=AT
            )

    def test_is_not_for_who_helps_somebody_else(self, cast: Cast, one: Pair) -> None:
        other = walking.pair(cast, "giupdo2")
        challenge = walking.done(one)
        for user in (other.helper, cast.outsider):
            with pytest.raises(Challenge.DoesNotExist):
                actions.answer_challenge(
                    actor=factory.actor(user, TODAY), challenge_id=challenge.pk, text="x", at=AT
                )


class TestLibrary:
    def test_offers_the_examples_and_what_the_school_keeps_in_their_place(
        self, cast: Cast, one: Pair
    ) -> None:
        who = factory.actor(cast.union, TODAY)
        before = queries.library(who)
        assert len(before) == len(queries.examples()) > 2
        taken = before[0]
        kept_ = actions.keep_model(
            actor=who,
            title="Góc đọc của trường",
            aim=taken.aim,
            steps="Hỏi bạn\nMở góc đọc",
            evidence=taken.evidence,
            days=30,
            origin=taken.key,
            once="m",
            at=AT,
        )
        after = queries.library(who)
        assert len(after) == len(before)
        assert after[0].key == f"own:{kept_.pk}"
        (challenge,) = walking.given(one.helper, one.dossier, key=f"own:{kept_.pk}")
        assert challenge.steps == ["Hỏi bạn", "Mở góc đọc"]
        assert taken.key not in {each.key for each in after}
        assert len(queries.library(factory.actor(cast.outsider, TODAY))) == len(before)

    def test_is_not_kept_by_helpers_and_others(self, cast: Cast, one: Pair) -> None:
        board = factory.holder("tochuc", "Lương Kim Oanh", cast.base, Role.BOARD)
        for user in (one.helper, cast.committee, board):
            with pytest.raises(NotAllowed):
                actions.keep_model(
                    actor=factory.actor(user, TODAY),
                    title="x",
                    aim="x",
                    steps="x",
                    evidence="x",
                    days=1,
                    once="m",
                    at=AT,
                )

    @pytest.mark.parametrize("steps", ["", "\n".join("abcdefghijklm")])
    def test_refuses_no_step_and_too_many(self, cast: Cast, steps: str) -> None:
        with pytest.raises(accompanying.StepsMissing):
            actions.keep_model(
                actor=factory.actor(cast.union, TODAY),
                title="x",
                aim="x",
                steps=steps,
                evidence="x",
                days=1,
                once="m",
                at=AT,
            )


class TestDatabase:
    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE accompaniment_note SET text = 'x'",
            "DELETE FROM accompaniment_note",
            "UPDATE accompaniment_comment SET text = 'x'",
            "DELETE FROM accompaniment_noteanswer",
        ],
    )
    def test_refuses_to_change_what_was_written(self, one: Pair, statement: str) -> None:
        note = walking.noted(one)
        walking.commented(one)
        actions.answer_note(code=one.code, note_id=note, text="Vâng ạ", once="a", at=AT)
        with pytest.raises(DatabaseError, match="never changed"), connection.cursor() as cursor:
            cursor.execute(statement)
