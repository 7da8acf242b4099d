"""Notes of the road and periodic comments: who writes, who reads, what is due."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from donghanh.accompaniment import actions, queries
from donghanh.accompaniment.models import Comment, Note
from donghanh.desk import queries as desks
from donghanh.domain import accompanying
from donghanh.domain.authority import NotAllowed
from donghanh.dossiers.models import Dossier
from donghanh.history.models import Event
from tests import factory
from tests.factory import Cast
from tests.integration.accompaniment import walking
from tests.integration.accompaniment.walking import AT, BEGINS, LISTED, TODAY, Pair

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return factory.cast()


@pytest.fixture
def one(cast: Cast) -> Pair:
    return walking.pair(cast)


def read(user: object, dossier: Dossier) -> list[str]:
    who = factory.actor(user, TODAY)  # type: ignore[arg-type]  # an account
    return list(queries.notes_of(who, dossier.pk).values_list("text", flat=True))


class TestNote:
    def test_is_read_by_the_pupil_and_the_helper_alone(self, cast: Cast, one: Pair) -> None:
        walking.noted(one, "Đã gặp em")
        assert read(one.helper, one.dossier) == ["Đã gặp em"]
        for user in (cast.secretary, cast.union, cast.committee, cast.outsider):
            assert read(user, one.dossier) == []
        page = queries.own_page(one.code)
        assert page is not None
        assert [note.text for note in page.notes] == ["Đã gặp em"]
        assert Event.objects.filter(action="accompaniment.note_written").count() == 1

    def test_goes_with_the_helper_to_the_next_one(self, cast: Cast, one: Pair) -> None:
        walking.noted(one, "Của người trước")
        other = walking.helping(cast, "nguoisau")
        walking.changed_helper(cast, one, other)
        assert read(other, one.dossier) == ["Của người trước"]
        assert read(one.helper, one.dossier) == []
        with pytest.raises(Dossier.DoesNotExist):
            walking.noted(one)
        walking.noted(one, "Của người sau", by=other)
        assert read(other, one.dossier) == ["Của người sau", "Của người trước"]

    def test_is_not_written_by_anybody_else(self, cast: Cast, one: Pair) -> None:
        for user in (cast.secretary, cast.union, cast.committee):
            with pytest.raises(NotAllowed):
                walking.noted(one, by=user)
        stranger = walking.helping(cast, "nguoikhac")
        with pytest.raises(Dossier.DoesNotExist):
            walking.noted(one, by=stranger)
        assert not Note.objects.exists()

    @pytest.mark.parametrize(
        ("text", "on", "refusal"),
        [
            (" ", TODAY, accompanying.TextMissing),
            ("x" * 4001, TODAY, accompanying.TextTooLong),
            ("x", TODAY + timedelta(days=1), accompanying.DayInFuture),
            ("x", BEGINS - timedelta(days=3), accompanying.DayBeforeConsent),
        ],
    )
    def test_refuses_what_cannot_be_and_keeps_nothing(
        self, one: Pair, text: str, on: object, refusal: type[Exception]
    ) -> None:
        before = Event.objects.count()
        with pytest.raises(refusal):
            actions.write_note(
                actor=factory.actor(one.helper, TODAY),
                dossier_id=one.dossier.pk,
                text=text,
                on=on,  # type: ignore[arg-type]  # a day
                once="x",
                at=AT,
                today=TODAY,
            )
        assert (Note.objects.count(), Event.objects.count()) == (0, before)

    def test_sent_twice_is_kept_once(self, one: Pair) -> None:
        for _ in range(2):
            actions.write_note(
                actor=factory.actor(one.helper, TODAY),
                dossier_id=one.dossier.pk,
                text="Một lần",
                on=TODAY,
                once="mot",
                at=AT,
                today=TODAY,
            )
        assert Note.objects.count() == 1

    def test_is_answered_by_its_pupil_alone(self, cast: Cast, one: Pair) -> None:
        note, other = walking.noted(one), walking.pair(cast, "giupdo2")
        with pytest.raises(Note.DoesNotExist):
            actions.answer_note(code=other.code, note_id=note, text="x", once="a", at=AT)
        for _ in range(2):
            actions.answer_note(code=one.code, note_id=note, text="Vâng ạ", once="b", at=AT)
        page = queries.pupil_page(factory.actor(one.helper, TODAY), one.dossier.pk, TODAY)
        assert [each.answers for each in page.notes] == [("Vâng ạ",)]


class TestComment:
    def test_is_read_by_helper_cell_and_pupil_alone(self, cast: Cast, one: Pair) -> None:
        walking.commented(one)
        for user, many in (
            (one.helper, 1),
            (cast.secretary, 1),
            (cast.union, 0),
            (cast.committee, 0),
            (cast.outsider, 0),
        ):
            who = factory.actor(user, TODAY)
            assert queries.comments_of(who, one.dossier.pk).count() == many, user
        page = queries.own_page(one.code)
        assert page is not None
        assert len(page.comments) == 1

    def test_is_due_three_months_after_the_helper_was_named_then_after_the_last(
        self, one: Pair
    ) -> None:
        who = factory.actor(one.helper, TODAY)
        (first,) = queries.dues(who, TODAY)
        assert (first.by, first.last) == (accompanying.comment_due(LISTED, 3), None)
        assert not first.entry.settled  # the product's own, and shown as such
        walking.commented(one)
        (following,) = queries.dues(who, TODAY)
        assert (following.by, following.last) == (accompanying.comment_due(TODAY, 3), TODAY)

    @pytest.mark.parametrize(("before", "shown"), [(8, False), (7, True), (-1, True)])
    def test_stands_on_the_helpers_desk_from_a_week_before(
        self, one: Pair, before: int, shown: bool
    ) -> None:
        day = accompanying.comment_due(LISTED, 3) - timedelta(days=before)
        desk = desks.desk(factory.actor(one.helper, day), day)
        named = [item.named for item in (*desk.late, *desk.soon) if "/nhan-xet" in item.href]
        assert named == ([one.dossier.pk] if shown else [])
        assert bool(desk.late) is (before < 0)

    def test_is_owed_by_nobody_but_the_helper(self, cast: Cast, one: Pair) -> None:
        for user in (cast.secretary, cast.union):
            assert queries.dues(factory.actor(user, TODAY), TODAY) == ()
        assert not Comment.objects.exists()


class TestDesk:
    def test_shows_who_can_answer_that_a_challenge_waits(self, cast: Cast, one: Pair) -> None:
        challenge = walking.done(one)
        for user in (one.helper, cast.secretary, cast.union):
            desk = desks.desk(factory.actor(user, TODAY), TODAY)
            assert any(f"/thu-thach/{challenge.pk}/" in item.href for item in desk.soon)
            assert one.dossier.pk in desk.named

    def test_asks_as_often_for_many_as_for_one(self, cast: Cast, one: Pair) -> None:
        def asked() -> int:
            with CaptureQueriesContext(connection) as found:
                desks.desk(factory.actor(cast.secretary, TODAY), TODAY)
            return len(found)

        walking.done(one)
        first = asked()
        walking.done(walking.pair(cast, "giupdo2"))
        walking.done(walking.pair(cast, "giupdo3"))
        assert asked() == first
