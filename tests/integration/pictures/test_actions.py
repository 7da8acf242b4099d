"""Pictures: taken, refused, drawn, taken down."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.test import Client
from PIL import Image

from donghanh.domain.authority import NotAllowed
from donghanh.history.models import Event
from donghanh.lib import picturefile
from donghanh.lib.picturefile import Format
from donghanh.pictures import actions, queries, texts
from donghanh.pictures.models import Making, Picture, Rendition
from tests import factory
from tests.factory import Cast
from tests.integration.pictures import files

pytestmark = pytest.mark.django_db

TODAY = date(2024, 3, 4)
AT = factory.instant(TODAY)


@pytest.fixture
def cast(monkeypatch: pytest.MonkeyPatch) -> Cast:
    factory.freeze(monkeypatch, TODAY)
    return factory.cast()


def upload(cast: Cast, file: io.BytesIO | None = None, **more: str) -> int:
    return actions.upload(
        actor=factory.actor(cast.secretary, TODAY),
        unit_id=cast.school.unit.pk,
        file=file or files.picture(),
        at=AT,
        **{"alt": "Một con đường", **more},
    )


def kept(number: int) -> bytes:
    data = Rendition.objects.filter(picture_id=number, format="jpeg").order_by("-width")[0].data
    return bytes(data)


class TestUpload:
    def test_keeps_it_with_its_words_and_a_line(self, cast: Cast) -> None:
        number = upload(cast, caption="Đường  đến trường", credit="Lê An")
        picture = Picture.objects.get(pk=number)
        assert (picture.width, picture.height) == (1200, 800)
        assert (picture.caption, picture.state) == ("Đường đến trường", "waiting")
        line = Event.objects.get(action="pictures.uploaded")
        assert (line.subject_id, line.actor_id) == (number, cast.secretary.pk)
        assert len(line.facts["digest"]) == 64

    def test_keeps_nothing_a_camera_adds_and_turns_it_upright(self, cast: Cast) -> None:
        sent = files.from_a_camera()
        assert all(secret in sent.getvalue() for secret in files.SECRETS)
        number = upload(cast, sent)
        actions.make_waiting(at=AT)
        for one in Rendition.objects.filter(picture_id=number):
            data = bytes(one.data)
            assert not [secret for secret in files.SECRETS if secret in data], one
            with Image.open(io.BytesIO(data)) as drawn:
                assert not drawn.getexif(), one
                assert not {"exif", "xmp", "icc_profile", "comment"} & set(drawn.info), one
        assert (Picture.objects.get().width, Picture.objects.get().height) == (600, 1000)

    @pytest.mark.parametrize(
        "file",
        [
            lambda: files.picture(kind="PNG", mode="RGBA"),
            lambda: files.picture(kind="PNG", mode="P"),
            lambda: files.picture(kind="PNG", mode="I;16"),
            lambda: files.picture(kind="PNG", mode="LA"),
            lambda: files.picture(kind="WEBP", mode="RGBA"),
            lambda: files.picture(mode="CMYK"),
            lambda: files.picture(mode="L"),
            files.with_profile,
        ],
    )
    def test_takes_every_kind_of_colours(self, cast: Cast, file: Callable[[], io.BytesIO]) -> None:
        with Image.open(io.BytesIO(kept(upload(cast, file())))) as drawn:
            assert (drawn.mode, drawn.format) == ("RGB", "JPEG")
            assert drawn.getpixel((10, 790)) > drawn.getpixel((10, 10))  # type: ignore[operator]

    def test_makes_a_large_one_as_large_as_pages_need(self, cast: Cast) -> None:
        upload(cast, files.picture((4000, 3000)))
        assert (Picture.objects.get().width, Picture.objects.get().height) == (2000, 1500)

    @pytest.mark.parametrize(
        ("file", "refusal"),
        [
            (lambda: io.BytesIO(files.SVG), picturefile.NoPicture),
            (lambda: io.BytesIO(files.SVG[:90] + b"</svg>"), picturefile.NoPicture),
            (lambda: io.BytesIO(files.EXE), picturefile.NoPicture),
            (lambda: io.BytesIO(b""), picturefile.NoPicture),
            (lambda: files.picture(kind="GIF"), picturefile.NoPicture),
            (lambda: io.BytesIO(files.picture().getvalue()[:-2_000]), picturefile.Broken),
            (
                lambda: io.BytesIO(files.picture(kind="PNG").getvalue()[:900]),
                picturefile.Broken,
            ),
            (lambda: files.picture((1, 1)), picturefile.TooSmall),
            (lambda: files.picture((2000, 100)), picturefile.TooSmall),
            (files.bomb, picturefile.TooManyPoints),
            (lambda: files.moving("PNG"), picturefile.Moves),
            (lambda: files.moving("WEBP"), picturefile.Moves),
        ],
    )
    def test_refuses_what_is_no_picture_in_one_sentence_and_keeps_nothing(
        self,
        cast: Cast,
        file: Callable[[], io.BytesIO],
        refusal: type[picturefile.PictureError],
    ) -> None:
        with pytest.raises(actions.NotTaken) as refused:
            upload(cast, file())
        assert type(refused.value.facts["why"]) is refusal
        assert "%(" not in texts.refusal(refused.value)
        assert not Picture.objects.exists()
        assert not Event.objects.filter(action__startswith="pictures.").exists()

    def test_refuses_too_many_bytes_before_it_reads_one(self, cast: Cast) -> None:
        class Told(io.BytesIO):
            size = 200_000_000

            def read(self, *_: object) -> bytes:
                raise AssertionError("read")

        with pytest.raises(actions.NotTaken) as refused:
            upload(cast, Told())
        assert "200" in texts.refusal(refused.value)

    def test_refuses_one_without_words_for_who_cannot_see_it(self, cast: Cast) -> None:
        with pytest.raises(actions.AltMissing):
            upload(cast, alt=" \n")
        assert not Picture.objects.exists()

    def test_is_closed_to_the_neighbour_and_to_who_writes_nothing(self, cast: Cast) -> None:
        for user in (cast.outsider, cast.leader, cast.administrator):
            with pytest.raises(NotAllowed):
                actions.upload(
                    actor=factory.actor(user, TODAY),
                    unit_id=cast.school.unit.pk,
                    file=files.picture(),
                    alt="Ảnh",
                    at=AT,
                )


class TestMakeWaiting:
    def test_draws_every_format_in_every_width_and_the_cut_for_links(self, cast: Cast) -> None:
        number = upload(cast, files.picture((2400, 1500)))
        assert actions.make_waiting(at=AT) == 1
        shown = queries.shown([number])[number]
        assert shown.state == "ready"
        assert [one.type for one in shown.sources] == ["image/avif", "image/webp"]
        for srcset in (*(one.srcset for one in shown.sources), shown.srcset):
            assert [one.split()[-1] for one in srcset.split(", ")] == [
                *(f"{width}w" for width in picturefile.WIDTHS),
                "2000w",
            ]
        assert shown.src.endswith("/1200.jpeg")
        client = Client()
        answer = client.get(shown.share)
        with Image.open(io.BytesIO(answer.content)) as cut:
            assert (cut.size, answer["Content-Type"]) == (picturefile.SHARED, "image/jpeg")
        for srcset, made in zip(
            (*(one.srcset for one in shown.sources), shown.srcset), Format, strict=False
        ):
            answer = client.get(srcset.split()[0])
            assert answer["Content-Type"] == f"image/{made}"
            assert "immutable" in answer["Cache-Control"]
            assert not answer.cookies
            with Image.open(io.BytesIO(answer.content)) as drawn:
                assert (drawn.width, (drawn.format or "").lower()) == (480, made.value)

    def test_shows_the_kept_picture_until_then(self, cast: Cast) -> None:
        number = upload(cast)
        shown = queries.shown([number])[number]
        assert (shown.state, shown.sources, shown.share) == ("waiting", (), "")
        assert Client().get(shown.src).status_code == 200

    def test_says_after_three_times_that_it_failed(self, cast: Cast) -> None:
        number = upload(cast)
        Rendition.objects.update(data=b"no picture")
        for turn in range(5):
            actions.make_waiting(at=AT + timedelta(minutes=3 * turn))
        assert Making.objects.get().failed == actions.ATTEMPTS
        assert queries.shown([number])[number].state == "failed"

    def test_leaves_alone_what_was_taken_down_meanwhile(
        self, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        number = upload(cast)
        drawn = picturefile.renditions

        def meanwhile(data: bytes) -> list[picturefile.Drawn]:
            take_down(cast, number)
            return list(drawn(data))

        monkeypatch.setattr(picturefile, "renditions", meanwhile)
        assert actions.make_waiting(at=AT) == 0
        assert not Rendition.objects.exists()


def take_down(cast: Cast, number: int) -> None:
    actions.take_down(actor=factory.actor(cast.union, TODAY), picture_id=number, at=AT)


class TestTakeDown:
    def test_answers_nothing_at_once_and_leaves_no_byte_and_no_word(self, cast: Cast) -> None:
        number = upload(cast, caption="Lời dưới ảnh")
        shown, client = queries.shown([number])[number], Client()
        assert client.get(shown.src).status_code == 200
        take_down(cast, number)
        assert client.get(shown.src).status_code == 404
        assert client.get(shown.src, headers={"If-None-Match": '"jpeg-1200"'}).status_code == 404
        assert queries.shown([number]) == {}
        assert not Rendition.objects.exists()
        assert Picture.objects.get().caption == ""
        assert Event.objects.filter(action="pictures.taken_down").count() == 1

    def test_is_not_to_be_done_twice_nor_by_the_neighbour(self, cast: Cast) -> None:
        number = upload(cast)
        with pytest.raises(ObjectDoesNotExist):
            actions.take_down(actor=factory.actor(cast.outsider, TODAY), picture_id=number, at=AT)
        take_down(cast, number)
        with pytest.raises(ObjectDoesNotExist):
            take_down(cast, number)


class TestDescribe:
    def test_changes_the_words_and_leaves_a_line(self, cast: Cast) -> None:
        number = upload(cast)
        said = {"alt": "Sân trường", "caption": "", "credit": "Tổ truyền thông"}
        actor = factory.actor(cast.secretary, TODAY)
        actions.describe(actor=actor, picture_id=number, at=AT, **said)
        assert queries.shown([number])[number].alt == "Sân trường"
        assert Event.objects.filter(action="pictures.described").count() == 1


class TestShown:
    def test_asks_twice_whatever_the_number(
        self, cast: Cast, django_assert_num_queries: Callable[[int], object]
    ) -> None:
        numbers = [upload(cast) for _ in range(4)]
        with django_assert_num_queries(2):  # type: ignore[attr-defined]  # a context
            assert len(queries.shown([*numbers, 10**9])) == 4


class TestAddresses:
    @pytest.mark.parametrize(
        "path",
        [
            "/anh/AAAAAAAAAAAAAAAAAAAAAA/480.avif",
            "/anh/AAAAAAAAAAAAAAAAAAAAAA/480.svg",
            "/anh/AAAAAAAAAAAAAAAAAAAAAA/99999999999.jpeg",
            "/anh/AAAAAAAAAAAAAAAAAAAAAA/chia-se.jpeg",
            "/anh/short/480.avif",
        ],
    )
    def test_answer_nothing_where_nothing_is(self, cast: Cast, path: str) -> None:
        assert Client().get(path).status_code == 404
