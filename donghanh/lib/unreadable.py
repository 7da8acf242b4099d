"""Why a file gives no text: one class per case, each with a code and the facts."""

from __future__ import annotations

from typing import ClassVar


class TextLayerError(Exception):
    """
    A file gives no text. The sentence a person reads is made by who shows it.

    >>> TooLarge(size=3, limit=2).facts
    {'size': 3, 'limit': 2}
    """

    code: ClassVar[str] = "file"

    def __init__(self, **facts: object) -> None:
        """Keep the facts the sentence will name."""
        super().__init__(self.code, facts)
        self.facts = facts


class EmptyFile(TextLayerError):
    """The file has no bytes, or nothing but blanks. Facts: ``name``."""

    code: ClassVar[str] = "file.empty"


class UnsupportedKind(TextLayerError):
    """Neither plain text, nor .docx, nor .pdf. Facts: ``name``, ``kind`` (what it seems to be)."""

    code: ClassVar[str] = "file.unsupported"


class NoTextLayer(TextLayerError):
    """A PDF or document of pictures only. Facts: ``name``, and ``pages`` for a PDF."""

    code: ClassVar[str] = "file.no_text_layer"


class Encrypted(TextLayerError):
    """The file is locked with a password. Facts: ``name``."""

    code: ClassVar[str] = "file.encrypted"


class TooLarge(TextLayerError):
    """More bytes, pages or text than allowed. Facts: ``size``, ``limit``, perhaps ``what``."""

    code: ClassVar[str] = "file.too_large"


class Bomb(TextLayerError):
    """A small archive that unpacks to something huge. Facts: ``name``."""

    code: ClassVar[str] = "file.bomb"


class Macros(TextLayerError):
    """A document with a program in it. Facts: ``name``."""

    code: ClassVar[str] = "file.macros"


class Entities(TextLayerError):
    """A document that declares entities or a document type of its own. Facts: ``name``."""

    code: ClassVar[str] = "file.entities"


class Broken(TextLayerError):
    """The file is cut off or is not what its first bytes or its name say. Facts: ``name``."""

    code: ClassVar[str] = "file.broken"


class TooSlow(TextLayerError):
    """Reading took longer than allowed and was stopped. Facts: ``name``, ``seconds``."""

    code: ClassVar[str] = "file.too_slow"


class Undecodable(TextLayerError):
    """Plain text in no known encoding. Facts: ``name``."""

    code: ClassVar[str] = "file.undecodable"
