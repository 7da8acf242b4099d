"""Walk from a letter to the report with invented people, and write every paper on the way."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from django.utils.module_loading import import_string

from donghanh.config import running, sentences
from donghanh.domain.errors import RuleError
from donghanh.lib.textlayer import TextLayerError

#: More pupils than any school invites in a year.
MOST = 2_000


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("file", type=Path, help="the letter: .docx, .pdf with text, or .txt")
    parser.add_argument("--out", type=Path, required=True, help="the folder to write to")
    parser.add_argument(
        "--cohort",
        type=_number,
        default=0,
        help="how many pupils of one school walk besides, with every way a road can go",
    )


def _number(typed: str) -> int:
    """Return a number of pupils; refuse what no school has."""
    if not typed.isdecimal() or int(typed) > MOST:
        told = f"“{typed}” is no number of pupils from 0 to {MOST}"
        raise argparse.ArgumentTypeError(told)
    return int(typed)


def run(given: argparse.Namespace) -> int:
    """Do it, and return the exit code: 2 when the letter is refused."""
    with running.database():
        walk = import_string("donghanh.demonstration.walk.run")
        refusal = import_string("donghanh.demonstration.texts.refusal")
        try:
            print(walk(given.file, given.out, given.cohort).summary)
        except (RuleError, TextLayerError) as error:
            print(refusal(error), file=sys.stderr)
            return 2
        except OSError as error:
            print(sentences.unreadable(error), file=sys.stderr)
            return 2
    return 0
