"""Whether people with a disability can use a page; a page seen before is not asked about again."""

from __future__ import annotations

import hashlib
import json

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

#: What axe looks at: the page as it stands, without what is made anew at each answer.
_SHOWN = """
() => [
  innerWidth,
  document.documentElement.outerHTML.replace(/(csrfmiddlewaretoken" value=")[^"]*/g, "$1"),
  [...document.querySelectorAll("input, select, textarea")].map((each) => [
    each.value === each.defaultValue, each.checked, each === document.activeElement,
  ]),
]
"""
_RUN = 'axe.run({resultTypes: ["violations"]}).then((found) => found.violations)'
#: Pages found good by this process.
_GOOD: set[bytes] = set()


def check(page: Page) -> None:
    """Refuse a page with a violation that axe calls serious or critical."""
    page.wait_for_load_state()
    shown = hashlib.sha256(json.dumps(page.evaluate(_SHOWN)).encode()).digest()
    if shown in _GOOD:
        return
    page.evaluate(AXE_SCRIPT)
    grave = [
        f"{each['id']} ({each['impact']}): {node['target']} {node['html'][:120]}"
        for each in page.evaluate(_RUN)
        if each["impact"] in {"serious", "critical"}
        for node in each["nodes"]
    ]
    assert grave == []
    _GOOD.add(shown)
