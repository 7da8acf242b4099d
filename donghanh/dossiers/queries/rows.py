"""The steps of a road by phase, with papers and conditions, as the page of staff draws them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from donghanh.domain.authority import Actor
from donghanh.domain.procedure import PaperNeed, Road, Stage, StageState, Step
from donghanh.domain.walk import judge_act
from donghanh.dossiers import texts
from donghanh.dossiers.models import Act
from donghanh.dossiers.queries import roads as reads
from donghanh.dossiers.queries import wording
from donghanh.dossiers.queries.roads import Walk
from donghanh.dossiers.queries.wording import Cite, ClockRow
from donghanh.lib import days


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A paper a step asks for: that it exists, never the paper itself."""

    form: str
    title: str
    state: str
    required: bool
    on: date | None
    number: str
    copies: str
    may_record: bool


@dataclass(frozen=True, slots=True)
class ConditionRow:
    """A condition of the pupil, with the rules it is judged by."""

    label: str
    verdict: str
    state: str
    note: str
    cites: tuple[Cite, ...]


@dataclass(frozen=True, slots=True)
class StageRow:
    """
    One step of the road as the page draws it.

    Attributes:
        step: Which.
        number: Its place among the steps the road needs; None for one it goes on without.
        state: ``done``, ``now`` (what the road waits for), ``open`` (also possible), ``ahead``.
        title: What it is called.
        short: The same, where room is scarce.
        on: Day it was done.
        by: Last day, where one runs.
        note: What is known of it, in one line.
        doer: The body that does it.
        form: Number of the form its act leaves.
        threshold: The share its vote must reach.
        earliest: First day it may be done, while that is to come.
        may_record: The actor records it.
        is_papers: It is done by papers.
        cites: Where its rules stand.
        papers: The papers it asks for.
        conditions: The conditions judged at it.
        clocks: Its clocks that run.
    """

    step: Step
    number: int | None
    state: str
    title: str
    short: str
    on: date | None
    by: date | None
    note: str
    doer: str
    form: str
    threshold: str
    earliest: date | None
    may_record: bool
    is_papers: bool
    cites: tuple[Cite, ...]
    papers: tuple[PaperRow, ...]
    conditions: tuple[ConditionRow, ...]
    clocks: tuple[ClockRow, ...]


@dataclass(frozen=True, slots=True)
class PhaseRow:
    """
    A stretch of the road; ``state`` is ``done``, ``here`` or ``ahead``.

    What is done is folded, and so is what lies further ahead than the next phase.
    """

    code: str
    title: str
    state: str
    rows: tuple[StageRow, ...]
    first: date | None
    last: date | None
    folded: bool

    @property
    def here(self) -> bool:
        """Tell whether the present step lies in it."""
        return any(row.state == "now" for row in self.rows)


def halted(road: Road) -> bool:
    """Tell whether nobody may record a step now, whatever step it is."""
    return bool(road.faults) or road.on_the_way is not None


def stage_rows(actor: Actor, walk: Walk, stored: Mapping[int, Act]) -> tuple[StageRow, ...]:
    """
    Return the steps a road passes, in their order.

    Args:
        actor: Who looks: decides which buttons there are.
        walk: The dossier with its road.
        stored: The stored acts by number.
    """
    needed = wording.blocking(walk.road)
    numbers = {stage.step: place for place, stage in enumerate(needed, start=1)}
    return tuple(
        _stage(actor, walk, stage, numbers.get(stage.step), stored)
        for stage in wording.stages_of(walk.road)
    )


def phase_rows(walk: Walk, rows: tuple[StageRow, ...]) -> tuple[PhaseRow, ...]:
    """Return the phases of a road with their steps; what is also possible now stands elsewhere."""
    phase_of = {rule.step: rule.phase for rule in walk.book.catalogue.steps}
    found: list[PhaseRow] = []
    for phase in walk.book.phases():
        own = tuple(row for row in rows if phase_of[row.step] == phase.code)
        shown = tuple(row for row in own if row.state != "open")
        if shown:
            done = [row.on for row in shown if row.on is not None]
            first, last = min(done, default=None), max(done, default=None)
            state = _phase_state(own)
            far = state == "ahead" and bool(found) and found[-1].state == "ahead"
            folded = far or state == "done"
            found.append(PhaseRow(phase.code, phase.title_vi, state, shown, first, last, folded))
    return tuple(found)


def also(rows: tuple[StageRow, ...]) -> tuple[StageRow, ...]:
    """Return what can be done beside the present step: first what the road needs."""
    found = [row for row in rows if row.state == "open"]
    return tuple(sorted(found, key=lambda row: row.number is None))


def _phase_state(rows: tuple[StageRow, ...]) -> str:
    needed = [row.state for row in rows if row.number is not None]
    if all(state == "done" for state in needed):
        return "done"
    return "here" if {"now", "done", "open"} & set(needed) else "ahead"


def _state(walk: Walk, stage: Stage) -> str:
    if stage.state is not StageState.NOW:
        return stage.state.value
    if stage is not walk.road.current and _waits(walk, stage):
        return StageState.AHEAD.value
    is_present = stage is walk.road.current and walk.road.status not in wording.HALTED
    return "now" if is_present else "open"


def _waits(walk: Walk, stage: Stage) -> bool:
    """Tell whether the rules allow a step only from a day to come on."""
    return wording.ahead(stage.earliest_on, walk.today) is not None


def _stage(
    actor: Actor, walk: Walk, stage: Stage, number: int | None, stored: Mapping[int, Act]
) -> StageRow:
    rule, state, today = stage.rule, _state(walk, stage), walk.today
    judged = _conditions(walk.road) if state == "now" and rule.judges_person else ()
    shown = {cite.label for row in judged for cite in row.cites}
    entries = tuple(one for one in wording.cites(stage.entries) if one.label not in shown)
    running = [one for one in stage.clocks if one.done_on is None and one in walk.road.clocks]
    return StageRow(
        step=stage.step,
        number=number,
        state=state,
        title=rule.title_vi,
        short=rule.short_vi,
        on=_done_on(stage),
        by=None if state == "done" else stage.last_day,
        note=_note(walk, stage, stored),
        doer=rule.body_vi,
        form=form_of(walk, stage.step),
        threshold=texts.threshold(stage.threshold.value) if stage.threshold else "",
        earliest=wording.ahead(stage.earliest_on, today),
        may_record=_may_record(actor, walk, stage, state),
        is_papers=rule.papers,
        cites=entries or (wording.cite_step(rule),),
        papers=tuple(paper_row(actor, walk, stage, need) for need in stage.papers),
        conditions=judged,
        clocks=tuple(wording.clock_row(one, today) for one in running),
    )


def _may_record(actor: Actor, walk: Walk, stage: Stage, state: str) -> bool:
    """Tell whether the actor is offered the button of a step."""
    if state not in {"now", "open"} or stage.rule.papers:
        return False
    if halted(walk.road) or _waits(walk, stage):
        return False
    return not wording.exhausted(stage) and reads.may_record(actor, walk, stage.step)


def form_of(walk: Walk, step: Step) -> str:
    """Return the number of the form the act of a step leaves in this place, or nothing."""
    scopes = walk.road.case.at(walk.today).scopes
    form = walk.book.catalogue.form_of(step, scopes, walk.branches, walk.today)
    return "" if form is None else form.code


def _done_on(stage: Stage) -> date | None:
    if stage.state is not StageState.DONE:
        return None
    return stage.history[-1].on if stage.history else None


def _note(walk: Walk, stage: Stage, stored: Mapping[int, Act]) -> str:
    """Return what is known of a step done, or of the tries so far, in one line."""
    told: list[str] = []
    act = stage.act
    if act is not None and stage.state is StageState.DONE and not stage.rule.papers:
        row = stored[act.number]
        told += [row.paper_number] if row.paper_number else []
        outcome = judge_act(act, walk.road.case, walk.book)
        if outcome is not None:
            told.append(_("%(favour)s/%(base)s in favour") % _share(outcome.favour, outcome.base))
        if row.helper is not None:
            told.append(_("helped by %(name)s") % {"name": row.helper.name})
        if row.received_date is not None:
            told.append(_("received on %(day)s") % {"day": days.day(row.received_date)})
    if stage.rule.repeats and len(stage.history) > 1:
        count = len(stage.history)
        told.append(ngettext("%(n)s time", "%(n)s times", count) % {"n": count})
    if stage.attempts:
        count = len(stage.attempts)
        told.append(
            ngettext("%(n)s vote did not carry", "%(n)s votes did not carry", count) % {"n": count}
        )
    return " · ".join(told)


def _share(favour: int, base: int) -> dict[str, int]:
    return {"favour": favour, "base": base}


def paper_row(actor: Actor, walk: Walk, stage: Stage, need: PaperNeed) -> PaperRow:
    """Return a paper as a row, with whether this actor records it."""
    if need.met:
        state = "done"
    elif need.stale:
        state = "near"
    else:
        state = "late" if need.required else "waiting"
    ready = stage.state in {StageState.NOW, StageState.DONE} and not _waits(walk, stage)
    wanted = ready and not need.met and not halted(walk.road)
    return PaperRow(
        form=need.form,
        title=need.title_vi,
        state=state,
        required=need.required,
        on=need.done.on if need.done else None,
        number=need.done.paper_number if need.done else "",
        copies=f"{need.have}/{need.copies}" if need.copies > 1 else "",
        may_record=wanted and reads.may_record(actor, walk, Step.PAPERS, need.form),
    )


def _conditions(road: Road) -> tuple[ConditionRow, ...]:
    shapes = {"met": "done", "not_met": "late", "not_known": "waiting"}
    return tuple(
        ConditionRow(
            label=str(texts.CONDITIONS[one.name]),
            verdict=str(texts.VERDICTS[one.verdict]),
            state=shapes[one.verdict.value],
            note=_condition_note(one.from_day, one.until_day),
            cites=wording.cites(one.entries),
        )
        for one in road.conditions
    )


def _condition_note(first: date | None, last: date | None) -> str:
    if last is not None:
        return _("good until %(day)s") % {"day": days.day(last)}
    return _("from %(day)s on") % {"day": days.day(first)} if first is not None else ""
