"""What bodies there are, and along which lines they hang together."""

from __future__ import annotations

from enum import StrEnum


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
