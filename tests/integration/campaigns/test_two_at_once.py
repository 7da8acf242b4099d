"""Two presses at the same moment: one is kept, the other is told that somebody was quicker."""

from __future__ import annotations

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from django.db import connection

from donghanh.campaigns.models import Statement
from donghanh.domain.errors import RuleError
from tests import chain, factory
from tests.integration.campaigns.running import declined, gave, joined, opened

pytestmark = pytest.mark.django_db(transaction=True)


def together(*deeds: Callable[[], object]) -> list[str]:
    """Do some things at once, and return how each ended."""
    start, done = Barrier(len(deeds)), []

    def do(deed: Callable[[], object]) -> None:
        try:
            start.wait(10)
            deed()
            done.append("done")
        except RuleError as refused:
            done.append(refused.code)
        finally:
            connection.close()

    threads = [Thread(target=do, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return sorted(done)


class TestTwoAtOnce:
    def test_give_figures_once_and_answer_once(self) -> None:
        cast = factory.cast()
        campaign = opened(cast)
        joined(campaign, cast.school)
        assert together(
            lambda: gave(campaign, cast.school, 1, 1),
            lambda: gave(campaign, cast.school, 2, 2),
        ) == ["campaigns.changed_meanwhile", "done"]
        assert Statement.objects.count() == 1
        assert together(
            lambda: joined(campaign, cast.neighbour),
            lambda: declined(campaign, cast.neighbour),
        ) in (["campaigns.changed_meanwhile", "done"], ["done", "done"])
        assert chain.holds()
