"""An article goes from who writes it through who reviews it to the public, and back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from donghanh.domain import publishing
from donghanh.domain.authority import NotAllowed
from donghanh.domain.errors import RuleError
from donghanh.history.models import Event
from donghanh.lib import wall
from donghanh.news import actions, queries
from donghanh.news.models import Article, Version
from tests import factory
from tests.factory import Cast
from tests.integration.news import making

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(monkeypatch: pytest.MonkeyPatch) -> Cast:
    factory.freeze(monkeypatch, making.ON)
    return factory.cast()


def lines() -> list[str]:
    found = Event.objects.filter(action__startswith="news.").order_by("id")
    return list(found.values_list("action", flat=True))


class TestRoad:
    def test_leads_from_one_who_writes_through_another_to_the_public(self, cast: Cast) -> None:
        article = making.published(cast)
        assert (article.stand, article.shown, article.slug) == ("published", 1, "ba-buoi-dong-hanh")
        assert lines() == ["news.begun", "news.handed_in", "news.approved", "news.published"]

    def test_refuses_who_wrote_any_version(self, cast: Cast) -> None:
        article = making.begun(cast)
        secretary = making.reviewer(cast)
        typed = replace(making.PLAIN, title="Sửa một chữ")
        actions.save(actor=secretary, article_id=article.pk, seen=1, typed=typed, at=making.AT)
        actions.hand_in(actor=making.writer(cast), article_id=article.pk, seen=2, at=making.AT)
        with pytest.raises(publishing.OwnArticle):
            actions.approve(actor=secretary, article_id=article.pk, seen=2, at=making.AT)
        assert Article.objects.get().stand == "handed_in"

    def test_refuses_the_writer_who_has_no_right_to_review(self, cast: Cast) -> None:
        article = making.begun(cast)
        actions.hand_in(actor=making.writer(cast), article_id=article.pk, seen=1, at=making.AT)
        with pytest.raises(NotAllowed):
            actions.approve(actor=making.writer(cast), article_id=article.pk, seen=1, at=making.AT)

    def test_may_be_reviewed_by_the_union_above(self, cast: Cast) -> None:
        article = making.begun(cast)
        actions.hand_in(actor=making.writer(cast), article_id=article.pk, seen=1, at=making.AT)
        above = factory.actor(cast.upper_unionist, making.ON)
        actions.approve(actor=above, article_id=article.pk, seen=1, at=making.AT)
        assert Article.objects.get().stand == "reviewed"

    def test_is_unknown_to_the_neighbouring_school(self, cast: Cast) -> None:
        article = making.begun(cast)
        outsider = factory.actor(cast.outsider, making.ON)
        with pytest.raises(Article.DoesNotExist):
            actions.see_article(actor=outsider, article_id=article.pk, at=making.AT)
        with wall.looking(outsider.reach.way, outsider.reach.settings):
            assert not Article.objects.exists() and not Version.objects.exists()

    def test_gives_back_with_a_word_and_takes_down_with_a_reason(self, cast: Cast) -> None:
        article = making.approved(cast, making.begun(cast))
        told: dict[str, Any] = {
            "actor": making.reviewer(cast),
            "article_id": article.pk,
            "at": making.AT,
        }
        with pytest.raises(publishing.NothingSaid):
            actions.send_back(word=" .. ", **told)
        actions.send_back(word="Thiếu số liệu", **told)
        article.refresh_from_db()
        assert (article.stand, article.word) == ("draft", "Thiếu số liệu")
        making.publish(cast, making.approved(cast, article))
        with pytest.raises(publishing.NothingSaid):
            actions.take_down(reason="", **told)
        actions.take_down(reason="Số liệu sai", **told)
        with pytest.raises(publishing.NotNow):
            actions.take_down(reason="Lần nữa", **told)


class TestSave:
    def test_refuses_a_second_save_and_loses_neither_text(self, cast: Cast) -> None:
        article = making.begun(cast)
        first = replace(making.PLAIN, body="<p>Bản thứ nhất</p>")
        told: dict[str, Any] = {"actor": making.writer(cast), "article_id": article.pk, "seen": 1}
        actions.save(typed=first, at=making.AT, **told)
        with pytest.raises(actions.ChangedMeanwhile):
            actions.save(typed=making.PLAIN, at=making.AT, **told)
        assert Version.objects.get(number=2).body == "<p>Bản thứ nhất</p>"
        assert Version.objects.count() == 2

    def test_keeps_the_address_when_the_title_is_put_right(self, cast: Cast) -> None:
        article = making.published(cast)
        actions.correct(
            actor=making.reviewer(cast),
            article_id=article.pk,
            seen=1,
            typed=replace(making.PLAIN, title="Bốn buổi đồng hành"),
            note="Số buổi là bốn",
            at=making.AT + timedelta(hours=1),
        )
        article.refresh_from_db()
        assert (article.slug, article.shown) == ("ba-buoi-dong-hanh", 2)
        found = queries.public_article(article.slug)
        assert found is not None and found.card.title == "Bốn buổi đồng hành"
        assert [one.note for one in found.corrections] == ["Số buổi là bốn"]

    def test_gives_two_articles_of_one_title_two_addresses(self, cast: Cast) -> None:
        making.begun(cast)
        assert making.begun(cast).slug == "ba-buoi-dong-hanh-2"

    def test_keeps_what_is_typed_until_it_is_saved(self, cast: Cast) -> None:
        article = making.begun(cast)
        actor = making.writer(cast)
        typed = {"title": "Đang gõ", "body": "<p>dở <script>x</script>dang</p>", "form": "html"}
        actions.keep_draft(actor=actor, article_id=article.pk, seen=1, typed=typed, at=making.AT)
        page = queries.edit_page(actor, article.pk)
        assert page.initial["title"] == "Đang gõ" and page.initial["body"] == "dở dang"
        assert queries.edit_page(making.reviewer(cast), article.pk).left_at is None
        told: dict[str, Any] = {
            "actor": actor,
            "article_id": article.pk,
            "seen": 1,
            "at": making.AT,
        }
        actions.save(typed=making.PLAIN, **told)
        assert queries.edit_page(actor, article.pk).left_at is None

    def test_refuses_an_article_without_words_or_with_too_many(self, cast: Cast) -> None:
        for typed in (
            replace(making.PLAIN, title=" … "),
            replace(making.PLAIN, body="a" * 60_001),
        ):
            with pytest.raises(RuleError):
                making.begun(cast, typed)
        empty = making.begun(cast, replace(making.PLAIN, body="<p></p>"))
        with pytest.raises(publishing.Empty):
            making.approved(cast, empty)


class TestPlan:
    def test_is_carried_out_by_the_job_though_a_run_was_missed(self, cast: Cast) -> None:
        article = making.approved(cast, making.begun(cast))
        told: dict[str, Any] = {"actor": making.reviewer(cast), "article_id": article.pk, "seen": 1}
        when = making.AT + timedelta(hours=3)
        with pytest.raises(publishing.PlannedBefore):
            actions.plan(planned=making.AT, at=making.AT, **told)
        actions.plan(planned=when, at=making.AT, **told)
        assert actions.publish_due(at=when - timedelta(seconds=1)) == 0
        late = when + timedelta(days=2)
        assert actions.publish_due(at=late) == 1
        assert actions.publish_due(at=late) == 0
        article.refresh_from_db()
        assert (article.stand, article.published_at) == ("published", late)
        assert Event.objects.filter(action="news.published").get().actor_id == cast.secretary.pk

    def test_waits_where_somebody_no_longer_agrees(self, cast: Cast) -> None:
        one = making.asked(cast)
        actions.agree(code=one.code, agreement_id=one.agreement.pk, at=making.AT)
        article = making.approved(cast, one.article)
        when = making.AT + timedelta(hours=3)
        told: dict[str, Any] = {"actor": making.reviewer(cast), "article_id": article.pk, "seen": 1}
        actions.plan(planned=when, at=making.AT, **told)
        actions.withdraw(code=one.code, agreement_id=one.agreement.pk, at=making.AT)
        assert actions.publish_due(at=when) == 0
        article.refresh_from_db()
        assert (article.stand, article.planned_at, article.held_at) == ("reviewed", None, when)


class TestListing:
    def test_asks_the_same_number_of_times_however_many(
        self, cast: Cast, django_assert_num_queries: pytest.FixtureRequest
    ) -> None:
        actor = making.writer(cast)
        for _ in range(3):
            making.begun(cast)
        with django_assert_num_queries(1):  # type: ignore[operator]  # a context manager
            assert len(queries.listing(actor)) == 3
