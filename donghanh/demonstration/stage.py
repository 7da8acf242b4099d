"""The stage: units and the people who hold posts in them, all of them invented."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction

from donghanh.accounts import actions as accounts
from donghanh.accounts.models import User
from donghanh.demonstration import days
from donghanh.demonstration.names import Names, Region
from donghanh.domain.acts import Branch, Case
from donghanh.domain.authority import Actor, Post
from donghanh.domain.rights import Role
from donghanh.domain.structure import Line, UnitKind
from donghanh.organisation import actions as organisation
from donghanh.organisation import queries as posts
from donghanh.organisation.models import Unit

#: First day of every unit, line and post: before the first rules of the rulebook.
SINCE = date(2016, 7, 1)


@dataclass(frozen=True, slots=True)
class School:
    """
    A school with its cell and Union, who acts for them, and who helps pupils there.

    ``sub_committee`` and ``delegated`` tell what stands above its cell: see ``acts.Case``.
    """

    unit: Unit
    name: str
    secretary: User
    union: User
    helpers: tuple[User, ...]
    base: User | None
    competent: User
    sub_committee: bool = False
    delegated: bool = False

    def branches(self, *, by_members: bool = False) -> frozenset[Branch]:
        """Return the branches the road of one of its pupils takes."""
        case = Case(
            born=SINCE,
            consented_on=None,
            base_committee=self.base is not None,
            sub_committee=self.sub_committee,
            delegated=self.delegated,
            by_members=by_members,
        )
        return case.branches(SINCE)


@dataclass(frozen=True, slots=True)
class Above:
    """What stands above a school on each line; the last two as ``School`` has them."""

    department: Unit
    department_name: str
    base: Unit | None
    base_member: User | None
    competent: Unit
    committee: User
    upper_union: Unit
    sub_committee: bool = False
    delegated: bool = False


@dataclass(slots=True)
class Stage:
    """Makes units and people on the first day, and knows who acts for what."""

    code: str
    place: str
    seed: int
    region: Region = Region.ANYWHERE
    names: Names = field(init=False)
    chance: random.Random = field(init=False)
    #: Who will be able to sign in, once there is a password.
    able: list[int] = field(default_factory=list)
    _actors: dict[int, Actor] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Begin the sources of names and of chance."""
        self.names = Names(self.seed, self.region)
        self.chance = random.Random(self.seed)  # noqa: S311 - a story, no secret

    def actor(self, user: User) -> Actor:
        """Return somebody as who acts; on this stage nobody changes posts."""
        if user.pk not in self._actors:
            self._actors[user.pk] = posts.acting(user.pk, SINCE)
        return self._actors[user.pk]

    @transaction.atomic  # who acts may be made on the way
    def unit(
        self, code: str, kind: UnitKind, name: str, *, superior: str = "", symbol: str = ""
    ) -> Unit:
        """Make a unit."""
        return organisation.create_unit(
            actor=founder(),
            at=days.instant(SINCE),
            code=f"{self.code}-{code}",
            kind=kind,
            name=name,
            short_name=name.removeprefix("Trường ")[:80],
            place=self.place,
            since=SINCE,
            superior=superior,
            symbol=symbol,
            simulated=True,
        )

    @transaction.atomic
    def under(self, child: Unit, parent: Unit, line: Line) -> None:
        """Put a unit under another."""
        organisation.link_units(
            actor=founder(),
            at=days.instant(SINCE),
            child_id=child.pk,
            parent_id=parent.pk,
            line=line,
            since=SINCE,
        )

    @transaction.atomic
    def holder(
        self,
        username: str,
        where: Unit,
        role: Role,
        *,
        title: str = "",
        signs_for: str = "",
        able: bool = True,
        name: str = "",
    ) -> User:
        """
        Make somebody who holds a post.

        Args:
            username: What follows the code of the stage.
            where: The unit.
            role: What the post makes of its holder.
            title: Above the name, where the holder signs.
            signs_for: Above the title.
            able: Whether the holder will be able to sign in.
            name: A name of its own, where it may not take the next of the source: the docs name
                some of those who come after.
        """
        user = accounts.create_user(
            username=f"{self.code}.{username}",
            name=name or self.names.person(),
            password=None,
            simulated=True,
        )
        if able:
            self.able.append(user.pk)
        organisation.give_post(
            actor=founder(),
            at=days.instant(SINCE),
            user_id=user.pk,
            unit_id=where.pk,
            role=role,
            since=SINCE,
            title=title,
            signs_for=signs_for,
        )
        return user

    def school(self, code: str, name: str, above: Above, symbol: str = "THPT") -> School:
        """
        Make a school with its cell, its Union and their people.

        Args:
            code: Short code; part of the user names.
            name: Full name, marked as simulated.
            above: What stands above it.
            symbol: The letters of its papers.
        """
        body = self.unit(code, UnitKind.SCHOOL, name, superior=above.department_name, symbol=symbol)
        cell = self.unit(f"{code}-cb", UnitKind.CELL, f"Chi bộ {name}")
        youth = self.unit(f"{code}-doan", UnitKind.SCHOOL_UNION, f"Đoàn {name}")
        self.under(body, above.department, Line.EDUCATION)
        self.under(cell, above.base or above.competent, Line.PARTY)
        self.under(cell, body, Line.HOST)
        self.under(cell, above.competent, Line.COMPETENT)
        self.under(youth, above.upper_union, Line.UNION)
        self.under(youth, body, Line.HOST)
        self.holder(f"{code}.hieutruong", body, Role.LEADER, title="HIỆU TRƯỞNG", able=False)
        secretary = self.holder(f"{code}.bithu", cell, Role.SECRETARY, title="BÍ THƯ CHI BỘ")
        helpers = tuple(
            self.holder(f"{code}.giupdo{place}", cell, Role.HELPER, title=title, able=place == 1)
            for place, title in enumerate(("PHÓ BÍ THƯ CHI BỘ", "CHI ỦY VIÊN"), start=1)
        )
        return School(
            unit=body,
            name=name,
            secretary=secretary,
            union=self.holder(f"{code}.doan", youth, Role.UNION, title="BÍ THƯ ĐOÀN TRƯỜNG"),
            helpers=helpers,
            base=above.base_member if above.base else None,
            competent=above.committee,
            sub_committee=above.sub_committee,
            delegated=above.delegated,
        )


def founder() -> Actor:
    """Return who sets everything up: an account nobody signs in with."""
    user = accounts.create_user(
        username="mophong.dung", name="Người dựng dữ liệu mô phỏng", password=None, simulated=True
    )
    return Actor(user.pk, user.name, Post(0, Role.ADMINISTRATOR, 0, "mo-phong", "Mô phỏng"))
