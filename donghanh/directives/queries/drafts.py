"""The page of a draft: what it says, whom it would go to today, what stands in its way."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from donghanh.amendments import queries as amendments
from donghanh.directives import texts
from donghanh.directives.models import Directive, Recipient
from donghanh.directives.queries.drafting import (
    UnitChoice,
    draft_of,
    duties_on,
    kinds_below,
    signer_for,
    units_below,
    units_of,
)
from donghanh.directives.queries.issued import addressed_to, issued_by
from donghanh.directives.queries.letters import Birth, number_of, subject_of
from donghanh.directives.queries.library import bases_on, library_texts
from donghanh.domain import assignment, authority, drafting, library, numbering
from donghanh.domain.authority import Actor
from donghanh.domain.drafting import Stage
from donghanh.domain.errors import RuleError
from donghanh.domain.library import Standing, Text
from donghanh.domain.rights import Right
from donghanh.domain.structure import Line, UnitKind
from donghanh.organisation import queries as organisation


@dataclass(frozen=True, slots=True)
class Desk:
    """
    What somebody needs to write a directive: kinds, texts, units, directives it may supersede.

    ``basis`` is a received directive on whose basis a new one is begun.
    """

    line: Line
    kinds: tuple[numbering.Kind, ...]
    library: tuple[Text, ...]
    units: tuple[UnitChoice, ...]
    unit_kinds: tuple[UnitKind, ...]
    earlier: tuple[tuple[int, str], ...]
    basis: str = ""


def writing_desk(actor: Actor, on: date, *, cascades: int | None = None) -> Desk:
    """
    Return what a directive of the actor's unit can be made of on a day.

    Args:
        actor: Who writes.
        on: The day (Asia/Ho_Chi_Minh).
        cascades: A received directive on whose basis it is written.

    Raises:
        NotAllowed: The post does not issue directives.
        Directive.DoesNotExist: That directive was not received by the actor's unit.
    """
    authority.require(actor, Right.ISSUE_DIRECTIVES)
    line = drafting.line_of(actor.post.role)
    units = units_below(actor.post.unit_id, line, on)
    standing = issued_by(actor).filter(status="issued", ended_how="").defer("original", "reading")
    return Desk(
        line=line,
        kinds=numbering.kinds_of(line),
        library=library_texts(),
        units=units,
        unit_kinds=tuple(kinds_below(units)),
        earlier=tuple((one.pk, _named(one)) for one in standing),
        basis=_basis(actor, cascades, on),
    )


def _named(directive: Directive) -> str:
    return " – ".join(filter(None, (number_of(directive.confirmed), subject_of(directive)[:120])))


def _basis(actor: Actor, cascades: int | None, on: date) -> str:
    """Return how a received directive is cited by the one issued on its basis."""
    if cascades is None:
        return ""
    found = Recipient.objects.filter(addressed_to(actor), directive_id=cascades)
    recipient = found.select_related("directive").order_by("id").first()
    if recipient is None:
        raise Directive.DoesNotExist
    directive = recipient.directive
    said = directive.confirmed
    day = directive.issued_date or on
    issuer = organisation.known_as([directive.issuer_id], on).get(directive.issuer_id)
    return (
        f"{said.get('kind') or 'Công văn'} số {number_of(said)} "
        f"ngày {day.day}/{day.month}/{day.year} của {issuer.name if issuer else ''} "
        f"về {subject_of(directive)}"
    )


@dataclass(frozen=True, slots=True)
class Basis:
    """What a draft stands on, and the warning where it holds no longer; unknown texts have none."""

    words: str
    known: bool
    warning: str
    instead: str


@dataclass(frozen=True, slots=True)
class DraftPage:
    """
    A draft, what would come into being if it were issued today, and what may be done with it.

    ``lacks`` are sentences; ``days_off`` tell of last days that are no working days; ``symbol`` is
    empty and ``refused`` says why where no number could be given.
    """

    directive: Directive
    subject: str
    stage: str
    badge: str
    bases: tuple[Basis, ...]
    units: tuple[str, ...]
    kinds: tuple[tuple[UnitKind, int], ...]
    tasks: tuple[Birth, ...]
    days_off: tuple[str, ...]
    lacks: tuple[str, ...]
    symbol: str
    refused: RuleError | None
    basis_of: str
    supersedes: str
    may_write: bool
    may_submit: bool
    may_sign: bool
    may_issue: bool
    may_send_back: bool
    may_discard: bool


def draft_page(actor: Actor, directive_id: int, on: date) -> DraftPage:
    """
    Return a draft of the actor's unit, as it would be issued on a day.

    Raises:
        NotAllowed: The post does not read directives.
        Directive.DoesNotExist: Unknown, another unit's, or one that was read.
    """
    directive = draft_of(actor, directive_id)
    stage = directive.stage
    writes = actor.may(Right.ISSUE_DIRECTIVES)
    refused, units, tasks = _would_be(directive, on)
    known = organisation.known_as(units, on)
    lacks = drafting.missing(directive.confirmed, addressees=len(units))
    signs = stage == Stage.REVIEW and signer_for(actor, on) is not None
    return DraftPage(
        directive=directive,
        subject=subject_of(directive),
        stage=stage,
        badge=str(texts.STAGES[stage]) if stage else "",
        bases=tuple(_told(one) for one in bases_on(_words(directive), on)),
        units=tuple(one.name for one in sorted(known.values(), key=lambda one: one.order)),
        kinds=tuple(sorted(Counter(one.kind for one in known.values()).items())),
        tasks=tuple(Birth(one.duty.text, texts.by(one.due, one.last)) for one in tasks),
        days_off=tuple(texts.day_off(one.last) for one in tasks if not _is_working(one.last)),
        lacks=tuple(texts.missing(one) for one in lacks),
        symbol=_symbol(directive, on),
        refused=refused,
        basis_of=_named(directive.cascades.directive) if directive.cascades else "",
        supersedes=_named(directive.supersedes) if directive.supersedes else "",
        may_write=writes and stage == Stage.WRITING,
        may_submit=writes and stage == Stage.WRITING and not lacks and refused is None,
        may_sign=signs,
        may_issue=writes and stage == Stage.SIGNED,
        may_send_back=stage in {Stage.REVIEW, Stage.SIGNED}
        and (writes or actor.may(Right.SIGN_DIRECTIVES)),
        may_discard=writes and bool(stage),
    )


def _would_be(
    directive: Directive, on: date
) -> tuple[RuleError | None, frozenset[int], tuple[assignment.Dated, ...]]:
    """Return the units and duties of a draft on a day, or why they cannot be told."""
    try:
        return None, units_of(directive, on), duties_on(directive, on)
    except RuleError as refused:
        return refused, frozenset(), ()


def _words(directive: Directive) -> list[str]:
    return [str(basis["words"]) for basis in directive.confirmed.get("bases", ())]


def _told(standing: Standing) -> Basis:
    if not standing.ended or standing.text is None:
        return Basis(standing.words, standing.text is not None, "", "")
    after = standing.successor
    return Basis(
        words=standing.words,
        known=True,
        warning=texts.basis_standing(standing.text.until, after.number if after else ""),
        instead=library.cited(after) if after else "",
    )


def _is_working(day: date) -> bool:
    return assignment.works(day, amendments.current().workdays())


def _symbol(directive: Directive, on: date) -> str:
    """Return the symbol a draft's number would bear; empty where its unit has no letters."""
    unit = organisation.known_as([directive.issuer_id], on)[directive.issuer_id]
    try:
        return numbering.symbol(Line(directive.line), directive.kind, unit.symbol, unit=unit.name)
    except RuleError:
        return ""
