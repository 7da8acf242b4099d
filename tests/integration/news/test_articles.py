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

LATER = making.AT + timedelta(hours=1)


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


class TestCorrection:
    """A name new in it is asked about first; the public reads the version before until then."""

    def kept(self, cast: Cast) -> tuple[Article, making.Pupil]:
        article = making.published(cast)
        asked = making.one_pupil(cast)
        typed = replace(making.TYPED, section="guong-sang")
        told: dict[str, Any] = {"article_id": article.pk, "note": "Thêm lời kể", "at": LATER}
        out = actions.correct(actor=making.reviewer(cast), seen=1, typed=typed, **told)
        assert not out
        article.refresh_from_db()
        assert (article.number, article.shown, article.section) == (2, 1, "mo-hinh-hay")
        return article, asked

    def ask(self, cast: Cast, article: Article) -> int:
        told: dict[str, Any] = {"article_id": article.pk, "key": making.KEY, "on": making.ON}
        return actions.ask_pupil(actor=making.reviewer(cast), at=LATER, **told).pk

    def out(self, cast: Cast, article: Article, **more: Any) -> None:
        told: dict[str, Any] = {"article_id": article.pk, "seen": 2, "at": LATER, **more}
        actions.publish_correction(actor=making.reviewer(cast), **told)

    def test_with_a_new_name_goes_out_only_when_agreed(self, cast: Cast) -> None:
        article, asked = self.kept(cast)
        with pytest.raises(publishing.Unsettled):
            self.out(cast, article)
        number = self.ask(cast, article)
        with pytest.raises(publishing.NotAgreed):
            self.out(cast, article)
        found = queries.public_article(article.slug)
        assert found is not None and not found.corrections and "làm việc" in found.parts[0].html
        actions.agree(code=asked.code, agreement_id=number, at=LATER)
        self.out(cast, article)
        found = queries.public_article(article.slug)
        assert found is not None and making.NAME in found.parts[0].html
        assert [one.note for one in found.corrections] == ["Thêm lời kể"]
        assert found.card.section.key == "guong-sang"
        with pytest.raises(publishing.NotNow):
            self.out(cast, article)

    def test_may_go_out_without_the_name_of_who_has_not_agreed(self, cast: Cast) -> None:
        article, asked = self.kept(cast)
        number = self.ask(cast, article)
        self.out(cast, article, unnamed=True)
        found = queries.public_article(article.slug)
        assert found is not None and "Em một học sinh kể" in found.parts[0].html
        actions.agree(code=asked.code, agreement_id=number, at=LATER)
        found = queries.public_article(article.slug)
        assert found is not None and making.NAME in found.parts[0].html

    def test_may_be_written_again_without_the_name(self, cast: Cast) -> None:
        article, _asked = self.kept(cast)
        told: dict[str, Any] = {"article_id": article.pk, "note": "Bỏ tên", "at": LATER}
        assert actions.correct(actor=making.reviewer(cast), seen=2, typed=making.PLAIN, **told)
        found = queries.public_article(article.slug)
        assert found is not None and [one.note for one in found.corrections] == ["Bỏ tên"]

    def test_is_told_on_the_page_of_the_article(self, cast: Cast) -> None:
        article, _asked = self.kept(cast)
        client = factory.signed_in(cast.secretary)
        page = client.get(f"/tin-bai/{article.pk}/").content.decode()
        assert "Có bản đính chính đang chờ" in page and "Hỏi ý kiến em" in page
        answer = client.post(f"/tin-bai/{article.pk}/dinh-chinh/dang", {"seen": "2"})
        assert answer.status_code == 422

    def test_does_not_keep_who_corrected_from_taking_the_article_down(self, cast: Cast) -> None:
        article, _asked = self.kept(cast)
        told: dict[str, Any] = {"actor": making.reviewer(cast), "article_id": article.pk}
        actions.take_down(reason="Sai cả", at=LATER, **told)
        article.refresh_from_db()
        assert article.stand == "taken_down"
