"""All units through time: read once, and read again as soon as any of them changes."""

from __future__ import annotations

import uuid

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from donghanh.lib.many import among
from donghanh.organisation import queries
from donghanh.organisation.models import Edition, Link, Unit, UnitVersion
from tests import factory

pytestmark = pytest.mark.django_db


def name_of(unit: int) -> str:
    """What a unit is called last, as the rules read it."""
    return queries.world().versions[unit][-1].name


class TestWorld:
    def test_is_read_in_one_statement_while_nothing_changes(self) -> None:
        factory.cast()
        first = queries.world()
        with CaptureQueriesContext(connection) as said:
            assert queries.world() is first
        assert len(said) == 1

    def test_is_read_again_after_each_change_and_after_one_that_was_undone(self) -> None:
        cast = factory.cast()
        school = cast.school.unit.pk
        before = name_of(school)
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            UnitVersion.objects.filter(unit=school).update(name="Tên sẽ bị bỏ")
            assert name_of(school) == "Tên sẽ bị bỏ"
            raise ZeroDivisionError
        assert name_of(school) == before
        UnitVersion.objects.filter(unit=school).update(name="Tên mới")
        assert name_of(school) == "Tên mới"
        ties = len(queries.world().ties)
        Link.objects.filter(child=school).delete()
        assert len(queries.world().ties) < ties

    def test_is_read_each_time_where_no_state_is_known(self) -> None:
        cast = factory.cast()
        Edition.objects.all().delete()
        queries.world()
        with CaptureQueriesContext(connection) as said:
            assert cast.school.unit.pk in queries.world().versions
        assert len(said) > 1

    def test_of_one_operation_leaves_what_is_kept_as_it_is(self) -> None:
        cast = factory.cast()
        marks = frozenset({(cast.school.unit.pk, factory.SINCE)})
        assert queries.world(marks).marks == marks
        assert not queries.world().marks

    def test_never_takes_a_state_of_another_database_for_its_own(self) -> None:
        factory.cast()
        first = queries.world()
        Edition.objects.update(mark=uuid.uuid4())
        assert queries.world() is not first


class TestAmong:
    def test_finds_rows_by_any_number_of_numbers_in_one_value(self) -> None:
        cast = factory.cast()
        wanted = [cast.school.unit.pk, cast.neighbour.unit.pk, 10**12]
        found = Unit.objects.filter(among("id", wanted)).values_list("pk", flat=True)
        assert set(found) == set(wanted[:2])
        assert str(found.query).count("ANY(") == 1
        assert not Unit.objects.filter(among("id", [])).exists()
