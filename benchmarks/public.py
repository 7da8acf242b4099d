"""
Ask for public pages from many connections at once, kept and not, and send a large picture.

``python -m benchmarks.public`` fills a small world in which units tell figures and news, starts the
product's own web server with two workers, and asks for the list of figures, one unit's page, the
list of news and an article with pictures, with 32 connections: first by addresses whose answers are
never kept, then from the warm cache, in one run on the same machine. Then it sends pictures of 12
million points one after the other, and says how long a job took to draw each smaller. It ends with
1 when kept pages are not 10 times as many a second, when the 95th of a hundred took more than 20
ms, or when a picture took more than a second.
"""

from __future__ import annotations

import argparse
import asyncio
import http.client
import io
import re
import statistics
import sys
import time
from dataclasses import dataclass
from datetime import date
from typing import Any

from benchmarks import tenth_of_june, world

SECRETARY = tenth_of_june.SECRETARY
TIMES, MOST, SENDING = 10, 0.020, 1.0
YEAR = "2025-2026"
PAGES = {
    "news": "/tin/",
    "article": "/tin/bai-1/",
    "figures": "/so-lieu-cong-khai/",
    "unit": f"/so-lieu-cong-khai/truong-1/{YEAR}/",
}
#: Articles that are told, each with a picture before its text and one in it.
ARTICLES = 40
CODES = ("introduced", "listed", "trained", "cell_passed", "decided", "admitted")
_LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)
_HEAD = (
    "GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept-Encoding: gzip\r\n"
    "User-Agent: benchmark\r\n\r\n"
)


@dataclass(frozen=True, slots=True)
class Rate:
    """Answers a second, and the 95th of a hundred in seconds."""

    second: float
    cut: float
    answers: int


def main() -> int:
    """Fill, serve, ask, send, print."""
    parser = argparse.ArgumentParser(prog="benchmarks.public", description=__doc__)
    parser.add_argument("--connections", type=int, default=32)
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--pictures", type=int, default=8)
    parser.add_argument("--port", type=int, default=8611)
    scale = world.scale_of(parser, world.Scale(provinces=1, schools=60, cases=600))
    given = parser.parse_args()
    world.start()
    from django.db import connection

    good = True
    with world.filled(scale):
        told(scale.schools)
        written()
        session = tenth_of_june.session_of(SECRETARY + 1)
        with tenth_of_june.served(given.port, str(connection.settings_dict["NAME"])):
            for name, path in PAGES.items():
                good &= compared(name, path, given)
            good &= sent(given.port, session, given.pictures)
        drawn()
    return 0 if good else 1


def say(text: str) -> None:
    """Print a line at once."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def told(schools: int) -> None:
    """Let every school tell figures of a year, and give one of them a secretary."""
    from django.db import connection

    from donghanh.accounts.models import User
    from donghanh.lib import clock
    from donghanh.openfigures.models import Publication
    from donghanh.organisation.models import Post

    tables = ("accounts_user", "organisation_post", "openfigures_publication")
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    who = User.objects.create(id=SECRETARY + 1, username="bithu1", name="Bí thư 1", simulated=True)
    Post.objects.create(
        user=who,
        unit_id=world.CELL + 1,
        role="secretary",
        title="Bí thư chi bộ",
        in_force=(date(2016, 7, 1), None),
    )
    Publication.objects.bulk_create(
        Publication(
            unit_id=world.SCHOOL + number,
            unit_name=f"Trường THPT {number} (mô phỏng)",
            school_year=YEAR,
            cutoff_date=date(2026, 7, 31),
            figures=[_figure(code, 7 * number + place) for place, code in enumerate(CODES)],
            schools=[world.SCHOOL + number],
            most=4,
            published_at=clock.now(),
            published_by=who,
        )
        for number in range(1, schools + 1)
    )
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def written() -> None:
    """Let the schools tell news: public articles of some length, with two pictures each."""
    from datetime import timedelta

    from django.db import connection

    from donghanh.lib import clock
    from donghanh.news.models import Article, Placed, Version
    from donghanh.pictures.models import Making, Picture, Rendition

    tables = ("news_article", "news_version", "news_placed", "pictures_picture")
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    who, at = SECRETARY + 1, clock.now()
    words = "<p>" + "Các bạn kể lại việc đã làm cùng nhau trong tuần. " * 12 + "</p>"
    for number in range(1, ARTICLES + 1):
        unit, then = world.SCHOOL + number, at - timedelta(hours=number)
        article = Article.objects.create(
            unit_id=unit,
            school_id=unit,
            section="mo-hinh-hay",
            slug=f"bai-{number}",
            stand="published",
            number=1,
            shown=1,
            begun_at=then,
            begun_by_id=who,
            reviewed_at=then,
            reviewed_by_id=who,
            published_at=then,
        )
        Version.objects.create(
            article=article,
            number=1,
            title=f"Bài số {number} kể chuyện học sinh giúp nhau học",
            summary="Sau một học kỳ, phòng học chiều thứ Năm không còn ghế trống.",
            body=f"<h2>Mở đầu</h2>{words}<p>[[ảnh 2]]</p>{words * 4}",
            author_name="Tổ truyền thông",
            lead=1,
            written_at=then,
            written_by_id=who,
        )
        for place in (1, 2):
            picture = Picture.objects.create(
                unit_id=unit,
                token=f"{number:011d}{place:011d}",
                alt="Con đường qua những ngọn đồi",
                width=1600,
                height=1000,
                uploaded_at=then,
                uploaded_by_id=who,
            )
            Making.objects.create(picture=picture, state="ready", due_at=then)
            Rendition.objects.bulk_create(
                Rendition(picture=picture, format=kind, width=width, height=width, data=b"x")
                for kind in ("avif", "webp", "jpeg")
                for width in (480, 960, 1600)
            )
            Placed.objects.create(
                article=article,
                number=place,
                picture=picture,
                alt=picture.alt,
                caption="Tranh do máy vẽ",
                seen="nobody",
                stands=True,
                added_at=then,
                added_by_id=who,
                public_at=then,
            )
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def _figure(code: str, value: int) -> dict[str, Any]:
    return {
        "code": code,
        "title": f"Số học sinh ở bước {code}",
        "counts": "Nghị quyết có ngày trong năm học đến ngày chốt.",
        "leaves_out": "Bước đã bị hủy.",
        "persons": True,
        "value": value,
        "state": "shown",
        "parts": [],
    }


def compared(name: str, path: str, given: argparse.Namespace) -> bool:
    """Ask for a page without and with what is kept; tell whether it is as fast as it should be."""
    bare = asyncio.run(asked(given.port, f"{path}?q=khac", given.connections, given.seconds))
    asyncio.run(asked(given.port, path, given.connections, 0.5))
    warm = asyncio.run(asked(given.port, path, given.connections, given.seconds))
    for what, rate in (("made anew", bare), ("kept", warm)):
        say(
            f"{name:8} {what:9} {rate.second:8.0f} a second, p95 {rate.cut * 1000:7.1f} ms,"
            f" {rate.answers} answers"
        )
    say(f"{name:8} {warm.second / bare.second:.1f} times as many")
    return warm.second >= TIMES * bare.second and warm.cut <= MOST


async def asked(port: int, path: str, connections: int, seconds: float) -> Rate:
    """Ask for one address from many connections at once for some seconds."""
    until = time.perf_counter() + seconds
    taken: list[float] = []
    began = time.perf_counter()
    await asyncio.gather(*(_ask(port, path, until, taken) for _ in range(connections)))
    passed = time.perf_counter() - began
    return Rate(len(taken) / passed, statistics.quantiles(taken, n=100)[94], len(taken))


async def _ask(port: int, path: str, until: float, taken: list[float]) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    question = _HEAD.format(path=path, port=port).encode()
    while (began := time.perf_counter()) < until:
        writer.write(question)
        head = await reader.readuntil(b"\r\n\r\n")
        length = _LENGTH.search(head)
        if not head.startswith(b"HTTP/1.1 200") or length is None:
            msg = f"{path}: {head[:60]!r}"
            raise ValueError(msg)
        await reader.readexactly(int(length[1]))
        taken.append(time.perf_counter() - began)
    writer.close()
    await writer.wait_closed()


def photograph(seed: int) -> bytes:
    """Return a picture of 4000 × 3000 points with as much in it as a camera sees."""
    from PIL import Image

    grain = Image.effect_noise((1000, 750), 70 + seed).resize(
        (4000, 3000), Image.Resampling.BICUBIC
    )
    light = Image.linear_gradient("L").resize((4000, 3000))
    room = io.BytesIO()
    Image.merge("RGB", (grain, light, grain.transpose(Image.Transpose.ROTATE_180))).save(
        room, "JPEG", quality=92
    )
    return room.getvalue()


def sent(port: int, session: str, many: int) -> bool:
    """Send pictures one after the other, and tell whether each was answered in time."""
    taken: list[float] = []
    size = 0
    for seed in range(many):
        data = photograph(seed)
        size = max(size, len(data))
        began = time.perf_counter()
        _send(port, session, data)
        taken.append(time.perf_counter() - began)
    say(
        f"send  12 million points, up to {size / 1e6:.1f} MB:"
        f" median {statistics.median(taken):.2f} s, longest {max(taken):.2f} s"
    )
    return max(taken) <= SENDING


def _send(port: int, session: str, data: bytes) -> None:
    mark = "b0undary"
    fields = {"csrfmiddlewaretoken": tenth_of_june.CSRF, "alt": "Ảnh thử"}
    parts = [
        f'--{mark}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields.items()
    ]
    head = f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\n\r\n'
    body = b"".join([*parts, head.encode(), data, f"\r\n--{mark}--\r\n".encode()])
    door = http.client.HTTPConnection("127.0.0.1", port, timeout=tenth_of_june.PATIENCE)
    door.request(
        "POST",
        "/anh/thu-vien/them",
        body,
        {
            "Cookie": f"sessionid={session}; csrftoken={tenth_of_june.CSRF}",
            "Content-Type": f"multipart/form-data; boundary={mark}",
        },
    )
    answer = door.getresponse()
    answer.read()
    door.close()
    if answer.status != http.client.FOUND:
        msg = f"the picture was answered with {answer.status}"
        raise ValueError(msg)


def drawn() -> None:
    """Draw what waits, as the job does, and say how long one took and how much it takes."""
    from django.db.models import Count, Sum
    from django.db.models.functions import Length

    from donghanh.lib import clock
    from donghanh.pictures import actions
    from donghanh.pictures.models import Rendition

    began = time.perf_counter()
    many = actions.make_waiting(at=clock.now())
    took = time.perf_counter() - began
    kept = Rendition.objects.aggregate(bytes=Sum(Length("data")), files=Count("*"))
    say(
        f"draw  {many} pictures, {took / many:.2f} s each, {kept['files'] / many:.0f} files,"
        f" {kept['bytes'] / many / 1e6:.2f} MB each"
    )


if __name__ == "__main__":
    sys.exit(main())
