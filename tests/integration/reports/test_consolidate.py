"""Consolidating: the sheet, the versions, the paper opened again; two who do it at once."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable
from datetime import date

import docx
import pytest

from donghanh.domain import indicators, rules
from donghanh.domain.acts import Step
from donghanh.domain.authority import NotAllowed
from donghanh.domain.errors import RuleError
from donghanh.dossiers.models import Dossier
from donghanh.history.models import Event
from donghanh.reports import actions, queries, texts
from donghanh.reports.models import Consolidation, Report
from tests import factory
from tests.integration.reports import reporting
from tests.integration.reports.reporting import LATE, WRITTEN, YEAR, Season

AT = factory.instant(WRITTEN)


def _season() -> Season:
    return reporting.season(roads=(Step.ADMITTED, Step.ADMITTED, Step.INTRODUCED))


def _consolidate(here: Season, **changes: object) -> actions.Made:
    given = {"actor": here.officer, "school_year": YEAR, "at": AT, "on": WRITTEN}
    return actions.consolidate(**(given | changes))  # type: ignore[arg-type]


@pytest.mark.django_db
class TestConsolidate:
    def test_keeps_a_version_whose_paper_says_target_two_against_the_result(self) -> None:
        here = _season()
        reporting.accepted(here)
        made = _consolidate(here, parts={"results": "Kết quả tốt."})
        tables = docx.Document(io.BytesIO(made.docx)).tables
        cells = [[cell.text for cell in row.cells] for table in tables for row in table.rows]
        school, neighbour = "Trường THPT (mô phỏng) Đức Lập", "Trường THPT (mô phỏng) Quảng Tín"
        # Who has no right to the cases prints no small figure of a single unit.
        assert [school, "2", "≤ 4", "–"] in [row[1:] for row in cells]
        assert [neighbour, "Chưa gửi", *["–"] * 7] in [row[1:] for row in cells]
        #           introduced, listed, trained, passed, decided, held, waiting
        assert [school, "Đã duyệt", *["≤ 4"] * 6, "0"] in [row[1:] for row in cells]
        assert ["", "Tổng cộng", "1/2 đơn vị", "3", "2", "2", "2", "2", "2", "0"] in cells
        text = "\n".join(one.text for one in docx.Document(io.BytesIO(made.docx)).paragraphs)
        assert "Kết quả tốt." in text
        assert f"1. {neighbour}" in text

    def test_gives_the_same_paper_again_from_what_is_kept(self) -> None:
        here = _season()
        reporting.accepted(here)
        made = _consolidate(here)
        reporting.accepted(here, neighbour=True)
        factory.walk_to(Step.INTRODUCED, here.cast)
        kept, again = queries.consolidated_docx(here.leader, made.consolidation.pk)
        assert again == made.docx
        assert kept.sha256 == hashlib.sha256(again).hexdigest()

    def test_refuses_a_paper_that_is_not_the_one_made_then(self) -> None:
        here = _season()
        reporting.accepted(here)
        made = _consolidate(here).consolidation
        Consolidation.objects.filter(pk=made.pk).update(content={**made.content, "result": 9})
        with pytest.raises(queries.PaperChanged):
            queries.consolidated_docx(here.officer, made.pk)

    def test_counts_the_versions_up_and_writes_one_line_each(self) -> None:
        here = _season()
        reporting.accepted(here)
        versions = [_consolidate(here, seen=seen).consolidation.version for seen in (0, 1)]
        assert versions == [1, 2]
        assert Event.objects.filter(action="reports.consolidated").count() == 2

    def test_takes_the_cut_off_from_the_accepted_reports_alone(self) -> None:
        here = _season()
        report = reporting.begun(here)
        kept = actions.write_parts(
            actor=here.secretary,
            report_id=report.pk,
            seen=report.revision,
            parts={},
            cutoff=date(2024, 5, 31),
            at=AT,
        )
        sent = actions.send_report(
            actor=here.secretary, report_id=kept.pk, seen=kept.revision, at=AT, on=WRITTEN
        )
        actions.accept_report(actor=here.officer, report_id=sent.pk, seen=sent.revision, at=AT)
        reporting.sent(here, neighbour=True)  # up to 9 June, and not accepted
        assert _consolidate(here).consolidation.cutoff_date == date(2024, 5, 31)

    @pytest.mark.parametrize(
        ("accept", "changes", "refusal"),
        [
            (False, {}, actions.NothingAccepted),
            (True, {"seen": 1}, actions.ConsolidatedMeanwhile),
            (True, {"parts": {"results": "A" * (texts.LONGEST_PART + 1)}}, actions.TooLong),
        ],
    )
    def test_refuses_and_writes_nothing(
        self, accept: bool, changes: dict[str, object], refusal: type[RuleError]
    ) -> None:
        here = _season()
        (reporting.accepted if accept else reporting.sent)(here)
        events = Event.objects.count()
        with pytest.raises(refusal):
            _consolidate(here, **changes)
        assert (Consolidation.objects.count(), Event.objects.count()) == (0, events)

    @pytest.mark.parametrize("who", ["secretary", "outsider", "union"])
    def test_refuses_everybody_but_the_department(self, who: str) -> None:
        here = _season()
        reporting.accepted(here)
        with pytest.raises(NotAllowed):
            _consolidate(here, actor=factory.actor(getattr(here.cast, who), WRITTEN))
        assert not Consolidation.objects.exists()

    def test_holds_no_name_of_a_pupil(self) -> None:
        here = _season()
        reporting.accepted(here)
        made = _consolidate(here)
        said = str(made.consolidation.content) + "".join(
            cell.text
            for table in docx.Document(io.BytesIO(made.docx)).tables
            for row in table.rows
            for cell in row.cells
        )
        people = [one.person.full_name for one in Dossier.objects.select_related("person")]
        assert people
        assert [name for name in people if name in said] == []


@pytest.mark.django_db
class TestSheet:
    def test_says_who_is_late_by_how_many_days(self) -> None:
        here = _season()
        reporting.sent(here, on=LATE)
        lines = queries.sheet(here.officer, YEAR, date(2024, 6, 25)).lines
        by_unit = {line.unit.id: line for line in lines}
        ours = by_unit[here.cast.school.unit.pk]
        neighbour = by_unit[here.cast.neighbour.unit.pk]
        assert (ours.status, ours.days_late) == ("sent", 11)  # 20 June against 9 June
        assert (neighbour.status, neighbour.days_late) == ("missing", 16)  # 25 June against 9 June

    @pytest.mark.parametrize(("on", "late"), [(date(2024, 6, 9), 0), (date(2024, 6, 10), 1)])
    def test_is_in_time_on_the_last_day_and_late_on_the_next(self, on: date, late: int) -> None:
        here = _season()
        report = reporting.sent(here, on=on)
        lines = {line.report: line for line in queries.sheet(here.officer, YEAR, LATE).lines}
        assert lines[report].days_late == late

    def test_totals_the_accepted_and_names_the_others(self) -> None:
        here = _season()
        reporting.sent(here)
        sheet = queries.sheet(here.officer, YEAR, WRITTEN)
        assert (sheet.result, sheet.target, set(sheet.totals)) == (0, 2, {0})
        assert len(sheet.missing) == 2
        report = Report.objects.get()
        actions.accept_report(actor=here.officer, report_id=report.pk, seen=report.revision, at=AT)
        sheet = queries.sheet(here.officer, YEAR, WRITTEN)
        assert (sheet.result, sheet.target) == (2, 2)
        assert [line.unit.id for line in sheet.missing] == [here.cast.neighbour.unit.pk]

    def test_shows_no_figures_of_a_report_being_corrected(self) -> None:
        here = _season()
        reporting.returned(here)
        line = next(one for one in queries.sheet(here.officer, YEAR, WRITTEN).lines if one.report)
        assert (line.status, line.result, set(line.figures)) == ("returned", None, {None})

    def test_marks_exactly_one_figure_as_the_answer_to_the_target(self) -> None:
        known = indicators.load(rules.load())
        assert [one.code for one in known if one.answers_target] == ["admitted"]

    @pytest.mark.parametrize("who", ["secretary", "union", "committee", "upper_unionist"])
    def test_has_no_line_for_anybody_else(self, who: str) -> None:
        here = _season()
        reporting.accepted(here)
        assert (
            queries.sheet(factory.actor(getattr(here.cast, who), WRITTEN), YEAR, WRITTEN).lines
            == ()
        )


@pytest.mark.django_db(transaction=True)
class TestTwoAtOnce:
    def test_only_one_of_two_sendings_counts(self) -> None:
        here = reporting.season(roads=(Step.ADMITTED,))
        report = reporting.begun(here)
        outcomes = _together(
            lambda: actions.send_report(
                actor=here.secretary, report_id=report.pk, seen=report.revision, at=AT, on=WRITTEN
            )
        )
        assert sorted(outcomes) == ["AlreadySent", "done"]
        assert reporting.told(report.pk).count("reports.sent") == 1

    def test_only_one_of_acceptance_and_second_acceptance_counts(self) -> None:
        here = reporting.season(roads=(Step.ADMITTED,))
        report = reporting.sent(here)
        outcomes = _together(
            lambda: actions.accept_report(
                actor=here.officer, report_id=report.pk, seen=report.revision, at=AT
            )
        )
        assert sorted(outcomes) == ["NotSent", "done"]

    def test_two_who_saw_the_same_versions_make_one_between_them(self) -> None:
        here = reporting.season(roads=(Step.ADMITTED,))
        reporting.accepted(here)
        outcomes = _together(lambda: _consolidate(here, seen=0))
        assert sorted(outcomes) == ["ConsolidatedMeanwhile", "done"]
        assert list(Consolidation.objects.values_list("version", flat=True)) == [1]

    def test_two_who_did_not_look_make_two_versions_without_a_clash(self) -> None:
        here = reporting.season(roads=(Step.ADMITTED,))
        reporting.accepted(here)
        assert _together(lambda: _consolidate(here)) == ["done", "done"]
        assert sorted(Consolidation.objects.values_list("version", flat=True)) == [1, 2]


def _together(act: Callable[[], object]) -> list[str]:
    """Do the same thing in two threads that start at the same moment; say how each ended."""
    return reporting.together(act, act)
