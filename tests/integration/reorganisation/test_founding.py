"""Founding units through the form, alone or with another operation, and taking them back."""

from __future__ import annotations

import threading
from datetime import date

import pytest
from django.db import connections
from django.test import Client

from donghanh.domain import succession as s
from donghanh.domain.acts import Step
from donghanh.domain.errors import RuleError
from donghanh.domain.rights import Role
from donghanh.domain.structure import Line, UnitKind
from donghanh.organisation import queries as units
from donghanh.organisation.models import Unit
from donghanh.people.models import Person
from donghanh.reorganisation import actions, queries
from donghanh.reorganisation.models import Reorganisation, Rerouting
from donghanh.targets.models import Target
from tests import factory
from tests.factory import Cast
from tests.integration.reorganisation.test_changing import DAY, DECISION, agreed

NEW = {
    "founded": "1",
    "n0-code": "xa-moi",
    "n0-kind": UnitKind.COMMUNE_COMMITTEE.value,
    "n0-name": "Đảng ủy xã Mới (mô phỏng)",
    "n0-short_name": "Xã Mới",
    "n0-place": "Lâm Đồng",
}
FOUND = "/to-chuc/sap-xep/moi/found"


@pytest.fixture
def cast() -> Cast:
    return factory.cast()


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    factory.freeze(monkeypatch, DAY)


@pytest.fixture
def client(cast: Cast) -> Client:
    return factory.signed_in(cast.administrator)


@pytest.mark.django_db
class TestFounding:
    def test_alone_under_a_unit_in_each_tree_and_taken_back(
        self, cast: Cast, client: Client
    ) -> None:
        before = queries.world()
        told = {
            **DECISION,
            **NEW,
            "n0-code": "chi-bo-moi",
            "n0-kind": UnitKind.CELL.value,
            "n0-party": cast.base.code,
            "n0-host": cast.school.unit.code,
            "n0-competent": cast.competent.code,
        }
        assert client.post(FOUND, agreed(client, "found", told)).status_code == 302
        new = Unit.objects.get(code="chi-bo-moi").pk
        assert units.parent_of(new, Line.PARTY, DAY) == cast.base.pk
        assert units.parent_of(new, Line.HOST, DAY) == cast.school.unit.pk
        assert units.parent_of(new, Line.COMPETENT, DAY) == cast.competent.pk
        path = f"/to-chuc/sap-xep/{Reorganisation.objects.get().pk}/hoan-tac"
        assert client.post(path).status_code == 302
        assert not Unit.objects.filter(code="chi-bo-moi").exists()
        assert queries.world() == before

    def test_with_the_operation_that_needs_it(self, cast: Cast, client: Client) -> None:
        told = {
            **DECISION,
            **NEW,
            "n0-party": cast.competent.code,
            "unit": cast.base.code,
            "parts": f"xa-moi: {cast.school.cell.code}",
        }
        assert (
            client.post(
                "/to-chuc/sap-xep/moi/dissolve", agreed(client, "dissolve", told)
            ).status_code
            == 302
        )
        new = Unit.objects.get(code="xa-moi").pk
        assert units.parent_of(cast.school.cell.pk, Line.PARTY, DAY) == new
        assert units.parent_of(new, Line.PARTY, DAY) == cast.competent.pk

    def test_tells_beforehand_where_units_will_stand_and_not_where_they_stood(
        self, cast: Cast
    ) -> None:
        change = s.Merge((cast.school.unit.pk,), cast.neighbour.unit.pk)
        order = s.Operation(change, s.Decision("1", DAY, "A"), DAY)
        looked = queries.preview(factory.actor(cast.administrator, DAY), order, DAY)
        assert {(tie.child, tie.parent) for tie in looked.ties} == {
            (cast.school.cell.pk, cast.neighbour.unit.pk),
            (cast.school.youth.pk, cast.neighbour.unit.pk),
        }

    def test_asks_for_one_more_and_keeps_what_was_typed(self, client: Client) -> None:
        shown = client.post(FOUND, {**DECISION, **NEW, "more": "1"})
        told = shown.content.decode()
        assert shown.status_code == 200
        assert 'name="n1-code"' in told
        assert "Đảng ủy xã Mới (mô phỏng)" in told
        fewer = client.post(FOUND, {**DECISION, **NEW, "founded": "2", "fewer": "1"})
        assert 'name="n1-code"' not in fewer.content.decode()

    @pytest.mark.parametrize(
        ("wrong", "word"),
        [
            ({"n0-code": "co-so"}, "Mã này đã thuộc về một đơn vị khác"),
            ({"n0-code": "Xã Mới"}, "chữ thường không dấu"),
            ({"n0-party": "khong-co"}, "khong-co"),
            ({"n0-party": "duclap"}, "Loại tổ chức này không thể"),
            ({"n0-name": ""}, "Có mục còn thiếu"),
            ({"founded": "2", **{f"n1-{k[3:]}": v for k, v in NEW.items() if "-" in k}}, "Mã này"),
        ],
    )
    def test_says_what_is_wrong_and_stores_nothing(
        self, client: Client, wrong: dict[str, str], word: str
    ) -> None:
        answer = client.post(FOUND, {**DECISION, **NEW, **wrong, "look": "1"})
        assert answer.status_code == 422
        assert word in answer.content.decode()
        assert not Unit.objects.filter(code="xa-moi").exists()

    def test_refuses_a_code_given_meanwhile(self, cast: Cast) -> None:
        actor = factory.actor(cast.administrator, DAY)
        new = s.New(-1, "xa-moi", UnitKind.COMMUNE_COMMITTEE, "Xã", "Xã", "Lâm Đồng")
        order = s.Operation(s.Found(), s.Decision("1", DAY, "A"), DAY, (new,))
        seen = queries.preview(actor, order, DAY).digest
        factory.unit("xa-moi", UnitKind.COMMUNE_COMMITTEE, "Xã khác")
        with pytest.raises(queries.CodeTaken):
            actions.reorganise(
                actor=actor, operation=order, seen=seen, at=factory.instant(DAY), today=DAY
            )


@pytest.mark.django_db
class TestObstacles:
    def founded(self, client: Client, kind: UnitKind) -> tuple[int, str]:
        """Found a unit; return its id and where it is undone."""
        told = {**DECISION, **NEW, "n0-kind": kind.value}
        client.post(FOUND, agreed(client, "found", told))
        made = Reorganisation.objects.get()
        return Unit.objects.get(code="xa-moi").pk, f"/to-chuc/sap-xep/{made.pk}/hoan-tac"

    def test_are_told_before_it_is_pressed_with_a_way_there(
        self, cast: Cast, client: Client
    ) -> None:
        unit, path = self.founded(client, UnitKind.COMMUNE_COMMITTEE)
        factory.post(cast.officer, Unit.objects.get(pk=unit), Role.COMMITTEE, since=DAY)
        told = client.get(path).content.decode()
        assert "1 chức vụ đã được giao ở đơn vị mới thành lập." in told
        assert f"/to-chuc/?goc={unit}" in told
        assert 'class="confirm' not in told
        assert client.post(path).status_code == 422
        assert Unit.objects.filter(pk=unit).exists()

    def test_name_the_later_operation(self, client: Client) -> None:
        unit, path = self.founded(client, UnitKind.COMMUNE_COMMITTEE)
        told = {**DECISION, "on": "09/03/2024", "unit": "xa-moi", "name": "Xã Khác"}
        later = client.post("/to-chuc/sap-xep/moi/rename", {**told, "look": "1"})
        seen = later.content.decode().split('name="seen" value="')[1][:64]
        client.post("/to-chuc/sap-xep/moi/rename", {**told, "seen": seen, "keep": "1"})
        last = Reorganisation.objects.latest("id")
        assert f"/to-chuc/sap-xep/{last.pk}/hoan-tac" in client.get(path).content.decode()
        assert client.post(path).status_code == 422
        assert Unit.objects.filter(pk=unit).exists()

    def test_tell_of_pupils_nobody_here_may_read(self, cast: Cast, client: Client) -> None:
        unit, path = self.founded(client, UnitKind.SCHOOL)
        person = factory.agreed_pupil(cast.school, on=DAY)
        Person.objects.filter(pk=person.pk).update(school_id=unit)
        assert "1 học sinh đang tham gia" in client.get(path).content.decode()
        assert client.post(path).status_code == 422
        assert Unit.objects.filter(pk=unit).exists()

    def test_count_decisions_about_targets(self, cast: Cast, client: Client) -> None:
        unit, path = self.founded(client, UnitKind.SCHOOL)
        Target.objects.create(
            unit_id=unit,
            indicator="admitted",
            school_year="2023-2024",
            number=1,
            amount=2,
            given_by=cast.department,
            paper_number="15/QĐ",
            paper_date=DAY,
            set_by=cast.officer,
            set_at=factory.instant(DAY),
        )
        assert "1 lần giao chỉ tiêu gắn với đơn vị" in client.get(path).content.decode()
        assert client.post(path).status_code == 422
        assert Unit.objects.filter(pk=unit).exists()

    def test_count_the_cases_that_were_received(self, cast: Cast, client: Client) -> None:
        factory.walk_to(Step.INTRODUCED, cast)
        told = {**DECISION, "units": cast.school.unit.code, "target": cast.neighbour.unit.code}
        client.post("/to-chuc/sap-xep/moi/merge", agreed(client, "merge", told))
        path = f"/to-chuc/sap-xep/{Reorganisation.objects.get().pk}/hoan-tac"
        assert "hồ sơ chuyển đi đã được tiếp nhận" not in client.get(path).content.decode()
        heir = factory.signed_in(cast.outsider)
        heir.post("/to-chuc/tiep-nhan", {"case": Rerouting.objects.get().pk})
        assert "1 hồ sơ chuyển đi đã được tiếp nhận." in client.get(path).content.decode()


@pytest.mark.django_db(transaction=True)
class TestTwoAtOnce:
    def test_one_wins_and_the_other_is_told_to_look_again(self, cast: Cast) -> None:
        actor = factory.actor(cast.administrator, DAY)
        base, above = cast.base.pk, cast.competent.pk
        orders = [
            s.Operation(change, s.Decision("1", DAY, "A"), day)
            for change, day in (
                (s.Close(base, above), DAY),
                (s.Rename(base, name="Tên khác"), date(2024, 2, 1)),
            )
        ]
        seen = [queries.preview(actor, order, DAY).digest for order in orders]
        start, outcomes = threading.Barrier(2), []

        def one(order: s.Operation, digest: str) -> None:
            try:
                start.wait(10)
                actions.reorganise(
                    actor=actor, operation=order, seen=digest, at=factory.instant(DAY), today=DAY
                )
                outcomes.append("done")
            except RuleError as refusal:
                outcomes.append(type(refusal).__name__)
            finally:
                connections.close_all()

        threads = [
            threading.Thread(target=one, args=pair) for pair in zip(orders, seen, strict=True)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
        assert "done" in outcomes
        assert len(outcomes) == 2
        assert set(outcomes) <= {"done", "ChangedSince", "ChangesLater"}
        assert outcomes.count("done") == 1
        assert Reorganisation.objects.count() == 1
