"""The items of an agenda: what was said of each so far, what it comes to, and the page of one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from donghanh.domain import sitting, voting
from donghanh.domain.authority import Actor
from donghanh.domain.errors import RuleError
from donghanh.domain.procedure import Act, Step, check
from donghanh.domain.sitting import NOMINATION, Asked, Body, Said
from donghanh.domain.timeline import Entry, NotInForce
from donghanh.domain.voting import Threshold
from donghanh.domain.walk import threshold_of
from donghanh.domain.year_classes import YearClass, class_on
from donghanh.dossiers import queries as dossiers
from donghanh.dossiers import texts as sentences
from donghanh.dossiers.queries import CountPage, Rest, Walk, wording
from donghanh.dossiers.queries.wording import Cite
from donghanh.meetings import texts
from donghanh.meetings.models import AgendaItem, Meeting
from donghanh.meetings.queries import agenda, found
from donghanh.meetings.queries.found import Competence
from donghanh.people import queries as people

#: Whose act names a helper, and of which it is nothing without one.
_WITH_HELPER = frozenset({Step.LISTED, Step.HELPER_CHANGED})
_NEEDS_HELPER = frozenset({Step.HELPER_CHANGED})


@dataclass(frozen=True, slots=True)
class Row:
    """
    One item of an agenda as it stands.

    Attributes:
        state: ``open``, ``ready``, ``deferred``, ``wrong`` while the meeting is open; ``carried``,
            ``lost``, ``deferred`` or ``invalid`` (declared so on the road) afterwards.
        told: The same in a sentence.
        said: What was said, once nothing is wrong with it.
        passed: Whether the body agreed; ``None`` while it is open or put off.
        base: Of how many the share was taken, and how many were needed, where a share decides.
        entry: The rule by which it was counted.
        class_name: The pupil's class on the day of the meeting, not today's.
    """

    item: AgendaItem
    walk: Walk
    number: int
    title: str
    state: str
    told: str
    said: Said | None = None
    passed: bool | None = None
    base: int | None = None
    needed: int | None = None
    entry: Entry[Threshold] | None = None
    cite: Cite | None = None
    class_name: str = ""

    @property
    def name(self) -> str:
        """Return the pupil's name."""
        return self.walk.dossier.person.full_name

    @property
    def rests(self) -> bool:
        """Tell whether the work rests at the pupil's wish: nothing can be counted or closed."""
        return dossiers.rests(self.walk)


@dataclass(frozen=True, slots=True)
class Field:
    """A field of an item: its name, its label, what stands in it."""

    name: str
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class ItemPage:
    """The page of one item while the meeting sits."""

    meeting: Meeting
    row: Row
    all: int
    body: str
    threshold: str
    voted: bool
    cites: tuple[Cite, ...]
    there: tuple[Field, ...]
    votes: tuple[Field, ...]
    typed: Mapping[str, str]
    helpers: tuple[tuple[int, str], ...]
    who: str
    attended: bool
    before: int | None
    after: int | None
    count: CountPage | None

    @property
    def rest(self) -> Rest | None:
        """Return what stands in place of the form while the work rests."""
        walk = self.row.walk
        told = dossiers.rest(walk.dossier.person.rests_since, walk.book, walk.today)
        return None if told is None else replace(told, dossier_id=walk.dossier.pk)

    @property
    def helper(self) -> str:
        """Return the number of the helper chosen, as typed."""
        return self.typed.get("helper", "")


def rows(actor: Actor, meeting: Meeting, today: date) -> list[Row]:
    """
    Return the items of a meeting that concern pupils the actor may see, in the agenda's order.

    The number of statements does not grow with the number of items.
    """
    items = list(found.items_of(meeting).select_related("draft", "helper"))
    known = found.competence(meeting.unit_id, Body(meeting.body), meeting.on_date)
    walks = dossiers.walks_among(actor, [item.dossier_id for item in items], today)
    roads = {walk.dossier.pk: walk for walk in walks}
    seen = [item for item in items if item.dossier_id in roads]
    told = _closed if meeting.closed_at is not None else _open
    return _classed(
        meeting,
        [
            told(meeting, item, roads[item.dossier_id], number, known)
            for number, item in enumerate(seen, start=1)
        ],
    )


def _classed(meeting: Meeting, told: list[Row]) -> list[Row]:
    """Return rows with the class each pupil was in on the day of the meeting; one statement."""
    classes = people.classes_of(row.walk.dossier.person_id for row in told)
    return [
        replace(row, class_name=_class_of(row, classes[row.walk.dossier.person_id], meeting))
        for row in told
    ]


def _class_of(row: Row, classes: Sequence[YearClass], meeting: Meeting) -> str:
    return class_on(classes, meeting.on_date) or row.walk.dossier.person.class_name


def in_order(actor: Actor, meeting: Meeting) -> list[int]:
    """Return the ids of the items of pupils an actor may see, in the agenda's order."""
    seen = dossiers.visible_to(actor).values("pk")
    items = found.items_of(meeting).filter(dossier_id__in=seen)
    return list(items.values_list("pk", flat=True))


def one_row(actor: Actor, meeting: Meeting, item_id: int, number: int, today: date) -> Row:
    """
    Return one item of an open meeting, without asking for the others.

    Raises:
        AgendaItem.DoesNotExist: Unknown, or of a pupil the actor may not see.
    """
    item = found.items_of(meeting).select_related("draft", "helper").get(pk=item_id)
    walks = dossiers.walks_among(actor, [item.dossier_id], today)
    if not walks:
        raise AgendaItem.DoesNotExist
    known = found.competence(meeting.unit_id, Body(meeting.body), meeting.on_date)
    return _classed(meeting, [_open(meeting, item, walks[0], number, known)])[0]


def asked_of(meeting: Meeting, item: AgendaItem, walk: Walk) -> Asked:
    """Return what has to be said of an item."""
    body, step = Body(meeting.body), Step(item.step)
    return Asked(
        voted=share_of(meeting, step, walk) is not None,
        helper=step in _NEEDS_HELPER,
        reasons=found.reasons(walk.book, body, meeting.on_date),
    )


def share_of(meeting: Meeting, step: Step, walk: Walk) -> Entry[Threshold] | None:
    """Return the share a vote must reach on the meeting's day, or ``None``: no share decides."""
    book, on = walk.book, meeting.on_date
    scopes = walk.road.case.at(on).scopes
    if meeting.body == Body.CLASS_CHAPTER.value:
        return book.find_threshold(NOMINATION, on, scopes)
    if book.catalogue.turn(step) is not None:
        return None
    return threshold_of(book.step(step, walk.branches), on, walk.road.case.at(on), book)


def typed_of(item: AgendaItem) -> dict[str, str]:
    """Return what was typed of an item so far."""
    draft = getattr(item, "draft", None)
    return {} if draft is None else dict(draft.typed)


def _open(meeting: Meeting, item: AgendaItem, walk: Walk, number: int, known: Competence) -> Row:
    title = agenda.title_of(Body(meeting.body), Step(item.step))
    row = Row(item, walk, number, title, "open", _("Not yet dealt with"))
    typed = typed_of(item)
    if not typed:
        return row
    try:
        said = sitting.said(typed, asked_of(meeting, item, walk), found.attendance_of(meeting))
        if said.delayed:
            told = _("Put off: %(word)s") % {"word": said.delayed}
            return Row(item, walk, number, title, "deferred", told, said)
        return judged(meeting, item, walk, number, said, known)
    except RuleError as error:
        cite = dossiers.cite_of(error.facts.get("entry"))
        return Row(item, walk, number, title, "wrong", texts.refusal(error), cite=cite)


def judged(
    meeting: Meeting, item: AgendaItem, walk: Walk, number: int, said: Said, known: Competence
) -> Row:
    """
    Return an item with what it comes to by the rules of the meeting's day.

    Raises:
        RuleError: The rules refuse it, or the body is not the one that decides it.
    """
    step, body = Step(item.step), Body(meeting.body)
    if not known.holds(walk, step):
        raise agenda.NotCompetent(on=meeting.on_date)
    outcome, entry = None, share_of(meeting, step, walk)
    if body is Body.CLASS_CHAPTER:
        refused = agenda.refusing(walk, step, meeting.on_date, known)
        if refused is not None:
            raise refused
        if entry is None or said.tally is None:
            raise NotInForce(name=NOMINATION, day=meeting.on_date)
        outcome = voting.judge(said.tally, entry)
    elif entry is not None or said.agreed:
        act = act_of(item, said, meeting.on_date, walk)
        latest = max(meeting.on_date, walk.today)
        outcome = check(act, walk.road.acts, walk.road.case, walk.book, latest).outcome
    title = agenda.title_of(body, step)
    passed = bool(said.agreed) if outcome is None else outcome.passed
    base, needed = (None, None) if outcome is None else (outcome.base, outcome.needed)
    told = _result(passed, said, base, needed)
    return Row(item, walk, number, title, "ready", told, said, passed, base, needed, entry)


def act_of(item: AgendaItem, said: Said, on: date, walk: Walk) -> Act:
    """Return an item as the act it would be on the road."""
    return Act(
        walk.dossier.acts_recorded + 1,
        Step(item.step),
        on,
        paper_number=said.paper_number,
        tally=said.tally,
    )


def _result(passed: bool, said: Said, base: int | None, needed: int | None) -> str:
    """Say plainly what an item comes to."""
    if said.tally is None or base is None:
        return _("Agreed") if passed else _("Not agreed")
    facts = {"favour": said.tally.favour, "base": base, "needed": needed}
    if passed:
        return _("Carried: %(favour)s of %(base)s in favour, %(needed)s needed") % facts
    return _("Not carried: %(favour)s of %(base)s in favour, %(needed)s needed") % facts


def _closed(meeting: Meeting, item: AgendaItem, walk: Walk, number: int, _known: Competence) -> Row:
    title = agenda.title_of(Body(meeting.body), Step(item.step))
    if item.state != "decided":
        told = _("Put off: %(word)s") % {"word": item.word}
        return Row(item, walk, number, title, "deferred", told, Said(delayed=item.word))
    said = Said(
        tally=found.tally_of(item.counts),
        agreed=item.passed,
        helper_id=item.helper_id,
        paper_number=item.paper_number,
    )
    passed = bool(item.passed)
    told = _result(passed, said, item.base, item.needed)
    state = "carried" if passed else "lost"
    if _is_voided(walk, item):
        told = _("%(result)s – declared invalid on the road since") % {"result": told}
        state = "invalid"
    share = share_of(meeting, Step(item.step), walk)
    return Row(item, walk, number, title, state, told, said, passed, item.base, item.needed, share)


def _is_voided(walk: Walk, item: AgendaItem) -> bool:
    """Tell whether the act an item left was declared invalid since."""
    if item.act_number is None:
        return False
    return any(act.voided for act in walk.road.acts if act.number == item.act_number)


def item_page(actor: Actor, meeting: Meeting, item_id: int, today: date) -> ItemPage:
    """
    Return the page of one item.

    Raises:
        AgendaItem.DoesNotExist: Unknown, or of a pupil the actor may not see.
    """
    ids = in_order(actor, meeting)
    if item_id not in ids:
        raise AgendaItem.DoesNotExist
    place = ids.index(item_id)
    row = one_row(actor, meeting, item_id, place + 1, today)
    walk, step, body = row.walk, Step(row.item.step), Body(meeting.body)
    why = found.reasons(walk.book, body, meeting.on_date)
    entry = share_of(meeting, step, walk)
    begun = found.fields_of(found.attendance_of(meeting), why) | {"invalid": "0"}
    typed = begun | typed_of(row.item)
    rule = walk.book.catalogue.turn(step) or walk.book.step(step, walk.branches)
    helpers = dossiers.helpers(walk.dossier.school_id, meeting.on_date)
    return ItemPage(
        meeting=meeting,
        row=row,
        all=len(ids),
        body=str(texts.BODIES[body]),
        threshold="" if entry is None else sentences.threshold(entry.value),
        voted=entry is not None,
        cites=wording.cites([entry]) if entry else (wording.cite_step(rule),),
        there=_fields(("official", *left_out(why), "convened", "present"), typed),
        votes=_fields(("favour", "against", "invalid"), typed),
        typed=typed,
        helpers=helpers if step in _WITH_HELPER else (),
        who=_who(typed),
        attended=bool(typed.get("official")),
        before=ids[place - 1] if place else None,
        after=ids[place + 1] if place + 1 < len(ids) else None,
        count=count(row, meeting, typed),
    )


def _who(typed: Mapping[str, str]) -> str:
    """Return who is there in one line, as it stands in the fields."""
    if not typed.get("official"):
        return _("Who is there for this item")
    known = {name: typed.get(name, "") or "0" for name in ("official", "convened", "present")}
    return _("There: %(present)s of %(convened)s convened, %(official)s members in all") % known


def left_out(why: tuple[voting.Exclusion, ...]) -> tuple[str, ...]:
    """Return the fields that say how many are left out of the base."""
    return tuple(sitting.LEFT_OUT % one.value for one in why) or ("excluded",)


def _fields(names: tuple[str, ...], typed: Mapping[str, str]) -> tuple[Field, ...]:
    return tuple(Field(name, label_of(name), typed.get(name, "")) for name in names)


def label_of(name: str) -> str:
    """Return what a field of a count is called."""
    for reason, label in sentences.EXCLUSIONS.items():
        if name == sitting.LEFT_OUT % reason.value:
            return str(label)
    return str(texts.COUNTS[name])


def count(row: Row, meeting: Meeting, typed: Mapping[str, str]) -> CountPage | None:
    """
    Return a vote as it is typed, by the exact fraction of the meeting's day.

    ``None`` where no share decides, or nobody has been counted yet.
    """
    entry = share_of(meeting, Step(row.item.step), row.walk)
    if entry is None or typed.get("delayed") or not typed.get("favour", "").strip():
        return None
    why = found.reasons(row.walk.book, Body(meeting.body), meeting.on_date)
    base, favour, problem = 0, 0, ""
    try:
        said = sitting.said(typed, Asked(True, reasons=why), found.attendance_of(meeting))
        if said.tally is not None:
            base, favour = entry.value.of(said.tally), said.tally.favour
            known = found.competence(meeting.unit_id, Body(meeting.body), meeting.on_date)
            judged(meeting, row.item, row.walk, row.number, said, known)
    except RuleError as error:
        problem = texts.refusal(error)
    return CountPage(
        favour=favour,
        base=base,
        needed=entry.value.needed(base),
        threshold=sentences.threshold(entry.value),
        cites=wording.cites([entry]),
        problem=problem,
    )


def progress(every: list[Row]) -> str:
    """Return how far a meeting has come, in a sentence."""
    done = sum(row.state in {"ready", "deferred"} for row in every)
    return ngettext(
        "%(done)s of %(all)s item dealt with", "%(done)s of %(all)s items dealt with", len(every)
    ) % {"done": done, "all": len(every)}
