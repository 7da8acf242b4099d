"""The same pupil entered twice: found, decided by a person, undone exactly."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from donghanh.desk import queries as desk
from donghanh.domain.acts import Step
from donghanh.domain.authority import NotAllowed
from donghanh.domain.consent import Purpose
from donghanh.dossiers import queries as roads
from donghanh.dossiers.models import Act, Dossier
from donghanh.duplicates import actions, queries
from donghanh.duplicates.models import Decision
from donghanh.history.models import Event
from donghanh.organisation.models import Successor
from donghanh.people import actions as people
from donghanh.people.models import Aside, Consent, NameWord, Person
from tests import factory
from tests.factory import BEGINS, Cast, School

pytestmark = pytest.mark.django_db

ON = BEGINS["R1"]
BORN = date(2005, 9, 4)
TURNED = date(2005, 4, 9)


@pytest.fixture
def cast(monkeypatch: pytest.MonkeyPatch) -> Cast:
    factory.freeze(monkeypatch, ON)
    return factory.cast()


def pupil(
    cast: Cast, name: str, born: date = BORN, where: School | None = None, class_name: str = "12A1"
) -> Person:
    return factory.agreed_pupil(
        where or cast.school, on=ON, name=name, born=born, class_name=class_name
    )


def found(cast: Cast) -> list[tuple[int, int]]:
    return queries.pairs(factory.actor(cast.secretary, ON))


def join(cast: Cast, lead: Person, other: Person) -> None:
    actions.join(
        actor=factory.actor(cast.secretary, ON),
        lead_id=lead.pk,
        other_id=other.pk,
        at=factory.instant(ON),
    )


def undo(cast: Cast) -> None:
    actions.undo(
        actor=factory.actor(cast.secretary, ON),
        decision_id=Decision.objects.get(undone_at=None).pk,
        at=factory.instant(ON),
    )


def rows() -> list[object]:
    """Return the rows of the records and of all they hold."""
    return [
        list(Person.objects.order_by("id").values()),
        list(Dossier.objects.order_by("id").values()),
        list(Act.objects.order_by("id").values()),
        list(Consent.objects.order_by("id").values()),
    ]


class TestPairs:
    def test_are_found_by_name_without_marks_and_day_of_birth(self, cast: Cast) -> None:
        one = pupil(cast, "Đặng Thị Quý")
        two = pupil(cast, "Dang Thi Quy")
        pupil(cast, "Đặng Thị Quý", born=date(2005, 9, 5))
        pupil(cast, "Đặng Thị Quyên")
        assert found(cast) == [(one.pk, two.pk)]

    def test_are_found_with_day_and_month_turned(self, cast: Cast) -> None:
        one, two = pupil(cast, "Đặng Thị Quý"), pupil(cast, "Đặng Thị Quý", born=TURNED)
        pupil(cast, "Đặng Thị Quý", born=TURNED.replace(year=2006))
        assert found(cast) == [(one.pk, two.pk)]

    def test_are_not_found_across_schools(self, cast: Cast) -> None:
        pupil(cast, "Đặng Thị Quý")
        pupil(cast, "Đặng Thị Quý", where=cast.neighbour)
        assert found(cast) == []
        assert queries.pairs(factory.actor(cast.outsider, ON)) == []

    def test_are_found_where_one_school_carries_on_the_other(self, cast: Cast) -> None:
        """Whose reach holds both schools sees the pair, once one carries on the other."""
        one = pupil(cast, "Đặng Thị Quý")
        two = pupil(cast, "Dang Thi Quy", where=cast.neighbour)
        actor = factory.actor(cast.secretary, ON)
        wide = type(actor)(
            user_id=actor.user_id,
            name=actor.name,
            post=actor.post,
            schools=frozenset({cast.school.unit.pk, cast.neighbour.unit.pk}),
        )
        assert queries.pairs(wide) == []
        Successor.objects.create(
            before=cast.neighbour.unit, after=cast.school.unit, on_date=ON, how="merge"
        )
        assert queries.pairs(wide) == [(one.pk, two.pk)]

    def test_are_not_of_who_stopped(self, cast: Cast) -> None:
        pupil(cast, "Đặng Thị Quý")
        factory.stopped(pupil(cast, "Dang Thi Quy"), on=ON)
        assert found(cast) == []

    def test_are_found_by_one_statement(self, cast: Cast) -> None:
        for number in range(3):
            for name in ("Đặng Thị Quý", "Dang Thi Quy"):
                pupil(cast, name, born=date(2005, 9, 20 + number))
        with CaptureQueriesContext(connection) as told:
            assert len(found(cast)) == 3
        statements = [one for one in told if "people_person" in one["sql"]]
        assert len(statements) == 1

    @pytest.mark.parametrize("who", ["union", "committee", "officer", "upper_unionist"])
    def test_are_shown_to_the_secretary_alone(self, cast: Cast, who: str) -> None:
        with pytest.raises(NotAllowed):
            queries.pairs(factory.actor(getattr(cast, who), ON))


class TestJoin:
    def test_takes_the_other_out_of_lists_counts_and_searches(self, cast: Cast) -> None:
        one, two = pupil(cast, "Đặng Thị Quý"), pupil(cast, "Dang Thi Quy", class_name="12A9")
        factory.walk_to(Step.LISTED, cast, person=one)
        aside = factory.walk_to(Step.INTRODUCED, cast, person=two)
        join(cast, one, two)
        secretary = factory.actor(cast.secretary, ON)
        assert [walk.dossier.person_id for walk in roads.walks(secretary, ON)] == [one.pk]
        assert len(desk.search(secretary, "dang quy", ON).people) == 1
        school = cast.school.unit.pk
        assert aside.pk not in roads.roads_of_school(school, ON)
        assert not NameWord.objects.filter(person=two).exists()
        client = factory.signed_in(cast.secretary)
        assert client.get(reverse("dossiers:road", args=[aside.pk])).status_code == 404
        assert "12A9" not in client.get(reverse("dossiers:cohort")).content.decode()
        line = Event.objects.get(action="duplicates.put_aside")
        assert (line.subject_id, line.facts) == (one.pk, {"other": two.pk})

    def test_is_undone_exactly(self, cast: Cast) -> None:
        one, two = pupil(cast, "Đặng Thị Quý"), pupil(cast, "Dang Thi Quy")
        for person in (one, two):
            factory.walk_to(Step.LISTED, cast, person=person)
        before = rows()
        words = set(NameWord.objects.values_list("person", "word", "listed"))
        figures = set(roads.roads_of_school(cast.school.unit.pk, ON))
        join(cast, one, two)
        assert rows() != before
        undo(cast)
        assert rows() == before
        assert set(NameWord.objects.values_list("person", "word", "listed")) == words
        assert set(roads.roads_of_school(cast.school.unit.pk, ON)) == figures
        assert not Aside.objects.exists()
        assert found(cast) == [(one.pk, two.pk)]

    def test_happens_once_of_two_at_once(self, cast: Cast) -> None:
        one, two = pupil(cast, "Đặng Thị Quý"), pupil(cast, "Dang Thi Quy")
        join(cast, one, two)
        with pytest.raises(Person.DoesNotExist):
            join(cast, two, one)
        assert Decision.objects.count() == 1

    def test_is_refused_of_what_is_no_pair_or_out_of_reach(self, cast: Cast) -> None:
        one, two = pupil(cast, "Đặng Thị Quý"), pupil(cast, "Lê Văn Ân")
        with pytest.raises(actions.Decided):
            join(cast, one, two)
        with pytest.raises(Person.DoesNotExist):
            join(cast, one, pupil(cast, "Đặng Thị Quý", where=cast.neighbour))
        with pytest.raises(Person.DoesNotExist):
            join(cast, one, one)
        assert not Decision.objects.exists()

    def test_is_refused_of_one_that_leads_another(self, cast: Cast) -> None:
        one, two = pupil(cast, "Đặng Thị Quý"), pupil(cast, "Dang Thi Quy")
        three = pupil(cast, "ĐẶNG THỊ QUÝ")
        join(cast, one, two)
        with pytest.raises(actions.LeadsOthers):
            join(cast, three, one)
        join(cast, one, three)
        assert Aside.objects.filter(lead=one).count() == 2

    @pytest.mark.parametrize("stops", ["lead", "other"])
    def test_stops_both_when_the_pupil_stops_by_either(self, cast: Cast, stops: str) -> None:
        codes = {}
        persons = {}
        for which, name in (("lead", "Đặng Thị Quý"), ("other", "Dang Thi Quy")):
            codes[which] = factory.invited(cast.school, on=ON, name=name)
            persons[which] = people.accept_invitation(
                code=codes[which],
                full_name=name,
                birth_date=BORN,
                union_member=True,
                lower_secondary=True,
                purposes=list(Purpose),
                at=factory.instant(ON),
                on=ON,
                simulated=True,
            )
        join(cast, persons["lead"], persons["other"])
        answer = Client().post(reverse("people:stop", args=[codes[stops]]))
        assert answer.status_code == 302
        assert not Consent.objects.filter(withdrawn_at=None).exists()
        for which in ("lead", "other"):
            page = Client().get(reverse("dossiers:own", args=[codes[which]])).content.decode()
            assert "Em đã dừng lại" in page
        line = Event.objects.get(action="people.consent_withdrawn")
        assert line.facts == {"together": [persons["other" if stops == "lead" else "lead"].pk]}
        page = factory.signed_in(cast.secretary).get(reverse("duplicates:pairs")).content.decode()
        assert "Quý" not in page

    def test_does_not_come_back_to_who_has_stopped(self, cast: Cast) -> None:
        one, two = pupil(cast, "Đặng Thị Quý"), pupil(cast, "Dang Thi Quy")
        join(cast, one, two)
        factory.stopped(one, on=ON)
        with pytest.raises(Decision.DoesNotExist):
            undo(cast)
        assert not Person.objects.filter(agreed=True).exists()


class TestTellApart:
    def test_is_not_shown_again_until_undone(self, cast: Cast) -> None:
        one, two = pupil(cast, "Đặng Thị Quý"), pupil(cast, "Dang Thi Quy")
        client = factory.signed_in(cast.secretary)
        path = reverse("duplicates:tell_apart")
        assert client.post(path, {"lead": one.pk, "other": two.pk}).status_code == 302
        assert found(cast) == []
        assert Aside.objects.count() == 0
        page = client.get(reverse("duplicates:pairs")).content.decode()
        assert "Khác với bản ghi số" in page
        undo(cast)
        assert found(cast) == [(one.pk, two.pk)]
        assert Event.objects.filter(action="duplicates.undone").count() == 1


class TestPage:
    def test_shows_both_records_and_writes_down_whose(self, cast: Cast) -> None:
        one, two = pupil(cast, "Đặng Thị Quý"), pupil(cast, "Dang Thi Quy")
        client = factory.signed_in(cast.secretary)
        page = client.get(reverse("duplicates:pairs")).content.decode()
        assert "Đặng Thị Quý" in page
        assert "Dang Thi Quy" in page
        line = Event.objects.get(action="dossiers.list_seen")
        assert line.facts == {"list": "duplicates", "persons": [one.pk, two.pk]}

    def test_joins_and_undoes_through_the_pages(self, cast: Cast) -> None:
        one, two = pupil(cast, "Đặng Thị Quý"), pupil(cast, "Dang Thi Quy")
        client = factory.signed_in(cast.secretary)
        chosen = {"lead": two.pk, "other": one.pk}
        assert client.post(reverse("duplicates:join"), chosen).status_code == 302
        assert Aside.objects.get().person_id == one.pk
        number = Decision.objects.get().pk
        assert client.post(reverse("duplicates:undo", args=[number])).status_code == 302
        assert not Aside.objects.exists()
        assert client.post(reverse("duplicates:undo", args=[number])).status_code == 404

    @pytest.mark.parametrize(
        "typed", [{}, {"lead": "x", "other": "1"}, {"lead": 2**70, "other": 1}]
    )
    def test_answers_what_is_no_number_like_what_is_not_there(
        self, cast: Cast, typed: dict[str, object]
    ) -> None:
        client = factory.signed_in(cast.secretary)
        for name in ("duplicates:join", "duplicates:tell_apart"):
            assert client.post(reverse(name), typed).status_code == 404

    def test_is_nothing_to_the_neighbour(self, cast: Cast) -> None:
        one, two = pupil(cast, "Đặng Thị Quý"), pupil(cast, "Dang Thi Quy")
        client = factory.signed_in(cast.outsider)
        chosen = {"lead": one.pk, "other": two.pk}
        assert client.post(reverse("duplicates:join"), chosen).status_code == 404
        join(cast, one, two)
        number = Decision.objects.get().pk
        assert client.post(reverse("duplicates:undo", args=[number])).status_code == 404
        assert "Quý" not in client.get(reverse("duplicates:pairs")).content.decode()
