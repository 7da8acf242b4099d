"""Two who share out at the same moment: one decision is kept, the other is told to look again."""

from __future__ import annotations

from datetime import date
from threading import Barrier, Thread

import pytest
from django.db import connection

from donghanh.domain.errors import RuleError
from donghanh.history.models import Event
from donghanh.targets import actions
from donghanh.targets.models import Target
from tests import chain, factory

pytestmark = pytest.mark.django_db(transaction=True)

TODAY = date(2024, 3, 1)


class TestTwoAtOnce:
    def test_keep_one_decision_of_a_number(self) -> None:
        cast = factory.cast()
        actor = factory.actor(cast.officer, TODAY)
        start, ended = Barrier(2), []

        def share(amount: int) -> None:
            try:
                start.wait(10)
                actions.share_out(
                    actor=actor,
                    school_year="2023-2024",
                    indicator="admitted",
                    amounts={cast.school.unit.pk: amount},
                    paper_number="15/QĐ",
                    paper_date=TODAY,
                    at=factory.instant(TODAY),
                    on=TODAY,
                )
                ended.append("done")
            except RuleError as refused:
                ended.append(refused.code)
            finally:
                connection.close()

        threads = [Thread(target=share, args=(amount,)) for amount in (2, 3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
        assert ended.count("done") == 1
        # The one that came later met the same number, or already saw the target that holds.
        assert set(ended) - {"done"} <= {"targets.changed_meanwhile", "targets.no_reason"}
        assert Target.objects.get().number == 1
        assert Event.objects.filter(action="targets.shared_out").count() == 1
        assert chain.holds()
