"""What a pupil's answer must hold to count."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

import pytest

from donghanh.domain.consent import (
    NEEDED,
    BirthImplausible,
    NameMissing,
    Purpose,
    PurposesMissing,
    check_answer,
)

ON = date(2024, 3, 1)


def answer(
    full_name: str = "Nguyễn Thị Mẫu",
    born: date = date(2007, 5, 4),
    purposes: Collection[Purpose] = NEEDED,
) -> None:
    check_answer(full_name=full_name, born=born, purposes=purposes, on=ON)


class TestCheckAnswer:
    @pytest.mark.parametrize("full_name", ["Nguyễn Thị Mẫu", "H'Mai", "Y 2"])
    def test_takes_a_full_agreement_under_any_name(self, full_name: str) -> None:
        answer(full_name)

    @pytest.mark.parametrize("full_name", ["", "  ", "12", "-.-"])
    def test_refuses_a_name_without_a_letter(self, full_name: str) -> None:
        with pytest.raises(NameMissing):
            answer(full_name)

    @pytest.mark.parametrize("year", [1994, 2012])  # 30 and 12 in the year of the answer
    def test_takes_the_outermost_plausible_years_of_birth(self, year: int) -> None:
        answer(born=date(year, 12, 31))

    @pytest.mark.parametrize("year", [1993, 2013, 2024])
    def test_refuses_a_birth_no_pupil_can_have(self, year: int) -> None:
        with pytest.raises(BirthImplausible) as refused:
            answer(born=date(year, 1, 1))
        assert refused.value.facts == {"born": date(year, 1, 1)}

    def test_refuses_and_names_what_is_not_agreed_to(self) -> None:
        with pytest.raises(PurposesMissing) as refused:
            answer(purposes=[Purpose.FORWARD])
        assert refused.value.facts == {"missing": ["figures", "road"]}
