"""What a writer sees: where to write to, and by the code what became of it; what all may read."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page, Paginator
from django.db.models import Count, QuerySet

from donghanh.amendments import queries as amendments
from donghanh.domain import names, voices
from donghanh.domain.structure import Line as Tree
from donghanh.domain.structure import UnitKind
from donghanh.domain.voices import Addressee, Standing, State, Topic
from donghanh.organisation import queries as organisation
from donghanh.organisation.models import Unit
from donghanh.organisation.queries import UnitFacts
from donghanh.voices import texts
from donghanh.voices.models import Act, Publication, Voice
from donghanh.voices.queries.reading import Line, entries, promised

#: How many schools a search shows, how many questions a page of public answers, and how many
#: others stand beside one.
MOST_SCHOOLS = 20
PAGE = 20
BESIDE = 6
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


@dataclass(frozen=True, slots=True)
class Schools:
    """The schools a search found; ``more``: there are others beside them."""

    found: list[UnitFacts]
    more: bool = False
    simulated: bool = False


def schools(asked: str, today: date) -> Schools:
    """Return the schools whose name or place has every word asked for, diacritics aside."""
    words = names.search_key(asked).split()
    if not words:
        return Schools([])
    found = [
        unit
        for unit in organisation.at(today).values()
        if unit.kind is UnitKind.SCHOOL
        and all(word in names.search_key(f"{unit.name} {unit.place}") for word in words)
    ]
    shown = sorted(found, key=lambda unit: unit.order)[:MOST_SCHOOLS]
    return Schools(shown, len(found) > len(shown), _invented(unit.id for unit in shown))


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
    """The page on which a voice is written; ``months``: how long words are kept, see the rule."""

    school: UnitFacts
    places: list[Where]
    months: int
    simulated: bool

    @property
    def alike(self) -> bool:
        """Tell whether all of several bodies promise the same, so that it is said once."""
        return len(self.places) > 1 and len({(one.days, one.own_days) for one in self.places}) == 1


def writing(school_id: int, today: date) -> Writing | None:
    """Return the bodies one can write to from a school; one that ended leads to its heir."""
    heir = organisation.carried_to(school_id, today)
    school = organisation.facts_of([heir], today).get(heir)
    if school is None or school.kind is not UnitKind.SCHOOL:
        return None
    places = [where for to in Addressee if (where := whereto(heir, to, today)) is not None]
    months = voices.months_kept(today, amendments.current())
    return Writing(school, places, months, _invented([heir]))


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
    """
    What a writer sees by the code; ``with_whom`` is who answers now, ``seen`` the last line.

    ``goes_on``: the day on which its words go; ``None`` while it waits, and once they went.
    """

    voice: Voice
    standing: Standing
    lines: list[Line]
    with_whom: str
    seen: int
    reached: bool
    left: int | None
    goes_on: date | None

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
        return self.standing.state is not State.CLOSED and self.voice.gone_on is None


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
    book, told = amendments.current(), entries(voice, words, acts)
    urgent = voices.urgent_days(today, book)
    standing = voices.stand(told, emergency=voice.emergency, urgent=urgent, today=today)
    over = standing.state is not State.WAITING and voice.gone_on is None
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
        goes_on=voices.goes_on(max(one.on for one in told), today, book) if over else None,
    )


@dataclass(frozen=True, slots=True)
class Told:
    """A public question with its answer, and who answers."""

    publication: Publication
    unit: str


@dataclass(frozen=True, slots=True)
class PublicPage:
    """
    A page of the public answers.

    ``topics``: the topics something is told of, each with how many answers, in their own order.
    """

    page: Page[Publication]
    told: list[Told]
    topics: list[tuple[Topic, int]]
    simulated: bool


@dataclass(frozen=True, slots=True)
class PublicAnswer:
    """One public answer, and the newest others of its topic."""

    told: Told
    others: list[Publication]
    simulated: bool


def _public(today: date) -> QuerySet[Publication]:
    """Return what everybody may read, by the columns everybody may read; the newest first."""
    columns = ("id", "unit_id", "topic", "question", "answer", "confirmed_on")
    found = Publication.objects.filter(
        confirmed_on__isnull=False, confirmed_on__lte=today, withdrawn_on=None
    )
    return found.only(*columns).order_by("-confirmed_on", "id")


def published(today: date, topic: str, number: int) -> PublicPage:
    """Return a page of the public answers, the newest day first."""
    found = _public(today)
    counts = dict(found.order_by().values_list("topic").annotate(Count("id")))
    if topic:
        found = found.filter(topic=topic)
    page = Paginator(found, PAGE).get_page(number)
    rows = list(page.object_list)
    return PublicPage(
        page=page,
        told=_told_by(rows, today),
        topics=[(one, counts[one.value]) for one in Topic if one.value in counts],
        simulated=_invented(row.unit_id for row in rows),
    )


def published_one(publication_id: int, today: date) -> PublicAnswer | None:
    """Return one public answer, or ``None`` where there is none, or none any more."""
    row = _public(today).filter(pk=publication_id).first()
    if row is None:
        return None
    others = _public(today).filter(topic=row.topic).exclude(pk=row.pk)[:BESIDE]
    return PublicAnswer(_told_by([row], today)[0], list(others), _invented([row.unit_id]))


def _told_by(rows: list[Publication], today: date) -> list[Told]:
    known = organisation.known_as({row.unit_id for row in rows}, today)
    return [Told(row, known[row.unit_id].name if row.unit_id in known else "") for row in rows]


def _invented(unit_ids: Iterable[int]) -> bool:
    """Tell whether one of some units is simulated."""
    return Unit.objects.filter(pk__in=set(unit_ids), simulated=True).exists()
