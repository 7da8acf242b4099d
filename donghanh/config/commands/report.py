"""Build a unit's report of a school year into files, or prove a printed one against its seal."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from donghanh.config import answering, running, sentences
from donghanh.config.errors import CannotRun, WrongUsage
from donghanh.domain.calendar import BadSchoolYear
from donghanh.domain.errors import RuleError
from donghanh.lib import clock, packages
from donghanh.lib.unreadable import TextLayerError


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "what", choices=["build", "verify"], help="build: write files; verify: prove one"
    )
    parser.add_argument(
        "file", nargs="?", help="verify: a .docx, .xlsx or .json, or the code printed on a paper"
    )
    parser.add_argument("--unit", help="build: the code of a school or a department")
    parser.add_argument("--year", help="build: the school year, such as 2023-2024")
    parser.add_argument("--out", type=Path, default=Path(), help="build: the folder to write to")


def run(given: argparse.Namespace) -> int:
    """Do it, and return the exit code: 1 when a paper is not as it was sealed."""
    with running.database():
        running.as_job()
        if given.what == "build":
            return _build(given)
        return _verify(given)


def _build(given: argparse.Namespace) -> int:
    if not given.unit or not given.year:
        raise WrongUsage(_("report build needs --unit and --year."))
    try:
        made = _query("built")(given.unit, given.year, clock.today())
    except BadSchoolYear as error:
        raise WrongUsage(_("--year: a school year is written as 2023-2024.")) from error
    except RuleError as refusal:
        raise CannotRun(_refusal(refusal)) from refusal
    try:
        given.out.mkdir(parents=True, exist_ok=True)
        for name, data in made.files.items():
            (given.out / name).write_bytes(data)
    except OSError as error:
        raise CannotRun(sentences.unreadable(error)) from error
    print(answering.written({**made.told, "files": sorted(made.files)}))
    return 0


def _verify(given: argparse.Namespace) -> int:
    if not given.file:
        raise WrongUsage(_("report verify needs a file, or the code printed on a paper."))
    try:
        proof = _proof(given.file)
    except OSError as error:
        raise CannotRun(sentences.unreadable(error)) from error
    except (RuleError, TextLayerError) as refusal:
        raise WrongUsage(_refusal(refusal)) from refusal
    differences = [{"sealed": sealed, "said": said} for sealed, said in proof.differences]
    print(
        answering.written(
            {
                "outcome": proof.outcome.value,
                "sha256": proof.sha256,
                **proof.head,
                "differences": differences,
            }
        )
    )
    if proof.outcome.value == "genuine":
        return 0
    print(_("This is not a report as it was sealed here."), file=sys.stderr)
    return 1


def _proof(named: str) -> Any:
    """Return what a file proves to be, or a code where there is no such file."""
    known = _query("known_to_all")()
    path = Path(named)
    if not path.exists() and import_string("donghanh.domain.canonical.digits_of")(named):
        return _query("prove_code")(named, known)
    with path.open("rb") as file:
        return _query("prove")(file.read(packages.LONGEST + 1), known)


def _query(name: str) -> Any:
    return import_string(f"donghanh.reports.queries.{name}")


def _refusal(refusal: RuleError | TextLayerError) -> str:
    # The sentence is whole: no place is left in it that a fact could fill.
    told: str = import_string("donghanh.reports.texts.refusal")(refusal)
    return told.replace("%", "%%")
