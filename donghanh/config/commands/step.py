"""Say who does a step or a turn, with what papers, votes and clocks; without a name, list them."""

from __future__ import annotations

import argparse
import sys

from django.utils.translation import gettext_lazy as _

from donghanh.config import answering
from donghanh.config.errors import CannotRun
from donghanh.domain import step_answers
from donghanh.domain.acts import Branch, Step
from donghanh.lib import clock


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("step", nargs="?", help="its name, such as cell_voted")
    parser.add_argument("--on", metavar="DAY", help="the day asked about, as 2026-06-10")
    answering.add_province(parser)
    parser.add_argument(
        "--branch",
        action="append",
        default=[],
        choices=[branch.value for branch in Branch],
        help="a branch the road takes; may be given again",
    )
    answering.add_amendments(parser)
    parser.add_argument("--list", action="store_true", help="list the names instead")


def run(given: argparse.Namespace) -> int:
    """Do it, and return the exit code."""
    with answering.refusing():
        if given.list or given.step is None:
            print(
                answering.written(
                    step_answers.steps(answering.book(given.amendments, clock.today()))
                )
            )
            return 0
        asked = _named(given.step)
        on = answering.day(given.on, "--on")
        book = answering.book(given.amendments, on)
        scopes, note = answering.place(given.province, on, book)
        branches = frozenset(Branch(branch) for branch in given.branch)
        said = step_answers.step(asked, on, book, scopes, branches)
    if note:
        print(note, file=sys.stderr)
    print(answering.written(said))
    return 0


def _named(name: str) -> Step:
    if name not in set(Step) - {Step.PAPERS}:
        raise CannotRun(
            _("There is no step called “%(name)s”; “donghanh step” without a name lists them all."),
            name=name,
        )
    return Step(name)
