"""Read the chain of history and compute every digest anew; or say where the chain ends."""

from __future__ import annotations

import argparse
import re
import sys
from typing import Any

from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from donghanh.config import answering, running
from donghanh.config.errors import WrongUsage
from donghanh.lib import clock

#: What is wrong with the first place that does not hold.
WHY = {
    "gap": _("The chain does not hold at place %(position)s: the line there was taken out."),
    "gone": _("The chain does not hold at place %(position)s: line %(line)s was taken out."),
    "order": _(
        "The chain does not hold at place %(position)s: line %(line)s does not follow the one "
        "before it; a line was taken out, put in or moved."
    ),
    "changed": _("The chain does not hold at place %(position)s: line %(line)s was changed."),
    "cut": _(
        "The chain ends before place %(position)s, where more lines were: its end was cut off."
    ),
    "head": _("After place %(position)s the kept end of the chain is missing or another one."),
    "unlinked": _("Line %(line)s stands beside the chain: it was put in past it."),
}
_NOT_THERE = _(
    "Every line holds, but the digest kept elsewhere does not stand in the chain: the chain was "
    "written anew or cut off since then, or the digest is of another database."
)


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "what",
        choices=["verify", "head"],
        help="verify: read the whole chain; head: say its length and newest digest",
    )
    parser.add_argument(
        "--since", metavar="DIGEST", help="a digest kept elsewhere; says whether it still stands"
    )


def run(given: argparse.Namespace) -> int:
    """Do it, and return the exit code: 1 when the chain does not hold."""
    since: str | None = given.since and given.since.strip().lower()
    if since is not None and not re.fullmatch("[0-9a-f]{64}", since):
        running.words()
        raise WrongUsage(_("--since: a digest is 64 signs, 0 to 9 and a to f."))
    with running.database():
        running.as_job()
        return _verify(since) if given.what == "verify" else _head()


def _head() -> int:
    head = import_string("donghanh.history.queries.newest")()
    print(answering.written({"lines": head.position, "newest": head.digest}))
    return 0


def _verify(since: str | None) -> int:
    found = import_string("donghanh.history.queries.verify")(since=since)
    import_string("donghanh.history.actions.keep_verification")(at=clock.now(), found=found)
    broken = found.broken
    said: dict[str, Any] = {
        "holds": broken is None,
        "lines": found.lines,
        "newest": found.digest,
        "broken": broken and {"position": broken.position, "line": broken.line, "why": broken.why},
    }
    if since is not None:
        said["since"] = {"digest": since, "stands": found.stands}
    print(answering.written(said))
    if broken is not None:
        print(WHY[broken.why] % {"position": broken.position, "line": broken.line}, file=sys.stderr)
        return 1
    if since is not None and not found.stands:
        print(_NOT_THERE, file=sys.stderr)
        return 1
    return 0
