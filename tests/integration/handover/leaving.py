"""What the tests of hand-over share: a pupil with a code, asked, agreed and sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from donghanh.domain.acts import Destination
from donghanh.domain.consent import Purpose
from donghanh.domain.procedure import Step
from donghanh.dossiers.models import Dossier
from donghanh.handover import actions, doors
from donghanh.handover.models import Handover
from donghanh.people import actions as people
from tests import factory
from tests.factory import Cast

BEGINS = factory.BEGINS["R1"]
TODAY = BEGINS + timedelta(days=130)
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Leaver:
    """A pupil who leaves: the dossier and the own code."""

    dossier: Dossier
    code: str


def leaver(cast: Cast, last: Step = Step.LISTED, *, begins: date = BEGINS) -> Leaver:
    """Walk a pupil who knows the own code up to a step."""
    on = begins - 2 * DAY
    code = factory.invited(cast.school, on=on)
    person = people.accept_invitation(
        code=code,
        full_name="Nguyễn Hải Nam",
        birth_date=factory.turns_eighteen(begins + 30 * DAY),
        union_member=True,
        lower_secondary=True,
        purposes=list(Purpose),
        at=factory.instant(on),
        on=on,
        simulated=True,
    )
    return Leaver(factory.walk_to(last, cast, person=person, begins=begins), code)


def asked(
    cast: Cast, one: Leaver, *, here: bool = False, today: date = TODAY, **more: object
) -> Handover:
    """Ask a pupil about a hand-over to the neighbour, or to a university outside."""
    new = actions.Begin(
        to=Destination.SCHOOL if here else Destination.INSTITUTION,
        to_school_id=cast.neighbour.unit.pk if here else None,
        to_name="" if here else "Đảng ủy Trường Đại học (mô phỏng)",
        to_place="Đắk Lắk",
        **more,  # type: ignore[arg-type]  # named after its fields
    )
    return actions.begin(
        actor=factory.actor(cast.secretary, today),
        dossier_id=one.dossier.pk,
        new=new,
        at=factory.instant(today),
        today=today,
    )


def agreed(one: Leaver, *, agrees: bool = True, on: date = TODAY) -> Handover:
    """Let the pupil answer on the own page."""
    return actions.answer(code=one.code, agrees=agrees, at=factory.instant(on, 9), on=on)


def sent(cast: Cast, made: Handover, *, on: date = TODAY, today: date = TODAY) -> actions.Secret:
    """Send the file; return what opens it outside."""
    found = actions.send(
        actor=factory.actor(cast.secretary, today),
        handover_id=made.pk,
        on=on,
        noted=actions.Noted({"certificate": ("05-GCN/CB", today)}),
        at=factory.instant(today, 10),
        today=today,
    )
    return found or actions.Secret("", "")


def outside(cast: Cast, last: Step = Step.LISTED) -> tuple[Leaver, Handover, actions.Secret]:
    """Return a file that was sent to a university outside."""
    one = leaver(cast, last)
    made = asked(cast, one)
    agreed(one)
    return one, made, sent(cast, made)


def confirmed(secret: actions.Secret, *, on: date = TODAY, today: date = TODAY) -> str:
    """Confirm through the link; return the name that was shown."""
    with doors.by_link(secret.word, secret.code):
        found = actions.receive_by_link(
            word=secret.word,
            code=secret.code,
            receiver="Lê Thị Thu, Văn phòng Đảng ủy",
            on=on,
            at=factory.instant(today, 11),
            today=today,
        )
    return found.name
