"""Who may do what, over which units: rights follow from the post a person holds on a day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from donghanh.domain.errors import RuleError
from donghanh.domain.looking import Reach, Way


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
        }
    ),
    Role.BOARD: frozenset(
        {_R.READ_CASES, _R.OPEN_EMERGENCY, _R.READ_FIGURES, _R.READ_RULES, _R.READ_PAPERS}
    ),
    Role.UPPER_UNION: frozenset(
        {*_DIRECTS, _R.READ_FIGURES, _R.REVIEW_REPORTS, _R.READ_RULES, _R.SHARE_TARGETS}
    ),
    Role.HELPER: frozenset({_R.READ_CASES, _R.READ_RULES, _R.GIVE_CHALLENGES, _R.WRITE_NOTES}),
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


class NotAllowed(RuleError):
    """The post does not give this right, or not over this unit."""

    code: ClassVar[str] = "authority.not_allowed"


@dataclass(frozen=True, slots=True)
class Post:
    """A duty held in a unit on the day that is asked about."""

    id: int
    role: Role
    unit_id: int
    unit_code: str
    unit_name: str


class Capacity(StrEnum):
    """As what somebody acts who acts through no post."""

    #: Holds an account, and acts about that account alone.
    HOLDER = "holder"
    #: Whoever a link was handed to; history names the account that handed it out.
    LINK = "link"


@dataclass(frozen=True, slots=True)
class OwnName:
    """Stands where a post stands for who acts in the own name: it names no unit."""

    role: Capacity = Capacity.HOLDER
    unit_code: str = ""


@dataclass(frozen=True, slots=True)
class AccountHolder:
    """
    Who acts about the own account, with or without a post: history names the person alone.

    Gives no right and reaches nothing; only what concerns the own account is recorded so.
    """

    user_id: int
    name: str
    post: OwnName = field(default_factory=OwnName)


@dataclass(frozen=True, slots=True)
class Opening:
    """
    What somebody opened in an emergency: a school's dossiers, or one of them.

    Attributes:
        id: Its number.
        school_id: The school.
        dossier_id: The one dossier; ``None`` for all of the school.
        until: The instant it ends by itself (aware, UTC).
    """

    id: int
    school_id: int
    dossier_id: int | None
    until: datetime


@dataclass(frozen=True, slots=True)
class Actor:
    """
    Who acts: one person, through one post, with what that post reaches on that day.

    ``schools`` are the ids of the schools in reach: for a department those it manages, for a cell
    or a school Union the one where it works, for a committee or its board those whose cells it
    directs or decides for. A pupil, an administrator, an auditor reach none. ``decides_for`` are
    those among them for whose cell the post's unit is the competent committee. ``emergency`` is
    what the post opened beyond that for the hour; it is read, never written in. ``carries`` are the
    units that a body carries on, with the reports and meetings of theirs.
    """

    user_id: int
    name: str
    post: Post
    schools: frozenset[int] = field(default_factory=frozenset)
    decides_for: frozenset[int] = field(default_factory=frozenset)
    emergency: Opening | None = None
    carries: frozenset[int] = field(default_factory=frozenset)

    @property
    def units(self) -> frozenset[int]:
        """Return the ids of the post's unit and of those it carries on."""
        return self.carries.union((self.post.unit_id,))

    @property
    def sees(self) -> frozenset[int]:
        """Return the ids of the schools in reach, with the one opened in an emergency."""
        opened = () if self.emergency is None else (self.emergency.school_id,)
        return self.schools.union(opened)

    @property
    def reach(self) -> Reach:
        """Return which way the post looks at pupils, and how far, for the database's own wall."""
        way, opening = LOOKS.get(self.post.role, Way.PLAIN), self.emergency
        return Reach(
            way=way if opening is None else Way.EMERGENCY,
            schools=self.schools,
            early=self.post.role not in FROM_THE_LIST,
            unit=self.post.unit_id,
            account=self.user_id,
            opened=None if opening is None else opening.school_id,
            case=None if opening is None else opening.dossier_id,
        )

    def may(self, right: Right) -> bool:
        """
        Tell whether the post gives a right.

        >>> clerk = Post(1, Role.ADMINISTRATOR, 1, "qt", "Quản trị")
        >>> Actor(1, "A", clerk).may(Right.READ_CASES)
        False
        """
        return right in RIGHTS[self.post.role]


def needs_second_factor(role: Role) -> bool:
    """
    Tell whether who acts through such a post must have signed in with a second factor.

    >>> needs_second_factor(Role.AUDITOR), needs_second_factor(Role.PUPIL)
    (True, False)
    """
    return role in SECOND_FACTOR


def require(actor: Actor, right: Right, *, school_id: int | None = None) -> None:
    """
    Refuse unless the actor's post gives a right, and reaches the school when one is named.

    Args:
        actor: Who acts.
        right: What is about to be done.
        school_id: The school it is done for; ``None`` where no school is concerned.

    Raises:
        NotAllowed: The right is not given, or the school is out of reach.
    """
    if not actor.may(right) or (school_id is not None and school_id not in actor.schools):
        raise NotAllowed(right=right.value, role=actor.post.role.value)
