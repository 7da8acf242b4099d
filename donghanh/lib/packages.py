"""Office files as the archives they are: opened within limits, without programs, packed again."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Collection, Mapping

from lxml import etree

from donghanh.lib.unreadable import (
    Bomb,
    Broken,
    Encrypted,
    Entities,
    Macros,
    TooLarge,
    UnsupportedKind,
)

#: Bytes a file may have that is read whole.
LONGEST = 5_000_000
#: Parts such a file may have; workbooks with pictures stay below this.
ENTRIES = 1_000
#: Bytes all parts may unpack to.
UNPACKED = 60_000_000

_TYPES = "[Content_Types].xml"
_EPOCH = (1980, 1, 1, 0, 0, 0)
#: What a damaged file raises; the last, one packed in a way this Python does not know.
DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError)


def opened(data: bytes, needs: Collection[str], name: str) -> dict[str, bytes]:
    """
    Return the parts of an office file by their names, in the file's order.

    Args:
        data: The file.
        needs: Parts of which it must have one, such as "word/document.xml".
        name: Its name, for refusals.

    Raises:
        TooLarge: More than ``LONGEST`` bytes.
        Broken: Not a whole archive, or a part twice.
        Bomb: It unpacks to more than ``UNPACKED``, or has more than ``ENTRIES`` parts.
        Encrypted: A part is locked.
        UnsupportedKind: An archive of another kind.
        Macros: It carries a program.
    """
    if len(data) > LONGEST:
        raise TooLarge(size=len(data), limit=LONGEST)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
            names = [info.filename for info in infos]
            if len(infos) > ENTRIES or sum(info.file_size for info in infos) > UNPACKED:
                raise Bomb(name=name)
            if any(info.flag_bits & 1 for info in infos):
                raise Encrypted(name=name)
            if len(set(names)) != len(names):
                raise Broken(name=name)
            parts = _unpacked(archive, names, name)
    except DAMAGE as error:
        raise Broken(name=name) from error
    if _TYPES not in parts or not any(part in parts for part in needs):
        raise UnsupportedKind(name=name, kind="zip")
    if b"macroEnabled" in parts[_TYPES] or any("vbaproject" in part.lower() for part in parts):
        raise Macros(name=name)
    return parts


def _unpacked(archive: zipfile.ZipFile, names: list[str], name: str) -> dict[str, bytes]:
    """Return the bytes of every part, never more in all than allowed whatever the archive says."""
    parts, left = {}, UNPACKED
    for part in names:
        with archive.open(part) as stream:
            parts[part] = stream.read(left + 1)
        left -= len(parts[part])
        if left < 0:
            raise Bomb(name=name)
    return parts


def parsed(part: bytes, name: str) -> etree._Element:
    """
    Return the tree of a part.

    Raises:
        Broken: It is not well formed.
        Entities: It declares a document type.
    """
    if b"<!DOCTYPE" in part:
        raise Entities(name=name)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        return etree.fromstring(part, parser)
    except etree.XMLSyntaxError as error:
        raise Broken(name=name) from error


def written(tree: etree._Element) -> bytes:
    """Return the bytes of a part from its tree."""
    data: bytes = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
    return data


def packed(parts: Mapping[str, bytes]) -> bytes:
    """Return the file made of parts: equal bytes for equal parts, whenever it is packed."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name in sorted(parts, key=lambda name: (name[0] != "[", name)):
            member = zipfile.ZipInfo(name, _EPOCH)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.create_system = 3
            member.external_attr = 0o644 << 16
            archive.writestr(member, parts[name], compresslevel=9)
    return target.getvalue()
