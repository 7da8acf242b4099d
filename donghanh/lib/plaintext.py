"""Plain text out of bytes: UTF-8, UTF-16, and the older Vietnamese Windows encoding."""

from __future__ import annotations

import codecs
import unicodedata

from donghanh.lib.unreadable import Undecodable

#: Letters only Vietnamese text in cp1258 is expected to give; noise rarely does.
_VIETNAMESE = frozenset("ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ")


def decode(data: bytes, name: str) -> str:
    """
    Decode plain text.

    Args:
        data: The bytes, with or without a byte order mark.
        name: The file's name, for the refusal.

    Returns:
        The text composed (NFC), without byte order mark, its line ends ``\\n``.

    Raises:
        Undecodable: No known encoding gives readable text.

    >>> decode("Kính gửi:\\r\\n".encode("utf-16"), "a.txt")
    'Kính gửi:\\n'
    """
    for encoding in _candidates(data):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        text = tidy(text)
        if _is_readable(text, encoding):
            return text
    raise Undecodable(name=name)


def tidy(text: str) -> str:
    """Compose a text (NFC), take off a byte order mark, and make line ends ``\\n``."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", text)


def _candidates(data: bytes) -> list[str]:
    """Name the encodings worth trying, the surest first."""
    if data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return ["utf-32"]
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return ["utf-16"]
    sample = data[:4000]
    if b"\x00" in sample:
        odd, even = sample[1::2].count(0), sample[::2].count(0)
        return ["utf-16-le", "utf-16-be"] if odd >= even else ["utf-16-be", "utf-16-le"]
    return ["utf-8-sig", "cp1258"]


def _is_readable(text: str, encoding: str) -> bool:
    """Say whether a decoded text looks like writing rather than noise."""
    strange = sum(
        letter not in "\n\t\x0c" and unicodedata.category(letter) in {"Cc", "Cn", "Co"}
        for letter in text
    )
    if strange * 100 > max(len(text), 1):
        return False
    if encoding != "cp1258":
        return True
    marked = sum(1 for letter in text.lower() if letter in _VIETNAMESE)
    return marked * 50 >= max(len(text), 1)
