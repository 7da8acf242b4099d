"""Reading a letter from its text."""

from __future__ import annotations

import re

from donghanh.domain.letter import body, dates, duties, foot, head, issuer, layout, targets
from donghanh.domain.letter.head import Notes
from donghanh.domain.letter.shape import Basis, EmptyLetter, NotALetter, Reading, TooLong
from donghanh.domain.letter.view import look_at, misreading_flags

#: A letter with long annexes has some 100 pages of 3,000 characters; more is another kind of text.
LONGEST = 300_000
#: Fewer marks than this, and nothing says that the text is an official letter.
_ENOUGH = 2


def read(text: str) -> Reading:
    """
    Read a Vietnamese official letter of State, Party or Union.

    Args:
        text: The letter's text, its lines broken anyhow. It is composed (NFC) and otherwise left
            as it is; all spans refer to the composed text, kept in ``Reading.text``.

    Returns:
        What was read: each field with its span, and a flag where it is blank, missing, unusual or
        contradictory. Nothing is guessed: what is not found is ``None``.

    Raises:
        EmptyLetter: There is no text.
        TooLong: The text is longer than ``LONGEST`` characters.
        NotALetter: The text bears fewer than two marks of an official letter.

    Source: layout of letters, Nghị định 30/2020/NĐ-CP annex I; Hướng dẫn 36-HD/VPTW of 2018.

    >>> reading = read("Số: 12/SGDĐT-GDTX  Kính gửi: Các trường THPT. Căn cứ Chỉ thị số 34-CT/TW, "
    ...                "ngày 30/5/1998 của Bộ Chính trị; đề nghị báo cáo trước ngày 15/3/2024.")
    >>> reading.number, reading.symbol, reading.bases[0].date, reading.duties[0].due
    ('12', 'SGDĐT-GDTX', '1998-05-30', '2024-03-15')
    """
    if len(text) > LONGEST:
        raise TooLong(length=len(text), limit=LONGEST)
    view = look_at(text)
    if not view.flat.strip():
        raise EmptyLetter
    notes = Notes(view)
    found = layout.find(view)
    if len(found.marks) < _ENOUGH:
        raise NotALetter(marks=list(found.marks))
    return _reading(notes, found)


def _reading(notes: Notes, found: layout.Layout) -> Reading:
    """Read every field; the order decides which doubts come first."""
    number, symbol = head.number_and_symbol(notes, found)
    place, day = head.place_and_date(notes, found)
    kind = head.kind(notes, found)
    subject = head.subject(notes, found)
    issued_by, superior = issuer.issuer_and_superior(notes, found, symbol)
    addressees = head.addressees(notes, found)
    contents, first = body.contents(notes, found)
    bases = body.bases(notes, found, first)
    years = dates.school_years(notes.view.fold)
    units = body.units(notes, found)
    due = duties.duties(notes, found, day, years)
    aims = targets.targets(notes, found, years)
    signing, taken = foot.signing(notes, found)
    recipients = foot.recipients(notes, found, taken, symbol)
    _check_days(notes, bases, day)
    flags = [*notes.flags, *misreading_flags(notes.view, notes.spans)]
    return Reading(
        text=notes.view.text,
        issuer=issued_by,
        superior=superior,
        number=number,
        symbol=symbol,
        place=place,
        date=day,
        kind=kind,
        subject=subject,
        addressees=addressees,
        bases=bases,
        contents=contents,
        units=units,
        duties=due,
        targets=aims,
        recipients=recipients,
        signing=signing,
        flags=tuple(flags),
        spans=notes.spans,
    )


def _check_days(notes: Notes, bases: tuple[Basis, ...], day: str | None) -> None:
    """Flag a basis dated later than the letter that stands on it."""
    for at, basis in enumerate(bases):
        if not day or not basis.date or not re.fullmatch(r"\d{4}-\d\d-\d\d", basis.date):
            continue
        if basis.date[: len(day)] > day:
            notes.doubt(f"bases.{at}.date", "later_than_letter", here=day, there=basis.date)
