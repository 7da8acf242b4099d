"""What the room of the own file refuses by itself."""

from __future__ import annotations

from typing import ClassVar

from donghanh.domain.errors import RuleError


class NothingChanges(RuleError):
    """What is to be corrected stands so already."""

    code: ClassVar[str] = "ownfile.nothing_changes"


class Stopped(RuleError):
    """The pupil has stopped: there is nothing left to ask of the school."""

    code: ClassVar[str] = "ownfile.stopped"


class NotOpen(RuleError):
    """The request was answered or taken back before."""

    code: ClassVar[str] = "ownfile.not_open"


class SentenceMissing(RuleError):
    """A request is declined without saying why."""

    code: ClassVar[str] = "ownfile.sentence_missing"


class NoExtension(RuleError):
    """No rule gives more time, or it was taken before."""

    code: ClassVar[str] = "ownfile.no_extension"


class RestStands(RuleError):
    """The work rests already, by the pupil's own word."""

    code: ClassVar[str] = "ownfile.rest_stands"
