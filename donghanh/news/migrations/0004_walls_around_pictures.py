"""
Before code: whether a picture may be shown is weighed where agreements are kept.

Whoever changes an agreement - the pupil, the parents' day, the end of the road - has the picture
weighed in the same transaction. One that everybody could see loses its bytes at once with the first
yes that is taken back; one nobody could see stays, and looks as if nobody had answered.
"""

from __future__ import annotations

from django.db import migrations

_STAFF = "donghanh_cases, donghanh_education, donghanh_counts"
_ARTICLE = "EXISTS (SELECT FROM news_article AS article WHERE article.id = news_placed.article_id"
FORWARDS = f"""
ALTER TABLE news_placed ENABLE ROW LEVEL SECURITY;
ALTER TABLE news_placed FORCE ROW LEVEL SECURITY;
CREATE POLICY whole_when_said_by_a_job ON news_placed TO donghanh_job
    USING ((SELECT wall_whole()));
CREATE POLICY of_the_own_body ON news_placed TO {_STAFF} USING ({_ARTICLE}));
CREATE POLICY public ON news_placed FOR SELECT TO donghanh_plain
    USING (stands AND public_at IS NOT NULL AND {_ARTICLE} AND article.stand = 'published'));
CREATE POLICY asked_about ON news_placed FOR SELECT TO donghanh_pupil
    USING (EXISTS (SELECT FROM news_agreement AS agreement
                    WHERE agreement.placed_id = news_placed.id));
GRANT SELECT, INSERT, UPDATE, DELETE ON news_placed TO donghanh_job;
GRANT SELECT, INSERT, UPDATE (alt, caption, credit, seen, stands, public_at) ON news_placed
    TO {_STAFF};
GRANT SELECT ON news_placed TO donghanh_plain, donghanh_pupil;
GRANT SELECT (placed_id) ON news_agreement TO donghanh_education, donghanh_counts, donghanh_plain;

CREATE FUNCTION news_weigh_picture() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE before text := current_setting('wall.whole', true);
        which bigint := CASE TG_OP WHEN 'DELETE' THEN OLD.placed_id ELSE NEW.placed_id END;
        one news_placed;
BEGIN
    IF which IS NULL THEN
        RETURN NULL;
    END IF;
    PERFORM set_config('wall.whole', 'yes', true);
    -- Whoever was faster with another agreement to this picture is waited for, then seen.
    SELECT * INTO one FROM news_placed WHERE id = which FOR NO KEY UPDATE;
    UPDATE news_placed SET stands = seen = 'pupils'
           AND EXISTS (SELECT FROM news_agreement WHERE placed_id = which)
           AND NOT EXISTS (SELECT FROM news_agreement WHERE placed_id = which AND NOT stands)
     WHERE id = which;
    IF TG_OP = 'DELETE'
       OR (TG_OP = 'UPDATE' AND OLD.stands AND NOT NEW.stands AND one.public_at IS NOT NULL) THEN
        DELETE FROM pictures_rendition WHERE picture_id = one.picture_id;
        UPDATE pictures_picture SET alt = '', caption = '', credit = '', taken_down_at = now()
         WHERE id = one.picture_id AND taken_down_at IS NULL;
    END IF;
    PERFORM set_config('wall.whole', coalesce(before, ''), true);
    RETURN NULL;
END $$;
REVOKE EXECUTE ON FUNCTION news_weigh_picture() FROM PUBLIC;
CREATE TRIGGER news_weighs AFTER INSERT OR UPDATE OF stands OR DELETE ON news_agreement
    FOR EACH ROW EXECUTE FUNCTION news_weigh_picture();

SELECT history_protect('news_placed');
"""  # noqa: S608 - names of tables and roles, from above
BACKWARDS = """
SELECT history_release('news_placed');
DROP TRIGGER news_weighs ON news_agreement;
DROP FUNCTION news_weigh_picture();
DROP POLICY whole_when_said_by_a_job ON news_placed;
DROP POLICY of_the_own_body ON news_placed;
DROP POLICY public ON news_placed;
DROP POLICY asked_about ON news_placed;
ALTER TABLE news_placed DISABLE ROW LEVEL SECURITY, NO FORCE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    """What the database's roles may see and do with pictures of articles, and what is weighed."""

    dependencies = [
        ("news", "0003_places_pictures"),
        ("pictures", "0003_taken_down_by_a_withdrawal"),
    ]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
