"""What a school has received."""

from __future__ import annotations

import pytest
from django.test import Client

from donghanh.directives.models import Recipient
from tests import factory
from tests.factory import Cast
from tests.integration.directives.browsing import at_home, said, statements
from tests.integration.directives.letter import TEXT, issued

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    """Make everybody."""
    return factory.cast()


class TestReceived:
    """What a school has received."""

    def test_is_empty_at_first(self, cast: Cast) -> None:
        assert "Chưa có văn bản nào" in said(at_home(cast.secretary).get("/van-ban-den/"))

    def test_lists_with_what_is_to_be_done(self, cast: Cast) -> None:
        issued(cast)
        words = said(at_home(cast.secretary).get("/van-ban-den/"))
        assert "Phát triển đảng viên trong học sinh THPT" in words
        assert "Đọc và xác nhận" in words

    def test_opening_is_the_receipt(self, cast: Cast) -> None:
        directive = issued(cast)
        client = at_home(cast.secretary)

        words = said(client.get(f"/van-ban-den/{directive.pk}/"))

        recipient = Recipient.objects.get(unit=cast.school.unit)
        assert (recipient.opened_by_id, recipient.acknowledged_at) == (cast.secretary.pk, None)
        assert "kết nạp 2 học sinh" in words
        assert "Xác nhận đã nhận" in words

    def test_shows_no_other_schools_target(self, cast: Cast) -> None:
        directive = issued(cast)
        words = said(at_home(cast.outsider).get(f"/van-ban-den/{directive.pk}/"))
        assert "Chỉ tiêu của trường" not in words

    def test_acknowledging_is_seen_on_the_board(self, cast: Cast) -> None:
        directive = issued(cast)
        client = at_home(cast.secretary)

        answer = client.post(f"/van-ban-den/{directive.pk}/xac-nhan")

        assert answer["Location"] == f"/van-ban-den/{directive.pk}/"
        assert "Xác nhận đã nhận" not in said(client.get(answer["Location"]))
        board = at_home(cast.officer).get(f"/chi-dao/{directive.pk}/theo-doi")
        assert "1/2" in said(board)

    def test_does_not_exist_for_a_school_that_did_not_receive_it(self, cast: Cast) -> None:
        directive = issued(cast, {cast.school.unit.pk: 2})
        for user in (cast.outsider, cast.union, cast.officer, cast.administrator):
            client = at_home(user)
            assert client.get(f"/van-ban-den/{directive.pk}/").status_code == 404
            assert client.post(f"/van-ban-den/{directive.pk}/xac-nhan").status_code == 404
        assert at_home(cast.officer).get("/van-ban-den/").status_code == 404
        assert not Recipient.objects.exclude(opened_at=None).exists()

    def test_needs_as_many_statements_for_many_letters_as_for_one(self, cast: Cast) -> None:
        client = at_home(cast.secretary)
        issued(cast)
        few = statements(client, "/van-ban-den/")
        for n in range(1, 6):
            issued(cast, text=TEXT + "\n" * n)
        assert statements(client, "/van-ban-den/") == few

    def test_asks_who_is_not_signed_in_to_sign_in(self, cast: Cast) -> None:
        directive = issued(cast)
        for url in (f"/van-ban-den/{directive.pk}/", f"/chi-dao/{directive.pk}/doc"):
            assert Client().get(url)["Location"].startswith("/dang-nhap")
