"""The door for a pupil, who enters by the own code and without an account."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse

from donghanh.domain.looking import Reach, Way
from donghanh.lib import wall
from donghanh.people import queries

View = Callable[[HttpRequest, str], HttpResponse]


def by_code(view: View) -> View:
    """
    Let a view see what belongs to the code in its address, and nothing else of anybody.

    Everything inside is one transaction in which the database knows the code's digest.
    """

    @wraps(view)
    def door(request: HttpRequest, code: str) -> HttpResponse:
        reach = Reach(Way.PUPIL, code=queries.digest_of(code))
        with wall.looking(reach.way, reach.settings):
            return view(request, code)

    return door
