"""Labels and sentences of the room of dossiers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from donghanh.domain import rules
from donghanh.domain.authority import Role
from donghanh.domain.deadlines import ClockState
from donghanh.domain.eligibility import Verdict
from donghanh.domain.errors import RuleError
from donghanh.domain.procedure import RoadStatus, Step
from donghanh.domain.timeline import Citation
from donghanh.domain.voting import Base, Threshold
from donghanh.lib import days

ROAD_STATUSES: dict[RoadStatus, Promise] = {
    RoadStatus.NOT_STARTED: _("Not begun"),
    RoadStatus.WALKING: _("On the road"),
    RoadStatus.STOPPED: _("Closed"),
    RoadStatus.ADMITTED: _("On probation"),
    RoadStatus.RECOGNISED: _("Official member"),
}

DOERS: dict[Role, Promise] = {
    Role.UNION: _("The school's Union"),
    Role.SECRETARY: _("The school's Party cell"),
    Role.COMMITTEE: _("The Party committee above"),
}

CONDITIONS: dict[str, Promise] = {
    "age": _("Old enough when the cell considers"),
    "lower_secondary": _("Lower secondary diploma"),
    "union_member": _("Member of the Youth Union"),
    "certificate": _("Certificate of the awareness class, still valid"),
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

#: What the list can be narrowed to, by the word in its address.
STATES: dict[str, Promise] = {
    "tre": _("Past a last day"),
    "gan": _("Near a last day"),
    "vuong": _("Something is missing"),
    "du-bi": _("On probation"),
    "chinh-thuc": _("Official member"),
}

#: What the pupil reads about the step they stand at.
OWN_STEPS: dict[Step, Promise] = {
    Step.SOURCED: _(
        "Your school's Union will put you on its source list. You need do nothing for now."
    ),
    Step.INTRODUCED: _(
        "The Union's committee at your school will meet and vote on introducing you. You need do "
        "nothing for now."
    ),
    Step.LISTED: _("The Party cell will put you on its list and choose a member to walk with you."),
    Step.TRAINED: _(
        "You will take the class on the Party. The school tells you the days; at the end you "
        "receive a certificate."
    ),
    Step.ALLOWED: _(
        "The Party committee looks at the cell's request to begin your papers. You need do nothing "
        "for now."
    ),
    Step.PAPERS: _(
        "It is time for your papers: you write an application and your personal history. The "
        "member who helps you explains each one."
    ),
    Step.CELL_VOTED: _(
        "The cell will meet and vote. The school tells you the day; you need prepare nothing more."
    ),
    Step.BASE_VOTED: _("The grassroots committee will meet and vote on the cell's resolution."),
    Step.DECIDED: _("The committee above will decide. You need do nothing for now."),
    Step.ADMITTED: _("The decision is there. The cell will hold the ceremony and invite you."),
    Step.RECOGNITION_VOTED: _(
        "You are on probation. Towards its end you write a self-review, and the cell meets."
    ),
    Step.RECOGNISED: _("The committee above will decide on recognising you as official member."),
}

REFUSALS: dict[str, Promise] = {
    "dossiers.changed_meanwhile": _(
        "Somebody else has just recorded in this dossier, so yours was not kept. Look at the road "
        "again and send once more if your entry is still needed; what you typed stands below."
    ),
    "dossiers.not_your_step": _(
        "This step is done by another body, so nothing was recorded. It appears on their desk."
    ),
    "dossiers.reason_missing": _(
        "An act is declared invalid with a reason; nothing was changed. Write the reason and send "
        "again."
    ),
    "dossiers.already_open": _(
        "This pupil is already on the source list; the second entry changed nothing."
    ),
    "dossiers.helper_unknown": _(
        "The helper must hold a post in the school's cell on that day; nothing was recorded. "
        "Choose from the list again."
    ),
    "procedure.no_consent": _(
        "The pupil agreed on %(consented_on)s; nothing dated %(on)s, before that, may be recorded. "
        "Check the day."
    ),
    "procedure.stopped": _("This file is closed; nothing more may be recorded."),
    "procedure.in_future": _(
        "%(on)s has not come yet; an act is recorded once it has happened. Check the day."
    ),
    "procedure.received_before_decision": _(
        "The decision is dated %(on)s, so it cannot have been received on %(received_on)s. Check "
        "both days."
    ),
    "procedure.form_unknown": _(
        "The rulebook has no such paper for this dossier. Choose one of the list."
    ),
    "procedure.step_not_allowed": _(
        "The step before it has not been done: %(missing)s. Record that one first."
    ),
    "procedure.already_done": _(
        "This was recorded on %(on)s and still holds. If that entry is wrong, declare it invalid "
        "first."
    ),
    "procedure.before_previous": _(
        "%(on)s lies before the step “%(previous)s” of %(since)s. Check the day of the one and the "
        "other."
    ),
    "procedure.application_after_history": _(
        "The paper %(form)s of %(on)s may not be later than the paper %(other)s. Check both days."
    ),
    "procedure.papers_missing": _(
        "Papers this step needs are not there yet: %(forms)s. Record them first."
    ),
    "procedure.dossier_aged": _(
        "The dossier has been open too long without a resolution of the cell: it was good until "
        "%(last_day)s. Make these papers again and record them: %(forms)s."
    ),
    "procedure.too_young": _(
        "On %(on)s the pupil is not old enough; the cell may consider from %(from_day)s on. "
        "Nothing was recorded."
    ),
    "procedure.certificate_expired": _(
        "On %(on)s there is no valid certificate of the awareness class; the last one was good "
        "until %(last_day)s. The pupil has to take the class again."
    ),
    "procedure.condition_not_met": _(
        "On %(on)s a condition is not met: %(condition)s. The cell cannot consider the dossier yet."
    ),
    "procedure.too_early": _(
        "On %(on)s the probation is not over; this step may be done from %(earliest_on)s on."
    ),
    "procedure.vote_missing": _(
        "This step is a vote: write how many were convened, were present and voted."
    ),
    "procedure.votes_exhausted": _(
        "The vote has failed %(attempts)s times. The cell reports to the committee above, which "
        "decides."
    ),
    "procedure.graduated": _(
        "The decision on graduation took effect on %(graduated_on)s; from then on this step is "
        "done where the pupil lives, studies or works. Nothing was recorded here."
    ),
    "procedure.no_such_act": _("This dossier has no entry of that number. Look at the road again."),
    "procedure.already_voided": _("This entry has already been declared invalid."),
    "voting.negative_count": _("A count cannot be below nought. Check the numbers."),
    "voting.excluded_more_than_official": _(
        "%(excluded)s members are left out, but there are only %(official)s. Check the two numbers."
    ),
    "voting.convened_more_than_members": _(
        "%(convened)s were convened, but only %(members)s members may vote. Check the numbers."
    ),
    "voting.present_more_than_convened": _(
        "%(present)s were present, but only %(convened)s were convened. Check the two numbers."
    ),
    "voting.more_votes_than_members": _(
        "%(votes)s votes were counted, but only %(members)s members may vote. Count again."
    ),
    "voting.more_votes_than_present": _(
        "%(votes)s votes were counted, but only %(present)s members were present. Count again."
    ),
    "voting.nobody_may_vote": _("By these numbers nobody may vote. Check them."),
    "voting.too_few_members": _(
        "The cell has %(official)s official members; it needs %(needed)s to act. Such a cell "
        "cannot propose an admission; report to the committee above."
    ),
    "voting.bad_threshold": _(
        "The rulebook holds a share of votes that cannot be. Tell the administrator; nothing was "
        "recorded."
    ),
    "calendar.ends": _(
        "The calendar of days off does not reach far enough to count this last day. Tell the "
        "administrator to add the coming year."
    ),
    "calendar.gap": _(
        "The calendar of days off lacks a year between two others. Tell the administrator."
    ),
    "calendar.bad_school_year": _("This is not a school year. Write it as 2023-2024."),
    "timeline.not_in_force": _(
        "For this day the rulebook holds no rule of that kind, so nothing was recorded. Check the "
        "day; if it is right, tell the administrator."
    ),
    "timeline.two_values": _(
        "The rulebook holds two values for one day. Tell the administrator; nothing was recorded."
    ),
    "timeline.mixed_rules": _(
        "The rulebook mixes two rules. Tell the administrator; nothing was recorded."
    ),
    "rules.unknown_rule": _(
        "The rulebook does not know this rule. Tell the administrator; nothing was recorded."
    ),
    "rules.unknown_regime": _(
        "The rulebook does not know this set of rules. Choose another; nothing was recorded."
    ),
    "rules.wrong_kind": _(
        "The rulebook holds a value of the wrong kind. Tell the administrator; nothing was "
        "recorded."
    ),
    "authority.not_allowed": _(
        "Your post does not give this right here. Choose another of your posts, or ask the "
        "administrator."
    ),
}

#: For the awareness class where no certificate was ever recorded.
_NO_CERTIFICATE: Promise = _(
    "On %(on)s there is no certificate of the awareness class. Record the class first."
)
#: For a step the road of this case leaves out.
_NOT_FOR_THIS_CASE: Promise = _(
    "The road of this dossier does not pass through this step: the cell stands directly under the "
    "committee that decides."
)


def steps() -> list[tuple[str, str]]:
    """Return the choices of an act's step; their titles stand in the rulebook."""
    return [(step.value, step.value) for step in Step]


def step_title(step: Step) -> str:
    """Return a step's title as the rulebook has it."""
    return rules.load().step(step).title_vi


def paper_title(form: str, scopes: Iterable[str] = ()) -> str:
    """Return a paper's number and title, or the number alone when the rulebook lacks it."""
    rule = rules.load().form(form, tuple(scopes)) if scopes else rules.load().form(form)
    return form if rule is None else f"{rule.code} · {rule.title_vi}"


def refusal(error: RuleError) -> str:
    """
    Return what a person reads when a rule refuses: what, why, and what to do.

    Args:
        error: The refusal; its facts are written as people write them.

    Raises:
        KeyError: The refusal has no sentence here, or its sentence names a fact it lacks.
    """
    sentence = REFUSALS[error.code]
    if error.code == "procedure.certificate_expired" and error.facts.get("last_day") is None:
        sentence = _NO_CERTIFICATE
    if error.code == "procedure.step_not_allowed" and error.facts.get("missing") is None:
        sentence = _NOT_FOR_THIS_CASE
    return str(sentence) % _spelled(error.facts)


def _spelled(facts: Mapping[str, object]) -> dict[str, str]:
    return {name: _spell(name, value) for name, value in facts.items()}


def _spell(name: str, value: object) -> str:
    if isinstance(value, Step):
        return step_title(value)
    if isinstance(value, date):
        return days.day(value)
    if isinstance(value, tuple):
        return ", ".join(str(each) for each in value)
    if name == "condition":
        return str(CONDITIONS.get(str(value), value))
    return "—" if value is None else str(value)


def citation_label(cite: Citation) -> str:
    """Return a citation in short: the document's number and the place in it."""
    return _now("%(number)s, %(article)s") % _cited(cite) if cite.article else cite.number


def citation_full(cite: Citation) -> str:
    """Return a citation whole: number, issuer, day of signing and place."""
    if cite.article:
        return _now("%(number)s of %(issuer)s, signed on %(signed)s, %(article)s") % _cited(cite)
    return _now("%(number)s of %(issuer)s, signed on %(signed)s") % _cited(cite)


def _cited(cite: Citation) -> dict[str, str]:
    return {
        "number": cite.number,
        "issuer": cite.issuer,
        "signed": days.day(cite.signed_on),
        "article": cite.article,
    }


def threshold(share: Threshold) -> str:
    """Return the share a vote must reach, as a whole sentence."""
    sign = _now("More than") if share.strict else _now("At least")
    fraction = f"{share.numerator}/{share.denominator}"
    return str(BASES[share.base]) % {"sign": sign, "share": fraction}


def left(days: int) -> str:
    """Return how many days are left to a last day, or how many it is late."""
    if days < 0:
        return ngettext("%(n)s day late", "%(n)s days late", -days) % {"n": -days}
    if days == 0:
        return _now("today")
    return ngettext("%(n)s day left", "%(n)s days left", days) % {"n": days}


def shape(state: ClockState) -> str:
    """Return the shape a clock's state is drawn with."""
    return {
        ClockState.LATE: "late",
        ClockState.NEAR: "near",
        ClockState.RUNNING: "waiting",
        ClockState.DONE: "done",
    }[state]
