"""The one reason a command ends without doing its work: a sentence for who started it."""

from __future__ import annotations

from typing import ClassVar

from django.utils.functional import Promise


class CannotRun(Exception):
    """The command cannot run; the text is one sentence for who started it."""

    exit_code: ClassVar[int] = 1

    def __init__(self, sentence: str | Promise, **facts: object) -> None:
        """Keep the sentence and the facts it names."""
        super().__init__(sentence, facts)
        self.sentence, self.facts = sentence, facts

    def __str__(self) -> str:
        """Return the sentence."""
        return str(self.sentence) % self.facts


class WrongUsage(CannotRun):
    """What was typed cannot be understood."""

    exit_code: ClassVar[int] = 2
