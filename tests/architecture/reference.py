"""
The parts of docs/reference that are made from the code, so that they cannot say anything else.

Each part stands in its page between ``<!-- begin: name -->`` and ``<!-- end: name -->``; what is
around it is written by hand. ``script/reference`` writes the parts anew; a test compares them.
"""

from __future__ import annotations

import argparse
import ast
import importlib
import pkgutil
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any

import django
from django.utils import translation

import donghanh
from donghanh.config import cli
from donghanh.domain import figures, rules
from donghanh.domain import indicators as counted
from donghanh.domain.catalogue import StepRule
from donghanh.domain.errors import RuleError
from donghanh.domain.letter import words
from donghanh.domain.timeline import Citation
from donghanh.domain.voting import Threshold
from tests.architecture import ours
from tests.architecture import reference_rights as rights

PAGES = ours.ROOT / "docs" / "reference"

#: Units of values that are numbers; the others speak for themselves.
_UNITS = {"working_day": " working days", "month": " months", "year": " years"}
_UNITS |= {"person": " persons", "hour": " hours"}
_PARTS = ("What happens here", "Who comes", "Its words", "Its actions")


def card(room: str) -> dict[str, str]:
    """Return a room's card: its title under ``""``, then its four parts, each on one line."""
    text = ast.get_docstring(ours.tree(ours.PACKAGE / room / "__init__.py")) or ""
    pieces = re.split(rf"^({'|'.join(_PARTS)}):", text, flags=re.MULTILINE)
    found = {"": _line(pieces[0])}
    for name, said in zip(pieces[1::2], pieces[2::2], strict=True):
        found[name] = _line(said.strip().split("\n\n")[0])
    return found


def commands() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """Return each command of ``donghanh`` with its arguments and what they mean."""
    found = {}
    for name in cli.COMMANDS:
        listener = _Listener()
        importlib.import_module(f"donghanh.config.commands.{name}").arguments(listener)
        found[name] = listener.heard
    return found


def refusals() -> list[type[RuleError]]:
    """Return every refusal of the rules, by code."""
    for module in pkgutil.walk_packages(donghanh.__path__, "donghanh."):
        if "migrations" not in module.name:
            importlib.import_module(module.name)
    mine = {each for each in _below(RuleError) if each.__module__.startswith("donghanh.")}
    return sorted(mine, key=lambda each: each.code)


def sentences() -> dict[str, dict[str, str]]:
    """Return, by code, the Vietnamese sentence of each room that shows the refusal."""
    found: dict[str, dict[str, str]] = {}
    for room in ours.rooms():
        if not (room / "texts.py").exists() and not (room / "texts").is_dir():
            continue
        texts = importlib.import_module(f"donghanh.{room.name}.texts")
        for code, sentence in getattr(texts, "REFUSALS", {}).items():
            found.setdefault(code, {})[room.name] = str(sentence)
    return found


def rooms_part() -> str:
    """Return the cards of all rooms, from the bottom of the column to its top."""
    lines = []
    for room in _column():
        said = card(room)
        lines += [f"## `{room}`", "", said[""], ""]
        lines += [f"- **{name}** — {said[name]}" for name in _PARTS if name in said]
        lines += ["", *_table(("Action", "What it does"), _actions(room)), ""]
    return "\n".join(lines)


def commands_part() -> str:
    """Return the table of the commands and their arguments."""
    rows = []
    for name, heard in commands().items():
        rows.append((f"`donghanh {name}`", "", cli.COMMANDS[name]))
        rows += [("", f"`{', '.join(names)}`", said) for names, said in heard]
    return "\n".join(_table(("Command", "Argument", "Meaning"), rows))


def refusals_part() -> str:
    """Return the table of the refusals with the sentences people read."""
    known = sentences()
    rows: list[tuple[str, ...]] = []
    for refusal in refusals():
        meaning = _first(refusal.__doc__)
        said = known.pop(refusal.code, {})
        rows.append((f"`{refusal.code}`", meaning, _said(said)))
    for code, said in sorted(known.items()):
        rows.append((f"`{code}`", "A file that gives no letter.", _said(said)))
    return "\n".join(_table(("Code", "Meaning", "What a person reads"), rows))


def indicators_part() -> str:
    """Return the table of the indicators."""
    rows = [
        (
            *(f"`{each.code}`", str(each.number), each.title_vi, each.counts_vi),
            *(each.leaves_out_vi, each.short_vi if each.consolidated else ""),
            "yes" if each.answers_target else "",
        )
        for each in counted.load(rules.load())
    ]
    heads = ("Code", "No", "Figure", "Counts", "Leaves out", "Column", "Answers the target")
    return "\n".join(_table(heads, rows))


def entered_part() -> str:
    """Return the table of the figures that no case is behind."""
    known = [one for one in figures.lines(rules.load()) if one.source is not figures.Source.CASES]
    rows = [(f"`{one.code}`", str(one.number), one.title_vi, one.counts_vi) for one in known]
    return "\n".join(_table(("Code", "No", "Figure", "Where from"), rows))


def regimes_part() -> str:
    """Return the table of the regimes."""
    rows = [
        (
            f"`{each.code}`",
            each.since.isoformat(),
            each.title_vi,
            "; ".join(_cited(cite) for cite in each.citations),
            _settled(each.settled),
        )
        for each in rules.load().regimes()
    ]
    return "\n".join(_table(("Regime", "From", "Title", "Documents", "Compared"), rows))


def steps_part() -> str:
    """Return the table of the steps."""
    book = rules.load()
    rows = [
        (
            str(each.row),
            f"`{each.step.name}`",
            each.title_vi,
            each.body_vi,
            each.actor,
            ", ".join(f"`{step.name}`" for step in each.after),
            f"`{each.threshold}` ({each.vote})" if each.threshold else "",
            ", ".join(f"`{clock.rule}`" for clock in book.clocks_of(each.step)),
            _branches(each),
            _cited(each.cite),
        )
        for each in book.steps()
    ]
    heads = (
        *("Row", "Step", "Title", "Done by", "Recorded by", "After", "Vote", "Clocks"),
        *("Where it differs", "Citation"),
    )
    return "\n".join(_table(heads, rows))


def _branches(each: StepRule) -> str:
    """Return in a few words where a step is left out, does not block, or differs."""
    told = ["never stops the road"] if not each.blocks else []
    told += [f"only with `{each.only_if.value}`"] if each.only_if else []
    told += [f"not with `{each.never_if.value}`"] if each.never_if else []
    told += [f"only where `{each.only_where}` holds"] if each.only_where else []
    told += [f"otherwise with `{one.when.value}`" for one in each.variants]
    return "; ".join(told)


def turns_part() -> str:
    """Return the table of the turns."""
    rows = [
        (
            f"`{each.step.name}`",
            each.title_vi,
            each.body_vi,
            ", ".join(f"`{step.name}`" for step in each.after),
            ", ".join(f"`{step.name}`" for step in each.before),
            "yes" if each.ends else "",
            _cited(each.cite),
        )
        for each in rules.load().catalogue.turns
    ]
    heads = ("Turn", "Title", "Done by", "After", "Not once done", "Ends the road", "Citation")
    return "\n".join(_table(heads, rows))


def clocks_part() -> str:
    """Return the table of the clocks."""
    book = rules.load()
    found = [head.clock for name in book.names() if (head := book.head(name)).clock is not None]
    rows = [
        (
            f"`{each.rule}`",
            each.kind.value,
            f"`{each.starts.name}` ({each.start.value})",
            ", ".join(each.forms) or f"`{each.ends.name}`",
            f"`{each.extension}`" if each.extension else "",
            each.consequence_vi,
        )
        for each in found
        if each is not None
    ]
    heads = ("Rule", "Kind", "Starts with", "Ends with", "Extension", "When missed")
    return "\n".join(_table(heads, rows))


def forms_part() -> str:
    """Return the table of the forms."""
    rows = [
        (
            each.code,
            each.title_vi,
            each.signer_vi,
            f"`{each.step.name}`",
            each.scope,
            each.instead_of or "",
            f"`{each.validity}`" if each.validity else "",
            each.place,
            _cited(each.cite),
        )
        for each in rules.load().forms()
    ]
    heads = (
        *("Form", "Title", "Signed by", "Step", "Scope", "Stands for", "Good as long as"),
        *("Place in the dossier", "Citation"),
    )
    return "\n".join(_table(heads, rows))


def values_part() -> str:
    """Return the table of every value of every rule."""
    rows = [
        (
            f"`{each.name}`",
            each.since.isoformat(),
            each.scope,
            _value(each.value) + _UNITS.get(each.unit, ""),
            each.regime,
            _cited(each.cite),
            each.cite.confidence.value,
            _settled(each.settled),
        )
        for each in rules.load().entries()
    ]
    heads = ("Rule", "From", "Scope", "Value", "Regime", "Citation", "Confidence", "Compared")
    return "\n".join(_table(heads, rows))


def flags_part() -> str:
    """Return the table of the doubts a reading can hold."""
    rows = ((f"`{code}`", sentence) for code, sentence in words.GLOSS.items())
    return "\n".join(_table(("Code", "Sentence"), rows))


def _rights_part(name: str) -> str:
    """Return one of the tables of rights."""
    heads, rows = rights.PARTS[name]
    return "\n".join(_table(heads(), rows()))


#: Page and part, and what makes the part.
PARTS: dict[tuple[str, str], Callable[[], str]] = {
    ("rooms.md", "rooms"): rooms_part,
    ("commands.md", "commands"): commands_part,
    ("refusals.md", "refusals"): refusals_part,
    ("indicators.md", "indicators"): indicators_part,
    ("indicators.md", "entered"): entered_part,
    ("rulebook.md", "regimes"): regimes_part,
    ("rulebook.md", "steps"): steps_part,
    ("rulebook.md", "turns"): turns_part,
    ("rulebook.md", "clocks"): clocks_part,
    ("rulebook.md", "forms"): forms_part,
    ("rulebook.md", "values"): values_part,
    ("letter.md", "flags"): flags_part,
    **{("rights.md", name): partial(_rights_part, name) for name in rights.PARTS},
}


def made(page: str) -> str:
    """Return the text of a page with every part of it made anew, in Vietnamese where it speaks."""
    text = (PAGES / page).read_text(encoding="utf-8")
    with translation.override("vi"):
        for (where, name), make in PARTS.items():
            if where == page:
                begin, end = f"<!-- begin: {name} -->", f"<!-- end: {name} -->"
                before, _, rest = text.partition(begin)
                after = rest.partition(end)[2]
                text = f"{before}{begin}\n{make().strip()}\n{end}{after}"
    return text


def write() -> None:
    """Write every part anew into its page."""
    for page in sorted({page for page, _ in PARTS}):
        (PAGES / page).write_text(made(page), encoding="utf-8")


class _Listener(argparse.ArgumentParser):
    """Writes down what arguments a command declares."""

    def __init__(self) -> None:
        super().__init__(add_help=False)
        self.heard: list[tuple[tuple[str, ...], str]] = []

    def add_argument(self, *names: Any, **options: Any) -> argparse.Action:
        self.heard.append((names, str(options.get("help") or "")))
        return super().add_argument(*names, **options)


def _column() -> list[str]:
    """Return the rooms in the order of the column, lowest first."""
    project = tomllib.loads((ours.ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = project["tool"]["importlinter"]["contracts"]
    layers = next(each for each in contracts if each["id"] == "rooms")["layers"]
    known = {room.name for room in ours.rooms()}
    names = [name for layer in reversed(layers) for name in layer.split(" | ")]
    return [name for name in names if name in known]


def _actions(room: str) -> list[tuple[str, str]]:
    folder = ours.PACKAGE / room
    files = [folder / "actions.py", *sorted((folder / "actions").glob("*.py"))]
    return [
        (f"`{node.name}`", _first(ast.get_docstring(node)))
        for path in files
        if path.exists()
        for node in ours.tree(path).body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
    ]


def _below(kind: type[RuleError]) -> Iterator[type[RuleError]]:
    for each in kind.__subclasses__():
        yield each
        yield from _below(each)


def _said(said: dict[str, str]) -> str:
    different = list(dict.fromkeys(said.values()))
    return "<br>".join(different) if different else "—"


def _cited(cite: Citation) -> str:
    day = cite.signed_on
    place = f", {cite.article}" if cite.article else ""
    return f"{cite.number}{place} ({cite.issuer}, {day.day}/{day.month}/{day.year})"


def _settled(settled: bool) -> str:
    return "đã đối chiếu" if settled else "cần đối chiếu văn bản gốc"


def _value(value: object) -> str:
    if isinstance(value, Threshold):
        sign = ">" if value.strict else "≥"
        return f"{sign} {value.numerator}/{value.denominator} of `{value.base.value}`"
    if isinstance(value, tuple):
        return ", ".join(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def _first(docstring: str | None) -> str:
    return _line((docstring or "").strip().split("\n\n")[0])


def _line(text: str) -> str:
    return re.sub(r"``([^`]+)``", r"`\1`", " ".join(text.split()))


def _table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> list[str]:
    laid = [" | ".join(cell.replace("|", "\\|") for cell in row) for row in rows]
    if not laid:
        return []
    return [f"| {' | '.join(heads)} |", f"|{'---|' * len(heads)}", *(f"| {row} |" for row in laid)]


if __name__ == "__main__":
    django.setup()
    write()
