"""What the command builds: a school's sealed report, a department's year in the three views."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from donghanh.domain.acts import Step
from donghanh.domain.calendar import BadSchoolYear
from donghanh.reports import queries
from donghanh.reports.models import Seal
from donghanh.reports.queries import Outcome
from tests.integration.reports import reporting
from tests.integration.reports.reporting import WRITTEN, YEAR, Season

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Season:
    return reporting.season(roads=(Step.INTRODUCED, Step.ADMITTED))


class TestBuilt:
    def test_gives_a_school_its_newest_seal_and_the_paper_of_it(self, here: Season) -> None:
        reporting.sent(here)
        made = queries.built(here.cast.school.unit.code, YEAR, WRITTEN)
        word, text = sorted(made.files, key=lambda name: Path(name).suffix)
        assert made.files[text].decode() == Seal.objects.get().content
        known = queries.known_to_all()
        assert queries.prove(made.files[word], known).outcome is Outcome.GENUINE

    def test_adds_up_a_department_in_three_views_with_the_cases_behind(self, here: Season) -> None:
        reporting.accepted(here)
        reporting.sent(here, neighbour=True)
        made = queries.built(here.cast.department.code, YEAR, WRITTEN)
        views = [json.loads(data) for name, data in made.files.items() if name.endswith(".json")]
        assert {one["view"] for one in views} == {"as_was", "as_is", "bridged"}
        for one in views:
            assert one["totals"]["introduced"] == 2
            (report,) = one["reports"]
            assert len(report["figures"]["introduced"]["cases"]) == 2
        assert made.told["reports"] == 1

    def test_refuses_who_is_not_known_and_a_year_that_is_none(self, here: Season) -> None:
        for unit in ("khong-co", here.cast.department.code, here.cast.school.unit.code):
            with pytest.raises(queries.NothingToBuild):
                queries.built(unit, YEAR, WRITTEN)
        with pytest.raises(BadSchoolYear):
            queries.built(here.cast.school.unit.code, "2023-2025", WRITTEN)
