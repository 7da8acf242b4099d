"""Reads of the room of organisation: who stands where on a day."""

from __future__ import annotations

from donghanh.organisation.queries.delegating import SigningPage, signing_page
from donghanh.organisation.queries.holding import holders, holders_on
from donghanh.organisation.queries.placing import lasting, placeable
from donghanh.organisation.queries.posts import (
    NoPost,
    Signer,
    Standing,
    acting,
    held_by,
    holders_of,
    office,
    opened_by,
    posts_of,
    reached,
    schools_in_tree,
    signer_of,
    standing,
)
from donghanh.organisation.queries.successions import carried_on_by, carried_to, world
from donghanh.organisation.queries.units import (
    UnitFacts,
    at,
    below,
    ended,
    existed,
    facts_of,
    hosted_at,
    known_as,
    parent_of,
    parents_of,
    schools_under,
    top_of,
    tree_on,
    unit_by_code,
)

__all__ = [
    "NoPost",
    "Signer",
    "SigningPage",
    "Standing",
    "UnitFacts",
    "acting",
    "at",
    "below",
    "carried_on_by",
    "carried_to",
    "ended",
    "existed",
    "facts_of",
    "held_by",
    "holders",
    "holders_of",
    "holders_on",
    "hosted_at",
    "known_as",
    "lasting",
    "office",
    "opened_by",
    "parent_of",
    "parents_of",
    "placeable",
    "posts_of",
    "reached",
    "schools_in_tree",
    "schools_under",
    "signer_of",
    "signing_page",
    "standing",
    "top_of",
    "tree_on",
    "unit_by_code",
    "world",
]
