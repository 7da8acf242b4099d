"""What several actions of the room share: what is locked, what is changed, one line of history."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from donghanh.campaigns import queries
from donghanh.campaigns.models import Campaign, Joining
from donghanh.domain import authority, campaigning
from donghanh.domain.authority import Actor
from donghanh.domain.campaigning import Terms
from donghanh.domain.rights import Right
from donghanh.history import actions as history


def run_by(actor: Actor, campaign_id: int, seen: int | None = None) -> Campaign:
    """
    Return a campaign of the own unit, locked for this transaction.

    Args:
        actor: Who runs it.
        campaign_id: The campaign.
        seen: Its version as it was looked at; ``None``: whatever stands there.

    Raises:
        NotAllowed: The post runs none.
        Campaign.DoesNotExist: Unknown, or of another unit.
        ChangedMeanwhile: Somebody was quicker.
    """
    authority.require(actor, Right.RUN_CAMPAIGNS)
    campaign = queries.visible_to(actor).select_for_update(of=("self",)).get(pk=campaign_id)
    if not queries.runs(actor, campaign):
        raise Campaign.DoesNotExist
    if seen is not None and campaign.version != seen:
        raise campaigning.ChangedMeanwhile
    return campaign


def at_own_school(actor: Actor, joining_id: int, seen: int | None = None) -> Joining:
    """
    Return a campaign at the own school, locked for this transaction, with the campaign.

    Args:
        actor: Who answers, as the school's Union.
        joining_id: The campaign at the school.
        seen: Its version as it was looked at; ``None``: whatever stands there.

    Raises:
        NotAllowed: The post joins none.
        Joining.DoesNotExist: Unknown, or not of the actor's school.
        ChangedMeanwhile: Somebody was quicker.
    """
    authority.require(actor, Right.JOIN_CAMPAIGNS)
    found = queries.joinings_of(actor).select_related("campaign")
    joining = found.select_for_update(of=("self",)).get(pk=joining_id)
    if not queries.answers_for(actor, joining):
        raise Joining.DoesNotExist
    if seen is not None and joining.version != seen:
        raise campaigning.ChangedMeanwhile
    return joining


def columns(terms: Terms) -> dict[str, Any]:
    """Return what a campaign says of itself as its columns."""
    paper = terms.paper
    return {
        "title": terms.title,
        "aim": terms.aim,
        "begins": terms.begins,
        "ends": terms.ends,
        "due_day": terms.due[0],
        "due_month": terms.due[1],
        "paper_number": paper.number if paper else "",
        "paper_issuer": paper.issuer if paper else "",
        "paper_date": paper.day if paper else None,
    }


def change(row: Campaign | Joining, **values: Any) -> None:
    """Change a row that is locked, and count its version up."""
    row.version += 1
    for name, value in values.items():
        setattr(row, name, value)
    row.save(update_fields=[*values, "version"])


def record(
    actor: Actor,
    at: datetime,
    action: str,
    row: Campaign | Joining,
    facts: Mapping[str, object] | None = None,
) -> None:
    """Write the one line of history of a change: numbers, codes and days alone."""
    history.record(
        at=at,
        actor=actor,
        action=action,
        subject="campaign" if isinstance(row, Campaign) else "joining",
        subject_id=row.pk,
        facts=dict(facts or {}),
    )
