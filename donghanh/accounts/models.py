"""The account a person signs in with."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower


class Accounts(BaseUserManager["User"]):
    """Finds an account the way a person types it: capitals and blanks do not matter."""

    def get_by_natural_key(self, username: str | None) -> User:
        """Return the account with this name."""
        return self.get(username=(username or "").strip().lower())


class User(AbstractBaseUser):
    """
    A person who signs in. Rights come from posts, never from here.

    ``label`` tells in a list who somebody is ("Bí thư chi bộ, …"); it gives no right.
    """

    username = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=150)
    label = models.CharField(max_length=200, blank=True)
    is_active = models.BooleanField(default=True)
    simulated = models.BooleanField(default=False)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects: ClassVar[Accounts] = Accounts()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="accounts_user_username_is_lower",
                condition=models.Q(username=Lower("username")),
            )
        ]

    def __str__(self) -> str:
        """Return the account's name for signing in."""
        return self.username
