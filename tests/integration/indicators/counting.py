"""Every figure counted a second time, straight from acts: no road, no rule, no span of ours."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from importlib.resources import files

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
#: Working days for the ceremony, for the cell to consider recognition, and for the decision on it,
#: by every regulation a cohort of these tests lives under.
CEREMONY = CONSIDERED = RECOGNITION = 30
#: From the regulation of this day on the ceremony's days run from the decision, not its receipt.
ISSUED_COUNTS = date(2026, 7, 26)
#: What has to be made again of a dossier older than a year, with the verification.
RENEWED = ("2-KNĐ", "3-KNĐ", "4-KNĐ", "5-KNĐ")
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
    if not over:
        yield from _overdue(one, day)
    if not annulled and any(since <= on for on in one.days("recognised", day)):
        yield "recognised_late" if _late(one, day) else "recognised_in_time"
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
        last = _years_on(issued, 5)
        if 0 <= (last - day).days <= 180:
            yield "certificate_expiring"


@cache
def _calendar() -> tuple[frozenset[date], frozenset[date], date]:
    """The days off and the weekends worked of all years, and the last day of the last of them."""
    text = (files("donghanh.domain") / "rulebook" / "calendar.toml").read_text(encoding="utf-8")
    years = tomllib.loads(text)
    off, worked = (
        frozenset(
            date.fromisoformat(f"{year}-{one}")
            for year, said in years.items()
            for one in said[what]
        )
        for what in ("off", "worked")
    )
    return off, worked, date(max(int(year) for year in years), 12, 31)


def working_days(start: date, many: int) -> date | None:
    """So many working days after a day, gone one by one; nothing where nobody knows so far."""
    off, worked, end = _calendar()
    day = start
    while many and day <= end:
        day += timedelta(days=1)
        many -= day in worked or (day.weekday() < 5 and day not in off)
    return day if day <= end else None


def _years_on(day: date, many: int = 1) -> date:
    """The same day some years later."""
    leap = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year + many, day=28 if leap and many % 4 else day.day)


def _allowed(one: Told, rule: str, day: date, last: date | None) -> date:
    """The last day of a span, or the later one a committee allowed by then."""
    more = [
        act.until_date
        for act in one.acts
        if act.step == "extended" and act.about == rule and act.on_date <= day and act.until_date
    ]
    return max([last, *more]) if last is not None else date.max


def _overdue(one: Told, day: date) -> Iterator[str]:
    decisions = [
        act for act in one.acts if act.step == "decided" and act.passed and act.on_date <= day
    ]
    if decisions and not one.done("admitted", day):
        newest = decisions[-1]
        received = newest.received_date or newest.on_date
        begun = newest.on_date if newest.on_date >= ISSUED_COUNTS else received
        if _allowed(one, "admission.ceremony", day, working_days(begun, CEREMONY)) < day:
            yield "ceremony_overdue"
    papers: dict[str, list[date]] = {}
    for act in one.acts:
        if act.step in {"papers", "verified"} and act.on_date <= day:
            papers.setdefault(act.form if act.step == "papers" else act.step, []).append(
                act.on_date
            )
    if "1-KNĐ" in papers and not one.done("cell_voted", day):
        last = _years_on(min(papers["1-KNĐ"]))
        again = [papers.get(form, [date.min])[-1] for form in (*RENEWED, "verified")]
        if min(again) > last:
            last = _years_on(min(again))
        if last < day:
            yield "dossier_aged"


def _late(one: Told, day: date) -> bool:
    """Whether the cell's vote on recognition or the decision came after its last day."""
    admitted, voted = one.days("admitted", day), one.days("recognition_voted", day)
    ends = []
    if admitted and voted:
        begun = _years_on(admitted[-1])
        ends.append((voted[0], "recognition.consider", working_days(begun, CONSIDERED)))
    if voted:
        decided = one.days("recognised", day)[0]
        ends.append((decided, "recognition.decision", working_days(voted[-1], RECOGNITION)))
    return any(done > _allowed(one, rule, day, last) for done, rule, last in ends)


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
