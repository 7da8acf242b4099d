"""A search by name: whom it finds, whom it may not, and what is left of a name nobody bears."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import ProgrammingError, connection, transaction

from donghanh.domain import names
from donghanh.domain.acts import Step
from donghanh.domain.authority import Actor
from donghanh.domain.looking import Reach, Way
from donghanh.dossiers import queries
from donghanh.dossiers.models import Dossier, Name
from donghanh.dossiers.queries import standings
from donghanh.lib import wall
from donghanh.people.models import Person
from tests import factory
from tests.factory import BEGINS, Cast

pytestmark = pytest.mark.django_db

ON = BEGINS["R1"]
LATER = ON + timedelta(days=30)
#: Among them two that differ in a sign Vietnamese has not, and sort alike.
BORNE = (
    *("Nguyễn Thị An", "Nguyễn Thị Ân", "Trần An Nguyên", "Y Bŏng Niê", "Y Bĭng Niê"),
    *("H'Răm Êban", "Lê Thị Hồng Đào", "Lê Thị Hồng Đào", "Nguyễn Hồng An Anh"),
)


@pytest.fixture
def cast() -> Cast:
    return factory.cast()


#: Numbers of no schools, for a reach as wide as that of a province.
FAR = range(10**9, 10**9 + 60)


def sourced(cast: Cast, name: str, *, away: bool = False) -> Dossier:
    where = cast.neighbour if away else cast.school
    return factory.opened(where, factory.agreed_pupil(where, on=ON, name=name), on=ON)


def asked(reach: Reach, words: str, schools: Sequence[int]) -> list[int]:
    """Return what the database's own function answers under a reach."""
    with wall.looking(reach.way, reach.settings), connection.cursor() as cursor:
        cursor.execute(
            "SELECT case_id FROM wall_named(%s::text[], %s::bigint[], 0, NULL)",
            [words.split(), list(schools)],
        )
        return [row[0] for row in cursor.fetchall()]


def found(actor: Actor, words: str, most: int = 20) -> list[int]:
    with wall.looking(actor.reach.way, actor.reach.settings):
        return [walk.dossier.pk for walk in queries.found(actor, words, LATER, most)]


def borne() -> set[str]:
    return set(Name.objects.values_list("search_key", flat=True))


class TestFound:
    def test_is_everybody_in_sight_whose_name_bears_the_words_in_order(self, cast: Cast) -> None:
        for place, name in enumerate(BORNE):
            sourced(cast, name, away=place % 2 == 0)
        here, there = cast.school.unit.pk, cast.neighbour.unit.pk
        union = factory.actor(cast.union, LATER)
        wide = replace(union, schools=frozenset({here, there}))
        wider = replace(union, schools=wide.schools.union(FAR))
        drawn = random.Random(7)  # noqa: S311 - words to search, no secret
        parts = sorted({part for name in BORNE for part in names.search_key(name).split()})
        for actor in (union, wide, wider):
            bearing = Dossier.objects.filter(school_id__in=actor.schools).select_related("person")
            everybody = sorted(bearing, key=lambda one: (one.person.sort_key, one.pk))
            for _ in range(40):
                typed = [part[: drawn.randint(1, 6)] for part in drawn.sample(parts, 2)]
                expected = [
                    one.pk
                    for one in everybody
                    if all(
                        any(part.startswith(word) for part in one.person.search_key.split())
                        for word in typed
                    )
                ]
                words = " ".join(typed)
                assert found(actor, words) == expected, words
                assert found(actor, words, most=1) == expected[:1]
                with wall.looking(actor.reach.way, actor.reach.settings):
                    rows = standings.named(actor, standings.in_reach(actor), words)
                    assert set(rows.values_list("pk", flat=True)) == set(expected)

    def test_is_nobody_of_another_school_whatever_is_asked(self, cast: Cast) -> None:
        ours, theirs = sourced(cast, BORNE[0]), sourced(cast, BORNE[0], away=True)
        schools = [cast.school.unit.pk, cast.neighbour.unit.pk]
        for user, seen in ((cast.union, [ours.pk]), (cast.outsider, [theirs.pk])):
            assert asked(factory.actor(user, LATER).reach, "nguyen", schools) == seen
        # Who looks at cases is not heard when saying that everything is wanted.
        told = factory.actor(cast.union, LATER).reach
        with wall.looking(told.way, {**told.settings, "whole": "yes"}), connection.cursor() as one:
            one.execute(
                "SELECT case_id FROM wall_named(ARRAY['nguyen'], %s::bigint[], 0, NULL)", [schools]
            )
            assert one.fetchall() == [(ours.pk,)]

    @pytest.mark.parametrize("far", [(), FAR])
    def test_is_nobody_the_cell_has_not_listed_for_who_stands_above(
        self, cast: Cast, far: Sequence[int]
    ) -> None:
        early = sourced(cast, BORNE[0])
        listed = factory.walk_to(Step.LISTED, cast)
        word = listed.person.search_key.split()[0]
        above = factory.actor(cast.committee, LATER)
        reach = replace(above, schools=above.schools.union(far)).reach
        schools = [cast.school.unit.pk, cast.neighbour.unit.pk, *far]
        assert asked(reach, word, schools) == [listed.pk]
        assert early.pk not in asked(reach, "nguyen", schools)

    @pytest.mark.parametrize("way", [Way.COUNTS, Way.EDUCATION, Way.HELPER, Way.PUPIL, Way.PLAIN])
    def test_is_refused_to_every_other_way_of_looking(self, way: Way) -> None:
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            asked(Reach(way, {1}), "an", [1])


class TestName:
    def test_goes_with_the_last_who_bears_it(self, cast: Cast) -> None:
        one, two = (sourced(cast, "Lê Thị Hồng Đào") for _ in range(2))
        factory.stopped(one.person, on=LATER)
        assert "le thi hong dao" in borne()
        factory.stopped(two.person, on=LATER)
        assert "le thi hong dao" not in borne()

    def test_follows_a_correction(self, cast: Cast) -> None:
        dossier = sourced(cast, "Lê Thị Hồng Đào")
        Person.objects.filter(pk=dossier.person_id).update(
            full_name="Lê Thị Hồng Đạo",
            search_key="le thi hong dao",
            sort_key=names.sort_key("Lê Thị Hồng Đạo"),
        )
        assert set(Name.objects.values_list("sort_key", flat=True)) == {
            names.sort_key("Lê Thị Hồng Đạo")
        }

    def test_is_what_all_of_them_told_anew_would_be(self, cast: Cast) -> None:
        for place, name in enumerate(BORNE):
            sourced(cast, name, away=place % 2 == 0)
        factory.stopped(Person.objects.order_by("pk")[0], on=LATER)
        rows = ("word", "sort_key", "search_key")
        before = sorted(Name.objects.values_list(*rows))
        with connection.cursor() as cursor:
            cursor.execute("RESET ROLE")
            cursor.execute("SELECT name_all()")
        assert sorted(Name.objects.values_list(*rows)) == before != []
