"""Every refusal of the own file and of duplicates has its sentence."""

from __future__ import annotations

import inspect
from types import ModuleType

from donghanh.domain import requests
from donghanh.domain.errors import RuleError
from donghanh.domain.requests import Datum, Kind, Outcome
from donghanh.duplicates import actions as duplicates
from donghanh.duplicates import texts as pairs
from donghanh.ownfile import texts
from donghanh.ownfile.actions import refusals


def codes(*modules: ModuleType) -> set[str]:
    """Return the codes of the refusals that modules declare."""
    found = [
        one
        for module in modules
        for _, one in inspect.getmembers(module, inspect.isclass)
        if one.__module__ == module.__name__
    ]
    return {one.code for one in found if issubclass(one, RuleError)}


class TestSentences:
    def test_exist_for_every_refusal(self) -> None:
        assert codes(refusals, requests) <= set(texts.REFUSALS)
        assert codes(duplicates) <= set(pairs.REFUSALS)

    def test_exist_for_every_kind_fact_and_outcome(self) -> None:
        assert (set(texts.KINDS), set(texts.TO_DO)) == (set(Kind), set(Kind))
        assert (set(texts.DATA), set(texts.OUTCOMES)) == (set(Datum), set(Outcome))
