"""A stored dossier as the rules read it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from donghanh.domain.acts import Destination, Move
from donghanh.domain.consent import Purpose
from donghanh.domain.procedure import Act as DatedAct
from donghanh.domain.procedure import Case, Step
from donghanh.domain.timeline import CENTRAL
from donghanh.domain.voting import Exclusion, Tally
from donghanh.dossiers.models import Act, Dossier


def case_of(dossier: Dossier) -> Case:
    """Return what the rules must know about a dossier's person."""
    person = dossier.person
    given = [consent for consent in person.consents.all() if consent.purpose == Purpose.ROAD.value]
    standing = [consent for consent in given if consent.withdrawn_date is None]
    stopped = [consent.withdrawn_date for consent in given if consent.withdrawn_date is not None]
    return Case(
        born=person.birth_date,
        consented_on=min((consent.given_date for consent in given), default=None),
        stopped_on=None if standing else max(stopped, default=None),
        scopes=tuple(dossier.scopes),
        base_committee=dossier.base_committee,
        sub_committee=dossier.sub_committee,
        delegated=dossier.delegated,
        by_members=dossier.by_members,
        union_member=person.union_member,
        lower_secondary=person.lower_secondary,
        standards=tuple(sorted(dossier.standards.items())),
        graduated_on=dossier.graduated_date,
        moves=tuple(sorted((_move(one) for one in dossier.moves), key=lambda move: move.on)),
    )


def _move(kept: Mapping[str, object]) -> Move:
    """Return one move as ``move_record`` kept it."""
    received, scopes = kept.get("received_on"), kept.get("scopes")
    return Move(
        on=date.fromisoformat(str(kept["on"])),
        to=Destination(str(kept["to"])),
        received_on=date.fromisoformat(str(received)) if received else None,
        scopes=tuple(scopes) if isinstance(scopes, list) else (CENTRAL,),
        base_committee=bool(kept.get("base_committee", True)),
    )


def move_record(move: Move) -> dict[str, object]:
    """Return a move as a dossier keeps it."""
    return {
        "on": move.on.isoformat(),
        "to": move.to.value,
        "received_on": move.received_on.isoformat() if move.received_on else None,
        "scopes": list(move.scopes),
        "base_committee": move.base_committee,
    }


def acts_of(dossier: Dossier) -> tuple[DatedAct, ...]:
    """Return a dossier's acts as the domain reads them, in the order of recording."""
    rows = sorted(dossier.acts.all(), key=lambda act: act.number)
    voided = {act.voids_id for act in rows if act.voids_id is not None}
    return tuple(dated_act(act, act.pk in voided) for act in rows if act.voids_id is None)


def dated_act(act: Act, voided: bool) -> DatedAct:
    """Return one stored act as the domain reads it."""
    return DatedAct(
        number=act.number,
        step=Step(act.step),
        on=act.on_date,
        form=act.form or None,
        paper_number=act.paper_number,
        tally=_tally(act),
        governed_by=act.governed_by or None,
        voided=voided,
        received_on=act.received_date,
        about=act.about,
        until=act.until_date,
        edition=act.edition,
    )


def _tally(act: Act) -> Tally | None:
    """Return the counts of an act that is a vote."""
    counts = (
        act.official,
        act.excluded,
        act.convened,
        act.present,
        act.favour,
        act.against,
        act.invalid,
    )
    known = [count for count in counts if count is not None]
    if len(known) < len(counts):
        return None
    official, excluded, convened, present, favour, against, invalid = known
    reasons = tuple((Exclusion(name), number) for name, number in act.excluded_by.items())
    return Tally(official, excluded, convened, present, favour, against, invalid, reasons)
