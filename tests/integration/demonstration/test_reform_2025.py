"""The reform of 2025 read in all three views, against a count of its own."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from donghanh.demonstration import reform_2025 as reform
from donghanh.directives.models import Directive, Recipient, Task
from donghanh.domain.authority import Actor
from donghanh.domain.authority import Post as HeldPost
from donghanh.domain.rights import Role
from donghanh.domain.structure import Line
from donghanh.domain.succession import View
from donghanh.organisation import queries as organisation
from donghanh.reports import queries
from donghanh.reports.models import Report
from tests import factory

pytestmark = pytest.mark.django_db
NOW = date(2026, 11, 1)
SCHOOLS = 4
YEARS = {"2023-2024": date(2024, 6, 1), "2025-2026": date(2026, 6, 1)}


def _sent(province: reform.Province, school: int, department: int, year: str, value: int) -> None:
    """Keep one sent report with one figure."""
    at = factory.instant(YEARS[year])
    user = factory.account("chuyenvien", "Lê Minh Châu")
    letter = Directive.objects.create(
        issuer_id=department,
        file_name="a.txt",
        original="",
        original_digest="",
        reading={},
        confirmed={},
        kept_by=user,
        kept_at=at,
    )
    to = Recipient.objects.create(directive=letter, unit_id=school, sent_at=at)
    task = Task.objects.create(
        recipient=to,
        position=1,
        text=f"Báo cáo {province.name}",
        kind="report",
        school_year=year,
        due_date=YEARS[year],
        last_date=YEARS[year],
    )
    Report.objects.create(
        task=task,
        school_id=school,
        department_id=department,
        school_year=year,
        cutoff_date=YEARS[year],
        status="accepted",
        figures=[{"code": "admitted", "order": 1, "title": "", "value": value, "cases": []}],
        sent_at=at,
        sent_date=YEARS[year],
        rulebook_version="1",
    )


@pytest.fixture
def played() -> tuple[dict[str, reform.Province], dict[tuple[str, int], int]]:
    """Play the reform; return the provinces and the figure sent by year and school."""
    actor = factory.founder()
    provinces = reform.build(actor, SCHOOLS)
    heirs = {name: heir for heir, others in reform.MERGED.items() for name in (heir, *others)}
    values: dict[tuple[str, int], int] = {}
    for year in YEARS:
        for number, (name, province) in enumerate(provinces.items()):
            owner = province if year == "2023-2024" else provinces[heirs[name]]
            for place, school in enumerate(province.schools):
                values[year, school.unit] = 10 * number + place + 1
                _sent(province, school.unit, owner.department, year, 10 * number + place + 1)
    before = str(list(Report.objects.order_by("id").values()))
    reform.play(actor, provinces)
    assert str(list(Report.objects.order_by("id").values())) == before
    return provinces, values


def _officer(department: int) -> Actor:
    user = factory.account("chuyenvien", "Lê Minh Châu")
    carries = organisation.carried_on_by([department], NOW)
    post = HeldPost(1, Role.OFFICER, department, "so", "Sở")
    return Actor(user.pk, user.name, post, carries=carries)


def test_both_school_years_read_right_in_all_three_views(
    played: tuple[dict[str, reform.Province], dict[tuple[str, int], int]],
) -> None:
    provinces, values = played
    for heir, others in reform.MERGED.items():
        family = [provinces[name] for name in (heir, *others)]
        for year in YEARS:
            whole = sum(values[year, one.unit] for each in family for one in each.schools)
            was, now, bridged = (
                queries.rolled_up(
                    _officer(family[0].department), Line.EDUCATION, year, view, NOW
                ).figures["admitted"]
                for view in (View.AS_WAS, View.AS_IS, View.BRIDGED)
            )
            old = Counter[int]()
            today = Counter[int]()
            for each in family:
                for one in each.schools:
                    value = values[year, one.unit]
                    of_then = each if year == "2023-2024" else family[0]
                    old[of_then.department] += value
                    ended = one is each.schools[-1]
                    today[one.unit if ended else family[0].department] += value
            assert was.tops == dict(old)
            assert now.tops == dict(today)
            assert bridged.tops == {family[0].department: whole}
            for each in family:
                first, last = each.schools[0].unit, each.schools[-1].unit
                assert bridged.own[first] == values[year, first] + values[year, last]
                assert last not in bridged.own


def test_the_party_line_reads_right_in_all_three_views(
    played: tuple[dict[str, reform.Province], dict[tuple[str, int], int]],
) -> None:
    provinces, values = played
    dn, ld = provinces["Đắk Nông"], provinces["Lâm Đồng"]
    officer = _officer(ld.department)
    was = queries.rolled_up(officer, Line.PARTY, "2023-2024", View.AS_WAS, NOW)
    figures = was.figures["admitted"]
    blocs = sum(values["2023-2024", one.unit] for one in dn.schools if one.in_bloc)
    whole = sum(values["2023-2024", one.unit] for one in dn.schools)
    assert figures.totals[dn.bloc] == blocs
    assert figures.totals[dn.committee] == whole
    assert was.names[dn.bloc] == "Đảng ủy Khối tỉnh Đắk Nông (mô phỏng)"
    bridged = queries.rolled_up(officer, Line.PARTY, "2023-2024", View.BRIDGED, NOW)
    everything = sum(
        values["2023-2024", one.unit]
        for name in ("Lâm Đồng", "Đắk Nông", "Bình Thuận")
        for one in provinces[name].schools
    )
    assert bridged.figures["admitted"].tops == {ld.committee: everything}


def test_old_places_stay_readable_beside_the_new(
    played: tuple[dict[str, reform.Province], dict[tuple[str, int], int]],
) -> None:
    provinces, _ = played
    school = provinces["Trà Vinh"].schools[0].unit
    assert organisation.at(date(2024, 1, 1))[school].place == "Trà Vinh"
    assert organisation.at(NOW)[school].place == "Vĩnh Long"
    version = organisation.world().version_on(school, NOW)
    assert version is not None
    assert version.old_place == "Trà Vinh"
