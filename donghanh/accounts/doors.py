"""Doors around the own account, which need no post, and around what needs a mail server."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

from donghanh.accounts import adapters
from donghanh.lib import clock

View = Callable[..., HttpResponse]


def own(view: View) -> View:
    """Let who is signed in see and change the own account, in one transaction; keep no copy."""

    @never_cache
    @login_required
    @wraps(view)
    def door(request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
        with transaction.atomic():
            return view(request, *args, **options)

    return door


def with_mail(view: View) -> View:
    """Answer as if there were no such page where no mail can be sent; keep no copy."""

    @never_cache
    @wraps(view)
    def door(request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
        if not settings.MAIL:
            raise Http404
        return view(request, *args, **options)

    return door


def seen(answer: View) -> View:
    """Note once an hour that a session is used: one statement, eight in a working day."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = answer(request)
        session = getattr(request, "session", None)
        noted = session.get(adapters.HOUR) if session is not None and session.accessed else None
        if session is not None and noted not in {None, adapters.hour()}:
            session[adapters.HOUR] = adapters.hour()
            running = UserSession.objects.filter(session_key=session.session_key)
            running.update(last_seen_at=clock.now())
        return response

    return middleware
