"""Who may do what, over which units: rights follow from the post a person holds on a day."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from donghanh.domain.errors import RuleError
from donghanh.domain.looking import Reach, Way
from donghanh.domain.rights import FROM_THE_LIST, LOOKS, RIGHTS, SECOND_FACTOR, Right, Role


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


#: Posts that stand beside a school and speak to the public in its name.
_OF_A_SCHOOL = frozenset({Role.SECRETARY, Role.UNION})


def home(actor: Actor) -> int:
    """
    Return the id of the unit in whose name a post tells the public something.

    A school's cell and its Union speak for the school; everybody else for the own unit.

    >>> post = Post(1, Role.UNION, 7, "doan", "Đoàn trường")
    >>> home(Actor(1, "A", post, frozenset({3})))
    3
    """
    if actor.post.role in _OF_A_SCHOOL and actor.schools:
        return min(actor.schools)
    return actor.post.unit_id


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
