"""What everybody reads: lists, an article, search, feed, map; by whatever asks."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import timedelta
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from django.test import Client
from django.urls import reverse

from donghanh.news import actions, queries
from tests import factory
from tests.factory import Cast
from tests.integration.news import making

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(monkeypatch: pytest.MonkeyPatch) -> Cast:
    factory.freeze(monkeypatch, making.ON)
    return factory.cast()


def many(cast: Cast, count: int, section: str = "mo-hinh-hay") -> None:
    for number in range(count):
        typed = replace(making.PLAIN, title=f"Bài số {number}", section=section)
        making.published(cast, typed)


class TestLists:
    def test_show_the_newest_first_and_lead_on(self, cast: Cast) -> None:
        many(cast, queries.public.PAGE + 2)
        first = queries.front()
        assert first is not None and len(first.cards) == queries.public.PAGE
        assert first.cards[0].title == "Bài số 13" and first.older == first.cards[-1].id
        rest = queries.front(before=first.older)
        assert rest is not None and [one.title for one in rest.cards] == ["Bài số 1", "Bài số 0"]
        assert rest.older is None

    def test_of_a_section_hold_what_belongs_to_it(self, cast: Cast) -> None:
        many(cast, 1)
        for key, found in (("doan-va-hoc-sinh", 1), ("mo-hinh-hay", 1), ("thong-bao", 0)):
            page = queries.front(key)
            assert page is not None and len(page.cards) == found
        assert Client().get("/tin/muc/khong-co/").status_code == 404

    def test_ask_the_same_number_of_times_however_many(
        self, cast: Cast, django_assert_num_queries: pytest.FixtureRequest
    ) -> None:
        many(cast, 1)
        counted = django_assert_num_queries
        with counted(3):  # type: ignore[operator]  # a context manager
            queries.front()
        many(cast, 6)
        with counted(3):  # type: ignore[operator]
            queries.front()
        with counted(9):  # type: ignore[operator]
            queries.public_article("bai-so-3")

    def test_are_searched_without_marks(self, cast: Cast) -> None:
        making.published(cast)
        for words, found in (
            ("ĐỒNG hanh", 1),
            ("dong hanh buoi", 1),
            ("khong co chu nay", 0),
            ("%", 0),
            ("", 0),
            ("a" * 5000, 0),
            ("' OR 1=1 --", 0),
            ("\x00", 0),
        ):
            page = Client().get(reverse("news:search"), {"q": words})
            assert page.status_code == 200
            assert len(re.findall('class="news-card', page.content.decode())) == found, words

    @pytest.mark.parametrize("junk", ["abc", "-1", "9" * 40, "²", "1;drop"])
    def test_pass_over_a_number_that_is_none(self, cast: Cast, junk: str) -> None:
        making.published(cast)
        assert Client().get(reverse("news:front"), {"truoc": junk}).status_code == 200


class TestArticle:
    def test_is_read_with_those_beside_it_and_what_machines_read(self, cast: Cast) -> None:
        many(cast, 3)
        typed = replace(making.PLAIN, title="Kể </script><script>alert(1)</script> & lại")
        article = making.published(cast, typed)
        answer = Client().get(reverse("news:public", args=[article.slug]))
        page = answer.content.decode()
        data = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
        assert json.loads(data[0])["headline"] == typed.title
        assert page.count("<script") == 1 and "Cùng mục" in page and "Mới nhất" in page
        assert 'rel="canonical"' in page and 'property="og:title"' in page
        assert answer["Cache-Control"] == "public, max-age=20"
        assert not answer.cookies

    def test_taken_down_says_so_and_nothing_else(self, cast: Cast) -> None:
        article = making.published(cast)
        told: dict[str, Any] = {
            "actor": making.reviewer(cast),
            "article_id": article.pk,
            "at": making.AT,
        }
        actions.take_down(reason="Nội dung mật của việc gỡ", **told)
        answer = Client().get(reverse("news:public", args=[article.slug]))
        page = answer.content.decode()
        assert answer.status_code == 410 and "đã gỡ bài này ngày 02/3/2026" in page
        assert "mật" not in page and making.PLAIN.title not in page
        assert Client().get(reverse("news:front")).content.decode().count(article.slug) == 0

    def test_is_not_there_before_it_is_published(self, cast: Cast) -> None:
        article = making.approved(cast, making.begun(cast))
        assert Client().get(reverse("news:public", args=[article.slug])).status_code == 404

    def test_shows_nothing_that_could_run_whatever_is_kept(self, cast: Cast) -> None:
        article = making.published(cast)
        version = article.versions.get()
        article.versions.update(body="<p onclick=x()>a<script>alert(1)</script></p>")
        found = queries.public_article(article.slug)
        assert (
            found is not None
            and [part.html for part in found.parts] == ["<p>a</p>"]
            and version.body
        )


class TestMachines:
    @pytest.mark.parametrize(
        "headers",
        [
            {},
            {"Accept": "text/nonsense;q=banana, */*"},
            {"If-Modified-Since": "hôm qua"},
            {"If-Modified-Since": "Mon, 99 Foo 20266 99:99:99 GMT"},
            {"If-None-Match": '"a", W/"b", *x'},
            {"Range": "bytes=99999-1"},
            {"Accept-Encoding": "br;q=x"},
            {"Accept-Language": "x" * 3000},
            {"User-Agent": "\xff"},
        ],
    )
    def test_get_a_feed_whatever_they_ask_with(self, cast: Cast, headers: dict[str, str]) -> None:
        making.published(cast)
        answer = Client().get(reverse("news:feed"), headers=headers)
        assert answer.status_code == 200
        root = ET.fromstring(answer.content)  # noqa: S314 - our own
        assert len(root.findall("{http://www.w3.org/2005/Atom}entry")) == 1

    def test_get_a_map_and_rules(self, cast: Cast) -> None:
        article = making.published(cast)
        later = making.AT + timedelta(hours=2)
        told: dict[str, Any] = {
            "actor": making.reviewer(cast),
            "article_id": article.pk,
            "seen": 1,
            "at": later,
        }
        actions.correct(typed=making.PLAIN, note="Sửa số", **told)
        page = Client().get(reverse("news:sitemap")).content.decode()
        assert f"/tin/{article.slug}/" in page and "<lastmod>" in page
        rules = Client().get("/robots.txt").content.decode()
        for path in ("/tin/", "/hoi-dap/", "/so-lieu-cong-khai/"):
            assert f"Allow: {path}\n" in rules and f"{path}</loc>" in page, path
        assert "Allow: /anh/\n" in rules and "Disallow: /anh/thu-vien/\n" in rules
        assert "Disallow: /\n" in rules and "sitemap.xml" in rules
