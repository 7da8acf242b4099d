"""Say of one case, written in a file, what is next, what is missing, who acts and by when."""

from __future__ import annotations

import argparse
from pathlib import Path

from donghanh.config import answering
from donghanh.domain import assessed, casefile


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("case", type=Path, help="the case: a TOML file")
    parser.add_argument("--on", metavar="DAY", help="the day asked about, as 2026-06-10")
    answering.add_amendments(parser)


def run(given: argparse.Namespace) -> int:
    """Do it, and return the exit code."""
    with answering.refusing():
        on = answering.day(given.on, "--on")
        book = answering.book(given.amendments, on)
        path: Path = given.case
        found = casefile.read(answering.text_of(path), path.name, book)
        said = assessed.answer(found, book, on, answering.sentence)
    print(answering.written(said))
    return 0
