"""Two at once: a link confirms one hand-over once, and a returned dossier is returned once."""

from __future__ import annotations

import pytest

from donghanh.handover.models import Handover
from donghanh.history.models import Event
from donghanh.papers.models import PaperFault
from tests import chain, factory
from tests.integration.handover import leaving
from tests.integration.papers import sending
from tests.together import together

pytestmark = pytest.mark.django_db(transaction=True)


class TestTwoAtOnce:
    def test_confirm_a_hand_over_once(self) -> None:
        cast = factory.cast()
        _, _, secret = leaving.outside(cast)
        assert together(*[lambda: leaving.confirmed(secret)] * 2) == ["done", "handover.link_over"]
        assert Handover.objects.exclude(received_at=None).count() == 1
        assert Event.objects.filter(action="handover.received_by_link").count() == 1
        assert chain.holds()

    def test_return_a_dossier_once(self) -> None:
        cast = factory.cast()
        dossier = sending.at_committee(cast)
        was = sending.mark(cast.base_member, dossier)
        back = together(
            *[lambda: sending.give_back(cast.base_member, dossier, on=sending.TODAY, was=was)] * 2
        )
        assert back == ["done", "dossiers.changed_meanwhile"]
        assert PaperFault.objects.count() == 1
