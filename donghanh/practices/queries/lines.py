"""The line from practice to practice, as it is drawn, and its results side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from donghanh.amendments import queries as amendments
from donghanh.domain import authority, checking
from donghanh.domain.authority import Actor
from donghanh.domain.practising import Stage, laid_out, upwards
from donghanh.domain.rights import Right
from donghanh.lib import charts
from donghanh.lib.spreadsheet import Cell, Column, workbook
from donghanh.organisation import queries as organisation
from donghanh.practices import texts
from donghanh.practices.models import Practice, Result
from donghanh.practices.queries.library import Shipped, Stated, shipped
from donghanh.practices.queries.reach import reads_exactly, visible_to

#: How many results have a column of their own beside each other; the others stand in one.
_COLUMNS = 3


@dataclass(frozen=True, slots=True)
class Told:
    """
    A result as somebody reads it: a small number of pupils is hidden from who is no reader.

    ``value`` is the number itself; ``None`` where it is hidden.
    """

    label: str
    number: str
    measure: str
    school_year: str
    value: int | None


@dataclass(frozen=True, slots=True)
class Node:
    """
    One place of a line.

    ``key`` is ``p12`` of a unit's practice and the key of one of the library; ``id`` is ``None``
    for the latter. ``badge`` is the state of its shape and the word. ``below`` are those made from
    it.
    """

    key: str
    id: int | None
    title: str
    unit: str
    badge: tuple[str, str]
    began: date | None
    since_year: str
    changed: str
    results: tuple[Told, ...]
    current: bool
    depth: int = 0
    below: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One practice of the comparison: its cells in the order of the columns, the rest as told."""

    node: Node
    cells: tuple[tuple[Told, ...], ...]
    others: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """
    A line: its first practices with all below, and the results of each beside the others.

    ``columns`` are the results that several practices state; ``small`` is up to which number
    results of others are hidden, 0 where none is here.
    """

    tops: tuple[Node, ...]
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    taken: int
    small: int


def houses_above(practice: Practice) -> tuple[tuple[int, Stage], ...]:
    """Return house and stage of a practice and of all it was made from, upwards."""
    found = Practice.objects.filter(line=practice.line).values_list(
        "pk", "parent_id", "house_id", "stage"
    )
    known = {str(pk): (parent, house, Stage(stage)) for pk, parent, house, stage in found}
    parents = {key: str(parent) if parent else None for key, (parent, *_) in known.items()}
    return tuple(known[key][1:] for key in upwards(str(practice.pk), parents))


def line_of(actor: Actor, line: str, current: str, today: date) -> Compared:
    """
    Return a line as somebody sees it, in four statements whatever its length.

    Args:
        actor: Who looks.
        line: Its name.
        current: The key of the practice whose page it is.
        today: The day (Asia/Ho_Chi_Minh).
    """
    rows = [
        one
        for one in Practice.objects.filter(line=line).order_by("began_date", "pk")
        if one.began_date is not None or f"p{one.pk}" == current
    ]
    names = organisation.known_as({one.unit_id for one in rows}, today)
    most = checking.persons(amendments.current(), checking.SMALL, today)
    results = _results(actor, rows, most)
    nodes: dict[str, Node] = {}
    parents: dict[str, str | None] = {}
    for key, one in shipped().items():
        if one.line == line:
            nodes[key], parents[key] = _of_library(key, one, current), one.parent
    for one_kept in rows:
        key = f"p{one_kept.pk}"
        state, word = texts.STAGES[Stage(one_kept.stage)]
        known = names.get(one_kept.unit_id)
        nodes[key] = Node(
            key=key,
            id=one_kept.pk,
            title=one_kept.title,
            unit=known.name if known else "",
            badge=(state, str(word)),
            began=one_kept.began_date,
            since_year="",
            changed=one_kept.changed,
            results=results.get(one_kept.pk, ()),
            current=key == current,
        )
        above = f"p{one_kept.parent_id}" if one_kept.parent_id else one_kept.library_key
        parents[key] = above or None
    return _compared(nodes, parents, most)


def comparison_workbook(actor: Actor, practice_id: int, today: date) -> bytes:
    """
    Return the results of a practice's line beside each other as the bytes of an .xlsx.

    One row for each result, one without for who states none; small numbers are hidden as on the
    page.

    Args:
        actor: Who takes it.
        practice_id: The practice.
        today: The day (Asia/Ho_Chi_Minh).

    Raises:
        NotAllowed: The post reads no practices.
        Practice.DoesNotExist: Unknown, or not in sight.
    """
    authority.require(actor, Right.READ_PRACTICES)
    practice = visible_to(actor).get(pk=practice_id)
    line = line_of(actor, practice.line, f"p{practice.pk}", today)
    columns = [
        Column(pgettext("practice", "Unit"), 40),
        Column(_("Title"), 44),
        Column(pgettext("practice", "State"), 24),
        Column(pgettext("practice", "In force since"), 14),
        Column(_("What you changed for your people"), 60),
        Column(_("School year"), 12),
        Column(pgettext("practice", "What was counted"), 36),
        Column(pgettext("practice", "How many"), 12),
        Column(pgettext("practice", "Of what"), 14),
    ]
    rows = [_cells(row.node, told) for row in line.rows for told in row.node.results or (None,)]
    return workbook(_("Results side by side"), columns, rows)


def _cells(node: Node, told: Told | None) -> Sequence[Cell]:
    since = node.began or node.since_year
    about: tuple[Cell, ...] = (node.unit, node.title, node.badge[1], since, node.changed)
    if told is None:
        return (*about, "", "", "", "")
    number: Cell = told.number if told.value is None else told.value
    return (*about, told.school_year, told.label, number, told.measure)


def _of_library(key: str, one: Shipped, current: str) -> Node:
    return Node(
        key=key,
        id=None,
        title=one.telling.title,
        unit=one.unit,
        badge=("plain", str(texts.OF_LIBRARY)),
        began=None,
        since_year=one.since_year,
        changed=one.changed,
        results=tuple(_told(stated, 0) for stated in one.results),
        current=key == current,
    )


def _results(actor: Actor, rows: Sequence[Practice], most: int) -> dict[int, tuple[Told, ...]]:
    limits = {
        one.pk: 0 if reads_exactly(actor, one.house_id, one.judge_id) else most for one in rows
    }
    found: dict[int, list[Told]] = {}
    stated = Result.objects.filter(practice__in=[one.pk for one in rows])
    for one in stated.order_by("-school_year", "pk"):
        said = Stated(one.label, one.number, one.measure, one.school_year, one.persons)
        told = _told(said, limits[one.practice_id])
        found.setdefault(one.practice_id, []).append(told)
    return {practice: tuple(told) for practice, told in found.items()}


def _told(one: Stated, most: int) -> Told:
    hidden = one.persons and checking.is_small(one.number, most)
    number = f"≤ {most}" if hidden else charts.number(one.number)
    value = None if hidden else one.number
    return Told(one.label, number, one.measure, one.school_year, value)


def _compared(nodes: Mapping[str, Node], parents: Mapping[str, str | None], most: int) -> Compared:
    leaves = laid_out(parents)
    built: dict[str, Node] = {}
    for leaf in reversed(leaves):
        below = tuple(built[key] for key in leaf.below if key in built)
        built[leaf.key] = replace(nodes[leaf.key], depth=leaf.depth, below=below)
    told = Counter(
        label for node in nodes.values() for label in {one.label for one in node.results}
    )
    # What most state comes first; of as many, what stands first in the line.
    columns = tuple(label for label, many in told.most_common() if many > 1)[:_COLUMNS]
    rows = tuple(
        Row(
            node=built[leaf.key],
            cells=tuple(
                tuple(one for one in built[leaf.key].results if one.label == label)
                for label in columns
            ),
            others=tuple(one for one in built[leaf.key].results if one.label not in columns),
        )
        for leaf in leaves
    )
    hides = any(one.number.startswith("≤") for row in rows for one in row.node.results)
    return Compared(
        tops=tuple(built[leaf.key] for leaf in leaves if leaf.depth == 0),
        columns=columns,
        rows=rows,
        taken=sum(node.id is not None and parents[key] is not None for key, node in nodes.items()),
        small=most if hides else 0,
    )
