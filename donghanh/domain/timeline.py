"""A value, since when, who says so: rules as dated entries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar, Generic, TypeVar

from donghanh.domain.errors import RuleError

T_co = TypeVar("T_co", covariant=True)

CENTRAL = "central"


class NotInForce(RuleError):
    """No entry of the rule is in force on the day asked."""

    code: ClassVar[str] = "timeline.not_in_force"


class TwoValues(RuleError):
    """One rule and scope was given two values from the same day."""

    code: ClassVar[str] = "timeline.two_values"


class MixedRules(RuleError):
    """A timeline was given entries of different rules or scopes."""

    code: ClassVar[str] = "timeline.mixed_rules"


class Confidence(StrEnum):
    """
    How sure we are of a value.

    V: read in the document's own text. S: a secondary page. Q: third parties only, a lead.
    K: general knowledge, unconfirmed. N: looked for and not found, a local default.
    """

    V = "V"
    S = "S"
    Q = "Q"
    K = "K"
    N = "N"


@dataclass(frozen=True, slots=True)
class Citation:
    """
    A place in a document: the number alone is reused by other issuers and in other years.

    Attributes:
        issuer: Who signed.
        number: Number and sign of the document, as written.
        signed_on: Day of signing.
        article: Place inside the document; empty when the whole document is meant.
        confidence: How the value was found.
        checked_on: Day a person compared the value with the original, if anybody did.
        checked_by: That person's name.
    """

    issuer: str
    number: str
    signed_on: date
    article: str
    confidence: Confidence
    checked_on: date | None = None
    checked_by: str = ""

    @property
    def settled(self) -> bool:
        """
        Tell whether the value may be shown without the mark "still to be compared".

        >>> day = date(2021, 7, 30)
        >>> Citation("BCH TW", "24-QĐ/TW", day, "4.2.3", Confidence.V).settled
        True
        >>> Citation("BCH TW", "208-QĐ/TW", day, "", Confidence.Q).settled
        False
        """
        return self.checked_on is not None or self.confidence is Confidence.V


@dataclass(frozen=True, slots=True)
class Entry(Generic[T_co]):
    """
    One value of one rule, from a day on, in a scope, with its source.

    Attributes:
        name: Identifier of the rule (``certificate.validity``).
        value: The value; its unit stands in ``unit``.
        since: First day in force (Asia/Ho_Chi_Minh).
        scope: ``central`` or a local scope such as ``province:ha-noi``.
        cite: Where the value was read.
        regime: Code of the regime it belongs to (``R3``).
        unit: ``working_day``, ``day``, ``month``, ``year``, ``person``, ``vote``, ``hour``,
            ``threshold``, ``choice``, ``reasons`` or ``flag``.
        title: English gloss.
        title_vi: Official or working title in Vietnamese.
        carried: True when a later regime was not read and the value is carried on unconfirmed.
        steady: True when the value stands above the regimes and needs no carrying.
        edition: Number of the amendment that brought it; 0 for what was shipped.
    """

    name: str
    value: T_co
    since: date
    scope: str
    cite: Citation
    regime: str
    unit: str = ""
    title: str = ""
    title_vi: str = ""
    carried: bool = False
    steady: bool = False
    edition: int = 0

    def __hash__(self) -> int:
        """Hash by what tells values apart; the rest follows from it."""
        return hash((self.name, self.scope, self.since, self.edition))

    @property
    def settled(self) -> bool:
        """Tell whether the value was compared with the original or read in it."""
        return self.cite.settled

    def record(self) -> dict[str, str | bool]:
        """
        Return what a step keeps of the rule it was judged by, as plain JSON values.

        Returns:
            Name, value as text, since, scope, regime and the citation; days in ISO form.
        """
        return {
            "name": self.name,
            "value": str(self.value),
            "since": self.since.isoformat(),
            "scope": self.scope,
            "regime": self.regime,
            "issuer": self.cite.issuer,
            "number": self.cite.number,
            "signed_on": self.cite.signed_on.isoformat(),
            "article": self.cite.article,
            "confidence": self.cite.confidence.value,
            "settled": self.settled,
        }


class Timeline(Generic[T_co]):
    """All values of one rule in one scope, oldest first, without two from the same day."""

    __slots__ = ("entries",)

    entries: tuple[Entry[T_co], ...]

    def __init__(self, entries: Iterable[Entry[T_co]]) -> None:
        """
        Order the entries.

        Raises:
            MixedRules: The entries are not of one rule and scope.
            TwoValues: Two entries begin on the same day.
        """
        self.entries = tuple(sorted(entries, key=lambda entry: entry.since))
        if len({(entry.name, entry.scope) for entry in self.entries}) > 1:
            raise MixedRules(names=sorted({entry.name for entry in self.entries}))
        for earlier, later in zip(self.entries, self.entries[1:], strict=False):
            if earlier.since == later.since:
                raise TwoValues(name=later.name, scope=later.scope, since=later.since)

    def find(self, day: date) -> Entry[T_co] | None:
        """Return the entry in force on the day, or None before the first."""
        found: Entry[T_co] | None = None
        for entry in self.entries:
            if entry.since > day:
                break
            found = entry
        return found

    def on(self, day: date) -> Entry[T_co]:
        """
        Return the entry in force on the day; never a guess.

        Raises:
            NotInForce: The day is before the first entry, or there is none.

        >>> cite = Citation("A", "1", date(2021, 1, 1), "", Confidence.V)
        >>> line = Timeline([Entry("limit", 30, date(2021, 7, 30), "central", cite, "R1")])
        >>> line.on(date(2021, 7, 30)).value
        30
        >>> line.find(date(2021, 7, 29)) is None
        True
        """
        found = self.find(day)
        if found is None:
            name = self.entries[0].name if self.entries else ""
            raise NotInForce(name=name, day=day)
        return found

    def until(self, entry: Entry[object]) -> date | None:
        """Return the first day the entry no longer holds (half-open), None if it still does."""
        later = [other.since for other in self.entries if other.since > entry.since]
        return min(later, default=None)
