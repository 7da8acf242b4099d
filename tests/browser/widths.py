"""Whether a page fits the screen it is shown on."""

from __future__ import annotations

from playwright.sync_api import Page


def fits(page: Page) -> None:
    """
    Nothing stands beyond the right edge of the screen.

    A page may still be on its way when its address has changed already: it is awaited, and the
    width is asked of the element itself, which is awaited too.
    """
    page.wait_for_load_state()
    width = page.locator("html").evaluate("node => node.scrollWidth")
    assert width <= (page.viewport_size or {"width": 0})["width"], page.url
