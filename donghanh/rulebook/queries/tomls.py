"""Rules as TOML: out of what a form holds, out to a file, and in from one."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import tomli_w

from donghanh.amendments import queries as amendments
from donghanh.domain import amending, rules
from donghanh.domain.authority import Actor, require
from donghanh.domain.names import search_key
from donghanh.domain.rights import Right
from donghanh.domain.rules import Rulebook
from donghanh.domain.tables import Value
from donghanh.domain.timeline import CENTRAL, Confidence, Entry
from donghanh.domain.writing import Tables, compared, tables_of
from donghanh.rulebook import texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """
    Where a rule was read.

    Attributes:
        known: Short name of a document of the rulebook; empty for a new one.
        issuer: Of a new document, as the three below it.
        number: As written.
        signed_on: Day of signing.
        title: Its title.
        article: Place inside the document.
        confidence: How the value was found.
    """

    known: str
    issuer: str = ""
    number: str = ""
    signed_on: date | None = None
    title: str = ""
    article: str = ""
    confidence: Confidence


@dataclass(frozen=True, slots=True, kw_only=True)
class NewValue:
    """A value somebody adds."""

    rule: str
    scope: str
    since: date
    value: object
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRegime:
    """A regime somebody adds, or corrects; ``others`` are short names of known documents."""

    code: str
    since: date
    title: str
    source: Source
    others: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewYear:
    """The days off of a calendar year somebody adds, or corrects."""

    year: int
    off: Sequence[date]
    worked: Sequence[date]
    source: Source


def text_of_value(new: NewValue) -> str:
    """Return a value as TOML; it takes the place of one of the same rule, scope and day."""
    book = amendments.current()
    doc, document = _document(book, new.source)
    row: Tables = {} if new.scope == CENTRAL else {"scope": new.scope}
    if any(
        (one.name, one.scope, one.since) == (new.rule, new.scope, new.since)
        for one in book.contents.written
    ):
        row = {"replaces": True, **row}
    row |= {"since": new.since, "value": new.value, "cite": _cite(doc, new.source)}
    return tomli_w.dumps({**document, "rule": {new.rule: {"entries": [row]}}})


def text_of_regime(new: NewRegime) -> str:
    """Return a regime as TOML; it takes the place of one of the same code."""
    book = amendments.current()
    doc, document = _document(book, new.source)
    known = {regime.code for regime in book.regimes()}
    regime: Tables = {"replaces": True} if new.code in known else {}
    regime |= {
        "since": new.since,
        "title": new.title,
        "title_vi": new.title,
        "confidence": new.source.confidence.value,
        "documents": list(dict.fromkeys((doc, *new.others))),
    }
    return tomli_w.dumps({**document, "regime": {new.code: regime}})


def text_of_year(new: NewYear) -> str:
    """Return a calendar year as TOML; it takes the place of the same year."""
    book = amendments.current()
    doc, document = _document(book, new.source)
    year: Tables = {"replaces": True} if _has_year(book, new.year) else {}
    year |= {
        "off": [f"{day:%m-%d}" for day in sorted(new.off)],
        "worked": [f"{day:%m-%d}" for day in sorted(new.worked)],
        "cite": _cite(doc, new.source),
    }
    return tomli_w.dumps({**document, "calendar": {str(new.year): year}})


def text_of_comparison(entry: Entry[Value]) -> str:
    """Return, as TOML, that a value was compared with the original."""
    return tomli_w.dumps({"checked": [compared(entry)]})


def _has_year(book: Rulebook, year: int) -> bool:
    return any(one.year == year for one in book.contents.years)


def _cite(doc: str, source: Source) -> Tables:
    return {"doc": doc, "article": source.article, "confidence": source.confidence.value}


def _document(book: Rulebook, source: Source) -> tuple[str, Tables]:
    """Return the short name of a source, and the table of its document where it is new."""
    if source.known:
        return source.known, {}
    told = (source.issuer, source.number, source.signed_on)
    for key, one in book.contents.documents.items():
        if (one.issuer, one.number, one.signed_on) == told:
            return key, {}
    written = "".join(sign if sign.isalnum() else " " for sign in search_key(source.number))
    name = "-".join(written.split()) or "van-ban"
    key = f"{name}-{source.signed_on.year}" if source.signed_on else name
    while key in book.contents.documents:
        key += "-2"
    table = {
        "issuer": source.issuer,
        "number": source.number,
        "signed_on": source.signed_on,
        "title_vi": source.title,
    }
    return key, {"document": {key: table}}


def brought(actor: Actor, text: str) -> str:
    """
    Return what a file brings that is not there yet.

    What is there already is left out, what differs takes the place of what is there; a text that
    is wholly new comes back as it was written.

    Raises:
        NotAllowed: The post does not change rules.
        NothingAmended: All of it is there.
        BadRulebook, TwoValues: The text cannot be used.
    """
    require(actor, Right.KEEP_RULES)
    book = amendments.current()
    file = f"sua-doi-{book.edition + 1}.toml"
    rest = amending.lacking(text, book.contents, file)
    if not rest:
        raise amending.NothingAmended(file=file)
    return text if rest == tomllib.loads(text) else tomli_w.dumps(rest)


def exported(actor: Actor, *, whole: bool) -> str:
    """
    Return the rules as TOML, in the form an amendment has.

    Args:
        actor: Who takes them out.
        whole: All of them; otherwise only what the amendments have changed of the shipped rules.

    Raises:
        NotAllowed: The post does not change rules.
    """
    require(actor, Right.KEEP_RULES)
    book = amendments.current()
    tables = tables_of(book.contents, None if whole else rules.load().contents)
    about = texts.WHOLE_FILE if whole else texts.CHANGES_FILE
    facts = {"edition": book.edition, "version": book.version}
    head = "".join(f"# {line}\n" for line in (str(about) % facts).splitlines())
    return f"{head}\n{tomli_w.dumps(tables)}"
