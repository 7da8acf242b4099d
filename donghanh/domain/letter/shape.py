"""What a reading of a letter holds: fields, spans, doubts; and its JSON shape."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as attribute
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any, ClassVar

from donghanh.domain.errors import RuleError
from donghanh.domain.letter import words


class EmptyLetter(RuleError):
    """There is no text to read. Facts: none."""

    code: ClassVar[str] = "letter.empty"


class TooLong(RuleError):
    """The text is longer than any letter. Facts: ``length`` and ``limit``, in characters."""

    code: ClassVar[str] = "letter.too_long"


class NotALetter(RuleError):
    """The text bears fewer than two marks of a Vietnamese official letter. Facts: ``marks``."""

    code: ClassVar[str] = "letter.not_a_letter"


class Recurs(StrEnum):
    """How often a duty comes back."""

    YEARLY = "yearly"
    QUARTERLY = "quarterly"
    MONTHLY = "monthly"


class Bound(StrEnum):
    """How an amount is meant."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    EXACTLY = "exactly"
    BETWEEN = "between"


@dataclass(frozen=True, slots=True)
class Span:
    """Half-open character offsets ``[start, end)`` into the composed text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Flag:
    """A doubt: the field it concerns, a code, the facts, and where it is seen if anywhere."""

    field: str
    code: str
    facts: Mapping[str, str] = attribute(default_factory=dict)
    span: Span | None = None

    def gloss(self) -> str:
        """
        Return the doubt as a short Vietnamese sentence, from the rulebook.

        >>> Flag("number", "blank").gloss()
        'Văn bản để trống chỗ này.'
        """
        return words.GLOSS[self.code].format_map(self.facts)


@dataclass(frozen=True, slots=True)
class Basis:
    """A document the letter stands on; ``date`` is ISO."""

    kind: str | None
    number: str | None
    issuer: str | None
    date: str | None


@dataclass(frozen=True, slots=True)
class Duty:
    """
    Something to be done by a day.

    ``due`` is an ISO day (``2024-06-10``), a month (``2024-06``), or, when no year can be known, a
    day of the year (``--06-10``) or of the month (``---20``). ``before``: the day itself is late.
    """

    text: str
    due: str | None
    recurs: Recurs | None
    before: bool

    def day(self) -> date | None:
        """
        Return the due day when it is a full day, else nothing.

        >>> Duty("báo cáo", "2024-06-10", Recurs.YEARLY, True).day()
        datetime.date(2024, 6, 10)
        """
        return date.fromisoformat(self.due) if self.due and len(self.due) == 10 else None


@dataclass(frozen=True, slots=True)
class Target:
    """
    How many of what, by whom, in which school year.

    ``amount`` is a count, or a percentage when ``percent``; ``to`` is the upper end of a range.
    """

    amount: int | Decimal
    to: int | Decimal | None
    bound: Bound
    percent: bool
    what: str | None
    of: str
    whom: str | None
    year: str | None

    def kind(self) -> str:
        """Return ``percent``, or the bound of a count: ``at_least``, ``exactly`` and so on."""
        return "percent" if self.percent else self.bound.value


@dataclass(frozen=True, slots=True)
class Signing:
    """By what authority, in what title and by whom a letter is signed."""

    authority: str | None = None
    title: str | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """
    Everything read from one letter.

    ``text`` is the composed (NFC) text that all spans refer to. Unknown is ``None``.
    """

    text: str
    issuer: str | None = None
    superior: str | None = None
    number: str | None = None
    symbol: str | None = None
    place: str | None = None
    date: str | None = None
    kind: str | None = None
    subject: str | None = None
    addressees: tuple[str, ...] = ()
    bases: tuple[Basis, ...] = ()
    contents: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    duties: tuple[Duty, ...] = ()
    targets: tuple[Target, ...] = ()
    recipients: tuple[str, ...] = ()
    signing: Signing = attribute(default_factory=Signing)
    flags: tuple[Flag, ...] = ()
    spans: Mapping[str, Span] = attribute(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """
        Return the reading in its JSON shape.

        Returns:
            Plain dictionaries, lists, texts and numbers. ``spans`` maps a field path such as
            ``bases.0.date`` to ``[start, end]`` in the composed text; ``source`` identifies that
            text by length and SHA-256 of its UTF-8 form.
        """
        return {
            **{name: getattr(self, name) for name in _PLAIN},
            **{name: list(getattr(self, name)) for name in ("addressees", "contents", "units")},
            "bases": [
                {"kind": b.kind, "number": b.number, "issuer": b.issuer, "date": b.date}
                for b in self.bases
            ],
            "duties": [
                {
                    "text": d.text,
                    "due": d.due,
                    "recurs": d.recurs and d.recurs.value,
                    "before": d.before,
                }
                for d in self.duties
            ],
            "targets": [_target_dict(target) for target in self.targets],
            "recipients": list(self.recipients),
            "signing": {
                "authority": self.signing.authority,
                "title": self.signing.title,
                "name": self.signing.name,
            },
            "flags": [
                {"field": f.field, "why": f.gloss(), "code": f.code, "facts": dict(f.facts)}
                for f in self.flags
            ],
            "spans": {path: [span.start, span.end] for path, span in self._all_spans().items()},
            "source": {
                "form": "NFC",
                "length": len(self.text),
                "sha256": hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest(),
            },
        }

    def _all_spans(self) -> dict[str, Span]:
        """Return the spans of fields, and those of flags as ``flags.<n>``."""
        seen = {f"flags.{at}": flag.span for at, flag in enumerate(self.flags)}
        return {**self.spans, **{path: span for path, span in seen.items() if span is not None}}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any], text: str = "") -> Reading:
        """
        Build a reading from its JSON shape, for example one that a person corrected.

        Args:
            data: What :meth:`as_dict` gives; ``why`` and ``source`` are ignored.
            text: The composed text the spans refer to.

        Returns:
            The reading; ``Reading.from_dict(r.as_dict(), r.text) == r``.

        Raises:
            KeyError: A key is missing.
        """
        spans = {path: Span(*ends) for path, ends in data["spans"].items()}
        flags = tuple(
            Flag(one["field"], one["code"], dict(one["facts"]), spans.pop(f"flags.{at}", None))
            for at, one in enumerate(data["flags"])
        )
        plain: dict[str, Any] = {name: data[name] for name in _PLAIN}
        plain |= {name: tuple(data[name]) for name in _LISTS}
        return cls(
            text=text,
            **plain,
            bases=tuple(Basis(**one) for one in data["bases"]),
            duties=tuple(
                Duty(d["text"], d["due"], d["recurs"] and Recurs(d["recurs"]), d["before"])
                for d in data["duties"]
            ),
            targets=tuple(_target(one) for one in data["targets"]),
            signing=Signing(**data["signing"]),
            flags=flags,
            spans=spans,
        )


_PLAIN = ("issuer", "superior", "number", "symbol", "place", "date", "kind", "subject")
_LISTS = ("addressees", "contents", "units", "recipients")


def _target_dict(target: Target) -> dict[str, Any]:
    return {
        "amount": _number(target.amount),
        "to": None if target.to is None else _number(target.to),
        "kind": target.kind(),
        "bound": target.bound.value,
        "what": target.what,
        "of": target.of,
        "whom": target.whom,
        "year": target.year,
    }


def _target(data: Mapping[str, Any]) -> Target:
    return Target(
        amount=_exact(data["amount"]),
        to=None if data["to"] is None else _exact(data["to"]),
        bound=Bound(data["bound"]),
        percent=data["kind"] == "percent",
        what=data["what"],
        of=data["of"],
        whom=data["whom"],
        year=data["year"],
    )


def _number(value: int | Decimal) -> int | float:
    return value if isinstance(value, int) else float(value)


def _exact(value: float) -> int | Decimal:
    return value if isinstance(value, int) else Decimal(str(value))


def last_day(due: date, before: bool) -> date:
    """
    Return the last day on which a duty is still in time.

    Args:
        due: The day named by the letter.
        before: The letter says "before" that day, so the day itself is late.

    Returns:
        A day in Asia/Ho_Chi_Minh.

    >>> last_day(date(2024, 6, 10), before=True)
    datetime.date(2024, 6, 9)
    """
    return due - timedelta(days=1) if before else due
