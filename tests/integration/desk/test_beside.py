"""What stands on a desk of the rooms beside the road, for whom, and at what price."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from donghanh.accounts.models import User
from donghanh.amendments import queries as amendments
from donghanh.campaigns import actions as campaigns
from donghanh.desk import queries
from donghanh.desk.queries import Item, carrying, heard, life
from donghanh.domain.campaigning import Terms
from donghanh.domain.voices import Addressee, Reason
from donghanh.news import actions as news
from donghanh.practices import actions as practices
from donghanh.voices import actions
from donghanh.voices import queries as voices
from tests import factory
from tests.factory import Cast
from tests.integration.activities import holding
from tests.integration.campaigns import running
from tests.integration.news import making
from tests.integration.practices import telling
from tests.integration.voices.speaking import LAST, LATE, NEXT, ON, spoken

pytestmark = pytest.mark.django_db

UNION = Addressee.UNION
#: A campaign whose figures have been late for years when voices are.
_STARTED = Terms("Phấn đấu", "Vì sao", date(2024, 9, 5), date(2027, 8, 31), (1, 3))


@pytest.fixture
def cast() -> Cast:
    return factory.cast()


def desk_of(user: User, on: date) -> tuple[list[str], list[str]]:
    """Return the titles of what is to be done, and of what waits, on the desk of somebody."""
    desk = queries.desk(factory.actor(user, on), on)
    return [one.title for one in (*desk.late, *desk.soon)], [one.title for one in desk.waiting]


def voiced(user: User, on: date) -> tuple[list[Item], list[Item]]:
    """Return the things about voices alone, as a desk takes them."""
    found = heard.pressing(factory.actor(user, on), on)
    return ([*heard.due(found, on)], [*heard.gone(found, on)]) if found else ([], [])


class TestVoices:
    def test_wait_for_the_body_written_to_from_the_day_after(self, cast: Cast) -> None:
        spoken(cast.school)
        spoken(cast.school, to=UNION)
        spoken(cast.school, to=UNION)
        for user, expected in (
            (cast.secretary, ["1 tiếng nói của học sinh chờ trả lời"]),
            (cast.union, ["2 tiếng nói của học sinh chờ trả lời"]),
            (cast.outsider, []),
            (cast.officer, []),
            (cast.upper_unionist, []),
            (cast.committee, []),
        ):
            assert voiced(user, ON) == ([], [])
            assert [one.title for one in voiced(user, NEXT)[0]] == expected
        ((item,), _) = voiced(cast.secretary, NEXT)
        assert (item.left, item.named) == ((LAST - NEXT).days, None)

    @pytest.mark.parametrize(
        ("to", "below", "above"),
        [(Addressee.SCHOOL, "secretary", "officer"), (UNION, "union", "upper_unionist")],
    )
    def test_that_are_late_lie_on_the_desk_above_and_wait_on_the_one_below(
        self, cast: Cast, to: Addressee, below: str, above: str
    ) -> None:
        spoken(cast.school, to=to)
        (done, gone), (risen, waits) = (
            voiced(getattr(cast, name), LATE) for name in (below, above)
        )
        assert (done, [one.waiting for one in gone]) == ([], [1])
        assert ([one.state for one in risen], waits) == (["late"], [])
        assert risen[0].title in desk_of(getattr(cast, above), LATE)[0]
        assert gone[0].title in desk_of(getattr(cast, below), LATE)[1]

    def test_of_danger_stand_first_at_once_with_all_who_hear_of_it(self, cast: Cast) -> None:
        spoken(cast.school, to=UNION, emergency=True)
        for user in (cast.union, cast.secretary, cast.upper_unionist):
            (items, _) = voiced(user, ON)
            assert [(one.title, one.left) for one in items] == [
                ("1 tiếng nói báo có người gặp nguy hiểm", 0)
            ]
        for user in (cast.officer, cast.outsider):
            assert voiced(user, ON) == ([], [])

    def test_moderators_were_asked_about_stand_with_them_alone(self, cast: Cast) -> None:
        voice, _ = spoken(cast.school, to=UNION)
        union, at = factory.actor(cast.union, ON), factory.instant(NEXT)
        actions.flag(actor=union, voice_id=voice.pk, seen=0, at=at, today=NEXT)
        (items, _) = voiced(cast.upper_unionist, NEXT)
        assert [one.title for one in items] == ["1 tiếng nói cấp dưới nhờ người điều phối xem"]
        upper = factory.actor(cast.upper_unionist, NEXT)
        assert voices.listing(upper, NEXT, "waiting").counts["waiting"] == 1
        assert voiced(cast.secretary, NEXT) == ([], [])
        assert len(voiced(cast.union, NEXT)[0]) == 1

    def test_that_were_answered_set_aside_or_closed_stand_on_no_desk(self, cast: Cast) -> None:
        ended = [spoken(cast.school) for _ in range(3)]
        secretary, at = factory.actor(cast.secretary, ON), factory.instant(NEXT)
        given = {"actor": secretary, "seen": 0, "at": at, "today": NEXT}
        actions.answer(voice_id=ended[0][0].pk, text="Đã sửa.", **given)  # type: ignore[arg-type]
        actions.set_aside(voice_id=ended[1][0].pk, reason=Reason.INSULT, **given)  # type: ignore[arg-type]
        actions.close(code=ended[2][1], seen=0, today=NEXT)
        assert voiced(cast.secretary, NEXT) == ([], [])
        actions.write_on(code=ended[0][1], text="Bao giờ ạ?", seen=1, today=NEXT)
        assert len(voiced(cast.secretary, NEXT)[0]) == 1

    def test_to_be_made_public_wait_for_a_second_person(self, cast: Cast) -> None:
        voice, _ = spoken(cast.school, may_publish=True)
        secretary, at = factory.actor(cast.secretary, ON), factory.instant(NEXT)
        given = {"actor": secretary, "voice_id": voice.pk, "at": at, "today": NEXT}
        actions.answer(text="Đã sửa.", seen=0, **given)  # type: ignore[arg-type]
        rewritten = actions.Rewritten("Bao giờ sửa?", "Đã sửa.")
        actions.propose(rewritten=rewritten, **given)  # type: ignore[arg-type]
        assert [one.title for one in voiced(cast.officer, NEXT)[0]] == ["1 hỏi đáp chờ công khai"]
        assert voiced(cast.secretary, NEXT) == ([], [])


class TestBesides:
    def test_an_article_waits_for_who_did_not_write_it(self, cast: Cast) -> None:
        article = making.begun(cast)
        news.hand_in(actor=making.writer(cast), article_id=article.pk, seen=1, at=making.AT)
        title = "1 bài viết chờ bạn duyệt"
        assert [one.title for one in life.articles(making.reviewer(cast))] == [title]
        assert list(life.articles(making.writer(cast))) == []
        assert list(life.articles(factory.actor(cast.outsider, making.ON))) == []

    def test_a_practice_waits_for_who_looks_then_decides_or_for_who_mends(self, cast: Cast) -> None:
        first, second = (telling.proposed(cast.secretary, once=one) for one in ("a", "b"))
        officer, secretary = (
            factory.actor(user, telling.TODAY) for user in (cast.officer, cast.secretary)
        )
        (item,) = life.practised(officer)
        assert item.title == "2 mô hình được đề xuất, chờ xem xét"
        assert list(life.practised(secretary)) == []
        practices.recommend(actor=officer, practice_id=first.pk, seen=1, at=telling.AT)
        practices.return_practice(
            actor=officer, practice_id=second.pk, remark="Nêu rõ ai làm.", seen=1, at=telling.AT
        )
        (item,) = life.practised(officer)
        assert item.title == "1 mô hình chờ quyết định công nhận"
        (item,) = life.practised(secretary)
        assert item.title == "1 mô hình được trả lại kèm góp ý"
        assert item.href.endswith(f"/{second.pk}/")
        assert list(life.practised(factory.actor(cast.outsider, telling.TODAY))) == []

    def test_an_activity_asks_for_its_plan_before_and_for_its_number_after(
        self, cast: Cast
    ) -> None:
        on = date(2026, 3, 10)
        holding.planned(cast.union, on, at=ON)
        holding.planned(
            cast.union, on, at=ON, plan="Đi bằng xe của trường, có hai thầy cô đi cùng."
        )

        def items(user: User, today: date) -> list[str]:
            return [one.title for one in life.held(factory.actor(user, today), today)]

        written = ["Viết kế hoạch: Về nguồn tại nhà ngục Đắk Mil"]
        assert [items(cast.union, on - timedelta(days=days)) for days in (8, 7, 0)] == [
            [],
            written,
            written,
        ]
        missing = ["Nhập số lượt tham gia của 2 hoạt động"]
        assert items(cast.union, on + timedelta(days=1)) == missing
        assert items(cast.outsider, on) == []
        assert items(cast.union, on + timedelta(days=3 * 365)) == []


def carried(user: User, on: date) -> tuple[list[Item], list[Item]]:
    """Return the things about campaigns alone, as a desk takes them."""
    actor = factory.actor(user, on)
    found = carrying.carried(actor, on, amendments.current())
    return [*carrying.due(actor, found, on)], [*carrying.silent(found, on)]


def titles(user: User, on: date) -> tuple[list[str], list[str]]:
    done, waits = carried(user, on)
    return [one.title for one in done], [one.title for one in waits]


class TestCampaigns:
    #: Figures of 2023-2024 are given by this day.
    DUE = date(2024, 5, 31)
    GIVE = "Nộp số liệu năm học 2023-2024: Phấn đấu"
    CLOSE = "Chốt số liệu năm học 2023-2024: Phấn đấu"

    def test_wait_for_the_answer_of_each_school_that_has_said_nothing(self, cast: Cast) -> None:
        running.drafted(cast, once="hai")
        assert titles(cast.union, running.TODAY) == ([], [])
        first = running.opened(cast)
        ((item,), _) = carried(cast.union, running.TODAY)
        assert (item.title, item.left) == ("Trả lời cuộc vận động: Phấn đấu", None)
        assert item.href.endswith(f"/{running.at(first, cast.school).pk}/")
        running.opened(cast, once="ba")
        many = ["2 cuộc vận động chờ trường trả lời"]
        assert titles(cast.union, running.TODAY) == (many, [])
        running.declined(first, cast.school)
        assert titles(cast.union, running.TODAY) == (["Trả lời cuộc vận động: Phấn đấu"], [])
        assert titles(cast.neighbour.union, running.TODAY) == (many, [])
        for user in (cast.officer, cast.secretary, cast.committee, cast.upper_unionist):
            assert titles(user, running.TODAY) == ([], [])

    def test_ask_for_figures_from_a_week_before_the_day_until_they_are_given(
        self, cast: Cast
    ) -> None:
        campaign = running.opened(cast)
        running.joined(campaign, cast.school)
        for after, state in ((-8, None), (-7, "near"), (0, "near"), (1, "late"), (500, None)):
            (found, _) = carried(cast.union, self.DUE + timedelta(days=after))
            mine = [one.state for one in found if one.title == self.GIVE]
            assert mine == ([state] if state else [])
        late = self.DUE + timedelta(days=1)
        assert self.GIVE in desk_of(cast.union, late)[0]
        running.gave(campaign, cast.school, 0, None, on=late)
        assert titles(cast.union, late) == ([], [])

    def test_tell_who_runs_them_how_many_schools_are_silent_after_the_day(self, cast: Cast) -> None:
        campaign = running.opened(cast)
        running.joined(campaign, cast.school)
        late = self.DUE + timedelta(days=3)
        assert titles(cast.upper_unionist, self.DUE) == ([], [])
        (_, (item,)) = carried(cast.upper_unionist, late)
        assert item.title == "2 trường chưa nộp số liệu năm học 2023-2024: Phấn đấu"
        assert item.waiting == 3
        assert item.title in desk_of(cast.upper_unionist, late)[1]
        running.gave(campaign, cast.school, 3, 4, on=late)
        one = ["1 trường chưa nộp số liệu năm học 2023-2024: Phấn đấu"]
        assert titles(cast.upper_unionist, late) == ([], one)

    def test_ask_who_runs_them_to_close_a_year_nobody_is_waited_for_in(self, cast: Cast) -> None:
        campaign = running.opened(cast)
        running.joined(campaign, cast.school)
        running.gave(campaign, cast.school, 3, 4)
        running.declined(campaign, cast.neighbour)
        late = self.DUE + timedelta(days=1)
        assert titles(cast.upper_unionist, self.DUE) == ([], [])
        assert titles(cast.upper_unionist, late) == ([self.CLOSE], [])
        assert self.CLOSE in desk_of(cast.upper_unionist, late)[0]
        campaigns.close_year(
            actor=factory.actor(cast.upper_unionist, late),
            campaign_id=campaign.pk,
            school_year=running.YEAR,
            at=factory.instant(late, 9),
            today=late,
        )
        assert titles(cast.upper_unionist, late) == ([], [])

    def test_that_ended_stand_on_no_desk(self, cast: Cast) -> None:
        late = self.DUE + timedelta(days=1)
        running.ended(running.opened(cast), cast, on=late)
        for user in (cast.union, cast.upper_unionist):
            assert titles(user, late) == ([], [])


class TestPrice:
    @pytest.mark.parametrize("name", ["secretary", "union", "officer", "upper_unionist"])
    def test_is_the_same_however_much_there_is(self, cast: Cast, name: str) -> None:
        actor, counts = factory.actor(getattr(cast, name), LATE), []
        for round_ in range(2):
            for number in range(2):
                spoken(cast.school, may_publish=True)
                spoken(cast.school, to=UNION)
                spoken(cast.school, to=UNION, on=LAST)
                spoken(cast.school, emergency=True)
                telling.proposed(cast.secretary, once=f"{round_}-{number}")
                holding.planned(cast.union, LATE, at=LAST)
                once = f"{round_}-{number}"
                running.opened(cast, once=once, terms=_STARTED, on=ON)
                second = running.opened(cast, once=f"{once}-hai", terms=_STARTED, on=ON)
                running.joined(second, cast.school, on=ON)
            with CaptureQueriesContext(connection) as caught:
                queries.desk(actor, LATE)
            counts.append(len(caught))
        assert counts[0] == counts[1]
