"""Activities are planned, held, called off; pupils check in and show them by own word."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from donghanh.accompaniment.actions import erasing as beside
from donghanh.activities import actions, forms, queries
from donghanh.activities.models import Activity, CheckIn
from donghanh.activities.queries import Filters
from donghanh.domain import activities
from donghanh.domain.accompanying import TextTooLong
from donghanh.domain.authority import NotAllowed
from donghanh.domain.looking import Reach, Way
from donghanh.history.models import Event
from donghanh.lib import wall
from donghanh.people import queries as people
from tests import factory
from tests.factory import Cast
from tests.integration.accompaniment import walking
from tests.integration.activities import holding

pytestmark = pytest.mark.django_db

ON = walking.TODAY
AT = factory.instant(ON, 14)


@pytest.fixture
def cast(monkeypatch: pytest.MonkeyPatch) -> Cast:
    factory.freeze(monkeypatch, ON)
    return factory.cast()


class TestPlan:
    def test_keeps_what_is_to_come_once_with_a_line_of_history(self, cast: Cast) -> None:
        actor = factory.actor(cast.union, ON)
        for _press in range(2):
            made = actions.plan_activity(
                actor=actor, plan=holding.plan(ON + timedelta(days=7)), once="mot", at=AT
            )
        assert Activity.objects.count() == 1
        assert (made.school_id, made.unit_id) == (cast.school.unit.pk, cast.school.youth.pk)
        assert (made.turns, made.held_at, made.school_year) == (None, None, "2023-2024")
        assert Event.objects.filter(action="activities.planned").count() == 1

    def test_refuses_a_past_day_without_a_number_and_writes_nothing(self, cast: Cast) -> None:
        with pytest.raises(activities.NumberMissing):
            holding.planned(cast.union, ON - timedelta(days=3), at=ON)
        assert not Activity.objects.exists()
        held = holding.planned(cast.union, ON - timedelta(days=3), at=ON, stated=41)
        assert (held.turns, held.held_at is not None) == (41, True)

    @pytest.mark.parametrize("stated", [10**9, -1])
    def test_refuses_a_number_no_activity_has(self, cast: Cast, stated: int) -> None:
        with pytest.raises(activities.NumberOutside):
            holding.planned(cast.union, ON - timedelta(days=3), at=ON, stated=stated)

    def test_refuses_a_name_of_three_hundred_signs(self, cast: Cast) -> None:
        with pytest.raises(TextTooLong):
            holding.planned(cast.union, ON, title="Đ" * 300)

    def test_is_refused_to_who_only_reads(self, cast: Cast) -> None:
        with pytest.raises(NotAllowed):
            holding.planned(cast.leader, ON)

    def test_of_the_department_counts_for_no_school(self, cast: Cast) -> None:
        assert holding.planned(cast.officer, ON).school_id is None


class TestJointCell:
    """A cell whose post reaches two schools, as after small schools came to share one."""

    def test_says_which_school_holds_and_holds_for_no_third(self, cast: Cast) -> None:
        both = frozenset({cast.school.unit.pk, cast.neighbour.unit.pk})
        actor = replace(factory.actor(cast.secretary, ON), schools=both)
        assert {one for one, _name in queries.holding_schools(actor, ON)} == both
        told: dict[str, Any] = {"actor": actor, "plan": holding.plan(ON), "at": AT, "stated": 31}
        with pytest.raises(actions.SchoolMissing):
            actions.plan_activity(**told, once="a")
        with pytest.raises(NotAllowed):
            actions.plan_activity(**told, once="a", school_id=cast.department.pk)
        assert not Activity.objects.exists()
        made = actions.plan_activity(**told, once="a", school_id=cast.neighbour.unit.pk)
        assert (made.unit_id, made.school_id) == (cast.school.cell.pk, cast.neighbour.unit.pk)
        # It counts for the school that holds it, and its own Union reads it.
        assert queries.counted(None, "2023-2024", ON) == {cast.neighbour.unit.pk: (1, 31)}
        assert queries.visible_to(factory.actor(cast.neighbour.union, ON), ON).count() == 1
        assert queries.visible_to(factory.actor(cast.union, ON), ON).count() == 0

    def test_is_asked_for_the_school_by_the_form(self) -> None:
        schools = ((7, "Trường THPT Đức Lập"), (9, "Trường THPT Krông Nô"))
        form = forms.Plans(schools=schools, today=ON)
        assert list(dict(form.fields["school_id"].choices)) == ["", 7, 9]  # type: ignore[attr-defined]  # of a choice
        assert "school_id" not in forms.Plans(schools=schools[:1], today=ON).fields


class TestNumber:
    def test_is_stated_corrected_and_closes_checking_in(self, cast: Cast) -> None:
        made = holding.opened(cast.union, ON)
        union = factory.actor(cast.union, ON)
        for stated in (30, 31):
            actions.state_number(actor=union, activity_id=made.pk, stated=stated, at=AT)
        made.refresh_from_db()
        assert made.turns == 31
        assert not queries.is_open(made, AT)

    def test_is_never_less_than_those_who_checked_in_and_is_theirs_if_none_is_said(
        self, cast: Cast
    ) -> None:
        one, made = walking.pair(cast), holding.opened(cast.union, ON)
        union = factory.actor(cast.union, ON)
        holding.checked_in(one.code, made, ON)
        with pytest.raises(activities.FewerThanCheckedIn):
            actions.state_number(actor=union, activity_id=made.pk, stated=0, at=AT)
        assert actions.state_number(actor=union, activity_id=made.pk, stated=None, at=AT) == 1

    def test_of_a_neighbour_is_not_there(self, cast: Cast) -> None:
        made = holding.planned(cast.union, ON)
        with pytest.raises(Activity.DoesNotExist):
            actions.state_number(
                actor=factory.actor(cast.outsider, ON), activity_id=made.pk, stated=3, at=AT
            )

    def test_is_refused_after_it_was_called_off(self, cast: Cast) -> None:
        made = holding.planned(cast.union, ON)
        union = factory.actor(cast.union, ON)
        actions.call_off(actor=union, activity_id=made.pk, reason="Mưa lớn.", at=AT)
        with pytest.raises(actions.ChangedMeanwhile):
            actions.state_number(actor=union, activity_id=made.pk, stated=3, at=AT)
        with pytest.raises(actions.ChangedMeanwhile):
            actions.call_off(actor=union, activity_id=made.pk, reason="Mưa lớn.", at=AT)


class TestCheckIn:
    def test_counts_a_pupil_once_however_often_it_is_pressed(self, cast: Cast) -> None:
        one, made = walking.pair(cast), holding.opened(cast.union, ON)
        assert holding.checked_in(one.code, made, ON)
        assert not holding.checked_in(one.code, made, ON)
        made.refresh_from_db()
        assert (made.checked_in, CheckIn.objects.count()) == (1, 1)
        line = Event.objects.get(action="activities.pupil_acted")
        assert line.facts == {}  # history does not tell where a pupil was

    def test_takes_a_sign_of_some_minutes_and_none_older(self, cast: Cast) -> None:
        one, made = walking.pair(cast), holding.opened(cast.union, ON)
        old = queries.sign_of(made, AT - timedelta(minutes=3))
        with pytest.raises(actions.SignOver):
            actions.check_in(code=one.code, activity_id=made.pk, sign=old, at=AT)
        fresh = queries.sign_of(made, AT - timedelta(minutes=2))
        assert actions.check_in(code=one.code, activity_id=made.pk, sign=fresh, at=AT)

    def test_refuses_the_sign_of_another_activity(self, cast: Cast) -> None:
        one, made = walking.pair(cast), holding.opened(cast.union, ON)
        other = holding.opened(cast.secretary, ON)
        sign = queries.sign_of(other, AT)
        with pytest.raises(actions.SignOver):
            actions.check_in(code=one.code, activity_id=made.pk, sign=sign, at=AT)

    def test_is_refused_once_it_is_closed_or_the_hour_is_over(self, cast: Cast) -> None:
        one, made = walking.pair(cast), holding.opened(cast.union, ON)
        with pytest.raises(actions.CheckInClosed):
            holding.checked_in(one.code, made, ON, hour=16)
        actions.close_check_in(actor=factory.actor(cast.union, ON), activity_id=made.pk, at=AT)
        made.refresh_from_db()
        with pytest.raises(actions.CheckInClosed):
            holding.checked_in(one.code, made, ON)
        assert not CheckIn.objects.exists()

    def test_opens_in_time_alone(self, cast: Cast) -> None:
        made = holding.planned(cast.union, ON)
        for hour in (11, 16):
            with pytest.raises(activities.NotTheTime):
                actions.open_check_in(
                    actor=factory.actor(cast.union, ON),
                    activity_id=made.pk,
                    at=factory.instant(ON, hour),
                )

    def test_stores_nothing_a_sign_could_be_made_of(self, cast: Cast) -> None:
        made = holding.opened(cast.union, ON)
        kept = repr(Activity.objects.filter(pk=made.pk).values().get())
        assert queries.sign_of(made, AT) not in kept

    def test_walks_by_the_pages_from_the_screen_to_the_road(self, cast: Cast) -> None:
        one, made = walking.pair(cast), holding.opened(cast.union, ON)
        sign = queries.sign_of(made, AT)
        browser = Client()
        gone = browser.post(
            reverse("activities:scanned", args=[made.pk, sign]), {"code": one.code.lower()}
        )
        page = reverse("activities:check_in", args=[one.code, made.pk, sign])
        assert gone["Location"] == page
        assert browser.post(page).status_code == 200
        stale = reverse("activities:check_in", args=[one.code, made.pk, "cu"])
        assert browser.post(stale).status_code == 200  # counted already: said so, no refusal
        assert "đã được điểm danh rồi" in browser.get(page).content.decode()


class TestRoad:
    def test_shows_staff_an_activity_only_by_the_pupils_own_word(self, cast: Cast) -> None:
        one, made = walking.pair(cast), holding.opened(cast.union, ON)
        holding.checked_in(one.code, made, ON)
        path = reverse("activities:pupil", args=[one.dossier.pk])
        helper = factory.signed_in(one.helper)
        assert made.title not in helper.get(path).content.decode()
        words = "Em hiểu hơn cái giá của hòa bình."
        actions.put_on_road(code=one.code, activity_id=made.pk, reflection=words, at=AT)
        for browser in (helper, factory.signed_in(cast.union)):
            shown = browser.get(path).content.decode()
            assert made.title in shown
            assert words in shown
        actions.take_off_road(code=one.code, activity_id=made.pk, at=AT)
        assert made.title not in helper.get(path).content.decode()
        assert CheckIn.objects.get().reflection == ""

    def test_hides_from_every_way_of_staff_who_was_where(self, cast: Cast) -> None:
        one, made = walking.pair(cast), holding.opened(cast.union, ON)
        holding.checked_in(one.code, made, ON)
        for user in (cast.union, cast.secretary, one.helper):
            reach = factory.actor(user, ON).reach
            with wall.looking(reach.way, reach.settings):
                assert not CheckIn.objects.exists()
        own = Reach(Way.PUPIL, code=people.digest_of(one.code))
        with wall.looking(own.way, own.settings):
            assert CheckIn.objects.count() == 1

    def test_is_in_the_pupils_own_copy_shown_or_not(self, cast: Cast) -> None:
        one, made = walking.pair(cast), holding.opened(cast.union, ON)
        holding.checked_in(one.code, made, ON)
        (told,) = Client().get(reverse("ownfile:copy_json", args=[one.code])).json()["activities"]
        assert (told["title"], told["shown"]) == (made.title, False)

    def test_goes_with_the_pupil_and_leaves_the_number(self, cast: Cast) -> None:
        one, made = walking.pair(cast), holding.opened(cast.union, ON)
        holding.checked_in(one.code, made, ON)
        actions.forget(one.dossier.person_id)
        beside.forget(person_id=one.dossier.person_id, dossier_id=None)
        made.refresh_from_db()
        assert (CheckIn.objects.count(), made.checked_in) == (0, 1)


class TestList:
    def test_finds_without_marks_and_narrows(self, cast: Cast) -> None:
        holding.planned(cast.union, ON)
        other = holding.planned(cast.union, ON, kind="listening", title="Đối thoại đầu năm")
        holding.planned(cast.officer, ON, title="Hội trại toàn ngành")
        holding.planned(cast.outsider, ON, title="Của trường bên")
        union = factory.actor(cast.union, ON)

        def found(**told: str) -> set[str]:
            page = queries.listing(union, Filters(**told), None, AT)
            return {row.title for row in page.rows}

        everything = {"Về nguồn tại nhà ngục Đắk Mil", other.title, "Hội trại toàn ngành"}
        assert found() == everything
        assert found(words="doi thoai") == {other.title}
        assert found(kind="listening") == {other.title}
        assert found(year="2022-2023") == set()

    def test_asks_as_often_for_many_as_for_one(self, cast: Cast) -> None:
        union = factory.actor(cast.union, ON)
        queries.listing(union, Filters(), None, AT)  # what all pages share is read once
        counts = []
        for _more in range(2):
            holding.planned(cast.union, ON)
            with CaptureQueriesContext(connection) as asked:
                list(queries.listing(union, Filters(), None, AT).rows)
                queries.month_of(union, "", AT)
            counts.append(len(asked))
        assert counts[0] == counts[1]

    def test_is_taken_away_with_cells_that_stay_text(self, cast: Cast) -> None:
        holding.planned(cast.union, ON, title="=1+1")
        answer = factory.signed_in(cast.union).get(reverse("activities:export"))
        with zipfile.ZipFile(io.BytesIO(answer.content)) as book:
            sheet = book.read("xl/worksheets/sheet1.xml").decode()
        assert "=1+1</t>" in sheet
        assert "<f>" not in sheet

    def test_is_taken_as_a_calendar_of_what_is_in_sight(self, cast: Cast) -> None:
        ahead = holding.planned(cast.union, ON + timedelta(days=3), at=ON, title="Về nguồn, đi bộ")
        off = holding.planned(cast.union, ON + timedelta(days=4), at=ON)
        theirs = holding.planned(cast.neighbour.union, ON)
        long_ago = holding.planned(cast.union, ON - timedelta(days=40), at=ON, stated=3)
        union = factory.actor(cast.union, ON)
        actions.call_off(actor=union, activity_id=off.pk, reason="Mưa lớn.", at=AT)
        answer = factory.signed_in(cast.union).get(reverse("activities:calendar"))
        assert answer["Content-Type"].startswith("text/calendar")
        told = answer.content.decode()
        assert "SUMMARY:Về nguồn\\, đi bộ\r\n" in told
        assert f"DTSTART:{ahead.on_date:%Y%m%d}T060000Z" in told  # 13 o'clock here
        assert told.count("STATUS:CANCELLED") == 1
        for one, there in ((ahead, 1), (off, 1), (theirs, 0), (long_ago, 0)):
            assert told.count(f"UID:hoat-dong-{one.pk}@") == there

    def test_shows_the_month_a_day_lies_in(self, cast: Cast) -> None:
        made = holding.planned(cast.union, date(2023, 11, 30), at=date(2023, 11, 20))
        month = queries.month_of(factory.actor(cast.union, ON), "2023-11", AT)
        days = [day for week in month.weeks for day in week if day.rows]
        assert [(day.on, day.rows[0].id) for day in days] == [(made.on_date, made.pk)]
        assert (month.before, month.after) == ("2023-10", "2023-12")


class TestWaiting:
    def test_are_the_own_that_are_over_and_lack_a_number_the_oldest_first(self, cast: Cast) -> None:
        today = holding.planned(cast.union, ON, title="Của hôm nay")
        past = holding.planned(cast.union, ON - timedelta(days=2), at=ON - timedelta(days=3))
        holding.planned(cast.union, ON - timedelta(days=4), at=ON, stated=12)
        holding.planned(cast.secretary, ON - timedelta(days=2), at=ON - timedelta(days=3))
        union = factory.actor(cast.union, ON)

        def waits(hour: int) -> list[int]:
            return [one.id for one in queries.waiting(union, factory.instant(ON, hour))]

        assert waits(15) == [past.pk]
        assert waits(17) == [past.pk, today.pk]
        with CaptureQueriesContext(
            connection,
        ) as asked:
            waits(17)
        assert len(asked) == 2
        actions.call_off(actor=union, activity_id=past.pk, reason="Mưa lớn.", at=AT)
        actions.state_number(actor=union, activity_id=today.pk, stated=9, at=AT)
        assert waits(17) == []
        assert queries.waiting(factory.actor(cast.leader, ON), AT) == ()


class TestPages:
    def test_say_one_sentence_for_what_cannot_be(self, cast: Cast) -> None:
        browser = factory.signed_in(cast.union)
        told = {
            "once": "x", "kind": "ideals", "title": "Tọa đàm", "on": "01/09/2023",
            "begins": "7:30", "ends": "9h00", "place": "Hội trường", "audience": "Khối 12",
        }  # fmt: skip
        answer = browser.post(reverse("activities:begin"), told)
        assert answer.status_code == 422
        assert "đã qua mà chưa có số học sinh tham gia" in answer.content.decode()
        many = browser.post(reverse("activities:begin"), {**told, "stated": "1000000000"})
        assert "số nguyên từ 0 đến 20000" in many.content.decode()
        long = browser.post(reverse("activities:begin"), {**told, "title": "a" * 300})
        assert "300" in long.content.decode()
        kept = browser.post(reverse("activities:begin"), {**told, "stated": "120"}, follow=True)
        assert "Tọa đàm" in kept.content.decode()

    def test_show_a_code_to_scan_and_say_when_there_is_none(self, cast: Cast) -> None:
        browser = factory.signed_in(cast.union)
        made = holding.opened(cast.union, ON)
        shown = browser.get(reverse("activities:screen", args=[made.pk])).content.decode()
        assert "data:image/svg+xml;base64," in shown
        assert queries.sign_of(made, AT) in shown
        browser.post(reverse("activities:close", args=[made.pk]))
        again = browser.get(reverse("activities:screen", args=[made.pk])).content.decode()
        assert "Điểm danh chưa mở" in again
