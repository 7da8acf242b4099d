"""Sentences of the room of amendments: why a change of the rules is not kept."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from donghanh.domain.errors import RuleError
from donghanh.domain.timeline import CENTRAL
from donghanh.lib import days

REFUSALS: dict[str, Promise] = {
    "amendments.changed_meanwhile": _(
        "Somebody else has just changed the rules (edition %(newest)s), so yours was not kept. "
        "Look at the new preview and keep yours again if it is still right."
    ),
    "amendments.reason_missing": _(
        "The rules are changed with a reason; nothing was kept. Write the reason and send again."
    ),
    "amendments.too_large": _(
        "The text is too long; at most %(largest)s bytes are taken. Divide it and send again."
    ),
    "amendments.no_such_amendment": _("There is no amendment %(number)s. Look at the list again."),
    "amendments.already_withdrawn": _(
        "Amendment %(number)s was withdrawn before; nothing was changed."
    ),
    "amendments.withdrawal_stands": _(
        "Amendment %(number)s is itself a withdrawal and stays. To bring values back, keep them "
        "again as a new amendment."
    ),
    "amendments.still_needed": _(
        "Amendment %(by)s builds on amendment %(number)s; withdraw amendment %(by)s first. Nothing "
        "was changed."
    ),
    "amending.nothing": _(
        "The text (%(file)s) changes nothing. Write at least one value, regime, year or comparison."
    ),
    "amending.not_counted": _(
        "The amendments kept are not numbered one after the other at %(number)s. Restore them from "
        "a backup."
    ),
    "amending.no_such_value": _(
        "%(file)s, %(key)s: rule “%(rule)s” has no value of %(scope)s that begins on %(since)s. "
        "Check the rule, the scope and the day."
    ),
    "rules.bad_file": _("%(file)s, %(key)s: this cannot be used. Check it and send again."),
    "rules.not_toml": _(
        "%(file)s is not written as TOML: %(problem)s. Put it right at that place."
    ),
    "rules.unknown_key": _(
        "%(file)s, %(key)s: this key means nothing here. Check how it is spelt, or take it out."
    ),
    "rules.key_missing": _("%(file)s, %(key)s: this must be given and is not there. Add it."),
    "rules.citation_missing": _(
        "%(file)s, %(key)s: a value needs its source, and the source must be a document of the "
        "rulebook. Add the document, or correct its short name."
    ),
    "rules.bad_value": _(
        "%(file)s, %(key)s: “%(problem)s” cannot stand here. Correct the value and send again."
    ),
    "rules.overlapping_regimes": _(
        "%(file)s, %(key)s: it begins on the same day as regime %(other)s or has the same code. "
        "Choose another, or write “replaces = true” to take its place."
    ),
    "rules.outside_regime": _(
        "%(file)s, %(key)s: %(since)s is not a day of that regime. Correct the day or the regime."
    ),
    "rules.unknown_rule": _("The rulebook has no rule “%(name)s” for %(scope)s."),
    "rules.unknown_regime": _("The rulebook has no regime “%(code)s”."),
    "rules.wrong_kind": _("Rule “%(name)s” is not of the kind asked for (%(wanted)s)."),
    "timeline.two_values": _(
        "%(file)s, %(key)s: rule “%(name)s” already has a value of %(scope)s that begins on "
        "%(since)s. Choose another day, or write “replaces = true” to take its place."
    ),
    "timeline.mixed_rules": _("Values of different rules stand in one line: %(names)s."),
    "timeline.not_in_force": _("Rule “%(name)s” has no value in force on %(day)s."),
    "calendar.gap": _(
        "The calendar would have a gap (%(years)s). Add the years one after the other."
    ),
    "authority.not_allowed": _(
        "Your post does not give this right here. Choose another of your posts, or ask the "
        "administrator."
    ),
}

#: What a refusal that names no place says in its stead.
_NOWHERE = {"file": "—", "key": "—", "problem": "—"}
_CENTRAL = _("the whole country")


def refusal(error: RuleError) -> str:
    """
    Return what a person reads when a change of the rules is refused: where, what and what to do.

    Args:
        error: The refusal; its facts are written as people write them.

    Raises:
        KeyError: The refusal has no sentence here, or its sentence names a fact it lacks.
    """
    return str(REFUSALS[error.code]) % {**_NOWHERE, **_spelled(error.facts)}


def _spelled(facts: Mapping[str, object]) -> dict[str, str]:
    return {name: _spell(name, value) for name, value in facts.items()}


def _spell(name: str, value: object) -> str:
    if isinstance(value, date):
        return days.day(value)
    if isinstance(value, list | tuple):
        return ", ".join(str(each) for each in value)
    if name == "scope" and value == CENTRAL:
        return str(_CENTRAL)
    return "—" if value in {None, ""} else str(value)
