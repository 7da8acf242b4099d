"""What a change of the rules would change: which values, and which open cases how."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from donghanh.amendments import queries as amendments
from donghanh.domain.acts import Step
from donghanh.domain.authority import Actor, require
from donghanh.domain.comparing import BookChange, RoadChange, between_books, between_roads
from donghanh.domain.replaying import replay
from donghanh.domain.rights import Right
from donghanh.domain.roads import RoadStatus
from donghanh.domain.rules import Rulebook
from donghanh.dossiers import queries as dossiers
from donghanh.dossiers.models import Act, Dossier
from donghanh.rulebook import texts

#: Dossiers fetched at a time, so that memory does not grow with their number.
_AT_ONCE = 2000
#: What ends a road, and how a road stands that has not ended.
_ENDS = (Step.RECOGNISED.value, Step.DELETED.value, Step.ANNULLED.value)
_GOING = frozenset({RoadStatus.NOT_STARTED, RoadStatus.WALKING, RoadStatus.ADMITTED})
#: Changes of one kind shown one by one, and cases named beside each; the others are counted.
_LINES = 60
_NAMED = 30
#: So many changes are shown at once.
_FEW = 12


@dataclass(frozen=True, slots=True)
class SideChange:
    """What one change makes of one state, and the numbers of the cases it touches; never a name."""

    before: str
    after: str
    numbers: tuple[int, ...]
    more: int


@dataclass(frozen=True, slots=True)
class KindChange:
    """One kind of change: what it is about, how many cases it touches, and how."""

    label: str
    cases: int
    lines: tuple[SideChange, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Preview:
    """
    What a change of the rules would change.

    Attributes:
        edition: The edition it was worked out on.
        change: In the rules.
        kinds: In open cases, by kind, the most frequent first.
        changed: How many cases would change.
        open: How many cases are open.
        mark: What tells one text on one edition from every other.
    """

    edition: int
    change: BookChange
    kinds: tuple[KindChange, ...]
    changed: int
    open: int
    mark: str

    @property
    def few(self) -> bool:
        """Tell whether all changes of cases can be shown at once."""
        return sum(len(kind.lines) for kind in self.kinds) <= _FEW


def mark_of(text: str, edition: int) -> str:
    """Return what tells one text, looked at on one edition, from every other."""
    return hashlib.sha256(f"{edition}\n{text}".encode()).hexdigest()


def preview(actor: Actor, text: str, today: date) -> Preview:
    """
    Return what an amendment would change; nothing is kept.

    Args:
        actor: Who is about to keep it.
        text: TOML.
        today: The day (Asia/Ho_Chi_Minh).

    Raises:
        NotAllowed: The post does not change rules.
        RuleError: The text cannot be used; see ``amendments.queries.tried``.
    """
    require(actor, Right.KEEP_RULES)
    before = amendments.current()
    after = amendments.tried(text, on=today, by=actor.name)
    return _between(before, after, text, today)


def preview_without(actor: Actor, number: int, today: date) -> Preview:
    """
    Return what withdrawing an amendment would change; nothing is kept.

    Args:
        actor: Who is about to withdraw it.
        number: Of the amendment.
        today: The day (Asia/Ho_Chi_Minh).

    Raises:
        NotAllowed: The post does not change rules.
        RuleError: It cannot be withdrawn; see ``amendments.queries.tried_without``.
    """
    require(actor, Right.KEEP_RULES)
    before = amendments.current()
    after = amendments.tried_without(number, on=today, by=actor.name)
    return _between(before, after, str(number), today)


def _between(before: Rulebook, after: Rulebook, text: str, today: date) -> Preview:
    told: dict[str, dict[tuple[str, str], list[int]]] = {}
    changed = going = 0
    for dossier in _open_dossiers():
        found = _changes(dossier, before, after, today)
        if found is None:
            continue
        going += 1
        changed += bool(found)
        for change in found:
            label, *sides = _told(change, after)
            told.setdefault(label, {}).setdefault((sides[0], sides[1]), []).append(dossier.pk)
    kinds = [_kind(label, lines) for label, lines in told.items()]
    return Preview(
        edition=before.edition,
        change=between_books(before, after),
        kinds=tuple(sorted(kinds, key=lambda kind: (-kind.cases, kind.label))),
        changed=changed,
        open=going,
        mark=mark_of(text, before.edition),
    )


def _kind(label: str, lines: Mapping[tuple[str, str], list[int]]) -> KindChange:
    """Return a kind of change, what touches most cases first."""
    ordered = sorted(lines.items(), key=lambda line: (-len(line[1]), line[1][0]))
    return KindChange(
        label=label,
        cases=len({number for numbers in lines.values() for number in numbers}),
        lines=tuple(
            SideChange(before, after, tuple(numbers[:_NAMED]), max(0, len(numbers) - _NAMED))
            for (before, after), numbers in ordered[:_LINES]
        ),
        more=max(0, len(ordered) - _LINES),
    )


def _open_dossiers() -> Iterator[Dossier]:
    """
    Yield the dossiers that have not come to their end, by number, with all they are replayed from.

    The statements do not grow with the number of dossiers, but for one round of them every
    ``_AT_ONCE``.
    """
    ended = Act.objects.filter(step__in=_ENDS, passed=True, voids=None, voided_by=None)
    going = Dossier.objects.exclude(pk__in=ended.values("dossier_id"))
    whole = dossiers.nameless(going)
    return whole.order_by("pk").iterator(chunk_size=_AT_ONCE)


def _changes(
    dossier: Dossier, before: Rulebook, after: Rulebook, today: date
) -> tuple[RoadChange, ...] | None:
    """Return what would change of a case; None for one that is not open by either edition."""
    case, acts = dossiers.case_of(dossier), dossiers.acts_of(dossier)
    was, now = replay(acts, case, before, today), replay(acts, case, after, today)
    if was.status not in _GOING and now.status not in _GOING:
        return None
    return between_roads(was, now)


def _told(change: RoadChange, book: Rulebook) -> tuple[str, str, str]:
    """Return a change as a label and its two sides."""
    step = "" if change.step is None else book.step(change.step).title_vi
    rule = book.head(change.name).title_vi if change.name in book.contents.heads else ""
    label = texts.change_label(change, step, rule)
    return label, texts.side(change.before), texts.side(change.after)
