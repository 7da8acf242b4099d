"""Figures told to everybody: frozen, small ones hidden, taken back; by whom; as open data."""

from __future__ import annotations

import csv
import io
import json
import random
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.plugin import DjangoDbBlocker

from donghanh.accounts.models import User
from donghanh.domain.authority import NotAllowed
from donghanh.domain.opening import NothingChosen
from donghanh.history.models import Event
from donghanh.indicators import actions as indicators
from donghanh.openfigures import actions, queries
from donghanh.openfigures.models import Publication
from donghanh.openfigures.queries import Chosen
from tests import factory
from tests.integration.indicators import counting, laid
from tests.kept import kept

pytestmark = pytest.mark.django_db

TODAY, YEAR = date(2024, 6, 3), "2023-2024"
AT = factory.instant(TODAY)
EVERYTHING = ("introduced", "listed", "trained", "cell_passed", "decided", "admitted", "clubs")


class Told:
    """Two schools with a cohort at random, counted."""

    def __init__(self) -> None:
        self.cast = factory.cast()
        chance = random.Random(7)  # noqa: S311 - a cohort, no secret
        schools = (self.cast.school, self.cast.neighbour)
        laid.cohort(chance, schools, 60, date(2022, 9, 1), 500)
        indicators.refresh_all(today=TODAY)
        self.counted = counting.by_school(counting.cases(), TODAY)


@pytest.fixture(scope="module")
def made(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Told]:
    with pytest.MonkeyPatch.context() as patch:
        factory.freeze(patch, TODAY)
        with kept(django_db_blocker, Told) as told:
            yield told


@pytest.fixture
def told(made: Told, monkeypatch: pytest.MonkeyPatch) -> Told:
    factory.freeze(monkeypatch, TODAY)
    return made


def publish(
    user: User, codes: tuple[str, ...] = EVERYTHING, *, by_school: bool = False
) -> Publication:
    actor, chosen = factory.actor(user, TODAY), Chosen(YEAR, codes, by_school)
    seen = queries.draft(actor, chosen, TODAY).digest
    return actions.publish(actor=actor, chosen=chosen, seen=seen, at=AT, today=TODAY)


def values(one: Publication) -> dict[str, int | None]:
    return {figure["code"]: figure["value"] for figure in one.figures}


class TestPublish:
    def test_keeps_what_a_second_count_finds_and_hides_what_is_small(self, told: Told) -> None:
        cast = told.cast
        found = values(publish(cast.secretary))
        again = told.counted[cast.school.unit.pk]
        assert {code for code in EVERYTHING if code != "clubs"} <= again.keys() | {"clubs"}
        for code in EVERYTHING[:-1]:
            number = again[code]
            assert found[code] == (None if 0 < number <= 4 else number), code
        assert any(value is not None and value > 4 for value in found.values())
        (line,) = Event.objects.filter(action="openfigures.published")
        assert (line.actor_id, line.facts["year"]) == (cast.secretary.pk, YEAR)

    def test_stays_as_it_was_while_counting_goes_on(self, told: Told) -> None:
        cast = told.cast
        one = publish(cast.secretary, ("introduced",))
        before = Client().get(f"/so-lieu-cong-khai/{cast.school.unit.code}/{YEAR}/so-lieu.json")
        person = factory.agreed_pupil(cast.school, on=date(2024, 3, 4))
        factory.opened(cast.school, person, on=date(2024, 3, 5))
        after = Client().get(f"/so-lieu-cong-khai/{cast.school.unit.code}/{YEAR}/so-lieu.json")
        assert before.json() == after.json()
        one.refresh_from_db()
        assert one.cutoff_date == TODAY

    def test_replaces_what_was_told_of_the_year(self, told: Told) -> None:
        first = publish(told.cast.secretary, ("introduced",))
        second = publish(told.cast.secretary, ("listed",))
        first.refresh_from_db()
        assert first.withdrawn_at == AT
        assert list(Publication.objects.filter(withdrawn_at=None)) == [second]

    def test_refuses_what_was_not_looked_at_and_nothing(self, told: Told) -> None:
        actor = factory.actor(told.cast.secretary, TODAY)
        with pytest.raises(actions.Changed):
            actions.publish(
                actor=actor, chosen=Chosen(YEAR, ("listed",)), seen="x", at=AT, today=TODAY
            )
        for codes in ((), ("deleted", "recognised_late", "' OR 1=1")):
            with pytest.raises(NothingChosen):
                queries.draft(actor, Chosen(YEAR, codes), TODAY)
        assert not Publication.objects.exists()

    def test_refuses_the_department_while_cases_are_being_counted(self, told: Told) -> None:
        with connection.cursor() as cursor:
            cursor.execute("UPDATE indicators_edition SET told_by = 'other rules'")
        actor = factory.actor(told.cast.officer, TODAY)
        with pytest.raises(queries.BeingCounted):
            queries.draft(actor, Chosen(YEAR, ("listed",)), TODAY)

    def test_is_for_who_makes_figures_public_alone(self, told: Told) -> None:
        cast = told.cast
        for user in (cast.union, cast.leader, cast.committee, cast.administrator):
            with pytest.raises(NotAllowed):
                queries.draft(factory.actor(user, TODAY), Chosen(YEAR, ("listed",)), TODAY)

    @pytest.mark.parametrize("first", ["schools", "department"])
    def test_lets_nobody_take_a_small_figure_away_from_another(
        self, told: Told, first: str
    ) -> None:
        """A second count: of two schools and their sum, what is not told is not small."""
        cast = told.cast
        order = [(cast.secretary, False), (cast.outsider, False), (cast.officer, True)]
        for user, by_school in order if first == "schools" else order[::-1]:
            publish(user, by_school=by_school)
        alone, sums = everything()
        assert alone and sums
        for code, total in sums.items():
            known = alone.get(code, {})
            assert not [number for number in known.values() if 0 < number <= 4], code
            rest = total - sum(known.values())
            assert len(known) == 2 or not 0 < rest <= 4, code


def everything() -> tuple[dict[str, dict[int, int]], dict[str, int]]:
    """Return what everybody reads of persons: of schools alone, and of all of them together."""
    alone: dict[str, dict[int, int]] = {}
    sums: dict[str, int] = {}
    for one in Publication.objects.filter(withdrawn_at=None):
        for figure in (each for each in one.figures if each["persons"]):
            if len(one.schools) > 1 and figure["value"] is not None:
                sums[figure["code"]] = figure["value"]
            told = [*figure["parts"]]
            told += [figure | {"unit": one.unit_id}] if len(one.schools) == 1 else []
            numbers = alone.setdefault(figure["code"], {})
            numbers.update(
                {each["unit"]: each["value"] for each in told if each["value"] is not None}
            )
    return alone, sums


class TestWithdraw:
    def test_leaves_nothing_to_read_and_a_line(self, told: Told) -> None:
        cast = told.cast
        one = publish(cast.secretary)
        address = f"/so-lieu-cong-khai/{cast.school.unit.code}/{YEAR}/"
        assert Client().get(address).status_code == 200
        with pytest.raises(ObjectDoesNotExist):
            actions.withdraw(
                actor=factory.actor(cast.outsider, TODAY), publication_id=one.pk, at=AT
            )
        actor = factory.actor(cast.secretary, TODAY)
        actions.withdraw(actor=actor, publication_id=one.pk, at=AT)
        for name in ("", "so-lieu.csv", "so-lieu.json"):
            assert Client().get(address + name).status_code == 404
        with pytest.raises(ObjectDoesNotExist):
            actions.withdraw(actor=actor, publication_id=one.pk, at=AT)
        assert Event.objects.filter(action="openfigures.withdrawn").count() == 1


class TestPages:
    def test_show_everybody_what_was_looked_at(self, told: Told) -> None:
        cast = told.cast
        client = factory.signed_in(cast.officer)
        asked = {"nam": YEAR, "so": ["introduced", "admitted"], "truong": "on"}
        seen = client.get("/cong-khai/xem", asked)
        assert seen.status_code == 200
        token = seen.context["draft"].digest
        assert client.post("/cong-khai/xem", {**asked, "seen": "old"}).status_code == 422
        assert client.post("/cong-khai/xem", {**asked, "seen": token}).status_code == 302
        public = Client().get(f"/so-lieu-cong-khai/{cast.department.code}/{YEAR}/")
        assert public.context["page"] == seen.context["page"]
        assert public["Cache-Control"] == "public, max-age=20"
        assert "Cookie" not in public.get("Vary", "")
        assert not public.cookies
        assert "<script" not in public.content.decode()
        assert cast.department.code in Client().get("/so-lieu-cong-khai/").content.decode()

    def test_say_what_is_wrong_with_a_choice(self, told: Told) -> None:
        client = factory.signed_in(told.cast.secretary)
        for wrong in ({}, {"nam": "1999-2000", "so": "listed"}, {"nam": YEAR, "so": "deleted"}):
            assert client.get("/cong-khai/xem", wrong).status_code == 422

    def test_ask_a_fixed_number_of_times(self, told: Told) -> None:
        publish(told.cast.officer, by_school=True)
        publish(told.cast.secretary)
        for path in ("", f"{told.cast.department.code}/{YEAR}/"):
            with CaptureQueriesContext(connection) as asked:
                assert Client().get(f"/so-lieu-cong-khai/{path}").status_code == 200
            assert len(asked) == 1, path

    @pytest.mark.parametrize("code", ["khong-co", "so"])
    def test_answer_nothing_where_nothing_was_told(self, told: Told, code: str) -> None:
        for year in (YEAR, "2024-2023", "a", "' OR 1=1"):
            assert Client().get(f"/so-lieu-cong-khai/{code}/{year}/").status_code == 404


class TestOpenData:
    def test_says_the_same_as_rows_and_as_an_object(self, told: Told) -> None:
        cast = told.cast
        publish(cast.officer, by_school=True)
        root = f"/so-lieu-cong-khai/{cast.department.code}/{YEAR}/so-lieu"
        rows = list(
            csv.DictReader(io.StringIO(Client().get(f"{root}.csv").content.decode("utf-8-sig")))
        )
        answer = Client().get(f"{root}.json")
        assert answer["Access-Control-Allow-Origin"] == "*"
        data: dict[str, Any] = json.loads(answer.content)
        flat = [(one["ma"], "", one["gia_tri"], one["tinh_trang"]) for one in data["chi_tieu"]] + [
            (one["ma"], part["truong"], part["gia_tri"], part["tinh_trang"])
            for one in data["chi_tieu"]
            for part in one["theo_truong"]
        ]
        listed = [
            (
                row["ma_chi_tieu"],
                row["truong"],
                int(row["gia_tri"]) if row["gia_tri"] else None,
                row["tinh_trang"],
            )
            for row in rows
        ]
        assert sorted(listed, key=str) == sorted(flat, key=str)
        assert {row["tinh_den_ngay"] for row in rows} == {TODAY.isoformat()}
        assert [part for _, part, _, _ in flat if part]

    def test_holds_no_hidden_value_anywhere(self, told: Told) -> None:
        cast = told.cast
        one = publish(cast.officer, by_school=True)
        for figure in one.figures:
            for told_ in (figure, *figure["parts"]):
                assert (told_["value"] is None) == (told_["state"] != "shown")
