"""Pages of the room of people."""

from __future__ import annotations

from donghanh.people.views.mail import ask_way_in, come_in, forget_mail, mail, prove_mail
from donghanh.people.views.records import agree_again, decline, enter, invite, join, renew, stop

__all__ = [
    "agree_again",
    "ask_way_in",
    "come_in",
    "decline",
    "enter",
    "forget_mail",
    "invite",
    "join",
    "mail",
    "prove_mail",
    "renew",
    "stop",
]
