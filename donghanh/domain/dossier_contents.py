"""The table of contents of a dossier: what lies in it in the official order, what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from donghanh.domain.acts import Act, Case, Step
from donghanh.domain.catalogue import FormRule
from donghanh.domain.deadlines import Clock
from donghanh.domain.replaying import replay
from donghanh.domain.roads import Road, Stage, StageState
from donghanh.domain.rules import Rulebook
from donghanh.domain.timeline import Entry


@dataclass(frozen=True, slots=True)
class ContentsRow:
    """
    One paper that lies in the dossier.

    Attributes:
        place: Its place in the official order: part (a on consideration, b after the cell agrees,
            c on recognition) and number.
        form: The number it is printed with where it was made.
        counts_as: The central number it answers for.
        title_vi: Its title.
        step: The step that asks for it or left it.
        act: The act that recorded it: paper number and day.
        replaced: True when a later one took its place; it stays in the dossier.
        valid_until: Last day it is good, where it ages.
        judged_on: Day the cell considered, once it has: from then on it no longer ages.
        entry: The rule that ages it.
    """

    place: str
    form: str
    counts_as: str
    title_vi: str
    step: Step
    act: Act
    replaced: bool
    valid_until: date | None = None
    judged_on: date | None = None
    entry: Entry[int] | None = None


@dataclass(frozen=True, slots=True)
class ContentsGap:
    """
    One paper that belongs into the dossier and is not there, or has to be made again.

    Attributes:
        place: As of a row.
        form: The number it will be printed with.
        counts_as: The central number it answers for.
        title_vi: Its title.
        step: The step that asks for it or leaves it.
        required: Whether the step cannot go on without it.
        now: True when its step can be done now, or is done already.
        copies: How many are still to come.
        again: True when it exists and is no longer good.
    """

    place: str
    form: str
    counts_as: str
    title_vi: str
    step: Step
    required: bool
    now: bool
    copies: int
    again: bool


@dataclass(frozen=True, slots=True)
class DossierContents:
    """
    The table of contents of one dossier on a day.

    Attributes:
        rows: What lies in it, in the official order; of one place, oldest first.
        missing: What is not there yet, in the same order.
    """

    rows: tuple[ContentsRow, ...]
    missing: tuple[ContentsGap, ...]


def contents(acts: Sequence[Act], case: Case, book: Rulebook, on: date) -> DossierContents:
    """
    Return the table of contents of a dossier.

    Args:
        acts: Every act of the case; those declared invalid are left out, and failed votes.
        case: The facts about the person.
        book: The rules.
        on: The day asked about.

    Source:
        rulebook/forms.toml [place]
    """
    road = replay(acts, case, book, on)
    rows: list[ContentsRow] = []
    missing: list[ContentsGap] = []
    for form in sorted((form for form in book.forms() if form.place), key=_order):
        if form.scope not in case.at(on).scopes or book.catalogue.turn(form.step) is not None:
            continue
        stage = road.stage(form.step)
        there = [act for act in stage.history if _is_of(act, form, book)]
        gap = _gap(form, stage, len(there), road, book, on)
        rows += _rows(form, there, stage, road, book)
        missing += [] if gap is None else [gap]
    return DossierContents(tuple(rows), tuple(missing))


def _order(form: FormRule) -> tuple[str, bool, int]:
    """Order by part, and by number; what a place lays in front is written with a nought."""
    part, number = form.place[0], form.place[1:]
    return part, not number.startswith("0"), int(number)


def _is_of(act: Act, form: FormRule, book: Rulebook) -> bool:
    if form.is_act:
        return act.step is form.step
    return book.catalogue.answers_for(act.form or "") == form.code


def _printed(form: FormRule, act: Act | None, day: date, case: Case, book: Rulebook) -> FormRule:
    """Return the form as it is printed on a day: the one that was chosen, or the place's own."""
    here = case.at(day)
    chosen = None
    if act is not None and act.form is not None:
        chosen = book.form(act.form, here.scopes)
    if chosen is not None and chosen.code != form.code and chosen.answers_for == form.code:
        return chosen
    return book.catalogue.printed(form.code, here.scopes, case.branches(day), day)


def _rows(
    form: FormRule, there: Sequence[Act], stage: Stage, road: Road, book: Rulebook
) -> list[ContentsRow]:
    copies = next((need.copies for need in stage.papers if need.form == form.code), 1)
    rows = []
    for place, act in enumerate(there):
        replaced = place < len(there) - copies
        printed = _printed(form, act, act.on, road.case, book)
        clock = None if replaced else _clock(form, road)
        rows.append(
            ContentsRow(
                place=form.place,
                form=printed.code,
                counts_as=form.code,
                title_vi=printed.title_vi,
                step=form.step,
                act=act,
                replaced=replaced,
                valid_until=None if clock is None else clock.last_day,
                judged_on=None if clock is None else clock.done_on,
                entry=None if clock is None else clock.entry,
            )
        )
    return rows


def _clock(form: FormRule, road: Road) -> Clock | None:
    """Return the clock a paper ages by: that of its own step, or the dossier's."""
    clocks = (clock for stage in road.stages for clock in stage.clocks)
    return next((clock for clock in clocks if clock.name == form.validity), None)


def _gap(
    form: FormRule, stage: Stage, have: int, road: Road, book: Rulebook, on: date
) -> ContentsGap | None:
    if stage.state in {StageState.SKIPPED, StageState.LAPSED}:
        return None
    need = next((one for one in stage.papers if one.form == form.code), None)
    if need is None and not form.is_act:
        return None  # not asked for on the branches of this road
    again = stage.stale if need is None else need.stale
    copies = 1 if need is None else need.copies
    left = copies if again else copies - have
    if left <= 0:
        return None
    printed = _printed(form, None, on, road.case, book)
    return ContentsGap(
        place=form.place,
        form=printed.code,
        counts_as=form.code,
        title_vi=printed.title_vi,
        step=form.step,
        required=form.required or form.is_act,
        now=stage.state is not StageState.AHEAD,
        copies=left,
        again=again,
    )
