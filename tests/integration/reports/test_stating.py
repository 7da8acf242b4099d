"""A figure changed by hand, warnings answered, sealing, amending: each with what is left behind."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction

from donghanh.domain import canonical
from donghanh.domain.acts import Step
from donghanh.domain.errors import RuleError
from donghanh.history.models import Event
from donghanh.reports import actions, queries
from donghanh.reports.models import Report, Seal
from tests import factory
from tests.integration.reports import reporting
from tests.integration.reports.reporting import WRITTEN, YEAR, Season

pytestmark = pytest.mark.django_db
AT = factory.instant(WRITTEN)
WHY = "Một em được Đoàn khối giới thiệu trước khi nhập vào hệ thống."


@pytest.fixture
def here() -> Season:
    return reporting.season(roads=(Step.INTRODUCED, Step.ADMITTED))


def _change(here: Season, report: Report, **changes: object) -> Report:
    given = {
        "actor": here.secretary,
        "report_id": report.pk,
        "seen": report.revision,
        "code": "introduced",
        "value": 5,
        "reason": WHY,
        "at": AT,
        "today": WRITTEN,
    }
    return actions.change_figure(**(given | changes))  # type: ignore[arg-type]


def _send(here: Season, report: Report, on: date = WRITTEN) -> Report:
    report.refresh_from_db()
    return actions.send_report(
        actor=here.secretary, report_id=report.pk, seen=report.revision, at=AT, on=on
    )


def _amend(here: Season, report: Report, reason: str = "Sót một em.") -> Report:
    report.refresh_from_db()
    return actions.amend_report(
        actor=here.secretary,
        report_id=report.pk,
        seen=report.revision,
        reason=reason,
        at=AT,
        on=WRITTEN,
    )


def _accept(here: Season, report: Report) -> Report:
    report.refresh_from_db()
    return actions.accept_report(
        actor=here.officer, report_id=report.pk, seen=report.revision, at=AT
    )


def _refused(kind: type[Exception], act: Callable[[], object]) -> None:
    """Make sure an act is refused and leaves neither a row nor a line of history."""

    def state() -> object:
        rows = list(Report.objects.order_by("id").values())
        return rows, Seal.objects.count(), Event.objects.count()

    before = state()
    with pytest.raises(kind), transaction.atomic():
        act()
    assert state() == before


class TestChangeFigure:
    def test_shows_and_sends_both_figures_and_the_reason(self, here: Season) -> None:
        report = _change(here, reporting.begun(here))
        row = next(
            one
            for one in queries.report_page(here.secretary, report.pk, WRITTEN).rows
            if one.figure.code == "introduced"
        )
        assert (row.figure.value, row.changed) == (5, queries.Changed(2, 5, WHY))
        sent = _send(here, report)
        kept = next(one for one in sent.figures if one["code"] == "introduced")
        assert (kept["value"], kept["counted"], kept["reason"]) == (5, 2, WHY)
        assert len(kept["cases"]) == 2
        seen = queries.report_page(here.officer, report.pk, WRITTEN)
        assert seen.shown.changed["introduced"].counted == 2
        paper = queries.school_paper(here.officer, report.pk, WRITTEN)
        assert [row.note for row in paper.figures if row.value == 5] == [
            f"Đếm từ hồ sơ: 2. Lý do báo cáo 5: {WHY}"
        ]

    @pytest.mark.parametrize("value", [None, 2])
    def test_is_taken_back_by_the_counted_figure_without_a_reason(
        self, here: Season, value: int | None
    ) -> None:
        report = _change(here, reporting.begun(here))
        again = _change(here, report, value=value, reason="")
        assert again.changed == {}

    def test_is_no_change_where_the_cases_came_to_say_the_same(self, here: Season) -> None:
        report = _change(here, reporting.begun(here), value=3)
        factory.walk_to(Step.INTRODUCED, here.cast)
        kept = next(one for one in _send(here, report).figures if one["code"] == "introduced")
        assert kept["value"] == 3
        assert "counted" not in kept

    @pytest.mark.parametrize(
        ("refusal", "changes"),
        [
            (actions.ReasonMissing, {"reason": "  "}),
            (actions.BelowZero, {"value": -1}),
            (actions.BelowZero, {"value": actions.MOST + 1}),
            (actions.UnknownFigure, {"code": "khong-co"}),
            (actions.ChangedMeanwhile, {"seen": 7}),
            (actions.TooLong, {"reason": "A" * 2_001}),
        ],
    )
    def test_refuses_and_keeps_nothing(
        self, here: Season, refusal: type[RuleError], changes: dict[str, object]
    ) -> None:
        report = reporting.begun(here)
        _refused(refusal, lambda: _change(here, report, **changes))

    def test_refuses_a_sent_report_and_the_neighbour(self, here: Season) -> None:
        report = reporting.begun(here)
        _refused(Report.DoesNotExist, lambda: _change(here, report, actor=here.outsider))
        sent = _send(here, report)
        _refused(actions.NotOpen, lambda: _change(here, sent))


class TestChecks:
    def _far_from_last_year(self, here: Season) -> Report:
        """Let last year's accepted report say five more were introduced."""
        tasks = factory.ask_for_reports(here.cast, {here.cast.school.unit.pk: 0}, year="2022-2023")
        last = actions.open_report(
            actor=here.secretary, task_id=tasks[here.cast.school.unit.pk].pk, at=AT
        )
        last = _change(here, last, code="introduced", value=7)
        _send(here, last)
        return reporting.begun(here)

    def test_hold_the_report_until_each_warning_is_answered(self, here: Season) -> None:
        report = self._far_from_last_year(here)
        checks = queries.checks_now(here.secretary, report, WRITTEN)
        assert [(one.key, one.finding.said, one.finding.other) for one in checks] == [
            ("year_before.introduced", 2, 7)
        ]
        _refused(actions.WarningsOpen, lambda: _send(here, report))
        actions.answer_checks(
            actor=here.secretary,
            report_id=report.pk,
            seen=report.revision,
            answers={"year_before.introduced": "Khối 12 ít lớp hơn.", "year_before.lạ": "x"},
            at=AT,
            today=WRITTEN,
        )
        sent = _send(here, report)
        assert sent.answers == {"year_before.introduced": "Khối 12 ít lớp hơn."}
        said = json.loads(Seal.objects.get(report=sent).content)["answers"]
        assert [(one["against"], one["answer"]) for one in said] == [
            ("year_before", "Khối 12 ít lớp hơn.")
        ]

    def test_refuse_answers_to_another_state_and_answers_nobody_could_print(
        self, here: Season
    ) -> None:
        report = self._far_from_last_year(here)

        def answer(seen: int, said: str) -> Report:
            return actions.answer_checks(
                actor=here.secretary,
                report_id=report.pk,
                seen=seen,
                answers={"year_before.introduced": said},
                at=AT,
                today=WRITTEN,
            )

        _refused(actions.ChangedMeanwhile, lambda: answer(9, "A"))
        _refused(actions.TooLong, lambda: answer(report.revision, "A" * 2_001))


class TestSeals:
    def test_are_canonical_and_named_in_history(self, here: Season) -> None:
        report = reporting.sent(here)
        seal = Seal.objects.get(report=report)
        content = json.loads(seal.content)
        assert seal.content == canonical.text(content)
        assert seal.sha256 == canonical.digest(seal.content)
        assert (content["version"], content["sent"], content["form"]) == (
            1,
            "2024-06-03",
            "donghanh.report.1",
        )
        assert Event.objects.get(action="reports.sent").facts["sha256"] == seal.sha256

    def test_stay_byte_for_byte_whatever_is_done_later(self, here: Season) -> None:
        report = reporting.accepted(here)
        before = Seal.objects.get(report=report).content
        paper = queries.school_docx(here.officer, report.pk, WRITTEN)[1]
        factory.walk_to(Step.INTRODUCED, here.cast)
        later = WRITTEN + timedelta(days=400)
        assert queries.school_docx(here.officer, report.pk, later)[1] == paper
        _amend(here, report)
        _send(here, _change(here, Report.objects.get(pk=report.pk), value=9))
        _accept(here, report)
        actions.close_year(actor=here.officer, school_year=YEAR, at=AT)
        assert Seal.objects.get(report=report, version=1).content == before

    @pytest.mark.parametrize("change", ["update", "delete"])
    def test_cannot_be_changed_in_the_database(self, here: Season, change: str) -> None:
        seals = Seal.objects.filter(report=reporting.sent(here))
        with pytest.raises(DatabaseError), transaction.atomic():
            seals.update(content="{}") if change == "update" else seals.delete()


class TestAmendReport:
    def test_counts_what_was_accepted_until_the_amendment_is_accepted(self, here: Season) -> None:
        report = reporting.accepted(here)

        def counted() -> tuple[int, int]:
            sheet = queries.sheet(here.officer, YEAR, WRITTEN)
            place = [one.code for one in sheet.columns].index("introduced")
            return sheet.totals[place], len(sheet.accepted)

        _amend(here, report)
        assert counted() == (2, 1)
        sent = _send(here, _change(here, Report.objects.get(pk=report.pk), value=4))
        assert (sent.version, counted()) == (2, (2, 1))
        page = queries.report_page(here.officer, report.pk, WRITTEN)
        assert [(one.before, one.after) for one in page.difference] == [(2, 4)]
        behind = queries.figure_page(here.officer, report.pk, "introduced", WRITTEN, counted=True)
        assert (behind.figure.value, behind.changed) == (2, None)
        said = json.loads(Seal.objects.get(report=report, version=2).content)["amends"]
        assert (said["version"], said["reason"]) == (1, "Sót một em.")
        assert [(one["before"], one["after"]) for one in said["difference"]] == [(2, 4)]
        _accept(here, report)
        assert counted() == (4, 1)

    def test_is_returned_and_dropped_and_leaves_what_was_accepted(self, here: Season) -> None:
        report = reporting.accepted(here)
        kept = Report.objects.filter(pk=report.pk).values().get()
        _amend(here, report)
        sent = _send(here, _change(here, Report.objects.get(pk=report.pk), value=4))
        returned = actions.return_report(
            actor=here.officer, report_id=sent.pk, seen=sent.revision, comment="Chưa rõ.", at=AT
        )
        actions.drop_amendment(
            actor=here.secretary, report_id=sent.pk, seen=returned.revision, at=AT
        )
        now = Report.objects.filter(pk=report.pk).values().get()
        assert {**now, "revision": 0} == {**kept, "revision": 0}
        _amend(here, report)
        assert _send(here, Report.objects.get(pk=report.pk)).version == 3

    def test_refuses_a_second_one_in_flight_and_what_is_not_accepted(self, here: Season) -> None:
        report = reporting.sent(here)
        _refused(actions.NotAccepted, lambda: _amend(here, report))
        _accept(here, report)
        _refused(actions.ReasonMissing, lambda: _amend(here, report, reason=" "))
        _amend(here, report)
        _refused(actions.AmendmentInFlight, lambda: _amend(here, report))


class TestReturnReport:
    def test_marks_the_exact_figure_for_the_school(self, here: Season) -> None:
        report = reporting.sent(here)
        actions.return_report(
            actor=here.officer,
            report_id=report.pk,
            seen=report.revision,
            comment="Xem lại.",
            marks=["introduced"],
            at=AT,
        )
        rows = queries.report_page(here.secretary, report.pk, WRITTEN).rows
        assert [one.figure.code for one in rows if one.marked] == ["introduced"]

    def test_refuses_a_figure_the_report_has_not(self, here: Season) -> None:
        report = reporting.sent(here)
        _refused(
            actions.UnknownFigure,
            lambda: actions.return_report(
                actor=here.officer,
                report_id=report.pk,
                seen=report.revision,
                comment="Xem lại.",
                marks=["khong-co"],
                at=AT,
            ),
        )
