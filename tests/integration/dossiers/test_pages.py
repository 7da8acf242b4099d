"""The pages of the room of dossiers: who sees what, what is said, what is kept."""

from __future__ import annotations

import io
import zipfile
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape
from pytest_django import DjangoAssertNumQueries

from donghanh.domain.procedure import Step
from donghanh.dossiers.models import Act, Dossier
from donghanh.history.models import Event
from tests import factory
from tests.factory import Cast

pytestmark = pytest.mark.django_db

BEGINS = factory.BEGINS["R1"]
TODAY = BEGINS + timedelta(days=140)


@pytest.fixture
def cast(monkeypatch: pytest.MonkeyPatch) -> Cast:
    factory.freeze(monkeypatch, TODAY)
    return factory.cast()


def addresses(dossier: Dossier) -> list[str]:
    """Return every address of one dossier."""
    return [
        reverse("dossiers:road", args=[dossier.pk]),
        *(reverse("dossiers:record", args=[dossier.pk, step.value]) for step in Step),
        *(reverse("dossiers:count", args=[dossier.pk, step.value]) for step in Step),
        reverse("dossiers:void", args=[dossier.pk, 1]),
    ]


def vote(dossier: Dossier, **typed: object) -> dict[str, object]:
    dossier.refresh_from_db()
    return {
        "seen": dossier.acts_recorded,
        "on": "30/11/2023",
        "paper_number": "14-NQ/CB",
        "official": 15,
        "excluded": 0,
        "convened": 15,
        "present": 14,
        "favour": 13,
        "against": 1,
        "invalid": 0,
        **typed,
    }


def shown(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


class TestDoors:
    def test_are_closed_to_the_neighbouring_school_and_to_who_reads_no_cases(
        self, cast: Cast
    ) -> None:
        dossier = factory.walk_to(Step.LISTED, cast)
        for user in (
            cast.outsider,
            cast.neighbour.union,
            cast.officer,
            cast.leader,
            cast.upper_unionist,
            cast.administrator,
        ):
            client = factory.signed_in(user)
            before = Event.objects.count()
            for address in addresses(dossier):
                assert client.get(address).status_code == 404, (user.username, address)
                assert client.post(address, {"seen": 3}).status_code in {404, 405}
            assert Event.objects.count() == before
        assert dossier.acts.count() == 3

    @pytest.mark.parametrize(
        ("who", "status"),
        [
            ("secretary", 200),
            ("union", 200),
            ("committee", 200),
            ("base_member", 200),
            ("officer", 404),
            ("leader", 404),
            ("upper_unionist", 404),
            ("administrator", 404),
        ],
    )
    def test_open_the_cohort_by_role(self, cast: Cast, who: str, status: int) -> None:
        client = factory.signed_in(getattr(cast, who))
        assert client.get(reverse("dossiers:cohort")).status_code == status
        assert client.get(reverse("dossiers:export")).status_code == status

    def test_send_who_is_not_signed_in_to_sign_in(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.SOURCED, cast)
        response = Client().get(reverse("dossiers:road", args=[dossier.pk]))
        assert (response.status_code, response["Location"].split("?")[0]) == (302, "/dang-nhap")

    def test_close_to_everybody_when_the_pupil_stops(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.LISTED, cast)
        name = dossier.person.full_name
        factory.stopped(dossier.person, on=TODAY)
        for user in (cast.secretary, cast.union, cast.committee, cast.base_member):
            client = factory.signed_in(user)
            for address in addresses(dossier):
                assert client.get(address).status_code == 404
            assert name not in shown(client, reverse("dossiers:cohort"))

    def test_open_to_the_committee_from_the_list_of_the_cell_on(self, cast: Cast) -> None:
        early = factory.walk_to(Step.INTRODUCED, cast)
        late = factory.walk_to(Step.LISTED, cast)
        client = factory.signed_in(cast.committee)
        assert client.get(reverse("dossiers:road", args=[early.pk])).status_code == 404
        assert client.get(reverse("dossiers:road", args=[late.pk])).status_code == 200


class TestCohort:
    def test_says_how_to_begin_when_nobody_is_there(self, cast: Cast) -> None:
        page = shown(factory.signed_in(cast.secretary), reverse("dossiers:cohort"))
        assert reverse("people:invite") in page
        assert "Chưa có ai trên con đường" in page

    def test_lists_in_the_order_of_a_class_list(self, cast: Cast) -> None:
        for name in ("Trần Thị Đào", "Lê Văn Ân", "Phạm Thị An"):
            person = factory.agreed_pupil(cast.school, on=BEGINS, name=name)
            factory.opened(cast.school, person, on=BEGINS)
        page = shown(factory.signed_in(cast.union), reverse("dossiers:cohort"))
        places = [page.index(name) for name in ("Phạm Thị An", "Lê Văn Ân", "Trần Thị Đào")]
        assert places == sorted(places)

    def test_searches_without_marks_and_narrows_by_step_and_class(self, cast: Cast) -> None:
        dao = factory.agreed_pupil(cast.school, on=BEGINS, name="Trần Thị Đào", class_name="12A2")
        factory.opened(cast.school, dao, on=BEGINS)
        an = factory.agreed_pupil(cast.school, on=BEGINS - timedelta(days=2), name="Lê Văn Ân")
        factory.walk_to(Step.INTRODUCED, cast, person=an)
        client = factory.signed_in(cast.secretary)
        base = reverse("dossiers:cohort")
        for narrowed, stays, goes in (
            ("q=dao", "Trần Thị Đào", "Lê Văn Ân"),
            ("q=le+an", "Lê Văn Ân", "Trần Thị Đào"),
            ("buoc=listed", "Lê Văn Ân", "Trần Thị Đào"),
            ("lop=12A2", "Trần Thị Đào", "Lê Văn Ân"),
        ):
            page = shown(client, f"{base}?{narrowed}")
            assert stays in page, narrowed
            assert goes not in page, narrowed

    def test_narrows_by_what_is_missing_and_what_is_late(self, cast: Cast) -> None:
        blocked = factory.walk_to(Step.ALLOWED, cast)
        late = factory.walk_to(Step.CELL_VOTED, cast)
        client = factory.signed_in(cast.secretary)
        base = reverse("dossiers:cohort")
        road = "dossiers:road"
        missing = shown(client, f"{base}?tinh-trang=vuong")
        assert reverse(road, args=[blocked.pk]) in missing
        assert reverse(road, args=[late.pk]) not in missing

    def test_asks_the_database_as_often_for_thirty_as_for_three(
        self, cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        def fill(count: int) -> None:
            for _ in range(count):
                person = factory.agreed_pupil(cast.school, on=BEGINS)
                factory.opened(cast.school, person, on=BEGINS)
            factory.agreed_pupil(cast.school, on=BEGINS)

        client = factory.signed_in(cast.secretary)
        fill(3)
        with CaptureQueriesContext(connection) as few:
            client.get(reverse("dossiers:cohort"))
        fill(27)
        with django_assert_num_queries(len(few)):
            client.get(reverse("dossiers:cohort"))

    def test_never_speaks_of_a_target(self, cast: Cast) -> None:
        factory.walk_to(Step.LISTED, cast)
        page = shown(factory.signed_in(cast.secretary), reverse("dossiers:cohort"))
        assert "chỉ tiêu" not in page.lower()

    def test_gives_the_narrowed_list_as_a_workbook(self, cast: Cast) -> None:
        for name in ("Trần Thị Đào", "Lê Văn Ân"):
            person = factory.agreed_pupil(cast.school, on=BEGINS, name=name)
            factory.opened(cast.school, person, on=BEGINS)
        client = factory.signed_in(cast.secretary)
        response = client.get(reverse("dossiers:export") + "?q=dao")
        with zipfile.ZipFile(io.BytesIO(response.content)) as book:
            words = b"".join(book.read(name) for name in book.namelist()).decode("utf-8", "ignore")
        assert "Trần Thị Đào" in words
        assert "Lê Văn Ân" not in words


class TestSource:
    def test_puts_an_agreed_pupil_on_the_list(self, cast: Cast) -> None:
        person = factory.agreed_pupil(cast.school, on=BEGINS)
        client = factory.signed_in(cast.union)
        address = reverse("dossiers:source", args=[person.pk])
        assert address in shown(client, reverse("dossiers:cohort"))
        response = client.post(address, {"on": "20/9/2023", "paper_number": "01-DS/ĐTN"})
        dossier = Dossier.objects.get()
        assert response["Location"] == reverse("dossiers:road", args=[dossier.pk])
        assert dossier.opened_date == date(2023, 9, 20)
        assert client.post(address, {"on": "20/9/2023"}).status_code == 404

    def test_says_why_a_day_is_refused_and_keeps_what_was_typed(self, cast: Cast) -> None:
        person = factory.agreed_pupil(cast.school, on=BEGINS)
        client = factory.signed_in(cast.union)
        response = client.post(reverse("dossiers:source", args=[person.pk]), {"on": "01/9/2023"})
        assert response.status_code == 422
        assert "01/9/2023" in response.content.decode()
        assert not Dossier.objects.exists()

    def test_is_the_unions_alone(self, cast: Cast) -> None:
        person = factory.agreed_pupil(cast.school, on=BEGINS, name="Nguyễn Hải Nam")
        address = reverse("dossiers:source", args=[person.pk])
        for user in (cast.secretary, cast.committee, cast.neighbour.union, cast.officer):
            assert factory.signed_in(user).get(address).status_code == 404
        page = shown(factory.signed_in(cast.secretary), reverse("dossiers:cohort"))
        assert escape(person.full_name) in page
        assert address not in page


class TestRoad:
    def test_is_written_down_each_time_it_is_read(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.LISTED, cast)
        client = factory.signed_in(cast.secretary)
        for _ in range(2):
            shown(client, reverse("dossiers:road", args=[dossier.pk]))
        reads = Event.objects.filter(action="dossiers.read", subject_id=dossier.pk)
        assert reads.count() == 2

    def test_offers_the_step_to_who_does_it_alone(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.PAPERS, cast)
        road = reverse("dossiers:road", args=[dossier.pk])
        record = reverse("dossiers:record", args=[dossier.pk, "cell_voted"])
        assert record in shown(factory.signed_in(cast.secretary), road)
        assert record not in shown(factory.signed_in(cast.union), road)
        assert record not in shown(factory.signed_in(cast.committee), road)
        assert factory.signed_in(cast.union).get(record).status_code == 404

    def test_shows_the_rule_of_the_vote_with_its_place(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.PAPERS, cast)
        page = shown(factory.signed_in(cast.secretary), reverse("dossiers:road", args=[dossier.pk]))
        assert "2/3" in page
        assert "Điều lệ Đảng" in page

    def test_marks_generated_pupils(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.SOURCED, cast)
        page = shown(factory.signed_in(cast.union), reverse("dossiers:road", args=[dossier.pk]))
        assert "Dữ liệu mô phỏng" in page

    def test_keeps_a_struck_out_act_in_sight(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.LISTED, cast)
        client = factory.signed_in(cast.secretary)
        void = reverse("dossiers:void", args=[dossier.pk, 3])
        response = client.post(void, {"seen": 3, "reason": "Ghi nhầm ngày"})
        page = shown(client, response["Location"])
        assert "Ghi nhầm ngày" in page
        assert "struck" in page


class TestRecord:
    def test_keeps_a_vote_and_leads_back_to_the_road(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.PAPERS, cast)
        client = factory.signed_in(cast.secretary)
        address = reverse("dossiers:record", args=[dossier.pk, "cell_voted"])
        response = client.post(address, vote(dossier))
        assert response["Location"] == reverse("dossiers:road", args=[dossier.pk])
        act = dossier.acts.get(step="cell_voted")
        assert (act.favour, act.paper_number, act.on_date) == (13, "14-NQ/CB", date(2023, 11, 30))

    def test_says_plainly_that_a_vote_did_not_carry(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.PAPERS, cast)
        client = factory.signed_in(cast.secretary)
        address = reverse("dossiers:record", args=[dossier.pk, "cell_voted"])
        client.post(address, vote(dossier, favour=9, against=5))
        page = shown(client, reverse("dossiers:road", args=[dossier.pk]))
        assert "không đạt, 9 trên 15 tán thành, cần 10" in page

    def test_refuses_impossible_counts_and_keeps_them_typed(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.PAPERS, cast)
        client = factory.signed_in(cast.secretary)
        address = reverse("dossiers:record", args=[dossier.pk, "cell_voted"])
        response = client.post(address, vote(dossier, favour=17))
        page = response.content.decode()
        assert response.status_code == 422
        assert "18 phiếu" in page
        assert 'value="17"' in page
        assert not dossier.acts.filter(step="cell_voted").exists()

    def test_shows_the_rule_that_refuses(self, cast: Cast) -> None:
        young = factory.agreed_pupil(
            cast.school,
            on=BEGINS - timedelta(days=2),
            born=factory.turns_eighteen(TODAY),
        )
        dossier = factory.walk_to(Step.PAPERS, cast, person=young)
        client = factory.signed_in(cast.secretary)
        address = reverse("dossiers:record", args=[dossier.pk, "cell_voted"])
        response = client.post(address, vote(dossier))
        summary = response.content.decode().split("error-summary", 1)[1].split("</ul>")[0]
        assert response.status_code == 422
        assert "24-QĐ/TW" in summary

    def test_answers_409_with_what_was_typed_when_somebody_was_quicker(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.PAPERS, cast)
        client = factory.signed_in(cast.secretary)
        address = reverse("dossiers:record", args=[dossier.pk, "cell_voted"])
        response = client.post(address, vote(dossier, seen=3))
        page = response.content.decode()
        assert response.status_code == 409
        assert "14-NQ/CB" in page
        assert f'name="seen" value="{dossier.acts_recorded}"' in page
        assert not dossier.acts.filter(step="cell_voted").exists()

    def test_records_a_paper_chosen_from_those_missing(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.ALLOWED, cast)
        client = factory.signed_in(cast.secretary)
        address = reverse("dossiers:record", args=[dossier.pk, "papers"])
        page = shown(client, f"{address}?giay=2-KNĐ")
        assert '<option value="2-KNĐ" selected>' in page
        typed = {"seen": 5, "form": "1-KNĐ", "on": "12/11/2023", "paper_number": ""}
        assert client.post(address, typed).status_code == 302
        assert Act.objects.get(form="1-KNĐ").on_date == date(2023, 11, 12)
        assert '<option value="1-KNĐ"' not in shown(client, address)

    def test_refuses_half_a_vote_where_a_vote_is_not_asked_for(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.DECIDED, cast)
        client = factory.signed_in(cast.committee)
        address = reverse("dossiers:record", args=[dossier.pk, "recognised"])
        response = client.post(
            address, {"seen": dossier.acts_recorded, "on": "30/11/2023", "official": 9}
        )
        assert response.status_code == 422

    def test_answers_404_for_a_step_that_does_not_exist(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.SOURCED, cast)
        client = factory.signed_in(cast.secretary)
        assert client.get(f"/con-duong/{dossier.pk}/ghi/bay/").status_code == 404


class TestCount:
    def test_follows_the_counts_as_they_are_typed(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.PAPERS, cast)
        client = factory.signed_in(cast.secretary)
        address = reverse("dossiers:count", args=[dossier.pk, "cell_voted"])
        page = shown(client, f"{address}?official=15&excluded=1&favour=9&on=30/11/2023")
        assert 'data-total="14"' in page
        assert 'data-needed="10"' in page
        assert "is-short" in page

    def test_says_which_counts_cannot_be(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.PAPERS, cast)
        client = factory.signed_in(cast.secretary)
        address = reverse("dossiers:count", args=[dossier.pk, "cell_voted"])
        page = shown(client, f"{address}?official=15&favour=17")
        assert "17 phiếu" in page
        assert "data-total" not in page


class TestVoid:
    def test_shows_what_falls_and_what_stays_before_it_asks(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.DECIDED, cast)
        page = shown(
            factory.signed_in(cast.secretary), reverse("dossiers:void", args=[dossier.pk, 3])
        )
        falls, stays = page.split("Việc mất giá trị theo")[1].split("Việc làm đúng, được giữ lại")
        assert "Quyết định kết nạp đảng viên" in falls
        assert "Hoàn thành lớp bồi dưỡng nhận thức về Đảng" in stays
        assert "Quyết định kết nạp đảng viên" not in stays
        assert dossier.acts.filter(voids__isnull=False).count() == 0

    def test_refuses_without_a_reason(self, cast: Cast) -> None:
        dossier = factory.walk_to(Step.LISTED, cast)
        client = factory.signed_in(cast.secretary)
        response = client.post(reverse("dossiers:void", args=[dossier.pk, 3]), {"seen": 3})
        assert response.status_code == 422
        assert dossier.acts.count() == 3
