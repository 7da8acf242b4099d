"""The pages of a meeting: what is typed stays, bad input is said, the statements do not grow."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from donghanh.domain.acts import Step
from donghanh.dossiers.models import Act, Dossier
from donghanh.history.models import Event
from donghanh.meetings.models import AgendaItem, Draft, Meeting
from tests import factory
from tests.integration.meetings import rooms
from tests.integration.meetings.rooms import PASS, Room

pytestmark = pytest.mark.django_db
DAY = rooms.day_of(Step.CELL_VOTED)


@pytest.fixture
def room(monkeypatch: pytest.MonkeyPatch) -> Iterator[Room]:
    factory.freeze(monkeypatch, DAY, 16)
    cast = factory.cast()
    yield rooms.room(cast, rooms.three(cast))


def address(room: Room, name: str, *more: int) -> str:
    return reverse(f"meetings:{name}", args=[room.meeting.pk, *more])


def browser(room: Room) -> Client:
    return factory.signed_in(room.user)


class TestItem:
    def test_keeps_what_is_typed_and_answers_with_the_exact_fraction(self, room: Room) -> None:
        first = room.items[0]
        answer = browser(room).post(
            address(room, "item", first.pk), {**PASS, "invalid": "0"}, headers={"HX-Request": "1"}
        )
        assert "11</span>/14" in answer.content.decode()
        assert Draft.objects.get().typed == {**PASS, "invalid": "0"}
        # Signed in anew, elsewhere: it is still there.
        page = browser(room).get(address(room, "item", first.pk)).content.decode()
        assert 'id="id_favour" name="favour" value="11"' in page
        assert Event.objects.filter(subject="meeting").count() == 3

    def test_works_without_script_and_goes_on_to_the_next(self, room: Room) -> None:
        first, second, _third = room.items
        answer = browser(room).post(address(room, "item", first.pk), {**PASS, "to": str(second.pk)})
        assert answer.headers["Location"] == address(room, "item", second.pk)
        assert Draft.objects.filter(item=first).exists()

    @pytest.mark.parametrize(
        "typed",
        [
            {"favour": "mười"},
            {"favour": "-1"},
            {"favour": "٣"},
            {"favour": "9" * 300},
            {"favour": "1\x00", "official": "x"},
            {"favour": "99", "against": "0"},
            {"delayed": "1", "word": "   "},
            {"helper": "999999999999", "favour": "1"},
            {"to": "9" * 40, "favour": "1"},
        ],
    )
    def test_says_what_is_wrong_and_records_nothing(
        self, room: Room, typed: dict[str, str]
    ) -> None:
        client, first = browser(room), room.items[0]
        acts = Act.objects.count()
        for headers in ({}, {"HX-Request": "1"}):
            answer = client.post(address(room, "item", first.pk), typed, headers=headers)
            assert answer.status_code in {200, 302}
        assert client.get(address(room, "item", first.pk)).status_code == 200
        assert "Kết thúc và ghi" not in client.get(address(room, "close")).content.decode()
        seal = room.page().seal
        assert client.post(address(room, "close"), {"seal": seal}).status_code == 409
        assert Act.objects.count() == acts

    def test_of_a_closed_meeting_is_gone_and_says_so(self, room: Room) -> None:
        for dossier in (item.dossier for item in room.items):
            room.type(dossier, PASS)
        room.close()
        answer = browser(room).post(
            address(room, "item", room.items[0].pk), PASS, headers={"HX-Request": "1"}
        )
        assert "Cuộc họp này đã kết thúc" in answer.content.decode()
        assert not Draft.objects.exists()


class TestMeeting:
    def test_takes_a_fixed_number_of_statements(self, room: Room) -> None:
        client = browser(room)
        for item in room.items[1:]:
            item.delete()
        room.type(room.items[0].dossier, PASS)
        with CaptureQueriesContext(connection) as few:
            assert client.get(address(room, "meeting")).status_code == 200
        others = Dossier.objects.exclude(pk=room.items[0].dossier_id)
        for place, dossier in enumerate(others, start=5):
            AgendaItem.objects.create(
                meeting=room.meeting, dossier=dossier, step=room.step.value, position=place
            )
            room.type(dossier, PASS)
        with CaptureQueriesContext(connection) as more:
            assert client.get(address(room, "meeting")).status_code == 200
        assert len(more) == len(few)

    def test_is_closed_from_its_page_once(self, room: Room) -> None:
        client = browser(room)
        for item in room.items:
            room.type(item.dossier, PASS)
        page = client.get(address(room, "close")).content.decode()
        assert "Kết thúc và ghi" in page
        seal = room.page().seal
        first = client.post(address(room, "close"), {"seal": seal})
        second = client.post(address(room, "close"), {"seal": seal}, follow=True)
        assert first.status_code == 302
        assert "không ghi lần thứ hai" in second.content.decode()
        assert Act.objects.filter(step=Step.CELL_VOTED.value).count() == 3

    def test_refuses_an_attendance_that_cannot_be(self, room: Room) -> None:
        answer = browser(room).post(
            address(room, "attendance"),
            {"official": "9", "convened": "12", "present": "x"},
            follow=True,
        )
        assert answer.status_code == 200
        assert Meeting.objects.get().official == rooms.THERE.official

    @pytest.mark.parametrize(
        "typed",
        [
            {},
            {"step": "cell_voted", "dossier": ["x"]},
            {"step": "no-such", "dossier": ["1"]},
            {"step": "cell_voted", "dossier": ["999999999999999999"]},
            {"step": "decided", "dossier": ["1"]},
        ],
    )
    def test_refuses_a_choice_that_is_none(self, room: Room, typed: dict[str, object]) -> None:
        answer = browser(room).post(address(room, "agenda"), typed)
        assert answer.status_code == 422
        assert AgendaItem.objects.count() == 3

    @pytest.mark.parametrize("on", ["", "31/2/2024", "1/1/0001", "24/11/9999", "hôm qua"])
    def test_is_not_planned_for_a_day_that_cannot_be(self, room: Room, on: str) -> None:
        typed = {"body": "cell", "on": on, "chair": "A", "taker": "B"}
        answer = browser(room).post(reverse("meetings:plan"), typed)
        assert answer.status_code == 422
        assert Meeting.objects.count() == 1

    def test_stands_on_the_desk_until_it_is_closed(self, room: Room) -> None:
        client = browser(room)
        link = address(room, "meeting")
        assert link in client.get("/").content.decode()
        for item in room.items:
            room.type(item.dossier, PASS)
        room.close()
        assert link not in client.get("/").content.decode()
