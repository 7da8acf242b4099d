"""Before code: a purpose of its own, an address nobody but the pupil reads, and keys of pages."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

_PURPOSES = "people_consent_purpose_is_known"

WALL = """
ALTER TABLE people_mailbox ENABLE ROW LEVEL SECURITY;
ALTER TABLE people_mailbox FORCE ROW LEVEL SECURITY;
ALTER TABLE people_pagekey ENABLE ROW LEVEL SECURITY;
ALTER TABLE people_pagekey FORCE ROW LEVEL SECURITY;

-- Whose page a key opens, or a code that was sent to an address: asked as the owner, since persons
-- must not wait for keys and those for them. Asked again inside it finds nothing.
CREATE FUNCTION wall_keyed() RETURNS TABLE (person_id bigint, invitation_id bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    before text := current_setting('wall.whole', true);
    given text := nullif(current_setting('wall.code', true), '');
BEGIN
    IF given IS NULL THEN
        RETURN;
    END IF;
    PERFORM set_config('wall.whole', 'yes', true), set_config('wall.code', '', true);
    RETURN QUERY
    SELECT person.id, person.invitation_id FROM people_person AS person
     WHERE person.id IN (SELECT page.person_id FROM people_pagekey AS page
                          WHERE page.digest = given
                         UNION ALL
                         SELECT kept.person_id FROM people_mailbox AS kept
                          WHERE kept.mark = given);
    PERFORM set_config('wall.whole', coalesce(before, ''), true),
            set_config('wall.code', given, true);
END $$;
REVOKE EXECUTE ON FUNCTION wall_keyed() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION wall_keyed() TO donghanh_pupil;

ALTER POLICY by_the_code ON people_invitation
    USING (code_digest = (SELECT nullif(current_setting('wall.code', true), ''))
           OR id = (SELECT keyed.invitation_id FROM wall_keyed() AS keyed));
ALTER POLICY own ON people_person
    USING (user_id = (SELECT nullif(current_setting('wall.account', true), '')::bigint)
           OR invitation_id = (SELECT invitation.id FROM people_invitation AS invitation
                                WHERE invitation.code_digest
                                      = (SELECT nullif(current_setting('wall.code', true), '')))
           OR id = (SELECT keyed.person_id FROM wall_keyed() AS keyed));

CREATE POLICY own ON people_mailbox TO donghanh_pupil
    USING (EXISTS (SELECT FROM people_person AS person WHERE person.id = people_mailbox.person_id));
CREATE POLICY own ON people_pagekey TO donghanh_pupil
    USING (EXISTS (SELECT FROM people_person AS person WHERE person.id = people_pagekey.person_id));
CREATE POLICY whole_when_said_by_a_job ON people_mailbox TO donghanh_job
    USING ((SELECT wall_whole()));
CREATE POLICY whole_when_said_by_a_job ON people_pagekey TO donghanh_job
    USING ((SELECT wall_whole()));
GRANT SELECT, INSERT, UPDATE, DELETE ON people_mailbox, people_pagekey
    TO donghanh_pupil, donghanh_job;

-- That a pupil keeps an address is the pupil's own affair, too.
ALTER POLICY of_a_person_in_reach ON people_consent
    TO donghanh_cases, donghanh_counts, donghanh_helper
    USING (purpose <> 'mail' AND EXISTS (SELECT FROM people_person AS person
                                          WHERE person.id = people_consent.person_id));
ALTER POLICY of_a_person_in_sight ON people_consent
    USING (purpose <> 'mail' AND EXISTS (SELECT FROM people_person AS person
                                          WHERE person.id = people_consent.person_id));
ALTER POLICY whole_when_said ON people_consent
    USING ((SELECT wall_whole()) AND purpose <> 'mail');
CREATE POLICY own ON people_consent TO donghanh_pupil
    USING (EXISTS (SELECT FROM people_person AS person WHERE person.id = people_consent.person_id));

-- The address goes with the agreement, by whatever way that is taken back.
CREATE FUNCTION people_let_address_go() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE before text := current_setting('wall.whole', true);
BEGIN
    PERFORM set_config('wall.whole', 'yes', true);
    DELETE FROM people_mailbox WHERE person_id = NEW.person_id;
    PERFORM set_config('wall.whole', coalesce(before, ''), true);
    RETURN NULL;
END $$;
REVOKE EXECUTE ON FUNCTION people_let_address_go() FROM PUBLIC;
CREATE TRIGGER people_lets_address_go AFTER UPDATE OF withdrawn_at ON people_consent
    FOR EACH ROW WHEN (NEW.purpose = 'mail' AND NEW.withdrawn_at IS NOT NULL)
    EXECUTE FUNCTION people_let_address_go();
SELECT history_protect('people_mailbox');
"""
BACKWARDS = """
SELECT history_release('people_mailbox');
DROP FUNCTION people_let_address_go() CASCADE;
DROP POLICY own ON people_consent;
ALTER POLICY whole_when_said ON people_consent USING ((SELECT wall_whole()));
ALTER POLICY of_a_person_in_sight ON people_consent
    USING (EXISTS (SELECT FROM people_person AS person
                    WHERE person.id = people_consent.person_id));
ALTER POLICY of_a_person_in_reach ON people_consent
    TO donghanh_cases, donghanh_counts, donghanh_pupil, donghanh_helper
    USING (EXISTS (SELECT FROM people_person AS person
                    WHERE person.id = people_consent.person_id));
ALTER POLICY own ON people_person
    USING (user_id = (SELECT nullif(current_setting('wall.account', true), '')::bigint)
           OR invitation_id = (SELECT invitation.id FROM people_invitation AS invitation
                                WHERE invitation.code_digest
                                      = (SELECT nullif(current_setting('wall.code', true), ''))));
ALTER POLICY by_the_code ON people_invitation
    USING (code_digest = (SELECT nullif(current_setting('wall.code', true), '')));
DROP POLICY own ON people_mailbox;
DROP POLICY own ON people_pagekey;
DROP POLICY whole_when_said_by_a_job ON people_mailbox;
DROP POLICY whole_when_said_by_a_job ON people_pagekey;
DROP FUNCTION wall_keyed();
"""


def _key() -> models.BigAutoField[int, int]:
    return models.BigAutoField(
        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
    )


class Migration(migrations.Migration):
    """An own way into the own page, beside the slip."""

    dependencies = [
        ("dossiers", "0012_keeps_standings"),
        ("history", "0006_guards_tables_that_actions_change"),
        ("people", "0007_records_are_put_aside"),
    ]
    operations = [
        migrations.RemoveConstraint("consent", _PURPOSES),
        migrations.AddConstraint(
            "consent",
            models.CheckConstraint(
                name=_PURPOSES,
                condition=Q(purpose__in=["road", "forward", "figures", "mail"]),
            ),
        ),
        migrations.CreateModel(
            name="Mailbox",
            fields=[
                ("id", _key()),
                ("sealed", models.CharField(max_length=600)),
                ("mark", models.CharField(max_length=64, unique=True)),
                ("proven_at", models.DateTimeField()),
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mailbox",
                        to="people.person",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PageKey",
            fields=[
                ("id", _key()),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("until", models.DateTimeField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="page_keys",
                        to="people.person",
                    ),
                ),
            ],
        ),
        migrations.RunSQL(WALL, BACKWARDS),
    ]
