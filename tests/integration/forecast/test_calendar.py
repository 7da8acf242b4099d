"""The calendar of the school year: who can still make it, by which day, who is told."""

from __future__ import annotations

import io
import zipfile
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape

from donghanh.domain.authority import NotAllowed
from donghanh.domain.calendar import SchoolYear
from donghanh.domain.leaving import Timing
from donghanh.dossiers.models import Dossier
from donghanh.forecast import actions, queries
from donghanh.forecast.models import LeavingDay
from donghanh.forecast.queries import Filters
from donghanh.history.models import Event
from tests import factory
from tests.factory import Cast

pytestmark = pytest.mark.django_db

TODAY = date(2023, 11, 27)
YEAR = SchoolYear.of(TODAY)
LEAVES = date(2024, 7, 15)
AGREED = date(2023, 9, 11)


@pytest.fixture
def cast(monkeypatch: pytest.MonkeyPatch) -> Cast:
    factory.freeze(monkeypatch, TODAY)
    return factory.cast()


def expect(cast: Cast, on: date = LEAVES, year: SchoolYear = YEAR) -> LeavingDay:
    return actions.expect_leaving(
        actor=factory.actor(cast.secretary, TODAY),
        school_id=cast.school.unit.pk,
        year=year,
        on=on,
        at=factory.instant(TODAY),
    )


def sourced(cast: Cast, eighteen: date, name: str, class_name: str = "12A1") -> Dossier:
    """Put a pupil on the source list who turns eighteen on a day."""
    person = factory.agreed_pupil(
        cast.school,
        on=AGREED,
        born=factory.turns_eighteen(eighteen),
        name=name,
        class_name=class_name,
    )
    return factory.opened(cast.school, person, on=AGREED)


def calendar(cast: Cast, **narrowed: str) -> queries.CalendarPage:
    return queries.calendar(factory.actor(cast.secretary, TODAY), TODAY, Filters(**narrowed))


class TestExpectLeaving:
    def test_keeps_the_day_and_a_line_and_a_later_one_replaces_it(self, cast: Cast) -> None:
        expect(cast)
        expect(cast, LEAVES + timedelta(days=5))
        (kept,) = LeavingDay.objects.all()
        assert (kept.school_year, kept.on_date) == ("2023-2024", LEAVES + timedelta(days=5))
        lines = Event.objects.filter(action="forecast.leaving_expected").order_by("id")
        assert [line.facts["on"] for line in lines] == ["2024-07-15", "2024-07-20"]
        assert {line.subject_id for line in lines} == {cast.school.unit.pk}

    @pytest.mark.parametrize("on", [date(2024, 3, 31), date(2025, 1, 1), date(1900, 1, 1)])
    def test_refuses_a_day_outside_and_keeps_nothing(self, cast: Cast, on: date) -> None:
        with pytest.raises(actions.OutsideTheYear):
            expect(cast, on)
        assert not LeavingDay.objects.exists()

    @pytest.mark.parametrize("on", [date(2024, 4, 1), date(2024, 12, 31)])
    def test_keeps_the_first_and_the_last_day_there_can_be(self, cast: Cast, on: date) -> None:
        assert expect(cast, on).on_date == on

    def test_is_refused_to_the_union_and_to_the_neighbour(self, cast: Cast) -> None:
        for who in (cast.union, cast.neighbour.secretary):
            with pytest.raises(NotAllowed):
                actions.expect_leaving(
                    actor=factory.actor(who, TODAY),
                    school_id=cast.school.unit.pk,
                    year=YEAR,
                    on=LEAVES,
                    at=factory.instant(TODAY),
                )
        assert not LeavingDay.objects.exists()


class TestCalendar:
    def test_tells_apart_who_is_in_time_and_who_turns_eighteen_too_late(self, cast: Cast) -> None:
        expect(cast)
        sourced(cast, LEAVES - timedelta(days=30), "Nguyễn Hải Nam")
        sourced(cast, LEAVES, "Trần Thị Đào")
        sourced(cast, LEAVES, "Lê Văn Ân", class_name="11A2")
        sourced(cast, LEAVES, "Vũ Đức Anh", class_name="Chuyên Anh")
        page = calendar(cast)
        found = {row.name: row.timing for row in page.rows}
        assert found == {
            "Nguyễn Hải Nam": Timing.IN_TIME,
            "Trần Thị Đào": Timing.TOO_LATE,
            "Lê Văn Ân": Timing.OPEN_ENDED,
            "Vũ Đức Anh": Timing.OPEN_ENDED,
        }
        assert {word: count for word, _, _, count in page.counts} == {
            "kip": 1,
            "khong-kip": 1,
            "chua-biet": 2,
            "cho": 0,
            "da-lam-le": 0,
        }

    def test_goes_by_no_day_that_has_passed(self, cast: Cast) -> None:
        earlier = SchoolYear.of(AGREED)
        expect(cast, date(2024, 4, 1), earlier)
        sourced(cast, date(2024, 3, 1), "Nguyễn Hải Nam")
        later = date(2024, 4, 2)
        page = queries.calendar(factory.actor(cast.secretary, later), later, Filters())
        assert [row.timing for row in page.rows] == [Timing.OPEN_ENDED]

    def test_gives_every_step_its_earliest_last_day(self, cast: Cast) -> None:
        expect(cast)
        sourced(cast, LEAVES - timedelta(days=30), "Nguyễn Hải Nam")
        sourced(cast, LEAVES, "Trần Thị Đào")
        lines = {line.title: line for line in calendar(cast).lines}
        vote = next(row.vote for row in calendar(cast).rows if row.timing is Timing.IN_TIME)
        assert vote is not None
        line = lines[vote.title]
        assert (line.ahead, line.late, line.last_day) == (1, 1, vote.last_day)

    def test_shows_the_days_ahead_month_by_month(self, cast: Cast) -> None:
        expect(cast)
        dossier = sourced(cast, date(2024, 3, 15), "Nguyễn Hải Nam")
        months = calendar(cast).months
        assert [month.first for month in months] == [date(2024, 3, 1), date(2024, 7, 1)]
        (birthday,) = months[0].days
        assert (birthday.on, birthday.dossier_id) == (date(2024, 3, 15), dossier.pk)
        assert {one.on for one in months[1].days} == {LEAVES - timedelta(days=1)}

    @pytest.mark.parametrize(
        ("narrowed", "names"),
        [
            ({"q": "tran dao"}, ["Trần Thị Đào"]),
            ({"state": "kip"}, ["Nguyễn Hải Nam"]),
            ({"class_name": "11A2"}, ["Lê Văn Ân"]),
            ({"state": "khong-co"}, ["Lê Văn Ân", "Trần Thị Đào", "Nguyễn Hải Nam"]),
        ],
    )
    def test_is_narrowed_in_vietnamese_order(
        self, cast: Cast, narrowed: dict[str, str], names: list[str]
    ) -> None:
        expect(cast)
        sourced(cast, LEAVES - timedelta(days=30), "Nguyễn Hải Nam")
        sourced(cast, LEAVES, "Trần Thị Đào")
        sourced(cast, LEAVES, "Lê Văn Ân", class_name="11A2")
        assert [row.name for row in calendar(cast, **narrowed).rows] == names

    def test_asks_the_database_as_often_for_many_as_for_one(self, cast: Cast) -> None:
        expect(cast)
        sourced(cast, LEAVES, "Trần Thị Đào")
        with CaptureQueriesContext(connection) as one:
            calendar(cast)
        for _ in range(4):
            sourced(cast, LEAVES, "Nguyễn Hải Nam")
        with CaptureQueriesContext(connection) as many:
            calendar(cast)
        assert len(many) == len(one)

    def test_forgets_who_stopped(self, cast: Cast) -> None:
        dossier = sourced(cast, LEAVES, "Trần Thị Đào")
        factory.stopped(dossier.person, on=TODAY)
        page = calendar(cast)
        assert (page.rows, page.all_rows, page.lines, page.months) == ((), 0, (), ())


class TestPages:
    def test_the_list_shows_names_and_leaves_a_line_with_whose(self, cast: Cast) -> None:
        dossier = sourced(cast, LEAVES, "Trần Thị Đào")
        expect(cast)
        answer = factory.signed_in(cast.secretary).get(reverse("forecast:calendar"))
        assert escape("Trần Thị Đào") in answer.content.decode()
        line = Event.objects.get(action="dossiers.list_seen")
        assert (line.facts["list"], line.facts["dossiers"]) == ("calendar", [dossier.pk])

    def test_a_pupil_s_page_leaves_a_reading(self, cast: Cast) -> None:
        dossier = sourced(cast, LEAVES, "Trần Thị Đào")
        answer = factory.signed_in(cast.secretary).get(reverse("forecast:pupil", args=[dossier.pk]))
        assert answer.status_code == 200
        line = Event.objects.get(action="dossiers.read")
        assert (line.subject_id, line.actor) == (dossier.pk, cast.secretary)

    @pytest.mark.parametrize(
        ("today", "finishes"), [(date(2024, 7, 31), "2023-2024"), (date(2024, 8, 1), "")]
    )
    def test_a_pupil_s_page_names_no_school_year_that_is_over(
        self, cast: Cast, today: date, finishes: str
    ) -> None:
        dossier = sourced(cast, LEAVES, "Trần Thị Đào")
        page = queries.pupil(factory.actor(cast.secretary, today), dossier.pk, today)
        assert page.finishes == finishes

    def test_a_pupil_of_the_neighbour_is_not_there(self, cast: Cast) -> None:
        dossier = sourced(cast, LEAVES, "Trần Thị Đào")
        client = factory.signed_in(cast.neighbour.secretary)
        assert client.get(reverse("forecast:pupil", args=[dossier.pk])).status_code == 404
        assert not Event.objects.filter(action="dossiers.read").exists()

    def test_the_day_is_kept_from_the_form(self, cast: Cast) -> None:
        client = factory.signed_in(cast.secretary)
        answer = client.post(reverse("forecast:leaving"), {"on": "15/7/2024"})
        assert answer.status_code == 302
        assert LeavingDay.objects.get().on_date == LEAVES

    def test_the_form_begins_with_the_day_that_is_kept(self, cast: Cast) -> None:
        expect(cast)
        answer = factory.signed_in(cast.secretary).get(reverse("forecast:leaving"))
        assert 'value="15/07/2024"' in answer.content.decode()

    @pytest.mark.parametrize("typed", ["15/7/1900", "hôm nào đó", ""])
    def test_a_day_that_cannot_be_is_refused_and_stays_typed(self, cast: Cast, typed: str) -> None:
        client = factory.signed_in(cast.secretary)
        answer = client.post(reverse("forecast:leaving"), {"on": typed})
        assert answer.status_code == 422
        assert typed in answer.content.decode()
        assert not LeavingDay.objects.exists()

    def test_the_workbook_has_the_rows_of_the_list(self, cast: Cast) -> None:
        expect(cast)
        dossier = sourced(cast, LEAVES, "Trần Thị Đào")
        answer = factory.signed_in(cast.secretary).get(reverse("forecast:export"))
        with zipfile.ZipFile(io.BytesIO(answer.content)) as book:
            sheet = "".join(book.read(name).decode() for name in book.namelist())
        assert "Trần Thị Đào" in sheet
        line = Event.objects.get(action="dossiers.list_exported")
        assert line.facts["dossiers"] == [dossier.pk]
