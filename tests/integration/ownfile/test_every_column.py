"""Every column with words about a pupil is erased, or says why it stays."""

from __future__ import annotations

from django.apps import apps
from django.db import models

from donghanh.people.models import Person

#: What ``ownfile.actions.erase`` blanks, or writes anew.
ERASED = {
    *("people_person.full_name", "people_person.search_key", "people_person.sort_key"),
    *("people_person.class_name", "people_nameword.word", "dossiers_act.reason"),
    *("ownfile_request.value", "ownfile_request.sentence"),
}
#: What stays, and why it tells nobody who it was.
KEPT = {
    "people_consent.purpose": "a code",
    "people_consent.wording": "a code",
    "dossiers_dossier.standards": "yes or no, by the name of a rule",
    "dossiers_dossier.scopes": "whose rules apply",
    "dossiers_act.step": "a code",
    "dossiers_act.form": "the number of a form",
    "dossiers_act.paper_number": "the number of a resolution of a body",
    "dossiers_act.excluded_by": "counts",
    "dossiers_act.governed_by": "a code",
    "dossiers_act.judged_by": "rules and citations",
    "dossiers_act.about": "the name of a rule",
    "ownfile_request.kind": "a code",
    "ownfile_request.datum": "a code",
    "ownfile_request.outcome": "a code",
    "reorganisation_rerouting.line": "a code",
    "reorganisation_rerouting.reason": "number, day and issuer of a decision about units",
}
_WORDS = (models.CharField, models.TextField, models.JSONField)


def about_pupils() -> set[type[models.Model]]:
    """Return the models whose rows hang on a person, themselves or by others."""
    found: set[type[models.Model]] = {Person}
    while True:
        more = {
            model
            for model in apps.get_models()
            if model.__module__.startswith("donghanh.")
            and any(
                isinstance(field, models.ForeignKey) and field.related_model in found
                for field in model._meta.get_fields()
            )
        }
        if more <= found:
            return found
        found |= more


def test_with_words_about_a_pupil_is_erased_or_says_why_not() -> None:
    columns = {
        f"{model._meta.db_table}.{field.name}"
        for model in about_pupils()
        for field in model._meta.local_fields
        if isinstance(field, _WORDS)
    }
    assert columns == ERASED | set(KEPT)
    assert not ERASED & set(KEPT)
