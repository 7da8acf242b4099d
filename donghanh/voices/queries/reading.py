"""What staff read: the voices of the own unit, what lies with it from below, and one of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from donghanh.amendments import queries as amendments
from donghanh.domain import voices
from donghanh.domain.authority import Actor, NotAllowed
from donghanh.domain.rights import Right
from donghanh.domain.voices import Deed, Entry, Said, Standing, State
from donghanh.organisation import queries as organisation
from donghanh.voices import texts
from donghanh.voices.models import Act, Promise, Publication, Voice, Word

#: How many voices a page of the list shows.
PAGE = 50
_MARKED = Act.objects.filter(voice_id=OuterRef("pk"))


def units_of(actor: Actor, today: date) -> frozenset[int]:
    """Return the unit of a post with all that it carries on by a day."""
    return organisation.carried_on_by([actor.post.unit_id], today)


def visible_to(actor: Actor, today: date) -> QuerySet[Voice]:
    """
    Return the voices somebody may read: the one door.

    Those to the own unit, from the day after they came; from below those whose last day has
    passed, those the moderators were asked about; emergencies at once. One whose words have gone
    is there only while something of it is public.

    Raises:
        NotAllowed: The post neither answers nor moderates.
    """
    if not actor.may(Right.ANSWER_VOICES) and not actor.may(Right.MODERATE_VOICES):
        raise NotAllowed(right=Right.ANSWER_VOICES.value, role=actor.post.role.value)
    own = units_of(actor, today)
    alarmed = Q(emergency=True) | Exists(_MARKED.filter(deed=Deed.ALARMED.value))
    flagged = Exists(_MARKED.filter(deed=Deed.FLAGGED.value))
    public = Exists(Publication.objects.filter(voice_id=OuterRef("pk"), withdrawn_on=None))
    moderates = Q(pk__isnull=not actor.may(Right.MODERATE_VOICES))
    return Voice.objects.filter(
        Q(gone_on=None) | public,
        Q(emergency=True) | Q(came_on__lt=today),
        Q(unit_id__in=own)
        | Q(above_id__in=own) & (alarmed | Q(due_on__lt=today) | flagged & moderates)
        | Q(watch_id__in=own) & alarmed & moderates,
    )


@dataclass(frozen=True, slots=True)
class Row:
    """
    A voice as one actor finds it.

    ``mine``: written to the own unit. ``above``: the own unit is the level above. ``holds``: the
    own unit answers it now. ``asked``: those below asked the actor, who moderates. ``to``: whom it
    was written to. ``excerpt``: how it begins.
    """

    voice: Voice
    standing: Standing
    to: str
    school: str
    mine: bool
    above: bool
    holds: bool
    asked: bool
    left: int | None

    @property
    def shape(self) -> str:
        """Return the shape of how it stands: late, near, waiting, done or plain."""
        return texts.shape(self.standing, self.left)

    @property
    def badge(self) -> str:
        """Return the word of how it stands."""
        return texts.badge(self.standing, self.left)

    @property
    def excerpt(self) -> str:
        """Return the beginning of the text, in one line."""
        if self.voice.gone_on is not None:
            return texts.gone()
        line = " ".join(self.voice.text.split())
        return line if len(line) <= 120 else line[:119].rsplit(" ", 1)[0] + "…"


@dataclass(frozen=True, slots=True)
class ListPage:
    """
    A list of voices.

    ``counts``: how many stand in each list. ``to_confirm``: publications that wait for a second
    person. ``days``: what the own unit promises; ``own_days``: it set that itself.
    """

    rows: Page[Row]
    which: str
    counts: dict[str, int]
    to_confirm: list[Publication]
    days: int
    own_days: bool
    simulated: bool


#: The lists of the page.
LISTS = ("waiting", "late", "urgent", "answered", "aside")


def listing(actor: Actor, today: date, which: str, number: int = 1) -> ListPage:
    """Return one of the lists; the most pressing first, no order of coming within a day."""
    rows = list(rows_of(actor, visible_to(actor, today), today))
    chosen = which if which in LISTS else "waiting"
    parts = {name: [row for row in rows if _stands(row, name)] for name in LISTS}
    ordered = sorted(parts[chosen], key=_order)
    days, own = promised(actor.post.unit_id, today)
    return ListPage(
        rows=Paginator(ordered, PAGE).get_page(number),
        which=chosen,
        counts={name: len(part) for name, part in parts.items()},
        to_confirm=list(_to_confirm(actor, today).order_by("proposed_on", "id")),
        days=days,
        own_days=own,
        simulated=any(row.voice.simulated for row in rows),
    )


def _order(row: Row) -> tuple[bool, date, int]:
    standing = row.standing
    return not standing.emergency, standing.due or row.voice.came_on, row.voice.pk


def _stands(row: Row, name: str) -> bool:
    standing = row.standing
    waits = standing.state is State.WAITING
    return {
        "waiting": waits and (row.holds or row.asked),
        "late": standing.late,
        "urgent": standing.emergency and waits,
        "answered": standing.state in {State.ANSWERED, State.CLOSED},
        "aside": standing.state is State.SET_ASIDE,
    }[name]


@dataclass(frozen=True, slots=True)
class Pressing:
    """
    What waits, of voices, for the desk of one actor; each list has the most pressing first.

    ``urgent``: emergencies, whoever answers them. ``risen``: they came up from below, unanswered.
    ``mine``: to be answered here. ``asked``: moderators below asked. ``gone``: they lie one level
    up, because the own unit did not answer. ``to_confirm``: public answers that wait for a second
    person.
    """

    urgent: list[Row]
    risen: list[Row]
    mine: list[Row]
    asked: list[Row]
    gone: list[Row]
    to_confirm: int


def pressing(actor: Actor, today: date) -> Pressing:
    """
    Return what waits, of voices, for the desk of one actor; only what waits is read.

    Raises:
        NotAllowed: The post neither answers nor moderates.
    """
    found = _unfinished(visible_to(actor, today))
    rows = sorted(rows_of(actor, found, today), key=_order)
    calm = [row for row in rows if not row.standing.emergency]
    held = [row for row in calm if row.holds]
    return Pressing(
        urgent=[row for row in rows if row.standing.emergency],
        risen=[row for row in held if not row.mine],
        mine=[row for row in held if row.mine],
        asked=[row for row in calm if row.asked and not row.holds],
        gone=[row for row in calm if row.mine and not row.holds],
        to_confirm=_to_confirm(actor, today).count(),
    )


def _unfinished(found: QuerySet[Voice]) -> QuerySet[Voice]:
    """Return those that wait, as ``voices.stand`` tells it: nothing ended them since."""
    since = Word.objects.filter(
        voice_id=OuterRef("voice_id"), place__gt=OuterRef("place"), kind=Said.MORE.value
    )
    ended = _MARKED.filter(deed__in=[one.value for one in voices.ENDS]).exclude(Exists(since))
    closed = Word.objects.filter(voice_id=OuterRef("pk"), kind=Said.CLOSED.value)
    return found.exclude(Exists(ended)).exclude(Exists(closed))


def _to_confirm(actor: Actor, today: date) -> QuerySet[Publication]:
    """Return the publications that wait for an actor as the second person."""
    own = units_of(actor, today)
    waiting = Publication.objects.filter(
        Q(unit_id__in=own) | Q(above_id__in=own), confirmed_by=None, withdrawn_on=None
    )
    return waiting.exclude(proposed_by_id=actor.user_id)


def rows_of(actor: Actor, found: QuerySet[Voice], today: date) -> Iterator[Row]:
    """Yield voices as they stand for an actor; those from below only where they lie above."""
    listed = list(_told(found))
    if not listed:
        return
    own = units_of(actor, today)
    urgent = voices.urgent_days(today, amendments.current())
    known = organisation.known_as(
        {one for voice in listed for one in (voice.unit_id, voice.school_id)}, today
    )
    for voice in listed:
        acts = list(voice.acts.all())
        standing = voices.stand(
            entries(voice, voice.words.all(), acts),
            emergency=voice.emergency,
            urgent=urgent,
            today=today,
        )
        mine, above = voice.unit_id in own, voice.above_id in own
        took = any(act.of_unit_id in own for act in acts)
        asked = standing.flagged and actor.may(Right.MODERATE_VOICES)
        if not (mine or standing.emergency or standing.late or took or asked):
            continue
        yield Row(
            voice=voice,
            standing=standing,
            to=known[voice.unit_id].name if voice.unit_id in known else "",
            school=known[voice.school_id].short_name if voice.school_id in known else "",
            mine=mine,
            above=above,
            holds=_holds(voice, standing, mine=mine, above=above),
            asked=asked and above and not mine,
            left=standing.left(today),
        )


def _holds(voice: Voice, standing: Standing, *, mine: bool, above: bool) -> bool:
    if standing.late and voice.above_id is not None and not standing.emergency:
        return above
    return mine or (above and standing.emergency)


def _told(found: QuerySet[Voice]) -> QuerySet[Voice]:
    return found.prefetch_related(
        Prefetch("words", Word.objects.order_by("place")),
        Prefetch("acts", Act.objects.order_by("place")),
    )


def entries(voice: Voice, words: Iterable[Word], acts: Iterable[Act]) -> list[Entry]:
    """Return what was said and done as the rules read it."""
    told = [Entry(0, "", voice.came_on, voice.due_on)]
    told += [Entry(one.place, one.kind, one.came_on, one.due_on) for one in words]
    told += [Entry(one.place, one.deed, one.on) for one in acts]
    return told


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a thread: who speaks (empty: the writer), what, when."""

    place: int
    who: str
    kind: str
    text: str
    reason: str
    on: date
    person: str = ""

    @property
    def title(self) -> str:
        """Return what kind of line it is, in words."""
        return texts.title(self.kind)

    @property
    def why(self) -> str:
        """Return the reason in words, where there is one."""
        return texts.reason(self.reason)


@dataclass(frozen=True, slots=True)
class VoicePage:
    """
    One voice for an actor.

    ``seen``: the place of the last line, sent back with what is done. The rest says what this actor
    may do now.
    """

    row: Row
    lines: list[Line]
    seen: int
    above_name: str
    publication: Publication | None
    may_set_aside: bool
    may_flag: bool
    may_propose: bool
    may_confirm: bool


def page(actor: Actor, voice_id: int, today: date) -> VoicePage:
    """
    Return one voice with its thread.

    Raises:
        Voice.DoesNotExist: There is none, or it is not the actor's to read.
    """
    row = next(rows_of(actor, visible_to(actor, today).filter(pk=voice_id), today), None)
    if row is None:
        raise Voice.DoesNotExist
    voice, standing = row.voice, row.standing
    acts = list(Act.objects.filter(voice=voice).select_related("by").order_by("place"))
    known = organisation.known_as(
        {voice.above_id or voice.unit_id, *(one.of_unit_id for one in acts)}, today
    )
    lines = [Line(one.place, "", one.kind, one.text, "", one.came_on) for one in voice.words.all()]
    lines += [
        Line(
            one.place,
            known[one.of_unit_id].name if one.of_unit_id in known else "",
            one.deed,
            one.text,
            one.reason,
            one.on,
            one.by.name,
        )
        for one in acts
    ]
    lines.sort(key=lambda line: line.place)
    publication = Publication.objects.filter(voice=voice).select_related("proposed_by").first()
    moderates = actor.may(Right.MODERATE_VOICES)
    waits = standing.state is State.WAITING
    answered = any(one.deed == Deed.ANSWERED for one in acts)
    own = publication is not None and publication.proposed_by_id == actor.user_id
    open_ = publication is not None and publication.withdrawn_on is None
    return VoicePage(
        row=row,
        lines=lines,
        seen=max((line.place for line in lines), default=0),
        above_name=known[voice.above_id].name if voice.above_id in known else "",
        publication=publication,
        may_set_aside=moderates and waits,
        may_flag=not moderates and voice.above_id is not None and not standing.flagged,
        may_propose=answered and voice.may_publish and publication is None,
        may_confirm=bool(open_ and not own and publication and publication.confirmed_by is None),
    )


def promised(unit_id: int, today: date) -> tuple[int, bool]:
    """Return within how many working days a unit answers, and whether it set that itself."""
    found = Promise.objects.filter(unit_id=unit_id, since__lte=today).order_by("-since").first()
    if found is not None:
        return found.days, True
    return amendments.current().numbers_on(voices.ANSWER, today)[0].value, False
