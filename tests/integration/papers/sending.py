"""What the tests of papers share: a voted dossier, and who sends, receives and returns it."""

from __future__ import annotations

from datetime import date, timedelta

from donghanh.accounts.models import User
from donghanh.domain.procedure import Step
from donghanh.domain.whereabouts import FaultKind
from donghanh.dossiers.models import Dossier
from donghanh.papers import actions, queries
from donghanh.papers.models import Sending
from tests import factory
from tests.factory import Cast

VOTED = factory.BEGINS["R1"] + timedelta(days=factory.OFFSETS[Step.CELL_VOTED])
TODAY = VOTED + timedelta(days=30)


def mark(user: User, dossier: Dossier, on: date = TODAY) -> str:
    """Return where a dossier is, as somebody sees it."""
    return queries.mark(factory.road(user, dossier, on))


def send(user: User, dossier: Dossier, to: int, *, on: date, was: str | None = None) -> Sending:
    """Send a dossier as somebody who has just looked at it."""
    return actions.send_dossier(
        actor=factory.actor(user, TODAY),
        dossier_id=dossier.pk,
        was=mark(user, dossier) if was is None else was,
        to_unit_id=to,
        on=on,
        at=factory.instant(TODAY),
        today=TODAY,
    )


def receive(user: User, dossier: Dossier, *, on: date) -> Sending:
    """Receive a dossier."""
    return actions.receive_dossier(
        actor=factory.actor(user, TODAY),
        dossier_id=dossier.pk,
        was=mark(user, dossier),
        on=on,
        at=factory.instant(TODAY),
        today=TODAY,
    )


def fault(form: str = "2-KNĐ", sentence: str = "Thiếu dấu giáp lai trang 4.") -> actions.NewFault:
    """Return what is wrong with one paper."""
    return actions.NewFault(form, FaultKind.UNSEALED, sentence)


def give_back(
    user: User,
    dossier: Dossier,
    *,
    on: date,
    faults: list[actions.NewFault] | None = None,
    was: str | None = None,
) -> Sending:
    """Return a dossier."""
    return actions.return_dossier(
        actor=factory.actor(user, TODAY),
        dossier_id=dossier.pk,
        was=mark(user, dossier) if was is None else was,
        faults=[fault()] if faults is None else faults,
        on=on,
        at=factory.instant(TODAY),
        today=TODAY,
    )


def at_committee(cast: Cast) -> Dossier:
    """Return a voted dossier that the base committee has received."""
    dossier = factory.walk_to(Step.CELL_VOTED, cast)
    send(cast.secretary, dossier, cast.base.pk, on=VOTED + timedelta(days=2))
    receive(cast.base_member, dossier, on=VOTED + timedelta(days=3))
    return dossier
