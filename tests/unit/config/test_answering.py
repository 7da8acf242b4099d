"""The commands that answer from the rules: one JSON object, or one sentence and an exit code."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from donghanh.config import cli
from donghanh.domain import rules
from donghanh.domain.acts import Step

Asked = tuple[int, str, str]

CASE = """
[case]
born = 2006-03-15
consented_on = 2023-09-01
union_member = true
lower_secondary = true
[[acts]]
step = "sourced"
on = 2023-09-20
[[acts]]
step = "introduced"
on = 2023-10-05
tally = { official = 15, favour = 14, against = 1 }
"""
#: Tightens a span, names its own document, and compares another one with its original.
AMENDMENT = """
[document.QD300]
issuer = "Ban Chấp hành Trung ương"
number = "300-QĐ/TW"
signed_on = 2026-10-01
title_vi = "Quy định thử"
[[rule."admission.ceremony".entries]]
regime = "R5"
since = 2026-10-01
value = 20
cite = { doc = "QD300", article = "7", confidence = "V" }
"""
SECOND = """
[[rule."admission.ceremony".entries]]
regime = "R5"
since = 2026-10-01
value = 10
replaces = true
cite = { doc = "QD300", article = "8", confidence = "V" }
"""


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str]) -> Callable[..., Asked]:
    """Return what a command says, as a shell would see it."""

    def asked(*words: str | Path) -> Asked:
        capsys.readouterr()
        try:
            code = cli.main([str(word) for word in words])
        except SystemExit as ended:
            code = int(str(ended.code))
        said = capsys.readouterr()
        return code, said.out, said.err

    return asked


@pytest.fixture
def told(ask: Callable[..., Asked]) -> Callable[..., dict[str, Any]]:
    """Return the answer of a command that has one, and nothing to say beside it."""

    def answered(*words: str | Path) -> dict[str, Any]:
        code, out, err = ask(*words)
        assert (code, err) == (0, "")
        found: dict[str, Any] = json.loads(out)
        return found

    return answered


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, str], Path]:
    """Write a file."""

    def written(name: str, text: str) -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return written


def one_sentence(said: Asked, code: int) -> str:
    """Return the sentence of a refusal: it alone, on the error output."""
    assert said[:2] == (code, "")
    assert said[2].count("\n") == 1
    assert "Traceback" not in said[2]
    return said[2].strip()


class TestRule:
    def test_answers_for_a_day_and_a_place(self, told: Callable[..., dict[str, Any]]) -> None:
        found = told("rule", "admission.decision", "--on", "2025-12-01", "--province", "Hà Nội")
        assert (found["value"], found["scope"], found["regime"]) == (45, "province:ha-noi", "R3")
        assert found["citation"]["number"] == "02-HD/BTCTU"

    def test_writes_vietnamese_as_it_is_and_two_blanks_deep(
        self, ask: Callable[..., Asked]
    ) -> None:
        _, out, _ = ask("rule", "vote.cell", "--on", "2025-12-01")
        assert '\n  "title": "Chi bộ biểu quyết' in out

    def test_without_a_name_lists_every_name(self, told: Callable[..., dict[str, Any]]) -> None:
        names = [one["rule"] for one in told("rule")["rules"]]
        assert names == list(rules.load().names())
        assert told("rule", "--list") == told("rule")

    def test_answers_for_every_rule(self, ask: Callable[..., Asked]) -> None:
        for name in rules.load().names():
            for place in ("", "ha-noi"):
                assert ask("rule", name, "--on", "2026-11-21", "--province", place)[0] == 0, name

    def test_of_no_such_name_is_refused(self, ask: Callable[..., Asked]) -> None:
        said = one_sentence(ask("rule", "cell_vote", "--on", "2026-01-05"), 1)
        assert said.startswith("Không có quy định nào tên là “cell_vote”")

    def test_before_any_value_is_refused(self, ask: Callable[..., Asked]) -> None:
        said = one_sentence(ask("rule", "transfer.official", "--on", "2024-12-05"), 1)
        assert "05/12/2024" in said


class TestDue:
    def test_answers_with_the_keys_that_are_promised(
        self, told: Callable[..., dict[str, Any]]
    ) -> None:
        found = told("due", "admission.decision", "--from", "2024-04-02")
        assert list(found) == ["rule", "from", "due", "scope", "citation", "checked"]
        assert list(found["citation"]) == ["issuer", "number", "signed_on", "article"]
        assert (found["due"], found["scope"], found["checked"]) == ("2024-06-28", "central", True)

    @pytest.mark.parametrize("province", ["Hà Nội", "ha-noi", "Ha Noi", "TP. Hà Nội"])
    def test_takes_a_province_as_people_write_it(
        self, told: Callable[..., dict[str, Any]], province: str
    ) -> None:
        found = told("due", "admission.decision", "--from", "2026-01-05", "--province", province)
        assert (found["due"], found["scope"]) == ("2026-03-13", "province:ha-noi")

    def test_says_in_one_line_that_a_province_sets_no_rules(
        self, ask: Callable[..., Asked]
    ) -> None:
        code, out, err = ask(
            "due", "transfer.official", "--from", "2025-12-05", "--province", "Lâm Đồng"
        )
        assert (code, json.loads(out)["scope"]) == (0, "central")
        assert err == "Lâm Đồng không có quy định riêng; trả lời theo quy định của Trung ương.\n"

    @pytest.mark.parametrize(
        ("words", "part"),
        [
            (("due", "vote.cell", "--from", "2026-01-05"), "không phải là một khoảng thời gian"),
            (("due", "school_year.first_month", "--from", "2026-01-05"), "khoảng thời gian"),
            (("due", "admission.base_resolution", "--from", "2026-01-05"), "Hà Nội"),
            (("due", "transfer.official", "--from", "2028-12-05"), "Lịch ngày nghỉ"),
            (("due", "no.such", "--from", "2026-01-05"), "“no.such”"),
            (
                ("due", "vote.cell", "--from", "2026-01-05", "--province", "Atlantis"),
                "Không có tỉnh, thành phố nào tên là “Atlantis”.",
            ),
        ],
    )
    def test_refuses_with_one_sentence(
        self, ask: Callable[..., Asked], words: tuple[str, ...], part: str
    ) -> None:
        assert part in one_sentence(ask(*words), 1)

    @pytest.mark.parametrize("day", ["2026-13-05", "2026-02-30", "9999-12-31", "5/1/2026", "mai"])
    def test_of_no_day_ends_with_two(self, ask: Callable[..., Asked], day: str) -> None:
        said = one_sentence(ask("due", "admission.decision", "--from", day), 2)
        assert f"“{day}” không phải là ngày" in said

    def test_without_a_day_or_a_name_ends_with_two(self, ask: Callable[..., Asked]) -> None:
        assert "--from" in one_sentence(ask("due", "admission.decision"), 2)
        assert ask("due")[0] == 2
        assert ask("due", "admission.decision", "--until", "2026-01-05")[0] == 2


class TestWith:
    def test_adds_rules_in_the_order_they_are_given(
        self, told: Callable[..., dict[str, Any]], write: Callable[[str, str], Path]
    ) -> None:
        first, second = write("mot.toml", AMENDMENT), write("hai.toml", SECOND)
        plain = ("rule", "admission.ceremony", "--on", "2026-11-02")
        assert told(*plain)["value"] == 30
        assert told(*plain, "--with", first)["value"] == 20
        both = told(*plain, "--with", first, "--with", second)
        assert (both["value"], both["citation"]["article"]) == (10, "8")
        due = told("due", "admission.ceremony", "--from", "2026-11-02", "--with", first)
        assert due["due"] == "2026-12-01"

    def test_names_the_file_that_cannot_be_used(
        self, ask: Callable[..., Asked], write: Callable[[str, str], Path]
    ) -> None:
        words = ("rule", "vote.cell", "--on", "2026-11-02", "--with")
        said = one_sentence(ask(*words, write("hong.toml", "[rule\n")), 1)
        assert said == "hong.toml không viết đúng dạng TOML (dòng 1, cột 6)."
        said = one_sentence(ask(*words, write("la.toml", "[luat]\na = 1\n")), 1)
        assert said == "la.toml: khóa “luat” không có nghĩa ở đây."
        assert "khong-co.toml" in one_sentence(ask(*words, Path("khong-co.toml")), 1)


class TestStep:
    def test_answers_for_every_step_and_turn(self, told: Callable[..., dict[str, Any]]) -> None:
        listed = told("step")
        names = [one["step"] for one in (*listed["steps"], *listed["turns"])]
        assert set(names) == {step.value for step in Step} - {"papers"}
        for name in names:
            found = told("step", name, "--on", "2026-11-21", "--province", "ha-noi")
            assert found["citation"]["number"]
            assert found["actor"]

    def test_follows_branches(self, told: Callable[..., dict[str, Any]]) -> None:
        found = told("step", "decided", "--on", "2026-01-05", "--branch", "delegated")
        assert found["body"] == "Đảng ủy cơ sở được ủy quyền"

    @pytest.mark.parametrize("name", ["papers", "voted"])
    def test_of_no_such_name_is_refused(self, ask: Callable[..., Asked], name: str) -> None:
        assert f"“{name}”" in one_sentence(ask("step", name, "--on", "2026-01-05"), 1)

    def test_of_no_such_branch_ends_with_two(self, ask: Callable[..., Asked]) -> None:
        assert ask("step", "decided", "--on", "2026-01-05", "--branch", "left")[0] == 2


class TestAssess:
    def test_tells_what_is_next(
        self, told: Callable[..., dict[str, Any]], write: Callable[[str, str], Path]
    ) -> None:
        found = told("assess", write("an.toml", CASE), "--on", "2023-10-10")
        assert (found["status"], found["current"]) == ("walking", "listed")
        assert found["next"][0]["actor"] == "secretary"

    def test_refuses_a_new_act_in_vietnamese_and_still_answers(
        self, told: Callable[..., dict[str, Any]], write: Callable[[str, str], Path]
    ) -> None:
        new = CASE + '[new]\nstep = "trained"\non = 2023-10-09\n'
        refusal = told("assess", write("an.toml", new), "--on", "2023-10-10")["refusal"]
        assert refusal["code"] == "procedure.step_not_allowed"
        assert "Vào danh sách cảm tình Đảng" in refusal["sentence"]

    def test_refuses_facts_that_contradict_each_other_and_names_both(
        self, ask: Callable[..., Asked], write: Callable[[str, str], Path]
    ) -> None:
        text = CASE.replace("2023-09-20", "2023-10-06")
        said = one_sentence(ask("assess", write("an.toml", text), "--on", "2023-11-01"), 1)
        assert "“Đoàn giới thiệu đoàn viên ưu tú” ghi ngày 05/10/2023" in said
        assert "“Tạo nguồn” ngày 06/10/2023" in said

    def test_names_the_day_of_birth_in_a_contradiction(
        self, ask: Callable[..., Asked], write: Callable[[str, str], Path]
    ) -> None:
        text = CASE.replace("union_member", "graduated_on = 2005-05-31\nunion_member")
        said = one_sentence(ask("assess", write("an.toml", text), "--on", "2023-11-01"), 1)
        assert "“tốt nghiệp” ghi ngày 31/5/2005" in said
        assert "“ngày sinh” ngày 15/3/2006" in said

    @pytest.mark.parametrize(
        ("old", "new", "part"),
        [
            ("born", "burn", "an.toml: thiếu khóa “case.born”."),
            ("union_member", "union", "an.toml: khóa “case.union” không có nghĩa ở đây."),
            ('"introduced"', '"voted"', "không thể ghi “voted” ở khóa “acts[2].step”"),
            ("favour = 14", "favour = 16", "17 phiếu"),
            ("[case]", "[case", "an.toml không viết đúng dạng TOML (dòng 2, cột 6)."),
        ],
    )
    def test_refuses_a_file_that_cannot_be_understood(
        self,
        ask: Callable[..., Asked],
        write: Callable[[str, str], Path],
        old: str,
        new: str,
        part: str,
    ) -> None:
        text = CASE.replace(old, new, 1)
        assert part in one_sentence(ask("assess", write("an.toml", text), "--on", "2023-11-01"), 1)

    def test_refuses_a_file_that_is_none(
        self, ask: Callable[..., Asked], tmp_path: Path, write: Callable[[str, str], Path]
    ) -> None:
        day = ("--on", "2023-11-01")
        assert "Không có tệp" in one_sentence(ask("assess", tmp_path / "nix.toml", *day), 1)
        assert "Không đọc được tệp" in one_sentence(ask("assess", tmp_path, *day), 1)
        path = tmp_path / "an.toml"
        path.write_bytes(b"\xff\xfe\x00")
        assert "UTF-8" in one_sentence(ask("assess", path, *day), 1)
        assert "--on" in one_sentence(ask("assess", write("b.toml", CASE)), 2)


class TestInAShell:
    def test_answers_without_starting_the_framework(self) -> None:
        program = (
            "import sys\n"
            "from donghanh.config import cli\n"
            "cli.main(['due', 'admission.decision', '--from', '2024-04-02'])\n"
            "print(sorted({'django.db', 'psycopg', 'donghanh.dossiers'} & "
            "set(sys.modules)), file=sys.stderr)\n"
        )
        done = subprocess.run(
            [sys.executable, "-c", program], capture_output=True, text=True, check=False
        )
        assert json.loads(done.stdout)["due"] == "2024-06-28"
        assert done.stderr == "[]\n"
