"""The letter beside its reading."""

from __future__ import annotations

import html
import re

import pytest
from django.test import Client
from django.urls import reverse

from donghanh.directives.models import Directive
from tests import factory
from tests.factory import Cast
from tests.integration.directives.browsing import assert_closed, at_home, said, sent
from tests.integration.directives.letter import TEXT, issued, kept

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    """Make everybody."""
    return factory.cast()


class TestReading:
    """The letter beside its reading."""

    def _open(self, cast: Cast) -> tuple[Client, str, str]:
        client = at_home(cast.officer)
        url = reverse("directives:reading", args=[kept(cast).pk])
        return client, url, client.get(url).content.decode()

    def test_shows_the_original_to_the_letter(self, cast: Cast) -> None:
        page = self._open(cast)[2]
        paper = page[page.index('class="paper-text">') :].partition(">")[2].partition("</div>")[0]
        assert html.unescape(re.sub(r"<[^>]+>", "", paper)) == TEXT

    def test_links_each_field_to_its_stretch_and_back(self, cast: Cast) -> None:
        page = self._open(cast)[2]
        assert len(re.findall(r'id="(lit-[^"]+)"', page)) == len(
            set(re.findall(r'id="(lit-[^"]+)"', page))
        )
        for key in set(re.findall(r'data-key="([^"]+)"', page)):
            links = f'href="#lit-{key}"' in page
            assert not links or f'id="lit-{key}"' in page
            assert f'id="read-{key}"' in page

    def test_says_every_doubt(self, cast: Cast) -> None:
        words = said(self._open(cast)[0].get(self._open(cast)[1]))
        assert "Văn bản để trống chỗ này." in words
        assert "“quân chủng” có thể là “quần chúng”" in words

    def test_sent_back_as_it_came_changes_nothing(self, cast: Cast) -> None:
        client, url, page = self._open(cast)

        answer = client.post(url, sent(page))

        directive = Directive.objects.get()
        assert (answer.status_code, answer["Location"]) == (302, url)
        assert (directive.confirmed, directive.revision) == (directive.reading, 1)

    def test_keeps_what_the_officer_corrects(self, cast: Cast) -> None:
        client, url, page = self._open(cast)
        typed = sent(page) | {
            "number": "217",
            "date": "16/2/2024",
            "targets-0-of": "quần chúng học sinh ưu tú",
            "duties-0-due": "10/6",
            "issue": "1",
        }

        answer = client.post(url, typed)

        confirmed = Directive.objects.get().confirmed
        assert answer["Location"].endswith("/giao")
        assert (confirmed["number"], confirmed["date"]) == ("217", "2024-02-16")
        assert confirmed["targets"][0]["of"] == "quần chúng học sinh ưu tú"
        assert confirmed["targets"][0]["bound"] == "at_least"
        assert confirmed["duties"][0]["due"] == "--06-10"
        words = said(client.get(url))
        assert "máy đọc là" in words
        assert "có thể là “quần chúng”" not in words

    def test_adds_and_strikes_out_duties(self, cast: Cast) -> None:
        client, url, page = self._open(cast)
        typed = sent(page) | {"duties-1-text": "Gửi danh sách", "duties-1-due": "1/3/2024"}
        client.post(url, typed | {"duties-0-DELETE": "on"})

        duties = Directive.objects.get().confirmed["duties"]
        assert [(duty["text"], duty["due"]) for duty in duties] == [("Gửi danh sách", "2024-03-01")]

    def test_refuses_a_day_that_is_none_and_keeps_what_was_typed(self, cast: Cast) -> None:
        client, url, page = self._open(cast)

        answer = client.post(url, sent(page) | {"date": "31/2/2024", "number": "217"})

        assert (answer.status_code, Directive.objects.get().revision) == (422, 1)
        assert "“31/2/2024” không phải là ngày" in said(answer)
        assert 'value="217"' in answer.content.decode()

    def test_refuses_when_somebody_else_was_faster(self, cast: Cast) -> None:
        client, url, page = self._open(cast)
        first, second = sent(page) | {"number": "1"}, sent(page) | {"number": "2"}
        client.post(url, first)

        answer = client.post(url, second)

        assert (answer.status_code, Directive.objects.get().confirmed["number"]) == (409, "1")
        assert "Người khác vừa sửa" in said(answer)

    def test_can_be_read_but_not_changed_by_the_leader_and_once_issued(self, cast: Cast) -> None:
        client, url, page = self._open(cast)
        leader = at_home(cast.leader)
        assert "Lưu phần đọc" not in said(leader.get(url))
        assert leader.post(url, sent(page)).status_code == 404

        issued(cast)
        assert "Lưu phần đọc" not in said(client.get(url))
        assert client.post(url, sent(page) | {"number": "9"}).status_code == 409

    def test_does_not_exist_for_others(self, cast: Cast) -> None:
        _, url, page = self._open(cast)
        assert_closed(cast, url, post=sent(page))
