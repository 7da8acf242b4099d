"""The houses whose layouts are not the State's, and along which line each of them directs."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from donghanh.domain.structure import Line


class House(StrEnum):
    """By whose layout a paper is written."""

    PARTY = "party"
    UNION = "union"


#: Whose layout the papers of a line follow; those of education follow the State's.
BY_LINE: Mapping[Line, House] = {Line.PARTY: House.PARTY, Line.UNION: House.UNION}
