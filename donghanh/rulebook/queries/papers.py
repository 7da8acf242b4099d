"""The catalogue of forms, and the order in which they lie in a dossier."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from donghanh.amendments import queries as amendments
from donghanh.domain.authority import Actor, require
from donghanh.domain.catalogue import FormRule
from donghanh.domain.names import search_key
from donghanh.domain.rights import Right
from donghanh.domain.rules import Rulebook
from donghanh.rulebook import texts
from donghanh.rulebook.queries.places import Place, place
from donghanh.rulebook.queries.steps import PaperLine, paper_line


@dataclass(frozen=True, slots=True)
class FormGroup:
    """The forms of one step or turn."""

    code: str
    title: str
    lines: tuple[PaperLine, ...]


@dataclass(frozen=True, slots=True)
class PlacedForm:
    """A form with its number in the dossier; empty for what a place lays in front."""

    number: str
    form: FormRule


@dataclass(frozen=True, slots=True)
class DossierPart:
    """One part of the dossier, in order."""

    title: str
    forms: tuple[PlacedForm, ...]


@dataclass(frozen=True, slots=True)
class FormsPage:
    """
    The catalogue of forms.

    Attributes:
        place: Whose dossier is laid in order.
        everywhere: Whether the forms of every place are shown.
        words: What the list was narrowed to.
        groups: By step, in the order of the road; then by turn.
        parts: The order of the dossier, as the place lays it.
        shown: How many forms are shown.
    """

    place: Place
    everywhere: bool
    words: str
    groups: tuple[FormGroup, ...]
    parts: tuple[DossierPart, ...]
    shown: int


def forms_page(actor: Actor, day: date, where: str = "", words: str = "") -> FormsPage:
    """
    Return the catalogue of forms, and the order of the dossier.

    Args:
        actor: Who reads.
        day: The day whose values are shown.
        where: Whose forms; see ``places.place``.
        words: Leaves only forms whose number or title holds them; marks do not matter.

    Raises:
        NotAllowed: The post does not read the rulebook.
    """
    require(actor, Right.READ_RULES)
    book = amendments.current()
    chosen = place(actor, book, day, where)
    shown = chosen.scopes if where else book.scopes() + _scopes_of_forms(book)
    asked = search_key(words)
    groups = []
    stations = [(rule.step, rule.title_vi) for rule in book.steps()]
    stations += [(rule.step, rule.title_vi) for rule in book.catalogue.turns]
    for step, title in stations:
        lines = tuple(
            line
            for form in book.forms()
            if form.step is step and form.instead_of is None and form.scope in shown
            for line in (_placed(paper_line(book, form, day, chosen), shown),)
            if asked in _searched(line)
        )
        if lines:
            groups.append(FormGroup(step.value, title, lines))
    return FormsPage(
        place=chosen,
        everywhere=not where,
        words=words,
        groups=tuple(groups),
        parts=_parts(book, chosen),
        shown=sum(1 + len(line.printed) for group in groups for line in group.lines),
    )


def _scopes_of_forms(book: Rulebook) -> tuple[str, ...]:
    return tuple({form.scope for form in book.forms()})


def _placed(line: PaperLine, scopes: tuple[str, ...]) -> PaperLine:
    """Return a line with only those variants that some places print."""
    printed = tuple(one for one in line.printed if one.scope in scopes)
    return PaperLine(
        line.form, printed, line.copies, line.validity, line.recorded_by, line.not_later_than
    )


def _searched(line: PaperLine) -> str:
    forms = (line.form, *line.printed)
    return search_key(" ".join(f"{form.code} {form.title_vi}" for form in forms))


def _parts(book: Rulebook, where: Place) -> tuple[DossierPart, ...]:
    """Return the order of the dossier; what a place lays in front is written with a nought."""
    laid = [form for form in book.forms() if form.place and form.scope in where.scopes]
    found = []
    for letter, title in texts.PARTS.items():
        forms = sorted(
            (form for form in laid if form.place[0] == letter),
            key=lambda form: (not form.place[1:].startswith("0"), int(form.place[1:])),
        )
        numbered = [
            PlacedForm("" if form.place[1:].startswith("0") else form.place[1:], form)
            for form in forms
        ]
        found.append(DossierPart(str(title), tuple(numbered)))
    return tuple(found)
