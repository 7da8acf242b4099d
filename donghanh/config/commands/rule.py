"""Say what a rule of the rulebook is on a day, with its citation; without a name, list them all."""

from __future__ import annotations

import argparse
import sys

from donghanh.config import answering
from donghanh.domain import answers
from donghanh.lib import clock


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("rule", nargs="?", help="its name, such as admission.decision")
    parser.add_argument("--on", metavar="DAY", help="the day asked about, as 2026-06-10")
    answering.add_province(parser)
    answering.add_amendments(parser)
    parser.add_argument("--list", action="store_true", help="list the names instead")


def run(given: argparse.Namespace) -> int:
    """Do it, and return the exit code."""
    with answering.refusing():
        if given.list or given.rule is None:
            print(answering.written(answers.rules(answering.book(given.amendments, clock.today()))))
            return 0
        on = answering.day(given.on, "--on")
        book = answering.book(given.amendments, on)
        scopes, note = answering.place(given.province, on, book)
        said = answers.rule(given.rule, on, book, scopes)
    if note:
        print(note, file=sys.stderr)
    print(answering.written(said))
    return 0
