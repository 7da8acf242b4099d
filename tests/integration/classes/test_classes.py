"""The classes of a training centre: the list, the results for all of it, the certificates."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from donghanh.classes import actions, queries
from donghanh.classes.models import Course, Seat
from donghanh.domain import courses
from donghanh.domain.authority import NotAllowed
from donghanh.domain.courses import CourseKind, Result
from donghanh.domain.procedure import Step
from donghanh.dossiers import queries as roads
from donghanh.dossiers.actions import refresh_standings
from donghanh.dossiers.models import Act, Dossier
from donghanh.history.models import Event
from tests import chain, factory
from tests.factory import Cast

pytestmark = pytest.mark.django_db

BEGINS = factory.BEGINS["R1"]
FIRST = BEGINS + timedelta(days=35)
LAST = BEGINS + timedelta(days=37)
TODAY = BEGINS + timedelta(days=60)
DAY = timedelta(days=1)


@pytest.fixture
def cast() -> Cast:
    return factory.cast()


def noted(cast: Cast, kind: CourseKind = CourseKind.AWARENESS) -> Course:
    return actions.open_course(
        actor=factory.actor(cast.secretary, TODAY),
        school_id=cast.school.unit.pk,
        kind=kind,
        centre="Trung tâm chính trị huyện (mô phỏng)",
        first=FIRST,
        last=LAST,
        at=factory.instant(TODAY),
    )


def sent(cast: Cast) -> Dossier:
    """Walk a pupil until the cell sends them to the awareness class."""
    dossier = factory.walk_to(Step.LISTED, cast)
    factory.record(cast.secretary, dossier, factory.act_of(Step.SENT_TO_CLASS, FIRST - 5 * DAY))
    return dossier


def seat(cast: Cast, course: Course, *dossiers: Dossier) -> int:
    return actions.seat_pupils(
        actor=factory.actor(cast.secretary, TODAY),
        course_id=course.pk,
        dossier_ids=[one.pk for one in dossiers],
        at=factory.instant(TODAY),
        today=TODAY,
    )


def record(cast: Cast, course: Course, *results: Result) -> tuple[int, int]:
    return actions.record_results(
        actor=factory.actor(cast.secretary, TODAY),
        course_id=course.pk,
        results=results,
        at=factory.instant(TODAY),
        today=TODAY,
    )


def passed(dossier: Dossier, number: str, on: date = LAST) -> Result:
    return Result(dossier.pk, passed=True, number=number, on=on)


class TestOpenCourse:
    def test_refuses_a_class_that_ends_before_it_begins(self, cast: Cast) -> None:
        with pytest.raises(courses.EndsBeforeItBegins):
            actions.open_course(
                actor=factory.actor(cast.secretary, TODAY),
                school_id=cast.school.unit.pk,
                kind=CourseKind.AWARENESS,
                centre="Trung tâm",
                first=LAST,
                last=FIRST,
                at=factory.instant(TODAY),
            )

    @pytest.mark.parametrize("who", ["union", "committee", "outsider", "officer"])
    def test_is_for_the_cell_of_the_school_alone(self, cast: Cast, who: str) -> None:
        with pytest.raises(NotAllowed):
            actions.open_course(
                actor=factory.actor(getattr(cast, who), TODAY),
                school_id=cast.school.unit.pk,
                kind=CourseKind.AWARENESS,
                centre="Trung tâm",
                first=FIRST,
                last=LAST,
                at=factory.instant(TODAY),
            )


class TestSeatPupils:
    def test_offers_whom_the_cell_sent_and_nobody_else(self, cast: Cast) -> None:
        one, other = sent(cast), factory.walk_to(Step.LISTED, cast)
        course = noted(cast)
        page = queries.course_page(factory.actor(cast.secretary, TODAY), course.pk, TODAY)
        assert [each.dossier_id for each in page.sendable] == [one.pk]
        with pytest.raises(courses.NotToBeSent):
            seat(cast, course, one, other)
        assert not Seat.objects.exists()
        assert seat(cast, course, one) == 1
        assert seat(cast, course, one) == 0
        assert chain.holds()

    @pytest.mark.parametrize("kind", CourseKind)
    def test_offers_whom_a_replay_of_everybody_offers(self, cast: Cast, kind: CourseKind) -> None:
        for step in (Step.INTRODUCED, Step.TRAINED, Step.ADMITTED, Step.NEW_MEMBER_CLASS):
            factory.walk_to(step, cast)
        sent(cast)
        today = BEGINS + timedelta(days=900)
        refresh_standings(today=today)
        actor, course = factory.actor(cast.secretary, today), noted(cast, kind)
        every = [
            walk.dossier.pk
            for walk in roads.walks(actor, today)
            if courses.may_be_sent(walk.road, kind)
        ]
        assert every
        page = queries.course_page(actor, course.pk, today)
        assert [one.dossier_id for one in page.sendable] == every

    def test_of_another_school_does_not_exist(self, cast: Cast) -> None:
        course = noted(cast)
        with pytest.raises(Course.DoesNotExist):
            queries.course_page(factory.actor(cast.outsider, TODAY), course.pk, TODAY)


class TestRecordResults:
    def test_records_the_whole_list_as_acts_with_a_line_each(self, cast: Cast) -> None:
        course, several = noted(cast), [sent(cast) for _ in range(3)]
        seat(cast, course, *several)
        before = Event.objects.filter(action="dossiers.act_recorded").count()
        kept = record(
            cast,
            course,
            passed(several[0], "12/GCN"),
            passed(several[1], "13/GCN"),
            Result(several[2].pk, passed=False),
        )
        assert kept == (3, 0)
        acts = Act.objects.filter(step=Step.TRAINED.value).order_by("dossier_id")
        assert [(act.dossier_id, act.paper_number, act.on_date) for act in acts] == [
            (several[0].pk, "12/GCN", LAST),
            (several[1].pk, "13/GCN", LAST),
        ]
        assert Event.objects.filter(action="dossiers.act_recorded").count() == before + 2
        assert Event.objects.filter(action="classes.results_recorded").count() == 1
        assert chain.holds()

    def test_shows_until_when_the_certificate_is_good_by_the_rule(self, cast: Cast) -> None:
        course, one = noted(cast), sent(cast)
        seat(cast, course, one)
        record(cast, course, passed(one, "12/GCN"))
        page = queries.course_page(factory.actor(cast.secretary, TODAY), course.pk, TODAY)
        (line,) = page.settled
        assert line.validity is not None
        assert line.validity.last_day == LAST.replace(year=LAST.year + 5)
        assert line.validity.cite.label

    def test_passes_over_who_stopped_meanwhile_and_goes_on(self, cast: Cast) -> None:
        course, one, other = noted(cast), sent(cast), sent(cast)
        seat(cast, course, one, other)
        factory.stopped(one.person, on=TODAY)
        assert record(cast, course, passed(one, "12/GCN"), passed(other, "13/GCN")) == (1, 1)
        assert Act.objects.filter(step=Step.TRAINED.value).count() == 1

    @pytest.mark.parametrize(
        ("number", "on", "refused"),
        [
            ("", LAST, courses.NumberMissing),
            ("12/GCN", None, courses.NumberMissing),
            ("12/GCN", FIRST - DAY, courses.CertificateBeforeCourse),
            ("12/GCN", TODAY + DAY, actions.NotRecorded),
            ("13/GCN", LAST, courses.NumberTwice),
        ],
    )
    def test_keeps_nothing_of_a_list_with_one_certificate_that_cannot_be(
        self, cast: Cast, number: str, on: date | None, refused: type[Exception]
    ) -> None:
        course, one, other = noted(cast), sent(cast), sent(cast)
        seat(cast, course, one, other)
        bad = Result(one.pk, passed=True, number=number, on=on)
        with pytest.raises(refused):
            record(cast, course, passed(other, "13/GCN"), bad)
        assert not Act.objects.filter(step=Step.TRAINED.value).exists()
        assert not Seat.objects.exclude(passed=None).exists()

    def test_refuses_who_is_not_on_the_list_and_a_second_result(self, cast: Cast) -> None:
        course, one, other = noted(cast), sent(cast), sent(cast)
        seat(cast, course, one)
        with pytest.raises(actions.NotOnTheList):
            record(cast, course, passed(one, "12/GCN"), passed(other, "13/GCN"))
        record(cast, course, passed(one, "12/GCN"))
        with pytest.raises(actions.SettledAlready):
            record(cast, course, passed(one, "14/GCN"))
        with pytest.raises(actions.SettledAlready):
            actions.unseat_pupil(
                actor=factory.actor(cast.secretary, TODAY),
                course_id=course.pk,
                seat_id=Seat.objects.get().pk,
                at=factory.instant(TODAY),
            )

    def test_of_the_class_for_new_members_does_the_step_of_the_probation(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.ADMITTED, cast)
        today = BEGINS + timedelta(days=210)
        who = factory.actor(cast.secretary, today)
        course = actions.open_course(
            actor=who,
            school_id=cast.school.unit.pk,
            kind=CourseKind.NEW_MEMBER,
            centre="Trung tâm chính trị (mô phỏng)",
            first=today - 5 * DAY,
            last=today - 4 * DAY,
            at=factory.instant(today),
        )
        told: dict[str, Any] = {
            "actor": who,
            "course_id": course.pk,
            "at": factory.instant(today),
            "today": today,
        }
        actions.seat_pupils(dossier_ids=[dossier.pk], **told)
        actions.record_results(results=[passed(dossier, "7/GCN", today - 4 * DAY)], **told)
        assert Act.objects.filter(step=Step.NEW_MEMBER_CLASS.value).count() == 1


class TestPage:
    def test_costs_as_many_statements_for_three_as_for_one(self, cast: Cast) -> None:
        course, one = noted(cast), sent(cast)
        seat(cast, course, one)
        who = factory.actor(cast.secretary, TODAY)
        queries.course_page(who, course.pk, TODAY)
        with CaptureQueriesContext(connection) as few:
            queries.course_page(who, course.pk, TODAY)
        seat(cast, course, sent(cast), sent(cast))
        with CaptureQueriesContext(connection) as many:
            assert len(queries.course_page(who, course.pk, TODAY).seats) == 3
        assert len(many) == len(few)


class TestThroughTheBrowser:
    def test_notes_a_class_its_list_and_its_results(
        self, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        factory.freeze(monkeypatch, TODAY)
        one, other = sent(cast), sent(cast)
        cell = factory.signed_in(cast.secretary)
        days = {"first": FIRST.strftime("%d/%m/%Y"), "last": LAST.strftime("%d/%m/%Y")}
        begin = reverse("classes:begin")
        assert cell.post(begin, {"kind": "awareness", "centre": ""}).status_code == 422
        told = {"kind": "awareness", "centre": "Trung tâm chính trị", **days}
        page = cell.post(begin, told)["Location"]
        cell.post(f"{page}xep", {"pupil": [one.pk, other.pk]})
        seat_id = Seat.objects.get(dossier=other).pk
        cell.post(f"{page}bo/{seat_id}")
        assert Seat.objects.count() == 1
        cell.post(f"{page}xep", {"pupil": [other.pk]})
        assert cell.post(f"{page}ket-qua", {}).status_code == 422
        results = {
            f"result_{one.pk}": "yes",
            f"number_{one.pk}": "12/GCN",
            f"on_{one.pk}": days["last"],
            f"result_{other.pk}": "yes",
        }
        refused = cell.post(f"{page}ket-qua", results)
        assert refused.status_code == 422
        assert "12/GCN" in refused.content.decode()
        factory.stopped(other.person, on=TODAY)
        assert cell.post(f"{page}ket-qua", results).status_code == 302
        assert "12/GCN" in cell.get(page).content.decode()
        assert cell.get(f"{page}danh-sach.xlsx").content[:2] == b"PK"
        assert Seat.objects.filter(passed=True).count() == 1
