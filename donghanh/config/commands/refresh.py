"""Tell anew where cases stand and for which figures they count, where a day or rules changed."""

from __future__ import annotations

import argparse

from donghanh.config import answering, refreshing, running


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments: there are none."""


def run(given: argparse.Namespace) -> int:
    """Do it, and return the exit code."""
    with running.database():
        running.as_job()
        told = {"told": refreshing.once(), "drawn": refreshing.pictures()}
        print(answering.written(told))
    return 0
