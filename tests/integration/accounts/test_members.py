"""The list of accounts: found with or without marks, in the order of a Vietnamese list."""

from __future__ import annotations

import pytest

from donghanh.accounts import queries
from donghanh.domain import names
from donghanh.lib import clock
from tests import factory
from tests.factory import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return factory.cast()


def listed(cast: Cast, asked: str = "") -> list[str]:
    today = clock.today()
    keeper = factory.actor(cast.administrator, today)
    page = queries.members(keeper, clock.now(), today, asked, "")
    return [line.user.name for line in page.lines]


class TestMembers:
    def test_stand_in_the_order_of_given_names(self, cast: Cast) -> None:
        for place, name in enumerate(("Lê Văn Ân", "Trần Thị An", "Vũ Đức Anh", "Lê Thị Án")):
            factory.account(f"them{place}", name)
        found = listed(cast, "them")
        assert found == ["Trần Thị An", "Lê Thị Án", "Vũ Đức Anh", "Lê Văn Ân"]
        assert listed(cast) == sorted(listed(cast), key=names.sort_key)

    @pytest.mark.parametrize(
        "asked", ["dang quoc", "Đặng Quốc", "ĐẶNG  QUỐC", "quoc dang", "rieng.ten dang"]
    )
    def test_are_found_by_parts_of_name_and_account(self, cast: Cast, asked: str) -> None:
        factory.account("rieng.ten", "Đặng Quốc Ấn")
        assert listed(cast, asked) == ["Đặng Quốc Ấn"]

    def test_are_not_found_by_what_is_in_neither(self, cast: Cast) -> None:
        assert listed(cast, "không ai như thế") == []
