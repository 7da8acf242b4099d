"""What an article may hold: a few kinds of blocks, read out of whatever was pasted or typed."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby


class Kind(StrEnum):
    """Kinds of blocks; a list or a table is a run of its items."""

    TEXT = "p"
    TITLE = "h2"
    SUBTITLE = "h3"
    BULLET = "ul"
    NUMBER = "ol"
    QUOTE = "blockquote"
    ROW = "tr"


@dataclass(frozen=True, slots=True)
class Run:
    """Words that look alike; ``"\\n"`` in them is a line that ends."""

    text: str
    strong: bool = False
    em: bool = False
    href: str = ""

    def says(self, text: str) -> Run:
        """Return the same look with other words."""
        return Run(text, self.strong, self.em, self.href)


Runs = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """One block; of a row the cells hold the words, and ``head`` tells that they are headings."""

    kind: Kind
    runs: Runs = ()
    cells: tuple[Runs, ...] = ()
    head: bool = False

    @property
    def text(self) -> str:
        """Return the words alone."""
        parts = self.cells if self.kind is Kind.ROW else (self.runs,)
        return " ".join("".join(run.text for run in runs) for runs in parts)


#: Signs that are not seen and only get in the way; what is below a blank is none of a text.
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
#: What a link may begin with; everything else is no link.
_LINK = re.compile(r"(?:https?://|mailto:)[^\s<>\"'`\\^{}|]+", re.IGNORECASE)
_LONGEST_LINK = 500


def plain(text: str) -> str:
    """
    Return words as they are kept: NFC, without signs nobody sees; blanks stay as many as they are.

    >>> plain("Tie\u0302\u0301ng\u200b Vie\u0323\u0302t") == "Tiếng Việt"
    True
    """
    return unicodedata.normalize("NFC", _UNSEEN.sub("", text).replace("\u00a0", " "))


def line(text: str) -> str:
    """Return words as one line: NFC, single blanks."""
    return " ".join(plain(text).split())


def link(written: str) -> str:
    """
    Return an address a link may lead to, or nothing.

    >>> link(" https://example.vn/a b"), link("java\\tscript:alert(1)"), link("mailto:a@b.vn")
    ('', '', 'mailto:a@b.vn')
    """
    address = _UNSEEN.sub("", html.unescape(written)).strip()
    if len(address) > _LONGEST_LINK or not _LINK.fullmatch(address):
        return ""
    return address


def merged(runs: Iterable[Run]) -> Runs:
    """Return runs with neighbours that look alike put together, blanks single, none at the ends."""
    found: list[Run] = []
    for look, parts in groupby(runs, key=lambda run: run.says("")):
        text = re.sub(r"[ \t\r\f]*\n[ \t\r\f\n]*", "\n", "".join(part.text for part in parts))
        text = re.sub(r"[ \t\r\f]+", " ", text)
        if found and found[-1].text[-1:] in {" ", "\n"}:
            text = text.lstrip(" ")
        if text:
            found.append(look.says(text))
    while found and not found[0].text.strip():
        found.pop(0)
    while found and not found[-1].text.strip():
        found.pop()
    if found:
        found[0] = found[0].says(found[0].text.lstrip())
        found[-1] = found[-1].says(found[-1].text.rstrip())
    return tuple(found)


def filled(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Return the blocks that hold anything."""
    return tuple(block for block in blocks if block.text.strip())


def _inline(runs: Runs) -> str:
    return "".join(_look(run) for run in runs)


def _look(run: Run) -> str:
    said = html.escape(run.text, quote=False).replace("\n", "<br>")
    if run.em:
        said = f"<em>{said}</em>"
    if run.strong:
        said = f"<strong>{said}</strong>"
    if run.href:
        said = f'<a href="{html.escape(run.href)}">{said}</a>'
    return said


def to_html(blocks: Iterable[Block]) -> str:
    """
    Return blocks as HTML: headings, paragraphs, lists, quotations and tables, no attribute but
    the address of a link.

    >>> to_html([Block(Kind.BULLET, (Run("một"),)), Block(Kind.BULLET, (Run("hai", strong=True),))])
    '<ul><li>một</li><li><strong>hai</strong></li></ul>'
    """
    return "".join(_group(kind, list(same)) for kind, same in groupby(blocks, lambda one: one.kind))


def _group(kind: Kind, same: list[Block]) -> str:
    if kind in {Kind.BULLET, Kind.NUMBER}:
        items = "".join(f"<li>{_inline(one.runs)}</li>" for one in same)
        return f"<{kind}>{items}</{kind}>"
    if kind is Kind.QUOTE:
        inside = "".join(f"<p>{_inline(one.runs)}</p>" for one in same)
        return f"<blockquote>{inside}</blockquote>"
    if kind is Kind.ROW:
        return f"<table><tbody>{''.join(_row(one) for one in same)}</tbody></table>"
    return "".join(f"<{kind}>{_inline(one.runs)}</{kind}>" for one in same)


def _row(row: Block) -> str:
    tag = "th" if row.head else "td"
    return f"<tr>{''.join(f'<{tag}>{_inline(cell)}</{tag}>' for cell in row.cells)}</tr>"


#: How each kind of block begins where an article is typed as plain text.
_BEGINS = {
    Kind.TITLE: "## ",
    Kind.SUBTITLE: "### ",
    Kind.BULLET: "- ",
    Kind.NUMBER: "1. ",
    Kind.QUOTE: "> ",
}
_TOGETHER = {Kind.BULLET, Kind.NUMBER, Kind.QUOTE, Kind.ROW}
_NUMBERED = re.compile(r"\d{1,3}[.)] +")
_SPECIAL = re.compile(r"([\\*\[\]|])")
_MARKED = re.compile(
    r"\\(?P<sign>[\\*\[\]|])|\[(?P<words>(?:[^\[\]\\]|\\.)+)\]\((?P<href>[^()\s]+)\)"
    r"|(?P<star>\*\*|\*)"
)


def to_plain(blocks: Iterable[Block]) -> str:
    """
    Return blocks as they are typed without a script.

    >>> to_plain([Block(Kind.TITLE, (Run("Mở"),)), Block(Kind.TEXT, (Run("a", strong=True),))])
    '## Mở\\n\\n**a**'
    """
    said: list[str] = []
    before: Kind | None = None
    for block in blocks:
        if said:
            said.append("\n" if block.kind is before and before in _TOGETHER else "\n\n")
        said.append(_typed(block))
        before = block.kind
    return "".join(said)


def _typed(block: Block) -> str:
    if block.kind is Kind.ROW:
        cells = " | ".join(_words(cell).replace("\n", " ") for cell in block.cells)
        return f"|{'=' if block.head else ''} {cells} |"
    words = _words(block.runs)
    if block.kind is not Kind.TEXT:
        return _BEGINS[block.kind] + words.replace("\n", " ")
    return "\n".join(_kept(one) for one in words.split("\n"))


def _kept(typed: str) -> str:
    """Return a line of a paragraph so that it is not read as the beginning of something else."""
    return typed if _beginning(typed)[0] is Kind.TEXT else f"\\{typed}"


def _words(runs: Runs) -> str:
    return "".join(_star(run) for run in runs)


def _star(run: Run) -> str:
    said = _SPECIAL.sub(r"\\\1", run.text)
    around = "**" * run.strong + "*" * run.em
    inner = said.strip()
    if around and inner:
        left, right = said[: len(said) - len(said.lstrip())], said[len(said.rstrip()) :]
        said = f"{left}{around}{inner}{around[::-1]}{right}"
    return f"[{said}]({run.href})" if run.href and "(" not in run.href else said


def from_plain(typed: str) -> tuple[Block, ...]:
    """
    Return the blocks of a text as it is typed without a script.

    A blank line ends a paragraph; ``##`` and ``###`` begin headings, ``-`` and ``1.`` items,
    ``>`` a quotation, ``|`` a row of a table and ``|=`` one of headings; ``**`` and ``*`` stand
    around words, ``[words](address)`` is a link.
    """
    blocks: list[Block] = []
    waiting: list[str] = []

    def end() -> None:
        if waiting:
            blocks.append(Block(Kind.TEXT, _read("\n".join(waiting))))
            waiting.clear()

    for written in plain(typed).replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        kind, rest = _beginning(written.strip())
        if kind is Kind.TEXT and rest:
            waiting.append(_plainly(rest))
            continue
        end()
        if kind is Kind.ROW:
            blocks.append(_cells(rest))
        elif rest:
            blocks.append(Block(kind, _read(rest)))
    end()
    return filled(blocks)


def _plainly(rest: str) -> str:
    """Take back what ``_kept`` wrote before a line."""
    kept = rest.startswith("\\") and _beginning(rest[1:])[0] is not Kind.TEXT
    return rest[1:] if kept else rest


def _beginning(written: str) -> tuple[Kind, str]:
    for kind in (Kind.SUBTITLE, Kind.TITLE, Kind.BULLET, Kind.QUOTE):
        if written.startswith(_BEGINS[kind]):
            return kind, written[len(_BEGINS[kind]) :].strip()
    if (numbered := _NUMBERED.match(written)) is not None:
        return Kind.NUMBER, written[numbered.end() :].strip()
    if written.startswith(("| ", "|= ")) and written.endswith("|") and len(written) > 2:
        return Kind.ROW, written
    return Kind.TEXT, written


def _cells(written: str) -> Block:
    head = written.startswith("|=")
    inside = written[2 if head else 1 : -1]
    parts = re.split(r"(?<!\\)\|", inside)
    return Block(Kind.ROW, cells=tuple(_read(part.strip()) for part in parts), head=head)


def _read(words: str) -> Runs:
    return merged(_looks(words, Run("")))


def _looks(words: str, look: Run) -> Iterator[Run]:
    strong, em, at = False, False, 0
    for mark in _MARKED.finditer(words):
        now = Run("", look.strong or strong, look.em or em, look.href)
        yield now.says(words[at : mark.start()])
        at = mark.end()
        if mark["sign"]:
            yield now.says(mark["sign"])
        elif mark["star"] == "**":
            strong = not strong
        elif mark["star"]:
            em = not em
        else:
            href = link(mark["href"])
            inner = Run("", now.strong, now.em, href)
            yield from _looks(mark["words"], inner)
    yield Run(words[at:], look.strong or strong, look.em or em, look.href)
