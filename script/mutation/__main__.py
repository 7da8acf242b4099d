"""
Changes the rules one thing at a time, and says which change no test notices.

``script/mutate`` calls it inside a copy of the domain and its tests. What is changed is what mutmut
changes; how it is run is our own, because much of the domain runs while it is imported (patterns,
the rulebook), where mutmut's own runner does not look.
"""

from __future__ import annotations

import argparse
import difflib
import json
import os
import pickle
import sys
from collections import Counter as Counts
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from account import Account, Counter, Reached
from changes import DOMAIN, Change, Source
from hypothesis import HealthCheck, Phase, settings
from trial import KILLED, OPTIONS, SURVIVED, TIMEOUT, UNREACHED, Job, Warm, cold, spread

TESTS = ("tests/unit/domain", "tests/scenarios")
RESULTS, SURVIVORS, PASSED_ON = (
    Path("../results.json"),
    Path("../survivors.txt"),
    Path("../passed-on"),
)
#: What the tests need besides the domain, imported once for all.
BEFORE = ("holidays", "decimal", "tomllib", "hypothesis.internal.conjecture.engine")
GOAL = 90
OFTEN = 200


def main() -> int:
    """Try the changes that were asked for, and tell how they ended."""
    wish = argparse.ArgumentParser(prog="script/mutate", description=__doc__)
    wish.add_argument("names", nargs="*", help="letter, letter/head, names … (all)")
    wish.add_argument("--again", action="store_true", help="only what survived the last time")
    wish.add_argument("--workers", type=int, default=len(os.sched_getaffinity(0)))
    asked = wish.parse_args()
    prepare()
    files = [str(path) for path in sorted(DOMAIN.rglob("*.py")) if is_named(path, asked.names)]
    if not files:
        sys.exit("No file of the domain has this name.")
    sources = {file: Source(file) for file in files}
    known = json.loads(RESULTS.read_text()) if RESULTS.exists() else {}
    wanted = []
    for file, source in sources.items():
        if not asked.again or known.get(file, {}).get("mark") != source.mark:
            known[file] = {"mark": source.mark, "ended": [""] * len(source.changes)}
        ended = known[file]["ended"]
        wanted += [each for each in source.changes if ended[each.number] not in {KILLED, TIMEOUT}]
    for number, (change, how) in enumerate(tried(sources, wanted, asked.workers), start=1):
        known[change.file]["ended"][change.number] = how
        if number % OFTEN == 0:
            RESULTS.write_text(json.dumps(known))  # a run that is cut short is not lost
    RESULTS.write_text(json.dumps(known))
    return tell(sources, {file: known[file]["ended"] for file in files})


def is_named(path: Path, names: list[str]) -> bool:
    """Tell whether a file was asked for."""
    name = str(path.relative_to(DOMAIN).with_suffix(""))
    return not names or any(f"{name}/".startswith(f"{each.strip('/')}/") for each in names)


def prepare() -> None:
    """Import what every process needs, and make properties quick and alike each time."""
    for name in BEFORE:
        import_module(name)
    settings.register_profile(
        "mutation",
        max_examples=25,
        deadline=None,
        derandomize=True,
        phases=(Phase.explicit, Phase.generate),
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    settings.load_profile("mutation")
    sys.path.insert(0, str(Path.cwd()))


def tried(
    sources: dict[str, Source], wanted: list[Change], workers: int
) -> Iterator[tuple[Change, str]]:
    """Try the changes, and yield how each ended."""
    changes = {(change.file, change.number): change for change in wanted}
    account = Account(counted())
    warm = Warm(account, sources, wanted, workers)

    def first() -> object:
        code = pytest.main([*TESTS, *OPTIONS], plugins=[warm])
        return int(code), warm.ended, warm.left, account.took

    code, ended, left, account.took = apart(first)
    if code:
        sys.exit("The tests do not even pass without a change.")
    jobs: list[Job] = [(changes[key], tests) for key, tests in left]
    for key, how in ended.items():
        change = changes[key]
        if how == SURVIVED:
            # What was kept from before the change may have hidden it: import it anew to be sure.
            contexts = account.contexts(sources[change.file], change)
            jobs.append((change, account.tests(change, contexts)))
        else:
            yield change, how
    yield from spread(jobs, lambda job: cold(sources[job[0].file], *job), account.limit, workers)


def counted() -> Reached:
    """Return which tests reach what; a test may fail here, where nothing is kept between them."""

    def count() -> Reached:
        counter = Counter()
        with Path(os.devnull).open("w") as sink, redirect_stdout(sink):
            pytest.main([*TESTS, *OPTIONS, "--maxfail=0"], plugins=[counter])
        return counter.reached()

    reached: Reached = apart(count)
    return reached


def apart(work: Callable[[], object]) -> Any:
    """Do some work in a process of its own, and return what it returns."""
    pid = os.fork()
    if pid == 0:
        PASSED_ON.write_bytes(pickle.dumps(work()))
        sys.stdout.flush()
        os._exit(0)
    if os.waitpid(pid, 0)[1]:
        sys.exit("The trial itself broke; the reason stands above.")
    return pickle.loads(PASSED_ON.read_bytes())  # noqa: S301 - written above


def tell(sources: dict[str, Source], ended: dict[str, list[str]]) -> int:
    """Print the figures, write the survivors, and return 1 where they are too many."""
    heads = ("changes", KILLED, TIMEOUT, SURVIVED, UNREACHED)
    print(f"{'file':24}" + "".join(f"{head:>10}" for head in heads) + "         %")
    total: Counts[str] = Counts()
    lines = []
    for file, results in ended.items():
        counts = Counts(results)
        total += counts
        if results:
            print(row(str(Path(file).relative_to(DOMAIN)), counts))
        for change in sources[file].changes:
            how = results[change.number]
            if how in {SURVIVED, UNREACHED}:
                lines.append(told(sources[file], change, how))
    print(row("total", total))
    SURVIVORS.write_text("".join(lines), encoding="utf-8")
    print(f"What no test noticed: {SURVIVORS.resolve()}")
    return int(share(total) < GOAL)


def row(name: str, counts: Counts[str]) -> str:
    """Return one line of the figures."""
    numbers = [counts.total(), *(counts[how] for how in (KILLED, TIMEOUT, SURVIVED, UNREACHED))]
    return f"{name:24}" + "".join(f"{each:10}" for each in numbers) + f"{share(counts):10.1f}"


def share(counts: Counts[str]) -> float:
    """Return how many of a hundred changes were noticed."""
    return 100 * (counts[KILLED] + counts[TIMEOUT]) / max(1, counts.total())


def told(source: Source, change: Change, how: str) -> str:
    """Return a survivor as text: where it stands, and the lines before and after."""
    new = source.changed(change).splitlines()
    lines = difflib.unified_diff(source.text.splitlines(), new, n=0, lineterm="")
    shown = "".join(f"    {line[0]} {line[1:].strip()}\n" for line in list(lines)[3:])
    name = Path(change.file).relative_to(DOMAIN)
    return f"{name}:{change.line} {change.function} {how}\n{shown}"


if __name__ == "__main__":
    sys.exit(main())
