"""What the room refuses."""

from __future__ import annotations

from typing import ClassVar

from donghanh.domain.errors import RuleError


class NotOpen(RuleError):
    """The report has been sent and is frozen."""

    code: ClassVar[str] = "reports.not_open"


class AlreadySent(RuleError):
    """The report has been sent before."""

    code: ClassVar[str] = "reports.already_sent"


class ChangedMeanwhile(RuleError):
    """Somebody else has changed the report since it was looked at."""

    code: ClassVar[str] = "reports.changed_meanwhile"


class SentAgain(RuleError):
    """The report was returned and sent again since the department looked at it."""

    code: ClassVar[str] = "reports.sent_again"


class NotAskedAbove(RuleError):
    """No body above asks for what is added up here."""

    code: ClassVar[str] = "reports.not_asked_above"


class NotSent(RuleError):
    """The report is not waiting for the department's answer."""

    code: ClassVar[str] = "reports.not_sent"


class AnsweredElsewhere(RuleError):
    """The report was written to another body, which alone returns or accepts it."""

    code: ClassVar[str] = "reports.answered_elsewhere"


class CommentMissing(RuleError):
    """A report is returned without saying what to correct."""

    code: ClassVar[str] = "reports.comment_missing"


class NothingAccepted(RuleError):
    """There is no accepted report to consolidate."""

    code: ClassVar[str] = "reports.nothing_accepted"


class TooLong(RuleError):
    """A text is longer than a report or a comment may be."""

    code: ClassVar[str] = "reports.too_long"


class FiguresMoved(RuleError):
    """The cases have changed since the sender looked at the figures."""

    code: ClassVar[str] = "reports.figures_moved"


class ConsolidatedMeanwhile(RuleError):
    """A version has been made since the page was looked at."""

    code: ClassVar[str] = "reports.consolidated_meanwhile"


class UnknownFigure(RuleError):
    """The report has no such figure."""

    code: ClassVar[str] = "reports.unknown_figure"


class BelowZero(RuleError):
    """A figure is below zero, or beyond what anybody could count."""

    code: ClassVar[str] = "reports.below_zero"


class ReasonMissing(RuleError):
    """Something is changed by hand, opened or amended without saying why."""

    code: ClassVar[str] = "reports.reason_missing"


class WarningsOpen(RuleError):
    """A warning has not been answered."""

    code: ClassVar[str] = "reports.warnings_open"


class SumToExplain(RuleError):
    """A difference of a consolidated report has not been explained. Facts: ``count``."""

    code: ClassVar[str] = "reports.sum_to_explain"


class YearClosed(RuleError):
    """The department has closed the school year, and nobody opened it for this unit."""

    code: ClassVar[str] = "reports.year_closed"


class ClosedAlready(RuleError):
    """The school year has been closed before."""

    code: ClassVar[str] = "reports.closed_already"


class NotClosed(RuleError):
    """The school year is open to everybody; nothing has to be opened."""

    code: ClassVar[str] = "reports.not_closed"


class OpeningPast(RuleError):
    """The last day of an opening is over, or more than a school year away."""

    code: ClassVar[str] = "reports.opening_past"


class UnknownUnit(RuleError):
    """The unit does not report to this department in that year."""

    code: ClassVar[str] = "reports.unknown_unit"


class NotAccepted(RuleError):
    """Only an accepted report is amended."""

    code: ClassVar[str] = "reports.not_accepted"


class AmendmentInFlight(RuleError):
    """The report is being amended already."""

    code: ClassVar[str] = "reports.amendment_in_flight"


class NotThereThen(RuleError):
    """The unit did not exist in the school year that is asked about."""

    code: ClassVar[str] = "reports.not_there_then"
