"""The lists of the rulebook, and how they are made from the tables of steps, turns and forms."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from datetime import date

from donghanh.domain.acts import Branch, Step
from donghanh.domain.catalogue import (
    FormRule,
    Phase,
    StepRule,
    TurnRule,
    Variant,
)
from donghanh.domain.fitting import check_forms, check_steps
from donghanh.domain.reading import Section
from donghanh.domain.rights import Role
from donghanh.domain.tables import NUMBERS, Document, RuleHead, citation
from donghanh.domain.timeline import CENTRAL


@dataclass(frozen=True, slots=True)
class Catalogue:
    """
    The lists of the rulebook.

    Attributes:
        phases: In order, by code.
        steps: In order.
        turns: In order.
        forms: In the order they are shown.
    """

    phases: Mapping[str, Phase]
    steps: tuple[StepRule, ...]
    turns: tuple[TurnRule, ...]
    forms: tuple[FormRule, ...]
    _by_step: dict[Step, StepRule] = field(init=False, repr=False, compare=False)
    _turns: dict[Step, TurnRule] = field(init=False, repr=False, compare=False)
    _answers: dict[str, str] = field(init=False, repr=False, compare=False)
    _papers: dict[str, Step] = field(init=False, repr=False, compare=False)
    _asked: dict[Step, list[FormRule]] = field(init=False, repr=False, compare=False)
    _left: dict[Step, list[FormRule]] = field(init=False, repr=False, compare=False)
    _ancestors: dict[Step, tuple[Step, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Lay steps, turns and forms out for finding."""
        object.__setattr__(self, "_by_step", {rule.step: rule for rule in self.steps})
        object.__setattr__(self, "_turns", {rule.step: rule for rule in self.turns})
        answers = {rule.code: rule.answers_for for rule in self.forms}
        object.__setattr__(self, "_answers", answers)
        papers = {rule.code: rule.step for rule in self.forms if not rule.is_act}
        object.__setattr__(self, "_papers", papers)
        object.__setattr__(self, "_asked", self._own(is_act=False))
        object.__setattr__(self, "_left", self._own(is_act=True))
        ancestors = {rule.step: self._above(rule.step) for rule in self.steps}
        object.__setattr__(self, "_ancestors", ancestors)

    def step(self, step: Step) -> StepRule:
        """Return the rules of one step of the road."""
        return self._by_step[step]

    def turn(self, step: Step) -> TurnRule | None:
        """Return the rules of a turn, or None for what is no turn."""
        return self._turns.get(step)

    def ancestors(self, step: Step) -> tuple[Step, ...]:
        """Return the steps that come before a step, all the way, in the order of the road."""
        return self._ancestors[step]

    def _own(self, *, is_act: bool) -> dict[Step, list[FormRule]]:
        """Return by step the forms that stand for themselves: papers, or what its act leaves."""
        found: dict[Step, list[FormRule]] = {}
        for rule in self.forms:
            if rule.is_act is is_act and rule.instead_of is None:
                found.setdefault(rule.step, []).append(rule)
        return found

    def _above(self, step: Step) -> tuple[Step, ...]:
        found = set[Step]()
        waiting = list(self._by_step[step].after)
        while waiting:
            one = waiting.pop()
            if one not in found:
                found.add(one)
                waiting += self._by_step[one].after
        return tuple(rule.step for rule in self.steps if rule.step in found)

    def step_of_paper(self, number: str) -> Step | None:
        """Return the step that asks for the paper of a number, or None."""
        return self._papers.get(number)

    def answers_for(self, code: str) -> str:
        """Return the number a form counts as; an unknown one counts as itself."""
        return self._answers.get(code, code)

    def form(self, code: str, scopes: tuple[str, ...] = (CENTRAL,)) -> FormRule | None:
        """Return a form of the given scopes by its number, the narrowest last, or None."""
        found = [rule for rule in self.forms if rule.code == code and rule.scope in scopes]
        return max(found, key=lambda rule: scopes.index(rule.scope), default=None)

    def papers_of(
        self, step: Step, scopes: tuple[str, ...], branches: frozenset[Branch]
    ) -> tuple[FormRule, ...]:
        """Return the papers a step asks for on some branches, in the order of the catalogue."""
        return tuple(
            rule
            for rule in self._asked.get(step, ())
            if rule.scope in scopes and rule.never_if not in branches
        )

    def printed(
        self,
        code: str,
        scopes: tuple[str, ...],
        branches: frozenset[Branch],
        on: date | None = None,
    ) -> FormRule:
        """
        Return the form that a place prints for a number: its own, where it has one.

        Args:
            code: The central number.
            scopes: Central first, then narrower ones; the narrowest wins.
            branches: The branches the road takes; a form for a branch wins over one for all.
            on: The day it is made: a place's own number begins with the text that gives it. None
                for the newest.

        Raises:
            KeyError: There is no such number.
        """
        found = [
            rule
            for rule in self.forms
            if rule.answers_for == code
            and rule.scope in scopes
            and not rule.choice
            and (rule.when is None or rule.when in branches)
            and (on is None or rule.instead_of is None or rule.cite.signed_on <= on)
        ]
        if not found:
            raise KeyError(code)
        return max(found, key=lambda rule: (scopes.index(rule.scope), rule.when is not None))

    def form_of(
        self,
        step: Step,
        scopes: tuple[str, ...],
        branches: frozenset[Branch],
        on: date | None = None,
    ) -> FormRule | None:
        """Return the form that the act of a step leaves in a place on a day, or None."""
        own = [rule for rule in self._left.get(step, ()) if rule.scope in scopes]
        return self.printed(own[-1].code, scopes, branches, on) if own else None


_KINDS = ("act", "papers")
_FLAG, _SHARE = frozenset({"flag"}), frozenset({"threshold"})
_VOTES = ("required", "optional", "none")


def catalogue(
    procedure: Section, forms: Section, known: Mapping[str, Document], rules: Mapping[str, RuleHead]
) -> Catalogue:
    """
    Return the catalogue.

    Args:
        procedure: The tables of rulebook/procedure.toml.
        forms: The tables of rulebook/forms.toml.
        known: The documents, by short name.
        rules: The rules, by name: what the tables name must be among them.

    Raises:
        BadRulebook: A table cannot be used, or names a rule nobody wrote.
    """
    listed = tuple(_form(key, table, known, rules) for key, table in forms.each())
    phases = _phases(procedure.sub("phase"))
    steps = tuple(
        _step(code, table, order, known, rules, listed, phases)
        for order, (code, table) in enumerate(procedure.sub("step").each(), start=1)
    )
    turns = tuple(_turn(code, table, known) for code, table in procedure.sub("turn").each())
    procedure.done()
    check_steps(procedure, steps, turns)
    check_forms(forms, listed, steps, turns)
    return Catalogue(phases, steps, turns, listed)


def _phases(top: Section) -> dict[str, Phase]:
    found = {}
    for code, table in top.each():
        found[code] = Phase(code, table.take("title", str), table.take("title_vi", str))
        table.done()
    return found


def _rule(
    table: Section, key: str, rules: Mapping[str, RuleHead], units: Container[str] = NUMBERS
) -> str | None:
    """Return the name of a rule whose values are of some kind."""
    name = table.maybe(key, str, "")
    if name and (name not in rules or rules[name].unit not in units):
        raise table.bad(key, name)
    return name or None


def _one_of(table: Section, key: str, allowed: tuple[str, ...], default: str) -> str:
    found = table.maybe(key, str, default)
    if found not in allowed:
        raise table.bad(key, found)
    return found


def _step(
    code: str,
    table: Section,
    order: int,
    known: Mapping[str, Document],
    rules: Mapping[str, RuleHead],
    forms: tuple[FormRule, ...],
    phases: Mapping[str, Phase],
) -> StepRule:
    step = _named(code, table)
    phase = _one_of(table, "phase", tuple(phases), "")
    own = [form.code for form in forms if _is_central_act(form, step)]
    rule = StepRule(
        step=step,
        order=order,
        row=table.take("row", int),
        phase=phase,
        papers=_one_of(table, "kind", _KINDS, "act") == "papers",
        actor=table.make("actor", Role).value,
        title=table.take("title", str),
        title_vi=table.take("title_vi", str),
        short_vi=table.take("short_vi", str),
        body_vi=table.take("body_vi", str),
        form=own[0] if own else None,
        after=table.make_all("after", Step),
        only_if=table.maybe_make("only_if", Branch),
        never_if=table.maybe_make("never_if", Branch),
        only_where=_rule(table, "only_where", rules, _FLAG),
        blocks=table.maybe("blocks", bool, True),
        lapses_with=table.maybe_make("lapses_with", Step),
        repeats=table.maybe("repeats", bool, False),
        threshold=_rule(table, "threshold", rules, _SHARE),
        minimum=_rule(table, "minimum", rules),
        attempts=_rule(table, "attempts", rules),
        vote=_one_of(table, "vote", _VOTES, "none"),
        decides=table.maybe("decides", bool, False),
        ends_at_graduation=table.maybe("ends_at_graduation", bool, False),
        judges_person=table.maybe("judges_person", bool, False),
        redo_when_aged=table.maybe("redo_when_aged", bool, False),
        redone_with=table.maybe_make("redone_with", Step),
        falls=table.make_all("falls", Step),
        variants=tuple(_variant(row, rules) for row in table.subs("variants")),
        cite=citation(table, known),
    )
    table.done()
    return rule


def _is_central_act(form: FormRule, step: Step) -> bool:
    own = form.step is step and form.is_act and form.instead_of is None
    return own and form.scope == CENTRAL


def _named(code: str, table: Section) -> Step:
    try:
        return Step(code)
    except ValueError as error:
        raise table.bad("", code) from error


def _variant(row: Section, rules: Mapping[str, RuleHead]) -> Variant:
    threshold = _rule(row, "threshold", rules, _SHARE)
    found = Variant(
        when=row.make("when", Branch),
        threshold=(threshold or "") if row.has("threshold") else None,
        vote=_one_of(row, "vote", _VOTES, "none") if row.has("vote") else None,
        decides=row.take("decides", bool) if row.has("decides") else None,
        body_vi=row.maybe("body_vi", str, "") or None,
    )
    row.done()
    return found


def _turn(code: str, table: Section, known: Mapping[str, Document]) -> TurnRule:
    rule = TurnRule(
        step=_named(code, table),
        actor=table.make("actor", Role).value,
        title=table.take("title", str),
        title_vi=table.take("title_vi", str),
        body_vi=table.take("body_vi", str),
        after=table.make_all("after", Step),
        before=table.make_all("before", Step),
        undoes=table.make_all("undoes", Step),
        skips=table.make_all("skips", Step),
        names_rule=table.maybe("names_rule", bool, False),
        needs_failed=table.maybe_make("needs_failed", Step),
        ends=table.maybe("ends", bool, False),
        cite=citation(table, known),
    )
    table.done()
    return rule


def _form(
    key: str, table: Section, known: Mapping[str, Document], rules: Mapping[str, RuleHead]
) -> FormRule:
    copies = table.sub("copies") if table.has("copies") else None
    rule = FormRule(
        key=key,
        code=table.maybe("code", str, key),
        title=table.take("title", str),
        title_vi=table.take("title_vi", str),
        signer_vi=table.take("signer_vi", str),
        step=table.make("step", Step),
        is_act=table.maybe("is_act", bool, False),
        required=table.maybe("required", bool, False),
        instead_of=table.maybe("instead_of", str, "") or None,
        when=table.maybe_make("when", Branch),
        choice=table.maybe("choice", bool, False),
        never_if=table.maybe_make("never_if", Branch),
        copies_when=copies.make("when", Branch) if copies else None,
        copies_rule=_rule(copies, "rule", rules) if copies else None,
        actor=table.maybe_make("actor", Role),
        not_later_than=table.maybe("not_later_than", str, "") or None,
        opens_dossier=table.maybe("opens_dossier", bool, False),
        redo_when_aged=table.maybe("redo_when_aged", bool, False),
        validity=_rule(table, "validity", rules),
        place=table.maybe("place", str, ""),
        scope=table.maybe("scope", str, CENTRAL),
        cite=citation(table, known),
    )
    if copies:
        copies.done()
    table.done()
    return rule
