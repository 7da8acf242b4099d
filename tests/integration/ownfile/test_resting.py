"""While a pupil wishes that the work rests, nothing is recorded about them, in any room."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from donghanh.accompaniment.models import Challenge
from donghanh.domain.acts import Step
from donghanh.domain.requests import Kind, Outcome
from donghanh.dossiers import actions as dossiers
from donghanh.dossiers.models import Act, Dossier
from donghanh.history.models import Event
from donghanh.lib import wall
from donghanh.ownfile import actions
from donghanh.ownfile.models import Request
from donghanh.papers import actions as papers
from donghanh.people.models import Person
from tests import factory
from tests.factory import Cast
from tests.integration.accompaniment import walking
from tests.integration.ownfile.test_every_column import about_pupils
from tests.integration.pool import rating
from tests.integration.walls import files

pytestmark = pytest.mark.django_db

ON = walking.TODAY
AT = walking.AT
#: A day on which there is a rule of restricting.
RULED = date(2026, 3, 2)
#: Tables about a pupil in which something is written while the work rests, each with the reason.
FREE = {
    "people_person": "corrections the pupil asked for, and the wish itself",
    "people_consent": "the pupil's own word",
    "people_nameword": "kept by the database out of the name",
    "people_enrolment": "corrections the pupil asked for; moving up leaves out whose work rests",
    "people_aside": "which of two records leads; the wish follows",
    "people_renewal": "the pupil's own word",
    "people_mailbox": "the pupil's own address",
    "people_pagekey": "the pupil's own way in",
    "ownfile_request": "what the pupil asks, and the answers",
    "duplicates_decision": "which of two records leads; nothing about the pupil",
    "dossiers_standing": "told anew out of what stands already",
    "indicators_span": "told anew out of what stands already",
    "accompaniment_declining": "the pupil alone writes it",
    "accompaniment_evidence": "the pupil alone writes it",
    "accompaniment_noteanswer": "the pupil alone writes it",
    "activities_checkin": "the pupil alone writes it",
    "news_declining": "the pupil alone writes it",
    "reorganisation_rerouting": "where files lie after units changed; a law does that",
}


@pytest.fixture
def cast(monkeypatch: pytest.MonkeyPatch) -> Cast:
    factory.freeze(monkeypatch, ON)
    return factory.cast()


@pytest.fixture
def one(cast: Cast) -> walking.Pair:
    """Return a pupil with a helper, about whom something is kept in every room."""
    found = walking.pair(cast)
    walking.done(found)
    return found


def asks(one: walking.Pair) -> Request:
    return actions.ask(code=one.code, kind=Kind.RESTRICT, at=AT, on=ON)


def refused(deed: Callable[[], object]) -> bool:
    """Tell whether the database refuses a deed because the work rests."""
    try:
        with transaction.atomic():
            deed()
    except DatabaseError as error:
        return wall.refused_by(error) == wall.RESTS
    return False


def set_facts(dossier: Dossier) -> int:
    return Dossier.objects.filter(pk=dossier.pk).update(graduated_date=ON)


class TestDoor:
    def test_stands_before_every_table_about_a_pupil(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT DISTINCT relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid"
                " WHERE tgname = 'people_rests' AND tgenabled = 'O'"
            )
            guarded = {row[0] for row in cursor.fetchall()}
        assert {model._meta.db_table for model in about_pupils()} == guarded | set(FREE)
        assert not guarded & set(FREE)

    def test_refuses_what_every_room_records_and_keeps_nothing(
        self, cast: Cast, one: walking.Pair
    ) -> None:
        asks(one)
        dossier, secretary = one.dossier, factory.actor(cast.secretary, ON)
        new = dossiers.NewAct(step=Step.SENT_TO_CLASS, on=ON)
        challenge = dossier.challenges.get()
        letter = papers.NewLetter(
            kind="residence",
            to_name="Chi ủy thôn (mô phỏng)",
            to_place="",
            paper_number="",
            on=ON,
            remind_on=ON + timedelta(days=30),
        )
        deeds: dict[str, Callable[[], object]] = {
            "act": lambda: factory.record(cast.secretary, dossier, new),
            "facts": lambda: set_facts(dossier),
            "rating": lambda: rating.rated(cast, dossier.person, today=ON),
            "challenge": lambda: walking.given(one.helper, dossier),
            "answer": lambda: Challenge.objects.filter(pk=challenge.pk).update(answer="Tốt."),
            "note": lambda: walking.noted(one),
            "comment": lambda: walking.commented(one),
            "letter": lambda: papers.send_letter(
                actor=secretary, dossier_id=dossier.pk, new=letter, at=AT, today=ON
            ),
            "rows of the rooms about files": lambda: files.about(
                dossier, cast.school.cell, cast.competent, cast.secretary, ON
            ),
        }
        kept = (Act.objects.count(), dossier.letters.count(), dossier.notes.count())
        assert [name for name, deed in deeds.items() if not refused(deed)] == []
        assert kept == (Act.objects.count(), dossier.letters.count(), dossier.notes.count())
        actions.go_on(code=one.code, at=AT)
        assert [name for name, deed in deeds.items() if refused(deed)] == []

    def test_refuses_to_open_a_road(self, cast: Cast) -> None:
        person = factory.agreed_pupil(cast.school, on=ON)
        Person.objects.filter(pk=person.pk).update(rests_since=ON)
        assert refused(lambda: factory.opened(cast.school, person, on=ON))

    def test_lets_the_pupil_write(self, one: walking.Pair) -> None:
        asks(one)
        answer = Client().post(reverse("ownfile:rights", args=[one.code]), {"kind": "access"})
        assert answer.status_code == 302
        assert Request.objects.filter(kind="access").exists()

    def test_says_in_one_sentence_by_which_rule_nothing_was_kept(
        self, one: walking.Pair, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        asks(one)
        factory.freeze(monkeypatch, RULED)
        path = reverse("accompaniment:note", args=[one.dossier.pk])
        client = factory.signed_in(one.helper)
        answer = client.post(path, {"text": "Gặp em.", "on": f"{RULED:%d/%m/%Y}", "once": "x"})
        page = answer.content.decode()
        assert answer.status_code == 409
        assert "yêu cầu tạm ngừng" in page
        assert "356/2025" in page
        assert one.dossier.person.full_name not in page
        assert not one.dossier.notes.exists()


class TestWish:
    def test_holds_from_the_tap_until_the_pupil_says_otherwise(
        self, cast: Cast, one: walking.Pair
    ) -> None:
        client, path = Client(), reverse("ownfile:rights", args=[one.code])
        for _ in range(2):
            client.post(path, {"kind": "restrict"})
        assert Person.objects.get(pk=one.dossier.person_id).rests_since == ON
        assert "Cho ghi tiếp" in client.get(path).content.decode()
        own = reverse("dossiers:own", args=[one.code])
        assert "không ai ghi thêm được gì về em" in client.get(own).content.decode()
        for _ in range(2):
            client.post(reverse("ownfile:go_on", args=[one.code]))
        assert "không ai ghi thêm được gì về em" not in client.get(own).content.decode()
        assert Person.objects.get(pk=one.dossier.person_id).rests_since is None
        assert Request.objects.get().outcome == Outcome.TAKEN_BACK
        assert Event.objects.filter(action="ownfile.went_on").count() == 1

    def test_ends_when_the_request_is_taken_back(self, one: walking.Pair) -> None:
        request = asks(one)
        actions.take_back(code=one.code, request_id=request.pk, at=AT)
        assert Person.objects.get(pk=one.dossier.person_id).rests_since is None

    def test_stands_after_the_school_answered_and_the_school_cannot_decline(
        self, cast: Cast, one: walking.Pair
    ) -> None:
        request, actor = asks(one), factory.actor(cast.secretary, ON)
        with pytest.raises(actions.RestStands):
            actions.answer(
                actor=actor,
                request_id=request.pk,
                outcome=Outcome.DECLINED,
                sentence="Không được.",
                at=AT,
            )
        actions.answer(actor=actor, request_id=request.pk, outcome=Outcome.DONE, sentence="", at=AT)
        assert Person.objects.get(pk=one.dossier.person_id).rests_since == ON
        assert Client().post(reverse("ownfile:go_on", args=[one.code])).status_code == 302
        assert Person.objects.get(pk=one.dossier.person_id).rests_since is None

    def test_is_told_on_the_road_with_its_rule_and_the_clocks_run_on(
        self, cast: Cast, one: walking.Pair
    ) -> None:
        client, path = (
            factory.signed_in(cast.secretary),
            reverse("dossiers:road", args=[one.dossier.pk]),
        )
        before = client.get(path).content.decode()
        asks(one)
        page = client.get(path).content.decode()
        assert "Tạm ngừng từ ngày" in page
        assert "Tạm ngừng từ ngày" not in before
        assert page.count('class="clock') == before.count('class="clock')

    def test_is_the_pupils_alone_to_write(self, cast: Cast, one: walking.Pair) -> None:
        reach = factory.actor(cast.secretary, ON).reach
        with (
            pytest.raises(DatabaseError, match="permission denied"),
            transaction.atomic(),
            wall.looking(reach.way, reach.settings),
            connection.cursor() as cursor,
        ):
            cursor.execute("UPDATE people_person SET rests_since = NULL")

    def test_does_not_keep_who_stopped_from_being_erased(self, one: walking.Pair) -> None:
        asks(one)
        actions.ask_deletion(code=one.code, at=AT, on=ON)
        assert actions.purge(at=factory.instant(RULED), today=RULED) == 1
        assert Person.objects.get(pk=one.dossier.person_id).rests_since is None
