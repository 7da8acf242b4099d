"""A preview counts what is under way at the units touched, and says what becomes of it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from donghanh.classes import actions as classes
from donghanh.classes import queries as courses
from donghanh.domain import succession as s
from donghanh.domain.acts import Step
from donghanh.domain.courses import CourseKind
from donghanh.domain.sitting import Body
from donghanh.handover import queries as handovers
from donghanh.lib import wall
from donghanh.meetings import actions as meetings
from donghanh.meetings import queries as sitting
from donghanh.reorganisation import actions, queries
from donghanh.reorganisation.queries.unfinished import Taken, Unfinished
from tests import factory
from tests.factory import Cast
from tests.integration.handover import leaving
from tests.integration.papers import sending

pytestmark = pytest.mark.django_db
DAY = sending.TODAY + timedelta(days=10)
ORDER = s.Decision("12-QĐ/TU", DAY, "Tỉnh ủy (mô phỏng)")


@pytest.fixture
def cast() -> Cast:
    return factory.cast()


def looked_at(cast: Cast, change: s.Change) -> queries.Preview:
    """Look at an operation as the keeper of the structure does, behind the keeper's wall."""
    keeper = factory.actor(cast.administrator, DAY)
    with wall.looking(keeper.reach.way, keeper.reach.settings):
        return queries.preview(keeper, s.Operation(change, ORDER, DAY), DAY)


def merger(cast: Cast) -> s.Merge:
    return s.Merge((cast.school.unit.pk,), cast.neighbour.unit.pk)


def dissolved(cast: Cast) -> s.Dissolve:
    parts = (s.Part(cast.competent.pk, frozenset({cast.school.cell.pk})),)
    return s.Dissolve(cast.base.pk, parts)


def meeting(cast: Cast, body: Body, on: date = DAY) -> int:
    """Plan a meeting of the school's cell or of the base committee."""
    who = cast.secretary if body is Body.CELL else cast.base_member
    new = meetings.NewMeeting(body=body, on=on, chair="Cao Thị Bích", taker="Lò Văn Tấn")
    actor = factory.actor(who, sending.TODAY)
    return meetings.plan_meeting(actor=actor, new=new, at=factory.instant(sending.TODAY)).pk


def course(cast: Cast) -> int:
    """Note a class with one pupil in it who has no result yet."""
    dossier = factory.walk_to(Step.LISTED, cast)
    on = factory.BEGINS["R1"] + timedelta(days=factory.OFFSETS[Step.SENT_TO_CLASS])
    factory.record(cast.secretary, dossier, factory.act_of(Step.SENT_TO_CLASS, on))
    actor, at = factory.actor(cast.secretary, sending.TODAY), factory.instant(sending.TODAY)
    made = classes.open_course(
        actor=actor,
        school_id=cast.school.unit.pk,
        kind=CourseKind.AWARENESS,
        centre="Trung tâm chính trị (mô phỏng)",
        first=on,
        last=on,
        at=at,
    )
    classes.seat_pupils(
        actor=actor, course_id=made.pk, dossier_ids=[dossier.pk], at=at, today=sending.TODAY
    )
    return made.pk


class TestPreview:
    def test_says_nothing_where_nothing_is_under_way(self, cast: Cast) -> None:
        assert looked_at(cast, merger(cast)).unfinished == Unfinished()
        assert not Unfinished().any

    def test_counts_what_goes_on_with_the_heir_who_then_has_it(self, cast: Cast) -> None:
        held, taught = meeting(cast, Body.CELL), course(cast)
        _, file, _ = leaving.outside(cast)
        cancelled = meeting(cast, Body.CELL)
        meetings.cancel_meeting(
            actor=factory.actor(cast.secretary, DAY), meeting_id=cancelled, at=factory.instant(DAY)
        )
        seen = looked_at(cast, merger(cast))
        assert seen.unfinished == Unfinished(meetings=1, classes=1, handovers=1)
        actions.reorganise(
            actor=factory.actor(cast.administrator, DAY),
            operation=seen.operation,
            seen=seen.digest,
            at=factory.instant(DAY),
            today=DAY,
        )
        heir = factory.actor(cast.outsider, DAY)
        assert sitting.visible_to(heir).filter(pk=held).exists()
        assert courses.visible_to(heir).filter(pk=taught).exists()
        assert handovers.visible_to(heir).filter(pk=file.pk).exists()

    def test_names_who_takes_over_what_an_ending_committee_had(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.CELL_VOTED, cast)
        way = sending.send(cast.secretary, dossier, cast.base.pk, on=sending.TODAY)
        held = meeting(cast, Body.COMMITTEE)
        seen = looked_at(cast, dissolved(cast)).unfinished
        assert seen == Unfinished(
            not_held=1,
            taken=(
                Taken("dossier", cast.base.pk, cast.competent.pk, 1),
                Taken("meeting", cast.base.pk, cast.competent.pk, 1),
            ),
            marks=(("dossier", way.pk, "sent"), ("meeting", held, "open")),
        )

    def test_names_what_is_left_with_nobody(self, cast: Cast) -> None:
        sending.at_committee(cast)
        seen = looked_at(cast, s.Close(cast.school.cell.pk)).unfinished
        assert seen.left == (
            Taken("case", cast.school.unit.pk, None, 1),
            Taken("dossier", cast.base.pk, None, 1),
        )
        assert not seen.taken

    def test_counts_a_dossier_on_its_way_to_a_committee_that_stays(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.CELL_VOTED, cast)
        sending.send(cast.secretary, dossier, cast.base.pk, on=sending.TODAY)
        assert looked_at(cast, merger(cast)).unfinished == Unfinished(sendings=1)

    def test_shows_it_in_sentences(self, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
        meeting(cast, Body.CELL)
        factory.freeze(monkeypatch, DAY)
        told = {
            "number": ORDER.number,
            "signed_on": f"{DAY:%d/%m/%Y}",
            "issuer": ORDER.issuer,
            "on": f"{DAY:%d/%m/%Y}",
            "units": cast.school.unit.code,
            "target": cast.neighbour.unit.code,
            "look": "1",
        }
        page = factory.signed_in(cast.administrator).post("/to-chuc/sap-xep/moi/merge", told)
        assert "1 cuộc họp chưa kết thúc" in page.content.decode()
