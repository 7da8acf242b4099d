"""Opens dossiers in an emergency, tells of it, and verifies history."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import ClassVar

from django.db import transaction

from donghanh.accounts.models import User
from donghanh.domain import authority
from donghanh.domain.authority import Actor, NotAllowed
from donghanh.domain.errors import RuleError
from donghanh.domain.looking import Way
from donghanh.domain.rights import Right
from donghanh.dossiers.models import Dossier
from donghanh.history import actions as history
from donghanh.history import queries as chain
from donghanh.history.models import Head
from donghanh.history.queries import Verified
from donghanh.lib import wall
from donghanh.organisation.models import Opening
from donghanh.oversight import queries
from donghanh.people import queries as people

#: As long as the table keeps it.
LONGEST_REASON = 300


class ReasonMissing(RuleError):
    """Dossiers are opened in an emergency without saying why."""

    code: ClassVar[str] = "oversight.reason_missing"


class ReasonTooLong(RuleError):
    """The reason is longer than what is kept."""

    code: ClassVar[str] = "oversight.reason_too_long"


class PasswordWrong(RuleError):
    """The password typed again is not that of the account."""

    code: ClassVar[str] = "oversight.password_wrong"


class AlreadyRunning(RuleError):
    """The account has opened something that has not ended yet."""

    code: ClassVar[str] = "oversight.already_running"


class NotToBeOpened(RuleError):
    """The number is of no dossier of that school that can be opened; unknown ones alike."""

    code: ClassVar[str] = "oversight.not_to_be_opened"


@transaction.atomic
def open_cases(
    *,
    actor: Actor,
    school_id: int,
    dossier_id: int | None,
    reason: str,
    password: str,
    at: datetime,
    today: date,
) -> Opening:
    """
    Open the dossiers of one school, or one of them, to who does not reach them, for some hours.

    Args:
        actor: Who opens; of the organisation board of a committee.
        school_id: The school; its cell stands in the same Party tree.
        dossier_id: The one dossier; ``None`` for all of the school.
        reason: Why; kept, and shown to the school's cell.
        password: The account's password, typed again.
        at: The instant (aware, UTC).
        today: The day (Asia/Ho_Chi_Minh).

    Raises:
        NotAllowed: The post opens nothing, or not at this school.
        ReasonMissing: No reason.
        ReasonTooLong: A longer one than ``LONGEST_REASON`` signs.
        PasswordWrong: The password is another.
        AlreadyRunning: Another opening of the account still runs.
        NotToBeOpened: There is no such dossier at the school.
    """
    if school_id not in {unit.id for unit in queries.openable(actor, today)}:
        raise NotAllowed(right=Right.OPEN_EMERGENCY.value, role=actor.post.role.value)
    why = " ".join(reason.split())
    if not why:
        raise ReasonMissing
    if len(why) > LONGEST_REASON:
        raise ReasonTooLong(longest=LONGEST_REASON)
    user = User.objects.select_for_update().get(pk=actor.user_id)
    if not user.check_password(password):
        raise PasswordWrong
    if queries.own(actor).filter(until__gt=at, ended_at=None).exists():
        raise AlreadyRunning
    if dossier_id is not None and not _is_there(actor, school_id, dossier_id):
        raise NotToBeOpened
    opening = Opening.objects.create(
        user=user,
        post_id=actor.post.id,
        school_id=school_id,
        dossier_number=dossier_id,
        reason=why,
        opened_at=at,
        until=at + timedelta(hours=queries.hours(today)),
    )
    facts = {"opening": opening.pk, "until": opening.until.isoformat(), "dossier": dossier_id}
    _record(actor, opening, at, "oversight.opened", facts)
    return opening


def _is_there(actor: Actor, school_id: int, dossier_id: int) -> bool:
    """Tell whether a school has such a dossier; the database is told of that school for once."""
    reach = replace(actor.reach, way=Way.EMERGENCY, opened=school_id)
    with wall.looking(reach.way, reach.settings):
        known = Dossier.objects.filter(school_id=school_id, person__in=people.agreed())
        return known.filter(pk=dossier_id).exists()


@transaction.atomic
def end_opening(*, actor: Actor, opening_id: int, at: datetime) -> Opening:
    """
    End an opening before it ends by itself.

    Raises:
        Opening.DoesNotExist: Unknown, somebody else's, or ended already.
    """
    running = queries.own(actor).filter(until__gt=at, ended_at=None)
    opening = running.select_for_update().get(pk=opening_id)
    opening.ended_at = at
    opening.save(update_fields=["ended_at"])
    _record(actor, opening, at, "oversight.ended", {"opening": opening.pk})
    return opening


@transaction.atomic
def confirm_notice(*, actor: Actor, opening_id: int, at: datetime) -> Opening:
    """
    Confirm for the school's cell that the notice of an opening has been seen.

    Raises:
        NotAllowed: The post hears of no openings.
        Opening.DoesNotExist: Unknown, of another school, or confirmed already.
    """
    authority.require(actor, Right.HEAR_EMERGENCIES)
    unseen = queries.heard_by(actor).filter(seen_at=None)
    opening = unseen.select_for_update().get(pk=opening_id)
    opening.seen_at, opening.seen_by_id = at, actor.user_id
    opening.save(update_fields=["seen_at", "seen_by"])
    _record(actor, opening, at, "oversight.notice_seen", {"opening": opening.pk})
    return opening


def _record(
    actor: Actor, opening: Opening, at: datetime, action: str, facts: dict[str, object]
) -> None:
    """Write the line of history, about the school."""
    history.record(
        at=at,
        actor=actor,
        action=action,
        subject="unit",
        subject_id=opening.school_id,
        facts=facts,
    )


@transaction.atomic
def verify_history(*, actor: Actor, at: datetime) -> Verified:
    """
    Read the end of the chain of history, at most ``LAST_LINES``, and keep what it showed.

    The whole chain is read outside the pages, by ``donghanh history verify``.

    Args:
        actor: Who verifies.
        at: The instant (aware, UTC).

    Raises:
        NotAllowed: The post does not read history.
    """
    authority.require(actor, Right.READ_HISTORY)
    head = Head.objects.filter(pk=1).first()
    after = max(0, (head.position if head else 0) - queries.LAST_LINES)
    found = chain.verify(after=after)
    history.record(
        at=at,
        actor=actor,
        action="oversight.history_verified",
        subject="history",
        subject_id=found.lines,
        facts={"after": after, "broken": found.broken.position if found.broken else None},
    )
    return found
