"""
Runs the tests over each change.

Each change lives in a process of its own: where only tests reach it, in a copy of one that has
everything imported; else in one that imports the changed code anew. Only the tests that reach a
change are run, the quick ones first.
"""

from __future__ import annotations

import gc
import os
import resource
import signal
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any

import pytest
from account import Account
from changes import Change, Source

HERE = Path.cwd()
#: No warning is allowed, as in the project's own tests; why one fails does not matter.
OPTIONS = (
    *("-qq", "-x", "-W", "error", "--import-mode=importlib", "-p", "no:cacheprovider"),
    *("--assert=plain", "--tb=native"),
)
KILLED, TIMEOUT, SURVIVED, UNREACHED = "killed", "timeout", "survived", "unreached"
#: How a process says that the trial itself is at fault, not the changed code.
BROKEN = 99
#: What a process may hold, in bytes.
_MEMORY = 4 << 30

Job = tuple[Change, list[str]]


class Warm:
    """
    Runs inside pytest: runs every test once, then tries the changes no import reaches.

    Attributes:
        left: File and number of the changes that need an import of their own, with their tests.
        ended: How the others ended.
    """

    def __init__(
        self, account: Account, sources: dict[str, Source], wanted: list[Change], workers: int
    ) -> None:
        """Take what is to be tried."""
        self._account, self._sources = account, sources
        self._wanted, self._workers = wanted, workers
        self._items: dict[str, pytest.Item] = {}
        self._living: dict[tuple[str, str], list[FunctionType]] = defaultdict(list)
        self.left: list[tuple[tuple[str, int], list[str]]] = []
        self.ended: dict[tuple[str, int], str] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Add up how long a test takes."""
        took = self._account.took
        took[report.nodeid] = took.get(report.nodeid, 0.0) + report.duration

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Run every test once; then the changes."""
        for item in session.items:
            self._items[item.nodeid] = item
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=None)
            if session.testsfailed:
                return True
        for each in gc.get_objects():
            if isinstance(each, FunctionType):
                self._living[each.__code__.co_filename, each.__qualname__].append(each)
        jobs = list(self._at_hand())
        print(f"\n{len(jobs)} with what is imported, {len(self.left)} imported anew", flush=True)
        for change, ended in spread(
            jobs, lambda job: self._one(session, *job), self._account.limit, self._workers
        ):
            self.ended[change.file, change.number] = ended
        return True

    def _at_hand(self) -> Iterator[Job]:
        """Yield what can be tried here; put the rest where it belongs."""
        for change in self._wanted:
            contexts = self._account.contexts(self._sources[change.file], change)
            tests = self._account.tests(change, contexts)
            if not tests:
                self.ended[change.file, change.number] = UNREACHED
            elif self._function(change) and all(name.startswith("run ") for name in contexts):
                yield change, tests
            else:
                self.left.append(((change.file, change.number), tests))

    def _function(self, change: Change) -> FunctionType | None:
        found = self._living.get((str(HERE / change.file), change.function), [])
        return found[0] if len(found) == 1 else None

    def _one(self, session: pytest.Session, change: Change, tests: list[str]) -> int:
        """Put the changed code into the living function, and run the tests."""
        function = self._function(change)
        code = _code(self._sources[change.file], change)
        if function is None or code is None:
            return BROKEN
        function.__code__ = code
        session.config.pluginmanager.unregister(name="terminalreporter")
        for test in tests:
            item = self._items[test]
            if isinstance(item, pytest.Function):
                item._initrequest()
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=None)
            if session.testsfailed:
                return 1
        return 0


def _code(source: Source, change: Change) -> CodeType | None:
    """Return the compiled function a change stands in, changed."""
    waiting = [compile(source.changed(change), str(HERE / change.file), "exec", dont_inherit=True)]
    while waiting:
        code = waiting.pop()
        if code.co_qualname == change.function:
            return code
        waiting += [each for each in code.co_consts if isinstance(each, CodeType)]
    return None


def cold(source: Source, change: Change, tests: list[str]) -> int:
    """Import the domain with a change, and run the tests."""
    path, text = str(HERE / change.file), source.changed(change)
    as_ever = SourceFileLoader.get_code

    def get_code(loader: Any, name: str) -> CodeType | None:
        if loader.path == path:
            return compile(text, path, "exec", dont_inherit=True)
        return as_ever(loader, name)

    setattr(SourceFileLoader, "get_code", get_code)  # noqa: B010 - so that types hold
    return int(pytest.main([*tests, *OPTIONS]))


def spread(
    jobs: Sequence[Job],
    work: Callable[[Job], int],
    limit: Callable[[list[str]], float],
    workers: int,
) -> Iterator[tuple[Change, str]]:
    """Do each job in a process of its own, so many at a time; yield how each ended."""
    running: dict[int, Job] = {}
    began = time.monotonic()
    gc.collect()
    gc.freeze()
    for number, job in enumerate(jobs):
        if len(running) >= workers:
            yield _await(running)
        pid = os.fork()
        if pid == 0:
            _alone(job, work, limit(job[1]))
        running[pid] = job
        if number % 200 == 199:
            print(f"  {number + 1} of {len(jobs)}, {time.monotonic() - began:.0f} s", flush=True)
    while running:
        yield _await(running)


def _alone(job: Job, work: Callable[[Job], int], seconds: float) -> None:
    """Do one job within limits and without a word, and end."""
    ended = BROKEN
    try:
        sink = os.open(os.devnull, os.O_WRONLY)
        os.dup2(sink, 1)
        os.dup2(sink, 2)
        resource.setrlimit(resource.RLIMIT_CPU, (int(seconds) + 1, int(seconds) + 3))
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
        ended = work(job)
    finally:
        os._exit(ended)


def _await(running: dict[int, Job]) -> tuple[Change, str]:
    pid, status = os.wait()
    change, _ = running.pop(pid)
    code = os.waitstatus_to_exitcode(status)
    if code in {-signal.SIGXCPU, -signal.SIGKILL}:
        return change, TIMEOUT
    if code == 0:
        return change, SURVIVED
    # 1: a test failed; 2 and 4: the tests cannot even be found, because an import failed.
    if code in {1, 2, 4}:
        return change, KILLED
    sys.exit(f"{change.file}:{change.line}: the trial itself broke with {code}.")
