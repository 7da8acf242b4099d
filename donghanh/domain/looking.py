"""How somebody looks at pupils' cases, and how far: what the database's own wall is told."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum


class Way(StrEnum):
    """Ways of looking; the database knows each as a role of its own, with columns of its own."""

    #: Not at pupils at all.
    PLAIN = "plain"
    #: Cell, school Union, committee, board: the cases of the schools in reach, the latter two once
    #: a cell has listed the pupil.
    CASES = "cases"
    #: A board, while something it opened in an emergency is open: that on top, and nothing written.
    EMERGENCY = "emergency"
    #: The cases of the pupils somebody helps.
    HELPER = "helper"
    #: The Union above schools: what figures are counted from, never a name.
    COUNTS = "counts"
    #: The department: reports, and of cases no more than that they are there.
    EDUCATION = "education"
    #: A pupil: the own record alone, by the code of the own invitation or by the own account.
    PUPIL = "pupil"
    #: Whoever holds the link to one hand-over: that one alone, and a name with the second code.
    LINK = "link"
    #: Who keeps the rules and the units: every case without a name, to see what a change touches.
    KEEPER = "keeper"
    #: Jobs, the shell and the loaders: everything, when they say so.
    JOB = "job"


@dataclass(frozen=True, slots=True)
class Reach:
    """
    Who looks which way, and how far; what is not said reaches nothing.

    Attributes:
        way: The way of looking.
        schools: Ids of the schools, of ``CASES``, ``EMERGENCY``, ``COUNTS`` and ``EDUCATION``.
        early: Pupils are seen before a cell has listed them, of ``CASES``.
        unit: The unit of the post.
        account: The account, of ``HELPER`` and ``PUPIL``.
        code: Digest of the code, of ``PUPIL`` and ``LINK``.
        opened: The school of what was opened, of ``EMERGENCY``.
        case: The one case that was opened there; ``None``: all of the school.
    """

    way: Way = Way.PLAIN
    schools: Collection[int] = ()
    early: bool = False
    unit: int | None = None
    account: int | None = None
    code: str = ""
    opened: int | None = None
    case: int | None = None

    @property
    def whole(self) -> bool:
        """Tell whether nothing is left out, as it is for those who keep the rules."""
        return self.way in {Way.KEEPER, Way.JOB}

    @property
    def settings(self) -> dict[str, str]:
        """
        Return what the database is told, by the name of each setting.

        >>> Reach(Way.CASES, schools={9, 7}).settings["schools"]
        '{7,9}'
        """
        return {
            "schools": "{" + ",".join(str(school) for school in sorted(self.schools)) + "}",
            "early": "yes" if self.early else "",
            "unit": _number(self.unit),
            "account": _number(self.account),
            "code": self.code,
            "opened": _number(self.opened),
            "case": _number(self.case),
            "whole": "yes" if self.whole else "",
        }


def _number(number: int | None) -> str:
    return "" if number is None else str(number)
