"""Drafts that are discarded, and last days that are no working days."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from donghanh.directives import actions, queries
from donghanh.directives.models import Directive
from donghanh.history.models import Event
from tests import factory
from tests.factory import Cast
from tests.integration.directives.drafting import (
    AT,
    ON,
    REPORT,
    actor,
    by_officer,
    drafted,
    lettered,
    signed,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    """Make everybody."""
    return lettered(factory.cast())


class TestDraft:
    def test_says_that_the_tenth_of_june_is_a_sunday(self, cast: Cast) -> None:
        on = date(2028, 9, 4)
        duty = {**REPORT, "before": False}
        draft = drafted(cast.officer, on, duties=[duty])
        page = queries.draft_page(actor(cast.officer, on), draft.pk, on)
        assert page.days_off == ("10/6/2029 là ngày nghỉ",)
        draft = drafted(cast.officer, on, duties=[{**duty, "shift": "earlier"}])
        assert queries.draft_page(actor(cast.officer, on), draft.pk, on).days_off == ()

    def test_is_discarded_at_any_stage_and_leaves_a_line_and_no_gap(self, cast: Cast) -> None:
        first = by_officer(cast)
        for draft in (drafted(cast.officer), signed(cast.officer, cast.leader)):
            seen = Directive.objects.get(pk=draft.pk).revision
            with pytest.raises(actions.ReadingChanged):
                actions.discard_draft(
                    actor=actor(cast.officer), directive_id=draft.pk, seen=seen + 1, at=AT
                )
            gone: dict[str, Any] = {"actor": actor(cast.officer), "directive_id": draft.pk}
            actions.discard_draft(seen=seen, at=AT, **gone)
            with pytest.raises(Directive.DoesNotExist):
                actions.discard_draft(seen=seen + 1, at=AT, **gone)
            with pytest.raises(Directive.DoesNotExist):
                queries.draft_page(actor(cast.leader), draft.pk, ON)
            line = Event.objects.filter(subject="directive", subject_id=draft.pk).latest("id")
            assert line.action == "directives.draft_discarded"
        assert [one.id for one in queries.letters(actor(cast.officer), ON)] == [first.pk]
        assert by_officer(cast).entry.number == first.entry.number + 1
        with pytest.raises(actions.AlreadyIssued):
            actions.discard_draft(
                actor=actor(cast.officer), directive_id=first.pk, seen=first.revision, at=AT
            )
