"""Every refusal of an operation is told in one Vietnamese sentence that names what it knows."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import translation

from donghanh.domain import succession as s
from donghanh.domain.authority import NotAllowed
from donghanh.domain.errors import RuleError
from donghanh.domain.signing import (
    BeyondOwnPost,
    NoPostThere,
    NoSuchForm,
    OneselfDelegated,
    SignsAlready,
)
from donghanh.domain.structure import BadPartyCode, NotThere, PlacedAlready
from donghanh.organisation.texts import REFUSALS as BELOW
from donghanh.reorganisation import actions, queries, texts

DAY = date(2025, 7, 1)
REFUSALS: list[RuleError] = [
    s.Circle(unit=1),
    s.IntoItself(unit=1),
    s.NotThen(unit=1, on=DAY),
    s.TwiceOnOneDay(unit=1, on=DAY),
    s.Misplaced(unit=1, parent=2, line="party"),
    s.LeftBehind(unit=1, child=2),
    s.ChangesLater(unit=1, on=DAY),
    s.NothingChanges(unit=1),
    s.NoDecision(),
    BadPartyCode(given="123"),
    BeyondOwnPost(rights=""),
    NoSuchForm(form="authority"),
    NotAllowed(right="keep_structure", role="officer"),
    queries.CodeTaken(unit="xa-moi"),
    NotThere(unit=1, on=DAY),
    PlacedAlready(unit=1, on=DAY),
    NoPostThere(),
    OneselfDelegated(),
    SignsAlready(),
    actions.ChangedSince(),
    actions.DependedOn(),
]


@pytest.mark.parametrize("error", REFUSALS, ids=lambda error: error.code)
def test_each_refusal_says_what_to_do(error: RuleError) -> None:
    with translation.override("vi"):
        told = texts.refusal(error)
    with translation.override(None):
        assert told != texts.refusal(error)
    assert "%(" not in told
    assert ("on" not in error.facts) or "01/7/2025" in told


def test_no_refusal_of_an_operation_lacks_its_sentence() -> None:
    told = {error.code for error in REFUSALS}
    assert set(texts.REFUSALS) | set(BELOW) <= told
