"""Who can be put on an agenda, and why another cannot."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _

from donghanh.amendments import queries as amendments
from donghanh.domain.authority import Actor
from donghanh.domain.errors import RuleError
from donghanh.domain.procedure import Act, Step, check
from donghanh.domain.refusals import VoteMissing
from donghanh.domain.sitting import Body, decides
from donghanh.dossiers import queries as dossiers
from donghanh.dossiers import texts as sentences
from donghanh.dossiers.queries import Walk
from donghanh.dossiers.queries.wording import Cite
from donghanh.lib import days
from donghanh.meetings import texts
from donghanh.meetings.models import Meeting
from donghanh.meetings.queries import found
from donghanh.meetings.queries.found import Competence

#: How many pupils one page of an agenda shows, those who cannot be put on it included.
PAGE = 50


class NotCompetent(RuleError):
    """The body was not the one that decides about the pupil on the day of the meeting."""

    code: ClassVar[str] = "meetings.not_competent"


@dataclass(frozen=True, slots=True)
class StepChoice:
    """Something the body decides; ``current``: the page is about it."""

    step: Step
    title: str
    current: bool


@dataclass(frozen=True, slots=True)
class Candidate:
    """
    A pupil as the agenda sees them.

    ``note``: of a committee what came before, as it was nominated; ``why`` and ``cite``: what keeps
    the pupil off, with the rule.
    """

    dossier_id: int
    name: str
    class_name: str
    note: str = ""
    why: str = ""
    cite: Cite | None = None


@dataclass(frozen=True, slots=True)
class Sought:
    """
    What of an agenda is asked for.

    Attributes:
        step: What is to be decided; what the body does not decide asks for the first awaited.
        q: What names bear: with it everybody is looked through, without it only who came so far.
        page: Which page; what is no number of a page asks for the nearest there is.
    """

    step: str = ""
    q: str = ""
    page: str = ""


@dataclass(frozen=True, slots=True)
class AgendaPage:
    """
    The page that puts pupils on an agenda.

    Attributes:
        meeting: The meeting.
        steps: What its body decides.
        step: What the page is about.
        ready: Who of this page can be put on, in Vietnamese order of names.
        kept_off: Who of this page cannot, and why, in the same order.
        q: What was searched for.
        pages: Which page this is, of how many.
        simulated: Whether somebody shown is generated.
    """

    meeting: Meeting
    steps: tuple[StepChoice, ...]
    step: Step
    ready: tuple[Candidate, ...]
    kept_off: tuple[Candidate, ...]
    q: str
    pages: Page[int]
    simulated: bool

    @property
    def named(self) -> list[int]:
        """Return the dossiers whose pupils are named on it."""
        return [one.dossier_id for one in (*self.ready, *self.kept_off)]


def agenda_page(actor: Actor, meeting: Meeting, asked: Sought, today: date) -> AgendaPage:
    """
    Return who can be put on an agenda for a step, and why others cannot, page by page.

    Without a search it goes through those whose road has come so far, first those who wait for the
    step, as far as what is kept of each case tells; whoever is shown is replayed. The number of
    statements does not grow with the number of pupils, nor that of replays beyond one page.

    Args:
        actor: Who plans.
        meeting: Still open, and visible to the actor.
        asked: What is to be decided, and which pupils are shown.
        today: The day of planning (Asia/Ho_Chi_Minh).
    """
    book = amendments.current()
    body = Body(meeting.body)
    steps = decides(book, body)
    taken = list(found.items_of(meeting).values_list("dossier_id", flat=True))
    chosen = next((one for one in steps if one.value == asked.step), None)
    if chosen is None:
        everybody = _free(dossiers.in_sight(actor), meeting, taken)
        chosen = dossiers.awaited(everybody, steps, today, book) or steps[0]
    rows = _free(dossiers.in_sight(actor, asked.q), meeting, taken)
    if not asked.q.strip():
        rows = dossiers.near(rows, chosen, meeting.on_date, today, book)
    rows = dossiers.open_first(rows, chosen, today, book)
    pages = Paginator(rows.values_list("pk", flat=True), PAGE).get_page(asked.page)
    walks = dossiers.walks_among(actor, pages.object_list, today, book)
    ready, kept_off = _sorted_out(actor, meeting, chosen, walks)
    return AgendaPage(
        meeting=meeting,
        steps=tuple(StepChoice(one, title_of(body, one), one is chosen) for one in steps),
        step=chosen,
        ready=ready,
        kept_off=kept_off,
        q=asked.q.strip(),
        pages=pages,
        simulated=any(walk.dossier.simulated for walk in walks),
    )


def _free(rows: dossiers.Rows, meeting: Meeting, taken: list[int]) -> dossiers.Rows:
    """Return the rows a meeting is about, without those that are on its agenda."""
    rows = rows.exclude(pk__in=taken)
    return rows.filter(class_name=meeting.class_name) if meeting.class_name else rows


def _sorted_out(
    actor: Actor, meeting: Meeting, step: Step, walks: list[Walk]
) -> tuple[tuple[Candidate, ...], tuple[Candidate, ...]]:
    """Return who of some pupils can be put on, and who cannot; who rests comes last."""
    body = Body(meeting.body)
    known = found.competence(meeting.unit_id, body, meeting.on_date)
    free = [walk for walk in walks if not dossiers.rests(walk)]
    why = {one.dossier.pk: refusing(one, step, meeting.on_date, known) for one in free}
    told = {}
    if body is Body.UNION_COMMITTEE:
        told = _nominations(actor, meeting, [one.dossier.pk for one in free])
    ready = [
        _candidate(walk, None, told.get(walk.dossier.pk, ""))
        for walk in free
        if why[walk.dossier.pk] is None
    ]
    kept_off = [
        _candidate(walk, why[walk.dossier.pk]) for walk in free if why[walk.dossier.pk] is not None
    ]
    kept_off += [
        replace(_candidate(walk, None), why=str(texts.RESTS))
        for walk in walks
        if dossiers.rests(walk)
    ]
    return tuple(ready), tuple(kept_off)


def title_of(body: Body, step: Step) -> str:
    """Return what a body decides, as an agenda names it."""
    return str(texts.NOMINATION) if body is Body.CLASS_CHAPTER else sentences.step_title(step)


def classes(actor: Actor) -> list[str]:
    """Return the classes of the pupils an actor sees on the road, each once."""
    names = dossiers.visible_to(actor).values_list("person__class_name", flat=True)
    return sorted(set(names))


def refusing(walk: Walk, step: Step, on: date, known: Competence) -> RuleError | None:
    """
    Return what keeps a step from being decided about a pupil on a day, or ``None``.

    The rules themselves are asked, as if the act were recorded; that nothing has been counted yet
    is no hindrance.
    """
    if not known.holds(walk, step):
        return NotCompetent(on=on)
    tried = Act(walk.dossier.acts_recorded + 1, step, on)
    try:
        # What lies ahead is judged as if it were its day already.
        check(tried, walk.road.acts, walk.road.case, walk.book, max(on, walk.today))
    except VoteMissing:
        return None
    except RuleError as error:
        return error
    return None


def _candidate(walk: Walk, error: RuleError | None, note: str = "") -> Candidate:
    person = walk.dossier.person
    return Candidate(
        walk.dossier.pk,
        person.full_name,
        person.class_name,
        note=note,
        why="" if error is None else texts.refusal(error),
        cite=None if error is None else dossiers.cite_of(error.facts.get("entry")),
    )


def _nominations(actor: Actor, meeting: Meeting, among: list[int]) -> dict[int, str]:
    """Return how the chapters of the classes nominated some, by dossier: the last time each."""
    from_chapters = (
        found.visible_to(actor)
        .filter(
            body=Body.CLASS_CHAPTER.value, closed_at__isnull=False, on_date__lte=meeting.on_date
        )
        .filter(items__passed=True, items__dossier_id__in=among)
        .order_by("on_date", "id")
        .values_list("items__dossier_id", "on_date", "items__counts", "items__base")
    )
    return {
        dossier: _("Nominated by the class chapter on %(day)s, %(favour)s of %(base)s in favour")
        % {"day": days.day(on), "favour": counts.get("favour"), "base": base}
        for dossier, on, counts, base in from_chapters
    }
