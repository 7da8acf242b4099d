"""Packs a Word file so that the same content always gives the same bytes."""

from __future__ import annotations

import io
import zipfile

_EPOCH = (1980, 1, 1, 0, 0, 0)


def settled(data: bytes) -> bytes:
    """
    Return the same zip with fixed times, order and attributes.

    Args:
        data: A zip such as a .docx.

    Returns:
        Equal bytes for equal members, whenever and wherever the zip was first written.
    """
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(target, "w") as packed:
        for name in sorted(source.namelist(), key=lambda name: (name[0] != "[", name)):
            member = zipfile.ZipInfo(name, _EPOCH)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.create_system = 3
            member.external_attr = 0o644 << 16
            packed.writestr(member, source.read(name), compresslevel=9)
    return target.getvalue()
