"""Somebody who follows a page of the docs on screen, and remembers what they have read there."""

from __future__ import annotations

import os
import re
from pathlib import Path

from playwright.sync_api import Page, expect

from donghanh.config import places
from donghanh.demonstration.load import PASSWORD
from tests.browser import pictures

PICTURES = places.ROOT / "docs" / "pictures"
#: Larger pictures make every clone of the project heavier, for ever.
LIMIT = 150 * 1024

_TAKING = os.environ.get("DONGHANH_PICTURES") == "1"


class Reader:
    """Somebody who follows one page of the guide, and what they have read on screen so far."""

    def __init__(self, page: Page) -> None:
        """Nothing has been read yet."""
        self.page = page
        self._read: list[str] = []

    def begins_anew(self) -> None:
        """Forget what was read: another page of the guide is followed from here."""
        self._read = []

    def signs_in(self, username: str) -> None:
        """Begin as somebody else."""
        self.page.context.clear_cookies()
        self.page.goto("/dang-nhap")
        self.reads()
        self.page.fill("input[name=username]", username)
        self.page.fill("input[name=password]", PASSWORD)
        self.page.get_by_role("button", name="Đăng nhập").click()
        expect(self.page.locator("main h1")).to_be_visible()
        self.reads()

    def opens(self, name: str) -> None:
        """Follow the first link of that name and read where it leads."""
        self.page.get_by_role("link", name=name).first.click()
        self.reads()

    def presses(self, name: str) -> None:
        """Press the first button of that name and read where it leads."""
        self.page.locator("main").get_by_role("button", name=name).first.click()
        self.reads()

    def goes(self, address: str) -> None:
        """Open an address and read it."""
        self.page.goto(address)
        self.reads()

    def reads(self) -> None:
        """Remember every word of the page, those in closed parts too."""
        self.page.wait_for_load_state()
        expect(self.page.locator("body")).not_to_contain_text("Không có trang này")
        self._read.append(self.page.locator("body").text_content() or "")

    def sees(self, name: str) -> None:
        """Take the picture of that name, or make sure that it was taken."""
        kept = PICTURES / f"{name}.png"
        if _TAKING:
            pictures.keep(self.page, kept)
        else:
            pictures.shoot(self.page, f"guide-{name}", whole=False)
        assert kept.exists(), "run script/pictures"
        assert kept.stat().st_size <= LIMIT

    def has_read(self, page: Path, mark: str = "**") -> None:
        """Compare the words a page puts between marks, those on screen, with the screen."""
        read = " ".join(" ".join(self._read).split())
        written = " ".join(page.read_text(encoding="utf-8").split())
        around = re.escape(mark)
        named = re.findall(rf"(?<!\*){around}([^*]+){around}(?!\*)", written)
        assert named, "the page names nothing that is on screen"
        missing = sorted({word for word in named if word not in read})
        assert missing == [], f"{page.name} names what is not on screen: {missing}"
