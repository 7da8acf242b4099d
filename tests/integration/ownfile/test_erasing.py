"""Who stopped is erased when the day has come; what was done stays as it was counted."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from django.core import serializers
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from donghanh.accompaniment.actions import answer_note
from donghanh.amendments import queries as amendments
from donghanh.domain import indicators
from donghanh.domain.acts import Step
from donghanh.domain.calendar import SchoolYear
from donghanh.dossiers import actions as dossiers
from donghanh.dossiers import queries as roads
from donghanh.dossiers.models import Act, Dossier
from donghanh.history.models import Event
from donghanh.ownfile import actions, queries
from donghanh.people.models import Consent, Invitation, NameWord, Person
from tests import chain, factory
from tests.factory import Cast
from tests.integration.accompaniment import walking
from tests.integration.ownfile.test_every_column import GONE, about_pupils
from tests.integration.pool import rating
from tests.integration.walls import files

pytestmark = pytest.mark.django_db

#: Under the law: stopping in May 2026 is erased by June.
BEGINS = date(2025, 9, 8)
STOPPED = date(2026, 5, 4)
LAST = STOPPED + timedelta(days=20)
NAME = "Phùng Thị Ngọc Huyền Trân"


@pytest.fixture
def cast() -> Cast:
    return factory.cast()


def stopped(cast: Cast, last: Step = Step.ADMITTED, name: str = NAME) -> Dossier:
    person = factory.agreed_pupil(cast.school, on=BEGINS - timedelta(days=2), name=name)
    dossier = factory.walk_to(last, cast, begins=BEGINS, person=person)
    factory.stopped(person, on=STOPPED)
    return dossier


def purge(on: date = LAST) -> int:
    return actions.purge(at=factory.instant(on), today=on)


def everything() -> str:
    """Return every row of every table of the product, as text."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class"
            " WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
        )
        found = []
        for (table,) in cursor.fetchall():
            cursor.execute(f"SELECT to_jsonb(one)::text FROM {table} AS one")  # noqa: S608 - the catalogue's own
            found += [row[0] for row in cursor.fetchall()]
    return "\n".join(found)


def figures(school_id: int) -> bytes:
    """Return every figure of the years there were, with the cases behind each."""
    book = amendments.current()
    found = roads.roads_of_school(school_id, LAST + timedelta(days=1))
    told = {}
    for key in ("2025-2026",):
        year = SchoolYear.from_key(key)
        for cutoff in (date(2026, 1, 31), year.last_day):
            for one in indicators.load(book):
                told[f"{one.code} {cutoff}"] = indicators.count(one, found, year, cutoff).cases
    return json.dumps(told, sort_keys=True).encode()


class TestPurge:
    @pytest.mark.parametrize(
        ("on", "erased"), [(LAST - timedelta(days=1), 0), (LAST, 1), (LAST + timedelta(days=9), 1)]
    )
    def test_begins_on_the_last_day(self, cast: Cast, on: date, erased: int) -> None:
        stopped(cast, Step.SOURCED)
        assert purge(on) == erased

    def test_leaves_nothing_that_tells_who_it_was(self, cast: Cast) -> None:
        dossier = stopped(cast, Step.SOURCED)
        person = dossier.person
        account, born = person.user.username, person.birth_date
        assert NAME in everything()
        assert purge() == 1
        left = everything()
        for word in (NAME, "phung", "huyen tran", account):
            assert word not in left
        person.refresh_from_db()
        assert (person.full_name, person.search_key, person.sort_key) == ("", "", "")
        assert (person.class_name, person.invitation, person.erased_date) == ("", None, LAST)
        assert person.birth_date == date(born.year, 1, 1)
        assert not NameWord.objects.filter(person=person).exists()
        person.user.refresh_from_db()
        assert not person.user.is_active

    def test_keeps_acts_consents_and_history_by_number(self, cast: Cast) -> None:
        dossier = stopped(cast)
        acts = serializers.serialize("json", dossier.acts.order_by("number"))
        given = list(Consent.objects.order_by("id").values())
        lines = list(Event.objects.order_by("id").values())
        purge()
        assert (
            serializers.serialize("json", Act.objects.filter(dossier=dossier).order_by("number"))
            == acts
        )
        assert list(Consent.objects.order_by("id").values()) == given
        more = list(Event.objects.order_by("id").values())
        assert more[: len(lines)] == lines
        assert [one["action"] for one in more[len(lines) :]] == [
            "ownfile.erased",
            "people.names_forgotten",
        ]
        assert more[len(lines)]["facts"] == {}
        assert chain.holds()

    @pytest.mark.parametrize("last", [Step.SOURCED, Step.LISTED, Step.CELL_VOTED, Step.ADMITTED])
    def test_changes_no_figure_by_a_byte(self, cast: Cast, last: Step) -> None:
        stopped(cast, last)
        factory.walk_to(Step.LISTED, cast, begins=BEGINS)
        before = figures(cast.school.unit.pk)
        assert purge() == 1
        assert figures(cast.school.unit.pk) == before

    def test_forgets_the_reasons_written_beside_acts(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.LISTED, cast, begins=BEGINS)
        dossiers.void_act(
            actor=factory.actor(cast.secretary, STOPPED),
            dossier_id=dossier.pk,
            number=dossier.acts_recorded,
            seen=dossier.acts_recorded,
            reason="Em Trân nhờ ghi lại",
            at=factory.instant(STOPPED),
            today=STOPPED,
        )
        factory.stopped(dossier.person, on=STOPPED)
        purge()
        reasons = set(Act.objects.filter(dossier=dossier).values_list("reason", flat=True))
        assert reasons == {"", "—"}

    def test_lets_go_of_what_every_other_room_keeps(self, cast: Cast) -> None:
        one = walking.pair(cast)
        walking.done(one, answered=True)
        note = walking.noted(one)
        walking.commented(one)
        answer_note(code=one.code, note_id=note, text="Em cảm ơn cô.", once="mot", at=walking.AT)
        first = rating.rated(cast, one.dossier.person, today=walking.TODAY)
        rating.rated(
            cast,
            one.dossier.person,
            today=walking.TODAY,
            corrects=first.pk,
            reason="Ghi nhầm dòng",
        )
        school = cast.school
        files.about(one.dossier, school.cell, cast.base, cast.secretary, walking.TODAY)
        factory.stopped(one.dossier.person, on=STOPPED)
        assert purge() == 1
        kept = {
            model._meta.db_table: model._default_manager.count()
            for model in about_pupils()
            if model._meta.db_table in GONE
        }
        assert kept == dict.fromkeys(GONE, 0)
        left = everything()
        for word in ("Đã học cùng bạn", "Hai cô trò", "lao động của lớp", "Đảng ủy xã (mô phỏng)"):
            assert word not in left
        assert chain.holds()

    def test_is_done_once(self, cast: Cast) -> None:
        stopped(cast, Step.SOURCED)
        assert purge() == 1
        lines = Event.objects.count()
        assert purge(LAST + timedelta(days=1)) == 0
        assert Event.objects.count() == lines

    def test_goes_on_where_it_was_stopped(
        self, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for number in range(3):
            stopped(cast, Step.SOURCED, name=f"{NAME} {'ABC'[number]}")
        first, second, _third = queries.erasable(LAST)
        assert actions.erase(person_id=first, at=factory.instant(LAST), today=LAST)
        with pytest.raises(KeyboardInterrupt), transaction.atomic():
            actions.erase(person_id=second, at=factory.instant(LAST), today=LAST)
            raise KeyboardInterrupt
        assert Person.objects.filter(erased_date=None, pk=second).exists()
        assert purge() == 2
        assert not Person.objects.filter(full_name__startswith=NAME).exists()

    def test_touches_nobody_who_takes_part(self, cast: Cast) -> None:
        walking = factory.walk_to(Step.LISTED, cast, begins=BEGINS)
        before = Person.objects.filter(pk=walking.person_id).values().get()
        assert purge() == 0
        assert not actions.erase(person_id=walking.person_id, at=factory.instant(LAST), today=LAST)
        assert Person.objects.filter(pk=walking.person_id).values().get() == before

    def test_keeps_a_day_of_the_year_by_which_what_was_too_young_stays_so(self, cast: Cast) -> None:
        vote = BEGINS + timedelta(days=factory.OFFSETS[Step.CELL_VOTED])
        born = factory.turns_eighteen(vote)
        person = factory.agreed_pupil(cast.school, on=BEGINS - timedelta(days=2), born=born)
        factory.walk_to(Step.CELL_VOTED, cast, begins=BEGINS, person=person)
        late = born + timedelta(days=10)  # by this day the vote came too early
        Person.objects.filter(pk=person.pk).update(birth_date=late)
        factory.stopped(person, on=STOPPED)
        before = figures(cast.school.unit.pk)
        purge()
        person.refresh_from_db()
        assert person.birth_date == date(born.year, 12, 31)
        assert figures(cast.school.unit.pk) == before

    def test_kills_the_slip_once_the_place_has_ended(self, cast: Cast) -> None:
        code = factory.invited(cast.school, on=STOPPED, name=NAME)
        assert Client().get(reverse("dossiers:own", args=[code])).status_code == 404
        stopped(cast, Step.SOURCED)
        purge()
        erased = Person.objects.get(erased_date=LAST)
        assert erased.invitation_id is None
        assert not Invitation.objects.filter(person=erased).exists()


class TestDatabase:
    def test_lets_no_reason_of_an_act_go_while_the_pupil_is_named(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.LISTED, cast, begins=BEGINS)
        with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
            Act.objects.filter(dossier=dossier).update(reason="—")

    def test_lets_nothing_else_of_an_act_go_ever(self, cast: Cast) -> None:
        dossier = stopped(cast, Step.SOURCED)
        purge()
        for change in ({"paper_number": "x"}, {"reason": "x"}, {"on_date": LAST}):
            with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
                Act.objects.filter(dossier=dossier).update(**change)

    def test_refuses_a_record_half_erased(self, cast: Cast) -> None:
        dossier = stopped(cast, Step.SOURCED)
        with pytest.raises(IntegrityError), transaction.atomic():
            Person.objects.filter(pk=dossier.person_id).update(full_name="", search_key="")
        with pytest.raises(IntegrityError), transaction.atomic():
            Person.objects.filter(pk=dossier.person_id).update(erased_date=LAST)
