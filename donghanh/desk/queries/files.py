"""What stands on a desk about files: returned, to receive, letters, hand-overs, certificates."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from donghanh.desk.queries.items import Item
from donghanh.domain import whereabouts
from donghanh.domain.authority import Actor
from donghanh.domain.catalogue import ClockKind
from donghanh.domain.deadlines import Clock
from donghanh.domain.handing_over import HandOverState
from donghanh.domain.procedure import Step
from donghanh.domain.rights import Right
from donghanh.domain.rules import Rulebook
from donghanh.dossiers import queries as dossiers
from donghanh.dossiers.queries import Walk
from donghanh.handover import queries as handovers
from donghanh.handover.models import Handover
from donghanh.lib import days
from donghanh.papers import queries as papers
from donghanh.papers import texts

#: From how many days before its last day a certificate stands on the desk; ours, not a rule's.
CERTIFICATE = 60


def cases(actor: Actor, book: Rulebook, today: date, moving: Collection[int]) -> list[Walk]:
    """
    Return the cases in sight whose files want something, in a fixed number of statements.

    ``moving`` are those that wait for the actor's unit, of ``papers.in_motion``.
    """
    wanted = set(moving)
    wanted |= set(handovers.waiting(actor).values_list("dossier_id", flat=True))
    if actor.may(Right.HOLD_CLASSES):
        wanted |= set(dossiers.expiring(actor, today, CERTIFICATE))
    return dossiers.walks_among(actor, wanted, today, book) if wanted else []


def ways(walks: list[Walk], moving: Mapping[int, papers.Waits]) -> Iterator[Item]:
    """Yield the dossiers to be mended or received, and what each waits for."""
    for walk in walks:
        why = moving.get(walk.dossier.pk)
        if why is None:
            continue
        place = whereabouts.read(walk.dossier.place)
        mending = why is papers.Waits.MENDING
        title = _("Mend the dossier and send it again – %(name)s, %(class_name)s")
        note = _("Returned on %(day)s; what is wrong stands with its papers")
        if not mending:
            title = _("Confirm that the dossier has come – %(name)s, %(class_name)s")
            note = _("Sent on %(day)s")
        yield Item(
            title=title % _whose(walk),
            note=note % {"day": days.day(place.since) if place.since else ""},
            href=reverse("papers:listing", args=[walk.dossier.pk]),
            action=_("Open"),
            left=0 if mending else None,
            named=walk.dossier.pk,
        )


def certificates(actor: Actor, walks: list[Walk], today: date) -> Iterator[Item]:
    """Yield the certificates about to expire before the cell has considered, to the cell."""
    if not actor.may(Right.HOLD_CLASSES):
        return
    for walk in walks:
        clock = _expiring(walk, today)
        if clock is not None:
            yield Item(
                title=_("The awareness certificate expires – %(name)s, %(class_name)s")
                % _whose(walk),
                note=_("Good until %(day)s; the cell has to consider by then")
                % {"day": days.day(clock.last_day)},
                href=reverse("dossiers:road", args=[walk.dossier.pk]),
                action=_("Open"),
                left=clock.days_left(today),
                entry=clock.entry,
                named=walk.dossier.pk,
            )


def _expiring(walk: Walk, today: date) -> Clock | None:
    stage = walk.road.stage(Step.TRAINED)
    if walk.road.current is None or walk.road.stage(Step.CELL_VOTED).act is not None:
        return None
    running = [one for one in stage.clocks if one.kind is ClockKind.EXPIRY and one.done_on is None]
    return next((one for one in running if one.days_left(today) <= CERTIFICATE), None)


def letters(actor: Actor, today: date) -> Iterator[Item]:
    """Yield the letters whose day to remind has come and that nobody answered."""
    for letter in papers.unanswered(actor, today):
        person = letter.dossier.person
        yield Item(
            title=_("Ask for the answer: %(kind)s – %(name)s")
            % {"kind": texts.LETTERS[letter.kind], "name": person.full_name},
            note=_("To %(unit)s, sent on %(sent)s; your unit's own day to remind was %(remind)s")
            % {
                "unit": letter.to_name,
                "sent": days.day(letter.sent_date),
                "remind": days.day(letter.remind_date),
            },
            href=reverse("papers:listing", args=[letter.dossier_id]),
            action=_("Open"),
            left=0,
            named=letter.dossier_id,
        )


def handed(actor: Actor, walks: list[Walk], today: date) -> tuple[list[Item], list[Item]]:
    """
    Return what is to be done about hand-overs, and what nobody has confirmed yet.

    One statement; names are those of the dossiers in sight.
    """
    names = {walk.dossier.pk: walk for walk in walks}
    todo: list[Item] = []
    waits: list[Item] = []
    for one in handovers.waiting(actor):
        state = handovers.state_of(one)
        mine = one.from_school_id in actor.schools
        if state is HandOverState.SENT and mine:
            waits.append(_waits(one, names.get(one.dossier_id), today))
        elif state is HandOverState.SENT:
            title = _("Confirm the file that comes to your school: dossier no. %(number)s")
            todo.append(_todo(one, title % {"number": one.dossier_id}))
        elif state in {HandOverState.AGREED, HandOverState.REFUSED} and mine:
            title = _("Send the file, the pupil agreed – %(who)s")
            if state is HandOverState.REFUSED:
                title = _("The pupil does not agree to the hand-over – %(who)s")
            who = _who(one, names.get(one.dossier_id))
            named = one.dossier_id if one.dossier_id in names else None
            todo.append(_todo(one, title % {"who": who}, named))
    return todo, waits


def _todo(one: Handover, title: str, named: int | None = None) -> Item:
    return Item(
        title=title,
        note=_("To %(unit)s") % {"unit": one.to_name},
        href=reverse("handover:page", args=[one.pk]),
        action=_("Open"),
        named=named,
    )


def _waits(one: Handover, walk: Walk | None, today: date) -> Item:
    return Item(
        title=_("Nobody has confirmed the file handed over – %(who)s") % {"who": _who(one, walk)},
        note=_("To %(unit)s, sent on %(day)s")
        % {"unit": one.to_name, "day": days.day(handovers.since(one))},
        href=reverse("handover:page", args=[one.pk]),
        action=_("Open"),
        waiting=(today - handovers.since(one)).days,
        named=None if walk is None else one.dossier_id,
    )


def _who(one: Handover, walk: Walk | None) -> str:
    if walk is None:
        return _("dossier no. %(number)s") % {"number": one.dossier_id}
    return _("%(name)s, %(class_name)s") % _whose(walk)


def _whose(walk: Walk) -> dict[str, str]:
    person = walk.dossier.person
    return {"name": person.full_name, "class_name": person.class_name}
