"""What a draft is made of on a day: its units, its duties, who signs it, the text it becomes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from donghanh.amendments import queries as amendments
from donghanh.directives import texts
from donghanh.directives.models import Directive, NumberEntry
from donghanh.directives.queries.issued import issued_by
from donghanh.domain import assignment, authority, drafting, numbering
from donghanh.domain.authority import Actor
from donghanh.domain.drafting import Addressing, Choice
from donghanh.domain.rights import Right, Role
from donghanh.domain.structure import Line, UnitKind
from donghanh.organisation import queries as organisation
from donghanh.organisation.queries import Signer, UnitFacts

#: Whose posts sign directives.
SIGNERS = (Role.LEADER, Role.COMMITTEE, Role.UPPER_UNION)
#: What stands under "Nơi nhận" below the units.
_COPIES = ("Như trên;", "Lưu: VT.")


def addressed_units(issuer: int, line: Line, choice: Choice, on: date) -> frozenset[int]:
    """
    Return the ids of the units a choice names on a day.

    Raises:
        OutOfReach: The choice names a unit that is not under the issuer.
    """
    kinds = {key: unit.kind for key, unit in organisation.at(on).items()}
    parents = organisation.tree_on(line, on)
    return drafting.addressed(choice, issuer=issuer, parents=parents, kinds=kinds)


def units_of(directive: Directive, on: date) -> frozenset[int]:
    """Return the ids of the units a draft would go to on a day."""
    choice = Choice.from_dict(directive.addressing)
    return addressed_units(directive.issuer_id, Line(directive.line), choice, on)


def duties_on(directive: Directive, on: date) -> tuple[assignment.Dated, ...]:
    """
    Return the duties of a draft with their days, as they would be asked on a day.

    Raises:
        DueUnreadable: A day that is no day.
    """
    return assignment.dated(
        assignment.duties_of(directive.confirmed),
        year=assignment.school_year_of(directive.confirmed, on),
        workdays=amendments.current().workdays(),
    )


def signer_for(actor: Actor, on: date) -> Signer | None:
    """
    Return as whom an actor signs the directives of the own unit; ``None``: does not sign there.

    The holder of the office signs as such; whoever the signing was delegated to, for the holder.
    """
    chief = organisation.signer_of(actor.post.unit_id, on, Right.SIGN_DIRECTIVES, SIGNERS)
    if chief is not None and chief.user_id == actor.user_id:
        return chief
    if not actor.may(Right.SIGN_DIRECTIVES):
        return None
    return organisation.held_by(actor.post.id)


def issued_content(directive: Directive, entry: NumberEntry, on: date) -> dict[str, Any]:
    """Return a draft's content as it is issued: with head, number, day and addressees."""
    unit = organisation.known_as([directive.issuer_id], on)[directive.issuer_id]
    line = Line(directive.line)
    units = organisation.known_as(units_of(directive, on), on)
    names = [one.name for one in sorted(units.values(), key=lambda one: one.order)]
    return {
        **directive.confirmed,
        "issuer": unit.name,
        "superior": unit.superior or None,
        "number": numbering.padded(entry.number),
        "symbol": entry.symbol,
        "reference": numbering.reference(line, entry.number, entry.symbol),
        "date": on.isoformat(),
        "place": unit.place,
        "addressees": addressee_lines(Choice.from_dict(directive.addressing), names),
        "recipients": list(_COPIES),
    }


def addressee_lines(choice: Choice, names: Sequence[str]) -> list[str]:
    """Return whom a directive names: the units one by one, or all of them in one line."""
    if choice.how is Addressing.LIST or len(names) <= 3:
        return list(names)
    return ["Các đơn vị trực thuộc"]


def text_of(directive: Directive, on: date) -> str:
    """Return an issued draft as plain text."""
    said = directive.confirmed
    line = Line(directive.line)
    signing = said["signing"]
    day = date.fromisoformat(said["date"])
    about = said["subject"]
    head = [
        str(said["issuer"]),
        numbering.number_line(line, said["number"], said["symbol"]),
        f"{said['place']}, ngày {day.day:02d} tháng {day.month:02d} năm {day.year}",
        f"V/v {about}" if directive.kind == "dispatch" else f"{said['kind'].upper()}\n{about}",
        "Kính gửi: " + "; ".join(said["addressees"]),
    ]
    foot = [
        "Nơi nhận: " + " ".join(said["recipients"]),
        *filter(None, (signing["authority"], signing["title"], signing["name"])),
    ]
    return drafting.written(head=head, content=said, duties=duty_lines(directive, on), foot=foot)


def duty_lines(directive: Directive, on: date) -> list[str]:
    """Return each duty with its day, in the words of papers."""
    return [
        f"{duty['text'].rstrip('. ')} ({texts.when(duty)})"
        for duty in directive.confirmed.get("duties", ())
    ]


@dataclass(frozen=True, slots=True)
class UnitChoice:
    """A unit under the issuer, how deep it stands, and whether others stand under it."""

    unit: UnitFacts
    depth: int
    above: bool


def units_below(issuer: int, line: Line, on: date) -> tuple[UnitChoice, ...]:
    """Return the units under one along a line on a day, each after the one it stands under."""
    known = organisation.at(on)
    children: dict[int, list[int]] = {}
    for child, parent in organisation.tree_on(line, on).items():
        if child in known:
            children.setdefault(parent, []).append(child)
    found: list[UnitChoice] = []
    waiting = [(one, 0) for one in _sorted(children.get(issuer, ()), known)]
    while waiting:
        unit_id, depth = waiting.pop(0)
        below = _sorted(children.get(unit_id, ()), known)
        found.append(UnitChoice(known[unit_id], depth, bool(below)))
        waiting = [(one, depth + 1) for one in below] + waiting
    return tuple(found)


def _sorted(ids: Sequence[int] | tuple[int, ...], known: Mapping[int, UnitFacts]) -> list[int]:
    return sorted(ids, key=lambda one: known[one].order)


def kinds_below(units: Sequence[UnitChoice]) -> list[UnitKind]:
    """Return the kinds of some units, in the order of the list of kinds."""
    there = {one.unit.kind for one in units}
    return [kind for kind in UnitKind if kind in there]


def draft_of(actor: Actor, directive_id: int) -> Directive:
    """
    Return a draft of the actor's unit, or what became of it.

    Raises:
        NotAllowed: The post does not read directives.
        Directive.DoesNotExist: Unknown, another unit's, or one that was read.
    """
    authority.require(actor, Right.READ_DIRECTIVES)
    own = issued_by(actor).filter(drafted=True)
    return own.select_related("kept_by", "signed_by", "supersedes", "cascades__directive").get(
        pk=directive_id
    )
