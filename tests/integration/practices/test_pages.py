"""Pages of practices, the wall under them, and the sentence of every refusal."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import ProgrammingError, connection, transaction
from django.test.utils import CaptureQueriesContext

from donghanh.accounts.models import User
from donghanh.domain import practising
from donghanh.domain.errors import RuleError
from donghanh.lib import wall
from donghanh.practices import queries, texts
from donghanh.practices.models import Practice
from tests import factory
from tests.factory import Cast
from tests.integration.practices.telling import (
    TODAY,
    TOLD,
    proposed,
    recognised,
    stated,
    taken,
)

pytestmark = pytest.mark.django_db
LIBRARY = "thu-thach-va-dong-hanh"
TOMORROW = TODAY + timedelta(days=1)
#: What the page of a practice asks the database, whatever the length of its line.
STATEMENTS = 7


@pytest.fixture
def cast(monkeypatch: pytest.MonkeyPatch) -> Cast:
    factory.freeze(monkeypatch, TODAY)
    return factory.cast()


class TestPages:
    @pytest.mark.parametrize("page", ["", "{id}/", "thu-vien/thu-thach-va-dong-hanh/", "de-xuat"])
    def test_are_shown(self, cast: Cast, page: str) -> None:
        practice = proposed(cast.secretary)
        answer = factory.signed_in(cast.secretary).get(f"/mo-hinh/{page.format(id=practice.pk)}")
        assert answer.status_code == 200

    def test_say_in_one_sentence_why_a_title_is_too_long_and_keep_what_was_typed(
        self, cast: Cast
    ) -> None:
        typed = {
            "once": "x",
            "title": "a" * 300,
            "aim": "b",
            "for_whom": "c",
            "steps": "d",
            "thu-thach-TOTAL_FORMS": "0",
            "thu-thach-INITIAL_FORMS": "0",
        }
        answer = factory.signed_in(cast.secretary).post("/mo-hinh/de-xuat", typed)
        assert answer.status_code == 422
        page = answer.content.decode()
        assert "300" in page
        assert "150" in page
        assert "a" * 300 in page

    def test_take_a_whole_form_with_a_challenge_begun_and_not_finished_back(
        self, cast: Cast
    ) -> None:
        typed = {
            "once": "x",
            "title": "a",
            "aim": "b",
            "for_whom": "c",
            "steps": "d",
            "thu-thach-TOTAL_FORMS": "1",
            "thu-thach-INITIAL_FORMS": "0",
            "thu-thach-0-title": "Chỉ có tên",
        }
        client = factory.signed_in(cast.secretary)
        assert client.post("/mo-hinh/de-xuat", typed).status_code == 422
        assert Practice.objects.count() == 0
        typed["thu-thach-0-title"] = ""
        assert client.post("/mo-hinh/de-xuat", typed).status_code == 302
        assert Practice.objects.get().challenges == []

    def test_are_written_through_every_way_of_looking(self, cast: Cast) -> None:
        client = factory.signed_in(cast.upper_unionist)
        typed = {
            "once": "x",
            "title": "a",
            "aim": "b",
            "for_whom": "c",
            "steps": "d",
            "thu-thach-TOTAL_FORMS": "0",
            "thu-thach-INITIAL_FORMS": "0",
            "changes": "Sửa",
            "since": "01/03/2024",
        }
        took = client.post(f"/mo-hinh/thu-vien/{LIBRARY}/nhan-ve", typed)
        assert took.status_code == 302
        practice = Practice.objects.get()
        page = f"/mo-hinh/{practice.pk}/"
        other = factory.signed_in(cast.officer)
        assert other.post(f"{page}nhan-ve", typed | {"once": "y"}).status_code == 302
        ended = {"seen": "1", "reason": "Thôi", "ended": "01/03/2024"}
        assert client.post(f"{page}thoi", ended).status_code == 302
        assert client.post(f"{page}thoi", ended).status_code == 422

    def test_are_taken_away_with_small_numbers_hidden_and_cells_that_stay_text(
        self, cast: Cast
    ) -> None:
        practice = recognised(cast)
        stated(cast.secretary, practice, 3)
        theirs = taken(cast.neighbour.secretary, practice, told=replace(TOLD, title="=1+1"))
        address = f"/mo-hinh/{practice.pk}/so-sanh.xlsx"

        def read(user: User) -> str:
            data = factory.signed_in(user).get(address).content
            with zipfile.ZipFile(io.BytesIO(data)) as book:
                return book.read("xl/worksheets/sheet1.xml").decode()

        own, away = read(cast.secretary), read(cast.outsider)
        for sheet in (own, away):
            assert theirs.title == "=1+1"
            assert "=1+1</t>" in sheet
            assert "<f>" not in sheet
        assert "<v>3</v>" in own
        assert "<v>3</v>" not in away
        assert "≤ " in away
        assert factory.signed_in(cast.secretary).get("/mo-hinh/0/so-sanh.xlsx").status_code == 404

    def test_list_in_as_many_statements_whatever_there_is(self, cast: Cast) -> None:
        reader = factory.actor(cast.outsider, TODAY)
        counts: set[int] = set()
        for at in range(3):
            recognised(cast, once=f"so-{at}")
            with CaptureQueriesContext(connection) as asked:
                page = queries.listed(reader, "goc doc", None, TODAY)
            counts.add(len(asked))
        assert (len(page.others), counts) == (3, {5})
        assert queries.listed(reader, "khong co", None, TODAY).others == ()


class TestWall:
    def test_lets_nobody_change_a_line_or_what_was_said(self, cast: Cast) -> None:
        ours = recognised(cast)
        reach = factory.actor(cast.secretary, TODAY).reach
        forbidden: tuple[Callable[[], object], ...] = (
            lambda: Practice.objects.filter(pk=ours.pk).update(line="khac"),
            lambda: Practice.objects.filter(pk=ours.pk).update(house=cast.neighbour.unit),
            lambda: ours.looks.update(remark="Khác"),
            lambda: ours.looks.all().delete(),
        )
        for deed in forbidden:
            with (
                pytest.raises(ProgrammingError),
                transaction.atomic(),
                wall.looking(reach.way, reach.settings),
            ):
                deed()


class TestTexts:
    def test_say_every_refusal_of_a_practice(self) -> None:
        codes = {
            one.code
            for one in vars(practising).values()
            if isinstance(one, type) and issubclass(one, RuleError) and one is not RuleError
        }
        assert codes <= texts.REFUSALS.keys()
