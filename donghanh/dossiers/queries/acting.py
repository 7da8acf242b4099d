"""What the pages that record an act, void one or open a dossier must show."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from donghanh.amendments import queries as amendments
from donghanh.domain import procedure, voting
from donghanh.domain.authority import Actor, NotAllowed
from donghanh.domain.catalogue import StepRule, TurnRule
from donghanh.domain.errors import RuleError
from donghanh.domain.matrix import doers_of
from donghanh.domain.procedure import Stage, Step
from donghanh.domain.rights import Right
from donghanh.domain.rules import Rulebook
from donghanh.domain.structure import UnitKind
from donghanh.domain.voting import Exclusion, Tally
from donghanh.domain.walk import threshold_of
from donghanh.dossiers import texts
from donghanh.dossiers.models import Dossier
from donghanh.dossiers.queries import pages, rows, turns, wording
from donghanh.dossiers.queries import roads as reads
from donghanh.dossiers.queries.rows import PaperRow
from donghanh.dossiers.queries.turns import Extendable
from donghanh.dossiers.queries.wording import Cite
from donghanh.organisation import queries as organisation
from donghanh.people.models import Person

#: Whose act names a helper.
_WITH_HELPER = frozenset({Step.LISTED, Step.HELPER_CHANGED})


@dataclass(frozen=True, slots=True)
class PaperGroup:
    """The papers of one step that an actor may record now."""

    title: str
    papers: tuple[PaperRow, ...]


@dataclass(frozen=True, slots=True)
class Regime:
    """A regime that was in force while a dossier was open."""

    code: str
    title: str
    since: date


@dataclass(frozen=True, slots=True)
class ActPage:
    """
    The page that records one act: a step of the road, a paper, or a turn beside the road.

    Attributes:
        vote: ``required``, ``optional`` or ``none``.
        reasons: Why members may be left out of the base; empty where no reason is asked for.
        regimes: The regimes since the dossier was opened, where there is more than one.
        clocks: The last days that may be moved; of more time allowed only.
        ends: Nothing follows what is recorded here.
        missing: Papers without which the rules refuse it.
    """

    dossier: Dossier
    name: str
    step: Step
    title: str
    body: str
    form_hint: str
    cites: tuple[Cite, ...]
    seen: int
    simulated: bool
    vote: str = "none"
    threshold: str = ""
    papers: tuple[PaperGroup, ...] = ()
    missing: tuple[str, ...] = ()
    helpers: tuple[tuple[int, str], ...] = ()
    reasons: tuple[Exclusion, ...] = ()
    regimes: tuple[Regime, ...] = ()
    clocks: tuple[Extendable, ...] = ()
    ends: bool = False
    earliest: date | None = None
    last_day: date | None = None

    @property
    def has_rules(self) -> bool:
        """Tell whether there is a rule to be told beside the form."""
        told = (self.threshold, self.earliest, self.last_day, self.form_hint, self.cites)
        return any(told) or bool(self.clocks)

    @property
    def needs_helper(self) -> bool:
        """Tell whether the act is nothing without a helper."""
        return self.step is Step.HELPER_CHANGED

    def regime_of(self, day: date) -> str:
        """Return the code of the regime in force on a day, among those told; or nothing."""
        begun = [one.code for one in self.regimes if one.since <= day]
        return begun[-1] if begun else ""


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
    Return the page that records an act of a dossier.

    Raises:
        Dossier.DoesNotExist: Unknown, or not visible to the actor.
        NotAllowed: It is done by another body, is not on this road, or may not be done now.
    """
    walk = reads.walk(actor, dossier_id, today)
    turn = walk.book.catalogue.turn(step)
    if turn is not None:
        return _turn_page(actor, walk, turn)
    if step is Step.PAPERS:
        return _papers_page(actor, walk)
    return _step_page(actor, walk, walk.road.stage(step))


def _page(walk: reads.Walk, step: Step, rule: StepRule | TurnRule | None) -> ActPage:
    """Return what every page that records an act shows."""
    with_helper = step in _WITH_HELPER
    return ActPage(
        dossier=walk.dossier,
        name=walk.dossier.person.full_name,
        step=step,
        title=texts.step_title(step),
        body="" if rule is None else rule.body_vi,
        form_hint="" if rule is None else rows.form_of(walk, step),
        cites=() if rule is None else (wording.cite_step(rule),),
        seen=walk.dossier.acts_recorded,
        simulated=walk.dossier.simulated,
        helpers=helpers(walk.dossier.school_id, walk.today) if with_helper else (),
    )


def _turn_page(actor: Actor, walk: reads.Walk, turn: TurnRule) -> ActPage:
    if not reads.may_do(actor, walk, turn.step) or not turns.is_open(walk, turn):
        raise _not_allowed(actor)
    clocks = turns.extendables(walk) if turn.names_rule else ()
    return replace(_page(walk, turn.step, turn), clocks=clocks, ends=turn.ends)


def _papers_page(actor: Actor, walk: reads.Walk) -> ActPage:
    groups = []
    for stage in wording.stages_of(walk.road):
        own = [rows.paper_row(actor, walk, stage, need) for need in stage.papers]
        papers = tuple(row for row in own if row.may_record)
        if papers:
            groups.append(PaperGroup(stage.rule.title_vi, papers))
    if not groups:
        raise _not_allowed(actor)
    return replace(_page(walk, Step.PAPERS, None), papers=tuple(groups))


def _step_page(actor: Actor, walk: reads.Walk, stage: Stage) -> ActPage:
    rule = stage.rule
    shown = stage in wording.stages_of(walk.road) and not rule.papers
    if not shown or not reads.may_do(actor, walk, stage.step):
        raise _not_allowed(actor)
    page = _page(walk, stage.step, rule)
    return replace(
        page,
        vote=rule.vote,
        threshold=texts.threshold(stage.threshold.value) if stage.threshold else "",
        cites=wording.cites(stage.entries) or page.cites,
        missing=_missing(walk, stage),
        reasons=_reasons(walk, rule),
        regimes=_regimes(walk),
        earliest=wording.ahead(stage.earliest_on, walk.today),
        last_day=stage.last_day,
    )


def _not_allowed(actor: Actor) -> NotAllowed:
    return NotAllowed(right=Right.RECORD_ACTS.value, role=actor.post.role.value)


def _missing(walk: reads.Walk, stage: Stage) -> tuple[str, ...]:
    """Return the papers of the steps before one that are still to be made."""
    before = walk.book.catalogue.ancestors(stage.step)
    passed = [one for one in wording.stages_of(walk.road) if one.step in before]
    return tuple(form for one in passed for form in wording.missing(one))


def _reasons(walk: reads.Walk, rule: StepRule) -> tuple[Exclusion, ...]:
    """Return why members of a body may be left out of a vote's base, since the dossier opened."""
    name = f"{rule.threshold}.excludes"
    if name not in walk.book.contents.heads:
        return ()
    days = (walk.dossier.opened_date, walk.today)
    scopes = walk.road.case.at(walk.today).scopes
    found = [walk.book.find_reasons(name, day, scopes) for day in days]
    known = {reason for entry in found if entry is not None for reason in entry.value}
    return tuple(reason for reason in Exclusion if reason.value in known)


def _regimes(walk: reads.Walk) -> tuple[Regime, ...]:
    """Return the regimes in force since a dossier was opened; none where there was but one."""
    first = walk.book.regime(walk.dossier.opened_date)
    found = [
        Regime(one.code, one.title_vi, one.since)
        for one in walk.book.regimes()
        if first.since <= one.since <= walk.today
    ]
    return tuple(found) if len(found) > 1 else ()


def count(
    actor: Actor, dossier_id: int, step: Step, tally: Tally, on: date, governed_by: str | None
) -> CountPage | None:
    """
    Return a vote as it is typed, or ``None`` where the step is no vote on that day.

    Raises:
        Dossier.DoesNotExist: Unknown, or not visible to the actor.
        NotAllowed: Another body does this step.
        RuleError: There is no such regime.
    """
    walk = reads.walk(actor, dossier_id, on)
    if not reads.may_do(actor, walk, step):
        raise _not_allowed(actor)
    if step is Step.PAPERS or walk.book.catalogue.turn(step) is not None:
        return None
    rule = walk.book.step(step, walk.branches)
    day = walk.book.governing_day(on, governed_by)
    entry = threshold_of(rule, day, walk.road.case.at(on), walk.book)
    if entry is None:
        return None
    base = max(entry.value.of(tally), 0)
    return CountPage(
        favour=max(tally.favour, 0),
        base=base,
        needed=entry.value.needed(base),
        threshold=texts.threshold(entry.value),
        cites=wording.cites([entry]),
        problem=_problem(tally, rule, day, walk.book),
    )


def _problem(tally: Tally, rule: StepRule, day: date, book: Rulebook) -> str:
    """Return why counts cannot be, or nothing; while no member is typed nothing is said."""
    minimum = None if rule.minimum is None else book.find_number(rule.minimum, day)
    try:
        tally.check()
        if minimum is not None and 0 < tally.official < minimum.value:
            raise voting.TooFewMembers(official=tally.official, needed=minimum.value)
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
    effect = procedure.check_void(number, walk.road.acts, walk.road.case, walk.book, today)
    titles = {row.number: row for row in pages.act_rows(actor, walk)}
    if not titles[number].may_void:
        raise _not_allowed(actor)
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
    if actor.post.role not in doers_of(amendments.current(), Step.SOURCED):
        raise _not_allowed(actor)
    return reads.candidates(actor).get(pk=person_id)
