"""Opens a meeting, an item, a paper or a register; whose names are shown is written down."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from donghanh.documents import body_render
from donghanh.domain import authority
from donghanh.domain.authority import Actor
from donghanh.domain.rights import Right
from donghanh.dossiers import actions as dossiers
from donghanh.meetings import queries
from donghanh.meetings.models import Meeting

#: What the list is called in history.
_WHERE = "meeting"


@transaction.atomic
def open_meeting(
    *, actor: Actor, meeting_id: int, at: datetime, today: date
) -> queries.MeetingPage:
    """
    Show a meeting with its agenda; whose names it shows is written down.

    Raises:
        Meeting.DoesNotExist: Unknown, or not the actor's body's.
    """
    meeting = queries.visible_to(actor).get(pk=meeting_id)
    page = queries.meeting_page(actor, meeting, today)
    dossiers.note_list(actor=actor, at=at, where=_WHERE, dossiers=page.named)
    return page


@transaction.atomic
def open_agenda(
    *, actor: Actor, meeting_id: int, asked: queries.Sought, at: datetime, today: date
) -> queries.AgendaPage:
    """
    Show who can be put on the agenda of an open meeting, and why others cannot.

    Whose names the page shows is written down.

    Raises:
        Meeting.DoesNotExist: Unknown, not the actor's body's, or closed.
    """
    meeting = queries.visible_to(actor).get(pk=meeting_id, closed_at=None)
    dossiers.renew_standings(actor=actor, today=today)
    page = queries.agenda_page(actor, meeting, asked, today)
    dossiers.note_list(actor=actor, at=at, where=_WHERE, dossiers=page.named)
    return page


@transaction.atomic
def open_item(
    *, actor: Actor, meeting_id: int, item_id: int, at: datetime, today: date
) -> queries.ItemPage:
    """
    Show one item of an open meeting.

    Raises:
        Meeting.DoesNotExist: Unknown, not the actor's body's, or closed.
        AgendaItem.DoesNotExist: Unknown, or of a pupil the actor may not see.
    """
    meeting = queries.visible_to(actor).get(pk=meeting_id, closed_at=None)
    page = queries.item_page(actor, meeting, item_id, today)
    named = [page.row.walk.dossier.pk]
    dossiers.note_list(actor=actor, at=at, where=_WHERE, dossiers=named)
    return page


@transaction.atomic
def take_paper(
    *, actor: Actor, meeting_id: int, slug: str, at: datetime, today: date
) -> tuple[Meeting, bytes]:
    """
    Return a paper of a closed meeting as the bytes of a .docx; that it was taken is written down.

    Args:
        actor: Who takes it.
        meeting_id: The meeting.
        slug: Which paper, see ``queries.paper``.
        at: The instant (aware, UTC).
        today: The day (Asia/Ho_Chi_Minh).

    Raises:
        Meeting.DoesNotExist: Unknown, not the actor's body's, still open, or no such paper.
        NotAllowed: The post takes no lists away.
    """
    authority.require(actor, Right.TAKE_LISTS)
    meeting = queries.visible_to(actor).get(pk=meeting_id, closed_at__isnull=False)
    rows = queries.rows(actor, meeting, today)
    found = queries.paper(meeting, rows, slug)
    if found is None:
        raise Meeting.DoesNotExist
    about = [row for row in rows if slug in {"bien-ban", "danh-sach", f"nghi-quyet-{row.item.pk}"}]
    named = [row.walk.dossier.pk for row in about]
    dossiers.note_list(actor=actor, at=at, where=_WHERE, dossiers=named, taken=True)
    return meeting, body_render.body_paper(found)


@transaction.atomic
def take_register(
    *, actor: Actor, name: str, since: date, until: date, at: datetime, today: date
) -> bytes:
    """
    Return a register as the bytes of a workbook; that it was taken is written down.

    Args:
        actor: Who takes it.
        name: One of ``queries.REGISTERS``.
        since: First day of the resolutions.
        until: Last day of them.
        at: The instant (aware, UTC).
        today: The day the roads are shown for (Asia/Ho_Chi_Minh).

    Raises:
        NotAllowed: The post takes no lists away.
    """
    authority.require(actor, Right.TAKE_LISTS)
    data, named = queries.register(actor, name, since, until, today)
    dossiers.note_list(actor=actor, at=at, where="register", dossiers=named, taken=True)
    return data


@transaction.atomic
def take_contents(*, actor: Actor, dossier_id: int, at: datetime, today: date) -> bytes:
    """
    Return the table of contents of a dossier as the bytes of a .docx; that is written down.

    Raises:
        Dossier.DoesNotExist: Unknown, or not visible to the actor.
        NotAllowed: The post takes no lists away.
    """
    authority.require(actor, Right.TAKE_LISTS)
    found = queries.contents_paper(actor, dossier_id, today)
    named = [dossier_id]
    dossiers.note_list(actor=actor, at=at, where="contents", dossiers=named, taken=True)
    return body_render.body_paper(found)
