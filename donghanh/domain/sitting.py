"""A meeting of one body about several people: what it decides, and what was said of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from donghanh.domain.acts import Step
from donghanh.domain.book import Rulebook
from donghanh.domain.errors import RuleError
from donghanh.domain.matrix import doers_of
from donghanh.domain.rights import Role
from donghanh.domain.voting import Exclusion, Tally

#: What the sheet of a decision of a body is called, whatever place prints it.
_DECISIONS = ("Nghị quyết", "Quyết định")
#: No body of this field has more members; ours, not a rule's.
MOST_MEMBERS = 2000
#: Most people on one agenda; ours, not a rule's.
MOST_ITEMS = 200
#: How a field is called that says how many are left out for one reason.
LEFT_OUT = "left_out_%s"
#: By which share the chapter of a class nominates.
NOMINATION = "vote.class_union"


class Body(StrEnum):
    """Bodies that meet about people on the road."""

    CLASS_CHAPTER = "class_chapter"
    UNION_COMMITTEE = "union_committee"
    CELL = "cell"
    COMMITTEE = "committee"


#: As which role each body's acts are recorded. The school's Union writes for the chapters of the
#: classes: a secretary of such a chapter sees no pupil's file.
ROLE_OF: Mapping[Body, Role] = {
    Body.CLASS_CHAPTER: Role.UNION,
    Body.UNION_COMMITTEE: Role.UNION,
    Body.CELL: Role.SECRETARY,
    Body.COMMITTEE: Role.COMMITTEE,
}


class CountMissing(RuleError):
    """Nothing was counted of a vote, or not everything."""

    code: ClassVar[str] = "sitting.count_missing"


class BadCount(RuleError):
    """What stands where a number belongs is none."""

    code: ClassVar[str] = "sitting.bad_count"


class ExclusionDisputed(RuleError):
    """It is disputed who is left out of the base, so there is no vote until that is settled."""

    code: ClassVar[str] = "sitting.exclusion_disputed"


class ResultMissing(RuleError):
    """It was not said whether the body agreed, where no share decides that."""

    code: ClassVar[str] = "sitting.result_missing"


class HelperMissing(RuleError):
    """A helper has to be named and was not."""

    code: ClassVar[str] = "sitting.helper_missing"


class ReasonForDelayMissing(RuleError):
    """An item is put off without a word."""

    code: ClassVar[str] = "sitting.reason_for_delay_missing"


def bodies_of(role: Role) -> tuple[Body, ...]:
    """Return the bodies whose meetings a role writes."""
    return tuple(body for body in Body if ROLE_OF[body] is role)


def decides(book: Rulebook, body: Body) -> tuple[Step, ...]:
    """
    Return the steps and turns a body decides in a meeting, in the order of the road.

    Of all its acts those that are voted on, or that leave a resolution or decision.

    Args:
        book: The rules.
        body: The body; the chapter of a class speaks about what its committee then votes on.

    Source:
        rulebook/procedure.toml, rulebook/forms.toml
    """
    resolved = {
        form.step for form in book.forms() if form.is_act and form.title_vi.startswith(_DECISIONS)
    }
    voted = {rule.step for rule in book.steps() if rule.threshold}
    every = [rule.step for rule in book.steps() if not rule.papers]
    every += [turn.step for turn in book.catalogue.turns]
    own = [step for step in every if ROLE_OF[body] in doers_of(book, step)]
    return tuple(step for step in own if step in resolved | voted)


@dataclass(frozen=True, slots=True)
class Attendance:
    """Who was there, told once for a whole meeting: numbers, and for which reasons not."""

    official: int
    convened: int
    present: int
    excluded: int = 0
    excluded_by: tuple[tuple[Exclusion, int], ...] = ()

    def typed(self) -> dict[str, str]:
        """Return the attendance as the fields of an item begin with it."""
        told = {
            "official": self.official,
            "convened": self.convened,
            "present": self.present,
            "excluded": self.excluded,
        }
        told |= {LEFT_OUT % reason.value: number for reason, number in self.excluded_by}
        return {name: str(number) for name, number in told.items()}

    def check(self) -> None:
        """
        Refuse numbers that cannot be.

        Raises:
            RuleError: See ``Tally.check``.
        """
        self.tally(0, 0, 0).check()

    def tally(self, favour: int, against: int, invalid: int) -> Tally:
        """Return a vote of those who were there."""
        return Tally(
            official=self.official,
            excluded=self.excluded,
            convened=self.convened,
            present=self.present,
            favour=favour,
            against=against,
            invalid=invalid,
            excluded_by=self.excluded_by,
        )


@dataclass(frozen=True, slots=True)
class Asked:
    """
    What has to be said of one item.

    Attributes:
        voted: A share decides, so the counts must be there.
        helper: A helper must be named.
        reasons: For what members are left out of the base; none: one number for all.
    """

    voted: bool
    helper: bool = False
    reasons: tuple[Exclusion, ...] = ()


@dataclass(frozen=True, slots=True)
class Said:
    """
    What was said of one item.

    Attributes:
        tally: The counts, where they were counted.
        agreed: Whether the body agreed, where no share decides that.
        delayed: Why it was put off; nothing where it was dealt with.
        helper_id: Who will help.
        paper_number: Number of the paper.
    """

    tally: Tally | None = None
    agreed: bool | None = None
    delayed: str = ""
    helper_id: int | None = None
    paper_number: str = ""


def said(typed: Mapping[str, str], asked: Asked, there: Attendance | None) -> Said:
    """
    Return what was said of an item, out of what was typed.

    Args:
        typed: Texts by field, as they stand.
        asked: What has to be said.
        there: The attendance of the whole meeting, for what the item does not say itself.

    Raises:
        CountMissing, BadCount, ExclusionDisputed, ResultMissing, HelperMissing,
        ReasonForDelayMissing: What is wrong; see each.
        RuleError: Counts that cannot be, see ``Tally.check``.

    >>> said({"delayed": "1", "word": "Vắng người giúp đỡ"}, Asked(voted=True), None).delayed
    'Vắng người giúp đỡ'
    """
    if typed.get("delayed"):
        word = typed.get("word", "").strip()[:200]
        if not word:
            raise ReasonForDelayMissing
        return Said(delayed=word)
    if typed.get("disputed"):
        raise ExclusionDisputed
    helper = _number(typed, "helper") if typed.get("helper", "").strip() else None
    if asked.helper and helper is None:
        raise HelperMissing
    tally = _tally(typed, asked, there)
    agreed = {"yes": True, "no": False}.get(typed.get("agreed", ""))
    if not asked.voted and agreed is None:
        raise ResultMissing
    return Said(
        tally=tally,
        agreed=None if asked.voted else agreed,
        helper_id=helper,
        paper_number=typed.get("paper_number", "").strip()[:60],
    )


def _tally(typed: Mapping[str, str], asked: Asked, there: Attendance | None) -> Tally | None:
    """Return the counts of a vote; none where nothing was counted and nothing had to be."""
    counted = [name for name in ("favour", "against") if typed.get(name, "").strip()]
    if not counted and not asked.voted:
        return None
    if "favour" not in counted:
        raise CountMissing
    begun = {} if there is None else there.typed()
    known = {**begun, **{name: text for name, text in typed.items() if text.strip()}}
    if any(not known.get(name) for name in ("official", "convened", "present")):
        raise CountMissing
    tally = attendance(known, asked.reasons).tally(
        _number(known, "favour"), _number(known, "against"), _number(known, "invalid")
    )
    tally.check()
    return tally


def attendance(typed: Mapping[str, str], reasons: tuple[Exclusion, ...]) -> Attendance:
    """
    Return who was there, out of what was typed; what is blank is nought.

    Raises:
        BadCount: A text is no number a body can have.
    """
    by_reason = tuple((reason, _number(typed, LEFT_OUT % reason.value)) for reason in reasons)
    told = tuple((reason, number) for reason, number in by_reason if number)
    excluded = sum(number for _, number in told) if reasons else _number(typed, "excluded")
    return Attendance(
        official=_number(typed, "official"),
        convened=_number(typed, "convened"),
        present=_number(typed, "present"),
        excluded=excluded,
        excluded_by=told,
    )


def _number(typed: Mapping[str, str], name: str) -> int:
    text = typed.get(name, "").strip()
    if not text:
        return 0
    most = 2**31 - 1 if name == "helper" else MOST_MEMBERS
    if not text.isascii() or not text.isdecimal() or len(text) > 10 or int(text) > most:
        raise BadCount(field=name)
    return int(text)
