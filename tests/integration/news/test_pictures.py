"""A picture shows a pupil only while that pupil agrees; taken back, it is seen nowhere."""

from __future__ import annotations

import io
import json
import re
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from donghanh.domain import publishing
from donghanh.domain.errors import RuleError
from donghanh.domain.publishing import Seen
from donghanh.history.models import Event
from donghanh.news import actions, queries
from donghanh.news.models import Agreement, Article, Placed
from donghanh.people.models import Person
from donghanh.pictures import actions as pictures
from donghanh.pictures.models import Picture, Rendition
from tests import factory
from tests.factory import Cast
from tests.integration.accompaniment.walking import code_of
from tests.integration.news import making
from tests.integration.news.making import AT, NAME, ON
from tests.integration.news.test_kept import MOST, Reader
from tests.integration.news.test_kept import read as read
from tests.integration.news.test_names import beside
from tests.integration.pictures import files

pytestmark = pytest.mark.django_db

ALT = "Cả lớp trồng cây trong sân trường"


@pytest.fixture
def cast(monkeypatch: pytest.MonkeyPatch) -> Cast:
    factory.freeze(monkeypatch, ON)
    return factory.cast()


@dataclass(frozen=True, slots=True)
class Shot:
    """An article led by a picture on which a pupil can be recognised, and who is asked."""

    article: Article
    person: Person
    code: str
    agreement: Agreement

    @property
    def told(self) -> dict[str, Any]:
        return {"code": self.code, "agreement_id": self.agreement.pk, "at": AT}


def add(cast: Cast, article: Article, seen: Seen = Seen.NOBODY, **more: Any) -> Placed:
    told: dict[str, Any] = {"file": files.picture((1400, 900)), "alt": ALT, "at": AT, **more}
    actor = making.writer(cast)
    return actions.add_picture(actor=actor, article_id=article.pk, seen=seen, **told)


def led(cast: Cast, article: Article, placed: Placed, **words: Any) -> Article:
    """Save the article with a picture before its text, and let it be reviewed."""
    article.refresh_from_db()
    typed = replace(making.PLAIN, lead=placed.number, **words)
    actor, seen = making.writer(cast), article.number
    actions.save(actor=actor, article_id=article.pk, seen=seen, typed=typed, at=AT)
    return making.approved(cast, article)


@transaction.atomic  # a code that is known here leaves no line of its own
def shot(cast: Cast, *, age: int = 17) -> Shot:
    person = making.pupil(cast, age=age)
    article = making.begun(cast)
    placed = add(cast, article, Seen.PUPILS)
    one = ask(cast, placed)
    return Shot(led(cast, article, placed), person, code_of(person), one)


def ask(cast: Cast, placed: Placed, name: str = "trinh thi buoi") -> Agreement:
    told: dict[str, Any] = {"article_id": placed.article_id, "number": placed.number}
    return actions.ask_shown(actor=making.writer(cast), name=name, at=AT, on=ON, **told)


def page_of(article: Article) -> str:
    return Client().get(reverse("news:public", args=[article.slug])).content.decode()


def addresses(page: str) -> set[str]:
    return set(re.findall(r"/anh/[\w-]+/[\w-]+\.\w+", page))


class TestPicture:
    def test_leads_the_article_its_lists_and_what_is_shared(self, cast: Cast) -> None:
        article = making.begun(cast)
        placed = add(cast, article, caption="Chiều thứ bảy", credit="Tổ truyền thông")
        pictures.make_waiting(at=AT)
        making.publish(cast, led(cast, article, placed))
        page = page_of(article)
        assert "Chiều thứ bảy" in page and "Tổ truyền thông" in page and "image/avif" in page
        data = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
        image = json.loads(data[0])["image"]
        assert (image["width"], image["height"]) == (1200, 630)
        assert image["url"].startswith("http") and image["url"].endswith("/chia-se.jpeg")
        for said in ("og:image:width", "og:image:height", "og:image:alt", "summary_large_image"):
            assert said in page, said
        front = Client().get(reverse("news:front")).content.decode()
        assert addresses(front) and f'alt="{ALT}"' in front

    def test_stands_where_its_mark_stands_and_its_mark_nowhere(self, cast: Cast) -> None:
        article = making.begun(cast)
        placed = add(cast, article)
        body = "<p>Trước</p><p>[[ảnh 1]]</p><p>Sau [[ảnh 1]] hết</p>"
        making.publish(cast, led(cast, article, placed, body=body))
        found = queries.public_article(article.slug)
        assert found is not None
        assert [(part.html, len(part.pictures)) for part in found.parts] == [
            ("<p>Trước</p>", 1),
            ("<p>Sau  hết</p>", 0),
        ]

    def test_is_asked_for_no_oftener_however_many_there_are(
        self, cast: Cast, django_assert_num_queries: Callable[[int], Any]
    ) -> None:
        for _ in range(2):
            article = making.begun(cast)
            placed = add(cast, article)
            making.publish(cast, led(cast, article, placed))
        with django_assert_num_queries(6):
            queries.front()
        article = making.begun(cast)
        making.publish(cast, led(cast, article, add(cast, article)))
        with django_assert_num_queries(6):
            queries.front()
        with django_assert_num_queries(12):
            queries.public_article(article.slug)

    def test_of_which_nobody_said_who_is_on_it_stops_publishing(self, cast: Cast) -> None:
        article = making.begun(cast)
        placed = add(cast, article, Seen.PUPILS)
        article = led(cast, article, placed)
        with pytest.raises(publishing.PictureUnanswered):
            making.publish(cast, article)
        told: dict[str, Any] = {"article_id": article.pk, "number": 1, "at": AT}
        actions.answer_picture(actor=making.writer(cast), seen=Seen.NOBODY, **told)
        making.publish(cast, article)
        assert Event.objects.get(action="news.picture_answered").facts["seen"] == "nobody"

    def test_that_is_not_there_stops_publishing(self, cast: Cast) -> None:
        body = "<p>[[ảnh 7]]</p><p>Lời.</p>"
        article = making.approved(cast, making.begun(cast, replace(making.PLAIN, body=body)))
        with pytest.raises(publishing.PictureMissing):
            making.publish(cast, article)

    def test_is_not_without_whom_was_asked_about_it(self, cast: Cast) -> None:
        one = shot(cast)
        told: dict[str, Any] = {"article_id": one.article.pk, "number": 1, "at": AT}
        with pytest.raises(actions.AlreadyAsked):
            actions.answer_picture(actor=making.writer(cast), seen=Seen.NOBODY, **told)

    def test_has_the_names_below_it_pointed_out_and_asked_about(self, cast: Cast) -> None:
        making.pupil(cast)
        article = making.begun(cast)
        placed = add(cast, article, caption=f"Em {NAME} bên cây")
        article = led(cast, article, placed)
        with pytest.raises(publishing.Unsettled):
            making.publish(cast, article)
        told: dict[str, Any] = {"article_id": article.pk, "key": making.KEY, "at": AT, "on": ON}
        actions.ask_pupil(actor=making.writer(cast), **told)
        placed.refresh_from_db()
        assert placed.caption == "Em [[học sinh 1]] bên cây"
        with pytest.raises(publishing.NotAgreed):
            making.publish(cast, article)
        assert placed.picture.caption == ""

    def test_keeps_its_words_once_everybody_sees_it(self, cast: Cast) -> None:
        article = making.begun(cast)
        placed = add(cast, article)
        making.publish(cast, led(cast, article, placed))
        told: dict[str, Any] = {"article_id": article.pk, "number": 1, "at": AT}
        with pytest.raises(RuleError):
            actions.describe_picture(
                actor=making.writer(cast), alt="Khác", caption="", credit="", **told
            )


class TestAgreement:
    def test_is_needed_of_everybody_who_can_be_recognised(self, cast: Cast) -> None:
        one = shot(cast)
        with pytest.raises(publishing.PictureNotAgreed):
            making.publish(cast, one.article)
        actions.agree(**one.told)
        making.publish(cast, one.article)
        assert addresses(page_of(one.article)) and NAME not in page_of(one.article)

    def test_of_a_child_needs_the_parents_too(self, cast: Cast) -> None:
        one = shot(cast, age=15)
        actions.agree(**one.told)
        with pytest.raises(publishing.PictureNotAgreed):
            making.publish(cast, one.article)
        told: dict[str, Any] = {"article_id": one.article.pk, "agreement_id": one.agreement.pk}
        actions.heard_parents(actor=making.reviewer(cast), on=ON, at=AT, **told)
        making.publish(cast, one.article)

    def test_taken_back_leaves_the_picture_nowhere_within_a_minute(
        self, cast: Cast, read: Reader
    ) -> None:
        one = shot(cast)
        actions.agree(**one.told)
        pictures.make_waiting(at=AT)
        making.publish(cast, one.article)
        path = reverse("news:public", args=[one.article.slug])
        found = addresses(read(path)[2])
        assert len(found) > 6 and addresses(read("/tin/")[2])
        actions.withdraw(**one.told)
        read.now += MOST
        for place in (path, "/tin/"):
            assert not addresses(read(place)[2]), place
        assert {Client().get(address).status_code for address in found} == {404}
        assert not Rendition.objects.exists() and Picture.objects.get().alt == ""
        assert Client().get(path).status_code == 200

    def test_goes_with_the_road_and_with_the_record(self, cast: Cast) -> None:
        one = shot(cast)
        actions.agree(**one.told)
        making.publish(cast, one.article)
        factory.stopped(one.person, on=ON)
        assert not addresses(page_of(one.article)) and not Rendition.objects.exists()

    def test_of_one_erased_takes_the_picture_of_all(self, cast: Cast) -> None:
        one = shot(cast)
        with transaction.atomic():
            actions.forget(one.person.pk)
            Event.objects.all()
            factory.stopped(one.person, on=ON)
        assert not Rendition.objects.exists() and not Placed.objects.get().stands

    def test_before_anybody_saw_it_leaves_no_trace_of_a_no(self, cast: Cast) -> None:
        one = shot(cast)
        before = queries.article_page(making.reviewer(cast), one.article.pk).check
        for deed in (actions.refuse, actions.agree, actions.withdraw):
            deed(**one.told)
        assert queries.article_page(making.reviewer(cast), one.article.pk).check == before
        assert Rendition.objects.exists()

    def test_shows_the_pupil_the_very_picture(self, cast: Cast) -> None:
        one = shot(cast)
        phone = Client()
        page = phone.get(reverse("news:own", args=[one.code])).content.decode()
        assert addresses(page) and ALT in page and "checked" not in page
        for what, stands in (("dong-y", True), ("rut", False), ("dong-y", True)):
            phone.post(reverse("news:own_answer", args=[one.code, one.agreement.pk, what]))
            assert Placed.objects.get().stands is stands

    def test_is_told_above_schools_without_a_name(self, cast: Cast) -> None:
        one = shot(cast)
        above = factory.signed_in(cast.upper_unionist)
        page = above.get(reverse("news:article", args=[one.article.pk])).content.decode()
        assert "Bưởi" not in page and "chưa đồng ý" in page


class TestTakenDown:
    def test_article_takes_its_pictures_with_it(self, cast: Cast) -> None:
        article = making.begun(cast)
        making.publish(cast, led(cast, article, add(cast, article)))
        found = addresses(page_of(article))
        told: dict[str, Any] = {"actor": making.reviewer(cast), "article_id": article.pk, "at": AT}
        actions.take_down(reason="Sai", **told)
        assert {Client().get(address).status_code for address in found} == {404}


class TestForm:
    def sends(self, cast: Cast, data: bytes, name: str = "anh.jpg") -> tuple[int, str]:
        article = making.begun(cast)
        answer = factory.signed_in(cast.union).post(
            reverse("news:picture_add", args=[article.pk]),
            {"file": SimpleUploadedFile(name, data), "alt": ALT, "seen": "nobody"},
        )
        return answer.status_code, answer.content.decode()

    def test_keeps_a_picture_without_where_it_was_taken(self, cast: Cast) -> None:
        sent = files.from_a_camera().getvalue()
        assert self.sends(cast, sent)[0] == 302
        kept = bytes(Rendition.objects.get().data)
        assert not [secret for secret in files.SECRETS if secret in kept]
        assert Placed.objects.get().seen == "nobody"

    @pytest.mark.parametrize(
        ("name", "data", "told"),
        [
            ("anh.svg", files.SVG, "không phải ảnh JPEG"),
            ("setup.jpg", files.EXE, "không phải ảnh JPEG"),
        ],
    )
    def test_says_why_not_and_keeps_nothing(
        self, cast: Cast, name: str, data: bytes, told: str
    ) -> None:
        status, page = self.sends(cast, data, name)
        assert status == 422 and told in page and ALT in page
        assert not Picture.objects.exists() and not Placed.objects.exists()

    def test_takes_of_a_huge_file_no_more_than_it_may(
        self, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(settings, "FILE_UPLOAD_MAX_MEMORY_SIZE", 500_000)
        monkeypatch.setattr(settings, "FILE_UPLOAD_MOST", 1_000_000)
        monkeypatch.setattr(settings, "PICTURE_MOST_BYTES", 900_000)
        status, page = self.sends(cast, b"\xff\xd8" + b"x" * 3_000_000)
        assert status == 422 and "Tệp có 4 MB" in page

    def test_asks_whether_somebody_can_be_recognised(self, cast: Cast) -> None:
        article = making.begun(cast)
        answer = factory.signed_in(cast.union).post(
            reverse("news:picture_add", args=[article.pk]),
            {"file": SimpleUploadedFile("a.jpg", files.picture().getvalue()), "alt": ALT},
        )
        assert answer.status_code == 422
        assert "nhận ra học sinh nào không" in answer.content.decode()
        assert not Placed.objects.exists()

    def test_is_closed_once_the_article_is_handed_in(self, cast: Cast) -> None:
        article = making.approved(cast, making.begun(cast))
        with pytest.raises(publishing.NotNow):
            add(cast, article, file=io.BytesIO(b"not even looked at"))


@pytest.mark.django_db(transaction=True)
def test_publishing_while_a_yes_to_a_picture_is_taken_back_ends_cleanly(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Two connections: who publishes waits for who takes back, and then is refused."""
    factory.freeze(monkeypatch, ON)
    cast = factory.cast()
    one = shot(cast)
    actions.agree(**one.told)
    held, go_on = threading.Event(), threading.Event()
    refused: list[RuleError] = []

    def take_back() -> None:
        with transaction.atomic():
            actions.withdraw(**one.told)
            held.set()
            go_on.wait(10)

    first = beside(take_back, refused)
    second = beside(lambda: making.publish(cast, one.article), refused)
    first.start()
    assert held.wait(10)
    second.start()
    second.join(0.5)
    assert second.is_alive()
    go_on.set()
    first.join(10)
    second.join(10)
    assert [type(error) for error in refused] == [publishing.PictureNotAgreed]
    one.article.refresh_from_db()
    assert one.article.stand == "reviewed"


@pytest.mark.django_db(transaction=True)
def test_a_yes_taken_back_while_somebody_publishes_is_heard_after_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The other way round: the article is out, and its picture gone before anybody can see it."""
    factory.freeze(monkeypatch, ON)
    cast = factory.cast()
    one = shot(cast)
    actions.agree(**one.told)
    held, go_on = threading.Event(), threading.Event()
    refused: list[RuleError] = []

    def publish() -> None:
        with transaction.atomic():
            making.publish(cast, one.article)
            held.set()
            go_on.wait(10)

    first = beside(publish, refused)
    second = beside(lambda: actions.withdraw(**one.told), refused)
    first.start()
    assert held.wait(10)
    second.start()
    second.join(0.5)
    assert second.is_alive()
    go_on.set()
    first.join(10)
    second.join(10)
    assert refused == []
    with connection.cursor() as cursor:
        cursor.execute("SELECT stands, public_at IS NOT NULL FROM news_placed")
        assert cursor.fetchone() == (False, True)
    assert not Rendition.objects.exists() and not addresses(page_of(one.article))
