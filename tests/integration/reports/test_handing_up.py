"""Sums handed up a line: a body above counts what those below count, each pupil once."""

from __future__ import annotations

import io
from datetime import date

import docx
import pytest

from donghanh.accounts.models import User
from donghanh.directives import actions as directives
from donghanh.directives.models import Task
from donghanh.domain.acts import Step
from donghanh.domain.authority import Actor
from donghanh.domain.drafting import Addressing, Choice
from donghanh.domain.errors import RuleError
from donghanh.domain.rights import Role
from donghanh.domain.structure import Line, UnitKind
from donghanh.lib import wall
from donghanh.organisation.models import Unit, UnitVersion
from donghanh.reports import actions, queries
from donghanh.reports.models import Consolidation, Report
from tests import factory
from tests.integration.directives import drafting
from tests.integration.reports import lining, reporting
from tests.integration.reports.reporting import WRITTEN, YEAR

pytestmark = pytest.mark.django_db
AT = factory.instant(WRITTEN)
ASKED = date(2024, 3, 4)
ROADS = (Step.ADMITTED, Step.ADMITTED, Step.INTRODUCED)
_ABOVE = {Line.PARTY: UnitKind.BASE_COMMITTEE, Line.UNION: UnitKind.BLOC_UNION}


class Levels:
    """A line with three levels: a top, a body in the middle with one school, a school directly."""

    def __init__(self, line: Line) -> None:
        """Let the top ask all bodies below it, and the middle its own cell or Union."""
        self.line = line
        self.here = reporting.season(roads=ROADS)
        cast = drafting.lettered(self.here.cast)
        self.top_user, self.middle_user, self.middle = (
            (cast.committee, cast.base_member, cast.base)
            if line is Line.PARTY
            else (cast.upper_unionist, *_bloc(cast))
        )
        kind = UnitKind.CELL if line is Line.PARTY else UnitKind.SCHOOL_UNION
        duty = [lining.DUTY]
        for user, choice in (
            (self.top_user, Choice(Addressing.KIND, kind=_ABOVE[line])),
            (self.top_user, Choice(Addressing.KIND, kind=kind)),
            (self.middle_user, Choice(Addressing.KIND, kind=kind)),
        ):
            drafting.issued(user, user, ASKED, choice=choice, duties=duty, bases=[])

    def actor(self, user: User) -> Actor:
        """Return somebody on the day reports are written."""
        return factory.actor(user, WRITTEN)

    @property
    def top(self) -> Actor:
        """Return who adds up for all."""
        return self.actor(self.top_user)

    @property
    def between(self) -> Actor:
        """Return who adds up in the middle."""
        return self.actor(self.middle_user)

    def accepted(self, asker: Actor, *, neighbour: bool = False) -> Report:
        """Let a school's cell or Union report to a body, which accepts it."""
        where = self.here.cast.neighbour if neighbour else self.here.cast.school
        user = where.secretary if self.line is Line.PARTY else where.union
        task = Task.objects.get(
            recipient__school=where.unit,
            recipient__directive__issuer_id=asker.post.unit_id,
            kind="report",
        )
        who = self.actor(user)
        report = actions.open_report(actor=who, task_id=task.pk, at=AT)
        report = actions.send_report(
            actor=who, report_id=report.pk, seen=report.revision, at=AT, on=WRITTEN
        )
        return actions.accept_report(actor=asker, report_id=report.pk, seen=report.revision, at=AT)


def _bloc(cast: factory.Cast) -> tuple[User, Unit]:
    """Put a Union of a bloc between the Union above and that of the school."""
    bloc = factory.unit("doan-khoi", UnitKind.BLOC_UNION, "Đoàn Khối (mô phỏng)")
    UnitVersion.objects.filter(unit=bloc).update(symbol="ĐTNK")
    cast.school.youth.parents.filter(line=Line.UNION.value).delete()
    factory.link(bloc, cast.upper_union, Line.UNION)
    factory.link(cast.school.youth, bloc, Line.UNION)
    user = factory.holder("doankhoi", "Mai Thị Lan", bloc, Role.UPPER_UNION, "Bí thư")
    return user, bloc


def _make(actor: Actor, **given: object) -> actions.Made:
    asked = {"actor": actor, "school_year": YEAR, "at": AT, "on": WRITTEN} | given
    return actions.consolidate(**asked)  # type: ignore[arg-type]


LINES = pytest.mark.parametrize("line", [Line.PARTY, Line.UNION])


class TestHandedUp:
    @LINES
    def test_is_conserved_from_the_schools_to_the_top(self, line: Line) -> None:
        levels = Levels(line)
        below = levels.accepted(levels.between)
        direct = levels.accepted(levels.top, neighbour=True)
        own = queries.Own({"introduced": 2}, "Chi bộ ngoài hệ thống báo bằng giấy.")
        _make(levels.between, own=own, hand_up=True)
        sheet = queries.sheet(levels.top, YEAR, WRITTEN)
        totals = {one.code: value or 0 for value, one in sheet.total_cells}
        for code in totals:
            parts = [
                next(one["value"] for one in report.figures if one["code"] == code)
                for report in (below, direct)
            ]
            assert totals[code] == sum(parts) + own.figures.get(code, 0)
        made = _make(levels.top).consolidation
        assert made.content["totals"] == list(sheet.totals)

    @LINES
    def test_counts_a_school_asked_by_both_levels_once(self, line: Line) -> None:
        levels = Levels(line)
        first = levels.accepted(levels.between)
        top = Task.objects.get(
            recipient__school=levels.here.cast.school.unit,
            recipient__directive__issuer_id=levels.top.post.unit_id,
        )
        directives.link_tasks(actor=levels.here.secretary, task_ids={first.task_id, top.pk}, at=AT)
        before = queries.sheet(levels.top, YEAR, WRITTEN)
        _make(levels.between, hand_up=True)
        after = queries.sheet(levels.top, YEAR, WRITTEN)
        assert after.totals == before.totals
        assert sum(after.totals) > 0
        states = {one.unit.id: one.status for one in after.lines}
        assert states[levels.middle.pk] == "handed"
        assert "inside" in states.values()

    @LINES
    def test_names_the_units_that_are_missing_below(self, line: Line) -> None:
        levels = Levels(line)
        levels.accepted(levels.between)
        levels.accepted(levels.top, neighbour=True)
        made = _make(levels.between, hand_up=True).consolidation
        Consolidation.objects.filter(pk=made.pk).update(
            content={**made.content, "missing": ["Chi bộ xa"]}
        )
        sheet = queries.sheet(levels.top, YEAR, WRITTEN)
        name = levels.between.post.unit_name
        assert sheet.missing_below == ((name, ("Chi bộ xa",)),)
        paper = _make(levels.top).docx
        said = "\n".join(one.text for one in docx.Document(io.BytesIO(paper)).paragraphs)
        assert f"Số của {name} chưa gồm: Chi bộ xa." in said

    @LINES
    def test_answers_the_duty_and_is_written_to_whom_it_is_handed_up(self, line: Line) -> None:
        levels = Levels(line)
        levels.accepted(levels.between)
        made = _make(levels.between, hand_up=True)
        task = Task.objects.get(recipient__unit=levels.middle)
        assert (made.consolidation.task, task.answered_at) == (task, AT)
        text = "\n".join(one.text for one in docx.Document(io.BytesIO(made.docx)).paragraphs)
        assert f"Kính gửi: {levels.top.post.unit_name}" in text
        kept, again = queries.consolidated_docx(levels.top, made.consolidation.pk)
        assert (kept, again) == (made.consolidation, made.docx)

    @LINES
    def test_is_read_by_the_body_above_alone_behind_both_walls(self, line: Line) -> None:
        levels = Levels(line)
        levels.accepted(levels.between)
        unsent = _make(levels.between).consolidation
        handed = _make(levels.between, hand_up=True).consolidation
        with pytest.raises(Consolidation.DoesNotExist):
            queries.get_consolidation(levels.top, unsent.pk)
        for actor, seen in ((levels.top, {handed.pk}), (levels.here.officer, set())):
            reach = actor.reach
            with wall.looking(reach.way, reach.settings):
                assert set(Consolidation.objects.values_list("pk", flat=True)) == seen

    def test_is_refused_where_nobody_above_asks_or_the_year_is_closed(self) -> None:
        levels = Levels(Line.PARTY)
        levels.accepted(levels.between)
        reporting.accepted(levels.here)
        refused: list[tuple[Actor, type[RuleError]]] = [
            (levels.here.officer, actions.NotAskedAbove)
        ]
        actions.close_year(actor=levels.top, school_year=YEAR, at=AT)
        refused.append((levels.between, actions.YearClosed))
        for actor, refusal in refused:
            with pytest.raises(refusal):
                _make(actor, hand_up=True)
        assert not Consolidation.objects.exists()
