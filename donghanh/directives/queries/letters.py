"""A letter of the department: the list, the reading beside the original, the sharing out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from donghanh.directives import texts
from donghanh.directives.models import Directive
from donghanh.directives.queries.issued import issued_by, listing
from donghanh.domain import assignment, authority, letter, names
from donghanh.domain.authority import Actor
from donghanh.domain.calendar import SchoolYear
from donghanh.domain.errors import RuleError
from donghanh.domain.rights import Right
from donghanh.organisation import queries as organisation
from donghanh.organisation.queries import UnitFacts

#: Fields of which each entry has a row of its own.
_EACH = ("duties", "targets")


@dataclass(frozen=True, slots=True)
class ListedLetter:
    """A letter in the list, and how far its units have come; ``next_due``: nothing is open."""

    id: int
    subject: str
    number: str
    kept_at: datetime
    issued_on: date | None
    sent: int
    acknowledged: int
    next_due: date | None
    state: str
    badge: str
    drafted: bool


@dataclass(frozen=True, slots=True)
class Row:
    """
    One field of a reading.

    ``doubts`` are open: a field the officer has changed has none, and ``was`` says what the machine
    had read there. ``linked``: a stretch of the original carries its key.
    """

    key: str
    label: str
    values: tuple[str, ...]
    doubts: tuple[str, ...]
    was: str
    linked: bool = False

    @property
    def strong(self) -> bool:
        """Tell whether the first line is what matters most: targets and days."""
        return self.key.startswith(_EACH)


@dataclass(frozen=True, slots=True)
class ReadingPage:
    """A letter beside its reading. ``stretches`` together are the original."""

    directive: Directive
    number: str
    kept_by: str
    stretches: tuple[letter.Segment, ...]
    rows: dict[str, Row]
    duties: tuple[Row, ...]
    targets: tuple[Row, ...]
    found: int
    doubts: int


@dataclass(frozen=True, slots=True)
class SchoolShare:
    """A school of the department, whether the letter names it, and the share proposed."""

    unit: UnitFacts
    named: bool
    share: int | None


@dataclass(frozen=True, slots=True)
class Birth:
    """A task that comes into being at each unit, and its days in words."""

    text: str
    words: str


@dataclass(frozen=True, slots=True)
class IssuePage:
    """What comes into being when a letter is issued; ``refused``: a duty's day is unreadable."""

    directive: Directive
    subject: str
    number: str
    schools: tuple[SchoolShare, ...]
    target: int | None
    year: SchoolYear
    tasks: tuple[Birth, ...]
    refused: RuleError | None


def letters(actor: Actor, on: date, words: str = "") -> list[ListedLetter]:
    """
    Return the department's letters, newest first.

    Args:
        actor: An officer or leader of the department.
        on: The day lateness is judged by (Asia/Ho_Chi_Minh).
        words: Words that must stand in the subject, number or symbol; marks and case do not matter.

    Raises:
        NotAllowed: The post does not read the department's directives.
    """
    authority.require(actor, Right.READ_DIRECTIVES)
    found = listing(actor).defer("original", "reading")
    wanted = names.search_key(words)
    listed = (_listed(directive, on) for directive in found)
    return [one for one in listed if wanted in names.search_key(f"{one.number} {one.subject}")]


def _listed(directive: Any, on: date) -> ListedLetter:
    """Return a row of the list from an annotated directive."""
    said = directive.confirmed
    due: date | None = directive.next_due
    left = (due - on).days if due else None
    state, badge = "done", ""
    if directive.status == "draft":
        words = texts.STAGES[directive.stage] if directive.stage else texts.STATUSES["draft"]
        state, badge = "near", str(words)
    elif directive.ended_how:
        state, badge = "plain", texts.ended(directive.ended_how, directive.ended_date)
    elif left is not None:
        state = "late" if left < 0 else "near" if left <= _NEAR else "waiting"
        badge = texts.left(left)
    return ListedLetter(
        id=directive.pk,
        subject=subject_of(directive),
        number=number_of(said),
        kept_at=directive.kept_at,
        issued_on=directive.issued_date,
        sent=directive.sent,
        acknowledged=directive.acknowledged,
        next_due=due,
        state=state,
        badge=badge,
        drafted=directive.drafted,
    )


#: From how many days before its last day a task is near.
_NEAR = 7


def subject_of(directive: Directive) -> str:
    """Return what a letter is about, or what its file was called; its first letter is a capital."""
    subject = str(directive.confirmed.get("subject") or directive.file_name or f"#{directive.pk}")
    return subject[:1].upper() + subject[1:]


def number_of(said: Mapping[str, Any]) -> str:
    """Return number and symbol as papers write them; a dash stands where the number is blank."""
    if said.get("reference"):
        return str(said["reference"])
    if not said.get("number") and not said.get("symbol"):
        return ""
    return f"{said.get('number') or '—'}/{said.get('symbol') or '—'}"


def reading_page(actor: Actor, directive_id: int) -> ReadingPage:
    """
    Return a letter of the department beside its reading.

    Raises:
        NotAllowed: The post does not read the department's directives.
        Directive.DoesNotExist: Unknown, or another department's.
    """
    authority.require(actor, Right.READ_DIRECTIVES)
    directive = issued_by(actor).select_related("kept_by").get(pk=directive_id)
    rows = {row.key: row for row in _rows(directive)}
    stretches = letter.segments(directive.original, _marks(directive.reading, rows))
    lit = {stretch.key for stretch in stretches}
    rows = {key: replace(row, linked=key in lit) for key, row in rows.items()}
    return ReadingPage(
        directive=directive,
        number=number_of(directive.confirmed),
        kept_by=directive.kept_by.name,
        stretches=stretches,
        rows=rows,
        duties=_numbered(rows, "duties"),
        targets=_numbered(rows, "targets"),
        found=sum(1 for row in rows.values() if row.values),
        doubts=sum(len(row.doubts) for row in rows.values()),
    )


def _numbered(rows: Mapping[str, Row], name: str) -> tuple[Row, ...]:
    return tuple(row for key, row in rows.items() if key.startswith(f"{name}-"))


def _rows(directive: Directive) -> Iterator[Row]:
    """Yield the rows of a reading in the order of the page."""
    read, confirmed = directive.reading, directive.confirmed
    for name, label in texts.FIELDS.items():
        each = name in _EACH
        keys = [f"{name}-{at}" for at in range(len(confirmed[name]))] if each else [name]
        for key in keys:
            before, now = _values(read, key), _values(confirmed, key)
            changed = before != now
            open_doubts = [
                flag["why"]
                for flag in read["flags"]
                if _key(flag["field"]) == key and flag["field"] != "superior"
            ]
            yield Row(
                key=key,
                label=str(label),
                values=now,
                doubts=() if changed else tuple(dict.fromkeys(open_doubts)),
                was="; ".join(before) if changed else "",
            )


def _key(path: str) -> str:
    """Return the row a path of a reading belongs to."""
    parts = path.split(".")
    return "-".join(parts[:2]) if parts[0] in _EACH else parts[0]


def _values(said: Mapping[str, Any], key: str) -> tuple[str, ...]:
    """Return a field in words, one entry for each line."""
    name, _, at = key.partition("-")
    value = said.get(name)
    if name in _EACH:
        entries = value or []
        return _WORDS[name](entries[int(at)]) if int(at) < len(entries) else ()
    if name in _WORDS:
        return _WORDS[name](value)
    if isinstance(value, list):
        return tuple(str(each) for each in value)
    return (str(value),) if value else ()


def _basis_words(bases: list[Mapping[str, Any]]) -> tuple[str, ...]:
    return tuple(
        " · ".join(
            part
            for part in (
                " ".join(filter(None, (basis["kind"], basis["number"]))),
                texts.shown_day(basis["date"]),
                basis["issuer"],
            )
            if part
        )
        for basis in bases
    )


def _target_words(target: Mapping[str, Any]) -> tuple[str, ...]:
    year = texts.in_year(target["year"]) if target.get("year") else ""
    amount = f"{texts.how_many(target)} {target.get('of') or ''}".strip()
    return (" · ".join(filter(None, (amount, target.get("what"), year))),)


_WORDS: dict[str, Callable[[Any], tuple[str, ...]]] = {
    "date": lambda value: (texts.shown_day(value),) if value else (),
    "bases": _basis_words,
    "contents": lambda value: (texts.points(len(value)),) if value else (),
    "duties": lambda duty: (texts.when(duty), duty["text"]),
    "targets": _target_words,
    "signing": lambda value: tuple(
        filter(None, (value.get("authority"), value.get("title"), value.get("name")))
    ),
}
#: Parts of a target that stand out in the original.
_STRONG = (".amount", ".year")
#: What is too long, or says too little, to be lit.
_UNLIT = ("contents", "kind", "recipients", "superior")


def _marks(read: Mapping[str, Any], rows: Mapping[str, Row]) -> Iterator[letter.Mark]:
    """Yield what is lit in the original; open doubts come last, so that they stay seen."""
    doubted: list[letter.Mark] = []
    for path, (start, end) in read["spans"].items():
        if path.startswith("flags."):
            key = _key(read["flags"][int(path.removeprefix("flags."))]["field"])
            if key in rows and rows[key].doubts:
                doubted.append(letter.Mark(key, "doubt", start, end))
            continue
        key = _key(path)
        if key in rows and path.split(".")[0] not in _UNLIT:
            strong = key.startswith("targets-") and path.endswith(_STRONG)
            yield letter.Mark(key, "target" if strong else "read", start, end)
    yield from doubted


def issue_page(actor: Actor, directive_id: int, on: date) -> IssuePage:
    """
    Return what issuing a letter on a day would bring into being, with a first sharing out.

    Raises:
        NotAllowed: The post does not issue directives.
        Directive.DoesNotExist: Unknown, or another department's.
    """
    authority.require(actor, Right.ISSUE_DIRECTIVES)
    directive = issued_by(actor).get(pk=directive_id, drafted=False)
    said = directive.confirmed
    units = organisation.facts_of(actor.schools, on)
    named = assignment.named_among(said["units"], {key: unit.name for key, unit in units.items()})
    ordered = sorted(units.values(), key=lambda unit: (unit.id not in named, unit.order))
    target = assignment.target_of(said)
    shares = assignment.proposal(target, [unit.id for unit in ordered if unit.id in named])
    year = assignment.school_year_of(said, on)
    refused: RuleError | None = None
    tasks: tuple[assignment.Dated, ...] = ()
    try:
        tasks = assignment.dated(assignment.duties_of(said), year=year)
    except assignment.DueUnreadable as unreadable:
        refused = unreadable
    return IssuePage(
        directive=directive,
        subject=subject_of(directive),
        number=number_of(said),
        schools=tuple(SchoolShare(unit, unit.id in named, shares.get(unit.id)) for unit in ordered),
        target=target,
        year=year,
        tasks=tuple(Birth(task.duty.text, texts.by(task.due, task.last)) for task in tasks),
        refused=refused,
    )
