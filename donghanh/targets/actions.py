"""Writes of the room of targets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import ClassVar

from django.db import IntegrityError, transaction

from donghanh.domain import authority, targets
from donghanh.domain.authority import Actor
from donghanh.domain.calendar import SchoolYear
from donghanh.domain.errors import RuleError
from donghanh.domain.rights import Right
from donghanh.domain.succession import View
from donghanh.history import actions as history
from donghanh.targets import queries
from donghanh.targets.models import Target
from donghanh.targets.queries import words
from donghanh.targets.queries.plans import Plan
from donghanh.targets.queries.trees import Tree


class ChangedMeanwhile(RuleError):
    """Somebody else has changed the targets since they were looked at."""

    code: ClassVar[str] = "targets.changed_meanwhile"


@transaction.atomic
def share_out(
    *,
    actor: Actor,
    school_year: str,
    indicator: str,
    amounts: Mapping[int, int],
    seen: str | None = None,
    paper_number: str,
    paper_date: date,
    reason: str = "",
    at: datetime,
    on: date,
) -> tuple[int, ...]:
    """
    Decide the targets of the units directly below, and record what the own unit was given.

    What held before stays as it was written; each amount that is new becomes the next decision
    about its unit.

    Args:
        actor: Who shares out, for the unit of the post.
        school_year: Such as "2026-2027"; the present one or the next.
        indicator: The figure units are asked for; empty for the one letters ask for.
        amounts: Amount by unit id; units left out stay as they are.
        seen: ``Plan.digest`` the actor had before the eyes; ``None`` where nobody looked.
        paper_number: Number of the decision or letter behind it.
        paper_date: Its day.
        reason: Why what holds is changed; may be empty where nothing held.
        at: The instant (aware, UTC).
        on: The day it is recorded (Asia/Ho_Chi_Minh).

    Returns:
        The ids of the units whose target is another now, ascending.

    Raises:
        NotAllowed: The post does not share targets out.
        BadSchoolYear, YearClosed: No such year, or none whose targets are still set.
        NoSuchFigure: Units cannot be asked for it.
        NotBelow, NotThen: A unit is not directly below, or does not exist then.
        GivenFromAbove: The own target was decided by the unit above.
        Absurd, NothingChanges, NoPaper, NoReason, PaperNotYet: See ``domain.targets``.
        ChangedMeanwhile: Somebody else changed them since.
    """
    authority.require(actor, Right.SHARE_TARGETS)
    targets.check_year(SchoolYear.from_key(school_year), on)
    plan = queries.plan(actor, school_year, indicator, on)
    tree = queries.tree_of(actor, View.BRIDGED, on)
    _check_units(amounts, plan, tree)
    if seen is not None and seen != plan.digest:
        raise ChangedMeanwhile
    before = {row.unit_id: row.amount for row in plan.rows}
    before[actor.post.unit_id] = plan.own.amount if plan.own else None
    paper_number, reason = " ".join(paper_number.split()), " ".join(reason.split())
    new = targets.check(amounts, before, number=paper_number, reason=reason)
    said = words.said_about(new, plan.indicator.code, plan.year.key, queries.askable()[1])
    held = [day for unit in new if (day := words.newest(said.get(unit, ()))) is not None]
    targets.check_day(paper_date, on, held)
    numbers = words.numbers(said)
    rows = [
        Target(
            unit_id=unit,
            indicator=plan.indicator.code,
            school_year=plan.year.key,
            number=numbers.get(unit, 0) + 1,
            amount=amount,
            given_by_id=actor.post.unit_id,
            paper_number=paper_number,
            paper_date=paper_date,
            reason=reason,
            set_by_id=actor.user_id,
            set_at=at,
        )
        for unit, amount in sorted(new.items())
    ]
    _keep(rows)
    history.record(
        at=at,
        actor=actor,
        action="targets.shared_out",
        subject="unit",
        subject_id=actor.post.unit_id,
        facts={
            "school_year": plan.year.key,
            "indicator": plan.indicator.code,
            "units": sorted(new),
            "amounts": [new[unit] for unit in sorted(new)],
        },
    )
    return tuple(sorted(new))


def _check_units(amounts: Iterable[int], plan: Plan, tree: Tree | None) -> None:
    """Refuse a unit that is not directly below, has ended, or whose target is not ours to set."""
    if tree is None:
        raise targets.NotBelow
    for unit in amounts:
        if unit == tree.top:
            if plan.from_above:
                raise targets.GivenFromAbove
        elif unit not in tree.children:
            last = tree.world.versions.get(unit, ())
            ways = [tie.parent for tie in tree.world.ties.get((unit, tree.line), ())]
            if last and tree.ended(unit) and tree.top in ways:
                raise targets.NotThen(unit=last[-1].name, year=plan.year.key)
            raise targets.NotBelow


def _keep(rows: list[Target]) -> None:
    """Write the decisions; another one of the same number has been quicker, or none has."""
    try:
        with transaction.atomic():
            Target.objects.bulk_create(rows)
    except IntegrityError as quicker:
        raise ChangedMeanwhile from quicker
