"""Writes of the room of accounts."""

from __future__ import annotations

from django.db import transaction

from donghanh.accounts.models import User


@transaction.atomic
def create_user(
    *, username: str, name: str, password: str | None, simulated: bool, label: str = ""
) -> User:
    """
    Create an account, or return the one that has this name already.

    Args:
        username: What is typed to sign in; stored in lower case.
        name: How the person is called on screen.
        password: ``None`` leaves the account without a way to sign in by password.
        simulated: Whether the person is generated.
        label: What lists say of who it is; gives no right.

    Returns:
        The account; an existing one is returned unchanged.
    """
    found = User.objects.filter(username=username.lower()).first()
    if found is not None:
        return found
    user = User(username=username.lower(), name=name, label=label, simulated=simulated)
    if password is None:
        user.set_unusable_password()
    else:
        user.set_password(password)
    user.save()
    return user
