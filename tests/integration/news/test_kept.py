"""Kept pages: the same for all, and gone within a minute of what they told being taken back."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from typing import Any
from wsgiref.types import WSGIEnvironment

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test.client import FakePayload
from django.urls import reverse

from donghanh.lib.public import Front
from donghanh.news import actions
from tests import factory
from tests.factory import Cast
from tests.integration.news import making
from tests.integration.news.making import AT, NAME

pytestmark = pytest.mark.django_db

#: Longer than an answer is kept and given out, and shorter than the minute it may take.
KEPT, MOST = 20, 40


class Reader:
    """Asks for pages before the framework, at a time told to it."""

    def __init__(self) -> None:
        self.now = 1_000.0
        self.front = Front(WSGIHandler(), clock=lambda: self.now)

    def __call__(self, path: str, **headers: str) -> tuple[str, dict[str, str], str]:
        environ: WSGIEnvironment = {
            "REQUEST_METHOD": "GET",
            "wsgi.url_scheme": "http",
            "wsgi.input": FakePayload(b""),
            "SERVER_NAME": "testserver",
            "SERVER_PORT": "80",
            "HTTP_HOST": "testserver",
            "SCRIPT_NAME": "",
            "PATH_INFO": path,
            "QUERY_STRING": "",
            **headers,
        }
        told: list[tuple[str, dict[str, str]]] = []

        def start(status: str, headers: list[tuple[str, str]], failure: object = None) -> object:
            told.append((status, dict(headers)))
            return None

        answer = b"".join(self.front(environ, start))  # type: ignore[arg-type]  # never written to
        status, found = told[-1]
        if found.get("Content-Encoding") == "gzip":
            answer = gzip.decompress(answer)
        return status, found, answer.decode()


@pytest.fixture
def cast(monkeypatch: pytest.MonkeyPatch) -> Cast:
    factory.freeze(monkeypatch, making.ON)
    return factory.cast()


@pytest.fixture
def read() -> Iterator[Reader]:
    """Read within the transaction of the test: a request ends without closing its connection."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield Reader()
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def test_a_page_is_kept_and_told_to_be_unchanged(cast: Cast, read: Reader) -> None:
    slug = making.published(cast).slug
    for path in ("/tin/", f"/tin/{slug}/", "/tin/feed.atom", "/sitemap.xml", "/robots.txt"):
        status, headers, _ = read(path, HTTP_COOKIE="sessionid=somebody")
        assert status == "200 OK", path
        assert headers["Cache-Control"] == "public, max-age=20"
        assert headers["Vary"] == "Accept-Encoding" and "Set-Cookie" not in headers
        assert read(path, HTTP_IF_NONE_MATCH=headers["ETag"])[0].startswith("304"), path
    assert len(read.front) == 5


def test_a_name_taken_back_is_gone_within_a_minute(cast: Cast, read: Reader) -> None:
    one = making.asked(cast)
    actions.agree(code=one.code, agreement_id=one.agreement.pk, at=AT)
    article = making.approved(cast, one.article)
    making.publish(cast, article)
    path = reverse("news:public", args=[article.slug])
    assert NAME in read(path)[2]
    actions.withdraw(code=one.code, agreement_id=one.agreement.pk, at=AT)
    read.now += KEPT - 1
    assert NAME in read(path)[2]
    read.now += 1
    assert NAME not in read(path)[2] and "một học sinh" in read(path)[2]


def test_an_article_taken_down_is_gone_within_a_minute(cast: Cast, read: Reader) -> None:
    article = making.published(cast)
    paths = (f"/tin/{article.slug}/", "/tin/", "/tin/muc/mo-hinh-hay/", "/tin/feed.atom")
    for path in paths:
        assert making.PLAIN.title in read(path)[2]
    told: dict[str, Any] = {"actor": making.reviewer(cast), "article_id": article.pk, "at": AT}
    actions.take_down(reason="Số liệu sai", **told)
    read.now += MOST
    for path in paths:
        assert making.PLAIN.title not in read(path)[2], path
    status, headers, _ = read(paths[0])
    assert status.startswith("410") and headers["Cache-Control"] == "no-store"
