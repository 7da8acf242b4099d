"""Which campaigns and joinings somebody sees, and whose they are."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from donghanh.amendments import queries as amendments
from donghanh.campaigns.models import Campaign, Joining
from donghanh.domain import campaign_figures, campaigning
from donghanh.domain.authority import Actor
from donghanh.domain.calendar import SchoolYear
from donghanh.domain.campaigning import Stage, Terms
from donghanh.domain.rights import Right
from donghanh.domain.structure import UnitKind
from donghanh.lib.many import among
from donghanh.organisation import queries as organisation


def visible_to(actor: Actor) -> QuerySet[Campaign]:
    """
    Return the campaigns somebody sees.

    Who runs one sees it from its draft on; everybody else once it was opened for a school in reach.
    """
    if not actor.may(Right.READ_CAMPAIGNS):
        return Campaign.objects.none()
    asked = Joining.objects.filter(among("school_id", actor.schools)).values("campaign_id")
    opened = ~Q(stage=Stage.DRAFT.value) & Q(pk__in=asked)
    return Campaign.objects.filter(Q(unit_id__in=_runs(actor)) | opened)


def joinings_of(actor: Actor) -> QuerySet[Joining]:
    """Return the joinings somebody sees: of campaigns they run, and of schools in reach."""
    if not actor.may(Right.READ_CAMPAIGNS):
        return Joining.objects.none()
    return Joining.objects.filter(
        Q(runner_id__in=_runs(actor)) | Q(among("school_id", actor.schools))
    )


def _runs(actor: Actor) -> frozenset[int]:
    return actor.units if actor.may(Right.RUN_CAMPAIGNS) else frozenset()


def runs(actor: Actor, campaign: Campaign) -> bool:
    """Tell whether an actor runs a campaign: it is of the own unit."""
    return campaign.unit_id in _runs(actor)


def answers_for(actor: Actor, joining: Joining) -> bool:
    """Tell whether an actor answers for a school: as its Union."""
    return actor.may(Right.JOIN_CAMPAIGNS) and joining.school_id in actor.schools


def schools_there(actor: Actor, today: date) -> list[int]:
    """Return the schools in reach that are there on a day; those they carry on are left out."""
    found = organisation.facts_of(actor.schools, today).values()
    return sorted(one.id for one in found if one.kind is UnitKind.SCHOOL)


def terms_of(campaign: Campaign) -> Terms:
    """Return what a campaign says of itself."""
    paper = None
    if campaign.paper_date is not None:
        paper = campaigning.Paper(campaign.paper_number, campaign.paper_issuer, campaign.paper_date)
    return Terms(
        title=campaign.title,
        aim=campaign.aim,
        begins=campaign.begins,
        ends=campaign.ends,
        due=(campaign.due_day, campaign.due_month),
        paper=paper,
    )


def years_of(campaign: Campaign, today: date) -> tuple[SchoolYear, ...]:
    """Return the school years a campaign asks figures for, up to a day, oldest first."""
    until = min(filter(None, (campaign.ends, campaign.closed_date)), default=None)
    return campaign_figures.years(campaign.begins, until, today, amendments.current().school_year)


def due_of(campaign: Campaign, year: SchoolYear) -> date:
    """Return the day by which a campaign's figures of a school year are given."""
    return campaign_figures.due_on(year, (campaign.due_day, campaign.due_month), campaign.begins)
