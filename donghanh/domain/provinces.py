"""The provinces, present and former: whose rules apply where."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from donghanh.domain.names import search_key
from donghanh.domain.reading import parse
from donghanh.domain.timeline import CENTRAL

#: First day of the 34 provinces: the former ones had gone into them (202/2025/QH15).
MERGED_ON = date(2025, 7, 1)
PREFIX = "province:"
_KINDS = re.compile(r"^(tinh|thanh pho|tp) ")


@dataclass(frozen=True, slots=True)
class Province:
    """
    A province or a city directly under the centre.

    Attributes:
        key: What stands in a scope (``ha-noi``).
        name: As it is written.
        into: Key of the province it went into; None for a present one.
    """

    key: str
    name: str
    into: str | None = None

    @property
    def scope(self) -> str:
        """Return the scope of its own rules."""
        return PREFIX + self.key

    def scopes(self, day: date, known: Collection[str]) -> tuple[str, ...]:
        """
        Return whose rules apply in it on a day, central first.

        Args:
            day: The day asked about.
            known: The scopes that set a value, as ``Rulebook.scopes`` gives them.

        Returns:
            Central alone where the province sets nothing of its own; for a former province
            without rules of its own, from the day it went into another one, that one's.
        """
        own = [self.scope]
        if self.into is not None and day >= MERGED_ON:
            own.append(PREFIX + self.into)
        return (CENTRAL, *[scope for scope in own if scope in known][:1])


@cache
def every() -> tuple[Province, ...]:
    """Return the present provinces, each followed by those that went into it."""
    return tuple(dict.fromkeys(province for province, _ in _read()))


@cache
def _by_key() -> dict[str, Province]:
    return {_key(name): province for province, names in _read() for name in names}


@cache
def _read() -> tuple[tuple[Province, tuple[str, ...]], ...]:
    """Return each province with every way it is written."""
    path = files("donghanh.domain") / "rulebook" / "provinces.toml"
    found: list[tuple[Province, tuple[str, ...]]] = []
    for key, table in parse(path.read_text(encoding="utf-8"), "provinces.toml").each():
        name = table.take("name", str)
        found.append((Province(key, name), (name, *table.texts("also"))))
        found += [(_former(joined, key), (joined,)) for joined in table.texts("joined")]
        table.done()
    return tuple(found)


def _former(name: str, into: str) -> Province:
    return Province(_key(name).replace(" ", "-"), name, into)


def _key(name: str) -> str:
    words = re.sub(r"[^a-z0-9]+", " ", search_key(name.removeprefix(PREFIX))).strip()
    return _KINDS.sub("", words)


def find(name: str) -> Province | None:
    """
    Return a province by its name, or None for one that nobody knows.

    Args:
        name: With or without marks, with blanks or hyphens, or as a scope.

    >>> [find(name).key for name in ("Hà Nội", "ha-noi", "TP Ha Noi", "province:ha-noi")]
    ['ha-noi', 'ha-noi', 'ha-noi', 'ha-noi']
    >>> find("Đắk Nông").into
    'lam-dong'
    """
    return _by_key().get(_key(name))


def called(scope: str) -> str:
    """Return the name of a province's scope; another scope as it is."""
    found = find(scope) if scope.startswith(PREFIX) else None
    return scope if found is None else found.name


def unknown(scopes: Iterable[str], known: Collection[str]) -> str | None:
    """Return the first scope that neither sets a value nor is a province, or None."""
    provinces = {province.scope for province in every()}
    return next((one for one in scopes if one not in known and one not in provinces), None)
