"""Neither a no nor a stop is told by any page, by any file taken away, or by the database."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoDbBlocker

from donghanh.domain.acts import Step
from donghanh.domain.consent import Purpose
from donghanh.domain.rights import Role
from donghanh.history.models import Event
from donghanh.lib import wall
from donghanh.people import actions as people
from donghanh.people.models import Invitation, Person
from donghanh.people.queries import digest_of
from tests import factory
from tests.integration.config.test_addresses import World, addresses, body, written
from tests.integration.reports.reporting import WRITTEN
from tests.kept import kept

pytestmark = pytest.mark.django_db

STAFF = (
    *(Role.SECRETARY, Role.UNION, Role.COMMITTEE, Role.BOARD, Role.HELPER),
    *(Role.OFFICER, Role.LEADER, Role.UPPER_UNION, Role.ADMINISTRATOR),
)
#: Rooms whose pages could know of a pupil, and a pupil's own pages among them.
ROOMS = {
    *("accounts", "desk", "directives", "dossiers", "duplicates", "organisation", "oversight"),
    *("ownfile", "people", "reorganisation", "reports", "rulebook", "accompaniment", "classes"),
    *("forecast", "handover", "indicators", "meetings", "papers", "pool", "promotion"),
}
OWN = {
    *("people:join", "people:decline", "people:stop", "dossiers:own", "ownfile:rights"),
    *("ownfile:correct", "ownfile:delete", "ownfile:copy_json", "ownfile:copy_xlsx"),
}
NAME = "Phùng Thị Ngọc Huyền Trân"
#: Tokens, and words a form begins with anew each time.
_ONCE = re.compile(rb"[\w-]{28,}")


def seen(world: World) -> dict[tuple[str, str], bytes]:
    """Return every page and every file the staff can open, as they are now."""
    opened, found = written(), {}
    for name, holes in addresses():
        if name.split(":")[0] not in ROOMS or ("code" in holes and name in OWN):
            continue
        path = world.address(name, holes)
        for role in STAFF:
            if opened.get((name, "GET"), {}).get(role.value) == "x":
                answer = world.ask(role.value, "GET", path)
                found[name, role.value] = _ONCE.sub(b"", body(answer))
    return found


def rows(world: World) -> dict[tuple[str, str], list[tuple[object, ...]]]:
    """Return every row of a pupil the database gives the staff, whatever they ask."""
    tables = ("people_invitation", "people_person", "people_nameword", "people_consent")
    found = {}
    for role in (Role.SECRETARY, Role.UNION, Role.COMMITTEE):
        user = world.people[role.value]
        assert user is not None
        reach = factory.actor(user, WRITTEN).reach
        for table in (*tables, "people_aside", "dossiers_dossier", "ownfile_request"):
            with wall.looking(reach.way, reach.settings), connection.cursor() as cursor:
                cursor.execute(f"SELECT * FROM {table} ORDER BY id")  # noqa: S608 - names from above
                found[role.value, table] = cursor.fetchall()
    return found


def accepted(code: str) -> Person:
    return people.accept_invitation(
        code=code,
        full_name=NAME,
        birth_date=date(2006, 1, 1),
        union_member=True,
        lower_secondary=True,
        purposes=list(Purpose),
        at=factory.instant(WRITTEN, 9),
        on=WRITTEN,
        simulated=True,
    )


class Invited(World):
    """A world with a pupil who has a code and has not answered, and what everybody sees then."""

    def __init__(self) -> None:
        super().__init__()
        self.code = factory.invited(self.cast.school, on=WRITTEN, name=NAME)
        self.pages, self.told = seen(self), rows(self)


@pytest.fixture(scope="module")
def made(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Invited]:
    with pytest.MonkeyPatch.context() as patch:
        factory.freeze(patch, WRITTEN)
        with kept(django_db_blocker, Invited) as world:
            yield world


@pytest.fixture
def world(made: Invited, monkeypatch: pytest.MonkeyPatch) -> Invited:
    factory.freeze(monkeypatch, WRITTEN)
    return made


class TestStopping:
    def test_leaves_every_page_and_file_as_if_nobody_had_answered(self, world: Invited) -> None:
        code, pages, told = world.code, world.pages, world.told
        assert any(NAME.encode() in page for page in pages.values())  # on the list of invitations
        person = accepted(code)
        assert rows(world) != told
        factory.stopped(person, on=WRITTEN)
        after = seen(world)
        assert {key for key in pages if after.get(key) != pages[key]} == set()
        assert sorted(after) == sorted(pages)
        assert rows(world) == told

    def test_leaves_no_trace_of_a_dossier_either(self, world: Invited) -> None:
        code, pages, told = world.code, world.pages, world.told
        person = accepted(code)
        dossier = factory.walk_to(Step.SOURCED, world.cast, begins=WRITTEN, person=person)
        factory.stopped(person, on=WRITTEN)
        assert seen(world) == pages
        assert rows(world) == told
        for role in STAFF:
            for number in (dossier.pk, 10**9):
                path = reverse("dossiers:road", args=[number])
                assert world.ask(role.value, "GET", path).status_code == 404

    def test_lets_the_place_end_like_one_nobody_answered(
        self, world: Invited, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        silent = factory.invited(world.cast.school, on=WRITTEN, name="Nông Thị Lặng")
        factory.stopped(accepted(world.code), on=WRITTEN)
        later = WRITTEN + timedelta(days=31)
        factory.freeze(monkeypatch, later)
        page = body(world.ask("union", "GET", reverse("dossiers:cohort"))).decode()
        assert NAME not in page
        assert "Nông Thị Lặng" not in page
        people.forget_over(on=later, at=factory.instant(later))
        left = Invitation.objects.filter(expires_date__lt=later)
        assert not left.exclude(invited_name="").exists()
        for one in (silent, world.code):
            place = left.get(code_digest=digest_of(one))
            assert (place.invited_name, place.answered_at) == ("", None)
            assert Client().get(reverse("people:join", args=[one])).status_code in {302, 404}

    def test_tells_nothing_by_a_figure_of_the_report(self, world: Invited) -> None:
        """A figure counts what was done; who is named behind it is never counted."""
        report = world.fills["report_id"]
        path = reverse("reports:figure", args=[report, "listed"])
        listed = Person.objects.filter(dossier__acts__step=Step.LISTED.value).distinct()
        before = body(world.ask("secretary", "GET", path)).decode()
        gone = [person for person in listed if person.full_name in before]
        assert gone
        for person in gone:
            factory.stopped(person, on=WRITTEN)
        after = body(world.ask("secretary", "GET", path)).decode()
        assert not any(person.full_name in after for person in gone)
        assert "dừng" not in after


class TestDeclining:
    def test_writes_nothing_and_shows_the_same_pages(self, world: Invited) -> None:
        code, pages, lines = world.code, world.pages, Event.objects.count()
        kept = list(Invitation.objects.order_by("id").values())
        join = Client().get(reverse("people:join", args=[code])).content.decode()
        decline = reverse("people:decline", args=[code])
        assert f'href="{decline}"' in join
        assert "Em không tham gia" in join
        assert "Không có gì được lưu" in Client().get(decline).content.decode()
        assert list(Invitation.objects.order_by("id").values()) == kept
        assert Event.objects.count() == lines
        assert seen(world) == pages

    def test_can_be_thought_over_until_the_last_day(self, world: Invited) -> None:
        code = world.code
        Client().get(reverse("people:decline", args=[code]))
        assert Client().get(reverse("people:join", args=[code])).status_code == 200
        assert accepted(code).full_name == NAME

    def test_is_not_there_behind_a_code_that_opens_nothing(self, world: Invited) -> None:
        assert Client().get(reverse("people:decline", args=["AAAAABBBBB"])).status_code == 404
