"""What the rules say of one person on one day, as plain values that can be written as JSON."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from donghanh.domain import answers, forecast
from donghanh.domain.acts import Act, Case, Step
from donghanh.domain.answers import Answer, cited, plain
from donghanh.domain.assessing import Next, assess, check_facts
from donghanh.domain.casefile import CaseFile
from donghanh.domain.dossier_contents import ContentsGap, ContentsRow, contents
from donghanh.domain.eligibility import Condition
from donghanh.domain.errors import RuleError
from donghanh.domain.forecast import Outlook, Planned
from donghanh.domain.procedure import Judgement, check
from donghanh.domain.roads import Fault, PaperNeed, Road, Stage
from donghanh.domain.rules import Rulebook
from donghanh.domain.timeline import Citation, Entry
from donghanh.domain.voting import Outcome

#: Returns the sentence a person reads for a refusal.
Sentence = Callable[[RuleError], str]


def answer(file: CaseFile, book: Rulebook, on: date, sentence: Sentence) -> Answer:
    """
    Return where a person stands on a day, what is next, and what a new act would meet.

    Args:
        file: The case; what happened after the day is left out, and listed as ``not_yet``.
        book: The rules.
        on: The day asked about.
        sentence: Writes a refusal for people.

    Raises:
        Contradiction, ReceivedBeforeDecision: Two facts of the case cannot both be.
        RuleError: An act carries counts that cannot be.
    """
    check_facts(file.acts, file.case, book)
    known = file.until(on)
    acts, case = known.acts, known.case
    found = assess(acts, case, book, on)
    road = found.road
    outlook = forecast.outlook(road, book, on, file.leaves_on)
    planned = forecast.planned(file.plans, acts, case, book, on)
    lying = contents(acts, case, book, on)
    return {
        "on": on.isoformat(),
        "status": road.status.value,
        "current": None if road.current is None else road.current.step.value,
        "next": [_next(one, road, book, on) for one in found.next],
        "stages": [_stage(one) for one in road.stages],
        "clocks": [answers.clock(one) for one in road.clocks],
        "conditions": [_condition(one) for one in road.conditions],
        "faults": [_fault(one) for one in road.faults],
        **_judged(file.new, acts, known, book, on, sentence),
        "forecast": {
            "steps": [_outlook(one) for one in outlook],
            "planned": [_planned(one, case, book, sentence) for one in planned],
        },
        "contents": {
            "rows": [_row(one) for one in lying.rows],
            "missing": [_gap(one) for one in lying.missing],
        },
        "on_the_way": None if road.on_the_way is None else road.on_the_way.on.isoformat(),
        "probation_ends_on": plain(road.probation_ends_on),
        "party_age_from": plain(road.party_age_from),
        "calendar_ended": road.calendar_ended,
        "not_yet": [_act(act) for act in file.acts if act.on > on],
        "edition": book.edition,
        "version": book.version,
    }


def _act(act: Act) -> Answer:
    return {
        "number": act.number,
        "step": act.step.value,
        "form": act.form,
        "on": act.on.isoformat(),
    }


def _rules(entries: Sequence[Entry[object]]) -> list[Answer]:
    return [answers.told(entry) for entry in entries]


def _next(one: Next, road: Road, book: Rulebook, on: date) -> Answer:
    return {
        "step": one.step.value,
        "title": one.title_vi,
        "actor": one.actor,
        "body": one.body_vi,
        "blocks": one.blocks,
        "form": one.form,
        "missing": [_need(need, road, book, on) for need in one.missing],
        "conditions": [_condition(each) for each in one.conditions],
        "earliest_on": plain(one.earliest_on),
        "last_day": plain(one.last_day),
        "clocks": [answers.clock(each) for each in one.clocks],
        "rules": _rules(one.entries),
        "citation": cited(one.cite),
    }


def _need(need: PaperNeed, road: Road, book: Rulebook, on: date) -> Answer:
    here, branches = road.case.at(on), road.case.branches(on)
    printed = book.catalogue.printed(need.form, here.scopes, branches, on)
    return {
        "form": need.form,
        "printed": printed.code,
        "title": printed.title_vi,
        "stale": need.stale,
        "copies": need.copies,
        "have": need.have,
    }


def _stage(stage: Stage) -> Answer:
    last = stage.history[-1] if stage.history else None
    return {
        "step": stage.step.value,
        "title": stage.rule.title_vi,
        "state": stage.state.value,
        "on": None if last is None else last.on.isoformat(),
        "stale": stage.stale,
        "attempts": [attempt.on.isoformat() for attempt in stage.attempts],
    }


def _condition(one: Condition) -> Answer:
    return {
        "name": one.name,
        "verdict": one.verdict.value,
        "on": one.on.isoformat(),
        "from_day": plain(one.from_day),
        "until_day": plain(one.until_day),
        "rules": _rules(one.entries),
    }


def _fault(one: Fault) -> Answer:
    return {
        "act": _act(one.act),
        "condition": _condition(one.condition),
        "annuls": one.annuls,
    }


def _judged(
    new: Act | None,
    acts: Sequence[Act],
    known: CaseFile,
    book: Rulebook,
    on: date,
    sentence: Sentence,
) -> Answer:
    """Return what the rules say of the act that is asked about: a judgement or a refusal."""
    if new is None:
        return {"judgement": None, "refusal": None}
    try:
        judgement = check(new, acts, known.case, book, on)
    except RuleError as error:
        scopes = known.case.at(on).scopes
        return {"judgement": None, "refusal": refusal(error, book, scopes, sentence)}
    return {"judgement": _judgement(judgement), "refusal": None}


def refusal(
    error: RuleError, book: Rulebook, scopes: tuple[str, ...], sentence: Sentence
) -> Answer:
    """
    Return a refusal: its code, the sentence, the facts, and where it stands.

    Args:
        error: The refusal.
        book: The rules.
        scopes: Whose rules apply, central first.
        sentence: Writes it for people.

    Returns:
        As ``citation`` that of the rule that refuses; where none does, of the paper or the step
        that is missing; None where it follows from no text but from the facts alone.
    """
    entry = error.facts.get("entry")
    rule = entry if isinstance(entry, Entry) else None
    cite = _missing(error, book, scopes) if rule is None else rule.cite
    return {
        "code": error.code,
        "sentence": sentence(error),
        "facts": {key: plain(value) for key, value in error.facts.items() if key != "entry"},
        "rule": None if rule is None else answers.told(rule),
        "citation": None if cite is None else cited(cite),
    }


def _missing(error: RuleError, book: Rulebook, scopes: tuple[str, ...]) -> Citation | None:
    """Return where the paper or the step was read that a refusal misses."""
    forms = error.facts.get("forms")
    form = book.form(str(forms[0]), scopes) if isinstance(forms, tuple) and forms else None
    if form is not None:
        return form.cite
    steps = [error.facts.get(key) for key in ("missing", "step")]
    step = next((one for one in steps if isinstance(one, Step) and one is not Step.PAPERS), None)
    if step is None:
        return None
    turn = book.catalogue.turn(step)
    return book.step(step).cite if turn is None else turn.cite


def _judgement(found: Judgement) -> Answer:
    return {
        "passed": found.passed,
        "outcome": None if found.outcome is None else _outcome(found.outcome),
        "late": [answers.clock(one) for one in found.late],
        "rules": _rules(found.entries),
    }


def _outcome(found: Outcome) -> Answer:
    return {
        "passed": found.passed,
        "favour": found.favour,
        "needed": found.needed,
        "base": found.base,
        "threshold": plain(found.threshold),
    }


def _outlook(one: Outlook) -> Answer:
    return {
        "step": one.step.value,
        "since": one.since.isoformat(),
        "last_day": plain(one.last_day),
        "fresh_from": plain(one.fresh_from),
        "open": one.is_open,
        "opened_by": one.opened_by.value,
        "closed_by": plain(one.closed_by),
        "rules": _rules(one.entries),
    }


def _planned(one: Planned, case: Case, book: Rulebook, sentence: Sentence) -> Answer:
    scopes = case.at(one.on).scopes
    refused = one.refusal
    return {
        "step": one.step.value,
        "on": one.on.isoformat(),
        "verdict": one.verdict.value,
        "refusal": None if refused is None else refusal(refused, book, scopes, sentence),
        "late": [answers.clock(each) for each in one.late],
    }


def _row(row: ContentsRow) -> Answer:
    return {
        "place": row.place,
        "form": row.form,
        "counts_as": row.counts_as,
        "title": row.title_vi,
        "step": row.step.value,
        "act": row.act.number,
        "paper_number": row.act.paper_number,
        "on": row.act.on.isoformat(),
        "replaced": row.replaced,
        "valid_until": plain(row.valid_until),
        "judged_on": plain(row.judged_on),
        "rule": None if row.entry is None else answers.told(row.entry),
    }


def _gap(gap: ContentsGap) -> Answer:
    return {
        "place": gap.place,
        "form": gap.form,
        "counts_as": gap.counts_as,
        "title": gap.title_vi,
        "step": gap.step.value,
        "required": gap.required,
        "now": gap.now,
        "copies": gap.copies,
        "again": gap.again,
    }
