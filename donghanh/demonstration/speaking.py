"""What invented pupils say in the weeks before today, and the answers they got."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from donghanh.accounts.models import User
from donghanh.demonstration.dak_nong import DakNong
from donghanh.demonstration.diary import Diary
from donghanh.domain.voices import Addressee, Topic
from donghanh.voices import actions
from donghanh.voices.models import Voice
from donghanh.voices.queries.asking import digest_of

#: What opens the voice that was answered and made public.
CODE = "MPTN-HSUA-MYEM-AAAA"
_QUESTION = "Mái nhà xe học sinh dột đã lâu, bao giờ được sửa?"
_ANSWER = (
    "Nhà trường đã hợp đồng thợ sửa mái nhà xe trong tháng này. Trong lúc chờ, học sinh để xe ở "
    "sân sau có mái che (nội dung mô phỏng)."
)


def voices(story: DakNong, diary: Diary, today: date) -> None:
    """
    Write into the diary: one unnamed, answered and public; one named, waiting; one late.

    Args:
        story: The province; the first school speaks.
        diary: Where it is written.
        today: The day up to which the stories are told.
    """
    school, stage = story.schools[0], story.stage
    union = school.union

    def say(code: str, to: Addressee, topic: Topic, text: str, **more: object) -> None:
        def deed(on: date, at: datetime) -> None:
            new = actions.New(school.unit.pk, to, topic, f"{text} (nội dung mô phỏng)", **more)  # type: ignore[arg-type]
            actions.write(new=new, code=code, today=on)

        diary.write(today - timedelta(days=_AGO[code]), 15, deed)

    def number() -> int:
        return Voice.objects.values_list("pk", flat=True).get(code_digest=digest_of(CODE))

    def answer(on: date, at: datetime) -> None:
        actor = stage.actor(union)
        actions.answer(actor=actor, voice_id=number(), text=_ANSWER, seen=0, at=at, today=on)
        told = actions.Rewritten(_QUESTION, _ANSWER)
        actions.propose(actor=actor, voice_id=number(), rewritten=told, at=at, today=on)

    def confirm(on: date, at: datetime) -> None:
        made = Voice.objects.get(pk=number()).publication
        actor = stage.actor(User.objects.get(username="dn.tinhdoan"))
        actions.confirm(actor=actor, publication_id=made.pk, at=at, today=on)

    say(
        CODE,
        Addressee.UNION,
        Topic.PLACE,
        "Nhà xe của trường mình dột quá, mưa là ướt hết cặp sách, bọn em nói mấy lần rồi ạ.",
        may_publish=True,
    )
    say(
        "MPTN-HSUA-MYEM-BBBB",
        Addressee.SCHOOL,
        Topic.STUDY,
        "Em muốn trường mở thêm giờ tự học buổi tối ở thư viện cho học sinh ở xa.",
        name="Nông Thị Hoài Thương",
        class_name="12A3",
    )
    say(
        "MPTN-HSUA-MYEM-CCCC",
        Addressee.SCHOOL,
        Topic.FEES,
        "Khoản tiền nước uống thu hai lần trong học kỳ này là sao ạ?",
    )
    say(
        "MPTN-HSUA-MYEM-DDDD",
        Addressee.DEPARTMENT,
        Topic.RULES,
        "Em đề nghị Sở cho học sinh cuối cấp biết lịch thi thử sớm hơn.",
        wants_answer=False,
    )
    diary.write(today - timedelta(days=8), 9, answer)
    diary.write(today - timedelta(days=7), 9, confirm)


#: How many days before today each was said.
_AGO = {
    CODE: 12,
    "MPTN-HSUA-MYEM-BBBB": 4,
    "MPTN-HSUA-MYEM-CCCC": 30,
    "MPTN-HSUA-MYEM-DDDD": 6,
}
