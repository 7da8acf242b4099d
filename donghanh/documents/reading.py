"""Reads how a Word file really looks: what a run or paragraph says, or else what its style says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run

CENTRE = WD_ALIGN_PARAGRAPH.CENTER
JUSTIFY = WD_ALIGN_PARAGRAPH.JUSTIFY
LEFT = WD_ALIGN_PARAGRAPH.LEFT

_CHAINS: WeakKeyDictionary[Any, dict[str | None, tuple[Any, ...]]] = WeakKeyDictionary()


@dataclass(frozen=True, slots=True)
class Expected:
    """How a piece of text must look; sizes in points, both ends allowed."""

    smallest: float
    largest: float
    bold: bool = False
    italic: bool = False
    align: WD_ALIGN_PARAGRAPH | None = None
    capitals: bool = False


def looks_as(paragraph: Paragraph, expected: Expected) -> bool:
    """
    Return whether every run of a paragraph looks as expected.

    Args:
        paragraph: With text.
        expected: Size, weight, slope, alignment, capitals.

    Returns:
        False also when there is no text.
    """
    runs = written_runs(paragraph)
    if not runs or (expected.capitals and paragraph.text != paragraph.text.upper()):
        return False
    if expected.align is not None and shape(paragraph, "alignment") != expected.align:
        return False
    return all(
        expected.smallest <= size(run, paragraph) <= expected.largest
        and bool(face(run, paragraph, "bold")) == expected.bold
        and bool(face(run, paragraph, "italic")) == expected.italic
        for run in runs
    )


def written_runs(paragraph: Paragraph) -> list[Run]:
    """
    Return the runs of a paragraph that show something.

    Args:
        paragraph: Any.

    Returns:
        In order of writing; spaces alone do not count.
    """
    return [run for run in paragraph.runs if run.text.strip()]


def face(run: Run, paragraph: Paragraph, attribute: str) -> Any:
    """
    Return an attribute of the type of a run: its own, or the nearest of its styles.

    Args:
        run: A run of the paragraph.
        paragraph: Whose style rules where the run is silent.
        attribute: Name of an attribute of the library's ``Font``: "name", "bold", "size".

    Returns:
        ``None`` when nothing says it, not even the defaults of the file.
    """
    own = getattr(run.font, attribute)
    if own is not None:
        return own
    for style in _styles(run, paragraph):
        value = getattr(style.font, attribute)
        if value is not None:
            return value
    return None


def colour(run: Run, paragraph: Paragraph) -> str:
    """
    Return the colour of a run as six hexadecimal digits.

    Args:
        run: A run of the paragraph.
        paragraph: Whose style rules where the run is silent.

    Returns:
        "000000" when nothing says it.
    """
    fonts = [run.font, *(style.font for style in _styles(run, paragraph))]
    said = (str(font.color.rgb) for font in fonts if font.color.rgb is not None)
    return next(said, "000000")


def size(run: Run, paragraph: Paragraph) -> float:
    """
    Return the size of a run in points.

    Args:
        run: A run of the paragraph.
        paragraph: Whose style rules where the run is silent.

    Returns:
        0 when nothing says it.
    """
    found = face(run, paragraph, "size")
    return float(found.pt) if found is not None else 0.0


def shape(paragraph: Paragraph, attribute: str) -> Any:
    """
    Return an attribute of the shape of a paragraph: its own, or the nearest of its styles.

    Args:
        paragraph: Any.
        attribute: Name of an attribute of the library's ``ParagraphFormat``.

    Returns:
        ``None`` when nothing says it.
    """
    own = getattr(paragraph.paragraph_format, attribute)
    if own is not None:
        return own
    for style in _chain(paragraph):
        value = getattr(style.paragraph_format, attribute)
        if value is not None:
            return value
    return None


def has_rule(paragraph: Paragraph) -> bool:
    """
    Return whether a paragraph has a line as its upper or lower border.

    Args:
        paragraph: Any.

    Returns:
        The style counts.
    """
    query = "w:pPr/w:pBdr/*[(self::w:top or self::w:bottom) and @w:val='single']"
    if paragraph._p.xpath(query):
        return True
    return any(style.element.xpath(query) for style in _chain(paragraph))


def millimetres(length: Any) -> float:
    """
    Return a length of the library in millimetres.

    Args:
        length: A length or ``None``.

    Returns:
        0 for ``None``.
    """
    return float(length.mm) if length is not None else 0.0


def written(container: Document | _Cell) -> list[Paragraph]:
    """
    Return the paragraphs of a cell or document that hold text.

    Args:
        container: Cell or whole document (tables left out).

    Returns:
        In order.
    """
    return [paragraph for paragraph in container.paragraphs if paragraph.text.strip()]


def every_paragraph(document: Document) -> Iterator[Paragraph]:
    """
    Give every paragraph: of the text, of tables, and of the headers.

    Args:
        document: Any.

    Yields:
        The text first, then the headers of each section.
    """
    for block in document.iter_inner_content():
        yield from _inside(block)
    for section in document.sections:
        for header in (section.first_page_header, section.header):
            if not header.is_linked_to_previous:
                yield from header.paragraphs


def _inside(block: Paragraph | Table) -> Iterator[Paragraph]:
    if isinstance(block, Paragraph):
        yield block
        return
    for row in block.rows:
        for cell in row.cells:
            yield from cell.paragraphs


def _styles(run: Run, paragraph: Paragraph) -> tuple[Any, ...]:
    own = () if run._r.style is None else _bases(run.style)
    return (*own, *_chain(paragraph))


def _chain(paragraph: Paragraph) -> tuple[Any, ...]:
    """Remember the styles of each file: the library searches the whole list at every question."""
    known = _CHAINS.setdefault(paragraph.part, {})
    name = paragraph._p.style
    if name not in known:
        known[name] = _bases(paragraph.style)
    return known[name]


def _bases(style: Any) -> tuple[Any, ...]:
    return () if style is None else (style, *_bases(style.base_style))
