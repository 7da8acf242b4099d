"""What the pages of staff show: the overview of the school, and one pupil's accompaniment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from donghanh.accompaniment.queries import challenges, clubs, notes
from donghanh.accompaniment.queries.challenges import ChallengeRow
from donghanh.accompaniment.queries.clubs import Came, ClubRow
from donghanh.accompaniment.queries.notes import Due, Recent, Written
from donghanh.amendments import queries as amendments
from donghanh.domain import authority
from donghanh.domain.accompanying import Stand
from donghanh.domain.authority import Actor
from donghanh.domain.rights import Right
from donghanh.domain.timeline import Entry
from donghanh.dossiers import queries as dossiers
from donghanh.dossiers.queries import Rest
from donghanh.dossiers.queries.wording import Cite


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything on the page of the school's accompaniment, with one page's worth of challenges."""

    waiting: tuple[ChallengeRow, ...]
    given: tuple[ChallengeRow, ...]
    clubs: tuple[ClubRow, ...]
    dues: tuple[Due, ...]
    comments: tuple[Recent, ...]
    may_found: bool
    may_keep: bool
    helps: bool
    simulated: bool

    @property
    def shown(self) -> tuple[int, ...]:
        """Return the ids of the dossiers whose pupils it names, each once."""
        rows = (*self.waiting, *self.given)
        named = [row.dossier_id for row in rows]
        named += [due.dossier_id for due in self.dues]
        named += [one.dossier_id for one in self.comments]
        return tuple(dict.fromkeys(named))


#: How many challenges that do not wait the overview lists; the newest. The rest are with the pupil.
RECENT = 60


def overview(actor: Actor, today: date) -> Overview:
    """
    Return the accompaniment at the schools in reach, in a number of statements that does not grow.

    Raises:
        NotAllowed: The post gives no challenges.
    """
    authority.require(actor, Right.GIVE_CHALLENGES)
    seen = challenges.visible_to(actor)
    done = seen.filter(accepted_at__isnull=False, done_at__isnull=False, answered_at=None)
    waiting = challenges.rows(done.order_by("done_at"))
    given = challenges.rows(seen.exclude(pk__in=[row.id for row in waiting])[:RECENT])
    return Overview(
        waiting=waiting,
        given=given,
        clubs=clubs.clubs_of(actor),
        dues=notes.dues(actor, today),
        comments=notes.recent(actor),
        may_found=actor.may(Right.KEEP_CLUBS),
        may_keep=actor.may(Right.KEEP_MODELS),
        helps=actor.may(Right.WRITE_NOTES),
        simulated=any(row.simulated for row in (*waiting, *given)),
    )


def waiting(actor: Actor) -> tuple[ChallengeRow, ...]:
    """Return the challenges that wait for a look, the longest first; for the desk."""
    done = challenges.visible_to(actor).filter(
        accepted_at__isnull=False, done_at__isnull=False, answered_at=None
    )
    return challenges.rows(done.order_by("done_at"))


@dataclass(frozen=True, slots=True)
class PupilPage:
    """Everything on the page of one pupil's accompaniment, for who looks."""

    dossier_id: int
    name: str
    class_name: str
    challenges: tuple[ChallengeRow, ...]
    notes: tuple[Written, ...]
    comments: tuple[Written, ...]
    came: tuple[Came, ...]
    helps: bool
    reads_comments: bool
    due: Due | None
    cites: tuple[Cite, ...]
    simulated: bool
    rest: Rest | None = None

    @property
    def under_way(self) -> int:
        """Return how many challenges are under way or wait for a look."""
        return sum(1 for row in self.challenges if row.stand in {Stand.UNDER_WAY, Stand.DONE})


def pupil_page(actor: Actor, dossier_id: int, today: date) -> PupilPage:
    """
    Return one pupil's accompaniment.

    Raises:
        Dossier.DoesNotExist: Unknown, or not visible to the actor.
        NotAllowed: The post gives no challenges.
    """
    dossier = challenges.dossier_of(actor, dossier_id)
    own = notes.notes_of(actor, dossier_id).select_related("written_by")
    comments = notes.comments_of(actor, dossier_id).select_related("written_by")
    due = next((one for one in notes.dues(actor, today) if one.dossier_id == dossier_id), None)
    return PupilPage(
        dossier_id=dossier.pk,
        name=dossier.person.full_name,
        class_name=dossier.person.class_name,
        challenges=challenges.rows(challenges.visible_to(actor).filter(dossier=dossier)),
        notes=notes.written(own.prefetch_related("answers")),
        comments=notes.written(comments),
        came=clubs.came_of(dossier),
        helps=actor.may(Right.WRITE_NOTES),
        reads_comments=notes.reads_comments(actor),
        due=due,
        cites=_cites(due.entry if due else None),
        simulated=dossier.simulated,
        rest=_rest(dossier.person.rests_since, today),
    )


def _rest(since: date | None, today: date) -> Rest | None:
    return None if since is None else dossiers.rest(since, amendments.current(), today)


def _cites(entry: Entry[int] | None) -> tuple[Cite, ...]:
    return () if entry is None else dossiers.cites([entry])


@dataclass(frozen=True, slots=True)
class WritingPage:
    """What stands over the form in which a helper writes of an own pupil."""

    dossier_id: int
    name: str
    class_name: str
    due: Due | None
    cites: tuple[Cite, ...]
    simulated: bool


def writing_page(actor: Actor, dossier_id: int, today: date) -> WritingPage:
    """
    Return the page on which a helper writes of an own pupil.

    Raises:
        Dossier.DoesNotExist: Unknown, or somebody else helps this pupil.
        NotAllowed: The post writes no notes.
    """
    authority.require(actor, Right.WRITE_NOTES)
    dossier = challenges.dossier_of(actor, dossier_id)
    due = next((one for one in notes.dues(actor, today) if one.dossier_id == dossier_id), None)
    return WritingPage(
        dossier_id=dossier.pk,
        name=dossier.person.full_name,
        class_name=dossier.person.class_name,
        due=due,
        cites=_cites(due.entry if due else None),
        simulated=dossier.simulated,
    )
