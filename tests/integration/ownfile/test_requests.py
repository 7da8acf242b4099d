"""A pupil asks about the own data; the school sees it in time and answers."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from donghanh.domain import consent, requests
from donghanh.domain.acts import Step
from donghanh.domain.authority import NotAllowed
from donghanh.domain.consent import NEEDED, Purpose
from donghanh.domain.requests import Datum, Kind, Outcome
from donghanh.dossiers.models import Dossier
from donghanh.history.models import Event
from donghanh.ownfile import actions, queries
from donghanh.ownfile.models import Request
from donghanh.people import actions as people
from donghanh.people import queries as records
from donghanh.people.models import NameWord, Person
from tests import factory
from tests.factory import Cast

pytestmark = pytest.mark.django_db

ON = date(2026, 3, 2)
NAME = "Phùng Thị Ngọc Huyền Trân"


@pytest.fixture
def cast(monkeypatch: pytest.MonkeyPatch) -> Cast:
    factory.freeze(monkeypatch, ON)
    return factory.cast()


def joined(cast: Cast, on: date = ON, **typed: object) -> str:
    """Let a pupil agree and return the code."""
    code = factory.invited(cast.school, on=on, name=NAME)
    answer = {
        "full_name": NAME,
        "birth_date": date(2008, 1, 5),
        "union_member": True,
        "lower_secondary": None,
        "purposes": list(Purpose),
        "at": factory.instant(on),
        "on": on,
        "simulated": True,
        **typed,
    }
    people.accept_invitation(code=code, **answer)  # type: ignore[arg-type]
    return code


def asked(code: str, kind: Kind = Kind.ACCESS, on: date = ON) -> Request:
    return actions.ask(code=code, kind=kind, at=factory.instant(on), on=on)


def corrected(code: str, **values: str) -> list[Request]:
    given = {Datum(name): value for name, value in values.items()}
    return actions.ask_correction(code=code, values=given, at=factory.instant(ON), on=ON)


def answer(
    cast: Cast, request: Request, outcome: Outcome = Outcome.DONE, sentence: str = ""
) -> None:
    actions.answer(
        actor=factory.actor(cast.union, ON),
        request_id=request.pk,
        outcome=outcome,
        sentence=sentence,
        at=factory.instant(ON, 12),
    )


def own(code: str) -> str:
    return Client().get(reverse("ownfile:rights", args=[code])).content.decode()


class TestAsk:
    @pytest.mark.parametrize("kind", [Kind.ACCESS, Kind.RESTRICT])
    def test_is_one_request_however_often_it_is_sent(self, cast: Cast, kind: Kind) -> None:
        code = joined(cast)
        path = reverse("ownfile:rights", args=[code])
        for _ in range(2):
            assert Client().post(path, {"kind": kind.value}).status_code == 302
        request = Request.objects.get()
        assert (request.kind, request.outcome, request.asked_date) == (kind, "", ON)
        line = Event.objects.get(action="ownfile.asked")
        assert line.actor == request.person.user
        assert line.facts == {"kind": kind.value, "person": request.person_id}

    def test_is_shown_with_its_last_day_and_its_rule_unsettled(self, cast: Cast) -> None:
        code = joined(cast)
        asked(code)
        page = own(code)
        assert "12/3/2026" in page  # 2 + 10 days
        assert "356/2025/NĐ-CP" in page
        assert "cần đối chiếu văn bản gốc" in page

    def test_refuses_an_unknown_kind_and_keeps_nothing(self, cast: Cast) -> None:
        code = joined(cast)
        for kind in ("delete", "rectify", "everything", ""):
            answer = Client().post(reverse("ownfile:rights", args=[code]), {"kind": kind})
            assert answer.status_code == 422
        assert not Request.objects.exists()

    def test_refuses_who_has_stopped(self, cast: Cast) -> None:
        code = joined(cast)
        people.withdraw_with_code(code=code, at=factory.instant(ON), on=ON)
        with pytest.raises(actions.Stopped):
            asked(code)
        assert (
            Client().post(reverse("ownfile:rights", args=[code]), {"kind": "access"}).status_code
            == 422
        )

    def test_is_taken_back(self, cast: Cast) -> None:
        code = joined(cast)
        request = asked(code)
        path = reverse("ownfile:take_back", args=[code])
        for _ in range(2):
            assert Client().post(path, {"request": request.pk}).status_code == 302
        request.refresh_from_db()
        assert request.outcome == Outcome.TAKEN_BACK
        assert Event.objects.filter(action="ownfile.taken_back").count() == 1
        assert queries.open_for(factory.actor(cast.union, ON)) == []

    def test_of_another_is_not_there(self, cast: Cast) -> None:
        mine, theirs = joined(cast), joined(cast)
        request = asked(theirs)
        path = reverse("ownfile:take_back", args=[mine])
        for number in (request.pk, 10**9, "x", ""):
            assert Client().post(path, {"request": number}).status_code == 404
        request.refresh_from_db()
        assert request.outcome == ""


class TestCorrection:
    def test_asks_for_what_changes_and_nothing_else(self, cast: Cast) -> None:
        code = joined(cast)
        typed = {
            "full_name": f" {NAME}  Anh",
            "birth_date": "05/01/2008",
            "class_name": "12a2",
            "union_member": "yes",
            "lower_secondary": "",
        }
        answer = Client().post(reverse("ownfile:correct", args=[code]), typed)
        assert answer.status_code == 302
        told = set(Request.objects.values_list("datum", "value"))
        assert told == {("full_name", f"{NAME} Anh"), ("class_name", "12A2")}
        facts = str(list(Event.objects.filter(action="ownfile.asked").values_list("facts")))
        assert "Anh" not in facts
        assert "12A2" not in facts

    def test_confirmed_stands_in_the_record_with_its_keys_and_words(self, cast: Cast) -> None:
        code = joined(cast)
        (request,) = corrected(code, full_name="Lê Thị Đào")
        answer(cast, request)
        person = Person.objects.get()
        assert (person.full_name, person.search_key) == ("Lê Thị Đào", "le thi dao")
        words = set(NameWord.objects.values_list("word", flat=True))
        assert words == {"le", "thi", "dao"}
        line = Event.objects.get(action="ownfile.answered")
        assert line.facts == {
            "kind": "rectify",
            "person": person.pk,
            "datum": "full_name",
            "outcome": "done",
        }

    def test_declined_changes_nothing_and_says_why(self, cast: Cast) -> None:
        code = joined(cast)
        (request,) = corrected(code, birth_date="2008-05-01")
        with pytest.raises(actions.SentenceMissing):
            answer(cast, request, Outcome.DECLINED, "  ")
        answer(cast, request, Outcome.DECLINED, "Giấy khai sinh ghi ngày 05/01/2008.")
        assert Person.objects.get().birth_date == date(2008, 1, 5)
        assert "Giấy khai sinh ghi ngày 05/01/2008." in own(code)

    def test_sent_again_with_another_value_is_the_same_request(self, cast: Cast) -> None:
        code = joined(cast)
        first = corrected(code, class_name="12A2")
        second = corrected(code, class_name="12A3")
        assert [one.pk for one in first] == [one.pk for one in second]
        assert Request.objects.get().value == "12A3"

    @pytest.mark.parametrize(
        ("values", "kind"),
        [
            ({"full_name": "A" * 300}, requests.DatumUnreadable),
            ({"full_name": " - "}, consent.NameMissing),
            ({"birth_date": "1900-01-01"}, consent.BirthImplausible),
            ({"birth_date": "hôm qua"}, requests.DatumUnreadable),
            ({"full_name": NAME}, actions.NothingChanges),
        ],
    )
    def test_refuses_what_cannot_be_and_keeps_nothing(
        self, cast: Cast, values: dict[str, str], kind: type[Exception]
    ) -> None:
        code = joined(cast)
        with pytest.raises(kind):
            corrected(code, **values)
        assert not Request.objects.exists()

    @pytest.mark.parametrize(
        ("name", "value"),
        [("full_name", "A" * 300), ("birth_date", "01/01/1900"), ("union_member", "maybe")],
    )
    def test_says_on_the_page_what_cannot_be(self, cast: Cast, name: str, value: str) -> None:
        code = joined(cast)
        typed = {"full_name": NAME, "birth_date": "05/01/2008", "class_name": "12A1"}
        answer = Client().post(reverse("ownfile:correct", args=[code]), typed | {name: value})
        assert answer.status_code == 422
        assert 'role="alert"' in answer.content.decode()
        assert not Request.objects.exists()

    def test_of_the_day_of_birth_tells_what_it_does_to_the_road(
        self, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        begins = date(2025, 9, 8)
        vote = begins + timedelta(days=factory.OFFSETS[Step.CELL_VOTED])
        born = factory.turns_eighteen(vote)
        code = joined(cast, on=begins - timedelta(days=2), birth_date=born)
        person = Person.objects.get()
        factory.walk_to(Step.CELL_VOTED, cast, begins=begins, person=person)
        late = born + timedelta(days=3)
        (request,) = corrected(code, birth_date=late.isoformat())
        page = queries.request_page(factory.actor(cast.secretary, ON), request.pk, ON)
        assert len(page.consequences) == 2
        assert "chưa đủ tuổi" in " ".join(page.consequences)
        assert Dossier.objects.get().person.birth_date == born  # told, not done


class TestAnswering:
    def test_falls_to_the_union_before_the_list_and_to_the_secretary_from_it(
        self, cast: Cast
    ) -> None:
        code = joined(cast)
        asked(code)
        union, secretary = factory.actor(cast.union, ON), factory.actor(cast.secretary, ON)
        assert len(queries.open_for(union)) == 1
        assert queries.open_for(secretary) == []
        begins = date(2025, 9, 8)
        code = joined(cast, on=begins - timedelta(days=2))
        person = records.own_record(code)
        factory.walk_to(Step.LISTED, cast, begins=begins, person=person)
        asked(code)
        assert [one.person for one in queries.open_for(secretary)] == [person]
        assert len(queries.open_for(union)) == 1

    def test_stands_on_the_desk_without_a_name(self, cast: Cast) -> None:
        asked(joined(cast))
        page = factory.signed_in(cast.union).get("/").content.decode()
        assert "Một em học sinh đề nghị" in page
        assert NAME not in page
        assert (
            "Một em học sinh đề nghị"
            not in factory.signed_in(cast.outsider).get("/").content.decode()
        )

    def test_acknowledged_is_seen_by_the_pupil(self, cast: Cast) -> None:
        code = joined(cast)
        request = asked(code)
        client = factory.signed_in(cast.union)
        for _ in range(2):
            assert client.post(reverse("ownfile:acknowledge", args=[request.pk])).status_code == 302
        assert Event.objects.filter(action="ownfile.acknowledged").count() == 1
        assert "đã nhận" in own(code)

    def test_is_given_more_time_once(self, cast: Cast) -> None:
        request = asked(joined(cast), Kind.RESTRICT)
        actor = factory.actor(cast.union, ON)
        actions.extend(actor=actor, request_id=request.pk, at=factory.instant(ON))
        request.refresh_from_db()
        assert queries.due_of(request).last_day == ON + timedelta(days=30)
        with pytest.raises(actions.NoExtension):
            actions.extend(actor=actor, request_id=request.pk, at=factory.instant(ON))

    def test_is_given_no_time_no_rule_gives(self, cast: Cast) -> None:
        request = asked(joined(cast))
        with pytest.raises(actions.NoExtension):
            actions.extend(
                actor=factory.actor(cast.union, ON), request_id=request.pk, at=factory.instant(ON)
            )

    def test_a_second_time_is_refused_and_changes_nothing(self, cast: Cast) -> None:
        request = asked(joined(cast))
        answer(cast, request)
        lines = Event.objects.count()
        with pytest.raises(actions.NotOpen):
            answer(cast, request, Outcome.DECLINED, "Không được.")
        typed = {"outcome": "declined", "sentence": "Không được."}
        path = reverse("ownfile:request", args=[request.pk])
        assert factory.signed_in(cast.union).post(path, typed).status_code == 409
        request.refresh_from_db()
        assert (request.outcome, request.sentence) == ("done", "")
        assert Event.objects.exclude(action="dossiers.list_seen").count() == lines

    def test_of_what_was_changed_meanwhile_is_refused(self, cast: Cast) -> None:
        code = joined(cast)
        (request,) = corrected(code, class_name="12A2")
        Request.objects.filter(pk=request.pk).update(value="12A3")
        actor = factory.actor(cast.union, ON)
        page = queries.request_page(actor, request.pk, ON)
        assert page.row.value == "12A3"

    @pytest.mark.parametrize("who", ["secretary", "outsider", "committee", "officer"])
    def test_is_nobody_elses(self, cast: Cast, who: str) -> None:
        request = asked(joined(cast))
        client = factory.signed_in(getattr(cast, who))
        path = reverse("ownfile:request", args=[request.pk])
        assert client.get(path).status_code == 404
        assert client.post(path, {"outcome": "done"}).status_code == 404
        actor = factory.actor(getattr(cast, who), ON)
        with pytest.raises((NotAllowed, Request.DoesNotExist)):
            actions.acknowledge(actor=actor, request_id=request.pk, at=factory.instant(ON))

    def test_asks_as_many_statements_for_many_as_for_one(self, cast: Cast) -> None:
        actor = factory.actor(cast.union, ON)
        counts = []
        for more in (1, 4):
            for _ in range(more):
                asked(joined(cast))
            with CaptureQueriesContext(connection) as told:
                queries.requests_page(actor, ON)
            counts.append(len(told))
        assert counts[0] == counts[1]


class TestDeletion:
    def test_stops_at_once_and_is_never_on_a_desk(self, cast: Cast) -> None:
        code = joined(cast)
        asked(code)
        path = reverse("ownfile:delete", args=[code])
        assert "<textarea" not in Client().get(path).content.decode()
        for _ in range(2):
            assert Client().post(path)["Location"] == reverse("dossiers:own", args=[code])
        assert Request.objects.filter(kind="delete").count() == 1
        for user in (cast.union, cast.secretary, cast.committee):
            assert queries.open_for(factory.actor(user, ON)) == []
        page = Client().get(reverse("dossiers:own", args=[code])).content.decode()
        assert "22/3/2026" in page  # 2 + 20 days

    def test_is_done_by_the_job(self, cast: Cast) -> None:
        code = joined(cast)
        corrected(code, full_name="Lê Thị Đào")
        actions.ask_deletion(code=code, at=factory.instant(ON), on=ON)
        last = ON + timedelta(days=20)
        assert actions.purge(at=factory.instant(last), today=last) == 1
        ended = dict(Request.objects.values_list("kind", "outcome"))
        assert ended == {"delete": "done", "rectify": "taken_back"}
        assert set(Request.objects.values_list("value", flat=True)) == {""}


class TestCopy:
    def test_holds_everything_for_machines(self, cast: Cast) -> None:
        begins = date(2025, 9, 8)
        code = joined(cast, on=begins - timedelta(days=2))
        person = Person.objects.get()
        dossier = factory.walk_to(Step.LISTED, cast, begins=begins, person=person)
        factory.signed_in(cast.secretary).get(reverse("dossiers:road", args=[dossier.pk]))
        factory.signed_in(cast.secretary).get(reverse("dossiers:cohort"))
        asked(code)
        answer = Client().get(reverse("ownfile:copy_json", args=[code]))
        assert answer["Content-Disposition"] == 'attachment; filename="ho-so-cua-em.json"'
        told = json.loads(answer.content)
        assert told["record"]["full_name"] == NAME
        assert {one["purpose"] for one in told["consents"]} == NEEDED
        assert [act["number"] for act in told["acts"]] == list(
            dossier.acts.order_by("number").values_list("number", flat=True)
        )
        assert told["read_by"][0]["name"] == cast.secretary.name
        assert told["seen_in_lists_by"][0]["name"] == cast.secretary.name
        assert [one["kind"] for one in told["requests"]] == ["access"]
        assert Event.objects.filter(action="ownfile.copy_taken").count() == 1

    def test_holds_the_same_for_people(self, cast: Cast) -> None:
        code = joined(cast)
        answer = Client().get(reverse("ownfile:copy_xlsx", args=[code]))
        with zipfile.ZipFile(io.BytesIO(answer.content)) as book:
            said = book.read("xl/worksheets/sheet1.xml").decode()
        assert NAME in said
        assert "05/01/2008" in said

    def test_is_there_after_stopping_and_behind_no_other_code(self, cast: Cast) -> None:
        code = joined(cast)
        people.withdraw_with_code(code=code, at=factory.instant(ON), on=ON)
        assert Client().get(reverse("ownfile:copy_json", args=[code])).status_code == 200
        for name in ("copy_json", "copy_xlsx", "rights", "correct", "delete"):
            assert Client().get(reverse(f"ownfile:{name}", args=["AAAAABBBBB"])).status_code == 404
