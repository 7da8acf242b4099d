"""Before code: who runs a campaign sees it whole; a school what was opened for it; history."""

from __future__ import annotations

from django.db import migrations

FORWARDS = """
ALTER TABLE campaigns_campaign ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE campaigns_figure ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE campaigns_joining ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE campaigns_statement ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE campaigns_number ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE campaigns_closing ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

-- What stands here is of the Union that runs the campaign, and of schools in reach.
CREATE POLICY of_the_runner ON campaigns_joining TO donghanh_counts
    USING (runner_id = ANY ((SELECT wall_units())::bigint[]));
CREATE POLICY of_a_school_in_reach ON campaigns_joining TO donghanh_cases
    USING (school_id = ANY ((SELECT wall_schools())::bigint[]));
CREATE POLICY of_a_school_read ON campaigns_joining FOR SELECT
    TO donghanh_counts, donghanh_education, donghanh_helper
    USING (school_id = ANY ((SELECT wall_schools())::bigint[]));

CREATE POLICY of_the_runner ON campaigns_campaign TO donghanh_counts
    USING (unit_id = ANY ((SELECT wall_units())::bigint[]));
CREATE POLICY opened_for_a_school ON campaigns_campaign FOR SELECT
    TO donghanh_cases, donghanh_counts, donghanh_education, donghanh_helper
    USING (stage <> 'draft'
           AND id IN (SELECT joining.campaign_id FROM campaigns_joining AS joining));

CREATE POLICY of_a_campaign ON campaigns_figure
    TO donghanh_cases, donghanh_counts, donghanh_education, donghanh_helper
    USING (campaign_id IN (SELECT campaign.id FROM campaigns_campaign AS campaign));
CREATE POLICY of_a_campaign ON campaigns_closing
    TO donghanh_cases, donghanh_counts, donghanh_education, donghanh_helper
    USING (campaign_id IN (SELECT campaign.id FROM campaigns_campaign AS campaign));
CREATE POLICY of_a_school ON campaigns_statement
    TO donghanh_cases, donghanh_counts, donghanh_education, donghanh_helper
    USING (joining_id IN (SELECT joining.id FROM campaigns_joining AS joining));
CREATE POLICY of_a_statement ON campaigns_number
    TO donghanh_cases, donghanh_counts, donghanh_education, donghanh_helper
    USING (statement_id IN (SELECT statement.id FROM campaigns_statement AS statement));

DO $$
DECLARE walled text;
BEGIN
    FOREACH walled IN ARRAY ARRAY['campaigns_campaign', 'campaigns_figure', 'campaigns_joining',
                                  'campaigns_statement', 'campaigns_number',
                                  'campaigns_closing'] LOOP
        EXECUTE format('CREATE POLICY whole_when_said_by_a_job ON %I TO donghanh_job'
                       ' USING ((SELECT wall_whole()))', walled);
        EXECUTE format('GRANT SELECT ON %I TO donghanh_cases, donghanh_counts, donghanh_education,'
                       ' donghanh_helper', walled);
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO donghanh_job', walled);
    END LOOP;
END $$;

-- The Union above schools runs; what it asks for is written anew while it is a draft, and stays.
GRANT INSERT ON campaigns_campaign, campaigns_figure, campaigns_joining, campaigns_closing
    TO donghanh_counts;
GRANT UPDATE (stage, title, aim, begins, ends, due_day, due_month, directive_id, paper_number,
              paper_issuer, paper_date, done, learnt, closed_date, reason, version, opened_at)
    ON campaigns_campaign TO donghanh_counts;
GRANT DELETE ON campaigns_figure TO donghanh_counts;
-- A school's Union answers for its school alone, and adds what it gives.
GRANT UPDATE (answer, plan, lead, until, reason, answered_at, evaluation, evaluated_at, version)
    ON campaigns_joining TO donghanh_cases;
GRANT INSERT ON campaigns_statement, campaigns_number TO donghanh_cases;

-- What a campaign asks for never changes once it is opened, whoever tries.
CREATE FUNCTION campaigns_figures_stay() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE before text := current_setting('wall.whole', true); open boolean;
BEGIN
    PERFORM set_config('wall.whole', 'yes', true);
    open := EXISTS (SELECT FROM campaigns_campaign
                     WHERE id = coalesce(NEW.campaign_id, OLD.campaign_id) AND stage = 'draft');
    PERFORM set_config('wall.whole', coalesce(before, ''), true);
    IF NOT open THEN
        RAISE EXCEPTION 'what an opened campaign asks for stays: % refused', TG_OP
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN coalesce(NEW, OLD);
END $$;
REVOKE EXECUTE ON FUNCTION campaigns_figures_stay() FROM PUBLIC;
CREATE TRIGGER campaigns_figure_stays BEFORE INSERT OR UPDATE OR DELETE ON campaigns_figure
    FOR EACH ROW EXECUTE FUNCTION campaigns_figures_stay();

-- Whoever ends a campaign or closes a year holds its row: a school that answers in the same
-- moment waits here, and is refused by what stands there then.
CREATE FUNCTION campaigns_answered_in_time() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    before text := current_setting('wall.whole', true);
    asked bigint; year text; closed boolean := false; standing text;
BEGIN
    PERFORM set_config('wall.whole', 'yes', true);
    IF TG_TABLE_NAME = 'campaigns_statement' THEN
        year := NEW.school_year;
        SELECT campaign_id INTO asked FROM campaigns_joining WHERE id = NEW.joining_id;
    ELSE
        asked := NEW.campaign_id;
    END IF;
    SELECT stage INTO standing FROM campaigns_campaign WHERE id = asked FOR SHARE;
    closed := EXISTS (SELECT FROM campaigns_closing
                       WHERE campaign_id = asked AND school_year = year);
    PERFORM set_config('wall.whole', coalesce(before, ''), true);
    IF closed OR standing <> 'opened' THEN
        RAISE EXCEPTION 'the campaign or its school year is over: % refused', TG_OP
            USING ERRCODE = 'check_violation', CONSTRAINT = 'campaigns_answered_in_time';
    END IF;
    RETURN NEW;
END $$;
REVOKE EXECUTE ON FUNCTION campaigns_answered_in_time() FROM PUBLIC;
CREATE TRIGGER campaigns_answered_in_time BEFORE INSERT ON campaigns_statement
    FOR EACH ROW EXECUTE FUNCTION campaigns_answered_in_time();
CREATE TRIGGER campaigns_answered_in_time BEFORE UPDATE OF answer, plan ON campaigns_joining
    FOR EACH ROW EXECUTE FUNCTION campaigns_answered_in_time();

-- What a school gave is only added to.
CREATE FUNCTION campaigns_only_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is only added to: % refused', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER campaigns_statement_only_added BEFORE UPDATE OR DELETE ON campaigns_statement
    FOR EACH ROW EXECUTE FUNCTION campaigns_only_added();
CREATE TRIGGER campaigns_number_only_added BEFORE UPDATE OR DELETE ON campaigns_number
    FOR EACH ROW EXECUTE FUNCTION campaigns_only_added();
"""
BACKWARDS = """
DROP FUNCTION campaigns_only_added() CASCADE;
DROP FUNCTION campaigns_answered_in_time() CASCADE;
DROP FUNCTION campaigns_figures_stay() CASCADE;
DO $$
DECLARE policy record;
BEGIN
    FOR policy IN SELECT policyname, tablename FROM pg_policies
                   WHERE tablename LIKE 'campaigns%' LOOP
        EXECUTE format('DROP POLICY %I ON %I', policy.policyname, policy.tablename);
    END LOOP;
END $$;
"""
TABLES = (
    "'campaigns_campaign', 'campaigns_figure', 'campaigns_joining', 'campaigns_statement',"
    " 'campaigns_number', 'campaigns_closing'"
)


class Migration(migrations.Migration):
    """What the database's roles may see and do, and the guard of docs/why/chained-history.md."""

    dependencies = [
        ("accounts", "0002_shows_tables_that_hold_no_pupil"),
        ("history", "0006_guards_tables_that_actions_change"),
        ("dossiers", "0005_walls_go_by_marks"),
        ("reports", "0004_departments_read_what_they_carry_on"),
        ("campaigns", "0001_creates_campaigns"),
    ]
    operations = [
        migrations.RunSQL(FORWARDS, BACKWARDS),
        migrations.RunSQL(f"SELECT history_protect({TABLES})", f"SELECT history_release({TABLES})"),
    ]
