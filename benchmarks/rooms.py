"""
Measure pages of other rooms that go through many cases: an agenda, a register, a class list.

``python -m benchmarks.rooms`` fills 20 schools under one committee with 300 cases each and asks
each page several times, as the cell of a school or as the committee sees it. Medians, in seconds.
"""

from __future__ import annotations

import argparse
import statistics
import sys
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import connection

from benchmarks import lists, world
from benchmarks.lists import Work

TIMES = 3
SCALE = world.Scale(provinces=1, schools=20, cases=6_000)


def main() -> int:
    """Fill the world, measure, print."""
    parser = argparse.ArgumentParser(prog="benchmarks.rooms", description=__doc__)
    scale = world.scale_of(parser, SCALE)
    world.start()
    with world.filled(scale):
        for name, work in pages().items():
            work()  # what is read once stays at hand
            took = [float(str(work())) for _ in range(TIMES)]
            sys.stdout.write(f"{name:44}{statistics.median(took):8.3f} s\n")
            sys.stdout.flush()
    return 0


def actors() -> Mapping[str, Any]:
    """Return who looks: the cell of one school, the committee above all of them."""
    from donghanh.domain.authority import Actor, Post
    from donghanh.domain.rights import Role

    with connection.cursor() as cursor:
        cursor.execute("SELECT array_agg(DISTINCT school_id) FROM dossiers_dossier")
        schools = frozenset(cursor.fetchone()[0])
    first = min(schools)
    unit = first - world.SCHOOL + world.CELL
    cell = Post(1, Role.SECRETARY, unit, f"chi-bo-{unit}", "Chi bộ")
    above = Post(2, Role.COMMITTEE, world.UPPER + 1, "tren-1", "Đảng ủy cấp trên")
    return {
        "cell": Actor(1, "A", cell, frozenset({first})),
        "committee": Actor(1, "B", above, schools, schools),
    }


def pages() -> dict[str, Work]:
    """Return every page that is measured, by what it is called."""
    from donghanh.classes import queries as classes
    from donghanh.classes.models import Course
    from donghanh.domain.acts import Step
    from donghanh.forecast import queries as forecast
    from donghanh.lib import clock
    from donghanh.meetings import queries as meetings
    from donghanh.meetings.models import Meeting

    today, looks = clock.today(), actors()
    cell, above = looks["cell"], looks["committee"]
    on = today + timedelta(days=7)
    of_cell = Meeting(pk=0, body="cell", unit_id=cell.post.unit_id, on_date=on)
    of_above = Meeting(pk=0, body="committee", unit_id=above.post.unit_id, on_date=on)
    school = min(cell.schools)
    with connection.cursor() as cursor:
        # History would refuse it, for nobody acts here.
        cursor.execute("ALTER TABLE classes_course DISABLE TRIGGER USER")
    course, _ = Course.objects.get_or_create(
        school_id=school,
        kind="awareness",
        centre="Trung tâm chính trị",
        first_date=today,
        last_date=today,
        defaults={"opened_at": clock.now(), "opened_by_id": 1},
    )
    year = today - timedelta(days=365)

    def agenda(actor: Any, meeting: Meeting, step: str) -> Work:
        return lambda: meetings.agenda_page(actor, meeting, meetings.Sought(step), today)

    works: dict[str, tuple[Any, Work]] = {
        "agenda of a cell, as it opens": (cell, agenda(cell, of_cell, "")),
        "agenda of a cell, votes": (cell, agenda(cell, of_cell, Step.CELL_VOTED.value)),
        "agenda of a committee, as it opens": (above, agenda(above, of_above, "")),
        "agenda of a committee, votes": (above, agenda(above, of_above, Step.BASE_VOTED.value)),
        "agenda of a committee, leave": (above, agenda(above, of_above, Step.ALLOWED.value)),
        "register of resolutions": (
            cell, lambda: meetings.register(cell, "so-nghi-quyet", year, today, today)
        ),
        "list of a class": (cell, lambda: classes.course_page(cell, course.pk, today)),
        "calendar of a school": (
            cell, lambda: forecast.calendar(cell, today, forecast.Filters())
        ),
    }  # fmt: skip
    return {name: lists.through(actor, work) for name, (actor, work) in works.items()}


if __name__ == "__main__":
    sys.exit(main())
