"""Refusals: a code and the facts."""

from __future__ import annotations

from typing import ClassVar

import pytest

from donghanh.domain.errors import RuleError


class TooEarly(RuleError):
    """An example."""

    code: ClassVar[str] = "example.too_early"


class TestRuleError:
    def test_tells_code_and_facts_where_nobody_words_it(self) -> None:
        assert str(TooEarly(days=3)) == "('example.too_early', {'days': 3})"

    def test_has_a_code_of_its_own_and_no_facts_by_itself(self) -> None:
        with pytest.raises(RuleError) as refused:
            raise RuleError
        assert (refused.value.code, refused.value.facts) == ("rule", {})
