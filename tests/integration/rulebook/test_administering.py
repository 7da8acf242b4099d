"""An administrator compares values, withdraws amendments, takes rules out and brings them in."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from donghanh.amendments import actions
from donghanh.amendments import queries as amendments
from donghanh.amendments.models import Amendment
from donghanh.domain import amending, rules
from donghanh.domain.acts import Step
from donghanh.domain.comparing import Difference
from donghanh.rulebook import queries, texts
from tests import factory, stage
from tests.factory import Cast
from tests.integration.rulebook.changing import (
    DRAFT,
    ON,
    SHORTER,
    hidden,
    kept,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return factory.cast()


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    factory.freeze(monkeypatch, ON)


@pytest.fixture
def client(cast: Cast) -> Client:
    return factory.signed_in(cast.administrator)


class TestCheck:
    WHERE = "/quy-dinh/gia-tri/certificate.validity/doi-chieu?noi=central&tu=2025-07-01"
    DOUBTFUL = "/quy-dinh/gia-tri/dossier.ageing/doi-chieu?noi=central&tu=2021-09-28"

    def test_takes_two_steps_and_records_who_and_when(self, cast: Cast, client: Client) -> None:
        asked = client.get(self.DOUBTFUL)
        assert "01-HD/TW" in asked.content.decode()
        answer = client.post(self.DOUBTFUL, {"seen": hidden(asked, "seen")})
        assert answer.status_code == 302
        entry = amendments.current().on("dossier.ageing", ON)
        assert entry.settled
        assert (entry.cite.checked_on, entry.cite.checked_by) == (ON, cast.administrator.name)
        shown = client.get(answer["Location"]).content.decode()
        assert "Quản trị viên đối chiếu văn bản gốc ngày 05/12/2023" in shown

    def test_changes_no_open_case(self, cast: Cast) -> None:
        factory.walk_to(Step.TRAINED, cast)
        entry = amendments.current().on("dossier.ageing", ON)
        text = queries.text_of_comparison(entry)
        preview = queries.preview(stage.actor(cast.administrator, ON), text, ON)
        assert (preview.open, preview.changed) == (1, 0)
        (change,) = preview.change.values
        assert change.difference is Difference.STANDING

    def test_refuses_when_somebody_was_first(self, cast: Cast, client: Client) -> None:
        kept(cast)
        answer = client.post(self.DOUBTFUL, {"seen": "0"})
        assert answer.status_code == 409
        assert amendments.current().edition == 1
        assert client.post(self.DOUBTFUL, {"seen": "x"}).status_code == 409

    @pytest.mark.parametrize(
        "where",
        [
            "/quy-dinh/gia-tri/khong.co/doi-chieu?noi=central&tu=2021-09-28",
            "/quy-dinh/gia-tri/dossier.ageing/doi-chieu?noi=central&tu=2021-09-29",
            "/quy-dinh/gia-tri/dossier.ageing/doi-chieu?noi=province:ha-noi&tu=2021-09-28",
            "/quy-dinh/gia-tri/dossier.ageing/doi-chieu?noi=central&tu=x",
            "/quy-dinh/gia-tri/dossier.ageing/doi-chieu",
        ],
    )
    def test_is_not_there_for_a_value_that_is_not(self, client: Client, where: str) -> None:
        assert client.get(where).status_code == 404

    def test_is_offered_for_every_value_that_needs_it(self, cast: Cast) -> None:
        page = queries.doubts_page(stage.actor(cast.administrator, ON), ON)
        listed = {
            (line.entry.name, line.entry.scope, line.entry.since)
            for lines in (*(one.values for one in page.documents), page.carried)
            for line in lines
        }
        book = rules.load()
        assert listed == {
            (one.name, one.scope, one.since) for one in book.entries() if not one.settled
        }
        assert page.settled == sum(one.settled for one in book.entries())
        assert not page.documents[-1].found


class TestWithdraw:
    def test_shows_what_would_change_asks_why_and_keeps_the_earlier_editions(
        self, cast: Cast, client: Client
    ) -> None:
        kept(cast)
        asked = client.get("/quy-dinh/sua-doi/1/rut")
        assert "60 ngày làm việc" in asked.content.decode()
        seen = hidden(asked, "seen")
        assert client.post("/quy-dinh/sua-doi/1/rut", {"seen": seen, "note": ""}).status_code == 422
        answer = client.post("/quy-dinh/sua-doi/1/rut", {"seen": seen, "note": "Nhập nhầm"})
        assert answer.status_code == 302
        book = amendments.current()
        assert book.on("admission.decision", ON).value == 60
        assert book.at(1).on("admission.decision", ON).value == 45
        assert "đã rút bằng sửa đổi 2" in client.get("/quy-dinh/sua-doi/").content.decode()

    def test_refuses_twice_and_what_is_not_there(self, cast: Cast, client: Client) -> None:
        kept(cast)
        sent = {"seen": "1", "note": "Nhập nhầm"}
        assert client.post("/quy-dinh/sua-doi/1/rut", sent).status_code == 302
        assert client.post("/quy-dinh/sua-doi/1/rut", sent | {"seen": "2"}).status_code == 409
        assert client.post("/quy-dinh/sua-doi/9/rut", sent).status_code == 404
        assert client.get("/quy-dinh/sua-doi/9/").status_code == 404
        assert Amendment.objects.count() == 2


class TestFiles:
    def test_of_one_amendment_is_its_text(self, cast: Cast, client: Client) -> None:
        kept(cast)
        answer = client.get("/quy-dinh/sua-doi/1/toml")
        assert answer.content.decode() == SHORTER
        assert 'filename="sua-doi-1.toml"' in answer["Content-Disposition"]

    def test_of_the_whole_rulebook_make_the_same_rulebook(self, cast: Cast) -> None:
        kept(cast)
        whole = queries.exported(stage.actor(cast.administrator, ON), whole=True)
        assert len(whole.encode()) < actions.LARGEST
        book = amendments.current()
        assert amending.lacking(whole, book.contents, "x") == {}

    def test_of_all_amendments_make_the_same_rules_elsewhere(
        self, cast: Cast, client: Client
    ) -> None:
        kept(cast)
        kept(cast, '[[checked]]\nrule = "dossier.ageing"\nsince = 2021-09-28\n')
        kept(
            cast,
            '[regime.R6]\nsince = 2026-12-01\ntitle = "x"\ntitle_vi = "Quy định mới"\n'
            'confidence = "V"\ndocuments = ["HD99"]\n',
        )
        book = amendments.current()
        text = queries.exported(stage.actor(cast.administrator, ON), whole=False)
        there = amending.amended(rules.load(), [amending.Amendment(1, text, ON, "Ai đó")])
        assert _rules(there) == _rules(book)

    def test_brought_in_again_bring_nothing(self, cast: Cast, client: Client) -> None:
        kept(cast)
        for kind in ("tat-ca", "sua-doi"):
            data = client.get(f"/quy-dinh/sua-doi/xuat?gi={kind}").content
            file = SimpleUploadedFile("quy-dinh.toml", data)
            answer = client.post(DRAFT, {"text": "", "file": file, "look": "1"})
            assert answer.status_code == 422
            assert "không thay đổi gì" in answer.content.decode()

    def test_brought_in_elsewhere_bring_only_what_is_lacking(
        self, cast: Cast, client: Client
    ) -> None:
        kept(cast)
        who = stage.actor(cast.administrator, ON)
        whole = queries.exported(who, whole=True)
        actions.withdraw(actor=who, number=1, note="x", seen=1, at=stage.instant(ON), today=ON)
        brought = queries.brought(who, whole)
        assert brought.count("[[rule.") == 1
        assert "replaces = true" in brought
        kept(cast, brought)
        assert amendments.current().on("admission.decision", ON).value == 45


def _rules(book: rules.Rulebook) -> list[tuple[object, ...]]:
    return [
        (one.name, one.scope, one.since, one.value, one.regime, one.settled, one.cite.number)
        for one in book.entries()
    ]


class TestTexts:
    def test_have_a_sentence_for_every_refusal_of_this_room(self) -> None:
        codes = {queries.NoSuchStep.code, queries.NoSuchValue.code}
        assert codes == set(texts.REFUSALS)
        for refusal in (queries.NoSuchStep(step="x"), queries.NoSuchValue(rule="x")):
            assert texts.refusal(refusal)
