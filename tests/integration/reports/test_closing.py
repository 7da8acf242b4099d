"""Closing a year: who is kept out, who is let in, and sender against closer at the same time."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connections

from donghanh.domain.acts import Step
from donghanh.domain.authority import NotAllowed
from donghanh.domain.errors import RuleError
from donghanh.history.models import Event
from donghanh.organisation.models import UnitVersion
from donghanh.reports import actions
from donghanh.reports.models import Opening, Report, Seal, YearLock
from tests import factory
from tests.integration.reports import reporting
from tests.integration.reports.reporting import WRITTEN, YEAR, Season

AT = factory.instant(WRITTEN)


def _close(here: Season) -> YearLock:
    return actions.close_year(actor=here.officer, school_year=YEAR, at=AT)


def _open(here: Season, **changes: object) -> Opening:
    given = {
        "actor": here.officer,
        "school_year": YEAR,
        "school_id": here.cast.school.unit.pk,
        "until": WRITTEN + timedelta(days=2),
        "reason": "Trường bị mất điện.",
        "at": AT,
        "on": WRITTEN,
    }
    return actions.open_for_unit(**(given | changes))  # type: ignore[arg-type]


def _send(here: Season, report: Report, on: date = WRITTEN) -> Report:
    return actions.send_report(
        actor=here.secretary, report_id=report.pk, seen=report.revision, at=AT, on=on
    )


@pytest.mark.django_db
class TestCloseYear:
    def test_keeps_everybody_out_but_who_is_let_in_until_the_day(self) -> None:
        here = reporting.season(roads=(Step.INTRODUCED,))
        report = reporting.begun(here)
        _close(here)
        with pytest.raises(actions.YearClosed):
            _send(here, report)
        _open(here)
        with pytest.raises(actions.YearClosed):
            _send(here, report, WRITTEN + timedelta(days=3))
        assert _send(here, report, WRITTEN + timedelta(days=2)).status == "sent"
        told = Event.objects.filter(action__in=["reports.year_closed", "reports.year_opened"])
        assert told.count() == 2

    def test_keeps_amendments_out_too(self) -> None:
        here = reporting.season(roads=(Step.INTRODUCED,))
        report = reporting.accepted(here)
        _close(here)
        with pytest.raises(actions.YearClosed):
            actions.amend_report(
                actor=here.secretary,
                report_id=report.pk,
                seen=report.revision,
                reason="Sót.",
                at=AT,
                on=WRITTEN,
            )

    def test_is_done_once_and_by_the_department_alone(self) -> None:
        here = reporting.season(roads=())
        with pytest.raises(NotAllowed):
            actions.close_year(actor=here.secretary, school_year=YEAR, at=AT)
        _close(here)
        with pytest.raises(actions.ClosedAlready):
            _close(here)
        assert YearLock.objects.count() == 1

    @pytest.mark.parametrize(
        ("refusal", "changes"),
        [
            (actions.ReasonMissing, {"reason": ""}),
            (actions.OpeningPast, {"until": WRITTEN - timedelta(days=1)}),
            (actions.OpeningPast, {"until": WRITTEN + timedelta(days=400)}),
            (actions.UnknownUnit, {"school_id": 10**9}),
        ],
    )
    def test_lets_nobody_in_without_reason_day_and_unit(
        self, refusal: type[RuleError], changes: dict[str, object]
    ) -> None:
        here = reporting.season(roads=())
        _close(here)
        with pytest.raises(refusal):
            _open(here, **changes)
        assert not Opening.objects.exists()

    def test_has_nothing_to_open_while_the_year_is_open(self) -> None:
        here = reporting.season(roads=())
        with pytest.raises(actions.NotClosed):
            _open(here)


@pytest.mark.django_db
class TestOpenReport:
    def test_refuses_a_year_in_which_the_unit_did_not_exist(self) -> None:
        here = reporting.season(roads=())
        later = (date(2025, 8, 1), None)
        UnitVersion.objects.filter(unit=here.cast.school.unit).update(in_force=later)
        secretary = factory.actor(here.cast.secretary, date(2025, 9, 1))
        with pytest.raises(actions.NotThereThen):
            actions.open_report(actor=secretary, task_id=here.task.pk, at=AT)
        assert not Report.objects.exists()


@pytest.mark.django_db(transaction=True)
class TestAtTheSameTime:
    def _both(self, *acts: Callable[[], object]) -> list[object]:
        """Do acts at once, each on a connection of its own; return results and refusals."""
        told: list[object] = []
        gate = threading.Barrier(len(acts))

        def do(act: Callable[[], object]) -> None:
            try:
                gate.wait()
                told.append(act())
            except RuleError as refusal:
                told.append(refusal)
            finally:
                connections.close_all()

        threads = [threading.Thread(target=do, args=(act,)) for act in acts]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return told

    def test_two_senders_seal_one_report_once(self) -> None:
        here = reporting.season(roads=(Step.INTRODUCED,))
        report = reporting.begun(here)
        told = self._both(lambda: _send(here, report), lambda: _send(here, report))
        assert sum(isinstance(one, actions.AlreadySent) for one in told) == 1
        assert Seal.objects.filter(report=report).count() == 1

    def test_a_report_is_sent_before_the_year_closes_or_refused(self) -> None:
        here = reporting.season(roads=(Step.INTRODUCED,))
        report = reporting.begun(here)
        told = self._both(lambda: _send(here, report), lambda: _close(here))
        lock = next(one for one in told if isinstance(one, YearLock))
        events = Event.objects.order_by("id").values_list("action", flat=True)
        refused = any(isinstance(one, actions.YearClosed) for one in told)
        assert lock.school_year == YEAR
        assert refused is not Seal.objects.filter(report=report).exists()
        assert ("reports.sent" in events) is not refused
