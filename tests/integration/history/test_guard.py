"""Nothing that people keep changes without a line of history, whoever changes it."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from donghanh.accounts.models import User
from donghanh.domain.acts import Step
from donghanh.dossiers.models import Dossier
from donghanh.history import queries
from donghanh.lib import wall
from donghanh.organisation.models import Post, Unit
from donghanh.people.models import Consent
from tests import chain, factory

#: Tables that change without a line, each with the reason.
UNGUARDED = {
    "account_emailaddress": "the library's copy of an account's address, which is guarded",
    "account_emailconfirmation": "not used: addresses are set by who invites",
    "accounts_cache": "how often somebody failed, for minutes",
    "django_content_type": "what tables there are, written when they are made",
    "django_migrations": "which changes of the tables were made",
    "django_session": "who is signed in, and for how long",
    "auth_group": "not used: rights follow from posts",
    "auth_group_permissions": "not used: rights follow from posts",
    "auth_permission": "not used: rights follow from posts",
    "dossiers_name": "names borne by cases, kept by triggers of dossiers_standing alone",
    "dossiers_standing": "told anew out of acts, cases, persons and rules, which are guarded",
    "indicators_edition": "by which rules spans were told",
    "indicators_span": "told anew out of acts, cases, persons and rules, which are guarded",
    "indicators_sum": "added up out of spans",
    "indicators_turned": "which cases are to be told anew, noted by the database itself",
    "history_event": "the lines themselves, written once",
    "history_head": "the end of the chain, written when a transaction ends",
    "history_link": "the chain, written when a transaction ends",
    "history_open": "which transactions have not ended yet",
    "history_verification": "what a job found when it read the chain; written once",
    "meetings_draft": "what is being typed, until the meeting is closed; closing leaves a line",
    "mfa_authenticator": "second factors: each use is noted in the row; adding one leaves a line",
    "news_draft": "what is being typed; keeping a version leaves a line",
    "organisation_edition": "a mark that the database sets when units change",
    "people_nameword": "words of the names in people_person, kept by its triggers alone",
    "pictures_making": "how far a job has drawn a picture; keeping one leaves a line",
    "pictures_rendition": "drawn from a picture whose keeping left a line, with its digest",
    "people_pagekey": "keys of pages, over within the hour; opening a page by mail leaves a line",
    "socialaccount_socialaccount": "whom a provider knows as whom; signing in leaves a line",
    "socialaccount_socialapp": "not used: providers stand in the settings",
    "socialaccount_socialtoken": "not used: no token of a provider is kept",
    "usersessions_usersession": "where somebody is signed in, and when it was used last",
    "voices_voice": "what pupils say: a line would tell when; only added to, by a trigger",
    "voices_word": "the same",
}
_TABLES = """
SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace
"""
_GUARDED = """
SELECT relname FROM pg_class JOIN pg_trigger ON tgrelid = pg_class.oid
 WHERE tgname LIKE 'history_guards_%%' AND tgenabled = 'O'
 GROUP BY relname HAVING count(*) = 4
"""

#: Ways to change what is kept; each is tried in a transaction of its own.
CHANGES = (
    "UPDATE organisation_post SET title = 'x'",
    "DELETE FROM organisation_post",
    "INSERT INTO organisation_unit (code, simulated) VALUES ('x', true)",
    "COPY organisation_unit (code, simulated) FROM STDIN",
    "MERGE INTO organisation_unit AS unit USING (SELECT 'y' AS code) AS new"
    " ON unit.code = new.code WHEN NOT MATCHED THEN"
    " INSERT (code, simulated) VALUES (new.code, true)",
    "WITH gone AS (DELETE FROM organisation_post RETURNING id) SELECT count(*) FROM gone",
    "UPDATE accounts_user SET name = 'x'",
    "UPDATE accounts_user SET is_active = false, last_login = now()",
)
#: What somebody could say first, so that the guard looks away.
TRICKS = (
    "SET LOCAL session_replication_role = replica",
    "SET LOCAL wall.whole = 'yes'",
    "SET CONSTRAINTS ALL DEFERRED",
    "SET CONSTRAINTS ALL IMMEDIATE",
    "CREATE TEMP TABLE history_open (xact xid8 PRIMARY KEY, line bigint, changed text)",
    "CREATE TEMP TABLE changed (id bigint)",
    "SET LOCAL search_path = pg_temp",
)


def names(statement: str) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return {row[0] for row in cursor.fetchall()}


@pytest.mark.django_db
class TestTables:
    def test_are_guarded_or_say_why_they_need_no_guard(self) -> None:
        guarded = names(_GUARDED)
        assert not guarded & set(UNGUARDED)
        assert names(_TABLES) == guarded | set(UNGUARDED)


@pytest.mark.django_db(transaction=True)
class TestCommit:
    """What is refused when a transaction ends; each is tried as a role that may write the table."""

    @pytest.mark.parametrize("role", ["none", "donghanh_job"])
    def test_refuses_a_change_without_a_line(self, role: str) -> None:
        factory.cast()
        before = Post.objects.count(), Unit.objects.count(), User.objects.count()
        for statement in CHANGES:
            with pytest.raises(IntegrityError, match="without a line of history"):
                self.done(role, statement)
        assert (Post.objects.count(), Unit.objects.count(), User.objects.count()) == before
        assert queries.verify().broken is None

    def test_refuses_to_empty_a_table_to_its_owner_too(self) -> None:
        factory.cast()
        with pytest.raises(IntegrityError, match="without a line of history"):
            self.done("none", "TRUNCATE organisation_link")

    def test_refuses_a_page_that_forgets_its_line(self) -> None:
        cast = factory.cast()
        dossier = factory.walk_to(Step.SOURCED, cast)
        actor = factory.actor(cast.secretary, factory.BEGINS["R1"])
        with (
            pytest.raises(IntegrityError, match="dossiers_dossier was changed"),
            wall.looking(actor.reach.way, actor.reach.settings),
            connection.cursor() as cursor,
        ):
            cursor.execute("UPDATE dossiers_dossier SET delegated = true")
            assert cursor.rowcount == 1
        assert not Dossier.objects.get(pk=dossier.pk).delegated

    def test_is_not_talked_out_of_it(self) -> None:
        factory.cast()
        change = "UPDATE public.organisation_post SET title = 'x'"
        for trick in TRICKS:
            with pytest.raises(DatabaseError, match=r"without a line|permission denied"):
                self.done("donghanh_job", trick, change)
        assert not Post.objects.filter(title="x").exists()

    def test_lets_signing_in_and_stronger_hashing_through(self) -> None:
        user = factory.cast().secretary
        self.done("none", "UPDATE accounts_user SET last_login = now(), password = 'x'")
        user.refresh_from_db()
        assert (user.password, user.last_login is None) == ("x", False)

    def test_lets_a_statement_through_that_changed_nothing(self) -> None:
        factory.cast()
        self.done("donghanh_job", "UPDATE organisation_post SET title = 'x' WHERE id = 0")
        assert Consent.objects.update(withdrawn_at=None) == 0

    def test_forgets_what_was_undone_with_a_savepoint(self) -> None:
        factory.cast()
        with transaction.atomic():
            with pytest.raises(RuntimeError), transaction.atomic():
                Post.objects.update(title="x")
                raise RuntimeError
            assert Post.objects.exists()
        assert not Post.objects.filter(title="x").exists()

    def test_is_not_content_with_a_line_that_was_undone(self) -> None:
        factory.cast()
        with pytest.raises(IntegrityError, match="without a line"), transaction.atomic():
            Post.objects.update(title="x")
            with pytest.raises(RuntimeError), transaction.atomic():
                factory.account("undone", "Thôi")
                raise RuntimeError

    def test_leaves_nothing_behind(self) -> None:
        factory.cast()
        assert names("SELECT xact::text FROM history_open") == set()

    def done(self, role: str, *statements: str) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT set_config('role', %s, true)", [role])
            for statement in statements:
                if statement.startswith("COPY"):
                    with cursor.copy(statement) as rows:
                        rows.write(b"z\tt\n")
                else:
                    cursor.execute(statement)


@pytest.mark.django_db
class TestSetUps:
    def test_of_the_tests_may_be_committed(self) -> None:
        factory.cast()
        assert chain.holds()
