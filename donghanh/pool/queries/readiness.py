"""How far a road is from its next step, out of the answers of the rules; no score, no ranking."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from donghanh.domain.eligibility import Condition, Verdict
from donghanh.domain.procedure import Road, RoadStatus, Stage, Step
from donghanh.dossiers import queries as dossiers
from donghanh.dossiers import texts as words
from donghanh.dossiers.queries import Walk, wording
from donghanh.dossiers.queries.wording import Cite
from donghanh.lib import days

#: The certificate of the awareness class, by its form.
_CERTIFICATE = "CN-NTVĐ"
_KINDS = {"age": "tuoi", "certificate": "chung-nhan"}


@dataclass(frozen=True, slots=True)
class Lack:
    """One thing that is missing, with where its rule stands; ``later``: not for the next step."""

    kind: str
    text: str
    cites: tuple[Cite, ...]
    later: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of one road: the next step, how far, and what is missing."""

    step: str
    ready: str
    note: str
    lacks: tuple[Lack, ...]
    before_introduction: bool


#: What roads are on which a decision is still to come.
OPEN = dossiers.GOING - {RoadStatus.ADMITTED}
#: A pupil who agreed: the source list is next, and nothing has to be there for it.
AGREED = Told("", "san-sang", "", (), before_introduction=True)


def in_the_pool(found: Iterable[Walk]) -> list[Walk]:
    """Return those of some walks that are on the way to a decision, in the order given."""
    return [
        walk
        for walk in found
        if walk.road.status in OPEN
        and walk.road.current is not None
        and walk.road.stage(Step.DECIDED).act is None
    ]


def of(walk: Walk) -> Told:
    """Return how far a road, which has a present step, is from it."""
    road, stage = walk.road, walk.road.current
    if stage is None:
        return AGREED
    lacks = (*_papers(walk, stage), *_conditions(road, stage, walk.today))
    ready, note = _ready(walk, stage, lacks)
    before = {Step.SOURCED, Step.INTRODUCED}
    return Told(stage.rule.title_vi, ready, note, lacks, stage.step in before)


def _ready(walk: Walk, stage: Stage, lacks: tuple[Lack, ...]) -> tuple[str, str]:
    road, today = walk.road, walk.today
    need = wording.need(road, walk.book, today)
    now = [lack for lack in lacks if not lack.later]
    if need.blocked or now:
        aged = _aged(road, now, today)
        return ("cho-ngay", aged) if aged else ("con-thieu", need.text)
    if stage.earliest_on is not None and stage.earliest_on > today:
        return "cho-ngay", need.text
    return "san-sang", need.text


def _aged(road: Road, now: list[Lack], today: date) -> str:
    """Return from which day on nothing is missing, where time alone brings it; or nothing."""
    if {lack.kind for lack in now} != {"tuoi"}:
        return ""
    day = next((one.from_day for one in road.conditions if one.name == "age"), None)
    if day is None or day <= today:
        return ""
    return _("Possible from %(day)s on") % {"day": days.day(day)}


def _papers(walk: Walk, stage: Stage) -> tuple[Lack, ...]:
    scopes = walk.road.case.at(walk.today).scopes
    cites = (wording.cite_step(stage.rule),)
    return tuple(
        Lack(
            "chung-nhan" if form == _CERTIFICATE else "giay-to",
            words.paper_title(form, scopes),
            cites,
        )
        for form in wording.missing(stage)
    )


def _conditions(road: Road, stage: Stage, today: date) -> tuple[Lack, ...]:
    """Return the conditions that are not met: for the next step where it judges, else for later."""
    if road.stage(Step.CELL_VOTED).act is not None:
        return ()
    return tuple(
        Lack(
            _KINDS.get(one.name, "khac"),
            _said(one, today),
            wording.cites(one.entries),
            later=not stage.rule.judges_person,
        )
        for one in road.conditions
        if one.verdict is not Verdict.MET
    )


def _said(one: Condition, today: date) -> str:
    label = str(words.CONDITIONS[one.name])
    if one.from_day is not None and one.from_day > today:
        return _("%(condition)s: from %(day)s on") % {
            "condition": label,
            "day": days.day(one.from_day),
        }
    return label
