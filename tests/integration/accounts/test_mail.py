"""Codes by e-mail: offered where mail can be sent, telling a stranger nothing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from pytest_django.fixtures import Settings

from donghanh.accounts.models import User
from donghanh.config import entrance, env
from tests import factory
from tests.factory import Cast
from tests.integration.accounts import entering

pytestmark = pytest.mark.django_db

PAGES = ("/dang-nhap/ma-thu", "/dang-nhap/quen-mat-khau")
ADDRESS = "doan@truong.vn"


@pytest.fixture
def cast() -> Cast:
    return factory.cast()


@pytest.fixture
def member(cast: Cast) -> User:
    user = cast.union
    User.objects.filter(pk=user.pk).update(email=ADDRESS)
    EmailAddress.objects.create(user=user, email=ADDRESS, verified=True, primary=True)
    return user


@pytest.fixture
def _with_mail(settings: Settings) -> None:
    settings.MAIL = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


def code_in(message: mail.EmailMessage) -> str:
    """Return the code a mail holds."""
    found = re.search(r": ([A-Z0-9-]{6,12})$", str(message.body), re.M)
    assert found is not None, message.body
    return found[1]


class TestWithoutServer:
    @pytest.mark.parametrize("path", PAGES)
    def test_nothing_is_offered(self, path: str) -> None:
        assert Client().get(path).status_code == 404
        page = entering.said(Client().get("/dang-nhap"))
        assert path not in page
        assert "đề nghị quản trị viên cấp liên kết mới" in page


@pytest.mark.usefixtures("_with_mail")
class TestSignIn:
    def test_opens_with_the_code_of_the_mail_once(self, member: User) -> None:
        client = Client()
        client.post(PAGES[0], {"email": ADDRESS.upper()})
        [message] = mail.outbox
        assert message.to == [ADDRESS]
        assert "Mã đăng nhập" in message.subject
        client.post(f"{PAGES[0]}/nhap", {"code": code_in(message)})
        assert entering.is_in(client)

    def test_tells_a_stranger_nothing(self, member: User) -> None:
        known, unknown = Client(), Client()
        pages = []
        for client, address in ((known, ADDRESS), (unknown, "khong@truong.vn")):
            client.post(PAGES[0], {"email": address})
            shown = entering.said(client.get(f"{PAGES[0]}/nhap")).replace(address, "…")
            pages.append(re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", shown))
        assert pages[0] == pages[1]
        assert len(mail.outbox) == 1

    def test_does_not_open_with_another_code(self, member: User) -> None:
        client = Client()
        client.post(PAGES[0], {"email": ADDRESS})
        client.post(f"{PAGES[0]}/nhap", {"code": "AAAAAA"})
        assert not entering.is_in(client)

    def test_asks_for_the_second_factor_all_the_same(self, member: User) -> None:
        secret = entering.sets_up_the_app(entering.signs_in(member))
        client = Client()
        client.post(PAGES[0], {"email": ADDRESS})
        client.post(f"{PAGES[0]}/nhap", {"code": code_in(mail.outbox[0])})
        assert not entering.is_in(client)
        client.post("/dang-nhap/lop-thu-hai", {"code": entering.code_of(secret)})
        assert entering.is_in(client)


@pytest.mark.usefixtures("_with_mail")
class TestAnotherPassword:
    def test_is_chosen_with_the_code_and_ends_every_session(self, member: User) -> None:
        old, client = entering.signs_in(member), Client()
        client.post(PAGES[1], {"email": ADDRESS})
        client.post(f"{PAGES[1]}/nhap", {"code": code_in(mail.outbox[0])})
        sent = {"password1": entering.OTHER, "password2": entering.OTHER}
        client.post(f"{PAGES[1]}/moi", sent)
        assert not entering.is_in(old)
        assert not entering.is_in(entering.signs_in(member))
        assert entering.is_in(entering.signs_in(member, entering.OTHER))
        assert entering.lines_of(member) == ["password_reset"]


class TestSettings:
    def test_send_nothing_by_default(self, tmp_path: Path) -> None:
        found = entrance.mail(tmp_path, demonstration=False)
        assert (found["MAIL"], found["EMAIL_BACKEND"].split(".")[-2]) == (False, "dummy")

    def test_take_a_server(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("DONGHANH_MAIL", "smtp://thu%40so:b%C3%AD@mail.example.vn")
        found = entrance.mail(tmp_path, demonstration=False)
        assert (found["MAIL"], found["EMAIL_PORT"], found["EMAIL_USE_TLS"]) == (True, 587, True)
        assert (found["EMAIL_HOST_USER"], found["EMAIL_HOST_PASSWORD"]) == ("thu@so", "bí")

    @pytest.mark.parametrize("said", ["mail.example.vn", "http://mail.example.vn", "file"])
    def test_refuse_what_is_no_server(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: str
    ) -> None:
        monkeypatch.setenv("DONGHANH_MAIL", said)
        with pytest.raises(env.SettingError):
            entrance.mail(tmp_path, demonstration=False)

    def test_keep_the_mail_of_a_demonstration(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("DONGHANH_MAIL", "file")
        found = entrance.mail(tmp_path, demonstration=True)
        assert found["EMAIL_FILE_PATH"] == tmp_path / "mail"
