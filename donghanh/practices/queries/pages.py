"""The page of one practice, of a unit or of the library."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from donghanh.domain import authority
from donghanh.domain.authority import Actor
from donghanh.domain.practising import IN_FORCE, OPEN, NotInLibrary, Stage, Telling
from donghanh.domain.rights import Right
from donghanh.organisation import queries as organisation
from donghanh.practices import texts
from donghanh.practices.queries.library import Shipped, shipped
from donghanh.practices.queries.lines import Compared, Told, line_of
from donghanh.practices.queries.reach import judges, owns, telling_of, visible_to


@dataclass(frozen=True, slots=True)
class Looked:
    """What came of one look: the word, the remark, the decision, the unit, when."""

    outcome: str
    remark: str
    paper_number: str
    paper_date: date | None
    unit: str
    at: datetime


@dataclass(frozen=True, slots=True)
class PracticePage:
    """
    One practice with all that is done with it.

    ``mine``: the own unit tells it; ``may_…``: what the actor can do now; ``simulated``: its unit
    is an invented one.
    """

    id: int
    version: int
    stage: Stage
    badge: tuple[str, str]
    telling: Telling
    unit: str
    judge: str
    began: date | None
    ended: date | None
    end_reason: str
    changed: str
    taken: bool
    results: tuple[Told, ...]
    looks: tuple[Looked, ...]
    line: Compared
    mine: bool
    may_mend: bool
    may_state: bool
    may_withdraw: bool
    may_judge: bool
    may_recommend: bool
    may_recognise: bool
    may_take: bool
    may_keep: bool
    simulated: bool


@dataclass(frozen=True, slots=True)
class LibraryPage:
    """One practice of the library with its line."""

    shipped: Shipped
    line: Compared
    may_take: bool


def practice_page(actor: Actor, practice_id: int, today: date) -> PracticePage:
    """
    Return the page of one practice.

    Args:
        actor: Who looks.
        practice_id: The practice.
        today: The day (Asia/Ho_Chi_Minh).

    Raises:
        NotAllowed: The post reads no practices.
        Practice.DoesNotExist: Unknown, or not in sight.
    """
    authority.require(actor, Right.READ_PRACTICES)
    practice = visible_to(actor).select_related("unit").get(pk=practice_id)
    looks = list(practice.looks.order_by("-pk"))
    units = {practice.unit_id, practice.judge_id or 0, *(one.unit_id for one in looks)}
    named = {unit: facts.name for unit, facts in organisation.known_as(units, today).items()}
    stage = Stage(practice.stage)
    state, word = texts.STAGES[stage]
    line = line_of(actor, practice.line, f"p{practice.pk}", today)
    mine, judge = owns(actor, practice), judges(actor, practice)
    in_force = stage in IN_FORCE
    house = practice.house_id in actor.schools and actor.may(Right.KEEP_MODELS)
    return PracticePage(
        id=practice.pk,
        version=practice.version,
        stage=stage,
        badge=(state, str(word)),
        telling=telling_of(practice),
        unit=named.get(practice.unit_id, ""),
        judge=named.get(practice.judge_id or 0, ""),
        began=practice.began_date,
        ended=practice.ended_date,
        end_reason=practice.end_reason,
        changed=practice.changed,
        taken=practice.parent_id is not None or bool(practice.library_key),
        results=next(row.node.results for row in line.rows if row.node.id == practice.pk),
        looks=tuple(
            Looked(
                outcome=str(texts.OUTCOMES[one.outcome]),
                remark=one.remark,
                paper_number=one.paper_number,
                paper_date=one.paper_date,
                unit=named.get(one.unit_id, ""),
                at=one.at,
            )
            for one in looks
        ),
        line=line,
        mine=mine,
        may_mend=mine and stage in OPEN,
        may_state=mine and stage is not Stage.WITHDRAWN,
        may_withdraw=mine and stage is not Stage.WITHDRAWN,
        may_judge=judge and stage in {Stage.PROPOSED, Stage.RECOMMENDED},
        may_recommend=judge and stage is Stage.PROPOSED,
        may_recognise=judge and stage is Stage.RECOMMENDED,
        may_take=in_force and not mine and not house and actor.may(Right.PROPOSE_PRACTICES),
        may_keep=in_force and house and bool(practice.challenges),
        simulated=practice.unit.simulated,
    )


def library_page(actor: Actor, key: str, today: date) -> LibraryPage:
    """
    Return the page of one practice of the library.

    Raises:
        NotAllowed: The post reads no practices.
        NotInLibrary: There is none with this key.
    """
    authority.require(actor, Right.READ_PRACTICES)
    found = shipped().get(key)
    if found is None:
        raise NotInLibrary
    line = line_of(actor, found.line, key, today)
    return LibraryPage(found, line, actor.may(Right.PROPOSE_PRACTICES))


def start_from(actor: Actor, practice_id: int | None, key: str) -> Telling:
    """
    Return what somebody who takes a practice over, or mends it, begins with.

    Raises:
        Practice.DoesNotExist, NotInLibrary: Unknown, or not in sight.
    """
    authority.require(actor, Right.PROPOSE_PRACTICES)
    if practice_id is not None:
        return telling_of(visible_to(actor).get(pk=practice_id))
    if key not in shipped():
        raise NotInLibrary
    return shipped()[key].telling
