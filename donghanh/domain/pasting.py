"""What is left of HTML that was pasted: of Word, of a web page, of somebody who means harm."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from donghanh.domain.markup import Block, Kind, Run, Runs, filled, link, merged, plain

#: Elements of which nothing is kept, not even the words in them.
_DROPPED = frozenset(
    {
        *("script", "style", "iframe", "object", "applet", "svg", "math", "template", "xml"),
        *("head", "title", "noscript", "noembed", "noframes", "textarea", "select", "button"),
        *("audio", "video", "canvas", "map", "dialog", "frameset", "portal"),
    }
)
#: Namespaces of Word's own drawing and fields: nothing in them is text of the article.
_DROPPED_SPACES = ("v:", "w:", "m:", "x:")
_BLOCKS = {
    "p": Kind.TEXT,
    "div": Kind.TEXT,
    "h1": Kind.TITLE,
    "h2": Kind.TITLE,
    "h3": Kind.SUBTITLE,
    "h4": Kind.SUBTITLE,
    "h5": Kind.SUBTITLE,
    "h6": Kind.SUBTITLE,
    "li": Kind.BULLET,
}
_OTHER_BLOCKS = frozenset(
    {
        *("section", "article", "header", "footer", "main", "aside", "nav", "address", "center"),
        *("pre", "figure", "figcaption", "form", "fieldset", "dl", "dt", "dd", "details", "hr"),
        *("summary", "body", "html", "ul", "ol", "blockquote", "table", "tbody", "thead", "tfoot"),
        *("tr", "td", "th", "caption"),
    }
)
_EMPTY = frozenset({"br", "hr", "img", "input", "link", "meta", "wbr", "embed", "base", "col"})
#: ``<![if …]>`` and ``<![endif]>`` of Word; what stands between them is text.
_CONDITIONS = re.compile(r"<!\[(?:if|endif|else|cdata)[^\]>]*\]>", re.IGNORECASE)
_COMMENTS = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
#: The sign Word writes before an item of a list with numbers: "1.", "a)", "(iv)".
_NUMBER = re.compile(r"\(?(?:\d{1,3}|[a-z]|[ivxlc]{1,6})[.)]", re.IGNORECASE)
_WEIGHT = re.compile(r"(?<![-\w])font-weight\s*:\s*(\w+)", re.IGNORECASE)
_SLANT = re.compile(r"(?<![-\w])font-style\s*:\s*(\w+)", re.IGNORECASE)
#: More than this is no article; what comes after it is not read.
MOST = 2_000_000


def cleaned_paste(pasted: str) -> tuple[Block, ...]:
    """
    Return the blocks that are left of pasted HTML, whatever it was.

    Kept are headings, paragraphs, items, quotations, tables, strong and slanted words, and links
    over http, https and mail. Word's list paragraphs become items; what it and other editors leave
    behind goes, and so does everything that could run. Words stand in NFC; what is empty goes.

    Args:
        pasted: HTML, at most ``MOST`` signs of it are read.

    >>> cleaned_paste("<p class=MsoNormal>Đoàn<o:p></o:p></p><script>x()</script>")[0].text
    'Đoàn'
    """
    reader = _Reader()
    reader.feed(_CONDITIONS.sub("", _COMMENTS.sub("", pasted[:MOST])))
    reader.close()
    return filled(reader.blocks())


class _Reader(HTMLParser):
    """Goes through the tags once, with what is open on a stack."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._stack: list[tuple[str, Run]] = []
        self._found: list[Block] = []
        self._runs: list[Run] = []
        self._kind = Kind.TEXT
        self._row: list[Runs] | None = None
        self._heads = 0
        self._dropping = ""
        self._depth = 0
        self._sign: str | None = None

    def blocks(self) -> list[Block]:
        """Return what was found, once all was read."""
        self._end_row()
        self._end()
        return self._found

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a block, a look or something that is passed over."""
        if self._dropping:
            self._depth += tag == self._dropping
            return
        if tag in _DROPPED or tag.startswith(_DROPPED_SPACES):
            if tag not in _EMPTY:
                self._dropping, self._depth = tag, 1
            return
        given = {name: value or "" for name, value in attrs}
        if tag in _EMPTY:
            self._empty(tag)
            return
        if tag in _BLOCKS or tag in _OTHER_BLOCKS:
            self._begin(tag, given)
        look = _look(tag, given, self._look)
        if "mso-list:ignore" in given.get("style", "").lower().replace(" ", ""):
            self._sign = self._sign or ""
            tag = "#sign"
        self._stack.append((tag, look))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element that closes itself holds nothing."""
        if not self._dropping and tag in _EMPTY:
            self._empty(tag)

    def handle_endtag(self, tag: str) -> None:
        """End what was open by that name."""
        if self._dropping:
            self._depth -= tag == self._dropping
            if self._depth <= 0:
                self._dropping = ""
            return
        for place in range(len(self._stack) - 1, -1, -1):
            name = self._stack[place][0]
            if name == tag or (name == "#sign" and tag == "span"):
                del self._stack[place:]
                break
        if tag in _BLOCKS or tag in _OTHER_BLOCKS:
            self._close(tag)

    def handle_data(self, data: str) -> None:
        """Keep words in the look that is open."""
        if self._dropping:
            return
        if any(name == "#sign" for name, _ in self._stack):
            self._sign = (self._sign or "") + data
            return
        kept = plain(data)
        if not self._inside("pre"):
            kept = re.sub(r"\s+", " ", kept)
        self._runs.append(self._look.says(kept))

    @property
    def _look(self) -> Run:
        return self._stack[-1][1] if self._stack else Run("")

    def _inside(self, *tags: str) -> bool:
        return any(name in tags for name, _ in self._stack)

    def _empty(self, tag: str) -> None:
        if tag == "br":
            self._runs.append(self._look.says("\n"))
        elif tag == "hr":
            self._end()

    def _begin(self, tag: str, given: dict[str, str]) -> None:
        """Begin a block where a tag does; inside a cell everything stays in the cell."""
        if tag in {"td", "th", "tr", "table"}:
            self._begin_cell(tag)
            return
        if self._row is not None:
            self._runs.append(self._look.says(" "))
            return
        self._end()
        kind = _BLOCKS.get(tag, Kind.TEXT)
        if tag == "li" or (kind is Kind.TEXT and self._inside("li")):
            kind = self._list_kind()
        elif kind is Kind.TEXT and (tag == "blockquote" or self._inside("blockquote")):
            kind = Kind.QUOTE
        elif kind is Kind.TEXT and _is_item(given):
            kind = Kind.BULLET
        self._kind = kind

    def _begin_cell(self, tag: str) -> None:
        if tag in {"table", "tr"}:
            self._end_row()
            self._end()
            self._row = [] if tag == "tr" else None
            return
        self._end_cell()
        if self._row is None:
            self._end()
            self._row = []
        self._heads += tag == "th"

    def _list_kind(self) -> Kind:
        lists = [name for name, _ in self._stack if name in {"ul", "ol"}]
        return Kind.NUMBER if lists[-1:] == ["ol"] else Kind.BULLET

    def _close(self, tag: str) -> None:
        if tag in {"td", "th"}:
            self._end_cell(closes=True)
        elif tag in {"tr", "table"}:
            self._end_row()
        elif self._row is None:
            self._end()

    def _end(self) -> None:
        """End the block that is open; Word's sign before an item tells which list it is."""
        kind = self._kind
        if self._sign is not None and kind in {Kind.TEXT, Kind.BULLET}:
            kind = Kind.NUMBER if _NUMBER.fullmatch(self._sign.strip()) else Kind.BULLET
        runs = merged(self._runs)
        if runs:
            self._found.append(Block(kind, runs))
        self._runs, self._sign = [], None
        self._kind = Kind.QUOTE if self._inside("blockquote") else Kind.TEXT

    def _end_cell(self, *, closes: bool = False) -> None:
        if self._row is not None and (closes or merged(self._runs)):
            self._row.append(merged(self._runs))
            self._runs, self._sign = [], None

    def _end_row(self) -> None:
        if self._row is None:
            return
        self._end_cell()
        cells = tuple(self._row)
        if any(cells):
            self._found.append(Block(Kind.ROW, cells=cells, head=self._heads == len(cells)))
        self._row, self._heads, self._runs, self._sign = None, 0, [], None


def _is_item(given: dict[str, str]) -> bool:
    """Tell whether a paragraph of Word is an item of a list."""
    listed = "mso-list" in given.get("style", "").lower()
    return listed and "mso-list:none" not in given.get("style", "").lower().replace(" ", "")


def _look(tag: str, given: dict[str, str], around: Run) -> Run:
    """Return how words inside a tag look, inside what is around it."""
    weight = _WEIGHT.search(given.get("style", ""))
    slant = _SLANT.search(given.get("style", ""))
    strong = around.strong or tag in {"b", "strong"}
    em = around.em or tag in {"i", "em", "cite"}
    if weight is not None:
        heavy = weight[1].lower()
        strong = heavy in {"bold", "bolder"} or (heavy.isdecimal() and int(heavy) >= 600)
    if slant is not None:
        em = slant[1].lower() in {"italic", "oblique"}
    if tag in _BLOCKS and tag.startswith("h"):
        strong = False
    href = link(given.get("href", "")) if tag == "a" else around.href
    return Run("", strong, em, href)
