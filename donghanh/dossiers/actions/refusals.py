"""Why an action of this room refuses what the rules let through."""

from __future__ import annotations

from typing import ClassVar

from donghanh.domain.errors import RuleError


class ChangedMeanwhile(RuleError):
    """Somebody else has recorded in this dossier since it was looked at."""

    code: ClassVar[str] = "dossiers.changed_meanwhile"


class NotYourStep(RuleError):
    """The step is done by a body the actor's post does not act for."""

    code: ClassVar[str] = "dossiers.not_your_step"


class ReasonMissing(RuleError):
    """An act is declared invalid without saying why."""

    code: ClassVar[str] = "dossiers.reason_missing"


class HelperUnknown(RuleError):
    """The helper holds no post in the school's cell on the day of the act."""

    code: ClassVar[str] = "dossiers.helper_unknown"


class BranchSettled(RuleError):
    """A step that this fact of the case decides has been done; the fact stands as it was."""

    code: ClassVar[str] = "dossiers.branch_settled"


class NoBaseCommittee(RuleError):
    """There is no base committee above the cell that could be delegated or have others under it."""

    code: ClassVar[str] = "dossiers.no_base_committee"


class RegimeReasonMissing(RuleError):
    """Another regime than the day's own is chosen without saying why."""

    code: ClassVar[str] = "dossiers.regime_reason_missing"


class AlreadyOpen(RuleError):
    """The pupil has a dossier already."""

    code: ClassVar[str] = "dossiers.already_open"


class ItemRefused(RuleError):
    """
    One of several acts that stand or fall together is refused, so none was recorded.

    Facts: ``dossier``, whose act it is, and ``cause``, the refusal itself.
    """

    code: ClassVar[str] = "dossiers.item_refused"
