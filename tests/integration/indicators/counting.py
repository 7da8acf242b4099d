"""Every figure counted a second time, straight from acts: no road, no rule, no span of ours."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from donghanh.dossiers.models import Act, Dossier
from donghanh.handover.models import Handover
from donghanh.people.models import Aside, Consent

#: The step whose acts a figure counts, once a person and school year.
EVENTS = {
    "introduced": "introduced",
    "listed": "listed",
    "unlisted": "unlisted",
    "helped": "listed",
    "sent_to_class": "sent_to_class",
    "trained": "trained",
    "allowed": "allowed",
    "cell_passed": "cell_voted",
    "decided": "decided",
    "admitted": "admitted",
    "admitted_from_earlier": "admitted",
    "recognised": "recognised",
    "deleted": "deleted",
    "annulled": "annulled",
}
#: Figures an annulled decision is taken out of.
UNDONE = {"decided", "admitted", "admitted_from_earlier", "recognised"}
#: Figures that hang on a clock of working days; told by cases of their own, or by what they add to.
CLOCKED = {"ceremony_overdue", "recognised_late", "recognised_in_time", "dossier_aged"}
MOVES = {
    "moved_home": ({"locality"}, False, False),
    "moved_on": ({"school", "institution", "unit"}, False, False),
    "moved_confirmed": ({"school", "locality", "institution", "unit"}, False, True),
    "member_moved": ({"school", "locality", "institution", "unit"}, True, False),
    "member_move_confirmed": ({"school", "locality", "institution", "unit"}, True, True),
}


@dataclass
class Told:
    """What the tables say of one case."""

    dossier: Dossier
    acts: list[Act] = field(default_factory=list)
    consents: list[Consent] = field(default_factory=list)
    handed: list[Handover] = field(default_factory=list)

    def days(self, step: str, until: date, *, passed: bool = True) -> list[date]:
        """The days of a step up to a day, failed votes apart."""
        return [
            act.on_date
            for act in self.acts
            if act.step == step and act.on_date <= until and act.passed is passed
        ]

    def done(self, step: str, until: date) -> bool:
        """Whether a step was done by a day."""
        return bool(self.days(step, until))

    def stopped(self, until: date) -> bool:
        """Whether consent was taken back by a day, and not given again."""
        gone = [one.withdrawn_date for one in self.consents]
        return None not in gone and max((day for day in gone if day), default=date.max) <= until

    def school(self, on: date) -> int:
        """Whose case it was on a day."""
        for one in self.handed:
            if one.received_date is not None and on < one.received_date:
                return one.from_school_id
        return self.dossier.school_id


def cases() -> list[Told]:
    """Every case but those put aside, with its valid acts."""
    aside = set(Aside.objects.values_list("person_id", flat=True))
    found = {one.pk: Told(one) for one in Dossier.objects.exclude(person_id__in=aside)}
    people = {one.dossier.person_id: one for one in found.values()}
    rows = list(Act.objects.order_by("on_date", "number"))
    voided = {act.voids_id for act in rows}
    for act in rows:
        if act.dossier_id in found and act.voids_id is None and act.pk not in voided:
            found[act.dossier_id].acts.append(act)
    for consent in Consent.objects.filter(purpose="road"):
        if consent.person_id in people:
            people[consent.person_id].consents.append(consent)
    for one in Handover.objects.exclude(to_school=None).order_by("received_date"):
        if one.received_date is not None and one.dossier_id in found:
            found[one.dossier_id].handed.append(one)
    return list(found.values())


def year_begins(day: date) -> date:
    """The first day of the school year of a day."""
    return date(day.year if day.month >= 8 else day.year - 1, 8, 1)


def figures(one: Told, day: date) -> Iterator[str]:
    """Which figures one case counts for with a day as cut-off."""
    since = year_begins(day)
    annulled = one.done("annulled", day)
    over = (
        one.stopped(day)
        or annulled
        or one.done("deleted", day)
        or (one.done("unlisted", day) and _last(one, day) == "unlisted")
    )
    given = [consent.given_date for consent in one.consents]
    if min(given, default=date.max) <= day and not one.stopped(day):
        yield "taking_part"
    for code, step in EVENTS.items():
        here = any(since <= on for on in one.days(step, day))
        early = code != "admitted_from_earlier" or any(
            on < since for on in one.days("decided", day)
        )
        if here and early and not (code in UNDONE and annulled):
            yield code
    yield from _by_road(one, day, since)
    yield from _waiting(one, day, since, over)
    yield from _moved(one, day, since)


def _last(one: Told, day: date) -> str:
    turns = [act.step for act in one.acts if act.on_date <= day]
    turns = [step for step in turns if step in {"listed", "unlisted"}]
    return turns[-1] if turns else ""


def _by_road(one: Told, day: date, since: date) -> Iterator[str]:
    if any(act.form == "2-TN" and since <= act.on_date <= day for act in one.acts):
        yield "parents_heard"
    failed = [on for on in one.days("cell_voted", day, passed=False) if on >= since]
    if failed and not one.done("cell_voted", day):
        yield "cell_failed"
    step = "base_voted" if one.dossier.base_committee else "cell_voted"
    if any(on >= since for on in one.days(step, day)):
        yield "proposed"
    before = since - timedelta(days=1)
    listed = [
        act.step
        for act in one.acts
        if act.on_date <= before
        and act.step in {"listed", "unlisted", "admitted", "deleted", "annulled"}
    ]
    if listed and listed[-1] == "listed" and not one.stopped(before):
        yield "on_list_before"


def _waiting(one: Told, day: date, since: date, over: bool) -> Iterator[str]:
    if over:
        return
    if one.done("verification_sent", day) and not one.done("verified", day):
        yield "under_verification"
    if one.done("decided", day) and not one.done("admitted", day):
        yield "awaiting_ceremony"
        if min(one.days("decided", day)) < since:
            yield "awaiting_from_earlier"
    if one.done("trained", day) and not one.done("cell_voted", day):
        issued = max(one.days("trained", day))
        last = issued.replace(year=issued.year + 5)
        if 0 <= (last - day).days <= 180:
            yield "certificate_expiring"


def _moved(one: Told, day: date, since: date) -> Iterator[str]:
    for code, (places, member, confirmed) in MOVES.items():
        for move in one.dossier.moves:
            on = move["received_on"] if confirmed else move["on"]
            left = date.fromisoformat(move["on"])
            is_member = one.done("admitted", left)
            fits = on and move["to"] in places and is_member is member
            if fits and since <= date.fromisoformat(on) <= day:
                yield code
                break


def by_school(found: Iterable[Told], day: date) -> dict[int, dict[str, int]]:
    """Every figure of every school with a day as cut-off."""
    counted: dict[int, dict[str, int]] = {}
    for one in found:
        for code in set(figures(one, day)):
            own = counted.setdefault(one.school(day), {})
            own[code] = own.get(code, 0) + 1
    return counted
