"""What the pupil reads about the own road."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from donghanh.domain.procedure import RoadStatus, Step

#: What the pupil reads about the step they stand at.
OWN_STEPS: dict[Step, Promise] = {
    Step.SOURCED: _(
        "Your school's Union will put you on its source list. You need do nothing for now."
    ),
    Step.INTRODUCED: _(
        "The Union's committee at your school will meet and vote on introducing you. You need do "
        "nothing for now."
    ),
    Step.PARENTS_HEARD: _(
        "The cell asks for your parents' opinion. Talk it over with them; the sheet they fill in "
        "comes from the school."
    ),
    Step.LISTED: _("The Party cell will put you on its list and choose a member to walk with you."),
    Step.CHALLENGED: _(
        "The cell gives you tasks, and the member who helps you goes through them with you."
    ),
    Step.SENT_TO_CLASS: _("The cell sends you to the class on the Party."),
    Step.TRAINED: _(
        "You will take the class on the Party. The school tells you the days; at the end you "
        "receive a certificate."
    ),
    Step.ASKED: _("The cell asks the committee above to let your papers begin."),
    Step.ALLOWED: _(
        "The Party committee looks at the cell's request to begin your papers. You need do nothing "
        "for now."
    ),
    Step.APPLIED: _(
        "It is time for your papers: you write an application and your personal history. The "
        "member who helps you explains each one."
    ),
    Step.VERIFICATION_SENT: _(
        "The cell asks the places where you and your family live to confirm your personal history."
    ),
    Step.VERIFIED: _(
        "The committees confirm your personal history with the places you named. You need do "
        "nothing for now."
    ),
    Step.VOUCHED: _(
        "The Union and the member who helps you write that they introduce you. You need do nothing "
        "for now."
    ),
    Step.OPINIONS: _(
        "The cell gathers what the organisations at school and the place you live at say. You need "
        "do nothing for now."
    ),
    Step.CELL_VOTED: _(
        "The cell will meet and vote. The school tells you the day; you need prepare nothing more."
    ),
    Step.APPRAISED: _("The sub-committee looks through the cell's resolution."),
    Step.BASE_VOTED: _("The grassroots committee will meet and vote on the cell's resolution."),
    Step.DECIDED: _("The committee above will decide. You need do nothing for now."),
    Step.ADMITTED: _("The decision is there. The cell will hold the ceremony and invite you."),
    Step.MEMBER_PAPERS: _(
        "You fill in a member's history and a member's card form. The cell gives you the forms."
    ),
    Step.NEW_MEMBER_CLASS: _(
        "You are on probation and take the class for new members. The school tells you the days; "
        "at the end you receive a certificate."
    ),
    Step.RECOGNITION_PAPERS: _(
        "You are on probation. Towards its end you write a self-review; the member who helps you "
        "and the organisations write theirs."
    ),
    Step.RECOGNITION_VOTED: _(
        "Your probation ends. The cell will meet and vote on recognising you as official member."
    ),
    Step.RECOGNITION_APPRAISED: _("The sub-committee looks through the cell's resolution."),
    Step.RECOGNITION_BASE_VOTED: _(
        "The grassroots committee will meet and vote on recognising you as official member."
    ),
    Step.RECOGNISED: _("The committee above will decide on recognising you as official member."),
    Step.CARDED: _("You are an official member. The cell hands you the member's card."),
}

#: What the pupil reads where the road does not go on; a title and what may follow.
OWN_ENDS: dict[RoadStatus, tuple[Promise, Promise]] = {
    RoadStatus.RECOGNISED: (
        _("You are an official member"),
        _("This road ends here. Well walked."),
    ),
    RoadStatus.UNLISTED: (
        _("You are no longer on the cell's list"),
        _(
            "The cell has taken you off its list of sympathisers. You may ask the cell's secretary "
            "or the member who helped you why, and what may come next."
        ),
    ),
    RoadStatus.DELETED: (
        _("Your probation has ended without recognition"),
        _(
            "The committee has taken you off the list of members. You may ask the cell's secretary "
            "why, and what you may do."
        ),
    ),
    RoadStatus.ANNULLED: (
        _("The decision on your admission was annulled"),
        _(
            "The committee has annulled the decision. You may ask the cell's secretary why, and "
            "what may come next."
        ),
    ),
}
