"""Why the procedure refuses an act: one class each, with the facts and the rule as ``entry``."""

from __future__ import annotations

from typing import ClassVar

from donghanh.domain.errors import RuleError


class NoConsent(RuleError):
    """The person has not agreed to take part, or not yet on the day of the act."""

    code: ClassVar[str] = "procedure.no_consent"


class Stopped(RuleError):
    """The person has stopped; work stops with them."""

    code: ClassVar[str] = "procedure.stopped"


class InFuture(RuleError):
    """The act is dated after today."""

    code: ClassVar[str] = "procedure.in_future"


class ReceivedBeforeDecision(RuleError):
    """A decision cannot be received before it is made."""

    code: ClassVar[str] = "procedure.received_before_decision"


class FormUnknown(RuleError):
    """The form is not in the catalogue, not for this place, or not a paper of its own."""

    code: ClassVar[str] = "procedure.form_unknown"


class StepNotAllowed(RuleError):
    """A step before this one has not been done, or this one is not for this case."""

    code: ClassVar[str] = "procedure.step_not_allowed"


class AlreadyDone(RuleError):
    """The step or paper is already there and still good."""

    code: ClassVar[str] = "procedure.already_done"


class BeforePrevious(RuleError):
    """The act is dated before a step it has to follow."""

    code: ClassVar[str] = "procedure.before_previous"


class AfterFollowing(RuleError):
    """A paper a place asks for before a step is dated after that step."""

    code: ClassVar[str] = "procedure.after_following"


class ApplicationAfterHistory(RuleError):
    """One paper is dated on the wrong side of another it must not follow."""

    code: ClassVar[str] = "procedure.application_after_history"


class PapersMissing(RuleError):
    """Papers the step asks for are not there."""

    code: ClassVar[str] = "procedure.papers_missing"


class DossierAged(RuleError):
    """The dossier is too old; some of its papers have to be made again."""

    code: ClassVar[str] = "procedure.dossier_aged"


class TooYoung(RuleError):
    """The person has not reached the age when the cell considers."""

    code: ClassVar[str] = "procedure.too_young"


class CertificateExpired(RuleError):
    """The awareness-class certificate is no longer good when the cell considers."""

    code: ClassVar[str] = "procedure.certificate_expired"


class ConditionNotMet(RuleError):
    """A condition of the person is known not to be met."""

    code: ClassVar[str] = "procedure.condition_not_met"


class TooEarly(RuleError):
    """The time to wait is not over."""

    code: ClassVar[str] = "procedure.too_early"


class VoteMissing(RuleError):
    """The step is a vote, and its counts were not given."""

    code: ClassVar[str] = "procedure.vote_missing"


class VotesExhausted(RuleError):
    """The vote failed as often as the rules allow; the upper committee decides."""

    code: ClassVar[str] = "procedure.votes_exhausted"


class Graduated(RuleError):
    """The graduation decision has taken effect; the step is not done at the old school."""

    code: ClassVar[str] = "procedure.graduated"


class Expired(RuleError):
    """An earlier step was done too long ago and has to be done again."""

    code: ClassVar[str] = "procedure.expired"


class OnTheWay(RuleError):
    """The person has moved, and nobody at the other side has confirmed the file."""

    code: ClassVar[str] = "procedure.on_the_way"


class RoadEnded(RuleError):
    """The road was ended by a decision; nothing follows."""

    code: ClassVar[str] = "procedure.road_ended"


class MustBeAnnulled(RuleError):
    """The person was too young when the cell considered: the decision has to be annulled."""

    code: ClassVar[str] = "procedure.must_be_annulled"


class TurnTooLate(RuleError):
    """A step that shuts this way off has been done."""

    code: ClassVar[str] = "procedure.turn_too_late"


class VotesNotExhausted(RuleError):
    """The vote has not failed as often as the rules ask for."""

    code: ClassVar[str] = "procedure.votes_not_exhausted"


class NothingToExtend(RuleError):
    """No clock of that name is running, or the last day is not later than its own."""

    code: ClassVar[str] = "procedure.nothing_to_extend"


class ExtensionTooLong(RuleError):
    """More time is allowed than the rules permit."""

    code: ClassVar[str] = "procedure.extension_too_long"


class Contradiction(RuleError):
    """Two facts of the case cannot both be: a step is dated before one it has to follow."""

    code: ClassVar[str] = "procedure.contradiction"


class RegimeOutOfReach(RuleError):
    """The regime chosen was not in force at any time between the first act and this one."""

    code: ClassVar[str] = "procedure.regime_out_of_reach"
