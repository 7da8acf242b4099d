"""Rules an administrator adds, tightens or compares: numbered, dated, never taken out again."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from itertools import count
from typing import Any, ClassVar

from donghanh.domain import tables
from donghanh.domain.contents import Contents, carried, written_with
from donghanh.domain.errors import RuleError
from donghanh.domain.fitting import check_clocks, check_years
from donghanh.domain.reading import BadRulebook, Section, parse
from donghanh.domain.rules import Rulebook, short_hash
from donghanh.domain.timeline import CENTRAL, TwoValues
from donghanh.domain.writing import Tables, same_value, tables_of


class NothingAmended(RuleError):
    """The text changes nothing."""

    code: ClassVar[str] = "amending.nothing"


class NotCounted(RuleError):
    """Amendments are not numbered one after the other, or one withdraws what is not there."""

    code: ClassVar[str] = "amending.not_counted"


class NoSuchValue(RuleError):
    """There is no value of that rule, scope and day to be compared, or it is another by now."""

    code: ClassVar[str] = "amending.no_such_value"


@dataclass(frozen=True, slots=True)
class Amendment:
    """
    One change of the rules, kept for ever.

    Attributes:
        number: From 1, without gaps; also the edition of the rulebook it makes.
        text: TOML; empty for one that only withdraws.
        on: Day it was kept (Asia/Ho_Chi_Minh).
        by: Name of who kept it.
        withdraws: Number of an earlier one that no longer holds from this edition on.
    """

    number: int
    text: str
    on: date
    by: str
    withdraws: int | None = None

    @property
    def file(self) -> str:
        """Return what it is called when something is wrong in it."""
        return f"sua-doi-{self.number}.toml"


def amended(shipped: Rulebook, amendments: Sequence[Amendment], kept: int = 0) -> Rulebook:
    """
    Return the rulebook in its newest edition, with every edition before it.

    Args:
        shipped: The rulebook of the product.
        amendments: All of them, in order.
        kept: How many of them, from the first on, may have been kept under an earlier release:
            where one of these no longer fits, what the release has brought meanwhile is left out
            of it, or replaced by what it says.

    Raises:
        NotCounted: They are not numbered 1, 2, 3, or one withdraws what is not there.
        BadRulebook, TwoValues, NoSuchValue, NothingAmended: One cannot be used.
    """
    book = shipped
    for position, one in enumerate(amendments, start=1):
        earlier = range(1, position)
        if one.number != position or (one.withdraws is not None and one.withdraws not in earlier):
            raise NotCounted(number=one.number, withdraws=one.withdraws)
        if one.withdraws is None:
            contents = _with(book.contents, one, one.number <= kept)
        else:
            contents = _holding(shipped.contents, amendments[:position], kept)
        book = _edition(book, contents, one)
    return book


def one_more(book: Rulebook, amendment: Amendment) -> Rulebook:
    """
    Return the next edition of a rulebook.

    Args:
        book: The newest edition.
        amendment: The next one; not one that withdraws.

    Raises:
        NotCounted: It is not the next one, or it withdraws.
        BadRulebook, TwoValues, NoSuchValue, NothingAmended: It cannot be used.
    """
    if amendment.number != book.edition + 1 or amendment.withdraws is not None:
        raise NotCounted(number=amendment.number, withdraws=amendment.withdraws)
    return _edition(book, apply(book.contents, amendment), amendment)


def _edition(book: Rulebook, contents: Contents, amendment: Amendment) -> Rulebook:
    parts = [book.version, amendment.text, str(amendment.withdraws)]
    return Rulebook(contents, short_hash(part.encode() for part in parts), book.editions)


def _holding(contents: Contents, amendments: Sequence[Amendment], kept: int) -> Contents:
    """Return the contents with every amendment that no other which still holds withdraws."""
    gone = set[int]()
    for one in reversed(amendments):
        if one.withdraws is not None and one.number not in gone:
            gone.add(one.withdraws)
    for one in amendments:
        if one.number not in gone and one.text:
            contents = _with(contents, one, one.number <= kept)
    return contents


def _with(contents: Contents, amendment: Amendment, kept: bool) -> Contents:
    try:
        return apply(contents, amendment)
    except (BadRulebook, TwoValues, NoSuchValue):
        if not kept:
            raise
    said = lacking(amendment.text, contents, amendment.file)
    checked = Section({"checked": said.pop("checked", [])}, amendment.file, "").subs("checked")
    found = _applied(contents, Section(said, amendment.file, ""), amendment)
    for row in checked:
        with suppress(NoSuchValue):  # the release says something else by now: nobody compared that
            found = _compared(found, row, amendment)
    return found


def apply(contents: Contents, amendment: Amendment) -> Contents:
    """
    Return what a rulebook is made from, with an amendment.

    Args:
        contents: Before it.
        amendment: With the tables ``document``, ``regime``, ``rule``, ``calendar`` and the list
            ``checked``, each as the shipped files have them.

    Raises:
        NothingAmended: The text changes nothing.
        NoSuchValue: A value that is said to be compared is not there.
        BadRulebook, TwoValues: The text cannot be used.
    """
    top = parse(amendment.text, amendment.file)
    if not top.table:
        raise NothingAmended(file=amendment.file)
    return _applied(contents, top, amendment)


def _applied(contents: Contents, top: Section, amendment: Amendment) -> Contents:
    documents = dict(contents.documents)
    added = tables.documents(_part(top, "document"))
    taken = sorted(added.keys() & documents.keys())
    if taken:
        raise top.bad("document", taken[0])
    documents |= added
    number = amendment.number
    regimes = tables.regimes(_part(top, "regime"), documents, contents.regimes, number)
    rules = _part(top, "rule")
    heads, rows = tables.rows(rules, documents, regimes, contents.heads, number)
    check_clocks(rules, heads, contents.catalogue.steps, contents.catalogue.forms)
    calendar = _part(top, "calendar")
    years = tables.years(calendar, documents, contents.years)
    check_years(calendar, years)
    written = written_with(contents.written, rows)
    found = replace(
        contents, documents=documents, regimes=regimes, heads=heads, written=written, years=years
    )
    for row in top.subs("checked"):
        found = _compared(found, row, amendment)
    top.done()
    return found


def lacking(text: str, contents: Contents, file: str) -> Tables:
    """
    Return the tables of a text without what some contents have already.

    What is there and differs takes the place of what is there. A document whose short name is
    taken by another gets a name of its own. What is known of a rule is not said anew.

    Args:
        text: TOML, as ``apply`` takes it.
        contents: What is there.
        file: What the text is called when something is wrong in it.

    Raises:
        BadRulebook, TwoValues: The text cannot be used.
    """
    said = _plain(parse(text, file).table)
    checked = said.pop("checked", [])
    _rename(said, contents)
    base = replace(
        contents,
        documents={
            key: one
            for key, one in contents.documents.items()
            if key not in _keys(said, "document")
        },
        regimes=tuple(one for one in contents.regimes if one.code not in _keys(said, "regime")),
        heads={
            name: head
            for name, head in contents.heads.items()
            if "unit" not in _keys(_table(said, "rule"), name)
        },
        written=(),
        years=tuple(one for one in contents.years if str(one.year) not in _keys(said, "calendar")),
    )
    own = _applied(base, Section(said, file, ""), Amendment(0, "", date.min, ""))
    found = tables_of(_merged(contents, own), contents)
    done = {(one.name, one.scope, one.since) for one in contents.written if one.cite.checked_on}
    rows = [row for row in checked if _row_mark(row) not in done]
    return {**found, "checked": rows} if rows else found


def _merged(contents: Contents, own: Contents) -> Contents:
    there = {(one.name, one.scope, one.since): one for one in contents.written}
    new = [
        one
        for one in own.written
        if (mark := (one.name, one.scope, one.since)) not in there
        or not same_value(one, there[mark])
    ]
    regimes = {one.code: one for one in (*contents.regimes, *own.regimes)}
    years = {one.year: one for one in (*contents.years, *own.years)}
    return replace(
        contents,
        documents={**contents.documents, **own.documents},
        regimes=tuple(sorted(regimes.values(), key=lambda one: one.since)),
        heads={**own.heads, **contents.heads},
        written=written_with(contents.written, (tables.Row(one, True, "", "") for one in new)),
        years=tuple(years[year] for year in sorted(years)),
    )


def _plain(value: Any) -> Any:
    """Return tables and lists as new ones, without what says that something takes a place."""
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items() if key != "replaces"}
    return [_plain(one) for one in value] if isinstance(value, list) else value


def _table(table: Tables, key: str) -> Tables:
    found = table.get(key)
    return found if isinstance(found, dict) else {}


def _keys(table: Tables, key: str) -> frozenset[str]:
    return frozenset(_table(table, key))


def _row_mark(row: Tables) -> tuple[object, ...]:
    return row.get("rule"), row.get("scope", CENTRAL), row.get("since")


def _rename(said: Tables, contents: Contents) -> None:
    """Give documents whose short name is taken by another a name of their own."""
    given = tables.documents(_part(Section(said, "", ""), "document"))
    for key, one in given.items():
        if contents.documents.get(key, one) != one:
            free = (f"{key}_{number}" for number in count(2))
            new = next(name for name in free if name not in {**contents.documents, **given})
            said["document"][new] = said["document"].pop(key)
            _call(said, key, new)


def _call(value: Any, old: str, new: str) -> None:
    """Let every citation below a table name a document anew."""
    if isinstance(value, dict):
        if value.get("doc") == old:
            value["doc"] = new
        if isinstance(value.get("documents"), list):
            value["documents"] = [new if name == old else name for name in value["documents"]]
    for one in value.values() if isinstance(value, dict) else value:
        if isinstance(one, dict | list):
            _call(one, old, new)


def _part(top: Section, key: str) -> Section:
    return top.sub(key) if top.has(key) else Section({}, top.file, key)


def _compared(contents: Contents, row: Section, amendment: Amendment) -> Contents:
    """Return the contents with one value marked as compared with the original."""
    name, since = row.take("rule", str), row.take("since", date)
    scope = row.maybe("scope", str, CENTRAL)
    there = [
        entry
        for entry in carried(contents.written, contents.regimes)
        if (entry.name, entry.scope, entry.since) == (name, scope, since)
    ]
    if there and row.has("value") and tables.value(row, contents.heads[name]) != there[0].value:
        there = []
    row.done()
    if not there:
        raise NoSuchValue(file=row.file, key=row.path, rule=name, scope=scope, since=since)
    entry = tables.checked(there[0], amendment.on, amendment.by, amendment.number)
    new = tables.Row(entry, True, row.file, row.path)
    return replace(contents, written=written_with(contents.written, (new,)))
