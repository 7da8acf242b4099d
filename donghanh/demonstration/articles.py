"""What units of the stories tell the public: articles in our own words, by invented people."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from importlib.resources import files

from donghanh.accounts.models import User
from donghanh.demonstration.diary import Diary
from donghanh.demonstration.illustration import drawn
from donghanh.demonstration.names import Names, Region
from donghanh.demonstration.stage import School, Stage
from donghanh.domain import markup
from donghanh.domain.authority import Actor
from donghanh.domain.publishing import Seen
from donghanh.domain.rights import Role
from donghanh.lib import safehtml
from donghanh.news import actions
from donghanh.news.queries import Typed
from donghanh.organisation.models import Unit

#: The articles, from the first told to the latest: file, working days ago, who tells it.
_TOLD = (
    ("ke-hoach-nam-hoc", 58, "department"),
    ("goc-doc-hanh-lang", 46, "school"),
    ("kem-ban-hoc", 37, "school"),
    ("ba-buoi-truoc-ngay-le", 29, "school"),
    ("lich-lop-nhan-thuc", 22, "department"),
    ("con-duong-cua-mot-bai-bao", 15, "school"),
    ("giu-mot-viec-den-cung", 8, "bloc"),
    ("thu-thach-va-dong-hanh", 3, "bloc"),
)
#: Which articles have a picture before the text: the seed it is drawn from.
_PICTURED = {
    "thu-thach-va-dong-hanh": 4,
    "giu-mot-viec-den-cung": 1,
    "con-duong-cua-mot-bai-bao": 2,
    "kem-ban-hoc": 3,
}
_ALT = "Tranh vẽ bằng máy: con đường nhỏ đi qua những ngọn đồi lúc bình minh"
_CAPTION = "Tranh do máy vẽ cho dữ liệu mô phỏng; không phải ảnh chụp, không có người thật nào."
_CORRECTED = "kem-ban-hoc"
_NOTE = "Bản đăng lần đầu ghi tám nhóm; đúng là bảy nhóm. Đã sửa trong bài."


@dataclass(slots=True)
class Press:
    """
    Writes into the diary what is published.

    Attributes:
        stage: Who acts in the province of the department.
        bloc: Who acts in the bloc whose Union carried the model over.
        school: The school whose Union tells, and has one article waiting for the secretary.
        diary: Where it is written.
        ago: Returns the day some working days ago.
    """

    stage: Stage
    bloc: Stage
    school: School
    diary: Diary
    ago: Callable[[int], date]

    def write(self) -> None:
        """Write every article, each by one and reviewed by another."""
        reviewer = self._second_of_the_bloc()
        names = Names(1107, Region.ANYWHERE)
        pairs = {
            "department": (self.stage, "chuyenvien", "lanhdao"),
            "bloc": (self.bloc, "doankhoi", reviewer),
        }
        for file, ago, who in _TOLD:
            stage, one, other = pairs.get(who, (self.stage, "", ""))
            writer = self._user(stage, one) if one else self.school.union
            second = self._user(stage, other) if other else self.school.secretary
            told = _Told(
                stage, writer, second, read(file, names.person()), seed=_PICTURED.get(file)
            )
            self.diary.write(self.ago(ago), 15, told.publish)
            if file == _CORRECTED:
                self.diary.write(self.ago(ago - 1), 9, told.correct)
        waiting = read("cau-lac-bo-sach", names.person())
        told = _Told(self.stage, self.school.union, self.school.secretary, waiting)
        self.diary.write(self.ago(1), 16, told.hand_in)

    def _second_of_the_bloc(self) -> str:
        """Give the bloc's Union somebody who reviews what the first wrote."""
        union = Unit.objects.get(code="tv-doan-khoi")
        name = Names(404, Region.DELTA).person()
        self.bloc.holder("phobithu", union, Role.UPPER_UNION, able=False, name=name)
        return "phobithu"

    def _user(self, stage: Stage, username: str) -> User:
        return User.objects.get(username=f"{stage.code}.{username}")


@dataclass(slots=True)
class _Told:
    """One article on its way; ``seed``: what its picture is drawn from, where it has one."""

    stage: Stage
    writer: User
    reviewer: User
    typed: Typed
    seed: int | None = None
    article_id: int = 0
    seen: int = 1

    def hand_in(self, on: date, at: datetime) -> None:
        actor = self.stage.actor(self.writer)
        self.article_id = actions.begin(actor=actor, typed=self.typed, at=at).pk
        if self.seed is not None:
            self._picture(actor, self.seed, at)
        actions.hand_in(actor=actor, article_id=self.article_id, seen=self.seen, at=at)

    def _picture(self, actor: Actor, seed: int, at: datetime) -> None:
        """Put a picture before the text; nobody is on it."""
        made = actions.add_picture(
            actor=actor,
            article_id=self.article_id,
            file=io.BytesIO(drawn(seed)),
            alt=_ALT,
            caption=_CAPTION,
            seen=Seen.NOBODY,
            at=at,
        )
        self.typed = replace(self.typed, lead=made.number)
        version = actions.save(
            actor=actor, article_id=self.article_id, seen=self.seen, typed=self.typed, at=at
        )
        self.seen = version.number

    def publish(self, on: date, at: datetime) -> None:
        self.hand_in(on, at)
        actor, later = self.stage.actor(self.reviewer), at + timedelta(minutes=30)
        actions.approve(actor=actor, article_id=self.article_id, seen=self.seen, at=later)
        actions.publish(actor=actor, article_id=self.article_id, seen=self.seen, at=later)

    def correct(self, on: date, at: datetime) -> None:
        actions.correct(
            actor=self.stage.actor(self.reviewer),
            article_id=self.article_id,
            seen=self.seen,
            typed=self.typed,
            note=_NOTE,
            at=at,
        )


def read(file: str, author: str) -> Typed:
    """
    Return an article of the demonstration as somebody types it.

    The first lines of its file are section, title and summary; what follows is the text.

    Args:
        file: The name of the file, without its ending.
        author: An invented name; marked as such.
    """
    place = files("donghanh.demonstration") / "press" / f"{file}.txt"
    section, title, summary, body = place.read_text("utf-8").split("\n", 3)
    return Typed(
        section=section.strip(),
        title=title.strip(),
        summary=summary.strip(),
        body=safehtml.judged(markup.to_html(markup.from_plain(body))),
        author_name=f"{author} (mô phỏng)",
        source="",
    )
