"""The readers of the environment."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from donghanh.config import env


class TestFlag:
    @pytest.mark.parametrize(("given", "read"), [("1", True), ("Yes", True), ("off", False)])
    def test_reads_yes_and_no(
        self, monkeypatch: pytest.MonkeyPatch, given: str, read: bool
    ) -> None:
        monkeypatch.setenv("THE_NAME", given)
        assert env.flag("THE_NAME", default=not read) is read

    def test_takes_the_default_when_empty(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("THE_NAME", " ")
        assert env.flag("THE_NAME", default=True) is True

    def test_refuses_anything_else_and_names_the_variable(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("THE_NAME", "perhaps")
        with pytest.raises(env.SettingError, match="THE_NAME"):
            env.flag("THE_NAME", default=True)


class TestNumber:
    def test_reads_a_whole_number(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("THE_NAME", "12")
        assert env.number("THE_NAME") == 12

    def test_refuses_words_and_names_the_variable(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("THE_NAME", "twelve")
        with pytest.raises(env.SettingError, match="THE_NAME must be a whole number"):
            env.number("THE_NAME", 3)


class TestText:
    def test_refuses_a_missing_variable_without_a_default(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.delenv("THE_NAME", raising=False)
        with pytest.raises(env.SettingError, match="THE_NAME must be set"):
            env.text("THE_NAME")


class TestNames:
    def test_leaves_empty_parts_out(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("THE_NAME", "a, b,,")
        assert env.names("THE_NAME", "") == ["a", "b"]


class TestSecret:
    def test_reads_the_file_that_is_named(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        path = tmp_path / "key"
        path.write_text("hush\n", encoding="utf-8")
        monkeypatch.setenv("THE_NAME_FILE", str(path))
        assert env.secret("THE_NAME") == "hush"

    def test_refuses_a_file_and_a_value_at_once(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("THE_NAME", "hush")
        monkeypatch.setenv("THE_NAME_FILE", "somewhere")
        with pytest.raises(env.SettingError, match="both set"):
            env.secret("THE_NAME")

    def test_names_the_variable_of_a_file_that_is_not_there(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        monkeypatch.setenv("THE_NAME_FILE", str(tmp_path / "none"))
        with pytest.raises(env.SettingError, match="THE_NAME_FILE cannot be read"):
            env.secret("THE_NAME")


class TestDay:
    def test_reads_a_day_and_leaves_out_what_is_not_set(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("THE_NAME", "2026-11-21")
        assert env.day("THE_NAME") == date(2026, 11, 21)
        monkeypatch.delenv("THE_NAME")
        assert env.day("THE_NAME") is None

    def test_refuses_what_is_no_day_and_names_the_variable(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("THE_NAME", "21/11/2026")
        with pytest.raises(env.SettingError, match="THE_NAME"):
            env.day("THE_NAME")


class TestCount:
    def test_refuses_less_than_one(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("DONGHANH_X", "0")
        with pytest.raises(env.SettingError, match="must be 1 or more"):
            env.count("DONGHANH_X", 1)
        monkeypatch.setenv("DONGHANH_X", "2")
        assert env.count("DONGHANH_X", 1) == 2
