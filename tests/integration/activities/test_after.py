"""After an activity: the unit looks back, and keeps photos that bodies see and nobody else."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import ProgrammingError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from donghanh.activities import actions, queries, texts
from donghanh.activities.models import Activity, Photo
from donghanh.domain import activities
from donghanh.domain.accompanying import TextMissing, TextTooLong
from donghanh.domain.activities import Seen
from donghanh.domain.looking import Reach, Way
from donghanh.domain.rights import Role
from donghanh.history.models import Event
from donghanh.lib import wall
from donghanh.lib.picturefile import NoPicture
from donghanh.pictures.actions import NotTaken
from tests import factory
from tests.factory import Cast
from tests.integration.accompaniment import walking
from tests.integration.activities import holding
from tests.integration.pictures import files

pytestmark = pytest.mark.django_db

ON = walking.TODAY
AT = factory.instant(ON, 18)


@pytest.fixture
def cast(monkeypatch: pytest.MonkeyPatch) -> Cast:
    factory.freeze(monkeypatch, ON)
    return factory.cast()


def held(cast: Cast) -> Activity:
    return holding.planned(cast.union, ON - timedelta(days=1), at=ON, stated=40)


def back(cast: Cast, made: Activity, **told: Any) -> None:
    usual: dict[str, Any] = {
        "went_well": "Đúng giờ.",
        "next_time": "Thêm nước uống.",
        "before": None,
        "at": AT,
    }
    actions.look_back(
        actor=factory.actor(cast.union, ON),
        activity_id=made.pk,
        **(usual | told),
    )


def uploaded(made: Activity, browser: Client, data: bytes, name: str = "a.jpg") -> str:
    """Send a file by the page; return the page that answers."""
    told = {
        "file": SimpleUploadedFile(name, data, "image/jpeg"),
        "alt": "Học sinh trồng cây",
        "seen": "nobody",
    }
    address = reverse("activities:photo_add", args=[made.pk])
    return browser.post(address, told, follow=True).content.decode()


class TestLookingBack:
    def test_keeps_both_texts_with_one_line_of_history_that_holds_no_word(self, cast: Cast) -> None:
        made = held(cast)
        back(cast, made)
        made.refresh_from_db()
        assert (made.went_well, made.next_time) == ("Đúng giờ.", "Thêm nước uống.")
        line = Event.objects.get(action="activities.looked_back")
        assert (line.subject_id, line.facts) == (made.pk, {})

    def test_is_refused_before_the_number_and_writes_nothing(self, cast: Cast) -> None:
        made = holding.planned(cast.union, ON)
        with pytest.raises(activities.NotHeld):
            back(cast, made)
        with pytest.raises(activities.NotHeld):
            holding.photographed(cast.union, made, ON)
        assert not Event.objects.filter(action="activities.looked_back").exists()

    def test_loses_no_words_of_who_was_quicker(self, cast: Cast) -> None:
        made = held(cast)
        back(cast, made)
        with pytest.raises(actions.ChangedMeanwhile):
            back(cast, made, went_well="Người thứ hai.")
        back(cast, made, went_well="Người thứ hai.", before=AT)
        made.refresh_from_db()
        assert made.went_well == "Người thứ hai."

    @pytest.mark.parametrize(
        ("told", "refusal"),
        [
            ({"went_well": " ", "next_time": ""}, TextMissing),
            ({"next_time": "a" * 2001}, TextTooLong),
        ],
    )
    def test_refuses_nothing_and_too_much(
        self, cast: Cast, told: dict[str, str], refusal: type[Exception]
    ) -> None:
        with pytest.raises(refusal):
            back(cast, held(cast), **told)

    def test_is_written_by_the_page_and_read_by_who_reads_the_activity(self, cast: Cast) -> None:
        made = held(cast)
        address = reverse("activities:look_back", args=[made.pk])
        browser = factory.signed_in(cast.union)
        assert browser.get(address).status_code == 200
        broken = {"went_well": "a", "next_time": "", "before": "hôm qua"}
        assert browser.post(address, broken).status_code == 422
        kept = browser.post(address, {"went_well": "Đúng giờ.", "next_time": "", "before": ""})
        assert kept.status_code == 302
        page = reverse("activities:activity", args=[made.pk])
        assert "Đúng giờ." in factory.signed_in(cast.officer).get(page).content.decode()


class TestPhotos:
    def test_are_kept_once_drawn_anew_and_taken_away_for_good(self, cast: Cast) -> None:
        made = held(cast)
        told: dict[str, Any] = {
            "actor": factory.actor(cast.union, ON),
            "activity_id": made.pk,
            "at": AT,
        }
        for _press in range(2):
            number = actions.add_photo(
                **told, file=files.from_a_camera(), alt=" Trồng  cây ", seen=Seen.AGREED
            )
        photo = Photo.objects.get()
        assert (photo.pk, photo.alt, photo.seen) == (number, "Trồng cây", "agreed")
        kept = bytes(photo.data) + bytes(photo.small)
        assert not [secret for secret in files.SECRETS if secret in kept]
        assert Image.open(io.BytesIO(bytes(photo.small))).size == (480, 800)
        assert Event.objects.filter(action="activities.photo_kept").count() == 1
        actions.remove_photo(**told, photo_id=number)
        assert not Photo.objects.exists()
        with pytest.raises(Photo.DoesNotExist):
            actions.remove_photo(**told, photo_id=number)

    def test_are_twelve_and_no_more(self, cast: Cast) -> None:
        made = held(cast)
        for more in range(activities.MOST_PHOTOS):
            holding.photographed(cast.union, made, ON, wide=400 + more)
        with pytest.raises(activities.TooManyPhotos):
            holding.photographed(cast.union, made, ON, wide=800)

    @pytest.mark.parametrize("data", [files.EXE, files.SVG, b""])
    def test_are_pictures_whatever_a_name_says(self, cast: Cast, data: bytes) -> None:
        made = held(cast)
        with pytest.raises(NotTaken):
            actions.add_photo(
                actor=factory.actor(cast.union, ON),
                activity_id=made.pk,
                file=io.BytesIO(data),
                alt="Ảnh",
                seen=Seen.NOBODY,
                at=AT,
            )
        page = uploaded(made, factory.signed_in(cast.union), data)
        assert texts.refusal(NotTaken(why=NoPicture())) in page
        assert not Photo.objects.exists()

    def test_say_what_they_show_and_who_is_seen_or_are_not_kept(self, cast: Cast) -> None:
        made, browser = held(cast), factory.signed_in(cast.union)
        address = reverse("activities:photo_add", args=[made.pk])
        for missing in ("alt", "seen"):
            told = {"file": files.picture(), "alt": "Trồng cây", "seen": "agreed"}
            del told[missing]
            assert browser.post(address, told).status_code == 422
        assert browser.post(address, told | {"alt": "a", "seen": "ai"}).status_code == 422
        assert not Photo.objects.exists()

    def test_are_given_to_bodies_that_read_the_activity_and_to_nobody_else(
        self, cast: Cast
    ) -> None:
        made = held(cast)
        number = holding.photographed(cast.union, made, ON)
        helper = factory.holder("giupdo", "Hà Thị Sen", cast.school.cell, Role.HELPER)
        for name in ("photo", "photo_small"):
            address = reverse(f"activities:{name}", args=[made.pk, number])
            for user in (cast.union, cast.secretary, cast.officer, cast.upper_unionist):
                answer = factory.signed_in(user).get(address)
                assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
                assert "private" in answer["Cache-Control"]
            for user in (cast.outsider, cast.administrator, helper):
                assert factory.signed_in(user).get(address).status_code == 404
            assert Client().get(address).status_code == 302
        again = factory.signed_in(cast.union).get(
            address, headers={"If-None-Match": answer["ETag"]}
        )
        assert (again.status_code, again.content) == (304, b"")
        page = factory.signed_in(helper).get(reverse("activities:activity", args=[made.pk]))
        assert "-nho.jpeg" not in page.content.decode()

    def test_of_a_school_out_of_reach_are_not_there_under_the_wall(self, cast: Cast) -> None:
        ours, theirs = (
            held(cast),
            holding.planned(cast.neighbour.union, ON - timedelta(days=1), at=ON, stated=3),
        )
        mine = holding.photographed(cast.union, ours, ON)
        holding.photographed(cast.neighbour.union, theirs, ON)
        reach = factory.actor(cast.union, ON).reach
        with wall.looking(reach.way, reach.settings):
            assert [one.pk for one in Photo.objects.only("pk")] == [mine]
        for way in (Way.PLAIN, Way.HELPER, Way.PUPIL, Way.KEEPER, Way.EMERGENCY):
            told = Reach(way, {cast.school.unit.pk}, unit=1, account=1, opened=1).settings
            with (
                pytest.raises(ProgrammingError, match="permission denied"),
                transaction.atomic(),
                wall.looking(way, told),
            ):
                Photo.objects.exists()

    def test_cost_the_page_one_statement_however_many(self, cast: Cast) -> None:
        made = held(cast)
        union, counts = factory.actor(cast.union, ON), set()
        queries.activity_page(union, made.pk, AT)
        for more in range(2):
            holding.photographed(cast.union, made, ON, wide=500 + more)
            with CaptureQueriesContext(connection) as asked:
                page = queries.activity_page(union, made.pk, AT)
            counts.add(len(asked))
        assert (len(page.photos), len(counts)) == (2, 1)
