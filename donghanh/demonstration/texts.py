"""Labels and sentences of the room of demonstration."""

from __future__ import annotations

from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from donghanh.directives import texts as directives

REFUSALS: dict[str, Promise] = {
    "demonstration.off": _(
        "Simulated data is switched off in this place, so nothing was loaded. Set "
        "DONGHANH_DEMONSTRATION=1 where it is wanted."
    ),
    "demonstration.real_data": _(
        "This database holds real units, so simulated ones were not put beside them. Use an empty "
        "database for the demonstration."
    ),
    "demonstration.no_report_due": _(
        "The letter asks for no report by a day, so there is no way from it to a report; nothing "
        "was written. Check the sentence that names the day."
    ),
    "demonstration.no_year": _(
        "The letter names no school year and no full day, so its target belongs to no year; "
        "nothing was written. Write the school year into the letter."
    ),
    "demonstration.no_rules": _(
        "The rulebook begins on %(since)s and has no rules for school year %(year)s, so nothing "
        "was written."
    ),
    "demonstration.due_outside_year": _(
        "The report is due on %(due)s: before the letter itself, or before school year %(year)s "
        "begins. Nothing was written; check the days in the letter."
    ),
}


def refusal(error: Exception) -> str:
    """
    Return the sentence for what was refused, here or by the reading of the letter.

    Args:
        error: A ``RuleError`` or a ``TextLayerError``.
    """
    sentence = REFUSALS.get(str(getattr(error, "code", "")))
    if sentence is None:
        return directives.refusal(error)
    facts: dict[str, object] = dict(getattr(error, "facts", {}))
    shown = {
        key: directives.typed_day(value.isoformat()) if isinstance(value, date) else value
        for key, value in facts.items()
    }
    return str(sentence) % shown
