"""What a pupil agrees to, purpose by purpose, and what an answer must hold to count."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from datetime import date
from enum import StrEnum
from typing import ClassVar

from donghanh.domain.errors import RuleError


class Purpose(StrEnum):
    """One purpose, one consent (Law 91/2025/QH15: explicit, per purpose, provable)."""

    #: The school's Union and Party cell keep name, day of birth, class and the dates of the road.
    ROAD = "road"
    #: The committee above receives the file when the cell has voted.
    FORWARD = "forward"
    #: Counted, without a name, in the figures of school and department.
    FIGURES = "figures"
    #: An own e-mail address, kept to open the own page and for nothing else.
    MAIL = "mail"


#: Without these the road cannot be walked at all.
NEEDED = frozenset({Purpose.ROAD, Purpose.FORWARD, Purpose.FIGURES})


class PurposesMissing(RuleError):
    """The pupil did not agree to a purpose the road cannot do without; nothing is kept."""

    code: ClassVar[str] = "consent.purposes_missing"


class BirthImplausible(RuleError):
    """The day of birth cannot be an upper secondary pupil's."""

    code: ClassVar[str] = "consent.birth_implausible"


class AddressUnreadable(RuleError):
    """No mail can go to the address: it is too long, or not written as one."""

    code: ClassVar[str] = "consent.address_unreadable"


class NotTicked(RuleError):
    """An address was written, and the agreement to keep it was not given."""

    code: ClassVar[str] = "consent.not_ticked"


class NameMissing(RuleError):
    """The name is blank or has no letters."""

    code: ClassVar[str] = "consent.name_missing"


#: Wider than any upper secondary pupil: a check of typing, not a rule of the field.
_YOUNGEST, _OLDEST = 12, 30


def check_answer(*, full_name: str, born: date, purposes: Collection[Purpose], on: date) -> None:
    """
    Refuse an answer that cannot be a pupil's own full agreement.

    Args:
        full_name: As the pupil wrote it.
        born: Day of birth.
        purposes: What was agreed to.
        on: The day of the answer (Asia/Ho_Chi_Minh).

    Raises:
        NameMissing: No letter in the name.
        BirthImplausible: Age outside what a typing mistake leaves possible.
        PurposesMissing: A purpose the road needs is not agreed to.

    Source:
        Law 91/2025/QH15, article 9 (consent explicit and per purpose).
    """
    check_name(full_name)
    check_born(born, on)
    missing = NEEDED - set(purposes)
    if missing:
        raise PurposesMissing(missing=sorted(purpose.value for purpose in missing))


def check_name(full_name: str) -> None:
    """
    Refuse a name without a letter.

    Raises:
        NameMissing: No letter in it.
    """
    if not any(letter.isalpha() for letter in full_name):
        raise NameMissing


#: As long as an address may be where mail is carried (RFC 5321, 4.5.3.1.3, without the brackets).
_LONGEST_ADDRESS = 254
_ADDRESS = re.compile(r"[^\s@<>\"(),:;\\\[\]\x00-\x1f\x7f]{1,64}@[\w-]+(\.[\w-]+)+")


def read_address(written: str) -> str:
    """
    Return an e-mail address as it is kept: without blanks around it, in small letters.

    Raises:
        AddressUnreadable: No mail can go there.

    >>> read_address(" Dao.Tran@Example.VN ")
    'dao.tran@example.vn'
    """
    address = unicodedata.normalize("NFC", written).strip().lower()
    if len(address) > _LONGEST_ADDRESS or _ADDRESS.fullmatch(address) is None:
        raise AddressUnreadable
    return address


def check_born(born: date, on: date) -> None:
    """
    Refuse a day of birth that cannot be an upper secondary pupil's.

    Args:
        born: Day of birth.
        on: The day it is judged for (Asia/Ho_Chi_Minh).

    Raises:
        BirthImplausible: Age outside what a typing mistake leaves possible.
    """
    if not _YOUNGEST <= on.year - born.year <= _OLDEST:
        raise BirthImplausible(born=born)
