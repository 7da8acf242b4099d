"""The foot of a letter: recipients; by what authority, in what title and by whom it is signed."""

from __future__ import annotations

import re

from donghanh.domain.letter import head, words
from donghanh.domain.letter.head import Notes
from donghanh.domain.letter.layout import Layout
from donghanh.domain.letter.shape import Signing
from donghanh.domain.letter.view import Piece, masked
from donghanh.domain.letter.words import L, U

_TITLE = rf"(?:{words.any_of(words.SIGNING_TITLES)})(?!\w)"
_CAPITALS = rf"(?: (?!{_TITLE}|{{never}})[{U}][{U}&,-]*(?![\w'’]))"
_NEXT_TITLE = re.compile(rf"(?<!\w){_TITLE}")
_SURNAME = words.any_of(tuple(words.SURNAMES))
_SURNAMES = words.any_of(tuple(name.upper() for name in words.SURNAMES))
_PART = rf"(?:[{U}]['’]?[{L}{U}]*[{L}](?:['’][{L}]+)?|Y)"
_NAME = re.compile(
    rf"(?<![\w'’])(?P<name>(?:(?:ThS|TS|PGS|GS|NGƯT|NGND|CN)\. ?)*"
    rf"(?:{_PART} ){{1,5}}{_PART})(?![\w'’])"
)
_CAPITAL_NAME = re.compile(rf"(?<!\w)(?P<name>(?:{_SURNAMES})(?: [{U}]{{1,8}}(?!\w)){{1,4}})")
_CAPITAL = rf"(?!(?:KT|TM|TL|TUQ)\.)[{U}][{U}&,-]*(?!\w)"
_AUTHORITY_WORDS = re.compile(rf"{_CAPITAL}(?: {_CAPITAL})*")
_KEPT = re.compile(r"Lưu ?:? ?(?P<codes>[^;]*)")
_CODE = re.compile(rf"(?<!\w)[{U}][{U}0-9]+(?: ?- ?[{U}][{U}0-9]+)*(?!\w)")
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
    authority = _authority(notes, layout, title)
    name = _name(notes, layout, title)
    found = {"authority": authority, "title": title, "name": name}
    values = {key: notes.keep(f"signing.{key}", piece) for key, piece in found.items()}
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
    title = found[-1]
    end = title.end()
    more = re.compile(_CAPITALS.format(never=_SURNAMES)).match
    while (word := more(notes.view.fold, end, layout.end)) is not None:
        end = word.end()
    return notes.view.piece(title.start(), end)


def _authority(notes: Notes, layout: Layout, title: Piece | None) -> Piece | None:
    """Return ``KT.``, ``TM.`` and the like with the title or body they stand for."""
    if layout.authority is None:
        return None
    start = layout.authority.start()
    limit = title.start if title and title.start > start else layout.end
    run = _AUTHORITY_WORDS.match(notes.view.fold, layout.authority.end(), limit)
    end = run.end() if run else layout.authority.end()
    again = layout.authority.re.match(notes.view.fold, end + 1, limit)
    if again:
        run = _AUTHORITY_WORDS.match(notes.view.fold, again.end(), limit)
        end = run.end() if run else again.end()
    return notes.view.piece(start, end)


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
    for piece in head.items(notes.view, fold, start, _recipients_end(layout, fold, taken)):
        notes.keep(f"recipients.{len(found)}", piece)
        found.append(piece.value)
        _check_symbol(notes, f"recipients.{len(found) - 1}", piece.value, symbol)
    if not found:
        notes.doubt("recipients", "blank", layout.recipients.span())
    return tuple(found)


def _recipients_end(layout: Layout, fold: str, taken: list[tuple[int, int]]) -> int:
    """Return where the recipients end: at the signing when it stands as one block, else later."""
    start = layout.recipients.end() if layout.recipients else layout.foot
    after = sorted(pair for pair in taken if pair[0] >= start)
    if not after:
        return layout.end
    before = fold[start : after[0][0]]
    return after[0][0] if "Lưu" in before else after[-1][1]


def _check_symbol(notes: Notes, path: str, item: str, symbol: str | None) -> None:
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
