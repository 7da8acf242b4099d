"""The commands of Django, with the database of this folder running meanwhile."""

from __future__ import annotations

import argparse

from django.core.management import execute_from_command_line

from donghanh.config import running


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("words", nargs=argparse.REMAINDER, help="the command and its arguments")


def run(given: argparse.Namespace) -> int:
    """Do it, and return the exit code."""
    with running.database():
        execute_from_command_line(["donghanh manage", *given.words])
    return 0
