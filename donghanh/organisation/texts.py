"""Labels and sentences of the room of organisation."""

from __future__ import annotations

from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from donghanh.domain.errors import RuleError
from donghanh.domain.rights import Role
from donghanh.domain.signing import Form
from donghanh.domain.structure import Line, UnitKind
from donghanh.lib import days

ROLES: dict[Role, Promise] = {
    Role.OFFICER: _("Officer of the department"),
    Role.LEADER: _("Leader of the department"),
    Role.SECRETARY: _("Secretary of the Party cell"),
    Role.UNION: _("Standing committee of the school Union"),
    Role.COMMITTEE: _("Party committee above"),
    Role.BOARD: _("Organisation board of the Party committee"),
    Role.UPPER_UNION: _("Standing committee of the Union above"),
    Role.HELPER: _("Helping Party member"),
    Role.CLASS_UNION: _("Secretary of a class chapter"),
    Role.CLUB_LEADER: _("Club leader"),
    Role.TRAINING_CENTRE: _("Political training centre"),
    Role.PUPIL: _("Pupil"),
    Role.ADMINISTRATOR: _("Administrator"),
    Role.AUDITOR: _("Auditor"),
}

#: Stands in history where the post stands, of who acted about the own account.
OWN_NAME: Promise = _("in the own name")

KINDS: dict[UnitKind, Promise] = {
    UnitKind.DEPARTMENT: _("Education department"),
    UnitKind.SCHOOL: _("School"),
    UnitKind.CELL: _("Party cell"),
    UnitKind.BASE_COMMITTEE: _("Grassroots Party committee"),
    UnitKind.UPPER_COMMITTEE: _("Superior Party committee"),
    UnitKind.SCHOOL_UNION: _("School Union"),
    UnitKind.UPPER_UNION: _("Union above schools"),
    UnitKind.PROVINCE_COMMITTEE: _("Party committee of a province"),
    UnitKind.BLOC_COMMITTEE: _("Party committee of a bloc"),
    UnitKind.COMMUNE_COMMITTEE: _("Party committee of a commune"),
    UnitKind.SUB_COMMITTEE: _("Party committee of a part"),
    UnitKind.SUB_CELL: _("Cell under a grassroots committee"),
    UnitKind.JOINT_CELL: _("Joint Party cell"),
    UnitKind.CLASS_UNION: _("Union of a class"),
    UnitKind.BLOC_UNION: _("Union of a bloc"),
    UnitKind.COMMUNE_UNION: _("Union of a commune"),
    UnitKind.PROVINCE_UNION: _("Union of a province"),
    UnitKind.POLITICAL_CENTRE: _("Political training centre"),
}

LINES: dict[Line, Promise] = {
    Line.EDUCATION: _("Education line"),
    Line.PARTY: _("Party line"),
    Line.UNION: _("Union line"),
    Line.HOST: _("School where it works"),
    Line.COMPETENT: _("Committee that decides on admissions"),
}

FORMS: dict[Form, Promise] = {
    Form.DEPUTY: _("Signs in place of the head"),
    Form.ORDER: _("Signs on the head's order"),
    Form.AUTHORITY: _("Signs by written authority"),
}

REFUSALS: dict[str, Promise] = {
    "authority.not_allowed": _(
        "Your post does not give this right here. Choose another of your posts, or ask the "
        "administrator."
    ),
    "signing.beyond_own_post": _(
        "Nobody can delegate more than the own post gives, nor for days it is not held. Choose "
        "fewer rights or a shorter period; nothing was stored."
    ),
    "signing.no_such_form": _(
        "The Party's papers are signed K/T or T/L only. Choose one of the two; nothing was stored."
    ),
    "signing.oneself": _(
        "You sign for your own post anyway. Choose somebody else; nothing was stored."
    ),
    "signing.signs_already": _(
        "This person signs for your post on some of these days already. End that first, or choose "
        "other days; nothing was stored."
    ),
    "signing.no_post_there": _(
        "Whoever signs for another holds a post in the same unit. Give the post first, or choose "
        "somebody else; nothing was stored."
    ),
    "structure.not_there": _(
        "A unit named does not exist on %(on)s. Choose a day on which it exists, or another unit; "
        "nothing was stored."
    ),
    "structure.placed_already": _(
        "The unit already stands under another on this line on %(on)s. Move it there instead; "
        "nothing was stored."
    ),
    "succession.circle": _(
        "A unit cannot stand under itself or under one of its own. Choose another unit above; "
        "nothing was stored."
    ),
    "succession.misplaced": _(
        "A unit of this kind cannot stand under one of that kind. Look at the kinds of both; "
        "nothing was stored."
    ),
    "structure.bad_party_code": _(
        "“%(given)s” is not a Party code: it has fourteen digits, in groups of 2-3-3-3-3. Check "
        "the code and type it again; nothing was stored."
    ),
}


def refusal(error: RuleError) -> str:
    """
    Return what a person reads when a unit, a link, a post or a delegation is refused.

    Raises:
        KeyError: The refusal has no sentence here.
    """
    facts = {
        name: days.day(value) if isinstance(value, date) else str(value)
        for name, value in error.facts.items()
    }
    return str(REFUSALS[error.code]) % facts


def kinds() -> list[tuple[str, Promise]]:
    """Return the choices of a unit's kind."""
    return [(kind.value, label) for kind, label in KINDS.items()]


def forms() -> list[tuple[str, Promise]]:
    """Return the choices of how somebody signs for another."""
    return [(form.value, label) for form, label in FORMS.items()]


def lines() -> list[tuple[str, Promise]]:
    """Return the choices of a link's line."""
    return [(line.value, label) for line, label in LINES.items()]


def roles() -> list[tuple[str, Promise]]:
    """Return the choices of a post's role."""
    return [(role.value, label) for role, label in ROLES.items()]
