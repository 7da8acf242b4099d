"""What people type in the room of promotion: text in, typed values out."""

from __future__ import annotations

from django.http import QueryDict

from donghanh.domain import moving_up
from donghanh.domain.moving_up import LONGEST, Way
from donghanh.promotion.queries import Said

#: Far beyond the classes and the pupils of a school; what is sent beyond is not read.
_MOST = 10_000
_WAYS = {way.value: way for way in Way}


def said(sent: QueryDict) -> Said:
    """
    Return what was typed of classes and pupils; what cannot be read is left out.

    The names of classes come as they are kept: capitals, single blanks. A name that is too long is
    cut where it is seen to be too long.
    """
    finishing = set(sent.getlist("xong"))
    lines = zip(sent.getlist("tu")[:_MOST], sent.getlist("den"), strict=False)
    told = zip(sent.getlist("em")[:_MOST], sent.getlist("cach"), sent.getlist("lop"), strict=False)
    ways = {
        int(number): (_WAYS.get(way), _class(class_name))
        for number, way, class_name in told
        if _is_number(number)
    }
    marked = {int(number) for number in sent.getlist("khac")[:_MOST] if _is_number(number)}
    return Said(
        classes={key: (_class(into), key in finishing) for key, into in lines},
        apart={number: ways.get(number, (None, "")) for number in sorted(marked)},
    )


def _class(typed: str) -> str:
    return moving_up.written(typed.replace("\0", ""))[: LONGEST + 1]


def _is_number(typed: str) -> bool:
    return typed.isascii() and typed.isdecimal() and len(typed) <= LONGEST - 2
