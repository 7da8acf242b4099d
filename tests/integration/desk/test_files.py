"""What stands on a desk about files: returned, to receive, letters, hand-overs, certificates."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from donghanh.accounts.models import User
from donghanh.desk import queries
from donghanh.domain.procedure import Step
from donghanh.papers import actions as papers
from tests import factory
from tests.factory import Cast
from tests.integration.handover import leaving
from tests.integration.papers import sending

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def cast() -> Cast:
    return factory.cast()


def titles(user: User, on: date) -> str:
    """Return what stands on a desk, in one text."""
    found = queries.desk(factory.actor(user, on), on)
    shown = (*found.late, *found.soon, *found.waiting)
    return "\n".join(f"{one.title} | {one.note} | {one.waiting}" for one in shown)


class TestDesk:
    def test_shows_the_committee_what_comes_and_the_cell_what_came_back(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.CELL_VOTED, cast)
        sending.send(cast.secretary, dossier, cast.base.pk, on=sending.VOTED)
        assert "Xác nhận đã nhận hồ sơ" in titles(cast.base_member, sending.TODAY)
        assert "Xác nhận đã nhận" not in titles(cast.committee, sending.TODAY)
        sending.receive(cast.base_member, dossier, on=sending.VOTED)
        sending.give_back(cast.base_member, dossier, on=sending.VOTED + DAY)
        assert "Hoàn thiện hồ sơ bị trả lại" in titles(cast.secretary, sending.TODAY)
        assert "Hoàn thiện hồ sơ bị trả lại" not in titles(cast.union, sending.TODAY)
        sending.send(cast.secretary, dossier, cast.base.pk, on=sending.VOTED + 2 * DAY)
        assert "Hoàn thiện hồ sơ bị trả lại" not in titles(cast.secretary, sending.TODAY)

    def test_shows_a_letter_nobody_answered_from_its_own_day_on(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.OPINIONS, cast)
        on = sending.TODAY
        new = papers.NewLetter(
            kind="residence",
            to_name="Chi ủy thôn (mô phỏng)",
            to_place="",
            paper_number="",
            on=on - 30 * DAY,
            remind_on=on,
        )
        papers.send_letter(
            actor=factory.actor(cast.secretary, on),
            dossier_id=dossier.pk,
            new=new,
            at=factory.instant(on),
            today=on,
        )
        assert "Hỏi lại kết quả" not in titles(cast.secretary, on - DAY)
        assert "Hỏi lại kết quả" in titles(cast.secretary, on)

    def test_shows_an_unconfirmed_hand_over_with_the_days_since(self, cast: Cast) -> None:
        one, _, secret = leaving.outside(cast)
        on = leaving.TODAY + 12 * DAY
        told = titles(cast.secretary, on)
        assert "Chưa ai xác nhận hồ sơ đã chuyển" in told
        assert told.rstrip().endswith("| 12")
        leaving.confirmed(secret)
        assert "đã chuyển" not in titles(cast.secretary, on)
        assert one.dossier.pk

    def test_shows_a_certificate_about_to_expire_before_the_cell_considers(
        self, cast: Cast
    ) -> None:
        factory.walk_to(Step.TRAINED, cast)
        issued = factory.BEGINS["R1"] + timedelta(days=factory.OFFSETS[Step.TRAINED])
        last = issued.replace(year=issued.year + 5)
        assert "sắp hết hạn" not in titles(cast.secretary, last - 61 * DAY)
        assert "sắp hết hạn" in titles(cast.secretary, last - 60 * DAY)
        assert "sắp hết hạn" not in titles(cast.union, last - 60 * DAY)
