"""The list of campaigns: what runs, what is coming, what has ended, and the own drafts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page, Paginator
from django.db.models import Count

from donghanh.campaigns import texts
from donghanh.campaigns.models import Campaign
from donghanh.campaigns.queries.reach import joinings_of, runs, visible_to
from donghanh.domain import authority
from donghanh.domain.authority import Actor
from donghanh.domain.campaigning import Answer, Stage
from donghanh.domain.rights import Right
from donghanh.organisation import queries as organisation

#: Campaigns that have ended on one page: their titles are long.
_PAGE = 20
_OVER = (Stage.ENDED.value, Stage.CALLED_OFF.value)


@dataclass(frozen=True, slots=True)
class Listed:
    """
    One campaign of the list.

    ``joined``, ``declined``, ``silent`` count the schools somebody sees; ``answer`` is that of the
    one school, where somebody sees one alone, with the state of its shape.
    """

    id: int
    title: str
    unit: str
    begins: date
    ends: date | None
    closed: date | None
    badge: tuple[str, str]
    joined: int
    declined: int
    silent: int
    mine: bool
    answer: tuple[str, str] | None

    @property
    def asked(self) -> int:
        """Return how many schools were asked."""
        return self.joined + self.declined + self.silent


@dataclass(frozen=True, slots=True)
class CampaignList:
    """What somebody finds; ``over`` is one page of those that ended or were called off."""

    drafts: tuple[Listed, ...]
    running: tuple[Listed, ...]
    coming: tuple[Listed, ...]
    over: tuple[Listed, ...]
    page: Page[Campaign]
    may_run: bool

    @property
    def empty(self) -> bool:
        """Tell whether nothing stands there at all."""
        return not (self.drafts or self.running or self.coming or self.over)


def listed(actor: Actor, number: str | None, today: date) -> CampaignList:
    """
    Return the campaigns somebody sees, in at most five statements whatever there is.

    Args:
        actor: Who looks.
        number: Which page of those that are over.
        today: The day (Asia/Ho_Chi_Minh).

    Raises:
        NotAllowed: The post reads no campaigns.
    """
    authority.require(actor, Right.READ_CAMPAIGNS)
    seen = visible_to(actor).defer("aim", "done", "learnt")
    current = list(seen.exclude(stage__in=_OVER).order_by("-begins", "-pk"))
    page = Paginator(seen.filter(stage__in=_OVER).order_by("-closed_date", "-pk"), _PAGE).get_page(
        number
    )
    told = _told(actor, [*current, *page.object_list], today)
    opened = [one for one in current if one.stage == Stage.OPENED.value]
    return CampaignList(
        drafts=tuple(told[one.pk] for one in current if one.stage == Stage.DRAFT.value),
        running=tuple(told[one.pk] for one in opened if one.begins <= today),
        coming=tuple(told[one.pk] for one in reversed(opened) if one.begins > today),
        over=tuple(told[one.pk] for one in page.object_list),
        page=page,
        may_run=actor.may(Right.RUN_CAMPAIGNS),
    )


def badge(stage: Stage, begins: date, today: date) -> tuple[str, str]:
    """Return the state of the shape of a campaign and its word."""
    state, word = texts.STAGES[stage]
    if stage is Stage.OPENED and begins > today:
        state, word = texts.COMING
    return state, str(word)


def _told(actor: Actor, rows: Sequence[Campaign], today: date) -> Mapping[int, Listed]:
    names = organisation.known_as({one.unit_id for one in rows}, today)
    answers = joinings_of(actor).filter(campaign_id__in=[one.pk for one in rows])
    counts: dict[tuple[int, str], int] = {
        (campaign, answer): many
        for campaign, answer, many in answers.order_by()
        .values_list("campaign_id", "answer")
        .annotate(many=Count("pk"))
    }
    told = {}
    for one in rows:
        many = {answer: counts.get((one.pk, answer.value), 0) for answer in Answer}
        mine = runs(actor, one)
        known = names.get(one.unit_id)
        alone = not mine and sum(many.values()) == 1
        told[one.pk] = Listed(
            id=one.pk,
            title=one.title,
            unit=known.name if known else "",
            begins=one.begins,
            ends=one.ends,
            closed=one.closed_date,
            badge=badge(Stage(one.stage), one.begins, today),
            joined=many[Answer.JOINED],
            declined=many[Answer.DECLINED],
            silent=many[Answer.SILENT],
            mine=mine,
            answer=next(_answers(many), None) if alone else None,
        )
    return told


def _answers(many: Mapping[Answer, int]) -> Iterator[tuple[str, str]]:
    for answer, number in many.items():
        if number:
            state, word = texts.ANSWERS[answer]
            yield state, str(word)
