"""Sentences of the room of accounts."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WRONG: Promise = _(
    "The account's name or the password is not right. Check both and try again; capitals count in "
    "the password."
)
