"""How far letters have come: the board and the list."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from django.urls import reverse

from donghanh.directives import actions
from donghanh.directives.models import Recipient
from tests import factory
from tests.factory import Cast
from tests.integration.directives.browsing import assert_closed, at_home, said, statements
from tests.integration.directives.letter import ON, TEXT, issued, kept

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    """Make everybody."""
    return factory.cast()


class TestBoard:
    """How far a letter has come."""

    def _url(self, cast: Cast) -> str:
        directive = issued(cast)
        actions.acknowledge(
            actor=factory.actor(cast.secretary, ON),
            directive_id=directive.pk,
            at=factory.instant(ON),
        )
        return reverse("directives:board", args=[directive.pk])

    def test_shows_each_unit_with_a_word_for_each_state(self, cast: Cast) -> None:
        words = said(at_home(cast.officer).get(self._url(cast)))
        assert "đã xác nhận 20/02/2024" in words
        assert "chưa mở" in words
        assert re.search(r"trễ \d+ ngày", words)
        assert "Nhắc 2 đơn vị chậm" in words

    @pytest.mark.parametrize(
        ("query", "seen", "unseen"),
        [
            ("q=duc+lap", "Đức Lập", "Quảng Tín"),
            ("q=QUANG TIN", "Quảng Tín", "Đức Lập"),
            ("loc=chua-xac-nhan", "Quảng Tín", "Đức Lập"),
            ("loc=tre", "Đức Lập", "nothing"),
        ],
    )
    def test_finds_and_filters_without_marks(
        self, cast: Cast, query: str, seen: str, unseen: str
    ) -> None:
        answer = at_home(cast.officer).get(f"{self._url(cast)}?{query}")
        body = said(answer).partition("Đã nhắc")[2]
        assert seen in body
        assert unseen not in body

    def test_says_so_when_no_unit_fits(self, cast: Cast) -> None:
        answer = at_home(cast.officer).get(f"{self._url(cast)}?q=khong+co")
        assert "Không có đơn vị nào" in said(answer)

    def test_reminds_and_shows_the_school_that_it_was(self, cast: Cast) -> None:
        url = self._url(cast)
        remind = url.replace("theo-doi", "nhac")

        answer = at_home(cast.officer).post(remind)

        assert answer["Location"] == url
        assert Recipient.objects.exclude(reminded_at=None).count() == 2
        assert "đã nhắc" in said(at_home(cast.outsider).get(reverse("directives:inbox")))
        assert at_home(cast.leader).post(remind).status_code == 404

    def test_comes_as_a_workbook(self, cast: Cast) -> None:
        answer = at_home(cast.officer).get(f"{self._url(cast)}.xlsx?q=duc+lap")
        with zipfile.ZipFile(io.BytesIO(answer.content)) as book:
            text = "".join(
                book.read(part).decode() for part in book.namelist() if part.endswith(".xml")
            )
        assert "Đức Lập" in text
        assert "Quảng Tín" not in text

    def test_does_not_exist_for_others_nor_for_a_draft(self, cast: Cast) -> None:
        url = self._url(cast)
        assert_closed(cast, url)
        assert at_home(cast.secretary).post(url.replace("theo-doi", "nhac")).status_code == 404
        assert at_home(cast.secretary).get(f"{url}.xlsx").status_code == 404
        draft = reverse("directives:board", args=[kept(cast, TEXT + " ").pk])
        assert at_home(cast.officer).get(draft).status_code == 404

    def test_needs_as_many_statements_for_ten_units_as_for_two(self, cast: Cast) -> None:
        client = at_home(cast.officer)
        few = statements(client, self._url(cast))
        schools = [
            factory.school(
                f"th{n}",
                f"Trường THPT (mô phỏng) số {n}",
                department=cast.department,
                above=cast.competent,
                upper=cast.upper_union,
            )
            for n in range(10)
        ]
        many = issued(
            cast, {school.unit.pk: 2 for school in schools}, text=TEXT.replace("02 năm", "03 năm")
        )
        assert statements(client, reverse("directives:board", args=[many.pk])) == few


class TestListing:
    """The department's letters."""

    def test_says_how_to_begin_when_there_is_none(self, cast: Cast) -> None:
        assert "Đọc văn bản đầu tiên" in said(at_home(cast.officer).get("/chi-dao/"))
        assert "Đọc văn bản đầu tiên" not in said(at_home(cast.leader).get("/chi-dao/"))

    def test_shows_drafts_and_issued_letters_newest_first(self, cast: Cast) -> None:
        first = issued(cast)
        second = kept(cast, TEXT + "\n")
        page = at_home(cast.officer).get("/chi-dao/").content.decode()
        draft, board = f"/chi-dao/{second.pk}/doc", f"/chi-dao/{first.pk}/theo-doi"
        assert page.index(draft) < page.index(board)
        assert "0/2" in page

    def test_finds_without_marks(self, cast: Cast) -> None:
        issued(cast)
        client = at_home(cast.officer)
        assert "Phát triển đảng viên" in said(client.get("/chi-dao/?q=PHAT+trien"))
        assert "Không có văn bản nào có các từ này" in said(client.get("/chi-dao/?q=hoi+trai"))

    def test_needs_as_many_statements_for_many_letters_as_for_one(self, cast: Cast) -> None:
        client = at_home(cast.officer)
        issued(cast)
        few = statements(client, "/chi-dao/")
        for n in range(1, 6):
            issued(cast, text=TEXT + "\n" * n)
        assert statements(client, "/chi-dao/") == few

    def test_does_not_exist_for_others(self, cast: Cast) -> None:
        for user in (cast.secretary, cast.union, cast.administrator):
            assert at_home(user).get("/chi-dao/").status_code == 404
