"""The one base of every refusal of the rules."""

from __future__ import annotations

from typing import ClassVar


class RuleError(Exception):
    """
    A rule refuses: a code and the facts, never a sentence and never a language.

    Subclasses stand in the module that raises them and carry a unique ``code``
    (``procedure.step_not_allowed``). The sentence a person reads is made from the code and the
    facts by the room that shows it.

    >>> class TooEarly(RuleError):
    ...     code = "example.too_early"
    >>> TooEarly(days=3).facts
    {'days': 3}
    """

    code: ClassVar[str] = "rule"

    def __init__(self, **facts: object) -> None:
        """Keep the facts the sentence will name."""
        super().__init__(self.code, facts)
        self.facts = facts
