"""What rules, values and their changes are called on the pages of this room."""

from __future__ import annotations

from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from donghanh.amendments import texts as amendments
from donghanh.domain import provinces
from donghanh.domain.acts import Branch
from donghanh.domain.catalogue import ClockKind, Start
from donghanh.domain.comparing import Aspect, Difference, PaperState, RoadChange
from donghanh.domain.eligibility import Verdict
from donghanh.domain.errors import RuleError
from donghanh.domain.roads import RoadStatus, StageState
from donghanh.domain.timeline import CENTRAL, Confidence, Entry
from donghanh.domain.voting import Base, Exclusion, Threshold
from donghanh.dossiers.texts import ASKED, CONDITIONS, EXCLUSIONS, ROAD_STATUSES, VERDICTS
from donghanh.lib import days

REFUSALS: dict[str, Promise] = {
    "rulebook.no_such_step": _("The road has no step “%(step)s”. Look at the list of steps."),
    "rulebook.no_such_value": _(
        "The rulebook has no such value of rule “%(rule)s”. Look at the rule again; it may have "
        "been amended meanwhile."
    ),
}

#: What a value that is a choice says.
CHOICES: dict[str, Promise] = {
    "received": _("from the day the decision is received"),
    "issued": _("from the day the decision is issued"),
    "day": _("on the birthday"),
    "month": _("by the month of birth"),
    "lower_secondary_diploma": _("lower secondary diploma"),
    "lower_secondary_programme": _("lower secondary programme completed"),
    "required": _("required"),
    "decision": _("from the decision on admission"),
    "committee": _("the committee itself"),
    "standing_committee": _("its standing committee"),
    **ASKED,
}

BASES: dict[Base, Promise] = {
    Base.OFFICIAL_CONVENED: _("of the official members convened"),
    Base.IN_POST: _("of the members in post"),
    Base.CONVENED: _("of those convened"),
    Base.PRESENT: _("of those present"),
}

CLOCKS: dict[ClockKind, Promise] = {
    ClockKind.WAIT: pgettext_lazy("clock", "Wait"),
    ClockKind.WINDOW: pgettext_lazy("clock", "Window"),
    ClockKind.DUE: pgettext_lazy("clock", "Due"),
    ClockKind.EXPIRY: pgettext_lazy("clock", "Expiry"),
}

#: What a clock means, as a sentence under its kind.
CLOCK_MEANINGS: dict[ClockKind, Promise] = {
    ClockKind.WAIT: _("Only after it may the step be done."),
    ClockKind.WINDOW: _("The step is done within it."),
    ClockKind.DUE: _("The step is done by its last day."),
    ClockKind.EXPIRY: _("After its last day what was done is no longer good."),
}

STARTS: dict[Start, Promise] = {
    Start.ACT: _("from the day of: %(step)s"),
    Start.RECEIVED: _("from the day it was received: %(step)s"),
    Start.PROBATION_END: _("from the end of the probation"),
    Start.DOSSIER: _("from the day the dossier was opened, or made anew"),
}

BRANCHES: dict[Branch, Promise] = {
    Branch.BASE_CELL: _("the cell stands directly under the committee that decides"),
    Branch.SUB_COMMITTEE: _("a sub-committee stands between the cell and the base committee"),
    Branch.DELEGATED: _("the base committee was delegated to decide"),
    Branch.MEMBERS: _("two official members introduce, not the Union"),
    Branch.MOVED: _("the person has moved while under consideration"),
}

#: How a value was found, as people choose it.
CONFIDENCES: dict[Confidence, Promise] = {
    Confidence.V: _("Read in the document's own text"),
    Confidence.S: _("Read on a page that reproduces it"),
    Confidence.Q: _("Told by others, a lead"),
    Confidence.K: _("General knowledge, unconfirmed"),
    Confidence.N: _("Looked for and not found, set by us"),
}

DIFFERENCES: dict[Difference, Promise] = {
    Difference.SAME: pgettext_lazy("difference", "the same"),
    Difference.ADDED: pgettext_lazy("difference", "new"),
    Difference.GONE: pgettext_lazy("difference", "gone"),
    Difference.VALUE: pgettext_lazy("difference", "another value"),
    Difference.SOURCE: pgettext_lazy("difference", "another source"),
    Difference.STANDING: pgettext_lazy("difference", "compared or not"),
}

#: The shape a difference is drawn with.
SHAPES: dict[Difference, str] = {
    Difference.SAME: "plain",
    Difference.ADDED: "done",
    Difference.GONE: "late",
    Difference.VALUE: "near",
    Difference.SOURCE: "waiting",
    Difference.STANDING: "waiting",
}

STAGE_STATES: dict[StageState, Promise] = {
    StageState.DONE: pgettext_lazy("stage", "done"),
    StageState.NOW: pgettext_lazy("stage", "can be done now"),
    StageState.AHEAD: pgettext_lazy("stage", "ahead"),
    StageState.SKIPPED: pgettext_lazy("stage", "not on this road"),
    StageState.LAPSED: pgettext_lazy("stage", "no longer needed"),
}

PAPER_STATES: dict[PaperState, Promise] = {
    PaperState.ASKED: pgettext_lazy("paper", "may be there"),
    PaperState.REQUIRED: pgettext_lazy("paper", "required"),
    PaperState.THERE: pgettext_lazy("paper", "there"),
    PaperState.STALE: pgettext_lazy("paper", "to be made again"),
}

ASPECTS: dict[Aspect, Promise] = {
    Aspect.STATUS: _("The whole road"),
    Aspect.STEP: _("Step “%(step)s”"),
    Aspect.SHARE: _("Votes needed at “%(step)s”"),
    Aspect.PAPER: _("Paper %(name)s at “%(step)s”"),
    Aspect.FIRST_DAY: _("First day for “%(step)s”"),
    Aspect.LAST_DAY: _("Last day: %(rule)s"),
    Aspect.EXTENSION: _("Last day when extended: %(rule)s"),
    Aspect.CONDITION: _("Condition “%(condition)s”"),
    Aspect.MET_FROM: _("Condition “%(condition)s” met from"),
    Aspect.MET_UNTIL: _("Condition “%(condition)s” met until"),
}

#: The groups the rules of a day are shown in, by the beginning of a rule's name.
GROUPS: tuple[tuple[Promise, tuple[str, ...]], ...] = (
    (
        _("Conditions of the person"),
        (
            "age.",
            "education.",
            "union.",
            "certificate.",
            "political.",
            "introducer.",
            "parents.",
            "pupil.",
        ),
    ),
    (_("Votes"), ("vote.", "delegation.", "recognition.failed_votes")),
    (_("Reading in an emergency"), ("emergency.",)),
    (_("Rating and accompaniment"), ("rating.", "comment.")),
    (_("Dossier and admission"), ("dossier.", "admission.", "graduation.")),
    (_("Probation and recognition"), ("member.", "probation.", "recognition.", "seniority.")),
    (_("Transfer of Party activities"), ("transfer.",)),
    (_("Own data of a pupil"), ("data.",)),
    (_("Voices of pupils"), ("voice.",)),
    (_("School year"), ("school_year.",)),
    (_("Report"), ("report.",)),
    (_("Other rules"), ("",)),
)

#: The parts of a dossier, by the letter of a form's place.
PARTS: dict[str, Promise] = {
    "a": _("On consideration by the cell"),
    "b": _("After the cell agrees"),
    "c": _("On recognition"),
}

#: Standing of a value: the shape and the word.
SETTLED = ("done", _("read in the original"))
COMPARED = ("done", _("compared with the original"))
DOUBTFUL = ("near", _("to be checked against the original"))
CARRIED = ("waiting", _("carried on, not yet read"))

#: Of a step that is not on every road.
ONLY_IF = _("Only where %(branch)s.")
NEVER_IF = _("Not where %(branch)s.")

#: The .xlsx of a day: the sheet, and its columns with their widths.
SHEET = _("Rules in force")
COLUMNS: tuple[tuple[Promise, int], ...] = (
    (_("Matter"), 26),
    (_("Rule"), 52),
    (_("Applies in"), 18),
    (_("Value"), 36),
    (_("Since"), 12),
    (_("Document"), 20),
    (_("Issuer"), 26),
    (_("Place in the document"), 16),
    (_("Standing"), 28),
)

#: What stands at the top of a file of rules.
WHOLE_FILE = _(
    "The whole rulebook, edition %(edition)s (version %(version)s).\n"
    "Brought in elsewhere, only what is not there yet is kept.\n"
    "The rows of “checked” say what was compared here; take them out if it was not compared there."
)
CHANGES_FILE = _(
    "What the amendments up to edition %(edition)s changed of the shipped rules "
    "(version %(version)s).\n"
    "The rows of “checked” say what was compared here; take them out if it was not compared there."
)

UNITS: dict[str, Promise] = {
    "working_day": _("working days"),
    "day": _("days"),
    "month": _("months"),
    "year": _("years of age"),
    "person": _("people"),
    "vote": _("votes"),
    "hour": _("hours"),
}

_COUNTRY = _("the whole country")


def group_of(name: str) -> int:
    """Return the place, in ``GROUPS``, of the group a rule is shown in."""
    longest = max(
        (beginning for _title, beginnings in GROUPS for beginning in beginnings
         if name.startswith(beginning)),
        key=len,
    )  # fmt: skip
    return next(place for place, group in enumerate(GROUPS) if longest in group[1])


def scope(key: str) -> str:
    """Return the name of a scope: the whole country, a province, or a committee as it is."""
    if key == CENTRAL:
        return str(_COUNTRY)
    return provinces.called(key).removeprefix("committee:")


def standing(entry: Entry[object]) -> tuple[str, Promise]:
    """Return how far a value may be relied on: the shape, and the word."""
    if entry.cite.checked_on is not None:
        return COMPARED
    if entry.settled:
        return SETTLED
    return CARRIED if entry.carried else DOUBTFUL


def value(entry: Entry[object]) -> str:
    """Return the value of a rule in words, with its unit."""
    said = entry.value
    if isinstance(said, Threshold):
        sign = (
            gettext("more than %(share)s %(base)s")
            if said.strict
            else gettext("at least %(share)s %(base)s")
        )
        share = f"{said.numerator}/{said.denominator}"
        return sign % {"share": share, "base": BASES[said.base]}
    if isinstance(said, bool):
        return gettext("yes") if said else gettext("no")
    if isinstance(said, int):
        if entry.name == "school_year.first_month":
            return gettext("month %(n)s") % {"n": said}
        return _counted(said, entry.unit)
    if isinstance(said, tuple) and entry.unit == "levels":
        return "; ".join(said)
    if isinstance(said, tuple):
        return "; ".join(str(EXCLUSIONS[Exclusion(one)]) for one in said) or gettext("nobody")
    return str(CHOICES.get(str(said), said))


def _counted(number: int, unit: str) -> str:
    """Return a number with its unit."""
    words = {
        "working_day": ngettext("%(n)s working day", "%(n)s working days", number),
        "day": ngettext("%(n)s day", "%(n)s days", number),
        "month": ngettext("%(n)s month", "%(n)s months", number),
        "year": ngettext("%(n)s year of age", "%(n)s years of age", number),
        "person": ngettext("%(n)s person", "%(n)s people", number),
        "vote": ngettext("%(n)s vote", "%(n)s votes", number),
        "hour": ngettext("%(n)s hour", "%(n)s hours", number),
    }
    return words.get(unit, "%(n)s") % {"n": number}


def comparison(entry: Entry[object]) -> str:
    """Return the reason under which a comparison is kept."""
    told = gettext("Compared with %(document)s: %(rule)s, %(value)s.")
    place = ", ".join(part for part in (entry.cite.number, entry.cite.article) if part)
    return told % {"document": place, "rule": entry.title_vi, "value": value(entry)}


def change_label(change: RoadChange, step: str, rule: str) -> str:
    """
    Return what a change of a case is about.

    Args:
        change: The change.
        step: The title of its step; empty where it has none.
        rule: The title of its rule; empty where it has none.
    """
    condition = str(CONDITIONS.get(change.name, rule or change.name))
    named = {"step": step, "rule": rule, "name": change.name, "condition": condition}
    return str(ASPECTS[change.aspect]) % named


def side(told: object) -> str:
    """Return one side of a change in words; a dash where there is nothing."""
    if isinstance(told, date):
        return days.day(told)
    if isinstance(told, Entry):
        return value(told)
    if isinstance(told, StageState):
        return str(STAGE_STATES[told])
    if isinstance(told, PaperState):
        return str(PAPER_STATES[told])
    return _judged(told)


def _judged(told: object) -> str:
    if isinstance(told, RoadStatus):
        return str(ROAD_STATUSES[told])
    return str(VERDICTS[told]) if isinstance(told, Verdict) else "—"


def refusal(error: RuleError) -> str:
    """
    Return what a person reads when a change of the rules is refused.

    Raises:
        KeyError: The refusal has no sentence.
    """
    if error.code in REFUSALS:
        return str(REFUSALS[error.code]) % error.facts
    return amendments.refusal(error)
