"""Signing in: by a name in any case, and telling a stranger nothing."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from donghanh.accounts import actions
from donghanh.accounts.models import User
from tests import factory

pytestmark = pytest.mark.django_db


class TestCreateUser:
    def test_stores_the_name_in_lower_case_and_no_readable_password(self) -> None:
        user = factory.account("Bi.Thu", "Cao Thị Bích")
        assert user.username == "bi.thu"
        assert factory.PASSWORD not in user.password

    def test_returns_the_account_there_is(self) -> None:
        first = factory.account("bithu", "Cao Thị Bích")
        assert factory.account("BITHU", "Ai Khác").pk == first.pk
        assert User.objects.get(username="bithu").name == "Cao Thị Bích"

    def test_is_held_to_lower_case_by_the_database(self) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            User.objects.create(username="Hoa", name="Hoa")


class TestSignIn:
    def test_opens_with_the_name_in_any_case(self) -> None:
        factory.cast()
        response = Client().post(
            reverse("accounts:sign_in"),
            {"username": " DucLap.BiThu", "password": factory.PASSWORD},
        )
        assert response.status_code == 302

    @pytest.mark.parametrize("name", ["duclap.bithu", "khong.co"])
    def test_answers_a_wrong_name_and_a_wrong_password_alike(self, name: str) -> None:
        factory.cast()
        response = Client().post(reverse("accounts:sign_in"), {"username": name, "password": "sai"})
        assert "tài khoản hoặc mật khẩu" in response.content.decode().lower()

    def test_stays_closed_to_a_pupils_account_which_has_no_password(self) -> None:
        cast = factory.cast()
        person = factory.agreed_pupil(cast.school)
        assert not person.user.has_usable_password()
        made = actions.create_user(username="x", name="X", password=None, simulated=True)
        assert not made.has_usable_password()
