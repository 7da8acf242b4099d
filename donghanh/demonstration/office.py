"""What a department and its schools do with a letter, from its reading to the consolidation."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from donghanh.accounts.models import User
from donghanh.demonstration import wording
from donghanh.demonstration.diary import Diary
from donghanh.demonstration.stage import School, Stage
from donghanh.directives import actions as directives
from donghanh.directives.models import Task
from donghanh.reports import actions as reports
from donghanh.reports import queries as papers
from donghanh.reports.models import Report


@dataclass(slots=True)
class Letter:
    """A letter on its way; it comes into being as the diary is played."""

    file_name: str
    data: bytes
    directive_id: int = 0
    revision: int = 1


@dataclass(slots=True)
class Office:
    """Writes what is done with letters and reports into a diary."""

    stage: Stage
    diary: Diary
    officer: User
    made: list[reports.Made] = field(default_factory=list)

    def keep(self, letter: Letter, on: date) -> None:
        """Let the officer have a letter read by machine."""

        def deed(on: date, at: datetime) -> None:
            kept = directives.keep_letter(
                actor=self.stage.actor(self.officer),
                file_name=letter.file_name,
                data=letter.data,
                at=at,
                simulated=True,
            )
            letter.directive_id, letter.revision = kept.pk, kept.revision

        self.diary.write(on, 8, deed)

    def correct(self, letter: Letter, on: date, changes: Mapping[str, Any]) -> None:
        """Let the officer fill in what the letter left blank."""

        def deed(on: date, at: datetime) -> None:
            corrected = directives.correct_reading(
                actor=self.stage.actor(self.officer),
                directive_id=letter.directive_id,
                seen=letter.revision,
                changes=changes,
                at=at,
            )
            letter.revision = corrected.revision

        self.diary.write(on, 9, deed)

    def issue(self, letter: Letter, on: date, shares: Mapping[int, int]) -> None:
        """Let the officer issue a letter to units by id."""

        def deed(on: date, at: datetime) -> None:
            directives.issue_directive(
                actor=self.stage.actor(self.officer),
                directive_id=letter.directive_id,
                shares=shares,
                at=at,
                on=on,
            )

        self.diary.write(on, 10, deed)

    def acknowledge(self, letter: Letter, school: School, on: date) -> None:
        """Let a school open a letter and confirm that it takes it on."""

        def deed(on: date, at: datetime) -> None:
            actor = self.stage.actor(school.secretary)
            directives.open_received(actor=actor, directive_id=letter.directive_id, at=at)
            directives.acknowledge(actor=actor, directive_id=letter.directive_id, at=at)

        self.diary.write(on, 11, deed)

    def remind(self, letter: Letter, on: date) -> None:
        """Let the officer remind the units that are late."""

        def deed(on: date, at: datetime) -> None:
            actor = self.stage.actor(self.officer)
            directives.remind_late(actor=actor, directive_id=letter.directive_id, at=at, on=on)

        self.diary.write(on, 13, deed)

    def write(self, letter: Letter, school: School, on: date, cutoff: date | None = None) -> None:
        """Let a school begin its report, and write its words."""

        def deed(on: date, at: datetime) -> None:
            actor = self.stage.actor(school.secretary)
            asked = Task.objects.filter(
                recipient__directive_id=letter.directive_id,
                recipient__unit_id=school.unit.pk,
                kind="report",
            )
            task = asked.order_by("last_date").reverse()[:1].get()
            report = reports.open_report(actor=actor, task_id=task.pk, at=at)
            reports.write_parts(
                actor=actor,
                report_id=report.pk,
                seen=report.revision,
                parts=wording.school(school.name),
                cutoff=cutoff or report.cutoff_date,
                at=at,
            )

        self.diary.write(on, 8, deed)

    def send(self, letter: Letter, school: School, on: date) -> None:
        """Let a school send its report."""

        def deed(report: Report, on: date, at: datetime) -> None:
            actor = self.stage.actor(school.secretary)
            asked = papers.unanswered(papers.checks_now(actor, report, on))
            report = reports.answer_checks(
                actor=actor,
                report_id=report.pk,
                seen=report.revision,
                answers={one.key: wording.explained(one.finding) for one in asked},
                at=at,
                today=on,
            )
            reports.send_report(
                actor=actor, report_id=report.pk, seen=report.revision, at=at, on=on
            )

        self._with_report(letter, school, on, 10, deed)

    def give_back(self, letter: Letter, school: School, on: date, comment: str) -> None:
        """Let the officer return a report with a comment."""

        def deed(report: Report, on: date, at: datetime) -> None:
            actor = self.stage.actor(self.officer)
            reports.return_report(
                actor=actor, report_id=report.pk, seen=report.revision, comment=comment, at=at
            )

        self._with_report(letter, school, on, 14, deed)

    def accept(self, letter: Letter, school: School, on: date) -> None:
        """Let the officer accept a report."""

        def deed(report: Report, on: date, at: datetime) -> None:
            actor = self.stage.actor(self.officer)
            reports.accept_report(actor=actor, report_id=report.pk, seen=report.revision, at=at)

        self._with_report(letter, school, on, 15, deed)

    def reported(self, letter: Letter, school: School, sent: date, accepted: date) -> None:
        """Let a school write and send its report on a day, and the officer accept it on another."""
        self.write(letter, school, sent)
        self.send(letter, school, sent)
        self.accept(letter, school, accepted)

    def consolidate(self, school_year: str, on: date) -> None:
        """Let the officer make the consolidated report."""

        def deed(on: date, at: datetime) -> None:
            actor = self.stage.actor(self.officer)
            asked = papers.gathering_page(actor, school_year, on, wording.department()).checks
            made = reports.consolidate(
                actor=actor,
                school_year=school_year,
                parts=wording.department(),
                answers={one.key: wording.explained(one.finding) for one in asked},
                at=at,
                on=on,
            )
            self.made.append(made)

        self.diary.write(on, 16, deed)

    def _with_report(
        self,
        letter: Letter,
        school: School,
        on: date,
        hour: int,
        deed: Callable[[Report, date, datetime], None],
    ) -> None:
        def found(on: date, at: datetime) -> None:
            seen = papers.visible_to(self.stage.actor(school.secretary))
            report = seen.get(task__recipient__directive_id=letter.directive_id)
            deed(report, on, at)

        self.diary.write(on, hour, found)
