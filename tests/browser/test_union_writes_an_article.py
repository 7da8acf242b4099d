"""A Union pastes from Word, a pupil agrees to be named, and takes it back: the name is gone."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.test_pupil_uses_own_rights import agrees, invite, sign_in
from tests.integration.pictures import files

Look = Callable[[Page, str], None]

NAME = "Nguyễn Đặng Hoàng Phương Uyên"
ALT = "Hai bạn ngồi đọc sách bên cửa sổ thư viện"
TITLE = "Một buổi chiều ở thư viện"
WORD = (Path(__file__).parents[1] / "unit" / "domain" / "pasted" / "word.html").read_text()
PASTE = """([html, text]) => {
  const data = new DataTransfer();
  data.setData("text/html", html);
  data.setData("text/plain", text);
  const at = document.querySelector(".editor-text");
  at.focus();
  const told = {clipboardData: data, bubbles: true, cancelable: true};
  at.dispatchEvent(new ClipboardEvent("paste", told));
}"""


def pastes(page: Page, look: Look) -> None:
    """Write an article, its text pasted out of Word with the name of a pupil."""
    page.goto("/tin-bai/")
    look(page, "articles")
    page.get_by_role("link", name="Viết bài").first.click()
    page.get_by_label("Mục").select_option("guong-sang")
    page.get_by_label("Tiêu đề", exact=True).fill(TITLE)
    page.get_by_label("Tóm tắt").fill("Các bạn đọc sách và kể lại cho nhau nghe.")
    editor = page.locator(".editor-text")
    expect(editor).to_be_visible()
    named = WORD.replace("Học cùng bạn", f"Học cùng bạn {NAME}")
    page.evaluate(PASTE, [named, "chữ"])
    expect(editor.locator("li").first).to_have_text(f"Học cùng bạn {NAME}")
    expect(editor.locator("h2")).to_have_text("Thử thách")
    assert "mso" not in editor.inner_html() and "<o:p" not in editor.inner_html()
    look(page, "editor")
    page.get_by_role("button", name="Lưu").click()
    expect(page.locator("mark")).to_have_text(NAME)
    expect(page.locator("main")).to_contain_text("trùng tên học sinh")


def keeps_what_is_typed(page: Page) -> None:
    """Leave with words unsaved, come back, and find them."""
    page.get_by_role("link", name="Soạn tiếp").click()
    editor = page.locator(".editor-text")
    expect(editor).to_be_visible()
    editor.click()
    page.keyboard.press("Control+End")
    page.keyboard.type(" Hết.")
    expect(page.locator("[data-kept]")).to_have_text("Đã lưu tạm.", timeout=15_000)
    page.reload()
    expect(page.locator("main")).to_contain_text("phần bạn đã gõ mà chưa lưu")
    expect(editor).to_contain_text("Hết.")
    page.get_by_role("button", name="Lưu").click()
    expect(page.locator("mark")).to_have_text(NAME)


def adds_a_picture(page: Page, look: Look) -> None:
    """Add a picture on which the pupil can be recognised, put it before the text, and ask."""
    page.get_by_role("link", name="Thêm ảnh").click()
    data = files.from_a_camera().getvalue()
    page.get_by_label("Ảnh", exact=True).set_input_files(
        {"name": "thu-vien.jpg", "mimeType": "image/jpeg", "buffer": data}
    )
    page.get_by_label("Mô tả ảnh").fill(ALT)
    page.get_by_label("Chú thích").fill("Chiều thứ sáu")
    look(page, "picture")
    page.get_by_label("Có, và từng em").check()
    page.get_by_role("button", name="Lưu").click()
    expect(page.locator(".editor-text")).to_be_visible()
    expect(page.get_by_label("Ảnh đầu bài")).to_have_value("1")
    look(page, "editor-picture")
    page.get_by_role("button", name="Lưu").click()
    expect(page.locator(".placed")).to_contain_text("ai nhận ra được?")
    page.get_by_label("Họ và tên em nhận ra được").fill(NAME)
    page.locator(".placed").get_by_role("button", name="Hỏi ý kiến em").click()
    expect(page.locator(".placed")).to_contain_text("chưa đồng ý")


def reviews(page: Page, look: Look) -> None:
    """Review as the secretary, and publish."""
    sign_in(page, "dn.saokhue.bithu")
    page.goto("/tin-bai/")
    page.get_by_role("link", name=TITLE).click()
    page.get_by_role("button", name="Duyệt bài").click()
    look(page, "reviewed")
    page.get_by_role("button", name="Đăng bài").click()
    expect(page.locator("main")).to_contain_text("đã đăng")


def reads(plain: Page, page: Page, look: Look) -> None:
    """Read it as everybody does, with scripts switched off; the pictures are of the other page."""
    plain.goto("/tin/")
    plain.get_by_role("link", name=TITLE).click()
    expect(plain.locator(".news-body")).to_contain_text(NAME)
    expect(plain.get_by_alt_text(ALT)).to_be_visible()
    expect(plain.locator(".news-beside")).to_contain_text("Mới nhất")
    page.goto("/tin/")
    look(page, "front")
    page.goto(plain.url)
    look(page, "public")
    page.set_viewport_size({"width": 390, "height": 844})
    look(page, "public-phone")
    page.goto("/tin/tim/?q=dong+hanh")
    look(page, "search-phone")


def answers(phone: Page, own: str, look: Look) -> None:
    """See the picture and the words on the own page, and agree to both."""
    phone.goto(own)
    phone.get_by_role("link", name="Tên và ảnh em trên trang tin").click()
    expect(phone.locator("main")).to_contain_text(TITLE)
    expect(phone.get_by_alt_text(ALT)).to_be_visible()
    look(phone, "own")
    phone.get_by_role("button", name="Em đồng ý").first.click()
    phone.get_by_role("button", name="Em đồng ý").click()


def takes_back(phone: Page, plain: Page) -> None:
    """Take back both answers: the name is read, and the picture seen, nowhere."""
    picture = plain.get_by_alt_text(ALT).get_attribute("src") or ""
    assert phone.request.get(picture).status == 200
    phone.reload()
    phone.get_by_role("button", name="Em rút lại đồng ý").first.click()
    phone.get_by_role("button", name="Em rút lại đồng ý").click()
    expect(phone.locator("main")).to_contain_text("Ảnh đã được gỡ")
    assert phone.request.get(picture).status == 404
    # With words to search for a page is made anew: what is kept goes by itself within the minute.
    plain.goto(f"{plain.url}?q=uyen")
    expect(plain.locator(".news-body")).to_contain_text("Học cùng bạn một học sinh")
    assert re.search("Phương Uyên", plain.content()) is None
    expect(plain.get_by_alt_text(ALT)).to_have_count(0)


def test_a_name_stands_only_while_the_pupil_agrees(
    page: Page, phone: Page, plain: Page, axe: Callable[[Page], None], shot: Look
) -> None:
    """Walk from the paste through the pupil's own yes to the public page, and back."""

    def look(at: Page, name: str) -> None:
        axe(at)
        shot(at, f"news-{name}")

    sign_in(page, "dn.saokhue.doan")
    own = agrees(phone, invite(page, NAME))
    pastes(page, look)
    keeps_what_is_typed(page)
    look(page, "names")
    page.get_by_role("button", name="Hỏi ý kiến em").click()
    expect(page.locator("main")).to_contain_text("chưa đồng ý")
    look(page, "asked")
    adds_a_picture(page, look)
    look(page, "asked-picture")
    page.get_by_role("button", name="Gửi duyệt").click()

    answers(phone, own, look)

    reviews(page, look)
    reads(plain, page, look)

    takes_back(phone, plain)


def test_an_article_is_written_and_found_without_a_script(plain: Page) -> None:
    """Type an article as plain text, and find a public one, with scripts switched off."""
    sign_in(plain, "dn.saokhue.doan")
    plain.goto("/tin-bai/moi")
    plain.get_by_label("Tiêu đề", exact=True).fill("Bài gõ tay")
    plain.get_by_label("Tóm tắt").fill("Gõ không cần trình soạn thảo.")
    plain.get_by_role("textbox", name="Nội dung").fill("## Phần đầu\n\n- một\n- **hai**")
    plain.get_by_role("button", name="Lưu").click()
    expect(plain.locator(".news-body h2")).to_have_text("Phần đầu")
    expect(plain.locator(".news-body li strong")).to_have_text("hai")
    plain.goto("/tin/tim/?q=xuong+may")
    plain.locator(".news-card h2 a").click()
    expect(plain.locator("h1")).to_contain_text("từ xưởng máy đến lớp học")
