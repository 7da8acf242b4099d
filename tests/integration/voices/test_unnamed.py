"""Nobody learns who wrote an unnamed voice: not the staff, not the auditor, not a dump."""

from __future__ import annotations

import itertools
import logging
import re
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection, models
from django.http import HttpRequest
from django.test import Client

from donghanh.domain.rights import Role
from donghanh.domain.voices import Addressee
from donghanh.history.models import Event
from donghanh.lib import clock, wall
from donghanh.lib.forgetting import Passing
from donghanh.organisation.models import Unit
from donghanh.voices import actions, doors, queries
from donghanh.voices.models import Act, Publication, Voice, Word
from tests import factory
from tests.integration.voices.speaking import NEXT, ON, TEXT, spoken

pytestmark = pytest.mark.django_db

ADDRESS, BROWSER = "203.0.113.77", "Trinh-duyet-rieng/9.1"
_INSTANT = re.compile(r"\d{2}:\d{2}:\d{2}")
_CODE = re.compile(r"[A-Z2-9]{4}(?:-[A-Z2-9]{4}){3}")


@pytest.fixture
def cast(monkeypatch: pytest.MonkeyPatch) -> factory.Cast:
    for name, most in (("FROM_ONE", 20), ("TO_ONE", 60), ("WRONG_CODES", 20)):
        monkeypatch.setattr(doors, name, Passing(most=most, seconds=900))
    return factory.cast()


def dump() -> dict[str, list[str]]:
    """Return every row of every table there is, as text."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        tables = [row[0] for row in cursor.fetchall()]
        rows = {}
        for table in tables:
            cursor.execute(f"SELECT t::text FROM {table} AS t")  # noqa: S608 - from the catalogue
            rows[table] = sorted(row[0] for row in cursor.fetchall())
    return rows


def new_rows(before: dict[str, list[str]]) -> dict[str, list[str]]:
    found = {table: set(rows) - set(before[table]) for table, rows in dump().items()}
    return {table: sorted(rows) for table, rows in found.items() if rows}


def sends(client: Client, cast: factory.Cast, **given: str) -> str:
    """Send a voice as a browser does, and return its code."""
    address = f"/gui-tieng-noi/{cast.school.unit.pk}/"
    asked: dict[str, Any] = {
        "REMOTE_ADDR": ADDRESS,
        "HTTP_USER_AGENT": BROWSER,
        "HTTP_REFERER": "/cua-em/BIMAT/",
    }
    form = client.get(address, **asked).context["form"]
    told = {"code": form.initial["code"], "to": "school", "topic": "place", "text": TEXT} | given
    answer = client.post(address, told, **asked)
    assert answer.status_code == 200, answer.context["form"].errors
    found = _CODE.search(answer.content.decode())
    assert found is not None
    return found[0]


class TestDump:
    def test_has_no_address_session_browser_or_instant_of_who_wrote(
        self, cast: factory.Cast, caplog: pytest.LogCaptureFixture
    ) -> None:
        client = factory.signed_in(cast.union)  # even where somebody is signed in
        session = client.session.session_key
        before = dump()
        with (
            caplog.at_level(logging.DEBUG, logger="donghanh"),
            caplog.at_level(logging.INFO, logger="django"),
        ):
            code = sends(client, cast)
            client.post("/gui-tieng-noi/theo-doi", {"code": code}, REMOTE_ADDR=ADDRESS)
            more = {"code": code, "deed": "more", "text": "Thêm", "seen": "0"}
            client.post("/gui-tieng-noi/theo-doi", more, REMOTE_ADDR=ADDRESS)
            client.post("/gui-tieng-noi/theo-doi", {"code": "sai"}, REMOTE_ADDR=ADDRESS)
            client.post(f"/gui-tieng-noi/{cast.school.unit.pk}/", {}, REMOTE_ADDR=ADDRESS)
        added = new_rows(before)
        assert set(added) == {"voices_voice", "voices_word"}
        told = " ".join(row for rows in added.values() for row in rows)
        for secret in (ADDRESS, BROWSER, session, "BIMAT", code, code.replace("-", "")):
            assert secret and secret not in told
        assert not _INSTANT.search(told)
        assert ADDRESS not in caplog.text and not caplog.records

    def test_has_no_line_of_history_and_no_counter(self, cast: factory.Cast) -> None:
        lines = Event.objects.count()
        code = sends(Client(), cast)
        with doors.by_code(code):
            actions.write_on(code=code, text="Thêm nữa", seen=0, today=clock.today())
        assert Event.objects.count() == lines
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM accounts_cache")
            assert cursor.fetchone() == (0,)
        assert cache.get("voices") is None

    def test_tells_no_session_that_it_was_used(self, cast: factory.Cast) -> None:
        client = factory.signed_in(cast.union)
        before = list(Session.objects.values_list("session_data", "expire_date"))
        sends(client, cast)
        assert list(Session.objects.values_list("session_data", "expire_date")) == before

    def test_tells_no_order_by_its_numbers(self, cast: factory.Cast) -> None:
        numbers = [spoken(cast.school)[0].pk for _ in range(12)]
        assert numbers != sorted(numbers) and numbers != sorted(numbers, reverse=True)
        assert not any(abs(a - b) < 1000 for a, b in itertools.pairwise(numbers))


class TestTables:
    def test_lead_to_no_person_file_account_or_session_of_who_wrote(self) -> None:
        leads = {
            model: {
                field.related_model
                for field in model._meta.get_fields()
                if isinstance(field, models.ForeignKey)
            }
            for model in (Voice, Word)
        }
        assert leads == {Voice: {Unit}, Word: {Voice}}
        for model in apps.get_models():
            room = (
                model.__module__.split(".")[1] if model.__module__.startswith("donghanh.") else ""
            )
            others = {
                field.related_model
                for field in model._meta.get_fields()
                if field.is_relation and field.concrete
            }
            assert room == "voices" or not others & {Voice, Word, Act, Publication}

    def test_hold_no_more_of_the_time_than_the_day(self) -> None:
        for model in (Voice, Word, Act, Publication):
            for field in model._meta.concrete_fields:
                assert not isinstance(field, models.DateTimeField | models.TimeField), field

    def test_are_only_added_to(self, cast: factory.Cast) -> None:
        spoken(cast.school)
        for change in ("UPDATE voices_voice SET text = 'x'", "DELETE FROM voices_voice"):
            with pytest.raises(Exception, match="only added to"), connection.cursor() as cursor:
                cursor.execute(f"SAVEPOINT one; {change}")
            connection.cursor().execute("ROLLBACK TO SAVEPOINT one")
        assert Voice.objects.get().text == TEXT


class TestSettle:
    def test_lays_the_voices_of_days_past_in_the_order_of_their_numbers(
        self, cast: factory.Cast
    ) -> None:
        codes = [spoken(cast.school)[1] for _ in range(8)]
        actions.write_on(code=codes[0], text="Thêm", seen=0, today=ON)
        spoken(cast.school, on=NEXT)
        before = {voice.pk: voice.text for voice in Voice.objects.all()}
        assert actions.settle(today=NEXT) == 9
        assert actions.settle(today=NEXT) == 0
        with connection.cursor() as cursor:
            cursor.execute("SELECT id FROM voices_voice WHERE settled ORDER BY ctid")
            laid = [row[0] for row in cursor.fetchall()]
            cursor.execute("SELECT count(DISTINCT xmin::text) FROM voices_voice WHERE settled")
            assert cursor.fetchone() == (1,)
        assert laid == sorted(laid) and len(laid) == 8
        assert {voice.pk: voice.text for voice in Voice.objects.all()} == before


class TestStaff:
    def test_of_every_role_see_nothing_of_who_wrote(self, cast: factory.Cast) -> None:
        code = sends(Client(), cast, emergency="on")
        voice = Voice.objects.get()
        auditor = factory.holder("kt", "Phúc", cast.department, Role.AUDITOR)
        now = clock.now().astimezone(clock.ZONE)
        hours = {(now - timedelta(minutes=one)).strftime("%H:%M") for one in range(3)}
        seen = 0
        for user in (
            *(cast.secretary, cast.union, cast.officer, cast.leader, cast.committee),
            *(cast.upper_unionist, cast.administrator, cast.outsider, auditor),
        ):
            client = factory.signed_in(user)
            for address in (
                *("/tieng-noi/", "/tieng-noi/?loc=urgent", "/tieng-noi/so-lieu/", "/nhat-ky/"),
                f"/tieng-noi/{voice.pk}/",
            ):
                page = client.get(address).content.decode()
                seen += TEXT in page
                for secret in (ADDRESS, BROWSER, code, voice.code_digest):
                    assert secret not in page
                if address != "/nhat-ky/":
                    main = page.partition("<main")[2]
                    assert not any(hour in main for hour in hours)
                else:
                    assert str(voice.pk) not in page
        assert seen >= 2  # school and department read the text itself, so that the test sees much

    def test_see_ordinary_voices_from_the_day_after(self, cast: factory.Cast) -> None:
        sends(Client(), cast)
        secretary = factory.actor(cast.secretary, ON)
        assert queries.listing(secretary, clock.today(), "waiting").counts["waiting"] == 0
        tomorrow = clock.today() + timedelta(days=1)
        assert queries.listing(secretary, tomorrow, "waiting").counts["waiting"] == 1

    def test_read_through_the_wall_what_is_theirs_alone(self, cast: factory.Cast) -> None:
        spoken(cast.school)
        spoken(cast.school, to=Addressee.UNION, emergency=True)
        today = clock.today()
        spoken(cast.school, to=Addressee.UNION, on=today)
        found = {}
        for name, user in (
            *(("secretary", cast.secretary), ("union", cast.union), ("officer", cast.officer)),
            *(("upper", cast.upper_unionist), ("outsider", cast.outsider)),
        ):
            reach = factory.actor(user, today).reach
            with wall.looking(reach.way, reach.settings), connection.cursor() as cursor:
                cursor.execute("SELECT count(*) FROM voices_voice")
                found[name] = cursor.fetchone()[0]
        # The two of March are late by the database's own day: they lie one level up as well.
        assert found == {"secretary": 2, "union": 2, "officer": 1, "upper": 1, "outsider": 0}

    def test_of_the_code_see_one_voice_and_not_who_answered(self, cast: factory.Cast) -> None:
        _, code = spoken(cast.school)
        spoken(cast.school)
        with doors.by_code(code), connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM voices_voice")
            assert cursor.fetchone() == (1,)
        for column in ("by_id", "unit_id"):
            with (
                pytest.raises(Exception, match="permission denied"),
                doors.by_code(code),
                connection.cursor() as cursor,
            ):
                cursor.execute(f"SELECT {column} FROM voices_act")  # noqa: S608 - from above


class TestThrottle:
    def test_refuses_ten_thousand_from_one_address_after_few(self, cast: factory.Cast) -> None:
        client, address = Client(), f"/gui-tieng-noi/{cast.school.unit.pk}/"
        for _ in range(20):
            sends(client, cast)
        form = client.get(address).context["form"]
        told = {"code": form.initial["code"], "to": "school", "topic": "place", "text": TEXT}
        answer = client.post(address, told, REMOTE_ADDR=ADDRESS)
        assert answer.status_code == 429
        assert TEXT in answer.content.decode()  # what was typed is still there
        now, request = clock.now(), HttpRequest()
        request.META["REMOTE_ADDR"] = ADDRESS
        assert not any(doors.FROM_ONE.take(doors.came(request), now) for _ in range(10_000))
        assert Voice.objects.count() == 20
        assert client.post(address, told, REMOTE_ADDR="203.0.113.78").status_code == 200

    def test_lets_an_emergency_through_a_flood(
        self, cast: factory.Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(doors, "TO_ONE", Passing(most=1, seconds=3600))
        client, address = Client(), f"/gui-tieng-noi/{cast.school.unit.pk}/"
        sends(client, cast)
        form = client.get(address).context["form"]
        told = {"code": form.initial["code"], "to": "school", "topic": "place", "text": TEXT}
        assert client.post(address, told).status_code == 422
        assert client.post(address, told | {"emergency": "on"}).status_code == 200

    def test_closes_for_who_guesses_codes(self, cast: factory.Cast) -> None:
        client = Client()
        codes = [client.post("/gui-tieng-noi/theo-doi", {"code": f"sai{n}"}) for n in range(21)]
        assert [one.status_code for one in codes] == [404] * 20 + [429]


class TestForms:
    def test_say_in_one_sentence_what_is_wrong(self, cast: factory.Cast) -> None:
        client, address = Client(), f"/gui-tieng-noi/{cast.school.unit.pk}/"
        good = {
            "code": client.get(address).context["form"].initial["code"],
            "to": "school",
            "topic": "place",
            "text": TEXT,
        }
        for wrong, said in (
            ({"text": "\u200b"}, "Chưa có nội dung"),
            ({"text": "a" * 5001}, "nhiều nhất là 5000"),
            ({"name": "a" * 300}, "Tên dài nhất 100 ký tự; ở đây có 300"),
            ({"topic": ""}, "Hãy chọn chủ đề"),
            ({"to": ""}, "Hãy chọn nơi em muốn gửi"),
            ({"code": "ABCD-EFGH"}, "Hãy mở lại trang"),
        ):
            answer = client.post(address, good | wrong)
            assert answer.status_code == 422
            assert said in answer.content.decode(), wrong
        assert not Voice.objects.exists()
        answer = client.get(address)
        assert "checked" not in answer.content.decode().partition("may_publish")[2]
        assert "no-store" in answer["Cache-Control"]
