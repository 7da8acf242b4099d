"""Who may do what with a dossier at each step: every cell follows from rights and rulebook."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from donghanh.domain.acts import Branch, Step
from donghanh.domain.book import NO_BRANCH, Rulebook
from donghanh.domain.rights import FROM_THE_LIST, RIGHTS, Right, Role
from donghanh.domain.timeline import CENTRAL


class Deed(StrEnum):
    """What somebody does with a dossier."""

    SEE = "see"
    RECORD = "record"
    VOID = "void"
    SET_FACTS = "set_facts"
    TAKE_LIST = "take_list"


class Why(StrEnum):
    """Why a cell answers as it does."""

    OWN_FILE = "own_file"
    OWN_PUPIL = "own_pupil"
    IN_REACH = "in_reach"
    OWN_WORK = "own_work"
    NO_RIGHT = "no_right"
    NOT_LISTED = "not_listed"
    OTHER_BODY = "other_body"
    OTHER_COMMITTEE = "other_committee"


#: The answers that allow.
ALLOWING = frozenset({Why.OWN_FILE, Why.OWN_PUPIL, Why.IN_REACH, Why.OWN_WORK})

#: What each deed beyond seeing needs of a post.
NEEDS = {
    Deed.RECORD: Right.RECORD_ACTS,
    Deed.VOID: Right.RECORD_ACTS,
    Deed.SET_FACTS: Right.SET_FACTS,
    Deed.TAKE_LIST: Right.TAKE_LISTS,
}


@dataclass(frozen=True, slots=True)
class Position:
    """
    A role where it stands to a dossier.

    ``decides``: of a committee alone, that it is the competent one of the pupil's cell.
    """

    role: Role
    decides: bool = False


#: Every position, in the order of the roles; a committee stands there twice.
POSITIONS = tuple(
    position
    for role in Role
    for position in (
        (Position(role), Position(role, decides=True))
        if role is Role.COMMITTEE
        else (Position(role),)
    )
)


@dataclass(frozen=True, slots=True)
class Row:
    """
    One thing that can be recorded: a step that is an act, a turn, or a paper.

    Attributes:
        step: The step or turn; of a paper, the step it belongs to.
        form: The paper's form; ``None`` for an act.
        scope: Whose form it is.
    """

    step: Step
    form: str | None = None
    scope: str = CENTRAL

    @property
    def recorded_as(self) -> Step:
        """Return the step under which it is recorded."""
        return self.step if self.form is None else Step.PAPERS

    @property
    def scopes(self) -> tuple[str, ...]:
        """Return the scopes in which it can be recorded, central first."""
        return (CENTRAL,) if self.scope == CENTRAL else (CENTRAL, self.scope)


@dataclass(frozen=True, slots=True)
class Cell:
    """One answer of the matrix."""

    row: Row
    position: Position
    deed: Deed
    why: Why

    @property
    def allowed(self) -> bool:
        """Tell whether it may be done."""
        return self.why in ALLOWING


def rows(book: Rulebook, branches: frozenset[Branch] = NO_BRANCH) -> tuple[Row, ...]:
    """Return what can be recorded on some branches: step by step, papers, then the turns."""
    never = {form.code for form in book.forms() if form.never_if in branches}
    found: list[Row] = []
    for rule in book.steps(branches):
        if rule.skipped_on(branches):
            continue
        if not rule.papers:
            found.append(Row(rule.step))
        found += [
            Row(form.step, form.code, form.scope)
            for form in book.forms()
            if form.step is rule.step and not form.is_act and form.answers_for not in never
        ]
    return (*found, *(Row(turn.step) for turn in book.catalogue.turns))


def matrix(book: Rulebook, branches: frozenset[Branch] = NO_BRANCH) -> Iterator[Cell]:
    """
    Yield every cell of the matrix, row by row.

    Args:
        book: The rules: who does which step.
        branches: The branches the road takes.
    """
    for row in rows(book, branches):
        for position in POSITIONS:
            for deed in Deed:
                yield Cell(row, position, deed, answer(book, position, row, deed, branches))


def answer(
    book: Rulebook,
    position: Position,
    row: Row,
    deed: Deed,
    branches: frozenset[Branch] = NO_BRANCH,
) -> Why:
    """
    Tell whether a position may do something with a dossier in its reach, and why.

    Args:
        book: The rules.
        position: Who, and where they stand to the dossier.
        row: What the dossier waits for: all before it has been done, itself not.
        deed: What is to be done.
        branches: The branches the road takes.
    """
    seen = _seeing(book, position, row)
    needed = NEEDS.get(deed)
    if needed is not None and needed not in RIGHTS[position.role]:
        return Why.NO_RIGHT
    if seen not in ALLOWING or needed is None:
        return seen
    if deed in {Deed.RECORD, Deed.VOID}:
        return recording(book, position, row.recorded_as, row.form, row.scopes, branches)
    return Why.IN_REACH


def _seeing(book: Rulebook, position: Position, row: Row) -> Why:
    """Tell whether a position sees a dossier in its reach that waits for a row, and why."""
    if position.role is Role.PUPIL:
        return Why.OWN_FILE
    if Right.READ_CASES not in RIGHTS[position.role]:
        return Why.NO_RIGHT
    if position.role in FROM_THE_LIST or position.role is Role.HELPER:
        if not _listed_before(book, row.step):
            return Why.NOT_LISTED
        return Why.OWN_PUPIL if position.role is Role.HELPER else Why.IN_REACH
    return Why.IN_REACH


def _listed_before(book: Rulebook, step: Step) -> bool:
    """Tell whether a pupil is on the cell's list before a step or turn can be done."""
    turn = book.catalogue.turn(step)
    if turn is None:
        return Step.LISTED in book.catalogue.ancestors(step)
    return any(one is Step.LISTED or _listed_before(book, one) for one in turn.after)


def recording(
    book: Rulebook,
    position: Position,
    step: Step,
    form: str | None = None,
    scopes: tuple[str, ...] = (CENTRAL,),
    branches: frozenset[Branch] = NO_BRANCH,
) -> Why:
    """
    Tell whether a step, turn or paper is a position's own to record, and why.

    Where a base committee stands between cell and competent committee, each does its own steps:
    the one that decides makes no resolution of the one below, and the other way round. Where the
    base committee was delegated to decide, the decision is its own.

    Args:
        book: The rules.
        position: Who.
        step: What the act does.
        form: The paper's form, for an act of ``Step.PAPERS``.
        scopes: Whose rules apply, central first.
        branches: The branches the road takes.
    """
    if position.role not in doers_of(book, step, form, scopes, branches):
        return Why.OTHER_BODY
    if position.role is not Role.COMMITTEE:
        return Why.OWN_WORK
    if position.decides is decides(book, step, branches):
        return Why.OWN_WORK
    return Why.OTHER_COMMITTEE


def doers_of(
    book: Rulebook,
    step: Step,
    form: str | None = None,
    scopes: tuple[str, ...] = (CENTRAL,),
    branches: frozenset[Branch] = NO_BRANCH,
) -> frozenset[Role]:
    """
    Return the roles that record an act; some papers are also recorded by who makes them.

    Args:
        book: The rules.
        step: What the act does.
        form: The paper's form, for an act of ``Step.PAPERS``.
        scopes: Whose rules apply, central first.
        branches: The branches the road takes.
    """
    turn = book.catalogue.turn(step)
    if turn is not None:
        return frozenset({Role(turn.actor)})
    if step is not Step.PAPERS:
        return frozenset({Role(book.step(step, branches).actor)})
    paper = book.form(form, scopes) if form else None
    if paper is None or paper.is_act:
        return frozenset(Role(rule.actor) for rule in book.steps(branches) if rule.papers)
    own = frozenset({Role(book.step(paper.step, branches).actor)})
    return own if paper.actor is None else own | {Role(paper.actor)}


def decides(book: Rulebook, step: Step, branches: frozenset[Branch] = NO_BRANCH) -> bool:
    """
    Tell whether the competent committee does a committee's step or turn, not the one below it.

    A turn is done by the committee that decides on admission.
    """
    asked = Step.DECIDED if book.catalogue.turn(step) is not None else step
    return book.step(asked, branches).decides or Branch.BASE_CELL in branches
