"""The shapes of what the pages about papers show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from donghanh.domain.checklist import ListedPaper
from donghanh.dossiers.models import Dossier
from donghanh.dossiers.queries import Rest
from donghanh.dossiers.queries.wording import Cite, ClockRow
from donghanh.organisation.queries import UnitFacts
from donghanh.papers.models import PaperNote


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One paper of the list, with what was noted of it."""

    form: str
    counts_as: str
    number: int
    title: str
    shape: str
    label: str
    paper_number: str
    on: date | None
    copy: str
    signer: str
    pages: int | None
    kept_at: str
    valid_until: date | None
    cites: tuple[Cite, ...]
    replaced: bool
    required: bool
    later: bool = False


@dataclass(frozen=True, slots=True)
class FaultLine:
    """What is wrong with one paper."""

    form: str
    kind: str
    sentence: str


@dataclass(frozen=True, slots=True)
class WayLine:
    """
    One way of the dossier: from whom, to whom, on which days, and what was wrong.

    ``receiver`` is who confirmed it in place of the unit it was sent to; blank where that one did.
    """

    sender: str
    to: str
    sent: date
    received: date | None
    receiver: str
    returned: date | None
    papers: int
    faults: tuple[FaultLine, ...]


@dataclass(frozen=True, slots=True)
class LetterLine:
    """One letter that asks another unit."""

    id: int
    kind: str
    to: str
    number: str
    sent: date
    remind: date
    answered: date | None
    state: str
    waited: int


@dataclass(frozen=True, slots=True)
class PapersPage:
    """Everything on the page of a dossier's papers."""

    dossier: Dossier
    name: str
    class_name: str
    place: str
    place_state: str
    clocks: tuple[ClockRow, ...]
    lines: tuple[PaperLine, ...]
    ways: tuple[WayLine, ...]
    letters: tuple[LetterLine, ...]
    there: int
    wanting: int
    may_keep: bool
    may_send: bool
    may_receive: bool
    may_return: bool
    may_take: bool
    simulated: bool
    rest: Rest | None = None

    @property
    def now(self) -> tuple[PaperLine, ...]:
        """Return the papers whose step has come."""
        return tuple(one for one in self.lines if not one.later)

    @property
    def later(self) -> tuple[PaperLine, ...]:
        """Return the papers the rules ask for later."""
        return tuple(one for one in self.lines if one.later)


@dataclass(frozen=True, slots=True)
class NoteLine:
    """One note that was made of a paper."""

    at: datetime
    who: str
    told: str


@dataclass(frozen=True, slots=True)
class NotePage:
    """The page that notes what is kept about one paper."""

    dossier: Dossier
    name: str
    line: ListedPaper
    signer: str
    last: PaperNote | None
    notes: tuple[NoteLine, ...]
    simulated: bool

    @property
    def there(self) -> bool:
        """Tell whether the paper is there."""
        return self.line.act is not None


@dataclass(frozen=True, slots=True)
class WayPage:
    """The page that sends a dossier, receives it, or returns it."""

    dossier: Dossier
    name: str
    was: str
    place: str
    committees: tuple[UnitFacts, ...]
    papers: tuple[tuple[str, str], ...]
    kinds: tuple[tuple[str, str], ...]
    lying: int
    wanting: tuple[str, ...]
    simulated: bool
