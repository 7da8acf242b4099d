"""Reads of the room of dossiers."""

from __future__ import annotations

from donghanh.dossiers.queries.acting import (
    ActPage,
    CountPage,
    VoidPage,
    act_page,
    candidate,
    count,
    helpers,
    void_page,
)
from donghanh.dossiers.queries.cases import acts_of, case_of, dated_act, move_record
from donghanh.dossiers.queries.cohorts import Cohort, cohort
from donghanh.dossiers.queries.desks import Duties, Wait, duties, expiring
from donghanh.dossiers.queries.facts import (
    Facts,
    FactsPage,
    facts_of,
    facts_page,
    may_set,
    settled,
)
from donghanh.dossiers.queries.narrowing import Filters
from donghanh.dossiers.queries.own import OwnPage, own_page
from donghanh.dossiers.queries.pages import RoadPage, road_page
from donghanh.dossiers.queries.resting import Rest, rest, rest_of_dossier, rest_of_person
from donghanh.dossiers.queries.roads import (
    GOING,
    Walk,
    behind,
    by_emergency,
    candidates,
    helped_by,
    may_do,
    may_record,
    nameless,
    on_the_road,
    own_walk,
    readers,
    rests,
    road_of,
    roads_of_school,
    roads_of_schools,
    visible_to,
    walk,
    walk_of,
    walks,
    walks_among,
)
from donghanh.dossiers.queries.standings import found, walks_of
from donghanh.dossiers.queries.wording import Cite, cite_of, cites, exhausted
from donghanh.dossiers.queries.workbooks import list_workbook

__all__ = [
    "GOING",
    "ActPage",
    "Cite",
    "Cohort",
    "CountPage",
    "Duties",
    "Facts",
    "FactsPage",
    "Filters",
    "OwnPage",
    "Rest",
    "RoadPage",
    "VoidPage",
    "Wait",
    "Walk",
    "act_page",
    "acts_of",
    "behind",
    "by_emergency",
    "candidate",
    "candidates",
    "case_of",
    "cite_of",
    "cites",
    "cohort",
    "count",
    "dated_act",
    "duties",
    "exhausted",
    "expiring",
    "facts_of",
    "facts_page",
    "found",
    "helped_by",
    "helpers",
    "list_workbook",
    "may_do",
    "may_record",
    "may_set",
    "move_record",
    "nameless",
    "on_the_road",
    "own_page",
    "own_walk",
    "readers",
    "rest",
    "rest_of_dossier",
    "rest_of_person",
    "rests",
    "road_of",
    "road_page",
    "roads_of_school",
    "roads_of_schools",
    "settled",
    "visible_to",
    "void_page",
    "walk",
    "walk_of",
    "walks",
    "walks_among",
    "walks_of",
]
