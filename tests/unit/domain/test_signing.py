"""Signing for another: for how long it holds, and what stands above the name."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from donghanh.domain import signing
from donghanh.domain.signing import Form
from donghanh.domain.succession import Period

SINCE, UNTIL = date(2024, 3, 1), date(2024, 9, 1)
LONG = Period(date(2020, 1, 1))


class TestHolds:
    @pytest.mark.parametrize(
        ("delegated", "giver", "takers"),
        [
            (Period(SINCE, UNTIL), LONG, [LONG]),
            (Period(SINCE), Period(SINCE, UNTIL), [LONG]),
            (Period(SINCE), LONG, [Period(SINCE, UNTIL)]),
            (Period(SINCE), LONG, [Period(SINCE, date(2024, 5, 1)), Period(SINCE, UNTIL)]),
        ],
    )
    def test_until_the_delegation_or_either_post_ends(
        self, delegated: Period, giver: Period, takers: list[Period]
    ) -> None:
        days = {
            SINCE - timedelta(days=1): False,
            SINCE: True,
            UNTIL - timedelta(days=1): True,
            UNTIL: False,
        }
        for day, held in days.items():
            assert signing.holds(day, delegated, giver, takers) is held

    def test_for_nobody_without_a_post(self) -> None:
        assert not signing.holds(SINCE, LONG, LONG, [])


class TestAbove:
    @pytest.mark.parametrize(
        ("form", "party", "said"),
        [
            (Form.DEPUTY, False, "KT. GIÁM ĐỐC"),
            (Form.ORDER, False, "TL. GIÁM ĐỐC"),
            (Form.AUTHORITY, False, "TUQ. GIÁM ĐỐC"),
            (Form.DEPUTY, True, "K/T GIÁM ĐỐC"),
        ],
    )
    def test_the_title_of_the_head_follows_the_mark(
        self, form: Form, party: bool, said: str
    ) -> None:
        assert signing.above(form, "Giám đốc", party=party) == said

    def test_a_party_paper_has_no_written_authority(self) -> None:
        with pytest.raises(signing.NoSuchForm):
            signing.above(Form.AUTHORITY, "Bí thư", party=True)
