"""The days of birth tests make up exist on every day tests can run."""

from __future__ import annotations

from datetime import date

import pytest

from tests import factory


@pytest.mark.parametrize(
    ("on", "born"),
    [
        (date(2024, 2, 28), date(2006, 2, 28)),
        (date(2024, 2, 29), date(2006, 3, 1)),
        (date(2024, 3, 1), date(2006, 3, 1)),
    ],
)
def test_somebody_turns_eighteen_on_every_day(on: date, born: date) -> None:
    assert factory.turns_eighteen(on) == born
