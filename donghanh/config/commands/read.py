"""Read a letter and print what it says as JSON; nothing is kept, and no database is needed."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from donghanh.config import sentences
from donghanh.domain import letter
from donghanh.domain.errors import RuleError
from donghanh.lib import textlayer


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("file", type=Path, help="the letter: .docx, .pdf with text, or .txt")


def run(given: argparse.Namespace) -> int:
    """Do it, and return the exit code: 2 when the letter is refused."""
    path: Path = given.file
    try:
        said = letter.read(textlayer.extract(path.read_bytes(), path.name)).as_dict()
    except (RuleError, textlayer.TextLayerError) as error:
        print(sentences.refusal(error), file=sys.stderr)
        return 2
    except OSError as error:
        print(sentences.unreadable(error), file=sys.stderr)
        return 2
    print(json.dumps(said, ensure_ascii=False, indent=2))
    return 0
