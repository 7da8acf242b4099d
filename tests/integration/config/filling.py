"""What fills the addresses that are nothing without a number: one of each thing, really done."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from donghanh.accompaniment import actions as accompaniment
from donghanh.accounts.models import User
from donghanh.directives import actions as directives
from donghanh.domain import signing, succession
from donghanh.domain.acts import Step
from donghanh.domain.calendar import SchoolYear
from donghanh.domain.practising import Telling
from donghanh.domain.publishing import Seen
from donghanh.domain.rights import Right
from donghanh.domain.sitting import Body
from donghanh.dossiers.models import Dossier
from donghanh.duplicates import actions as duplicates
from donghanh.duplicates.models import Decision
from donghanh.meetings import actions as sitting
from donghanh.meetings import models as meetings
from donghanh.meetings import queries as held
from donghanh.news import actions as news
from donghanh.news.queries import Typed
from donghanh.openfigures import actions as openfigures
from donghanh.openfigures import queries as openfigures_reads
from donghanh.organisation import actions as organisation
from donghanh.pictures import actions as pictures
from donghanh.pictures.models import Picture
from donghanh.practices import actions as practices
from donghanh.promotion import actions as promotion
from donghanh.promotion.queries import Said
from donghanh.reorganisation import actions as reorganisation
from donghanh.reorganisation import queries as operations
from donghanh.voices import actions as voices
from tests import factory
from tests.integration.accompaniment import walking
from tests.integration.activities import holding
from tests.integration.campaigns import running
from tests.integration.pictures import files as pictured_files
from tests.integration.reports.reporting import WRITTEN
from tests.integration.voices import speaking


def renamed(cast: factory.Cast) -> int:
    """Give the Union above schools another name, and return the number of the operation."""
    keeper = factory.actor(cast.administrator, WRITTEN)
    decision = succession.Decision("12-QĐ/TĐTN", WRITTEN, "Tỉnh Đoàn (mô phỏng)")
    change = succession.Rename(cast.upper_union.pk, name="Tỉnh Đoàn mới (mô phỏng)")
    operation = succession.Operation(change, decision, WRITTEN)
    made = reorganisation.reorganise(
        actor=keeper,
        operation=operation,
        seen=operations.preview(keeper, operation, WRITTEN).digest,
        at=factory.instant(WRITTEN, 12),
        today=WRITTEN,
    )
    return made.pk


def drafted(cast: factory.Cast) -> dict[str, Any]:
    """Write a directive and take a number; return what fills their addresses."""
    officer, at = factory.actor(cast.officer, WRITTEN), factory.instant(WRITTEN)
    written = directives.Written(kind="plan", subject="Kế hoạch")
    draft = directives.write_draft(actor=officer, written=written, at=at, on=WRITTEN)
    entry = directives.take_number(
        actor=officer, kind="plan", subject="Giấy mời", at=at, on=WRITTEN
    )
    pages = ("rewrite", "draft", "submit", "sign", "send_back", "publish", "paper", "discard")
    return {
        **{f"directives:{page} directive_id": draft.pk for page in pages},
        "entry_id": entry.pk,
        "bundle_id": 10**9,
    }


def pictured(cast: factory.Cast) -> dict[str, Any]:
    """Keep a picture for the school, drawn in every size; return what fills its addresses."""
    number = pictures.upload(
        actor=factory.actor(cast.secretary, WRITTEN),
        unit_id=cast.school.unit.pk,
        file=pictured_files.picture(),
        alt="Một con đường",
        at=factory.instant(WRITTEN),
    )
    pictures.make_waiting(at=factory.instant(WRITTEN))
    token = Picture.objects.get(pk=number).token
    return {"picture_id": number, "token": token, "width": 480, "made": "webp"}


def opened(cast: factory.Cast) -> dict[str, Any]:
    """Let the school tell everybody a figure; return what fills the addresses."""
    actor = factory.actor(cast.secretary, WRITTEN)
    chosen = openfigures_reads.Chosen("2023-2024", ("clubs",))
    seen = openfigures_reads.draft(actor, chosen, WRITTEN).digest
    at = factory.instant(WRITTEN)
    made = openfigures.publish(actor=actor, chosen=chosen, seen=seen, at=at, today=WRITTEN)
    return {
        "openfigures: publication_id": made.pk,
        "openfigures: code": cast.school.unit.code,
        "openfigures: school_year": "2023-2024",
    }


def accompanied(cast: factory.Cast, dossier: Dossier, helper: User) -> dict[str, Any]:
    """Give a pupil a challenge, a note and a club; return what fills their addresses."""
    one = walking.Pair(dossier, helper, walking.code_of(dossier.person))
    (given,) = walking.given(helper, dossier, today=WRITTEN)
    accompaniment.accept(code=one.code, challenge_id=given.pk, at=factory.instant(WRITTEN))
    made = holding.opened(cast.union, WRITTEN)
    holding.checked_in(one.code, made, WRITTEN)
    held = holding.planned(cast.union, WRITTEN - timedelta(days=1), at=WRITTEN, stated=9)
    after = ("look_back", "photo_add", "photo", "photo_small", "photo_remove")
    return {
        **{f"activities:{page} activity_id": held.pk for page in after},
        "photo_id": holding.photographed(cast.union, held, WRITTEN),
        "activities: code": one.code,
        "activity_id": made.pk,
        "sign": "cu",
        "accompaniment: code": one.code,
        "accompaniment: what": "tham-gia",
        "challenge_id": given.pk,
        "note_id": walking.noted(one, today=WRITTEN),
        "club_id": walking.club(cast, today=WRITTEN).pk,
    }


def two_meetings(cast: factory.Cast, dossier_id: int) -> tuple[meetings.Meeting, meetings.Meeting]:
    """Hold a meeting of the cell that put everything off, and plan another."""
    secretary = factory.actor(cast.secretary, WRITTEN)
    made = []
    for hour in (8, 10):
        new = sitting.NewMeeting(body=Body.CELL, on=WRITTEN, chair="Cao Bích", taker="Lò Tấn")
        at = factory.instant(WRITTEN, hour)
        meeting = sitting.plan_meeting(actor=secretary, new=new, at=at)
        sitting.add_items(
            actor=secretary,
            meeting_id=meeting.pk,
            step=Step.HELPER_CHANGED,
            dossier_ids=[dossier_id],
            at=at,
            today=WRITTEN,
        )
        made.append(meeting)
    sitting.keep_draft(
        actor=secretary,
        meeting_id=made[0].pk,
        item_id=made[0].items.get().pk,
        typed={"delayed": "1", "word": "Chờ"},
        at=factory.instant(WRITTEN, 9),
    )
    page = held.meeting_page(secretary, made[0], WRITTEN)
    sitting.close_meeting(
        actor=secretary,
        meeting_id=made[0].pk,
        seal=page.seal,
        at=factory.instant(WRITTEN, 9),
        today=WRITTEN,
    )
    return made[0], made[1]


def signed_for(cast: factory.Cast) -> int:
    """Let the officer sign for the leader, and return the number of the delegation."""
    given = organisation.delegate_signing(
        actor=factory.actor(cast.leader, WRITTEN),
        at=factory.instant(WRITTEN),
        user_id=cast.officer.pk,
        form=signing.Form.ORDER,
        rights={Right.REVIEW_REPORTS},
        since=WRITTEN,
        until=None,
    )
    return given.pk


def told_apart(cast: factory.Cast) -> int:
    """Say of two pupils with one name that they are two, and return the number of the decision."""
    on = WRITTEN - timedelta(days=3)
    born = date(2006, 2, 1)
    two = [
        factory.agreed_pupil(cast.school, on=on, name=name, born=born)
        for name in ("Đàm Thị Quý", "Dam Thi Quy")
    ]
    duplicates.tell_apart(
        actor=factory.actor(cast.secretary, WRITTEN),
        lead_id=two[0].pk,
        other_id=two[1].pk,
        at=factory.instant(WRITTEN),
    )
    return Decision.objects.get().pk


def practised(cast: factory.Cast) -> dict[str, Any]:
    """Let the school's cell propose a practice; return what fills the addresses of practices."""
    told = Telling("Góc đọc", "Lớp dưới có sách", "Khối 10", ("Hỏi", "Mở"))
    made = practices.propose(
        actor=factory.actor(cast.secretary, WRITTEN),
        telling=told,
        once="mot",
        at=factory.instant(WRITTEN),
        today=WRITTEN,
    )
    return {"practice_id": made.pk, "practices: key": "thu-thach-va-dong-hanh"}


def campaigned(cast: factory.Cast) -> dict[str, Any]:
    """Open a campaign that the school joined and gave figures for; return what fills addresses."""
    on = WRITTEN - timedelta(days=20)
    campaign = running.opened(cast, on=on)
    one = running.joined(campaign, cast.school, on=on)
    running.gave(campaign, cast.school, 3, 2, on=on)
    return {"campaign_id": campaign.pk, "joining_id": one.pk}


def moved_up(cast: factory.Cast) -> int:
    """Move a pupil of the year before up, and return the number of the promotion."""
    on = SchoolYear.of(WRITTEN).since - timedelta(days=40)
    factory.agreed_pupil(cast.school, on=on, name="Lục Thị Lên", class_name="11A3")
    made = promotion.move_up(
        actor=factory.actor(cast.secretary, WRITTEN),
        said=Said({f"{SchoolYear.of(on).key}|11A3": ("12A3", False)}, {}),
        at=factory.instant(WRITTEN),
        today=WRITTEN,
    )
    return made.pk


def voiced(cast: factory.Cast) -> dict[str, Any]:
    """Let a pupil ask, the cell answer and write it anew; return what fills the addresses."""
    days = WRITTEN - timedelta(days=3), WRITTEN - timedelta(days=1)
    voice, _ = speaking.spoken(cast.school, on=days[0], may_publish=True)
    secretary = factory.actor(cast.secretary, WRITTEN)
    given: dict[str, Any] = {"actor": secretary, "voice_id": voice.pk, "today": days[1]}
    at = factory.instant(days[1])
    voices.answer(text="Tháng sau.", seen=0, at=at, **given)
    made = voices.propose(rewritten=voices.Rewritten("Bao giờ sửa?", "Tháng sau."), at=at, **given)
    return {
        "voices: voice_id": voice.pk,
        "voices: publication_id": made.pk,
        "voices: school_id": cast.school.unit.pk,
    }


def told_in_the_news(cast: factory.Cast, code: str) -> dict[str, Any]:
    """Let the Union write two articles, one of them public; return what fills their addresses."""
    union, at = factory.actor(cast.union, WRITTEN), factory.instant(WRITTEN)
    secretary = factory.actor(cast.secretary, WRITTEN)
    typed = Typed("thong-bao", "Lịch sinh hoạt", "Tháng sáu.", "<p>Có lịch.</p>", "Mô Phỏng", "")
    public, draft = (news.begin(actor=union, typed=typed, at=at) for _ in range(2))
    news.hand_in(actor=union, article_id=public.pk, seen=1, at=at)
    news.approve(actor=secretary, article_id=public.pk, seen=1, at=at)
    news.publish(actor=secretary, article_id=public.pk, seen=1, at=at)
    made = news.add_picture(
        actor=union,
        article_id=draft.pk,
        file=pictured_files.picture(),
        alt="Cây bàng",
        seen=Seen.NOBODY,
        at=at,
    )
    return {
        "news: slug": public.slug,
        "news: number": made.number,
        "news: key": "thong-bao",
        "news: what": "dong-y",
        "news: code": code,
        "article_id": draft.pk,
        "agreement_id": 10**9,
    }
