"""How many pupils a walk may be asked for."""

from __future__ import annotations

import argparse

import pytest

from donghanh.config.commands import walk


class TestCohort:
    def asked(self, typed: str) -> int:
        parser = argparse.ArgumentParser(exit_on_error=False)
        walk.arguments(parser)
        found = parser.parse_args(["letter.txt", "--out", "out", f"--cohort={typed}"])
        number: int = found.cohort
        return number

    @pytest.mark.parametrize("typed", ["0", "200", "2000"])
    def test_is_a_number_of_pupils(self, typed: str) -> None:
        assert self.asked(typed) == int(typed)

    @pytest.mark.parametrize("typed", ["-1", "2001", "hai", "", "1.5", "²"])
    def test_refuses_what_is_none(self, typed: str) -> None:
        with pytest.raises(argparse.ArgumentError, match="no number of pupils from 0 to 2000"):
            self.asked(typed)
