"""The parts of docs/reference/rights.md: who holds which right, and the matrix."""

from __future__ import annotations

from collections.abc import Callable

from donghanh.domain import rules
from donghanh.domain.acts import Branch
from donghanh.domain.matrix import POSITIONS, Cell, Deed, Position, Row, Why, matrix
from donghanh.domain.rights import RIGHTS, Right, Role
from donghanh.dossiers import texts
from donghanh.organisation.texts import ROLES

LETTERS = {
    Deed.SEE: "X",
    Deed.RECORD: "G",
    Deed.VOID: "H",
    Deed.SET_FACTS: "T",
    Deed.TAKE_LIST: "D",
}
#: Why a cell answers so, in the order it is decided.
MEANINGS = {
    Why.OWN_FILE: "the pupil's own file, on the pupil's own page",
    Why.OWN_PUPIL: "the helper of this pupil at present",
    Why.IN_REACH: "the pupil's school is in the post's reach",
    Why.OWN_WORK: "the step, turn or paper is this body's",
    Why.NO_RIGHT: "the role does not give the right",
    Why.NOT_LISTED: "the pupil is not on the cell's list yet",
    Why.OTHER_BODY: "another body does this",
    Why.OTHER_COMMITTEE: "the other of the two committees does this",
}
_BRANCHES = (Branch.SUB_COMMITTEE, Branch.DELEGATED, Branch.BASE_CELL, Branch.MEMBERS)

Letters = dict[Row, dict[Position, str]]


def rights_rows() -> list[tuple[str, ...]]:
    """Return the roles, the rights of each, and what a role is called."""
    return [
        (
            f"`{role.value}`",
            str(ROLES[role]),
            ", ".join(f"`{right.value}`" for right in Right if right in RIGHTS[role]),
        )
        for role in Role
    ]


def why_rows() -> list[tuple[str, ...]]:
    """Return the reasons a cell can give."""
    return [
        (f"`{why.value}`", "yes" if Cell(_ANY, POSITIONS[0], Deed.SEE, why).allowed else "no", said)
        for why, said in MEANINGS.items()
    ]


def role_heads() -> tuple[str, ...]:
    """Return the heads of the table of roles."""
    return ("Role", "Called", "Rights")


def why_heads() -> tuple[str, ...]:
    """Return the heads of the table of reasons."""
    return ("Reason", "Allowed", "Meaning")


def branch_heads() -> tuple[str, ...]:
    """Return the heads of the table of branches."""
    return ("Branch", *matrix_heads())


def matrix_heads() -> tuple[str, ...]:
    """Return the heads of the matrix: what, then every position."""
    return ("Step, turn or paper", *(_position(each) for each in POSITIONS))


def matrix_rows() -> list[tuple[str, ...]]:
    """Return the matrix of the road with a base committee above the cell."""
    return [_row(row, cells) for row, cells in _letters(frozenset()).items()]


def branch_rows() -> list[tuple[str, ...]]:
    """Return the rows in which a branch differs from that road."""
    plain = _letters(frozenset())
    return [
        (str(texts.BRANCHES[branch]), *_row(row, cells))
        for branch in _BRANCHES
        for row, cells in _letters(frozenset({branch})).items()
        if plain.get(row) != cells
    ]


_ANY = Row(next(iter(rules.load().steps())).step)


def _letters(branches: frozenset[Branch]) -> Letters:
    found: Letters = {}
    for cell in matrix(rules.load(), branches):
        told = LETTERS[cell.deed] if cell.allowed else ""
        line = found.setdefault(cell.row, {})
        line[cell.position] = line.get(cell.position, "") + told
    return found


def _row(row: Row, cells: dict[Position, str]) -> tuple[str, ...]:
    return (_title(row), *(cells[position] or "–" for position in POSITIONS))


def _title(row: Row) -> str:
    if row.form is None:
        return str(texts.step_title(row.step))
    return texts.paper_title(row.form, row.scopes)


def _position(position: Position) -> str:
    if position.role is not Role.COMMITTEE:
        return str(ROLES[position.role])
    return "Cấp ủy có thẩm quyền" if position.decides else "Cấp ủy cấp dưới"


#: Each part by name: what makes its heads, and its rows.
PARTS: dict[str, tuple[Callable[[], tuple[str, ...]], Callable[[], list[tuple[str, ...]]]]] = {
    "roles": (role_heads, rights_rows),
    "why": (why_heads, why_rows),
    "matrix": (matrix_heads, matrix_rows),
    "branches": (branch_heads, branch_rows),
}
