"""Open cases change as the preview said; closed steps never do."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from donghanh.domain.acts import Step
from donghanh.domain.roads import RoadStatus
from donghanh.lib import days
from donghanh.rulebook import queries
from tests import factory, stage
from tests.factory import Cast
from tests.integration.rulebook.changing import (
    DOCUMENT,
    DRAFT,
    ON,
    SHORTER,
    kept,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return factory.cast()


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    factory.freeze(monkeypatch, ON)


@pytest.fixture
def client(cast: Cast) -> Client:
    return factory.signed_in(cast.administrator)


class TestCases:
    """A smooth road begins on 11/9/2023: the cell votes on 30/11, the decision is due later."""

    def test_that_are_open_change_as_the_preview_said(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.CELL_VOTED, cast)
        preview = queries.preview(stage.actor(cast.administrator, ON), SHORTER, ON)
        assert (preview.open, preview.changed) == (1, 1)
        (kind,) = preview.kinds
        (line,) = kind.lines
        assert "Thời hạn quyết định kết nạp" in kind.label
        assert line.numbers == (dossier.pk,)
        before = factory.road(cast.secretary, dossier, ON).road.stage(Step.DECIDED).last_day
        kept(cast)
        after = factory.road(cast.secretary, dossier, ON).road.stage(Step.DECIDED).last_day
        assert before is not None and after is not None
        assert (line.before, line.after) == (days.day(before), days.day(after))
        assert after < before

    def test_keep_their_closed_steps_whatever_is_amended(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.RECOGNISED, cast)
        on = date(2025, 2, 1)
        before = factory.road(cast.secretary, dossier, on).road
        changed = DOCUMENT + "".join(
            f'[[rule."{name}".entries]]\nregime = "R1"\nreplaces = true\nvalue = {value}\n'
            'cite = { doc = "HD99", article = "1", confidence = "V" }\n'
            for name, value in (
                ("admission.decision", 1),
                ("admission.ceremony", 1),
                ("age.minimum", 40),
                ("certificate.validity", 1),
                ("probation.length", 99),
                ("vote.cell", '{ share = "1/1", strict = false, base = "official_convened" }'),
            )
        )  # fmt: skip
        kept(cast, changed)
        after = factory.road(cast.secretary, dossier, on).road
        assert after.status is before.status is RoadStatus.RECOGNISED
        assert [
            (stage.step, stage.state, stage.entries, stage.clocks, stage.last_day)
            for stage in after.stages
            if stage.act or stage.history
        ] == [
            (stage.step, stage.state, stage.entries, stage.clocks, stage.last_day)
            for stage in before.stages
            if stage.act or stage.history
        ]
        preview = queries.preview_without(stage.actor(cast.administrator, on), 1, on)
        assert (preview.open, preview.changed) == (0, 0)

    def test_record_the_edition_they_were_judged_by(self, cast: Cast) -> None:
        first = factory.walk_to(Step.INTRODUCED, cast)
        kept(cast)
        second = factory.walk_to(Step.INTRODUCED, cast)
        assert {act.edition for act in first.acts.all()} == {0}
        assert {act.edition for act in second.acts.all()} == {1}

    def test_are_told_by_number_never_by_name(self, cast: Cast, client: Client) -> None:
        dossier = factory.walk_to(Step.CELL_VOTED, cast)
        shown = client.post(DRAFT, {"text": SHORTER, "look": "1"}).content.decode()
        assert f"{dossier.pk}</td>" in shown
        assert dossier.person.full_name not in shown

    def test_that_have_ended_or_stopped_are_not_counted(self, cast: Cast) -> None:
        factory.walk_to(Step.CELL_VOTED, cast)
        gone = factory.walk_to(Step.CELL_VOTED, cast)
        factory.stopped(gone.person, on=ON)
        preview = queries.preview(stage.actor(cast.administrator, ON), SHORTER, ON)
        assert (preview.open, preview.changed) == (1, 1)

    def test_take_the_same_statements_however_many_they_are(self, cast: Cast) -> None:
        who = stage.actor(cast.administrator, ON)
        counts = []
        for _ in range(2):
            factory.walk_to(Step.LISTED, cast)
            with CaptureQueriesContext(connection) as asked:
                queries.preview(who, SHORTER, ON)
            counts.append(len(asked))
        # the newest amendment, twice; dossiers with their people, acts, consents
        assert counts == [5, 5]
