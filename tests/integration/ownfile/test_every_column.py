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
    *("handover_handover.to_name", "handover_handover.to_place", "handover_handover.receiver"),
    *("handover_handover.papers", "dossiers_standing.class_name", "dossiers_standing.sort_key"),
    "dossiers_standing.search_key",
}
#: What goes whole: the rows themselves.
GONE = {
    "activities_checkin",
    *("accompaniment_challenge", "accompaniment_comment", "accompaniment_evidence"),
    *("accompaniment_note", "accompaniment_noteanswer", "classes_seat", "meetings_agendaitem"),
    *("meetings_draft", "papers_letter", "papers_paperfault", "papers_papernote"),
    *("news_agreement", "news_declining"),
    *("papers_sending", "people_enrolment", "people_mailbox", "people_pagekey", "pool_rating"),
}
#: What stays, and why it tells nobody who it was.
KEPT = {
    "people_consent.purpose": "a code",
    "people_consent.wording": "a code",
    "people_renewal.wording": "a code",
    "dossiers_dossier.standards": "yes or no, by the name of a rule",
    "dossiers_dossier.scopes": "whose rules apply",
    "dossiers_dossier.moves": "days and kinds of places",
    "dossiers_dossier.place": "numbers of committees, and days",
    "dossiers_standing.branches": "codes",
    "dossiers_standing.need": "a code, papers and a day",
    "dossiers_standing.status": "a code",
    "dossiers_standing.step": "a code",
    "dossiers_standing.told_by": "an edition",
    "dossiers_standing.turns": "codes and days",
    "handover_handover.link_digest": "the digest of a link that opens nothing",
    "handover_handover.stand": "a code",
    "handover_handover.to": "a kind of place",
    "handover_handover.whole_digest": "the digest of a link that opens nothing",
    "handover_handover.wording": "a code",
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
        if model._meta.db_table not in GONE
        for field in model._meta.local_fields
        if isinstance(field, _WORDS)
    }
    assert columns == ERASED | set(KEPT)
    assert not ERASED & set(KEPT)
