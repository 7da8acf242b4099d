"""What an administrator types: text in, typed values out."""

from __future__ import annotations

from donghanh.rulebook.forms.additions import Regime, Value, WhichRule, Year
from donghanh.rulebook.forms.drafts import Draft, Reason

__all__ = ["Draft", "Reason", "Regime", "Value", "WhichRule", "Year"]
