"""What a command says when it refuses: one Vietnamese sentence."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from donghanh.config import running
from donghanh.directives import texts
from donghanh.domain.errors import RuleError
from donghanh.lib.textlayer import TextLayerError


def refusal(error: RuleError | TextLayerError) -> str:
    """Return the sentence for what the rules, or the reader of files, refuse."""
    running.words()
    return texts.refusal(error)


def unreadable(error: OSError) -> str:
    """Return the sentence for a file that cannot be opened or written."""
    running.words()
    sentence = _("The file %(name)s cannot be used: %(problem)s.")
    return str(sentence) % {"name": error.filename, "problem": error.strerror}
