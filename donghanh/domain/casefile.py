"""Reads a case that somebody wrote down: the person, the acts, what is planned."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from donghanh.domain import provinces
from donghanh.domain.acts import Act, Case, Destination, Move, Step
from donghanh.domain.reading import Section, parse
from donghanh.domain.rules import Rulebook
from donghanh.domain.timeline import CENTRAL
from donghanh.domain.voting import Exclusion, Tally

#: What may stand around the case in a scenario; it is not read here.
_AROUND = ("title", "on", "source", "expect")
#: The years anything here can lie in; another one is a slip of the pen.
YEARS = range(1900, 2200)


@dataclass(frozen=True, slots=True)
class CaseFile:
    """
    One case as a file tells it.

    Attributes:
        case: The facts about the person.
        acts: The acts, numbered as they stand.
        new: An act to be judged, if there is one.
        plans: The day planned for a step.
        leaves_on: Day the graduation decision is expected to take effect.
    """

    case: Case
    acts: tuple[Act, ...]
    new: Act | None
    plans: Mapping[Step, date]
    leaves_on: date | None

    def until(self, day: date) -> CaseFile:
        """Return the case as it stood on a day: without what happened after it."""
        case, stopped = self.case, self.case.stopped_on
        if stopped is not None and stopped > day:
            case = replace(case, stopped_on=None)
        return replace(self, case=case, acts=tuple(act for act in self.acts if act.on <= day))


def read(text: str, file: str, book: Rulebook) -> CaseFile:
    """
    Return the case of a TOML text; nothing that is not understood is passed over.

    Args:
        text: The tables ``case``, ``acts``, ``new``, ``plans``, the day ``leaves_on`` and a
            ``title``; all of them also as ``given`` of a scenario.
        file: Its name, for what is said when something is wrong.
        book: Says which forms, regimes and scopes there are.

    Raises:
        BadRulebook: The text is not TOML, a key is missing, means nothing, or has a value that
            cannot stand there; file and key are named.
    """
    top = parse(text, file)
    if not top.has("given"):
        return given(top, book)
    found = given(top.sub("given"), book)
    for key in _AROUND:
        if top.has(key):
            top.raw(key)
    top.done()
    return found


def given(top: Section, book: Rulebook) -> CaseFile:
    """
    Return the case of a table, as ``read``.

    Raises:
        BadRulebook: As ``read``.
    """
    case = _case(top.sub("case"), book)
    rows = enumerate(top.subs("acts"), start=1)
    acts = tuple(_act(row, number, book, known=True) for number, row in rows)
    new = _act(top.sub("new"), len(acts) + 1, book, known=False) if top.has("new") else None
    plans = _plans(top.sub("plans"), book) if top.has("plans") else {}
    leaves_on = _maybe_day(top, "leaves_on")
    top.maybe("title", str, "")  # for people; nothing follows from it
    top.done()
    return CaseFile(case, acts, new, plans, leaves_on)


def _day(table: Section, key: str) -> date:
    found = table.take(key, date)
    if found.year not in YEARS:
        raise table.bad(key, str(found))
    return found


def _maybe_day(table: Section, key: str) -> date | None:
    return _day(table, key) if table.has(key) else None


def _known(table: Section, key: str) -> bool | None:
    """Return a yes or no; None, which is neither, where nobody said."""
    return table.take(key, bool) if table.has(key) else None


def _case(table: Section, book: Rulebook) -> Case:
    found = Case(
        born=_day(table, "born"),
        consented_on=_maybe_day(table, "consented_on"),
        stopped_on=_maybe_day(table, "stopped_on"),
        scopes=_scopes(table, book),
        base_committee=table.maybe("base_committee", bool, True),
        sub_committee=table.maybe("sub_committee", bool, False),
        delegated=table.maybe("delegated", bool, False),
        by_members=table.maybe("by_members", bool, False),
        union_member=_known(table, "union_member"),
        lower_secondary=_known(table, "lower_secondary"),
        lower_secondary_programme=_known(table, "lower_secondary_programme"),
        standards=_standards(table.sub("standards"), book) if table.has("standards") else (),
        graduated_on=_maybe_day(table, "graduated_on"),
        moves=tuple(_move(row, book) for row in table.subs("moves")),
    )
    table.done()
    return replace(found, moves=tuple(sorted(found.moves, key=lambda move: move.on)))


def _scopes(table: Section, book: Rulebook) -> tuple[str, ...]:
    scopes = table.texts("scopes") or (CENTRAL,)
    strange = provinces.unknown(scopes, (CENTRAL, *book.scopes()))
    if strange is not None or scopes[0] != CENTRAL:
        raise table.bad("scopes", strange or scopes[0])
    return scopes


def _standards(table: Section, book: Rulebook) -> tuple[tuple[str, bool], ...]:
    for name in table.table:
        if name not in book.names():
            raise table.bad(name, name)
    return tuple((name, table.take(name, bool)) for name in table.table)


def _move(row: Section, book: Rulebook) -> Move:
    found = Move(
        on=_day(row, "on"),
        to=row.make("to", Destination),
        received_on=_maybe_day(row, "received_on"),
        scopes=_scopes(row, book),
        base_committee=row.maybe("base_committee", bool, True),
        sub_committee=row.maybe("sub_committee", bool, False),
        delegated=row.maybe("delegated", bool, False),
    )
    row.done()
    return found


def _act(row: Section, number: int, book: Rulebook, *, known: bool) -> Act:
    """Return an act; a form nobody knows is for the rules to refuse in one that is only asked."""
    found = Act(
        number=number,
        step=row.make("step", Step),
        on=_day(row, "on"),
        form=row.maybe("form", str, "") or None,
        paper_number=row.maybe("paper_number", str, ""),
        tally=_tally(row.sub("tally")) if row.has("tally") else None,
        governed_by=row.maybe("governed_by", str, "") or None,
        voided=row.maybe("voided", bool, False),
        received_on=_maybe_day(row, "received_on"),
        about=row.maybe("about", str, ""),
        until=_maybe_day(row, "until"),
        edition=row.take("edition", int) if row.has("edition") else None,
    )
    row.done()
    _check(found, row, book, known=known)
    return found


def _check(act: Act, row: Section, book: Rulebook, *, known: bool) -> None:
    if known and act.form is not None and not _leaves(act, act.form, book):
        raise row.bad("form", act.form)
    if act.step is Step.PAPERS and act.form is None:
        row.take("form", str)  # refuses: a paper is named by its form
    if act.governed_by not in {None, *(regime.code for regime in book.regimes())}:
        raise row.bad("governed_by", act.governed_by or "")
    if act.about and act.about not in book.names():
        raise row.bad("about", act.about)
    if act.edition is not None and not 0 <= act.edition <= book.edition:
        raise row.bad("edition", str(act.edition))


def _leaves(act: Act, code: str, book: Rulebook) -> bool:
    """Tell whether a form is one that such an act leaves, or a paper of its own."""
    forms = [form for form in book.forms() if form.code == code]
    if act.step is Step.PAPERS:
        return any(not form.is_act for form in forms)
    return any(form.is_act and form.step is act.step for form in forms)


def _tally(table: Section) -> Tally:
    """Return counts; everybody was convened and came, where the file does not say otherwise."""
    reasons = _reasons(table.sub("excluded_by")) if table.has("excluded_by") else ()
    official = table.take("official", int)
    excluded = table.maybe("excluded", int, sum(number for _, number in reasons))
    convened = table.maybe("convened", int, official - excluded)
    found = Tally(
        official=official,
        excluded=excluded,
        convened=convened,
        present=table.maybe("present", int, convened),
        favour=table.take("favour", int),
        against=table.maybe("against", int, 0),
        invalid=table.maybe("invalid", int, 0),
        excluded_by=reasons,
    )
    table.done()
    return found


def _reasons(table: Section) -> tuple[tuple[Exclusion, int], ...]:
    for key in table.table:
        if key not in {reason.value for reason in Exclusion}:
            raise table.bad(key, key)
    return tuple((Exclusion(key), table.take(key, int)) for key in table.table)


def _plans(table: Section, book: Rulebook) -> dict[Step, date]:
    steps = {rule.step.value for rule in book.steps()}
    for key in table.table:
        if key not in steps:
            raise table.bad(key, key)
    return {Step(key): _day(table, key) for key in table.table}
