"""What the tests of voices share: somebody writes, on a day, with a code."""

from __future__ import annotations

from datetime import date
from typing import Any

from donghanh.domain.voices import Addressee, Topic
from donghanh.voices import actions
from donghanh.voices.models import Voice
from donghanh.voices.queries.asking import digest_of
from tests.factory import School

ON = date(2026, 3, 2)  # a Monday
NEXT = date(2026, 3, 3)
#: Ten working days after ``ON``, and the day after.
LAST, LATE = date(2026, 3, 16), date(2026, 3, 17)
TEXT = "Nhà xe của trường dột, trời mưa là ướt hết cặp sách ạ."


def spoken(
    where: School, *, to: Addressee = Addressee.SCHOOL, on: date = ON, **given: Any
) -> tuple[Voice, str]:
    """Let somebody write, and return the voice with its code."""
    code = actions.new_code()
    told = {"topic": Topic.PLACE, "text": TEXT} | given
    new = actions.New(school_id=where.unit.pk, to=to, **told)
    actions.write(new=new, code=code, today=on)
    return Voice.objects.get(code_digest=digest_of(code)), code
