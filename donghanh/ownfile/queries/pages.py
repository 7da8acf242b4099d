"""What the pages of requests must show: the pupil's own, and those of the school."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from donghanh.amendments import queries as amendments
from donghanh.domain import authority, requests
from donghanh.domain.authority import Actor
from donghanh.domain.requests import Datum, Kind, Outcome
from donghanh.domain.rights import Right
from donghanh.domain.roads import Road
from donghanh.domain.rules import Rulebook
from donghanh.domain.timeline import Entry
from donghanh.dossiers import queries as dossiers
from donghanh.lib import days
from donghanh.ownfile import texts
from donghanh.ownfile.models import Request
from donghanh.ownfile.queries import found
from donghanh.people import queries as people
from donghanh.people.models import Person

#: How many answered requests a page of the school shows.
_ANSWERED = 30
#: From how many days before its last day a request is drawn as near.
NEAR = 3


@dataclass(frozen=True, slots=True)
class RequestRow:
    """
    One request as a page shows it.

    ``left`` is days to the last day in time, ``None`` where no clock runs.
    """

    id: int
    person_id: int
    kind: str
    name: str
    class_name: str
    title: str
    value: str
    asked: date
    acknowledged: date | None
    last_day: date | None
    left: int | None
    answered: date | None
    outcome: str
    outcome_label: str
    sentence: str
    entry: Entry[int] | None

    @property
    def state(self) -> str:
        """Return how it stands, as a badge draws it."""
        if self.outcome:
            return "done" if self.outcome == Outcome.DONE else "plain"
        if self.left is None:
            return "waiting"
        if self.left > NEAR:
            return "waiting"
        return "late" if self.left < 0 else "near"

    @property
    def badge(self) -> str:
        """Return the word of its state."""
        return self.outcome_label or texts.waits(self.left)

    @property
    def unsettled(self) -> bool:
        """Tell whether the rule of the last day is still to be compared with the original."""
        return self.entry is not None and not self.entry.settled


@dataclass(frozen=True, slots=True)
class RightsPage:
    """
    A pupil's own page of rights.

    ``erased_by`` is the last day to erase who stopped; ``open_kinds`` are asked and not answered;
    ``rests_since`` is the day since which nothing is recorded, by the pupil's own word.
    """

    given_name: str
    stopped: date | None
    erased_by: date | None
    erase_entry: Entry[int] | None
    rows: tuple[RequestRow, ...]
    open_kinds: frozenset[str]
    facts: tuple[tuple[str, str], ...]
    rests_since: date | None
    simulated: bool


@dataclass(frozen=True, slots=True)
class CorrectPage:
    """What stands in a pupil's record, for the form that asks for another value."""

    stopped: bool
    values: dict[str, str | date | bool | None]
    simulated: bool


@dataclass(frozen=True, slots=True)
class RequestsPage:
    """The requests that wait for a post of the school, and the last that were answered."""

    waiting: tuple[RequestRow, ...]
    answered: tuple[RequestRow, ...]
    simulated: bool


@dataclass(frozen=True, slots=True)
class RequestPage:
    """One request, with what is to be done and what a correction would bring about."""

    row: RequestRow
    kind: Kind
    to_do: str
    now: str
    acknowledge_by: date | None
    extendable: date | None
    extended: bool
    consequences: tuple[str, ...]
    simulated: bool


def rights_page(code: str, today: date) -> RightsPage | None:
    """Return the page of rights a pupil's own code opens, or ``None``."""
    person = people.own_record(code)
    if person is None:
        return None
    book = amendments.current()
    consents = list(person.consents.all())
    standing = any(one.withdrawn_date is None for one in consents)
    stopped = None
    if not standing:
        stopped = max(one.withdrawn_date for one in consents if one.withdrawn_date)
    erased = None if stopped is None else requests.erase_on(stopped, today, book)
    asked = Request.objects.filter(person=person).order_by("-asked_at", "-id")
    # Of who stopped nobody answers anything any more but the erasing.
    shown = [one for one in asked if standing or one.outcome or one.kind == Kind.DELETE]
    rows = tuple(_row(one, person, today, book) for one in shown)
    return RightsPage(
        given_name=person.full_name.split()[-1],
        stopped=stopped,
        erased_by=None if erased is None else erased[0],
        erase_entry=None if erased is None else erased[1],
        rows=rows,
        open_kinds=frozenset(one.kind for one in asked if not one.outcome),
        facts=tuple(
            (str(texts.DATA[one]), texts.said(one, found.value_of(person, one))) for one in Datum
        ),
        rests_since=person.rests_since,
        simulated=person.simulated,
    )


def correct_page(code: str) -> CorrectPage | None:
    """Return what stands in the record a pupil's own code opens, or ``None``."""
    person = people.own_record(code)
    if person is None:
        return None
    standing = person.consents.filter(withdrawn_at=None).exists()
    values = {one.value: found.value_of(person, one) for one in Datum}
    return CorrectPage(not standing, values, person.simulated)


def requests_page(actor: Actor, today: date) -> RequestsPage:
    """
    Return the requests of a school, in a number of statements that does not grow.

    Raises:
        NotAllowed: The post answers none.
    """
    authority.require(actor, Right.ANSWER_REQUESTS)
    book = amendments.current()
    ended = found.visible_to(actor).exclude(outcome="").select_related("person")
    waiting = found.open_for(actor)
    past = list(ended.order_by("-answered_at", "-id")[:_ANSWERED])
    rows = [_row(one, one.person, today, book) for one in waiting]
    rows.sort(key=lambda row: (row.left is None, row.left or 0, row.id))
    return RequestsPage(
        waiting=tuple(rows),
        answered=tuple(_row(one, one.person, today, book) for one in past),
        simulated=any(one.person.simulated for one in (*waiting, *past)),
    )


def request_page(actor: Actor, request_id: int, today: date) -> RequestPage:
    """
    Return one request of a school.

    Raises:
        NotAllowed: The post answers none.
        Request.DoesNotExist: Unknown, or not the actor's to answer.
    """
    request = found.answerable_by(actor).select_related("person").get(pk=request_id)
    book, person, kind = amendments.current(), request.person, Kind(request.kind)
    due = requests.due(kind, request.asked_date, request.extended_at is not None, book)
    datum = Datum(request.datum) if request.datum else None
    return RequestPage(
        row=_row(request, person, today, book),
        kind=kind,
        to_do=str(texts.TO_DO[kind]),
        now="" if datum is None else texts.said(datum, found.value_of(person, datum)),
        acknowledge_by=due.acknowledge_by,
        extendable=None if request.outcome else due.extendable,
        extended=request.extended_at is not None,
        consequences=_consequences(request, person, today) if not request.outcome else (),
        simulated=person.simulated,
    )


def _row(request: Request, person: Person, today: date, book: Rulebook) -> RequestRow:
    due = found.due_of(request, book)
    datum = Datum(request.datum) if request.datum else None
    title = str(texts.KINDS[Kind(request.kind)])
    value = ""
    if datum is not None:
        title = f"{title}: {texts.DATA[datum]}"
        value = texts.said(datum, requests.read(datum, request.value)) if request.value else ""
        if not request.value and datum in {Datum.UNION_MEMBER, Datum.LOWER_SECONDARY}:
            value = texts.said(datum, None)
    left = None if due.last_day is None or request.outcome else (due.last_day - today).days
    outcome = Outcome(request.outcome) if request.outcome else None
    return RequestRow(
        id=request.pk,
        person_id=person.pk,
        kind=request.kind,
        name=person.full_name,
        class_name=person.class_name,
        title=title,
        value=value,
        asked=request.asked_date,
        acknowledged=days.local(request.acknowledged_at) if request.acknowledged_at else None,
        last_day=due.last_day,
        left=left,
        answered=days.local(request.answered_at) if request.answered_at else None,
        outcome=request.outcome,
        outcome_label="" if outcome is None else str(texts.OUTCOMES[outcome]),
        sentence=request.sentence,
        entry=due.entry,
    )


def _consequences(request: Request, person: Person, today: date) -> tuple[str, ...]:
    """Return what another day of birth would change on the pupil's road, in plain sentences."""
    if request.datum != Datum.BORN:
        return ()
    walk = dossiers.own_walk(person, today)
    if walk is None:
        return ()
    kept, person_there = person.birth_date, walk.dossier.person
    person_there.birth_date = date.fromisoformat(request.value)
    after = dossiers.road_of(walk.dossier, walk.book, today)
    person_there.birth_date = kept
    return (*_of_age(walk.road, after), *_faults(walk.road, after))


def _of_age(before: Road, after: Road) -> list[str]:
    was, will = _age_day(before), _age_day(after)
    if was == will or will is None:
        return []
    facts = {"was": "" if was is None else days.day(was), "will": days.day(will)}
    return [_("Old enough from %(will)s on, not from %(was)s.") % facts]


def _age_day(road: Road) -> date | None:
    return next((one.from_day for one in road.conditions if one.name == "age"), None)


def _faults(before: Road, after: Road) -> list[str]:
    """Return what was done too young by the new day, and what no longer was."""
    was = {fault.act.number: fault for fault in before.faults}
    will = {fault.act.number: fault for fault in after.faults}
    found_new = [fault for number, fault in will.items() if number not in was]
    gone = [fault for number, fault in was.items() if number not in will]
    said = [
        _(
            "By this day of birth the pupil was not old enough on %(day)s, when the cell "
            "considered: the road stops until that is put right."
        )
        % {"day": days.day(fault.act.on)}
        for fault in found_new
    ]
    said += [
        _("By this day of birth the pupil was old enough on %(day)s, when the cell considered.")
        % {"day": days.day(fault.act.on)}
        for fault in gone
    ]
    return said
