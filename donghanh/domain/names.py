"""Vietnamese names: search keys and sort keys."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")  # as in a dictionary
_DIGITS = 9  # numbers are filled up to as many digits, so that 2 comes before 10
FIRST = 0x30  # letters become characters from "0" on, so that any database sorts them by bytes


def search_key(name: str) -> str:
    """
    Return a name without marks and case, for searching.

    Args:
        name: As written; any Unicode form.

    >>> search_key("  Nguyễn  Thị Đào ")
    'nguyen thi dao'
    """
    parts = unicodedata.normalize("NFD", name)
    bare = "".join(part for part in parts if not unicodedata.combining(part))
    return " ".join(bare.casefold().replace("đ", "d").split())


def mentioned(text: str, names: Iterable[str]) -> bool:
    """
    Tell whether a text holds one of some full names, as whole words, whatever its case.

    Args:
        text: Anything a person typed.
        names: Full names; one of a single word is passed over: it is a word like others.

    >>> mentioned("Em Nguyễn  thị An đã ...", ["Nguyễn Thị An"]), mentioned("An toàn", ["An"])
    (True, False)
    >>> mentioned("Nguyễn Thị Anh", ["Nguyễn Thị An"])
    False
    """
    words = f" {_plain(text)} "
    return any(" " in name and f" {name} " in words for name in map(_plain, names))


def _plain(text: str) -> str:
    """Return the words of a text, single spaces between them, signs left out."""
    known = unicodedata.normalize("NFC", text).casefold()
    return " ".join("".join(sign if sign.isalnum() else " " for sign in known).split())


def sort_key(name: str) -> str:
    """
    Return a key that sorts names as a Vietnamese class list does.

    Args:
        name: Family name, middle names, given name, as written.

    Returns:
        ASCII text, compared byte by byte: given name first, then family name, then the middle
        names; ă, â, ê, ô, ơ, ư and đ are letters of their own, and between equal letters the
        tones follow the dictionary: none, huyền, hỏi, ngã, sắc, nặng.

    >>> sorted(["Lê Văn Ân", "Trần Thị An", "Lê Văn Anh", "Lê Thị Án"], key=sort_key)
    ['Trần Thị An', 'Lê Thị Án', 'Lê Văn Anh', 'Lê Văn Ân']
    """
    words = unicodedata.normalize("NFC", name).casefold().split()
    return "!".join(_word_key(word) for word in [*words[-1:], *words[:-1]])


def title_key(title: str) -> str:
    """
    Return a key that sorts names of units and titles as a Vietnamese list does.

    Args:
        title: As written; words count from the first on, numbers by their size.

    Returns:
        ASCII text, compared byte by byte.

    >>> sorted(["THPT Đức Lập", "THPT Gia Nghĩa", "THPT Dân lập", "THCS số 10", "THCS số 2"],
    ...        key=title_key)
    ['THCS số 2', 'THCS số 10', 'THPT Dân lập', 'THPT Đức Lập', 'THPT Gia Nghĩa']
    """
    words = unicodedata.normalize("NFC", title).casefold().split()
    return "!".join(
        word.zfill(_DIGITS) if word.isdecimal() and word.isascii() else _word_key(word)
        for word in words
    )


def _word_key(word: str) -> str:
    letters: list[str] = []
    tones: list[str] = []
    for written in word:
        parts = unicodedata.normalize("NFD", written)
        tone = next((mark for mark in parts[1:] if mark in TONES[1:]), "")
        letter = unicodedata.normalize("NFC", "".join(part for part in parts if part != tone))
        place = LETTERS.find(letter)
        letters.append(chr(FIRST + place) if place >= 0 else "~")
        tones.append(str(TONES.index(tone)))
    return f"{''.join(letters)} {''.join(tones)}"
