"""Handing a pupil's file over to another unit: which papers go with it, and on which day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import ClassVar

from donghanh.domain import tables
from donghanh.domain.acts import Step
from donghanh.domain.errors import RuleError
from donghanh.domain.reading import Section, parse
from donghanh.domain.roads import Road, RoadStatus
from donghanh.domain.timeline import Citation


class Stand(StrEnum):
    """How far the road has come that is handed over."""

    SOURCED = "sourced"
    CONSIDERED = "considered"
    DECIDED = "decided"
    MEMBER = "member"


class HandOverState(StrEnum):
    """How a hand-over stands."""

    ASKED = "asked"
    AGREED = "agreed"
    REFUSED = "refused"
    SENT = "sent"
    RECEIVED = "received"
    CALLED_BACK = "called_back"


class ToItself(RuleError):
    """A file is handed over to another unit, not to the one that has it."""

    code: ClassVar[str] = "handing_over.to_itself"


class PupilNotAsked(RuleError):
    """The pupil has not agreed to this hand-over; nothing leaves before."""

    code: ClassVar[str] = "handing_over.not_agreed"


class BeforeAgreement(RuleError):
    """The file cannot have left before the pupil agreed."""

    code: ClassVar[str] = "handing_over.before_agreement"


class NotYet(RuleError):
    """The day has not come yet."""

    code: ClassVar[str] = "handing_over.not_yet"


class ReceivedBeforeSent(RuleError):
    """A file cannot be received before it was sent."""

    code: ClassVar[str] = "handing_over.received_before_sent"


class RoadIsOver(RuleError):
    """The road has ended, or the pupil is off it: there is nothing to hand over."""

    code: ClassVar[str] = "handing_over.road_is_over"


@dataclass(frozen=True, slots=True)
class MovePaper:
    """
    A paper that goes with a file handed over.

    Attributes:
        code: Identifier.
        title_vi: What it is called.
        catalogue: Its number in the catalogue of the digital dossier, where it has one.
        central: Issued from numbered stock of the Centre: tracked, never printed.
        cite: Where it was read.
        when: The stands it goes with.
    """

    code: str
    title_vi: str
    catalogue: str
    central: bool
    cite: Citation
    when: frozenset[Stand]


_ENDED = frozenset(
    {RoadStatus.STOPPED, RoadStatus.DELETED, RoadStatus.ANNULLED, RoadStatus.UNLISTED}
)


@cache
def papers() -> tuple[MovePaper, ...]:
    """
    Return every paper that may go with a file, in their order.

    Raises:
        BadRulebook: The file cannot be used.

    >>> [paper.code for paper in papers() if Stand.DECIDED in paper.when]
    ['letter']
    """
    folder = files("donghanh.domain") / "rulebook"
    known = tables.documents(
        parse((folder / "documents.toml").read_text(encoding="utf-8"), "documents.toml")
    )
    top = parse((folder / "moving.toml").read_text(encoding="utf-8"), "moving.toml")
    return tuple(
        MovePaper(
            code=code,
            title_vi=row.take("title_vi", str),
            catalogue=row.take("catalogue", str),
            central=row.maybe("central", bool, False),
            cite=tables.citation(row, known),
            when=_when(row),
        )
        for code, row in top.sub("paper").each()
    )


def _when(row: Section) -> frozenset[Stand]:
    return frozenset(row.make_all("when", Stand))


def stand_of(road: Road) -> Stand:
    """Return how far a road has come, as the papers of a hand-over ask it."""
    if road.stage(Step.ADMITTED).act is not None:
        return Stand.MEMBER
    if road.stage(Step.DECIDED).act is not None:
        return Stand.DECIDED
    return Stand.SOURCED if road.stage(Step.LISTED).act is None else Stand.CONSIDERED


def needed(stand: Stand) -> tuple[MovePaper, ...]:
    """Return the papers that go with a file at a stand."""
    return tuple(paper for paper in papers() if stand in paper.when)


def check_begins(road: Road, from_school: int, to_school: int | None) -> None:
    """
    Refuse a hand-over that leads nowhere.

    Raises:
        RoadIsOver: There is nothing to hand over.
        ToItself: It goes to the school that has it.
    """
    if road.status in _ENDED:
        raise RoadIsOver(status=road.status.value)
    if to_school == from_school:
        raise ToItself


def check_sent(on: date, agreed_on: date | None, today: date) -> None:
    """
    Refuse a day on which the file cannot have left.

    Args:
        on: The day it left.
        agreed_on: The day the pupil agreed to it; None: not yet.
        today: The day of recording.

    Raises:
        PupilNotAsked, BeforeAgreement, NotYet: What refuses it.

    Source:
        Law 91/2025/QH15, article 9 (consent explicit and per purpose).
    """
    if agreed_on is None:
        raise PupilNotAsked
    if on < agreed_on:
        raise BeforeAgreement(on=on, agreed_on=agreed_on)
    if on > today:
        raise NotYet(on=on, today=today)


def check_received(on: date, sent_on: date, today: date) -> None:
    """
    Refuse a day on which the file cannot have come.

    Raises:
        ReceivedBeforeSent, NotYet: What refuses it.
    """
    if on < sent_on:
        raise ReceivedBeforeSent(on=on, sent_on=sent_on)
    if on > today:
        raise NotYet(on=on, today=today)
