"""The figures, counted a second time by other means, and frozen ones that stay as they were."""

from __future__ import annotations

from datetime import date

import pytest

from donghanh.domain.acts import Step
from donghanh.dossiers.actions import NewAct, void_act
from donghanh.dossiers.models import Act, Dossier
from donghanh.people import actions as people
from donghanh.reports import queries
from donghanh.reports.models import Report
from tests import factory
from tests.integration.reports import reporting
from tests.integration.reports.reporting import WRITTEN, Season

pytestmark = pytest.mark.django_db
SINCE = date(2023, 8, 1)

#: The step whose acts each figure counts as events of the year, apart from the other kinds.
EVENTS = {
    "introduced": Step.INTRODUCED,
    "listed": Step.LISTED,
    "helped": Step.LISTED,
    "trained": Step.TRAINED,
    "allowed": Step.ALLOWED,
    "cell_passed": Step.CELL_VOTED,
    "proposed": Step.BASE_VOTED,
    "decided": Step.DECIDED,
    "admitted": Step.ADMITTED,
    "recognised": Step.RECOGNISED,
}


def _second_count(school_id: int, cutoff: date) -> dict[str, int]:
    """Count again with statements over the acts alone: no replay, no indicator of ours."""
    acts = Act.objects.filter(
        dossier__school_id=school_id, voids=None, voided_by=None, on_date__lte=cutoff
    )
    counted = {
        code: acts.filter(step=step.value, passed=True, on_date__gte=SINCE)
        .values("dossier_id")
        .distinct()
        .count()
        for code, step in EVENTS.items()
    }
    passed = acts.filter(step=Step.CELL_VOTED.value, passed=True).values("dossier_id")
    failed = acts.filter(step=Step.CELL_VOTED.value, passed=False, on_date__gte=SINCE)
    held = acts.filter(step=Step.ADMITTED.value).values("dossier_id")
    waiting = acts.filter(step=Step.DECIDED.value, passed=True).exclude(dossier_id__in=held)
    counted["cell_failed"] = failed.exclude(dossier_id__in=passed).values("dossier_id").count()
    counted["awaiting_ceremony"] = waiting.values("dossier_id").distinct().count()
    agreed = Dossier.objects.filter(
        school_id=school_id,
        person__consents__purpose="road",
        person__consents__given_date__lte=cutoff,
    )
    stopped = agreed.filter(person__consents__withdrawn_date__lte=cutoff)
    counted["taking_part"] = agreed.exclude(pk__in=stopped).distinct().count()
    return counted


def _values(report: Report) -> dict[str, int]:
    return {one.code: one.value for one in queries.figures_of(report, WRITTEN)}


class TestFigures:
    @pytest.mark.parametrize("cutoff", [date(2024, 6, 9), date(2023, 12, 10), date(2023, 9, 21)])
    def test_agree_with_a_second_count_by_other_means(self, cutoff: date) -> None:
        here = reporting.season()
        self._fail_a_vote(here)
        self._void_an_introduction(here)
        self._stop(here, date(2024, 1, 15))
        report = reporting.begun(here)
        Report.objects.filter(pk=report.pk).update(cutoff_date=cutoff)
        report.refresh_from_db()
        found = _values(report)
        again = _second_count(here.cast.school.unit.pk, cutoff)
        assert {code: found[code] for code in again} == again
        assert set(found) - set(again) == {"ceremony_overdue"}

    def test_are_what_the_walked_roads_say(self) -> None:
        found = _values(reporting.begun(reporting.season()))
        assert found == {
            "taking_part": 6,
            "introduced": 6,
            "listed": 5,
            "helped": 5,
            "trained": 4,
            "allowed": 3,
            "cell_passed": 3,
            "cell_failed": 0,
            "proposed": 3,
            "decided": 3,
            "admitted": 2,
            "awaiting_ceremony": 1,
            "ceremony_overdue": 1,  # decided in December, nothing until June
            "recognised": 0,
        }

    def test_count_only_the_reporting_school(self) -> None:
        here = reporting.season(roads=(Step.ADMITTED,))
        factory.walk_to(Step.ADMITTED, here.cast, here.cast.neighbour)
        assert _values(reporting.begun(here))["admitted"] == 1
        assert _values(reporting.begun(here, neighbour=True))["admitted"] == 1

    def test_keep_who_stopped_in_what_had_happened_before(self) -> None:
        here = reporting.season(roads=(Step.ADMITTED, Step.ADMITTED))
        before = _values(reporting.begun(here))
        self._stop(here, date(2024, 5, 2))
        after = _values(Report.objects.get())
        assert after["admitted"] == before["admitted"] == 2
        assert (before["taking_part"], after["taking_part"]) == (2, 1)

    def _fail_a_vote(self, here: Season) -> None:
        dossier = factory.walk_to(Step.PAPERS, here.cast)
        new = NewAct(step=Step.CELL_VOTED, on=date(2023, 12, 4), tally=factory.FAILED)
        assert not factory.record(here.cast.secretary, dossier, new).passed

    def _void_an_introduction(self, here: Season) -> None:
        dossier = factory.walk_to(Step.INTRODUCED, here.cast)
        void_act(
            actor=factory.actor(here.cast.union, WRITTEN),
            dossier_id=dossier.pk,
            seen=dossier.acts_recorded,
            number=2,
            reason="Ghi nhầm ngày.",
            at=factory.instant(WRITTEN),
            today=WRITTEN,
        )

    def _stop(self, here: Season, on: date) -> None:
        person = Dossier.objects.filter(school=here.cast.school.unit).order_by("-id")[0].person
        people.withdraw_consent(actor=factory.pupil(person), at=factory.instant(on), on=on)


class TestCountedTo:
    def test_speaks_of_no_day_still_to_come(self) -> None:
        here = reporting.season(roads=(Step.DECIDED,))  # decided 18 December 2023
        report = reporting.begun(here)
        early = {
            one.code: one.value for one in queries.counting(report, date(2023, 12, 22)).figures
        }
        late = {one.code: one.value for one in queries.counting(report, WRITTEN).figures}
        assert (early["awaiting_ceremony"], early["ceremony_overdue"]) == (1, 0)
        assert (late["awaiting_ceremony"], late["ceremony_overdue"]) == (1, 1)

    def test_counts_nothing_before_the_school_year_has_begun(self) -> None:
        here = reporting.season(roads=(Step.DECIDED,))
        figures = queries.counting(reporting.begun(here), date(2023, 7, 1)).figures
        assert {one.value for one in figures} == {0}


class TestCountedDays:
    def test_is_the_day_of_the_act_counted(self) -> None:
        here = reporting.season(roads=(Step.ADMITTED,))
        figures = {one.code: one for one in queries.figures_of(reporting.begun(here), WRITTEN)}
        act = Act.objects.get(step=Step.ADMITTED.value)
        assert [(case.dossier_id, case.on) for case in figures["admitted"].cases] == [
            (act.dossier_id, act.on_date)
        ]

    def test_survives_being_frozen(self) -> None:
        here = reporting.season(roads=(Step.ADMITTED, Step.DECIDED))
        live = queries.figures_of(reporting.begun(here), WRITTEN)
        sent = reporting.sent(here)
        sent.refresh_from_db()
        assert queries.figures_of(sent, WRITTEN) == live
