"""Campaigns, as things on a desk: to answer, figures to give, who is silent, years to close."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from donghanh.campaigns import queries as campaigns
from donghanh.campaigns.models import Campaign
from donghanh.desk.queries.items import NEAR, Item, is_past
from donghanh.domain import campaign_figures
from donghanh.domain.authority import Actor
from donghanh.domain.calendar import SchoolYear
from donghanh.domain.campaigning import Answer, Stage
from donghanh.domain.rights import Right
from donghanh.domain.rules import Rulebook
from donghanh.lib import days


@dataclass(slots=True)
class _School:
    """What one school said to a campaign, and of which school years it gave figures."""

    joining_id: int
    school_id: int
    answer: Answer
    given: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Carried:
    """
    One campaign that is open, for the desk of one actor.

    ``years``: those not closed yet, oldest first, each with the day its figures are given by.
    ``schools``: the ones in sight. ``mine``: the actor runs it.
    """

    campaign: Campaign
    years: tuple[tuple[SchoolYear, date], ...]
    schools: tuple[_School, ...]
    mine: bool


def carried(actor: Actor, today: date, book: Rulebook) -> list[Carried]:
    """Return the open campaigns somebody runs or answers, in at most three statements."""
    if not (actor.may(Right.RUN_CAMPAIGNS) or actor.may(Right.JOIN_CAMPAIGNS)):
        return []
    found = campaigns.visible_to(actor).filter(stage=Stage.OPENED.value)
    opened = list(found.order_by("begins", "pk").prefetch_related("closings"))
    if not opened:
        return []
    rows = campaigns.joinings_of(actor).filter(campaign_id__in=[one.pk for one in opened])
    schools: dict[int, dict[int, _School]] = defaultdict(dict)
    for campaign, number, school, answer, year in (
        rows.order_by("pk")
        .values_list("campaign_id", "pk", "school_id", "answer", "statements__school_year")
        .distinct()
    ):
        one = schools[campaign].setdefault(number, _School(number, school, Answer(answer)))
        if year is not None:
            one.given.add(year)
    told = []
    for row in opened:
        closed = {one.school_year for one in row.closings.all()}
        asked = campaign_figures.years(row.begins, row.ends, today, book.school_year)
        years = tuple(
            (year, campaigns.due_of(row, year)) for year in asked if year.key not in closed
        )
        mine = campaigns.runs(actor, row)
        told.append(Carried(row, years, tuple(schools[row.pk].values()), mine))
    return told


def due(actor: Actor, found: list[Carried], today: date) -> Iterator[Item]:
    """Yield what an actor has to do: answer, give figures, close a school year."""
    if actor.may(Right.JOIN_CAMPAIGNS):
        own = [
            (one, school)
            for one in found
            for school in one.schools
            if school.school_id in actor.schools
        ]
        yield from _to_answer(own, today)
        yield from _to_give(own, today)
    for one in found:
        if one.mine:
            yield from _to_close(one, today)


def _to_answer(own: list[tuple[Carried, _School]], today: date) -> Iterator[Item]:
    open_to = [
        (one.campaign, school)
        for one, school in own
        if school.answer is Answer.SILENT
        and not (one.campaign.ends and is_past(one.campaign.ends, today))
    ]
    if len(open_to) == 1:
        campaign, school = open_to[0]
        yield Item(
            title=_("Answer the campaign: %(title)s") % {"title": campaign.title},
            note=_("Say whether your school takes part, with a plan or the reason"),
            href=reverse("campaigns:unit", args=[school.joining_id]),
            action=_("Answer"),
        )
    elif open_to:
        yield Item(
            title=ngettext(
                "%(n)s campaign waits for your school's answer",
                "%(n)s campaigns wait for your school's answer",
                len(open_to),
            )
            % {"n": len(open_to)},
            note=_("Say whether your school takes part, with a plan or the reason"),
            href=reverse("campaigns:list"),
            action=_("Answer"),
        )


def _to_give(own: list[tuple[Carried, _School]], today: date) -> Iterator[Item]:
    for one, school in own:
        if school.answer is not Answer.JOINED:
            continue
        for year, last in one.years:
            left = (last - today).days
            if year.key in school.given or left > NEAR or is_past(last, today):
                continue
            yield Item(
                title=_("Give the figures of school year %(year)s: %(title)s")
                % {"year": year.key, "title": one.campaign.title},
                note=_("By %(day)s; 0 where there was none") % {"day": days.day(last)},
                href=reverse("campaigns:unit", args=[school.joining_id]),
                action=_("Give them"),
                left=left,
            )


def _to_close(one: Carried, today: date) -> Iterator[Item]:
    """Yield the years nobody is waited for any more: all gave theirs, or the day is long past."""
    for year, last in one.years:
        if today <= last or (_silent(one, year) and not is_past(last, today)):
            continue
        yield Item(
            title=_("Close school year %(year)s: %(title)s")
            % {"year": year.key, "title": one.campaign.title},
            note=_("The day to give figures was %(day)s; nobody is waited for any more")
            % {"day": days.day(last)},
            href=_table(one, year),
            action=_("Open"),
        )


def silent(found: list[Carried], today: date) -> Iterator[Item]:
    """Yield how many schools said nothing by the day, for who runs the campaign."""
    for one in found:
        if not one.mine:
            continue
        for year, last in one.years:
            many = _silent(one, year)
            if today <= last or not many or is_past(last, today):
                continue
            yield Item(
                title=ngettext(
                    "%(n)s school is silent on school year %(year)s: %(title)s",
                    "%(n)s schools are silent on school year %(year)s: %(title)s",
                    many,
                )
                % {"n": many, "year": year.key, "title": one.campaign.title},
                note=_("They gave no figures by %(day)s, or have not answered at all")
                % {"day": days.day(last)},
                href=_table(one, year),
                action=_("Follow up"),
                waiting=(today - last).days,
            )


def _silent(one: Carried, year: SchoolYear) -> int:
    """Return how many schools said nothing of a year: no figures, or no answer at all."""
    return sum(
        school.answer is Answer.SILENT
        or (school.answer is Answer.JOINED and year.key not in school.given)
        for school in one.schools
    )


def _table(one: Carried, year: SchoolYear) -> str:
    return f"{reverse('campaigns:campaign', args=[one.campaign.pk])}?nam-hoc={year.key}"
