"""Two at once: a link confirms one hand-over once, and a returned dossier is returned once."""

from __future__ import annotations

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from django.db import connection

from donghanh.domain.errors import RuleError
from donghanh.handover.models import Handover
from donghanh.history.models import Event
from donghanh.papers.models import PaperFault
from tests import chain, factory
from tests.integration.handover import leaving
from tests.integration.papers import sending

pytestmark = pytest.mark.django_db(transaction=True)


def both(work: Callable[[], object]) -> list[str]:
    """Do something twice at once; return how each ended."""
    start, ended = Barrier(2), []

    def run() -> None:
        try:
            start.wait(10)
            work()
            ended.append("done")
        except RuleError as refused:
            ended.append(refused.code)
        finally:
            connection.close()

    threads = [Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return sorted(ended)


class TestTwoAtOnce:
    def test_confirm_a_hand_over_once(self) -> None:
        cast = factory.cast()
        _, _, secret = leaving.outside(cast)
        assert both(lambda: leaving.confirmed(secret)) == ["done", "handover.link_over"]
        assert Handover.objects.exclude(received_at=None).count() == 1
        assert Event.objects.filter(action="handover.received_by_link").count() == 1
        assert chain.holds()

    def test_return_a_dossier_once(self) -> None:
        cast = factory.cast()
        dossier = sending.at_committee(cast)
        was = sending.mark(cast.base_member, dossier)
        back = both(lambda: sending.give_back(cast.base_member, dossier, on=sending.TODAY, was=was))
        assert back == ["done", "dossiers.changed_meanwhile"]
        assert PaperFault.objects.count() == 1
