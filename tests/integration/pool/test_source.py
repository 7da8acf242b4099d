"""The source: by class, by readiness, by what is missing; names shown are written down."""

from __future__ import annotations

import io
import zipfile
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from donghanh.domain.authority import NotAllowed
from donghanh.domain.procedure import Step
from donghanh.history.models import Event
from donghanh.pool import actions, queries
from donghanh.pool.queries import Filters
from tests import factory
from tests.factory import Cast
from tests.integration.pool.rating import rated

pytestmark = pytest.mark.django_db

BEGINS = factory.BEGINS["R1"]
TODAY = BEGINS + timedelta(days=79)
AGREED = BEGINS - timedelta(days=2)


@pytest.fixture
def cast(monkeypatch: pytest.MonkeyPatch) -> Cast:
    factory.freeze(monkeypatch, TODAY)
    return factory.cast()


def source(cast: Cast, **told: str) -> queries.Pool:
    return queries.pool(factory.actor(cast.union, TODAY), TODAY, Filters(**told))


def named(page: queries.Pool) -> list[str]:
    return [row.name for row in page.rows]


class TestPool:
    def test_tells_who_is_ready_who_waits_and_what_is_missing(self, cast: Cast) -> None:
        young = factory.agreed_pupil(
            cast.school, on=AGREED, name="Trần Thị An", born=date(2006, 1, 5)
        )
        factory.walk_to(Step.PAPERS, cast, person=young)
        lacking = factory.agreed_pupil(cast.school, on=AGREED, name="Lê Văn Anh")
        factory.walk_to(Step.ALLOWED, cast, person=lacking)
        agreed = factory.agreed_pupil(cast.school, on=BEGINS, name="Lê Văn Ân")
        page = source(cast)
        assert [(row.name, row.ready) for row in page.rows] == [
            ("Trần Thị An", "cho-ngay"),
            ("Lê Văn Anh", "con-thieu"),
            ("Lê Văn Ân", "san-sang"),
        ]
        assert [count for _, _, count in page.counts] == [1, 1, 1]
        by_name = {row.name: row for row in page.rows}
        assert {lack.kind for lack in by_name["Trần Thị An"].lacks} == {"tuoi"}
        assert "giay-to" in {lack.kind for lack in by_name["Lê Văn Anh"].lacks}
        assert {lack.kind for lack in by_name["Lê Văn Ân"].lacks} == {"xep-loai"}
        assert all(lack.cites for row in page.rows for lack in row.lacks)
        rated(cast, agreed, today=TODAY)
        assert not next(row for row in source(cast).rows if row.name == "Lê Văn Ân").lacks

    def test_is_narrowed_by_name_class_readiness_and_lack(self, cast: Cast) -> None:
        factory.agreed_pupil(cast.school, on=BEGINS, name="Đặng Quốc Ấn", class_name="12A2")
        lacking = factory.agreed_pupil(cast.school, on=AGREED, name="Lê Văn Anh")
        factory.walk_to(Step.ALLOWED, cast, person=lacking)
        assert named(source(cast, q="quoc dang")) == ["Đặng Quốc Ấn"]
        assert named(source(cast, class_name="12A2")) == ["Đặng Quốc Ấn"]
        assert named(source(cast, ready="con-thieu")) == ["Lê Văn Anh"]
        assert named(source(cast, lack="xep-loai")) == ["Đặng Quốc Ấn"]
        assert named(source(cast, ready="khong-co")) == ["Lê Văn Anh", "Đặng Quốc Ấn"]

    def test_shows_nobody_who_stopped_and_nobody_of_the_neighbour(self, cast: Cast) -> None:
        gone = factory.agreed_pupil(cast.school, on=BEGINS)
        factory.stopped(gone, on=TODAY)
        factory.agreed_pupil(cast.neighbour, on=BEGINS)
        assert source(cast).rows == ()

    def test_is_for_cell_and_union_alone(self, cast: Cast) -> None:
        assert queries.pool(factory.actor(cast.secretary, TODAY), TODAY, Filters()).rows == ()
        for user in (cast.committee, cast.officer, cast.upper_unionist, cast.administrator):
            with pytest.raises(NotAllowed):
                queries.pool(factory.actor(user, TODAY), TODAY, Filters())

    def test_asks_as_often_for_many_as_for_one(self, cast: Cast) -> None:
        def asked() -> int:
            with CaptureQueriesContext(connection) as found:
                source(cast)
            return len(found)

        factory.walk_to(Step.ALLOWED, cast)
        factory.agreed_pupil(cast.school, on=BEGINS)
        first = asked()
        for _ in range(3):
            factory.walk_to(Step.INTRODUCED, cast)
            rated(cast, factory.agreed_pupil(cast.school, on=BEGINS), today=TODAY)
        assert asked() == first


class TestPage:
    def test_writes_down_whose_names_it_shows(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.INTRODUCED, cast)
        person = factory.agreed_pupil(cast.school, on=BEGINS)
        answer = factory.signed_in(cast.union).get(reverse("pool:source"))
        assert answer.status_code == 200
        line = Event.objects.get(action="dossiers.list_seen")
        assert line.facts == {"list": "pool", "dossiers": [dossier.pk], "persons": [person.pk]}

    def test_has_pages_of_its_rows(self, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(actions, "ROWS", 2)
        for _ in range(3):
            factory.agreed_pupil(cast.school, on=BEGINS)
        client = factory.signed_in(cast.union)
        for number, many in (("1", 2), ("2", 1), ("x", 2)):
            answer = client.get(reverse("pool:source"), {"page": number})
            assert len(answer.context["rows"]) == many

    def test_gives_the_list_as_a_workbook_and_writes_it_down(self, cast: Cast) -> None:
        factory.agreed_pupil(cast.school, on=BEGINS, name="Hồ Thị Ngọc Ánh")
        answer = factory.signed_in(cast.union).get(reverse("pool:export"))
        with zipfile.ZipFile(io.BytesIO(answer.content)) as file:
            assert "Hồ Thị Ngọc Ánh" in file.read("xl/worksheets/sheet1.xml").decode()
        assert Event.objects.filter(action="dossiers.list_exported").count() == 1

    def test_of_ratings_keeps_one_and_says_what_is_wrong(self, cast: Cast) -> None:
        person = factory.agreed_pupil(cast.school, on=BEGINS)
        client, path = factory.signed_in(cast.union), reverse("pool:ratings", args=[person.pk])
        typed = {
            "year": "2023-2024",
            "body": "chapter",
            "level": "Hoàn thành tốt nhiệm vụ",
            "met": "20/11/2023",
        }
        assert client.post(path, typed | {"met": "30/11/2023"}).status_code == 422
        assert client.post(path, typed | {"year": "2010-2011"}).status_code == 422
        assert client.post(path, {}).status_code == 422
        assert client.post(path, typed).status_code == 302
        assert client.post(path, typed).status_code == 422  # rated already
        cell = factory.signed_in(cast.secretary)
        assert cell.get(path).status_code == 200
        assert cell.post(path, typed).status_code == 404
        assert factory.signed_in(cast.outsider).get(path).status_code == 404
        factory.stopped(person, on=TODAY)
        assert client.get(path).status_code == 404
