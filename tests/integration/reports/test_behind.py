"""The names behind a figure, in the classes of the cut-off day."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta

import pytest

from donghanh.domain.acts import Step
from donghanh.people.actions import classes
from donghanh.reports import queries
from tests import factory
from tests.integration.reports import reporting
from tests.integration.reports.reporting import WRITTEN

pytestmark = pytest.mark.django_db


class TestClasses:
    def test_behind_a_figure_are_those_of_the_cut_off_day(self) -> None:
        here = reporting.season(roads=(Step.INTRODUCED, Step.ADMITTED))
        report = reporting.begun(here)
        before = queries.figure_page(here.secretary, report.pk, "introduced", WRITTEN)
        assert before.named
        later = WRITTEN + timedelta(days=120)
        for one in before.named:
            classes.correct_class(
                person_id=one.dossier.person_id,
                class_name="12A9",
                account=here.cast.secretary.pk,
                at=factory.instant(later),
                on=later,
            )
        secretary = factory.actor(here.cast.secretary, later)
        after = queries.figure_page(secretary, report.pk, "introduced", later)
        assert {one.dossier.person.class_name for one in after.named} == {"12A9"}
        told = [one.class_name for one in after.named]
        assert told == [one.class_name for one in before.named]
        assert "12A9" not in told
        _, data = queries.figure_workbook(after)
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            cells = b"".join(book.read(name) for name in book.namelist())
        assert b"12A9" not in cells and told[0].encode() in cells
