"""The page of a campaign, for who runs it and for schools, and that of one school in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from donghanh.campaigns import texts
from donghanh.campaigns.models import Campaign, Figure, Joining, Number, Statement
from donghanh.campaigns.queries.lists import badge
from donghanh.campaigns.queries.reach import (
    answers_for,
    due_of,
    joinings_of,
    runs,
    schools_there,
    terms_of,
    visible_to,
    years_of,
)
from donghanh.campaigns.queries.tables import (
    Shown,
    Table,
    given_of,
    school_names,
    shown,
    table,
)
from donghanh.directives import queries as directives
from donghanh.domain import authority, campaign_figures
from donghanh.domain.authority import Actor
from donghanh.domain.calendar import SchoolYear
from donghanh.domain.campaign_figures import Said
from donghanh.domain.campaigning import Answer, Stage, Terms
from donghanh.domain.rights import Right
from donghanh.lib import days
from donghanh.organisation import queries as organisation


@dataclass(frozen=True, slots=True)
class Before:
    """What a school gave for a year at one time, and who; the newest first."""

    revision: int
    at: datetime
    by: str
    cells: tuple[Shown, ...]
    note: str


@dataclass(frozen=True, slots=True)
class YearOf:
    """One school year of one school: where its figures stand, and all that was given."""

    key: str
    due: date
    closed: bool
    said: Said
    badge: tuple[str, str]
    given: tuple[Before, ...]
    may_state: bool

    @property
    def revision(self) -> int:
        """Return the revision that counts; 0 where nothing was given."""
        return self.given[0].revision if self.given else 0


@dataclass(frozen=True, slots=True)
class UnitPage:
    """One school in a campaign: its answer, plan, figures of each year, own evaluation."""

    campaign_id: int
    title: str
    id: int
    version: int
    school: str
    answer: Answer
    badge: tuple[str, str]
    plan: str
    lead: str
    until: date | None
    reason: str
    answered: datetime | None
    evaluation: str
    evaluated: datetime | None
    figures: tuple[Figure, ...]
    years: tuple[YearOf, ...]
    begins: date
    ends: date | None
    may_answer: bool
    may_decline: bool
    may_evaluate: bool
    simulated: bool


@dataclass(frozen=True, slots=True)
class CampaignPage:
    """
    One campaign with all that is done with it.

    ``table`` is that of the chosen school year, ``own`` the one school where somebody sees one
    alone; ``more`` is how many schools came under the Union since it was opened.
    ``directive_id`` is where the directive can be opened; ``sent``: somebody received it.
    """

    id: int
    version: int
    stage: Stage
    badge: tuple[str, str]
    terms: Terms
    unit: str
    figures: tuple[Figure, ...]
    years: tuple[SchoolYear, ...]
    table: Table | None
    own: UnitPage | None
    joined: int
    declined: int
    silent: int
    done: str
    learnt: str
    closed: date | None
    reason: str
    directive_id: int | None
    stands_on: int | None
    mine: bool
    more: int
    may_close: bool
    simulated: bool


def campaign_page(
    actor: Actor, campaign_id: int, school_year: str | None, today: date
) -> CampaignPage:
    """
    Return the page of one campaign, in as many statements whatever the number of its schools.

    Args:
        actor: Who looks.
        campaign_id: The campaign.
        school_year: Of which year the table is; ``None`` or unknown: of the newest.
        today: The day (Asia/Ho_Chi_Minh).

    Raises:
        NotAllowed: The post reads no campaigns.
        Campaign.DoesNotExist: Unknown, or not in sight.
    """
    authority.require(actor, Right.READ_CAMPAIGNS)
    campaign = visible_to(actor).select_related("unit").get(pk=campaign_id)
    figures = tuple(campaign.figures.order_by("place"))
    joinings = list(joinings_of(actor).filter(campaign=campaign))
    closed = set(campaign.closings.values_list("school_year", flat=True))
    years = years_of(campaign, today)
    chosen = next((one for one in years if one.key == school_year), years[-1] if years else None)
    mine = runs(actor, campaign)
    names = school_names(joinings, today)
    own = None
    if not mine and len(joinings) == 1:
        own = _unit(actor, campaign, joinings[0], figures, closed, names[joinings[0].pk][0], today)
    found = None
    if own is None and chosen is not None and joinings:
        given = given_of([one.pk for one in joinings], [chosen.key])
        found = table(campaign, figures, joinings, chosen, given, names, closed, today)
    stage = Stage(campaign.stage)
    known = {one.school_id for one in joinings}
    running = mine and stage is Stage.OPENED
    more = len(set(schools_there(actor, today)) - known) if running else 0
    return CampaignPage(
        id=campaign.pk,
        version=campaign.version,
        stage=stage,
        badge=badge(stage, campaign.begins, today),
        terms=terms_of(campaign),
        unit=_name(campaign.unit_id, today),
        figures=figures,
        years=years,
        table=found,
        own=own,
        **{answer.value: sum(one.answer == answer.value for one in joinings) for answer in Answer},
        done=campaign.done,
        learnt=campaign.learnt,
        closed=campaign.closed_date,
        reason=campaign.reason,
        directive_id=_directive(actor, campaign),
        stands_on=campaign.directive_id,
        mine=mine,
        more=more,
        may_close=running and found is not None and found.late and not found.closed,
        simulated=campaign.unit.simulated,
    )


def _name(unit_id: int, today: date) -> str:
    found = organisation.known_as({unit_id}, today)
    return found[unit_id].name if unit_id in found else ""


def _directive(actor: Actor, campaign: Campaign) -> int | None:
    """Return the directive a campaign stands on, where somebody may read it in its own room."""
    if campaign.directive_id is None:
        return None
    seen = directives.visible_to(actor).filter(pk=campaign.directive_id)
    return campaign.directive_id if seen.exists() else None


def unit_page(actor: Actor, joining_id: int, today: date) -> UnitPage:
    """
    Return the page of one school in a campaign.

    Args:
        actor: Who looks: who runs it, the school's own, or who has the school in reach.
        joining_id: The campaign at the school.
        today: The day (Asia/Ho_Chi_Minh).

    Raises:
        NotAllowed: The post reads no campaigns.
        Joining.DoesNotExist: Unknown, or not in sight.
    """
    authority.require(actor, Right.READ_CAMPAIGNS)
    joining = joinings_of(actor).select_related("campaign__unit").get(pk=joining_id)
    campaign = joining.campaign
    figures = tuple(campaign.figures.order_by("place"))
    closed = set(campaign.closings.values_list("school_year", flat=True))
    name = school_names([joining], today)[joining.pk][0]
    return _unit(actor, campaign, joining, figures, closed, name, today)


def _unit(
    actor: Actor,
    campaign: Campaign,
    joining: Joining,
    figures: Sequence[Figure],
    closed: set[str],
    name: str,
    today: date,
) -> UnitPage:
    answer, stage = Answer(joining.answer), Stage(campaign.stage)
    state, word = texts.ANSWERS[answer]
    mine = answers_for(actor, joining)
    open_to = mine and stage is Stage.OPENED
    given = _given(joining, figures)
    years = []
    for year in reversed(years_of(campaign, today)):
        last = due_of(campaign, year)
        all_given = given.get(year.key, ())
        first = days.local(all_given[-1].at) if all_given else None
        said = campaign_figures.said(answer, first, last, today)
        shape, told = texts.SAID[said]
        is_closed = year.key in closed
        may_state = open_to and answer is Answer.JOINED and not is_closed
        years.append(
            YearOf(year.key, last, is_closed, said, (shape, str(told)), all_given, may_state)
        )
    return UnitPage(
        campaign_id=campaign.pk,
        title=campaign.title,
        id=joining.pk,
        version=joining.version,
        school=name,
        answer=answer,
        badge=(state, str(word)),
        plan=joining.plan,
        lead=joining.lead,
        until=joining.until,
        reason=joining.reason,
        answered=joining.answered_at,
        evaluation=joining.evaluation,
        evaluated=joining.evaluated_at,
        figures=tuple(figures),
        years=tuple(years),
        begins=campaign.begins,
        ends=campaign.ends,
        may_answer=open_to,
        may_decline=open_to and answer is not Answer.DECLINED and not given,
        may_evaluate=mine and answer is Answer.JOINED and stage in {Stage.OPENED, Stage.ENDED},
        simulated=campaign.unit.simulated,
    )


def _given(joining: Joining, figures: Sequence[Figure]) -> dict[str, tuple[Before, ...]]:
    """Return all that a school gave, by year, the newest first; two statements."""
    rows = list(
        Statement.objects.filter(joining=joining)
        .select_related("stated_by")
        .order_by("school_year", "-revision")
    )
    numbers: dict[int, dict[int, int]] = {}
    kept = Number.objects.filter(statement_id__in=[one.pk for one in rows])
    for statement, figure, number in kept.values_list("statement_id", "figure_id", "number"):
        numbers.setdefault(statement, {})[figure] = number
    found: dict[str, list[Before]] = {}
    for one in rows:
        cells = shown(figures, numbers.get(one.pk, {}))
        before = Before(one.revision, one.stated_at, one.stated_by.name, cells, one.note)
        found.setdefault(one.school_year, []).append(before)
    return {year: tuple(several) for year, several in found.items()}


def papers_of(actor: Actor) -> list[tuple[int, str]]:
    """
    Return the directives a campaign of the own unit may stand on, newest first: number and words.

    Raises:
        NotAllowed: The post runs no campaigns.
    """
    authority.require(actor, Right.RUN_CAMPAIGNS)
    found = directives.issued_by(actor).filter(status="issued").defer("original", "reading")
    return [
        (one.pk, f"{directives.number_of(one.confirmed)} – {one.confirmed.get('subject', '')}")
        for one in found
    ]
