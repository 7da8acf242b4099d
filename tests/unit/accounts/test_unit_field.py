"""An administrator finds a unit among many by some words of its name."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import translation

from donghanh.accounts import forms

UNITS = [
    (1, "Chi bộ Trường THPT chuyên Sao Khuê – dn-saokhue-cb"),
    (2, "Trường THPT chuyên Sao Khuê – dn-saokhue"),
    (3, "Trường THPT Hoa Ban – dn-hoaban"),
    (4, "Sở Giáo dục và Đào tạo Đắk Nông – dn-so"),
]
WHOM = {"name": "Lường Thị Thu", "username": "thu", "once": "mot", "role": "secretary"}


def form(typed: str, **other: Any) -> forms.Invite:
    return forms.Invite({**WHOM, "unit_id": typed, **other}, units=UNITS)


class TestUnit:
    @pytest.mark.parametrize(
        ("typed", "unit"),
        [
            ("chi bo sao khue", 1),
            ("HOA BAN", 3),
            ("  đắk   nông ", 4),
            ("Trường THPT chuyên Sao Khuê – dn-saokhue", 2),
        ],
    )
    def test_is_found_by_words_with_marks_or_without(self, typed: str, unit: int) -> None:
        found = form(typed)
        assert found.is_valid()
        assert found.cleaned_data["unit_id"] == unit

    def test_is_asked_for_anew_where_several_fit(self) -> None:
        found = form("sao khuê")
        with translation.override("vi"):
            [said] = found.errors["unit_id"]
        assert "Có 2 đơn vị" in said
        assert UNITS[0][1] in said
        assert UNITS[1][1] in said

    def test_is_asked_for_anew_where_none_fits(self) -> None:
        with translation.override("vi"):
            [said] = form("1").errors["unit_id"]
        assert str(said).startswith("Không có đơn vị nào")

    def test_may_be_left_away_together_with_the_post(self) -> None:
        found = form("", role="")
        assert found.is_valid()
        assert found.cleaned_data["unit_id"] is None
