"""Walks a planned letter through the real actions: schools, pupils, reports, consolidation."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from donghanh.demonstration import cohort as cohorts
from donghanh.demonstration import days, tallies
from donghanh.demonstration.cohort import Member
from donghanh.demonstration.diary import Diary
from donghanh.demonstration.office import Letter, Office
from donghanh.demonstration.plans import MOST, Plan
from donghanh.demonstration.pupils import Walkers
from donghanh.demonstration.stage import Above, School, Stage
from donghanh.domain import rules
from donghanh.domain.acts import Step
from donghanh.domain.rights import Role
from donghanh.domain.structure import Line, UnitKind

_NO_ISSUER = "Cơ quan ban hành"
_NO_PLACE = "Tỉnh mô phỏng"
_BASE_SHARE = "vote.base_committee"


@dataclass(frozen=True, slots=True)
class Head:
    """What the papers of the issuing office carry in their head and above its signature."""

    issuer: str
    superior: str
    symbol: str
    place: str
    authority: str
    title: str


@dataclass(frozen=True, slots=True)
class Journey:
    """
    What has been walked: who walked it, and when it ended.

    ``members`` are those of the cohort, where one was asked for; all of the first school.
    """

    office: Office
    letter: Letter
    schools: tuple[School, ...]
    finished: date
    members: tuple[Member, ...] = ()


def head_of(reading: Mapping[str, Any], text: str) -> Head:
    """
    Return the head of the issuing office's papers.

    Args:
        reading: The letter as read.
        text: The letter itself; an issuer is written there outside the capitals of its head.
    """
    place = str(reading.get("place") or _NO_PLACE)
    name = str(reading.get("issuer") or _NO_ISSUER)
    written = re.findall(re.escape(name), text, re.IGNORECASE)
    issuer = next((one for one in written if not one.isupper()), name)
    usual = f"UBND tỉnh {place}" if issuer.lower().startswith("sở ") else ""
    signing = reading.get("signing") or {}
    return Head(
        issuer=issuer,
        superior=str(reading.get("superior") or usual),
        symbol=_symbol(reading),
        place=place,
        authority=str(signing.get("authority") or ""),
        title=str(signing.get("title") or "THỦ TRƯỞNG ĐƠN VỊ"),
    )


def travel(plan: Plan, head: Head, letter: Letter, seed: int, cohort: int = 0) -> Journey:
    """
    Walk a letter to its consolidated report.

    Args:
        plan: How.
        head: Gives the department its name.
        letter: The letter.
        seed: Of names and chance; the same letter is given the same.
        cohort: How many pupils of the first school are invited besides, with every way a road can
            go.
    """
    stage = Stage("dh", head.place, seed)
    diary = Diary(date.max)
    office, schools = _build(stage, diary, plan, head)
    walkers = Walkers(stage, diary, often=1.0)
    office.keep(letter, plan.issued)
    shares = {school.unit.pk: share for school, share in zip(schools, plan.shares(), strict=True)}
    office.issue(letter, plan.issued, shares)
    _pupils(walkers, plan, schools)
    members = cohorts.walk(walkers, schools[0], plan, cohort)
    sent = days.on_or_before(plan.last)
    accepted = days.on_or_after(plan.last + timedelta(days=2))
    for later, school in enumerate(schools):
        office.acknowledge(
            letter, school, days.on_or_after(plan.issued + timedelta(days=1 + later % 3))
        )
        office.write(letter, school, sent, plan.cutoff)
        office.send(letter, school, sent)
        office.accept(letter, school, accepted)
    finished = days.on_or_after(accepted + timedelta(days=3))
    office.consolidate(plan.year.key, finished)
    diary.play()
    return Journey(office, letter, schools, finished, members)


def _build(stage: Stage, diary: Diary, plan: Plan, head: Head) -> tuple[Office, tuple[School, ...]]:
    department = stage.unit(
        "so",
        UnitKind.DEPARTMENT,
        head.issuer,
        superior=head.superior,
        symbol=head.symbol,
    )
    competent = stage.unit(
        "cap-uy", UnitKind.UPPER_COMMITTEE, "Đảng ủy cấp trên trực tiếp (mô phỏng)"
    )
    base = stage.unit("co-so", UnitKind.BASE_COMMITTEE, "Đảng ủy cơ sở (mô phỏng)")
    union = stage.unit("doan", UnitKind.UPPER_UNION, "Đoàn cấp trên (mô phỏng)")
    stage.under(base, competent, Line.PARTY)
    officer = stage.holder("chuyenvien", department, Role.OFFICER)
    stage.holder(
        "lanhdao",
        department,
        Role.LEADER,
        title=head.title,
        signs_for=head.authority,
    )
    member = stage.holder("coso", base, Role.COMMITTEE)
    committee = stage.holder("capuy", competent, Role.COMMITTEE)
    # Under rules that say nothing of a base committee's share, every cell stands without one.
    known = rules.load().find_threshold(_BASE_SHARE, plan.begin) is not None
    schools = tuple(
        stage.school(
            f"truong{place}",
            school,
            Above(
                department=department,
                department_name=head.issuer,
                base=base if place % 2 and known else None,
                base_member=member,
                competent=competent,
                committee=committee,
                upper_union=union,
            ),
        )
        for place, school in enumerate(plan.schools, start=1)
    )
    return Office(stage, diary, officer), schools


def _pupils(walkers: Walkers, plan: Plan, schools: tuple[School, ...]) -> None:
    """Write as many roads to a ceremony as are asked for, and three that do not lead there."""
    asked = [
        school for school, share in zip(schools, plan.shares(), strict=True) for _ in range(share)
    ][:MOST]
    for place, school in enumerate(asked):
        begin = days.on_or_after(plan.begin + timedelta(days=place % 5))
        end = days.on_or_before(plan.end - timedelta(days=place % 4))
        laid = days.spread(begin, end if end in plan.year else plan.end)
        walkers.walk(walkers.pupil(school, eighteen_by=laid[Step.CELL_VOTED]), laid)

    laid = days.spread(plan.begin, plan.end)
    vote = laid[Step.CELL_VOTED]
    refused = walkers.pupil(schools[0], eighteen_by=vote)
    walkers.walk(refused, laid, Step.OPINIONS)
    failed = tallies.failed(walkers.stage.chance, 18)
    walkers.act(refused, Step.CELL_VOTED, max(vote, refused.latest[0]), tally=failed)
    waiting = walkers.pupil(schools[-1], eighteen_by=vote)
    walkers.walk(waiting, laid, Step.DECIDED)
    stopped = walkers.pupil(schools[-1], eighteen_by=vote)
    walkers.walk(stopped, laid, Step.LISTED)
    walkers.stop(stopped, laid[Step.TRAINED])


def _symbol(reading: Mapping[str, Any]) -> str:
    """
    Return the letters of the issuing office out of a letter's symbol.

    Where the reading doubts the symbol, what it takes to be meant stands on the papers.
    """
    symbol = str(reading.get("symbol") or "")
    for flag in reading.get("flags", ()):
        facts = flag.get("facts", {})
        if flag.get("field") == "symbol" and flag.get("code") == "misreading":
            symbol = symbol.replace(facts["found"], facts["likely"])
    state, _, party = symbol.partition("/")
    return (party or state).split("-")[0].strip()
