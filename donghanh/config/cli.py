"""The command ``donghanh``: read a letter, walk the whole road, serve the pages, manage."""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from collections.abc import Sequence
from typing import Protocol, cast

from donghanh.config.errors import CannotRun

#: What can be asked, each with its line of help; the module of the same name does it.
COMMANDS = {
    "read": "read a letter and print what it says as JSON",
    "walk": "walk from a letter to the report and write every paper",
    "rule": "say what a rule is on a day, with its citation, as JSON",
    "due": "say the last day a rule gives from a day, with its citation, as JSON",
    "step": "say who does a step, with what papers, votes and clocks, as JSON",
    "assess": "say of a case in a file what is next, what is missing, by when, as JSON",
    "serve": "serve the pages on this machine",
    "demo": "load the invented schools and people, and print their accounts",
    "report": "build a unit's report into files, or prove a printed one, as JSON",
    "purge": "erase who stopped, lay voices anew, delete words long over; once a day, as JSON",
    "refresh": "tell anew where cases stand and for which figures they count, where that is old",
    "indicators": "say all figures of a unit and school year, as JSON",
    "history": "verify the chain of history, or say its newest digest, as JSON",
    "roles": "print what makes the database's roles, for its administrator",
    "manage": "the commands of Django",
}


class Command(Protocol):
    """What a module of ``donghanh.config.commands`` offers."""

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare the arguments."""

    def run(self, given: argparse.Namespace) -> int:
        """Do it, and return the exit code."""


def main(words: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "donghanh.config.settings")
    asked = list(sys.argv[1:] if words is None else words)
    # Only the command that is asked for is loaded: reading a letter needs no framework.
    names = [asked[0]] if asked and asked[0] in COMMANDS else list(COMMANDS)
    parser = argparse.ArgumentParser(prog="donghanh", description="Đồng Hành.")
    parts = parser.add_subparsers(dest="command", required=True, metavar="command")
    for name in names:
        module = cast(Command, importlib.import_module(f"donghanh.config.commands.{name}"))
        part = parts.add_parser(name, help=COMMANDS[name], description=module.__doc__)
        module.arguments(part)
        part.set_defaults(run=module.run)
    given = parser.parse_args(asked)
    try:
        code = int(given.run(given))
        sys.stdout.flush()
        return code
    except CannotRun as error:
        print(error, file=sys.stderr)
        return error.exit_code
    except BrokenPipeError:
        # Whoever listened has heard enough (| head); Python would complain once more at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


if __name__ == "__main__":
    sys.exit(main())
