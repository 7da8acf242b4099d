"""Sentences of the room of oversight."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from donghanh.domain.errors import RuleError
from donghanh.organisation import texts as organisation

REFUSALS: dict[str, Promise] = organisation.REFUSALS | {
    "oversight.reason_missing": _(
        "Nothing was opened: say why the dossiers must be read now, then send it again."
    ),
    "oversight.reason_too_long": _(
        "Nothing was opened: the reason may have %(longest)s signs at most. Shorten it, then send "
        "it again."
    ),
    "oversight.password_wrong": _(
        "Nothing was opened: the password is not right. Type the password you sign in with."
    ),
    "oversight.already_running": _(
        "Nothing was opened: another opening of yours still runs. End it first, or wait until it "
        "ends by itself."
    ),
    "oversight.not_to_be_opened": _(
        "Nothing was opened: there is no such dossier to be opened at this school. Check the "
        "number, or leave it blank to open the school."
    ),
}


def refusal(error: RuleError) -> str:
    """
    Return what a person reads when an opening is refused.

    Raises:
        KeyError: The refusal has no sentence here.
    """
    return str(REFUSALS[error.code]) % error.facts


#: What was done, as an auditor reads it; every action of the product has its name here.
ACTIONS: dict[str, Promise] = {
    "accompaniment.challenge_answered": _("Challenge answered"),
    "accompaniment.challenges_given": _("Challenge given to pupils"),
    "accompaniment.club_founded": _("Club founded"),
    "accompaniment.comment_written": _("Periodic comment written"),
    "accompaniment.meeting_kept": _("Meeting of a club kept"),
    "accompaniment.members_invited": _("Pupils invited to a club"),
    "accompaniment.model_kept": _("Challenge kept in the library"),
    "accompaniment.note_written": _("Note of the road written"),
    "accompaniment.pupil_acted": _("Pupil did something on the own page"),
    "accounts.access_renewed": _("Account let in anew"),
    "accounts.account_closed": _("Account closed"),
    "accounts.factor_added": _("Second factor added"),
    "accounts.factor_removed": _("Second factor removed"),
    "accounts.invitation_accepted": _("Invitation to an account accepted"),
    "accounts.invitation_withdrawn": _("Invitation to an account withdrawn"),
    "accounts.member_invited": _("Member invited to an account"),
    "accounts.other_sessions_ended": _("All other sessions ended"),
    "accounts.password_changed": _("Password changed"),
    "accounts.password_reset": _("Password set anew by e-mail"),
    "accounts.recovery_codes_made": _("Recovery codes made anew"),
    "accounts.session_ended": _("Session ended"),
    "accounts.signed_in_through_provider": _("Signed in through the unit's own provider"),
    "activities.called_off": _("Activity called off"),
    "activities.changed": _("Activity changed"),
    "activities.check_in_closed": _("Checking in at an activity closed"),
    "activities.check_in_opened": _("Checking in at an activity opened"),
    "activities.looked_back": _("What was learnt of an activity kept"),
    "activities.number_stated": _("Number taking part in an activity stated"),
    "activities.photo_kept": _("Photo of an activity kept"),
    "activities.photo_removed": _("Photo of an activity taken away"),
    "activities.planned": _("Activity planned"),
    "activities.pupil_acted": _("Pupil did something on the own page"),
    "amendments.kept": _("Rules amended"),
    "amendments.withdrawn": _("Amendment of the rules withdrawn"),
    "campaigns.called_off": _("Campaign called off"),
    "campaigns.declined": _("Campaign declined by a school"),
    "campaigns.drafted": _("Campaign drafted"),
    "campaigns.ended": _("Campaign ended and evaluated"),
    "campaigns.evaluated": _("Campaign evaluated by a school"),
    "campaigns.figures_stated": _("Figures of a campaign given"),
    "campaigns.joined": _("Campaign joined by a school"),
    "campaigns.mended": _("Campaign changed"),
    "campaigns.opened": _("Campaign opened"),
    "campaigns.opened_to_more": _("Campaign opened to more schools"),
    "campaigns.year_closed": _("School year of a campaign closed"),
    "classes.opened": _("Class noted"),
    "classes.results_recorded": _("Results of a class recorded"),
    "classes.seated": _("Pupils put on the list of a class"),
    "classes.unseated": _("Pupil taken off the list of a class"),
    "directives.acknowledged": _("Letter acknowledged"),
    "directives.draft_discarded": _("Draft of a directive discarded"),
    "directives.draft_sent_back": _("Draft of a directive sent back"),
    "directives.draft_signed": _("Draft of a directive signed"),
    "directives.draft_submitted": _("Draft of a directive submitted for signature"),
    "directives.draft_written": _("Draft of a directive written"),
    "directives.duties_linked": _("Duties linked, to be answered once"),
    "directives.duties_parted": _("Linked duties taken apart"),
    "directives.ending_seen": _("Recall or supersession seen by a unit"),
    "directives.issued": _("Letter issued"),
    "directives.letter_kept": _("Letter kept"),
    "directives.opened": _("Letter opened by its recipient"),
    "directives.number_taken": _("Number of a paper given"),
    "directives.number_voided": _("Number of a paper voided"),
    "directives.plan_sent": _("Plan of a unit noted"),
    "directives.reading_corrected": _("Reading of a letter corrected"),
    "directives.recalled": _("Directive recalled"),
    "directives.reminded": _("Units reminded of a letter"),
    "directives.superseded": _("Directive superseded"),
    "directives.task_answered": _("Duty of a directive answered"),
    "directives.text_added": _("Text added to the library"),
    "directives.year_opened": _("Yearly duties opened for another school year"),
    "dossiers.act_recorded": _("Step recorded"),
    "dossiers.act_voided": _("Step declared invalid"),
    "dossiers.facts_set": _("Facts of a dossier set"),
    "dossiers.list_exported": _("List of pupils taken away"),
    "dossiers.list_seen": _("List of pupils seen"),
    "dossiers.read": _("Dossier opened"),
    "practices.mended": _("Practice mended"),
    "practices.proposed": _("Practice proposed"),
    "practices.recognised": _("Practice recognised"),
    "practices.recommended": _("Practice recommended"),
    "practices.result_stated": _("Result of a practice stated"),
    "practices.returned": _("Practice returned"),
    "practices.taken_over": _("Practice taken over"),
    "practices.withdrawn": _("Practice withdrawn"),
    "targets.shared_out": _("Targets shared out"),
    "forecast.leaving_expected": _("Expected day of graduation kept"),
    "indicators.entered": _("Figures of a school entered"),
    "promotion.moved_up": _("Pupils moved up into the classes of a school year"),
    "promotion.undone": _("Moving up undone"),
    "duplicates.put_aside": _("Record of a pupil put aside for another"),
    "duplicates.told_apart": _("Two records told apart"),
    "duplicates.undone": _("Decision about two records undone"),
    "handover.agreed": _("Pupil agreed to a hand-over"),
    "handover.asked": _("Pupil asked about a hand-over"),
    "handover.called_back": _("Hand-over taken back"),
    "handover.link_renewed": _("Link to a hand-over made anew"),
    "handover.opened_by_link": _("Hand-over opened by its link"),
    "handover.received": _("Hand-over received"),
    "handover.received_by_link": _("Hand-over received by its link"),
    "handover.refused": _("Pupil did not agree to a hand-over"),
    "handover.sent": _("File handed over"),
    "history.migrated": _("Tables changed by an upgrade"),
    "meetings.attendance_told": _("Attendance of a meeting told"),
    "meetings.cancelled": _("Meeting cancelled"),
    "meetings.closed": _("Meeting closed"),
    "meetings.item_dropped": _("Pupil taken off an agenda"),
    "meetings.items_added": _("Pupils put on an agenda"),
    "meetings.planned": _("Meeting planned"),
    "news.answered": _("Pupil answered on the own page"),
    "news.approved": _("Article reviewed"),
    "news.asked": _("Pupil asked to be named in an article"),
    "news.begun": _("Article begun"),
    "news.cleared": _("Name in an article said to be somebody else's"),
    "news.correction_waits": _("Correction of an article kept, waiting for agreements"),
    "news.corrected": _("Published article corrected"),
    "news.handed_in": _("Article handed in"),
    "news.held": _("Planned article not published: not everything was settled"),
    "news.parents_heard": _("Parents' agreement to a publication noted"),
    "news.picture_answered": _("Said whether a pupil is recognisable on a picture"),
    "news.picture_asked": _("Pupil asked to be shown on a picture of an article"),
    "news.picture_described": _("Words of a picture of an article changed"),
    "news.pictured": _("Picture added to an article"),
    "news.planned": _("Publication of an article planned"),
    "news.published": _("Article published"),
    "news.saved": _("Article saved"),
    "news.sent_back": _("Article given back"),
    "news.taken_down": _("Article taken down"),
    "openfigures.published": _("Figures made public"),
    "openfigures.withdrawn": _("Public figures taken back"),
    "organisation.post_given": _("Post given"),
    "organisation.signing_delegated": _("Signing delegated"),
    "organisation.signing_ended": _("Delegation of signing ended"),
    "organisation.unit_created": _("Unit made"),
    "organisation.units_linked": _("Unit put under another"),
    "oversight.ended": _("Opening in an emergency ended"),
    "oversight.history_verified": _("End of history verified"),
    "oversight.notice_seen": _("Notice of an emergency confirmed"),
    "oversight.opened": _("Dossiers opened in an emergency"),
    "ownfile.acknowledged": _("Request of a pupil acknowledged"),
    "ownfile.answered": _("Request of a pupil answered"),
    "ownfile.asked": _("Request made by a pupil"),
    "ownfile.copy_taken": _("Copy of the own file taken by the pupil"),
    "ownfile.erased": _("Pupil who had stopped erased"),
    "ownfile.extended": _("More time taken for a request of a pupil"),
    "ownfile.taken_back": _("Request taken back by the pupil"),
    "ownfile.went_on": _("Work that rested goes on, as the pupil said"),
    "people.agreed_again": _("Pupil agreed to a newer wording"),
    "people.code_renewed": _("New code made for a lost slip"),
    "papers.letter_answered": _("Letter about a dossier answered"),
    "papers.letter_sent": _("Letter about a dossier sent"),
    "papers.noted": _("Paper of a dossier noted"),
    "papers.received": _("Dossier received by a committee"),
    "papers.returned": _("Dossier returned by a committee"),
    "papers.sent": _("Dossier sent up"),
    "people.consent_given": _("Pupil agreed to take part"),
    "people.consent_withdrawn": _("Pupil stopped taking part"),
    "people.mail_forgotten": _("Pupil keeps an own address no longer"),
    "people.mail_kept": _("Pupil keeps an own address"),
    "people.names_forgotten": _("Names on invitations forgotten that were over"),
    "people.opened_by_mail": _("Pupil opened the own page by mail"),
    "people.pupil_invited": _("Pupil invited"),
    "pictures.described": _("Words of a picture changed"),
    "pictures.taken_down": _("Picture taken down"),
    "pictures.uploaded": _("Picture kept"),
    "pool.rated": _("Member of the Union rated"),
    "pool.rating_corrected": _("Rating of a member corrected"),
    "reorganisation.carried_out": _("Units reorganised"),
    "reorganisation.cases_received": _("Dossiers received after a reorganisation"),
    "reorganisation.undone": _("Reorganisation undone"),
    "reports.accepted": _("Report accepted"),
    "reports.amended": _("Amendment of a report begun"),
    "reports.amendment_dropped": _("Amendment of a report dropped"),
    "reports.checks_answered": _("Warnings of a report answered"),
    "reports.figure_changed": _("Figure of a report changed by hand"),
    "reports.year_closed": _("School year closed"),
    "reports.year_opened": _("Closed school year opened for one unit"),
    "reports.consolidated": _("Consolidated report made"),
    "reports.opened": _("Report begun"),
    "reports.returned": _("Report returned"),
    "reports.sent": _("Report sent"),
    "reports.written": _("Report written"),
    "voices.alarmed": _("Voice marked as an emergency"),
    "voices.answered": _("Voice answered"),
    "voices.flagged": _("Voice shown to the moderators above"),
    "voices.forgotten": _("Words of voices that are over deleted"),
    "voices.noted": _("Voice kept as read"),
    "voices.promised": _("Promise of an answer set"),
    "voices.publication_proposed": _("Public answer written"),
    "voices.publication_withdrawn": _("Public answer taken back"),
    "voices.published": _("Answer made public"),
    "voices.set_aside": _("Voice set aside"),
}
SUBJECTS: dict[str, Promise] = {
    "account": _("Account no. %(number)s"),
    "account_invitation": _("Invitation to an account no. %(number)s"),
    "amendment": _("Amendment no. %(number)s"),
    "challenge_model": _("Challenge of the library no. %(number)s"),
    "club": _("Club no. %(number)s"),
    "consolidation": _("Consolidated report no. %(number)s"),
    "course": _("Class no. %(number)s"),
    "directive": _("Letter no. %(number)s"),
    "dossier": _("Dossier no. %(number)s"),
    "campaign": _("Campaign no. %(number)s"),
    "joining": _("School in a campaign, no. %(number)s"),
    "practice": _("Practice no. %(number)s"),
    "history": _("History, %(number)s lines"),
    "invitation": _("Invitation no. %(number)s"),
    "meeting": _("Meeting no. %(number)s"),
    "person": _("Pupil no. %(number)s"),
    "reorganisation": _("Reorganisation no. %(number)s"),
    "report": _("Report no. %(number)s"),
    "request": _("Request of a pupil no. %(number)s"),
    "unit": _("Unit no. %(number)s"),
    "voice": _("voice %(number)s"),
}


def action(code: str) -> str:
    """Return what was done, by its name; of a line of a later version the code itself."""
    return str(ACTIONS.get(code, code))


def subject(kind: str, number: int) -> str:
    """Return what it was done to, by its name and number."""
    known = SUBJECTS.get(kind)
    return f"{kind} {number}" if known is None else str(known) % {"number": number}


def by_link() -> str:
    """Return what stands in the place of who acted where a link was used."""
    return gettext("Whoever holds the link")


def nobody() -> str:
    """Return what stands in the place of who acted where an upgrade did."""
    return gettext("The upgrade itself")


def holds(lines: int) -> str:
    """Return what is said when the last lines of history hold."""
    told = ngettext(
        "The last %(n)s line read: the chain holds there.",
        "The last %(n)s lines read: the chain holds there.",
        lines,
    )
    return told % {"n": lines}


def broken(line: int) -> str:
    """Return what is said when a line of history does not hold."""
    told = gettext(
        "The chain does not hold at place %(n)s: the line there, or one before it, was changed or "
        "taken out. Tell whoever runs the machine, and compare with the last backup."
    )
    return told % {"n": line}
