"""The stories: loaded once, on any day of the school year, through the real actions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.contrib.auth.hashers import check_password
from django.db import connection
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from donghanh.accounts.models import User
from donghanh.amendments import queries as amendments
from donghanh.classes.models import Seat
from donghanh.demonstration import load, scratch
from donghanh.directives.models import Directive, Recipient
from donghanh.domain import rules
from donghanh.domain.acts import Branch
from donghanh.domain.authority import Actor
from donghanh.domain.calendar import add_months
from donghanh.domain.deadlines import ClockKind, ClockState
from donghanh.domain.procedure import RoadStatus, Step
from donghanh.domain.rights import Right, Role
from donghanh.dossiers import queries as dossiers
from donghanh.dossiers import texts
from donghanh.dossiers.models import Act, Dossier, Standing
from donghanh.dossiers.queries import Filters, Walk, standings, workbooks
from donghanh.dossiers.queries.narrowing import narrowed
from donghanh.dossiers.queries.standings import Sight
from donghanh.handover.models import Handover
from donghanh.history.models import Event
from donghanh.meetings.models import Meeting
from donghanh.organisation import queries as posts
from donghanh.organisation.models import Unit
from donghanh.papers.models import Letter, Sending
from donghanh.people import queries as people
from donghanh.people.models import Invitation, Person
from donghanh.reports.models import Consolidation, Report
from tests import chain, factory, loaded

pytestmark = pytest.mark.django_db

#: What hashes passwords where the program runs; the tests have a quicker one.
HASHER = "django.contrib.auth.hashers.Argon2PasswordHasher"
#: Before the directive's usual day, in the middle, and near the end of the school year.
DAYS = (date(2026, 9, 7), loaded.DAY, date(2027, 7, 5))
#: What somebody waits for on any of these days.
WAITED_FOR = {
    *(Step.LISTED, Step.TRAINED, Step.ALLOWED, Step.APPLIED, Step.VERIFIED, Step.VOUCHED),
    *(Step.OPINIONS, Step.CELL_VOTED, Step.APPRAISED, Step.BASE_VOTED, Step.DECIDED),
    *(Step.ADMITTED, Step.NEW_MEMBER_CLASS, Step.RECOGNITION_PAPERS),
    Step.RECOGNITION_BASE_VOTED,
}
#: People in the letters the product is built for; nobody invented is called so.
REAL = ("Nguyễn Thị Thu", "Phúc Nguyên")


@dataclass(frozen=True, slots=True)
class Loaded:
    """The stories as they were loaded on a day, and who may sign in."""

    today: date
    accounts: tuple[load.Account, ...]


@contextmanager
def _loaded(today: date, blocker: DjangoDbBlocker) -> Iterator[Loaded]:
    """Copy the stories as the program loaded them on a day, for all tests that only look."""
    with pytest.MonkeyPatch.context() as patch, blocker.unblock():
        patch.setattr(scratch, "BEGINS_AS", loaded.template(today))
        with scratch.database(), override_settings(DEMONSTRATION=True):
            yield Loaded(today, load.ensure(today))


@pytest.fixture(scope="module", params=DAYS, ids=str)
def any_day(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[Loaded]:
    """Load the stories on each of three days of the school year."""
    with _loaded(request.param, django_db_blocker) as stories:
        yield stories


def _count(statement: str, *values: str | date) -> int:
    """Return a count made by the database, without our own counting."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        row = cursor.fetchone()
    return int(row[0]) if row else 0


def _held(province: str, step: str, since: date, until: date) -> int:
    """Count pupils of a province with a valid, passed act of a step between two days."""
    return _count(
        """
        SELECT count(DISTINCT act.dossier_id)
          FROM dossiers_act AS act
          JOIN dossiers_dossier AS dossier ON dossier.id = act.dossier_id
          JOIN organisation_unit AS unit ON unit.id = dossier.school_id
         WHERE unit.code LIKE %s AND act.step = %s AND act.passed AND act.voids_id IS NULL
           AND act.on_date BETWEEN %s AND %s
           AND NOT EXISTS (SELECT 1 FROM dossiers_act AS later WHERE later.voids_id = act.id)
        """,
        f"{province}-%",
        step,
        since,
        until,
    )


def _walks(today: date) -> list[Walk]:
    """Return every road of Đắk Nông that still goes on, as the committee of all schools sees it."""
    user = User.objects.get(username="dn.capuy")
    return dossiers.walks(posts.acting(user.pk, today), today)


class TestEnsure:
    def test_puts_every_state_of_a_road_on_some_desk(self, any_day: Loaded) -> None:
        today = any_day.today
        walks = _walks(today)
        ceremonies = [
            clock.state(today, 7)
            for walk in walks
            for clock in walk.road.clocks
            if clock.name == "admission.ceremony"
        ]
        assert {ClockState.LATE, ClockState.NEAR} <= set(ceremonies)
        waiting = {walk.road.current.step for walk in walks if walk.road.current}
        assert waiting >= WAITED_FOR
        stages = [walk.road.stage(Step.CELL_VOTED) for walk in walks]
        assert any(stage.attempts and stage.act for stage in stages)
        assert Act.objects.filter(voids__step="cell_voted").exists()
        assert Person.objects.filter(dossier=None).count() == 3
        assert Invitation.objects.filter(answered_at=None, expires_date__gte=today).count() == 3
        assert Directive.objects.filter(status="draft").count() == 1
        assert Report.objects.filter(status="writing", school_year="2026-2027").count() == 1
        unheard = Recipient.objects.filter(directive__school_year="2026-2027", acknowledged_at=None)
        assert unheard.count() == 1
        assert chain.holds()

    def test_walks_every_branch_of_the_road_and_turns_some(self, any_day: Loaded) -> None:
        walks = _walks(any_day.today)
        assert {branch for walk in walks for branch in walk.branches} == set(Branch)
        # By delegation the base committee has voted and decides; nobody above it votes again.
        decided = Act.objects.get(step="decided", dossier__delegated=True)
        assert (decided.recorded_by.username, decided.official) == ("dn.uyquyen", None)
        introduced = Act.objects.filter(dossier__by_members=True, form__in=["3-KNĐ", "4-KNĐ"])
        assert sorted(introduced.values_list("form", flat=True)) == ["3-KNĐ", "3-KNĐ"]
        granted = [clock for walk in walks for clock in walk.road.clocks if clock.granted]
        assert [clock.name for clock in granted] == ["admission.ceremony"]
        turned = Act.objects.filter(step__in=["unlisted", "helper_changed", "extended"])
        assert turned.count() == 3
        assert [walk.road.status for walk in walks].count(RoadStatus.UNLISTED) == 1

    def test_fills_the_rooms_beside_the_road(self, any_day: Loaded) -> None:
        today = any_day.today
        held, planned = Meeting.objects.order_by("on_date")
        assert (held.items.count(), held.closed_at is None) == (3, False)
        assert (planned.items.count(), planned.closed_at, planned.on_date) == (1, None, today)
        assert [seat.passed for seat in Seat.objects.all()] == [True, True, True]
        assert Seat.objects.exclude(certificate_number="").count() == 3
        waiting, received = Handover.objects.order_by("received_at").reverse()
        assert (waiting.to, waiting.received_at) == ("institution", None)
        assert (received.to, received.received_at is None) == ("school", False)
        assert Letter.objects.filter(answered_date=None).count() == 2
        assert Letter.objects.filter(remind_date__lte=today, answered_date=None).exists()
        assert Sending.objects.get().received_date is None

    def test_says_why_members_are_left_out_of_a_vote(self, any_day: Loaded) -> None:
        votes = Act.objects.filter(official__isnull=False)
        assert votes.filter(excluded__gt=0).exists()
        for act in votes:
            assert sum(act.excluded_by.values()) == act.excluded

    def test_leaves_nothing_that_the_rules_would_have_to_mend(self, any_day: Loaded) -> None:
        for walk in _walks(any_day.today):
            assert not walk.road.faults
            assert not walk.road.calendar_ended

    def test_brings_one_probation_near_its_end(self, any_day: Loaded) -> None:
        today = any_day.today
        ends = [
            walk.road.probation_ends_on
            for walk in _walks(today)
            if walk.road.status is RoadStatus.ADMITTED and walk.road.probation_ends_on
        ]
        assert any(0 <= (end - today).days <= 21 for end in ends)

    def test_writes_nothing_into_the_hours_still_to_come(self, any_day: Loaded) -> None:
        today = any_day.today
        # Checking in is opened in the very hour of loading, unless that is at night.
        told = Event.objects.exclude(action="activities.check_in_opened", at__date=today)
        assert Event.objects.count() - told.count() <= 1
        assert told.latest("at").at < factory.instant(today, 0)
        assert not Act.objects.filter(on_date__gte=today).exists()

    def test_writes_history_in_the_order_of_time(self, any_day: Loaded) -> None:
        instants = list(Event.objects.order_by("id").values_list("at", flat=True))
        assert instants == sorted(instants)

    def test_reports_for_dak_nong_what_the_ceremonies_held_by_the_cutoff_give(
        self, any_day: Loaded
    ) -> None:
        made = Consolidation.objects.get(school_year="2023-2024")
        held = _held("dn", "admitted", date(2023, 8, 1), date(2024, 6, 9))
        assert made.content["target"] == 2
        assert made.content["result"] == held == 3
        assert len(made.content["missing"]) == 1
        states = Report.objects.filter(school_year="2023-2024")
        assert states.filter(status="accepted").count() == 5
        assert states.filter(returns__isnull=False).count() == 1
        assert states.filter(first_sent_date__gt=date(2024, 6, 9)).count() == 1

    def test_leaves_one_decision_of_dak_nong_waiting_at_the_cutoff(self, any_day: Loaded) -> None:
        last = date(2024, 6, 9)
        decided = _held("dn", "decided", date(2023, 8, 1), last)
        assert decided - _held("dn", "admitted", date(2023, 8, 1), last) == 1

    def test_has_four_introduced_and_four_admitted_in_the_bloc_of_tra_vinh(
        self, any_day: Loaded
    ) -> None:
        year = (date(2020, 8, 1), date(2021, 7, 31))
        assert _held("tv", "introduced", *year) == _held("tv", "admitted", *year) == 4
        user = User.objects.get(username="tv.doankhoi")
        actor = posts.acting(user.pk, any_day.today)
        seen = dossiers.roads_of_schools(actor.schools, any_day.today)
        assert sum(len(roads) for roads in seen.values()) == 4

    def test_exercises_the_regimes_of_2020_of_2023_and_of_2025(self, any_day: Loaded) -> None:
        book = rules.load()
        voted = Act.objects.filter(step="cell_voted", passed=True).values_list("on_date", flat=True)
        assert {book.regime(day).code for day in voted} >= {"R0", "R1", "R3", "R5"}

    def test_cites_what_is_still_to_be_compared_in_the_present_year(self, any_day: Loaded) -> None:
        late = [
            clock
            for walk in _walks(any_day.today)
            for clock in walk.road.clocks
            if clock.kind is ClockKind.DUE and clock.state(any_day.today, 7) is ClockState.LATE
        ]
        assert any(not clock.settled for clock in late)

    def test_marks_everything_as_simulated_and_names_nobody_real(self, any_day: Loaded) -> None:
        for model in (Unit, User, Person, Dossier, Directive, Report):
            assert not model.objects.filter(simulated=False).exists(), model
        names = {*User.objects.values_list("name", flat=True)}
        names |= {*Person.objects.values_list("full_name", flat=True)}
        assert not {name.casefold() for name in names} & {name.casefold() for name in REAL}

    def test_gives_every_pupil_an_age_at_which_the_cell_may_consider(self, any_day: Loaded) -> None:
        for act in Act.objects.filter(step="cell_voted").select_related("dossier__person"):
            eighteen = add_months(act.dossier.person.birth_date, 12 * 18)
            assert eighteen <= act.on_date < add_months(eighteen, 12)

    def test_changes_nothing_the_second_time_and_returns_the_same_accounts(
        self, any_day: Loaded
    ) -> None:
        counts = _counts()
        assert load.ensure(date(2027, 3, 1)) == any_day.accounts
        assert _counts() == counts

    def test_returns_accounts_by_role_that_sign_in_with_what_is_printed(
        self, any_day: Loaded
    ) -> None:
        accounts = any_day.accounts
        order = list(Role)
        assert [order.index(one.role) for one in accounts] == sorted(
            order.index(one.role) for one in accounts
        )
        assert {one.role for one in accounts} == set(Role) - {Role.PUPIL}
        users = User.objects.in_bulk([one.username for one in accounts], field_name="username")
        # One hash for all, which takes its time on purpose.
        (kept,) = {user.password for user in users.values()}
        with override_settings(PASSWORD_HASHERS=[HASHER]):
            (word,) = {one.password for one in accounts}
            assert check_password(word, kept)
        for one in accounts:
            assert one.name == users[one.username].name
            assert one.name in one.title

    def test_prints_codes_that_open_an_invitation_and_an_own_file(self, any_day: Loaded) -> None:
        assert people.open_invitation(load.OPEN_CODE, any_day.today) is not None
        person = people.own_record(load.OWN_CODE)
        assert person is not None
        walk = dossiers.own_walk(person, any_day.today)
        assert walk is not None
        assert Event.objects.filter(action="dossiers.read", subject_id=walk.dossier.pk).count() == 2


def _counts() -> list[int]:
    models = (Unit, User, Person, Invitation, Dossier, Act, Directive, Report, Event)
    return [model._default_manager.count() for model in models]


#: What tells the day a standing was told for, not where a case stands.
_COPIED = {"agreed", "listed", "sort_key", "search_key", "class_name", "simulated"}
_WHEN = {"told_date", "until_date"} | _COPIED


def _kept(row: Standing) -> dict[str, object]:
    """Return what a row says, but for when it was told and what is copied."""
    names = {field.attname for field in Standing._meta.concrete_fields} - _WHEN
    return {name: getattr(row, name) for name in names}


def _all_told(actor: Actor, today: date) -> Sight:
    """Return what an actor sees as if every kept standing were old."""
    walks = dossiers.walks(actor, today)
    told = tuple(standings.Told(walk, standings.row(walk)) for walk in walks)
    return Sight(Standing.objects.none(), told)


class TestStandings:
    """Where cases stand as lists go by it, against a replay of each."""

    def test_are_fresh_for_every_case_once_all_is_loaded(self, any_day: Loaded) -> None:
        book = amendments.current()
        assert Standing.objects.count() == Dossier.objects.count()
        assert not Standing.objects.exclude(standings.holds(book, any_day.today)).exists()

    @pytest.mark.parametrize("later", [0, 1, 9, 40, 150, 700])
    def test_are_those_of_a_replay_as_long_as_they_hold(self, any_day: Loaded, later: int) -> None:
        today, book = any_day.today + timedelta(days=later), amendments.current()
        fresh = {row.pk: row for row in Standing.objects.filter(standings.holds(book, today))}
        if later < 2:
            assert fresh
        for dossier in dossiers.nameless(Dossier.objects.filter(pk__in=fresh)):
            walk = Walk(dossier, dossiers.road_of(dossier, book, today), book, today)
            assert _kept(fresh[dossier.pk]) == _kept(standings.row(walk))

    def test_narrow_a_list_as_a_replay_of_everybody_does(self, any_day: Loaded) -> None:
        today, book = any_day.today, amendments.current()
        found = 0
        for name in ("dn.capuy", "dn.saokhue.bithu", "dn.saokhue.doan", "dn.coso"):
            actor = posts.acting(User.objects.get(username=name).pk, today)
            kept, anew = standings.sight(actor, book, today), _all_told(actor, today)
            assert not kept.told
            for filters in (
                Filters(),
                *(Filters(step=step.value) for step in Step),
                *(Filters(past=step.value) for step in Step),
                *(Filters(state=state) for state in texts.STATES),
                Filters(q="ng", class_name="12A1"),
                Filters(q="an", state="vuong"),
            ):
                lists = []
                for seen in (kept, anew):
                    rows, told = narrowed(seen, filters, actor, today)
                    count = rows.count() + len(told)
                    lists.append(standings.page_of(rows, told, 0, count) if count else [])
                assert lists[0] == lists[1], (name, filters)
                found += len(lists[0])
        assert found > 100

    def test_say_of_a_desk_what_a_replay_of_everybody_says(
        self, any_day: Loaded, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        today, book = any_day.today, amendments.current()
        for user in User.objects.filter(simulated=True, username__startswith="dn."):
            try:
                actor = posts.acting(user.pk, today)
            except posts.NoPost:
                continue
            if not actor.may(Right.READ_CASES):
                continue
            kept = dossiers.duties(actor, book, today, 7)
            with monkeypatch.context() as patched:
                seen = _all_told(actor, today)
                patched.setattr(standings, "sight", lambda *asked, seen=seen: seen)
                anew = dossiers.duties(actor, book, today, 7)
            assert [one.dossier.pk for one in kept.named] == [one.dossier.pk for one in anew.named]
            assert (dict(kept.quiet), dict(kept.past)) == (dict(anew.quiet), dict(anew.past))
            assert (kept.everybody, kept.unnamed) == (anew.everybody, anew.unnamed)
            assert _waits(kept) == _waits(anew)

    def test_make_the_workbook_say_what_the_page_says(self, any_day: Loaded) -> None:
        today = any_day.today
        actor = posts.acting(User.objects.get(username="dn.capuy").pk, today)
        page = dossiers.cohort(actor, today, Filters())
        shown = page.rows[: page.rows.count()]
        taken = workbooks.lines(page)
        assert len(shown) > 5
        assert [line[0] for line in taken] == [row.name for row in shown]
        for row, line in zip(shown, taken, strict=True):
            clock = row.clock.last_day if row.clock else None
            told = [f"{row.number}/{row.total}", row.phase, row.title, row.status_label]
            assert line[2:] == [row.school, *told, row.need.text, clock]


def _waits(found: dossiers.Duties) -> dict[Step, tuple[int, date]]:
    waits: dict[Step, tuple[int, date]] = {}
    for one in found.waits:
        count, since = waits.get(one.step, (0, one.since))
        waits[one.step] = (count + one.count, min(since, one.since))
    return waits
