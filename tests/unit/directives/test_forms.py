"""The room's forms: words in, values of a reading out."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from donghanh.directives import texts
from donghanh.directives.forms import letters as forms


class TestLetterDay:
    @pytest.mark.parametrize(
        ("typed", "iso"),
        [
            ("10/6/2024", "2024-06-10"),
            ("10-06-2024", "2024-06-10"),
            ("2024-06-10", "2024-06-10"),
            ("2/2024", "2024-02"),
            ("10/6", "--06-10"),
            ("29/2", "--02-29"),
            ("20", "---20"),
            ("  ", None),
        ],
    )
    def test_reads_a_day_as_people_write_it(self, typed: str, iso: str | None) -> None:
        assert forms.LetterDay().clean(typed) == iso

    @pytest.mark.parametrize("iso", ["2024-06-10", "2024-02", "--06-10", "---20"])
    def test_reads_what_it_wrote(self, iso: str) -> None:
        assert forms.LetterDay().clean(texts.typed_day(iso)) == iso

    @pytest.mark.parametrize("typed", ["31/2/2024", "31/4", "13/2024", "32", "0", "mai", "1/2/3"])
    def test_refuses_what_is_no_day(self, typed: str) -> None:
        with pytest.raises(ValidationError):
            forms.LetterDay().clean(typed)


class TestLinesField:
    def test_gives_the_lines_that_hold_something(self) -> None:
        assert forms.LinesField().clean(" a \n\n b\n") == ["a", "b"]
        assert forms.LinesField().prepare_value(["a", "b"]) == "a\nb"


class TestTargetForm:
    def _form(self, **changed: str) -> forms.TargetForm:
        before = {
            "amount": 15,
            "kind": "percent",
            "bound": "at_least",
            "to": None,
            "what": None,
            "whom": "Mỗi trường",
            "of": "đoàn viên",
            "year": "2024-2025",
        }
        data = {"amount": "15", "of": "đoàn viên", "year": "2024-2025", **changed}
        return forms.TargetForm(data, initial=before)

    def test_keeps_what_the_page_does_not_show(self) -> None:
        form = self._form(amount="12.5")
        assert form.is_valid()
        entry = form.entry()
        assert (entry["amount"], entry["kind"], entry["whom"]) == (12.5, "percent", "Mỗi trường")

    @pytest.mark.parametrize(("typed", "valid"), [("2023-2024", 1), ("2024", 1), ("2023-2025", 0)])
    def test_takes_school_years_that_are_some(self, typed: str, valid: int) -> None:
        assert self._form(year=typed).is_valid() is bool(valid)
