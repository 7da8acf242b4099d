"""What a school's Union does with a campaign: joins, declines, gives figures, evaluates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from donghanh.campaigns import queries
from donghanh.campaigns.actions.writing import at_own_school, change, record
from donghanh.campaigns.models import Joining, Number, Statement
from donghanh.domain import campaign_figures, campaigning
from donghanh.domain.accompanying import LONGEST_LINE, written
from donghanh.domain.authority import Actor
from donghanh.domain.campaigning import Answer, Stage


@dataclass(frozen=True, slots=True)
class Plan:
    """What a school is going to do: what, who is in charge by office, until when."""

    plan: str
    lead: str
    until: date


@contextmanager
def _in_time() -> Iterator[None]:
    """
    Refuse where somebody ended the campaign, or closed the year, in the same moment.

    Raises:
        ChangedMeanwhile: The database says so.
    """
    try:
        with transaction.atomic():
            yield
    except IntegrityError as quicker:
        raise campaigning.ChangedMeanwhile from quicker


@transaction.atomic
def join(*, actor: Actor, joining_id: int, seen: int, plan: Plan, at: datetime) -> Joining:
    """
    Join a campaign with a plan, or change the plan; who declined before may still join.

    Args:
        actor: Who joins, for the own school.
        joining_id: The campaign at the school.
        seen: The version of the answer as it was looked at.
        plan: What the school is going to do.
        at: The instant (aware, UTC).

    Raises:
        NotAllowed, Joining.DoesNotExist, ChangedMeanwhile: See ``at_own_school``.
        IsOver: It is over.
        UntilOutside: The plan reaches out of the campaign's period.
        TextMissing, TextTooLong: See ``domain.accompanying``.
    """
    joining = at_own_school(actor, joining_id, seen)
    campaign = joining.campaign
    if campaign.stage != Stage.OPENED.value:
        raise campaigning.IsOver
    campaigning.check_until(plan.until, campaign.begins, campaign.ends)
    with _in_time():
        change(
            joining,
            answer=Answer.JOINED.value,
            plan=written(plan.plan),
            lead=written(plan.lead, LONGEST_LINE),
            until=plan.until,
            reason="",
            answered_at=at,
        )
    record(actor, at, "campaigns.joined", joining, {"campaign": campaign.pk})
    return joining


@transaction.atomic
def decline(*, actor: Actor, joining_id: int, seen: int, reason: str, at: datetime) -> Joining:
    """
    Say that the own school does not take part, and why.

    Args:
        actor: Who says so, for the own school.
        joining_id: The campaign at the school.
        seen: The version of the answer as it was looked at.
        reason: Why.
        at: The instant (aware, UTC).

    Raises:
        NotAllowed, Joining.DoesNotExist, ChangedMeanwhile: See ``at_own_school``.
        IsOver: It is over.
        GaveFigures: The school has given figures.
        TextMissing, TextTooLong: See ``domain.accompanying``.
    """
    joining = at_own_school(actor, joining_id, seen)
    if joining.campaign.stage != Stage.OPENED.value:
        raise campaigning.IsOver
    if joining.statements.exists():
        raise campaigning.GaveFigures
    with _in_time():
        change(
            joining,
            answer=Answer.DECLINED.value,
            reason=written(reason, LONGEST_LINE),
            answered_at=at,
        )
    record(actor, at, "campaigns.declined", joining, {"campaign": joining.campaign_id})
    return joining


@transaction.atomic
def state_figures(
    *,
    actor: Actor,
    joining_id: int,
    school_year: str,
    seen: int,
    numbers: Mapping[int, int],
    note: str = "",
    at: datetime,
    today: date,
) -> Statement:
    """
    Give the figures of the own school for a year, or correct them; what was given before stays.

    Args:
        actor: Who gives them, for the own school.
        joining_id: The campaign at the school.
        school_year: Which year.
        seen: The revision that was looked at; 0 where nothing was given.
        numbers: By the number of each figure; one that is not known yet is not among them.
        note: What should be known of them; may be empty.
        at: The instant (aware, UTC).
        today: The day (Asia/Ho_Chi_Minh).

    Raises:
        NotAllowed, Joining.DoesNotExist: See ``at_own_school``.
        IsOver, NotJoined, YearOutside, YearClosed, NothingSaid, NumberOutside: See
            ``domain.campaigning``.
        ChangedMeanwhile: Somebody gave them since.
        TextTooLong: See ``domain.accompanying``.
    """
    joining = at_own_school(actor, joining_id)
    campaign = joining.campaign
    asked_for = {year.key: year for year in queries.years_of(campaign, today)}
    if school_year not in asked_for:
        raise campaign_figures.YearOutside(year=school_year)
    campaign_figures.check_giving(
        Stage(campaign.stage),
        Answer(joining.answer),
        asked_for[school_year],
        tuple(asked_for.values()),
        closed=campaign.closings.filter(school_year=school_year).exists(),
    )
    known = set(campaign.figures.values_list("pk", flat=True))
    given = {figure: number for figure, number in numbers.items() if figure in known}
    campaign_figures.check_numbers(given)
    before = joining.statements.filter(school_year=school_year).order_by("-revision").first()
    revision = 0 if before is None else before.revision
    if revision != seen:
        raise campaigning.ChangedMeanwhile
    with _in_time():
        statement = Statement.objects.create(
            joining=joining,
            school_year=school_year,
            revision=revision + 1,
            note=written(note) if note.strip() else "",
            stated_at=at,
            stated_by_id=actor.user_id,
        )
    Number.objects.bulk_create(
        Number(statement=statement, figure_id=figure, number=number)
        for figure, number in sorted(given.items())
    )
    facts = {"campaign": campaign.pk, "year": school_year, "revision": statement.revision}
    record(actor, at, "campaigns.figures_stated", joining, facts)
    return statement


@transaction.atomic
def evaluate(*, actor: Actor, joining_id: int, seen: int, text: str, at: datetime) -> Joining:
    """
    Keep the own evaluation of a school that takes part; while it runs, and after it ended.

    Args:
        actor: Who evaluates, for the own school.
        joining_id: The campaign at the school.
        seen: The version of the answer as it was looked at.
        text: What the school made of it.
        at: The instant (aware, UTC).

    Raises:
        NotAllowed, Joining.DoesNotExist, ChangedMeanwhile: See ``at_own_school``.
        IsOver: It was called off.
        NotJoined: The school does not take part.
        TextMissing, TextTooLong: See ``domain.accompanying``.
    """
    joining = at_own_school(actor, joining_id, seen)
    if joining.campaign.stage == Stage.CALLED_OFF.value:
        raise campaigning.IsOver
    if joining.answer != Answer.JOINED.value:
        raise campaigning.NotJoined
    change(joining, evaluation=written(text), evaluated_at=at)
    record(actor, at, "campaigns.evaluated", joining, {"campaign": joining.campaign_id})
    return joining
