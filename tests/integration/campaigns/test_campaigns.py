"""A campaign is written, opened, joined, given figures, closed and ended; and what refuses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.exceptions import ObjectDoesNotExist

from donghanh.campaigns import actions, queries
from donghanh.campaigns.models import Campaign, Closing, Joining, Statement
from donghanh.domain import authority, campaign_figures, campaigning
from donghanh.domain.campaigning import Answer, Stage
from donghanh.domain.errors import RuleError
from donghanh.domain.rights import Role
from donghanh.domain.structure import Line, UnitKind
from donghanh.history.models import Event
from donghanh.lib import wall
from tests import factory
from tests.factory import Cast
from tests.integration.campaigns.running import (
    ASKED,
    AT,
    TERMS,
    TODAY,
    YEAR,
    at,
    declined,
    drafted,
    ended,
    gave,
    joined,
    opened,
)
from tests.integration.directives import drafting

#: The last day figures of the year are given by, and the day after.
DUE, LATE = date(2024, 5, 31), date(2024, 6, 1)

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return factory.cast()


def lines() -> list[str]:
    """Return what history tells of campaigns, in order."""
    told = Event.objects.filter(action__startswith="campaigns.").order_by("pk")
    return list(told.values_list("action", flat=True))


class TestRunning:
    def test_writes_opens_and_ends_with_a_line_each(self, cast: Cast) -> None:
        campaign = opened(cast)
        assert campaign.joinings.filter(answer=Answer.SILENT.value).count() == 2
        assert [one.label for one in campaign.figures.order_by("place")] == [
            one.label for one in ASKED
        ]
        ended(campaign, cast)
        campaign.refresh_from_db()
        assert (campaign.stage, campaign.closed_date) == (Stage.ENDED.value, TODAY)
        assert lines() == ["campaigns.drafted", "campaigns.opened", "campaigns.ended"]

    def test_keeps_what_is_sent_twice_once(self, cast: Cast) -> None:
        first, second = drafted(cast), drafted(cast)
        assert first == second
        assert lines() == ["campaigns.drafted"]

    def test_opens_once_and_changes_nothing_that_somebody_changed(self, cast: Cast) -> None:
        campaign = opened(cast)
        with pytest.raises(campaigning.ChangedMeanwhile):
            actions.open_campaign(
                actor=factory.actor(cast.upper_unionist, TODAY),
                campaign_id=campaign.pk,
                seen=1,
                at=AT,
                today=TODAY,
            )
        assert campaign.joinings.count() == 2

    def test_changes_a_draft_wholly_and_an_opened_one_but_its_figures(self, cast: Cast) -> None:
        campaign = drafted(cast)
        actor = factory.actor(cast.upper_unionist, TODAY)
        mended = actions.mend_campaign(
            actor=actor,
            campaign_id=campaign.pk,
            seen=1,
            terms=replace(TERMS, title="Tên khác", begins=date(2023, 9, 1)),
            asked=ASKED[:1],
            at=AT,
            today=TODAY,
        )
        assert (mended.title, mended.begins) == ("Tên khác", date(2023, 9, 1))
        assert campaign.figures.count() == 1
        actions.open_campaign(actor=actor, campaign_id=campaign.pk, seen=2, at=AT, today=TODAY)
        again = actions.mend_campaign(
            actor=actor,
            campaign_id=campaign.pk,
            seen=3,
            terms=replace(TERMS, begins=date(2020, 1, 1), ends=None),
            asked=ASKED,
            at=AT,
            today=TODAY,
        )
        assert (again.begins, again.ends) == (date(2023, 9, 1), None)
        assert campaign.figures.count() == 1

    def test_refuses_a_period_that_leaves_given_figures_out(self, cast: Cast) -> None:
        campaign = opened(cast)
        joined(campaign, cast.school)
        later = date(2024, 10, 1)
        gave(campaign, cast.school, 1, 2, year="2024-2025", on=later)
        with pytest.raises(campaigning.FiguresBeyond):
            actions.mend_campaign(
                actor=factory.actor(cast.upper_unionist, later),
                campaign_id=campaign.pk,
                seen=campaign.version,
                terms=replace(TERMS, ends=date(2024, 7, 31)),
                at=AT,
                today=later,
            )

    def test_asks_schools_that_came_since_once(self, cast: Cast) -> None:
        campaign = opened(cast)
        Joining.objects.filter(campaign=campaign, school=cast.neighbour.unit).delete()
        actor = factory.actor(cast.upper_unionist, TODAY)
        many = [
            actions.ask_more(actor=actor, campaign_id=campaign.pk, at=AT, today=TODAY)
            for _ in range(2)
        ]
        assert many == [1, 0]
        assert campaign.joinings.count() == 2

    def test_refuses_an_end_that_cannot_have_been(self, cast: Cast) -> None:
        campaign = opened(cast)
        for day, refusal in (
            (TODAY + timedelta(days=1), campaigning.DayToCome),
            (TERMS.begins - timedelta(days=1), campaigning.BeforeBegin),
        ):
            with pytest.raises(refusal):
                actions.end_campaign(
                    actor=factory.actor(cast.upper_unionist, TODAY),
                    campaign_id=campaign.pk,
                    seen=campaign.version,
                    ended=day,
                    done="a",
                    learnt="b",
                    at=AT,
                    today=TODAY,
                )

    def test_is_called_off_with_a_reason_and_then_rests(self, cast: Cast) -> None:
        campaign = opened(cast)
        actor = factory.actor(cast.upper_unionist, TODAY)
        actions.call_off(
            actor=actor, campaign_id=campaign.pk, seen=2, reason="Thay đổi", at=AT, today=TODAY
        )
        for refused in (lambda: joined(campaign, cast.school), lambda: ended(campaign, cast)):
            with pytest.raises(RuleError) as why:
                refused()
            assert why.value.code in {"campaigns.is_over", "campaigns.not_now"}


class TestJoining:
    def test_joins_changes_the_plan_and_gives_figures_whose_history_stays(self, cast: Cast) -> None:
        campaign = opened(cast)
        joined(campaign, cast.school)
        joined(campaign, cast.school)
        gave(campaign, cast.school, 4, 0)
        gave(campaign, cast.school, 5, None, seen=1)
        page = queries.unit_page(
            factory.actor(cast.union, TODAY), at(campaign, cast.school).pk, TODAY
        )
        (year,) = page.years
        assert [[cell.number for cell in one.cells] for one in year.given] == [[5, None], [4, 0]]
        assert lines()[2:] == [
            "campaigns.joined",
            "campaigns.joined",
            "campaigns.figures_stated",
            "campaigns.figures_stated",
        ]

    def test_joins_after_having_declined_but_does_not_decline_after_giving(
        self, cast: Cast
    ) -> None:
        campaign = opened(cast)
        declined(campaign, cast.school)
        joined(campaign, cast.school)
        assert at(campaign, cast.school).reason == ""
        gave(campaign, cast.school, 1, 1)
        with pytest.raises(campaigning.GaveFigures):
            declined(campaign, cast.school)

    def test_refuses_a_figure_given_twice_at_once(self, cast: Cast) -> None:
        campaign = opened(cast)
        joined(campaign, cast.school)
        gave(campaign, cast.school, 1, 1)
        with pytest.raises(campaigning.ChangedMeanwhile):
            gave(campaign, cast.school, 2, 2)
        assert Statement.objects.count() == 1

    @pytest.mark.parametrize(
        ("numbers", "year", "code"),
        [
            ((-1, 0), YEAR, "campaigns.number_outside"),
            ((100_001, 0), YEAR, "campaigns.number_outside"),
            ((None, None), YEAR, "campaigns.nothing_said"),
            ((1, 1), "2022-2023", "campaigns.year_outside"),
            ((1, 1), "2024-2025", "campaigns.year_outside"),
            ((1, 1), "nam nao", "campaigns.year_outside"),
        ],
    )
    def test_refuses_figures_that_cannot_be_and_keeps_nothing(
        self, cast: Cast, numbers: tuple[int | None, int | None], year: str, code: str
    ) -> None:
        campaign = opened(cast)
        joined(campaign, cast.school)
        with pytest.raises(RuleError) as refused:
            gave(campaign, cast.school, *numbers, year=year)
        assert refused.value.code == code
        assert Statement.objects.count() == 0

    def test_gives_nothing_once_the_year_is_closed_or_all_is_over(self, cast: Cast) -> None:
        campaign = opened(cast)
        joined(campaign, cast.school)
        actor = factory.actor(cast.upper_unionist, TODAY)
        with pytest.raises(campaign_figures.TooEarlyToClose):
            actions.close_year(
                actor=actor, campaign_id=campaign.pk, school_year=YEAR, at=AT, today=DUE
            )
        for _twice in range(2):
            actions.close_year(
                actor=actor, campaign_id=campaign.pk, school_year=YEAR, at=AT, today=LATE
            )
        assert Closing.objects.count() == 1
        assert lines().count("campaigns.year_closed") == 1
        with pytest.raises(campaign_figures.YearClosed):
            gave(campaign, cast.school, 1, 1)
        ended(campaign, cast)
        for deed in (
            lambda: gave(campaign, cast.school, 1, 1),
            lambda: joined(campaign, cast.neighbour),
            lambda: declined(campaign, cast.neighbour),
        ):
            with pytest.raises(campaigning.IsOver):
                deed()

    def test_evaluates_while_it_runs_and_after_it_ended_if_it_took_part(self, cast: Cast) -> None:
        campaign = opened(cast)
        joined(campaign, cast.school)
        ended(campaign, cast)
        for where, refusal in ((cast.school, None), (cast.neighbour, campaigning.NotJoined)):
            one = at(campaign, where)

            def deed(one: Joining = one, where: factory.School = where) -> object:
                return actions.evaluate(
                    actor=factory.actor(where.union, TODAY),
                    joining_id=one.pk,
                    seen=one.version,
                    text="Nhớ lâu hơn",
                    at=AT,
                )

            if refusal is None:
                deed()
                assert at(campaign, where).evaluation == "Nhớ lâu hơn"
            else:
                with pytest.raises(refusal):
                    deed()


class TestPaper:
    def test_is_cited_from_a_directive_the_own_unit_issued_and_opened_from_there(
        self, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        factory.freeze(monkeypatch, drafting.ON)
        drafting.lettered(cast)
        paper = drafting.issued(cast.upper_unionist, cast.upper_unionist)
        campaign = actions.draft_campaign(
            actor=factory.actor(cast.upper_unionist, drafting.ON),
            terms=replace(TERMS, paper=None),
            asked=ASKED,
            once="hai",
            at=drafting.AT,
            today=drafting.ON,
            directive_id=paper.pk,
        )
        assert campaign.directive_id == paper.pk
        assert "TĐTN" in campaign.paper_number
        assert campaign.paper_date == paper.issued_date
        actions.open_campaign(
            actor=factory.actor(cast.upper_unionist, drafting.ON),
            campaign_id=campaign.pk,
            seen=1,
            at=drafting.AT,
            today=drafting.ON,
        )
        for user, where in (
            (cast.upper_unionist, f"/chi-dao/{paper.pk}/theo-doi"),
            (cast.union, f"/van-ban-den/{paper.pk}/"),
        ):
            client = factory.signed_in(user)
            assert where in client.get(f"/cuoc-van-dong/{campaign.pk}/").content.decode()
            assert client.get(where).status_code == 200
        for page in ("sua", "tong-ket", "huy"):
            shown = factory.signed_in(cast.upper_unionist)
            assert shown.get(f"/cuoc-van-dong/{campaign.pk}/{page}").status_code == 200

    def test_is_no_directive_of_somebody_else(self, cast: Cast) -> None:
        drafting.lettered(cast)
        paper = drafting.issued(cast.committee, cast.committee)
        with pytest.raises(ObjectDoesNotExist):
            actions.draft_campaign(
                actor=factory.actor(cast.upper_unionist, drafting.ON),
                terms=TERMS,
                asked=ASKED,
                once="hai",
                at=drafting.AT,
                today=drafting.ON,
                directive_id=paper.pk,
            )
        assert not Campaign.objects.exists()


class TestRights:
    def test_let_a_union_further_up_read_and_never_run(self, cast: Cast) -> None:
        province = factory.unit("trung-uong", UnitKind.PROVINCE_UNION, "Tỉnh Đoàn trên")
        factory.link(cast.upper_union, province, Line.UNION)
        above = factory.holder("trenkhoi", "Vi Thị Mơ", province, Role.UPPER_UNION)
        campaign = opened(cast)
        actor = factory.actor(above, TODAY)
        with wall.looking(actor.reach.way, actor.reach.settings):
            page = queries.campaign_page(actor, campaign.pk, None, TODAY)
            assert page.table is not None
            assert (len(page.table.rows), page.mine) == (2, False)
            with pytest.raises(ObjectDoesNotExist):
                ended(campaign, cast, by=above)

    def test_let_the_runner_alone_run_and_the_own_school_alone_answer(self, cast: Cast) -> None:
        campaign = opened(cast)
        one = at(campaign, cast.school)
        plan = actions.Plan("a", "b", date(2025, 1, 1))
        away = factory.actor(cast.neighbour.union, TODAY)
        with pytest.raises(ObjectDoesNotExist):
            actions.join(actor=away, joining_id=one.pk, seen=1, plan=plan, at=AT)
        deeds: list[Callable[[authority.Actor], object]] = [
            lambda who: actions.join(actor=who, joining_id=one.pk, seen=1, plan=plan, at=AT),
            lambda who: actions.call_off(
                actor=who, campaign_id=campaign.pk, seen=2, reason="a", at=AT, today=TODAY
            ),
        ]
        for user in (cast.secretary, cast.officer, cast.committee):
            for deed in deeds:
                with pytest.raises(authority.NotAllowed):
                    deed(factory.actor(user, TODAY))
        assert Campaign.objects.get().stage == Stage.OPENED.value

    def test_show_a_draft_to_nobody_below_and_then_to_each_its_schools(self, cast: Cast) -> None:
        campaign = drafted(cast)
        everybody = (cast.union, cast.secretary, cast.officer, cast.leader, cast.committee)
        for user in everybody:
            assert not queries.visible_to(factory.actor(user, TODAY)).exists()
        actions.open_campaign(
            actor=factory.actor(cast.upper_unionist, TODAY),
            campaign_id=campaign.pk,
            seen=1,
            at=AT,
            today=TODAY,
        )
        seen = {
            user.username: queries.joinings_of(factory.actor(user, TODAY)).count()
            for user in (*everybody, cast.upper_unionist)
        }
        assert list(seen.values()) == [1, 1, 2, 2, 2, 2]
