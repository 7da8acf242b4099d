"""Duties with a due day: one-off, or every year, quarter or month."""

from __future__ import annotations

import re

from donghanh.domain.letter import body, dates
from donghanh.domain.letter.head import Notes
from donghanh.domain.letter.layout import Layout
from donghanh.domain.letter.shape import Duty, Recurs

_HOUR = r"(?:\d{1,2} ?(?:giờ|h|g)(?: ?\d{1,2})?(?: ?phút)?,? )"
_LEAD = (
    r"(?<!\w)(?P<lead>(?:[Xx]ong |[Gg]ửi |[Nn]ộp )?(?:[Tt]rước|[Cc]hậm nhất|[Mm]uộn nhất"
    r"|[Hh]ạn cuối(?: cùng)?|[Tt]hời hạn|[Hh]ạn(?: nộp| gửi| báo cáo)?|[Hh]ết|[Vv]ào))"
    r"(?:(?: ?:)? (?:là|đến|trước|vào|hết|trong|nhất)){0,3} ?:? "
)
_RECURS = r"(?: ?\(?(?P<every>(?:hằng|hàng|mỗi|từng) (?P<unit>năm|tháng|quý))(?!\w))"
_DAY = re.compile(
    rf"{_LEAD}(?P<hour>{_HOUR})?(?:ngày )?(?P<days>{dates.day_pattern('a')}"
    rf"(?:(?:,| và|, và|;) (?:trước )?(?:ngày )?{dates.day_pattern('b')})?){_RECURS}?"
)
_MONTHLY = re.compile(
    rf"{_LEAD}(?P<hour>{_HOUR})?ngày (?:mồng |mùng )?(?P<day>\d{{1,2}})(?![/.\d-])"
    rf"{_RECURS.replace('năm|', '')}"
)
_MONTH = re.compile(
    rf"{_LEAD}(?:cuối )?tháng (?P<month>\d{{1,2}})(?: năm |/)(?P<year>\d{{4}})(?!\d)"
)
_OFTEN = re.compile(r"(?<!\w)(?:[Hh]ằng|[Hh]àng|[Mm]ỗi) (?P<unit>năm|tháng|quý)(?!\w)")
_ACT = re.compile(
    r"(?<!\w)(?:báo cáo|gửi|hoàn thành|nộp|đăng ký|triển khai|thực hiện|tổ chức|xây dựng|tổng hợp"
    r"|lập|rà soát|phản hồi|thông báo|cử|giới thiệu|kết nạp|hoàn tất|ban hành|trình|công bố"
    r"|bàn giao|đề xuất|cung cấp)(?!\w)",
    re.IGNORECASE,
)
_PAST = re.compile(r"(?<!\w)(?:đã|tính đến|tính từ)(?!\w)")
_UNITS = {"năm": Recurs.YEARLY, "quý": Recurs.QUARTERLY, "tháng": Recurs.MONTHLY}
#: A word for recurrence counts for a day when it stands within this many characters.
_NEAR = 120


class _When:
    """The day from which the next occurrence of a day without a year is counted."""

    def __init__(self, letter: str | None, years: list[dates.SchoolYear]) -> None:
        """Take the letter's ISO date, whole or reduced, and the school years it names."""
        self.letter = letter
        named = {year.key(): year for year in years if not year.is_odd()}
        self.year = next(iter(named.values())) if len(named) == 1 else None

    def start(self) -> tuple[int, int, int] | None:
        """Return year, month and day to count from, or nothing when no year can be known."""
        if self.letter and len(self.letter) >= 7:
            parts = [int(part) for part in self.letter.split("-")]
            return parts[0], parts[1], parts[2] if len(parts) > 2 else 1
        return (self.year.first, 8, 1) if self.year else None


def duties(
    notes: Notes, layout: Layout, letter: str | None, years: list[dates.SchoolYear]
) -> tuple[Duty, ...]:
    """
    Return what is to be done by a day, in order of the text.

    A day without a year becomes the next such day from the letter's date; when that is not known,
    from the August in which the only school year named begins; else it stays ``--06-10``.

    Args:
        notes: Where spans and doubts go.
        layout: The landmarks.
        letter: ISO date of the letter, whole or reduced, or ``None``.
        years: The school years the letter names.

    Returns:
        One duty for each due day; the text is the sentence it stands in.
    """
    fold = notes.view.fold
    when = _When(letter, years)
    all_sentences = body.sentences(fold, layout.body, layout.foot)
    found: list[Duty] = []
    matches = [
        m for p in (_DAY, _MONTHLY, _MONTH) for m in p.finditer(fold, layout.body, layout.foot)
    ]
    for match in sorted(matches, key=lambda one: one.start()):
        start, end = body.sentence_at(all_sentences, match.start())
        start, end = _clause(fold, start, max(end, match.end()), match)
        if not _ACT.search(fold, start, end) or _PAST.search(fold, start, match.start()):
            continue
        for prefix in _prefixes(match):
            path = f"duties.{len(found)}"
            found.append(_duty(notes, path, match, prefix, (start, end), when))
    return tuple(found)


def _clause(fold: str, start: int, end: int, match: re.Match[str]) -> tuple[int, int]:
    """Narrow a sentence to the part between semicolons that says what to do by the day."""
    first = fold.rfind("; ", start, match.start()) + 2
    last = fold.find(";", match.end(), end)
    begin, until = max(start, first), last if last > 0 else end
    return (begin, until) if _ACT.search(fold, begin, until) else (start, end)


def _prefixes(match: re.Match[str]) -> list[str]:
    """Return the groups of a match that hold a day, or one empty prefix for other patterns."""
    if match.re is not _DAY:
        return [""]
    return [prefix for prefix in ("a", "b") if dates.written(match, prefix)]


def _duty(
    notes: Notes,
    path: str,
    match: re.Match[str],
    prefix: str,
    sentence: tuple[int, int],
    when: _When,
) -> Duty:
    text = notes.keep(path, notes.view.piece(*sentence))
    notes.spans[f"{path}.text"] = notes.spans[path]
    recurs = _recurs(notes, path, match, sentence)
    if match.re is _MONTH:
        due = _month(notes, path, match)
    elif match.re is _MONTHLY:
        due = _day_of_month(notes, path, match, when)
    else:
        due = _due(notes, path, match, prefix, recurs, when)
    return Duty(text, due, recurs, _is_before(match))


def _is_before(match: re.Match[str]) -> bool:
    """Say whether the day itself is late: "before" it, and no hour of that day is named."""
    until = match.start("days") if match.re is _DAY else match.end()
    lead = match.string[match.start() : until]
    return "trước" in lead.lower() and not match.groupdict().get("hour")


def _recurs(
    notes: Notes, path: str, match: re.Match[str], sentence: tuple[int, int]
) -> Recurs | None:
    """Return how often a duty comes back: said after the day, or near it in the sentence."""
    groups = match.groupdict()
    if groups.get("every"):
        notes.keep(f"{path}.recurs", notes.view.group(match, "every"))
        return _UNITS[groups["unit"]]
    if match.re is _MONTH or groups.get("ay") or groups.get("aY"):
        return None
    begin = max(sentence[0], match.start() - _NEAR)
    near = list(_OFTEN.finditer(match.string, begin, min(sentence[1], match.end() + _NEAR)))
    if not near:
        return None
    notes.keep(f"{path}.recurs", notes.view.group(near[0]))
    return _UNITS[near[0].group("unit")]


def _due(
    notes: Notes, path: str, match: re.Match[str], prefix: str, recurs: Recurs | None, when: _When
) -> str | None:
    """Return the ISO due day of a day in figures or words."""
    day = dates.written(match, prefix)
    start, end = dates.extent(match, prefix)
    shown = notes.keep(f"{path}.due", notes.view.piece(start, end))
    if day is None or not day.exists():
        notes.doubt(f"{path}.due", "invalid_date", written=shown)
        return None
    if day.year:
        if recurs:
            notes.doubt(f"{path}.recurs", "recurs_with_year", written=shown)
        iso = day.iso()
        if iso and when.letter and len(when.letter) == 10 and iso < when.letter:
            notes.doubt(f"{path}.due", "due_before_letter", here=when.letter, there=iso)
        return iso
    from_day = when.start()
    if from_day is None:
        notes.doubt(f"{path}.due", "year_not_known", written=shown)
        return day.iso()
    return day.next_from(*from_day)


def _month(notes: Notes, path: str, match: re.Match[str]) -> str | None:
    shown = notes.keep(f"{path}.due", notes.view.piece(match.start("month"), match.end("year")))
    month = int(match.group("month"))
    if 1 <= month <= 12:
        return f"{match.group('year')}-{month:02d}"
    notes.doubt(f"{path}.due", "invalid_date", written=shown)
    return None


def _day_of_month(notes: Notes, path: str, match: re.Match[str], when: _When) -> str | None:
    """Return the next such day of a month, or ``---20`` when the letter has no whole date."""
    shown = notes.keep(f"{path}.due", notes.view.group(match, "day"))
    day = int(match.group("day"))
    if not 1 <= day <= 31:
        notes.doubt(f"{path}.due", "invalid_date", written=shown)
        return None
    if when.letter is None or len(when.letter) != 10 or match.group("unit") != "tháng":
        return f"---{day:02d}"
    year, month, today = (int(part) for part in when.letter.split("-"))
    for step in range(13):
        at = month - 1 + step + (1 if day < today else 0)
        iso = dates.Written(day, at % 12 + 1, year + at // 12).iso()
        if iso:
            return iso
    return None
