"""The steps of the road, the turns beside it, and the dated acts that walk it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cache

from donghanh.domain.timeline import CENTRAL
from donghanh.domain.voting import Tally


class Step(StrEnum):
    """
    What an act does: a step of the road, a paper, or a turn beside the road.

    The steps stand in their order; titles, actors and rules stand in rulebook/procedure.toml.
    """

    SOURCED = "sourced"
    INTRODUCED = "introduced"
    PARENTS_HEARD = "parents_heard"
    LISTED = "listed"
    CHALLENGED = "challenged"
    SENT_TO_CLASS = "sent_to_class"
    TRAINED = "trained"
    ASKED = "asked"
    ALLOWED = "allowed"
    APPLIED = "applied"
    VERIFICATION_SENT = "verification_sent"
    VERIFIED = "verified"
    VOUCHED = "vouched"
    OPINIONS = "opinions"
    CELL_VOTED = "cell_voted"
    APPRAISED = "appraised"
    BASE_VOTED = "base_voted"
    DECIDED = "decided"
    ADMITTED = "admitted"
    MEMBER_PAPERS = "member_papers"
    NEW_MEMBER_CLASS = "new_member_class"
    RECOGNITION_PAPERS = "recognition_papers"
    RECOGNITION_VOTED = "recognition_voted"
    RECOGNITION_APPRAISED = "recognition_appraised"
    RECOGNITION_BASE_VOTED = "recognition_base_voted"
    RECOGNISED = "recognised"
    CARDED = "carded"
    # A paper of any step, named by its form.
    PAPERS = "papers"
    # Turns.
    UNLISTED = "unlisted"
    HELPER_CHANGED = "helper_changed"
    EXTENDED = "extended"
    REFERRED = "referred"
    DELETED = "deleted"
    ANNULLED = "annulled"


class Branch(StrEnum):
    """Where the road of a case differs; each is explained in rulebook/procedure.toml."""

    BASE_CELL = "base_cell"
    SUB_COMMITTEE = "sub_committee"
    DELEGATED = "delegated"
    MEMBERS = "members"
    MOVED = "moved"


class Destination(StrEnum):
    """Where a person goes who leaves the unit that considers."""

    SCHOOL = "school"
    LOCALITY = "locality"
    INSTITUTION = "institution"
    UNIT = "unit"


@dataclass(frozen=True, slots=True)
class Act:
    """
    One dated thing done on the road; never changed, only declared invalid.

    Attributes:
        number: Its number within the case, from 1, in the order of recording.
        step: What it does. A paper is always ``Step.PAPERS`` with its ``form``.
        on: Day it happened (Asia/Ho_Chi_Minh); for a certificate, the day of issue.
        form: Form number, as in rulebook/forms.toml.
        paper_number: Number on the paper, as written; never its content.
        tally: The counts, where the step is a vote.
        governed_by: Regime chosen by a person; None means the day's own.
        voided: True when the act was declared invalid.
        received_on: Day a decision was received; the ceremony's clock starts there.
        about: Name of the rule more time is allowed for; of ``Step.EXTENDED`` only.
        until: Last day allowed by that.
        edition: Edition of the rulebook it was recorded under; it is read with that one for ever.
            None means the newest.
    """

    number: int
    step: Step
    on: date
    form: str | None = None
    paper_number: str = ""
    tally: Tally | None = None
    governed_by: str | None = None
    voided: bool = False
    received_on: date | None = None
    about: str = ""
    until: date | None = None
    edition: int | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """
    A person who moves while under consideration, with the body that considers from then on.

    Attributes:
        on: Day the file left.
        to: Where to.
        received_on: Day the other side confirmed; until then nobody may act.
        scopes: Whose rules apply there, central first.
        base_committee: Whether a base committee stands above the cell there.
        sub_committee: Whether a sub-committee stands between.
        delegated: Whether the base committee there was delegated to decide.
    """

    on: date
    to: Destination
    received_on: date | None = None
    scopes: tuple[str, ...] = (CENTRAL,)
    base_committee: bool = True
    sub_committee: bool = False
    delegated: bool = False


@dataclass(frozen=True, slots=True)
class Case:
    """
    What the rules must know about one person, and nothing more.

    Attributes:
        born: Day of birth.
        consented_on: Day the person agreed to take part; None when never recorded.
        stopped_on: Day the person stopped; no reason is kept.
        scopes: Whose rules apply, central first, then narrower ones.
        base_committee: False where the cell stands directly under the deciding committee.
        sub_committee: True where a sub-committee stands between cell and base committee.
        delegated: True where the base committee was delegated to decide.
        by_members: True when two official members introduce instead of the Union and one.
        union_member: Member of the Youth Union; None when not known.
        lower_secondary: Holds the lower secondary diploma; None when not known.
        lower_secondary_programme: Has completed the lower secondary programme; None when not known.
        standards: What the cell says of the standards a place sets for pupils, by rule name; a
            standard that is not named is not known.
        graduated_on: Day the graduation decision takes effect.
        moves: Where the person has moved while under consideration, oldest first.
    """

    born: date
    consented_on: date | None
    stopped_on: date | None = None
    scopes: tuple[str, ...] = (CENTRAL,)
    base_committee: bool = True
    sub_committee: bool = False
    delegated: bool = False
    by_members: bool = False
    union_member: bool | None = None
    lower_secondary: bool | None = None
    lower_secondary_programme: bool | None = None
    standards: tuple[tuple[str, bool], ...] = ()
    graduated_on: date | None = None
    moves: tuple[Move, ...] = ()

    def move_at(self, day: date) -> Move | None:
        """Return the move that governs a day: the last that began by then."""
        return next((move for move in reversed(self.moves) if move.on <= day), None)

    def at(self, day: date) -> Case:
        """Return the case as the body that considers it on a day has it."""
        move = self.move_at(day)
        if move is None:
            return self
        return replace(
            self,
            scopes=move.scopes,
            base_committee=move.base_committee,
            sub_committee=move.sub_committee,
            delegated=move.delegated,
        )

    def branches(self, day: date) -> frozenset[Branch]:
        """
        Return the branches the road takes on a day.

        >>> sorted(Case(date(2008, 1, 1), None, base_committee=False).branches(date(2026, 1, 1)))
        [<Branch.BASE_CELL: 'base_cell'>]
        """
        move = self.move_at(day)
        here: Case | Move = self if move is None else move
        return _branches(
            here.base_committee, here.sub_committee, here.delegated, self.by_members, move is None
        )


@cache
def _branches(
    base_committee: bool, sub_committee: bool, delegated: bool, by_members: bool, stayed: bool
) -> frozenset[Branch]:
    taken = {
        Branch.BASE_CELL: not base_committee,
        Branch.SUB_COMMITTEE: sub_committee,
        Branch.DELEGATED: delegated and base_committee,
        Branch.MEMBERS: by_members,
        Branch.MOVED: not stayed,
    }
    return frozenset(branch for branch, holds in taken.items() if holds)
