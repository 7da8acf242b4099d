"""Reads of the room of accounts."""

from __future__ import annotations

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX

from donghanh.accounts.models import User


def demonstration_accounts() -> list[User]:
    """Return the generated accounts that can sign in, ordered by name for signing in."""
    found = User.objects.filter(simulated=True, is_active=True)
    found = found.exclude(password__startswith=UNUSABLE_PASSWORD_PREFIX)
    return list(found.order_by("username"))
