"""Loads the stories once, and tells who can sign in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import ClassVar

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import connection, transaction
from django.utils.translation import gettext as _

from donghanh.accounts.models import User
from donghanh.demonstration import (
    activities,
    campaigning,
    dak_nong,
    days,
    moving_up,
    opened,
    practices,
    present,
    speaking,
    tra_vinh,
)
from donghanh.demonstration.articles import Press
from donghanh.demonstration.diary import Diary
from donghanh.domain.errors import RuleError
from donghanh.domain.rights import Role
from donghanh.dossiers import actions as dossiers
from donghanh.lib import clock
from donghanh.organisation.models import Post, Unit, UnitVersion
from donghanh.organisation.texts import ROLES
from donghanh.people import queries as people
from donghanh.people.models import Invitation

#: What every invented account signs in with; printed wherever the demonstration is shown.
PASSWORD = "dong-hanh-mo-phong"  # noqa: S105 - of invented people
#: What opens one invitation that is still open, and the own file of one pupil on the way.
OPEN_CODE = "MPTHUMAYAA"
OWN_CODE = "MPHSCUAEMA"

#: A transaction lock with this number: two processes that start at once load once.
_LOCK = 7_301_207
_MARK = "dn-so"


class Off(RuleError):
    """Simulated data is switched off in this place."""

    code: ClassVar[str] = "demonstration.off"


class RealData(RuleError):
    """The database holds real units; simulated ones do not belong beside them."""

    code: ClassVar[str] = "demonstration.real_data"


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody invented who can sign in; ``title`` says who it is."""

    role: Role
    name: str
    username: str
    password: str
    title: str


def ensure(today: date) -> tuple[Account, ...]:
    """
    Load the stories unless they are there, and return the accounts, ordered by role.

    Everything is loaded or nothing. What was loaded before stays as it is, whatever the day.

    Args:
        today: The day on which things are late, near or waiting (Asia/Ho_Chi_Minh).

    Raises:
        Off: ``settings.DEMONSTRATION`` is off.
        RealData: There are real units.
    """
    if not settings.DEMONSTRATION:
        raise Off
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        if not Unit.objects.filter(code=_MARK).exists():
            if Unit.objects.filter(simulated=False).exists():
                raise RealData
            _load(today)
    return accounts()


def codes() -> tuple[tuple[str, str], ...]:
    """Return the codes that are typed without an account, each with what it opens."""
    return (
        (OPEN_CODE, _("an invitation that is still open")),
        (OWN_CODE, _("the own file of a pupil on the way")),
    )


def _load(today: date) -> None:
    """Play every story up to yesterday, so that nothing lies in the hours still to come."""
    diary = Diary(today - timedelta(days=1))
    province = dak_nong.build(diary)
    bloc = tra_vinh.year_2020(diary)
    dak_nong.year_2023(province)
    dak_nong.year_2025(province, today)
    known = present.year_2026(province, today)
    moving_up.every_year(province, diary, today)
    activities.every_school(province, known.walking, diary, today)
    practices.write(province, bloc, diary, today)
    campaigning.write(province, diary, today)
    speaking.voices(province, diary, today)
    Press(province.stage, bloc, province.schools[0], diary, partial(days.back, today)).write()
    diary.play()
    for code, pupil in ((OPEN_CODE, known.invited), (OWN_CODE, known.walking)):
        Invitation.objects.filter(code_digest=people.digest_of(pupil.code)).update(
            code_digest=people.digest_of(code)
        )
    # Hashed once: the same password for all, and a hash that is meant to take its time.
    able = [*province.stage.able, *bloc.able]
    User.objects.filter(pk__in=able).update(password=make_password(PASSWORD))
    # Each story kept where its cases stood on its own days: from here on lists ask for today.
    dossiers.refresh_all(today=today)
    opened.figures(province, today)
    # After all else, for it is of the present hour; no figure counts it.
    now = clock.now()
    if now.astimezone(clock.ZONE).date() == today:
        activities.open_today(province, known.walking, now)


def accounts() -> tuple[Account, ...]:
    """Return the invented accounts that can sign in, by role, then as they were made."""
    order = list(Role)
    posts = Post.objects.filter(user__simulated=True).select_related("user", "unit")
    able = [post for post in posts.order_by("id") if post.user.has_usable_password()]
    names = dict(
        UnitVersion.objects.filter(unit__in=[post.unit_id for post in able]).values_list(
            "unit_id", "name"
        )
    )
    found = [
        Account(
            role=Role(post.role),
            name=post.user.name,
            username=post.user.username,
            password=PASSWORD,
            title=_("%(role)s – %(unit)s – %(name)s")
            % {"role": ROLES[Role(post.role)], "unit": names[post.unit_id], "name": post.user.name},
        )
        for post in able
    ]
    return tuple(sorted(found, key=lambda account: order.index(account.role)))
