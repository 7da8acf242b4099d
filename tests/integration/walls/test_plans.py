"""How PostgreSQL goes about a question through the wall: by an index, and asking nothing by row."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import pytest
from django.db import ProgrammingError, connection, transaction

from donghanh.domain.acts import Step
from donghanh.domain.looking import Reach, Way
from donghanh.dossiers import queries as dossiers
from donghanh.dossiers.models import Dossier
from donghanh.dossiers.queries import standings
from donghanh.lib import wall
from donghanh.people import queries as people
from tests import factory
from tests.factory import BEGINS
from tests.integration.walls.tables import WALLED

pytestmark = pytest.mark.django_db

ON = BEGINS["R1"]
#: What a plan compares row by row.
_BY_ROW = ("Filter", "Join Filter", "Index Cond", "Recheck Cond", "Hash Cond", "Merge Cond")
#: Where an index is entered by a word, and left again.
_FROM, _TO = re.compile(r"\bword\)?(::text)? >= "), re.compile(r"\bword\)?(::text)? < ")
_ASKS = re.compile(r"current_setting|wall_[a-z]+\(", re.IGNORECASE)


def nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for inner in plan.get("Plans", ()):
        yield from nodes(inner)


def explained(statement: str, parameters: Sequence[Any] | None = None) -> list[dict[str, Any]]:
    """Return the nodes of a statement's plan, as on a table too big to be read as a whole."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN (FORMAT JSON) {statement}", parameters)
        (told,) = cursor.fetchone()
        plans = json.loads(told) if isinstance(told, str) else told
        cursor.execute("SET LOCAL enable_seqscan = on")
    return list(nodes(plans[0]["Plan"]))


class TestSearch:
    @pytest.mark.parametrize("schools", [1, 88, 3_000])
    @pytest.mark.parametrize("who", ["secretary", "committee"])
    def test_of_a_name_goes_by_an_index_through_the_wall(self, who: str, schools: int) -> None:
        cast = factory.cast()
        factory.walk_to(Step.LISTED, cast)
        first = cast.school.unit.pk
        actor = factory.actor(getattr(cast, who), ON)
        actor = replace(actor, schools=frozenset(range(first, first + schools)))
        found = dossiers.visible_to(actor).filter(people.named(actor, "ng dao"))
        statement, parameters = found.values("pk").query.sql_with_params()
        reach = actor.reach
        with wall.looking(reach.way, reach.settings):
            plan = explained(statement, parameters)
        by_word = [
            str(node.get("Index Cond", ""))
            for node in plan
            if "nameword" in str(node.get("Index Name", node.get("Relation Name", "")))
        ]
        assert by_word
        # No comparison of a word waits for the wall: each is what an index is entered by.
        assert all("word" not in str(node.get("Filter", "")) for node in plan)
        entered = [cond for cond in by_word if _FROM.search(cond) and _TO.search(cond)]
        assert len(entered) == 2

    @pytest.mark.parametrize("schools", [1, 88, 3_000])
    @pytest.mark.parametrize("who", ["secretary", "committee"])
    def test_of_a_helpers_pupils_reads_each_word_off_the_index_by_itself(
        self, who: str, schools: int
    ) -> None:
        cast = factory.cast()
        factory.walk_to(Step.LISTED, cast)
        first = cast.school.unit.pk
        actor = factory.actor(getattr(cast, who), ON)
        actor = replace(actor, schools=frozenset(range(first, first + schools)))
        found = Dossier.objects.filter(person_id__in=people.bearing(actor, "ng dao")).values("pk")
        reach = actor.reach
        with wall.looking(reach.way, reach.settings):
            plan = explained(*found.query.sql_with_params())
        assert any("Intersect" in str(node.get("Command", "")) for node in plan)
        assert all("word" not in str(node.get("Filter", "")) for node in plan)
        conds = [str(node.get("Index Cond", "")) for node in plan]
        assert len([cond for cond in conds if _FROM.search(cond) and _TO.search(cond)]) == 2

    def test_in_a_list_begins_with_names_and_goes_through_the_wall_after(self) -> None:
        cast = factory.cast()
        factory.walk_to(Step.LISTED, cast)
        actor = factory.actor(cast.committee, ON)
        found = standings.named(actor, standings.in_reach(actor), "ng dao").values("pk")
        with wall.looking(actor.reach.way, actor.reach.settings):
            plan = explained(*found.query.sql_with_params())
        assert any(node.get("Function Name") == "wall_named" for node in plan)
        # The rows themselves are still compared with the schools told to the wall.
        compared = [str(node.get("Filter", "")) for node in plan]
        assert any("agreed" in one and "InitPlan" in one for one in compared)


class TestPolicies:
    @pytest.mark.parametrize("way", Way)
    @pytest.mark.parametrize("table", WALLED)
    def test_ask_nothing_row_by_row(self, table: str, way: Way) -> None:
        whole = "yes" if way in {Way.JOB, Way.KEEPER} else ""
        told = Reach(way, {1, 2}, unit=1, account=1, code="a", opened=3, case=4).settings
        try:
            with transaction.atomic(), wall.looking(way, told | {"whole": whole}):
                plan = explained(f"SELECT id FROM {table}")  # noqa: S608 - names from the tests
        except ProgrammingError as error:
            assert "permission denied" in str(error)
            return
        by_row = [str(node[name]) for node in plan for name in _BY_ROW if name in node]
        assert not [asked for asked in by_row if _ASKS.search(asked)]
