"""
Before code: one function writes lines; they are linked into the chain when a transaction ends.

Lines there are already are linked in the order of their numbers. Old code may go on inserting lines
meanwhile: whatever is inserted is linked.
"""

from __future__ import annotations

from django.db import migrations

#: What the digest of a line is taken of stands in docs/why/chained-history.md; it never changes.
DIGEST = """
CREATE FUNCTION history_digest(line history_event, stands bigint, previous text)
RETURNS text LANGUAGE plpgsql STABLE AS $$
DECLARE part text; told text := '';
BEGIN
    FOREACH part IN ARRAY ARRAY[
        'donghanh history 1', stands::text, previous, line.id::text,
        to_char(line.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
        coalesce(line.actor_id::text, ''), line.role, line.unit_code, line.action, line.subject,
        line.subject_id::text, line.facts::text
    ] LOOP
        told := told || octet_length(convert_to(part, 'UTF8')) || ':' || part || ',';
    END LOOP;
    RETURN encode(sha256(convert_to(told, 'UTF8')), 'hex');
END $$;
"""

#: One row for each transaction that wrote a line or changed a guarded table; gone when it ends.
OPEN = """
CREATE UNLOGGED TABLE history_open (xact xid8 PRIMARY KEY, line bigint, changed text);

CREATE FUNCTION history_note_line() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO history_open AS known (xact, line)
    SELECT pg_current_xact_id(), min(id) FROM fresh HAVING min(id) IS NOT NULL
        ON CONFLICT (xact) DO UPDATE SET line = least(known.line, EXCLUDED.line)
     WHERE known.line IS NULL OR known.line > EXCLUDED.line;
    RETURN NULL;
END $$;

-- The plan is told: few lines, found by number, however many there are and whatever is known of it.
CREATE FUNCTION history_close() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET enable_hashjoin = off
SET enable_mergejoin = off SET enable_bitmapscan = off AS $$
DECLARE opened history_open; head history_head; fresh history_event; before text; began bigint;
BEGIN
    DELETE FROM history_open WHERE xact = NEW.xact RETURNING * INTO opened;
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    IF opened.line IS NULL THEN
        RAISE EXCEPTION '% was changed without a line of history: nothing is kept', opened.changed
            USING ERRCODE = 'restrict_violation', TABLE = opened.changed,
                  HINT = 'Whatever changes it is an action, and writes its line.';
    END IF;
    -- Held until the transaction has ended, so that there is one chain; only its end is waited for.
    SELECT * INTO head FROM history_head FOR UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'history has no head: it was taken away'
            USING ERRCODE = 'restrict_violation';
    END IF;
    began := head.position;
    FOR fresh IN
        SELECT event.* FROM history_event AS event
         WHERE event.id >= opened.line
           AND NOT EXISTS (SELECT FROM history_link AS link WHERE link.event_id = event.id)
         ORDER BY event.id
    LOOP
        before := head.digest;
        head.position := head.position + 1;
        head.digest := history_digest(fresh, head.position, before);
        INSERT INTO history_link (position, event_id, previous, digest)
        VALUES (head.position, fresh.id, before, head.digest);
    END LOOP;
    IF head.position = began THEN
        RAISE EXCEPTION 'no line of history was written' USING ERRCODE = 'restrict_violation';
    END IF;
    UPDATE history_head SET position = head.position, digest = head.digest;
    RETURN NULL;
END $$;

CREATE TRIGGER history_event_opens AFTER INSERT ON history_event
    REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION history_note_line();
CREATE CONSTRAINT TRIGGER history_open_closes AFTER INSERT ON history_open
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION history_close();
"""

#: In the order of their numbers, before the chain is closed to every hand but the one above.
LINK = """
LOCK TABLE history_event IN EXCLUSIVE MODE;
INSERT INTO history_head (id, position, digest) VALUES (1, 0, repeat('0', 64));
DO $$
DECLARE head history_head; fresh history_event; before text;
BEGIN
    SELECT * INTO head FROM history_head;
    FOR fresh IN SELECT * FROM history_event ORDER BY id LOOP
        before := head.digest;
        head.position := head.position + 1;
        head.digest := history_digest(fresh, head.position, before);
        INSERT INTO history_link (position, event_id, previous, digest)
        VALUES (head.position, fresh.id, before, head.digest);
    END LOOP;
    UPDATE history_head SET position = head.position, digest = head.digest;
END $$;
SET CONSTRAINTS ALL IMMEDIATE;
SET CONSTRAINTS ALL DEFERRED;
"""

ONCE = """
CREATE TRIGGER history_event_never_emptied BEFORE TRUNCATE ON history_event
    FOR EACH STATEMENT EXECUTE FUNCTION history_refuse_change();
CREATE TRIGGER history_link_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON history_link
    FOR EACH STATEMENT EXECUTE FUNCTION history_refuse_change();
CREATE TRIGGER history_head_stays BEFORE INSERT OR DELETE OR TRUNCATE ON history_head
    FOR EACH STATEMENT EXECUTE FUNCTION history_refuse_change();
CREATE TRIGGER history_verification_append_only
    BEFORE UPDATE OR DELETE OR TRUNCATE ON history_verification
    FOR EACH STATEMENT EXECUTE FUNCTION history_refuse_change();

-- Link and head are written by the end of a transaction alone: that is a trigger around this one.
CREATE FUNCTION history_refuse_hand() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF pg_trigger_depth() < 2 THEN
        RAISE EXCEPTION 'the chain of history is written when a transaction ends: % refused', TG_OP
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE FUNCTION history_refuse_backwards() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF pg_trigger_depth() < 2 OR NEW.position <= OLD.position THEN
        RAISE EXCEPTION 'the head of history goes forward alone: % refused', TG_OP
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER history_link_written_at_the_end BEFORE INSERT ON history_link
    FOR EACH ROW EXECUTE FUNCTION history_refuse_hand();
CREATE TRIGGER history_head_goes_forward BEFORE UPDATE ON history_head
    FOR EACH ROW EXECUTE FUNCTION history_refuse_backwards();
"""

#: The one way to write a line; a change of the tables itself has a way of its own, for their owner.
RECORD = """
CREATE FUNCTION history_record(at timestamptz, actor bigint, role text, unit_code text, action text,
                               subject text, subject_id bigint, facts jsonb)
RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE asks text := current_setting('role'); line bigint;
BEGIN
    IF $2 IS NULL THEN
        RAISE EXCEPTION 'history: nobody acts' USING ERRCODE = 'not_null_violation';
    END IF;
    IF asks = 'none' THEN
        asks := session_user;
    END IF;
    -- Jobs play stories of other days. The pages write what happens now; an invented person alone
    -- may live on another day, and invented people do not stand beside real units.
    IF asks NOT IN (current_user, 'donghanh_job')
       AND $1 NOT BETWEEN clock_timestamp() - interval '1 hour'
                      AND clock_timestamp() + interval '1 hour'
       AND NOT EXISTS (SELECT FROM accounts_user AS known WHERE known.id = $2 AND known.simulated)
    THEN
        RAISE EXCEPTION 'history: what happens is written when it happens, not at %', $1
            USING ERRCODE = 'restrict_violation';
    END IF;
    INSERT INTO history_event
           (at, actor_id, role, unit_code, action, subject, subject_id, facts)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
    RETURNING id INTO line;
    RETURN line;
END $$;

CREATE FUNCTION history_migrated(room text, migration text) RETURNS bigint
LANGUAGE sql SET search_path = public, pg_temp AS $$
    INSERT INTO history_event (at, role, unit_code, action, subject, subject_id, facts)
    VALUES (now(), '', '', 'history.migrated', 'history', 0,
            jsonb_build_object('room', room, 'migration', migration))
    RETURNING id
$$;
"""

#: A function of a trigger is nobody's to hang on a table of the own.
RIGHTS = """
REVOKE EXECUTE ON FUNCTION history_note_line(), history_close(), history_refuse_hand(),
    history_refuse_backwards(), history_digest(history_event, bigint, text),
    history_migrated(text, text),
    history_record(timestamptz, bigint, text, text, text, text, bigint, jsonb) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION
    history_record(timestamptz, bigint, text, text, text, text, bigint, jsonb)
    TO donghanh_web, donghanh_plain, donghanh_cases, donghanh_helper, donghanh_counts,
       donghanh_education, donghanh_pupil, donghanh_keeper, donghanh_job;
SELECT wall_show('history_link', 'history_head', 'history_verification');
REVOKE INSERT, UPDATE, DELETE ON history_link, history_head FROM donghanh_job;
REVOKE UPDATE, DELETE ON history_verification FROM donghanh_job;
GRANT USAGE ON SEQUENCE history_verification_id_seq TO donghanh_job;
"""

BACKWARDS = """
DROP FUNCTION history_record(timestamptz, bigint, text, text, text, text, bigint, jsonb);
DROP FUNCTION history_migrated(text, text);
DROP TRIGGER history_event_never_emptied ON history_event;
DROP TRIGGER history_link_append_only ON history_link;
DROP TRIGGER history_head_stays ON history_head;
DROP TRIGGER history_verification_append_only ON history_verification;
DROP FUNCTION history_refuse_hand() CASCADE;
DROP FUNCTION history_refuse_backwards() CASCADE;
DROP FUNCTION history_note_line() CASCADE;
DROP TABLE history_open;
DROP FUNCTION history_close();
DROP FUNCTION history_digest(history_event, bigint, text);
SET CONSTRAINTS ALL IMMEDIATE;
DELETE FROM history_link;
DELETE FROM history_head;
"""


class Migration(migrations.Migration):
    """Functions and triggers of history; the lines there are become a chain."""

    dependencies = [("history", "0004_keeps_the_chain_beside_the_lines")]
    operations = [
        migrations.RunSQL([DIGEST, OPEN, LINK, ONCE, RECORD, RIGHTS], BACKWARDS),
    ]
