"""Writes of the room of open figures."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import ClassVar

from django.db import connection, transaction

from donghanh.domain.authority import Actor
from donghanh.domain.errors import RuleError
from donghanh.history import actions as history
from donghanh.openfigures import queries
from donghanh.openfigures.models import Publication

#: A transaction lock with this number: two units tell one after the other, each knowing of the
#: other's figures what everybody knows.
_LOCK = 7_301_219


class Changed(RuleError):
    """The figures are not those that were looked at."""

    code: ClassVar[str] = "openfigures.changed"


@transaction.atomic
def publish(
    *, actor: Actor, chosen: queries.Chosen, seen: str, at: datetime, today: date
) -> Publication:
    """
    Let everybody read figures of the own unit as they are now; older ones of the year give way.

    Args:
        actor: Who decides it; makes figures public.
        chosen: Of which year, which figures.
        seen: The digest of what was looked at.
        at: The instant (aware, UTC).
        today: The day (Asia/Ho_Chi_Minh).

    Raises:
        NotAllowed: The post makes no figures public.
        Changed: They are not what was looked at.
        NothingChosen, NotShown, BadSchoolYear: See ``queries.draft``.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    draft = queries.draft(actor, chosen, today)
    if draft.digest != seen:
        raise Changed
    before = queries.visible_to(actor).filter(school_year=draft.school_year, withdrawn_at=None)
    before.update(withdrawn_at=at, withdrawn_by_id=actor.user_id)
    made = Publication.objects.create(
        unit_id=draft.unit_id,
        unit_name=draft.unit_name,
        school_year=draft.school_year,
        cutoff_date=draft.cutoff,
        figures=list(draft.figures),
        schools=list(draft.schools),
        most=draft.most,
        published_at=at,
        published_by_id=actor.user_id,
    )
    told = {"year": draft.school_year, "digest": draft.digest, "figures": len(draft.figures)}
    _record(actor, at, "openfigures.published", made, told)
    return made


@transaction.atomic
def withdraw(*, actor: Actor, publication_id: int, at: datetime) -> None:
    """
    Take figures back; everybody finds nothing in their place within the minute.

    Raises:
        Publication.DoesNotExist: Unknown, not of this unit, or taken back already.
        NotAllowed: The post makes no figures public.
    """
    rows = queries.visible_to(actor).select_for_update(of=("self",)).filter(withdrawn_at=None)
    one = rows.get(pk=publication_id)
    one.withdrawn_at, one.withdrawn_by_id = at, actor.user_id
    one.save(update_fields=["withdrawn_at", "withdrawn_by"])
    _record(actor, at, "openfigures.withdrawn", one, {"year": one.school_year})


def _record(
    actor: Actor, at: datetime, action: str, one: Publication, facts: Mapping[str, object]
) -> None:
    history.record(
        at=at,
        actor=actor,
        action=action,
        subject="publication",
        subject_id=one.pk,
        facts=facts,
    )
