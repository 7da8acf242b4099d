"""What every page of this room stands in: its tabs, and days out of addresses."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import pgettext

from donghanh.domain.authority import Actor
from donghanh.domain.rights import Right

#: A field is wrong, or the rules refuse.
REFUSED = 422
#: Somebody else was first.
CHANGED = 409


def page(
    request: HttpRequest,
    actor: Actor,
    template: str,
    tab: str,
    context: dict[str, Any],
    status: int = 200,
) -> HttpResponse:
    """Render a page of this room with its tabs."""
    keeps = actor.may(Right.KEEP_RULES)
    told = {**context, "tabs": _tabs(tab, keeps=keeps), "keeps": keeps}
    return render(request, f"rulebook/{template}.html", told, status=status)


def _tabs(current: str, *, keeps: bool) -> list[dict[str, object]]:
    named = [
        ("day", pgettext("rules", "By day")),
        ("road", pgettext("rules", "By step")),
        ("forms", pgettext("rules", "Forms")),
        ("compare", pgettext("rules", "Compare two days")),
    ]
    if keeps:
        named += [
            ("doubts", pgettext("rules", "To be compared")),
            ("amendments", pgettext("rules", "Amendments")),
        ]
    return [
        {"label": label, "url": reverse(f"rulebook:{name}"), "current": name == current}
        for name, label in named
    ]


def day_of(request: HttpRequest, key: str) -> date | None:
    """Return the day an address names; None for none, or for what is no day."""
    try:
        return date.fromisoformat(request.GET.get(key, ""))
    except ValueError:
        return None


def words_of(request: HttpRequest, key: str) -> str:
    """Return the words an address names, cut at what a person types."""
    return request.GET.get(key, "").strip()[:100]
