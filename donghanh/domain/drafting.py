"""Directives written here: the stages of a draft, whom it goes to, and the text it becomes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, ClassVar

from donghanh.domain.errors import RuleError
from donghanh.domain.rights import Role
from donghanh.domain.structure import Line, UnitKind


class Stage(StrEnum):
    """How far a draft is; one that was issued has none, a discarded one is out of sight."""

    WRITING = "writing"
    REVIEW = "review"
    SIGNED = "signed"
    DISCARDED = "discarded"


class Addressing(StrEnum):
    """How the units are chosen that receive a directive."""

    LIST = "list"
    TREE = "tree"
    KIND = "kind"


class Ending(StrEnum):
    """How a directive stops asking."""

    RECALLED = "recalled"
    SUPERSEDED = "superseded"


class OpenTasks(StrEnum):
    """What becomes of the open duties of a directive another one takes the place of."""

    END = "end"
    KEEP = "keep"


class WrongStage(RuleError):
    """The draft is not where this can be done. Facts: ``stage``."""

    code: ClassVar[str] = "drafting.wrong_stage"


class Unfinished(RuleError):
    """Something every directive needs is still blank. Facts: ``what``."""

    code: ClassVar[str] = "drafting.unfinished"


class OutOfReach(RuleError):
    """A unit is none of those the issuing unit directs along its line."""

    code: ClassVar[str] = "drafting.out_of_reach"


class EndedBefore(RuleError):
    """The directive was recalled, or another took its place, before. Facts: ``how``."""

    code: ClassVar[str] = "drafting.ended_before"


#: Along which line a post directs.
LINES: Mapping[Role, Line] = {
    Role.OFFICER: Line.EDUCATION,
    Role.LEADER: Line.EDUCATION,
    Role.COMMITTEE: Line.PARTY,
    Role.UPPER_UNION: Line.UNION,
}
#: What of a directive must be there before it can be submitted.
_NEEDED = ("subject", "parts")


def line_of(role: Role) -> Line:
    """Return along which line a post directs; education for those that issue nothing."""
    return LINES.get(role, Line.EDUCATION)


@dataclass(frozen=True, slots=True)
class Choice:
    """
    Whom a directive goes to.

    ``units`` matter for a list, ``top`` for a tree (that unit and all under it; ``None``: all under
    the issuer), ``kind`` for a kind.
    """

    how: Addressing
    units: frozenset[int] = frozenset()
    top: int | None = None
    kind: UnitKind | None = None

    @classmethod
    def from_dict(cls, said: Mapping[str, Any]) -> Choice:
        """Return a choice as a directive keeps it; nothing kept is an empty list."""
        return cls(
            how=Addressing(said.get("how") or Addressing.LIST),
            units=frozenset(int(one) for one in said.get("units") or ()),
            top=said.get("top"),
            kind=UnitKind(said["kind"]) if said.get("kind") else None,
        )

    def as_dict(self) -> dict[str, Any]:
        """Return it in its JSON shape."""
        return {
            "how": self.how.value,
            "units": sorted(self.units),
            "top": self.top,
            "kind": self.kind.value if self.kind else None,
        }


def addressed(
    choice: Choice, *, issuer: int, parents: Mapping[int, int], kinds: Mapping[int, UnitKind]
) -> frozenset[int]:
    """
    Return the units a directive goes to on a day.

    Args:
        choice: By list, by tree or by kind.
        issuer: The issuing unit; it never receives its own.
        parents: The parent of each unit along the issuer's line that day, by child.
        kinds: The kind of each unit that exists that day.

    Returns:
        Units under the issuer only; those that do not exist that day are left out.

    Raises:
        OutOfReach: The list, or the top of the tree, names a unit that is not under the issuer.

    >>> kinds = {1: UnitKind.PROVINCE_UNION, 2: UnitKind.BLOC_UNION, 3: UnitKind.SCHOOL_UNION}
    >>> sorted(addressed(Choice(Addressing.TREE), issuer=1, parents={2: 1, 3: 2}, kinds=kinds))
    [2, 3]
    """
    under = {one for one in kinds if one != issuer and _stands_under(one, issuer, parents)}
    match choice.how:
        case Addressing.LIST:
            if not choice.units <= under:
                raise OutOfReach
            return choice.units
        case Addressing.TREE:
            top = issuer if choice.top is None else choice.top
            if top != issuer and top not in under:
                raise OutOfReach
            return frozenset(one for one in under if _stands_under(one, top, parents))
        case Addressing.KIND:
            return frozenset(one for one in under if kinds[one] is choice.kind)


def _stands_under(unit: int, top: int, parents: Mapping[int, int]) -> bool:
    seen: set[int] = set()
    at: int | None = unit
    while at is not None and at not in seen:
        if at == top:
            return True
        seen.add(at)
        at = parents.get(at)
    return False


def missing(content: Mapping[str, Any], *, addressees: int) -> tuple[str, ...]:
    """Return what a draft still lacks before it can be submitted: short names, in order."""
    lacks = [key for key in _NEEDED if not content.get(key)]
    return (*lacks, *(() if addressees else ("addressees",)))


def check_finished(content: Mapping[str, Any], *, addressees: int) -> None:
    """
    Refuse a draft that lacks something.

    Raises:
        Unfinished: It does.
    """
    lacks = missing(content, addressees=addressees)
    if lacks:
        raise Unfinished(what=lacks[0])


def written(
    *,
    head: Sequence[str],
    content: Mapping[str, Any],
    duties: Iterable[str],
    foot: Sequence[str],
) -> str:
    """
    Return a directive as plain text: what those who receive it read on the screen.

    Args:
        head: Lines above: issuer, number, day.
        content: ``kind``, ``subject``, ``addressees``, ``bases`` (words), ``opening``, ``parts``,
            ``target_note``.
        duties: Each duty with its day, in words.
        foot: Lines below: recipients and who signs.
    """
    return "\n\n".join(
        filter(None, ("\n".join(filter(None, head)), *body(content, duties), "\n".join(foot)))
    )


def body(content: Mapping[str, Any], duties: Iterable[str]) -> tuple[str, ...]:
    """
    Return the paragraphs between head and foot, numbered as offices do.

    Args:
        content: See ``written``.
        duties: Each duty with its day, in words.
    """
    bases = [str(basis["words"]).rstrip(";. ") + ";" for basis in content.get("bases", ())]
    lines = [*bases, *filter(None, [content.get("opening", "")])]
    number = 0
    for number, part in enumerate(content.get("parts", ()), start=1):
        title, text = str(part.get("title") or "").strip(), str(part.get("text") or "").strip()
        lines.append(f"{number}. {title}" if title else f"{number}. {text}")
        lines += text.splitlines() if title and text else []
    if content.get("target_note"):
        number += 1
        lines.append(f"{number}. Chỉ tiêu: {content['target_note']}")
    told = list(duties)
    if told:
        lines.append(f"{number + 1}. Việc phải làm và thời hạn:")
        lines += [f"- {one}" for one in told]
    return tuple(line for line in lines if line.strip())


def marks(how: Ending, on: date) -> dict[str, Any]:
    """Return what a task keeps when its directive stops asking: how, and the day."""
    return {"ended_how": how.value, "ended_date": on}
