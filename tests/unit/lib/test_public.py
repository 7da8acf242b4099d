"""Kept answers of public pages: what makes an entry, how long it lives, what it may never hold."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Callable, Iterable
from wsgiref.types import StartResponse, WSGIEnvironment

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from donghanh.lib import public
from donghanh.lib.public import Front, shown

Answer = tuple[str, dict[str, str], bytes]


class Framework:
    """Stands where the framework stands: one view, and how often it was asked."""

    def __init__(self, view: Callable[[HttpRequest], HttpResponse]) -> None:
        self.view, self.asked = view, 0

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        self.asked += 1
        request = RequestFactory().get("/")
        request.META = environ
        request.method = environ["REQUEST_METHOD"]
        request.GET = request.GET.__class__(environ.get("QUERY_STRING", ""))
        request.COOKIES = {"sessionid": "somebody"}
        response = self.view(request)
        headers = [*response.items(), ("Vary", "Cookie")]
        headers += [("Set-Cookie", one.OutputString()) for one in response.cookies.values()]
        start(f"{response.status_code} {response.reason_phrase}", headers)
        return [response.content]


class Clock:
    """Goes forward when told to."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


def ask(front: Front, path: str = "/tin/", query: str = "", **more: str) -> Answer:
    """Ask for a page as a server would."""
    environ: WSGIEnvironment = {
        "REQUEST_METHOD": "GET",
        "wsgi.url_scheme": "http",
        "HTTP_HOST": "tin.example",
        "SCRIPT_NAME": "",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        **more,
    }
    told: list[tuple[str, dict[str, str]]] = []

    def start(status: str, headers: list[tuple[str, str]], failure: object = None) -> object:
        told.append((status, dict(headers)))
        return None

    body = b"".join(front(environ, start))  # type: ignore[arg-type]  # never written to
    return (*told[-1], body)


def page(text: str = "trang", status: int = 200) -> Callable[[HttpRequest], HttpResponse]:
    @shown(20)
    def view(request: HttpRequest) -> HttpResponse:
        told = f"{text} {request.META['QUERY_STRING']} {request.COOKIES} {request.user}"
        return HttpResponse(told, status=status)

    return view


@pytest.fixture
def clock() -> Clock:
    return Clock()


class TestShown:
    def test_hides_who_asks_and_what_it_does_not_know(self, clock: Clock) -> None:
        front = Front(Framework(page()), clock=clock)
        status, headers, body = ask(front, query="utm=x&trang=2", HTTP_COOKIE="sessionid=somebody")
        assert (status, body) == ("200 OK", b"trang trang=2 {} AnonymousUser")
        assert headers["Cache-Control"] == "public, max-age=20"

    def test_refuses_to_be_posted_to(self, clock: Clock) -> None:
        framework = Framework(page())
        status, _, _ = ask(Front(framework, clock=clock), REQUEST_METHOD="POST")
        assert status.startswith("405")
        assert framework.asked == 1

    def test_lets_nobody_keep_what_is_not_there(self, clock: Clock) -> None:
        front = Front(Framework(page(status=404)), clock=clock)
        assert ask(front)[1]["Cache-Control"] == "no-store"
        assert len(front) == 0


class TestFront:
    def test_asks_once_within_the_time_and_anew_after_it(self, clock: Clock) -> None:
        framework = Framework(page())
        front = Front(framework, clock=clock)
        bodies = {ask(front)[2]}
        clock.now += 19.9
        bodies.add(ask(front)[2])
        assert (framework.asked, len(bodies)) == (1, 1)
        clock.now += 0.1
        ask(front)
        assert framework.asked == 2

    def test_gives_out_no_cookie_and_no_word_of_one(self, clock: Clock) -> None:
        front = Front(Framework(page()), clock=clock)
        ask(front)
        _, headers, _ = ask(front)
        assert headers["Vary"] == "Accept-Encoding"
        assert "Set-Cookie" not in headers

    def test_does_not_keep_an_answer_that_sets_a_cookie(self, clock: Clock) -> None:
        def view(request: HttpRequest) -> HttpResponse:
            response = HttpResponse("trang")
            response.set_cookie("a", "b")
            return response

        front = Front(Framework(shown(20)(view)), clock=clock)
        ask(front)
        assert len(front) == 0

    def test_makes_one_entry_of_unknown_keys_and_headers(self, clock: Clock) -> None:
        framework = Framework(page())
        front = Front(framework, clock=clock)
        for odd in ("", "a=1", "a=2&trang=", "utm_source=x&%00=%ff"):
            ask(front, query=odd, HTTP_X_FORWARDED_HOST="evil.example", HTTP_RANGE="bytes=0-1")
        assert len(front) == 2  # with no page named, and with an empty one
        assert framework.asked == 2

    def test_keeps_hosts_and_schemes_apart(self, clock: Clock) -> None:
        front = Front(Framework(page()), proxied=True, clock=clock)
        ask(front)
        ask(front, HTTP_HOST="other.example")
        ask(front, HTTP_X_FORWARDED_PROTO="https")
        assert len(front) == 3

    def test_never_keeps_nor_mixes_up_what_somebody_searches(self, clock: Clock) -> None:
        framework = Framework(page())
        front = Front(framework, clock=clock)
        ask(front)
        bodies = {ask(front, query=f"q={word}")[2] for word in ("doan", "hoi", "doan")}
        assert (len(bodies), framework.asked, len(front)) == (2, 4, 1)

    def test_says_that_nothing_changed_to_who_has_it(self, clock: Clock) -> None:
        front = Front(Framework(page()), clock=clock)
        _, headers, _ = ask(front)
        for known in (headers["ETag"], f'"x", {headers["ETag"]}', "*"):
            status, _, body = ask(front, HTTP_IF_NONE_MATCH=known)
            assert (status, body) == ("304 Not Modified", b"")
        for odd in ('"x"', "no tag at all", "\xff" * 9_000):
            assert ask(front, HTTP_IF_NONE_MATCH=odd)[0] == "200 OK"

    def test_answers_a_head_from_a_page_without_its_body(self, clock: Clock) -> None:
        front = Front(Framework(page()), clock=clock)
        _, whole, body = ask(front)
        status, headers, nothing = ask(front, REQUEST_METHOD="HEAD")
        assert (status, nothing) == ("200 OK", b"")
        assert (headers["ETag"], headers["Content-Length"]) == (whole["ETag"], str(len(body)))

    def test_gives_it_compressed_to_who_takes_it(self, clock: Clock) -> None:
        front = Front(Framework(page("dài " * 600)), clock=clock)
        _, _, plain = ask(front)
        _, headers, packed = ask(front, HTTP_ACCEPT_ENCODING="gzip, br")
        assert headers["Content-Encoding"] == "gzip"
        assert gzip.decompress(packed) == plain
        assert "Content-Encoding" not in ask(front, HTTP_ACCEPT_ENCODING="br")[1]

    @pytest.mark.parametrize("limits", [{"entries": 3}, {"size": 3_500}])
    def test_keeps_so_many_and_drops_what_was_not_asked_for(
        self, clock: Clock, limits: dict[str, int]
    ) -> None:
        framework = Framework(page())
        front = Front(framework, clock=clock, **limits)  # type: ignore[arg-type]  # numbers
        for number in (1, 2, 3, 1, 4):
            ask(front, path=f"/tin/{number}")
        before = framework.asked
        ask(front, path="/tin/1")
        assert (len(front), framework.asked) == (3, before)
        ask(front, path="/tin/2")
        assert framework.asked == before + 1

    def test_does_not_keep_what_fails_and_gives_nothing_out_that_is_too_old(
        self, clock: Clock
    ) -> None:
        texts = iter(("cũ", "", ""))

        @shown(20)
        def view(request: HttpRequest) -> HttpResponse:
            text = next(texts)
            return HttpResponse(text or "gỡ", status=200 if text else 404)

        front = Front(Framework(view), clock=clock)
        ask(front)
        clock.now += 20
        assert ask(front)[0].startswith("404")
        clock.now += 20
        assert ask(front)[0].startswith("404")

    def test_lets_one_make_it_anew_while_the_others_get_the_one_before(self, clock: Clock) -> None:
        inside, go_on = threading.Event(), threading.Event()
        made: list[int] = []

        @shown(20)
        def view(request: HttpRequest) -> HttpResponse:
            made.append(len(made))
            if len(made) == 2:
                inside.set()
                go_on.wait(10)
            return HttpResponse(f"bản {len(made)}")

        front = Front(Framework(view), clock=clock)
        ask(front)
        clock.now += 21
        slow = threading.Thread(target=ask, args=(front,))
        slow.start()
        assert inside.wait(10)
        assert {ask(front)[2].decode() for _ in range(5)} == {"bản 1"}
        go_on.set()
        slow.join()
        assert ask(front)[2].decode() == "bản 2"
        assert len(made) == 2

    def test_lets_go_of_a_page_as_soon_as_one_finds_it_gone_but_not_where_it_fails(
        self, clock: Clock
    ) -> None:
        status = 200

        @shown(20)
        def view(request: HttpRequest) -> HttpResponse:
            return HttpResponse("trang", status=status)

        front = Front(Framework(view), clock=clock)
        ask(front)
        clock.now += 20
        status = 500
        assert ask(front)[0].startswith("500")
        assert len(front) == 1
        status = 404
        assert ask(front)[0].startswith("404")
        assert len(front) == 0

    def test_counts_age_from_when_it_was_begun(self, clock: Clock) -> None:
        """What changed while a page was being made is not shown for longer than said."""

        @shown(20)
        def view(request: HttpRequest) -> HttpResponse:
            clock.now += 5
            return HttpResponse("chậm")

        framework = Framework(view)
        front = Front(framework, clock=clock)
        ask(front)
        clock.now += 15
        ask(front)
        assert framework.asked == 2


def test_the_mark_of_an_answer_cannot_be_sent() -> None:
    """Headers arrive under HTTP_; nothing somebody sends has the name of the mark."""
    assert not public._MARK.startswith("HTTP_")
