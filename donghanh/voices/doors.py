"""The door for whoever writes or reads by a code: without an account, session or address kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers

from donghanh.domain.looking import Reach, Way
from donghanh.lib import clock, throttle, wall
from donghanh.lib.forgetting import Passing, network, share
from donghanh.voices.queries.asking import digest_of

P = ParamSpec("P")

#: Voices from one address: a school stands behind one.
FROM_ONE = Passing(most=share(20, settings.WEB_PROCESSES), seconds=900)
#: Voices to one body of one school, whoever sends them: a flood buries nobody else's for long.
TO_ONE = Passing(most=share(60, settings.WEB_PROCESSES), seconds=3600)
#: Codes that open nothing, by address: sixteen signs of 32 are not guessed at this rate.
WRONG_CODES = Passing(most=share(30, settings.WEB_PROCESSES), seconds=900)


def unnamed(
    view: Callable[Concatenate[HttpRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """
    Let anybody in, and keep nothing of it.

    The session is not looked at, even where one is running; the answer is kept by nobody on the
    way; what was refused is not logged with its hour.
    """

    @wraps(view)
    def door(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        answer = view(request, *args, **kwargs)
        answer._has_been_logged = True  # type: ignore[attr-defined]  # what the framework asks for
        add_never_cache_headers(answer)
        return answer

    return door


@contextmanager
def by_code(code: str = "") -> Iterator[None]:
    """Do everything inside in one transaction in which the database knows the code alone."""
    reach = Reach(Way.LINK, code=digest_of(code) if code else "")
    with wall.looking(reach.way, reach.settings):
        yield


def came(request: HttpRequest) -> str:
    """Return what is counted of who comes; it is kept nowhere."""
    return network(throttle.address(request))


def may_send(request: HttpRequest) -> bool:
    """Count one voice of who comes; ``False``: it is one too many for a while."""
    return FROM_ONE.take(came(request), clock.now())
