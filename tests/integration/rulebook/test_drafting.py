"""An administrator writes a change of the rules: looked at first, then kept, never half."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from donghanh.amendments import queries as amendments
from donghanh.amendments.models import Amendment
from donghanh.domain.timeline import CENTRAL
from donghanh.history.models import Event
from tests import factory
from tests.factory import Cast
from tests.integration.rulebook.changing import (
    DRAFT,
    ON,
    SHORTER,
    hidden,
    kept,
    looked_at,
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


class TestDraft:
    def test_shows_what_would_change_and_keeps_nothing(self, client: Client) -> None:
        answer = client.post(DRAFT, {"text": SHORTER, "look": "1"})
        shown = answer.content.decode()
        assert "60 ngày làm việc" in shown
        assert "45 ngày làm việc" in shown
        assert "99-HD/BTCTW" in shown
        assert not Amendment.objects.exists()

    def test_is_kept_after_it_was_looked_at_with_one_line_of_history(
        self, cast: Cast, client: Client
    ) -> None:
        before = Event.objects.count()
        answer = client.post(DRAFT, looked_at(client))
        assert answer.status_code == 302
        assert Event.objects.count() == before + 1
        assert Amendment.objects.get().kept_by == cast.administrator
        shown = client.get(answer["Location"]).content.decode()
        assert "Đã ghi sửa đổi số 1" in shown
        assert "Quản trị viên" in shown

    def test_asks_for_a_reason_and_forgets_nothing_typed(self, client: Client) -> None:
        answer = client.post(DRAFT, looked_at(client) | {"note": " "})
        assert answer.status_code == 422
        assert "nêu lý do" in answer.content.decode()
        assert "HD99" in answer.content.decode()
        assert not Amendment.objects.exists()

    def test_refuses_to_keep_what_was_not_looked_at(self, client: Client) -> None:
        sent = looked_at(client)
        for other in (
            {"text": SHORTER.replace("45", "40")},
            {"mark": "x"},
            {"mark": "", "seen": ""},
            {"seen": "7"},
        ):
            answer = client.post(DRAFT, sent | other)
            assert answer.status_code == 409
            assert not Amendment.objects.exists()

    def test_of_an_earlier_edition_is_looked_at_again(self, cast: Cast, client: Client) -> None:
        sent = looked_at(client)
        kept(cast, '[[checked]]\nrule = "age.minimum"\nsince = 2016-07-25\n')
        answer = client.post(DRAFT, sent)
        assert answer.status_code == 409
        assert "Vừa có người khác sửa đổi" in answer.content.decode()
        again = sent | {name: hidden(answer, name) for name in ("seen", "mark")}
        assert client.post(DRAFT, again).status_code == 302
        assert amendments.current().edition == 2

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("", "Hãy ghi văn bản"),
            ("   \n", "Hãy ghi văn bản"),
            ("# không có gì", "không thay đổi gì"),
            ("a = [", "TOML"),
            ("a = 1", "không có khóa này"),
            ("[rule.moi]\ntitle = 1", "rule.moi.unit"),
            (SHORTER.replace("replaces = true\n", ""), "đã có mức"),
            (SHORTER.replace("45", '"x"'), "không hợp lệ"),
            (SHORTER.replace('doc = "HD99"', 'doc = "HD98"'), "căn cứ"),
            (SHORTER.replace('regime = "R1"', "since = 1999-01-01"), "không thuộc thời kỳ"),
            ('[[checked]]\nrule = "x"\nsince = 2024-01-01', "không có mức này"),
            ("[rule.'../../x']\nunit = 'flag'", "không hợp lệ"),
            ("x" * 200_001, ""),
        ],
    )
    def test_says_what_is_wrong_and_where_and_keeps_the_text(
        self, client: Client, text: str, said: str
    ) -> None:
        answer = client.post(DRAFT, {"text": text, "look": "1"})
        assert answer.status_code == 422
        assert said in answer.content.decode()
        assert not Amendment.objects.exists()

    @pytest.mark.parametrize(
        ("data", "said"),
        [
            (b"\xff\xfea", "UTF-8"),
            (b"#" * 200_001, "200 kB"),
            (b"a = [", "TOML"),
            (b"", ""),
        ],
    )
    def test_refuses_a_file_that_cannot_be_read(
        self, client: Client, data: bytes, said: str
    ) -> None:
        file = SimpleUploadedFile("quy-dinh.toml", data)
        answer = client.post(DRAFT, {"text": "", "file": file, "look": "1"})
        assert answer.status_code == 422
        assert said in answer.content.decode()

    def test_takes_a_file_with_a_byte_order_mark_and_other_line_ends(self, client: Client) -> None:
        data = SHORTER.replace("\n", "\r\n").encode("utf-8-sig")
        file = SimpleUploadedFile("quy-dinh.toml", data)
        answer = client.post(DRAFT, {"text": "", "file": file, "look": "1"})
        assert answer.status_code == 200
        assert "45 ngày làm việc" in answer.content.decode()

    def test_shows_a_hostile_text_as_text(self, client: Client) -> None:
        text = SHORTER.replace("Hướng dẫn nghiệp vụ", "<script>alert(1)</script>")
        shown = client.post(DRAFT, {"text": text, "look": "1"}).content.decode()
        assert "<script>alert" not in shown


class TestForms:
    def value(self, **other: object) -> dict[str, object]:
        return {
            "scope": CENTRAL,
            "since": "01/12/2023",
            "value": "45",
            "document": "",
            "issuer": "Ban Tổ chức Trung ương",
            "number": "99-HD/BTCTW",
            "signed_on": "01/11/2023",
            "document_title": "Hướng dẫn",
            "article": "7",
            "confidence": "V",
            **other,
        }

    def test_of_a_value_becomes_a_text_that_is_looked_at(self, client: Client) -> None:
        answer = client.post(f"{DRAFT}/gia-tri?rule=admission.decision", self.value())
        shown = answer.content.decode()
        assert answer.status_code == 200
        assert "[document.99-hd-btctw-2023]" in shown
        assert "since = 2023-12-01" in shown
        assert not Amendment.objects.exists()

    def test_of_a_value_that_is_there_takes_its_place(self, client: Client) -> None:
        asked = self.value(since="30/7/2021", document="QD24")
        answer = client.post(f"{DRAFT}/gia-tri?rule=admission.decision", asked)
        assert "replaces = true" in answer.content.decode()

    @pytest.mark.parametrize(
        ("rule", "fields", "written"),
        [
            ("vote.cell", {"share": " 3 / 4", "strict": "on", "base": "in_post"}, "= &quot;3/4"),
            ("graduation.moves_consideration", {"value": "no"}, "value = false"),
            ("age.counting", {"value": "month"}, "value = &quot;month"),
            ("vote.cell.excludes", {"value": ["away", "suspended"]}, "&quot;suspended&quot;"),
            ("political.standard", {"value": "99-QĐ/TW"}, "99-QĐ/TW"),
            ("age.minimum", {"value": "17"}, "value = 17"),
        ],
    )  # fmt: skip
    def test_fits_the_unit_of_the_rule(
        self, client: Client, rule: str, fields: dict[str, object], written: str
    ) -> None:
        asked = self.value(**fields) | {"document": "QD24"}
        answer = client.post(f"{DRAFT}/gia-tri?rule={rule}", asked)
        assert answer.status_code == 200, answer.content.decode()
        assert written in answer.content.decode()

    @pytest.mark.parametrize(
        ("rule", "fields"),
        [
            ("admission.decision", {"value": "0"}),
            ("admission.decision", {"value": "1000"}),
            ("school_year.first_month", {"value": "13"}),
            ("age.counting", {"value": "week"}),
            ("vote.cell", {"share": "3/2", "base": "in_post"}),
            ("vote.cell", {"share": "x", "base": "in_post"}),
            ("admission.decision", {"since": "32/1/2024"}),
            ("admission.decision", {"scope": "province:khong-co"}),
            ("admission.decision", {"confidence": "X"}),
            ("admission.decision", {"document": "KHONG"}),
            ("admission.decision", {"number": "", "document": ""}),
        ],
    )
    def test_refuses_what_the_rule_cannot_be(
        self, client: Client, rule: str, fields: dict[str, object]
    ) -> None:
        answer = client.post(f"{DRAFT}/gia-tri?rule={rule}", self.value(**fields))
        assert answer.status_code == 422
        assert not Amendment.objects.exists()

    def test_begins_with_the_value_that_is_there(self, client: Client) -> None:
        shown = client.get(f"{DRAFT}/gia-tri?rule=vote.cell&noi=central&tu=2021-07-30")
        assert 'value="2/3"' in shown.content.decode()
        assert 'value="30/07/2021"' in shown.content.decode()

    def test_of_a_regime_carries_on_what_it_does_not_say(self, client: Client) -> None:
        asked = self.value(code="R6", title="Quy định 300-QĐ/TW", since="01/12/2026")
        answer = client.post(f"{DRAFT}/thoi-ky", asked | {"others": ["HD38"]})
        shown = answer.content.decode()
        assert answer.status_code == 200
        assert "[regime.R6]" in shown
        assert "mang sang thời kỳ mới" in shown

    def test_of_a_regime_refuses_a_name_no_act_could_keep(self, client: Client) -> None:
        asked = self.value(code="QUYDINH300", title="x", since="01/12/2026")
        assert client.post(f"{DRAFT}/thoi-ky", asked).status_code == 422

    def test_of_a_year_prolongs_the_calendar(self, cast: Cast, client: Client) -> None:
        asked = self.value(year="2029", off="01/01, 12/02\n30/4", worked="10/03", document="TB9441")
        answer = client.post(f"{DRAFT}/nam-lich", asked)
        text = re.search(
            r'<textarea name="text"[^>]*>(.*?)</textarea>', answer.content.decode(), re.S
        )
        assert text is not None
        kept(cast, text[1].replace("&quot;", '"').strip("\n"))
        workdays = amendments.current().workdays()
        assert workdays.until == date(2030, 1, 1)
        assert workdays.is_working(date(2029, 3, 10))
        assert not workdays.is_working(date(2029, 4, 30))

    @pytest.mark.parametrize(
        "fields",
        [
            {"year": "2031"},
            {"year": "1999"},
            {"off": "31/02"},
            {"off": "một"},
            {"off": "06/01"},  # a Saturday
            {"worked": "01/01"},  # a Monday
            {"off": ""},
        ],
    )
    def test_of_a_year_refuses_what_is_no_day_of_it(
        self, client: Client, fields: dict[str, object]
    ) -> None:
        asked = self.value(year="2029", off="01/01", worked="", document="TB9441") | fields
        assert client.post(f"{DRAFT}/nam-lich", asked).status_code == 422
