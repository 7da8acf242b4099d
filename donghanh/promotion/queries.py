"""Reads of the room of promotion: who goes on from which class, and what would come of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import F, QuerySet

from donghanh.domain import authority, moving_up, year_classes
from donghanh.domain.authority import Actor, NotAllowed
from donghanh.domain.calendar import SchoolYear
from donghanh.domain.errors import RuleError
from donghanh.domain.moving_up import Apart, Group, Place, Plan, Way
from donghanh.domain.rights import Right
from donghanh.domain.year_classes import Ending, YearClass
from donghanh.lib import days
from donghanh.organisation import queries as organisation
from donghanh.organisation.queries import UnitFacts
from donghanh.people import queries as people
from donghanh.people import texts as words
from donghanh.people.models import Enrolment, Promotion
from donghanh.promotion import texts


@dataclass(frozen=True, slots=True)
class Said:
    """
    What was typed, as far as it can be read.

    Attributes:
        classes: By ``key_of`` the class: the new one, blank for later, and whether it finishes.
        apart: By the pupil's number: the way, None while none is chosen, and the class typed.
    """

    classes: Mapping[str, tuple[str, bool]]
    apart: Mapping[int, tuple[Way | None, str]]


@dataclass(frozen=True, slots=True)
class Pupil:
    """One pupil of a class; ``way`` and ``into`` as typed for who goes another way."""

    id: int
    name: str
    apart: bool = False
    way: str = ""
    into: str = ""


@dataclass(frozen=True, slots=True)
class ClassRow:
    """A class of an earlier year, where it goes, and who is in it."""

    key: str
    number: int
    class_name: str
    year: str
    into: str
    finishes: bool
    pupils: tuple[Pupil, ...]

    @property
    def marked(self) -> tuple[Pupil, ...]:
        """Return who is marked to go another way."""
        return tuple(one for one in self.pupils if one.apart)


@dataclass(frozen=True, slots=True)
class Resting:
    """A pupil who wished that the work rests: nothing is written meanwhile."""

    name: str
    class_name: str


@dataclass(frozen=True, slots=True)
class Ended:
    """A pupil without a class any more, whose file is still here."""

    name: str
    class_name: str
    label: str
    dossier_id: int | None
    on_the_way: bool


@dataclass(frozen=True, slots=True)
class Done:
    """That classes were moved up; ``may_undo`` while none of them was changed since."""

    id: int
    who: str
    on: date
    may_undo: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """What would come of it: how many go where, or why not."""

    counts: tuple[tuple[str, int], ...] = ()
    later: int = 0
    refusal: str = ""
    complete: bool = False


@dataclass(frozen=True, slots=True)
class PromotionPage:
    """Everything on the page of moving up."""

    school: UnitFacts
    year: str
    classes: tuple[ClassRow, ...]
    resting: tuple[Resting, ...]
    ended: tuple[Ended, ...]
    done: tuple[Done, ...]
    outcome: Outcome | None
    shown_dossiers: tuple[int, ...] = field(repr=False, default=())
    shown_persons: tuple[int, ...] = field(repr=False, default=())
    simulated: bool = False


@dataclass(frozen=True, slots=True)
class _Seen:
    """The pupils of a school as rows, and the classes of each."""

    rows: Sequence[dict[str, Any]]
    classes: Mapping[int, tuple[YearClass, ...]]

    def newest(self, number: int) -> YearClass | None:
        return next(iter(year_classes.newest_first(self.classes[number])), None)


def own_school(actor: Actor, today: date) -> UnitFacts:
    """
    Return the one school whose classes an actor moves up.

    Raises:
        NotAllowed: The post moves none, or reaches more than one school.
    """
    authority.require(actor, Right.KEEP_CALENDAR)
    found = list(organisation.facts_of(actor.schools, today).values())
    if len(found) != 1:
        raise NotAllowed(right=Right.KEEP_CALENDAR.value, role=actor.post.role.value)
    return found[0]


def key_of(group: Group) -> str:
    """Return what a class of an earlier year is called in a form."""
    return f"{group.year.key}|{group.class_name}"


def pupils(actor: Actor, school_id: int) -> QuerySet[Any]:
    """Return the pupils of a school whose file did not go elsewhere, by name."""
    seen = people.visible_to(actor).filter(school_id=school_id)
    return seen.exclude(dossier__gone=True).order_by("sort_key", "id")


def movable(actor: Actor, school_id: int, into: SchoolYear) -> dict[int, Group]:
    """
    Return who goes on into the classes of a school year, by number; two statements.

    Those whose newest class is of an earlier year; not who finished or left, whose file went
    elsewhere, or who wished that the work rests.
    """
    rows = list(pupils(actor, school_id).values("id", "rests_since"))
    return _movable(_Seen(rows, people.classes_of(row["id"] for row in rows)), into)


def _movable(seen: _Seen, into: SchoolYear) -> dict[int, Group]:
    found = {}
    for row in seen.rows:
        newest = seen.newest(row["id"])
        if row["rests_since"] is None and newest is not None and _goes_on(newest, into):
            found[row["id"]] = Group(newest.year, newest.class_name)
    return found


def _goes_on(newest: YearClass, into: SchoolYear) -> bool:
    return newest.ended is None and newest.year < into


def standing(school_id: int, into: SchoolYear) -> QuerySet[Promotion]:
    """Return what was moved up into a school year and not undone, in no order."""
    return Promotion.objects.filter(school_id=school_id, school_year=into.key, undone_at=None)


def changed(promotions: Collection[int]) -> set[int]:
    """Return of which promotions a class was changed since, as far as the actor's rows tell."""
    since = Enrolment.objects.filter(promotion_id__in=promotions)
    since = since.exclude(written_at=F("promotion__done_at"))
    return set(since.values_list("promotion_id", flat=True))


def plan_of(said: Said, groups: Mapping[int, Group]) -> Plan:
    """Return what was typed as a plan; of classes and pupils that are there."""
    classes = {}
    for group in set(groups.values()):
        into, finishes = said.classes.get(key_of(group), ("", False))
        if into or finishes:
            classes[group] = Place(into, Ending.FINISHED if finishes else None)
    apart = {
        number: Apart(way, into)
        for number, (way, into) in said.apart.items()
        if way is not None and number in groups
    }
    return Plan(classes, apart)


def promotion_page(actor: Actor, today: date, said: Said | None) -> PromotionPage:
    """
    Return the page of moving up; the number of statements is fixed.

    Args:
        actor: Who looks.
        today: The day (Asia/Ho_Chi_Minh); the classes are those of its school year.
        said: What was typed; None before anything was: then the names of the classes suggest it.

    Raises:
        NotAllowed: The post moves no classes up.
    """
    school, into = own_school(actor, today), SchoolYear.of(today)
    wanted = ("id", "full_name", "class_name", "rests_since", "simulated")
    found = pupils(actor, school.id).values(*wanted, "dossier", "dossier__handing_over")
    rows = list(found)
    seen = _Seen(rows, people.classes_of(row["id"] for row in rows))
    groups = _movable(seen, into)
    resting = [row for row in rows if row["rests_since"] and _rests_here(seen, row["id"], into)]
    ended = [row for row in rows if (newest := seen.newest(row["id"])) and newest.ended]
    shown = [row for row in rows if row["id"] in groups] + resting + ended
    return PromotionPage(
        school=school,
        year=into.key,
        classes=_classes(rows, groups, into, said),
        resting=tuple(Resting(row["full_name"], row["class_name"]) for row in resting),
        ended=tuple(_ended(row, seen) for row in ended),
        done=_done(school.id, into),
        outcome=None if said is None else _outcome(groups, said, into),
        shown_dossiers=tuple(row["dossier"] for row in shown if row["dossier"]),
        shown_persons=tuple(row["id"] for row in shown if not row["dossier"]),
        simulated=any(row["simulated"] for row in rows),
    )


def _done(school_id: int, into: SchoolYear) -> tuple[Done, ...]:
    found = standing(school_id, into).select_related("done_by").order_by("-done_at", "-id")
    kept = list(found)
    since = changed([one.pk for one in kept])
    return tuple(
        Done(one.pk, one.done_by.name, days.local(one.done_at), one.pk not in since) for one in kept
    )


def _rests_here(seen: _Seen, number: int, into: SchoolYear) -> bool:
    newest = seen.newest(number)
    return newest is not None and _goes_on(newest, into)


def _ended(row: dict[str, Any], seen: _Seen) -> Ended:
    newest = seen.newest(row["id"])
    ending = newest.ended if newest is not None else None
    return Ended(
        name=row["full_name"],
        class_name=row["class_name"],
        label=str(words.ENDINGS[ending]) if ending else "",
        dossier_id=row["dossier"],
        on_the_way=bool(row["dossier__handing_over"]),
    )


def _classes(
    rows: Sequence[dict[str, Any]],
    groups: Mapping[int, Group],
    into: SchoolYear,
    said: Said | None,
) -> tuple[ClassRow, ...]:
    names = {row["id"]: row["full_name"] for row in rows}
    held: dict[Group, list[Pupil]] = {}
    for number, group in groups.items():
        way, typed = (None, "")
        apart = said is not None and number in said.apart
        if said is not None and apart:
            way, typed = said.apart[number]
        one = Pupil(number, names[number], apart, way.value if way else "", typed)
        held.setdefault(group, []).append(one)
    return tuple(
        _class_row(place, group, held[group], into, said)
        for place, (group, _) in enumerate(moving_up.groups(groups), start=1)
    )


def _class_row(
    place: int, group: Group, held: Sequence[Pupil], into: SchoolYear, said: Said | None
) -> ClassRow:
    key, suggested = key_of(group), moving_up.suggested(group, into)
    start = (
        suggested.class_name if suggested else "",
        suggested is not None and suggested.ended is not None,
    )
    typed, finishes = start if said is None else said.classes.get(key, start)
    return ClassRow(
        key=key,
        number=place,
        class_name=group.class_name,
        year=group.year.key,
        into=typed,
        finishes=finishes,
        pupils=tuple(held),
    )


def _outcome(groups: Mapping[int, Group], said: Said, into: SchoolYear) -> Outcome:
    missing = [one for one, (way, _) in said.apart.items() if way is None and one in groups]
    try:
        placed = moving_up.placed(groups, plan_of(said, groups), into)
    except RuleError as error:
        return Outcome(refusal=texts.refusal(error))
    counts = Counter(_kind(groups[number], place, said, number) for number, place in placed.items())
    return Outcome(
        counts=tuple((kind, counts[kind]) for kind in _KINDS if counts[kind]),
        later=len(groups) - len(placed),
        complete=bool(placed) and not missing,
    )


#: What is counted of an outcome, in the order shown; the words are the template's.
_KINDS = ("up", "stays", "finished", "left")


def _kind(group: Group, place: Place, said: Said, number: int) -> str:
    if place.ended is not None:
        return place.ended.value
    way, _ = said.apart.get(number, (None, ""))
    return "stays" if way is Way.STAYS else "up"
