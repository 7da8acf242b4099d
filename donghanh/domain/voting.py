"""Counts, denominators, thresholds: exact integers, absent members count against."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from donghanh.domain.errors import RuleError
from donghanh.domain.timeline import Entry


class NegativeCount(RuleError):
    """A count below zero was given."""

    code: ClassVar[str] = "voting.negative_count"


class ExcludedMoreThanOfficial(RuleError):
    """More members are left out of the base than there are."""

    code: ClassVar[str] = "voting.excluded_more_than_official"


class ConvenedMoreThanMembers(RuleError):
    """More members were convened than remain after those left out."""

    code: ClassVar[str] = "voting.convened_more_than_members"


class PresentMoreThanConvened(RuleError):
    """More members were present than were convened."""

    code: ClassVar[str] = "voting.present_more_than_convened"


class MoreVotesThanMembers(RuleError):
    """More votes were counted than there are members who may vote."""

    code: ClassVar[str] = "voting.more_votes_than_members"


class MoreVotesThanPresent(RuleError):
    """More votes were counted than members were present."""

    code: ClassVar[str] = "voting.more_votes_than_present"


class NobodyMayVote(RuleError):
    """The base of the vote is zero."""

    code: ClassVar[str] = "voting.nobody_may_vote"


class TooFewMembers(RuleError):
    """The body has fewer official members than it needs to act."""

    code: ClassVar[str] = "voting.too_few_members"


class BadThreshold(RuleError):
    """A threshold is not a fraction between zero and one."""

    code: ClassVar[str] = "voting.bad_threshold"


class ExclusionsDisagree(RuleError):
    """The members left out by reason do not add up to the number left out."""

    code: ClassVar[str] = "voting.exclusions_disagree"


class ExclusionReasonMissing(RuleError):
    """Members are left out of the base without saying why."""

    code: ClassVar[str] = "voting.exclusion_reason_missing"


class ExclusionNotAllowed(RuleError):
    """The rules do not leave members out for that reason."""

    code: ClassVar[str] = "voting.exclusion_not_allowed"


class Exclusion(StrEnum):
    """Why a member is left out of the base of a vote."""

    AWAY = "away"  # on temporary transfer elsewhere
    EXEMPT = "exempt"  # exempted from meetings, and absent
    SUSPENDED = "suspended"
    PROSECUTED = "prosecuted"  # prosecuted or detained


class Base(StrEnum):
    """Of which members a share is taken."""

    OFFICIAL_CONVENED = "official_convened"  # all official members less those the rule leaves out
    IN_POST = "in_post"  # members of a committee in post less those the rule leaves out
    CONVENED = "convened"  # those convened to this meeting
    PRESENT = "present"  # those in the room


#: The counts of a tally, in the order people give them.
COUNTS = ("official", "excluded", "convened", "present", "favour", "against", "invalid")


@dataclass(frozen=True, slots=True)
class Tally:
    """
    The counts of one vote on one person; how anyone voted is never kept.

    Attributes:
        official: Members of the body with the right to vote (official members, or in post).
        excluded: Members the rule leaves out of the base, in all.
        convened: Members called to the meeting; at most ``official - excluded``.
        present: Members who came.
        favour: Votes in favour.
        against: Votes against.
        invalid: Invalid votes. Whoever is present may also not vote at all.
        excluded_by: How many are left out for each reason; the sum is ``excluded``.
    """

    official: int
    excluded: int
    convened: int
    present: int
    favour: int
    against: int
    invalid: int
    excluded_by: tuple[tuple[Exclusion, int], ...] = ()

    @property
    def members(self) -> int:
        """Members in the base: official less excluded."""
        return self.official - self.excluded

    @property
    def cast(self) -> int:
        """Votes counted, of every kind."""
        return self.favour + self.against + self.invalid

    def check(self) -> None:
        """
        Refuse counts that cannot be.

        Raises:
            NegativeCount, ExcludedMoreThanOfficial, ConvenedMoreThanMembers,
            PresentMoreThanConvened, MoreVotesThanMembers, MoreVotesThanPresent,
            ExclusionsDisagree: What is wrong.

        >>> try:
        ...     Tally(9, 0, 9, 8, 9, 0, 0).check()
        ... except RuleError as refusal:
        ...     refusal.code
        'voting.more_votes_than_present'
        """
        self._check_numbers()
        if self.excluded > self.official:
            raise ExcludedMoreThanOfficial(excluded=self.excluded, official=self.official)
        if self.convened > self.members:
            raise ConvenedMoreThanMembers(convened=self.convened, members=self.members)
        if self.present > self.convened:
            raise PresentMoreThanConvened(present=self.present, convened=self.convened)
        if self.cast > self.members:
            raise MoreVotesThanMembers(votes=self.cast, members=self.members)
        if self.cast > self.present:
            raise MoreVotesThanPresent(votes=self.cast, present=self.present)

    def _check_numbers(self) -> None:
        counts = [(name, getattr(self, name)) for name in COUNTS]
        counts += [(reason.value, number) for reason, number in self.excluded_by]
        for field, value in counts:
            if value < 0:
                raise NegativeCount(field=field, value=value)
        told = sum(number for _, number in self.excluded_by)
        if self.excluded_by and told != self.excluded:
            raise ExclusionsDisagree(told=told, excluded=self.excluded)


@dataclass(frozen=True, slots=True)
class Threshold:
    """
    A share of a base that must be in favour.

    Attributes:
        numerator: Of the fraction.
        denominator: Of the fraction; above zero.
        strict: True for "more than", False for "at least".
        base: Whose share.
    """

    numerator: int
    denominator: int
    strict: bool
    base: Base

    def __post_init__(self) -> None:
        """Refuse a share that is not between zero and one."""
        if not 0 < self.numerator <= self.denominator:
            raise BadThreshold(numerator=self.numerator, denominator=self.denominator)

    def __str__(self) -> str:
        """Write the share, its sign and its base: ``>= 2/3 official_convened``."""
        sign = ">" if self.strict else ">="
        return f"{sign} {self.numerator}/{self.denominator} {self.base.value}"

    def of(self, tally: Tally) -> int:
        """Return the number of members the share is taken of."""
        return {
            Base.OFFICIAL_CONVENED: tally.members,
            Base.IN_POST: tally.members,
            Base.CONVENED: tally.convened,
            Base.PRESENT: tally.present,
        }[self.base]

    def needed(self, base: int) -> int:
        """
        Return the smallest number of votes in favour that passes.

        Args:
            base: Members the share is taken of.

        >>> Threshold(2, 3, False, Base.OFFICIAL_CONVENED).needed(10)
        7
        >>> Threshold(1, 2, True, Base.CONVENED).needed(10)
        6
        """
        share = self.numerator * base
        if self.strict:
            return share // self.denominator + 1
        return -(-share // self.denominator)


@dataclass(frozen=True, slots=True)
class Outcome:
    """
    The result of a vote.

    Attributes:
        passed: Whether the threshold was reached.
        needed: Smallest number in favour that would have passed.
        base: Members the share was taken of.
        favour: Votes in favour.
        threshold: The share asked for.
    """

    passed: bool
    needed: int
    base: int
    favour: int
    threshold: Threshold


def check_exclusions(tally: Tally, allowed: Entry[tuple[str, ...]]) -> None:
    """
    Refuse members left out of the base without a reason the rules know.

    Args:
        tally: The counts.
        allowed: The reasons in force on the governing day.

    Raises:
        ExclusionReasonMissing: Somebody is left out, and no reason is told.
        ExclusionNotAllowed: The reason is none of this body's.

    Source:
        rulebook/voting.toml
    """
    if tally.excluded and not tally.excluded_by:
        raise ExclusionReasonMissing(excluded=tally.excluded, entry=allowed)
    for reason, number in tally.excluded_by:
        if number and reason.value not in allowed.value:
            raise ExclusionNotAllowed(reason=reason.value, excluded=number, entry=allowed)


def judge(tally: Tally, entry: Entry[Threshold], minimum: Entry[int] | None = None) -> Outcome:
    """
    Return whether a vote passed, by the exact fraction of its base.

    Args:
        tally: The counts; absent members are in the base and so count against.
        entry: The threshold in force on the governing day.
        minimum: Official members the body needs to act, when there is such a rule.

    Raises:
        RuleError: The counts cannot be (see ``Tally.check``).
        TooFewMembers: The body is too small to act.
        NobodyMayVote: The base is zero.

    Source:
        rulebook/voting.toml

    >>> from datetime import date
    >>> from donghanh.domain.timeline import Citation, Confidence
    >>> cite = Citation("ĐCSVN", "Điều lệ Đảng", date(2011, 1, 19), "4.3", Confidence.V)
    >>> share = Threshold(2, 3, False, Base.OFFICIAL_CONVENED)
    >>> entry = Entry("cell_vote", share, date(2021, 7, 30), "central", cite, "R1")
    >>> outcome = judge(Tally(11, 1, 10, 8, 6, 2, 0), entry)
    >>> outcome.passed, outcome.needed, outcome.base
    (False, 7, 10)
    """
    tally.check()
    if minimum is not None and tally.official < minimum.value:
        raise TooFewMembers(official=tally.official, needed=minimum.value, entry=minimum)
    base = entry.value.of(tally)
    if base == 0:
        raise NobodyMayVote(official=tally.official, excluded=tally.excluded, entry=entry)
    needed = entry.value.needed(base)
    return Outcome(tally.favour >= needed, needed, base, tally.favour, entry.value)
