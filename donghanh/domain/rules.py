"""Reads the files of the rulebook."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

from donghanh.domain import tables
from donghanh.domain.book import Entries
from donghanh.domain.book import Rulebook as Rulebook
from donghanh.domain.cataloguing import catalogue
from donghanh.domain.contents import Contents, written_with
from donghanh.domain.contents import UnknownRegime as UnknownRegime
from donghanh.domain.contents import UnknownRule as UnknownRule
from donghanh.domain.contents import WrongKind as WrongKind
from donghanh.domain.fitting import check_clocks, check_years
from donghanh.domain.reading import KeyMissing, Section, parse
from donghanh.domain.tables import RuleHead

RULE_FILES = ("deadlines.toml", "eligibility.toml", "handling.toml", "voting.toml")
OTHER_FILES = (
    "calendar.toml",
    "documents.toml",
    "forms.toml",
    "indicators.toml",
    "procedure.toml",
    "regimes.toml",
)
#: The rules the program asks for by name, whatever the steps and forms name.
NEEDED = {
    "deadlines.toml": ("dossier.ageing", "probation.length", "school_year.first_month"),
    "eligibility.toml": (
        "age.minimum",
        "age.counting",
        "education.minimum",
        "union.membership",
        "certificate.validity",
        "pupil.study",
        "pupil.conduct",
        "pupil.activity",
    ),
    "handling.toml": (
        "graduation.moves_consideration",
        "report.change",
        "report.small_number",
        "voice.answer",
        "voice.emergency",
        "voice.keep",
    ),
}
VERSION_LENGTH = 12


def short_hash(parts: Iterable[bytes]) -> str:
    """Return a short name of some data."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part)
    return digest.hexdigest()[:VERSION_LENGTH]


@cache
def load() -> Rulebook:
    """
    Return the shipped rulebook, read once.

    Raises:
        BadRulebook, TwoValues: A file cannot be used.

    >>> from datetime import date
    >>> load().regime(date(2024, 4, 1)).code
    'R1'
    """
    folder = files("donghanh.domain") / "rulebook"
    names = sorted((*RULE_FILES, *OTHER_FILES))
    return read({name: (folder / name).read_text(encoding="utf-8") for name in names})


def read(texts: Mapping[str, str]) -> Rulebook:
    """
    Return the rulebook of some files.

    Args:
        texts: The text of each file by its name; every name of ``RULE_FILES`` and ``OTHER_FILES``.

    Raises:
        BadRulebook, TwoValues: A file cannot be used.
    """
    for name in (*RULE_FILES, *OTHER_FILES):
        if name not in texts:
            raise KeyMissing(file=name, key="")
    tops: dict[str, Section] = {name: parse(text, name) for name, text in texts.items()}
    known = tables.documents(tops["documents.toml"])
    regimes = tables.regimes(tops["regimes.toml"], known)
    heads: dict[str, RuleHead] = {}
    written: Entries = ()
    for name in RULE_FILES:
        heads, rows = tables.rows(tops[name], known, regimes, heads)
        written = written_with(written, rows)
        for needed in NEEDED.get(name, ()):
            if needed not in heads:
                raise KeyMissing(file=name, key=needed)
    lists = catalogue(tops["procedure.toml"], tops["forms.toml"], known, heads)
    for name in RULE_FILES:
        check_clocks(tops[name], heads, lists.steps, lists.forms)
    years = tables.years(tops["calendar.toml"], known)
    check_years(tops["calendar.toml"], years)
    indicators = tops["indicators.toml"]
    contents = Contents(
        documents=known,
        regimes=regimes,
        heads=heads,
        written=written,
        years=years,
        catalogue=lists,
        indicators=tuple({"code": code, **table.table} for code, table in indicators.each()),
    )
    return Rulebook(
        contents, short_hash(part.encode() for name in texts for part in (name, texts[name]))
    )
