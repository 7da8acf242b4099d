"""The bodies that do the steps: who records for them, when they meet, how they number papers."""

from __future__ import annotations

from datetime import date

from donghanh.accounts.models import User
from donghanh.demonstration.stage import School
from donghanh.domain import rules
from donghanh.domain.acts import Branch, Step
from donghanh.domain.matrix import doers_of
from donghanh.domain.rights import Role
from donghanh.domain.timeline import CENTRAL
from donghanh.domain.voting import Exclusion

#: How the body of a step numbers its paper; a step that is not here leaves none with a number.
NUMBERED = {
    Step.INTRODUCED: "NQ/ĐTN",
    Step.LISTED: "NQ/CB",
    Step.SENT_TO_CLASS: "NQ/CB",
    Step.TRAINED: "GCN",
    Step.ASKED: "NQ/CB",
    Step.ALLOWED: "QĐ/ĐU",
    Step.VERIFICATION_SENT: "CV/CB",
    Step.CELL_VOTED: "NQ/CB",
    Step.APPRAISED: "BC/ĐUBP",
    Step.BASE_VOTED: "NQ/ĐU",
    Step.DECIDED: "QĐ/ĐU",
    Step.NEW_MEMBER_CLASS: "GCN",
    Step.RECOGNITION_VOTED: "NQ/CB",
    Step.RECOGNITION_APPRAISED: "BC/ĐUBP",
    Step.RECOGNITION_BASE_VOTED: "NQ/ĐU",
    Step.RECOGNISED: "QĐ/ĐU",
    Step.UNLISTED: "NQ/CB",
    Step.HELPER_CHANGED: "NQ/CB",
    Step.EXTENDED: "CV/ĐU",
}
#: About how many members the body of a step has; the others are about as large as a cell.
_MEMBERS = {
    Step.INTRODUCED: 13,
    Step.BASE_VOTED: 15,
    Step.RECOGNITION_BASE_VOTED: 15,
    Step.DECIDED: 12,
    Step.RECOGNISED: 12,
}
_CELL = 18
_IN_THE_MORNING = frozenset({Step.ALLOWED, Step.DECIDED, Step.RECOGNISED, Step.EXTENDED})


def members(step: Step) -> int:
    """Return about how many members the body that votes on a step has."""
    return _MEMBERS.get(step, _CELL)


def hour(step: Step) -> int:
    """Return the hour a body usually meets."""
    return 9 if step in _IN_THE_MORNING else 14


def doer(school: School, step: Step, form: str | None, branches: frozenset[Branch]) -> User:
    """
    Return who records an act at a school: whom the rulebook names for it.

    Args:
        school: The school.
        step: The step or turn.
        form: The paper, for an act of ``Step.PAPERS``.
        branches: The branches of the road.
    """
    book = rules.load()
    doers = doers_of(book, step, form, (CENTRAL,), branches)
    if Role.UNION in doers:
        return school.union
    if Role.COMMITTEE not in doers:
        return school.secretary
    # What turns a road is done by the committee that decides on admission.
    asked = Step.DECIDED if book.catalogue.turn(step) is not None else step
    above = school.base is None or book.step(asked, branches).decides
    return school.competent if above or school.base is None else school.base


def reasons(threshold: str, on: date) -> tuple[Exclusion, ...]:
    """Return for what the rules of a day leave members out of the base of a vote."""
    rule = f"{threshold}.excludes"
    book = rules.load()
    found = book.find_reasons(rule, on) if rule in book.names() else None
    return () if found is None else tuple(Exclusion(reason) for reason in found.value)
