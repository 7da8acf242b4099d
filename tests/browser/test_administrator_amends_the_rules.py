"""An administrator compares a value, adds one, sees what would change, keeps and withdraws it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from donghanh.config import places
from donghanh.demonstration.load import PASSWORD
from tests.browser.readers import Reader
from tests.browser.widths import fits

_READ = (
    "/quy-dinh/",
    "/quy-dinh/buoc/",
    "/quy-dinh/buoc/cell_voted/?noi=ha-noi",
    "/quy-dinh/buoc/decided/",
    "/quy-dinh/buoc/referred/",
    "/quy-dinh/gia-tri/admission.decision/",
    "/quy-dinh/so-sanh?het",
    "/quy-dinh/bieu-mau",
)
_CHANGE = (
    "/quy-dinh/doi-chieu",
    "/quy-dinh/gia-tri/dossier.ageing/doi-chieu?noi=central&tu=2021-09-28",
    "/quy-dinh/sua-doi/",
    "/quy-dinh/sua-doi/moi",
    "/quy-dinh/sua-doi/moi/gia-tri",
    "/quy-dinh/sua-doi/moi/gia-tri?rule=vote.cell",
    "/quy-dinh/sua-doi/moi/thoi-ky",
    "/quy-dinh/sua-doi/moi/nam-lich",
)


def _signs_in(page: Page, username: str) -> None:
    page.goto("/dang-nhap")
    page.fill("input[name=username]", username)
    page.fill("input[name=password]", PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    expect(page.locator("main h1")).to_be_visible()


class TestPages:
    def test_can_be_used_at_a_desk(self, page: Page, axe: Callable[[Page], None]) -> None:
        _signs_in(page, "dn.quantri")
        for path in (*_READ, *_CHANGE):
            page.goto(path)
            fits(page)
            axe(page)

    def test_can_be_used_on_a_telephone(self, phone: Page, axe: Callable[[Page], None]) -> None:
        _signs_in(phone, "dn.saokhue.bithu")
        for path in _READ:
            phone.goto(path)
            fits(phone)
            axe(phone)


def _reorganises(reader: Reader) -> None:
    """Look at the trees, order a new name, look, carry it out; then receive as a secretary."""
    reader.goes("/to-chuc/sap-xep/moi/merge")
    reader.goes("/to-chuc/")
    reader.opens("Sắp xếp tổ chức")
    reader.opens("Đổi tên")
    for label, value in {
        "Mã đơn vị": "dn-hoaban",
        "Tên mới": "Trường THPT Hoa Ban Mới (mô phỏng)",
        "Số quyết định": "12/QĐ-UBND",
        "Cơ quan ban hành": "Ủy ban nhân dân tỉnh (mô phỏng)",
        "Ngày ký": "10/11/2026",
        "Có hiệu lực từ ngày": "20/11/2026",
    }.items():
        reader.page.get_by_label(label).fill(value)
    reader.presses("Xem những gì sẽ thay đổi")
    reader.presses("Thực hiện")
    reader.signs_in("dn.saokhue.bithu")
    reader.goes("/to-chuc/tiep-nhan")


class TestGuide:
    def test_tells_the_administrator_what_the_administrator_meets(self, page: Page) -> None:
        reader = Reader(page)
        reader.signs_in("dn.quantri")
        reader.opens("Quy định")
        for path in (*_READ, *_CHANGE):
            reader.goes(path)
        reader.goes("/quy-dinh/gia-tri/dossier.ageing/doi-chieu?noi=central&tu=2021-09-28")
        reader.presses("Đúng, tôi đã đối chiếu")
        reader.goes("/quy-dinh/sua-doi/moi")
        page.fill("textarea[name=text]", '[[checked]]\nrule = "age.minimum"\nsince = 2016-07-25')
        reader.presses("Xem những gì sẽ thay đổi")
        page.fill("input[name=note]", "Đã có văn bản")
        reader.presses("Ghi sửa đổi")
        reader.opens("Rút sửa đổi này")
        _reorganises(reader)
        reader.has_read(places.ROOT / "docs" / "guide" / "quan-tri.md")


class TestJourney:
    def test_compares_in_two_clicks(self, page: Page) -> None:
        _signs_in(page, "dn.quantri")
        page.goto("/quy-dinh/doi-chieu")
        row = page.get_by_role("listitem").filter(has_text="Văn bản về tiêu chuẩn chính trị").first
        row.get_by_role("link", name="Đối chiếu").click()
        expect(page.locator("main")).to_contain_text("367-QĐ/TW")
        page.get_by_role("button", name="Đúng, tôi đã đối chiếu").click()
        expect(page.locator("main")).to_contain_text("Đã ghi việc đối chiếu")
        page.goto("/quy-dinh/gia-tri/political.standard/")
        expect(page.locator("main")).to_contain_text("đối chiếu văn bản gốc ngày 21/11/2026")

    @pytest.mark.parametrize("who", ["page", "plain"])
    def test_adds_a_value_looks_keeps_and_withdraws(
        self, who: str, request: pytest.FixtureRequest
    ) -> None:
        page: Page = request.getfixturevalue(who)
        _signs_in(page, "dn.quantri")
        page.goto("/quy-dinh/gia-tri/admission.decision/")
        page.get_by_role("link", name="Thêm mức quy định").click()
        page.get_by_label("Áp dụng từ ngày").fill("26/7/2026")
        page.get_by_label("Giá trị").fill("45")
        page.get_by_label("Văn bản", exact=True).select_option("QD208")
        page.get_by_role("button", name="Xem những gì sẽ thay đổi").click()
        main = page.locator("main")
        expect(main).to_contain_text("45 ngày làm việc")
        expect(main).to_contain_text("hồ sơ đang làm thay đổi")
        page.get_by_label("Lý do sửa đổi").fill("Đọc trong văn bản mới")
        page.get_by_role("button", name="Ghi sửa đổi").click()
        expect(main).to_contain_text("Đã ghi sửa đổi số")
        page.get_by_role("link", name="Rút sửa đổi này").click()
        expect(main).to_contain_text("60 ngày làm việc")
        page.get_by_label("Lý do rút").fill("Nhập để thử")
        page.get_by_role("button", name="Rút sửa đổi này").click()
        expect(main).to_contain_text("không còn áp dụng")
        page.goto("/quy-dinh/gia-tri/admission.decision/")
        expect(page.locator(".rule-now")).to_contain_text("60 ngày làm việc")

    def test_shows_a_secretary_how_many_cases_a_rule_touches(self, page: Page) -> None:
        _signs_in(page, "dn.saokhue.bithu")
        page.goto("/quy-dinh/gia-tri/vote.cell/")
        expect(page.get_by_role("heading", name="Hồ sơ đang làm")).to_be_visible()
        expect(page.get_by_role("link", name="Thêm mức quy định")).to_have_count(0)
