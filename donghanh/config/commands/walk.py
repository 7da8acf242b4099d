"""Walk from a letter to the report with invented people, and write every paper on the way."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from django.utils.module_loading import import_string

from donghanh.config import running, sentences
from donghanh.domain.errors import RuleError
from donghanh.lib.textlayer import TextLayerError


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("file", type=Path, help="the letter: .docx, .pdf with text, or .txt")
    parser.add_argument("--out", type=Path, required=True, help="the folder to write to")


def run(given: argparse.Namespace) -> int:
    """Do it, and return the exit code: 2 when the letter is refused."""
    with running.database():
        walk = import_string("donghanh.demonstration.walk.run")
        refusal = import_string("donghanh.demonstration.texts.refusal")
        try:
            print(walk(given.file, given.out).summary)
        except (RuleError, TextLayerError) as error:
            print(refusal(error), file=sys.stderr)
            return 2
        except OSError as error:
            print(sentences.unreadable(error), file=sys.stderr)
            return 2
    return 0
