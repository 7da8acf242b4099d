"""Labels and sentences of the room of organisation."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from donghanh.domain.authority import Role
from donghanh.domain.structure import Line, UnitKind

ROLES: dict[Role, Promise] = {
    Role.OFFICER: _("Officer of the department"),
    Role.LEADER: _("Leader of the department"),
    Role.SECRETARY: _("Secretary of the Party cell"),
    Role.UNION: _("Standing committee of the school Union"),
    Role.COMMITTEE: _("Party committee above"),
    Role.UPPER_UNION: _("Standing committee of the Union above"),
    Role.PUPIL: _("Pupil"),
    Role.ADMINISTRATOR: _("Administrator"),
}

KINDS: dict[UnitKind, Promise] = {
    UnitKind.DEPARTMENT: _("Education department"),
    UnitKind.SCHOOL: _("School"),
    UnitKind.CELL: _("Party cell"),
    UnitKind.BASE_COMMITTEE: _("Grassroots Party committee"),
    UnitKind.UPPER_COMMITTEE: _("Superior Party committee"),
    UnitKind.SCHOOL_UNION: _("School Union"),
    UnitKind.UPPER_UNION: _("Union above schools"),
}

LINES: dict[Line, Promise] = {
    Line.EDUCATION: _("Education line"),
    Line.PARTY: _("Party line"),
    Line.UNION: _("Union line"),
    Line.HOST: _("School where it works"),
    Line.COMPETENT: _("Committee that decides on admissions"),
}

REFUSALS: dict[str, Promise] = {
    "authority.not_allowed": _(
        "Your post does not give this right here. Choose another of your posts, or ask the "
        "administrator."
    ),
}


def kinds() -> list[tuple[str, Promise]]:
    """Return the choices of a unit's kind."""
    return [(kind.value, label) for kind, label in KINDS.items()]


def lines() -> list[tuple[str, Promise]]:
    """Return the choices of a link's line."""
    return [(line.value, label) for line, label in LINES.items()]


def roles() -> list[tuple[str, Promise]]:
    """Return the choices of a post's role."""
    return [(role.value, label) for role, label in ROLES.items()]
