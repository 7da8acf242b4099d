"""What stands on an official paper, as plain data; nothing here knows Word."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from donghanh.documents.houses import House
from donghanh.lib.charts import Chart, TileMap

#: The five parts of a report as offices write them, in order; numbering is added when rendered.
SKELETON = (
    "Công tác lãnh đạo, chỉ đạo, triển khai",
    "Kết quả thực hiện",
    "Đánh giá chung",
    "Phương hướng, nhiệm vụ",
    "Kiến nghị, đề xuất",
)


@dataclass(frozen=True, slots=True)
class Rate:
    """An exact share; it becomes a percentage only on the paper. A denominator of 0 has no rate."""

    numerator: int
    denominator: int


@dataclass(frozen=True, slots=True)
class Letterhead:
    """
    The head of the paper.

    ``superior`` and ``issuer`` are names as the unit writes them; the paper puts them in capitals.
    ``number`` is "" and ``day`` is ``None`` while the paper is a draft; the places stay blank.
    ``symbol`` is type and office, such as "BC-SGDĐT".
    """

    superior: str
    issuer: str
    number: str
    symbol: str
    place: str
    day: date | None


@dataclass(frozen=True, slots=True)
class Signing:
    """Who signs: ``authority`` such as "KT. GIÁM ĐỐC", or ``None`` for the head of the office."""

    authority: str | None
    title: str
    name: str


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the body. ``text`` may hold several paragraphs, one per line, or be empty."""

    title: str
    text: str
    #: The sentences that sum up the figures stand at the end of this part.
    holds_figures: bool = False


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One line of a school's table of figures; ``order`` is what is printed: "8", "8.1"."""

    order: str
    title: str
    value: int | Rate | None
    note: str = ""


@dataclass(frozen=True, slots=True)
class UnitRow:
    """
    One unit of a consolidated report; ``figures`` follow the paper's ``columns``.

    Text stands in for a figure that is hidden.
    """

    name: str
    status_text: str
    figures: tuple[int | str | None, ...]
    target: int | None
    result: int | str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolReport:
    """The report of one school to the office above it."""

    letterhead: Letterhead
    school_year: str
    cutoff: date
    subject: str
    addressee: str
    parts: tuple[Part, ...]
    figures: tuple[FigureRow, ...]
    recipients: tuple[str, ...]
    signing: Signing
    simulated: bool
    rulebook_version: str
    #: What the report carries out: "Thực hiện Công văn số … về …"; may be empty.
    opening: str = ""
    #: The papers it names, one line each; they stand after the table of figures.
    attachments: tuple[str, ...] = ()
    #: By whose layout it is written; ``None`` for the State's.
    house: House | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsolidatedReport:
    """
    The report of the office over all its units; it holds counts only, no person.

    Raises:
        ValueError: A row or the totals do not have one figure per column.
    """

    letterhead: Letterhead
    school_year: str
    cutoff: date
    subject: str
    addressee: str
    parts: tuple[Part, ...]
    columns: tuple[str, ...]
    units: tuple[UnitRow, ...]
    totals: tuple[int | None, ...]
    target_total: int | None
    result_total: int | None
    missing_units: tuple[str, ...]
    recipients: tuple[str, ...]
    signing: Signing
    simulated: bool
    rulebook_version: str
    opening: str = ""
    #: What the office adds itself: the last line of the table, no unit of it.
    own: UnitRow | None = None
    charts: tuple[Chart, ...] = ()
    #: The units as tiles, beside the charts.
    tiles: TileMap | None = None
    #: Said under the table of units.
    notes: tuple[str, ...] = ()
    #: Each difference with its explanation, one line each; they end the last appendix of words.
    explanations: tuple[str, ...] = ()
    #: By whose layout it is written; ``None`` for the State's.
    house: House | None = None

    @property
    def rows(self) -> tuple[UnitRow, ...]:
        """Return the lines of the table: the units, then what the office adds."""
        return self.units if self.own is None else (*self.units, self.own)

    def __post_init__(self) -> None:
        """Refuse a table whose rows do not fit its columns: it would print wrong figures."""
        for figures in (self.totals, *(unit.figures for unit in self.rows)):
            if len(figures) != len(self.columns):
                msg = f"{len(figures)} figures for {len(self.columns)} columns"
                raise ValueError(msg)


def skeleton(
    *, leadership: str, results: str, assessment: str, directions: str, proposals: str
) -> tuple[Part, ...]:
    """
    Return the five usual parts of a report, the second holding the figures.

    Args:
        leadership: Text of part I.
        results: Text of part II, before the sentences that sum up the figures.
        assessment: Text of part III.
        directions: Text of part IV.
        proposals: Text of part V.

    Returns:
        Five parts in the order of ``SKELETON``; an empty text stays empty.
    """
    texts = (leadership, results, assessment, directions, proposals)
    return tuple(
        Part(title, text, holds_figures=position == 1)
        for position, (title, text) in enumerate(zip(SKELETON, texts, strict=True))
    )
