"""Practices: "Thử thách và đồng hành" from unit to unit, and one that waits for a look."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime

from donghanh.accounts.models import User
from donghanh.demonstration import days
from donghanh.demonstration.dak_nong import DakNong
from donghanh.demonstration.diary import Diary
from donghanh.demonstration.stage import Stage
from donghanh.domain.practising import Challenge, Telling
from donghanh.practices import actions, queries
from donghanh.practices.actions import Source
from donghanh.practices.models import Practice

_LIBRARY = "thu-thach-va-dong-hanh"
_TAKING, _DONE = "Học sinh tự nhận thử thách", "Thử thách đã làm xong"
_CORNERS = "Góc đọc lớp dưới còn hoạt động cuối năm"

_WAITING = Telling(
    title="Mười lăm phút kể chuyện người thật việc thật đầu tuần",
    aim="Học sinh tự tìm và kể một câu chuyện đẹp của người ở quê mình, để giờ chào cờ có điều "
    "đáng nghe và các em tập nói trước đông người.",
    for_whom="Học sinh cả ba khối, mỗi tuần một chi đoàn",
    steps=(
        "Chi đoàn đăng ký tuần, chọn người kể bằng cách xung phong",
        "Gặp người trong chuyện, xin phép được kể",
        "Kể trong mười lăm phút đầu giờ chào cờ, có phần hỏi đáp",
        "Lưu lại bài kể ở thư viện trường",
    ),
    challenges=(
        Challenge(
            title="Tìm và kể một câu chuyện đẹp ở quê em",
            aim="Tập lắng nghe, tập kể có đầu có cuối.",
            steps=("Chọn người, xin phép", "Nghe và ghi lại", "Kể trước lớp rồi trước trường"),
            evidence="Ngày gặp, ngày kể",
            days=30,
        ),
    ),
    roles="Đoàn trường xếp lịch; giáo viên chủ nhiệm nghe thử; thư viện lưu bài.",
    cost="Không phát sinh",
    watch_for="Không kể chuyện riêng tư khi người trong chuyện chưa đồng ý.",
)


@dataclass(frozen=True, slots=True)
class _Taken:
    """Who takes over from whom, what was changed, since when, with which results."""

    stage: Stage
    user: User
    parent: str
    changes: str
    since: date
    results: tuple[tuple[str, str, int, str, bool], ...] = ()


@dataclass(slots=True)
class _Line:
    """Writes a line into the diary, each from the one before by its name."""

    diary: Diary
    kept: dict[str, Practice] = field(default_factory=dict)

    def take(self, name: str, one: _Taken) -> None:
        """Let somebody take over, and state the results afterwards."""

        def deed(on: date, at: datetime) -> None:
            actor = one.stage.actor(one.user)
            parent = self.kept.get(one.parent)
            told = queries.shipped()[_LIBRARY].telling
            if parent is not None:
                told = queries.telling_of(parent)
            self.kept[name] = actions.take_over(
                actor=actor,
                source=Source(practice_id=parent.pk) if parent else Source(library_key=_LIBRARY),
                telling=replace(told, challenges=told.challenges[:5]),
                changes=one.changes,
                since=on,
                once=f"mo-phong-{name}",
                at=at,
                today=on,
            )

        self.diary.write(one.since, 9, deed)
        for label, measure, number, year, persons in one.results:
            self._state(name, one, (label, measure, number, year, persons))

    def _state(self, name: str, one: _Taken, result: tuple[str, str, int, str, bool]) -> None:
        label, measure, number, year, persons = result

        def deed(on: date, at: datetime) -> None:
            actions.state_result(
                actor=one.stage.actor(one.user),
                practice_id=self.kept[name].pk,
                school_year=year,
                label=label,
                number=number,
                measure=measure,
                persons=persons,
                at=at,
                today=on,
            )

        self.diary.write(date(int(year[-4:]), 6, 12), 15, deed)


def write(story: DakNong, bloc: Stage, diary: Diary, today: date) -> None:
    """
    Write how the practice went from unit to unit, and what a school proposed a few days ago.

    Args:
        story: The province whose schools take it over.
        bloc: Where the bloc Union stands that was first.
        diary: Where it is written.
        today: The day the stories are told on.
    """
    line, stage = _Line(diary), story.stage
    first, second, _third, fourth, _fifth, sixth = story.schools
    line.take(
        "khoi",
        _Taken(
            bloc,
            User.objects.get(username="tv.doankhoi"),
            "",
            "Giữ nguyên các bước; mỗi Đoàn trường chọn thử thách cùng chi bộ, Đoàn khối tổng hợp "
            "mỗi năm một lần.",
            date(2021, 9, 15),
        ),
    )
    line.take(
        "tinh",
        _Taken(
            stage,
            User.objects.get(username="dn.tinhdoan"),
            "khoi",
            "Bỏ phần tổng hợp theo từng em, chỉ giữ số của đơn vị; thêm hướng dẫn cho trường ở xa.",
            date(2023, 9, 20),
        ),
    )
    line.take(
        "sao-khue",
        _Taken(
            stage,
            first.union,
            "tinh",
            "Thử thách gắn với câu lạc bộ của trường chuyên; học sinh lớp 12 nhận việc ngắn hơn, "
            "xong trước tháng tư.",
            date(2023, 10, 16),
            (
                (_TAKING, "người", 18, "2023-2024", True),
                (_DONE, "việc", 31, "2023-2024", False),
                (_TAKING, "người", 26, "2025-2026", True),
                (_CORNERS, "góc đọc", 2, "2025-2026", False),
            ),
        ),
    )
    line.take(
        "hoa-ban",
        _Taken(
            stage,
            second.secretary,
            "tinh",
            "Làm theo nhóm ba bạn thay cho từng bạn; buổi nhìn lại tổ chức ở chi đoàn.",
            date(2024, 9, 23),
            (
                (_TAKING, "người", 12, "2024-2025", True),
                (_DONE, "việc", 9, "2024-2025", False),
            ),
        ),
    )
    line.take(
        "dai-ngan",
        _Taken(
            stage,
            sixth.union,
            "sao-khue",
            "Trường nội trú: làm việc buổi tối và cuối tuần trong khu ở; nói bằng cả tiếng Việt và "
            "tiếng M'Nông khi giới thiệu với các em.",
            date(2025, 10, 6),
            (
                (_TAKING, "người", 3, "2025-2026", True),
                (_DONE, "việc", 5, "2025-2026", False),
            ),
        ),
    )

    def propose(on: date, at: datetime) -> None:
        actions.propose(
            actor=stage.actor(fourth.secretary),
            telling=_WAITING,
            once="mo-phong-ke-chuyen",
            at=at,
            today=on,
        )

    diary.write(days.back(today, 5), 10, propose)
