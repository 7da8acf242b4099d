"""A cell's secretary walks one pupil from the list to the vote, beside the Union and committee."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.test_pupil_accepts_and_stops import NAME, agree, sign_in
from tests.browser.widths import fits

CARRIED = {
    "official": 15,
    "convened": 15,
    "present": 14,
    "favour": 13,
    "against": 1,
}


def count(page: Page, **counts: int) -> None:
    """Type the counts of a vote."""
    for name, number in counts.items():
        page.fill(f"#id_{name}", str(number))


def record(page: Page, road: str, **counts: int) -> None:
    """Record the present step of a road, today."""
    page.goto(road)
    page.get_by_role("link", name="Ghi bước này").click()
    count(page, **counts)
    page.get_by_role("button", name="Ghi", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(NAME)


def begin(page: Page) -> str:
    """Put the pupil on the source list and introduce them; return the address of the road."""
    sign_in(page, "dn.saokhue.doan")
    page.goto("/con-duong/")
    page.locator("li.task", has_text=NAME).get_by_role("link", name="Đưa vào nguồn").click()
    page.get_by_role("button", name="Đưa vào nguồn").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(NAME)
    road = page.url
    record(page, road, **CARRIED)
    return road


def prepare(page: Page, road: str) -> None:
    """Bring the pupil up to the vote: list, class, the committee's leave, papers, verification."""
    sign_in(page, "dn.saokhue.bithu")
    record(page, road)
    record(page, road)
    sign_in(page, "dn.coso")
    record(page, road)
    sign_in(page, "dn.saokhue.bithu")
    page.goto(road)
    for _ in range(5):
        page.get_by_role("link", name=re.compile(r"^Ghi \d-KNĐ")).first.click()
        page.get_by_role("button", name="Ghi", exact=True).click()
        expect(page.get_by_role("heading", level=1)).to_have_text(NAME)
    # The request goes out beside the road; what it waits for is the answer.
    page.get_by_role("link", name=re.compile(r"^Ghi\s*: Gửi công văn")).click()
    page.get_by_role("button", name="Ghi", exact=True).click()
    record(page, road)


class TestSecretary:
    def test_walks_one_pupil_through_the_vote(
        self,
        page: Page,
        phone: Page,
        axe: Callable[[Page], None],
        shot: Callable[[Page, str], None],
    ) -> None:
        agree(phone, axe)
        road = begin(page)
        prepare(page, road)
        page.goto("/con-duong/?q=hoang+anh")
        axe(page)
        shot(page, "cohort")
        page.get_by_role("link", name=NAME).click()
        axe(page)
        shot(page, "road-papers")

        # The exact fraction follows what is typed; counts that cannot be are refused.
        page.get_by_role("link", name="Ghi bước này").click()
        # One of sixteen is away, and left out of the base for that reason.
        count(page, official=16, left_out_away=1, convened=15, present=14, favour=9, against=5)
        expect(page.locator(".tally-fraction")).to_have_text("9/15")
        expect(page.locator(".tally-verdict")).to_contain_text("10")
        axe(page)
        shot(page, "record-vote")
        count(page, favour=17)
        expect(page.locator("#tally")).to_contain_text("22 phiếu")
        page.get_by_role("button", name="Ghi", exact=True).click()
        expect(page.get_by_role("alert")).to_contain_text("22 phiếu")
        axe(page)

        # A vote that does not carry is kept as a try; the next one carries.
        count(page, favour=9)
        page.get_by_role("button", name="Ghi", exact=True).click()
        expect(page.get_by_role("status")).to_contain_text("không đạt, 9 trên 15 tán thành, cần 10")
        record(page, road, **CARRIED)
        expect(page.locator("[aria-current=step]")).to_contain_text("Đảng ủy cơ sở")
        expect(page.locator(".road")).to_contain_text("13/15 tán thành")
        expect(page.get_by_role("link", name="Ghi bước này")).to_have_count(0)
        axe(page)
        shot(page, "road-voted")

    def test_reads_the_road_on_a_telephone(
        self, phone: Page, axe: Callable[[Page], None], shot: Callable[[Page, str], None]
    ) -> None:
        sign_in(phone, "dn.saokhue.bithu")
        phone.goto("/con-duong/")
        fits(phone)
        axe(phone)
        shot(phone, "cohort-phone")
        phone.locator("tbody th a").first.click()
        fits(phone)
        axe(phone)
        shot(phone, "road-phone")
