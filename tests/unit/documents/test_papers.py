"""A paper whose rows do not fit its columns cannot be made."""

from __future__ import annotations

import pytest

from donghanh.documents import papers
from tests.unit.documents import samples


class TestConsolidatedReport:
    def test_refuses_a_row_that_does_not_fit_the_columns(self) -> None:
        short = papers.UnitRow("Trường A", "Đã báo cáo", (1,), 2, 1)
        with pytest.raises(ValueError, match="1 figures for 3 columns"):
            samples.consolidated(2, units=(short,))

    def test_refuses_totals_that_do_not_fit_the_columns(self) -> None:
        with pytest.raises(ValueError, match="2 figures for 3 columns"):
            samples.consolidated(2, totals=(1, 2))


class TestSkeleton:
    def test_gives_five_parts_and_puts_the_figures_in_the_second(self) -> None:
        parts = papers.skeleton(
            leadership="a", results="b", assessment="c", directions="d", proposals=""
        )
        assert tuple(part.title for part in parts) == papers.SKELETON
        assert [part.holds_figures for part in parts] == [False, True, False, False, False]
