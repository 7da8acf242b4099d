"""What bodies there are, along which lines they hang together, and which may stand under which."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import ClassVar

from donghanh.domain.errors import RuleError


class UnitKind(StrEnum):
    """Kinds of bodies; a unit keeps its identity when its kind changes."""

    #: Sở Giáo dục và Đào tạo.
    DEPARTMENT = "department"
    #: A school of upper secondary education.
    SCHOOL = "school"
    #: A Party cell (chi bộ).
    CELL = "cell"
    #: A grassroots Party committee (đảng ủy cơ sở).
    BASE_COMMITTEE = "base_committee"
    #: The immediate superior committee of grassroots organisations.
    UPPER_COMMITTEE = "upper_committee"
    #: A Union organisation of a school (Đoàn trường).
    SCHOOL_UNION = "school_union"
    #: A Union organisation above schools (Đoàn Khối, Tỉnh Đoàn).
    UPPER_UNION = "upper_union"
    #: The committee of a province (Tỉnh ủy).
    PROVINCE_COMMITTEE = "province_committee"
    #: The committee of a bloc of offices and enterprises (Đảng ủy Khối), until February 2025.
    BLOC_COMMITTEE = "bloc_committee"
    #: The committee of a commune (Đảng ủy xã, phường, đặc khu), from July 2025.
    COMMUNE_COMMITTEE = "commune_committee"
    #: A committee of a part under a base committee (đảng ủy bộ phận).
    SUB_COMMITTEE = "sub_committee"
    #: A cell under a base or a sub-committee (chi bộ trực thuộc).
    SUB_CELL = "sub_cell"
    #: A cell of several schools that have too few members each (chi bộ ghép).
    JOINT_CELL = "joint_cell"
    #: The Union of one class (chi đoàn).
    CLASS_UNION = "class_union"
    #: The Union of a bloc (Đoàn Khối).
    BLOC_UNION = "bloc_union"
    #: The Union of a commune (Đoàn xã, phường).
    COMMUNE_UNION = "commune_union"
    #: The Union of a province (Tỉnh Đoàn).
    PROVINCE_UNION = "province_union"
    #: A political training centre (trung tâm chính trị).
    POLITICAL_CENTRE = "political_centre"


class Line(StrEnum):
    """Kinds of dated links between two units; each is a tree of its own."""

    #: Who manages whom in education.
    EDUCATION = "education"
    #: Who directs whom in the Party.
    PARTY = "party"
    #: Who directs whom in the Youth Union.
    UNION = "union"
    #: At which school a cell or a school Union works.
    HOST = "host"
    #: Which committee decides on admissions for this cell.
    COMPETENT = "competent"


_K = UnitKind
_CELLS = frozenset({_K.CELL, _K.JOINT_CELL, _K.SUB_CELL, _K.BASE_COMMITTEE, _K.SUB_COMMITTEE})
_ABOVE = frozenset(
    {_K.UPPER_COMMITTEE, _K.BLOC_COMMITTEE, _K.COMMUNE_COMMITTEE, _K.PROVINCE_COMMITTEE}
)
_UNIONS_ABOVE = frozenset({_K.UPPER_UNION, _K.BLOC_UNION, _K.COMMUNE_UNION, _K.PROVINCE_UNION})
_COMMITTEES = _ABOVE | {_K.BASE_COMMITTEE}

#: Under which kinds a kind may stand, line by line; a kind that is not named stands at the top.
STANDS_UNDER: Mapping[Line, Mapping[UnitKind, frozenset[UnitKind]]] = {
    Line.EDUCATION: {_K.SCHOOL: frozenset({_K.DEPARTMENT})},
    Line.PARTY: {
        _K.CELL: _COMMITTEES | {_K.SUB_COMMITTEE},
        _K.JOINT_CELL: _COMMITTEES | {_K.SUB_COMMITTEE},
        _K.SUB_CELL: frozenset({_K.CELL, _K.BASE_COMMITTEE, _K.SUB_COMMITTEE}),
        _K.SUB_COMMITTEE: frozenset({_K.BASE_COMMITTEE}),
        _K.BASE_COMMITTEE: _ABOVE,
        _K.UPPER_COMMITTEE: frozenset({_K.PROVINCE_COMMITTEE, _K.UPPER_COMMITTEE}),
        _K.BLOC_COMMITTEE: frozenset({_K.PROVINCE_COMMITTEE}),
        _K.COMMUNE_COMMITTEE: frozenset({_K.PROVINCE_COMMITTEE, _K.UPPER_COMMITTEE}),
        _K.POLITICAL_CENTRE: _ABOVE,
    },
    Line.UNION: {
        _K.CLASS_UNION: frozenset({_K.SCHOOL_UNION}),
        _K.SCHOOL_UNION: _UNIONS_ABOVE,
        _K.UPPER_UNION: frozenset({_K.UPPER_UNION, _K.PROVINCE_UNION}),
        _K.BLOC_UNION: frozenset({_K.PROVINCE_UNION, _K.UPPER_UNION}),
        _K.COMMUNE_UNION: frozenset({_K.PROVINCE_UNION, _K.UPPER_UNION}),
    },
    Line.HOST: {
        **{kind: frozenset({_K.SCHOOL}) for kind in _CELLS},
        _K.SCHOOL_UNION: frozenset({_K.SCHOOL}),
        _K.CLASS_UNION: frozenset({_K.SCHOOL}),
    },
    Line.COMPETENT: dict.fromkeys(_CELLS, _COMMITTEES),
}

_PARTY_CODE = re.compile(r"[0-9]{14}")


class BadPartyCode(RuleError):
    """A Party code is fourteen digits, in groups of two, three, three, three and three."""

    code: ClassVar[str] = "structure.bad_party_code"


class NotThere(RuleError):
    """A unit does not exist on a day, or not for as long as it is needed."""

    code: ClassVar[str] = "structure.not_there"


class PlacedAlready(RuleError):
    """The unit stands under another along that line in those days."""

    code: ClassVar[str] = "structure.placed_already"


def of_party(kind: UnitKind) -> bool:
    """
    Tell whether a kind of unit is an organisation of the Party, and writes its papers.

    >>> of_party(UnitKind.CELL), of_party(UnitKind.SCHOOL_UNION)
    (True, False)
    """
    return kind in _CELLS or kind in _ABOVE


def may_stand_under(line: Line, child: UnitKind, parent: UnitKind) -> bool:
    """
    Tell whether a kind of unit may stand under another along a line.

    >>> may_stand_under(Line.EDUCATION, UnitKind.SCHOOL, UnitKind.CELL)
    False
    """
    return parent in STANDS_UNDER[line].get(child, frozenset())


def party_code(text: str) -> str:
    """
    Return a Party code as its fourteen digits; spaces, dots and hyphens between groups are dropped.

    Raises:
        BadPartyCode: It is not fourteen digits in all.

    >>> party_code("12.345.678.901.234")
    '12345678901234'
    """
    digits = re.sub(r"[ .\-]", "", text)
    if not _PARTY_CODE.fullmatch(digits):
        raise BadPartyCode(given=text)
    return digits
