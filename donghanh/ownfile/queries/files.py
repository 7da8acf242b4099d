"""What is kept of a pupil's papers, letters, ways of the file, classes and meetings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from donghanh.classes.models import Seat
from donghanh.domain.acts import Step
from donghanh.dossiers import queries as dossiers
from donghanh.dossiers import texts as steps
from donghanh.dossiers.models import Dossier
from donghanh.handover import texts as handover
from donghanh.handover.models import Handover
from donghanh.lib import clock, days
from donghanh.meetings.models import AgendaItem
from donghanh.organisation import queries as organisation
from donghanh.papers.models import Letter, PaperNote, Sending
from donghanh.people import queries as people

Copy = dict[str, Any]

#: The parts, in the order in which they are read.
PARTS = ("papers", "letters", "sendings", "classes", "meetings", "handovers")


@dataclass(frozen=True, slots=True)
class FileLine:
    """One thing of a file as people read it; ``on`` is in ISO form or empty."""

    title: str
    text: str
    on: str

    @property
    def day(self) -> str:
        """Return the day as people write it."""
        return days.day(date.fromisoformat(self.on[:10])) if self.on else ""


@dataclass(frozen=True, slots=True)
class FilesPage:
    """What lies beside the road, part by part; a part without a line is not among them."""

    parts: tuple[tuple[str, tuple[FileLine, ...]], ...]
    simulated: bool


def files_page(code: str, today: date) -> FilesPage | None:
    """Return the page of the own papers, classes and meetings a code opens, or ``None``."""
    person = people.own_record(code)
    if person is None:
        return None
    walk = dossiers.own_walk(person, today)
    copy = copy_of(None if walk is None else walk.dossier, today)
    found = tuple((title(part), tuple(lines_of(part, copy[part]))) for part in PARTS)
    return FilesPage(tuple(one for one in found if one[1]), person.simulated)


def copy_of(dossier: Dossier | None, today: date) -> Copy:
    """
    Return what other rooms keep of the papers and ways of a pupil's own case.

    Args:
        dossier: The case; ``None`` where there is none: every part is empty.
        today: The day units are named for.
    """
    if dossier is None:
        return {part: [] for part in PARTS}
    names = _Names(today)
    return {
        "papers": [_paper(one, dossier) for one in _own(PaperNote, dossier, _NOTED)],
        "letters": [_letter(one) for one in _own(Letter, dossier, _LETTER)],
        "sendings": [_sending(one, names) for one in _own(Sending, dossier, _SENT)],
        "classes": [_seat(one) for one in _own(Seat, dossier, _SEAT)],
        "meetings": [_item(one, names) for one in _own(AgendaItem, dossier, _ITEM)],
        "handovers": [_handover(one) for one in Handover.objects.filter(dossier=dossier)],
    }


def title(part: str) -> str:
    """Return what a part is called."""
    return {
        "papers": _("Papers of my file"),
        "letters": _("Letters about my file"),
        "sendings": _("Where my file was sent"),
        "classes": _("Classes"),
        "meetings": _("Meetings that spoke about me"),
        "handovers": _("Hand-overs"),
    }[part]


def lines_of(part: str, found: Iterable[Copy]) -> Iterable[FileLine]:
    """Yield each thing of a part as people read it."""
    for one in found:
        told = [str(value) for value in one["told"] if value]
        yield FileLine(one["title"], " · ".join(told), one["on"] or "")


# What the database gives a pupil of each table, and what is shown with it.
_NOTED: tuple[str, ...] = (
    *("form", "act_number", "copy", "pages", "kept_at", "valid_until", "not_needed"),
    *("noted_at", "noted_by__name", "dossier"),
)
_LETTER: tuple[str, ...] = (
    *("kind", "to_name", "to_place", "paper_number", "sent_date", "answered_date"),
)
_SENT: tuple[str, ...] = (
    *("from_unit", "to_unit", "papers", "sent_date", "received_date", "returned_date"),
)
_SEAT: tuple[str, ...] = (
    *("passed", "certificate_number", "certificate_date", "seated_at", "course__kind"),
    *("course__centre", "course__first_date", "course__last_date"),
)
_ITEM: tuple[str, ...] = (
    *("step", "state", "passed", "act_number", "paper_number", "word", "meeting__body"),
    *("meeting__unit", "meeting__on_date"),
)
_JOINED = {PaperNote: ["noted_by"], Seat: ["course"], AgendaItem: ["meeting"]}


def _own(model: Any, dossier: Dossier, columns: tuple[str, ...]) -> Any:
    found = model.objects.filter(dossier=dossier).select_related(*_JOINED.get(model, [None]))
    if model is Sending:
        found = found.prefetch_related("faults")
    return found.only(*columns).order_by("id")


class _Names:
    """Names of units on a day, each asked for once."""

    def __init__(self, today: date) -> None:
        self._today = today
        self._known: dict[int, str] = {}

    def of(self, unit_id: int) -> str:
        if unit_id not in self._known:
            unit = organisation.known_as([unit_id], self._today).get(unit_id)
            self._known[unit_id] = unit.name if unit else ""
        return self._known[unit_id]


def _paper(one: PaperNote, dossier: Dossier) -> Copy:
    return {
        "title": steps.paper_title(one.form, dossier.scopes),
        "told": (
            _("not needed") if one.not_needed else one.get_copy_display(),
            one.kept_at,
            _("good until %(day)s") % {"day": days.day(one.valid_until)} if one.valid_until else "",
        ),
        "on": _instant(one.noted_at),
        "form": one.form,
        "act": one.act_number,
        "copy": one.copy,
        "pages": one.pages,
        "kept_at": one.kept_at,
        "valid_until": _day(one.valid_until),
        "not_needed": one.not_needed,
        "noted_by": one.noted_by.name,
    }


def _letter(one: Letter) -> Copy:
    answered = one.answered_date
    return {
        "title": one.get_kind_display(),
        "told": (
            one.to_name,
            one.to_place,
            one.paper_number,
            _("answered %(day)s") % {"day": days.day(answered)} if answered else "",
        ),
        "on": _day(one.sent_date),
        "kind": one.kind,
        "to": one.to_name,
        "place": one.to_place,
        "paper_number": one.paper_number,
        "answered": _day(answered),
    }


def _sending(one: Sending, names: _Names) -> Copy:
    faults = [
        {"form": fault.form, "kind": fault.kind, "sentence": fault.sentence}
        for fault in one.faults.all()
    ]
    received, returned = one.received_date, one.returned_date
    return {
        "title": f"{names.of(one.from_unit_id)} → {names.of(one.to_unit_id)}",
        "told": (
            _("received %(day)s") % {"day": days.day(received)} if received else "",
            _("returned %(day)s") % {"day": days.day(returned)} if returned else "",
            *(fault["sentence"] for fault in faults),
        ),
        "on": _day(one.sent_date),
        "papers": one.papers,
        "received": _day(received),
        "returned": _day(returned),
        "faults": faults,
    }


def _seat(one: Seat) -> Copy:
    course = one.course
    came = {None: "", True: _("passed"), False: _("did not pass")}[one.passed]
    return {
        "title": f"{course.get_kind_display()} · {course.centre}",
        "told": (
            f"{days.day(course.first_date)} – {days.day(course.last_date)}",
            came,
            one.certificate_number,
        ),
        "on": _day(course.first_date),
        "kind": course.kind,
        "centre": course.centre,
        "until": _day(course.last_date),
        "passed": one.passed,
        "certificate_number": one.certificate_number,
        "certificate_date": _day(one.certificate_date),
    }


def _item(one: AgendaItem, names: _Names) -> Copy:
    came = {None: "", True: _("carried"), False: _("not carried")}[one.passed]
    return {
        "title": f"{names.of(one.meeting.unit_id)} · {one.meeting.get_body_display()}",
        "told": (
            steps.step_title(Step(one.step)),
            came or one.get_state_display(),
            one.paper_number,
            one.word,
        ),
        "on": _day(one.meeting.on_date),
        "body": one.meeting.body,
        "step": one.step,
        "state": one.state,
        "passed": one.passed,
        "act": one.act_number,
        "paper_number": one.paper_number,
        "word": one.word,
    }


def _handover(one: Handover) -> Copy:
    said = {
        "asked": _day(one.asked_date),
        "agreed": _day(one.agreed_date),
        "refused": None if one.refused_at is None else _instant(one.refused_at),
        "sent": _day(one.sent_date),
        "received": _day(one.received_date),
        "called_back": None if one.called_back_at is None else _instant(one.called_back_at),
    }
    words = {
        "agreed": _("I agreed %(day)s"),
        "refused": _("I did not agree, %(day)s"),
        "sent": _("sent %(day)s"),
        "received": _("received %(day)s"),
        "called_back": _("called back %(day)s"),
    }
    return {
        "title": ", ".join(part for part in (one.to_name, one.to_place) if part),
        "told": tuple(
            word % {"day": days.day(date.fromisoformat(str(said[name])[:10]))}
            for name, word in words.items()
            if said[name]
        ),
        "on": said["asked"],
        "to": one.to,
        "agreement": str(handover.AGREEMENT) % {"to": one.to_name},
        "wording": one.wording,
        "papers": one.papers,
        "lying": one.lying,
        **said,
    }


def _day(on: date | None) -> str | None:
    return None if on is None else on.isoformat()


def _instant(at: Any) -> str:
    return str(at.astimezone(clock.ZONE).isoformat(timespec="seconds"))
