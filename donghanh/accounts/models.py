"""The account a person signs in with."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower


class Accounts(BaseUserManager["User"]):
    """Finds an account the way a person types it: capitals and blanks do not matter."""

    def get_by_natural_key(self, username: str | None) -> User:
        """Return the account with this name."""
        return self.get(username=(username or "").strip().lower())


class User(AbstractBaseUser):
    """
    A person who signs in. Rights come from posts, never from here.

    ``label`` tells in a list who somebody is ("Bí thư chi bộ, …"); it gives no right. ``email`` is
    set by who invites, never by the person: an own provider may sign somebody in by it.
    ``search_key`` is the name without marks, ``sort_key`` what puts it in its place in a list.
    """

    username = models.CharField(max_length=64, unique=True)
    email = models.EmailField(blank=True, default="", db_default="")
    name = models.CharField(max_length=150)
    search_key = models.CharField(max_length=150, db_default="", db_collation="C", editable=False)
    sort_key = models.CharField(max_length=600, db_default="", db_collation="C", editable=False)
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
                condition=Q(username=Lower("username")),
            ),
            models.CheckConstraint(
                name="accounts_user_email_is_lower", condition=Q(email=Lower("email"))
            ),
            models.UniqueConstraint(
                name="accounts_user_email_once", fields=["email"], condition=~Q(email="")
            ),
        ]

    def __str__(self) -> str:
        """Return the account's name for signing in."""
        return self.username


class AccountInvitation(models.Model):
    """
    A link that opens once: to a new account, or to a new password of one there is.

    ``account`` is whose password it renews, or the account it made once ``accepted_at`` is set. A
    new account gets the post of ``role`` in ``unit`` where both are given. Of the link only a
    digest is kept. Read by: who invites. Goes: never; it says who let whom in.
    """

    digest = models.CharField(max_length=64, unique=True)
    username = models.CharField(max_length=64)
    name = models.CharField(max_length=150)
    email = models.EmailField(blank=True)
    unit = models.ForeignKey(
        "organisation.Unit", on_delete=models.PROTECT, related_name="+", null=True
    )
    role = models.CharField(max_length=32, blank=True)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="invitations"
    )
    invited_at = models.DateTimeField()
    until = models.DateTimeField()
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="let_in_by", null=True
    )
    accepted_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="accounts_accountinvitation_ends_after_it_begins",
                condition=Q(until__gt=F("invited_at")),
            ),
            models.CheckConstraint(
                name="accounts_accountinvitation_post_is_whole",
                condition=Q(unit=None, role="") | (Q(unit__isnull=False) & ~Q(role="")),
            ),
            models.CheckConstraint(
                name="accounts_accountinvitation_accepted_by_somebody",
                condition=Q(accepted_at=None) | Q(account__isnull=False),
            ),
            models.CheckConstraint(
                name="accounts_accountinvitation_not_both",
                condition=Q(accepted_at=None) | Q(withdrawn_at=None),
            ),
            models.UniqueConstraint(
                name="accounts_accountinvitation_one_open_each",
                fields=["username"],
                condition=Q(accepted_at=None, withdrawn_at=None),
            ),
        ]

    def __str__(self) -> str:
        """Return the invitation as its number."""
        return f"#{self.pk}"
