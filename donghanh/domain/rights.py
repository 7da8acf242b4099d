"""Which roles there are, what each may do, and which way it looks at pupils."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from donghanh.domain.looking import Way


class Role(StrEnum):
    """What a post makes of its holder."""

    #: Officer of the education department.
    OFFICER = "officer"
    #: Leader of the education department, who signs.
    LEADER = "leader"
    #: Secretary of a school's Party cell, or a member of its committee.
    SECRETARY = "secretary"
    #: Standing committee of a school Union.
    UNION = "union"
    #: Committee above a cell: base committee or competent committee.
    COMMITTEE = "committee"
    #: Organisation board of a committee above: reads what its committee reads, records nothing.
    BOARD = "board"
    #: Standing committee of a Union above schools.
    UPPER_UNION = "upper_union"
    #: Member who walks with some pupils, and sees those alone.
    HELPER = "helper"
    #: Secretary of the Union's chapter of a class.
    CLASS_UNION = "class_union"
    #: Leads a club of pupils.
    CLUB_LEADER = "club_leader"
    #: Political training centre, which holds the classes.
    TRAINING_CENTRE = "training_centre"
    #: A pupil who takes part by own choice.
    PUPIL = "pupil"
    #: Sets the system up; sees no pupil.
    ADMINISTRATOR = "administrator"
    #: Reads history and verifies it; sees no name of a pupil.
    AUDITOR = "auditor"


class Right(StrEnum):
    """What can be done; every action and every page asks for exactly one."""

    ISSUE_DIRECTIVES = "issue_directives"
    READ_DIRECTIVES = "read_directives"
    RECEIVE_DIRECTIVES = "receive_directives"
    SIGN_DIRECTIVES = "sign_directives"
    INVITE_PUPILS = "invite_pupils"
    READ_CASES = "read_cases"
    RECORD_ACTS = "record_acts"
    SET_FACTS = "set_facts"
    KEEP_CALENDAR = "keep_calendar"
    TAKE_LISTS = "take_lists"
    READ_FIGURES = "read_figures"
    #: Says what the school reports: states figures, links duties of all lines.
    SEND_REPORTS = "send_reports"
    #: Writes and sends the reports asked of the own body: a school's, its cell's, its Union's.
    WRITE_REPORTS = "write_reports"
    REVIEW_REPORTS = "review_reports"
    READ_OWN_FILE = "read_own_file"
    ANSWER_REQUESTS = "answer_requests"
    DECIDE_DUPLICATES = "decide_duplicates"
    READ_RULES = "read_rules"
    KEEP_RULES = "keep_rules"
    KEEP_STRUCTURE = "keep_structure"
    INVITE_MEMBERS = "invite_members"
    DELEGATE_SIGNING = "delegate_signing"
    OPEN_EMERGENCY = "open_emergency"
    HEAR_EMERGENCIES = "hear_emergencies"
    READ_HISTORY = "read_history"
    GIVE_CHALLENGES = "give_challenges"
    KEEP_MODELS = "keep_models"
    WRITE_NOTES = "write_notes"
    KEEP_CLUBS = "keep_clubs"
    READ_POOL = "read_pool"
    RATE_MEMBERS = "rate_members"
    READ_PAPERS = "read_papers"
    KEEP_PAPERS = "keep_papers"
    HOLD_CLASSES = "hold_classes"
    HAND_OVER = "hand_over"
    SHARE_TARGETS = "share_targets"
    READ_ACTIVITIES = "read_activities"
    HOLD_ACTIVITIES = "hold_activities"
    READ_PRACTICES = "read_practices"
    PROPOSE_PRACTICES = "propose_practices"
    RECOGNISE_PRACTICES = "recognise_practices"
    READ_CAMPAIGNS = "read_campaigns"
    RUN_CAMPAIGNS = "run_campaigns"
    JOIN_CAMPAIGNS = "join_campaigns"
    ANSWER_VOICES = "answer_voices"
    #: Sets insults aside and follows emergencies; sees no more of who wrote than anybody.
    MODERATE_VOICES = "moderate_voices"
    WRITE_NEWS = "write_news"
    #: Looks at what somebody else wrote, publishes, corrects, takes down.
    REVIEW_NEWS = "review_news"
    PUBLISH_FIGURES = "publish_figures"


_R = Right
#: A body in the middle of a line: it receives from above, and writes, signs and issues downwards.
_DIRECTS = (_R.ISSUE_DIRECTIVES, _R.READ_DIRECTIVES, _R.RECEIVE_DIRECTIVES, _R.SIGN_DIRECTIVES)

#: The whole of the rights, of every role.
RIGHTS: Mapping[Role, frozenset[Right]] = {
    Role.OFFICER: frozenset(
        {
            _R.ISSUE_DIRECTIVES,
            _R.READ_DIRECTIVES,
            _R.READ_FIGURES,
            _R.REVIEW_REPORTS,
            _R.READ_RULES,
            _R.SHARE_TARGETS,
            _R.READ_ACTIVITIES,
            _R.READ_PRACTICES,
            _R.READ_CAMPAIGNS,
            _R.HOLD_ACTIVITIES,
            _R.PROPOSE_PRACTICES,
            _R.RECOGNISE_PRACTICES,
            _R.ANSWER_VOICES,
            _R.MODERATE_VOICES,
            _R.WRITE_NEWS,
            _R.PUBLISH_FIGURES,
        }
    ),
    Role.LEADER: frozenset(
        {
            _R.READ_DIRECTIVES,
            _R.SIGN_DIRECTIVES,
            _R.READ_FIGURES,
            _R.REVIEW_REPORTS,
            _R.DELEGATE_SIGNING,
            _R.READ_RULES,
            _R.READ_ACTIVITIES,
            _R.READ_PRACTICES,
            _R.READ_CAMPAIGNS,
            _R.REVIEW_NEWS,
        }
    ),
    Role.SECRETARY: frozenset(
        {
            _R.RECEIVE_DIRECTIVES,
            _R.INVITE_PUPILS,
            _R.READ_CASES,
            _R.RECORD_ACTS,
            _R.SET_FACTS,
            _R.KEEP_CALENDAR,
            _R.DELEGATE_SIGNING,
            _R.TAKE_LISTS,
            _R.READ_FIGURES,
            _R.SEND_REPORTS,
            _R.WRITE_REPORTS,
            _R.HEAR_EMERGENCIES,
            _R.ANSWER_REQUESTS,
            _R.DECIDE_DUPLICATES,
            _R.READ_RULES,
            _R.GIVE_CHALLENGES,
            _R.KEEP_MODELS,
            _R.READ_POOL,
            _R.READ_PAPERS,
            _R.KEEP_PAPERS,
            _R.HOLD_CLASSES,
            _R.HAND_OVER,
            _R.READ_ACTIVITIES,
            _R.READ_PRACTICES,
            _R.READ_CAMPAIGNS,
            _R.HOLD_ACTIVITIES,
            _R.PROPOSE_PRACTICES,
            _R.ANSWER_VOICES,
            _R.MODERATE_VOICES,
            _R.WRITE_NEWS,
            _R.REVIEW_NEWS,
            _R.PUBLISH_FIGURES,
        }
    ),
    Role.UNION: frozenset(
        {
            _R.RECEIVE_DIRECTIVES,
            _R.INVITE_PUPILS,
            _R.READ_CASES,
            _R.RECORD_ACTS,
            _R.TAKE_LISTS,
            _R.READ_FIGURES,
            _R.WRITE_REPORTS,
            _R.ANSWER_REQUESTS,
            _R.READ_RULES,
            _R.GIVE_CHALLENGES,
            _R.KEEP_MODELS,
            _R.KEEP_CLUBS,
            _R.READ_POOL,
            _R.RATE_MEMBERS,
            _R.READ_ACTIVITIES,
            _R.READ_PRACTICES,
            _R.READ_CAMPAIGNS,
            _R.HOLD_ACTIVITIES,
            _R.PROPOSE_PRACTICES,
            _R.JOIN_CAMPAIGNS,
            _R.ANSWER_VOICES,
            _R.WRITE_NEWS,
        }
    ),
    Role.COMMITTEE: frozenset(
        {
            *_DIRECTS,
            _R.READ_CASES,
            _R.RECORD_ACTS,
            _R.SET_FACTS,
            _R.TAKE_LISTS,
            _R.READ_FIGURES,
            _R.REVIEW_REPORTS,
            _R.READ_RULES,
            _R.READ_PAPERS,
            _R.KEEP_PAPERS,
            _R.SHARE_TARGETS,
            _R.READ_ACTIVITIES,
            _R.READ_PRACTICES,
            _R.READ_CAMPAIGNS,
        }
    ),
    Role.BOARD: frozenset(
        {_R.READ_CASES, _R.OPEN_EMERGENCY, _R.READ_FIGURES, _R.READ_RULES, _R.READ_PAPERS}
    ),
    Role.UPPER_UNION: frozenset(
        {
            *_DIRECTS,
            _R.READ_FIGURES,
            _R.REVIEW_REPORTS,
            _R.READ_RULES,
            _R.SHARE_TARGETS,
            _R.READ_ACTIVITIES,
            _R.READ_PRACTICES,
            _R.READ_CAMPAIGNS,
            _R.HOLD_ACTIVITIES,
            _R.PROPOSE_PRACTICES,
            _R.RECOGNISE_PRACTICES,
            _R.RUN_CAMPAIGNS,
            _R.ANSWER_VOICES,
            _R.MODERATE_VOICES,
            _R.WRITE_NEWS,
            _R.REVIEW_NEWS,
            _R.PUBLISH_FIGURES,
        }
    ),
    Role.HELPER: frozenset(
        {
            _R.READ_CASES,
            _R.READ_RULES,
            _R.GIVE_CHALLENGES,
            _R.WRITE_NOTES,
            _R.READ_ACTIVITIES,
            _R.READ_PRACTICES,
            _R.READ_CAMPAIGNS,
        }
    ),
    Role.CLASS_UNION: frozenset({_R.READ_RULES}),
    Role.CLUB_LEADER: frozenset({_R.READ_RULES}),
    Role.TRAINING_CENTRE: frozenset({_R.READ_RULES}),
    Role.PUPIL: frozenset({_R.READ_OWN_FILE}),
    Role.ADMINISTRATOR: frozenset(
        {_R.READ_RULES, _R.KEEP_RULES, _R.KEEP_STRUCTURE, _R.INVITE_MEMBERS}
    ),
    Role.AUDITOR: frozenset({_R.READ_HISTORY, _R.READ_RULES}),
}

#: Which way each role looks at pupils; one that is not named does not look at all.
LOOKS: Mapping[Role, Way] = {
    Role.OFFICER: Way.EDUCATION,
    Role.LEADER: Way.EDUCATION,
    Role.SECRETARY: Way.CASES,
    Role.UNION: Way.CASES,
    Role.COMMITTEE: Way.CASES,
    Role.BOARD: Way.CASES,
    Role.UPPER_UNION: Way.COUNTS,
    Role.HELPER: Way.HELPER,
    Role.PUPIL: Way.PUPIL,
    Role.ADMINISTRATOR: Way.KEEPER,
}

#: The roles that sign in with a second factor: who reads or decides about pupils for a whole body,
#: issues for the department or an upper Union, keeps rules and accounts, or verifies what others
#: did.
SECOND_FACTOR = frozenset(
    {
        Role.OFFICER,
        Role.LEADER,
        Role.SECRETARY,
        Role.COMMITTEE,
        Role.BOARD,
        Role.UPPER_UNION,
        Role.ADMINISTRATOR,
        Role.AUDITOR,
    }
)

#: The roles that see a dossier only once a cell has put the pupil on its list.
FROM_THE_LIST = frozenset({Role.COMMITTEE, Role.BOARD})

#: Those who keep the system itself: when their unit ends they go on in the one that carries it on.
#: Of others the keeper says whether their posts go on there until they are appointed anew.
GO_ON = frozenset({Role.ADMINISTRATOR, Role.AUDITOR})
