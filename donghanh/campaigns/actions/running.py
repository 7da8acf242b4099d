"""Writes campaigns, opens them to schools, closes years, ends them and calls them off."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db import transaction

from donghanh.campaigns import queries
from donghanh.campaigns.actions.writing import change, columns, record, run_by
from donghanh.campaigns.models import Campaign, Closing, Figure, Joining, Statement
from donghanh.directives import queries as directives
from donghanh.domain import authority, campaign_figures, campaigning
from donghanh.domain.accompanying import LONGEST_LINE, written
from donghanh.domain.authority import Actor
from donghanh.domain.campaigning import Asked, Stage, Terms
from donghanh.domain.rights import Right


@transaction.atomic
def draft_campaign(
    *,
    actor: Actor,
    terms: Terms,
    asked: Sequence[Asked],
    once: str,
    at: datetime,
    today: date,
    directive_id: int | None = None,
) -> Campaign:
    """
    Write a campaign of the own Union; nobody below sees it yet.

    Args:
        actor: Who runs it, for the unit of the post.
        terms: What it says of itself; the paper of a directive that is chosen comes from there.
        asked: The figures it asks for every school year.
        once: What the form calls itself; sent twice, it is written once.
        at: The instant (aware, UTC).
        today: The day (Asia/Ho_Chi_Minh).
        directive_id: A directive the unit issued here, which it stands on.

    Raises:
        NotAllowed: The post runs no campaigns.
        Directive.DoesNotExist: Not issued by the own unit, or still a draft.
        TextMissing, TextTooLong, EndsBeforeItBegins, NoSuchDay, PaperMissing, PaperToCome,
        FiguresMissing, FigureTwice: See ``domain.campaigning``.
    """
    authority.require(actor, Right.RUN_CAMPAIGNS)
    kept, figures = campaigning.told(terms, today), campaigning.asked(asked)
    campaign, made = Campaign.objects.get_or_create(
        unit_id=actor.post.unit_id,
        once=once,
        defaults={
            **columns(kept),
            **_directive(actor, directive_id),
            "written_at": at,
            "written_by_id": actor.user_id,
        },
    )
    if made:
        _keep(campaign, figures)
        record(actor, at, "campaigns.drafted", campaign)
    return campaign


def _directive(actor: Actor, directive_id: int | None) -> dict[str, object]:
    """Return the columns of the directive a campaign stands on, with the paper it is cited as."""
    if directive_id is None:
        return {"directive_id": None}
    found = directives.issued_by(actor).get(pk=directive_id, status="issued")
    return {
        "directive_id": found.pk,
        "paper_number": directives.number_of(found.confirmed)[: campaigning.LONGEST_NUMBER]
        or f"#{found.pk}",
        "paper_issuer": actor.post.unit_name[:LONGEST_LINE],
        "paper_date": found.issued_date,
    }


def _keep(campaign: Campaign, figures: Iterable[Asked]) -> None:
    Figure.objects.bulk_create(
        Figure(campaign=campaign, place=place, label=one.label, measure=one.measure)
        for place, one in enumerate(figures, start=1)
    )


@transaction.atomic
def mend_campaign(
    *,
    actor: Actor,
    campaign_id: int,
    seen: int,
    terms: Terms,
    asked: Sequence[Asked] = (),
    at: datetime,
    today: date,
    directive_id: int | None = None,
) -> Campaign:
    """
    Change a campaign: a draft wholly; one that is opened, all but its figures and its first day.

    Args:
        actor: Who runs it.
        campaign_id: The campaign.
        seen: Its version as it was looked at.
        terms: What it says of itself now.
        asked: The figures it asks for; left aside once it is opened.
        at: The instant (aware, UTC).
        today: The day (Asia/Ho_Chi_Minh).
        directive_id: A directive the unit issued here, which it stands on.

    Raises:
        NotAllowed, Campaign.DoesNotExist, ChangedMeanwhile: See ``run_by``.
        NotNow: It is over.
        FiguresBeyond: Schools gave figures for a year the new period leaves out.
        Directive.DoesNotExist: Not issued by the own unit, or still a draft.
        TextMissing, TextTooLong, EndsBeforeItBegins, NoSuchDay, PaperMissing, PaperToCome,
        FiguresMissing, FigureTwice: See ``domain.campaigning``.
    """
    campaign = run_by(actor, campaign_id, seen)
    stage = Stage(campaign.stage)
    if stage not in {Stage.DRAFT, Stage.OPENED}:
        raise campaigning.NotNow
    values = columns(campaigning.told(terms, today)) | _directive(actor, directive_id)
    if stage is Stage.DRAFT:
        figures = campaigning.asked(asked)
        campaign.figures.all().delete()
        _keep(campaign, figures)
    else:
        values["begins"] = campaign.begins
        _check_period(campaign, terms)
    change(campaign, **values)
    record(actor, at, "campaigns.mended", campaign, {"version": campaign.version})
    return campaign


def _check_period(campaign: Campaign, terms: Terms) -> None:
    """Refuse a period that begins after it ends, or leaves figures out that were given."""
    if terms.ends is None:
        return
    if terms.ends < campaign.begins:
        raise campaigning.EndsBeforeItBegins(begins=campaign.begins, ends=terms.ends)
    kept = {year.key for year in queries.years_of(campaign, terms.ends) if year.since <= terms.ends}
    given = Statement.objects.filter(joining__campaign=campaign)
    for year in given.order_by("-school_year").values_list("school_year", flat=True)[:1]:
        if year > max(kept):
            raise campaigning.FiguresBeyond(year=year)


@transaction.atomic
def open_campaign(
    *, actor: Actor, campaign_id: int, seen: int, at: datetime, today: date
) -> Campaign:
    """
    Open a campaign to every school whose Union stands below; from here on they answer.

    Args:
        actor: Who runs it.
        campaign_id: The campaign.
        seen: Its version as it was looked at.
        at: The instant (aware, UTC).
        today: The day (Asia/Ho_Chi_Minh).

    Raises:
        NotAllowed, Campaign.DoesNotExist, ChangedMeanwhile: See ``run_by``.
        NotNow: It is no draft.
        NobodyBelow: No school's Union stands below.
    """
    campaign = run_by(actor, campaign_id, seen)
    campaigning.check_move(Stage(campaign.stage), Stage.OPENED)
    schools = queries.schools_there(actor, today)
    if not schools:
        raise campaigning.NobodyBelow
    change(campaign, stage=Stage.OPENED.value, opened_at=at)
    _ask(campaign, schools, at)
    record(actor, at, "campaigns.opened", campaign, {"schools": len(schools)})
    return campaign


def _ask(campaign: Campaign, schools: Iterable[int], at: datetime) -> None:
    Joining.objects.bulk_create(
        Joining(campaign=campaign, runner_id=campaign.unit_id, school_id=school, asked_at=at)
        for school in schools
    )


@transaction.atomic
def ask_more(*, actor: Actor, campaign_id: int, at: datetime, today: date) -> int:
    """
    Open a running campaign to schools that came under the Union since; pressed twice, once.

    Args:
        actor: Who runs it.
        campaign_id: The campaign.
        at: The instant (aware, UTC).
        today: The day (Asia/Ho_Chi_Minh).

    Returns:
        How many schools were asked; 0: there was none.

    Raises:
        NotAllowed, Campaign.DoesNotExist: See ``run_by``.
        NotNow: It is not open.
    """
    campaign = run_by(actor, campaign_id)
    if campaign.stage != Stage.OPENED.value:
        raise campaigning.NotNow
    known = set(campaign.joinings.values_list("school_id", flat=True))
    new = [school for school in queries.schools_there(actor, today) if school not in known]
    if new:
        _ask(campaign, new, at)
        record(actor, at, "campaigns.opened_to_more", campaign, {"schools": len(new)})
    return len(new)


@transaction.atomic
def close_year(
    *, actor: Actor, campaign_id: int, school_year: str, at: datetime, today: date
) -> None:
    """
    Close the figures of a school year: none is given or corrected from then on.

    Pressed twice, it is closed once. Who has said nothing stays named as such.

    Args:
        actor: Who runs it.
        campaign_id: The campaign.
        school_year: Which year.
        at: The instant (aware, UTC).
        today: The day (Asia/Ho_Chi_Minh).

    Raises:
        NotAllowed, Campaign.DoesNotExist: See ``run_by``.
        NotNow: It is not open.
        YearOutside: The campaign does not ask for that year, or not yet.
        TooEarlyToClose: Figures may still come in time.
    """
    campaign = run_by(actor, campaign_id)
    if campaign.stage != Stage.OPENED.value:
        raise campaigning.NotNow
    years = {year.key: year for year in queries.years_of(campaign, today)}
    if school_year not in years:
        raise campaign_figures.YearOutside(year=school_year)
    campaign_figures.check_closing(queries.due_of(campaign, years[school_year]), today)
    _closing, made = Closing.objects.get_or_create(
        campaign=campaign,
        school_year=school_year,
        defaults={"at": at, "by_id": actor.user_id},
    )
    if made:
        record(actor, at, "campaigns.year_closed", campaign, {"year": school_year})


@transaction.atomic
def end_campaign(
    *,
    actor: Actor,
    campaign_id: int,
    seen: int,
    ended: date,
    done: str,
    learnt: str,
    at: datetime,
    today: date,
) -> Campaign:
    """
    End a campaign with its evaluation; no figure is given any more.

    Args:
        actor: Who runs it.
        campaign_id: The campaign.
        seen: Its version as it was looked at.
        ended: The day it ended.
        done: What was done.
        learnt: What was learnt.
        at: The instant (aware, UTC).
        today: The day (Asia/Ho_Chi_Minh).

    Raises:
        NotAllowed, Campaign.DoesNotExist, ChangedMeanwhile: See ``run_by``.
        NotNow: It is not open.
        DayToCome, BeforeBegin: It cannot have ended that day.
        TextMissing, TextTooLong: See ``domain.accompanying``.
    """
    campaign = run_by(actor, campaign_id, seen)
    campaigning.check_move(Stage(campaign.stage), Stage.ENDED)
    if ended > today:
        raise campaigning.DayToCome(on=ended)
    if ended < campaign.begins:
        raise campaigning.BeforeBegin(began=campaign.begins)
    change(
        campaign,
        stage=Stage.ENDED.value,
        closed_date=ended,
        done=written(done),
        learnt=written(learnt),
    )
    record(actor, at, "campaigns.ended", campaign, {"on": ended.isoformat()})
    return campaign


@transaction.atomic
def call_off(
    *, actor: Actor, campaign_id: int, seen: int, reason: str, at: datetime, today: date
) -> Campaign:
    """
    Call a campaign off, with the reason; a draft is put away by it.

    Args:
        actor: Who runs it.
        campaign_id: The campaign.
        seen: Its version as it was looked at.
        reason: Why.
        at: The instant (aware, UTC).
        today: The day (Asia/Ho_Chi_Minh).

    Raises:
        NotAllowed, Campaign.DoesNotExist, ChangedMeanwhile: See ``run_by``.
        NotNow: It is over.
        TextMissing, TextTooLong: See ``domain.accompanying``.
    """
    campaign = run_by(actor, campaign_id, seen)
    campaigning.check_move(Stage(campaign.stage), Stage.CALLED_OFF)
    change(
        campaign,
        stage=Stage.CALLED_OFF.value,
        closed_date=today,
        reason=written(reason, LONGEST_LINE),
    )
    record(actor, at, "campaigns.called_off", campaign)
    return campaign
