"""The library of pictures: pages, what is refused there, who may come."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from donghanh.pictures.models import Picture
from tests import factory
from tests.factory import Cast
from tests.integration.pictures import files

pytestmark = pytest.mark.django_db

TODAY = date(2024, 3, 4)
SAID = {"alt": "Học sinh trồng cây", "caption": "", "credit": ""}


@pytest.fixture
def cast(monkeypatch: pytest.MonkeyPatch) -> Cast:
    factory.freeze(monkeypatch, TODAY)
    return factory.cast()


def sent(client: Client, data: bytes, name: str = "anh.jpg", **said: str) -> tuple[int, str]:
    answer = client.post(
        "/anh/thu-vien/them", {**SAID, **said, "file": SimpleUploadedFile(name, data, "image/jpeg")}
    )
    return answer.status_code, answer.content.decode()


class TestLibrary:
    def test_keeps_a_picture_and_leads_to_it(self, cast: Cast) -> None:
        client = factory.signed_in(cast.union)
        assert "Chưa có ảnh nào" in client.get("/anh/thu-vien/").content.decode()
        assert sent(client, files.picture().getvalue())[0] == 302
        picture = Picture.objects.get()
        assert picture.unit_id == cast.school.unit.pk
        for who in (cast.union, cast.secretary):
            page = factory.signed_in(who).get("/anh/thu-vien/").content.decode()
            assert "Học sinh trồng cây" in page
        page = client.get(f"/anh/thu-vien/{picture.pk}/").content.decode()
        assert f"/anh/{picture.token}/1200.jpeg" in page

    def test_asks_as_often_for_many_as_for_one(
        self, cast: Cast, django_assert_num_queries: Callable[[int], object]
    ) -> None:
        client = factory.signed_in(cast.secretary)
        counts = []
        for more in (1, 3):
            for _ in range(more):
                sent(client, files.picture((640, 400)).getvalue())
            client.get("/anh/thu-vien/")
            with django_assert_num_queries(13):  # type: ignore[attr-defined]  # a context
                counts.append(client.get("/anh/thu-vien/").content.count(b"picture-card"))
        assert counts == [1, 4]

    @pytest.mark.parametrize(
        ("name", "data", "told"),
        [
            ("anh.svg", files.SVG, "không phải ảnh JPEG"),
            ("setup.jpg", files.EXE, "không phải ảnh JPEG"),
            ("rong.jpg", b"", "không phải ảnh JPEG"),
            ("mot.png", files.picture((1, 1), "PNG").getvalue(), "1 × 1"),
            ("nua.jpg", files.picture().getvalue()[:9_000], "Không đọc được ảnh đến hết"),
        ],
    )
    def test_says_in_a_sentence_why_not_and_keeps_what_was_typed(
        self, cast: Cast, name: str, data: bytes, told: str
    ) -> None:
        status, page = sent(factory.signed_in(cast.secretary), data, name)
        assert status == 422
        assert told in page
        assert "Học sinh trồng cây" in page
        assert not Picture.objects.exists()

    def test_keeps_of_a_huge_file_no_more_than_it_takes(
        self, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(settings, "FILE_UPLOAD_MAX_MEMORY_SIZE", 500_000)
        monkeypatch.setattr(settings, "FILE_UPLOAD_MOST", 1_000_000)
        monkeypatch.setattr(settings, "PICTURE_MOST_BYTES", 900_000)
        status, page = sent(factory.signed_in(cast.secretary), b"\xff\xd8" + b"x" * 3_000_000)
        assert status == 422
        assert "Tệp có 4 MB" in page

    def test_takes_down_after_it_asked_once_more(self, cast: Cast) -> None:
        client = factory.signed_in(cast.secretary)
        sent(client, files.picture().getvalue())
        number = Picture.objects.get().pk
        asked = client.get(f"/anh/thu-vien/{number}/go").content.decode()
        assert "Gỡ ảnh này?" in asked
        assert Picture.objects.get().taken_down_at is None
        assert client.post(f"/anh/thu-vien/{number}/go").status_code == 302
        assert Picture.objects.get().taken_down_at is not None
        for path in ("", "go"):
            assert client.get(f"/anh/thu-vien/{number}/{path}").status_code == 404
        assert client.post(f"/anh/thu-vien/{number}/go").status_code == 404

    def test_is_not_there_for_the_neighbour_nor_for_who_writes_nothing(self, cast: Cast) -> None:
        sent(factory.signed_in(cast.secretary), files.picture().getvalue())
        number = Picture.objects.get().pk
        assert factory.signed_in(cast.outsider).get(f"/anh/thu-vien/{number}/").status_code == 404
        for who in (cast.leader, cast.committee, cast.administrator):
            assert factory.signed_in(who).get("/anh/thu-vien/").status_code == 404
