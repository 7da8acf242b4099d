"""The commands of Django, with the database of this folder running meanwhile."""

from __future__ import annotations

import argparse

from django.core.management import execute_from_command_line

from donghanh.config import running

#: Commands in which a person looks: they begin as a job does, others as the owner, who sees nobody.
_LOOKING = (["shell"], ["dbshell"])


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("words", nargs=argparse.REMAINDER, help="the command and its arguments")


def run(given: argparse.Namespace) -> int:
    """Do it, and return the exit code."""
    with running.database():
        if given.words[:1] in _LOOKING:
            running.as_job()
        execute_from_command_line(["donghanh manage", *given.words])
    return 0
