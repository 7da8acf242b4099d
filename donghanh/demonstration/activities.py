"""Activities of ideals education: this school year's and last's, and one of today."""

from __future__ import annotations

import io
from contextlib import suppress
from datetime import date, datetime, time, timedelta

from donghanh.accounts.models import User
from donghanh.activities import actions, queries
from donghanh.activities.models import Activity
from donghanh.demonstration.dak_nong import DakNong
from donghanh.demonstration.diary import Deed, Diary
from donghanh.demonstration.illustration import drawn
from donghanh.demonstration.pupils import Pupil
from donghanh.domain.activities import Hours, NotTheTime, Seen

#: How many days ago, kind, title, place, for whom, how many took part.
_HELD = (
    (410, "tradition", "Thắp nến tri ân các anh hùng liệt sĩ", "Nghĩa trang liệt sĩ huyện", 180),
    (372, "volunteering", "Chủ nhật xanh, trồng cây quanh trường", "Sân trường", 240),
    (331, "listening", "Hiệu trưởng gặp gỡ, đối thoại với học sinh", "Hội trường", 95),
    (68, "ideals", "Tọa đàm “Lý tưởng của thanh niên hôm nay”", "Hội trường", 126),
    (40, "tradition", "Về nguồn tại di tích nhà ngục Đắk Mil", "Xã Đức Lập", 84),
    (12, "aspirations", "Gặp cựu học sinh: em chọn nghề gì cho quê hương", "Thư viện", 61),
)
_PLAN = "Đoàn trường chuẩn bị nội dung; mỗi lớp cử một nhóm nói lời cảm nghĩ; thu dọn sau buổi."
_WORDS = "Em đứng trước những cái tên trẻ hơn em. Em muốn sống cho đáng những năm được đi học."
_WELL = "Các lớp đến đúng giờ. Phần kể chuyện do học sinh tự chọn được lắng nghe nhiều nhất."
_NEXT = "Đi sớm nửa giờ để tránh nắng; chia hai nhóm vì nhà trưng bày hẹp; nhờ trạm y tế xã trực."
#: Drawn by the machine: nobody is on them.
_PHOTOS = (
    "Con đường lên khu di tích lúc sáng sớm (tranh vẽ bằng máy)",
    "Đồi núi nhìn từ sân khu di tích (tranh vẽ bằng máy)",
)
#: Which activity the pupil with an own page checks in at.
_CHECKED = 40


def every_school(story: DakNong, walking: Pupil, diary: Diary, today: date) -> None:
    """Write into the diary what some schools and the department hold."""
    for place, school in enumerate(story.schools[:4]):
        for ago, kind, title, where, many in _HELD:
            by = school.secretary if kind == "ideals" else school.union
            on = today - timedelta(days=ago + place)
            plan = _plan(kind, title, where, on)
            if school is walking.school and ago == _CHECKED:
                _with_own(story, diary, walking, plan, many)
                continue
            deed = _held(story, by, plan, many - 7 * place)
            diary.write(on, 17, deed)
        ahead = (
            "volunteering",
            "Đông ấm vùng biên",
            "Sân trường",
            today + timedelta(days=9 + place),
        )
        diary.write(today - timedelta(days=2), 9, _ahead(story, school.union, _plan(*ahead)))
    # One of today, at the school of the pupil with an own page: checking in waits to be opened.
    fair = ("conduct", "Ngày hội học sinh sống đẹp", "Sân trường", today, time(6), time(22))
    diary.write(today - timedelta(days=1), 9, _ahead(story, walking.school.union, _plan(*fair)))
    gathering = ("companionship", "Ngày hội các câu lạc bộ đồng hành", "Quảng trường tỉnh")
    meet = _plan(*gathering, today + timedelta(days=20))
    diary.write(today - timedelta(days=3), 9, _ahead(story, story.officer, meet))


def _plan(
    kind: str, title: str, place: str, on: date, begins: time = time(14), ends: time = time(16, 30)
) -> actions.Plan:
    return actions.Plan(
        kind=kind,
        title=title,
        hours=Hours(on, begins, ends),
        place=place,
        audience="Học sinh khối 11, khối 12",
        plan=_PLAN,
    )


def _held(story: DakNong, by: User, plan: actions.Plan, many: int) -> Deed:
    def hold(on: date, at: datetime) -> None:
        actor, once = story.stage.actor(by), f"mo-phong-{on}"
        actions.plan_activity(actor=actor, plan=plan, once=once, stated=many, at=at)

    return hold


def _with_own(story: DakNong, diary: Diary, pupil: Pupil, plan: actions.Plan, many: int) -> None:
    """Write down an activity at which the pupil checks in, and shows it in the evening."""
    actor = story.stage.actor(pupil.school.union)
    made: list[Activity] = []

    def keep(on: date, at: datetime) -> None:
        once = f"mo-phong-{on}"
        made.append(actions.plan_activity(actor=actor, plan=plan, once=once, at=at))

    def come(_: date, at: datetime) -> None:
        (one,) = made
        actions.open_check_in(actor=actor, activity_id=one.pk, at=at)
        one.refresh_from_db()
        sign = queries.sign_of(one, at)
        actions.check_in(code=pupil.code, activity_id=one.pk, sign=sign, at=at)

    def end(_: date, at: datetime) -> None:
        (one,) = made
        actions.state_number(actor=actor, activity_id=one.pk, stated=many, at=at)
        actions.put_on_road(code=pupil.code, activity_id=one.pk, reflection=_WORDS, at=at)
        actions.look_back(
            actor=actor, activity_id=one.pk, went_well=_WELL, next_time=_NEXT, before=None, at=at
        )
        for seed, alt in enumerate(_PHOTOS, start=41):
            actions.add_photo(
                actor=actor,
                activity_id=one.pk,
                file=io.BytesIO(drawn(seed)),
                alt=alt,
                seen=Seen.NOBODY,
                at=at,
            )

    for hour, deed in ((8, keep), (14, come), (18, end)):
        diary.write(plan.hours.on, hour, deed)


def open_today(story: DakNong, walking: Pupil, at: datetime) -> None:
    """
    Open checking in at the activity of today, so that its screen can be looked at.

    Args:
        story: The province.
        walking: The pupil with an own page, whose school holds it.
        at: The present instant; at night nothing is open yet, or any more.
    """
    actor = story.stage.actor(walking.school.union)
    today = queries.local(at).date()
    for one in queries.held_by(actor).filter(on_date=today, held_at=None):
        with suppress(NotTheTime):
            actions.open_check_in(actor=actor, activity_id=one.pk, at=at)


def _ahead(story: DakNong, by: User, plan: actions.Plan) -> Deed:
    def keep(_: date, at: datetime) -> None:
        actor = story.stage.actor(by)
        once = f"mo-phong-{plan.hours.on}"
        actions.plan_activity(actor=actor, plan=plan, once=once, at=at)

    return keep
