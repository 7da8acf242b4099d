"""Yearly ratings: on the scale of their day, corrected openly, read by the pupil."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection

from donghanh.domain import rating as rules
from donghanh.domain.authority import NotAllowed
from donghanh.domain.rating import Body
from donghanh.history.models import Event
from donghanh.people.models import Person
from donghanh.pool import actions, queries
from donghanh.pool.models import Rating
from tests import factory
from tests.factory import Cast
from tests.integration.accompaniment import walking
from tests.integration.pool.rating import rated

pytestmark = pytest.mark.django_db

AGREED = date(2023, 9, 11)
#: Before and after the second scale begins, in one school year.
OLD, TODAY = date(2023, 10, 29), date(2023, 11, 20)


@pytest.fixture
def cast() -> Cast:
    return factory.cast()


@pytest.fixture
def person(cast: Cast) -> Person:
    return factory.agreed_pupil(cast.school, on=AGREED)


class TestRate:
    def test_keeps_it_with_its_scale_and_leaves_a_line(self, cast: Cast, person: Person) -> None:
        kept = rated(cast, person, today=TODAY, paper_number="02-NQ/ĐTN")
        assert (kept.school_year, kept.level, kept.scale_since) == (
            *("2023-2024", "Hoàn thành xuất sắc nhiệm vụ"),
            date(2023, 10, 30),
        )
        line = Event.objects.get(action="pool.rated")
        assert (line.subject, line.subject_id) == ("person", person.pk)
        assert line.facts == {"rating": kept.pk, "year": "2023-2024"}

    def test_goes_by_the_scale_of_the_day_of_the_meeting(self, cast: Cast, person: Person) -> None:
        assert rated(cast, person, today=TODAY, met=OLD, level="Khá").level == "Khá"
        with pytest.raises(rules.NotOnScale):
            rated(cast, person, today=TODAY, body=Body.COMMITTEE, level="Khá")

    @pytest.mark.parametrize(
        ("told", "refusal"),
        [
            ({"year": "2019-2020"}, rules.YearOutside),
            ({"year": "2024-2025"}, rules.YearOutside),
            ({"year": "nam nay"}, rules.YearOutside),
            ({"met": TODAY + timedelta(days=1)}, rules.MeetingOutside),
            ({"met": date(2023, 7, 31), "level": "Khá"}, rules.MeetingOutside),
            ({"level": "Giỏi"}, rules.NotOnScale),
        ],
    )
    def test_refuses_what_cannot_be_and_keeps_nothing(
        self, cast: Cast, person: Person, told: dict[str, object], refusal: type[Exception]
    ) -> None:
        before = Event.objects.count()
        with pytest.raises(refusal):
            rated(cast, person, today=TODAY, **told)
        assert (Rating.objects.count(), Event.objects.count()) == (0, before)

    def test_refuses_a_second_one_of_the_same_body_and_year(
        self, cast: Cast, person: Person
    ) -> None:
        rated(cast, person, today=TODAY)
        with pytest.raises(rules.RatedAlready):
            rated(cast, person, today=TODAY)
        rated(cast, person, today=TODAY, body=Body.COMMITTEE)
        assert Rating.objects.count() == 2

    def test_is_refused_to_the_cell_and_to_the_neighbour(self, cast: Cast, person: Person) -> None:
        new = actions.NewRating(
            year="2023-2024", body=Body.CHAPTER, level="Hoàn thành nhiệm vụ", met=TODAY
        )
        for user, refusal in (
            (cast.secretary, NotAllowed),
            (cast.neighbour.union, Person.DoesNotExist),
        ):
            with pytest.raises(refusal):
                actions.rate(
                    actor=factory.actor(user, TODAY),
                    person_id=person.pk,
                    new=new,
                    at=factory.instant(TODAY),
                    today=TODAY,
                )

    def test_is_refused_once_the_pupil_stopped(self, cast: Cast, person: Person) -> None:
        factory.stopped(person, on=TODAY)
        with pytest.raises(Person.DoesNotExist):
            rated(cast, person, today=TODAY)


class TestCorrect:
    def test_is_a_rating_of_its_own_that_says_why(self, cast: Cast, person: Person) -> None:
        first = rated(cast, person, today=TODAY)
        told = {"level": "Hoàn thành nhiệm vụ", "corrects": first.pk, "reason": "Ghi nhầm mức"}
        second = rated(cast, person, today=TODAY, **told)
        found = queries.own_ratings(walking.code_of(person))
        assert found is not None
        assert [(one.id, one.holds, one.reason) for one in found] == [
            (second.pk, True, "Ghi nhầm mức"),
            (first.pk, False, ""),
        ]
        assert Event.objects.filter(action="pool.rating_corrected").count() == 1
        with pytest.raises(rules.RatedAlready):
            rated(cast, person, today=TODAY, **told)

    def test_without_a_reason_or_of_somebody_else_is_refused(
        self, cast: Cast, person: Person
    ) -> None:
        first = rated(cast, person, today=TODAY)
        other = factory.agreed_pupil(cast.school, on=AGREED)
        with pytest.raises(rules.ReasonMissing):
            rated(cast, person, today=TODAY, corrects=first.pk, reason=" ")
        with pytest.raises(Rating.DoesNotExist):
            rated(cast, other, today=TODAY, corrects=first.pk, reason="x")
        assert Rating.objects.count() == 1

    def test_is_the_only_way_to_change_one(self, cast: Cast, person: Person) -> None:
        rated(cast, person, today=TODAY)
        with pytest.raises(DatabaseError, match="never changed"), connection.cursor() as cursor:
            cursor.execute("UPDATE pool_rating SET level = 'x'")
