"""Finds every word the code asks to be translated, in Python and in templates."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.extract import extract_python
from django.utils.translation.template import templatize

_SINGLE = (1,)
_PLURAL = (1, 2)
_CONTEXT = ((1, "c"), 2)
_CONTEXT_PLURAL = ((1, "c"), 2, 3)

#: Function to the places of its message, as Babel writes them.
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...]] = {
    "_": _SINGLE,
    "gettext": _SINGLE,
    "gettext_lazy": _SINGLE,
    "gettext_noop": _SINGLE,
    "ngettext": _PLURAL,
    "ngettext_lazy": _PLURAL,
    "pgettext": _CONTEXT,
    "pgettext_lazy": _CONTEXT,
    "npgettext": _CONTEXT_PLURAL,
    "npgettext_lazy": _CONTEXT_PLURAL,
}

_TEXT = r"""(?:u?'(?:\\.|[^'\\])*'|u?"(?:\\.|[^"\\])*")"""
#: A call as Django's templatize writes it, or as it stands in an attribute of a component.
_CALL = re.compile(
    rf"(?<![\w.])(?:n?p?gettext|_)\(\s*{_TEXT}(?:\s*,\s*{_TEXT})*(?:\s*,\s*count)?\s*\)"
)


@dataclass(frozen=True, slots=True, order=True)
class Use:
    """One message the code asks for, and the first place that does."""

    msgid: str
    context: str
    plural: str
    place: str

    @property
    def key(self) -> tuple[str, str]:
        """Identity within the catalogue."""
        return (self.context, self.msgid)


def uses(package: Path) -> dict[tuple[str, str], Use]:
    """Return every message used below a folder, by its key; the first place found is named."""
    found: dict[tuple[str, str], Use] = {}
    for path in sorted(package.rglob("*")):
        if path.suffix not in {".py", ".html", ".txt"} or "vendor" in path.parts:
            continue
        for use in _in_file(path, str(path.relative_to(package.parent))):
            found.setdefault(use.key, use)
    return found


def _in_file(path: Path, place: str) -> Iterator[Use]:
    if path.suffix == ".py":
        yield from in_python(path, place)
    elif "templates" in path.parts:
        yield from in_template(path.read_text(encoding="utf-8"), place)


def in_python(path: Path, place: str) -> Iterator[Use]:
    """Return the messages of one Python file."""
    with path.open("rb") as file:
        found = list(extract_python(file, KEYWORDS, [], {"encoding": "utf-8"}))
    for line, function, arguments, _comments in found:
        given = arguments if isinstance(arguments, (tuple, list)) else (arguments,)
        texts = [part for part in given if isinstance(part, str)]
        yield from _use(str(function), texts, f"{place}:{line}")


def in_template(source: str, place: str) -> Iterator[Use]:
    """Return the messages of one template, attributes of components included."""
    calls = _CALL.findall(templatize(source)) + _CALL.findall(source)
    for call in calls:
        node = ast.parse(call, mode="eval").body
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            texts = [
                argument.value
                for argument in node.args
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
            ]
            yield from _use(node.func.id, texts, place)


def _use(function: str, texts: list[str], place: str) -> Iterator[Use]:
    places = KEYWORDS[function]
    has_context = isinstance(places[0], tuple)
    if len(texts) < 1 + has_context:
        return
    context = texts.pop(0) if has_context else ""
    plural = texts[1] if len(places) > 1 + has_context and len(texts) > 1 else ""
    yield Use(texts[0], context, plural, place)
