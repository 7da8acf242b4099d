"""Every address, asked by every role: who gets an answer stands in a table written by hand."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from copy import deepcopy
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from pytest_django import DjangoDbBlocker

from donghanh.accounts import actions as members
from donghanh.accounts import models as accounts
from donghanh.accounts.models import User
from donghanh.domain.acts import Step
from donghanh.domain.consent import Purpose
from donghanh.domain.requests import Kind
from donghanh.domain.rights import Role
from donghanh.dossiers import actions as dossiers
from donghanh.oversight import actions as oversight
from donghanh.ownfile import actions as ownfile
from donghanh.people import actions as people
from donghanh.people import queries as records
from donghanh.people.models import Invitation
from donghanh.reports import actions as reports
from tests import factory
from tests.integration.config import files, filling
from tests.integration.reports import reporting
from tests.integration.reports.reporting import WRITTEN, YEAR
from tests.integration.rulebook import changing
from tests.kept import kept

TABLE = Path(__file__).parents[2] / "rights" / "addresses.csv"
METHODS = ("GET", "POST")
#: What an address is nothing without.
ASKED = {"rulebook:check": "?noi=central&tu=2026-07-26"}
#: What everybody may ask for, told apart by nothing.
NOWHERE = "/khong-co-trang-nay/"
_TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]*"')

pytestmark = pytest.mark.django_db


def addresses(found: list[Any] | None = None, space: str = "") -> Iterator[tuple[str, list[str]]]:
    """Yield every address that has a name, with the names of what it is filled with."""
    for each in get_resolver().url_patterns if found is None else found:
        if isinstance(each, URLResolver):
            inner = f"{space}{each.namespace}:" if each.namespace else space
            yield from addresses(each.url_patterns, inner)
        elif isinstance(each, URLPattern):
            yield f"{space}{each.name}", list(each.pattern.converters)


class World:
    """One cast in one school year, with one of each thing that has an address of its own."""

    def __init__(self) -> None:
        here = reporting.season(roads=(Step.ADMITTED,))
        self.cast = here.cast
        cast = here.cast
        helper = factory.holder("giupdo", "Hà Thị Sen", cast.school.cell, Role.HELPER)
        begins = WRITTEN - timedelta(days=60)
        dossier = factory.walk_to(Step.INTRODUCED, cast, begins=begins)
        listed = begins + timedelta(days=factory.OFFSETS[Step.LISTED])
        new = dossiers.NewAct(step=Step.LISTED, on=listed, helper_id=helper.pk)
        factory.record(cast.secretary, dossier, new)
        dossier.refresh_from_db()
        person = factory.agreed_pupil(cast.school, on=WRITTEN - timedelta(days=3))
        code = factory.invited(cast.school, on=WRITTEN - timedelta(days=3))
        mine = factory.invited(cast.school, on=WRITTEN - timedelta(days=3))
        people.accept_invitation(
            code=mine,
            full_name="Bùi Thị Ấm",
            birth_date=date(2006, 1, 1),
            union_member=True,
            lower_secondary=True,
            purposes=list(Purpose),
            at=factory.instant(WRITTEN - timedelta(days=2)),
            on=WRITTEN - timedelta(days=2),
            simulated=True,
        )
        asked = ownfile.ask(
            code=mine, kind=Kind.ACCESS, at=factory.instant(WRITTEN - timedelta(days=1)), on=WRITTEN
        )
        decision = filling.told_apart(cast)
        reporting.accepted(here, neighbour=True)
        report = reporting.sent(here)
        made = reports.consolidate(
            actor=here.officer, school_year=YEAR, at=factory.instant(WRITTEN), on=WRITTEN
        )
        amendment = changing.kept(cast)
        task = here.task
        board = factory.holder("tochuc", "Lương Kim Oanh", cast.competent, Role.BOARD)
        opening = oversight.open_cases(
            actor=factory.actor(board, WRITTEN),
            school_id=cast.school.unit.pk,
            dossier_id=None,
            reason="Phải xem trước cuộc họp",
            password=factory.PASSWORD,
            at=factory.instant(WRITTEN, 13),
            today=WRITTEN,
        )
        word = members.invite_member(
            actor=factory.actor(cast.administrator, WRITTEN),
            username="thu.moi",
            name="Lường Thị Thu",
            email="",
            unit_id=None,
            role=None,
            at=factory.instant(WRITTEN, 12),
        )
        closed, ahead = filling.two_meetings(cast, dossier.pk)
        self.fills: dict[str, Any] = {
            "opening_id": opening.pk,
            "meeting_id": ahead.pk,
            "meetings:paper meeting_id": closed.pk,
            "item_id": ahead.items.get().pk,
            "slug": "bien-ban",
            "meetings:register name": "du-bi",
            "dossier_id": dossier.pk,
            "person_id": person.pk,
            "directive_id": task.recipient.directive_id,
            "task_id": task.pk,
            "report_id": report.pk,
            "consolidation_id": made.consolidation.pk,
            "school_year": YEAR,
            "step": Step.CHALLENGED.value,
            "page": "road",
            "name": "vote.cell",
            "rulebook:check name": "admission.ceremony",
            "dossiers:void number": dossier.acts_recorded,
            "rulebook: number": amendment.number,
            "rulebook: code": Step.LISTED.value,
            "reports: code": "listed",
            "targets: code": "admitted",
            "unit_id": cast.school.unit.pk,
            "indicators: code": "listed",
            "unit": cast.school.unit.pk,
            "way": str(cast.department.pk),
            "reorganisation: unit": cast.department.pk,
            "reorganisation: what": "rename",
            "reorganisation: number": filling.renamed(cast),
            "word": word,
            "provider_id": "khong-co",
            "session_id": 10**9,
            "invitation_id": accounts.AccountInvitation.objects.get().pk,
            "user_id": cast.officer.pk,
            "pk": 10**9,
            "delegation_id": filling.signed_for(cast),
            "people: code": code,
            "people: invitation_id": Invitation.objects.get(code_digest=records.digest_of(code)).pk,
            "ownfile: code": mine,
            "request_id": asked.pk,
            "decision_id": decision,
            "promotion_id": filling.moved_up(cast),
            "people:stop code": mine,
            "dossiers: code": mine,
            "pool: code": mine,
            **filling.practised(cast),
            **filling.campaigned(cast),
            **filling.drafted(cast),
            **filling.voiced(cast),
            **filling.told_in_the_news(cast, mine),
            **filling.pictured(cast),
            **filling.opened(cast),
            **filling.accompanied(cast, dossier, helper),
            **files.fills(cast, dossier, WRITTEN),
        }
        own = factory.account("em.pupil", "Nguyễn Hải Nam")
        factory.post(own, cast.school.unit, Role.PUPIL)
        self.people: dict[str, User | None] = {
            Role.OFFICER.value: cast.officer,
            Role.LEADER.value: cast.leader,
            Role.SECRETARY.value: cast.secretary,
            Role.UNION.value: cast.union,
            Role.COMMITTEE.value: cast.committee,
            Role.BOARD.value: board,
            Role.UPPER_UNION.value: cast.upper_unionist,
            Role.HELPER.value: helper,
            Role.CLASS_UNION.value: factory.holder("cd", "Vy", cast.school.youth, Role.CLASS_UNION),
            Role.CLUB_LEADER.value: factory.holder("clb", "Lò", cast.school.unit, Role.CLUB_LEADER),
            Role.TRAINING_CENTRE.value: factory.holder(
                "tt", "Thuận", cast.competent, Role.TRAINING_CENTRE
            ),
            Role.PUPIL.value: own,
            Role.ADMINISTRATOR.value: cast.administrator,
            Role.AUDITOR.value: factory.holder("kt", "Phúc", cast.department, Role.AUDITOR),
            "neighbour": cast.outsider,
            "neighbour helper": factory.holder("xa", "Lý Xa", cast.neighbour.cell, Role.HELPER),
            "no post": factory.account("khong.chucvu", "Ngô Văn Không"),
            "nobody": None,
        }
        self.clients = {
            who: Client() if user is None else factory.signed_in(user)
            for who, user in self.people.items()
        }

    def address(self, name: str, holes: list[str], **other: Any) -> str:
        """Fill an address; the value of a hole may depend on the room, or on the page."""
        room = name.split(":")[0]
        keys = {hole: (f"{name} {hole}", f"{room}: {hole}", hole) for hole in holes}
        filled = {
            hole: next(self.fills[key] for key in tried if key in self.fills)
            for hole, tried in keys.items()
        }
        return reverse(name, kwargs=filled | other) + ASKED.get(name, "")

    def ask(self, who: str, method: str, path: str) -> HttpResponseBase:
        """Ask for an address, and take back what it writes."""
        client = self.clients[who]
        kept = deepcopy(client.cookies)
        try:
            with transaction.atomic():
                answer = client.get(path) if method == "GET" else client.post(path, {})
                raise _Back(answer)
        except _Back as back:
            client.cookies = kept  # signing out takes the cookie away, too
            return back.answer


class _Back(Exception):
    def __init__(self, answer: HttpResponseBase) -> None:
        super().__init__()
        self.answer = answer


def told(answer: HttpResponseBase) -> str:
    """Return the letter of an answer: x, – as for what is not there, → to sign in, or blank."""
    if answer.status_code == 405:
        return ""
    if answer.status_code == 404:
        return "–"
    if answer.status_code == 302 and answer["Location"].startswith("/dang-nhap"):
        return "→"
    assert answer.status_code in {200, 302, 409, 422}, answer.status_code
    return "x"


def written() -> dict[tuple[str, str], dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    return {(one.pop("address"), one.pop("method")): one for one in lines}


@pytest.fixture(scope="module")
def made(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    with pytest.MonkeyPatch.context() as patch:
        factory.freeze(patch, WRITTEN)
        with kept(django_db_blocker, World) as world:
            yield world


@pytest.fixture
def world(made: World, monkeypatch: pytest.MonkeyPatch) -> World:
    factory.freeze(monkeypatch, WRITTEN)
    return made


def body(answer: HttpResponseBase) -> bytes:
    return _TOKEN.sub(b"", getattr(answer, "content", b""))


class TestAddresses:
    def test_answer_whom_the_table_says_and_everybody_else_as_if_there_were_nothing(
        self, world: World
    ) -> None:
        nothing = {who: body(world.ask(who, "GET", NOWHERE)) for who in world.people}
        expected, seen, unlike = written(), {}, []
        for name, holes in addresses():
            path = world.address(name, holes)
            for method in METHODS:
                answers = {who: world.ask(who, method, path) for who in world.people}
                letters = {who: told(answer) for who, answer in answers.items()}
                if set(letters.values()) == {""}:
                    continue  # the address does not take this method from anybody
                seen[name, method] = letters
                unlike += [
                    (name, method, who)
                    for who, answer in answers.items()
                    if letters[who] == "–" and body(answer) != nothing[who]
                ]
        wrong = [
            (key, who, expected.get(key, {}).get(who), letter)
            for key, letters in seen.items()
            for who, letter in letters.items()
            if expected.get(key, {}).get(who) != letter
        ]
        assert wrong == []
        assert sorted(expected) == sorted(seen)  # no line for what is no longer there
        assert unlike == []

    def test_answer_an_unknown_number_as_they_answer_a_forbidden_one(self, world: World) -> None:
        numbered = (
            *("dossier_id", "person_id", "directive_id", "task_id", "report_id", "opening_id"),
            *("meeting_id", "item_id", "practice_id", "article_id", "picture_id"),
            *("campaign_id", "joining_id"),
            *("request_id", "decision_id", "promotion_id", "publication_id"),
        )
        for name, holes in addresses():
            hole = next((hole for hole in holes if hole in numbered), None)
            if hole is None:
                continue
            for who in (Role.SECRETARY.value, Role.OFFICER.value, Role.HELPER.value, "neighbour"):
                for method in METHODS:
                    gone = world.ask(who, method, world.address(name, holes, **{hole: 10**9}))
                    if gone.status_code == 405:
                        continue
                    assert gone.status_code == 404, (name, who, method)
                    other = world.ask(who, method, world.address(name, holes))
                    if other.status_code == 404:
                        assert body(other) == body(gone), (name, who, method)
                        assert dict(other.items()) == dict(gone.items()), (name, who, method)

    def test_have_a_line_of_the_table_each(self) -> None:
        today = {name for name, _ in addresses()}
        assert today == {name for name, _ in written()}
        assert date(2024, 6, 3) == WRITTEN  # the day the table was written for
