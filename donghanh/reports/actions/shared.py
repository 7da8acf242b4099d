"""What the writes of the room have in common."""

from __future__ import annotations

from collections.abc import Mapping

from donghanh.domain import authority
from donghanh.domain.authority import Actor, Right
from donghanh.reports import queries, texts
from donghanh.reports.actions.refusals import TooLong
from donghanh.reports.models import Report


def locked(actor: Actor, right: Right, report_id: int) -> Report:
    """Return a report the actor may see, locked for this transaction."""
    authority.require(actor, right)
    return queries.visible_to(actor).select_for_update(of=("self",)).get(pk=report_id)


def check_lengths(parts: Mapping[str, str]) -> None:
    """Refuse parts nobody could print."""
    if any(len(said) > texts.LONGEST_PART for said in parts.values()):
        raise TooLong(limit=texts.LONGEST_PART)
