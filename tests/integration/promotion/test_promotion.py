"""Once a year every pupil goes on into the class of the new school year; it can be undone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from donghanh.domain.acts import Step
from donghanh.domain.authority import NotAllowed
from donghanh.domain.calendar import SchoolYear
from donghanh.domain.moving_up import GradeDiffers, Way
from donghanh.domain.requests import Datum
from donghanh.dossiers.models import Standing
from donghanh.history.models import Event
from donghanh.lib import wall
from donghanh.people import actions as people
from donghanh.people.models import Enrolment, Person, Promotion
from donghanh.promotion import actions, queries
from donghanh.promotion.actions import Changed, NobodyLeft, WayMissing
from donghanh.promotion.queries import Said
from tests import factory
from tests.factory import Cast

pytestmark = pytest.mark.django_db

#: In the school year before, and on a day of the next.
BEFORE, TODAY = date(2024, 3, 4), date(2024, 9, 5)
OLD, NEW = SchoolYear.of(BEFORE), SchoolYear.of(TODAY)
AT = factory.instant(TODAY)


@pytest.fixture
def cast(monkeypatch: pytest.MonkeyPatch) -> Cast:
    factory.freeze(monkeypatch, TODAY)
    return factory.cast()


def pupil(cast: Cast, class_name: str, name: str | None = None, on: date = BEFORE) -> Person:
    return factory.agreed_pupil(cast.school, on=on, class_name=class_name, name=name)


def said(
    classes: dict[str, str],
    *finish: str,
    apart: Mapping[int, tuple[Way | None, str]] | None = None,
) -> Said:
    lines = {f"{OLD.key}|{old}": (new, False) for old, new in classes.items()}
    lines |= {f"{OLD.key}|{old}": ("", True) for old in finish}
    return Said(lines, apart or {})


def moved(cast: Cast, told: Said, at_hour: int = 9) -> Promotion:
    return actions.move_up(
        actor=factory.actor(cast.secretary, TODAY),
        said=told,
        at=factory.instant(TODAY, at_hour),
        today=TODAY,
    )


def undone(cast: Cast, promotion: Promotion) -> None:
    actions.undo(
        actor=factory.actor(cast.secretary, TODAY), promotion_id=promotion.pk, at=AT, today=TODAY
    )


def page(cast: Cast, told: Said | None = None) -> queries.PromotionPage:
    return queries.promotion_page(factory.actor(cast.secretary, TODAY), TODAY, told)


def classes() -> dict[int, str]:
    return dict(Person.objects.values_list("pk", "class_name"))


class TestMoveUp:
    def test_writes_a_row_each_and_the_record_follows(self, cast: Cast) -> None:
        ten, twelve = pupil(cast, "10A1"), pupil(cast, "12B2")
        stays, left = pupil(cast, "10A1"), pupil(cast, "11C")
        apart = {stays.pk: (Way.STAYS, "10A7"), left.pk: (Way.LEFT, "")}
        promotion = moved(cast, said({"10A1": "11A1", "11C": "12C"}, "12B2", apart=apart))
        told = {
            one.person_id: (one.class_name, one.ended, one.school_year, one.since_date)
            for one in promotion.enrolments.all()
        }
        year = (NEW.key, NEW.since)
        assert told == {
            ten.pk: ("11A1", "", *year),
            twelve.pk: ("", "finished", *year),
            stays.pk: ("10A7", "", *year),
            left.pk: ("", "left", *year),
        }
        # Who has no class any more is found by the last one.
        assert classes() == {ten.pk: "11A1", twelve.pk: "12B2", stays.pk: "10A7", left.pk: "11C"}
        line = Event.objects.get(action="promotion.moved_up")
        assert (line.actor_id, line.subject_id) == (cast.secretary.pk, cast.school.unit.pk)
        assert line.facts == {"year": NEW.key, "promotion": promotion.pk}  # nobody, and no number

    def test_reaches_the_lists_of_the_road(self, cast: Cast) -> None:
        one = pupil(cast, "10A1")
        dossier = factory.opened(cast.school, one, on=BEFORE)
        moved(cast, said({"10A1": "11A1"}))
        assert Standing.objects.get(pk=dossier.pk).class_name == "11A1"
        client = factory.signed_in(cast.secretary)
        road = client.get(reverse("dossiers:road", args=[dossier.pk])).content.decode()
        assert all(told in road for told in (OLD.key, "10A1", NEW.key, "11A1"))

    def test_takes_no_more_statements_for_thirty_than_for_three(self, cast: Cast) -> None:
        counted = []
        for number, class_name in ((3, "10A1"), (27, "10A2")):
            for _ in range(number):
                pupil(cast, class_name)
            with CaptureQueriesContext(connection) as found:
                moved(cast, said({class_name: class_name.replace("10", "11")}))
            counted.append(len(found))
        assert counted[0] == counted[1]
        assert Enrolment.objects.filter(school_year=NEW.key).count() == 30

    def test_refuses_a_second_click_and_writes_nothing(self, cast: Cast) -> None:
        pupil(cast, "10A1")
        moved(cast, said({"10A1": "11A1"}))
        with pytest.raises(NobodyLeft):
            moved(cast, said({"10A1": "11A1"}), at_hour=10)
        assert Promotion.objects.count() == 1
        assert Enrolment.objects.count() == 2

    def test_refuses_a_mark_without_a_way_and_a_class_of_another_grade(self, cast: Cast) -> None:
        one = pupil(cast, "10A1")
        with pytest.raises(WayMissing):
            moved(cast, said({"10A1": "11A1"}, apart={one.pk: (None, "")}))
        with pytest.raises(GradeDiffers):
            moved(cast, said({"10A1": "12A1"}))
        assert not Promotion.objects.exists()

    def test_leaves_out_who_stopped_rests_or_came_since_without_a_word(self, cast: Cast) -> None:
        goes, stopped, rests = (pupil(cast, "10A1") for _ in range(3))
        new = pupil(cast, "11A1", on=TODAY - timedelta(days=1))
        factory.stopped(stopped, on=TODAY)
        people.rest(rests, TODAY)
        promotion = moved(cast, said({"10A1": "11A1"}, apart={stopped.pk: (Way.LEFT, "")}))
        assert [one.person_id for one in promotion.enrolments.all()] == [goes.pk]
        assert new.enrolments.count() == 1
        people.rest(rests, None)
        assert [
            one.person_id for one in moved(cast, said({"10A1": "11A1"}), 11).enrolments.all()
        ] == [rests.pk]

    def test_is_of_the_secretary_and_of_the_own_school(self, cast: Cast) -> None:
        one = pupil(cast, "10A1")
        told = said({"10A1": "11A1"}, apart={one.pk: (Way.LEFT, "")})
        for user in (cast.union, cast.committee, cast.officer):
            with pytest.raises(NotAllowed):
                actions.move_up(actor=factory.actor(user, TODAY), said=told, at=AT, today=TODAY)
        with pytest.raises(NobodyLeft):  # the neighbour has no such pupil
            actions.move_up(
                actor=factory.actor(cast.outsider, TODAY), said=told, at=AT, today=TODAY
            )
        assert Enrolment.objects.count() == 1


class TestUndo:
    def test_puts_everybody_back(self, cast: Cast) -> None:
        pupil(cast, "10A1"), pupil(cast, "12B2")
        before = classes()
        promotion = moved(cast, said({"10A1": "11A1"}, "12B2"))
        undone(cast, promotion)
        assert classes() == before
        assert set(Enrolment.objects.values_list("school_year", flat=True)) == {OLD.key}
        assert Event.objects.filter(action="promotion.undone").count() == 1
        with pytest.raises(Promotion.DoesNotExist):
            undone(cast, promotion)
        assert moved(cast, said({"10A1": "11A1"}), 11).enrolments.count() == 1

    def test_is_refused_once_a_class_was_corrected(self, cast: Cast) -> None:
        one = pupil(cast, "10A1")
        promotion = moved(cast, said({"10A1": "11A1"}))
        people.correct(
            person_id=one.pk,
            datum=Datum.CLASS,
            value="11A4",
            account=cast.secretary.pk,
            at=factory.instant(TODAY, 13),
            on=TODAY,
        )
        assert not page(cast).done[0].may_undo
        with pytest.raises(Changed):
            undone(cast, promotion)
        assert classes() == {one.pk: "11A4"}

    def test_is_not_of_another_school(self, cast: Cast) -> None:
        pupil(cast, "10A1")
        promotion = moved(cast, said({"10A1": "11A1"}))
        with pytest.raises(Promotion.DoesNotExist):
            actions.undo(
                actor=factory.actor(cast.outsider, TODAY),
                promotion_id=promotion.pk,
                at=AT,
                today=TODAY,
            )


class TestPage:
    def test_suggests_classes_and_points_who_finished_to_the_hand_over(self, cast: Cast) -> None:
        pupil(cast, "10A1", "Lê Thị Một"), pupil(cast, "Chuyên Anh", "Lê Thị Hai")
        last = pupil(cast, "12B2", "Lê Thị Ba")
        dossier = factory.opened(cast.school, last, on=BEFORE)
        rows = [(one.class_name, one.into, one.finishes) for one in page(cast).classes]
        assert rows == [("10A1", "11A1", False), ("12B2", "", True), ("Chuyên Anh", "", False)]
        moved(cast, said({"10A1": "11A1"}, "12B2"))
        after = page(cast)
        assert [one.class_name for one in after.classes] == ["Chuyên Anh"]
        assert [(one.name, one.dossier_id) for one in after.ended] == [("Lê Thị Ba", dossier.pk)]

    def test_goes_from_looking_to_writing_and_back(self, cast: Cast) -> None:
        one = pupil(cast, "10A1", "Lê Thị Một")
        client = factory.signed_in(cast.secretary)
        sent = {"tu": f"{OLD.key}|10A1", "den": "11a1", "khac": str(one.pk)}
        looked = client.post(reverse("promotion:preview"), sent)
        assert looked.status_code == 200
        assert reverse("promotion:move") not in looked.content.decode()  # a way is missing
        refused = client.post(reverse("promotion:move"), sent)
        assert refused.status_code == 422
        told = sent | {"em": str(one.pk), "cach": "other", "lop": "11a5"}
        assert (
            reverse("promotion:move")
            in client.post(reverse("promotion:preview"), told).content.decode()
        )
        assert not Promotion.objects.exists()
        assert client.post(reverse("promotion:move"), told).status_code == 302
        assert classes() == {one.pk: "11A5"}
        again = client.post(reverse("promotion:move"), told)
        assert again.status_code == 422
        number = Promotion.objects.get().pk
        assert client.post(reverse("promotion:undo", args=[number])).status_code == 302
        assert classes() == {one.pk: "10A1"}
        line = Event.objects.filter(action="dossiers.list_seen").first()
        assert line is not None
        assert line.facts == {"list": "promotion", "persons": [one.pk]}

    def test_refuses_what_is_typed_amiss_and_keeps_it_on_the_page(self, cast: Cast) -> None:
        pupil(cast, "10A1")
        client = factory.signed_in(cast.secretary)
        answer = client.post(
            reverse("promotion:preview"),
            {"tu": f"{OLD.key}|10A1", "den": "12A1", "khac": ["x", "9" * 30, "\0"]},
        )
        assert answer.status_code == 422
        assert 'value="12A1"' in answer.content.decode()


class TestWall:
    """Below the rights: which rows a way of looking reads and writes."""

    def test_lets_nobody_write_the_class_of_a_record_itself(self, cast: Cast) -> None:
        one = pupil(cast, "10A1")
        reach = factory.actor(cast.secretary, TODAY).reach
        with (
            pytest.raises(Exception, match="permission denied"),
            wall.looking(reach.way, reach.settings),
        ):
            Person.objects.filter(pk=one.pk).update(class_name="11A1")

    def test_shows_the_neighbour_and_after_a_stop_everybody_nothing(self, cast: Cast) -> None:
        one = pupil(cast, "10A1")
        for user, rows in ((cast.secretary, 1), (cast.outsider, 0)):
            reach = factory.actor(user, TODAY).reach
            with wall.looking(reach.way, reach.settings):
                assert Enrolment.objects.count() == rows
        factory.stopped(one, on=TODAY)
        reach = factory.actor(cast.secretary, TODAY).reach
        with wall.looking(reach.way, reach.settings):
            assert Enrolment.objects.count() == 0


class TestClass:
    def test_of_a_record_is_the_newest_row_whoever_writes_it(self, cast: Cast) -> None:
        one = pupil(cast, "10A1")
        assert [row.class_name for row in one.enrolments.all()] == ["10A1"]
        later = Enrolment.objects.create(
            person=one,
            school_id=one.school_id,
            school_year=NEW.key,
            class_name="11A1",
            since_date=NEW.since,
            written_at=AT,
            written_by=cast.secretary,
        )
        assert classes()[one.pk] == "11A1"
        Enrolment.objects.filter(pk=later.pk).update(class_name="11A2")
        assert classes()[one.pk] == "11A2"
        later.delete()
        assert classes()[one.pk] == "10A1"

    def test_is_corrected_in_the_row_of_its_year_and_other_years_stay(self, cast: Cast) -> None:
        one = pupil(cast, "10A1")
        for value, on in (("10A2", BEFORE), ("11A9", TODAY)):
            people.correct(
                person_id=one.pk,
                datum=Datum.CLASS,
                value=value,
                account=cast.secretary.pk,
                at=factory.instant(on, 13),
                on=on,
            )
        rows = one.enrolments.order_by("since_date").values_list("school_year", "class_name")
        assert list(rows) == [(OLD.key, "10A2"), (NEW.key, "11A9")]
        assert classes()[one.pk] == "11A9"


@pytest.mark.django_db(transaction=True)
class TestTwoAtOnce:
    @pytest.fixture
    def committed(self, monkeypatch: pytest.MonkeyPatch) -> Iterator[Cast]:
        factory.freeze(monkeypatch, TODAY)
        yield factory.cast()

    def test_write_once_and_tell_the_other(self, committed: Cast) -> None:
        for _ in range(3):
            pupil(committed, "10A1")
        actor, start, told = factory.actor(committed.secretary, TODAY), Barrier(2), []

        def tries(hour: int) -> None:
            start.wait()
            try:
                actions.move_up(
                    actor=actor,
                    said=said({"10A1": "11A1"}),
                    at=factory.instant(TODAY, hour),
                    today=TODAY,
                )
                told.append("written")
            except NobodyLeft:
                told.append("nobody")
            finally:
                connection.close()

        threads = [Thread(target=tries, args=(hour,)) for hour in (9, 10)]
        for one in threads:
            one.start()
        for one in threads:
            one.join()
        assert sorted(told) == ["nobody", "written"]
        assert Enrolment.objects.filter(school_year=NEW.key).count() == 3


def test_steps_are_recorded_as_before_after_moving_up(cast: Cast) -> None:
    one = pupil(cast, "10A1")
    dossier = factory.walk_to(Step.SOURCED, cast, begins=BEFORE, person=one)
    moved(cast, said({"10A1": "11A1"}))
    dossier.refresh_from_db()
    assert dossier.acts_recorded == 1
