"""The steps of the road, and the dated acts that walk it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from donghanh.domain.timeline import CENTRAL
from donghanh.domain.voting import Tally


class Step(StrEnum):
    """The steps in their order; titles, actors and rules stand in rulebook/procedure.toml."""

    SOURCED = "sourced"
    INTRODUCED = "introduced"
    LISTED = "listed"
    TRAINED = "trained"
    ALLOWED = "allowed"
    PAPERS = "papers"
    CELL_VOTED = "cell_voted"
    BASE_VOTED = "base_voted"
    DECIDED = "decided"
    ADMITTED = "admitted"
    RECOGNITION_VOTED = "recognition_voted"
    RECOGNISED = "recognised"


@dataclass(frozen=True, slots=True)
class Act:
    """
    One dated thing done on the road; never changed, only declared invalid.

    Attributes:
        number: Its number within the case, from 1, in the order of recording.
        step: Which step it does. A paper is always ``Step.PAPERS`` with its ``form``, also a
            paper that another step asks for (10-KNĐ before the recognition vote).
        on: Day it happened (Asia/Ho_Chi_Minh); for a certificate, the day of issue.
        form: Form number, as in rulebook/forms.toml.
        paper_number: Number on the paper, as written; never its content.
        tally: The counts, where the step is a vote.
        governed_by: Regime chosen by a person; None means the day's own.
        voided: True when the act was declared invalid.
        received_on: Day a decision was received; the ceremony's clock starts there.
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
        union_member: Member of the Youth Union; None when not known.
        lower_secondary: Holds the lower secondary diploma; None when not known.
        graduated_on: Day the graduation decision takes effect.
    """

    born: date
    consented_on: date | None
    stopped_on: date | None = None
    scopes: tuple[str, ...] = (CENTRAL,)
    base_committee: bool = True
    union_member: bool | None = None
    lower_secondary: bool | None = None
    graduated_on: date | None = None
