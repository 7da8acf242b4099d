"""The pages on which an administrator reorganises, and on which cases are received."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.test import Client

from donghanh.domain.acts import Step
from donghanh.domain.structure import UnitKind
from donghanh.history.models import Event
from donghanh.organisation import queries as units
from donghanh.organisation.models import Post
from donghanh.reorganisation.models import Reorganisation, Rerouting
from tests import factory
from tests.factory import Cast

pytestmark = pytest.mark.django_db
DAY = date(2024, 3, 1)
DECISION = {
    "number": "12-QĐ/TU",
    "issuer": "Tỉnh ủy (mô phỏng)",
    "signed_on": "20/02/2024",
    "on": "01/03/2024",
}


@pytest.fixture
def cast() -> Cast:
    return factory.cast()


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    factory.freeze(monkeypatch, DAY)


@pytest.fixture
def client(cast: Cast) -> Client:
    return factory.signed_in(cast.administrator)


def merger(cast: Cast) -> dict[str, str]:
    return {**DECISION, "units": cast.school.unit.code, "target": cast.neighbour.unit.code}


def agreed(client: Client, what: str, told: dict[str, str]) -> dict[str, str]:
    """Look at the preview; return what is sent to carry it out."""
    shown = client.post(f"/to-chuc/sap-xep/moi/{what}", {**told, "look": "1"})
    assert shown.status_code == 200
    assert not Reorganisation.objects.exists()
    seen = re.search(r'name="seen" value="([0-9a-f]{64})"', shown.content.decode())
    assert seen is not None
    return {**told, "seen": seen[1], "keep": "1"}


class TestReorganise:
    @pytest.mark.parametrize("ticked", [True, False])
    def test_names_whose_posts_end_and_lets_them_go_on_by_a_tick(
        self, cast: Cast, client: Client, ticked: bool
    ) -> None:
        heir = factory.unit("so-moi", UnitKind.DEPARTMENT, "Sở GD&ĐT (mô phỏng) mới")
        told = {**DECISION, "units": cast.department.code, "target": heir.code}
        shown = client.post("/to-chuc/sap-xep/moi/merge", {**told, "look": "1"}).content.decode()
        assert all(one.name in shown for one in (cast.officer, cast.leader, cast.administrator))
        assert 'name="posts_go_on" value="1" checked' in shown
        sent = agreed(client, "merge", told) | ({"posts_go_on": "1"} if ticked else {})
        client.post("/to-chuc/sap-xep/moi/merge", sent)
        assert Post.objects.filter(user=cast.officer, unit=heir).exists() is ticked
        assert Post.objects.filter(user=cast.administrator, unit=heir).exists()

    def test_offers_to_invite_whose_posts_go_on_nowhere(self, cast: Cast, client: Client) -> None:
        told = {**DECISION, "unit": cast.base.code, "parts": f"{cast.competent.code}:"}
        shown = client.post("/to-chuc/sap-xep/moi/dissolve", {**told, "look": "1"})
        assert "/quan-ly-tai-khoan/moi" in shown.content.decode()
        assert "posts_go_on" not in shown.content.decode()

    def test_shows_what_is_touched_then_carries_it_out(self, cast: Cast, client: Client) -> None:
        factory.walk_to(Step.INTRODUCED, cast)
        told = agreed(client, "merge", merger(cast))
        answer = client.post("/to-chuc/sap-xep/moi/merge", told)
        assert answer.status_code == 302
        assert units.carried_to(cast.school.unit.pk, DAY) == cast.neighbour.unit.pk
        assert Event.objects.order_by("-id")[0].action == "reorganisation.carried_out"
        assert "12-QĐ/TU" in client.get(answer["Location"]).content.decode()

    def test_a_second_click_changes_nothing_and_says_why(self, cast: Cast, client: Client) -> None:
        told = agreed(client, "merge", merger(cast))
        client.post("/to-chuc/sap-xep/moi/merge", told)
        again = client.post("/to-chuc/sap-xep/moi/merge", told)
        assert again.status_code == 422
        assert Reorganisation.objects.count() == 1

    def test_refuses_what_was_not_seen(self, cast: Cast, client: Client) -> None:
        told = {**merger(cast), "seen": "0" * 64, "keep": "1"}
        answer = client.post("/to-chuc/sap-xep/moi/merge", told)
        assert answer.status_code == 422
        assert not Reorganisation.objects.exists()

    def test_names_a_code_nobody_has_and_keeps_what_was_typed(
        self, cast: Cast, client: Client
    ) -> None:
        told = {**merger(cast), "target": "khong-co", "look": "1"}
        answer = client.post("/to-chuc/sap-xep/moi/merge", told)
        assert answer.status_code == 422
        assert "khong-co" in answer.content.decode()
        assert "12-QĐ/TU" in answer.content.decode()

    @pytest.mark.parametrize(
        ("what", "more"),
        [
            ("rename", {"name": "Trường THPT Tên Mới"}),
            ("change_kind", {"kind": "political_centre"}),
            ("close", {}),
            ("move", {"line": "education", "target": "khong-co"}),
            ("dissolve", {"parts": "khong-co: khong-co"}),
            ("split", {"parts": "khong-co"}),
        ],
    )
    def test_answers_every_order_in_words(
        self, cast: Cast, client: Client, what: str, more: dict[str, str]
    ) -> None:
        assert client.get(f"/to-chuc/sap-xep/moi/{what}").status_code == 200
        told = {**DECISION, "unit": cast.school.unit.code, **more, "look": "1"}
        answer = client.post(f"/to-chuc/sap-xep/moi/{what}", told)
        assert answer.status_code in {200, 422}

    def test_is_the_administrators_alone(self, cast: Cast, client: Client) -> None:
        outsider = factory.signed_in(cast.officer)
        for path in ("/to-chuc/sap-xep/", "/to-chuc/sap-xep/moi/merge"):
            assert outsider.get(path).status_code == 404
        assert outsider.post("/to-chuc/sap-xep/moi/merge", merger(cast)).status_code == 404
        assert client.get("/to-chuc/sap-xep/moi/khac").status_code == 404


class TestUndo:
    @pytest.fixture
    def made(self, cast: Cast, client: Client) -> Reorganisation:
        factory.walk_to(Step.INTRODUCED, cast)
        client.post("/to-chuc/sap-xep/moi/merge", agreed(client, "merge", merger(cast)))
        return Reorganisation.objects.get()

    def test_asks_first_then_leads_back_once(
        self, cast: Cast, client: Client, made: Reorganisation
    ) -> None:
        path = f"/to-chuc/sap-xep/{made.pk}/hoan-tac"
        assert "12-QĐ/TU" in client.get(path).content.decode()
        assert client.post(path).status_code == 302
        assert units.carried_to(cast.school.unit.pk, DAY) == cast.school.unit.pk
        assert client.post(path).status_code == 404
        assert client.get(path).status_code == 200

    def test_says_why_it_no_longer_can(
        self, cast: Cast, client: Client, made: Reorganisation
    ) -> None:
        heir = factory.signed_in(cast.outsider)
        waiting = Rerouting.objects.get()
        told = heir.get("/to-chuc/tiep-nhan").content.decode()
        assert f"Hồ sơ số {waiting.dossier_id} " in told
        assert waiting.dossier.person.full_name not in told
        assert heir.post("/to-chuc/tiep-nhan", {"case": waiting.pk}).status_code == 302
        answer = client.post(f"/to-chuc/sap-xep/{made.pk}/hoan-tac")
        assert answer.status_code == 422
        made.refresh_from_db()
        assert made.undone_at is None

    def test_an_outsider_and_an_unknown_one_answer_alike(
        self, cast: Cast, client: Client, made: Reorganisation
    ) -> None:
        path = f"/to-chuc/sap-xep/{made.pk}/hoan-tac"
        assert factory.signed_in(cast.officer).post(path).status_code == 404
        assert client.post("/to-chuc/sap-xep/999999/hoan-tac").status_code == 404
        case = {"case": Rerouting.objects.get().pk}
        assert client.post("/to-chuc/tiep-nhan", case).status_code == 404
        heir = factory.signed_in(cast.outsider)
        assert heir.post("/to-chuc/tiep-nhan", {"case": 999999}).status_code == 404
        assert Rerouting.objects.get().received_at is None
