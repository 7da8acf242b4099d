"""A cell's secretary holds a meeting about three pupils, and moves the classes of a year up."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import docx
from playwright.sync_api import Page, expect

from tests.browser.test_pupil_accepts_and_stops import sign_in
from tests.browser.widths import fits

THERE = {"official": 16, "left_out_away": 2, "convened": 14, "present": 12}


def choose(page: Page, what: str, most: int) -> int:
    """Put at most some pupils on the agenda for something; return how many there were."""
    page.get_by_role("link", name="Đặt chương trình").first.click()
    page.select_option("#id_viec", what)
    page.get_by_role("button", name="Hiện học sinh").click()
    boxes = page.locator("input[name=dossier]")
    chosen = min(boxes.count(), most)
    for place in range(chosen):
        boxes.nth(place).check()
    if chosen:
        page.get_by_role("button", name="Đưa vào chương trình").click()
        expect(page.get_by_role("status")).to_contain_text(f"Đã thêm {chosen} học sinh")
    else:
        page.get_by_role("link", name="Về cuộc họp").click()
    return chosen


def vote(page: Page, favour: str) -> None:
    """Type a vote, and that the meeting agreed where that is asked."""
    page.fill("#id_favour", favour)
    page.fill("#id_against", "0")
    agreed = page.locator("input[name=agreed][value=yes]")
    if agreed.count():
        agreed.check()
    if page.locator("#id_helper option").count():
        page.select_option("#id_helper", index=1)
    expect(page.locator("#saved")).to_contain_text("Đã lưu tạm")


def plan(page: Page, axe: Callable[[Page], None]) -> str:
    """Plan a meeting about three pupils and tell who is there; return its address."""
    sign_in(page, "dn.saokhue.bithu")
    page.goto("/con-duong/")
    page.get_by_role("link", name="Họp", exact=True).click()
    axe(page)
    page.get_by_role("link", name="Lập cuộc họp").first.click()
    axe(page)
    page.fill("#id_taker", "Lò Văn Tấn")
    page.get_by_role("button", name="Lập, rồi đặt chương trình").click()
    axe(page)
    page.get_by_role("link", name="Về cuộc họp").click()
    chosen = choose(page, "listed", 2)
    chosen += choose(page, "cell_voted", 3 - chosen)
    chosen += choose(page, "helper_changed", 3 - chosen)
    assert chosen == 3
    for name, number in THERE.items():
        page.fill(f"#id_{name}", str(number))
    page.get_by_role("button", name="Giữ thành phần").click()
    axe(page)
    return page.url


def sit(page: Page, meeting: str, axe: Callable[[Page], None]) -> str:
    """Sit through the agenda, signing out in between; return the address of the last item."""
    page.get_by_role("link", name="Xét lần lượt").click()
    vote(page, "11")
    axe(page)
    sign_in(page, "dn.saokhue.bithu")
    page.goto("/")
    expect(page.locator("main")).to_contain_text("Họp chi bộ")
    page.goto(meeting)
    page.locator("tbody th a").first.click()
    expect(page.locator("#id_favour")).to_have_value("11")
    page.get_by_role("button", name="Lưu, sang em tiếp theo").click()
    page.locator("details.fold > summary").last.click()
    page.check("#id_delayed")
    page.fill("#id_word", "Chờ xác nhận")
    page.get_by_role("button", name="Lưu, sang em tiếp theo").click()
    vote(page, "12")
    last = page.url
    page.get_by_role("button", name="Lưu, về chương trình").click()
    return last


class TestSecretary:
    def test_holds_a_meeting_about_three_pupils(
        self,
        page: Page,
        phone: Page,
        axe: Callable[[Page], None],
        shot: Callable[[Page, str], None],
        tmp_path: Path,
    ) -> None:
        meeting = plan(page, axe)
        last = sit(page, meeting, axe)
        shot(page, "meeting-ready")
        sign_in(phone, "dn.saokhue.bithu")
        for address in (meeting, last):
            phone.goto(address)
            fits(phone)
            axe(phone)

        page.get_by_role("link", name="Kết thúc cuộc họp").click()
        axe(page)
        page.get_by_role("button", name="Kết thúc và ghi").click()
        expect(page.get_by_role("status")).to_contain_text("Đã kết thúc cuộc họp")
        axe(page)
        shot(page, "meeting-closed")
        with page.expect_download() as found:
            page.get_by_role("link", name="Biên bản", exact=True).click()
        file = tmp_path / "bien-ban.docx"
        found.value.save_as(file)
        told = "\n".join(line.text for line in docx.Document(str(file)).paragraphs)
        assert "được triệu tập 14; có mặt 12; tán thành 11; không tán thành 0" in told
        assert "tán thành 12; không tán thành 0" in told
        assert "Chưa xem xét, lý do: Chờ xác nhận" in told

    def test_moves_the_classes_up_and_takes_it_back(
        self,
        page: Page,
        phone: Page,
        axe: Callable[[Page], None],
        shot: Callable[[Page, str], None],
    ) -> None:
        for there in (page, phone):
            sign_in(there, "dn.saokhue.bithu")
            there.goto("/con-duong/len-lop/")
            fits(there)
            axe(there)
        page.goto("/con-duong/lich/")
        page.get_by_role("link", name="Lên lớp").click()
        before = page.locator("input[name=den]").evaluate_all("all => all.map(one => one.value)")
        assert any(before)
        page.get_by_role("button", name="Xem trước").click()
        expect(page.locator("main")).to_contain_text("Chưa ghi gì. Nếu ghi như thế này:")
        axe(page)
        page.get_by_role("button", name="Ghi lớp mới").click()
        expect(page.get_by_role("status")).to_contain_text("các em đã có lớp của năm học mới")
        expect(page.locator("input[name=den]")).to_have_count(0)
        phone.goto("/con-duong/len-lop/")
        for there in (page, phone):
            fits(there)
            axe(there)
        shot(page, "moved-up")
        page.get_by_role("button", name="Hủy lần này").click()
        expect(page.locator("input[name=den]")).to_have_count(len(before))
        after = page.locator("input[name=den]").evaluate_all("all => all.map(one => one.value)")
        assert after == before
