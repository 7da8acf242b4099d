"""Every public function of the rules, the actions and the queries says what it does."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture import ours


def _spoken_for() -> Iterator[Path]:
    yield from ours.python(ours.PACKAGE / "domain")
    for room in ours.rooms():
        for name in ("actions", "queries"):
            if (room / name).is_dir():
                yield from ours.python(room / name)
            elif (room / f"{name}.py").exists():
                yield room / f"{name}.py"


def _public(nodes: list[ast.stmt], owner: str = "") -> Iterator[tuple[str, ast.FunctionDef]]:
    for node in nodes:
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            yield from _public(node.body, f"{node.name}.")
        elif isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            yield owner + node.name, node


class TestPublicFunctions:
    @pytest.mark.parametrize(
        "path", list(_spoken_for()), ids=lambda path: str(path.relative_to(ours.PACKAGE))
    )
    def test_have_a_docstring(self, path: Path) -> None:
        silent = [
            name for name, node in _public(ours.tree(path).body) if not ast.get_docstring(node)
        ]
        assert silent == []
