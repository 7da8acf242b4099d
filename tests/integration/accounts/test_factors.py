"""The second factor: who needs one reaches nothing without, and what setting it up leaves."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from donghanh.accounts.models import User
from donghanh.domain.rights import Role
from donghanh.history.models import Event
from tests import factory
from tests.factory import Cast
from tests.integration.accounts import entering

pytestmark = pytest.mark.django_db

FACTORS = "/tai-khoan/lop-thu-hai"


@pytest.fixture
def cast() -> Cast:
    return factory.cast()


class TestWhoNeedsOne:
    @pytest.mark.parametrize(
        "path", ["/", "/con-duong/", "/quy-dinh/", "/to-chuc/", "/van-ban-den/"]
    )
    def test_is_led_to_set_it_up_and_reaches_nothing_else(self, cast: Cast, path: str) -> None:
        client = entering.signs_in(cast.secretary)
        answer = client.get(path)
        assert (answer.status_code, answer["Location"]) == (302, FACTORS)
        page = entering.said(client.get(FACTORS))
        assert "Chức vụ này cần lớp xác thực thứ hai" in page

    def test_may_still_sign_out(self, cast: Cast) -> None:
        client = entering.signs_in(cast.secretary)
        client.post("/dang-xuat")
        assert not entering.is_in(client)

    def test_reaches_the_work_once_the_app_is_set_up(self, cast: Cast) -> None:
        client = entering.signs_in(cast.secretary)
        entering.sets_up_the_app(client)
        assert client.get("/").status_code == 200
        assert entering.lines_of(cast.secretary) == ["factor_added"]

    def test_loses_the_work_again_once_it_is_taken_away(self, cast: Cast) -> None:
        client = entering.signs_in(cast.secretary)
        entering.sets_up_the_app(client)
        client.post(f"{FACTORS}/ung-dung/bo")
        assert client.get("/")["Location"] == FACTORS
        assert entering.lines_of(cast.secretary) == ["factor_added", "factor_removed"]

    def test_needs_it_for_the_post_in_use_alone(self, cast: Cast) -> None:
        factory.post(cast.union, cast.school.cell, Role.SECRETARY)
        client = entering.signs_in(cast.union)
        assert client.get("/").status_code == 200  # as the Union, the post given first
        second = cast.union.posts.order_by("-id")[0].pk
        client.post("/chuc-vu", {"post": second})
        assert client.get("/")["Location"] == FACTORS

    def test_is_asked_for_nothing_where_invented_people_are_shown(
        self, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        client = entering.signs_in(cast.secretary)
        monkeypatch.setattr(settings, "DEMONSTRATION", True)
        assert client.get("/").status_code == 200
        User.objects.filter(pk=cast.secretary.pk).update(simulated=False)
        assert client.get("/")["Location"] == FACTORS

    def test_is_told_by_the_session_and_by_no_statement(self, cast: Cast) -> None:
        client = factory.signed_in(cast.officer)
        with CaptureQueriesContext(connection) as asked:
            assert client.get("/to-chuc/").status_code == 200
        assert [one for one in asked.captured_queries if "mfa_" in one["sql"]] == []


class TestApp:
    def test_is_asked_for_at_the_next_sign_in(self, cast: Cast) -> None:
        secret = entering.sets_up_the_app(entering.signs_in(cast.secretary))
        client = entering.signs_in(cast.secretary)
        assert not entering.is_in(client)
        client.post("/dang-nhap/lop-thu-hai", {"code": entering.code_of(secret)})
        assert client.get("/").status_code == 200

    def test_opens_with_one_code_only_once(self, cast: Cast) -> None:
        secret = entering.sets_up_the_app(entering.signs_in(cast.secretary))
        code = entering.code_of(secret)
        for opens in (True, False):
            client = entering.signs_in(cast.secretary)
            answer = client.post("/dang-nhap/lop-thu-hai", {"code": code})
            assert entering.is_in(client) is opens
        assert "Mã không đúng hoặc đã dùng rồi" in entering.said(answer)

    def test_does_not_open_with_a_wrong_code(self, cast: Cast) -> None:
        secret = entering.sets_up_the_app(entering.signs_in(cast.secretary))
        wrong = f"{(int(entering.code_of(secret)) + 500_000) % 10**6:06d}"
        client = entering.signs_in(cast.secretary)
        client.post("/dang-nhap/lop-thu-hai", {"code": wrong})
        assert not entering.is_in(client)

    def test_is_set_up_after_the_password_was_typed_again(self, cast: Cast) -> None:
        client = entering.signs_in(cast.secretary)
        answer = client.get(f"{FACTORS}/ung-dung")
        assert answer["Location"].startswith("/tai-khoan/xac-nhan")

    def test_keeps_its_key_out_of_history(self, cast: Cast) -> None:
        secret = entering.sets_up_the_app(entering.signs_in(cast.secretary))
        told = [f"{event.action} {event.facts}" for event in Event.objects.all()]
        assert not [line for line in told if secret in line]
        assert "accounts.factor_added {}" in told


class TestRecoveryCodes:
    def test_are_shown_once_and_open_once(self, cast: Cast) -> None:
        client = entering.signs_in(cast.secretary)
        entering.sets_up_the_app(client)
        shown = client.get(f"{FACTORS}/ma-du-phong")
        codes = shown.context["unused_codes"]
        assert len(codes) == 10
        assert codes[0] in entering.said(shown)
        assert codes[0] not in entering.said(client.get(f"{FACTORS}/ma-du-phong"))
        for opens in (True, False):
            other = entering.signs_in(cast.secretary)
            other.post("/dang-nhap/lop-thu-hai", {"code": codes[0]})
            assert entering.is_in(other) is opens

    def test_are_made_anew_and_the_old_ones_open_nothing(self, cast: Cast) -> None:
        client = entering.signs_in(cast.secretary)
        entering.sets_up_the_app(client)
        old = client.get(f"{FACTORS}/ma-du-phong").context["unused_codes"]
        client.post(f"{FACTORS}/ma-du-phong/moi")
        other = entering.signs_in(cast.secretary)
        other.post("/dang-nhap/lop-thu-hai", {"code": old[0]})
        assert not entering.is_in(other)
        assert entering.lines_of(cast.secretary)[-1] == "recovery_codes_made"


class TestPages:
    def test_of_the_own_account_are_kept_by_no_browser(self, cast: Cast) -> None:
        client = entering.signs_in(cast.secretary)
        for path in ("/tai-khoan/", FACTORS, "/tai-khoan/phien", "/tai-khoan/mat-khau"):
            assert "no-store" in client.get(path)["Cache-Control"], path

    def test_allow_no_script_within_the_page(self, cast: Cast) -> None:
        client = entering.signs_in(cast.secretary)
        entering.prove(client)
        for path in ("/dang-nhap", f"{FACTORS}/khoa", f"{FACTORS}/ung-dung"):
            browser = Client() if path == "/dang-nhap" else client
            page = entering.said(browser.get(path))
            inline = [part.split(">")[0] for part in page.split("<script")[1:]]
            assert [one for one in inline if "src=" not in one and "json" not in one] == []
            assert " style=" not in page
            assert " onclick=" not in page
