"""Every cell of the matrix of rights, against tables written by hand."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from donghanh.domain import rules
from donghanh.domain.acts import Branch, Step
from donghanh.domain.matrix import (
    POSITIONS,
    Cell,
    Deed,
    Position,
    Row,
    Why,
    answer,
    matrix,
    recording,
    rows,
)
from donghanh.domain.rights import Role

TABLES = Path(__file__).parents[2] / "rights"
BOOK = rules.load()
ROADS = {
    "co_dang_uy_co_so": frozenset[Branch](),
    "dang_uy_bo_phan": frozenset({Branch.SUB_COMMITTEE}),
    "duoc_uy_quyen": frozenset({Branch.DELEGATED}),
    "chi_bo_co_so": frozenset({Branch.BASE_CELL}),
    "hai_dang_vien_gioi_thieu": frozenset({Branch.MEMBERS}),
}
LETTERS = {
    Deed.SEE: "X",
    Deed.RECORD: "G",
    Deed.VOID: "H",
    Deed.SET_FACTS: "T",
    Deed.TAKE_LIST: "D",
}


def written(name: str) -> list[list[str]]:
    with (TABLES / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def generated(branches: frozenset[Branch]) -> dict[tuple[Row, Position], str]:
    """Return the letters of each cell as the rules have them."""
    found: dict[tuple[Row, Position], str] = {}
    for cell in matrix(BOOK, branches):
        told = LETTERS[cell.deed] if cell.allowed else ""
        found[cell.row, cell.position] = found.get((cell.row, cell.position), "") + told
    return found


@pytest.mark.parametrize(("name", "branches"), ROADS.items())
class TestMatrix:
    def test_is_what_was_written_cell_by_cell(self, name: str, branches: frozenset[Branch]) -> None:
        head, *lines = written(name)
        cells = generated(branches)
        assert len(head) == 2 + len(POSITIONS)
        asked = [(row.form or row.step.value) for row in rows(BOOK, branches)]
        assert [line[0] for line in lines] == asked
        wrong = [
            (line[0], who, expected, cells[row, position] or "–")
            for row, line in zip(rows(BOOK, branches), lines, strict=True)
            for position, who, expected in zip(POSITIONS, head[2:], line[2:], strict=True)
            if expected != (cells[row, position] or "–")
        ]
        assert wrong == []

    def test_lets_nobody_do_what_they_do_not_see(
        self, name: str, branches: frozenset[Branch]
    ) -> None:
        for (_row, _position), letters in generated(branches).items():
            assert not letters or letters.startswith("X"), name

    def test_has_somebody_for_everything(self, name: str, branches: frozenset[Branch]) -> None:
        doable = {
            cell.row for cell in matrix(BOOK, branches) if cell.allowed and cell.deed is Deed.RECORD
        }
        assert doable == set(rows(BOOK, branches)), name


class TestAnswer:
    @pytest.mark.parametrize(
        ("role", "step", "deed", "why"),
        [
            (Role.PUPIL, Step.SOURCED, Deed.SEE, Why.OWN_FILE),
            (Role.PUPIL, Step.SOURCED, Deed.RECORD, Why.NO_RIGHT),
            (Role.HELPER, Step.LISTED, Deed.SEE, Why.NOT_LISTED),
            (Role.HELPER, Step.CHALLENGED, Deed.SEE, Why.OWN_PUPIL),
            (Role.HELPER, Step.CHALLENGED, Deed.RECORD, Why.NO_RIGHT),
            (Role.UNION, Step.LISTED, Deed.RECORD, Why.OTHER_BODY),
            (Role.SECRETARY, Step.LISTED, Deed.RECORD, Why.OWN_WORK),
            (Role.SECRETARY, Step.LISTED, Deed.TAKE_LIST, Why.IN_REACH),
            (Role.COMMITTEE, Step.LISTED, Deed.RECORD, Why.NOT_LISTED),
            (Role.COMMITTEE, Step.DECIDED, Deed.RECORD, Why.OTHER_COMMITTEE),
            (Role.COMMITTEE, Step.BASE_VOTED, Deed.RECORD, Why.OWN_WORK),
            (Role.ADMINISTRATOR, Step.DECIDED, Deed.SEE, Why.NO_RIGHT),
            (Role.AUDITOR, Step.DECIDED, Deed.SEE, Why.NO_RIGHT),
        ],
    )
    def test_says_why(self, role: Role, step: Step, deed: Deed, why: Why) -> None:
        assert answer(BOOK, Position(role), Row(step), deed) is why

    def test_lets_whoever_keeps_papers_record_one_that_is_not_known_yet(self) -> None:
        # the rules refuse a form they do not know; that it is unknown is not told by a right
        assert recording(BOOK, Position(Role.SECRETARY), Step.PAPERS, "X-1") is Why.OWN_WORK
        assert recording(BOOK, Position(Role.UNION), Step.PAPERS, "X-1") is Why.OTHER_BODY

    def test_allows_nothing_that_it_explains_with_a_refusal(self) -> None:
        told = {why: Cell(Row(Step.LISTED), POSITIONS[0], Deed.SEE, why).allowed for why in Why}
        assert [why for why, allowed in told.items() if allowed] == [
            Why.OWN_FILE,
            Why.OWN_PUPIL,
            Why.IN_REACH,
            Why.OWN_WORK,
        ]
