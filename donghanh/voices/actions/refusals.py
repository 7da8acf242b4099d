"""Why something about a voice is refused."""

from __future__ import annotations

from typing import ClassVar

from donghanh.domain.errors import RuleError


class SaysNothing(RuleError):
    """There is no text, once what nobody sees is taken out."""

    code: ClassVar[str] = "voices.says_nothing"


class TooLong(RuleError):
    """The text is longer than is kept."""

    code: ClassVar[str] = "voices.too_long"


class NobodyThere(RuleError):
    """No body of that kind answers for the school on that day."""

    code: ClassVar[str] = "voices.nobody_there"


class TooMany(RuleError):
    """More comes to the unit in this hour than anybody could read."""

    code: ClassVar[str] = "voices.too_many"


class Over(RuleError):
    """The voice is no longer as whoever acts saw it."""

    code: ClassVar[str] = "voices.over"


class Escalated(RuleError):
    """The voice lies with the level above, because its last day has passed."""

    code: ClassVar[str] = "voices.escalated"


class NotTheModerator(RuleError):
    """The unit may not set a voice aside."""

    code: ClassVar[str] = "voices.not_the_moderator"


class ReasonMissing(RuleError):
    """A voice is set aside for a reason of the list."""

    code: ClassVar[str] = "voices.reason_missing"


class WantsAnAnswer(RuleError):
    """Its writer wants an answer, so that reading it is not enough."""

    code: ClassVar[str] = "voices.wants_an_answer"


class NoYes(RuleError):
    """Its writer did not agree to publication."""

    code: ClassVar[str] = "voices.no_yes"


class NotAnswered(RuleError):
    """A voice without an answer is not made public."""

    code: ClassVar[str] = "voices.not_answered"


class NotRewritten(RuleError):
    """What is to be published has the writer's own text in it."""

    code: ClassVar[str] = "voices.not_rewritten"


class SecondPerson(RuleError):
    """Who wrote a publication may not confirm it."""

    code: ClassVar[str] = "voices.second_person"


class PromiseOutOfBounds(RuleError):
    """A promise of no day, or of more than can be called one."""

    code: ClassVar[str] = "voices.promise_out_of_bounds"
