"""A practice as tests tell it, and what they do with it, each on the day of the tests."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from donghanh.accounts.models import User
from donghanh.domain.practising import Challenge, Telling
from donghanh.practices import actions
from donghanh.practices.actions import Source
from donghanh.practices.models import Practice
from tests import factory
from tests.factory import Cast

TODAY = date(2024, 3, 1)
AT = factory.instant(TODAY, 9)
CHALLENGE = Challenge("Mở một góc đọc", "Để lớp dưới có sách", ("Hỏi", "Mở"), "Ngày mở", 60)
TOLD = Telling("Góc đọc lớp dưới", "Lớp dưới có sách đọc", "Khối 10", ("Hỏi", "Mở"), (CHALLENGE,))


def proposed(user: User, *, once: str = "mot", title: str = TOLD.title) -> Practice:
    """Let somebody propose a practice."""
    return actions.propose(
        actor=factory.actor(user, TODAY),
        telling=replace(TOLD, title=title),
        once=once,
        at=AT,
        today=TODAY,
    )


def recognised(cast: Cast, user: User | None = None, *, once: str = "mot") -> Practice:
    """Let a school propose, and the department recommend and recognise."""
    practice = proposed(user or cast.secretary, once=once)
    officer = factory.actor(cast.officer, TODAY)
    actions.recommend(actor=officer, practice_id=practice.pk, seen=1, at=AT)
    return actions.recognise(
        actor=officer,
        practice_id=practice.pk,
        seen=2,
        paper_number="12/QĐ-SGDĐT",
        paper_date=date(2024, 2, 20),
        at=AT,
        today=TODAY,
    )


def taken(
    user: User,
    source: Practice | str,
    *,
    once: str = "nhan",
    since: date = TODAY,
    told: Telling = TOLD,
) -> Practice:
    """Let somebody take a practice over, of a unit or of the library."""
    found = Source(library_key=source) if isinstance(source, str) else Source(source.pk)
    return actions.take_over(
        actor=factory.actor(user, TODAY),
        source=found,
        telling=told,
        changes="Làm theo nhóm ba bạn.",
        since=since,
        once=once,
        at=AT,
        today=TODAY,
    )


def stated(user: User, practice: Practice, number: int = 3, year: str = "2023-2024") -> None:
    """Let somebody state how many pupils took part."""
    actions.state_result(
        actor=factory.actor(user, TODAY),
        practice_id=practice.pk,
        school_year=year,
        label="Học sinh tham gia",
        number=number,
        measure="người",
        persons=True,
        at=AT,
        today=TODAY,
    )
