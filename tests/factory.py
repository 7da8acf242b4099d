"""
The cast every test shares: a department, two schools, the committees above, and their people.

Everything is made through the real actions of the rooms, with days that can have been. All people
are generated.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from itertools import count

import pytest
from django.test import Client

from donghanh.accounts.models import User
from donghanh.domain import rules
from donghanh.domain.acts import Case, Step
from donghanh.domain.authority import Actor
from donghanh.domain.catalogue import StepRule
from donghanh.domain.consent import Purpose
from donghanh.domain.procedure import Judgement
from donghanh.domain.voting import Tally
from donghanh.dossiers import actions as dossiers
from donghanh.dossiers import queries as roads
from donghanh.dossiers.models import Dossier
from donghanh.lib import clock
from donghanh.organisation.doors import SECOND_FACTOR
from donghanh.people import actions as people
from donghanh.people import queries as records
from donghanh.people.models import Person
from tests import photograph
from tests.duties import LETTER as LETTER
from tests.duties import ask_for_reports as ask_for_reports
from tests.stage import PASSWORD as PASSWORD
from tests.stage import SINCE as SINCE
from tests.stage import Cast as Cast
from tests.stage import School as School
from tests.stage import account as account
from tests.stage import actor as actor
from tests.stage import cast as cast
from tests.stage import founder as founder
from tests.stage import holder as holder
from tests.stage import instant as instant
from tests.stage import link as link
from tests.stage import post as post
from tests.stage import school as school
from tests.stage import unit as unit

#: A day on which a whole road can begin under a regime.
BEGINS: Mapping[str, date] = {
    "R1": date(2023, 9, 11),
    "R2": date(2025, 1, 20),
    "R3": date(2025, 7, 1),
}
#: Days after the beginning on which each step of a smooth road is done; papers follow day by day.
OFFSETS: Mapping[Step, int] = {
    Step.SOURCED: 0,
    Step.INTRODUCED: 10,
    Step.PARENTS_HEARD: 15,
    Step.LISTED: 20,
    Step.CHALLENGED: 25,
    Step.SENT_TO_CLASS: 30,
    Step.TRAINED: 45,
    Step.ASKED: 50,
    Step.ALLOWED: 55,
    Step.APPLIED: 60,
    Step.PAPERS: 60,
    Step.VERIFICATION_SENT: 62,
    Step.VERIFIED: 66,
    Step.VOUCHED: 68,
    Step.OPINIONS: 72,
    Step.CELL_VOTED: 80,
    Step.APPRAISED: 84,
    Step.BASE_VOTED: 88,
    Step.DECIDED: 98,
    Step.ADMITTED: 110,
    Step.MEMBER_PAPERS: 120,
    Step.NEW_MEMBER_CLASS: 200,
    Step.RECOGNITION_PAPERS: 477,
    Step.RECOGNITION_VOTED: 480,
    Step.RECOGNITION_APPRAISED: 484,
    Step.RECOGNITION_BASE_VOTED: 488,
    Step.RECOGNISED: 495,
    Step.CARDED: 505,
}
#: A vote that carries under every rule of the rulebook.
CARRIED = Tally(official=15, excluded=0, convened=15, present=14, favour=13, against=1, invalid=0)
#: A vote that carries under none.
FAILED = Tally(official=15, excluded=0, convened=15, present=15, favour=6, against=9, invalid=0)

_NAMES = (
    "Nguyễn Hải Nam",
    "Trần Thị Đào",
    "Lê Văn Ân",
    "Phạm Thị Ánh Tuyết",
    "Hồ Thị Ngọc Ánh",
    "Y Thanh Niê",
    "Đặng Quốc Ấn",
    "Vũ Đức Anh",
    "H'Linh Ayun",
    "Bùi Thị Ấm",
)
_numbers = count(1)
#: The shipped rulebook; tests that amend it say so themselves.
BOOK = rules.load()
_VOTES = frozenset(rule.step for rule in BOOK.steps() if rule.vote == "required")
#: What the committee below the one that decides does; the latter itself where there is none below.
_BASE_STEPS = frozenset(
    {
        Step.ALLOWED,
        Step.APPRAISED,
        Step.BASE_VOTED,
        Step.RECOGNITION_APPRAISED,
        Step.RECOGNITION_BASE_VOTED,
    }
)
#: What the committee does that decides.
_DECIDED = frozenset({Step.DECIDED, Step.RECOGNISED, Step.EXTENDED, Step.DELETED, Step.ANNULLED})


def pupil(person: Person) -> Actor:
    """Return a pupil as the actor of what they do about themselves."""
    return records.pupil_actor(person)


def invited(
    where: School, *, on: date, name: str = "Nguyễn Hải Nam", class_name: str = "12A1"
) -> str:
    """Invite a pupil through the school's Union and return the code."""
    return people.invite_pupil(
        actor=actor(where.union, on),
        school_id=where.unit.pk,
        class_name=class_name,
        invited_name=name,
        expires=on + timedelta(days=30),
        at=instant(on),
    )


def agreed_pupil(
    where: School,
    *,
    on: date = BEGINS["R1"],
    born: date | None = None,
    name: str | None = None,
    class_name: str = "12A1",
    union_member: bool | None = True,
    lower_secondary: bool | None = True,
) -> Person:
    """
    Make a pupil who was invited and agreed to all purposes on a day.

    Args:
        where: The school.
        on: The day of the invitation and of the agreement.
        born: Day of birth; by default eighteen years old a month after ``on``.
        name: By default the next of a list of names.
        class_name: The class.
        union_member: What the pupil said of it.
        lower_secondary: What the pupil said of it.
    """
    written = name or _NAMES[next(_numbers) % len(_NAMES)]
    code = invited(where, on=on, name=written, class_name=class_name)
    return people.accept_invitation(
        code=code,
        full_name=written,
        birth_date=born or turns_eighteen(on + timedelta(days=30)),
        union_member=union_member,
        lower_secondary=lower_secondary,
        purposes=list(Purpose),
        at=instant(on, 9),
        on=on,
        simulated=True,
    )


def stopped(person: Person, *, on: date) -> None:
    """Let a pupil take back every agreement."""
    people.withdraw_consent(actor=pupil(person), at=instant(on, 12), on=on)


def turns_eighteen(on: date) -> date:
    """
    Return the day of birth of somebody who turns eighteen on a day.

    On 29 February nobody does, eighteen years before there was none: who does the day after.
    """
    born = on.year - 18
    return date(born, 3, 1) if (on.month, on.day) == (2, 29) else on.replace(year=born)


def opened(where: School, person: Person, *, on: date) -> Dossier:
    """Put a pupil on the school's source list."""
    return dossiers.start_dossier(
        actor=actor(where.union, on), person_id=person.pk, at=instant(on, 10), on=on, today=on
    )


def doer(cast: Cast, where: School, step: Step, *, delegated: bool = False) -> User:
    """Return who records a step or turn at a school."""
    if step in {Step.SOURCED, Step.INTRODUCED}:
        return where.union
    if step in _BASE_STEPS or (delegated and step in _DECIDED):
        return cast.base_member if where is cast.school else cast.committee
    if step in _DECIDED:
        return cast.committee
    return where.secretary


def record(
    user: User, dossier: Dossier, new: dossiers.NewAct, *, today: date | None = None
) -> Judgement:
    """Record an act as somebody who has just looked at the dossier, on the day of the act."""
    day = today or new.received_on or new.on
    dossier.refresh_from_db(fields=["acts_recorded"])
    return dossiers.record_act(
        actor=actor(user, day),
        dossier_id=dossier.pk,
        seen=dossier.acts_recorded,
        new=new,
        at=instant(day, 11),
        today=day,
    )


def papers(user: User, dossier: Dossier, step: Step, *, on: date) -> None:
    """Record the papers a step cannot go on without, each a day after the one before."""
    case = roads.case_of(dossier)
    branches = case.branches(on)
    asked = [
        rule.code
        for rule in BOOK.papers_of(step, case.scopes, branches)
        if rule.required
        for _ in range(2 if rule.copies_when in branches else 1)
    ]
    for later, form in enumerate(asked):
        day = on + timedelta(days=later)
        record(user, dossier, dossiers.NewAct(step=Step.PAPERS, on=day, form=form))


def act_of(step: Step, on: date, *, delegated: bool = False) -> dossiers.NewAct:
    """Return the act of a step that goes well."""
    votes = _VOTES - _DECIDED if delegated else _VOTES
    return dossiers.NewAct(
        step=step,
        on=on,
        paper_number=f"{on.day:02d}-NQ/CB",
        tally=CARRIED if step in votes else None,
        received_on=on + timedelta(days=2) if step is Step.DECIDED else None,
    )


def facts(cast: Cast, dossier: Dossier, on: date, **changed: object) -> None:
    """Set facts of a case, such as ``delegated``, through the school's secretary."""
    dossier.refresh_from_db()
    before = roads.facts_of(dossier)
    where = cast.school if dossier.school_id == cast.school.unit.pk else cast.neighbour
    dossiers.set_facts(
        actor=actor(where.secretary, on),
        dossier_id=dossier.pk,
        seen=dossier.acts_recorded,
        was=before.mark,
        facts=replace(before, **changed),  # type: ignore[arg-type]  # named after its fields
        at=instant(on, 12),
        today=on,
    )
    dossier.refresh_from_db()


def walk_to(
    last: Step,
    cast: Cast,
    where: School | None = None,
    *,
    regime: str = "R1",
    begins: date | None = None,
    person: Person | None = None,
    **changed: object,
) -> Dossier:
    """
    Walk a pupil from the source list up to and including a step, through the real actions.

    Steps the road goes on without are left out, except the last one itself.

    Args:
        last: The last step done; ``Step.PAPERS`` for everything the cell's vote needs.
        cast: Everybody.
        where: The pupil's school; ``cast.school`` by default.
        regime: Chooses the beginning out of ``BEGINS``.
        begins: The day of the source list, in place of the regime's.
        person: The pupil; a new one who agreed two days before by default.
        changed: Facts of the case, such as ``delegated=True``; none by default.

    Returns:
        The dossier, as it stands in the database.
    """
    place = where or cast.school
    start = begins or BEGINS[regime]
    if person is not None:
        return _walk(last, cast, place, start, person, changed)
    walkers = (place.unit.pk, place.union.pk, place.secretary.pk, cast.committee.pk)
    return photograph.walked(
        (last, start, tuple(sorted(changed.items())), *walkers),
        lambda: _walk(
            last, cast, place, start, agreed_pupil(place, on=start - timedelta(days=2)), changed
        ),
    )


def _walk(
    last: Step,
    cast: Cast,
    place: School,
    start: date,
    person: Person,
    changed: Mapping[str, object],
) -> Dossier:
    dossier = opened(place, person, on=start)
    if changed:
        facts(cast, dossier, start, **changed)
    final = Step.OPINIONS if last is Step.PAPERS else last
    case = roads.case_of(dossier)
    for rule in BOOK.steps(case.branches(start))[1 : BOOK.step(final).order]:
        day = start + timedelta(days=OFFSETS[rule.step])
        if _is_passed_over(rule, day, case) or not (rule.blocks or rule.step is final):
            continue
        user = doer(cast, place, rule.step, delegated=dossier.delegated)
        if rule.papers:
            papers(user, dossier, rule.step, on=day)
        else:
            record(user, dossier, act_of(rule.step, day, delegated=dossier.delegated))
    dossier.refresh_from_db()
    return dossier


def _is_passed_over(rule: StepRule, on: date, case: Case) -> bool:
    """Tell whether the road of a case does not pass a step."""
    if rule.skipped_on(case.branches(on)):
        return True
    flag = rule.only_where and BOOK.find_flag(rule.only_where, on, case.scopes)
    return rule.only_where is not None and not (flag and flag.value)


def road(user: User, dossier: Dossier, on: date) -> roads.Walk:
    """Return a dossier with its road on a day, as somebody sees it."""
    return roads.walk(actor(user, on), dossier.pk, on)


def freeze(monkeypatch: pytest.MonkeyPatch, on: date, hour: int = 14) -> None:
    """Let the one clock of the product show an hour of a day, for pages that ask for the day."""
    monkeypatch.setattr(clock, "now", lambda: instant(on, hour))


def signed_in(user: User) -> Client:
    """Return a browser in which somebody is signed in, with a second factor where one is needed."""
    client = Client()
    client.force_login(user)
    session = client.session
    session[SECOND_FACTOR] = user.pk
    session.save()
    return client
