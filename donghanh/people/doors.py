"""The door for a pupil, who enters by the own code and without an account."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Concatenate, ParamSpec

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from donghanh.domain.looking import Reach, Way
from donghanh.lib import clock, throttle, wall
from donghanh.people import queries

P = ParamSpec("P")

#: Codes that open nothing, by address. A school stands behind one: a class of 45 in which everybody
#: mistypes twice stays below; guessing ten signs of 31 at this rate takes billions of years.
WRONG_CODES = throttle.Limit("people.code", failures=100, seconds=900)

#: Codes of mails that open nothing, by address of the network: as those of slips.
WRONG_MAIL_CODES = throttle.Limit("people.mail_code", failures=30, seconds=900)
#: Mails asked for, by address of the network: a school stands behind one.
ASKED_FROM = throttle.Limit("people.mail_from", failures=60, seconds=900)
#: Mails asked for, by the address they would go to, known or not: nobody's mail is flooded.
ASKED_FOR = throttle.Limit("people.mail_for", failures=5, seconds=3600)


def may_ask(request: HttpRequest, address: str) -> bool:
    """
    Tell whether one more mail may be asked for, and count it.

    Args:
        request: Who asks, by the address of the network.
        address: Where the mail would go; told alike whether anybody keeps it.
    """
    counted = ((ASKED_FROM, throttle.address(request)), (ASKED_FOR, address.strip().lower()))
    if any(limit.closed(who) for limit, who in counted):
        return False
    for limit, who in counted:
        limit.failed(who)
    return True


def by_code(
    view: Callable[Concatenate[HttpRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """
    Let a view see what belongs to the code in its address, and nothing else of anybody.

    Everything inside is one transaction in which the database knows the code's digest. A code that
    opens nothing is counted; after too many from one address the door stays shut for a while.
    """

    @wraps(view)
    def door(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        who = throttle.address(request)
        if WRONG_CODES.closed(who):
            return render(request, "429.html", status=HTTPStatus.TOO_MANY_REQUESTS)
        reach = Reach(Way.PUPIL, code=queries.digest_of(str(kwargs["code"])))
        try:
            with wall.looking(reach.way, reach.settings):
                if queries.page_is_over(str(kwargs["code"]), clock.now()):
                    raise Http404
                answer = view(request, *args, **kwargs)
        except Http404:
            WRONG_CODES.failed(who)
            raise
        if answer.status_code == HTTPStatus.NOT_FOUND:
            WRONG_CODES.failed(who)
        return answer

    return door
