"""The public answers are the same for everybody and kept whole; what leads to a writer never is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any
from wsgiref.util import setup_testing_defaults

import pytest
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from donghanh.domain.voices import Topic
from donghanh.lib.public import Front
from donghanh.voices import actions
from donghanh.voices.models import Publication
from tests import factory
from tests.integration.voices.speaking import NEXT, TEXT, spoken

pytestmark = pytest.mark.django_db

QUESTION, ANSWER = "Bao giờ trường sửa nhà xe?", "Trong tháng này (mô phỏng)."


@pytest.fixture
def cast() -> factory.Cast:
    return factory.cast()


def told(cast: factory.Cast, topic: Topic = Topic.PLACE, question: str = QUESTION) -> Publication:
    """Return an answer that two persons made public."""
    voice, _ = spoken(cast.school, topic=topic, may_publish=True)
    given: dict[str, Any] = {"at": factory.instant(NEXT), "today": NEXT}
    secretary, officer = factory.actor(cast.secretary, NEXT), factory.actor(cast.officer, NEXT)
    actions.answer(actor=secretary, voice_id=voice.pk, text=ANSWER, seen=0, **given)
    rewritten = actions.Rewritten(question, ANSWER)
    made = actions.propose(actor=secretary, voice_id=voice.pk, rewritten=rewritten, **given)
    actions.confirm(actor=officer, publication_id=made.pk, **given)
    return made


@pytest.fixture
def site() -> Iterator[Asked]:
    """Return the door of the web server, on the connection of the test."""
    for one in (request_started, request_finished):
        one.disconnect(close_old_connections)
    yield Asked()
    for one in (request_started, request_finished):
        one.connect(close_old_connections)


class Asked:
    """The web server's door with what it keeps, and what a browser gets of it."""

    def __init__(self) -> None:
        self.front = Front(get_wsgi_application())

    def get(self, path: str, query: str = "", **headers: str) -> tuple[str, dict[str, str], str]:
        """Return state, headers and body."""
        environ: dict[str, Any] = {"HTTP_HOST": "localhost", "PATH_INFO": path}
        environ |= {"REQUEST_METHOD": "GET", "QUERY_STRING": query, **headers}
        setup_testing_defaults(environ)
        heads: list[tuple[str, list[tuple[str, str]]]] = []

        def begin(status: str, told: list[tuple[str, str]], *_: object) -> Any:
            heads.append((status, told))
            return None

        body: Iterable[bytes] = self.front(environ, begin)
        status, found = heads[-1]
        return status, dict(found), b"".join(body).decode()


class TestAnswers:
    def test_are_kept_whole_and_set_no_cookie(self, cast: factory.Cast, site: Asked) -> None:
        made = told(cast)
        for path in ("/hoi-dap/", f"/hoi-dap/{made.pk}/"):
            status, headers, body = site.get(path, HTTP_COOKIE="sessionid=BIMAT")
            assert status.startswith("200") and QUESTION in body
            assert "public" in headers["Cache-Control"] and "Set-Cookie" not in headers
            assert "<script" not in body and TEXT not in body
            with CaptureQueriesContext(connection) as caught:
                assert site.get(path)[2] == body
            assert len(caught) == 0
        assert len(site.front) == 2

    def test_of_one_lead_to_others_of_the_topic_and_are_gone_once_taken_back(
        self, cast: factory.Cast
    ) -> None:
        made, other = told(cast), told(cast, question="Bao giờ có thêm ghế đá?")
        far = told(cast, topic=Topic.FEES, question="Vì sao thu hai lần?")
        page = Client().get(f"/hoi-dap/{made.pk}/").content.decode()
        assert f"/hoi-dap/{other.pk}/" in page and f"/hoi-dap/{far.pk}/" not in page
        assert Client().get("/hoi-dap/?chu-de=fees").context["found"].told[0].publication == far
        officer = factory.actor(cast.officer, NEXT)
        at = factory.instant(NEXT)
        actions.withdraw(actor=officer, publication_id=made.pk, at=at, today=NEXT)
        gone = Client().get(f"/hoi-dap/{made.pk}/")
        assert gone.status_code == 404 == Client().get("/hoi-dap/1/").status_code
        assert "public" not in gone.get("Cache-Control", "")

    def test_ask_the_same_however_many_there_are(self, cast: factory.Cast) -> None:
        counts = []
        for _ in range(2):
            for number in range(3):
                told(cast, question=f"Câu hỏi số {number}?")
            with CaptureQueriesContext(connection) as caught:
                found = Client().get("/hoi-dap/").context["found"]
            counts.append((len(found.told), len(caught)))
        assert [count for count, _ in counts] == [3, 6]
        assert counts[0][1] == counts[1][1]


class TestWriting:
    def test_is_kept_by_nobody_on_the_way(self, cast: factory.Cast, site: Asked) -> None:
        told(cast)
        for path, query in (
            ("/gui-tieng-noi/", ""),
            ("/gui-tieng-noi/", "q=" + cast.school.unit.code),
            (f"/gui-tieng-noi/{cast.school.unit.pk}/", ""),
            ("/gui-tieng-noi/theo-doi", ""),
        ):
            status, headers, body = site.get(path, query)
            assert status.startswith("200"), path
            for word in ("no-store", "private", "no-cache"):
                assert word in headers["Cache-Control"], path
            assert "<script" not in body and 'class="public"' in body
        assert len(site.front) == 0

    def test_that_was_sent_or_is_followed_is_kept_by_nobody(self, cast: factory.Cast) -> None:
        _, code = spoken(cast.school)
        answer = Client().post("/gui-tieng-noi/theo-doi", {"code": code})
        assert TEXT in answer.content.decode()
        assert "no-store" in answer["Cache-Control"] and "ETag" not in answer
        assert code not in str(answer.headers)
