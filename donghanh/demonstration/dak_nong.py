"""Đắk Nông: one letter with a target of two, walked to its report; and the years after it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import Enum, auto

from donghanh.accounts.models import User
from donghanh.demonstration import days, letters, tallies
from donghanh.demonstration.diary import Diary
from donghanh.demonstration.names import Region
from donghanh.demonstration.office import Letter, Office
from donghanh.demonstration.pupils import Walkers
from donghanh.demonstration.stage import Above, School, Stage
from donghanh.domain.acts import Step
from donghanh.domain.calendar import add_months
from donghanh.domain.rights import Role
from donghanh.domain.structure import Line, UnitKind
from donghanh.organisation import queries as organisation
from donghanh.organisation.models import Unit

DEPARTMENT = "Sở Giáo dục và Đào tạo Đắk Nông"


class Standing(Enum):
    """Where a school's cell stands in the Party."""

    BASE = auto()  # under the base committee of the schools
    PART = auto()  # the same, with a sub-committee between
    CELL = auto()  # directly under the committee that decides
    DELEGATED = auto()  # under a base committee that was delegated to decide


#: Code, name, where its cell stands, letters of its papers; the first is the specialised one.
SCHOOLS = (
    ("saokhue", "Trường THPT chuyên Sao Khuê (mô phỏng)", Standing.BASE, "THPTSK"),
    ("hoaban", "Trường THPT Hoa Ban (mô phỏng)", Standing.BASE, "THPTHB"),
    ("rungxanh", "Trường THPT Rừng Xanh (mô phỏng)", Standing.PART, "THPTRX"),
    ("suoingoc", "Trường THPT Suối Ngọc (mô phỏng)", Standing.CELL, "THPTSN"),
    ("nangmoi", "Trường THPT Nắng Mới (mô phỏng)", Standing.CELL, "THPTNM"),
    ("daingan", "Trường PTDTNT THPT Đại Ngàn (mô phỏng)", Standing.DELEGATED, "PTDTNTĐN"),
)


@dataclass(frozen=True, slots=True)
class DakNong:
    """The province: its stage, its office and its six schools."""

    stage: Stage
    office: Office
    walkers: Walkers
    schools: tuple[School, ...]
    officer: User

    def shares(self, *amounts: int) -> dict[int, int]:
        """Return the shares of the schools by unit id, in their order."""
        return {
            school.unit.pk: amount for school, amount in zip(self.schools, amounts, strict=True)
        }


def build(diary: Diary) -> DakNong:
    """Make the units of the province and the people who hold posts there."""
    stage = Stage("dn", "Đắk Nông", seed=2024, region=Region.HIGHLANDS)
    department = stage.unit(
        "so", UnitKind.DEPARTMENT, DEPARTMENT, superior="UBND tỉnh Đắk Nông", symbol="SGDĐT"
    )
    competent = stage.unit(
        "dang-uy", UnitKind.UPPER_COMMITTEE, "Đảng ủy cấp trên trực tiếp (mô phỏng)", symbol="ĐUCT"
    )
    base = stage.unit("co-so", UnitKind.BASE_COMMITTEE, "Đảng ủy cơ sở khối trường (mô phỏng)")
    delegated = stage.unit(
        "co-so-uy-quyen", UnitKind.BASE_COMMITTEE, "Đảng ủy cơ sở được ủy quyền (mô phỏng)"
    )
    union = stage.unit(
        "tinh-doan", UnitKind.UPPER_UNION, "Tỉnh Đoàn Đắk Nông (mô phỏng)", symbol="TĐTN"
    )
    stage.under(base, competent, Line.PARTY)
    stage.under(delegated, competent, Line.PARTY)
    officer = stage.holder("chuyenvien", department, Role.OFFICER, title="CHUYÊN VIÊN")
    stage.holder("lanhdao", department, Role.LEADER, title="PHÓ GIÁM ĐỐC", signs_for="KT. GIÁM ĐỐC")
    stage.holder("quantri", department, Role.ADMINISTRATOR)
    stage.holder("tinhdoan", union, Role.UPPER_UNION, title="BÍ THƯ")
    member = stage.holder("coso", base, Role.COMMITTEE)
    decider = stage.holder("uyquyen", delegated, Role.COMMITTEE, name="Trịnh Công Việt Bách")
    directly = Above(
        department=department,
        department_name=DEPARTMENT,
        base=None,
        base_member=None,
        competent=competent,
        committee=stage.holder("capuy", competent, Role.COMMITTEE, title="BÍ THƯ"),
        upper_union=union,
    )
    under = replace(directly, base=base, base_member=member)
    above = {
        Standing.CELL: directly,
        Standing.BASE: under,
        Standing.PART: replace(under, sub_committee=True),
        Standing.DELEGATED: replace(directly, base=delegated, base_member=decider, delegated=True),
    }
    schools = tuple(
        stage.school(code, name, above[standing], symbol)
        for code, name, standing, symbol in SCHOOLS
    )
    _beside(stage, department, competent, schools[0])
    office = Office(stage, diary, officer)
    return DakNong(stage, office, Walkers(stage, diary), schools, officer)


def _beside(stage: Stage, department: Unit, competent: Unit, school: School) -> None:
    """Let those hold posts who record nothing; their names are their own, as the docs count."""
    youth = organisation.unit_by_code(f"{school.unit.code}-doan")
    for username, where, role, name in (
        ("tochuc", competent, Role.BOARD, "Lương Thị Kim Oanh"),
        ("saokhue.chidoan", youth, Role.CLASS_UNION, "Cao Nhật Vy"),
        ("saokhue.clb", youth, Role.CLUB_LEADER, "Lò Văn Phong"),
        ("chinhtri", competent, Role.TRAINING_CENTRE, "Phan Đình Thuận"),
        ("kiemtra", department, Role.AUDITOR, "Tạ Đức Phúc"),
    ):
        stage.holder(username, where, role, name=name)


def year_2023(story: DakNong) -> None:
    """Write the school year 2023–2024: the letter of February, and what became of it."""
    _letter_of_2024(story)
    walkers, (first, second, third, fourth, fifth, sixth) = story.walkers, story.schools
    admitted = (
        (first, date(2023, 10, 2), date(2024, 5, 10)),
        (first, date(2023, 10, 9), date(2024, 5, 17)),
        (second, date(2023, 9, 25), date(2024, 5, 24)),
    )
    for school, begin, end in admitted:
        _to_recognition(walkers, school, begin, end)
    laid = days.spread(date(2023, 11, 6), date(2024, 6, 20))
    laid[Step.DECIDED] = date(2024, 5, 28)  # its ceremony comes after the cut-off of the report
    waiting = walkers.pupil(third, eighteen_by=laid[Step.CELL_VOTED])
    walkers.walk(waiting, laid)
    walkers.go_on(waiting, laid[Step.ADMITTED])

    laid = days.spread(date(2023, 10, 16), date(2024, 5, 31))
    refused = walkers.pupil(second, eighteen_by=laid[Step.CELL_VOTED])
    walkers.walk(refused, laid, Step.OPINIONS)
    vote = tallies.failed(story.stage.chance, 18)
    walkers.act(refused, Step.CELL_VOTED, laid[Step.CELL_VOTED], tally=vote)
    walkers.stop(refused, date(2024, 8, 5))

    on_the_way = (
        (first, Step.LISTED, date(2024, 3, 15)),
        (fourth, Step.TRAINED, date(2024, 8, 6)),
        (fourth, Step.INTRODUCED, date(2024, 8, 6)),
        (fifth, Step.ALLOWED, date(2024, 8, 7)),
        (sixth, Step.LISTED, date(2024, 8, 8)),
    )
    for place, (school, last, stopped) in enumerate(on_the_way):
        pupil = walkers.pupil(school, eighteen_by=date(2024, 8, 1))
        begin = date(2023, 11, 13) + timedelta(days=place)
        walkers.walk(pupil, days.spread(begin, begin + timedelta(days=210)), last)
        walkers.stop(pupil, stopped)


def _letter_of_2024(story: DakNong) -> None:
    office, schools = story.office, story.schools
    first, second, third, fourth, fifth, _ = schools
    letter = Letter("cong-van-2024.txt", letters.text_of("dak-nong-2024.txt"))
    office.keep(letter, date(2024, 2, 19))
    office.correct(letter, date(2024, 2, 19), {"number": "218", "date": "2024-02-20"})
    office.issue(letter, date(2024, 2, 20), story.shares(2, 0, 0, 0, 0, 0))
    for later, school in enumerate(schools[:5]):
        office.acknowledge(letter, school, date(2024, 2, 21) + timedelta(days=later % 3))
    office.remind(letter, date(2024, 3, 1))
    office.reported(letter, first, date(2024, 6, 5), date(2024, 6, 11))
    office.reported(letter, third, date(2024, 6, 7), date(2024, 6, 11))
    office.reported(letter, fifth, date(2024, 6, 7), date(2024, 6, 12))
    office.write(letter, second, date(2024, 6, 6))
    office.send(letter, second, date(2024, 6, 6))
    comment = "Đề nghị nói rõ hơn về học sinh chưa được chi bộ thông qua và hướng bồi dưỡng tiếp."
    office.give_back(letter, second, date(2024, 6, 11), comment)
    office.send(letter, second, date(2024, 6, 13))
    office.accept(letter, second, date(2024, 6, 14))
    office.remind(letter, date(2024, 6, 12))
    office.reported(letter, fourth, date(2024, 6, 14), date(2024, 6, 17))
    office.consolidate("2023-2024", date(2024, 6, 20))


def year_2025(story: DakNong, today: date) -> None:
    """Write the school year 2025–2026: five admitted, one of them near the end of probation."""
    office, walkers, schools = story.office, story.walkers, story.schools
    letter = Letter("cong-van-2025.txt", letters.text_of("dak-nong-2025.txt"))
    office.keep(letter, date(2025, 10, 3))
    office.correct(letter, date(2025, 10, 3), {"number": "1507", "date": "2025-10-06"})
    office.issue(letter, date(2025, 10, 6), story.shares(2, 1, 0, 1, 0, 0))
    for later, school in enumerate(schools):
        office.acknowledge(letter, school, date(2025, 10, 7) + timedelta(days=later % 3))
        sent = date(2026, 6, 12) if school is schools[-1] else date(2026, 6, 1 + later)
        office.reported(letter, school, sent, date(2026, 6, 15))
    office.consolidate("2025-2026", date(2026, 6, 18))
    admitted = (
        (schools[0], date(2025, 8, 18), date(2026, 3, 18)),
        (schools[0], date(2025, 8, 25), date(2026, 3, 26)),
        (schools[1], date(2025, 8, 28), date(2026, 4, 2)),
        (schools[3], date(2025, 9, 8), date(2026, 3, 31)),
        (schools[5], date(2025, 9, 22), date(2026, 5, 19)),
    )
    for school, begin, end in admitted:
        _to_recognition(walkers, school, begin, end)
    near = days.on_or_after(add_months(today, -12) + timedelta(days=12))
    _to_recognition(walkers, schools[2], near - timedelta(days=215), near)


def _to_recognition(walkers: Walkers, school: School, begin: date, end: date) -> None:
    """Write a road on which everything goes well, up to the recognition a year later."""
    laid = days.spread(begin, end)
    pupil = walkers.pupil(school, eighteen_by=laid[Step.CELL_VOTED])
    walkers.walk(pupil, laid)
    walkers.go_on(pupil, laid[Step.ADMITTED])
