"""Names of people in what is written for the public: found, marked, and put back or left out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from donghanh.domain.names import search_key

#: Family names as they are borne in Việt Nam, the peoples of the highlands and the Khmer included:
#: what begins with one, in capitals, looks like a name. Not a rule of the field; who reads decides.
_FAMILIES = frozenset(
    {
        *("nguyễn", "trần", "lê", "phạm", "hoàng", "huỳnh", "phan", "vũ", "võ", "đặng", "bùi"),
        *("đỗ", "hồ", "ngô", "dương", "lý", "đinh", "mai", "trịnh", "tạ", "cao", "đoàn", "lương"),
        *("châu", "trương", "lâm", "phùng", "quách", "tô", "tôn", "tăng", "thái", "triệu"),
        *("vương", "đào", "hà", "kiều", "kim", "la", "lưu", "nghiêm", "ninh", "nông", "lục"),
        *("hứa", "vi", "mã", "thạch", "sơn", "danh", "chu", "cù", "đàm", "diệp", "giang", "hàn"),
        *("khuất", "lại", "lò", "mạc", "phí", "quản", "sầm", "ung", "văn", "y", "h", "âu", "bạch"),
        *("bế", "chung", "giáp", "hồng", "liễu", "luyện", "mộc", "tiêu", "tống", "yên"),
        *("điểu", "rơ", "siu", "rcom", "rmah", "ksor", "kpă", "nay", "niê", "mlô", "ayun", "êban"),
        *("byă", "bkrông", "kbuôr", "h'", "khổng", "lã", "lường", "lù", "giàng", "vàng", "sùng"),
        *("thào", "hạng", "má", "tòng", "cầm", "quàng", "cà", "ma", "hoa", "tào"),
    }
)
_FOLDED = frozenset(search_key(one) for one in _FAMILIES)
#: What stands before the name of a school, a street or a place.
_PLACES = frozenset(
    {
        *("thpt", "thcs", "truong", "chuyen", "duong", "pho", "phuong", "xa", "tinh", "huyen"),
        *("giai", "quy", "thanh", "ap", "thon", "lang", "cau", "song", "tp"),
    }
)
#: Bodies and places whose names begin like a person's.
_KNOWN = (
    *("doan khoi", "doan thanh nien", "doan tncs", "doan truong", "doan vien", "doan co so"),
    *("ho chi minh", "ha noi", "ha nam", "ha tinh", "ha giang", "cao bang", "lam dong"),
    *("son la", "thai nguyen", "thai binh", "ninh binh", "ninh thuan", "dong thap", "kim dong"),
    *("van phong", "van hoa", "cu jut", "dak nong", "lai chau", "quang ninh", "yen bai"),
)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?", re.UNICODE)
#: A reference to a pupil inside an article; the words themselves stand elsewhere.
_PUPIL = re.compile(r"\[\[học sinh (\d{1,4})\]\]")
_PICTURE = re.compile(r"\[\[ảnh (\d{1,4})\]\]")
_SHORTEST, _LONGEST = 2, 6


@dataclass(frozen=True, slots=True)
class Found:
    """Words of a text that are a name, or look like one; ``key`` is how they are compared."""

    words: str
    key: str
    known: bool = False


def looks_like_names(text: str) -> tuple[Found, ...]:
    """
    Return what in a text looks like the name of a person, once each, in the order of the text.

    Two to six words with a capital each, the first of them a family name; an own name that is
    written without capitals is not found this way.

    >>> [one.words for one in looks_like_names("Em Nguyễn Thị Bưởi và bạn Le Van An ở Trà Vinh")]
    ['Nguyễn Thị Bưởi', 'Le Van An']
    """
    found: dict[str, Found] = {}
    for words, before, after in _capitalised(text):
        for said in _names_in(words, before, after):
            found.setdefault(search_key(said), Found(said, search_key(said)))
    return tuple(found.values())


def _names_in(words: list[str], before: str, after: str) -> Iterable[str]:
    """Yield the names in a run of words with capitals, between the words around it."""
    at = 0
    while at + _SHORTEST <= len(words):
        ahead = search_key(words[at - 1] if at else before)
        if not _begins(words[at]) or ahead in _PLACES:
            at += 1
            continue
        name = words[at : at + _LONGEST]
        said = " ".join(name)
        if not f"{search_key(said)} {search_key(after)} ".startswith(
            tuple(f"{one} " for one in _KNOWN)
        ):
            yield said
        at += len(name)


def _begins(word: str) -> bool:
    """Tell whether a word can be the family name; with marks they have to be those of one."""
    first = word.split("'")[0].split("’")[0].casefold()
    return first in _FAMILIES or (first.isascii() and first in _FOLDED)


def _capitalised(text: str) -> Iterable[tuple[list[str], str, str]]:
    """Yield runs of words with capitals that stand beside each other, with the words around."""
    run: list[str] = []
    before, last, end = "", "", -1
    for word in _WORD.finditer(text):
        beside = end >= 0 and text[end : word.start()].strip(" ") == ""
        capital = word[0][0].isupper()
        if run and not (capital and beside):
            yield run, before, word[0] if beside else ""
            run = []
        if capital:
            if not run:
                before = last if beside else ""
            run.append(word[0])
        last, end = word[0], word.end()
    if run:
        yield run, before, ""


def folded(text: str) -> str:
    """
    Return the words of a text as names are compared: small, without marks or signs, single blanks.

    >>> folded("Em Trần Thị  Đào, lớp 12A1!")
    'em tran thi dao lop 12a1'
    """
    return search_key("".join(sign if sign.isalnum() or sign in "'’" else " " for sign in text))


def bears(text: str, key: str) -> bool:
    """Tell whether a folded text holds a name, as whole words."""
    return f" {key} " in f" {text} "


def borne(text: str, keys: Iterable[str]) -> tuple[Found, ...]:
    """
    Return those of some names that a text holds, with or without marks, as it writes them.

    >>> borne("bạn tran thi dao cười", ["tran thi dao"])[0].words
    'tran thi dao'
    """
    within = folded(text)
    wanted = [key for key in dict.fromkeys(keys) if " " in key and bears(within, key)]
    return tuple(Found(words_of(text, key), key, known=True) for key in wanted)


def words_of(text: str, key: str) -> str:
    """Return the words with which a text writes a name; the key where it does not."""
    place = _place(text, key)
    return " ".join(text[place[0] : place[1]].split()) if place else key


def _place(text: str, key: str) -> tuple[int, int] | None:
    """Return from where to where a text first writes a name."""
    words = list(_WORD.finditer(text))
    wanted = key.split()
    keys = [search_key(word[0]) for word in words]
    for at in range(len(words) - len(wanted) + 1):
        if keys[at : at + len(wanted)] == wanted:
            return words[at].start(), words[at + len(wanted) - 1].end()
    return None


def marked(text: str, key: str, number: int) -> str:
    """
    Return a text in which a reference stands wherever a name stood.

    >>> marked("Em Trần Thị Đào kể. Tran Thi Dao cười.", "tran thi dao", 2)
    'Em [[học sinh 2]] kể. [[học sinh 2]] cười.'
    """
    while (place := _place(text, key)) is not None:
        text = f"{text[: place[0]]}[[học sinh {number}]]{text[place[1] :]}"
    return text


def unmarked(text: str, words: Mapping[int, str], otherwise: str) -> str:
    """
    Return a text with words in the place of its references.

    Args:
        text: What was written; references to nobody known read ``otherwise``, too.
        words: The name of each number that may be shown.
        otherwise: What stands where none may be.

    >>> unmarked("Em [[học sinh 1]] và [[học sinh 2]].", {1: "An"}, "một học sinh")
    'Em An và một học sinh.'
    """
    return _replaced(text, lambda number: words.get(number, otherwise))


def references(text: str) -> frozenset[int]:
    """Return the numbers of the pupils a text refers to."""
    return frozenset(int(one) for one in _PUPIL.findall(unicodedata.normalize("NFC", text)))


def pictures(text: str) -> tuple[int, ...]:
    """Return the numbers of the pictures a text refers to, in its order."""
    return tuple(int(one) for one in _PICTURE.findall(unicodedata.normalize("NFC", text)))


#: Where a block begins or ends in the HTML an article is kept as.
_BLOCK = re.compile(r"<(/?)(?:p|h2|h3|ul|ol|blockquote|table)>")
_TAG = re.compile(r"<[^>]*>")


def parted(body: str) -> tuple[tuple[str, tuple[int, ...]], ...]:
    """
    Return the HTML of an article cut where pictures stand: what is before, then their numbers.

    A picture stands behind the outermost block that refers to it, once; the reference is gone.

    >>> parted("<p>Một</p><p>[[ảnh 2]]</p><p>Hai</p>")
    (('<p>Một</p>', (2,)), ('<p>Hai</p>', ()))
    """
    parts: list[tuple[str, tuple[int, ...]]] = []
    said, shown = "", set[int]()
    for block in _blocks(body):
        numbers = tuple(one for one in dict.fromkeys(pictures(block)) if one not in shown)
        bare_of = _PICTURE.sub("", block)
        if bare_of == block or _TAG.sub("", bare_of).strip():
            said += bare_of
        if numbers:
            parts.append((said, numbers))
            said, shown = "", shown | set(numbers)
    return (*parts, (said, ())) if said or not parts else tuple(parts)


def _blocks(body: str) -> Iterable[str]:
    """Yield the outermost blocks of a text, with what stands between them."""
    depth = start = 0
    for tag in _BLOCK.finditer(body):
        depth += -1 if tag[1] else 1
        if depth <= 0:
            yield body[start : tag.end()]
            start, depth = tag.end(), 0
    if start < len(body):
        yield body[start:]


def bare(text: str) -> str:
    """Return a text without any reference, so that names alone are looked for in it."""
    return _PICTURE.sub(" . ", _PUPIL.sub(" . ", text))


def _replaced(text: str, say: Callable[[int], str]) -> str:
    return _PUPIL.sub(lambda found: say(int(found[1])), text)
