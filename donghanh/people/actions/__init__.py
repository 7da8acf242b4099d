"""Writes of the room of people."""

from __future__ import annotations

from donghanh.people.actions.inviting import (
    InvitationOver,
    forget_names,
    forget_over,
    invite_pupil,
    renew_code,
)
from donghanh.people.actions.mail import (
    CODE_MINUTES,
    Ask,
    CodeOver,
    MailTaken,
    MailUnanswered,
    ask_way_in,
    come_in,
    forget_address,
    keep_address,
    prove_address,
)
from donghanh.people.actions.records import (
    accept_invitation,
    agree_again,
    bring_back,
    correct,
    erase_record,
    put_aside,
    rest,
    withdraw_consent,
    withdraw_with_code,
)

__all__ = [
    "CODE_MINUTES",
    "Ask",
    "CodeOver",
    "InvitationOver",
    "MailTaken",
    "MailUnanswered",
    "accept_invitation",
    "agree_again",
    "ask_way_in",
    "bring_back",
    "come_in",
    "correct",
    "erase_record",
    "forget_address",
    "forget_names",
    "forget_over",
    "invite_pupil",
    "keep_address",
    "prove_address",
    "put_aside",
    "renew_code",
    "rest",
    "withdraw_consent",
    "withdraw_with_code",
]
