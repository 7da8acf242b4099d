"""Before code: every table in which something is recorded about a pupil asks whether work rests."""

from __future__ import annotations

from django.db import migrations

_PERSON = "$1"
_CASE = "SELECT person_id FROM dossiers_dossier WHERE id = $1"
#: Table, the column that leads to the pupil, how.
GUARDED = (
    ("dossiers_act", "dossier_id", _CASE),
    ("accompaniment_challenge", "dossier_id", _CASE),
    ("accompaniment_note", "dossier_id", _CASE),
    ("accompaniment_comment", "dossier_id", _CASE),
    ("accompaniment_membership", "person_id", _PERSON),
    (
        "accompaniment_attendance",
        "membership_id",
        "SELECT person_id FROM accompaniment_membership WHERE id = $1",
    ),
    ("pool_rating", "person_id", _PERSON),
    ("papers_papernote", "dossier_id", _CASE),
    ("papers_sending", "dossier_id", _CASE),
    (
        "papers_paperfault",
        "sending_id",
        "SELECT dossier.person_id FROM papers_sending AS sending"
        " JOIN dossiers_dossier AS dossier ON dossier.id = sending.dossier_id"
        " WHERE sending.id = $1",
    ),
    ("papers_letter", "dossier_id", _CASE),
    ("classes_seat", "dossier_id", _CASE),
    ("handover_handover", "dossier_id", _CASE),
    ("meetings_agendaitem", "dossier_id", _CASE),
    (
        "meetings_draft",
        "item_id",
        "SELECT dossier.person_id FROM meetings_agendaitem AS item"
        " JOIN dossiers_dossier AS dossier ON dossier.id = item.dossier_id WHERE item.id = $1",
    ),
)
_GUARD = """
CREATE TRIGGER people_rests BEFORE INSERT OR UPDATE ON {table} FOR EACH ROW
    EXECUTE FUNCTION people_refuse_resting('{column}', '{how}');
"""
#: A case is opened about a person; of an open one the facts people set, not what units reroute.
_CASES = f"""
CREATE TRIGGER people_rests BEFORE INSERT ON dossiers_dossier FOR EACH ROW
    EXECUTE FUNCTION people_refuse_resting('person_id', '{_PERSON}');
CREATE TRIGGER people_rests_facts BEFORE UPDATE OF standards, by_members, graduated_date
    ON dossiers_dossier FOR EACH ROW
    WHEN ((OLD.standards, OLD.by_members, OLD.graduated_date)
          IS DISTINCT FROM (NEW.standards, NEW.by_members, NEW.graduated_date))
    EXECUTE FUNCTION people_refuse_resting('person_id', '{_PERSON}');
"""
FORWARDS = _CASES + "".join(
    _GUARD.format(table=table, column=column, how=how) for table, column, how in GUARDED
)
BACKWARDS = "DROP TRIGGER people_rests_facts ON dossiers_dossier;" + "".join(
    f"DROP TRIGGER people_rests ON {table};"
    for table in ("dossiers_dossier", *(table for table, _, _ in GUARDED))
)


class Migration(migrations.Migration):
    """The door of ``people_refuse_resting``, in each table."""

    dependencies = [
        ("accompaniment", "0005_lets_go_of_who_is_erased"),
        ("classes", "0003_changes_leave_a_line"),
        ("dossiers", "0012_keeps_standings"),
        ("handover", "0003_changes_leave_a_line"),
        ("meetings", "0003_changes_leave_a_line"),
        ("ownfile", "0001_creates_requests"),
        ("papers", "0004_lets_go_of_who_is_erased"),
        ("people", "0009_work_rests_when_a_pupil_says_so"),
        ("pool", "0004_lets_go_of_who_is_erased"),
    ]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
