"""Nobody is named without an own yes, and who takes it back is gone from the page at once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.db import ProgrammingError, connection, transaction
from django.test import Client
from django.urls import reverse

from donghanh.domain import publishing
from donghanh.domain.errors import RuleError
from donghanh.domain.looking import Reach, Way
from donghanh.history.models import Event
from donghanh.lib import wall
from donghanh.news import actions, queries
from donghanh.news.models import Agreement, Version
from tests import factory
from tests.factory import Cast
from tests.integration.news import making
from tests.integration.news.making import AT, KEY, NAME, ON

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(monkeypatch: pytest.MonkeyPatch) -> Cast:
    factory.freeze(monkeypatch, ON)
    return factory.cast()


def read(slug: str) -> str:
    """Return the public page as who is not signed in reads it."""
    return Client().get(reverse("news:public", args=[slug])).content.decode()


def check(cast: Cast, one: making.Asked) -> queries.Check:
    return queries.article_page(making.reviewer(cast), one.article.pk).check


class TestNamesInAText:
    def test_are_pointed_out_with_and_without_marks(self, cast: Cast) -> None:
        making.pupil(cast)
        article = making.begun(cast, replace(making.TYPED, body="<p>bạn trinh thi buoi</p>"))
        page = queries.article_page(making.writer(cast), article.pk)
        assert [(one.words, one.known) for one in page.check.names] == [("trinh thi buoi", True)]

    def test_of_others_are_pointed_out_by_their_looks_whether_borne_or_not(
        self, cast: Cast
    ) -> None:
        typed = replace(making.PLAIN, body="<p>Em Trịnh Thị Bưởi và em Lò Văn Khế.</p>")
        officer = factory.actor(cast.officer, ON)
        made = actions.begin(actor=officer, typed=typed, at=AT)
        without = queries.article_page(officer, made.pk).check.names
        making.pupil(cast)
        assert queries.article_page(officer, made.pk).check.names == without
        assert {one.known for one in without} == {False} and len(without) == 2

    def test_stop_publishing_until_each_is_settled(self, cast: Cast) -> None:
        article = making.approved(
            cast, making.begun(cast, replace(making.PLAIN, body="<p>Thầy Lò Văn Khế.</p>"))
        )
        with pytest.raises(publishing.Unsettled):
            making.publish(cast, article)
        told: dict[str, Any] = {"article_id": article.pk, "key": "lo van khe", "at": AT}
        actions.clear_name(actor=making.reviewer(cast), **told)
        making.publish(cast, article)
        assert Event.objects.filter(action="news.cleared").get().actor_id == cast.secretary.pk

    def test_are_not_said_to_be_others_by_who_wrote(self, cast: Cast) -> None:
        article = making.begun(cast, making.TYPED)
        with pytest.raises(RuleError):
            actions.clear_name(actor=making.writer(cast), article_id=article.pk, key=KEY, at=AT)

    def test_never_stand_in_a_title(self, cast: Cast) -> None:
        making.pupil(cast)
        typed = replace(making.PLAIN, title=f"Em {NAME}")
        article = making.approved(cast, making.begun(cast, typed))
        with pytest.raises(publishing.NameInTitle):
            making.publish(cast, article)

    def test_are_asked_about_only_where_one_pupil_bears_them(self, cast: Cast) -> None:
        article = making.begun(cast, making.TYPED)
        told: dict[str, Any] = {
            "actor": making.writer(cast),
            "article_id": article.pk,
            "at": AT,
            "on": ON,
        }
        with pytest.raises(actions.NobodyToAsk):
            actions.ask_pupil(key=KEY, **told)
        making.pupil(cast)
        making.pupil(cast)
        with pytest.raises(actions.NobodyToAsk):
            actions.ask_pupil(key=KEY, **told)
        with pytest.raises(actions.NoSuchName):
            actions.ask_pupil(key="lo van khe", **told)
        assert not Agreement.objects.exists()


class TestAgreement:
    def test_takes_the_name_out_of_every_version(self, cast: Cast) -> None:
        one = making.asked(cast)
        bodies = Version.objects.values_list("body", flat=True)
        assert all("Bưởi" not in body and KEY not in body for body in bodies)
        assert all("[[học sinh 1]]" in body for body in bodies)
        assert KEY not in Version.objects.get().folded
        assert one.agreement.words == NAME and not one.agreement.parents_needed

    def test_is_needed_to_publish_and_puts_the_name_there(self, cast: Cast) -> None:
        one = making.asked(cast)
        article = making.approved(cast, one.article)
        with pytest.raises(publishing.NotAgreed):
            making.publish(cast, article)
        actions.agree(code=one.code, agreement_id=one.agreement.pk, at=AT)
        making.publish(cast, article)
        assert NAME in read(article.slug)
        assert NAME not in Client().get(reverse("news:front")).content.decode()

    def test_of_a_child_needs_the_parents_too(self, cast: Cast) -> None:
        one = making.asked(cast, age=15)
        actions.agree(code=one.code, agreement_id=one.agreement.pk, at=AT)
        assert not check(cast, one).settled
        told: dict[str, Any] = {
            "article_id": one.article.pk,
            "agreement_id": one.agreement.pk,
            "at": AT,
        }
        actions.heard_parents(actor=making.reviewer(cast), on=ON, **told)
        assert check(cast, one).settled

    def test_taken_back_takes_the_name_from_the_page_at_once(self, cast: Cast) -> None:
        one = making.asked(cast)
        actions.agree(code=one.code, agreement_id=one.agreement.pk, at=AT)
        article = making.approved(cast, one.article)
        making.publish(cast, article)
        actions.withdraw(code=one.code, agreement_id=one.agreement.pk, at=AT)
        page = read(article.slug)
        assert "Bưởi" not in page and "một học sinh" in page

    def test_goes_with_the_road(self, cast: Cast) -> None:
        one = making.asked(cast)
        actions.agree(code=one.code, agreement_id=one.agreement.pk, at=AT)
        article = making.approved(cast, one.article)
        making.publish(cast, article)
        factory.stopped(one.person, on=ON)
        assert "Bưởi" not in read(article.slug)

    def test_refused_unanswered_and_taken_back_look_alike_to_the_staff(self, cast: Cast) -> None:
        one = making.asked(cast)
        unanswered = check(cast, one)
        told: dict[str, Any] = {"code": one.code, "agreement_id": one.agreement.pk, "at": AT}
        actions.refuse(**told)
        assert check(cast, one) == unanswered
        actions.agree(**told)
        actions.withdraw(**told)
        assert check(cast, one) == unanswered
        actor = making.reviewer(cast)
        reach = actor.reach
        with (
            pytest.raises(ProgrammingError),
            transaction.atomic(),
            wall.looking(reach.way, reach.settings),
            connection.cursor() as cursor,
        ):
            cursor.execute("SELECT * FROM news_declining")
        named = Event.objects.filter(subject="person", subject_id=one.person.pk)
        said = set(named.filter(action__startswith="news.").values_list("action", flat=True))
        assert said == {"news.answered"}

    def test_is_the_pupils_own_to_give(self, cast: Cast) -> None:
        one = making.asked(cast)
        with pytest.raises(actions.Over):
            actions.agree(code="MPTHUKHONG", agreement_id=one.agreement.pk, at=AT)
        with wall.looking(Way.PUPIL, Reach(Way.PUPIL, code="0" * 64).settings):
            assert not Agreement.objects.exists()


class TestWall:
    def test_shows_everybody_no_name_before_it_stands(self, cast: Cast) -> None:
        one = making.asked(cast)
        with connection.cursor() as cursor, transaction.atomic():
            cursor.execute("SET LOCAL ROLE donghanh_plain")
            for table in ("article", "version", "agreement", "correction"):
                cursor.execute(f"SELECT count(*) FROM news_{table}")  # noqa: S608 - from above
                assert cursor.fetchone() == (0,), table
            cursor.execute("RESET ROLE")
        assert one.agreement.pk

    def test_shows_those_above_schools_no_name(self, cast: Cast) -> None:
        making.asked(cast)
        above = factory.actor(cast.upper_unionist, ON)
        with wall.looking(above.reach.way, above.reach.settings):
            assert list(Agreement.objects.values_list("number", "stands")) == [(1, False)]
            with pytest.raises(ProgrammingError), transaction.atomic():
                list(Agreement.objects.values_list("words"))


class TestOwnPage:
    def test_asks_without_a_tick_and_takes_every_answer(self, cast: Cast) -> None:
        one = making.asked(cast)
        phone = Client()
        page = phone.get(reverse("news:own", args=[one.code])).content.decode()
        assert NAME in page and making.TYPED.title in page and "checked" not in page
        for what, stands in (("dong-y", True), ("rut", False), ("khong", False), ("dong-y", True)):
            answer = phone.post(reverse("news:own_answer", args=[one.code, one.agreement.pk, what]))
            assert answer.status_code == 302
            one.agreement.refresh_from_db()
            assert one.agreement.stands is stands


def beside(deed: Callable[[], object], refused: list[RuleError]) -> threading.Thread:
    """Return a thread with a connection of its own, which keeps why it was refused."""

    def run() -> None:
        try:
            deed()
        except RuleError as error:
            refused.append(error)
        finally:
            connection.close()

    return threading.Thread(target=run)


@pytest.mark.django_db(transaction=True)
def test_publishing_and_taking_back_at_once_end_cleanly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two connections: whoever publishes waits for who was first, and then knows."""
    factory.freeze(monkeypatch, ON)
    cast = factory.cast()
    one = making.asked(cast)
    told: dict[str, Any] = {"code": one.code, "agreement_id": one.agreement.pk, "at": AT}
    actions.agree(**told)
    article = making.approved(cast, one.article)
    held, go_on = threading.Event(), threading.Event()
    refused: list[RuleError] = []

    def take_back() -> None:
        with transaction.atomic():
            actions.withdraw(**told)
            held.set()
            go_on.wait(10)

    first = beside(take_back, refused)
    second = beside(lambda: making.publish(cast, article), refused)
    first.start()
    assert held.wait(10)
    second.start()
    second.join(0.5)
    assert second.is_alive()
    go_on.set()
    first.join(10)
    second.join(10)
    assert [type(error) for error in refused] == [publishing.NotAgreed]
    article.refresh_from_db()
    assert article.stand == "reviewed"
