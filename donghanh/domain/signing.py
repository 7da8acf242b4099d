"""Who signs for whom: the forms of signing for another, and how far a delegation may go."""

from __future__ import annotations

import re
from collections.abc import Iterable, Set
from datetime import date
from enum import StrEnum
from typing import ClassVar

from donghanh.domain.errors import RuleError
from donghanh.domain.rights import RIGHTS, Right, Role
from donghanh.domain.structure import UnitKind
from donghanh.domain.succession.world import Period


class Form(StrEnum):
    """How somebody signs who does not hold the office."""

    #: Ký thay: a deputy signs for the head.
    DEPUTY = "deputy"
    #: Thừa lệnh: the head of a part signs on the head's order.
    ORDER = "order"
    #: Thừa ủy quyền: somebody signs by written authority.
    AUTHORITY = "authority"


class BeyondOwnPost(RuleError):
    """A delegation reaches further than the post of whoever delegates."""

    code: ClassVar[str] = "signing.beyond_own_post"


class NoSuchForm(RuleError):
    """The Party's papers have no such form of signing."""

    code: ClassVar[str] = "signing.no_such_form"


class NoPostThere(RuleError):
    """Who should sign for a post holds none in the same unit."""

    code: ClassVar[str] = "signing.no_post_there"


class OneselfDelegated(RuleError):
    """Somebody would sign for the own post in the name of the own post."""

    code: ClassVar[str] = "signing.oneself"


class SignsAlready(RuleError):
    """Who should sign for a post does so in that period already."""

    code: ClassVar[str] = "signing.signs_already"


#: What the head of a body signs though others write and send it: the reports of the own house.
_SIGNED = {Role.LEADER: frozenset({Right.SEND_REPORTS})}
#: What papers are signed for; nothing else is worth delegating.
PAPERS = frozenset({Right.SEND_REPORTS, Right.REVIEW_REPORTS, Right.SIGN_DIRECTIVES})
_STATE = {Form.DEPUTY: "KT.", Form.ORDER: "TL.", Form.AUTHORITY: "TUQ."}
_PARTY = {Form.DEPUTY: "K/T", Form.ORDER: "T/L"}
_K = UnitKind
#: In whose name the head of a body of Party or Union signs what the body says.
_IN_NAME_OF = {
    **dict.fromkeys((_K.CELL, _K.JOINT_CELL, _K.SUB_CELL), "T/M CHI BỘ"),
    _K.BASE_COMMITTEE: "T/M ĐẢNG ỦY",
    _K.SUB_COMMITTEE: "T/M ĐẢNG ỦY BỘ PHẬN",
    **dict.fromkeys(
        (_K.UPPER_COMMITTEE, _K.BLOC_COMMITTEE, _K.COMMUNE_COMMITTEE, _K.PROVINCE_COMMITTEE),
        "T/M BAN THƯỜNG VỤ",
    ),
    **dict.fromkeys((_K.SCHOOL_UNION, _K.CLASS_UNION), "TM. BAN CHẤP HÀNH"),
    **dict.fromkeys(
        (_K.UPPER_UNION, _K.BLOC_UNION, _K.COMMUNE_UNION, _K.PROVINCE_UNION),
        "TM. BAN THƯỜNG VỤ",
    ),
}
#: What a title says twice under the line of the body.
_OF_THE_BODY = re.compile(r" (?:CHI BỘ|CHI ĐOÀN|ĐOÀN TRƯỜNG|ĐẢNG ỦY)\b.*")


def mark(form: Form, *, party: bool) -> str:
    """
    Return what stands before the office of the one who is signed for.

    Raises:
        NoSuchForm: The Party has no such form.

    Source:
        NĐ 30/2020/NĐ-CP, Phụ lục I; HD 36-HD/VPTW.

    >>> mark(Form.DEPUTY, party=True)
    'K/T'
    """
    marks = _PARTY if party else _STATE
    if form not in marks:
        raise NoSuchForm(form=form.value)
    return marks[form]


def forms(*, party: bool) -> tuple[Form, ...]:
    """Return the forms of signing for another that State or Party knows, in their order."""
    return tuple(form for form in Form if form in (_PARTY if party else _STATE))


def signed_by(role: Role) -> frozenset[Right]:
    """Return what the holder of a post signs papers for, and may let somebody else sign for."""
    return (RIGHTS[role] | _SIGNED.get(role, frozenset())) & PAPERS


def above(form: Form, title: str, *, party: bool) -> str:
    """
    Return what stands above the signer's own title: the mark and the office signed for.

    Raises:
        NoSuchForm: The Party has no such form.

    >>> above(Form.DEPUTY, "Giám đốc", party=False)
    'KT. GIÁM ĐỐC'
    """
    return f"{mark(form, party=party)} {title.upper()}"


def in_name_of(kind: UnitKind) -> str:
    """
    Return what stands above the office of who signs for a body as a whole; empty: for none.

    Source:
        HD 36-HD/VPTW; of the Union read in papers of Unions. Compare docs/reference.

    >>> in_name_of(UnitKind.CELL), in_name_of(UnitKind.BLOC_UNION), in_name_of(UnitKind.SCHOOL)
    ('T/M CHI BỘ', 'TM. BAN THƯỜNG VỤ', '')
    """
    return _IN_NAME_OF.get(kind, "")


def office(title: str) -> str:
    """
    Return an office without its body, in capitals: the body stands in the line above.

    >>> office("Bí thư Đoàn trường"), office("Phó Bí thư")
    ('BÍ THƯ', 'PHÓ BÍ THƯ')
    """
    return _OF_THE_BODY.sub("", title.upper())


def holds(day: date, delegated: Period, giver: Period, takers: Iterable[Period]) -> bool:
    """
    Tell whether a delegation holds on a day: it ends with the post of its giver or of its taker.

    Args:
        day: The day.
        delegated: The days it was given for.
        giver: The days of the post signed for.
        takers: The days of each post its taker has held in the same unit.
    """
    held = delegated.holds(day) and giver.holds(day)
    return held and any(post.holds(day) for post in takers)


def check(
    role: Role,
    held: tuple[date, date | None],
    rights: Set[Right],
    period: tuple[date, date | None],
) -> None:
    """
    Refuse a delegation that reaches further than the post it comes from.

    Args:
        role: The role of the post of whoever delegates.
        held: The days that post is held, half-open.
        rights: What is delegated.
        period: The days it is delegated for, half-open.

    Raises:
        BeyondOwnPost: A right is not the delegator's own, or a day is not, or nothing is delegated.
    """
    own = RIGHTS[role] | signed_by(role)
    if not rights or rights - own:
        raise BeyondOwnPost(rights=", ".join(sorted(rights - own)))
    since, until = period
    if since < held[0] or (held[1] is not None and (until is None or until > held[1])):
        raise BeyondOwnPost(rights="")
