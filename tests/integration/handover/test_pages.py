"""The pages of a hand-over, as both cells, the pupil and whoever holds the link meet them."""

from __future__ import annotations

import re

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from donghanh.handover import doors
from donghanh.handover.models import Handover
from donghanh.history.models import Event
from tests import factory
from tests.factory import Cast
from tests.integration.handover import leaving
from tests.integration.handover.leaving import TODAY

pytestmark = pytest.mark.django_db
DAY = TODAY.strftime("%d/%m/%Y")


@pytest.fixture
def cast(monkeypatch: pytest.MonkeyPatch) -> Cast:
    factory.freeze(monkeypatch, TODAY)
    cache.clear()
    return factory.cast()


def text(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined, no-any-return]  # an answer


class TestWay:
    def test_leads_from_the_question_to_the_other_schools_road(self, cast: Cast) -> None:
        one = leaving.leaver(cast)
        cell, other = factory.signed_in(cast.secretary), factory.signed_in(cast.outsider)
        begin = reverse("handover:begin", args=[one.dossier.pk])
        assert cell.post(begin, {"to": "school"}).status_code == 422
        told = {"to": "school", "to_school": cast.neighbour.unit.pk}
        page = cell.post(begin, told)["Location"]
        assert cell.get(begin)["Location"] == page
        own = reverse("handover:own", args=[one.code])
        pupil = Client()
        assert "Quảng Tín" in text(pupil.get(own))
        assert "Đọc và trả lời" in text(pupil.get(reverse("dossiers:own", args=[one.code])))
        pupil.post(own, {"answer": "yes"})
        assert cell.post(f"{page}gui", {"on": "31/12/2099"}).status_code == 422
        assert cell.post(f"{page}gui", {"on": DAY, "number_certificate": "5"}).status_code == 302
        assert "Nguyễn Hải Nam" not in text(other.get(page))
        assert "Xác nhận hồ sơ chuyển đến trường" in text(other.get("/"))
        assert "Chưa ai xác nhận" in text(cell.get("/"))
        answer = other.post(f"{page}nhan", {"on": DAY, "class_name": "12b2"})
        road = reverse("dossiers:road", args=[one.dossier.pk])
        assert answer["Location"] == road
        assert "12B2" in text(other.get(road))
        assert cell.get(road).status_code == 404
        listing = text(cell.get(reverse("handover:listing")))
        assert "Nguyễn Hải Nam" not in listing
        assert f"Hồ sơ số {one.dossier.pk}" in listing


class TestLinkPage:
    def sent(self, cast: Cast) -> tuple[leaving.Leaver, str, str]:
        """Send a file outside through the pages; return the link's path and the code."""
        one = leaving.leaver(cast)
        made = leaving.asked(cast, one)
        leaving.agreed(one)
        cell = factory.signed_in(cast.secretary)
        slip = text(cell.post(reverse("handover:send", args=[made.pk]), {"on": DAY}))
        path = re.search(r"/nhan-ho-so/\w+/", slip)
        code = re.search(r"\b[A-Z2-9]{4}-[A-Z2-9]{4}\b", slip)
        assert path is not None
        assert code is not None
        return one, path[0], code[0]

    def test_tells_the_name_with_the_code_alone_and_confirms_once(self, cast: Cast) -> None:
        _, path, code = self.sent(cast)
        there = Client()
        first = text(there.get(path))
        assert "Đức Lập" in first
        assert "Nguyễn Hải Nam" not in first
        wrong = there.post(path, {"code": "AAAA-AAAA"})
        assert wrong.status_code == 422
        assert "Nguyễn Hải Nam" not in text(wrong)
        assert "Nguyễn Hải Nam" in text(there.post(path, {"code": code}))
        assert Event.objects.get(action="handover.opened_by_link").role == "link"
        told = {"code": code, "receiver": "Lê Thị Thu, Văn phòng", "on": DAY}
        assert there.post(path, {**told, "on": "31/12/2099"}).status_code == 422
        assert there.post(path, {**told, "receiver": ""}).status_code == 422
        assert there.post(path, told).status_code == 200
        assert Handover.objects.get().receiver == "Lê Thị Thu, Văn phòng"
        assert there.post(path, told).status_code == 404

    def test_answers_used_and_unknown_alike(self, cast: Cast) -> None:
        _, path, code = self.sent(cast)
        there = Client()
        there.post(path, {"code": code, "receiver": "Lê Thị Thu", "on": DAY})
        used, unknown = there.get(path), there.get("/nhan-ho-so/khong-co/")
        assert used.status_code == unknown.status_code == 404
        assert used.content == unknown.content

    def test_slows_down_who_tries_codes_and_who_tries_links(self, cast: Cast) -> None:
        _, path, code = self.sent(cast)
        there = Client()
        for _ in range(doors.WRONG_CODES.failures):
            assert there.post(path, {"code": "AAAA-AAAA"}).status_code == 422
        assert there.post(path, {"code": code}).status_code == 429
        for _ in range(doors.WRONG_LINKS.failures):
            assert there.get("/nhan-ho-so/khong-co/").status_code == 404
        assert there.get("/nhan-ho-so/khong-co/").status_code == 429

    def test_opens_nothing_once_the_pupil_stopped(self, cast: Cast) -> None:
        one, path, _ = self.sent(cast)
        factory.stopped(one.dossier.person, on=TODAY)
        assert Client().get(path).status_code == 404
        cell = factory.signed_in(cast.secretary)
        assert "Hồ sơ số" not in text(cell.get(reverse("handover:listing")))
