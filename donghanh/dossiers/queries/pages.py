"""One pupil's road as the page of staff shows it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from donghanh.domain import rules
from donghanh.domain.authority import Actor, Role
from donghanh.domain.procedure import PaperNeed, Road, RoadStatus, Stage, StageState, Step
from donghanh.domain.walk import judge_act
from donghanh.dossiers import texts
from donghanh.dossiers.models import Act, Dossier
from donghanh.dossiers.queries import roads as reads
from donghanh.dossiers.queries import wording
from donghanh.dossiers.queries.roads import Walk
from donghanh.dossiers.queries.wording import Cite, ClockRow
from donghanh.history.models import Event
from donghanh.lib import clock as clocks
from donghanh.lib import days
from donghanh.organisation import texts as organisation


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A paper a step asks for: that it exists, never the paper itself."""

    form: str
    title: str
    state: str
    required: bool
    on: date | None
    number: str
    expires: date | None
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
    """One step of the road as the page draws it."""

    step: Step
    number: int
    state: str
    title: str
    on: date | None
    by: date | None
    note: str
    doer: str
    threshold: str
    earliest: date | None
    may_record: bool
    cites: tuple[Cite, ...]
    papers: tuple[PaperRow, ...]
    conditions: tuple[ConditionRow, ...]


@dataclass(frozen=True, slots=True)
class ActRow:
    """One line of the history of acts."""

    number: int
    title: str
    on: date
    note: str
    who: str
    at: datetime
    voided: bool
    voids: int | None
    failed: bool
    may_void: bool


@dataclass(frozen=True, slots=True)
class Reader:
    """Who read the file, in which office, when."""

    name: str
    role: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Beside:
    """A person who walks with the pupil."""

    name: str
    role: str


@dataclass(frozen=True, slots=True)
class Forecast:
    """Days that are known ahead."""

    label: str
    on: date
    past: bool


@dataclass(frozen=True, slots=True)
class RoadPage:
    """Everything on the page of one road."""

    dossier: Dossier
    name: str
    class_name: str
    born: date
    status_label: str
    status_state: str
    number: int
    total: int
    stages: tuple[StageRow, ...]
    clocks: tuple[ClockRow, ...]
    forecast: tuple[Forecast, ...]
    beside: tuple[Beside, ...]
    readers: tuple[Reader, ...]
    acts: tuple[ActRow, ...]
    seen: int
    calendar_ended: bool
    simulated: bool


def road_page(actor: Actor, walk: Walk, today: date) -> RoadPage:
    """
    Return the page of a road that the actor has been found to see.

    Args:
        actor: Who looks: decides which buttons there are.
        walk: The dossier with its road, fetched for this actor.
        today: The day the road is shown for (Asia/Ho_Chi_Minh).
    """
    dossier, road = walk.dossier, walk.road
    number, total = wording.place(road)
    stored = {act.number: act for act in dossier.acts.all()}
    state = {RoadStatus.ADMITTED: "near", RoadStatus.RECOGNISED: "done"}
    return RoadPage(
        dossier=dossier,
        name=dossier.person.full_name,
        class_name=dossier.person.class_name,
        born=dossier.person.birth_date,
        status_label=str(texts.ROAD_STATUSES[road.status]),
        status_state=state.get(road.status, "waiting"),
        number=number,
        total=total,
        stages=tuple(
            _stage(actor, walk, stage, position, stored, today)
            for position, stage in enumerate(wording.stages_of(road), start=1)
        ),
        clocks=tuple(wording.clock_row(one, today) for one in road.clocks),
        forecast=forecast(road, today),
        beside=_beside(stored.values()),
        readers=readers_of(reads.readers(actor, dossier.pk)),
        acts=_acts(actor, walk, stored),
        seen=dossier.acts_recorded,
        calendar_ended=road.calendar_ended,
        simulated=dossier.simulated,
    )


def _stage(
    actor: Actor,
    walk: Walk,
    stage: Stage,
    number: int,
    stored: dict[int, Act],
    today: date,
) -> StageRow:
    rule = rules.load().step(stage.step)
    now = stage.state is StageState.NOW
    judged = _conditions(walk.road) if now and stage.step is Step.CELL_VOTED else ()
    shown = {cite.label for row in judged for cite in row.cites}
    entries = tuple(one for one in wording.cites(stage.entries) if one.label not in shown)
    return StageRow(
        step=stage.step,
        number=number,
        state=stage.state.value,
        title=rule.title_vi,
        on=_done_on(stage),
        by=None if stage.state is StageState.DONE else stage.last_day,
        note=_note(walk, stage, stored),
        doer=rule.body_vi,
        threshold=texts.threshold(stage.threshold.value) if stage.threshold else "",
        earliest=wording.ahead(stage.earliest_on, today),
        may_record=now
        and stage.step is not Step.PAPERS
        and reads.may_do(actor, walk.dossier, stage.step),
        cites=entries or (wording.cite(rule.cite, settled=rule.cite.settled),),
        papers=_papers(actor, walk, stage) if now or stage.step is Step.PAPERS else (),
        conditions=judged,
    )


def _done_on(stage: Stage) -> date | None:
    if stage.state is not StageState.DONE:
        return None
    return stage.history[-1].on if stage.history else None


def _note(walk: Walk, stage: Stage, stored: dict[int, Act]) -> str:
    """Return what is known of a step done, or of the tries so far, in one line."""
    told: list[str] = []
    act = stage.act
    if act is not None and stage.state is StageState.DONE:
        row = stored[act.number]
        told += [row.paper_number] if row.paper_number else []
        outcome = judge_act(act, walk.road.case, rules.load())
        if outcome is not None:
            told.append(_("%(favour)s/%(base)s in favour") % _share(outcome.favour, outcome.base))
        if row.helper is not None:
            told.append(_("helped by %(name)s") % {"name": row.helper.name})
        if row.received_date is not None:
            told.append(_("received on %(day)s") % {"day": days.day(row.received_date)})
    if stage.attempts:
        count = len(stage.attempts)
        told.append(
            ngettext("%(n)s vote did not carry", "%(n)s votes did not carry", count) % {"n": count}
        )
    return " · ".join(told)


def _share(favour: int, base: int) -> dict[str, int]:
    return {"favour": favour, "base": base}


def _papers(actor: Actor, walk: Walk, stage: Stage) -> tuple[PaperRow, ...]:
    asked = list(stage.papers)
    if stage.step is Step.CELL_VOTED:
        asked = [*walk.road.stage(Step.PAPERS).papers, *asked]
    return tuple(paper_row(actor, walk, need) for need in asked)


def paper_row(actor: Actor, walk: Walk, need: PaperNeed) -> PaperRow:
    """Return a paper as a row, with whether this actor records it."""
    if need.done is None:
        state = "late" if need.required else "waiting"
    else:
        state = "near" if need.stale else "done"
    return PaperRow(
        form=need.form,
        title=need.title_vi,
        state=state,
        required=need.required,
        on=need.done.on if need.done else None,
        number=need.done.paper_number if need.done else "",
        expires=need.expires_on,
        may_record=not need.met and reads.may_do(actor, walk.dossier, Step.PAPERS, need.form),
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


def forecast(road: Road, today: date) -> tuple[Forecast, ...]:
    """Return the days known ahead: of age, the certificate's last, the end of probation."""
    by_name = {one.name: one for one in road.conditions}
    years = next((entry.value for entry in by_name["age"].entries), "")
    days = (
        (_("%(years)s years old") % {"years": years}, by_name["age"].from_day),
        (_("Certificate good until"), by_name["certificate"].until_day),
        (_("Probation ends"), road.probation_ends_on),
    )
    return tuple(Forecast(label, on, on < today) for label, on in days if on is not None)


def _beside(acts: Iterable[Act]) -> tuple[Beside, ...]:
    """Return the helper chosen last, then who recorded, each once."""
    rows = sorted(acts, key=lambda act: act.number, reverse=True)
    helper = next((act.helper.name for act in rows if act.helper is not None), None)
    people = [] if helper is None else [Beside(helper, _("Helper"))]
    recorders = dict.fromkeys(act.recorded_by.name for act in rows)
    return (*people, *(Beside(name, _("Keeps the file")) for name in recorders if name != helper))


def readers_of(events: Iterable[Event]) -> tuple[Reader, ...]:
    """Return who read a file, newest first: each person once a day."""
    found: dict[tuple[int, date], Reader] = {}
    for event in events:
        day = event.at.astimezone(clocks.ZONE).date()
        reader = Reader(event.actor.name, str(organisation.ROLES[Role(event.role)]), event.at)
        found.setdefault((event.actor_id, day), reader)
    return tuple(found.values())


def _acts(actor: Actor, walk: Walk, stored: dict[int, Act]) -> tuple[ActRow, ...]:
    by_key = {act.pk: act for act in stored.values()}
    voided = {act.voids_id for act in stored.values() if act.voids_id is not None}
    rows = []
    for act in sorted(stored.values(), key=lambda one: one.number, reverse=True):
        target = by_key.get(act.voids_id or 0)
        own = reads.may_do(actor, walk.dossier, Step(act.step), act.form or None)
        rows.append(
            ActRow(
                number=act.number,
                title=_act_title(target or act, walk.dossier.scopes),
                on=(target or act).on_date,
                note=act.reason if target else act.paper_number,
                who=act.recorded_by.name,
                at=act.recorded_at,
                voided=act.pk in voided,
                voids=target.number if target else None,
                failed=not act.passed,
                may_void=target is None and act.pk not in voided and own,
            )
        )
    return tuple(rows)


def _act_title(act: Act, scopes: Iterable[str]) -> str:
    if act.step == Step.PAPERS and act.form:
        return texts.paper_title(act.form, scopes)
    return texts.step_title(Step(act.step))
