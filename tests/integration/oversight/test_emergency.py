"""Opening in an emergency: for a reason, for hours, with a notice; and everything written down."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape

from donghanh.accounts.models import User
from donghanh.domain.authority import Actor, NotAllowed
from donghanh.domain.errors import RuleError
from donghanh.domain.procedure import Step
from donghanh.domain.rights import Role
from donghanh.dossiers import queries as dossiers
from donghanh.dossiers.models import Dossier
from donghanh.history.models import Event
from donghanh.organisation import queries as organisation
from donghanh.organisation.models import Opening
from donghanh.oversight import actions, queries
from tests import factory
from tests.factory import PASSWORD, Cast

ON = date(2024, 3, 1)
AT = factory.instant(ON, 9)
WHY = "Có đơn phản ánh, phải xem trước cuộc họp chiều nay"

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return factory.cast()


@pytest.fixture
def board(cast: Cast) -> User:
    """Return somebody of the base committee's board: the neighbour is out of their reach."""
    return factory.holder("tochuc", "Lương Kim Oanh", cast.base, Role.BOARD)


def acting(user: User, at: datetime = AT) -> Actor:
    return organisation.standing(user.pk, ON, at=at).actor


def opening(user: User, school_id: int, **changed: Any) -> Opening:
    told: dict[str, Any] = {
        "actor": acting(user),
        "school_id": school_id,
        "dossier_id": None,
        "reason": WHY,
        "password": PASSWORD,
        "at": AT,
        "today": ON,
    }
    return actions.open_cases(**told | changed)


def seen(user: User, at: datetime = AT) -> set[int]:
    return set(dossiers.visible_to(acting(user, at)).values_list("pk", flat=True))


def history() -> list[str]:
    return list(
        Event.objects.filter(action__startswith="oversight.")
        .order_by("id")
        .values_list("action", flat=True)
    )


class TestOpenCases:
    def test_opens_the_dossiers_of_one_school_until_it_ends_by_itself(
        self, cast: Cast, board: User
    ) -> None:
        far = factory.walk_to(Step.INTRODUCED, cast, cast.neighbour)
        near = factory.walk_to(Step.LISTED, cast)
        assert seen(board) == {near.pk}
        kept = opening(board, cast.neighbour.unit.pk)
        assert kept.until - kept.opened_at == timedelta(hours=queries.hours(ON))
        assert seen(board) == {near.pk, far.pk}
        assert seen(board, kept.until - timedelta(seconds=1)) == {near.pk, far.pk}
        assert seen(board, kept.until) == {near.pk}
        event = Event.objects.latest("id")
        assert (event.action, event.subject_id) == ("oversight.opened", cast.neighbour.unit.pk)
        assert WHY not in str(event.facts)

    def test_opens_one_dossier_and_no_other(self, cast: Cast, board: User) -> None:
        one = factory.walk_to(Step.INTRODUCED, cast, cast.neighbour)
        factory.walk_to(Step.INTRODUCED, cast, cast.neighbour)
        opening(board, cast.neighbour.unit.pk, dossier_id=one.pk)
        assert seen(board) == {one.pk}

    def test_never_opens_the_dossier_of_who_stopped(self, cast: Cast, board: User) -> None:
        gone = factory.walk_to(Step.INTRODUCED, cast, cast.neighbour)
        factory.stopped(gone.person, on=ON)
        opening(board, cast.neighbour.unit.pk)
        assert seen(board) == set()

    def test_lets_nobody_write(self, cast: Cast, board: User) -> None:
        far = factory.walk_to(Step.INTRODUCED, cast, cast.neighbour)
        opening(board, cast.neighbour.unit.pk)
        walk = dossiers.walk(acting(board), far.pk, ON)
        assert not any(dossiers.may_do(acting(board), walk, step) for step in Step)
        assert not dossiers.may_set(acting(board))

    @pytest.mark.parametrize(
        ("changed", "refused"),
        [
            ({"reason": "  \n "}, actions.ReasonMissing),
            ({"reason": "a" * 301}, actions.ReasonTooLong),
            ({"password": "khong-phai"}, actions.PasswordWrong),
            ({"password": ""}, actions.PasswordWrong),
            ({"dossier_id": 10**9}, actions.NotToBeOpened),
            ({"school_id": 10**9}, NotAllowed),
        ],
    )
    def test_refuses_what_is_not_whole_and_writes_nothing(
        self, cast: Cast, board: User, changed: dict[str, Any], refused: type[RuleError]
    ) -> None:
        with pytest.raises(refused):
            opening(board, **{"school_id": cast.neighbour.unit.pk} | changed)
        assert not Opening.objects.exists()
        assert history() == []

    def test_refuses_a_dossier_of_another_school_as_one_that_is_not_there(
        self, cast: Cast, board: User
    ) -> None:
        other = factory.walk_to(Step.INTRODUCED, cast)
        with pytest.raises(actions.NotToBeOpened):
            opening(board, cast.neighbour.unit.pk, dossier_id=other.pk)

    def test_refuses_a_second_one_while_one_runs(self, cast: Cast, board: User) -> None:
        kept = opening(board, cast.neighbour.unit.pk)
        with pytest.raises(actions.AlreadyRunning):
            opening(board, cast.school.unit.pk, at=kept.until - timedelta(seconds=1))
        opening(board, cast.school.unit.pk, at=kept.until)
        assert history() == ["oversight.opened"] * 2

    def test_is_one_at_a_time_for_the_database_too(self, cast: Cast, board: User) -> None:
        kept = opening(board, cast.neighbour.unit.pk)
        kept.pk = None
        with pytest.raises(IntegrityError), transaction.atomic():
            kept.save(force_insert=True)

    @pytest.mark.parametrize("role", [role for role in Role if role is not Role.BOARD])
    def test_is_refused_to_every_other_role(self, cast: Cast, role: Role) -> None:
        user = factory.holder("khac", "Người khác", cast.competent, role)
        with pytest.raises(NotAllowed):
            opening(user, cast.school.unit.pk)
        assert not Opening.objects.exists()

    def test_belongs_to_the_post_it_was_opened_through(self, cast: Cast, board: User) -> None:
        factory.post(board, cast.competent, Role.BOARD)
        far = factory.walk_to(Step.INTRODUCED, cast, cast.neighbour)
        opening(board, cast.neighbour.unit.pk)
        other = organisation.standing(board.pk, ON, at=AT).posts[1]
        through = organisation.standing(board.pk, ON, other.id, at=AT).actor
        assert far.pk in seen(board)
        assert through.emergency is None


class TestEndOpening:
    def test_closes_the_dossiers_at_once(self, cast: Cast, board: User) -> None:
        far = factory.walk_to(Step.INTRODUCED, cast, cast.neighbour)
        kept = opening(board, cast.neighbour.unit.pk)
        later = AT + timedelta(minutes=10)
        assert seen(board, later) == {far.pk}
        actions.end_opening(actor=acting(board), opening_id=kept.pk, at=later)
        assert seen(board, later) == set()
        assert history() == ["oversight.opened", "oversight.ended"]

    def test_is_who_openeds_alone_and_once(self, cast: Cast, board: User) -> None:
        kept = opening(board, cast.neighbour.unit.pk)
        other = factory.holder("tochuc.hai", "Vi Thị Mơ", cast.base, Role.BOARD)
        for user, at in ((other, AT), (cast.outsider, AT), (board, kept.until)):
            with pytest.raises(Opening.DoesNotExist):
                actions.end_opening(actor=acting(user), opening_id=kept.pk, at=at)
        assert history() == ["oversight.opened"]


class TestNotice:
    def test_stands_on_the_desk_of_the_cell_until_it_is_confirmed(
        self, cast: Cast, board: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        factory.freeze(monkeypatch, ON, 9)
        kept = opening(board, cast.neighbour.unit.pk)
        client = factory.signed_in(cast.outsider)
        assert WHY in client.get("/").content.decode()
        page = client.get(reverse("oversight:notices")).content.decode()
        assert all(word in page for word in (WHY, "Lương Kim Oanh", "Đang mở", "12:00"))
        assert WHY not in factory.signed_in(cast.secretary).get("/").content.decode()
        answer = client.post(reverse("oversight:confirm", args=[kept.pk]))
        assert answer["Location"] == reverse("oversight:notices")
        assert WHY not in client.get("/").content.decode()
        assert WHY in client.get(reverse("oversight:notices")).content.decode()
        assert history() == ["oversight.opened", "oversight.notice_seen"]

    def test_is_confirmed_by_the_cell_concerned_alone(self, cast: Cast, board: User) -> None:
        kept = opening(board, cast.neighbour.unit.pk)
        with pytest.raises(Opening.DoesNotExist):
            actions.confirm_notice(actor=acting(cast.secretary), opening_id=kept.pk, at=AT)
        with pytest.raises(NotAllowed):
            actions.confirm_notice(actor=acting(board), opening_id=kept.pk, at=AT)


class TestReading:
    def test_is_written_down_as_one_in_an_emergency_and_told_to_the_pupil(
        self, cast: Cast, board: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        factory.freeze(monkeypatch, ON, 9)
        begins = factory.BEGINS["R1"]
        person = factory.agreed_pupil(
            cast.neighbour, on=begins - timedelta(days=2), name="Phùng Thị Sao Mai"
        )
        far = factory.walk_to(Step.INTRODUCED, cast, cast.neighbour, person=person)
        kept = opening(board, cast.neighbour.unit.pk)
        client = factory.signed_in(board)
        address = reverse("dossiers:road", args=[far.pk])
        page = client.get(address).content.decode()
        assert "mở khẩn cấp" in page
        assert Event.objects.latest("id").facts == {"emergency": kept.pk}
        assert escape(person.full_name) in client.get("/con-duong/").content.decode()
        monkeypatch.setattr("donghanh.lib.clock.now", lambda: kept.until)
        assert client.get(address).status_code == 404

    def test_in_the_ordinary_reach_stays_an_ordinary_one(self, cast: Cast, board: User) -> None:
        near = factory.walk_to(Step.LISTED, cast)
        opening(board, cast.school.unit.pk)
        assert dossiers.by_emergency(acting(board), near.pk) is None


class TestPage:
    def test_opens_shows_what_runs_and_ends_it(
        self, cast: Cast, board: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        factory.freeze(monkeypatch, ON, 9)
        client = factory.signed_in(board)
        address = reverse("oversight:emergency")
        sent = {"school_id": cast.neighbour.unit.pk, "reason": WHY, "password": PASSWORD}
        refused = client.post(address, sent | {"password": "sai"})
        assert refused.status_code == 422
        assert WHY in refused.content.decode()
        assert "sai" not in refused.content.decode().split('name="password"')[1][:80]
        assert client.post(address, sent)["Location"] == address
        kept = Opening.objects.get()
        assert "Đang mở" in client.get(address).content.decode()
        assert client.post(reverse("oversight:end", args=[kept.pk])).status_code == 302
        assert "Những lần mở trước" in client.get(address).content.decode()

    def test_names_the_schools_of_the_same_party_tree_only(self, cast: Cast, board: User) -> None:
        found = {unit.id for unit in queries.openable(acting(board), ON)}
        assert found == {cast.school.unit.pk, cast.neighbour.unit.pk}
        assert not Dossier.objects.exists()


class TestStatements:
    def test_do_not_grow_with_what_was_opened(self, cast: Cast, board: User) -> None:
        counts = []
        for day in range(3):
            at = AT + timedelta(days=day)
            opening(board, cast.neighbour.unit.pk, at=at)
            with CaptureQueriesContext(connection) as asked:
                assert len(queries.notices(acting(cast.outsider), at, ON)) == day + 1
            counts.append(len(asked))
        assert len(set(counts)) == 1
