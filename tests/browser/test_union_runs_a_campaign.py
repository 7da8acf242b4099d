"""A Union above opens a campaign; schools answer; the table names who has said nothing."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from donghanh.demonstration.load import PASSWORD
from tests.browser.widths import fits

TITLE = (
    "Mỗi đoàn viên thanh niên học sinh giữ một nền nếp tốt, giúp một người bạn cùng tiến bộ và góp "
    "một việc có ích cho trường, cho lớp, cho buôn làng"
)
FIGURE = "Bạn được giúp tiến bộ"


def sign_in(page: Page, username: str) -> None:
    page.context.clear_cookies()
    page.goto("/dang-nhap")
    page.fill("input[name=username]", username)
    page.fill("input[name=password]", PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    expect(page.locator("main h1")).to_be_visible()
    page.goto("/cuoc-van-dong/")


def opened(page: Page) -> None:
    page.get_by_role("link", name=TITLE, exact=True).first.click()


def write(page: Page, axe: Callable[[Page], None]) -> None:
    """Let the Union above write one, once refused because the document is cited by half."""
    sign_in(page, "dn.tinhdoan")
    axe(page)
    page.get_by_role("link", name="Soạn cuộc vận động").click()
    page.get_by_label("Tên cuộc vận động").fill(TITLE)
    page.get_by_label("Vì sao và làm gì").fill("Để không bạn nào bị bỏ lại phía sau.")
    page.get_by_label("Từ", exact=True).fill("01/9/2026")
    page.get_by_label("Hạn báo số liệu mỗi năm học").fill("31/5")
    page.get_by_label("Hoặc văn bản khác: số, ký hiệu").fill("03-CT/TWĐTN-BTC")
    page.get_by_label("Nội dung số liệu").first.fill(FIGURE)
    page.get_by_label("Đơn vị tính").first.fill("người")
    page.get_by_role("button", name="Lưu dự thảo").click()
    expect(page.get_by_role("alert")).to_contain_text("phải đủ cả ba")
    axe(page)
    page.get_by_label("Nơi ban hành").fill("Ban Bí thư Trung ương Đoàn")
    page.get_by_label("Ngày ban hành").fill("21/7/2021")
    page.get_by_role("button", name="Lưu dự thảo").click()
    expect(page.locator("main")).to_contain_text("dự thảo")
    axe(page)
    page.get_by_role("link", name="Phát động cuộc vận động").click()
    axe(page)
    page.get_by_role("button", name="Phát động cuộc vận động").click()
    expect(page.locator("main")).to_contain_text("đang diễn ra")


def join(page: Page, axe: Callable[[Page], None]) -> None:
    """Let a school join with a plan, and give its figure, once refused."""
    sign_in(page, "dn.hoaban.doan")
    opened(page)
    expect(page.locator("main")).to_contain_text("Trường chưa trả lời")
    expect(page.locator("body")).to_contain_text("cần đối chiếu văn bản gốc")
    axe(page)
    page.get_by_role("link", name="Tham gia", exact=True).click()
    axe(page)
    page.get_by_label("Trường sẽ làm gì").fill("Mỗi chi đoàn lập đôi bạn cùng tiến.")
    page.get_by_label("Ai phụ trách").fill("Phó Bí thư Đoàn trường")
    page.get_by_label("Làm đến ngày").fill("25/5/2027")
    page.locator("main form").get_by_role("button").first.click()
    expect(page.locator("main")).to_contain_text("Mỗi chi đoàn lập đôi bạn cùng tiến.")
    page.get_by_role("link", name="Báo số liệu").click()
    axe(page)
    page.get_by_label(FIGURE).fill("-4")
    page.get_by_role("button", name="Gửi số liệu").click()
    expect(page.get_by_role("alert")).to_contain_text("không thể nhỏ hơn 0")
    page.get_by_label(FIGURE).fill("14")
    page.get_by_role("button", name="Gửi số liệu").click()
    expect(page.locator("#so-lieu")).to_contain_text("14 người")
    axe(page)
    fits(page)


def stay_away(page: Page) -> None:
    """Let another school say that it does not take part."""
    sign_in(page, "dn.nangmoi.doan")
    opened(page)
    page.get_by_role("link", name="Không tham gia", exact=True).click()
    page.get_by_label("Lý do").fill("Trường mới thành lập.")
    page.get_by_role("button", name="Gửi lý do").click()
    expect(page.locator("main")).to_contain_text("Trường mới thành lập.")


class TestUnion:
    def test_opens_a_campaign_and_sees_what_a_school_gave_and_who_has_said_nothing(
        self, page: Page, axe: Callable[[Page], None], shot: Callable[[Page, str], None]
    ) -> None:
        write(page, axe)
        join(page, axe)
        stay_away(page)
        sign_in(page, "dn.saokhue.doan")
        opened(page)
        page.get_by_role("link", name="Tham gia", exact=True).click()
        page.get_by_label("Trường sẽ làm gì").fill("Đôi bạn cùng tiến.")
        page.get_by_label("Ai phụ trách").fill("Bí thư Đoàn trường")
        page.get_by_label("Làm đến ngày").fill("25/5/2027")
        page.locator("main form").get_by_role("button").first.click()

        sign_in(page, "dn.tinhdoan")
        opened(page)
        table = page.locator("#cac-truong")
        expect(table.locator(".notice").first).to_contain_text("Sao Khuê")
        expect(table.locator(".notice").nth(1)).to_contain_text("Rừng Xanh")
        expect(table.locator("tfoot")).to_contain_text("14")
        expect(table.locator("tfoot")).to_contain_text("của 1/2 trường")
        axe(page)
        fits(page)
        shot(page, "campaign-table")
        page.get_by_role("link", name="Kết thúc và tổng kết").click()
        axe(page)
        page.get_by_label("Đã làm được gì").fill("Một trường báo mười bốn bạn được giúp.")
        page.get_by_label("Bài học rút ra").fill("Phát động sớm hơn một tháng.")
        page.get_by_role("button", name="Kết thúc cuộc vận động").click()
        expect(page.locator("main")).to_contain_text("đã tổng kết")
        axe(page)
