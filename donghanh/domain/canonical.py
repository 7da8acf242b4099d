"""One text for one content: the JSON a report is sealed as, and what tells two of them apart."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Mapping, Sequence

#: The largest whole number that every reader of JSON keeps exactly.
LARGEST = 2**53 - 1
_CODE_DIGITS = 16


class NotCanonical(ValueError):
    """A value has no canonical text: a fraction, a key that is no text, half a sign."""


def text(value: object) -> str:
    """
    Return the canonical JSON of a value, after RFC 8785, without fractions.

    Args:
        value: Text, whole numbers, truth values, None, sequences, and mappings by text.

    Returns:
        Keys in the order of their UTF-16 units, no space, all text in Unicode NFC.

    Raises:
        NotCanonical: Something in it is of another kind, or a number is beyond ``LARGEST``.

    >>> text({"b": [1, None], "a": "Đức"})
    '{"a":"Đức","b":[1,null]}'
    """
    match value:
        case None | bool():
            return json.dumps(value)
        case int():
            if abs(value) > LARGEST:
                raise NotCanonical(str(value))
            return str(value)
        case str():
            return _quoted(value)
        case Mapping():
            return _object(value)
        case Sequence() if not isinstance(value, bytes):
            return "[" + ",".join(text(one) for one in value) + "]"
    raise NotCanonical(type(value).__name__)


def _object(value: Mapping[object, object]) -> str:
    members: dict[str, str] = {}
    for key, one in value.items():
        if not isinstance(key, str):
            raise NotCanonical(type(key).__name__)
        name = unicodedata.normalize("NFC", key)
        if name in members:
            raise NotCanonical(name)
        members[name] = f"{_quoted(name)}:{text(one)}"
    ordered = sorted(members, key=lambda name: name.encode("utf-16-be"))
    return "{" + ",".join(members[name] for name in ordered) + "}"


def _quoted(value: str) -> str:
    if any("\ud800" <= sign <= "\udfff" for sign in value):
        raise NotCanonical("half a sign")
    return json.dumps(unicodedata.normalize("NFC", value), ensure_ascii=False)


def digest(canonical: str) -> str:
    """Return the SHA-256 of a canonical text in UTF-8: 64 hexadecimal digits."""
    return hashlib.sha256(canonical.encode()).hexdigest()


def short_code(sha256: str) -> str:
    """
    Return what of a digest is printed on paper, to be typed by hand.

    >>> short_code("0123456789abcdef" * 4)
    '0123-4567-89AB-CDEF'
    """
    digits = sha256[:_CODE_DIGITS].upper()
    return "-".join(digits[at : at + 4] for at in range(0, _CODE_DIGITS, 4))


def digits_of(code: str) -> str:
    """
    Return the digits of a printed code or digest as typed; empty where it is neither.

    >>> digits_of(" 0123-4567-89ab-cdef ")
    '0123456789abcdef'
    >>> digits_of("bao-cao.docx")
    ''
    """
    found = code.strip().replace("-", "").replace(" ", "").lower()
    known = len(found) in {_CODE_DIGITS, 64} and set(found) <= set("0123456789abcdef")
    return found if known else ""
