"""Which tests reach which line of the domain, while they run or while they are imported."""

from __future__ import annotations

import sys
from collections.abc import Generator
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path

import coverage
import pytest
from changes import DOMAIN, Change, Source

#: Seconds of a process beyond what its tests usually take, and how often that.
_SECONDS, _TIMES = 5, 3
#: File, line, and what ran when it was reached: ``import``, ``collect FILE`` or ``run TEST``.
Reached = dict[str, dict[int, set[str]]]


class Counter:
    """Runs inside pytest: counts what each test reaches, as if it were the only one."""

    def __init__(self) -> None:
        """Begin to count at once, so that nothing is missed."""
        self._coverage = coverage.Coverage(data_file=None, source=[str(Path.cwd() / DOMAIN)])
        self._coverage.start()

    def pytest_sessionstart(self) -> None:
        """Import the whole domain before any test does."""
        self._coverage.switch_context("import")
        for path in sorted(DOMAIN.rglob("*.py")):
            import_module(".".join(path.with_suffix("").parts).removesuffix(".__init__"))

    @pytest.hookimpl(wrapper=True)
    def pytest_make_collect_report(
        self, collector: pytest.Collector
    ) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
        """Count what the import of a file of tests reaches."""
        if isinstance(collector, pytest.Module):
            _forget()
            self._coverage.switch_context(f"collect {collector.nodeid}")
        return (yield)

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        """Count what a test reaches."""
        _forget()
        self._coverage.switch_context(f"run {nodeid}")

    def reached(self) -> Reached:
        """Return what was counted."""
        self._coverage.stop()
        data = self._coverage.get_data()
        return {
            str(Path(file).relative_to(Path.cwd())): {
                line: set(found) - {""} for line, found in data.contexts_by_lineno(file).items()
            }
            for file in data.measured_files()
        }


def _forget() -> None:
    """Empty what the domain keeps once it is worked out, so that the next test works it out."""
    for name, module in list(sys.modules.items()):
        if name.startswith("donghanh."):
            for value in vars(module).values():
                getattr(value, "cache_clear", int)()


@dataclass
class Account:
    """What each test reaches, and how long it takes."""

    reached: Reached
    took: dict[str, float] = field(default_factory=dict)

    def limit(self, tests: list[str]) -> float:
        """Return how many seconds some tests may take before they count as hanging."""
        return _SECONDS + _TIMES * sum(self.took[test] for test in tests)

    def contexts(self, source: Source, change: Change) -> set[str]:
        """Return what ran when the statement of a change was reached."""
        lines = source.statements.get(change.line, range(change.line, change.line + 1))
        reached = self.reached.get(change.file, {})
        return set().union(*(reached.get(line, set()) for line in lines))

    def tests(self, change: Change, contexts: set[str]) -> list[str]:
        """Return the tests that can notice a change, the quick ones first."""
        if "import" in contexts:
            # What is made on import reaches whoever reaches a file of its folder.
            folder = str(Path(change.file).parent)
            near = [lines for file, lines in self.reached.items() if file.startswith(folder)]
            contexts = contexts.union(*(found for lines in near for found in lines.values()))
        files = {name.partition(" ")[2] for name in contexts if name.startswith("collect ")}
        found = [
            test
            for test in self.took
            if f"run {test}" in contexts or test.partition("::")[0] in files
        ]
        return sorted(found, key=lambda test: self.took[test])
