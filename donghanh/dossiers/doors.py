"""The door before a form about one pupil: while the work rests it says so, and shows no form."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from donghanh.domain.authority import Actor
from donghanh.dossiers import queries
from donghanh.dossiers.queries import Rest
from donghanh.lib import clock

P = ParamSpec("P")
_View = Callable[Concatenate[HttpRequest, Actor, P], HttpResponse]


def unless_it_rests(view: _View[P]) -> _View[P]:
    """
    Show a form about a pupil only while the work goes on.

    Stands inside ``organisation.doors.acting``, over a view with ``dossier_id`` or ``person_id`` in
    its address. What is sent all the same is refused by the database.
    """

    @wraps(view)
    def door(
        request: HttpRequest, actor: Actor, /, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponse:
        found = None if request.method == "POST" else _rest(actor, kwargs)
        return view(request, actor, *args, **kwargs) if found is None else rests(request, found)

    return door


def rests(request: HttpRequest, found: Rest) -> HttpResponse:
    """Say that the work rests, since when and by which rule, and what can be done meanwhile."""
    return render(request, "dossiers/rests.html", {"rest": found})


def _rest(actor: Actor, holes: dict[str, Any]) -> Rest | None:
    if "dossier_id" in holes:
        return queries.rest_of_dossier(actor, holes["dossier_id"], clock.today())
    return queries.rest_of_person(actor, holes["person_id"], clock.today())
