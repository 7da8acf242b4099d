"""Say all figures of a unit for a school year, beside the same period a year before, as JSON."""

from __future__ import annotations

import argparse

from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from donghanh.config import answering, running
from donghanh.config.errors import CannotRun, WrongUsage
from donghanh.domain.calendar import BadSchoolYear
from donghanh.domain.succession import View
from donghanh.lib import clock

#: The views as they are typed.
VIEWS = {view.value.replace("_", "-"): view for view in View}


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--unit", metavar="CODE", help="the unit; without it each unit at the top")
    parser.add_argument("--year", required=True, help="the school year, as 2025-2026")
    parser.add_argument("--on", metavar="DAY", help="the last day counted, as 2026-06-10; or today")
    parser.add_argument(
        "--view",
        choices=list(VIEWS),
        default="as-was",
        help="by the structure of then, of now, or carried over to who carries on",
    )


def run(given: argparse.Namespace) -> int:
    """Do it, and return the exit code."""
    day = None if given.on is None else answering.day(given.on, "--on")
    with running.database():
        running.as_job()
        # By name: tables can be loaded only after the framework started.
        answer = import_string("donghanh.indicators.queries.answer")
        carried_on = import_string("donghanh.indicators.queries.CarriedOn")
        missing = import_string("donghanh.indicators.queries.NotShown")
        try:
            said = answer(given.unit, given.year, day, VIEWS[given.view], clock.today())
        except BadSchoolYear as error:
            raise WrongUsage(
                _("“%(year)s” is not a school year; write it as 2025-2026."), year=given.year
            ) from error
        except carried_on as error:
            raise CannotRun(
                _("“%(was)s” has ended; %(name)s carries it on: ask for “%(code)s”."),
                was=error.was,
                name=error.name,
                code=error.code,
            ) from error
        except missing as error:
            raise CannotRun(
                _("There is no unit “%(unit)s” with schools in the school year %(year)s."),
                unit=given.unit,
                year=given.year,
            ) from error
    print(answering.written(said))
    return 0
