"""One text for one content, whatever order it was written in."""

from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from donghanh.domain import canonical

_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
_LEAF = st.none() | st.booleans() | st.integers(-canonical.LARGEST, canonical.LARGEST) | _TEXT
_VALUES = st.recursive(
    _LEAF,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text("abcđê", max_size=3), inner, max_size=4)
    ),
    max_leaves=20,
)


def _composed(value: object) -> object:
    """Return a value with every text in NFC, as a second reader would make it."""
    match value:
        case str():
            return unicodedata.normalize("NFC", value)
        case list():
            return [_composed(one) for one in value]
        case dict():
            return {_composed(key): _composed(one) for key, one in value.items()}
    return value


class TestText:
    @given(_VALUES)
    def test_is_json_of_the_same_content(self, value: object) -> None:
        assert json.loads(canonical.text(value)) == _composed(value)

    @given(st.dictionaries(st.text("abc", max_size=3), _LEAF, max_size=6))
    def test_does_not_depend_on_the_order_of_keys(self, value: dict[str, object]) -> None:
        turned = dict(reversed(value.items()))
        assert canonical.text(turned) == canonical.text(value)

    def test_orders_keys_by_their_utf16_units(self) -> None:
        # RFC 8785, 3.2.3: U+1F600 (D83D …) comes before U+FF5E in UTF-16, after it by code point.
        assert canonical.text({"\uff5e": 1, "\U0001f600": 2}) == '{"\U0001f600":2,"\uff5e":1}'

    def test_is_the_same_for_both_forms_of_a_letter(self) -> None:
        assert canonical.text("Đức") == canonical.text(unicodedata.normalize("NFD", "Đức"))

    @pytest.mark.parametrize(
        "value", [1.5, float("nan"), {1: "a"}, b"a", canonical.LARGEST + 1, "\ud800", object()]
    )
    def test_refuses_what_two_readers_could_write_differently(self, value: object) -> None:
        with pytest.raises(canonical.NotCanonical):
            canonical.text([value])
