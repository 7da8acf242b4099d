"""Print what makes the database's roles, for an administrator of the database to run."""

from __future__ import annotations

import argparse

from donghanh.config import roles


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("owner", help="the role that DATABASE_URL signs in as")


def run(given: argparse.Namespace) -> int:
    """Do it, and return the exit code; no database is needed."""
    for statement in roles.statements(given.owner):
        print(f"{statement.as_string()};")
    return 0
