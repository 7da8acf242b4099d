"""Why an action of this room refuses what the rules let through."""

from __future__ import annotations

from typing import ClassVar

from donghanh.domain.errors import RuleError


class OpenAlready(RuleError):
    """Another hand-over of the same file is open."""

    code: ClassVar[str] = "handover.open_already"


class HandoverOver(RuleError):
    """The hand-over is no longer as the actor saw it."""

    code: ClassVar[str] = "handover.over"


class WithACommittee(RuleError):
    """The file is with a committee that has not decided, or on its way."""

    code: ClassVar[str] = "handover.with_a_committee"


class LinkOver(RuleError):
    """The link is unknown, was used, was taken back or has expired: they are not told apart."""

    code: ClassVar[str] = "handover.link_over"


class WrongCode(RuleError):
    """The second code does not belong to the link."""

    code: ClassVar[str] = "handover.wrong_code"


class ReceiverMissing(RuleError):
    """Nobody is named who confirms."""

    code: ClassVar[str] = "handover.receiver_missing"


class GraduatedLater(RuleError):
    """The graduation decision has not taken effect yet."""

    code: ClassVar[str] = "handover.graduated_later"
