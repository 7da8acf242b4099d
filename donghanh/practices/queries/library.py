"""The practices that come with the product, each with where it was read."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from donghanh.accompaniment import queries as accompaniment
from donghanh.domain.practising import Challenge, Telling, upwards

#: What stands before the key of a practice of the library in the name of its line.
OF_LIBRARY = "library:"


@dataclass(frozen=True, slots=True)
class Stated:
    """A result: what was counted, how many, in which school year."""

    label: str
    number: int
    measure: str
    school_year: str
    persons: bool = False


@dataclass(frozen=True, slots=True)
class Shipped:
    """
    A practice of the library.

    ``unit`` is who it is told of, ``source`` where it was read, ``parent`` the key of what it was
    made from, ``line`` the line all that come from it belong to.
    """

    key: str
    telling: Telling
    unit: str
    source: str
    parent: str | None
    line: str
    changed: str
    since_year: str
    results: tuple[Stated, ...]


@cache
def shipped() -> Mapping[str, Shipped]:
    """Return the practices of the library by key, in the order they are written."""
    text = (files("donghanh.practices") / "library.toml").read_text(encoding="utf-8")
    tables = tomllib.loads(text)
    parents = {key: one.get("from") for key, one in tables.items()}
    tops = {key: list(upwards(key, parents))[-1] for key in tables}
    return {key: _read(key, one, f"{OF_LIBRARY}{tops[key]}") for key, one in tables.items()}


def _read(key: str, one: Mapping[str, Any], line: str) -> Shipped:
    examples = {each.key: each for each in accompaniment.examples()}
    chosen = [examples[f"example:{code}"] for code in one.get("challenges", ())]
    return Shipped(
        key=key,
        telling=Telling(
            title=one["title"],
            aim=one["aim"],
            for_whom=one["for_whom"],
            steps=tuple(one["steps"]),
            challenges=tuple(
                Challenge(
                    each.title, each.aim, each.steps, each.evidence, each.days, origin=each.key
                )
                for each in chosen
            ),
            roles=one.get("roles", ""),
            cost=one.get("cost", ""),
            watch_for=one.get("watch_for", ""),
        ),
        unit=one["unit"],
        source=one["source"],
        parent=one.get("from"),
        line=line,
        changed=one.get("changed", ""),
        since_year=one.get("since_year", ""),
        results=tuple(
            Stated(each["label"], each["number"], each["measure"], each["school_year"])
            for each in one.get("results", ())
        ),
    )
