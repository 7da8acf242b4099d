"""A copy of everything that is kept about a pupil, for the pupil."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from donghanh.domain.acts import Step
from donghanh.domain.consent import Purpose
from donghanh.domain.requests import Datum
from donghanh.domain.rights import Role
from donghanh.domain.year_classes import Ending
from donghanh.dossiers import queries as dossiers
from donghanh.dossiers import texts as steps
from donghanh.dossiers.models import Act, Dossier
from donghanh.history import queries as history
from donghanh.lib import clock
from donghanh.lib.spreadsheet import Cell, Column, workbook
from donghanh.organisation import queries as organisation
from donghanh.organisation import texts as offices
from donghanh.ownfile import texts
from donghanh.ownfile.models import Request
from donghanh.ownfile.queries import besides, files
from donghanh.people import queries as people
from donghanh.people import texts as consents
from donghanh.people.models import Person

Copy = dict[str, Any]

#: More than anybody ever was seen in lists.
_ALL = 1_000_000
_COUNTS = ("official", "excluded", "convened", "present", "favour", "against", "invalid")


def copy_of(code: str, at: datetime, today: date) -> Copy | None:
    """
    Return everything that is kept about the pupil whose own code this is, or ``None``.

    Args:
        code: The code of the pupil's invitation.
        at: The instant (aware, UTC).
        today: The day (Asia/Ho_Chi_Minh).

    Returns:
        What JSON can hold; days in ISO form, instants in Asia/Ho_Chi_Minh.
    """
    person = people.own_record(code)
    if person is None:
        return None
    walk = dossiers.own_walk(person, today)
    dossier = None if walk is None else walk.dossier
    return {
        "format": "donghanh own file 3",
        "made_at": _instant(at),
        "record": _record(person, today),
        "own_address": people.address_of(person),
        "invitation": _invitation(person),
        "school_classes": _classes(person, today),
        "rests_since": None if person.rests_since is None else person.rests_since.isoformat(),
        "consents": [
            {
                "purpose": one.purpose,
                "sentence": str(consents.PURPOSES[Purpose(one.purpose)]),
                "wording": one.wording,
                "given": _instant(one.given_at),
                "taken_back": None if one.withdrawn_at is None else _instant(one.withdrawn_at),
                "later_wordings": [
                    {"wording": later.wording, "agreed": _instant(later.agreed_at)}
                    for later in one.renewals.all()
                ],
            }
            for one in sorted(person.consents.prefetch_related("renewals"), key=lambda one: one.pk)
        ],
        "dossier": None if dossier is None else _dossier(dossier),
        "acts": [] if dossier is None else _acts(dossier),
        "read_by": [] if dossier is None else _readings(dossier),
        "seen_in_lists_by": _listings(person, dossier),
        "requests": [_request(one) for one in _requests(person)],
        **besides.copy_of(code),
        **files.copy_of(dossier, today),
    }


def copy_sheet(copy: Copy) -> bytes:
    """Return a copy as the bytes of an .xlsx that people can read: one line for each thing."""
    columns = [
        Column(_("Part"), 24),
        Column(_("What"), 44),
        Column(_("Content"), 44),
        Column(_("When"), 22),
        Column(_("Who"), 32),
    ]
    return workbook(_("My file"), columns, list(_lines(copy)))


def _lines(copy: Copy) -> Iterator[list[Cell]]:
    yield from _lines_of_record(copy)
    yield from _lines_of_road(copy)
    for one in copy["read_by"]:
        yield [_("Who read my file"), one["role"], "", one["at"], one["name"]]
    for one in copy["seen_in_lists_by"]:
        yield [_("Who saw my name in a list"), one["role"], "", one["day"], one["name"]]
    for one in copy["requests"]:
        told = " · ".join(part for part in (one["value"], one["outcome"], one["sentence"]) if part)
        yield [_("Requests"), one["title"], told, one["asked"], None]
    yield from besides.lines(copy)
    for part in files.PARTS:
        for line in files.lines_of(part, copy[part]):
            yield [files.title(part), line.title, line.text, line.on, None]


def _lines_of_record(copy: Copy) -> Iterator[list[Cell]]:
    record = copy["record"]
    for datum in Datum:
        said = texts.said(datum, _typed(datum, record[datum.value]))
        yield [_("Record"), str(texts.DATA[datum]), said, None, None]
    yield [_("Record"), _("School"), record["school"], None, None]
    yield [_("Record"), _("Own address"), copy["own_address"], None, None]
    for one in copy["school_classes"]:
        told = one["class_name"] or one["ended"]
        named = _("Class in the school year %(year)s") % {"year": one["school_year"]}
        yield [_("Record"), named, f"{told} · {one['school']}", one["since"], None]
    if copy["invitation"]:
        invited = copy["invitation"]
        yield [_("Record"), _("Invitation"), invited["name"], invited["at"], invited["by"]]
    for one in copy["consents"]:
        back = one["taken_back"]
        told = _("taken back %(at)s") % {"at": back} if back else _("stands")
        yield [_("Agreements"), one["sentence"], told, one["given"], None]


def _lines_of_road(copy: Copy) -> Iterator[list[Cell]]:
    for name, value in (copy["dossier"] or {}).items():
        yield [_("Dossier"), name, _plain(value), None, None]
    for act in copy["acts"]:
        told = "; ".join(
            f"{name}: {_plain(act[name])}"
            for name in ("paper_number", "tally", "reason", "invalid_since", "helper")
            if act[name]
        )
        yield [_("Steps"), act["title"], told, act["on"], act["recorded_by"]]


def _plain(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name} {_plain(one)}" for name, one in value.items())
    if isinstance(value, list):
        return ", ".join(_plain(one) for one in value)
    return "" if value is None else str(value)


def _typed(datum: Datum, value: Any) -> Any:
    return date.fromisoformat(value) if datum is Datum.BORN else value


def _record(person: Person, today: date) -> Copy:
    unit = organisation.known_as([person.school_id], today).get(person.school_id)
    return {
        "number": person.pk,
        "full_name": person.full_name,
        "birth_date": person.birth_date.isoformat(),
        "class_name": person.class_name,
        "union_member": person.union_member,
        "lower_secondary": person.lower_secondary,
        "school": unit.name if unit else "",
        "simulated": person.simulated,
    }


def _classes(person: Person, today: date) -> list[Copy]:
    kept = list(person.enrolments.order_by("since_date", "id"))
    schools = organisation.known_as({one.school_id for one in kept}, today)
    return [
        {
            "school_year": one.school_year,
            "class_name": one.class_name,
            "ended": str(consents.ENDINGS[Ending(one.ended)]) if one.ended else "",
            "since": one.since_date.isoformat(),
            "school": schools[one.school_id].name if one.school_id in schools else "",
            "written_at": _instant(one.written_at),
        }
        for one in kept
    ]


def _invitation(person: Person) -> Copy | None:
    """Return when somebody invited the pupil, and the name that was to find them."""
    one = person.invitation
    if one is None:
        return None
    return {
        "by": one.invited_by.name,
        "at": _instant(one.invited_at),
        "name": one.invited_name,
        "class_name": one.class_name,
        "good_until": one.expires_date.isoformat(),
    }


def _dossier(dossier: Dossier) -> Copy:
    graduated = dossier.graduated_date
    return {
        "number": dossier.pk,
        "opened": dossier.opened_date.isoformat(),
        "base_committee": dossier.base_committee,
        "sub_committee": dossier.sub_committee,
        "delegated": dossier.delegated,
        "by_members": dossier.by_members,
        "standards": dict(dossier.standards),
        "scopes": list(dossier.scopes),
        "graduated": None if graduated is None else graduated.isoformat(),
    }


def _acts(dossier: Dossier) -> list[Copy]:
    acts = sorted(dossier.acts.all(), key=lambda act: act.number)
    numbers = {act.pk: act.number for act in acts}
    voiding = {act.voids_id: act for act in acts if act.voids_id is not None}
    return [_act(act, numbers.get(act.voids_id or 0), voiding.get(act.pk)) for act in acts]


def _act(act: Act, voids: int | None, voided: Act | None) -> Copy:
    counts = {name: getattr(act, name) for name in _COUNTS}
    told = act.form and act.step == Step.PAPERS
    return {
        "number": act.number,
        "step": act.step,
        "title": steps.paper_title(act.form, act.dossier.scopes)
        if told
        else steps.step_title(Step(act.step)),
        "form": act.form,
        "on": act.on_date.isoformat(),
        "received": None if act.received_date is None else act.received_date.isoformat(),
        "paper_number": act.paper_number,
        "tally": None if act.present is None else counts,
        "passed": act.passed,
        "governed_by": act.governed_by,
        "about": act.about,
        "until": None if act.until_date is None else act.until_date.isoformat(),
        "declares_invalid": voids,
        "invalid_since": None if voided is None else voided.on_date.isoformat(),
        "reason": act.reason,
        "helper": None if act.helper is None else act.helper.name,
        "judged_by": act.judged_by,
        "recorded_at": _instant(act.recorded_at),
        "recorded_by": act.recorded_by.name,
    }


def _readings(dossier: Dossier) -> list[Copy]:
    events = history.about("dossier", dossier.pk).filter(action="dossiers.read")
    return [
        {
            "at": _instant(one.at),
            "name": one.actor.name if one.actor else "",
            "role": str(offices.ROLES[Role(one.role)]),
            "emergency": "emergency" in one.facts,
        }
        for one in events
    ]


def _listings(person: Person, dossier: Dossier | None) -> list[Copy]:
    number = None if dossier is None else dossier.pk
    found = history.viewings(dossier_id=number, person_id=person.pk, most=_ALL)
    return [
        {
            "day": one.day.isoformat(),
            "name": one.name,
            "role": str(offices.ROLES[Role(one.role)]),
            "times": one.times,
        }
        for one in found
    ]


def _requests(person: Person) -> list[Request]:
    return list(Request.objects.filter(person=person).order_by("id"))


def _request(one: Request) -> Copy:
    title = str(texts.KINDS[one.kind])  # type: ignore[index]  # a member is its own text
    return {
        "kind": one.kind,
        "title": f"{title}: {texts.DATA[Datum(one.datum)]}" if one.datum else title,
        "datum": one.datum,
        "value": one.value,
        "asked": _instant(one.asked_at),
        "acknowledged": None if one.acknowledged_at is None else _instant(one.acknowledged_at),
        "answered": None if one.answered_at is None else _instant(one.answered_at),
        "outcome": one.outcome,
        "sentence": one.sentence,
    }


def _instant(at: datetime) -> str:
    return at.astimezone(clock.ZONE).isoformat(timespec="seconds")
