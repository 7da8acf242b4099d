"""A text that changes the rules, and how it is looked at and kept."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django.test import Client

from donghanh.amendments import actions
from donghanh.amendments import queries as amendments
from donghanh.amendments.models import Amendment
from tests import stage
from tests.factory import Cast

ON = date(2023, 12, 5)
DRAFT = "/quy-dinh/sua-doi/moi"
DOCUMENT = """
[document.HD99]
issuer = "Ban Tổ chức Trung ương"
number = "99-HD/BTCTW"
signed_on = 2023-11-01
title_vi = "Hướng dẫn nghiệp vụ công tác đảng viên"
"""
SHORTER = (
    DOCUMENT
    + """
[[rule."admission.decision".entries]]
replaces = true
regime = "R1"
value = 45
cite = { doc = "HD99", article = "7", confidence = "V" }
"""
)


def hidden(answer: Any, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', answer.content.decode())
    assert found is not None, f"{name} is not on the page"
    return found[1]


def looked_at(client: Client, text: str = SHORTER) -> dict[str, str]:
    """Look at a text and return what its page sends back to keep it."""
    answer = client.post(DRAFT, {"text": text, "look": "1"})
    assert answer.status_code == 200, answer.content.decode()
    told = {name: hidden(answer, name) for name in ("seen", "mark")}
    return {"text": text, "note": "Hướng dẫn mới", "keep": "1", **told}


def kept(cast: Cast, text: str = SHORTER) -> Amendment:
    """Keep a text through the action."""
    return actions.keep(
        actor=stage.actor(cast.administrator, ON),
        text=text,
        note="Hướng dẫn mới",
        seen=amendments.current().edition,
        at=stage.instant(ON),
        today=ON,
    )
