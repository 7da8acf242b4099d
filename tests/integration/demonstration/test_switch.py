"""Where simulated data has no place, none is loaded."""

from __future__ import annotations

from datetime import date

import pytest
from pytest_django import Settings

from donghanh.demonstration import load, texts
from donghanh.domain.structure import UnitKind
from donghanh.organisation.models import Unit
from tests import factory

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 21)


class TestEnsure:
    def test_loads_nothing_where_simulated_data_is_switched_off(self, settings: Settings) -> None:
        settings.DEMONSTRATION = False
        with pytest.raises(load.Off) as refused:
            load.ensure(TODAY)
        assert "DONGHANH_DEMONSTRATION" in texts.refusal(refused.value)
        assert not Unit.objects.exists()

    def test_puts_nothing_beside_real_units(self, settings: Settings) -> None:
        settings.DEMONSTRATION = True
        unit = factory.unit("that", UnitKind.SCHOOL, "Trường của bài thử")
        Unit.objects.filter(pk=unit.pk).update(simulated=False)
        with pytest.raises(load.RealData) as refused:
            load.ensure(TODAY)
        assert "đơn vị thật" in texts.refusal(refused.value)
        assert Unit.objects.count() == 1
