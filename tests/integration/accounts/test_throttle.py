"""Trying again and again: failures close the door for a while, successes never do."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client, RequestFactory

from donghanh.domain.rights import Role
from donghanh.lib import clock, throttle
from donghanh.people import doors
from tests import factory
from tests.factory import Cast
from tests.integration.accounts import entering

pytestmark = pytest.mark.django_db

WAIT = "Đã thử sai quá nhiều lần"
LIMIT = throttle.Limit("test", failures=3, seconds=60)


@pytest.fixture
def cast() -> Cast:
    return factory.cast()


@pytest.fixture(autouse=True)
def _one_window(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the clock stand still, so that no window ends while something is counted in it."""
    factory.freeze(monkeypatch, factory.BEGINS["R1"])


class TestLimit:
    def test_closes_after_the_failures_and_for_nobody_else(self) -> None:
        for _ in range(LIMIT.failures):
            assert not LIMIT.closed("a")
            LIMIT.failed("a")
        assert LIMIT.closed("a")
        assert not LIMIT.closed("b")

    def test_opens_again_in_the_next_window(self, monkeypatch: pytest.MonkeyPatch) -> None:
        for _ in range(LIMIT.failures):
            LIMIT.failed("a")
        later = clock.now() + timedelta(seconds=LIMIT.seconds)
        monkeypatch.setattr(clock, "now", lambda: later)
        assert not LIMIT.closed("a")

    def test_counts_each_of_many_at_once(self) -> None:
        with transaction.atomic():
            for _ in range(5):
                LIMIT.failed("a")
        assert LIMIT.closed("a")


class TestAddress:
    def test_is_not_what_a_client_says_of_itself(self) -> None:
        request = RequestFactory().get("/", REMOTE_ADDR="10.1.1.1", HTTP_X_FORWARDED_FOR="1.2.3.4")
        assert throttle.address(request) == "10.1.1.1"

    def test_is_what_the_proxy_saw_where_there_is_one(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(settings, "PROXY", True)
        asked: dict[str, Any] = {"REMOTE_ADDR": "127.0.0.1"}
        request = RequestFactory().get("/", **asked, HTTP_X_FORWARDED_FOR="6.6.6.6, 203.0.113.9")
        assert throttle.address(request) == "203.0.113.9"


class TestSignIn:
    def test_closes_an_account_after_five_wrong_passwords(self, cast: Cast) -> None:
        for _ in range(5):
            entering.signs_in(cast.union, "sai")
        client = Client()
        sent = {"username": cast.union.username, "password": factory.PASSWORD}
        assert WAIT in entering.said(client.post("/dang-nhap", sent))
        assert not entering.is_in(client)
        assert entering.is_in(entering.signs_in(cast.outsider))

    def test_closes_an_unknown_account_alike(self, cast: Cast) -> None:
        sent = {"username": "khong.co", "password": "sai"}
        said = [entering.said(Client().post("/dang-nhap", sent)) for _ in range(6)]
        assert [WAIT in page for page in said] == [False] * 5 + [True]

    def test_lets_a_whole_staff_in_from_one_address(self, cast: Cast) -> None:
        for _ in range(40):
            assert entering.is_in(entering.signs_in(cast.union))

    def test_asks_no_more_than_five_codes_of_an_app(self, cast: Cast) -> None:
        secret = entering.sets_up_the_app(entering.signs_in(cast.secretary))
        wrong = f"{(int(entering.code_of(secret)) + 500_000) % 10**6:06d}"
        client = entering.signs_in(cast.secretary)
        for _ in range(5):
            client.post("/dang-nhap/lop-thu-hai", {"code": wrong})
        code = {"code": entering.code_of(secret)}
        assert WAIT in entering.said(client.post("/dang-nhap/lop-thu-hai", code))


class TestCodes:
    def test_that_open_nothing_close_the_door(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(doors, "WRONG_CODES", throttle.Limit("t", failures=3, seconds=900))
        for path in ("tham-gia/AAAAAAAAAA/", "cua-em/BBBBBBBBBB/", "cua-em/CCCCCCCCCC/dung-lai"):
            assert Client().get(f"/{path}").status_code == 404
        answer = Client().get("/tham-gia/DDDDDDDDDD/")
        assert answer.status_code == 429
        assert WAIT in entering.said(answer)

    def test_of_a_whole_class_do_not(self, cast: Cast) -> None:
        codes = [factory.invited(cast.school, on=factory.BEGINS["R1"]) for _ in range(45)]
        for code in codes:
            for typed in (code[::-1], code[::-1].lower()):  # mistyped twice each
                assert Client().get(f"/tham-gia/{typed}/").status_code == 404
            assert Client().get(f"/tham-gia/{code}/").status_code == 200


class TestEmergency:
    def test_takes_five_wrong_passwords_of_an_account(self, cast: Cast) -> None:
        board = factory.holder("tochuc", "Lương Kim Oanh", cast.competent, Role.BOARD)
        client = factory.signed_in(board)
        sent = {"school_id": cast.school.unit.pk, "reason": "Họp ngay", "password": "sai"}
        for _ in range(5):
            assert client.post("/khan-cap/", sent).status_code == 422
        answer = client.post("/khan-cap/", sent | {"password": factory.PASSWORD})
        assert answer.status_code == 429
        assert WAIT in entering.said(answer)
        assert not board.openings.exists()
