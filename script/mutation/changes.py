"""What can be changed in the domain: every change mutmut would make inside a function."""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import libcst as cst
from libcst.metadata import MetadataWrapper, PositionProvider
from mutmut.mutation.file_mutation import MutationVisitor
from mutmut.mutation.mutators import mutation_operators
from mutmut.mutation.pragma_handling import IgnoredCode

DOMAIN = Path("donghanh/domain")


class Visitor(MutationVisitor):
    """Finds what can be changed; in functions with a decorator too, which mutmut leaves out."""

    def _skip_node_and_children(self, node: cst.CSTNode) -> bool:
        if isinstance(node, cst.FunctionDef):
            return False
        return bool(super()._skip_node_and_children(node))


@dataclass(frozen=True, slots=True)
class Change:
    """One thing changed: where it stands, and the nodes before and after."""

    file: str
    number: int
    line: int
    #: The outermost function it stands in, with its class.
    function: str
    before: cst.CSTNode
    after: cst.CSTNode


@dataclass
class Source:
    """A file of the domain with everything that can be changed in it."""

    file: str
    text: str = field(init=False)

    def __post_init__(self) -> None:
        """Read the file."""
        self.text = Path(self.file).read_text(encoding="utf-8")

    @cached_property
    def _wrapper(self) -> MetadataWrapper:
        return MetadataWrapper(cst.parse_module(self.text))

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """Every change, in the order of the file."""
        visitor = Visitor(mutation_operators, IgnoredCode(set(), set(), set()))
        self._wrapper.visit(visitor)
        places = self._wrapper.resolve(PositionProvider)
        owners = {id(node): name for name, node in _functions(self._wrapper.module.body)}
        inside = [
            found
            for found in visitor.mutations
            if id(found.contained_by_top_level_function) in owners
        ]
        return tuple(
            Change(
                self.file,
                number,
                places[found.original_node].start.line,
                owners[id(found.contained_by_top_level_function)],
                found.original_node,
                found.mutated_node,
            )
            for number, found in enumerate(inside)
        )

    def changed(self, change: Change) -> str:
        """Return the text of the file with one change."""
        changed = self._wrapper.module.deep_replace(change.before, change.after)
        return cst.ensure_type(changed, cst.Module).code

    @property
    def mark(self) -> str:
        """A mark that differs when the file does."""
        return hashlib.sha256(self.text.encode()).hexdigest()[:16]

    @cached_property
    def statements(self) -> dict[int, range]:
        """For each line, the lines of the statement it belongs to, without the statement's body."""
        found: dict[int, range] = {}
        for node in ast.walk(ast.parse(self.text)):
            if isinstance(node, ast.stmt | ast.excepthandler):
                body = getattr(node, "body", None)
                end = body[0].lineno - 1 if body else node.end_lineno or node.lineno
                lines = range(node.lineno, max(node.lineno, end) + 1)
                found |= dict.fromkeys(lines, lines)
        return found


def _functions(body: Sequence[Any], owner: str = "") -> Iterator[tuple[str, cst.FunctionDef]]:
    for node in body:
        if isinstance(node, cst.FunctionDef):
            yield owner + node.name.value, node
        elif isinstance(node, cst.ClassDef):
            yield from _functions(node.body.body, f"{node.name.value}.")
