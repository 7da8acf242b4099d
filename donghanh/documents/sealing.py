"""Puts the seal of a report into its paper, and reads from any paper what it was sealed as."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

import docx
from docx.text.paragraph import Paragraph
from lxml import etree

from donghanh.documents import archive, styles
from donghanh.domain import canonical
from donghanh.lib import packages

#: The parts by which a Word file and a workbook are told.
WORD, WORKBOOK = "word/document.xml", "xl/workbook.xml"

_SPACE = "urn:donghanh:seal:1"
_PART = "customXml/donghanh-seal.xml"
_RELATED = {WORD: "word/_rels/document.xml.rels", WORKBOOK: "xl/_rels/workbook.xml.rels"}
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/customXml"
_RELATION = (
    f'<Relationship Id="rIdDongHanhSeal" Type="{_KIND}" Target="../{_PART}"/></Relationships>'
)


@dataclass(frozen=True, slots=True)
class Sealed:
    """What a file carries: the canonical text it was sealed as, and the digest it names."""

    content: str
    sha256: str

    @property
    def holds(self) -> bool:
        """Tell whether the text is the one the digest was taken of."""
        return canonical.digest(self.content) == self.sha256


def printed(sha256: str) -> str:
    """
    Return the line that stands on a sealed paper.

    >>> printed("0123456789abcdef" * 4).split("; ")[0]
    'Mã niêm phong: 0123-4567-89AB-CDEF'
    """
    return f"Mã niêm phong: {canonical.short_code(sha256)}; SHA-256: {sha256}."


def sealed_paper(paper: bytes, content: str) -> bytes:
    """
    Return a paper in Word with the code of its seal printed at its end, and the seal inside.

    Args:
        paper: The .docx as rendered.
        content: The canonical text of what it reports.

    Returns:
        Equal bytes for equal papers and texts.
    """
    document = docx.Document(io.BytesIO(paper))
    document.add_paragraph(printed(canonical.digest(content)), style=styles.NOTE)
    final = io.BytesIO()
    document.save(final)
    return archive.settled(put(final.getvalue(), content, WORD))


def put(data: bytes, content: str, kind: str) -> bytes:
    """
    Return a file with a seal inside; one that was in it before is taken out.

    Args:
        data: A .docx or .xlsx.
        content: The canonical text.
        kind: ``WORD`` or ``WORKBOOK``.

    Raises:
        TextLayerError: The file is none of that kind.
    """
    parts = packages.opened(data, {kind}, "")
    seal = etree.Element(f"{{{_SPACE}}}seal", nsmap={None: _SPACE})
    seal.set("sha256", canonical.digest(content))
    seal.text = content
    parts[_PART] = packages.written(seal)
    related = parts[_RELATED[kind]]
    if b"rIdDongHanhSeal" not in related:
        parts[_RELATED[kind]] = related.replace(b"</Relationships>", _RELATION.encode())
    return packages.packed(parts)


def seal_in(parts: dict[str, bytes]) -> Sealed | None:
    """
    Return the seal among the parts of a file, wherever Word or Excel put it; None without one.

    Raises:
        TextLayerError: A part that says it is a seal cannot be read.
    """
    for name, part in parts.items():
        if name.startswith("customXml/") and _SPACE.encode() in part:
            tree = packages.parsed(part, name)
            if tree.tag == f"{{{_SPACE}}}seal":
                return Sealed(tree.text or "", str(tree.get("sha256", "")))
    return None


def lines_of(paper: bytes) -> tuple[str, ...]:
    """
    Return what a paper in Word says, line by line: each paragraph, each row of a table.

    Head and foot, and what names the report above an appendix, are left out: number, day and
    signature are written there after the sealing.
    Spaces count once and letters in one form, so that saving again changes nothing.
    """
    document = docx.Document(io.BytesIO(paper))
    edges = {document.tables[0]._tbl, _foot(document)} if document.tables else set()
    return tuple(_lines(document, edges))


def _foot(document: docx.document.Document) -> object:
    """Return the table of recipients and signature: the last one without a caption of figures."""
    named = (styles.TABLE_FIGURES, styles.TABLE_UNITS, styles.TABLE_TARGETS)
    rest = [
        table._tbl
        for table in document.tables
        if not set(table._tbl.xpath("w:tblPr/w:tblCaption/@w:val")) & set(named)
    ]
    return rest[-1] if rest else None


def _lines(document: docx.document.Document, edges: set[object]) -> Iterator[str]:
    for block in document.iter_inner_content():
        if isinstance(block, docx.table.Table):
            if block._tbl in edges:
                continue
            for row in block.rows:
                yield " | ".join(_plain(cell.text) for cell in row.cells)
        elif (said := _plain(block.text)) and _style(block) != styles.APPENDIX_REFERENCE:
            yield said


def _style(paragraph: Paragraph) -> str:
    return str(paragraph.style.name) if paragraph.style else ""


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text)).strip()
