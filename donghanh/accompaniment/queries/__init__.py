"""Reads of the room of accompaniment."""

from __future__ import annotations

from donghanh.accompaniment.queries.challenges import (
    ChallengeRow,
    Choice,
    agreed_on,
    challenge,
    choices,
    dossier_of,
    visible_to,
)
from donghanh.accompaniment.queries.clubs import (
    ClubPage,
    club_page,
    clubs_of,
    founding_school,
    leaders,
)
from donghanh.accompaniment.queries.library import (
    Template,
    examples,
    library,
    may_keep_models,
    template,
)
from donghanh.accompaniment.queries.notes import Due, comments_of, dues, notes_of
from donghanh.accompaniment.queries.own import (
    OwnChallenge,
    OwnPage,
    own_challenge,
    own_challenges,
    own_note,
    own_notes,
    own_page,
)
from donghanh.accompaniment.queries.pages import (
    Overview,
    PupilPage,
    overview,
    pupil_page,
    waiting,
    writing_page,
)

__all__ = [
    "ChallengeRow",
    "Choice",
    "ClubPage",
    "Due",
    "Overview",
    "OwnChallenge",
    "OwnPage",
    "PupilPage",
    "Template",
    "agreed_on",
    "challenge",
    "choices",
    "club_page",
    "clubs_of",
    "comments_of",
    "dossier_of",
    "dues",
    "examples",
    "founding_school",
    "leaders",
    "library",
    "may_keep_models",
    "notes_of",
    "overview",
    "own_challenge",
    "own_challenges",
    "own_note",
    "own_notes",
    "own_page",
    "pupil_page",
    "template",
    "visible_to",
    "waiting",
    "writing_page",
]
