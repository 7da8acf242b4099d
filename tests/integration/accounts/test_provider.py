"""Signing in through an organisation's own provider, against a real one on this machine."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from http.client import HTTPConnection
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from joserfc.jwk import RSAKey
from pytest_django.fixtures import Settings

from donghanh.accounts.models import User
from donghanh.config import entrance, env
from tests import factory
from tests.factory import Cast
from tests.integration.accounts import entering, provider_here
from tests.integration.accounts.provider_here import Provider

pytestmark = pytest.mark.django_db

REFUSED = "Hệ thống của cơ quan không xác nhận một tài khoản nào đã được mời"


@pytest.fixture
def cast() -> Cast:
    return factory.cast()


@pytest.fixture
def provider(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Provider]:
    with provider_here.running() as found:
        said = f"""[{{"id": "so", "name": "Sở GD&ĐT", "issuer": "{found.url}",
                     "client_id": "{provider_here.CLIENT}", "secret": "{provider_here.SECRET}"}}]"""
        monkeypatch.setenv("DONGHANH_PROVIDERS", said)
        kept = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]
        apps = entrance.providers()
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": kept | {"APPS": apps}}
        yield found


@pytest.fixture
def member(cast: Cast) -> User:
    """The Union's account, invited with the address the provider vouches for."""
    user = cast.union
    User.objects.filter(pk=user.pk).update(email="bich@so.vn")
    EmailAddress.objects.create(user=user, email="bich@so.vn", verified=True, primary=True)
    user.refresh_from_db()
    return user


def comes(client: Client, change: Callable[[str], str] = str) -> Any:
    """Go to the provider and come back; return the answer of our page."""
    there = client.post("/dang-nhap/qua/so")
    assert there.status_code == 302, entering.said(there)
    parts = urlsplit(there["Location"])
    door = HTTPConnection(str(parts.hostname), parts.port, timeout=10)
    door.request("GET", f"{parts.path}?{parts.query}")
    back = door.getresponse()
    back.read()
    door.close()
    way = urlsplit(change(str(back.headers["Location"])))
    return client.get(f"{way.path}?{way.query}")


class TestSignIn:
    def test_opens_the_account_that_was_invited_with_the_address(
        self, member: User, provider: Provider
    ) -> None:
        client = Client()
        assert comes(client).status_code == 302
        assert client.get("/").status_code == 200
        assert member.name in entering.said(client.get("/tai-khoan/"))
        assert entering.lines_of(member) == ["signed_in_through_provider"]

    def test_goes_on_by_the_providers_number_when_the_address_changes(
        self, member: User, provider: Provider
    ) -> None:
        comes(Client())
        provider.claims = {"email": "moi@so.vn"}
        client = Client()
        comes(client)
        assert entering.is_in(client)

    def test_keeps_nothing_of_the_token_but_the_number(
        self, member: User, provider: Provider
    ) -> None:
        provider.claims = {"name": "Cao Thị Bích", "phone": "0900"}
        comes(Client())
        kept = SocialAccount.objects.get()
        assert (kept.provider, kept.uid, kept.extra_data) == ("so", "so-1", {})

    def test_sends_a_challenge_a_state_and_a_word_along(
        self, member: User, provider: Provider
    ) -> None:
        there = Client().post("/dang-nhap/qua/so")
        asked = parse_qs(urlsplit(there["Location"]).query)
        assert asked["code_challenge_method"] == ["S256"]
        assert len(asked["nonce"][0]) >= 32
        assert len(asked["state"][0]) >= 16

    def test_leads_who_needs_a_second_factor_to_it(self, cast: Cast, provider: Provider) -> None:
        user = cast.secretary
        User.objects.filter(pk=user.pk).update(email="bich@so.vn")
        EmailAddress.objects.create(user=user, email="bich@so.vn", verified=True, primary=True)
        client = Client()
        comes(client)
        assert client.get("/")["Location"] == "/tai-khoan/lop-thu-hai"

    def test_is_offered_on_the_page(self, provider: Provider) -> None:
        page = entering.said(Client().get("/dang-nhap"))
        assert "Đăng nhập qua Sở GD&amp;ĐT" in page
        assert "/dang-nhap/qua/so" in page

    def test_is_begun_by_a_form_alone(self, provider: Provider) -> None:
        assert Client().get("/dang-nhap/qua/so").status_code == 405


class TestRefusal:
    @pytest.mark.parametrize(
        "claims",
        [
            {"nonce": "khac"},
            {"nonce": None},
            {"aud": "ung-dung-khac"},
            {"iss": "https://noi-khac.vn"},
            {"exp": 1},
            {"exp": None},
            {"sub": None},
            {"email": "la@so.vn", "sub": "so-2"},
            {"email_verified": False},
            {"email": None},
        ],
        ids=lambda claims: "-".join(f"{name}={value}" for name, value in claims.items())[:40],
    )
    def test_of_a_token_that_is_not_for_us_now_and_of_an_invited_person(
        self, member: User, provider: Provider, claims: dict[str, Any]
    ) -> None:
        provider.claims = claims
        before = User.objects.count()
        client = Client()
        answer = comes(client)
        assert REFUSED in entering.said(answer)
        assert provider.exchanged == 1
        assert not entering.is_in(client)
        assert User.objects.count() == before
        assert not SocialAccount.objects.exists()

    def test_of_a_token_another_key_has_signed(self, member: User, provider: Provider) -> None:
        provider.key = RSAKey.generate_key(2048, {"kid": "mot"})
        client = Client()
        assert REFUSED in entering.said(comes(client))
        assert not entering.is_in(client)

    def test_of_an_answer_without_a_token(self, member: User, provider: Provider) -> None:
        provider.without_token = True
        assert REFUSED in entering.said(comes(Client()))

    def test_of_another_browsers_answer(self, member: User, provider: Provider) -> None:
        other = Client()

        def stolen(back: str) -> str:
            assert REFUSED in entering.said(
                other.get(urlsplit(back).path + "?" + urlsplit(back).query)
            )
            return back

        comes(Client(), stolen)
        assert not entering.is_in(other)

    def test_of_an_account_that_was_closed(self, member: User, provider: Provider) -> None:
        comes(Client())
        User.objects.filter(pk=member.pk).update(is_active=False)
        client = Client()
        comes(client)
        assert not entering.is_in(client)

    def test_of_a_provider_nobody_knows(self, provider: Provider) -> None:
        assert Client().post("/dang-nhap/qua/khac").status_code == 404
        assert Client().get("/dang-nhap/qua/khac/tro-ve").status_code == 404

    def test_when_the_provider_does_not_answer(self, settings: Settings) -> None:
        kept = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]
        app = {"provider_id": "so", "name": "Sở", "client_id": "x", "secret": "y"}
        app["settings"] = {"server_url": "http://127.0.0.1:9"}  # type: ignore[assignment]
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": kept | {"APPS": [app]}}
        answer = Client().post("/dang-nhap/qua/so")
        assert (answer.status_code, REFUSED in entering.said(answer)) == (422, True)


class TestSettings:
    @pytest.mark.parametrize(
        "said",
        [
            "khong phai json",
            '{"id": "so"}',
            '[{"id": "so", "name": "Sở", "issuer": "https://a.vn", "client_id": "x"}]',
            '[{"id": "so", "name": "S", "issuer": "http://a.vn", "client_id": "x", "secret": "y"}]',
            '[{"id": "s/o", "name": "S", "issuer": "https://a", "client_id": "x", "secret": "y"}]',
        ],
    )
    def test_refuse_a_provider_that_is_not_complete_or_not_safe(
        self, monkeypatch: pytest.MonkeyPatch, said: str
    ) -> None:
        monkeypatch.setenv("DONGHANH_PROVIDERS", said)
        with pytest.raises(env.SettingError):
            entrance.providers()
