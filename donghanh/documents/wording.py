"""Days, counts, shares and names as official papers write them in Vietnamese."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from donghanh.documents.papers import Rate
from donghanh.domain.timeline import Citation

#: A space Word does not break and does not swallow.
HARD_SPACE = "\u00a0"
#: Stands where nobody has given a figure: a blank is not a zero.
NO_FIGURE = "–"
#: Stands in a part of a report that has no text.
NO_CONTENT = "Không có nội dung."

_NOT_XML = re.compile("[^\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SCHOOL_YEAR = re.compile(r"\b(năm) (học) (\d{4}-\d{4})\b", re.IGNORECASE)
_ROMAN = re.compile(r"^\s*[IVX]+\s*[.)]\s*")


#: What a text is called whose number bears these letters.
_KINDS = {
    "QĐ": "Quy định",
    "HD": "Hướng dẫn",
    "NQ": "Nghị quyết",
    "CT": "Chỉ thị",
    "KL": "Kết luận",
    "CV": "Công văn",
    "TT": "Thông tư",
    "NĐ": "Nghị định",
}


def clean(text: str) -> str:
    """
    Return the text as one line in NFC, without the signs a Word file cannot hold.

    Args:
        text: Anything a person typed.

    Returns:
        Tabs and line ends become single spaces; control signs disappear.

    >>> clean("Trường\\tTHPT\\x00\\n A ")
    'Trường THPT A'
    """
    return " ".join(paragraphs(text))


def paragraphs(text: str) -> tuple[str, ...]:
    """
    Return the paragraphs of a text, one per line that is not empty, each in NFC.

    Args:
        text: Anything a person typed.

    Returns:
        No empty paragraph; an empty text gives none.

    >>> paragraphs("Một.\\r\\n\\r\\n Hai.")
    ('Một.', 'Hai.')
    """
    known = unicodedata.normalize("NFC", text).replace("\t", " ").replace("\r", "\n")
    lines = (" ".join(line.split()) for line in _NOT_XML.sub("", known).split("\n"))
    return tuple(line for line in lines if line)


def capitals(text: str) -> str:
    """
    Return the text in capitals, as the head of a paper writes names.

    Args:
        text: A name.

    Returns:
        One line in NFC.

    >>> capitals("Sở Giáo dục và Đào tạo")
    'SỞ GIÁO DỤC VÀ ĐÀO TẠO'
    """
    return clean(text).upper()


def day_in_words(day: date | None) -> str:
    """
    Return a day as papers write it; days below 10 and months 1 and 2 get a zero.

    Args:
        day: ``None`` leaves the blanks a clerk fills in by hand.

    Returns:
        Without place and comma.

    Source:
        Decree 30/2020/NĐ-CP, Appendix I (docs: state administrative documents, place and day).

    >>> day_in_words(date(2024, 6, 9))
    'ngày 09 tháng 6 năm 2024'
    >>> day_in_words(date(2024, 2, 12))
    'ngày 12 tháng 02 năm 2024'
    """
    if day is None:
        return f"ngày{HARD_SPACE * 6}tháng{HARD_SPACE * 6}năm{HARD_SPACE * 8}".rstrip(" ")
    month = f"{day.month:02d}" if day.month <= 2 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def place_and_day(place: str, day: date | None) -> str:
    """
    Return the line of place and day.

    Args:
        place: Name of the place; may be empty.
        day: ``None`` leaves blanks.

    Returns:
        The place, a comma, the day.

    >>> place_and_day("Đắk Nông", date(2024, 6, 9))
    'Đắk Nông, ngày 09 tháng 6 năm 2024'
    """
    name = clean(place)
    return f"{name}, {day_in_words(day)}" if name else day_in_words(day)


def cited(cite: Citation) -> str:
    """
    Return a text as a paper names what it rests on: kind, number, day, issuer, place in it.

    Args:
        cite: The text; a charter has no number and is named alone.

    >>> from donghanh.domain.timeline import Confidence
    >>> day = date(2025, 9, 29)
    >>> cited(Citation("Ban Tổ chức Trung ương", "38-HD/BTCTW", day, "1.4", Confidence.V))
    'Hướng dẫn số 38-HD/BTCTW ngày 29 tháng 9 năm 2025 của Ban Tổ chức Trung ương, mục 1.4'
    """
    letters = re.search(r"-([A-ZĐ]+)/", cite.number)
    if letters is None and not any(sign.isdigit() for sign in cite.number):
        return cite.number + (f", Điều {cite.article}" if cite.article else "")
    kind = _KINDS.get(letters.group(1), "Văn bản") if letters else "Văn bản"
    place = f", mục {cite.article}" if cite.article else ""
    return f"{kind} số {cite.number} {day_in_words(cite.signed_on)} của {cite.issuer}{place}"


def paper_number(number: str) -> str:
    """
    Return a paper's number, below 10 with a zero before it, or a blank to be filled in by hand.

    Args:
        number: As given by the book of outgoing papers; may be empty.

    Returns:
        Never empty: a draft gets hard spaces.

    >>> paper_number("9"), paper_number("9a"), paper_number("128")
    ('09', '09a', '128')
    """
    known = clean(number)
    if not known:
        return HARD_SPACE * 8
    digits = re.match(r"\d+", known)
    return f"0{known}" if digits and len(digits.group()) == 1 else known


def count(value: int | None) -> str:
    """
    Return a count as a table shows it, thousands apart by a dot.

    Args:
        value: ``None`` when nobody has given it.

    Returns:
        A dash for ``None``, never "0".

    >>> count(1496), count(0), count(None)
    ('1.496', '0', '–')
    """
    return NO_FIGURE if value is None else f"{value:,}".replace(",", ".")


def count_in_sentence(value: int) -> str:
    """
    Return a count as a sentence of a paper writes it: below 10 with a zero before it.

    Args:
        value: Not negative.

    Returns:
        Digits.

    >>> count_in_sentence(2), count_in_sentence(0), count_in_sentence(38)
    ('02', '0', '38')
    """
    return f"0{value}" if 0 < value < 10 else count(value)


def percent(rate: Rate | None) -> str:
    """
    Return a share in percent with a comma, rounded half up to one decimal.

    Args:
        rate: ``None`` or a denominator of 0 have no percentage.

    Returns:
        No decimal only where the share is a whole percentage, so a rounded one is recognised.

    >>> percent(Rate(2, 3)), percent(Rate(2, 2)), percent(Rate(1999, 2000)), percent(Rate(1, 0))
    ('66,7\\xa0%', '100\\xa0%', '100,0\\xa0%', '–')
    """
    if rate is None or rate.denominator <= 0:
        return NO_FIGURE
    if rate.numerator * 100 % rate.denominator == 0:
        return f"{count(rate.numerator * 100 // rate.denominator)}{HARD_SPACE}%"
    tenths = (rate.numerator * 2000 + rate.denominator) // (2 * rate.denominator)
    return f"{count(tenths // 10)},{tenths % 10}{HARD_SPACE}%"


def figure(value: int | Rate | None) -> str:
    """
    Return a figure of a table: a count, a share, or the dash of a figure nobody gave.

    Args:
        value: A count, a share or ``None``.

    Returns:
        Text of the cell.

    >>> figure(3), figure(Rate(1, 3)), figure(None)
    ('3', '33,3\\xa0%', '–')
    """
    return percent(value) if isinstance(value, Rate) else count(value)


def without_numeral(title: str) -> str:
    """
    Return a part's title without a Roman numeral typed before it; the paper numbers parts itself.

    Args:
        title: Title as given.

    Returns:
        One line.

    >>> without_numeral("II. Kết quả thực hiện"), without_numeral("Vinh danh")
    ('Kết quả thực hiện', 'Vinh danh')
    """
    return _ROMAN.sub("", clean(title))


def roman(number: int) -> str:
    """
    Return a Roman numeral.

    Args:
        number: 1 to 39.

    Returns:
        Capitals.

    >>> roman(4), roman(9), roman(12)
    ('IV', 'IX', 'XII')
    """
    tens, ones = divmod(number, 10)
    return "X" * tens + ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")[ones]


def within_sentence(subject: str) -> str:
    """
    Return a subject with a small first letter, to stand inside a sentence.

    Args:
        subject: Subject of a paper; a first word in capitals keeps them.

    Returns:
        One line.

    >>> within_sentence("Kết quả phát triển đảng viên"), within_sentence("THPT chuyên")
    ('kết quả phát triển đảng viên', 'THPT chuyên')
    """
    known = clean(subject)
    if known[1:2].isupper():
        return known
    return known[:1].lower() + known[1:]


def subject_line(subject: str) -> str:
    """
    Return a subject as its own centred line, the words of a school year not to be parted.

    Args:
        subject: Subject of a paper.

    Returns:
        One line; hard spaces inside "năm học 2023-2024".

    >>> subject_line("Kết quả năm học 2023-2024")
    'Kết quả năm\\xa0học\\xa02023-2024'
    """
    return _SCHOOL_YEAR.sub(rf"\1{HARD_SPACE}\2{HARD_SPACE}\3", clean(subject))


def recipient_lines(recipients: tuple[str, ...]) -> tuple[str, ...]:
    """
    Return the list under "Nơi nhận": a dash before each, a semicolon after, a full stop at the end.

    Args:
        recipients: Names, with or without their punctuation.

    Returns:
        One line per recipient that is not empty.

    >>> recipient_lines(("Như trên", "- Lưu: VT, GDTX;"))
    ('- Như trên;', '- Lưu: VT, GDTX.')
    """
    names = [clean(name).lstrip("-– ").rstrip(";. ") for name in recipients]
    kept = [name for name in names if name]
    ends = [";"] * (len(kept) - 1) + ["."]
    return tuple(f"- {name}{end}" for name, end in zip(kept, ends, strict=False))
