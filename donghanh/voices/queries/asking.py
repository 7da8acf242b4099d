"""What a writer sees: where to write to, and by the code what became of it; what all may read."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page, Paginator

from donghanh.amendments import queries as amendments
from donghanh.domain import names, voices
from donghanh.domain.structure import Line as Tree
from donghanh.domain.structure import UnitKind
from donghanh.domain.voices import Addressee, Standing, State
from donghanh.organisation import queries as organisation
from donghanh.organisation.queries import UnitFacts
from donghanh.voices import texts
from donghanh.voices.models import Act, Publication, Voice
from donghanh.voices.queries.reading import Line, entries, promised

#: How many schools a search shows, and how many questions a page of public answers.
MOST_SCHOOLS = 20
PAGE = 20
#: The bodies that work at a school for the Party, in the order they are looked for.
_CELLS = (
    UnitKind.CELL,
    UnitKind.JOINT_CELL,
    UnitKind.SUB_CELL,
    UnitKind.BASE_COMMITTEE,
    UnitKind.SUB_COMMITTEE,
)


def digest_of(code: str) -> str:
    """
    Return what is kept of a code; blanks, hyphens and capitals do not matter.

    >>> digest_of("abcd-efgh") == digest_of("ABCD EFGH")
    True
    """
    signs = "".join(sign for sign in code.upper() if sign.isalnum())
    return hashlib.sha256(f"voice:{signs}".encode()).hexdigest()


def schools(asked: str, today: date) -> list[UnitFacts]:
    """Return the schools whose name or place has every word asked for, diacritics aside."""
    words = names.search_key(asked).split()
    if not words:
        return []
    found = [
        unit
        for unit in organisation.at(today).values()
        if unit.kind is UnitKind.SCHOOL
        and all(word in names.search_key(f"{unit.name} {unit.place}") for word in words)
    ]
    return sorted(found, key=lambda unit: unit.order)[:MOST_SCHOOLS]


@dataclass(frozen=True, slots=True)
class Where:
    """
    Where a voice goes: who answers, who one level above, whose moderators hear of emergencies.

    ``days`` is what the unit promises, in working days; ``own_days``: it set that itself.
    """

    to: Addressee
    unit: UnitFacts
    above_id: int | None
    watch_id: int | None
    days: int
    own_days: bool


@dataclass(frozen=True, slots=True)
class Writing:
    """The page on which a voice is written."""

    school: UnitFacts
    places: list[Where]


def writing(school_id: int, today: date) -> Writing | None:
    """Return the bodies one can write to from a school; one that ended leads to its heir."""
    heir = organisation.carried_to(school_id, today)
    school = organisation.facts_of([heir], today).get(heir)
    if school is None or school.kind is not UnitKind.SCHOOL:
        return None
    places = [where for to in Addressee if (where := whereto(heir, to, today)) is not None]
    return Writing(school, places)


def whereto(school_id: int, to: Addressee, today: date) -> Where | None:
    """Return where a voice from a school goes, or ``None`` where nobody answers there."""
    cell = next(
        (found for kind in _CELLS if (found := organisation.hosted_at(school_id, kind, today))),
        None,
    )
    union = organisation.hosted_at(school_id, UnitKind.SCHOOL_UNION, today)
    department = organisation.parent_of(school_id, Tree.EDUCATION, today)
    upper = organisation.parent_of(union, Tree.UNION, today) if union else None
    unit_id, above_id = {
        Addressee.SCHOOL: (cell, department),
        Addressee.UNION: (union, upper),
        Addressee.DEPARTMENT: (department, None),
        Addressee.UPPER_UNION: (
            upper,
            organisation.parent_of(upper, Tree.UNION, today) if upper else None,
        ),
    }[to]
    unit = organisation.facts_of([unit_id], today).get(unit_id) if unit_id else None
    if unit is None:
        return None
    days, own_days = promised(unit.id, today)
    return Where(to, unit, above_id, cell, days, own_days)


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a writer sees by the code; ``with_whom`` is who answers now, ``seen`` the last line."""

    voice: Voice
    standing: Standing
    lines: list[Line]
    with_whom: str
    seen: int
    reached: bool
    left: int | None

    @property
    def shape(self) -> str:
        """Return the shape of how it stands."""
        return texts.shape(self.standing, self.left)

    @property
    def badge(self) -> str:
        """Return the word of how it stands."""
        return texts.badge(self.standing, self.left)

    @property
    def open(self) -> bool:
        """Tell whether its writer can go on."""
        return self.standing.state is not State.CLOSED


def follow(code: str, today: date) -> Receipt | None:
    """Return the voice of a code with its thread, or ``None``; the door told the database."""
    voice = Voice.objects.filter(code_digest=digest_of(code)).first()
    if voice is None:
        return None
    acts = list(
        Act.objects.filter(voice=voice)
        .only("place", "deed", "text", "reason", "on", "of_unit_id")
        .order_by("place")
    )
    words = list(voice.words.order_by("place"))
    standing = voices.stand(
        entries(voice, words, acts),
        emergency=voice.emergency,
        urgent=voices.urgent_days(today, amendments.current()),
        today=today,
    )
    holder = voice.above_id if standing.late and voice.above_id else voice.unit_id
    known = organisation.known_as({holder, *(one.of_unit_id for one in acts)}, today)
    lines = [Line(one.place, "", one.kind, one.text, "", one.came_on) for one in words]
    lines += [
        Line(one.place, known[one.of_unit_id].name, one.deed, one.text, one.reason, one.on)
        for one in acts
    ]
    lines.sort(key=lambda line: line.place)
    return Receipt(
        voice=voice,
        standing=standing,
        lines=lines,
        with_whom=known[holder].name if holder in known else "",
        seen=max((line.place for line in lines), default=0),
        reached=voice.emergency or voice.came_on < today,
        left=standing.left(today),
    )


@dataclass(frozen=True, slots=True)
class Told:
    """A public question with its answer, and who answers."""

    publication: Publication
    unit: str


@dataclass(frozen=True, slots=True)
class PublicPage:
    """A page of the public answers."""

    page: Page[Publication]
    told: list[Told]


def published(today: date, topic: str, number: int) -> PublicPage:
    """Return a page of the public answers, the newest day first."""
    found = Publication.objects.filter(
        confirmed_on__isnull=False, confirmed_on__lte=today, withdrawn_on=None
    )
    if topic:
        found = found.filter(topic=topic)
    columns = ("id", "unit_id", "topic", "question", "answer", "confirmed_on")
    page = Paginator(found.only(*columns).order_by("-confirmed_on", "id"), PAGE).get_page(number)
    rows = list(page.object_list)
    known = organisation.known_as({row.unit_id for row in rows}, today)
    told = [Told(row, known[row.unit_id].name if row.unit_id in known else "") for row in rows]
    return PublicPage(page, told)
