"""Every August the schools of the province move their pupils up into the new classes."""

from __future__ import annotations

from datetime import date, datetime

from donghanh.demonstration.dak_nong import DakNong
from donghanh.demonstration.diary import Diary
from donghanh.demonstration.stage import School
from donghanh.domain.calendar import SchoolYear
from donghanh.promotion import actions, queries
from donghanh.promotion.queries import Said

#: The first school year into which anybody moves up; the day of August on which it is done.
_FIRST, _DAY = 2024, 21


def every_year(story: DakNong, diary: Diary, today: date) -> None:
    """
    Write that every school moves its pupils up each year; the first one has not done it this year.

    Args:
        story: The province.
        diary: Where it is written.
        today: The day up to which the stories are told.
    """
    present = SchoolYear.of(today).since.year
    for year in range(_FIRST, present + 1):
        for place, school in enumerate(story.schools):
            if place or year < present:
                _move(story, diary, school, date(year, 8, _DAY))


def _move(story: DakNong, diary: Diary, school: School, on: date) -> None:
    def deed(on: date, at: datetime) -> None:
        actor = story.stage.actor(school.secretary)
        page = queries.promotion_page(actor, on, None)
        classes = {row.key: (row.into, row.finishes) for row in page.classes}
        if classes:
            actions.move_up(actor=actor, said=Said(classes, {}), at=at, today=on)

    diary.write(on, 8, deed)
