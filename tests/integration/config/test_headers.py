"""What every answer says to the browser."""

from __future__ import annotations

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


class TestEveryPage:
    def test_forbids_scripts_and_styles_from_within_the_page_or_elsewhere(
        self, client: Client
    ) -> None:
        policy = client.get("/dang-nhap").headers["Content-Security-Policy"]
        parts = {part.split()[0]: part.split()[1:] for part in policy.split("; ")}
        assert parts["default-src"] == ["'self'"]
        assert parts["frame-ancestors"] == ["'none'"]
        assert "unsafe" not in policy

    def test_may_not_be_framed_or_guessed_about(self, client: Client) -> None:
        headers = client.get("/dang-nhap").headers
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["X-Content-Type-Options"] == "nosniff"

    def test_may_use_passkeys_and_nothing_else_of_the_machine(self, client: Client) -> None:
        policy = client.get("/dang-nhap").headers["Permissions-Policy"]
        parts = dict(part.split("=", 1) for part in policy.split(", "))
        allowed = {name for name, who in parts.items() if who != "()"}
        assert allowed == {"publickey-credentials-create", "publickey-credentials-get"}
        assert {"camera", "microphone", "geolocation"} <= set(parts) - allowed

    def test_is_in_vietnamese(self, client: Client) -> None:
        assert client.get("/dang-nhap").headers["Content-Language"] == "vi"
