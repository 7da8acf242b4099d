"""Forms of the room of directives: words in, values out."""

from __future__ import annotations

from donghanh.directives.forms.drafts import (
    AnswerForm,
    DraftForm,
    NumberForm,
    ReasonForm,
    TextForm,
    held_in,
)
from donghanh.directives.forms.letters import LetterForm, ReadingForm, SharesForm

__all__ = [
    "AnswerForm",
    "DraftForm",
    "LetterForm",
    "NumberForm",
    "ReadingForm",
    "ReasonForm",
    "SharesForm",
    "TextForm",
    "held_in",
]
