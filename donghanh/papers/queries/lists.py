"""The list of the papers of a dossier, with what was noted of each."""

from __future__ import annotations

from django.utils.translation import gettext as _

from donghanh.domain.checklist import ListedPaper, ListedState, listed
from donghanh.dossiers.queries import Walk
from donghanh.lib.spreadsheet import Cell, Column, workbook
from donghanh.papers import texts
from donghanh.papers.models import PaperNote

#: From how many days before its last day a paper is said to expire soon; ours, not a rule's.
NEAR = 60

Key = tuple[str, int]


def latest_notes(walk: Walk) -> dict[Key, PaperNote]:
    """Return the note that counts of each paper, by central number and act."""
    notes = PaperNote.objects.filter(dossier=walk.dossier).order_by("id")
    return {(note.form, note.act_number): note for note in notes.select_related("noted_by")}


def papers_of(walk: Walk, notes: dict[Key, PaperNote] | None = None) -> tuple[ListedPaper, ...]:
    """Return the papers of a dossier in the official order, as notes and rules have them."""
    known = latest_notes(walk) if notes is None else notes
    return listed(
        walk.road.acts,
        walk.road.case,
        walk.book,
        walk.today,
        near=NEAR,
        spared={note.form for note in known.values() if note.not_needed},
        until={
            key: note.valid_until for key, note in known.items() if note.valid_until is not None
        },
    )


def says_the_same(note: PaperNote) -> bool:
    """Tell whether the last note of the same paper says what a new one says."""
    notes = PaperNote.objects.filter(
        dossier_id=note.dossier_id, form=note.form, act_number=note.act_number
    )
    last = notes.order_by("-id").first()
    told = ("copy", "signer", "pages", "kept_at", "valid_until", "not_needed")
    before = PaperNote() if last is None else last
    return all(getattr(before, name) == getattr(note, name) for name in told)


def contents_workbook(walk: Walk) -> bytes:
    """Return the table of contents of a dossier as the bytes of an .xlsx."""
    notes = latest_notes(walk)
    lying = [one for one in papers_of(walk, notes) if one.act is not None]
    columns = [
        Column(_("No."), 6),
        Column(_("Paper"), 60),
        Column(_("Form"), 12),
        Column(_("Number"), 16),
        Column(_("Day"), 12),
        Column(_("Signed by"), 28),
        Column(_("Kept as"), 16),
        Column(_("Sheets"), 8),
        Column(_("Where it is kept"), 30),
        Column(_("Valid until"), 12),
        Column(_("State"), 18),
    ]
    rows: list[list[Cell]] = []
    for place, line in enumerate(lying, start=1):
        note = notes.get((line.counts_as, line.number))
        act = line.act
        rows.append(
            [
                place,
                line.title_vi,
                line.form,
                act.paper_number if act else "",
                act.on if act else None,
                note.signer if note else "",
                str(texts.COPIES.get(note.copy, "")) if note else "",
                note.pages if note else None,
                note.kept_at if note else "",
                line.valid_until,
                _("replaced by a later one")
                if line.replaced
                else str(texts.STATES[ListedState(line.state)]),
            ]
        )
    return workbook(_("Table of contents"), columns, rows)
