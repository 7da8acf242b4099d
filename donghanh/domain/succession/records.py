"""An operation and its plan as plain JSON values, and back, without loss."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import StrEnum
from types import UnionType
from typing import Any, TypeVar, cast, get_args, get_origin, get_type_hints

from donghanh.domain.succession.checking import Plan
from donghanh.domain.succession.operations import Operation
from donghanh.domain.succession.world import Edge, Tie, Version

T = TypeVar("T")


def record(value: object) -> Any:
    """Return a value of this package as JSON values; sets and keys in order, dataclasses named."""
    if is_dataclass(value) and not isinstance(value, type):
        kept = {one.name: record(getattr(value, one.name)) for one in fields(value)}
        return {"is": type(value).__name__, **kept}
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return sorted([record(key), record(one)] for key, one in value.items())
    if isinstance(value, frozenset):
        return sorted(record(one) for one in value)
    if isinstance(value, tuple):
        return [record(one) for one in value]
    return value.value if isinstance(value, StrEnum) else value


def read_operation(kept: Any) -> Operation:
    """Return the operation that was recorded."""
    return cast(Operation, _read(Operation, kept))


def read_plan(kept: Any) -> Plan:
    """Return the plan that was recorded."""
    versions = {unit: _pair(tuple[Version, ...], rows) for unit, rows in kept["versions"]}
    pairs = [(key, _pair(tuple[Tie, ...], rows)) for key, rows in kept["ties"]]
    edge = get_type_hints(Tie)["line"]
    return Plan(
        read_operation(kept["operation"]),
        versions,
        {(child, edge(line)): rows for (child, line), rows in pairs},
        cast(tuple[Edge, ...], _read(tuple[Edge, ...], kept["edges"])),
        frozenset(kept["ended"]),
    )


def renumbered(operation: Operation, ids: Mapping[int, int]) -> Operation:
    """Return an operation with the ids its founded units were given."""
    return read_operation(_renumber(record(operation), ids))


def _renumber(kept: Any, ids: Mapping[int, int]) -> Any:
    """Return JSON values with other ids; an operation holds no number that is not an id."""
    if isinstance(kept, dict):
        return {name: _renumber(one, ids) for name, one in kept.items()}
    if isinstance(kept, list):
        return [_renumber(one, ids) for one in kept]
    return ids.get(kept, kept) if type(kept) is int else kept


def _pair(hint: Any, rows: Any) -> Any:
    return _read(hint, rows[0]), _read(hint, rows[1])


def _read(hint: Any, kept: Any) -> Any:
    """Return a recorded value as its annotation says."""
    if kept is None:
        return None
    if isinstance(hint, UnionType):
        return _read(_chosen(hint, kept), kept)
    if get_origin(hint) in {tuple, frozenset}:
        return _read_many(hint, kept)
    if is_dataclass(hint):
        hints = get_type_hints(hint)
        return cast(Any, hint)(
            **{name: _read(hints[name], one) for name, one in kept.items() if name != "is"}
        )
    if hint is date:
        return date.fromisoformat(kept)
    return hint(kept)


def _read_many(hint: Any, kept: Any) -> Any:
    args = get_args(hint)
    if get_origin(hint) is frozenset:
        return frozenset(_read(args[0], one) for one in kept)
    if args[-1] is Ellipsis:
        return tuple(_read(args[0], one) for one in kept)
    return tuple(_read(arg, one) for arg, one in zip(args, kept, strict=True))


def _chosen(hint: UnionType, kept: Any) -> Any:
    """Return the alternative a value is: the dataclass of its name, or what is not ``None``."""
    named = kept["is"] if isinstance(kept, dict) else None
    known = [arg for arg in get_args(hint) if arg is not type(None)]
    return next((arg for arg in known if arg.__name__ == named), known[0])
