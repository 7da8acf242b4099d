"""Sharing a letter out to units."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from donghanh.directives.models import Recipient, Task, UnitTarget
from tests import factory
from tests.factory import Cast
from tests.integration.directives.browsing import assert_closed, at_home, said, sent
from tests.integration.directives.letter import TEXT, kept, lines

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    """Make everybody."""
    return factory.cast()


class TestIssue:
    """Sharing out and issuing."""

    def _open(self, cast: Cast) -> tuple[Client, str, dict[str, Any]]:
        client = at_home(cast.officer)
        url = reverse("directives:issue", args=[kept(cast).pk])
        return client, url, sent(client.get(url).content.decode())

    def test_proposes_all_schools_and_the_target_for_the_one_named(self, cast: Cast) -> None:
        _, _, form = self._open(cast)
        school, neighbour = cast.school.unit.pk, cast.neighbour.unit.pk
        assert (form[f"unit_{school}"], form[f"share_{school}"]) == ("on", "2")
        assert (form[f"unit_{neighbour}"], form[f"share_{neighbour}"]) == ("on", "")

    def test_says_what_will_come_into_being(self, cast: Cast) -> None:
        client, url, _ = self._open(cast)
        words = said(client.get(url))
        assert "2 đơn vị nhận văn bản" in words
        assert "trước ngày 10/6/2024 – chậm nhất 09/6/2024" in words
        assert "Đã chia: 2 /2" in words

    def test_issues_and_leads_to_the_board(self, cast: Cast) -> None:
        client, url, form = self._open(cast)

        answer = client.post(url, form)

        assert answer["Location"].endswith("/theo-doi")
        assert (Recipient.objects.count(), Task.objects.count()) == (2, 2)
        assert UnitTarget.objects.get().amount == 2
        assert len(list(get_messages(answer.wsgi_request))) == 1

    @pytest.mark.parametrize(
        ("change", "status", "words"),
        [
            ("none", 422, "Chưa chọn đơn vị nào"),
            ("little", 422, "ít hơn 2 mà văn bản yêu cầu"),
            ("unticked", 422, "có chỉ tiêu nhưng chưa được chọn"),
            ("stale", 409, "Người khác vừa sửa"),
        ],
    )
    def test_refuses_in_one_sentence_and_writes_nothing(
        self, cast: Cast, change: str, status: int, words: str
    ) -> None:
        client, url, form = self._open(cast)
        school, neighbour = cast.school.unit.pk, cast.neighbour.unit.pk
        gone = {
            "none": {f"unit_{school}", f"unit_{neighbour}", f"share_{school}"},
            "unticked": {f"unit_{school}"},
        }.get(change, set())
        form = {name: value for name, value in form.items() if name not in gone}
        form |= {"little": {f"share_{school}": "1"}, "stale": {"seen": "9"}}.get(change, {})
        before = lines()

        answer = client.post(url, form)

        assert (answer.status_code, Recipient.objects.count(), lines()) == (status, 0, before)
        assert words in said(answer)

    def test_gives_no_target_when_ticked(self, cast: Cast) -> None:
        client, url, form = self._open(cast)
        client.post(url, form | {"without_target": "on"})
        assert (Recipient.objects.count(), UnitTarget.objects.count()) == (2, 0)

    def test_asks_for_a_target_where_the_letter_names_none(self, cast: Cast) -> None:
        mute = TEXT.replace("phấn đấu kết nạp được ít nhất 02 quân chủng học sinh ưu tú", "cố gắng")
        client = at_home(cast.officer)
        url = reverse("directives:issue", args=[kept(cast, mute).pk])

        answer = client.post(url, sent(client.get(url).content.decode()))

        assert (answer.status_code, Recipient.objects.count()) == (422, 0)
        assert "không nêu chỉ tiêu" in said(answer)

    def test_changes_nothing_the_second_time(self, cast: Cast) -> None:
        client, url, form = self._open(cast)
        client.post(url, form)
        before = lines()

        answer = client.post(url, form)

        assert (answer.status_code, Recipient.objects.count(), lines()) == (409, 2, before)
        assert "đã được giao trước đó" in said(answer)
        assert client.get(url)["Location"].endswith("/theo-doi")

    def test_does_not_exist_for_others(self, cast: Cast) -> None:
        _, url, form = self._open(cast)
        assert at_home(cast.leader).get(url).status_code == 404
        assert_closed(cast, url, post=form)
        assert not Recipient.objects.exists()
