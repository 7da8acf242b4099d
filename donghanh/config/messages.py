"""The one catalogue of Vietnamese words: merged under a lock, compiled, and held complete."""

from __future__ import annotations

import fcntl
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from donghanh.config import extraction, places

#: The catalogue people review; the compiled one beside it is made, never kept.
CATALOGUE = places.ROOT / "locale" / "vi" / "LC_MESSAGES" / "django.po"

# No dates, names or machines: two people who add the same words write the same file.
_HEADER = """\
# Every word people read, in one file: English on the left, Vietnamese on the right.
msgid ""
msgstr ""
"Project-Id-Version: donghanh\\n"
"Language: vi\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

"""

_ANONYMOUS = re.compile(r"(?<!%)(?:%%)*%[#0\- +]*\d*(?:\.\d+)?[sdifrg](?![a-zA-Z])|\{\}")
_NAMED = re.compile(r"%\((\w+)\)")
_VIETNAMESE = re.compile(r"[À-ÖØ-öø-ỹ]")


@contextmanager
def locked() -> Iterator[None]:
    """Hold the catalogue alone: several people add words at once."""
    folder = places.var()
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "messages.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def read(path: Path) -> Catalog:
    """Return a catalogue or a fragment of one; a file that is not there holds nothing."""
    if not path.exists():
        return Catalog(locale="vi")
    with path.open("rb") as file:
        return read_po(file, locale="vi", abort_invalid=True)


def entries(catalog: Catalog) -> list[Message]:
    """Return the messages without the header."""
    return [message for message in catalog if message.id]


def msgids(message: Message) -> tuple[str, ...]:
    """Return the English of a message: one text, or singular and plural."""
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def translations(message: Message) -> tuple[str, ...]:
    """Return the Vietnamese of a message; Vietnamese has one form for any number."""
    given = message.string
    return (given,) if isinstance(given, str) else tuple(given or ())


def key(message: Message) -> tuple[str, str]:
    """Return what identifies a message: its context and its English."""
    return (message.context or "", msgids(message)[0])


def add(path: Path) -> list[str]:
    """
    Merge a fragment into the catalogue and compile it.

    Args:
        path: The fragment, a ``.po`` file with or without a header.

    Returns:
        Problems, one sentence each; when there are any, nothing was merged. A word whose
        Vietnamese was another before is not a problem: the later one stands.
    """
    fragment = entries(read(path))
    problems = [problem for message in fragment for problem in faults(message)]
    if problems:
        return problems
    with locked():
        catalog = read(CATALOGUE)
        for message in fragment:
            catalog.delete(msgids(message)[0], message.context)
            catalog.add(message.id, message.string, context=message.context)
        _write(catalog)
        compile_catalogue()
    return []


def prune() -> list[str]:
    """Take words nothing uses out of the catalogue; return them."""
    used = extraction.uses(places.ROOT / "donghanh")
    with locked():
        catalog = read(CATALOGUE)
        gone = [message for message in entries(catalog) if key(message) not in used]
        for message in gone:
            catalog.delete(msgids(message)[0], message.context)
        _write(catalog)
        compile_catalogue()
    return sorted(msgids(message)[0] for message in gone)


def stale() -> bool:
    """Tell whether the compiled catalogue is missing or older than the written one."""
    compiled = CATALOGUE.with_suffix(".mo")
    if not CATALOGUE.exists():
        return False
    return not compiled.exists() or compiled.stat().st_mtime < CATALOGUE.stat().st_mtime


def compile_catalogue() -> None:
    """Write the compiled catalogue, whole or not at all."""
    out = BytesIO()
    write_mo(out, read(CATALOGUE))
    _replace(CATALOGUE.with_suffix(".mo"), out.getvalue())


def gate() -> list[str]:
    """Return everything that keeps the catalogue from being complete, one sentence each."""
    used = extraction.uses(places.ROOT / "donghanh")
    catalog = entries(read(CATALOGUE))
    known = {key(message): message for message in catalog}
    problems = [problem for message in catalog for problem in faults(message)]
    for use in sorted(used.values()):
        message = known.get(use.key)
        if message is None:
            problems.append(f"{use.place}: no Vietnamese for {use.msgid!r}.")
        elif use.plural and use.plural not in msgids(message):
            problems.append(f"{use.place}: the plural of {use.msgid!r} is not in the catalogue.")
    problems += [f"Nothing uses {name[1]!r}." for name in sorted(known) if name not in used]
    return problems


def missing() -> str:
    """Return the words without Vietnamese as a fragment to fill in, each with its place."""
    known = {key(m) for m in entries(read(CATALOGUE)) if all(translations(m))}
    catalog = Catalog(locale="vi")
    for use in sorted(extraction.uses(places.ROOT / "donghanh").values()):
        if use.key not in known:
            msgid = (use.msgid, use.plural) if use.plural else use.msgid
            catalog.add(msgid, context=use.context or None, user_comments=[use.place])
    return _text(catalog)


def faults(message: Message) -> list[str]:
    """Return what is wrong with one message by itself, one sentence each."""
    english, vietnamese = msgids(message), translations(message)
    name = repr(english[0])
    found = []
    if not vietnamese or not all(text.strip() for text in vietnamese):
        found.append(f"{name} has no Vietnamese.")
    if message.fuzzy:
        found.append(f"{name} is marked fuzzy.")
    if any(_VIETNAMESE.search(text) for text in english):
        found.append(f"{name} holds Vietnamese letters; the key is English.")
    if any(_ANONYMOUS.search(text) for text in (*english, *vietnamese)):
        found.append(f"{name} holds a placeholder without a name; write %(name)s.")
    named = {part for text in english for part in _NAMED.findall(text)}
    spoken = {part for text in vietnamese for part in _NAMED.findall(text)}
    if spoken - named:
        found.append(
            f"{name}: the Vietnamese names {sorted(spoken - named)}, the English does not."
        )
    return found


def _write(catalog: Catalog) -> None:
    _replace(CATALOGUE, (_HEADER + _text(catalog)).encode("utf-8"))


def _text(catalog: Catalog) -> str:
    out = BytesIO()
    plain = Catalog(locale="vi")
    for message in sorted(entries(catalog), key=lambda each: (msgids(each), each.context or "")):
        plain.add(
            message.id,
            message.string,
            context=message.context,
            user_comments=message.user_comments,
            flags=message.flags & {"fuzzy"},
        )
    write_po(out, plain, width=0, omit_header=True, no_location=True)
    return out.getvalue().decode("utf-8").strip() + "\n"


def _replace(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    draft.write_bytes(content)
    os.replace(draft, path)
