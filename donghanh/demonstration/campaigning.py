"""A campaign of the province's Union over two school years, and one that is still a draft."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial

from donghanh.accounts.models import User
from donghanh.campaigns import actions
from donghanh.campaigns.models import Campaign
from donghanh.demonstration import days
from donghanh.demonstration.dak_nong import DakNong
from donghanh.demonstration.diary import Diary
from donghanh.demonstration.stage import School, Stage
from donghanh.domain.authority import Actor
from donghanh.domain.campaigning import Asked, Paper, Terms

_TERMS = Terms(
    title="Đoàn viên thanh niên phấn đấu trở thành đảng viên Đảng Cộng sản Việt Nam",
    aim="Giúp đoàn viên là học sinh hiểu Đảng, tự đặt mục tiêu rèn luyện và được giới thiệu đúng "
    "lúc, đúng tiêu chuẩn; việc tham gia là do chính các em quyết định.\n"
    "Mỗi Đoàn trường tổ chức sinh hoạt về lý tưởng, cử người đồng hành với đoàn viên ưu tú đã đồng "
    "ý, cùng chi bộ chuẩn bị lớp nhận thức về Đảng và giới thiệu đoàn viên ưu tú (nội dung mô "
    "phỏng).",
    begins=date(2025, 9, 15),
    ends=date(2027, 8, 31),
    due=(31, 5),
    paper=Paper("03-CT/TWĐTN-BTC", "Ban Bí thư Trung ương Đoàn", date(2021, 7, 21)),
)
_ASKED = (
    Asked("Buổi sinh hoạt chi đoàn, tọa đàm về Đảng, về lý tưởng", "buổi"),
    Asked("Đoàn viên được Đoàn trường giới thiệu học lớp nhận thức về Đảng", "người"),
    Asked("Đoàn viên ưu tú được giới thiệu cho Đảng xem xét", "người"),
)
_DRAFT = Terms(
    title="Mỗi đoàn viên một việc tốt vì trường, vì lớp",
    aim="Mỗi đoàn viên tự chọn một việc có ích cho trường, cho lớp và giữ đến cùng trong một học "
    "kỳ (nội dung mô phỏng).",
    begins=date(2027, 1, 11),
    ends=date(2027, 5, 28),
    due=(25, 5),
)
_LAST_YEAR, _THIS_YEAR = "2025-2026", "2026-2027"


@dataclass(frozen=True, slots=True)
class _Joined:
    """What a school answers: when, its plan, what it gives, its own evaluation."""

    school: School
    on: date
    plan: str
    lead: str
    #: Day, school year, numbers in the order of the figures, note.
    given: tuple[tuple[date, str, tuple[int | None, ...], str], ...] = ()


@dataclass(slots=True)
class _Told:
    """Writes the campaign into the diary."""

    stage: Stage
    diary: Diary
    made: list[Campaign] = field(default_factory=list)

    @property
    def campaign(self) -> Campaign:
        """Return the campaign as it stands."""
        return Campaign.objects.get(pk=self.made[0].pk)

    def at(self, user: User) -> tuple[Actor, int, int]:
        """Return a school's Union, the number of its joining, and the version."""
        actor = self.stage.actor(user)
        joining = self.campaign.joinings.get(school_id__in=actor.schools)
        return actor, joining.pk, joining.version

    def join(self, one: _Joined) -> None:
        """Let a school join, and give its figures."""

        def deed(_: date, at: datetime) -> None:
            actor, number, seen = self.at(one.school.union)
            told = f"{one.plan.removesuffix('.')} (nội dung mô phỏng)."
            plan = actions.Plan(told, one.lead, date(2027, 5, 25))
            actions.join(actor=actor, joining_id=number, seen=seen, plan=plan, at=at)

        self.diary.write(one.on, 9, deed)
        revisions: dict[str, int] = {}
        for on, year, numbers, note in one.given:
            seen = revisions.get(year, 0)
            revisions[year] = seen + 1
            self.diary.write(on, 15, partial(self._give, one, year, seen, numbers, note))

    def _give(
        self,
        one: _Joined,
        year: str,
        seen: int,
        numbers: tuple[int | None, ...],
        note: str,
        on: date,
        at: datetime,
    ) -> None:
        actor, number, _version = self.at(one.school.union)
        figures = self.campaign.figures.order_by("place").values_list("pk", flat=True)
        given = {
            figure: value
            for figure, value in zip(figures, numbers, strict=True)
            if value is not None
        }
        actions.state_figures(
            actor=actor,
            joining_id=number,
            school_year=year,
            seen=seen,
            numbers=given,
            note=note,
            at=at,
            today=on,
        )


def write(story: DakNong, diary: Diary, today: date) -> None:
    """
    Write a campaign whose schools stand in every state, and a draft nobody below sees.

    One gave late, one corrected what it gave, one gave nothing, one does not take part, one has not
    answered.

    Args:
        story: The province: its Union runs the campaign, its six schools are asked.
        diary: Where it is written.
        today: The day the stories are told on.
    """
    told = _Told(story.stage, diary)
    runner = User.objects.get(username="dn.tinhdoan")
    first, second, third, fourth, fifth, _sixth = story.schools

    def draft(on: date, at: datetime) -> None:
        actor = story.stage.actor(runner)
        made = actions.draft_campaign(
            actor=actor, terms=_TERMS, asked=_ASKED, once="mo-phong", at=at, today=on
        )
        actions.open_campaign(actor=actor, campaign_id=made.pk, seen=1, at=at, today=on)
        told.made.append(made)

    def decline(_: date, at: datetime) -> None:
        actor, number, seen = told.at(fifth.union)
        reason = "Trường mới thành lập, chưa có học sinh lớp 11, lớp 12; sẽ tham gia từ năm sau."
        actions.decline(actor=actor, joining_id=number, seen=seen, reason=reason, at=at)

    def evaluate(_: date, at: datetime) -> None:
        actor, number, seen = told.at(first.union)
        text = (
            "Sinh hoạt theo câu chuyện người thật ở địa phương được đoàn viên nhớ lâu hơn nghe báo "
            "cáo. Năm tới mời đảng viên trẻ là cựu học sinh về kể (nội dung mô phỏng)."
        )
        actions.evaluate(actor=actor, joining_id=number, seen=seen, text=text, at=at)

    def close(on: date, at: datetime) -> None:
        actions.close_year(
            actor=story.stage.actor(runner),
            campaign_id=told.campaign.pk,
            school_year=_LAST_YEAR,
            at=at,
            today=on,
        )

    def later(on: date, at: datetime) -> None:
        actor = story.stage.actor(runner)
        asked = (Asked("Đoàn viên giữ việc tốt đến hết học kỳ", "người"),)
        actions.draft_campaign(
            actor=actor, terms=_DRAFT, asked=asked, once="mo-phong-sau", at=at, today=on
        )

    diary.write(date(2025, 9, 10), 8, draft)
    lead = "Bí thư Đoàn trường"
    for one in (
        _Joined(
            first,
            date(2025, 9, 18),
            "Mỗi tháng một buổi sinh hoạt về lý tưởng ở từng khối; cử đảng viên trẻ đồng hành với "
            "đoàn viên ưu tú đã đồng ý; xong việc giới thiệu trước tháng tư.",
            lead,
            (
                (date(2026, 5, 20), _LAST_YEAR, (9, 12, 6), ""),
                (date(2026, 5, 28), _LAST_YEAR, (10, 12, 5), "Bỏ một em tính hai lần."),
                (days.back(today, 9), _THIS_YEAR, (3, 7, None), "Chưa họp xét giới thiệu."),
            ),
        ),
        _Joined(
            second,
            date(2025, 9, 22),
            "Tọa đàm mỗi học kỳ; giới thiệu đoàn viên lớp 12 học lớp nhận thức về Đảng.",
            "Phó Bí thư Đoàn trường",
            ((date(2026, 5, 29), _LAST_YEAR, (4, 6, 2), ""),),
        ),
        _Joined(
            third,
            date(2025, 10, 2),
            "Sinh hoạt chi đoàn theo chủ đề; hoạt động về nguồn.",
            lead,
            ((date(2026, 6, 12), _LAST_YEAR, (5, 0, 0), "Báo muộn vì trường bận thi."),),
        ),
        _Joined(fourth, date(2025, 10, 9), "Câu lạc bộ lý luận trẻ sinh hoạt hằng tháng.", lead),
    ):
        told.join(one)
    diary.write(date(2025, 9, 30), 10, decline)
    diary.write(date(2026, 6, 15), 9, evaluate)
    diary.write(date(2026, 6, 26), 9, close)
    diary.write(days.back(today, 4), 14, later)
