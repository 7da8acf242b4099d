"""
Reads the text layer of a PDF in a process of its own, so that it can be stopped.

Run as a program: the file on standard input, the text in UTF-8 on standard output, pages parted by
form feeds. It needs nothing of this package, and holds itself to a limit of memory and of time.

Exit codes: 0 read, 3 locked, 4 broken, 5 too many pages (the number on standard output).
"""

from __future__ import annotations

import io
import logging
import resource
import sys

from pypdf import PdfReader
from pypdf.errors import DependencyError, FileNotDecryptedError

LOCKED, BROKEN, TOO_MANY = 3, 4, 5
#: Memory of the process in bytes: far above what a letter needs, far below what hurts a server.
MEMORY = 1_500_000_000


def main() -> int:
    """Read standard input; return the exit code."""
    pages, seconds = int(sys.argv[1]), int(sys.argv[2])
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    logging.disable(logging.CRITICAL)
    try:
        return _read(sys.stdin.buffer.read(), pages)
    except (DependencyError, FileNotDecryptedError):
        return LOCKED
    except Exception:  # noqa: BLE001 - a broken file may raise anything; the process only says so
        return BROKEN


def _read(data: bytes, pages: int) -> int:
    reader = PdfReader(io.BytesIO(data), strict=False)
    if reader.is_encrypted and not reader.decrypt(""):
        return LOCKED
    if len(reader.pages) > pages:
        sys.stdout.write(str(len(reader.pages)))
        return TOO_MANY
    texts = [page.extract_text() for page in reader.pages]
    sys.stdout.buffer.write("\f".join(texts).encode("utf-8", "replace"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
