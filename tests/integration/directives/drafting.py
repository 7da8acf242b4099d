"""Directives written here, for the tests of the room: drafts, and the roads they take."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from django.db import transaction

from donghanh.accounts.models import User
from donghanh.directives import actions
from donghanh.directives.actions import Written
from donghanh.directives.models import Directive
from donghanh.domain.authority import Actor
from donghanh.domain.drafting import Addressing, Choice
from donghanh.history import actions as history
from donghanh.organisation.models import UnitVersion
from tests import factory
from tests.factory import Cast

#: The day everything is done, unless a test says otherwise.
ON = date(2026, 9, 7)
AT = factory.instant(ON)
REPORT = {
    "text": "Báo cáo kết quả thực hiện về Sở",
    "due": "--06-10",
    "recurs": "yearly",
    "before": True,
    "shift": "",
}
OTHER = {"text": "Gửi danh sách đầu mối", "due": "2026-09-30", "recurs": None, "before": False}
PLAN = Written(
    kind="plan",
    subject="Kế hoạch phát triển đảng viên trong học sinh",
    bases=["Chỉ thị số 34-CT/TW ngày 30/5/1998 của Bộ Chính trị"],
    parts=[{"title": "Mục đích", "text": "Tạo nguồn kết nạp."}],
    duties=[REPORT, {**OTHER, "shift": ""}],
    choice=Choice(Addressing.TREE),
)


def actor(user: User, on: date = ON) -> Actor:
    """Return somebody on the day."""
    return factory.actor(user, on)


def lettered(cast: Cast) -> Cast:
    """Give every body of the cast the letters its papers are numbered with."""
    with transaction.atomic():
        for unit, letters in (
            (cast.competent, "ĐUCT"),
            (cast.base, "ĐUCS"),
            (cast.upper_union, "TĐTN"),
        ):
            UnitVersion.objects.filter(unit=unit).update(symbol=letters)
        # A line of its own, so that a set-up may be committed.
        history.record(
            at=AT,
            actor=factory.founder(),
            action="tests.lettered",
            subject="unit",
            subject_id=cast.competent.pk,
        )
    return cast


def drafted(who: User, on: date = ON, cascades: int | None = None, **changed: Any) -> Directive:
    """Write a draft as somebody."""
    return actions.write_draft(
        actor=actor(who, on),
        written=replace(PLAN, **changed),
        at=factory.instant(on),
        on=on,
        cascades=cascades,
    )


def signed(who: User, chief: User, on: date = ON, **changed: Any) -> Directive:
    """Write, submit and sign a draft."""
    draft = drafted(who, on, **changed)
    at = factory.instant(on)
    actions.submit_draft(actor=actor(who, on), directive_id=draft.pk, seen=1, at=at, on=on)
    return actions.sign_draft(actor=actor(chief, on), directive_id=draft.pk, seen=2, at=at, on=on)


def issued(who: User, chief: User, on: date = ON, **changed: Any) -> Directive:
    """Write, submit, sign and issue a draft."""
    draft = signed(who, chief, on, **changed)
    return actions.issue_draft(
        actor=actor(who, on),
        directive_id=draft.pk,
        seen=3,
        at=factory.instant(on),
        on=on,
    )


def by_officer(cast: Cast, on: date = ON, **changed: Any) -> Directive:
    """Issue a plan of the department."""
    return issued(cast.officer, cast.leader, on, **changed)
