"""The body of a letter: legal bases, numbered contents, named units; sentences."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import pairwise

from donghanh.domain.letter import dates, words
from donghanh.domain.letter.head import Notes, closed
from donghanh.domain.letter.layout import SYMBOL, Layout
from donghanh.domain.letter.shape import Basis
from donghanh.domain.letter.view import Piece, View
from donghanh.domain.letter.words import L, U

_KIND = words.any_of((*words.TITLES, *(name.lower() for name in words.TITLES)))
_NAMED = words.any_of(words.NAMED)
_CODED = rf"\d{{1,5}} ?(?:/ ?(?:19|20)\d\d ?(?=/))?[-/] ?{SYMBOL}(?:/ ?\d{{4}})?"
_NUMBER = rf"(?P<number>{_CODED})"
_CITATION = re.compile(
    rf"(?<!\w)(?:(?P<kind>{_KIND}) ?(?:số ?:? ?)?|số ?:? ?){_NUMBER}"
    rf"|(?:(?<=Căn cứ )|(?<=Thực hiện )|(?<=Theo )|(?<=; )|(?<=và ))"
    rf"(?P<law>(?:{_NAMED}) [^,.;:“”\"]{{2,80}}?)"
    rf"(?:(?: số ?:? ?| )(?P<coded>{_CODED})|(?= ?(?:[,.;:]|(?:ngày|năm|được|và|về)(?!\w))))"
)
_DATED = re.compile(rf"(?:,|\(|;)? ?(?:ban hành |ký )?(?:ngày ?)(?P<date>{dates.day_pattern('b')})")
_DATED_BARE = re.compile(rf" ?\( ?(?P<date>{dates.day_pattern('b')}) ?\)")
_ISSUED_BY = re.compile(
    r",? ?của (?P<issuer>[^,;:.“”\"‘’()]{2,120}?)(?= ?(?:[,;:.“”\"‘’()]|$)"
    r"| (?:về|V/v|ban hành|quy định|hướng dẫn|sửa đổi|phê duyệt|ngày|tại|do|khi|và (?:Kế hoạch"
    r"|Chỉ thị|Nghị quyết|Hướng dẫn|Công văn|Quyết định|Quy định)|năm học|để|trong|nhằm)(?!\w))"
)


def bases(notes: Notes, layout: Layout, contents_start: int | None) -> tuple[Basis, ...]:
    """
    Return the documents the letter stands on, in order.

    Args:
        notes: Where spans and doubts go.
        layout: The landmarks.
        contents_start: Where the first numbered content begins; citations after it are not the
            letter's bases unless there is none before it.

    Returns:
        Bases with what each citation gives; an unknown part is ``None``.
    """
    fold = notes.view.fold
    start = layout.title.end() if layout.title else layout.body
    end = contents_start if contents_start is not None else layout.foot
    found = list(_CITATION.finditer(fold, start, end))
    if not found:
        found = list(_CITATION.finditer(fold, start, layout.foot))
    found = _each_once(fold, found)
    result: list[Basis] = []
    for at, cited in enumerate(found):
        until = found[at + 1].start() if at + 1 < len(found) else layout.foot
        result.append(_basis(notes, f"bases.{at}", cited, until))
    return tuple(result)


def _each_once(fold: str, found: list[re.Match[str]]) -> list[re.Match[str]]:
    """Keep one citation of each number: the first that gives a date, else the first."""
    kept: dict[str, re.Match[str]] = {}
    for cited in found:
        key = (cited.group("number") or cited.group()).replace(" ", "")
        old = kept.get(key)
        if old is None or (_DATED.match(fold, cited.end()) and not _DATED.match(fold, old.end())):
            kept[key] = cited
    return sorted(kept.values(), key=lambda cited: cited.start())


def _basis(notes: Notes, path: str, cited: re.Match[str], until: int) -> Basis:
    """Read one citation: its number, then its date and issuer in either order."""
    view = notes.view
    notes.keep(path, view.group(cited))
    number = _number(notes, f"{path}.number", cited)
    kind = _kind(notes, f"{path}.kind", cited, number)
    at, day, issuer = cited.end(), None, None
    for _ in range(2):
        dated = day is None and (
            _DATED.match(view.fold, at, until) or _DATED_BARE.match(view.fold, at, until)
        )
        by = issuer is None and _ISSUED_BY.match(view.fold, at, until)
        if dated:
            day, at = dated, dated.end()
        elif by:
            issuer, at = by, by.end()
    notes.spans[path] = view.span(cited.start(), at)
    if not day and not cited.group("law"):
        notes.doubt(f"{path}.date", "missing", cited.span())
    return Basis(
        kind,
        number,
        notes.keep(f"{path}.issuer", view.group(issuer, "issuer")) if issuer else None,
        _day(notes, f"{path}.date", day) if day else None,
    )


def _number(notes: Notes, path: str, cited: re.Match[str]) -> str | None:
    name = "number" if cited.group("number") else "coded"
    if cited.group(name) is None:
        return None
    return closed(notes.keep(path, notes.view.group(cited, name)))


def _kind(notes: Notes, path: str, cited: re.Match[str], number: str | None) -> str | None:
    """Return the kind a citation names, or the one its symbol stands for."""
    for name in ("kind", "law"):
        if cited.group(name):
            kind = notes.keep(path, notes.view.group(cited, name))
            return kind[:1].upper() + kind[1:]
    for part in re.split(r"[-/]", number or ""):
        if part in words.KINDS:
            notes.keep(path, notes.view.group(cited, "number"))
            return words.KINDS[part]
    notes.doubt(path, "missing", cited.span())
    return None


def _day(notes: Notes, path: str, found: re.Match[str]) -> str | None:
    """Return the ISO day of a citation; flag one that does not exist."""
    written = notes.keep(path, notes.view.group(found, "date"))
    day = dates.written(found, "b")
    iso = day.iso() if day else None
    if iso is None:
        notes.doubt(path, "invalid_date", written=written)
    return iso


_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
_BEGIN = rf"[“\"(]?[{U}]"
_STYLES = (
    re.compile(rf"(?<!\S)(?P<mark>[IVX]{{1,4}})[.)/] ?(?={_BEGIN})"),
    re.compile(rf"(?<!\w)Điều (?P<mark>\d{{1,2}})[.:] ?(?={_BEGIN})"),
    re.compile(rf"(?<!\S)(?P<mark>\d{{1,2}})[.)/](?!\d) ?(?={_BEGIN})"),
    re.compile(rf"(?<!\S)(?P<mark>[a-zđ])\) ?(?={_BEGIN})"),
)
_CLOSER = re.compile(rf"(?<=[.;:/] )(?:{words.any_of(words.CLOSERS)})(?!\w)")
_POINTS = re.compile(r"[-+•]|[a-zđ]\)|\d{1,2}[.)]")


def contents(notes: Notes, layout: Layout) -> tuple[tuple[str, ...], int | None]:
    """
    Return the numbered contents at the top level, and where the first begins in the view.

    Roman sections come before articles, articles before Arabic numbers, those before letters.
    """
    start = layout.title.end() if layout.title else layout.body
    for style in _STYLES:
        chain = _chain(style, notes.view.fold, start, layout.foot)
        if len(chain) > 1:
            return _contents(notes, layout, chain), chain[0].start()
    return (), None


def _chain(style: re.Pattern[str], fold: str, start: int, end: int) -> list[re.Match[str]]:
    """Return the marks that count up from one (or a)."""
    chain: list[re.Match[str]] = []
    for found in style.finditer(fold, start, end):
        if _rank(found.group("mark")) == len(chain) + 1:
            chain.append(found)
    return chain


def _rank(mark: str) -> int:
    if mark in _ROMAN:
        return _ROMAN.index(mark) + 1
    if mark.isdigit():
        return int(mark)
    return "abcdđeghiklmnopqrstuvxy".find(mark) + 1


def _contents(notes: Notes, layout: Layout, chain: list[re.Match[str]]) -> tuple[str, ...]:
    found: list[str] = []
    for at, mark in enumerate(chain):
        end = chain[at + 1].start() if at + 1 < len(chain) else _last_end(notes.view, layout, mark)
        found.append(notes.keep(f"contents.{at}", notes.view.piece(mark.end(), end)))
    return tuple(found)


def _last_end(view: View, layout: Layout, mark: re.Match[str]) -> int:
    """Return where the last content ends: at a closing sentence, or a new paragraph."""
    closer = _CLOSER.search(view.fold, mark.end(), layout.foot)
    limit = closer.start() if closer else layout.foot
    for at in view.breaks:
        ended = mark.end() < at < limit and view.fold[at - 1] in ".;" and view.is_empty_line(at)
        if ended and not _POINTS.match(view.fold, at + 1):
            return at
    return limit


_NEXT = words.any_of((*words.OPENERS, *words.CLOSERS))
_NAME = rf"(?: (?!(?:{_NEXT})(?!\w))(?:[{U}][{L}]+|[{U}]['’][{U}{L}]+|[{U}]{{1,3}}(?=[ ,.;])))"
_UNIT = re.compile(
    rf"(?<!\w)(?:(?:(?:Đoàn|đoàn|Chi bộ|chi bộ|Đảng bộ|đảng bộ|Đảng ủy|Ban Giám hiệu) )?"
    rf"[Tt]rường (?:THPT|THCS|TH|Trung học phổ thông|trung học phổ thông|PTDTNT|PT DTNT"
    rf"|Phổ thông Dân tộc nội trú|phổ thông dân tộc nội trú|Cao đẳng|Đại học)(?!\w)"
    rf"(?: (?:và|THPT|THCS|chuyên|Chuyên|DTNT|số \d+|tỉnh|huyện|thành phố))*{_NAME}{{1,5}}"
    rf"|Trung tâm (?:GDNN ?- ?GDTX|GDTX|Chính trị|chính trị)"
    rf"(?: (?:tỉnh|huyện|thành phố|thị xã|xã|phường))?{_NAME}{{1,4}}"
    rf"|(?:Tỉnh đoàn|Thành đoàn|Huyện đoàn|Đoàn xã|Đoàn phường|Đảng ủy xã|Đảng ủy phường"
    rf"|Phòng (?:GDĐT|GD&ĐT|Giáo dục và Đào tạo) (?:huyện|thành phố|thị xã)){_NAME}{{1,4}})"
)


def units(notes: Notes, layout: Layout) -> tuple[str, ...]:
    """Return the units the letter names one by one, each once, at its first place."""
    seen: dict[str, Piece] = {}
    end = layout.foot if layout.greeting else layout.end  # plans name their units as recipients
    for found in _UNIT.finditer(notes.view.fold, layout.body, end):
        piece = notes.view.group(found)
        seen.setdefault(piece.value.casefold(), piece)
    for at, piece in enumerate(seen.values()):
        notes.keep(f"units.{at}", piece)
    return tuple(piece.value for piece in seen.values())


_STOP = re.compile(
    rf"(?:(?<!\w[.])[.!?…]|[;:]|\./\.)(?:[”\")])? (?=[“\"(]?[{U}0-9]|[-+•] |[a-zđ]\) )"
)
_ABBREVIATED = re.compile(rf"(?<!\w)(?:TP|Tp|T\.P|ThS|TS|PGS|GS|(?![IVX])[{U}])\.$")
#: A bullet, or a heading in capitals, before the first word of a sentence.
_LEAD = re.compile(rf"[-+•] |(?:[{U}][{U},&-]+ ){{2,12}}(?=(?:[-+•] )?[{U}](?:[{L}]|\w* [{L}]))")


def sentences(fold: str, start: int, end: int) -> list[tuple[int, int]]:
    """
    Split a stretch into sentences, independent of line breaks.

    Args:
        fold: The searchable view.
        start: Where to begin.
        end: Where to stop.

    Returns:
        Half-open positions, in order; a numbered mark such as ``1.`` ends a sentence of its own.

    >>> sentences("Một. Hai; Ba", 0, 12)
    [(0, 4), (5, 9), (10, 12)]
    """
    stops = [
        stop.end()
        for stop in _STOP.finditer(fold, start, end)
        if not _ABBREVIATED.search(fold, max(start, stop.start() - 4), stop.start() + 1)
    ]
    edges = [start, *stops, end]
    pairs = [
        (_begin(fold, begin, until), begin + len(fold[begin:until].rstrip()))
        for begin, until in pairwise(edges)
    ]
    return [(begin, until) for begin, until in pairs if until > begin]


def _begin(fold: str, begin: int, until: int) -> int:
    """Return where a sentence begins once bullets and a heading in capitals are left out."""
    begin += len(fold[begin:until]) - len(fold[begin:until].lstrip())
    for _ in range(3):
        lead = _LEAD.match(fold, begin, until)
        if lead is None or (len(lead.group()) > 2 and lead.group().isascii()):
            return begin
        begin = lead.end()
    return begin


def sentence_at(found: list[tuple[int, int]], at: int) -> tuple[int, int]:
    """Return the sentence that holds a position."""
    return found[max(0, bisect_right(found, (at, 1 << 60)) - 1)]
