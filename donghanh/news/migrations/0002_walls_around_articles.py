"""
Before code: drafts are seen by the body that writes, the public sees what is public.

An agreement is seen by who sees the pupil and the article; while it stands and the article is
public, its words are everybody's. Nobody of the staff reads a no.
"""

from __future__ import annotations

from django.db import migrations

TABLES = ("article", "version", "draft", "correction", "cleared", "agreement", "declining")
_WALL = """
ALTER TABLE news_{table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE news_{table} FORCE ROW LEVEL SECURITY;
CREATE POLICY whole_when_said_by_a_job ON news_{table} TO donghanh_job
    USING ((SELECT wall_whole()));
GRANT SELECT, INSERT, UPDATE, DELETE ON news_{table} TO donghanh_job;
"""
_STAFF = "donghanh_cases, donghanh_education, donghanh_counts"
_ARTICLE = "EXISTS (SELECT FROM news_article AS article WHERE article.id = news_{table}.article_id"
_OF = _ARTICLE + ")"
_PUBLIC = _ARTICLE + " AND article.stand = 'published'{more})"
_PERSON = "EXISTS (SELECT FROM people_person AS person WHERE person.id = news_agreement.person_id)"
POLICIES = f"""
-- What is public is read as who looks at no pupil at all reads it.
CREATE POLICY of_the_own_body ON news_article TO {_STAFF}
    USING (unit_id = ANY ((SELECT wall_units())::bigint[])
           OR school_id = ANY ((SELECT wall_schools())::bigint[]));
CREATE POLICY public ON news_article FOR SELECT TO donghanh_plain
    USING (stand IN ('published', 'taken_down'));

CREATE FUNCTION news_asked() RETURNS bigint[] LANGUAGE sql STABLE AS $$
    SELECT array_agg(article_id) FROM news_agreement
$$;
CREATE POLICY asked_about ON news_article FOR SELECT TO donghanh_pupil
    USING (id = ANY ((SELECT news_asked())::bigint[]));

CREATE POLICY of_the_own_body ON news_version TO {_STAFF} USING ({_OF.format(table="version")});
CREATE POLICY public ON news_version FOR SELECT TO donghanh_plain
    USING ({_PUBLIC.format(table="version", more=" AND article.shown = news_version.number")});
CREATE POLICY asked_about ON news_version FOR SELECT TO donghanh_pupil
    USING ({_OF.format(table="version")});

CREATE POLICY of_the_own_body ON news_correction TO {_STAFF}
    USING ({_OF.format(table="correction")});
CREATE POLICY public ON news_correction FOR SELECT TO donghanh_plain
    USING ({_PUBLIC.format(table="correction", more="")});

CREATE POLICY of_the_own_body ON news_cleared TO {_STAFF} USING ({_OF.format(table="cleared")});
CREATE POLICY own ON news_draft TO {_STAFF} USING ({_OF.format(table="draft")});

CREATE POLICY of_a_person_in_reach ON news_agreement TO donghanh_cases
    USING ((SELECT wall_early()) AND {_PERSON} AND {_OF.format(table="agreement")});
-- Above schools it is seen that somebody is asked, and whether it stands: never who.
CREATE POLICY counted ON news_agreement FOR SELECT TO donghanh_education, donghanh_counts
    USING ({_OF.format(table="agreement")});
CREATE POLICY own ON news_agreement TO donghanh_pupil USING ({_PERSON});
CREATE POLICY public ON news_agreement FOR SELECT TO donghanh_plain
    USING (stands AND {_PUBLIC.format(table="agreement", more="")});
CREATE POLICY own ON news_declining TO donghanh_pupil
    USING (EXISTS (SELECT FROM news_agreement AS agreement
                    WHERE agreement.id = news_declining.agreement_id));

GRANT SELECT, INSERT, UPDATE ON news_article TO {_STAFF};
GRANT SELECT, INSERT, UPDATE (title, summary, body, folded) ON news_version TO {_STAFF};
GRANT SELECT, INSERT, UPDATE, DELETE ON news_draft TO {_STAFF};
GRANT SELECT, INSERT ON news_correction, news_cleared TO {_STAFF};
GRANT SELECT, INSERT, UPDATE (parents_date, stands) ON news_agreement TO donghanh_cases;
GRANT SELECT (id, article_id, number, asked_at, stands) ON news_agreement
    TO donghanh_education, donghanh_counts;
GRANT SELECT (id, article_id, number, words, stands) ON news_agreement TO donghanh_plain;
GRANT SELECT, UPDATE (agreed_at, stands) ON news_agreement TO donghanh_pupil;
GRANT SELECT, INSERT, DELETE ON news_declining TO donghanh_pupil;
GRANT SELECT ON news_article, news_version, news_correction TO donghanh_plain;
GRANT SELECT ON news_article, news_version TO donghanh_pupil;

-- Two articles of one title have two addresses, whoever wrote the first.
CREATE FUNCTION news_slugs(beginning text) RETURNS SETOF text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE before text := current_setting('wall.whole', true);
BEGIN
    PERFORM set_config('wall.whole', 'yes', true);
    RETURN QUERY SELECT slug::text FROM news_article WHERE starts_with(slug, beginning);
    PERFORM set_config('wall.whole', coalesce(before, ''), true);
END $$;
REVOKE EXECUTE ON FUNCTION news_slugs(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION news_slugs(text) TO {_STAFF}, donghanh_job;

-- Who stops on the road has taken back every publication with it, in the same transaction.
CREATE FUNCTION news_stop_together() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE before text := current_setting('wall.whole', true);
BEGIN
    PERFORM set_config('wall.whole', 'yes', true);
    UPDATE news_agreement SET stands = false, agreed_at = NULL
     WHERE person_id = NEW.id AND (stands OR agreed_at IS NOT NULL);
    PERFORM set_config('wall.whole', coalesce(before, ''), true);
    RETURN NULL;
END $$;
REVOKE EXECUTE ON FUNCTION news_stop_together() FROM PUBLIC;
CREATE TRIGGER news_stops AFTER UPDATE OF agreed ON people_person
    FOR EACH ROW WHEN (OLD.agreed AND NOT NEW.agreed)
    EXECUTE FUNCTION news_stop_together();
CREATE TRIGGER people_rests BEFORE INSERT OR UPDATE ON news_agreement FOR EACH ROW
    EXECUTE FUNCTION people_refuse_resting('person_id', '$1');

SELECT history_protect('news_article', 'news_version', 'news_correction', 'news_cleared',
                       'news_agreement', 'news_declining');
"""  # noqa: S608 - names of tables and roles, from above
FORWARDS = "".join(_WALL.format(table=table) for table in TABLES) + POLICIES
_BACK = """
SELECT history_release('news_article', 'news_version', 'news_correction', 'news_cleared',
                       'news_agreement', 'news_declining');
DROP TRIGGER people_rests ON news_agreement;
DROP TRIGGER news_stops ON people_person;
DROP FUNCTION news_stop_together();
DO $$
DECLARE policy record;
BEGIN
    FOR policy IN SELECT tablename, policyname FROM pg_policies
                   WHERE starts_with(tablename, 'news_') LOOP
        EXECUTE format('DROP POLICY %I ON %I', policy.policyname, policy.tablename);
    END LOOP;
END $$;
DROP FUNCTION news_asked();
DROP FUNCTION news_slugs(text);
"""
BACKWARDS = _BACK + "".join(
    f"ALTER TABLE news_{table} DISABLE ROW LEVEL SECURITY, NO FORCE ROW LEVEL SECURITY;"
    for table in TABLES
)


class Migration(migrations.Migration):
    """What the database's roles may see and do, and what stops together."""

    dependencies = [
        ("news", "0001_creates_news"),
        ("dossiers", "0005_walls_go_by_marks"),
        ("ownfile", "0002_nothing_is_recorded_while_work_rests"),
        ("reports", "0004_departments_read_what_they_carry_on"),
    ]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
