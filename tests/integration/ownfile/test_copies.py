"""The pupil's own copy holds what other rooms keep beside the road, too."""

from __future__ import annotations

import io
import json
import zipfile

import pytest
from django.test import Client
from django.urls import reverse

from donghanh.accompaniment.actions import answer_note
from tests import factory
from tests.factory import Cast
from tests.integration.accompaniment import walking
from tests.integration.pool import rating

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(monkeypatch: pytest.MonkeyPatch) -> Cast:
    factory.freeze(monkeypatch, walking.TODAY)
    return factory.cast()


@pytest.fixture
def one(cast: Cast) -> walking.Pair:
    """Return a pupil of whom every room beside the road keeps something."""
    found = walking.pair(cast)
    walking.done(found, answered=True)
    note = walking.noted(found)
    answer_note(code=found.code, note_id=note, text="Em cảm ơn cô.", once="mot", at=walking.AT)
    walking.commented(found)
    rating.rated(cast, found.dossier.person, today=walking.TODAY)
    return found


class TestCopy:
    def test_says_as_json_what_the_own_pages_say(self, one: walking.Pair) -> None:
        answer = Client().get(reverse("ownfile:copy_json", args=[one.code]))
        copy = json.loads(answer.content)
        (challenge,) = copy["challenges"]
        assert challenge["reflection"] == "Em đã hiểu bạn."
        assert [line["text"] for line in challenge["lines"]] == ["Đã học cùng bạn"]
        assert copy["notes"][0]["answers"] == ["Em cảm ơn cô."]
        assert copy["comments"][0]["by"] == one.helper.name
        assert copy["ratings"][0]["holds"] is True
        assert copy["clubs"] == []

    def test_says_it_in_the_workbook(self, one: walking.Pair) -> None:
        answer = Client().get(reverse("ownfile:copy_xlsx", args=[one.code]))
        with zipfile.ZipFile(io.BytesIO(answer.content)) as book:
            sheet = "".join(book.read(name).decode() for name in book.namelist())
        for word in ("Em đã hiểu bạn.", "Em cảm ơn cô.", "Hai cô trò", "lao động của lớp"):
            assert word in sheet
