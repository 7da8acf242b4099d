"""A paper of a body of the Party or the Union, as plain data: minutes, a resolution, a list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from donghanh.documents import wording
from donghanh.documents.houses import House as House


@dataclass(frozen=True, slots=True)
class Heading:
    """A title inside the text; ``centred``: the word by which a body resolves."""

    text: str
    centred: bool = False


@dataclass(frozen=True, slots=True)
class Addressee:
    """To whom a letter goes, alone on a line in the middle."""

    text: str


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph; ``blank`` leaves lines to be written by hand after it."""

    text: str
    blank: int = 0


@dataclass(frozen=True, slots=True)
class Grid:
    """
    A table; ``widths`` in millimetres fill the text's width, ``centred`` columns are numbers, days.

    Raises:
        ValueError: A row does not have one text for each head.
    """

    heads: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[str, ...], ...]
    centred: tuple[int, ...] = (0,)

    def __post_init__(self) -> None:
        """Refuse rows that do not fit their heads."""
        for row in (self.widths, *self.rows):
            if len(row) != len(self.heads):
                msg = f"{len(row)} cells for {len(self.heads)} columns"
                raise ValueError(msg)


Block = Heading | Addressee | Text | Grid


@dataclass(frozen=True, slots=True)
class Hand:
    """Who signs: what stands above the name, line by line, and the name."""

    above: tuple[str, ...]
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyPaper:
    """
    One paper.

    Attributes:
        superior: The body above; empty where there is none.
        issuer: The body itself, as it was called on the day.
        number: As given by the register, "38" or the whole "38-NQ/CB"; "" leaves a blank.
        symbol: Kind and body, "NQ/CB".
        place: Of issue.
        day: Of issue; ``None`` leaves blanks.
        kind: "Nghị quyết", "Biên bản", "Tờ trình", "Danh sách".
        subject: What it is about.
        blocks: The text.
        hands: Who signs; two sign minutes side by side.
        recipients: Under "Nơi nhận"; none on minutes.
        rulebook_version: By which rules it was counted.
        simulated: Of invented people.
    """

    house: House
    superior: str
    issuer: str
    number: str
    symbol: str
    place: str
    day: date | None
    kind: str
    subject: str
    blocks: tuple[Block, ...]
    hands: tuple[Hand, ...]
    recipients: tuple[str, ...] = ()
    rulebook_version: str = ""
    simulated: bool = False


def reference(number: str, symbol: str) -> str:
    """
    Return a paper's number with its symbol; the number alone where it bears one already.

    >>> reference("38", "NQ/CB"), reference("07-NQ/CB", "NQ/CB"), reference("4", "NQ/CB")
    ('38-NQ/CB', '07-NQ/CB', '04-NQ/CB')
    """
    known = wording.clean(number)
    if "-" in known or "/" in known:
        return known
    return f"{wording.paper_number(known)}-{symbol}"


def texts_of(blocks: Iterable[Block]) -> tuple[str, ...]:
    """Return the words of some blocks in order, each cell of a table by itself."""
    found: list[str] = []
    for block in blocks:
        if isinstance(block, Grid):
            found += [cell for row in (block.heads, *block.rows) for cell in row]
        else:
            found.append(block.text)
    return tuple(found)
