"""The stage of the tests: units, the lines between them, and the people who hold posts there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.db import transaction

from donghanh.accounts import actions as accounts
from donghanh.accounts.models import User
from donghanh.domain.authority import Actor
from donghanh.domain.authority import Post as HeldPost
from donghanh.domain.rights import Role
from donghanh.domain.structure import Line, UnitKind
from donghanh.history import actions as history
from donghanh.history.models import Event
from donghanh.organisation import actions as organisation
from donghanh.organisation import queries as posts
from donghanh.organisation.models import Unit
from tests import photograph

#: First day of every unit, link and post of the cast.
SINCE = date(2016, 8, 1)
#: What every account of the cast signs in with.
PASSWORD = "mot-mat-khau-thu"
#: What the line of an account made for a test is called.
MADE = "tests.account_made"
_FOUNDER = "quan-tri"


@dataclass(frozen=True, slots=True)
class School:
    """A school with its cell, its Union, and who acts for them."""

    unit: Unit
    cell: Unit
    youth: Unit
    secretary: User
    union: User


@dataclass(frozen=True, slots=True)
class Cast:
    """
    Everybody of the tests.

    ``school`` stands under a base committee, ``neighbour`` directly under the competent one.
    ``outsider`` is the neighbour's secretary: what belongs to ``school`` is closed to them.
    """

    department: Unit
    officer: User
    leader: User
    school: School
    neighbour: School
    base: Unit
    base_member: User
    competent: Unit
    committee: User
    upper_union: Unit
    upper_unionist: User
    administrator: User

    @property
    def secretary(self) -> User:
        """Return the secretary of the school's cell."""
        return self.school.secretary

    @property
    def union(self) -> User:
        """Return the Union's account at the school."""
        return self.school.union

    @property
    def outsider(self) -> User:
        """Return the secretary of the neighbouring school."""
        return self.neighbour.secretary


def instant(day: date, hour: int = 8) -> datetime:
    """Return an hour of a day in Asia/Ho_Chi_Minh, as an aware instant in UTC."""
    return datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(hours=hour - 7)


def founder() -> Actor:
    """Return who sets everything up."""
    return _maker(account(_FOUNDER, "Quản trị (mô phỏng)"))


def _maker(user: User) -> Actor:
    """Return somebody as who sets up."""
    return Actor(user.pk, user.name, HeldPost(0, Role.ADMINISTRATOR, 0, "he-thong", "Hệ thống"))


@transaction.atomic
def account(username: str, name: str, *, by: Actor | None = None) -> User:
    """
    Return an account that signs in with ``PASSWORD``; made when it is not there yet.

    Making it leaves a line of its own, so that a set-up may be committed. Here and below ``by`` is
    who sets up, where the caller knows already.
    """
    user = accounts.create_user(username=username, name=name, password=PASSWORD, simulated=True)
    lines = Event.objects.filter(action=MADE, subject_id=user.pk)
    if not lines.exists():
        history.record(
            at=instant(SINCE),
            actor=_maker(user) if user.username == _FOUNDER else by or founder(),
            action=MADE,
            subject="account",
            subject_id=user.pk,
        )
    return user


def unit(
    code: str, kind: UnitKind, name: str, *, place: str = "Đắk Nông", by: Actor | None = None
) -> Unit:
    """Make a unit that exists from ``SINCE`` on."""
    return organisation.create_unit(
        actor=by or founder(),
        at=instant(SINCE),
        code=code,
        kind=kind,
        name=name,
        short_name=name.removeprefix("Trường "),
        place=place,
        superior="UBND TỈNH ĐẮK NÔNG" if kind is UnitKind.DEPARTMENT else "",
        symbol="SGDĐT-GDTrH" if kind is UnitKind.DEPARTMENT else "",
        since=SINCE,
        simulated=True,
    )


def link(child: Unit, parent: Unit, line: Line, *, by: Actor | None = None) -> None:
    """Put a unit under another from ``SINCE`` on."""
    organisation.link_units(
        actor=by or founder(),
        at=instant(SINCE),
        child_id=child.pk,
        parent_id=parent.pk,
        line=line,
        since=SINCE,
    )


def post(
    user: User,
    where: Unit,
    role: Role,
    *,
    since: date = SINCE,
    title: str = "",
    by: Actor | None = None,
) -> None:
    """Give a person a post."""
    organisation.give_post(
        actor=by or founder(),
        at=instant(since),
        user_id=user.pk,
        unit_id=where.pk,
        role=role,
        since=since,
        title=title,
    )


def holder(
    username: str, name: str, where: Unit, role: Role, title: str = "", *, by: Actor | None = None
) -> User:
    """Make an account that holds one post from ``SINCE`` on."""
    by = by or founder()
    user = account(username, name, by=by)
    post(user, where, role, title=title, by=by)
    return user


def school(
    code: str, name: str, *, department: Unit, above: Unit, upper: Unit, place: str = "Đắk Nông"
) -> School:
    """
    Make a school with its cell and Union, a secretary and a Union account.

    Args:
        code: Beginning of the codes and user names.
        name: Full name of the school.
        department: Who manages it.
        above: The committee directly above its cell.
        upper: The Union above its Union.
        place: The province.
    """
    by = founder()
    body = unit(code, UnitKind.SCHOOL, name, place=place, by=by)
    cell = unit(f"{code}-cb", UnitKind.CELL, f"Chi bộ {name}", place=place, by=by)
    youth = unit(f"{code}-doan", UnitKind.SCHOOL_UNION, f"Đoàn {name}", place=place, by=by)
    for child, parent, line in (
        (body, department, Line.EDUCATION),
        (cell, above, Line.PARTY),
        (cell, body, Line.HOST),
        (youth, upper, Line.UNION),
        (youth, body, Line.HOST),
    ):
        link(child, parent, line, by=by)
    secretary, union = f"Cao Thị Bích {code.upper()}", f"Trần Bảo Ngọc {code.upper()}"
    return School(
        unit=body,
        cell=cell,
        youth=youth,
        secretary=holder(f"{code}.bithu", secretary, cell, Role.SECRETARY, "BÍ THƯ CHI BỘ", by=by),
        union=holder(f"{code}.doan", union, youth, Role.UNION, by=by),
    )


def cast(place: str = "Đắk Nông") -> Cast:
    """
    Make everybody, once in a process: after that their rows stand there again.

    Args:
        place: The province; ``"Hà Nội"`` brings the local rules of Hà Nội with it.
    """
    return photograph.again(f"cast of {place}", lambda: _everybody(place))


def _everybody(place: str) -> Cast:
    by = founder()
    department = unit(
        "so", UnitKind.DEPARTMENT, "Sở Giáo dục và Đào tạo (mô phỏng)", place=place, by=by
    )
    competent = unit(
        "cap-uy", UnitKind.UPPER_COMMITTEE, "Đảng ủy cấp trên (mô phỏng)", place=place, by=by
    )
    base = unit("co-so", UnitKind.BASE_COMMITTEE, "Đảng ủy cơ sở (mô phỏng)", place=place, by=by)
    upper = unit("tinh-doan", UnitKind.UPPER_UNION, "Tỉnh Đoàn (mô phỏng)", place=place, by=by)
    link(base, competent, Line.PARTY, by=by)
    ours = school(
        "duclap",
        "Trường THPT (mô phỏng) Đức Lập",
        department=department,
        above=base,
        upper=upper,
        place=place,
    )
    neighbour = school(
        "quangtin",
        "Trường THPT (mô phỏng) Quảng Tín",
        department=department,
        above=competent,
        upper=upper,
        place=place,
    )
    link(ours.cell, competent, Line.COMPETENT, by=by)
    link(neighbour.cell, competent, Line.COMPETENT, by=by)
    return Cast(
        department=department,
        officer=holder("so.chuyenvien", "Lê Minh Châu", department, Role.OFFICER, by=by),
        leader=holder("so.lanhdao", "Võ Thành Công", department, Role.LEADER, "GIÁM ĐỐC", by=by),
        school=ours,
        neighbour=neighbour,
        base=base,
        base_member=holder("coso", "Hoàng Văn Khải", base, Role.COMMITTEE, by=by),
        competent=competent,
        committee=holder("capuy", "Đinh Thị Hạnh", competent, Role.COMMITTEE, by=by),
        upper_union=upper,
        upper_unionist=holder("tinhdoan", "Mai Quang Huy", upper, Role.UPPER_UNION, by=by),
        administrator=holder("quantri", "Quản trị viên", department, Role.ADMINISTRATOR, by=by),
    )


def actor(user: User, on: date) -> Actor:
    """Return a person as the actor of a day, through the first post held."""
    return posts.acting(user.pk, on)
