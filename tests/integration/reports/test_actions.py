"""Writing, sending, returning, accepting: each success, each refusal, and what is left behind."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from donghanh.directives.models import Task
from donghanh.domain.acts import Step
from donghanh.domain.authority import NotAllowed
from donghanh.domain.errors import RuleError
from donghanh.domain.indicators import CutoffOutsideYear
from donghanh.domain.rules import load
from donghanh.history.models import Event
from donghanh.reports import actions, queries, texts
from donghanh.reports.models import Report, Return
from tests import factory
from tests.integration.reports import reporting
from tests.integration.reports.reporting import LATE, WRITTEN, Season

pytestmark = pytest.mark.django_db
AT = factory.instant(WRITTEN)


@pytest.fixture
def here() -> Season:
    return reporting.season(roads=(Step.INTRODUCED, Step.ADMITTED))


def _refused(kind: type[Exception], act: Callable[[], object]) -> Exception:
    """Make sure an act is refused and leaves neither a row nor a line of history."""
    before = _state()
    with pytest.raises(kind) as caught, transaction.atomic():
        act()
    assert _state() == before
    return caught.value


def _state() -> object:
    return (
        list(Report.objects.order_by("id").values()),
        list(Return.objects.order_by("id").values()),
        list(Task.objects.order_by("id").values("pk", "answered_at")),
        Event.objects.count(),
    )


class TestOpenReport:
    def test_begins_at_the_last_day_in_time_with_five_empty_parts(self, here: Season) -> None:
        report = reporting.begun(here)
        assert report.cutoff_date == date(2024, 6, 9)
        assert report.parts == dict.fromkeys(texts.PARTS, "")
        assert (report.status, report.simulated) == ("writing", True)
        assert reporting.told(report.pk) == ["reports.opened"]

    def test_gives_the_same_report_the_second_time(self, here: Season) -> None:
        first = reporting.begun(here)
        assert reporting.begun(here) == first
        assert reporting.told(first.pk) == ["reports.opened"]

    def test_refuses_the_neighbours_task(self, here: Season) -> None:
        neighbour = here.tasks[here.cast.neighbour.unit.pk]
        _refused(
            Task.DoesNotExist,
            lambda: actions.open_report(actor=here.secretary, task_id=neighbour.pk, at=AT),
        )

    def test_refuses_the_union_the_task_of_the_school(self, here: Season) -> None:
        union = factory.actor(here.cast.union, WRITTEN)
        _refused(
            Task.DoesNotExist,
            lambda: actions.open_report(actor=union, task_id=here.task.pk, at=AT),
        )

    @pytest.mark.parametrize("who", ["officer", "leader", "upper_unionist", "committee"])
    def test_refuses_whoever_does_not_report(self, here: Season, who: str) -> None:
        actor = factory.actor(getattr(here.cast, who), WRITTEN)
        _refused(NotAllowed, lambda: actions.open_report(actor=actor, task_id=here.task.pk, at=AT))


class TestWriteParts:
    def test_keeps_words_and_day_and_says_which_changed(self, here: Season) -> None:
        report = reporting.begun(here)
        kept = actions.write_parts(
            actor=here.secretary,
            report_id=report.pk,
            seen=1,
            parts={"results": " Đã tổ chức 02 lễ kết nạp. "},
            cutoff=date(2024, 5, 31),
            at=AT,
        )
        kept.refresh_from_db()
        assert kept.parts["results"] == "Đã tổ chức 02 lễ kết nạp."
        assert (kept.cutoff_date, kept.revision) == (date(2024, 5, 31), 2)
        event = Event.objects.filter(action="reports.written").get()
        assert event.facts == {"parts": ["results"], "cutoff": "2024-05-31"}

    def test_writes_nothing_when_nothing_changed(self, here: Season) -> None:
        report = reporting.begun(here)
        actions.write_parts(
            actor=here.secretary,
            report_id=report.pk,
            seen=1,
            parts={},
            cutoff=report.cutoff_date,
            at=AT,
        )
        assert reporting.told(report.pk) == ["reports.opened"]

    @pytest.mark.parametrize(
        ("refusal", "seen", "cutoff", "words"),
        [
            (actions.ChangedMeanwhile, 0, date(2024, 5, 31), "A"),
            (CutoffOutsideYear, 1, date(2024, 8, 1), "A"),  # first day of the next year
            (CutoffOutsideYear, 1, date(2023, 7, 31), "A"),  # last day of the year before
            (actions.TooLong, 1, date(2024, 5, 31), "A" * (texts.LONGEST_PART + 1)),
        ],
    )
    def test_refuses_and_keeps_nothing(
        self, here: Season, refusal: type[RuleError], seen: int, cutoff: date, words: str
    ) -> None:
        report = reporting.begun(here)
        _refused(
            refusal,
            lambda: actions.write_parts(
                actor=here.secretary,
                report_id=report.pk,
                seen=seen,
                parts={"results": words},
                cutoff=cutoff,
                at=AT,
            ),
        )

    def test_refuses_a_sent_report(self, here: Season) -> None:
        report = reporting.sent(here)
        _refused(
            actions.NotOpen,
            lambda: actions.write_parts(
                actor=here.secretary,
                report_id=report.pk,
                seen=report.revision,
                parts={"results": "Khác"},
                cutoff=report.cutoff_date,
                at=AT,
            ),
        )

    def test_does_not_know_the_neighbours_report(self, here: Season) -> None:
        report = reporting.begun(here)
        _refused(
            Report.DoesNotExist,
            lambda: actions.write_parts(
                actor=here.outsider,
                report_id=report.pk,
                seen=1,
                parts={"results": "Khác"},
                cutoff=report.cutoff_date,
                at=AT,
            ),
        )


class TestSendReport:
    def test_freezes_figures_rulebook_day_and_sender_and_answers_the_task(
        self, here: Season
    ) -> None:
        report = reporting.sent(here)
        report.refresh_from_db()
        assert report.status == "sent"
        assert (report.sent_date, report.first_sent_date) == (WRITTEN, WRITTEN)
        assert report.cutoff_date == WRITTEN  # the ninth of June had not come yet
        assert report.rulebook_version == load().version
        assert report.sent_by == here.cast.secretary
        assert {one["code"]: one["value"] for one in report.figures}["admitted"] == 1
        assert Task.objects.get(pk=here.task.pk).answered_at == AT
        assert reporting.told(report.pk) == ["reports.opened", "reports.sent"]

    def test_does_not_change_when_the_cases_change_later(self, here: Season) -> None:
        report = reporting.sent(here)
        before = queries.figures_of(report, WRITTEN)
        factory.walk_to(Step.INTRODUCED, here.cast)  # an act of September, recorded afterwards
        report.refresh_from_db()
        assert queries.figures_of(report, WRITTEN) == before
        live = queries.counting(report, WRITTEN).figures
        assert [one.value for one in live] != [one.value for one in before]

    def test_refuses_a_second_sending(self, here: Season) -> None:
        report = reporting.sent(here)
        _refused(
            actions.AlreadySent,
            lambda: actions.send_report(
                actor=here.secretary, report_id=report.pk, seen=report.revision, at=AT, on=WRITTEN
            ),
        )

    def test_refuses_what_was_changed_meanwhile(self, here: Season) -> None:
        report = reporting.begun(here)
        _refused(
            actions.ChangedMeanwhile,
            lambda: actions.send_report(
                actor=here.secretary, report_id=report.pk, seen=7, at=AT, on=WRITTEN
            ),
        )

    def test_refuses_figures_that_moved_since_they_were_looked_at(self, here: Season) -> None:
        report = reporting.begun(here)
        looked_at = queries.report_page(here.secretary, report.pk, WRITTEN).digest
        factory.walk_to(Step.INTRODUCED, here.cast)
        _refused(
            actions.FiguresMoved,
            lambda: actions.send_report(
                actor=here.secretary,
                report_id=report.pk,
                seen=1,
                figures_seen=looked_at,
                at=AT,
                on=WRITTEN,
            ),
        )

    def test_does_not_know_the_neighbours_report(self, here: Season) -> None:
        report = reporting.begun(here)
        _refused(
            Report.DoesNotExist,
            lambda: actions.send_report(
                actor=here.outsider, report_id=report.pk, seen=1, at=AT, on=WRITTEN
            ),
        )

    def test_keeps_the_first_day_of_sending_through_a_return(self, here: Season) -> None:
        report = reporting.returned(here)
        again = actions.send_report(
            actor=here.secretary,
            report_id=report.pk,
            seen=report.revision,
            at=factory.instant(LATE),
            on=LATE,
        )
        assert (again.first_sent_date, again.sent_date) == (WRITTEN, LATE)
        assert queries.report_page(here.secretary, report.pk, LATE).days_late == 0


class TestReturnReport:
    def test_keeps_the_comment_and_what_had_been_sent(self, here: Season) -> None:
        report = reporting.returned(here, " Ghi rõ phần III. ")
        made = report.returns.get()
        assert made.comment == "Ghi rõ phần III."
        assert made.content["figures"] == report.figures
        assert report.status == "returned"
        assert reporting.told(report.pk)[-1] == "reports.returned"

    def test_lets_the_school_write_and_send_again(self, here: Season) -> None:
        report = reporting.returned(here)
        kept = actions.write_parts(
            actor=here.secretary,
            report_id=report.pk,
            seen=report.revision,
            parts={"assessment": "Đã bổ sung."},
            cutoff=report.cutoff_date,
            at=AT,
        )
        again = actions.send_report(
            actor=here.secretary, report_id=kept.pk, seen=kept.revision, at=AT, on=WRITTEN
        )
        assert again.status == "sent"

    def test_hides_the_schools_corrections_until_it_is_sent_again(self, here: Season) -> None:
        report = reporting.returned(here)
        actions.write_parts(
            actor=here.secretary,
            report_id=report.pk,
            seen=report.revision,
            parts={"assessment": "Đang sửa dở."},
            cutoff=date(2024, 5, 31),
            at=AT,
        )
        seen = queries.report_page(here.officer, report.pk, WRITTEN).shown
        assert (seen.frozen, seen.parts["assessment"], seen.cutoff) == (
            True,
            "",
            WRITTEN,  # sent before the cut-off day: counted up to the day of sending
        )

    @pytest.mark.parametrize(
        ("comment", "refusal"),
        [
            ("", actions.CommentMissing),
            (" \n", actions.CommentMissing),
            ("A" * (texts.LONGEST_COMMENT + 1), actions.TooLong),
        ],
    )
    def test_refuses_a_comment_that_says_nothing_or_too_much(
        self, here: Season, comment: str, refusal: type[RuleError]
    ) -> None:
        report = reporting.sent(here)
        _refused(refusal, lambda: self._return(here, report, comment=comment))

    def test_refuses_a_report_that_does_not_wait(self, here: Season) -> None:
        report = reporting.accepted(here)
        _refused(actions.NotSent, lambda: self._return(here, report))

    def test_refuses_what_was_sent_again_since_it_was_looked_at(self, here: Season) -> None:
        report = reporting.sent(here)
        _refused(actions.SentAgain, lambda: self._return(here, report, seen=1))

    def test_refuses_the_school(self, here: Season) -> None:
        report = reporting.sent(here)
        _refused(
            NotAllowed,
            lambda: actions.return_report(
                actor=here.secretary, report_id=report.pk, seen=report.revision, comment="A", at=AT
            ),
        )

    def test_is_refused_by_the_database_without_a_comment(self, here: Season) -> None:
        report = reporting.sent(here)
        _refused(
            IntegrityError,
            lambda: Return.objects.create(
                report=report,
                comment="",
                content={},
                returned_at=AT,
                returned_by=here.cast.officer,
            ),
        )

    def _return(
        self, here: Season, report: Report, comment: str = "Xem lại.", seen: int | None = None
    ) -> Report:
        return actions.return_report(
            actor=here.officer,
            report_id=report.pk,
            seen=report.revision if seen is None else seen,
            comment=comment,
            at=AT,
        )


class TestAcceptReport:
    @pytest.mark.parametrize("who", ["officer", "leader"])
    def test_makes_it_count(self, here: Season, who: str) -> None:
        report = reporting.sent(here)
        actions.accept_report(
            actor=factory.actor(getattr(here.cast, who), WRITTEN),
            report_id=report.pk,
            seen=report.revision,
            at=AT,
        )
        sheet = queries.sheet(here.officer, reporting.YEAR, WRITTEN)
        assert [line.unit.id for line in sheet.accepted] == [here.cast.school.unit.pk]
        assert reporting.told(report.pk)[-1] == "reports.accepted"

    def test_refuses_a_second_click(self, here: Season) -> None:
        report = reporting.accepted(here)
        _refused(
            actions.NotSent,
            lambda: actions.accept_report(
                actor=here.officer, report_id=report.pk, seen=report.revision, at=AT
            ),
        )

    def test_refuses_what_was_sent_again_since_it_was_looked_at(self, here: Season) -> None:
        report = reporting.returned(here)
        looked_at = report.revision - 1
        actions.send_report(
            actor=here.secretary, report_id=report.pk, seen=report.revision, at=AT, on=WRITTEN
        )
        _refused(
            actions.SentAgain,
            lambda: actions.accept_report(
                actor=here.leader, report_id=report.pk, seen=looked_at, at=AT
            ),
        )

    def test_does_not_know_a_report_that_was_not_sent(self, here: Season) -> None:
        report = reporting.begun(here)
        _refused(
            Report.DoesNotExist,
            lambda: actions.accept_report(actor=here.officer, report_id=report.pk, seen=1, at=AT),
        )
