"""Shows and hands out the names behind a figure to their own school; both are written down."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from donghanh.domain.authority import Actor
from donghanh.dossiers import actions as dossiers
from donghanh.reports import queries


@transaction.atomic
def see_figure(
    *, actor: Actor, report_id: int, code: str, at: datetime, today: date, taken: bool = False
) -> queries.FigurePage:
    """
    Return what stands behind a figure; where it names pupils, that is written down.

    Args:
        actor: Who looks; the department sees no name, and leaves no line.
        report_id: The report.
        code: The figure.
        at: The instant (aware, UTC).
        today: The day (Asia/Ho_Chi_Minh).
        taken: Whether it is taken away as a file.

    Raises:
        Report.DoesNotExist: Unknown, not visible to the actor, or without that figure.
    """
    page = queries.figure_page(actor, report_id, code, today)
    named = [one.dossier.pk for one in page.named]
    dossiers.note_list(actor=actor, at=at, where="figure", dossiers=named, taken=taken)
    return page
