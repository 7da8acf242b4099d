"""Say the last day a rule gives when it is counted from a day, with its citation."""

from __future__ import annotations

import argparse
import sys
from datetime import date

from django.utils.translation import gettext_lazy as _

from donghanh.config import answering
from donghanh.config.errors import CannotRun
from donghanh.domain import answers, provinces
from donghanh.domain.rules import Rulebook
from donghanh.domain.timeline import NotInForce


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("rule", help="the name of a span, such as admission.decision")
    parser.add_argument(
        "--from",
        dest="start",
        metavar="DAY",
        help="the day it is counted from, as 2026-06-10; for age.minimum the day of birth",
    )
    answering.add_province(parser)
    answering.add_amendments(parser)


def run(given: argparse.Namespace) -> int:
    """Do it, and return the exit code."""
    with answering.refusing():
        start = answering.day(given.start, "--from")
        book = answering.book(given.amendments, start)
        scopes, note = answering.place(given.province, start, book)
        head = book.head(given.rule)
        if not answers.is_span(head):
            raise CannotRun(
                _("“%(rule)s” (%(title)s) is no span of time: no last day follows from it."),
                rule=head.name,
                title=head.title_vi,
            )
        try:
            said = answers.due(given.rule, start, book, scopes)
        except NotInForce as error:
            raise _elsewhere(given.rule, start, book) or error from error
    if note:
        print(note, file=sys.stderr)
    print(answering.written(said))
    return 0


def _elsewhere(name: str, day: date, book: Rulebook) -> CannotRun | None:
    """Return what to say of a rule that only other places set on the day."""
    found = book.all_on(name, day, book.scopes())
    if not found:
        return None
    return CannotRun(
        _("Nothing central says “%(rule)s”; ask with --province, it is set by: %(places)s."),
        rule=name,
        places=", ".join(provinces.called(entry.scope) for entry in found),
    )
