"""The page of a department's figures, over the doors of the product: counted, kept, and empty."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.test import Client, override_settings
from django.urls import path

from benchmarks.lists import by_turns, say
from donghanh.config.urls import urlpatterns as _product
from donghanh.domain.authority import Actor
from donghanh.organisation import doors

OFFICER = 6_000_000


@doors.acting
def empty(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Show the frame of a page around nothing."""
    return render(request, "base.html")


def bare(request: HttpRequest) -> HttpResponse:
    """Answer one word to anybody."""
    return HttpResponse("ok")


urlpatterns = [path("trong", empty), path("tran", bare), *_product]


def pages(times: int) -> None:
    """
    Measure the page of a department's figures: counted anew, taken as kept, and an empty one.

    The figures are those of today, as the job keeps them added up; nothing of it stays.
    """
    from django.core.cache import caches

    from donghanh.amendments import queries as amendments
    from donghanh.domain.calendar import SchoolYear
    from donghanh.indicators import actions
    from donghanh.lib import clock

    address = f"/so-lieu/{SchoolYear.of(clock.today()).key}/"
    overrides = {
        "ROOT_URLCONF": __name__,
        "SECURE_SSL_REDIRECT": False,
        "SESSION_COOKIE_SECURE": False,
        "ALLOWED_HOSTS": ["testserver"],
    }
    with transaction.atomic(), override_settings(**overrides):
        actions.keep_sums(today=clock.today(), book=amendments.current())
        client = _officer()

        def asked(what: str) -> Callable[[], object]:
            return lambda: _timed(client, what)

        def counted() -> object:
            caches["pages"].clear()
            return _timed(client, address)

        found = by_turns(
            {
                "bare": asked("/tran"),
                "empty, behind the doors": asked("/trong"),
                "figures, kept": asked(address),
                "figures, counted": counted,
            },
            times,
        )
        transaction.set_rollback(True)
    for name, took in found.items():
        say(
            f"page      {name:34}{took:10.2f} ms   {took / found['bare']:6.2f} x bare"
            f"   {took / found['empty, behind the doors']:6.2f} x empty"
        )


def _timed(client: Client, address: str) -> float:
    import time

    began = time.perf_counter()
    answer = client.get(address)
    took = time.perf_counter() - began
    if answer.status_code != 200:
        raise SystemExit(f"{address} answers {answer.status_code}")
    return took


def _officer() -> Any:
    """Give the department a clerk who is signed in."""
    from donghanh.accounts.models import User
    from donghanh.organisation.models import Post

    # Nobody acts here, and history would refuse it.
    with connection.cursor() as cursor:
        for table in ("accounts_user", "organisation_post"):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    user = User.objects.create(id=OFFICER, username="chuyenvien", name="Chuyên viên")
    Post.objects.create(user=user, unit_id=1, role="officer", in_force=("2016-07-01", None))
    client = Client()
    client.force_login(user)
    session = client.session
    session[doors.SECOND_FACTOR] = user.pk
    session.save()
    return client
