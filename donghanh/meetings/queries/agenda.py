"""Who can be put on an agenda, and why another cannot."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar

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
class AgendaPage:
    """The page that puts pupils on an agenda."""

    meeting: Meeting
    steps: tuple[StepChoice, ...]
    step: Step
    ready: tuple[Candidate, ...]
    kept_off: tuple[Candidate, ...]
    simulated: bool

    @property
    def named(self) -> list[int]:
        """Return the dossiers whose pupils are named on it."""
        return [one.dossier_id for one in (*self.ready, *self.kept_off)]


def agenda_page(actor: Actor, meeting: Meeting, step: str, today: date) -> AgendaPage:
    """
    Return who can be put on an agenda for a step, and why others cannot.

    The number of statements does not grow with the number of pupils.

    Args:
        actor: Who plans.
        meeting: Still open, and visible to the actor.
        step: What is to be decided; the first that somebody waits for where it is none.
        today: The day of planning (Asia/Ho_Chi_Minh).
    """
    book = amendments.current()
    body = Body(meeting.body)
    known = found.competence(meeting.unit_id, body, meeting.on_date)
    walks = _of_class(dossiers.walks(actor, today, book), meeting.class_name)
    taken = set(found.items_of(meeting).values_list("dossier_id", flat=True))
    open_ = [walk for walk in walks if walk.dossier.pk not in taken]
    free = [walk for walk in open_ if not dossiers.rests(walk)]
    resting = [walk for walk in open_ if dossiers.rests(walk)]
    steps = decides(book, body)
    chosen = next((one for one in steps if one.value == step), _waiting(steps, free))
    why = {one.dossier.pk: refusing(one, chosen, meeting.on_date, known) for one in free}
    told = _nominations(actor, meeting) if body is Body.UNION_COMMITTEE else {}
    return AgendaPage(
        meeting=meeting,
        steps=tuple(StepChoice(one, title_of(body, one), one is chosen) for one in steps),
        step=chosen,
        ready=tuple(
            _candidate(walk, None, told.get(walk.dossier.pk, ""))
            for walk in free
            if why[walk.dossier.pk] is None
        ),
        kept_off=tuple(
            _candidate(walk, why[walk.dossier.pk])
            for walk in free
            if why[walk.dossier.pk] is not None
        )
        + tuple(replace(_candidate(walk, None), why=str(texts.RESTS)) for walk in resting),
        simulated=any(walk.dossier.simulated for walk in walks),
    )


def _waiting(steps: tuple[Step, ...], walks: list[Walk]) -> Step:
    """Return the first thing a body decides that some road waits for; the first where none does."""
    awaited = {stage.step for walk in walks for stage in walk.road.open}
    return next((step for step in steps if step in awaited), steps[0])


def title_of(body: Body, step: Step) -> str:
    """Return what a body decides, as an agenda names it."""
    return str(texts.NOMINATION) if body is Body.CLASS_CHAPTER else sentences.step_title(step)


def _of_class(walks: list[Walk], class_name: str) -> list[Walk]:
    return [
        walk for walk in walks if not class_name or walk.dossier.person.class_name == class_name
    ]


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


def _nominations(actor: Actor, meeting: Meeting) -> dict[int, str]:
    """Return how the chapters of the classes nominated, by dossier: the last time each."""
    from_chapters = (
        found.visible_to(actor)
        .filter(
            body=Body.CLASS_CHAPTER.value, closed_at__isnull=False, on_date__lte=meeting.on_date
        )
        .filter(items__passed=True)
        .order_by("on_date", "id")
        .values_list("items__dossier_id", "on_date", "items__counts", "items__base")
    )
    return {
        dossier: _("Nominated by the class chapter on %(day)s, %(favour)s of %(base)s in favour")
        % {"day": days.day(on), "favour": counts.get("favour"), "base": base}
        for dossier, on, counts, base in from_chapters
    }
