"""The landmarks of a letter: where its number, date, title, greeting, body and foot stand."""

from __future__ import annotations

import re
from dataclasses import dataclass

from donghanh.domain.letter import dates, words
from donghanh.domain.letter.view import View, masked
from donghanh.domain.letter.words import L, U

#: A part of a symbol: SGDĐT, TTr, QH15.
_PART = rf"[{U}](?:[{U}0-9&]|[a-zđ](?![a-zđ]{{3}}))*(?!\w)"
SYMBOL = rf"{_PART}(?: ?[-/] ?{_PART}){{0,5}}"
_NUMBER = re.compile(
    rf"(?<!\w)(?P<label>S[ốôo6Ố] ?:?) ?(?P<number>\d{{1,5}}(?: ?/ ?(?:19|20)\d\d(?= ?/))?)?"
    rf"[ .…]{{0,60}}[-/] ?(?P<symbol>{SYMBOL})"
)
_NUMBER_ONLY = re.compile(r"(?<!\w)(?P<label>S[ốôỐ] ?:) ?(?P<number>\d{1,5})?(?P<symbol>(?!))?")

_GAP = r"[ .…]{0,60}"
_PLACE = (
    rf"(?:(?:TP|Tp|T\.P|T)\. ?|[Tt]hành phố |[Tt]hị xã )?"
    rf"[{U}][{L}'’]+(?: (?:- )?[{U}][{L}'’]+){{0,3}}"
)
_PLACE_DATE = re.compile(
    rf"(?:(?P<place>{_PLACE}) ?,|(?<!\w)) ?(?P<date>[Nn]gày"
    rf"(?:{_GAP}(?P<d>\d{{1,2}})?{_GAP}tháng{_GAP}(?P<m>\d{{1,2}})?{_GAP}năm"
    rf"(?:{_GAP}(?P<y>\d{{4}})(?!\d)| ?\d{{0,2}}[.…]{{0,20}})"
    rf"| (?P<day>{dates.day_pattern('n')})))"
)
_FURNITURE = re.compile(
    r"CỘNG H[ÒO][ÀA] XÃ HỘI CHỦ NGHĨA(?: VIỆT NAM)?|Độc lập ?- ?Tự do ?- ?Hạnh phúc\.?"
    r"|ĐẢNG CỘNG SẢN VIỆT NAM|(?<!TW )(?<!ƯƠNG )ĐOÀN (?:TNCS|THANH NIÊN CỘNG SẢN) HỒ CHÍ MINH"
    r"(?! (?:TỈNH|THÀNH|HUYỆN|KHỐI|TRƯỜNG|CÁC|XÃ|PHƯỜNG)(?!\w))"
)
_SUBJECT = re.compile(r"(?<!\w)(?:V ?/ ?v|[Vv]ề việc)(?!\w) ?:? ?")
_GREETING = re.compile(r"(?<!\w)(?:Kính gửi|KÍNH GỬI)(?!\w) ?:? ?")
_RECIPIENTS = re.compile(r"(?<!\w)(?:Nơi nhận|NƠI NHẬN)(?!\w) ?:? ?")
AUTHORITY = re.compile(
    rf"(?<![\w/])(?:(?:KT|TM|TL|TUQ|TU|Q)\. ?|(?:K/T|T/M|T/L|T/UQ|TUQ)\.? )(?=[{U}]{{2}})"
)
_SIGNING_TITLE = re.compile(rf"(?<!\w)(?:{words.any_of(words.SIGNING_TITLES)})(?!\w)")
_ANNEX = re.compile(r"(?<!\w)PHỤ LỤC(?!\w)")
_OPENER = re.compile(rf"(?<!\w)(?:{words.any_of(words.OPENERS)})(?!\w)")
_TITLE = re.compile(
    rf"(?<!\w)(?:{words.any_of(tuple(t.upper() for t in words.TITLES if t != 'Văn bản'))})(?!\w)"
)
_CITED = re.compile(rf"(?:{words.any_of(words.TITLES)}|theo|và) ?$", re.IGNORECASE)
#: A head is never longer than this many characters.
_HEAD = 3000


@dataclass(frozen=True, slots=True)
class Layout:
    """The landmarks, each a match or a position in the view; absent ones are ``None``."""

    number: re.Match[str] | None
    dated: re.Match[str] | None
    title: re.Match[str] | None
    subject: re.Match[str] | None
    greeting: re.Match[str] | None
    recipients: re.Match[str] | None
    authority: re.Match[str] | None
    head: str
    body: int
    foot: int
    end: int
    marks: tuple[str, ...]


def find(view: View) -> Layout:
    """
    Find the landmarks.

    Args:
        view: The text prepared for searching.

    Returns:
        The landmarks. ``head`` is the view with the state, Party and Union headings, the number,
        the date and the title struck out; ``body`` is where sentences may begin, ``foot`` where
        the recipients or the signing begin, ``end`` where annexes begin.
    """
    fold = view.fold
    greeting = _GREETING.search(fold)
    limit = greeting.start() if greeting else _HEAD
    number = _first_number(fold, limit)
    dated = _head_date(fold, limit)
    title = _head_title(fold, limit, greeting is None)
    subject = _SUBJECT.search(fold, 0, limit)
    body = max([m.end() for m in (greeting, title, subject, number, dated) if m], default=0)
    foot, recipients, authority = _foot(fold, body)
    annex = _ANNEX.search(fold, foot)
    headings = [m.span() for m in _FURNITURE.finditer(fold, 0, limit + _HEAD)]
    seen = {
        "number": number,
        "date": dated,
        "title": title,
        "subject": subject,
        "greeting": greeting,
        "recipients": recipients,
        "authority": authority,
        "heading": headings,
    }
    struck = [*headings, *(m.span() for m in (number, dated, title) if m)]
    return Layout(
        number,
        dated,
        title,
        subject,
        greeting,
        recipients,
        authority,
        masked(fold, struck),
        body,
        foot,
        annex.start() if annex else len(fold),
        tuple(name for name, mark in seen.items() if mark),
    )


def _first_number(fold: str, limit: int) -> re.Match[str] | None:
    """Return the letter's own number: in the head, and not one it cites."""
    for pattern in (_NUMBER, _NUMBER_ONLY):
        for found in pattern.finditer(fold, 0, limit):
            if not _CITED.search(fold, max(0, found.start() - 30), found.start()):
                return found
    return None


def _head_date(fold: str, limit: int) -> re.Match[str] | None:
    """Return the letter's own date: the first with a place, else the first of the head."""
    found = [m for m in _PLACE_DATE.finditer(fold, 0, limit) if not _is_cited(fold, m.start())]
    return next((m for m in found if m.group("place")), found[0] if found else None)


def _is_cited(fold: str, at: int) -> bool:
    """Say whether a date follows the number of another document."""
    before = fold[max(0, at - 60) : at]
    return bool(re.search(rf"số:? ?\d+ ?[-/] ?{SYMBOL} ?,?(?: ?của [^,;]{{1,40}},?)? ?$", before))


def _head_title(fold: str, limit: int, no_greeting: bool) -> re.Match[str] | None:
    """Return the title in capitals; not after the greeting, not after the first sentence."""
    for found in _TITLE.finditer(fold, 0, limit):
        opener = _OPENER.search(fold, 0, found.start())
        if no_greeting or opener is None or opener.start() < 5:
            return found
    return None


def _foot(fold: str, body: int) -> tuple[int, re.Match[str] | None, re.Match[str] | None]:
    """Return where the foot begins, the recipients' label and the authority."""
    recipients = _last(_RECIPIENTS, fold, body)
    authority = _first_signing(fold, body, recipients)
    starts = [m.start() for m in (recipients, authority) if m]
    title = None if starts else _last(_SIGNING_TITLE, fold, body)
    starts += [title.start()] if title else []
    return min(starts, default=len(fold)), recipients, authority


def _first_signing(fold: str, body: int, recipients: re.Match[str] | None) -> re.Match[str] | None:
    """Return the authority that signs: near the recipients, else the last one."""
    found = list(AUTHORITY.finditer(fold, body))
    if not found:
        return None
    if recipients:
        near = [m for m in found if m.start() > recipients.start() - 300]
        return near[0] if near else found[-1]
    last = found[-1]
    return next(m for m in found if last.start() - m.start() < 120)


def _last(pattern: re.Pattern[str], fold: str, begin: int) -> re.Match[str] | None:
    last = None
    for found in pattern.finditer(fold, begin):
        last = found
    return last


def strip_nul(raw: str) -> str:
    """Return a stretch of a struck-out view without what was struck out, single-blanked."""
    return " ".join(raw.replace("\x00", " ").split())


def as_written(view: View, struck: str, start: int, end: int) -> str:
    """Return a stretch as written, single-blanked, without what a struck-out view leaves out."""
    return strip_nul("".join(map(_unless_struck, view.flat[start:end], struck[start:end])))


def _unless_struck(letter: str, struck: str) -> str:
    return "\x00" if struck == "\x00" else letter


def opener_after(fold: str, at: int, limit: int) -> int | None:
    """Return where the first sentence of the body begins after a position, if it is known."""
    found = _OPENER.search(fold, at, limit)
    return found.start() if found else None
