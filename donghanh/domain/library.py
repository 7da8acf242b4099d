"""The library of texts: what a directive may stand on, since when it holds and what replaced it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any, ClassVar

from donghanh.domain.errors import RuleError
from donghanh.domain.names import search_key
from donghanh.domain.timeline import Confidence

#: What stands in documents.toml for values no text gives: no text of anybody.
_NO_TEXT = frozenset({"DEFAULT", "BD2022"})
_KIND = re.compile(
    r"(Chỉ thị|Nghị quyết|Quyết định|Quy định|Kết luận|Hướng dẫn|Nghị định|Thông báo|Công văn)\b"
)
#: What marks the number of a decree, whatever its title begins with.
_DECREE = "/NĐ-"
_NUMBER = re.compile(r"[0-9]+[0-9A-Za-zĐđƯư]*(?:[-/][0-9A-ZĐa-zđƯư&]+)+")


class BadPeriod(RuleError):
    """A text would end before it begins. Facts: ``since``, ``until``."""

    code: ClassVar[str] = "library.bad_period"


class KnownText(RuleError):
    """The library holds a text of that issuer, number and day already. Facts: ``number``."""

    code: ClassVar[str] = "library.known_text"


@dataclass(frozen=True, slots=True)
class Text:
    """
    One text.

    Attributes:
        key: Its short name: of the rulebook, or ``t`` and the number of a row.
        issuer: Who signed.
        number: Number and symbol, as written.
        signed_on: Day of signing.
        title: What it is about.
        since: First day it holds.
        until: Last day it holds; ``None``: no end is known.
        successor: Key of the text in its place; ``""``: none is known.
        confidence: How sure the days are.
    """

    key: str
    issuer: str
    number: str
    signed_on: date
    title: str
    since: date
    until: date | None = None
    successor: str = ""
    confidence: Confidence = Confidence.N

    def holds(self, on: date) -> bool:
        """Tell whether it is in force on a day, first and last day included."""
        return self.since <= on and (self.until is None or on <= self.until)

    @property
    def identity(self) -> tuple[str, str, date]:
        """Return what it is told apart by: the number alone is used again."""
        return search_key(self.issuer), number_key(self.number), self.signed_on

    @property
    def settled(self) -> bool:
        """Tell whether its days were read in the text itself."""
        return self.confidence is Confidence.V


@dataclass(frozen=True, slots=True)
class Standing:
    """
    How a basis stands on a day.

    ``text`` is ``None`` for one the library does not hold; ``successor`` is the first text after it
    that is in force on that day.
    """

    words: str
    text: Text | None
    in_force: bool
    successor: Text | None = None

    @property
    def ended(self) -> bool:
        """Tell whether it is known to hold no longer, or not yet."""
        return self.text is not None and not self.in_force


def number_key(number: str) -> str:
    """
    Return a number for comparing: without blanks and leading noughts, in capitals.

    >>> number_key("06-hd/tw"), number_key("6-HD/TW")
    ('6-HD/TW', '6-HD/TW')
    """
    return re.sub(r"\s", "", number).upper().lstrip("0")


@cache
def shipped() -> tuple[Text, ...]:
    """Return the texts that come with the rulebook: cited by its values, or by letters."""
    folder = files("donghanh.domain") / "rulebook"
    cited = tomllib.loads((folder / "documents.toml").read_text(encoding="utf-8"))
    validity = tomllib.loads((folder / "validity.toml").read_text(encoding="utf-8"))
    known: dict[str, Mapping[str, Any]] = {
        key: said for key, said in cited.items() if key not in _NO_TEXT
    }
    for key, said in validity.items():
        known[key] = {**known.get(key, {}), **said}
    return tuple(_text(key, said) for key, said in known.items())


def _text(key: str, said: Mapping[str, Any]) -> Text:
    return Text(
        key=key,
        issuer=said["issuer"],
        number=said["number"],
        signed_on=said["signed_on"],
        title=said["title_vi"],
        since=said.get("since", said["signed_on"]),
        until=said.get("until"),
        successor=said.get("replaced_by", ""),
        confidence=Confidence(said.get("confidence", "N")),
    )


def merged(typed: Iterable[Text], base: Iterable[Text] = ()) -> tuple[Text, ...]:
    """
    Return one library out of two: what people typed stands in place of the same text shipped.

    Args:
        typed: Rows, in the order they were kept; a later one stands in place of an earlier.
        base: What comes with the rulebook.

    Returns:
        Newest signing day first, then by number.
    """
    books = {text.identity: text for text in base}
    for text in typed:
        books[text.identity] = text
    return tuple(sorted(books.values(), key=lambda one: (-one.signed_on.toordinal(), one.number)))


def check_period(since: date, until: date | None) -> None:
    """
    Refuse a text that ends before it begins.

    Raises:
        BadPeriod: It would.
    """
    if until is not None and until < since:
        raise BadPeriod(since=since.isoformat(), until=until.isoformat())


def ended_before(day: date) -> date:
    """Return the last day of a text whose successor holds from a day on."""
    return day - timedelta(days=1)


def standing(words: str, library: Iterable[Text], on: date) -> Standing:
    """
    Return how what a directive stands on stands itself on a day.

    Args:
        words: As the directive writes it: "Hướng dẫn số 12-HD/BTCTW ngày 18/01/2022 của …".
        library: All texts.
        on: The day of the directive.

    Returns:
        Of several texts with the number the one whose year or day is named in the words; else the
        one in force, else the newest.
    """
    held = tuple(library)
    numbers = {number_key(found) for found in _NUMBER.findall(words)}
    fitting = [one for one in held if number_key(one.number) in numbers]
    named = [one for one in fitting if _names(words, one.signed_on)]
    if not (named or fitting):
        return Standing(words, None, in_force=False)
    best = max(named or fitting, key=lambda one: (one.holds(on), one.signed_on))
    return Standing(words, best, best.holds(on), _successor(best, held, on))


def _names(words: str, day: date) -> bool:
    shown = f"{day.day}/{day.month}/{day.year}"
    plain = re.sub(r"\b0(\d)", r"\1", words)
    return shown in plain or f"{day.day} tháng {day.month} năm {day.year}" in plain


def _successor(text: Text, library: tuple[Text, ...], on: date) -> Text | None:
    """Return the first text after another that is in force, else the last known after it."""
    if text.holds(on):
        return None
    by_key = {one.key: one for one in library}
    seen, last = {text.key}, None
    following = by_key.get(text.successor)
    while following is not None and following.key not in seen:
        last = following
        if following.holds(on):
            break
        seen.add(following.key)
        following = by_key.get(following.successor)
    return last


def cited(text: Text) -> str:
    """
    Return a text as a directive cites it.

    >>> day = date(1998, 5, 30)
    >>> cited(Text("a", "Bộ Chính trị", "34-CT/TW", day, "Chỉ thị về công tác đảng viên", day))
    'Chỉ thị số 34-CT/TW ngày 30/5/1998 của Bộ Chính trị về công tác đảng viên'
    >>> cited(Text("b", "Quốc hội", "91/2025/QH15", day, "Luật Bảo vệ dữ liệu cá nhân", day))
    'Luật Bảo vệ dữ liệu cá nhân số 91/2025/QH15 ngày 30/5/1998 của Quốc hội'
    """
    day = f"{text.signed_on.day}/{text.signed_on.month}/{text.signed_on.year}"
    where = f"số {text.number} ngày {day} của {text.issuer}"
    named = _KIND.match(text.title)
    if _DECREE in text.number and (named is None or named.group() != "Nghị định"):
        return f"Nghị định {where} {_about(text.title)}"
    if named is None:
        return f"{text.title} {where}"
    return f"{named.group()} {where} {_about(text.title[named.end() :].strip())}"


def _about(title: str) -> str:
    small = title[:1].lower() + title[1:]
    return small if small.startswith(("về ", "quy định ")) else f"về {small}"
