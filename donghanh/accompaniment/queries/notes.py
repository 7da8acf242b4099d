"""Notes of the road and periodic comments: who reads them, and which comment is due."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, QuerySet

from donghanh.accompaniment.models import Comment, Note
from donghanh.amendments import queries as amendments
from donghanh.domain.accompanying import comment_due
from donghanh.domain.authority import Actor
from donghanh.domain.procedure import Step
from donghanh.domain.rights import Right, Role
from donghanh.domain.rules import Rulebook
from donghanh.domain.timeline import Entry
from donghanh.dossiers import queries as dossiers
from donghanh.dossiers import texts as words
from donghanh.dossiers.models import Act, Dossier

#: The rule that says how often the helper comments.
INTERVAL = "comment.interval"
#: From how many days before its last day a comment is near.
_NEAR = 14


@dataclass(frozen=True, slots=True)
class Written:
    """A note or comment with who wrote it, and what the pupil answered."""

    id: int
    text: str
    on: date
    by: str
    answers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Due:
    """
    The periodic comment that a helper owes: of whom, and by when; ``last`` is the one before.

    ``left`` is days to the last day in time.
    """

    dossier_id: int
    name: str
    class_name: str
    by: date
    last: date | None
    left: int
    entry: Entry[int]
    rests: bool = False

    @property
    def state(self) -> str:
        """Return how it stands: late, near or plain."""
        if self.left < 0:
            return "late"
        return "near" if self.left <= _NEAR else "plain"

    @property
    def label(self) -> str:
        """Return what remains, in words."""
        return words.left(self.left)


def notes_of(actor: Actor, dossier_id: int) -> QuerySet[Note]:
    """
    Return the notes of one dossier, the newest first, for who helps at present.

    Nobody else on the staff reads any, the cell included.
    """
    if not actor.may(Right.WRITE_NOTES):
        return Note.objects.none()
    own = dossiers.visible_to(actor).filter(pk=dossier_id)
    return Note.objects.filter(dossier__in=own).order_by("-id")


def comments_of(actor: Actor, dossier_id: int) -> QuerySet[Comment]:
    """Return the periodic comments of one dossier, the newest first, for helper and cell."""
    if not reads_comments(actor):
        return Comment.objects.none()
    seen = dossiers.visible_to(actor).filter(pk=dossier_id)
    return Comment.objects.filter(dossier__in=seen).order_by("-id")


def reads_comments(actor: Actor) -> bool:
    """Tell whether a post reads periodic comments: the helper's, and the cell's."""
    return actor.may(Right.WRITE_NOTES) or actor.post.role is Role.SECRETARY


def written(rows: Iterable[Note | Comment]) -> tuple[Written, ...]:
    """Return notes or comments, whose writers and answers have been fetched, as pages show them."""
    return tuple(
        Written(
            id=one.pk,
            text=one.text,
            on=one.on_date,
            by=one.written_by.name,
            answers=tuple(answer.text for answer in one.answers.all())
            if isinstance(one, Note)
            else (),
        )
        for one in rows
    )


@dataclass(frozen=True, slots=True)
class Recent:
    """That a helper commented on a pupil, and on which day; the words stand on the pupil's page."""

    dossier_id: int
    name: str
    class_name: str
    on: date
    by: str


#: How many of the newest comments a cell is told of at once.
_RECENT = 30


def recent(actor: Actor) -> tuple[Recent, ...]:
    """Return the newest periodic comments of the school, for its cell; for nobody else any."""
    if actor.post.role is not Role.SECRETARY:
        return ()
    found = Comment.objects.filter(dossier__in=dossiers.visible_to(actor)).order_by("-id")
    wanted = found.select_related("dossier__person", "written_by")[:_RECENT]
    return tuple(
        Recent(
            dossier_id=one.dossier_id,
            name=one.dossier.person.full_name,
            class_name=one.dossier.person.class_name,
            on=one.on_date,
            by=one.written_by.name,
        )
        for one in wanted
    )


def interval(book: Rulebook, on: date) -> Entry[int] | None:
    """Return how many months lie between two comments, with the rule; ``None``: no value holds."""
    return book.find_number(INTERVAL, on)


def dues(actor: Actor, today: date, book: Rulebook | None = None) -> tuple[Due, ...]:
    """
    Return the comment each of a helper's own pupils is due, the soonest first.

    The first is counted from the day the helper was named, the next from the last comment; none is
    due any more once the cell has voted for the pupil, with which the step lapses. The number of
    statements does not grow with the number of pupils.

    Args:
        actor: The helper; everybody else owes none.
        today: The day (Asia/Ho_Chi_Minh).
        book: The rules, where they have been asked for already.
    """
    if not actor.may(Right.WRITE_NOTES):
        return ()
    entry = interval(book or amendments.current(), today)
    if entry is None:
        return ()
    voted = Act.objects.filter(step=Step.CELL_VOTED.value, passed=True, voids=None, voided_by=None)
    own = dossiers.visible_to(actor).exclude(pk__in=voted.values("dossier_id"))
    helped = list(own.select_related("person").order_by("person__sort_key", "id"))
    last = _last(Comment.objects.filter(dossier__in=helped))
    named = _named(actor, helped)
    found = []
    for one in helped:
        since = last.get(one.pk) or named.get(one.pk, one.opened_date)
        by = comment_due(since, entry.value)
        found.append(
            Due(
                dossier_id=one.pk,
                name=one.person.full_name,
                class_name=one.person.class_name,
                by=by,
                last=last.get(one.pk),
                left=(by - today).days,
                entry=entry,
                rests=one.person.rests_since is not None,
            )
        )
    return tuple(sorted(found, key=lambda due: due.by))


def _last(comments: QuerySet[Comment]) -> dict[int, date]:
    """Return the day of the last comment of each dossier."""
    return dict(comments.values_list("dossier_id").annotate(last=Max("on_date")))


def _named(actor: Actor, helped: list[Dossier]) -> dict[int, date]:
    """Return the day on which somebody was last named as helper of each dossier."""
    acts = Act.objects.filter(
        dossier__in=helped, helper_id=actor.user_id, voids=None, voided_by=None
    )
    return dict(acts.values_list("dossier_id").annotate(named=Max("on_date")))
