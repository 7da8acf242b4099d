"""What stands on a desk of accompaniment: challenges to be read, comments that are due."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from donghanh.accompaniment import queries as accompaniment
from donghanh.desk.queries.items import NEAR, Item
from donghanh.domain.authority import Actor
from donghanh.domain.rights import Right
from donghanh.domain.rules import Rulebook
from donghanh.lib import days


def waiting(actor: Actor) -> Iterator[Item]:
    """Yield the challenges pupils say are done, which nobody has answered yet."""
    if not actor.may(Right.GIVE_CHALLENGES):
        return
    for row in accompaniment.waiting(actor):
        yield Item(
            title=_("Read and answer: %(title)s – %(name)s, %(class_name)s")
            % {"title": row.title, "name": row.name, "class_name": row.class_name},
            note=_("The pupil says it is done, and what it meant"),
            href=reverse("accompaniment:challenge", args=[row.id]),
            action=_("Read"),
            named=row.dossier_id,
        )


def comments(actor: Actor, book: Rulebook, today: date) -> Iterator[Item]:
    """Yield the periodic comments a helper owes, from some days before the last day on."""
    for due in accompaniment.dues(actor, today, book):
        if due.left > NEAR:
            continue
        yield Item(
            title=_("Periodic comment – %(name)s, %(class_name)s")
            % {"name": due.name, "class_name": due.class_name},
            note=_("At the latest on %(day)s; the school's cell and the pupil read it")
            % {"day": days.day(due.by)},
            href=reverse("accompaniment:comment", args=[due.dossier_id]),
            action=_("Write"),
            left=due.left,
            entry=due.entry,
            named=due.dossier_id,
        )
