"""Articles of a school's Union, and a pupil who can be named in them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from django.db import transaction

from donghanh.domain.authority import Actor
from donghanh.domain.naming import folded
from donghanh.news import actions
from donghanh.news.models import Agreement, Article
from donghanh.news.queries import Typed
from donghanh.people.models import Person
from tests import factory
from tests.factory import Cast
from tests.integration.accompaniment.walking import code_of

#: A day on which the rule about parents stands.
ON = factory.BEGINS["R3"].replace(year=2026, month=3, day=2)
AT = factory.instant(ON, 10)
NAME = "Trịnh Thị Bưởi"
KEY = folded(NAME)
TYPED = Typed(
    section="mo-hinh-hay",
    title="Ba buổi đồng hành",
    summary="Đoàn trường kể lại ba buổi học cùng nhau.",
    body=f"<p>Em {NAME} kể về lớp mình.</p><p>Cả lớp cùng làm, trinh thi buoi ghi lại.</p>",
    author_name="Nguyễn Văn Mô Phỏng",
    source="",
)
PLAIN = replace(TYPED, body="<p>Cả lớp cùng làm việc chung.</p>")


@dataclass(frozen=True, slots=True)
class Pupil:
    """A pupil on the road, with the own code."""

    person: Person
    code: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A pupil who is asked to be named, with the own code."""

    person: Person
    code: str
    article: Article
    agreement: Agreement


def writer(cast: Cast) -> Actor:
    return factory.actor(cast.union, ON)


def reviewer(cast: Cast) -> Actor:
    return factory.actor(cast.secretary, ON)


def begun(cast: Cast, typed: Typed = PLAIN) -> Article:
    return actions.begin(actor=writer(cast), typed=typed, at=AT)


def pupil(cast: Cast, *, age: int = 17) -> Person:
    born = ON.replace(year=ON.year - age) - timedelta(days=30)
    return factory.agreed_pupil(cast.school, on=ON - timedelta(days=9), name=NAME, born=born)


@transaction.atomic  # a code that is known here leaves no line of its own
def one_pupil(cast: Cast) -> Pupil:
    person = pupil(cast)
    return Pupil(person, code_of(person))


@transaction.atomic  # a code that is known here leaves no line of its own
def asked(cast: Cast, *, age: int = 17) -> Asked:
    """Begin an article that names a pupil, and ask the pupil."""
    person = pupil(cast, age=age)
    article = begun(cast, TYPED)
    one = actions.ask_pupil(actor=writer(cast), article_id=article.pk, key=KEY, at=AT, on=ON)
    return Asked(person, code_of(person), article, one)


def approved(cast: Cast, article: Article) -> Article:
    """Hand an article in and let the secretary say that it is good."""
    article.refresh_from_db()
    told: dict[str, Any] = {"article_id": article.pk, "seen": article.number, "at": AT}
    actions.hand_in(actor=writer(cast), **told)
    actions.approve(actor=reviewer(cast), **told)
    article.refresh_from_db()
    return article


def publish(cast: Cast, article: Article) -> None:
    actions.publish(actor=reviewer(cast), article_id=article.pk, seen=article.number, at=AT)


def published(cast: Cast, typed: Typed = PLAIN) -> Article:
    """Write, review and publish an article that names nobody."""
    article = approved(cast, begun(cast, typed))
    publish(cast, article)
    article.refresh_from_db()
    return article
