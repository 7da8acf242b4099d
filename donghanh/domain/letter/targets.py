"""Targets: how many of what, by whom, in which school year."""

from __future__ import annotations

import re
from decimal import Decimal

from donghanh.domain.letter import body, dates
from donghanh.domain.letter.head import Notes
from donghanh.domain.letter.layout import Layout
from donghanh.domain.letter.shape import Bound, Target
from donghanh.domain.letter.words import L, U

_WORDS = {
    "một": 1,
    "hai": 2,
    "ba": 3,
    "bốn": 4,
    "năm": 5,
    "sáu": 6,
    "bảy": 7,
    "tám": 8,
    "chín": 9,
    "mười": 10,
    "mười một": 11,
    "mười hai": 12,
    "mười ba": 13,
    "mười bốn": 14,
    "mười lăm": 15,
    "hai mươi": 20,
    "ba mươi": 30,
    "bốn mươi": 40,
    "năm mươi": 50,
    "một trăm": 100,
}
_WORD = "|".join(sorted(_WORDS, key=len, reverse=True))
_FIGURES = r"\d{1,3}(?:\.\d{3})+|\d{1,5}(?:,\d{1,2})?"
_AMOUNT = rf"(?:{_FIGURES}|{_WORD})"
_BOUND = {
    Bound.AT_LEAST: (
        "ít nhất",
        "tối thiểu",
        "không ít hơn",
        "không dưới",
        "không thấp hơn",
        "trên",
        "hơn",
        "từ",
    ),
    Bound.AT_MOST: ("tối đa", "không quá", "nhiều nhất"),
}
_BOUNDS = "|".join(
    sorted((word for group in _BOUND.values() for word in group), key=len, reverse=True)
)
_NOUN = (
    r"(?:quần chúng|đảng viên|học sinh|đoàn viên|thanh niên|giáo viên|cán bộ|sinh viên|em|đồng chí"
    r"|người|ĐVƯT|ĐV|hồ sơ|lớp|chi đoàn|câu lạc bộ|mô hình|chi bộ|trường|đơn vị|hoạt động|buổi"
    r"|cuộc thi|diễn đàn|thanh thiếu niên|học viên|công trình|quân chủng)(?!\w)"
)
#: Words of the phrase after an amount end before one of these.
_ENDS = (
    r"(?: (?:vào|được|để|trên|tại|cho|đạt|trở lên|trong|thuộc|năm học|và|hoặc|mỗi|so|theo|"
    r"tham gia|nhằm|từ|đến|ở|trước|hằng|hàng|có|do)(?!\w)|[,;:.()“”\"/]| [IVX]{1,4}\.|$)"
)
_TARGET = re.compile(
    rf"(?:(?P<bound>{_BOUNDS}) (?:được )?(?:là |có )?)?(?<![\w/.,-])"
    rf"(?P<amount>{_AMOUNT})(?![\w]|[/.,]\d|-\d+[-/]| ?/)(?P<twice> ?\((?P<again>{_AMOUNT})\))?"
    rf"(?:(?: đến| ?-) ?(?P<to>{_AMOUNT})(?![\w/]))?"
    rf"(?P<percent> ?%| phần trăm)?(?P<more> trở lên)?"
    rf" (?P<of>(?:{_NOUN}|(?<=% )|(?<=trăm ))[^,;:.()“”\"]{{0,120}}?)(?={_ENDS})"
    rf"(?P<over> trở lên)?",
    re.IGNORECASE,
)
_MEANT = re.compile(
    r"(?<!\w)(?:phấn đấu|chỉ tiêu|mục tiêu|giao|đăng ký kết nạp|yêu cầu|đặt ra"
    r"|mỗi (?:trường|đơn vị|chi bộ|đoàn trường|cơ sở))(?!\w)",
    re.IGNORECASE,
)
_GOAL = re.compile(r"(?<!\w)(?:phấn đấu|chỉ tiêu|mục tiêu|để|nhằm|được)(?!\w)", re.IGNORECASE)
_PAST = re.compile(r"(?<!\w)(?:đã|hiện có|hiện nay có|tổng số)(?!\w)", re.IGNORECASE)
_VERB = re.compile(
    r"(?<!\w)(?:kết nạp|phát triển|giới thiệu|bồi dưỡng|tạo nguồn|công nhận|cử|thành lập|tổ chức"
    r"|xây dựng|duy trì|nhân rộng)(?!\w)",
    re.IGNORECASE,
)
_BY = re.compile(
    r"(?<!\w)(?:phấn đấu|kết nạp|phát triển|giới thiệu|bồi dưỡng|tạo nguồn|công nhận|cử|thành lập"
    r"|tổ chức|xây dựng|duy trì|nhân rộng|đăng ký|có|đạt|được giao|chỉ tiêu)(?!\w)",
    re.IGNORECASE,
)
_LEADING = re.compile(
    r"^ ?(?:(?:và|cho|thì|trong|đến|hết|riêng|đối với|giao(?: chỉ tiêu)?(?: cho)?|yêu cầu|đề nghị|"
    r"cấp ủy(?= giao)|năm học \d{4} ?- ?\d{2,4}|năm \d{4}|[-+•]|\d{1,2}[.)]|:) ?)+",
    re.IGNORECASE,
)
_ALLOTTED = re.compile(
    rf"(?P<whom>(?:[Tt]rường|Chi bộ|Đoàn trường|Trung tâm)(?: [{U}{L}][^\s,;:.]*){{1,10}}) ?: ?"
    rf"(?P<amount>{_AMOUNT}) (?P<of>{_NOUN}[^,;:.()]{{0,60}}?)(?={_ENDS})"
)
_CALENDAR = re.compile(r"(?<!\w)năm (?P<year>20\d\d)(?! ?[-/] ?\d)")


def targets(notes: Notes, layout: Layout, years: list[dates.SchoolYear]) -> tuple[Target, ...]:
    """
    Return the targets the letter sets in sentences, then those it allots in lists.

    An amount is a target when it is bounded ("ít nhất"), or stands in a sentence that sets one
    ("phấn đấu", "chỉ tiêu"), and is not told as a past result.

    Args:
        notes: Where spans and doubts go.
        layout: The landmarks.
        years: The school years the letter names, the fallback when a sentence names none.

    Returns:
        The targets; an unknown part is ``None``.
    """
    fold = notes.view.fold
    found: list[Target] = []
    for start, end in body.sentences(fold, layout.body, layout.foot):
        for match in _TARGET.finditer(fold, start, end):
            if _is_target(match, start):
                found.append(_target(notes, len(found), match, (start, end), years))
    for match in _ALLOTTED.finditer(fold, layout.body, layout.foot):
        before = fold[max(layout.body, match.start() - 600) : match.start()]
        if _MEANT.search(before) and not _taken(notes, match):
            found.append(_target(notes, len(found), match, match.span(), years))
    return tuple(found)


def _taken(notes: Notes, match: re.Match[str]) -> bool:
    """Say whether an amount is already part of a target."""
    span = notes.view.span(*match.span("amount"))
    return any(
        path.endswith(".amount") and held == span
        for path, held in notes.spans.items()
        if path.startswith("targets.")
    )


def _is_target(match: re.Match[str], start: int) -> bool:
    """Say whether an amount is set, not told."""
    before = match.string[start : match.start()]
    aim = _last(_MEANT, match.string, start, match.start())
    clause = re.split(r"[,;]", before)[-1]
    if _PAST.search(match.string[aim.end() : match.start()] if aim else clause):
        return False
    groups = match.groupdict()
    bound = (groups.get("bound") or "").lower()
    set_out = bool(bound and bound not in ("từ", "trên", "hơn")) or bool(
        groups.get("more") or groups.get("over")
    )
    meant = aim is not None
    if match.group("amount").lower() == "năm" and not (set_out or groups.get("twice")):
        return False
    told = meant and bool(_VERB.search(before) or groups.get("percent") or bound)
    return set_out or told or bool(groups.get("to") and bound and _VERB.search(before))


def _target(
    notes: Notes,
    at: int,
    match: re.Match[str],
    sentence: tuple[int, int],
    years: list[dates.SchoolYear],
) -> Target:
    path = f"targets.{at}"
    view = notes.view
    groups = match.groupdict()
    verb = _last(_VERB, match.string, sentence[0], match.start())
    notes.keep(f"{path}.amount", view.group(match, "amount"))
    of = notes.keep(f"{path}.of", view.group(match, "of"))
    whom = _whom(notes, path, match, sentence[0])
    begin = min([match.start(), *([verb.start()] if verb else [])])
    begin = _clause_start(match.string, sentence[0], begin)
    notes.keep(path, view.piece(begin, match.end()))
    _check_amounts(notes, path, match)
    return Target(
        amount=_amount(match.group("amount")),
        to=_amount(groups["to"]) if groups.get("to") else None,
        bound=_bound(groups),
        percent=bool(groups.get("percent")),
        what=notes.keep(f"{path}.what", view.group(verb)) if verb else None,
        of=of,
        whom=whom,
        year=_year(notes, path, match, sentence, years),
    )


def _clause_start(fold: str, start: int, at: int) -> int:
    """Return where the clause of a position begins: after the last comma or semicolon."""
    return max(start, fold.rfind(", ", start, at) + 2, fold.rfind("; ", start, at) + 2)


def _bound(groups: dict[str, str | None]) -> Bound:
    """Return how an amount is meant."""
    if groups.get("to"):
        return Bound.BETWEEN
    word = (groups.get("bound") or "").lower()
    if word in _BOUND[Bound.AT_MOST]:
        return Bound.AT_MOST
    if groups.get("more") or groups.get("over") or word in _BOUND[Bound.AT_LEAST]:
        return Bound.AT_LEAST
    return Bound.EXACTLY


def _amount(written: str) -> int | Decimal:
    """Return an amount in figures or words, exactly."""
    word = _WORDS.get(written.lower())
    if word is not None:
        return word
    value = Decimal(written.replace(".", "").replace(",", "."))
    return int(value) if value == value.to_integral_value() else value


def _check_amounts(notes: Notes, path: str, match: re.Match[str]) -> None:
    """Flag an amount said twice with different values, and a range that runs backwards."""
    groups = match.groupdict()
    amount = _amount(match.group("amount"))
    if groups.get("again") and _amount(groups["again"]) != amount:
        notes.doubt(
            f"{path}.amount",
            "amounts_differ",
            written=match.group("amount", "twice")[0] + match.group("twice"),
        )
    if groups.get("to") and _amount(groups["to"]) < amount:
        notes.doubt(f"{path}.amount", "range_reversed", written=match.group())


def _last(pattern: re.Pattern[str], fold: str, start: int, end: int) -> re.Match[str] | None:
    last = None
    for found in pattern.finditer(fold, start, end):
        last = found
    return last


def _whom(notes: Notes, path: str, match: re.Match[str], start: int) -> str | None:
    """Return who is to reach the target: the words of the clause before its first verb."""
    view = notes.view
    if match.groupdict().get("whom"):
        return notes.keep(f"{path}.whom", view.group(match, "whom"))
    begin = _clause_start(match.string, start, match.start())
    for verb in _BY.finditer(match.string, begin, match.start()):
        words = match.string[begin : verb.start()].rstrip(" :")
        lead = _LEADING.match(words)
        piece = view.piece(begin + (lead.end() if lead else 0), begin + len(words))
        if 2 <= len(piece.value) <= 100 and not _GOAL.search(piece.value):
            return notes.keep(f"{path}.whom", piece)
        begin = verb.end()
    return None


def _year(
    notes: Notes,
    path: str,
    match: re.Match[str],
    sentence: tuple[int, int],
    years: list[dates.SchoolYear],
) -> str | None:
    """Return the school year: of the clause or before it, behind it, else the only one there is."""
    rest = re.split(r"[,;] ", match.string[match.end() : sentence[1]])[0]
    near = [year for year in years if sentence[0] <= year.start < sentence[1]]
    before = [year for year in near if year.start < match.end() + len(rest)]
    only = years if len({year.key() for year in years}) == 1 else []
    for named in [*reversed(before), *near, *only]:
        written = notes.keep(f"{path}.year", notes.view.piece(named.start, named.end))
        if named.is_odd():
            notes.doubt(f"{path}.year", "school_year_odd", written=written)
        return named.key()
    calendar = _CALENDAR.search(match.string, *sentence)
    if calendar:
        return notes.keep(f"{path}.year", notes.view.group(calendar, "year"))
    notes.doubt(f"{path}.year", "school_year_not_known")
    return None
