"""
The text of an uploaded letter: plain text, .docx, or a PDF with a text layer.

What a file is, its first bytes say; the name only helps to refuse a file that is not what it is
called. Every road is bounded in size, pages and time. Texts come composed (NFC), without byte order
mark, with ``\\n`` at line ends.
"""

from __future__ import annotations

from donghanh.lib import pdffile, plaintext, wordfile
from donghanh.lib.unreadable import (
    Broken,
    EmptyFile,
    Encrypted,
    NoTextLayer,
    TextLayerError,
    TooLarge,
    UnsupportedKind,
)

__all__ = ["LIMIT", "TextLayerError", "extract"]

#: Bytes. A scanned letter of ten pages has 2 to 10 MB; what is larger is no letter.
LIMIT = 20_000_000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#: First bytes of files people upload instead, and what they are.
_OTHERS = {
    b"\xff\xd8\xff": "picture",
    b"\x89PNG": "picture",
    b"GIF8": "picture",
    b"II*\x00": "picture",
    b"MM\x00*": "picture",
    b"BM": "picture",
    b"{\\rtf": "rtf",
    b"Rar!": "archive",
    b"7z\xbc\xaf": "archive",
    b"\x1f\x8b": "archive",
    b"MZ": "program",
    b"\x7fELF": "program",
    b"<!DOCTYPE": "web page",
    b"<!doctype": "web page",
    b"<html": "web page",
    b"<?xml": "xml",
}
_NAMED = {"doc", "xls", "xlsx", "ppt", "pptx", "jpg", "jpeg", "png", "zip", "exe", "rtf", "html"}


def extract(data: bytes, name: str, limit: int = LIMIT) -> str:
    """
    Return the text of a file.

    Args:
        data: The whole file.
        name: Its name as uploaded; only its ending is looked at, only to refuse.
        limit: Bytes allowed.

    Returns:
        The text, composed (NFC), line ends ``\\n``, no byte order mark.

    Raises:
        TextLayerError: One subclass per cause (``donghanh.lib.unreadable``), with ``code`` and
            ``facts``: empty, unsupported, no text layer, encrypted, too large, bomb, macros,
            entities, broken, too slow, undecodable.
    """
    if len(data) > limit:
        raise TooLarge(name=name, what="bytes", size=len(data), limit=limit)
    if not data.strip(b" \t\r\n\x00\xef\xbb\xbf\xff\xfe"):
        raise EmptyFile(name=name)
    text = plaintext.tidy(_text_of(data, name))
    if not text.strip():
        if data.startswith(b"PK"):
            raise NoTextLayer(name=name)
        raise EmptyFile(name=name)
    return text


def _text_of(data: bytes, name: str) -> str:
    """Choose the reader by the first bytes."""
    if b"%PDF-" in data[:1024]:
        return pdffile.text_of(data, name)
    if data.startswith(b"PK\x03\x04"):
        return wordfile.text_of(data, name)
    _refuse_others(data, name)
    return plaintext.decode(data, name)


def _refuse_others(data: bytes, name: str) -> None:
    """Refuse what is neither PDF, nor .docx, nor plain text."""
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise Encrypted(name=name)
        raise UnsupportedKind(name=name, kind="doc")
    head = data.lstrip()[:16]
    for first, kind in _OTHERS.items():
        if head.startswith(first):
            raise UnsupportedKind(name=name, kind=kind)
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    if ending in ("pdf", "docx"):
        raise Broken(name=name)
    if ending in _NAMED:
        raise UnsupportedKind(name=name, kind=ending)
