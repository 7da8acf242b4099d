"""What is ours: the rooms, and the files that are kept."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "donghanh"

#: Folders of the package that are no room of the business.
NO_ROOMS = {"config", "lib", "domain"}
#: Folders that are written while working and are never kept.
WRITTEN = {".git", ".venv", "var", "__pycache__", "vendor"}


def rooms() -> list[Path]:
    """Return the folders of the rooms."""
    found = (path for path in PACKAGE.iterdir() if (path / "__init__.py").exists())
    return sorted(path for path in found if path.name not in NO_ROOMS)


def python(folder: Path = PACKAGE) -> Iterator[Path]:
    """Return our Python files below a folder, migrations left out."""
    for path in sorted(folder.rglob("*.py")):
        if not WRITTEN & set(path.parts) and "migrations" not in path.parts:
            yield path


def tree(path: Path) -> ast.Module:
    """Return a Python file as a tree."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def imported(path: Path) -> set[str]:
    """Return the full names a Python file imports, wherever in the file it does."""
    names = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def kept() -> list[Path]:
    """Return the files that are kept: tracked, or new and not ignored."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],  # noqa: S607
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if listed.returncode == 0:
        names = listed.stdout.decode().split("\0")
        return [path for name in names if name and (path := ROOT / name).is_file()]
    # A copy without its history: everything that is not written while working.
    every = (path for path in ROOT.rglob("*") if path.is_file())
    return [path for path in every if not WRITTEN & set(path.relative_to(ROOT).parts)]
