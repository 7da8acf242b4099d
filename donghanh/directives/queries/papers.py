"""A directive as its official paper."""

from __future__ import annotations

from datetime import date
from typing import Any

from donghanh.directives.models import Directive
from donghanh.directives.queries.drafting import (
    addressee_lines,
    draft_of,
    duty_lines,
    units_of,
)
from donghanh.documents import houses, letters
from donghanh.documents.body_papers import Hand
from donghanh.domain import drafting, numbering
from donghanh.domain.authority import Actor
from donghanh.domain.drafting import Choice
from donghanh.domain.errors import RuleError
from donghanh.domain.structure import Line
from donghanh.organisation import queries as organisation


def directive_paper(actor: Actor, directive_id: int, on: date) -> bytes:
    """
    Return a directive written here as an editable Word file in its house's layout.

    A draft has blanks for number and day, and the names of the day it is looked at.

    Raises:
        NotAllowed: The post does not read directives.
        Directive.DoesNotExist: Unknown, another unit's, or one that was read.
    """
    directive = draft_of(actor, directive_id)
    said = {**directive.confirmed, **(_blank(directive, on) if directive.stage else {})}
    signing = said["signing"]
    line = Line(directive.line)
    return letters.letter(
        letters.Letter(
            house=houses.BY_LINE.get(line),
            superior=said.get("superior") or "",
            issuer=said.get("issuer") or "",
            number=said.get("number") or "",
            symbol=said.get("symbol") or "",
            place=said.get("place") or "",
            day=date.fromisoformat(said["date"]) if said.get("date") else None,
            kind="" if directive.kind == "dispatch" else said["kind"],
            subject=said["subject"],
            addressees=tuple(said.get("addressees") or ()),
            paragraphs=drafting.body(said, duty_lines(directive, on)) or ("…",),
            hand=Hand(
                tuple(filter(None, (signing["authority"], signing["title"]))),
                signing["name"] or "",
            ),
            recipients=tuple(said.get("recipients") or ("Như trên;", "Lưu: VT.")),
            simulated=directive.simulated,
        )
    )


def _blank(directive: Directive, on: date) -> dict[str, Any]:
    """Return the head a draft would have on a day, number and day left blank."""
    unit = organisation.known_as([directive.issuer_id], on)[directive.issuer_id]
    line = Line(directive.line)
    try:
        symbol = numbering.symbol(line, directive.kind, unit.symbol, unit=unit.name)
        units = organisation.known_as(units_of(directive, on), on)
    except RuleError:  # said on the draft's own page; the paper leaves the place blank
        symbol, units = "", {}
    names = [one.name for one in sorted(units.values(), key=lambda one: one.order)]
    return {
        "issuer": unit.name,
        "superior": unit.superior,
        "place": unit.place,
        "symbol": symbol,
        "addressees": addressee_lines(Choice.from_dict(directive.addressing), names),
    }
