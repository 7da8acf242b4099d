"""Sessions: listed in plain words, ended at once, and a stolen cookie that opens nothing."""

from __future__ import annotations

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client

from donghanh.accounts import texts
from tests import factory
from tests.factory import Cast
from tests.integration.accounts import entering

pytestmark = pytest.mark.django_db

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1 Safari/604.1"


@pytest.fixture
def cast() -> Cast:
    return factory.cast()


@pytest.fixture
def here(cast: Cast) -> Client:
    """A browser of the Union's account, which another one is signed in with as well."""
    return entering.signs_in(cast.union, HTTP_USER_AGENT=FIREFOX)


@pytest.fixture
def elsewhere(cast: Cast, here: Client) -> Client:
    return entering.signs_in(cast.union, HTTP_USER_AGENT=IPHONE)


class TestList:
    def test_names_devices_in_plain_words_and_marks_this_one(
        self, here: Client, elsewhere: Client
    ) -> None:
        page = entering.said(here.get("/tai-khoan/phien"))
        assert "Firefox trên Windows" in page
        assert "Safari trên iPhone" in page
        assert page.index("Firefox trên Windows") < page.index("phiên này") < page.index("iPhone")

    @pytest.mark.parametrize(
        ("agent", "said"),
        [
            ("Mozilla/5.0 (X11; Linux x86_64) Chrome/156.0 Safari/537.36", "Chrome trên Linux"),
            (
                "Mozilla/5.0 (Linux; Android 16) Chrome/156 Safari/5",
                "Chrome trên Android",
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0) Chrome/156 Edg/156",
                "Edge trên Windows",
            ),
            ("curl/8.0", "Thiết bị không nhận ra được"),
            ("", "Thiết bị không nhận ra được"),
        ],
    )
    def test_calls_a_device_what_people_call_it(self, agent: str, said: str) -> None:
        assert texts.device(agent) == said


class TestUse:
    def test_is_noted_once_an_hour(self, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
        day = factory.BEGINS["R1"]
        factory.freeze(monkeypatch, day, hour=8)
        client = entering.signs_in(cast.union)
        begun = UserSession.objects.get().last_seen_at
        client.get("/")
        assert UserSession.objects.get().last_seen_at == begun
        factory.freeze(monkeypatch, day, hour=10)
        client.get("/")
        assert UserSession.objects.get().last_seen_at == factory.instant(day, 10)


class TestEnd:
    def test_of_one_session_ends_that_one_alone(
        self, cast: Cast, here: Client, elsewhere: Client
    ) -> None:
        other = UserSession.objects.get(user_agent=IPHONE)
        here.post(f"/tai-khoan/phien/{other.pk}/ket-thuc")
        assert entering.is_in(here)
        assert not entering.is_in(elsewhere)
        assert entering.lines_of(cast.union) == ["session_ended"]

    def test_of_somebody_elses_session_is_as_if_there_were_none(
        self, cast: Cast, here: Client
    ) -> None:
        entering.signs_in(cast.outsider, HTTP_USER_AGENT=IPHONE)
        theirs = UserSession.objects.get(user_agent=IPHONE)
        assert here.post(f"/tai-khoan/phien/{theirs.pk}/ket-thuc").status_code == 404
        assert UserSession.objects.filter(pk=theirs.pk).exists()

    def test_of_all_others_turns_a_stolen_cookie_into_nothing(
        self, cast: Cast, here: Client, elsewhere: Client
    ) -> None:
        stolen = Client()
        stolen.cookies["sessionid"] = elsewhere.cookies["sessionid"].value
        assert entering.is_in(stolen)
        here.post("/tai-khoan/phien/ket-thuc-het")
        assert stolen.get("/")["Location"] == "/dang-nhap?next=/"
        assert entering.is_in(here)
        assert entering.lines_of(cast.union) == ["other_sessions_ended"]


class TestPassword:
    def test_changed_ends_every_other_session(
        self, cast: Cast, here: Client, elsewhere: Client
    ) -> None:
        sent = {"oldpassword": factory.PASSWORD}
        sent |= {"password1": entering.OTHER, "password2": entering.OTHER}
        assert here.post("/tai-khoan/mat-khau", sent).status_code == 302
        assert entering.is_in(here)
        assert elsewhere.get("/")["Location"] == "/dang-nhap?next=/"
        assert entering.lines_of(cast.union) == ["password_changed"]
        assert entering.is_in(entering.signs_in(cast.union, entering.OTHER))

    @pytest.mark.parametrize(
        ("old", "new"), [("sai", entering.OTHER), (factory.PASSWORD, "123"), ("", "")]
    )
    def test_is_left_as_it_is_when_one_of_the_two_will_not_do(
        self, cast: Cast, here: Client, elsewhere: Client, old: str, new: str
    ) -> None:
        sent = {"oldpassword": old, "password1": new, "password2": new}
        here.post("/tai-khoan/mat-khau", sent)
        assert entering.is_in(elsewhere)
        assert entering.lines_of(cast.union) == []
        assert entering.is_in(entering.signs_in(cast.union))
