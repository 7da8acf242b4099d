"""The foot of a letter: recipients; by what authority, in what title and by whom it is signed."""

from __future__ import annotations

import re

from donghanh.domain.letter import head, words
from donghanh.domain.letter.head import Notes
from donghanh.domain.letter.layout import AUTHORITY, Layout
from donghanh.domain.letter.shape import Signing
from donghanh.domain.letter.view import Piece, masked
from donghanh.domain.letter.words import L, U

_TITLE = rf"(?:{words.any_of(words.SIGNING_TITLES)})(?!\w)"
_DEGREE = r"(?:ThS|TS|PGS|GS|NGƯT|NGND|CN)\. ?"
_SURNAMES = words.any_of(tuple(name.upper() for name in words.SURNAMES))
_NEXT_TITLE = re.compile(
    rf"(?<!\w){_TITLE}(?: (?!{_TITLE}|(?:{_SURNAMES})(?!\w)|{_DEGREE})[{U}][{U}&,-]*(?![\w'’]))*"
)
_PART = rf"(?:[{U}]['’]?[{L}{U}]*[{L}](?:['’][{L}]+)?|Y)"
_NAME = re.compile(
    rf"(?<![\w'’])(?P<name>(?:{_DEGREE})*"
    rf"(?:{_PART} ){{1,5}}{_PART})(?![\w'’])"
)
_CAPITAL_NAME = re.compile(rf"(?<!\w)(?P<name>(?:{_SURNAMES})(?: [{U}]{{1,8}}(?!\w)){{1,4}})")
_CAPITAL = rf"(?!(?:KT|TM|TL|TUQ)\.)[{U}][{U}&,-]*(?!\w)"
_AUTHORITY = rf"{AUTHORITY.pattern}{_CAPITAL}(?: {_CAPITAL})*"
_AUTHORITIES = re.compile(rf"{_AUTHORITY}(?: {_AUTHORITY})?")
_KEPT = re.compile(r"Lưu ?:? ?(?P<codes>[^;]*)")
#: A unit as symbols write it, of two capitals at least: GDTX, GDTrH.
_UNIT = rf"[{U}](?:[a-z]{{0,2}}[{U}0-9])+"
_CODE = re.compile(rf"(?<!\w){_UNIT}(?: ?- ?{_UNIT})*(?!\w)")
#: The registry and the office keep every letter; they are not the unit that wrote it.
_REGISTRY = frozenset({"VT", "VP", "HS", "HC", "HCTH", "LT"})


def signing(notes: Notes, layout: Layout) -> tuple[Signing, list[tuple[int, int]]]:
    """
    Return how the letter is signed, and the stretches of the view that belong to the signing.

    Args:
        notes: Where spans and doubts go.
        layout: The landmarks.

    Returns:
        Authority as written (``KT. GIÁM ĐỐC``), title, name; and what to leave out when the
        recipients are read from a text in which both columns run into each other.
    """
    title = _title(notes, layout)
    name = _name(notes, layout, title)
    authority = _authority(notes, layout, title, name)
    found = {"authority": authority, "title": title, "name": name}
    values = {
        key: notes.keep(f"signing.{key}", piece) if piece else None for key, piece in found.items()
    }
    for key in ("title", "name"):
        if values[key] is None:
            notes.doubt(f"signing.{key}", "missing")
    taken = [(piece.start, piece.end) for piece in found.values() if piece]
    return Signing(**values), taken


def _title(notes: Notes, layout: Layout) -> Piece | None:
    """Return the last title in capitals after the authority, with the words that belong to it."""
    begin = layout.authority.end() if layout.authority else layout.foot
    found = list(_NEXT_TITLE.finditer(notes.view.fold, begin, layout.end))
    if layout.authority and found and found[0].start() == begin:
        found = found[1:]
    if not found:
        return None
    return notes.view.group(found[-1])


def _authority(
    notes: Notes, layout: Layout, title: Piece | None, name: Piece | None
) -> Piece | None:
    """Return ``KT.``, ``TM.`` and the like with the title or body they stand for."""
    if layout.authority is None:
        return None
    start = layout.authority.start()
    limits = [piece.start for piece in (title, name) if piece and piece.start > start]
    run = _AUTHORITIES.match(notes.view.fold, start, min(limits, default=layout.end))
    return notes.view.group(run or layout.authority)


def _name(notes: Notes, layout: Layout, title: Piece | None) -> Piece | None:
    """Return the signer: the last name with a known surname, else the last words of the text."""
    begin = title.end if title else layout.foot
    fold = notes.view.fold
    found = [*_NAME.finditer(fold, begin, layout.end)]
    found += [*_CAPITAL_NAME.finditer(fold, begin, layout.end)]
    pieces = [notes.view.group(one, "name") for one in found]
    pieces = [piece for piece in pieces if not _is_no_name(fold, piece)]
    known = [piece for piece in pieces if _is_known(piece.value)]
    if known:
        return max(known, key=lambda piece: piece.start)
    at_end = [piece for piece in pieces if not fold[piece.end : layout.end].strip(" .()")]
    return at_end[-1] if at_end and title else None


def _is_known(name: str) -> bool:
    """Say whether a name, without degrees, begins like a name of one of the country's peoples."""
    first = re.sub(r"^(?:\w+\. ?)+", "", name).split(" ")[0]
    return first.capitalize() in words.SURNAMES or first[:2] in ("H'", "H’", "K'", "K’")


def _is_no_name(fold: str, piece: Piece) -> bool:
    """Say whether a piece is the name of a place or body, or part of the recipients."""
    if any(never in piece.value for never in words.NEVER_NAMES):
        return True
    before = fold[max(0, piece.start - 12) : piece.start].lower()
    return bool(re.search(r"(?:trường|thpt|chuyên|tỉnh|huyện|xã|đ/c|đồng chí|- ) ?$", before))


def recipients(
    notes: Notes, layout: Layout, taken: list[tuple[int, int]], symbol: str | None
) -> tuple[str, ...]:
    """
    Return who receives the letter, and flag a filing unit that differs from the symbol's.

    Args:
        notes: Where spans and doubts go.
        layout: The landmarks.
        taken: Stretches that belong to the signing.
        symbol: The symbol as read.

    Returns:
        The recipients as written, in order.
    """
    if layout.recipients is None:
        notes.doubt("recipients", "missing")
        return ()
    start = layout.recipients.end()
    fold = masked(notes.view.fold, taken)
    found: list[str] = []
    for piece in head.items(notes.view, fold, start, _recipients_end(layout, fold, start, taken)):
        notes.keep(f"recipients.{len(found)}", piece)
        found.append(piece.value)
        _check_symbol(notes, piece.value, symbol)
    if not found:
        notes.doubt("recipients", "blank", layout.recipients.span())
    return tuple(found)


def _recipients_end(layout: Layout, fold: str, start: int, taken: list[tuple[int, int]]) -> int:
    """Return where the recipients end: at the signing when they are all before it."""
    signed = min((begin for begin, _ in taken if begin >= start), default=layout.end)
    return signed if "Lưu" in fold[start:signed] else layout.end


def _check_symbol(notes: Notes, item: str, symbol: str | None) -> None:
    """Flag a letter whose symbol names another unit than the one that keeps its copy."""
    kept = _KEPT.match(item)
    unit = _unit_of(symbol)
    if kept is None or unit is None:
        return
    codes = [re.sub(" ", "", code.group()) for code in _CODE.finditer(kept.group("codes"))]
    units = [code for code in codes if code not in _REGISTRY]
    parts = {part for code in units for part in code.split("-")}
    if units and unit not in parts and unit not in units:
        notes.doubt("symbol", "differs", here=unit, there=", ".join(units))


def _unit_of(symbol: str | None) -> str | None:
    """Return the part of a symbol that names the writing unit, if it has one."""
    parts = re.split(r"[-/]", symbol or "")
    if parts[0] in words.KINDS:
        return "-".join(parts[2:]) or None
    return "-".join(parts[1:]) or None
