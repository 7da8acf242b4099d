"""What things are called on the pages of this room."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from donghanh.domain import rules
from donghanh.domain.acts import Branch
from donghanh.domain.deadlines import ClockState
from donghanh.domain.eligibility import Verdict
from donghanh.domain.procedure import RoadStatus, Step
from donghanh.domain.standings import NeedKind
from donghanh.domain.timeline import Citation
from donghanh.domain.voting import Base, Exclusion, Threshold
from donghanh.lib import days

ROAD_STATUSES: dict[RoadStatus, Promise] = {
    RoadStatus.NOT_STARTED: _("Not begun"),
    RoadStatus.WALKING: _("On the road"),
    RoadStatus.STOPPED: _("Closed"),
    RoadStatus.UNLISTED: _("Taken off the list of sympathisers"),
    RoadStatus.ADMITTED: _("On probation"),
    RoadStatus.RECOGNISED: _("Official member"),
    RoadStatus.DELETED: _("Taken off the list of members"),
    RoadStatus.ANNULLED: _("Decision on admission annulled"),
}

CONDITIONS: dict[str, Promise] = {
    "age": _("Old enough when the cell considers"),
    "lower_secondary": _("Lower secondary diploma"),
    "union_member": _("Member of the Youth Union"),
    "certificate": _("Certificate of the awareness class, still valid"),
    "pupil.study": _("Study results, as asked of pupils here"),
    "pupil.conduct": _("Conduct, as asked of pupils here"),
    "pupil.activity": _("Part in the work of Union and school, as asked of pupils here"),
}

#: What a place asks of pupils, by the value of the rule.
ASKED: dict[str, Promise] = {
    "good": _("study results rated good or better"),
    "good_10_11_12a": _(
        "study results rated good or better in grades 10 and 11 and the first term of grade 12"
    ),
    "excellent": _("conduct rated excellent"),
    "active": _("taking an active part in the work of the Union"),
    "core": _("at the core of the work of Union and school, above all as a volunteer"),
}

#: What decides which way a road goes, as the facts of a case say it.
BRANCHES: dict[Branch, Promise] = {
    Branch.BASE_CELL: _("The cell stands directly under the committee that decides."),
    Branch.SUB_COMMITTEE: _("A sub-committee stands between the cell and the base committee."),
    Branch.DELEGATED: _("The base committee was delegated to decide."),
    Branch.MEMBERS: _("Two official members introduce, not the Union."),
    Branch.MOVED: _("The pupil has moved while being considered."),
}

#: The facts a person sets, by their names.
FACTS: dict[str, Promise] = {
    "sub_committee": BRANCHES[Branch.SUB_COMMITTEE],
    "delegated": BRANCHES[Branch.DELEGATED],
    "by_members": BRANCHES[Branch.MEMBERS],
    **{name: label for name, label in CONDITIONS.items() if name.startswith("pupil.")},
}

#: Days of a person that stand beside those of the steps.
DAYS_OF_A_PERSON: dict[str, Promise] = {
    "born": _("Day of birth"),
    "graduated": _("Graduation"),
}

#: Why a member is left out of the base of a vote.
EXCLUSIONS: dict[Exclusion, Promise] = {
    Exclusion.AWAY: _("Active elsewhere for a time"),
    Exclusion.EXEMPT: _("Exempted from meetings, and absent"),
    Exclusion.SUSPENDED: _("Suspended"),
    Exclusion.PROSECUTED: _("Prosecuted or detained"),
}

VERDICTS: dict[Verdict, Promise] = {
    Verdict.MET: _("Met"),
    Verdict.NOT_MET: _("Not met"),
    Verdict.NOT_KNOWN: _("Not known"),
}

BASES: dict[Base, Promise] = {
    Base.OFFICIAL_CONVENED: _(
        "%(sign)s %(share)s of all official members, less those the rule leaves out; whoever is "
        "absent counts as not in favour."
    ),
    Base.IN_POST: _(
        "%(sign)s %(share)s of the members in post, less those the rule leaves out; whoever is "
        "absent counts as not in favour."
    ),
    Base.CONVENED: _(
        "%(sign)s %(share)s of the members convened; whoever is absent counts as not in favour."
    ),
    Base.PRESENT: _("%(sign)s %(share)s of the members present."),
}

#: What is recorded where no step of the road is named.
PAPER: Promise = _("A paper of the dossier")

#: What stands between a pupil and the next step; whose turn it is says the step itself.
NEEDS: dict[NeedKind, Promise] = {
    NeedKind.ON_THE_WAY: _("On its way since %(day)s, not confirmed"),
    NeedKind.ANNUL: _("The decision on admission has to be annulled"),
    NeedKind.VOTE_AGAIN: _("Considered too young: the vote has to be taken again"),
    NeedKind.RELIST: _("Goes on once the pupil is on the list again"),
    NeedKind.MISSING: _("Still missing: %(papers)s"),
    NeedKind.AGED: _("To be made again: %(papers)s"),
    NeedKind.REDO: _("To be done again: it is no longer good"),
    NeedKind.REFER: _("To be reported to the committee above: the votes have failed"),
    NeedKind.NOT_MET: _("Not met yet: %(conditions)s"),
    NeedKind.WAIT: _("Possible from %(day)s on"),
    NeedKind.LEFT: _("Still open: %(steps)s"),
    NeedKind.NOTHING: _("Nothing is left to be done"),
}

#: What the list can be narrowed to, by the word in its address.
STATES: dict[str, Promise] = {
    "tre": _("Past a last day"),
    "gan": _("Near a last day"),
    "vuong": _("Something is missing"),
    "du-bi": _("On probation"),
    "chinh-thuc": _("Official member"),
    "ngung": _("Not going on"),
}


def steps() -> list[tuple[str, str]]:
    """Return the choices of an act's step; their titles stand in the rulebook."""
    return [(step.value, step.value) for step in Step]


def step_title(step: Step) -> str:
    """Return the title of a step or turn as the rulebook has it."""
    catalogue = rules.load().catalogue
    turn = catalogue.turn(step)
    if turn is not None:
        return turn.title_vi
    return str(PAPER) if step is Step.PAPERS else catalogue.step(step).title_vi


def rule_title(name: str) -> str:
    """Return the title of a rule, or its name where the shipped rulebook does not know it."""
    head = rules.load().contents.heads.get(name)
    return name if head is None else head.title_vi


def paper_title(form: str, scopes: Iterable[str] = ()) -> str:
    """Return a paper's number and title, or the number alone when the rulebook lacks it."""
    rule = rules.load().form(form, tuple(scopes)) if scopes else rules.load().form(form)
    return form if rule is None else f"{rule.code} · {rule.title_vi}"


def citation_label(cite: Citation) -> str:
    """Return a citation in short: the document's number and the place in it."""
    return gettext("%(number)s, %(article)s") % _cited(cite) if cite.article else cite.number


def citation_full(cite: Citation) -> str:
    """Return a citation whole: number, issuer, day of signing and place."""
    if cite.article:
        return gettext("%(number)s of %(issuer)s, signed on %(signed)s, %(article)s") % _cited(cite)
    return gettext("%(number)s of %(issuer)s, signed on %(signed)s") % _cited(cite)


def _cited(cite: Citation) -> dict[str, str]:
    return {
        "number": cite.number,
        "issuer": cite.issuer,
        "signed": days.day(cite.signed_on),
        "article": cite.article,
    }


def threshold(share: Threshold) -> str:
    """Return the share a vote must reach, as a whole sentence."""
    sign = gettext("More than") if share.strict else gettext("At least")
    fraction = f"{share.numerator}/{share.denominator}"
    return str(BASES[share.base]) % {"sign": sign, "share": fraction}


def left(days: int) -> str:
    """Return how many days are left to a last day, or how many it is late."""
    if days < 0:
        return ngettext("%(n)s day late", "%(n)s days late", -days) % {"n": -days}
    if days == 0:
        return gettext("today")
    return ngettext("%(n)s day left", "%(n)s days left", days) % {"n": days}


def shape(state: ClockState) -> str:
    """Return the shape a clock's state is drawn with."""
    return {
        ClockState.LATE: "late",
        ClockState.NEAR: "near",
        ClockState.RUNNING: "waiting",
        ClockState.DONE: "done",
    }[state]
