"""What other rooms keep beside a pupil's road, for the pupil's own copy."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from datetime import date, datetime
from enum import Enum
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from donghanh.accompaniment import queries as accompaniment
from donghanh.activities import queries as activities
from donghanh.lib import clock
from donghanh.lib.spreadsheet import Cell
from donghanh.news import queries as news
from donghanh.pool import queries as pool

Copy = dict[str, Any]


def copy_of(code: str) -> Copy:
    """
    Return what other rooms keep beside the road of the pupil whose own code this is.

    Returns:
        What JSON can hold, as the pupil's own pages show it.
    """
    page = accompaniment.own_page(code)
    parts = ("challenges", "notes", "comments", "clubs")
    found = {name: [] if page is None else _plain(getattr(page, name)) for name in parts}
    clubs = [one for one in found["clubs"] if one["member"] or one["invited"] or one["came"]]
    there = activities.own_page(code)
    found["activities"] = [] if there is None else _plain(there.rows)
    asked = news.own_page(code)
    found["publications"] = [] if asked is None else _plain(asked.asked)
    return found | {"clubs": clubs, "ratings": _plain(pool.own_ratings(code) or ())}


def _plain(value: Any) -> Any:
    """Return a value of a page as JSON holds it."""
    if isinstance(value, tuple | list):
        return [_plain(one) for one in value]
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    if hasattr(value, "__dataclass_fields__"):
        return _plain(asdict(value))
    if isinstance(value, datetime):
        return value.astimezone(clock.ZONE).isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    return str(value) if isinstance(value, Promise) else value


def lines(copy: Copy) -> Iterator[list[Cell]]:
    """Yield one line of the workbook for each thing of a copy."""
    for one in copy["challenges"]:
        told = " · ".join(part for part in (one["label"], one["reflection"], one["answer"]) if part)
        yield [_("Challenges"), one["title"], told, one["due"], one["giver"]]
        for line in one["lines"]:
            yield [_("Challenges"), one["title"], line["text"], line["on"], None]
    for name, title in (("notes", _("Notes of the road")), ("comments", _("Comments"))):
        for one in copy[name]:
            yield [title, None, one["text"], one["on"], one["by"]]
            for answer in one["answers"]:
                yield [title, _("My answer"), answer, None, None]
    for one in copy["clubs"]:
        yield [_("Clubs and groups"), one["name"], one["purpose"], None, one["leader"]]
    yield from map(_activity, copy["activities"])
    yield from map(_publication, copy["publications"])
    for one in copy["ratings"]:
        yield [_("Ratings"), one["year"], one["level"], one["met"], one["body"]]


def _activity(one: Copy) -> list[Cell]:
    told = _("stands on the road") if one["shown"] else _("does not stand on the road")
    said = " · ".join(part for part in (told, one["reflection"]) if part)
    return [_("My activities"), one["title"], said, one["on"], None]


def _publication(one: Copy) -> list[Cell]:
    told = _("You agreed on %(day)s.") % {"day": one["agreed"][:10]} if one["agreed"] else ""
    return [_("My name and pictures in the news"), one["title"], told, one["asked"], None]
