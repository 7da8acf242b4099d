"""The department before and after the merger, by command: every figure against a second count."""

from __future__ import annotations

import io
import json
import random
from collections import Counter
from collections.abc import Iterator
from contextlib import redirect_stdout
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from pytest_django import DjangoDbBlocker

from donghanh.config import cli
from donghanh.demonstration import reform_2025 as reform
from donghanh.demonstration import scratch
from donghanh.domain.rights import Role
from donghanh.domain.succession import View
from donghanh.history import actions as history
from donghanh.indicators import actions as indicators
from donghanh.organisation.models import Unit
from donghanh.reports import actions as reports
from donghanh.reports import queries
from tests import duties, factory, stage
from tests.integration.indicators import counting, laid

pytestmark = pytest.mark.django_db
NOW = date(2026, 11, 1)
#: The last day in time of each year's report: what was counted up to, and the day it was sent on.
DAYS = {"2023-2024": date(2024, 6, 9), "2025-2026": date(2026, 6, 9)}
FAMILY = ("Lâm Đồng", "Đắk Nông", "Bình Thuận")
Sums = dict[str, Counter[str]]


@dataclass(frozen=True, slots=True)
class Told:
    """
    What commands said, and what the tables say when added up by hand.

    ``expected`` is by year, view and the unit at the top, ``said`` by year, view and unit asked
    for; ``built`` is what building said, with the files, by year.
    """

    expected: dict[tuple[str, View], Sums]
    said: dict[tuple[str, View, str], dict[str, Any]] = field(default_factory=dict)
    built: dict[str, tuple[dict[str, Any], dict[str, Any]]] = field(default_factory=dict)


def _school(one: reform.School, code: str) -> factory.School:
    unit, cell, youth = (Unit.objects.get(pk=pk) for pk in (one.unit, one.cell, one.youth))
    return factory.School(
        unit=unit,
        cell=cell,
        youth=youth,
        secretary=factory.holder(f"{code}.bithu", f"Cao Thị Bích {code}", cell, Role.SECRETARY),
        union=factory.holder(f"{code}.doan", f"Trần Bảo Ngọc {code}", youth, Role.UNION),
    )


def _reported(school: factory.School, task: Any, officer: Any, on: date) -> None:
    """Let a school answer what is asked and send, and the officer accept."""
    actor, at = factory.actor(school.secretary, on), factory.instant(on)
    report = reports.open_report(actor=actor, task_id=task.pk, at=at)
    asked = queries.unanswered(queries.checks_now(actor, report, on))
    report = reports.answer_checks(
        actor=actor,
        report_id=report.pk,
        seen=report.revision,
        answers={one.key: "Số liệu mô phỏng, đã đối chiếu." for one in asked},
        at=at,
        today=on,
    )
    report = reports.send_report(
        actor=actor, report_id=report.pk, seen=report.revision, at=at, on=on
    )
    reports.accept_report(
        actor=factory.actor(officer, on), report_id=report.pk, seen=report.revision, at=at
    )


def _story() -> dict[tuple[str, View], Sums]:
    """Six schools through the reform, with cases before and after, and both years reported."""
    founder = factory.founder()
    provinces = reform.build(founder, 2, FAMILY)
    schools, officers = {}, {}
    for name, province in provinces.items():
        code = Unit.objects.get(pk=province.department).code[:2]
        department = Unit.objects.get(pk=province.department)
        officers[name] = factory.holder(f"{code}.cv", f"Lê Minh {code}", department, Role.OFFICER)
        schools[name] = [
            _school(one, f"{code}{place}") for place, one in enumerate(province.schools)
        ]
    chance = random.Random(2025)  # noqa: S311 - a cohort, no secret
    everybody = [one for pair in schools.values() for one in pair]
    with transaction.atomic():  # kept only with a line of history
        # A report counts the files a school has when it is sent: none goes to another school.
        laid.cohort(chance, everybody, 54, date(2022, 9, 1), 1200, between=False)
        history.record(
            at=factory.instant(date(2022, 9, 1)),
            actor=founder,
            action=stage.MADE,
            subject="unit",
            subject_id=everybody[0].unit.pk,
        )
    for name, pair in schools.items():
        tasks = duties.issued_by(officers[name], {one.unit.pk: 1 for one in pair}, "2023-2024")
        for one in pair:
            _reported(one, tasks[one.unit.pk], officers[name], DAYS["2023-2024"])
    reform.play(founder, provinces, until=reform.TWO_TIERS)
    tasks = duties.issued_by(
        officers["Lâm Đồng"], {one.unit.pk: 1 for one in everybody}, "2025-2026"
    )
    for one in everybody:
        _reported(one, tasks[one.unit.pk], officers["Lâm Đồng"], DAYS["2025-2026"])
    reform.play(founder, provinces, since=reform.NEW_MODEL)
    indicators.refresh_all(today=NOW)
    codes = dict(Unit.objects.values_list("pk", "code"))
    cases, expected = counting.cases(), {}
    for year, day in DAYS.items():
        counted = counting.by_school(cases, day)
        for view in View:
            expected[year, view] = _by_hand(provinces, counted, codes, year, view)
    return expected


def _by_hand(
    family: dict[str, reform.Province],
    counted: dict[int, dict[str, int]],
    codes: dict[int, str],
    year: str,
    view: View,
) -> Sums:
    """Whose figures were whose, as the decisions of the reform have it."""
    sums: Sums = {}
    for province in family.values():
        for school in province.schools:
            top = family["Lâm Đồng"].department
            if view is View.AS_WAS and year == "2023-2024":
                top = province.department
            if view is View.AS_IS and school is province.schools[-1]:
                top = school.unit  # merged into the first one since: it stands alone
            sums.setdefault(codes[top], Counter()).update(counted.get(school.unit, {}))
    return sums


@pytest.fixture(scope="module")
def told(
    tmp_path_factory: pytest.TempPathFactory,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[Told]:
    """Play the story once in a database of its own, in which every command is run as it is."""
    with (
        django_db_blocker.unblock(),
        scratch.database() as name,
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setenv("DATABASE_URL", f"postgres:///{name}")
        kept = settings.DATABASES["default"]
        patch.setitem(kept, "OPTIONS", dict(kept["OPTIONS"]))
        factory.freeze(patch, NOW)
        told = Told(_story())
        for (year, view), sums in told.expected.items():
            typed = ("--year", year, "--on", DAYS[year].isoformat())
            shown = view.value.replace("_", "-")
            for code in sums:
                words: tuple[str, ...] = ("indicators", "--unit", code, *typed, "--view", shown)
                told.said[year, view, code] = _said(*words)
        for year in DAYS:
            out = tmp_path_factory.mktemp(year)
            words = ("report", "build", "--unit", "ld-so", "--year", year, "--out", str(out))
            said = _said(*words)
            files = {one.name: json.loads(one.read_bytes()) for one in out.glob("*.json")}
            told.built[year] = said, files
    yield told


def _said(*words: str) -> dict[str, Any]:
    """Run a command and read what it prints."""
    heard = io.StringIO()
    with redirect_stdout(heard):
        assert cli.main(words) == 0
    said: dict[str, Any] = json.loads(heard.getvalue())
    return said


@pytest.mark.parametrize("view", list(View))
@pytest.mark.parametrize("year", list(DAYS))
class TestCommands:
    def test_say_every_figure_of_the_heir_and_of_those_before_it(
        self, told: Told, year: str, view: View
    ) -> None:
        expected = told.expected[year, view]
        assert len(expected) == {View.AS_IS: 4, View.BRIDGED: 1}.get(view, 3 if "3" in year else 1)
        for code, figures in expected.items():
            (unit,) = told.said[year, view, code]["units"]
            values = {one["code"]: one["value"] for one in unit["figures"]}
            assert {one: value for one, value in values.items() if value} == dict(figures)
        assert len(sum(expected.values(), Counter[str]())) > 20

    def test_lose_nothing_between_the_units_of_then_and_of_now(
        self, told: Told, year: str, view: View
    ) -> None:
        tops = told.expected[year, view]
        whole: Counter[str] = Counter()
        for code in tops:
            (unit,) = told.said[year, view, code]["units"]
            whole.update({one["code"]: one["value"] or 0 for one in unit["figures"]})
        (heir,) = told.said[year, View.BRIDGED, "ld-so"]["units"]
        assert +whole == +Counter({one["code"]: one["value"] or 0 for one in heir["figures"]})

    def test_build_the_consolidation_with_the_cases_behind_every_figure(
        self, told: Told, year: str, view: View
    ) -> None:
        said, files = told.built[year]
        assert said["reports"] == 6
        names = {View.AS_WAS: "luc-do", View.AS_IS: "hien-nay", View.BRIDGED: "quy-ve"}
        file = files[f"tong-hop-{year}-{names[view]}.json"]
        whole = told.expected[year, View.BRIDGED]["ld-so"]
        columns = file["columns"]
        assert file["totals"] == said[view.value] == {one: whole[one] for one in columns}
        tops = [unit["figures"] for unit in file["units"] if not unit["depth"]]
        expected = told.expected[year, view].values()
        shown = sorted(tuple(top[one] for one in columns) for top in tops)
        assert shown == sorted(tuple(top[one] for one in columns) for top in expected)
        behind: Counter[str] = Counter()
        for report in file["reports"]:
            for code, figure in report["figures"].items():
                assert len(set(figure["cases"])) == figure["value"]
                behind[code] += len(figure["cases"])
        assert +behind == +whole
