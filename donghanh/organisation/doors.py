"""The door between a web request and an actor: views of every room enter through it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse

from donghanh.domain.authority import Actor, NotAllowed
from donghanh.lib import clock, wall
from donghanh.organisation import queries

P = ParamSpec("P")

#: The session's key for the post a person has chosen.
CHOSEN_POST = "post"


def acting(
    view: Callable[Concatenate[HttpRequest, Actor, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """
    Hand a view the actor of a signed-in request, built once, from the post chosen.

    Everything inside is one transaction in which the database knows which way the actor looks, and
    how far. Whoever is not signed in is sent to sign in. An account without a post, and a right
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
            _tell_shell(request, standing)
            reach = standing.actor.reach
            with wall.looking(reach.way, reach.settings):
                return view(request, standing.actor, *args, **kwargs)
        except (queries.NoPost, NotAllowed) as refusal:
            raise Http404 from refusal

    return door


def _tell_shell(request: HttpRequest, standing: queries.Standing) -> None:
    """Leave with the request what the frame around every page shows."""
    told = {
        "actor": standing.actor,
        "posts": standing.posts,
        "simulated": getattr(request.user, "simulated", False),
    }
    for name, value in told.items():
        setattr(request, name, value)
