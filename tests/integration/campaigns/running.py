"""A campaign as tests tell it, and what they do with it."""

from __future__ import annotations

from datetime import date

from donghanh.accounts.models import User
from donghanh.campaigns import actions
from donghanh.campaigns.models import Campaign, Joining
from donghanh.domain.campaigning import Asked, Paper, Terms
from tests import factory
from tests.factory import Cast, School

TODAY = date(2024, 3, 1)
AT = factory.instant(TODAY, 9)
YEAR = "2023-2024"
PAPER = Paper("03-CT/TWĐTN-BTC", "Ban Bí thư Trung ương Đoàn", date(2021, 7, 21))
TERMS = Terms("Phấn đấu", "Vì sao, làm gì", date(2023, 9, 15), date(2025, 8, 31), (31, 5), PAPER)
ASKED = (Asked("Buổi sinh hoạt", "buổi"), Asked("Đoàn viên được giới thiệu", "người"))


def drafted(cast: Cast, *, once: str = "mot", terms: Terms = TERMS, on: date = TODAY) -> Campaign:
    """Let the Union above write a campaign."""
    return actions.draft_campaign(
        actor=factory.actor(cast.upper_unionist, on),
        terms=terms,
        asked=ASKED,
        once=once,
        at=factory.instant(on, 9),
        today=on,
    )


def opened(cast: Cast, *, once: str = "mot", terms: Terms = TERMS, on: date = TODAY) -> Campaign:
    """Let it open one to both schools."""
    campaign = drafted(cast, once=once, terms=terms, on=on)
    return actions.open_campaign(
        actor=factory.actor(cast.upper_unionist, on),
        campaign_id=campaign.pk,
        seen=campaign.version,
        at=factory.instant(on, 9),
        today=on,
    )


def at(campaign: Campaign, where: School) -> Joining:
    """Return the campaign at a school as it stands."""
    return Joining.objects.get(campaign=campaign, school=where.unit)


def joined(campaign: Campaign, where: School, *, on: date = TODAY) -> Joining:
    """Let a school join."""
    one = at(campaign, where)
    return actions.join(
        actor=factory.actor(where.union, on),
        joining_id=one.pk,
        seen=one.version,
        plan=actions.Plan("Mỗi tháng một buổi", "Bí thư Đoàn trường", date(2025, 5, 25)),
        at=factory.instant(on, 9),
    )


def declined(campaign: Campaign, where: School, *, on: date = TODAY) -> Joining:
    """Let a school say that it does not take part."""
    one = at(campaign, where)
    return actions.decline(
        actor=factory.actor(where.union, on),
        joining_id=one.pk,
        seen=one.version,
        reason="Trường mới mở",
        at=factory.instant(on, 9),
    )


def gave(
    campaign: Campaign,
    where: School,
    *numbers: int | None,
    seen: int = 0,
    year: str = YEAR,
    by: User | None = None,
    on: date = TODAY,
) -> None:
    """Let a school give figures in their order; ``None`` is left blank."""
    figures = list(campaign.figures.order_by("place").values_list("pk", flat=True))
    actions.state_figures(
        actor=factory.actor(by or where.union, on),
        joining_id=at(campaign, where).pk,
        school_year=year,
        seen=seen,
        numbers={
            figure: number
            for figure, number in zip(figures, numbers, strict=True)
            if number is not None
        },
        note="Đã đối chiếu sổ",
        at=factory.instant(on, 10),
        today=on,
    )


def ended(campaign: Campaign, cast: Cast, *, on: date = TODAY, by: User | None = None) -> Campaign:
    """Let the Union above end it."""
    campaign.refresh_from_db()
    return actions.end_campaign(
        actor=factory.actor(by or cast.upper_unionist, on),
        campaign_id=campaign.pk,
        seen=campaign.version,
        ended=on,
        done="Đã làm",
        learnt="Bài học",
        at=factory.instant(on, 11),
        today=on,
    )
