"""Takes tables of a rulebook apart, and says exactly what is wrong where."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from typing import Any, ClassVar, TypeVar

from donghanh.domain.errors import RuleError

T = TypeVar("T")
Table = Mapping[str, Any]  # one table of a TOML file: the only untyped thing here


class BadRulebook(RuleError):
    """A file of the rulebook cannot be used; ``file`` and ``key`` say where, the class says why."""

    code: ClassVar[str] = "rules.bad_file"


class NotToml(BadRulebook):
    """The file is not TOML; ``problem`` names line and column."""

    code: ClassVar[str] = "rules.not_toml"


class UnknownKey(BadRulebook):
    """The key means nothing here."""

    code: ClassVar[str] = "rules.unknown_key"


class KeyMissing(BadRulebook):
    """A key that must be there is not."""

    code: ClassVar[str] = "rules.key_missing"


class CitationMissing(BadRulebook):
    """A value says nothing of its source, or names a document the rulebook does not have."""

    code: ClassVar[str] = "rules.citation_missing"


class BadValue(BadRulebook):
    """The value of a key is not one that can stand there."""

    code: ClassVar[str] = "rules.bad_value"


_KINDS: Mapping[type, str] = {str: "text", int: "number", bool: "flag", date: "day", list: "list"}


def parse(text: str, file: str) -> Section:
    """
    Return the tables of a TOML text.

    Args:
        text: The text.
        file: Its name, for what is said when something is wrong.

    Raises:
        NotToml: It is not TOML.
    """
    try:
        return Section(tomllib.loads(text), file, "")
    except (ValueError, RecursionError) as error:
        # Beside what TOML forbids: numbers too long for Python, and tables nested too deeply.
        raise NotToml(file=file, key="", problem=str(error)) from error


class Section:
    """One table and where it stands. Each key is taken once; ``done`` refuses what is left."""

    __slots__ = ("_left", "file", "path", "table")

    def __init__(self, table: Table, file: str, path: str) -> None:
        """Wrap a table that stands at ``path`` (empty for the top) of ``file``."""
        self.table = table
        self._left = set(table)
        self.file = file
        self.path = path

    def at(self, key: str) -> str:
        """Return the whole path of a key."""
        return f"{self.path}.{key}" if self.path else key

    def has(self, key: str) -> bool:
        """Tell whether a key is there."""
        return key in self.table

    def bad(self, key: str, problem: str) -> BadValue:
        """Return the refusal of a key's value."""
        return BadValue(file=self.file, key=self.at(key), problem=problem)

    def take(self, key: str, kind: type[T]) -> T:
        """
        Return a value that must be there.

        Raises:
            KeyMissing: It is not there.
            BadValue: It is of another kind.
        """
        if key not in self.table:
            raise KeyMissing(file=self.file, key=self.at(key))
        self._left.discard(key)
        return self._checked(key, self.table[key], kind)

    def maybe(self, key: str, kind: type[T], default: T) -> T:
        """
        Return a value, or the default where it is not there.

        Raises:
            BadValue: It is of another kind.
        """
        return self.take(key, kind) if key in self.table else default

    def texts(self, key: str) -> tuple[str, ...]:
        """
        Return a list of texts; empty where it is not there.

        Raises:
            BadValue: It is no list of texts.
        """
        found = self.maybe(key, list, [])
        return tuple(self._checked(key, one, str) for one in found)

    def make(self, key: str, made: Callable[[str], T]) -> T:
        """
        Return what is made of a text that must be there, such as a member of an enumeration.

        Raises:
            KeyMissing: It is not there.
            BadValue: Nothing can be made of it.
        """
        return self._made(key, self.take(key, str), made)

    def maybe_make(self, key: str, made: Callable[[str], T]) -> T | None:
        """
        Return what is made of a text, or None where it is not there.

        Raises:
            BadValue: Nothing can be made of it.
        """
        return self.make(key, made) if key in self.table else None

    def make_all(self, key: str, made: Callable[[str], T]) -> tuple[T, ...]:
        """
        Return what is made of a list of texts; empty where it is not there.

        Raises:
            BadValue: Nothing can be made of one of them.
        """
        return tuple(self._made(key, one, made) for one in self.texts(key))

    def sub(self, key: str) -> Section:
        """
        Return a table inside this one that must be there.

        Raises:
            KeyMissing, BadValue: It is not there, or no table.
        """
        return Section(self.take(key, dict), self.file, self.at(key))

    def subs(self, key: str) -> tuple[Section, ...]:
        """
        Return the tables of a list; empty where it is not there.

        Raises:
            BadValue: It is no list of tables.
        """
        found = self.maybe(key, list, [])
        return tuple(
            Section(self._checked(key, one, dict), self.file, f"{self.at(key)}[{number}]")
            for number, one in enumerate(found, start=1)
        )

    def each(self) -> Iterator[tuple[str, Section]]:
        """
        Go through the tables of a table, each with its key.

        Raises:
            BadValue: A value is no table.
        """
        for key in self.table:
            yield key, self.sub(key)

    def raw(self, key: str) -> object:
        """
        Return a value of any kind that must be there.

        Raises:
            KeyMissing: It is not there.
        """
        if key not in self.table:
            raise KeyMissing(file=self.file, key=self.at(key))
        self._left.discard(key)
        return self.table[key]

    def done(self) -> None:
        """
        Refuse what nobody took.

        Raises:
            UnknownKey: A key means nothing here.
        """
        if self._left:
            raise UnknownKey(file=self.file, key=self.at(min(self._left)))

    def _made(self, key: str, text: str, made: Callable[[str], T]) -> T:
        try:
            return made(text)
        except (ValueError, KeyError) as error:
            raise self.bad(key, text) from error

    def _checked(self, key: str, value: object, kind: type[T]) -> T:
        fits = isinstance(value, kind)
        if kind is int:
            fits = fits and not isinstance(value, bool)
        if kind is date:
            fits = fits and not isinstance(value, datetime)
        if not fits:
            raise BadValue(
                file=self.file,
                key=self.at(key),
                problem=str(value),
                wanted=_KINDS.get(kind, "table"),
            )
        assert isinstance(value, kind)  # noqa: S101 - tells the checker what was just tested
        return value
