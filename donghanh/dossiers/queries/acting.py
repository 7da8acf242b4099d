"""What the pages that record an act, void one or open a dossier must show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from donghanh.domain import procedure, rules
from donghanh.domain.authority import Actor, NotAllowed, Right
from donghanh.domain.errors import RuleError
from donghanh.domain.procedure import Step
from donghanh.domain.structure import UnitKind
from donghanh.domain.voting import Tally
from donghanh.domain.walk import threshold_of
from donghanh.dossiers import texts
from donghanh.dossiers.models import Dossier
from donghanh.dossiers.queries import pages, wording
from donghanh.dossiers.queries import roads as reads
from donghanh.dossiers.queries.pages import PaperRow
from donghanh.dossiers.queries.wording import Cite
from donghanh.organisation import queries as organisation
from donghanh.people.models import Person


@dataclass(frozen=True, slots=True)
class ActPage:
    """The page that records one step."""

    dossier: Dossier
    name: str
    step: Step
    title: str
    body: str
    vote: str
    threshold: str
    cites: tuple[Cite, ...]
    papers: tuple[PaperRow, ...]
    missing: tuple[str, ...]
    helpers: tuple[tuple[int, str], ...]
    seen: int
    earliest: date | None
    last_day: date | None
    simulated: bool

    @property
    def form_hint(self) -> str:
        """Return the number of the form this step leaves, where it leaves one."""
        return rules.load().step(self.step).form or ""


@dataclass(frozen=True, slots=True)
class CountPage:
    """A vote as it is being typed, counted by the rules of its day."""

    favour: int
    base: int
    needed: int
    threshold: str
    cites: tuple[Cite, ...]
    problem: str


@dataclass(frozen=True, slots=True)
class VoidPage:
    """What declaring an act invalid would bring about."""

    dossier: Dossier
    name: str
    act: str
    on: date
    falls: tuple[str, ...]
    keeps: tuple[str, ...]
    seen: int
    simulated: bool


def helpers(school_id: int, on: date) -> tuple[tuple[int, str], ...]:
    """Return who can be chosen as helper at a school on a day: those with a post in its cell."""
    cell = organisation.hosted_at(school_id, UnitKind.CELL, on)
    return tuple(organisation.holders_of(cell, on)) if cell is not None else ()


def act_page(actor: Actor, dossier_id: int, step: Step, today: date) -> ActPage:
    """
    Return the page that records a step of a dossier.

    Raises:
        Dossier.DoesNotExist: Unknown, or not visible to the actor.
        NotAllowed: The step is done by another body, or not on this road.
    """
    walk = reads.walk(actor, dossier_id, today)
    stage = walk.road.stage(step)
    papers = _recordable(actor, walk) if step is Step.PAPERS else ()
    may = reads.may_do(actor, walk.dossier, step) or bool(papers)
    if not may or stage not in wording.stages_of(walk.road):
        raise NotAllowed(right=Right.RECORD_ACTS.value, role=actor.post.role.value)
    rule = rules.load().step(step)
    return ActPage(
        dossier=walk.dossier,
        name=walk.dossier.person.full_name,
        step=step,
        title=rule.title_vi,
        body=rule.body_vi,
        vote=rule.vote,
        threshold=texts.threshold(stage.threshold.value) if stage.threshold else "",
        cites=wording.cites(stage.entries) or (wording.cite(rule.cite, settled=rule.cite.settled),),
        papers=papers,
        missing=wording.missing(walk.road, stage) if step is not Step.PAPERS else (),
        helpers=helpers(walk.dossier.school_id, today) if step is Step.LISTED else (),
        seen=walk.dossier.acts_recorded,
        earliest=wording.ahead(stage.earliest_on, today),
        last_day=stage.last_day,
        simulated=walk.dossier.simulated,
    )


def _recordable(actor: Actor, walk: reads.Walk) -> tuple[PaperRow, ...]:
    """Return the papers of every step that this actor may record now."""
    rows = [
        pages.paper_row(actor, walk, need)
        for stage in wording.stages_of(walk.road)
        for need in stage.papers
    ]
    return tuple(row for row in rows if row.may_record)


def count(actor: Actor, dossier_id: int, step: Step, tally: Tally, on: date) -> CountPage | None:
    """
    Return a vote as it is typed, or ``None`` where the step is no vote on that day.

    Raises:
        Dossier.DoesNotExist: Unknown, or not visible to the actor.
    """
    walk = reads.walk(actor, dossier_id, on)
    entry = threshold_of(rules.load().step(step), on, walk.road.case, rules.load())
    if entry is None:
        return None
    base = max(entry.value.of(tally), 0)
    return CountPage(
        favour=max(tally.favour, 0),
        base=base,
        needed=entry.value.needed(base),
        threshold=texts.threshold(entry.value),
        cites=wording.cites([entry]),
        problem=_problem(tally),
    )


def _problem(tally: Tally) -> str:
    """Return why counts cannot be, or nothing."""
    try:
        tally.check()
    except RuleError as error:
        return texts.refusal(error)
    return ""


def void_page(actor: Actor, dossier_id: int, number: int, today: date) -> VoidPage:
    """
    Return what declaring an act invalid would bring about.

    Raises:
        Dossier.DoesNotExist: Unknown, or not visible to the actor.
        NotAllowed: Another body did this step.
        RuleError: The rules refuse; see ``procedure.check_void``.
    """
    walk = reads.walk(actor, dossier_id, today)
    effect = procedure.check_void(number, walk.road.acts, walk.road.case, rules.load(), today)
    titles = {row.number: row for row in pages.road_page(actor, walk, today).acts}
    if not titles[number].may_void:
        raise NotAllowed(right=Right.RECORD_ACTS.value, role=actor.post.role.value)
    return VoidPage(
        dossier=walk.dossier,
        name=walk.dossier.person.full_name,
        act=titles[number].title,
        on=titles[number].on,
        falls=tuple(titles[one].title for one in effect.falls),
        keeps=tuple(titles[one].title for one in effect.keeps),
        seen=walk.dossier.acts_recorded,
        simulated=walk.dossier.simulated,
    )


def candidate(actor: Actor, person_id: int) -> Person:
    """
    Return a pupil who agreed and has no dossier yet.

    Raises:
        Person.DoesNotExist: Unknown, not visible to the actor, or already on the road.
        NotAllowed: The actor does not open dossiers.
    """
    if actor.post.role not in reads.doers_of(Step.SOURCED, None, ()):
        raise NotAllowed(right=Right.RECORD_ACTS.value, role=actor.post.role.value)
    return reads.candidates(actor).get(pk=person_id)
