"""The door between a web request and an actor: views of every room enter through it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from donghanh.amendments import queries as amendments
from donghanh.domain import requests
from donghanh.domain.authority import Actor, NotAllowed, needs_second_factor
from donghanh.lib import clock, wall
from donghanh.organisation import queries

P = ParamSpec("P")

#: The session's key for the post a person has chosen.
CHOSEN_POST = "post"
#: The session's key for the account that signed in with a second factor; no query is asked for it.
SECOND_FACTOR = "second_factor"


def acting(
    view: Callable[Concatenate[HttpRequest, Actor, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """
    Hand a view the actor of a signed-in request, built once, from the post chosen.

    Everything inside is one transaction in which the database knows which way the actor looks, and
    how far. Whoever is not signed in is sent to sign in, and who acts through a post that needs a
    second factor and signed in without one, to set it up. An account without a post, and a right
    that is not given, answer like a page that does not exist.
    """

    @login_required
    @wraps(view)
    def door(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            if request.user.pk is None:
                raise queries.NoPost
            chosen = request.session.get(CHOSEN_POST)
            standing = queries.standing(request.user.pk, clock.today(), chosen, at=clock.now())
            if _lacks_factor(request, standing.actor):
                return redirect("mfa_index")
            _tell_shell(request, standing)
            reach = standing.actor.reach
            with wall.looking(reach.way, reach.settings):
                return view(request, standing.actor, *args, **kwargs)
        except (queries.NoPost, NotAllowed) as refusal:
            raise Http404 from refusal
        except DatabaseError as error:
            if wall.refused_by(error) != wall.RESTS:
                raise
            return resting(request)

    return door


def resting(request: HttpRequest) -> HttpResponse:
    """
    Say that nothing was kept, because a pupil asked that the work rests, and by which rule.

    Every action comes here that would have recorded something about such a pupil.
    """
    rule = amendments.current().find_number(requests.RULES[requests.Kind.RESTRICT], clock.today())
    answer = {"entry": rule}
    return render(request, "organisation/resting.html", answer, status=HTTPStatus.CONFLICT)


def _lacks_factor(request: HttpRequest, actor: Actor) -> bool:
    """
    Tell whether a second factor is needed and was not given.

    Where invented people are shown, their accounts need none: everybody is told their password.
    """
    if not needs_second_factor(actor.post.role):
        return False
    if settings.DEMONSTRATION and getattr(request.user, "simulated", False):
        return False
    return request.session.get(SECOND_FACTOR) != actor.user_id


def _tell_shell(request: HttpRequest, standing: queries.Standing) -> None:
    """Leave with the request what the frame around every page shows."""
    told = {
        "actor": standing.actor,
        "posts": standing.posts,
        "simulated": getattr(request.user, "simulated", False),
    }
    for name, value in told.items():
        setattr(request, name, value)
