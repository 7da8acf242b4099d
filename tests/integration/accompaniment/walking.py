"""A pupil with a helper, and the code of the own page, for the tests of accompaniment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count

from django.db import connection

from donghanh.accompaniment import actions
from donghanh.accompaniment.models import Challenge, Club
from donghanh.accounts.models import User
from donghanh.domain.procedure import Step
from donghanh.domain.rights import Role
from donghanh.dossiers import actions as dossiers
from donghanh.dossiers.models import Dossier
from donghanh.people.models import Person
from tests import factory
from tests.factory import Cast

BEGINS = factory.BEGINS["R1"]
LISTED = BEGINS + timedelta(days=factory.OFFSETS[Step.LISTED])
#: The day everything in these tests happens on.
TODAY = LISTED + timedelta(days=40)
AT = factory.instant(TODAY, 10)
#: One of the examples that come with the product.
KEY = "example:kem-ban-hoc"
_numbers = count(1)


@dataclass(frozen=True, slots=True)
class Pair:
    """A pupil on the cell's list, and who helps."""

    dossier: Dossier
    helper: User
    code: str


def code_of(person: Person) -> str:
    """Give a pupil a code that is known here, and return it."""
    code = f"MPTHU{person.pk:05d}"
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE people_invitation SET code_digest = encode(sha256(%s::bytea), 'hex')"
            " WHERE id = %s",
            [code, person.invitation_id],
        )
    return code


def helping(cast: Cast, username: str = "giupdo") -> User:
    """Return a member of the school's cell who can help."""
    return factory.holder(username, f"Hà Thị Sen {username}", cast.school.cell, Role.HELPER)


def pair(cast: Cast, username: str = "giupdo", **told: object) -> Pair:
    """Walk a pupil up to the list, with a helper named there."""
    helper = helping(cast, username)
    dossier = factory.walk_to(Step.INTRODUCED, cast, **told)  # type: ignore[arg-type]  # by name
    new = dossiers.NewAct(step=Step.LISTED, on=LISTED, helper_id=helper.pk)
    factory.record(cast.secretary, dossier, new)
    dossier.refresh_from_db()
    return Pair(dossier, helper, code_of(dossier.person))


def given(user: User, *found: Dossier, key: str = KEY, today: date = TODAY) -> list[Challenge]:
    """Let somebody give a challenge, and return one for each pupil."""
    return list(
        actions.give_challenges(
            actor=factory.actor(user, today),
            key=key,
            dossier_ids=[one.pk for one in found],
            due=today + timedelta(days=60),
            once=f"lan-{next(_numbers)}",
            at=factory.instant(today, 10),
            today=today,
        )
    )


def told(code: str, challenge: Challenge, text: str = "Đã học cùng bạn", on: date = TODAY) -> None:
    """Let a pupil tell a line."""
    actions.tell(
        code=code,
        challenge_id=challenge.pk,
        text=text,
        on=on,
        step=1,
        once=f"dong-{next(_numbers)}",
        at=AT,
        today=TODAY,
    )


def done(one: Pair, *, answered: bool = False) -> Challenge:
    """Walk a challenge up to the pupil's reflection, and perhaps to the helper's answer."""
    (challenge,) = given(one.helper, one.dossier)
    actions.accept(code=one.code, challenge_id=challenge.pk, at=AT)
    told(one.code, challenge)
    actions.finish(code=one.code, challenge_id=challenge.pk, reflection="Em đã hiểu bạn.", at=AT)
    if answered:
        actions.answer_challenge(
            actor=factory.actor(one.helper, TODAY),
            challenge_id=challenge.pk,
            text="Em làm bền bỉ, lần sau rủ thêm bạn nhé.",
            at=AT,
        )
    challenge.refresh_from_db()
    return challenge


def noted(
    one: Pair,
    text: str = "Hai cô trò đã gặp nhau ở thư viện.",
    *,
    by: User | None = None,
    today: date = TODAY,
) -> int:
    """Let the helper write a note, and return its number."""
    note = actions.write_note(
        actor=factory.actor(by or one.helper, today),
        dossier_id=one.dossier.pk,
        text=text,
        on=today,
        once=f"ghi-{next(_numbers)}",
        at=factory.instant(today, 10),
        today=today,
    )
    return note.pk


def commented(one: Pair, *, on: date = TODAY) -> int:
    """Let the helper write the periodic comment, and return its number."""
    comment = actions.write_comment(
        actor=factory.actor(one.helper, on),
        dossier_id=one.dossier.pk,
        text="Em tham gia đều các buổi lao động của lớp.",
        on=on,
        once=f"nhan-xet-{next(_numbers)}",
        at=factory.instant(on, 10),
        today=on,
    )
    return comment.pk


def club(cast: Cast, name: str = "Bạn đọc", *, today: date = TODAY) -> Club:
    """Let the school's Union found a club."""
    return actions.found_club(
        actor=factory.actor(cast.union, today),
        kind="club",
        name=name,
        purpose="Đọc sách cùng nhau mỗi tuần.",
        founded=BEGINS,
        once=f"clb-{next(_numbers)}",
        at=factory.instant(today, 10),
        today=today,
    )


def changed_helper(cast: Cast, one: Pair, other: User) -> None:
    """Let the cell name another helper."""
    change = dossiers.NewAct(step=Step.HELPER_CHANGED, on=TODAY, helper_id=other.pk)
    factory.record(cast.secretary, one.dossier, change)
