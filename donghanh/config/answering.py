"""What the commands that answer from the rules share: the day, the place, the rules, the words."""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from django.utils.functional import Promise
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from donghanh.config.errors import CannotRun, WrongUsage
from donghanh.domain import amending, casefile, provinces, rules
from donghanh.domain.acts import Step
from donghanh.domain.amending import Amendment
from donghanh.domain.errors import RuleError
from donghanh.domain.rules import Rulebook
from donghanh.domain.timeline import CENTRAL
from donghanh.lib import days

#: Sentences for who asks at a terminal, where the rooms speak of recording or sending.
REFUSALS: dict[str, Promise] = {
    "rules.not_toml": _("%(file)s is not written as TOML (%(where)s)."),
    "rules.unknown_key": _("%(file)s: the key “%(key)s” means nothing here."),
    "rules.key_missing": _("%(file)s: the key “%(key)s” is missing."),
    "rules.bad_value": _("%(file)s: “%(problem)s” cannot stand at the key “%(key)s”."),
    "rules.unknown_rule": _(
        "There is no rule called “%(name)s”; “donghanh rule” without a name lists them all."
    ),
    "timeline.not_in_force": _("On %(day)s nobody sets a value for the rule “%(name)s”."),
    "calendar.ends": _(
        "The calendar of days off begins on %(since)s and ends before %(until)s: it does not reach "
        "this last day."
    ),
    "procedure.contradiction": _(
        "Two facts contradict each other: “%(step)s” is dated %(on)s, before “%(previous)s” of "
        "%(since)s, which has to come first."
    ),
    "procedure.received_before_decision": _(
        "Two facts contradict each other: a decision made on %(on)s cannot have been received on "
        "%(received_on)s."
    ),
}

#: Facts of a person that are no step, as a contradiction names them.
_FACTS: dict[str, Promise] = {
    "born": _("day of birth"),
    "graduated": _("graduation"),
}

#: The rooms that have sentences for refusals of the rules; loaded only when something is refused.
_ROOMS = ("donghanh.dossiers.texts", "donghanh.amendments.texts", "donghanh.directives.texts")


def add_province(parser: argparse.ArgumentParser) -> None:
    """Declare the province whose own rules apply beside the central ones."""
    parser.add_argument(
        "--province", default="", help="whose own rules apply too: “Hà Nội”, “Ha Noi” or ha-noi"
    )


def add_amendments(parser: argparse.ArgumentParser) -> None:
    """Declare the files of amendments."""
    parser.add_argument(
        "--with",
        dest="amendments",
        action="append",
        default=[],
        type=Path,
        metavar="FILE.toml",
        help="rules to add to the shipped ones; may be given again, the order counts",
    )


@contextmanager
def refusing() -> Iterator[None]:
    """
    Make one sentence of whatever is refused inside.

    Raises:
        CannotRun: Something was refused; it can be printed as it is.
    """
    try:
        yield
    except RuleError as error:
        raise CannotRun("%(said)s", said=sentence(error)) from error
    except CannotRun:
        _words()
        raise


def written(said: Mapping[str, object]) -> str:
    """Return an answer as it is printed: one JSON object."""
    return json.dumps(said, ensure_ascii=False, indent=2)


def day(text: str | None, option: str) -> date:
    """
    Return the day that was typed.

    Args:
        text: As it was typed, if it was.
        option: The argument it was typed for.

    Raises:
        WrongUsage: It is missing, or no day.
    """
    if text is None:
        raise WrongUsage(_("Name the day with %(option)s, such as 2026-06-10."), option=option)
    try:
        found = date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d\d-\d\d", text) else None
    except ValueError:  # such as the thirtieth of February
        found = None
    if found is not None and found.year in casefile.YEARS:
        return found
    raise WrongUsage(
        _("%(option)s: “%(text)s” is not a day. Write year-month-day, such as 2026-06-10."),
        option=option,
        text=text,
    )


def text_of(path: Path) -> str:
    """
    Return the text of a file.

    Raises:
        CannotRun: It cannot be read, or is no text.
    """
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise CannotRun(_("There is no file %(name)s."), name=str(path)) from error
    except OSError as error:
        raise CannotRun(_("The file %(name)s cannot be read."), name=str(path)) from error
    except UnicodeDecodeError as error:
        raise CannotRun(_("The file %(name)s is not text in UTF-8."), name=str(path)) from error


def book(paths: Sequence[Path], on: date) -> Rulebook:
    """
    Return the shipped rules with some amendments.

    Args:
        paths: The files, in order.
        on: The day asked about; what they say was compared counts as compared on it.

    Raises:
        CannotRun: A file cannot be read.
        RuleError: One cannot be used; its facts name the file.
    """
    shipped = rules.load()
    numbered = enumerate(paths, start=1)
    changes = [Amendment(number, text_of(path), on, path.name) for number, path in numbered]
    if not changes:
        return shipped
    try:
        return amending.amended(shipped, changes)
    except RuleError as error:
        names = {change.file: change.by for change in changes}
        if error.facts.get("file") in names:
            error.facts["file"] = names[str(error.facts["file"])]
        raise


def place(name: str, on: date, found: Rulebook) -> tuple[tuple[str, ...], str]:
    """
    Return whose rules apply in a province on a day, and what to say about it.

    Args:
        name: The province as it was typed; empty for the central rules alone.
        on: The day asked about.
        found: The rules.

    Returns:
        The scopes, central first; a sentence where the province sets no rules of its own.

    Raises:
        CannotRun: Nobody knows the province.
    """
    if not name:
        return (CENTRAL,), ""
    province = provinces.find(name)
    if province is None:
        raise CannotRun(_("Nobody knows a province called “%(name)s”."), name=name)
    scopes = province.scopes(on, found.scopes())
    if scopes != (CENTRAL,):
        return scopes, ""
    _words()
    said = _("%(name)s sets no rules of its own; the central ones answer.")
    return scopes, str(said) % {"name": province.name}


def sentence(error: RuleError) -> str:
    """Return the sentence for a refusal of the rules: our own, or that of the room it is of."""
    _words()
    own = REFUSALS.get(error.code)
    if own is not None:
        return str(own) % _spelled(error)
    rooms = [import_string(room + ".refusal") for room in _ROOMS]
    known = [import_string(room + ".REFUSALS") for room in _ROOMS]
    says = next(
        (room for room, codes in zip(rooms, known, strict=True) if error.code in codes), None
    )
    return str((says or rooms[-1])(error))


def _words() -> None:
    """Make the sentences Vietnamese; only now is the framework started, which takes a while."""
    import_string("donghanh.config.running.words")()


def _spelled(error: RuleError) -> dict[str, str]:
    facts = {name: _spell(value) for name, value in error.facts.items()}
    spot = re.search(r"line (\d+), column (\d+)", facts.get("problem", ""))
    where = str(_("at its end"))
    if spot:
        where = str(_("line %(line)s, column %(column)s")) % {"line": spot[1], "column": spot[2]}
    return {"file": "—", "key": "—", **facts, "where": where}


def _spell(value: object) -> str:
    if isinstance(value, date):
        return days.day(value)
    if isinstance(value, Step):
        found = rules.load().catalogue
        turn = found.turn(value)
        return found.step(value).title_vi if turn is None else turn.title_vi
    return str(_FACTS.get(str(value), value))
