"""The pages a pupil meets: the invitation, the own answer, the own page, stopping."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from donghanh.domain.consent import NEEDED
from donghanh.domain.procedure import Step
from donghanh.people.models import Invitation, Person
from tests import factory
from tests.factory import Cast

pytestmark = pytest.mark.django_db

ON = date(2023, 9, 11)
ANSWER = {
    "purposes": [purpose.value for purpose in NEEDED],
    "full_name": "Trần Thị Đào",
    "birth_date": "05/01/2006",
    "union_member": "yes",
    "lower_secondary": "",
}


@pytest.fixture
def cast(monkeypatch: pytest.MonkeyPatch) -> Cast:
    factory.freeze(monkeypatch, ON)
    return factory.cast()


class TestInvite:
    TYPED = {
        "invited_name": "Trần Thị Đào",
        "class_name": "12a1",
        "expires": "11/10/2023",
        "once": "x",
    }

    def test_shows_a_code_that_opens_the_invitation(self, cast: Cast) -> None:
        client = factory.signed_in(cast.union)
        page = client.post(reverse("people:invite"), self.TYPED).content.decode()
        found = re.search(r"[A-Z2-9]{5}-[A-Z2-9]{5}", page)
        assert found is not None
        entered = Client().post(reverse("people:enter"), {"code": found.group().lower()})
        assert Client().get(entered["Location"]).status_code == 200
        assert Invitation.objects.get().class_name == "12A1"

    def test_makes_one_invitation_of_a_second_click(self, cast: Cast) -> None:
        client = factory.signed_in(cast.union)
        for _ in range(2):
            assert client.post(reverse("people:invite"), self.TYPED).status_code == 200
        assert Invitation.objects.count() == 1

    def test_refuses_a_day_that_has_gone_by(self, cast: Cast) -> None:
        client = factory.signed_in(cast.union)
        response = client.post(reverse("people:invite"), self.TYPED | {"expires": "10/9/2023"})
        assert response.status_code == 422
        assert not Invitation.objects.exists()

    @pytest.mark.parametrize(
        ("who", "status"),
        [
            ("secretary", 200),
            ("union", 200),
            ("committee", 404),
            ("officer", 404),
            ("leader", 404),
            ("upper_unionist", 404),
            ("administrator", 404),
        ],
    )
    def test_opens_by_role(self, cast: Cast, who: str, status: int) -> None:
        client = factory.signed_in(getattr(cast, who))
        assert client.get(reverse("people:invite")).status_code == status

    def test_shows_the_neighbour_nothing_of_it(self, cast: Cast) -> None:
        factory.invited(cast.school, on=ON, name="Trần Thị Đào")
        page = factory.signed_in(cast.outsider).get(reverse("dossiers:cohort"))
        assert "Trần Thị Đào" not in page.content.decode()


class TestJoin:
    def test_ticks_nothing_for_the_pupil(self, cast: Cast) -> None:
        code = factory.invited(cast.school, on=ON)
        page = Client().get(reverse("people:join", args=[code])).content.decode()
        boxes = re.findall(r"<input type=\"checkbox\"[^>]*>", page)
        assert len(boxes) == len(NEEDED)
        assert not any("checked" in box for box in boxes)

    def test_keeps_the_answer_and_leads_to_the_own_page(self, cast: Cast) -> None:
        code = factory.invited(cast.school, on=ON)
        response = Client().post(reverse("people:join", args=[code]), ANSWER)
        assert response["Location"] == reverse("dossiers:own", args=[code])
        person = Person.objects.get()
        assert (person.union_member, person.lower_secondary) == (True, None)
        assert "Chào Đào" in Client().get(response["Location"]).content.decode()

    def test_keeps_nothing_without_all_purposes(self, cast: Cast) -> None:
        code = factory.invited(cast.school, on=ON)
        response = Client().post(
            reverse("people:join", args=[code]), ANSWER | {"purposes": ["road"]}
        )
        page = response.content.decode()
        assert response.status_code == 422
        assert 'value="Trần Thị Đào"' in page
        assert not Person.objects.exists()

    def test_leads_a_second_click_to_the_own_page(self, cast: Cast) -> None:
        code = factory.invited(cast.school, on=ON)
        for _ in range(2):
            response = Client().post(reverse("people:join", args=[code]), ANSWER)
            assert response["Location"] == reverse("dossiers:own", args=[code])
        assert Person.objects.count() == 1

    def test_answers_an_unknown_code_like_a_page_that_is_not_there(self, cast: Cast) -> None:
        assert Client().get(reverse("people:join", args=["AAAAABBBBB"])).status_code == 404
        assert Client().get(reverse("dossiers:own", args=["AAAAABBBBB"])).status_code == 404
        assert Client().get(reverse("people:stop", args=["AAAAABBBBB"])).status_code == 404
        assert Client().post(reverse("people:stop", args=["AAAAABBBBB"])).status_code == 404


class TestOwn:
    def walking(self, cast: Cast) -> str:
        code = factory.invited(cast.school, on=ON)
        Client().post(reverse("people:join", args=[code]), ANSWER)
        factory.walk_to(Step.LISTED, cast, begins=ON, person=Person.objects.get())
        return code

    def test_says_where_i_stand_and_who_read_my_file(
        self, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        code = self.walking(cast)
        factory.freeze(monkeypatch, ON + timedelta(days=30))
        dossier = Person.objects.get().dossier
        address = reverse("dossiers:own", args=[code])
        assert "Chưa ai mở hồ sơ" in Client().get(address).content.decode()
        factory.signed_in(cast.secretary).get(reverse("dossiers:road", args=[dossier.pk]))
        page = Client().get(address).content.decode()
        assert "bước 4 trên 18 của con đường em đã chọn, giai đoạn Bồi dưỡng" in page
        strip = page.split('class="strip"')[1].split("</div>")[0]
        assert re.findall(r"is-(\w+)", strip) == ["past", "here", *["ahead"] * 4]
        assert cast.secretary.name in page

    def test_is_not_read_by_staff_through_a_number(self, cast: Cast) -> None:
        self.walking(cast)
        assert Client().get("/cua-em/1/").status_code == 404

    def test_stops_in_two_clicks_without_a_reason(
        self, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        code = self.walking(cast)
        factory.freeze(monkeypatch, ON + timedelta(days=30))
        stop = reverse("people:stop", args=[code])
        own = reverse("dossiers:own", args=[code])
        assert stop in Client().get(own).content.decode()
        asked = Client().get(stop).content.decode()
        assert "<textarea" not in asked
        assert Client().post(stop)["Location"] == own
        page = Client().get(own).content.decode()
        assert "Em đã dừng lại ngày 11/10/2023" in page
        assert stop not in page
        assert Client().post(stop).status_code == 302
