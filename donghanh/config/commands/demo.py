"""Load the invented schools and people, and print the accounts to sign in with."""

from __future__ import annotations

import argparse
import os

from django.utils.module_loading import import_string

from donghanh.config import running


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments: there are none."""


def run(given: argparse.Namespace) -> int:
    """Do it, and return the exit code."""
    # Asking for it is wanting it; a place that says 0 is left alone all the same.
    os.environ.setdefault("DONGHANH_DEMONSTRATION", "1")
    with running.database():
        running.prepare()
        running.as_job()
        for account in running.demonstration():
            print(f"{account.username}  {account.password}  {account.title}")
        for code, opens in import_string("donghanh.demonstration.load.codes")():
            print(f"{code}  {opens}")
    return 0
