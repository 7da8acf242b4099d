"""
The reform of 2025, played on generated schools in six generated provinces, decision by decision.

What is played is what became public: the blocs' committees end in February 2025, districts end and
provinces merge on 1 July 2025, schools change their model in 2026. Days and numbers of the single
decisions are invented. Which provinces were merged is common knowledge that nobody has compared
with the resolution itself; see docs/why/the-reform-of-2025.md.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from donghanh.domain import succession as s
from donghanh.domain.authority import Actor
from donghanh.domain.structure import Line, UnitKind
from donghanh.organisation import actions as organisation
from donghanh.organisation.models import Unit
from donghanh.reorganisation import actions, queries
from donghanh.reorganisation.models import Reorganisation

#: First day of every unit.
SINCE = date(2016, 7, 1)
#: The blocs' committees end.
BLOCS_END = date(2025, 2, 10)
#: Districts end, provinces merge.
TWO_TIERS = date(2025, 7, 1)
#: Schools change their model.
NEW_MODEL = date(2026, 7, 26)
#: Schools merge for the school year 2026-2027.
SCHOOLS_MERGE = date(2026, 8, 1)

#: The province that goes on, and those merged into it.
MERGED = {"Lâm Đồng": ("Đắk Nông", "Bình Thuận"), "Vĩnh Long": ("Trà Vinh", "Bến Tre")}

_CODES = {
    "Lâm Đồng": "ld",
    "Đắk Nông": "dn",
    "Bình Thuận": "bt",
    "Vĩnh Long": "vl",
    "Trà Vinh": "tv",
    "Bến Tre": "be",
}


@dataclass(frozen=True, slots=True)
class School:
    """The ids of a school, its cell and its Union; ``in_bloc``: the cell stood under the bloc."""

    unit: int
    cell: int
    youth: int
    in_bloc: bool


@dataclass(frozen=True, slots=True)
class Province:
    """The ids of a province's units before the reform."""

    name: str
    department: int
    committee: int
    bloc: int
    district: int
    union: int
    bloc_union: int
    schools: tuple[School, ...]


def build(
    actor: Actor, schools: int, names: Collection[str] = tuple(_CODES)
) -> dict[str, Province]:
    """
    Make the provinces as they were, by name.

    Args:
        actor: Who makes them.
        schools: How many schools in each; every other one's cell stands under the bloc.
        names: Which of the six; with one that goes on come those merged into it.
    """
    return {name: _province(actor, name, _CODES[name], schools) for name in names}


def play(
    actor: Actor,
    provinces: dict[str, Province],
    *,
    since: date = date.min,
    until: date = date.max,
) -> list[Reorganisation]:
    """
    Carry out the reform, each operation on its day, and return what was done.

    Args:
        actor: Who carries it out.
        provinces: As ``build`` made them.
        since: Operations of earlier days are left out.
        until: Operations of later days are left out; played again since then, the reform goes on.
    """
    return [
        _carry_out(actor, operation)
        for operation in _reform(provinces, since)
        if since <= operation.on <= until
    ]


def _reform(provinces: dict[str, Province], since: date) -> Iterator[s.Operation]:
    """Yield every operation, by their days; each is asked for once those before are done."""
    if since <= BLOCS_END:
        for province in provinces.values():
            yield from _end_of_bloc(province)
    offices = {
        province.name: Unit.objects.get(code=f"{_CODES[province.name]}-ubnd").pk
        for province in provinces.values()
    }
    for heir, others in MERGED.items():
        if heir not in provinces:
            continue
        family = [provinces[name] for name in (heir, *others)]
        yield from _two_tiers(family, [offices[one.name] for one in family])
    for province in provinces.values():
        yield from _new_model(province)


def _carry_out(actor: Actor, operation: s.Operation) -> Reorganisation:
    """Look at the preview and carry the operation out on its day."""
    seen = queries.preview(actor, operation, operation.on).digest
    return actions.reorganise(
        actor=actor, operation=operation, seen=seen, at=_at(operation.on), today=operation.on
    )


def _at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 1, tzinfo=UTC)


def _order(change: s.Change, number: str, on: date, *creates: s.New) -> s.Operation:
    decision = s.Decision(f"{number} (mô phỏng)", on - timedelta(days=5), "Cấp có thẩm quyền")
    return s.Operation(change, decision, on, creates)


def _end_of_bloc(province: Province) -> list[s.Operation]:
    cells = frozenset(school.cell for school in province.schools if school.in_bloc)
    name = f"Đảng ủy UBND tỉnh {province.name} (mô phỏng)"
    office = s.New(
        -1,
        f"{_CODES[province.name]}-ubnd",
        UnitKind.UPPER_COMMITTEE,
        name,
        name,
        province.name,
        under=((Line.PARTY, province.committee),),
    )
    return [
        _order(s.Dissolve(province.bloc, (s.Part(-1, cells),)), "01-QĐ/TU", BLOCS_END, office),
        _order(s.Close(province.bloc_union, province.union), "02-QĐ/TĐTN", BLOCS_END),
    ]


def _two_tiers(family: list[Province], offices: list[int]) -> list[s.Operation]:
    """Return what happens to provinces that become the first of them."""
    heir, others = family[0], family[1:]
    orders = [_end_of_district(province, heir) for province in family]
    merged = [
        (tuple(one.committee for one in others), heir.committee, "03-QĐ/TW"),
        (tuple(one.department for one in others), heir.department, "04/QĐ-UBND"),
        (tuple(one.union for one in others), heir.union, "05-QĐ/TWĐTN"),
        (tuple(offices[1:]), offices[0], "06-QĐ/TU"),
    ]
    orders += [_order(s.Merge(units, into), number, TWO_TIERS) for units, into, number in merged]
    for province in others:
        for school in province.schools:
            moved = s.Rename(school.unit, place=heir.name)
            orders.append(_order(moved, "07/NQ-UBTVQH", TWO_TIERS))
    return orders


def _end_of_district(province: Province, heir: Province) -> s.Operation:
    cells = frozenset(school.cell for school in province.schools if not school.in_bloc)
    name = f"Đảng ủy xã thuộc {province.name} cũ (mô phỏng)"
    commune = s.New(
        -1,
        f"{_CODES[province.name]}-xa",
        UnitKind.COMMUNE_COMMITTEE,
        name,
        name,
        heir.name,
        under=((Line.PARTY, heir.committee),),
    )
    parts = (s.Part(-1, cells),)
    return _order(s.Dissolve(province.district, parts), "08-QĐ/TU", TWO_TIERS, commune)


def _new_model(province: Province) -> list[s.Operation]:
    """Return how the first school's cell becomes a committee, and the last school joins it."""
    if len(province.schools) < 2:
        return []
    first, last = province.schools[0], province.schools[-1]
    model = s.ChangeKind(first.cell, UnitKind.BASE_COMMITTEE)
    return [
        _order(model, "09-QĐ/ĐU", NEW_MODEL),
        _order(s.Merge((last.cell,), first.cell), "10-QĐ/ĐU", SCHOOLS_MERGE),
        _order(s.Merge((last.youth,), first.youth), "11-QĐ/ĐTN", SCHOOLS_MERGE),
        _order(s.Merge((last.unit,), first.unit), "12/QĐ-UBND", SCHOOLS_MERGE),
    ]


def _province(actor: Actor, name: str, code: str, schools: int) -> Province:
    def unit(suffix: str, kind: UnitKind, title: str) -> int:
        return organisation.create_unit(
            actor=actor,
            at=_at(SINCE),
            code=f"{code}-{suffix}",
            kind=kind,
            name=f"{title} (mô phỏng)",
            short_name=title,
            place=name,
            since=SINCE,
            simulated=True,
        ).pk

    department = unit("so", UnitKind.DEPARTMENT, f"Sở Giáo dục và Đào tạo {name}")
    committee = unit("tu", UnitKind.PROVINCE_COMMITTEE, f"Tỉnh ủy {name}")
    bloc = unit("khoi", UnitKind.BLOC_COMMITTEE, f"Đảng ủy Khối tỉnh {name}")
    district = unit("huyen", UnitKind.UPPER_COMMITTEE, f"Huyện ủy của {name}")
    union = unit("td", UnitKind.PROVINCE_UNION, f"Tỉnh Đoàn {name}")
    bloc_union = unit("dk", UnitKind.BLOC_UNION, f"Đoàn Khối tỉnh {name}")
    _link(actor, bloc, committee, Line.PARTY)
    _link(actor, district, committee, Line.PARTY)
    _link(actor, bloc_union, union, Line.UNION)
    made = []
    for number in range(1, schools + 1):
        in_bloc = number % 2 == 1
        body = unit(f"t{number}", UnitKind.SCHOOL, f"Trường THPT số {number} {name}")
        cell = unit(f"t{number}-cb", UnitKind.CELL, f"Chi bộ Trường THPT số {number} {name}")
        youth = unit(f"t{number}-d", UnitKind.SCHOOL_UNION, f"Đoàn Trường số {number} {name}")
        above = bloc if in_bloc else district
        _link(actor, body, department, Line.EDUCATION)
        _link(actor, cell, above, Line.PARTY)
        _link(actor, cell, above, Line.COMPETENT)
        _link(actor, cell, body, Line.HOST)
        _link(actor, youth, bloc_union if in_bloc else union, Line.UNION)
        _link(actor, youth, body, Line.HOST)
        made.append(School(body, cell, youth, in_bloc))
    return Province(name, department, committee, bloc, district, union, bloc_union, tuple(made))


def _link(actor: Actor, child: int, parent: int, line: Line) -> None:
    organisation.link_units(
        actor=actor, at=_at(SINCE), child_id=child, parent_id=parent, line=line, since=SINCE
    )
