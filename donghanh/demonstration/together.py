"""What a pupil and those beside the pupil do together: a challenge, notes, a club, a rating."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from donghanh.accompaniment import actions, queries
from donghanh.accounts.models import User
from donghanh.demonstration.diary import Diary
from donghanh.demonstration.pupils import Pupil
from donghanh.demonstration.stage import Stage
from donghanh.domain import rating
from donghanh.domain.rating import Body
from donghanh.pool import actions as pool
from donghanh.pool import queries as scales

_CHALLENGE = "example:sach-cho-thu-vien"
_TOLD = (
    (1, "Hỏi mười hai bạn lớp 10, các bạn thích truyện và sách về nghề"),
    (2, "Xin được bốn mươi cuốn, mượn một góc hành lang tầng hai"),
    (3, "Mở góc đọc, tuần đầu có ba mươi lượt bạn đến"),
)


@dataclass(slots=True)
class Together:
    """Writes into the diary what one pupil's helper, Union and the pupil do along the road."""

    stage: Stage
    diary: Diary
    pupil: Pupil
    ago: Callable[[int], date]
    challenge: int = 0
    note: int = 0
    club: int = 0

    def write(self) -> None:
        """Write everything, up to some days ago."""
        for ago, hour, deed in (
            (62, 16, self._found),
            (61, 20, self._join),
            (60, 15, self._give),
            (59, 20, self._accept),
            (55, 16, self._comment),
            *((50 - 5 * step, 20, self._telling(step, text)) for step, text in _TOLD),
            (34, 16, self._write_note),
            (33, 20, self._answer_note),
            (32, 17, self._meet),
            (31, 20, self._show),
            (30, 9, self._rate),
            (20, 20, self._finish),
            (18, 16, self._answer),
        ):
            self.diary.write(self.ago(ago), hour, deed)

    def _helper(self) -> User:
        """Return who helps the pupil."""
        return next(one for one in self.pupil.school.helpers if one.pk == self.pupil.helper)

    def _found(self, on: date, at: datetime) -> None:
        actor = self.stage.actor(self.pupil.school.union)
        leaders = queries.leaders(actor, on)
        self.club = actions.found_club(
            actor=actor,
            kind="club",
            name="Bạn đọc",
            purpose="Mỗi tháng đọc chung một cuốn sách và kể lại cho nhau nghe.",
            founded=on,
            leader_id=leaders[0][0] if leaders else None,
            once="mo-phong",
            at=at,
            today=on,
        ).pk

    def _join(self, on: date, at: datetime) -> None:
        actions.join_club(code=self.pupil.code, club_id=self.club, at=at)

    def _give(self, on: date, at: datetime) -> None:
        given = actions.give_challenges(
            actor=self.stage.actor(self._helper()),
            key=_CHALLENGE,
            dossier_ids=[self.pupil.dossier_id],
            due=on + timedelta(days=90),
            once="mo-phong",
            at=at,
            today=on,
        )
        self.challenge = given[0].pk

    def _accept(self, on: date, at: datetime) -> None:
        actions.accept(code=self.pupil.code, challenge_id=self.challenge, at=at)

    def _telling(self, step: int, text: str) -> Callable[[date, datetime], None]:
        def deed(on: date, at: datetime) -> None:
            actions.tell(
                code=self.pupil.code,
                challenge_id=self.challenge,
                text=text,
                on=on,
                step=step,
                once=f"mo-phong-{step}",
                at=at,
                today=on,
            )

        return deed

    def _finish(self, on: date, at: datetime) -> None:
        actions.finish(
            code=self.pupil.code,
            challenge_id=self.challenge,
            reflection="Em tưởng khó nhất là xin sách, hóa ra khó nhất là giữ cho góc đọc có "
            "người trực.\n\nNhóm lớp 10 đã nhận trực tiếp từ tuần này.",
            at=at,
        )

    def _answer(self, on: date, at: datetime) -> None:
        actions.answer_challenge(
            actor=self.stage.actor(self._helper()),
            challenge_id=self.challenge,
            text="Em làm được điều khó nhất là bàn giao cho lớp dưới. Kỳ sau nhớ ghé thăm nhé.",
            at=at,
        )

    def _write_note(self, on: date, at: datetime) -> None:
        self.note = actions.write_note(
            actor=self.stage.actor(self._helper()),
            dossier_id=self.pupil.dossier_id,
            text="Gặp em ở góc đọc. Em lo không đủ người trực; đã bàn chia lịch theo tổ.",
            on=on,
            once="mo-phong",
            at=at,
            today=on,
        ).pk

    def _answer_note(self, on: date, at: datetime) -> None:
        text = "Em đã chia lịch theo tổ, tuần này đủ người trực rồi ạ."
        actions.answer_note(
            code=self.pupil.code, note_id=self.note, text=text, once="mo-phong", at=at
        )

    def _comment(self, on: date, at: datetime) -> None:
        actions.write_comment(
            actor=self.stage.actor(self._helper()),
            dossier_id=self.pupil.dossier_id,
            text="Em nhận việc là làm đến nơi. Cần tập phân công để không ôm hết việc một mình.",
            on=on,
            once="mo-phong",
            at=at,
            today=on,
        )

    def _meet(self, on: date, at: datetime) -> None:
        actor = self.stage.actor(self.pupil.school.union)
        page = queries.club_page(actor, self.club)
        actions.keep_meeting(
            actor=actor,
            club_id=self.club,
            on=on,
            topic="Đọc chung và kể lại một câu chuyện quê hương",
            came=[one.id for one in page.members],
            at=at,
            today=on,
        )

    def _show(self, on: date, at: datetime) -> None:
        actions.show_attendance(code=self.pupil.code, club_id=self.club, shown=True, at=at)

    def _rate(self, on: date, at: datetime) -> None:
        scale, person = scales.scale_on(on), self.pupil.person
        if scale is None or person is None:
            return
        pool.rate(
            actor=self.stage.actor(self.pupil.school.union),
            person_id=person.pk,
            new=pool.NewRating(
                year=rating.years_at_school(on)[1].key,
                body=Body.CHAPTER,
                level=scale.value[0],
                met=on,
                paper_number="05-NQ/CĐ",
            ),
            at=at,
            today=on,
        )
