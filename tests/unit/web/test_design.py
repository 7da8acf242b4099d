"""The living page: every component is drawn, and nothing a strict content policy would refuse."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import RequestFactory

import donghanh.web
from donghanh.web import samples, views

TEMPLATES = Path(donghanh.web.__file__).parent / "templates"


def pages() -> dict[str, str]:
    """Return the living page and each of its sample pages, as sent."""
    request = RequestFactory().get("/design")
    found = {name: views.design_page(request, name).content.decode() for name in samples.PAGES}
    return {"design": views.design(request).content.decode(), **found}


class TestDesign:
    def test_leaves_no_component_unresolved(self) -> None:
        for name, html in pages().items():
            assert "<c-" not in html, name

    def test_writes_no_style_or_script_into_a_page(self) -> None:
        for name, html in pages().items():
            assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)", html), name

    def test_gives_every_element_an_id_of_its_own(self) -> None:
        for name, html in pages().items():
            ids = re.findall(r'\sid="([^"]+)"', html)
            assert len(ids) == len(set(ids)), name

    def test_says_on_every_page_that_the_data_is_generated(self) -> None:
        for name, html in pages().items():
            assert 'class="simulated"' in html, name


class TestComponents:
    @pytest.mark.parametrize(
        "path", sorted((TEMPLATES / "components").glob("*.html")), ids=lambda path: path.stem
    )
    def test_say_at_their_top_how_they_are_used(self, path: Path) -> None:
        assert path.read_text(encoding="utf-8").startswith("{% comment %}")

    def test_are_all_used_by_the_shell_or_shown_on_its_pages(self) -> None:
        text = "".join(path.read_text(encoding="utf-8") for path in TEMPLATES.rglob("*.html"))
        text = re.sub(r"{% comment %}.*?{% endcomment %}", "", text, flags=re.DOTALL)
        names = [p.stem.replace("_", "-") for p in (TEMPLATES / "components").glob("*.html")]
        unused = [name for name in names if not re.search(rf"<c-{name}[\s/>]", text)]
        assert unused == []
