"""
Pages anybody may read, whose whole answers are kept in the process and given out again.

``shown`` marks such a view; ``Front`` stands before the framework and answers what is kept. A page
that was changed or taken down is gone within a minute: kept for ``seconds``, given out for as long
again while one thread makes it anew, and held by a browser for ``seconds``.
"""

from __future__ import annotations

import gzip
import hashlib
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import wraps
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qsl, urlencode
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.http import parse_etags
from django.views.decorators.http import require_safe

View = Callable[..., HttpResponse]
Headers = list[tuple[str, str]]

#: How many answers a process keeps, and how many bytes of them together.
ENTRIES, BYTES = 512, 24 * 1024 * 1024
#: An address longer than this is answered, and never kept.
LONGEST = 300
#: Below so many bytes an answer gains nothing from being compressed.
_WORTH_IT = 900
_MARK = "donghanh.public"
#: What an answer that everybody is given may not hang on, and must not set.
_DROPPED = frozenset({"vary", "set-cookie", "content-length", "cache-control", "etag", "age"})


@dataclass(frozen=True, slots=True)
class Note:
    """What a view says of its answer: how long it is kept, and what the address's keys mean."""

    seconds: int
    keys: tuple[str, ...]
    unkept: tuple[str, ...] = ()

    def asked(self, query: str) -> str | None:
        """
        Return of a query what counts: known keys, in one order, the last value of each.

        Returns:
            ``None`` where the answer is not to be kept, nor anything kept be given for it.

        >>> note = Note(20, ("trang",), ("q",))
        >>> note.asked("x=1&trang=2&trang=3"), note.asked("trang=2&q=a")
        ('trang=3', None)
        """
        if not query:
            return ""
        typed = dict(parse_qsl(query, keep_blank_values=True))
        if any(typed.get(name) for name in self.unkept):
            return None
        return urlencode([(name, typed[name]) for name in self.keys if name in typed])


def shown(
    seconds: int = 20, *, keys: Iterable[str] = ("page", "trang"), unkept: Iterable[str] = ("q",)
) -> Callable[[View], View]:
    """
    Mark a view whose answer is the same for everybody, so that it may be kept and given out again.

    The view sees no cookie, no session and nobody signed in, and of the address's query only
    ``keys`` and ``unkept``: what is not named can neither change the answer nor make another entry.

    Args:
        seconds: How long an answer is kept, and how long a browser may hold it.
        keys: Query keys that make another page; few values each.
        unkept: Query keys anybody fills at will, such as words to search for: such an answer is
            made each time.
    """
    note = Note(seconds, tuple(keys), tuple(unkept))
    known = (*note.keys, *note.unkept)

    def decorated(view: View) -> View:
        @require_safe
        @wraps(view)
        def door(request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
            _bare(request, known)
            response = view(request, *args, **options)
            good = response.status_code == HTTPStatus.OK and not response.streaming
            if not good or response.cookies:
                response.headers["Cache-Control"] = "no-store"
                return response
            response.headers["Cache-Control"] = f"public, max-age={seconds}"
            response.headers["ETag"] = _tag(response.content)
            request.META[_MARK] = note
            return response

        return door

    return decorated


def _bare(request: HttpRequest, known: tuple[str, ...]) -> None:
    """Take from a request who asks, and what of the address the page does not know."""
    asked = [(key, request.GET[key]) for key in known if key in request.GET]
    request.META["QUERY_STRING"] = urlencode(asked)
    request.GET = QueryDict(request.META["QUERY_STRING"])
    request.COOKIES = {}
    request.META.pop("HTTP_COOKIE", None)
    session: SessionBase = SessionStore(None)
    request.session = session
    request.user = AnonymousUser()
    for name in ("_cached_user", "_acached_user"):
        request.__dict__.pop(name, None)


def _tag(body: bytes) -> str:
    return f'W/"{hashlib.sha256(body).hexdigest()[:32]}"'


@dataclass(frozen=True, slots=True)
class Kept:
    """One whole answer; ``packed`` is the body compressed, where that is worth it."""

    headers: Headers
    body: bytes
    packed: bytes
    tag: str
    seconds: int
    made: float

    @property
    def size(self) -> int:
        """Return how many bytes it takes, roughly."""
        return len(self.body) + len(self.packed) + 1_000


Place = tuple[str, str, str]
Key = tuple[Place, str]


class Front:
    """
    A thin layer before the framework that gives out kept answers, and keeps new ones.

    Args:
        inner: The framework's own door.
        proxied: Whether a proxy that is trusted says by which scheme somebody came.
        clock: Seconds that only go forward.
        entries: Most answers kept.
        size: Most bytes kept.
    """

    def __init__(
        self,
        inner: WSGIApplication,
        *,
        proxied: bool = False,
        clock: Callable[[], float] = time.monotonic,
        entries: int = ENTRIES,
        size: int = BYTES,
    ) -> None:
        """Begin with nothing kept."""
        self._inner, self._proxied, self._clock = inner, proxied, clock
        self._most, self._room = entries, size
        self._lock = threading.Lock()
        self._kept: OrderedDict[Key, Kept] = OrderedDict()
        self._notes: dict[Place, Note] = {}
        self._making: set[Key] = set()
        self._bytes = 0

    def __len__(self) -> int:
        """Return how many answers are kept."""
        return len(self._kept)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer from what is kept, or let the framework answer and keep it where it may be."""
        if environ["REQUEST_METHOD"] not in {"GET", "HEAD"}:
            return self._inner(environ, start_response)
        place = self._place(environ)
        key, found, mine = self._look(place, environ.get("QUERY_STRING", ""))
        if found is not None and not mine:
            return _given(found, environ, start_response)
        try:
            return self._made(place, key, environ, start_response)
        finally:
            if mine and key is not None:
                with self._lock:
                    self._making.discard(key)

    def _place(self, environ: WSGIEnvironment) -> Place:
        scheme = environ["wsgi.url_scheme"]
        if self._proxied:
            scheme = environ.get("HTTP_X_FORWARDED_PROTO", scheme)
        path = environ.get("SCRIPT_NAME", "") + environ.get("PATH_INFO", "")
        return scheme, environ.get("HTTP_HOST", ""), path

    def _look(self, place: Place, query: str) -> tuple[Key | None, Kept | None, bool]:
        """Return what is kept, and whether the asking thread is to make it anew."""
        with self._lock:
            note = self._notes.get(place)
            asked = None if note is None else note.asked(query)
            key = None if asked is None else (place, asked)
            found = None if key is None else self._kept.get(key)
            if key is None or found is None:
                return None, None, False
            age = self._clock() - found.made
            if age >= 2 * found.seconds:
                return key, None, False
            self._kept.move_to_end(key)
            mine = age >= found.seconds and key not in self._making
            if mine:
                self._making.add(key)
            return key, found, mine

    def _made(
        self,
        place: Place,
        key: Key | None,
        environ: WSGIEnvironment,
        start_response: StartResponse,
    ) -> Iterable[bytes]:
        asked = environ.get("QUERY_STRING", "")
        heads: list[tuple[str, Headers, Any]] = []

        def begun(status: str, headers: Headers, failure: Any = None) -> Callable[[bytes], object]:
            heads.append((status, headers, failure))
            return _unwritten

        began = self._clock()
        answer = self._inner(environ, begun)
        status, headers, failure = heads[-1]
        note = environ.get(_MARK)
        counts = note.asked(asked) if isinstance(note, Note) else None
        sets = any(name.lower() == "set-cookie" for name, _ in headers)
        short = counts is not None and len(counts) + len(place[2]) <= LONGEST
        if not isinstance(note, Note) or not status.startswith("200") or sets or not short:
            if key is not None and status.startswith(("3", "4")):
                self._drop(key)
            start_response(status, headers, failure)
            return answer
        body = b"".join(answer)
        closing = getattr(answer, "close", None)
        if closing is not None:
            closing()
        kept = self._keep((place, counts or ""), note, headers, body, began)
        return _given(kept, environ, start_response)

    def _drop(self, key: Key) -> None:
        """Let go of what is not there any more; what merely fails is given out a little longer."""
        with self._lock:
            gone = self._kept.pop(key, None)
            self._bytes -= gone.size if gone else 0

    def _keep(self, key: Key, note: Note, headers: Headers, body: bytes, began: float) -> Kept:
        packed = gzip.compress(body, 6, mtime=0) if len(body) >= _WORTH_IT else b""
        fixed = [(name, value) for name, value in headers if name.lower() not in _DROPPED]
        fixed += [
            ("Cache-Control", f"public, max-age={note.seconds}"),
            ("ETag", _tag(body)),
            ("Vary", "Accept-Encoding"),
        ]
        made = Kept(fixed, body, packed, _tag(body), note.seconds, began)
        with self._lock:
            self._notes[key[0]] = note
            before = self._kept.pop(key, None)
            self._bytes += made.size - (before.size if before else 0)
            self._kept[key] = made
            while len(self._kept) > self._most or self._bytes > self._room:
                (place, _), gone = self._kept.popitem(last=False)
                self._bytes -= gone.size
                if not any(place == other for other, _ in self._kept):
                    self._notes.pop(place, None)
        return made


def _unwritten(_: bytes) -> None:
    """Take what nobody writes: the framework hands its answers back."""


def _given(kept: Kept, environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
    """Answer from what is kept: not at all, where who asks has it already."""
    known = environ.get("HTTP_IF_NONE_MATCH", "")
    if known and (known == "*" or kept.tag in parse_etags(known)):
        bare = [one for one in kept.headers if one[0].lower() != "content-type"]
        start_response("304 Not Modified", bare)
        return []
    packs = kept.packed and "gzip" in environ.get("HTTP_ACCEPT_ENCODING", "")
    body = kept.packed if packs else kept.body
    headers = [*kept.headers, ("Content-Length", str(len(body)))]
    if packs:
        headers.append(("Content-Encoding", "gzip"))
    start_response("200 OK", headers)
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]
