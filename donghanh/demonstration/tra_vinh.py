"""Trà Vinh: the bloc Union whose schools introduced four, all admitted, in 2020–2021."""

from __future__ import annotations

from datetime import date

from donghanh.demonstration import days
from donghanh.demonstration.diary import Diary
from donghanh.demonstration.names import Region
from donghanh.demonstration.pupils import Walkers
from donghanh.demonstration.stage import Above, Stage
from donghanh.domain.acts import Step
from donghanh.domain.rights import Role
from donghanh.domain.structure import UnitKind

_BLOC = "Khối các cơ quan và doanh nghiệp tỉnh Trà Vinh (mô phỏng)"
SCHOOLS = (
    ("hangme", "Trường THPT chuyên Hàng Me (mô phỏng)"),
    ("caydau", "Trường THPT Cây Dầu (mô phỏng)"),
    ("giobien", "Trường THPT Gió Biển (mô phỏng)"),
)
#: School by its place, first and last day of each road.
_ROADS = (
    (0, date(2020, 9, 21), date(2021, 4, 23)),
    (0, date(2020, 9, 28), date(2021, 5, 14)),
    (1, date(2020, 10, 5), date(2021, 5, 7)),
    (2, date(2020, 10, 12), date(2021, 5, 19)),
)


def year_2020(diary: Diary) -> Stage:
    """Make the bloc and its schools, write their school year 2020–2021, return the stage."""
    stage = Stage("tv", "Trà Vinh", seed=2021, region=Region.DELTA)
    name = "Sở Giáo dục và Đào tạo Trà Vinh (mô phỏng)"
    department = stage.unit("so", UnitKind.DEPARTMENT, name, superior="UBND tỉnh Trà Vinh")
    competent = stage.unit("dang-uy", UnitKind.UPPER_COMMITTEE, f"Đảng ủy {_BLOC}")
    union = stage.unit(
        "doan-khoi",
        UnitKind.UPPER_UNION,
        "Đoàn Khối Các cơ quan và Doanh nghiệp tỉnh Trà Vinh (mô phỏng)",
        symbol="ĐTNK",
    )
    stage.holder("doankhoi", union, Role.UPPER_UNION, title="BÍ THƯ")
    above = Above(
        department=department,
        department_name=name,
        base=None,
        base_member=None,
        competent=competent,
        committee=stage.holder("capuy", competent, Role.COMMITTEE),
        upper_union=union,
    )
    schools = [stage.school(code, name, above) for code, name in SCHOOLS]
    walkers = Walkers(stage, diary)
    for place, begin, end in _ROADS:
        laid = days.spread(begin, end)
        pupil = walkers.pupil(schools[place], eighteen_by=laid[Step.CELL_VOTED])
        walkers.walk(pupil, laid)
        walkers.go_on(pupil, laid[Step.ADMITTED])
    return stage
