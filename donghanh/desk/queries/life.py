"""Things on a desk of the rooms beside the road: articles, practices, activities."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from donghanh.activities import queries as activities
from donghanh.desk.queries.items import NEAR, Item, is_past
from donghanh.domain.authority import Actor
from donghanh.domain.practising import WAITS, Stage
from donghanh.domain.rights import Right
from donghanh.lib import days
from donghanh.news import queries as news
from donghanh.practices import queries as practices


def articles(actor: Actor) -> Iterator[Item]:
    """Yield how many articles of others wait for an actor's review."""
    count = news.waiting(actor)
    if count:
        yield Item(
            title=ngettext(
                "%(n)s article waits for your review", "%(n)s articles wait for your review", count
            )
            % {"n": count},
            note=_("Written by somebody else; you let it go out, or send it back"),
            href=reverse("news:listing"),
            action=_("Read"),
        )


def practised(actor: Actor) -> Iterator[Item]:
    """Yield the practices an actor has to look at or decide on, and the own that came back."""
    wanted = Q(pk__isnull=True)
    if actor.may(Right.RECOGNISE_PRACTICES):
        stages = [one.value for one in WAITS]
        wanted |= Q(judge_id__in=actor.units, stage__in=stages) & ~Q(unit_id__in=actor.units)
    if actor.may(Right.PROPOSE_PRACTICES):
        wanted |= Q(unit_id__in=actor.units, stage=Stage.RETURNED.value)
    elif not actor.may(Right.RECOGNISE_PRACTICES):
        return
    by_stage: dict[str, list[int]] = {}
    rows = practices.visible_to(actor).filter(wanted).order_by("pk")
    for stage, number in rows.values_list("stage", "pk"):
        by_stage.setdefault(stage, []).append(number)
    for stage in (Stage.PROPOSED, Stage.RECOMMENDED, Stage.RETURNED):
        if numbers := by_stage.get(stage.value):
            yield _practices(stage, numbers)


def _practices(stage: Stage, numbers: list[int]) -> Item:
    """Return what is to be done with practices of a stage; one leads to its own page."""
    count = len(numbers)
    title, note = {
        Stage.PROPOSED: (
            ngettext(
                "%(n)s good practice was proposed to you",
                "%(n)s good practices were proposed to you",
                count,
            ),
            _("Recommend it, or send it back with a remark"),
        ),
        Stage.RECOMMENDED: (
            ngettext(
                "%(n)s good practice waits for the decision",
                "%(n)s good practices wait for the decision",
                count,
            ),
            _("Recommended; it is recognised by a decision"),
        ),
        Stage.RETURNED: (
            ngettext(
                "%(n)s good practice came back with a remark",
                "%(n)s good practices came back with a remark",
                count,
            ),
            _("Read the remark, mend it, propose it again"),
        ),
    }[stage]
    one = reverse("practices:practice", args=[numbers[0]])
    return Item(
        title=title % {"n": count},
        note=note,
        href=one if count == 1 else reverse("practices:list"),
        action=_("Open"),
    )


def held(actor: Actor, today: date) -> Iterator[Item]:
    """Yield the own activities whose numbers are missing, and those soon to come without a plan."""
    if not actor.may(Right.HOLD_ACTIVITIES):
        return
    until = today + timedelta(days=NEAR)
    found = activities.held_by(actor).filter(held_at=None, called_off_at=None, on_date__lte=until)
    found = found.filter(Q(on_date__lt=today) | Q(plan=""))
    rows = found.order_by("on_date", "pk").values_list("pk", "title", "on_date")
    over = [row for row in rows if row[2] < today and not is_past(row[2], today)]
    if over:
        number, title, on = over[0]
        yield Item(
            title=_("State how many took part: %(title)s") % {"title": title}
            if len(over) == 1
            else _("State how many took part in each of %(n)s activities") % {"n": len(over)},
            note=_("Held on %(day)s; without a number it counts nowhere") % {"day": days.day(on)},
            href=reverse("activities:activity", args=[number])
            if len(over) == 1
            else reverse("activities:listing"),
            action=_("State it"),
        )
    for number, title, on in rows:
        if on >= today:
            yield Item(
                title=_("Write the plan: %(title)s") % {"title": title},
                note=_("Takes place on %(day)s") % {"day": days.day(on)},
                href=reverse("activities:activity", args=[number]),
                action=_("Open"),
                left=(on - today).days,
            )
