"""What the tests of sign-in share: browsers, codes of an app, lines of history."""

from __future__ import annotations

import base64
import hashlib
import hmac
import time
from typing import Any

from django.test import Client

from donghanh.accounts.models import User
from donghanh.history.models import Event
from tests import factory

#: A password nobody guesses, other than that of the cast.
OTHER = "con-duong-rat-dai-97"


def signs_in(user: User, password: str = factory.PASSWORD, **options: Any) -> Client:
    """Return a browser somebody signed in with through the page."""
    client = Client(**options)
    client.post("/dang-nhap", {"username": user.username, "password": password})
    return client


def code_of(secret: str) -> str:
    """Return the code an app shows now (RFC 6238)."""
    counter = (int(time.time()) // 30).to_bytes(8, "big")
    digest = hmac.new(base64.b32decode(secret), counter, hashlib.sha1).digest()
    start = digest[-1] & 15
    number = int.from_bytes(digest[start : start + 4], "big") & 0x7FFFFFFF
    return f"{number % 10**6:06d}"


def said(answer: Any) -> str:
    """Return the page of an answer as text."""
    return str(answer.content.decode())


def lines_of(user: User) -> list[str]:
    """Return what history says somebody did about accounts, in order."""
    found = Event.objects.filter(actor=user, action__startswith="accounts.").order_by("id")
    return [event.action.removeprefix("accounts.") for event in found]


def is_in(client: Client) -> bool:
    """Tell whether a browser is signed in."""
    return client.get("/tai-khoan/").status_code == 200


def prove(client: Client, password: str = factory.PASSWORD) -> None:
    """Prove once more who it is."""
    client.post("/tai-khoan/xac-nhan", {"password": password})


def sets_up_the_app(client: Client) -> str:
    """Set up an authenticator app as the pages ask for it, and return its key."""
    prove(client)
    client.get("/tai-khoan/lop-thu-hai/ung-dung")
    secret = str(client.session["mfa.totp.secret"])
    client.post("/tai-khoan/lop-thu-hai/ung-dung", {"code": code_of(secret)})
    return secret
