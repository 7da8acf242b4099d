"""Cohorts laid day by day at random, so that every figure counts somebody, late ones above all."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from donghanh.dossiers.models import Act, Dossier
from donghanh.handover.models import Handover
from tests import factory
from tests.unit.domain.walked import BAD, GOOD

#: Steps and papers of a road as it usually goes; ``|`` before the form of a paper.
ROAD = (
    *("sourced", "introduced", "listed", "sent_to_class", "trained|CN-NTVĐ"),
    *("allowed", "papers|1-KNĐ", "papers|2-KNĐ", "verification_sent", "verified"),
    *("papers|3-KNĐ", "papers|4-KNĐ", "papers|5-KNĐ", "cell_voted", "base_voted", "decided"),
    *("admitted", "new_member_class", "papers|10-KNĐ", "papers|11-KNĐ", "papers|12-KNĐ"),
    *("recognition_voted", "recognition_base_voted", "recognised"),
)
_VOTES = {"introduced", "cell_voted", "base_voted", "decided"} | {
    *("recognition_voted", "recognition_base_voted", "recognised")
}
#: Days before a step where they are not a few: what has a last day comes in time or after it.
_GAPS = {
    "cell_voted": (5, 20, 250, 400),
    "admitted": (10, 38, 44, 60, 90),
    "recognition_voted": (340, 380, 400, 420, 450),
    "recognised": (20, 38, 44, 55),
}
#: Of twenty: how far they come.
_ENDS = (2, 3, 5, 6, 9, 9, 13, 13, 13, 15, 16, 16, 16, 17, 17, 21, 24, 24, 24, 24)
_RENEWED = ("papers|2-KNĐ", "papers|3-KNĐ", "papers|4-KNĐ", "papers|5-KNĐ", "verified")


@dataclass(slots=True)
class _Laying:
    """One case being laid: the day it has come to and its acts."""

    chance: random.Random
    dossier: Dossier
    by: int
    on: date
    rows: list[Act] = field(default_factory=list)

    def act(self, what: str, on: date | None = None, *, passed: bool = True, **more: Any) -> Act:
        """Lay one act, on the day the case has come to or another."""
        step, _, form = what.partition("|")
        row = Act(
            dossier=self.dossier,
            number=len(self.rows) + 1,
            step=step,
            form=form,
            on_date=on or self.on,
            recorded_at=factory.instant(on or self.on),
            recorded_by_id=self.by,
            passed=passed,
            **more,
        )
        if step in _VOTES:
            tally = GOOD if passed else BAD
            for name in ("official", "excluded", "convened", "present", "favour", "against"):
                setattr(row, name, getattr(tally, name))
            row.invalid = tally.invalid
        self.rows.append(row)
        return row


def cohort(
    chance: random.Random,
    schools: Sequence[factory.School],
    size: int,
    since: date,
    days: int,
    base: Sequence[bool] = (True, False),
    *,
    between: bool = True,
) -> list[Dossier]:
    """
    Lay the roads of some pupils.

    Args:
        chance: Draws everything.
        schools: Their schools, by turns; a file that is handed over goes to another of them.
        size: How many.
        since: The first day one of them may begin.
        days: So many days later is the last.
        base: Whether a base committee stands above the cells, by turns.
        between: Whether files go from one of the schools to another, too.
    """
    made = []
    for place in range(size):
        where = schools[place % len(schools)]
        on = since + timedelta(days=chance.randrange(days))
        person = factory.agreed_pupil(where, on=on, born=date(on.year - 18, 1, 15))
        dossier = Dossier.objects.create(
            person=person,
            school=where.unit,
            opened_date=on,
            base_committee=base[place % len(base)],
            scopes=["central"],
        )
        laying = _Laying(chance, dossier, where.secretary.pk, on)
        _road(laying, _ENDS[place % len(_ENDS)])
        _turns(laying)
        Act.objects.bulk_create(laying.rows)
        _void(laying)
        if chance.random() < 0.2:
            _move(laying, where, chance.choice(schools) if between else where)
        if chance.random() < 0.15:
            later = laying.on + timedelta(days=chance.randrange(-60, 90))
            factory.stopped(person, on=max(on, later))
        made.append(dossier)
    return made


def _road(laying: _Laying, end: int) -> None:
    chance = laying.chance
    for what in ROAD[:end]:
        step = what.partition("|")[0]
        if step == "base_voted" and not laying.dossier.base_committee:
            continue
        laying.on += timedelta(days=chance.choice(_GAPS.get(step, (0, 1, 3, 9, 16))))
        if step == "cell_voted":
            _before_the_vote(laying)
        on = laying.on
        if step == "trained" and chance.random() < 0.3:
            on -= timedelta(days=1826 - chance.randrange(400))  # a certificate of long ago
        received: dict[str, Any] = {}
        if step == "decided" and chance.random() < 0.8:
            received = {"received_date": on + timedelta(days=chance.randrange(12))}
        laying.act(what, on, **received)


def _before_the_vote(laying: _Laying) -> None:
    """Make the papers again, all or some, or fail first; or neither."""
    drawn = laying.chance.random()
    if drawn < 0.4:
        for what in _RENEWED if drawn < 0.25 else _RENEWED[:3]:
            laying.act(what)
            laying.on += timedelta(days=1)
    elif drawn < 0.6:
        laying.act("cell_voted", passed=False)
        laying.on += timedelta(days=laying.chance.randrange(5, 40))


def _turns(laying: _Laying) -> None:
    chance, done = laying.chance, {row.step for row in laying.rows}
    for rule, step in (("admission.ceremony", "decided"), ("recognition.decision", "recognised")):
        if step in done and chance.random() < 0.3:
            begun = next(row.on_date for row in laying.rows if row.step == step)
            on = begun + timedelta(days=chance.randrange(30))
            until = begun + timedelta(days=chance.randrange(40, 120))
            laying.act("extended", on, about=rule, until_date=until)
    if "listed" in done and chance.random() < 0.2:
        end = "unlisted"
        if "decided" in done:
            end = chance.choice(("annulled", "deleted" if "admitted" in done else "annulled"))
        laying.on += timedelta(days=chance.randrange(40))
        laying.act(end)


def _void(laying: _Laying) -> None:
    """Declare one act invalid, now and then."""
    if laying.rows and laying.chance.random() < 0.3:
        old = laying.chance.choice(laying.rows)
        Act.objects.create(
            dossier=laying.dossier,
            number=len(laying.rows) + 1,
            step=old.step,
            form=old.form,
            on_date=old.on_date,
            recorded_at=old.recorded_at,
            recorded_by_id=laying.by,
            voids=old,
            reason="Ghi nhầm",
        )


def _move(laying: _Laying, where: factory.School, to: factory.School) -> None:
    """Let the file go: to another school of the cohort, or out of the system."""
    chance, dossier = laying.chance, laying.dossier
    place = "school" if to is not where else chance.choice(("locality", "institution", "unit"))
    left = laying.on + timedelta(days=chance.randrange(-30, 60))
    received = left + timedelta(days=chance.randrange(20)) if chance.random() < 0.8 else None
    move = {"on": left.isoformat(), "to": place, "received_on": received and received.isoformat()}
    dossier.moves = [{**move, "scopes": ["central"], "base_committee": dossier.base_committee}]
    if place == "school" and received is not None:
        Handover.objects.create(
            dossier=dossier,
            from_school=where.unit,
            from_unit=where.cell,
            to=place,
            to_school=to.unit,
            to_name="Trường khác",
            stand="source",
            asked_date=left,
            asked_at=factory.instant(left),
            asked_by_id=laying.by,
            wording="1",
            agreed_date=left,
            agreed_at=factory.instant(left),
            sent_date=left,
            sent_at=factory.instant(left),
            sent_by_id=laying.by,
            received_date=received,
            received_at=factory.instant(received),
            received_by_id=to.secretary.pk,
        )
        dossier.school = to.unit
    dossier.save(update_fields=["moves", "school"])


def days_between(chance: random.Random, since: date, until: date, many: int) -> Iterator[date]:
    """Yield some days at random, the last of each school year among them."""
    for year in range(since.year, until.year + 1):
        yield date(year, 7, 31)
        yield date(year, 6, 9)
    for _ in range(many):
        yield since + timedelta(days=chance.randrange((until - since).days))
