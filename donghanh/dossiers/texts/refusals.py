"""What a person reads when a rule refuses: what happened, why, and what to do."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from donghanh.domain.errors import RuleError
from donghanh.domain.procedure import Step
from donghanh.domain.timeline import Entry
from donghanh.dossiers.texts import labels
from donghanh.lib import days

REFUSALS: dict[str, Promise] = {
    "dossiers.changed_meanwhile": _(
        "Somebody else has just recorded in this dossier, so yours was not kept. Look at the road "
        "again and send once more if your entry is still needed; what you typed stands below."
    ),
    "dossiers.item_refused": _(
        "One of these entries is refused, so none was recorded. Put that one right, or leave it "
        "out, and send again."
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
    "dossiers.branch_settled": _(
        "This can no longer be changed: %(fact)s. The step it decides has been done: %(step)s. If "
        "that step is wrong, declare it invalid first; nothing was changed."
    ),
    "dossiers.no_base_committee": _(
        "There is no base committee above this cell, so none can be delegated or divided. Nothing "
        "was changed."
    ),
    "dossiers.regime_reason_missing": _(
        "Another regime than the day's own is chosen with a reason; nothing was recorded. Write "
        "the reason and send again."
    ),
    "whereabouts.returned": _(
        "Your committee returned this dossier on %(on)s and has not got it again, so it decides "
        "nothing in it. Wait until the cell has mended it and sent it up again; nothing was "
        "recorded."
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
    "procedure.after_following": _(
        "%(on)s lies after the step “%(following)s” of %(since)s, before which this is asked for. "
        "Check the day; where it is right, declare that step invalid and record it again "
        "afterwards."
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
        "The vote has failed %(attempts)s times; the cell does not vote again. Record under other "
        "things that it was reported to the committee above, which decides."
    ),
    "procedure.graduated": _(
        "The decision on graduation took effect on %(graduated_on)s; from then on this step is "
        "done where the pupil lives, studies or works. Nothing was recorded here."
    ),
    "procedure.expired": _(
        "“%(expired)s” was good until %(last_day)s only, so “%(step)s” can no longer follow it. Do "
        "it again and record it first."
    ),
    "procedure.on_the_way": _(
        "The file left on %(since)s and the other side has not confirmed it, so nobody may record "
        "anything. Ask the receiving body to confirm it first."
    ),
    "procedure.road_ended": _(
        "This road has ended: %(status)s. Nothing may follow. If the entry that ended it is wrong, "
        "declare that entry invalid first."
    ),
    "procedure.must_be_annulled": _(
        "When the cell considered on %(on)s the pupil was not old enough, which is from "
        "%(from_day)s on. Nothing can mend that: the decision on admission has to be annulled."
    ),
    "procedure.turn_too_late": _(
        "This comes too late: “%(done)s” has been done, so “%(step)s” is no longer possible. "
        "Nothing was recorded."
    ),
    "procedure.votes_not_exhausted": _(
        "The vote has failed %(attempts)s times; it is reported to the committee above after "
        "%(needed)s times only. Let the cell vote again."
    ),
    "procedure.nothing_to_extend": _(
        "There is no last day of that kind to move, or %(until)s is not later than it. Choose one "
        "that is running, and a later day."
    ),
    "procedure.extension_too_long": _(
        "More time may be allowed until %(longest)s at most; %(until)s is later. Choose an earlier "
        "day."
    ),
    "procedure.contradiction": _(
        "“%(step)s” of %(on)s lies before “%(previous)s” of %(since)s; both cannot be. Check the "
        "two days."
    ),
    "procedure.regime_out_of_reach": _(
        "The regulation %(regime)s was not in force between the first entry and %(on)s. Choose one "
        "of these: %(reach)s."
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
    "voting.exclusions_disagree": _(
        "By reason %(told)s members are left out, but %(excluded)s in all. Check the numbers."
    ),
    "voting.exclusion_reason_missing": _(
        "%(excluded)s members are left out without a reason. Write how many for which reason."
    ),
    "voting.exclusion_not_allowed": _(
        "In this body members are not left out for this reason: %(reason)s. Count them among those "
        "who may vote."
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

#: For a certificate that runs out between two steps.
_CERTIFICATE_OVER: Promise = _(
    "The certificate of the awareness class was good until %(last_day)s. The pupil has to take the "
    "class again."
)
#: For the awareness class where no certificate was ever recorded.
_NO_CERTIFICATE: Promise = _(
    "On %(on)s there is no certificate of the awareness class. Record the class first."
)
#: For a step the road of this case leaves out.
_NOT_FOR_THIS_CASE: Promise = _(
    "The road of this dossier does not pass through this step. Look at the facts of the case: "
    "which committees stand above the cell, and who introduces."
)


#: Facts that are codes, with what people call them.
_KNOWN: dict[str, Mapping[str, Promise]] = {
    "condition": labels.CONDITIONS,
    "fact": labels.FACTS,
    "reason": {one.value: label for one, label in labels.EXCLUSIONS.items()},
    "status": {one.value: label for one, label in labels.ROAD_STATUSES.items()},
    "step": labels.DAYS_OF_A_PERSON,
    "previous": labels.DAYS_OF_A_PERSON,
}


def refusal(error: RuleError) -> str:
    """
    Return what a person reads when a rule refuses: what, why, and what to do.

    Args:
        error: The refusal; its facts are written as people write them.

    Raises:
        KeyError: The refusal has no sentence here, or its sentence names a fact it lacks.
    """
    sentence = REFUSALS[error.code]
    if error.code == "procedure.certificate_expired":
        sentence = _certificate(error.facts)
    if error.code == "procedure.step_not_allowed" and error.facts.get("missing") is None:
        sentence = _NOT_FOR_THIS_CASE
    return str(sentence) % _spelled(error.facts)


def _certificate(facts: Mapping[str, object]) -> Promise:
    if facts.get("last_day") is None:
        return _NO_CERTIFICATE
    over = facts.get("on") is None
    return _CERTIFICATE_OVER if over else REFUSALS["procedure.certificate_expired"]


def _spelled(facts: Mapping[str, object]) -> dict[str, str]:
    spelled = {name: _spell(name, value) for name, value in facts.items()}
    entry = facts.get("entry")
    return spelled | {"needed": str(entry.value)} if isinstance(entry, Entry) else spelled


def _spell(name: str, value: object) -> str:
    if isinstance(value, Step):
        return labels.step_title(value)
    if isinstance(value, date):
        return days.day(value)
    if isinstance(value, tuple):
        return ", ".join(str(each) for each in value)
    if name == "rule":
        return labels.rule_title(str(value))
    known = _KNOWN.get(name, {}).get(str(value))
    if known is not None:
        return str(known)
    return "—" if value is None else str(value)
