"""A browser for the tests of the room's pages, without a browser."""

from __future__ import annotations

import html
import re
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from donghanh.accounts.models import User
from donghanh.domain.rights import Role
from donghanh.domain.structure import UnitKind
from tests import factory
from tests.factory import Cast


def at_home(user: User) -> Client:
    """Return a browser somebody has signed in with."""
    return factory.signed_in(user)


def said(answer: Any) -> str:
    """Return the words of a page, without its tags."""
    bare = re.sub(r"<[^>]+>", " ", answer.content.decode())
    return " ".join(html.unescape(bare).split())


def sent(page: str) -> dict[str, Any]:
    """Return the fields of the only form in the middle of a page, as a browser would send them."""
    middle = page[page.index("<main") :]
    fields: dict[str, Any] = {}
    for tag in re.findall(r"<input[^>]*>", middle):
        facts = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        ticked = facts.get("type") != "checkbox" or re.search(r"\schecked\b", tag)
        if "name" in facts and facts["name"] != "csrfmiddlewaretoken" and ticked:
            default = "on" if facts.get("type") == "checkbox" else ""
            fields[facts["name"]] = html.unescape(facts.get("value", default))
    for name, value in re.findall(
        r'<textarea[^>]*name="([^"]+)"[^>]*>\n?(.*?)</textarea>', middle, re.S
    ):
        fields[name] = html.unescape(value)
    for name, options in re.findall(
        r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', middle, re.S
    ):
        chosen = re.search(r'value="([^"]*)"[^>]*\sselected', options)
        fields[name] = chosen[1] if chosen else ""
    return fields


def assert_closed(cast: Cast, url: str, *, post: dict[str, Any] | None = None) -> None:
    """Refuse a page that opens to another department or to somebody without the right."""
    other = factory.unit("so2", UnitKind.DEPARTMENT, "Sở Giáo dục và Đào tạo (mô phỏng) khác")
    stranger = factory.holder("so2.cv", "Lý Thị Xa", other, Role.OFFICER)
    for user in (stranger, cast.secretary, cast.union, cast.administrator):
        client = at_home(user)
        assert client.get(url).status_code in {404, 405}, user
        if post is not None:
            assert client.post(url, post).status_code in {404, 405}, user


def statements(client: Client, url: str) -> int:
    """Return how many SQL statements a page needs."""
    with CaptureQueriesContext(connection) as seen:
        assert client.get(url).status_code == 200
    return len(seen)
