"""What the pages about the papers of one dossier show."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils.translation import gettext as _

from donghanh.domain import deadlines
from donghanh.domain.acts import Step
from donghanh.domain.authority import Actor, NotAllowed
from donghanh.domain.calendar import CalendarEnds
from donghanh.domain.checklist import ListedPaper, ListedState
from donghanh.domain.rights import Right
from donghanh.domain.succession import Lying
from donghanh.domain.whereabouts import FaultKind
from donghanh.dossiers import queries as roads
from donghanh.dossiers.queries import Walk, placing, wording
from donghanh.dossiers.queries.wording import ClockRow
from donghanh.organisation import queries as organisation
from donghanh.papers import texts
from donghanh.papers.models import Letter, PaperNote, Sending
from donghanh.papers.queries import ways
from donghanh.papers.queries.lists import latest_notes, papers_of
from donghanh.papers.queries.shown import (
    FaultLine,
    LetterLine,
    NoteLine,
    NotePage,
    PaperLine,
    PapersPage,
    WayLine,
    WayPage,
)

#: When an unanswered letter stands on the desk unless somebody says otherwise; ours, not a rule's.
REMIND_AFTER = timedelta(days=30)

_SHAPES = {
    ListedState.THERE: "done",
    ListedState.EXPIRING: "near",
    ListedState.AGAIN: "near",
    ListedState.MISSING: "late",
    ListedState.LATER: "waiting",
    ListedState.NOT_NEEDED: "plain",
}
#: Which rule says until when the cell sends the dossier up after which vote.
_FORWARDS = (
    ("admission.cell_forwards", Step.CELL_VOTED),
    ("recognition.cell_forwards", Step.RECOGNITION_VOTED),
)


def papers_page(actor: Actor, walk: Walk) -> PapersPage:
    """
    Return the page of a dossier's papers, that the actor has been found to see.

    Args:
        actor: Who looks: decides which buttons there are.
        walk: The dossier with its road, fetched for this actor.
    """
    notes = latest_notes(walk)
    lines = tuple(_line(one, notes) for one in papers_of(walk, notes))
    found = placing.held(walk)
    state, place = placing.told(walk, found)
    sendings = list(
        Sending.objects.filter(dossier=walk.dossier).prefetch_related("faults").order_by("-id")
    )
    keeps = actor.may(Right.KEEP_PAPERS) and not roads.rests(walk)
    here = keeps and not found.on_the_way and found.unit == ways.own_unit(actor)
    listed = walk.road.stage(Step.LISTED).act is not None and walk.road.on_the_way is None
    comes = keeps and found.on_the_way and found.unit == actor.post.unit_id
    return PapersPage(
        dossier=walk.dossier,
        name=walk.dossier.person.full_name,
        class_name=walk.dossier.person.class_name,
        place=place,
        place_state=state,
        clocks=_clocks(walk, sendings),
        lines=lines,
        ways=_ways(walk, sendings),
        letters=_letters(walk),
        there=sum(1 for one in lines if one.number and not one.replaced),
        wanting=sum(1 for one in lines if one.shape == "late"),
        may_keep=keeps,
        may_send=here and listed,
        may_receive=comes,
        may_return=here and found.unit is not None,
        may_take=actor.may(Right.TAKE_LISTS),
        simulated=walk.dossier.simulated,
        rest=roads.rest(walk.dossier.person.rests_since, walk.book, walk.today),
    )


def _line(one: ListedPaper, notes: dict[tuple[str, int], PaperNote]) -> PaperLine:
    note = notes.get((one.counts_as, one.number))
    act = one.act
    state = ListedState.THERE if one.replaced else one.state
    return PaperLine(
        form=one.form,
        counts_as=one.counts_as,
        number=one.number,
        title=one.title_vi,
        shape="plain" if one.replaced else _SHAPES[state],
        label=_("replaced by a later one") if one.replaced else str(texts.STATES[state]),
        paper_number=act.paper_number if act else "",
        on=act.on if act else None,
        copy=str(texts.COPIES.get(note.copy, "")) if note else "",
        signer=note.signer if note else "",
        pages=note.pages if note else None,
        kept_at=note.kept_at if note else "",
        valid_until=None if one.replaced else one.valid_until,
        cites=wording.cites([one.entry]) if one.entry is not None else (),
        replaced=one.replaced,
        required=one.required,
        later=state is ListedState.LATER,
    )


def _ways(walk: Walk, sendings: list[Sending]) -> tuple[WayLine, ...]:
    taken = _receivers(walk, sendings)
    units = {unit for one in sendings for unit in (one.from_unit_id, one.to_unit_id)}
    units |= set(taken.values())
    names = {key: unit.name for key, unit in organisation.known_as(units, walk.today).items()}
    return tuple(
        WayLine(
            sender=names.get(one.from_unit_id, ""),
            to=names.get(one.to_unit_id, ""),
            sent=one.sent_date,
            received=one.received_date,
            receiver=names.get(taken.get(one.pk, 0), ""),
            returned=one.returned_date,
            papers=len(one.papers),
            faults=tuple(
                FaultLine(fault.form, str(texts.FAULTS[FaultKind(fault.kind)]), fault.sentence)
                for fault in sorted(one.faults.all(), key=lambda each: each.pk)
            ),
        )
        for one in sendings
    )


def _receivers(walk: Walk, sendings: list[Sending]) -> dict[int, int]:
    """Return who confirmed a way that was not sent to itself: who had taken that over by then."""
    asked = {
        one: (Lying(one.to_unit_id, one.sent_date, walk.dossier.school_id), one.received_date)
        for one in sendings
        if one.received_date is not None
    }
    found = organisation.holders_on(asked.values())
    heirs = {one.pk: found[question] for one, question in asked.items()}
    return {
        one.pk: heir
        for one in asked
        if (heir := heirs[one.pk]) is not None and heir != one.to_unit_id
    }


def _clocks(walk: Walk, sendings: list[Sending]) -> tuple[ClockRow, ...]:
    """Return the clocks by which the cell sends the dossier up, where a place sets one."""
    found = []
    scopes = walk.road.case.at(walk.today).scopes
    for rule, step in _FORWARDS:
        vote = walk.road.stage(step).act
        if vote is None or rule not in walk.book.contents.heads:
            continue
        day = walk.book.governing_day(vote.on, vote.governed_by)
        left = [one.sent_date for one in sendings if one.sent_date >= vote.on]
        for entry in walk.book.numbers_on(rule, day, scopes):
            try:
                clock = deadlines.clock(
                    deadlines.ClockKind.DUE,
                    vote.on,
                    entry,
                    walk.book.workdays(),
                    done_on=min(left, default=None),
                )
            except CalendarEnds:
                continue
            found.append(wording.clock_row(clock, walk.today))
    return tuple(found)


def _letters(walk: Walk) -> tuple[LetterLine, ...]:
    return tuple(
        _letter(one, walk.today)
        for one in Letter.objects.filter(dossier=walk.dossier).order_by("-sent_date", "-id")
    )


def _letter(one: Letter, today: date) -> LetterLine:
    late = one.answered_date is None and one.remind_date <= today
    state = "done" if one.answered_date is not None else "late" if late else "waiting"
    return LetterLine(
        id=one.pk,
        kind=str(texts.LETTERS[one.kind]),
        to=", ".join(part for part in (one.to_name, one.to_place) if part),
        number=one.paper_number,
        sent=one.sent_date,
        remind=one.remind_date,
        answered=one.answered_date,
        state=state,
        waited=(today - one.sent_date).days,
    )


def _kept(actor: Actor, dossier_id: int, today: date) -> Walk:
    """
    Return a dossier for a page that keeps something about it.

    Raises:
        Dossier.DoesNotExist: Unknown, or not visible to the actor.
        NotAllowed: The post keeps no papers.
    """
    if not actor.may(Right.KEEP_PAPERS):
        raise NotAllowed(right=Right.KEEP_PAPERS.value, role=actor.post.role.value)
    return roads.walk(actor, dossier_id, today)


def note_page(
    actor: Actor, dossier_id: int, form: str, act_number: int, today: date
) -> NotePage | None:
    """
    Return the page that notes what is kept about one paper; ``None``: there is no such paper.

    Raises:
        Dossier.DoesNotExist: Unknown, or not visible to the actor.
        NotAllowed: The post keeps no papers.
    """
    walk = _kept(actor, dossier_id, today)
    lines = {(one.counts_as, one.number): one for one in papers_of(walk)}
    line = lines.get((form, act_number))
    if line is None:
        return None
    notes = PaperNote.objects.filter(dossier=walk.dossier, form=form, act_number=act_number)
    found = list(notes.select_related("noted_by").order_by("-id"))
    rule = walk.book.form(form)
    return NotePage(
        dossier=walk.dossier,
        name=walk.dossier.person.full_name,
        line=line,
        signer=rule.signer_vi if rule else "",
        last=found[0] if found else None,
        notes=tuple(NoteLine(one.noted_at, one.noted_by.name, _told(one)) for one in found),
        simulated=walk.dossier.simulated,
    )


def _told(note: PaperNote) -> str:
    """Return what a note says, in one line."""
    told = [str(texts.COPIES[note.copy])] if note.copy else []
    told += [note.signer] if note.signer else []
    told += [_("%(n)s sheets") % {"n": note.pages}] if note.pages else []
    told += [note.kept_at] if note.kept_at else []
    if note.valid_until:
        told.append(_("valid until %(day)s") % {"day": note.valid_until.strftime("%d/%m/%Y")})
    if note.not_needed:
        told.append(_("not needed"))
    return " · ".join(told) or _("nothing noted")


def way_page(actor: Actor, dossier_id: int, today: date) -> WayPage:
    """
    Return the page that sends, receives or returns a dossier.

    Raises:
        Dossier.DoesNotExist: Unknown, or not visible to the actor.
        NotAllowed: The post keeps no papers.
    """
    walk = _kept(actor, dossier_id, today)
    lines = papers_of(walk)
    wanting = [one.form for one in lines if one.state is ListedState.MISSING and one.required]
    choices = {one.form: f"{one.form} · {one.title_vi}" for one in lines}
    return WayPage(
        dossier=walk.dossier,
        name=walk.dossier.person.full_name,
        was=ways.mark(walk),
        place=placing.told(walk)[1],
        committees=ways.ways_from(actor, walk),
        papers=tuple(choices.items()),
        kinds=tuple((kind.value, str(label)) for kind, label in texts.FAULTS.items()),
        lying=sum(1 for one in lines if one.act is not None and not one.replaced),
        wanting=tuple(wanting),
        simulated=walk.dossier.simulated,
    )


def letter_page(actor: Actor, dossier_id: int, today: date) -> Walk:
    """Return the dossier a letter is kept for; errors are those of ``way_page``."""
    return _kept(actor, dossier_id, today)


def answer_page(
    actor: Actor, dossier_id: int, letter_id: int, today: date
) -> tuple[Walk, LetterLine]:
    """
    Return a letter that is to be answered, and its dossier.

    Raises:
        Dossier.DoesNotExist: Unknown, or not visible to the actor.
        Letter.DoesNotExist: The dossier has no such letter.
        NotAllowed: The post keeps no papers.
    """
    walk = _kept(actor, dossier_id, today)
    return walk, _letter(Letter.objects.get(dossier=walk.dossier, pk=letter_id), today)
