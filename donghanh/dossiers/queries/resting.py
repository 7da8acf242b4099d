"""That the work on a file rests at the pupil's wish: what is said in place of buttons and forms."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from donghanh.amendments import queries as amendments
from donghanh.domain import requests
from donghanh.domain.authority import Actor
from donghanh.domain.rules import Rulebook
from donghanh.dossiers.queries import roads as reads
from donghanh.dossiers.queries import wording
from donghanh.dossiers.queries.wording import Cite
from donghanh.lib import days
from donghanh.people import queries as people


@dataclass(frozen=True, slots=True)
class Rest:
    """
    That nothing is recorded about a pupil meanwhile, since when, and by which rule; never why.

    ``dossier_id`` leads to the road; None where there is none yet.
    """

    text: str
    more: str
    cites: tuple[Cite, ...]
    dossier_id: int | None = None


def rest(since: date | None, book: Rulebook, today: date) -> Rest | None:
    """
    Return what a page says while the work rests, or None: it goes on.

    Args:
        since: The day since which it rests, as the record has it.
        book: The rules.
        today: The day (Asia/Ho_Chi_Minh).
    """
    if since is None:
        return None
    text = _("The work rests since %(day)s, as the pupil asked: nothing is recorded meanwhile.")
    rule = book.find_number(requests.RULES[requests.Kind.RESTRICT], today)
    return Rest(
        text=text % {"day": days.day(since)},
        more=_(
            "You can read what is there, take lists away and answer what the pupil asks. Days and "
            "dues run on as the law sets them. Do not ask why; the pupil alone lets the work go on."
        ),
        cites=wording.cites([] if rule is None else [rule]),
    )


def rest_of_dossier(actor: Actor, dossier_id: int, today: date) -> Rest | None:
    """Return what stands in place of a form about a case in sight; None: the work goes on."""
    found = reads.visible_to(actor).filter(pk=dossier_id)
    since = found.values_list("person__rests_since", flat=True).first()
    return _placed(since, dossier_id, today)


def rest_of_person(actor: Actor, person_id: int, today: date) -> Rest | None:
    """Return the same of a pupil in sight who may have no case yet."""
    found = people.visible_to(actor).filter(pk=person_id)
    since, dossier_id = found.values_list("rests_since", "dossier").first() or (None, None)
    return _placed(since, dossier_id, today)


def _placed(since: date | None, dossier_id: int | None, today: date) -> Rest | None:
    if since is None:
        return None
    told = rest(since, amendments.current(), today)
    return None if told is None else Rest(told.text, told.more, told.cites, dossier_id)
