"""What the pages on asking from a script show is what the commands print."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from donghanh.config import cli, places

PAGE = places.ROOT / "docs" / "howto" / "ask-the-rules-from-a-script.md"
TEXT = PAGE.read_text(encoding="utf-8")
#: Somebody who was too young at the cell's vote, with an act to be judged and a day planned.
WHOLE = """
plans = { admitted = 2024-06-01 }
leaves_on = 2024-07-10
[case]
born = 2006-04-03
consented_on = 2023-09-01
[[acts]]
step = "sourced"
on = 2023-09-20
[[acts]]
step = "trained"
form = "CN-NTVĐ"
on = 2023-12-15
[[acts]]
step = "cell_voted"
on = 2024-04-02
tally = { official = 12, favour = 12 }
[[acts]]
step = "carded"
on = 2024-06-02
[new]
step = "admitted"
on = 2024-05-26
"""
#: Each command that is shown, and the lines it is said to print.
SHOWN = [
    (shlex.split(block.splitlines()[0])[2:], block.splitlines()[1:])
    for block in re.findall(r"^```console\n(.*?)^```", TEXT, re.M | re.S)
]


@pytest.mark.parametrize(("words", "lines"), [pair for pair in SHOWN if pair[1]], ids=str)
def test_shows_what_is_really_printed(
    words: list[str],
    lines: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for file, text in re.findall(r"^```toml\n# (\S+)\n(.*?)^```", TEXT, re.M | re.S):
        (tmp_path / file).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    cli.main(words)
    said = capsys.readouterr()
    rest = said.out + said.err
    for line in lines:
        if line.strip() in {"…", ""}:
            continue
        assert f"{line}\n" in rest, f"{line!r} is not printed, or not in this place"
        rest = rest.split(f"{line}\n", 1)[1]


def test_shows_every_command_that_answers() -> None:
    assert {words[0] for words, _ in SHOWN} == {"rule", "due", "step", "assess"}


def _keys(value: object) -> Iterator[str]:
    if isinstance(value, list):
        for each in value:
            yield from _keys(each)
    if isinstance(value, dict):
        for key, each in value.items():
            yield key
            if key != "facts":  # those are of each refusal
                yield from _keys(each)


@pytest.mark.parametrize(
    "words",
    [
        ["rule"],
        ["rule", "admission.decision", "--on", "2026-01-05"],
        ["rule", "vote.cell", "--on", "2026-01-05"],
        ["due", "admission.decision", "--from", "2026-01-05"],
        ["step"],
        ["step", "decided", "--on", "2026-01-05"],
        ["step", "applied", "--on", "2026-01-05", "--province", "ha-noi"],
        ["step", "unlisted", "--on", "2026-01-05"],
        ["assess", "whole.toml", "--on", "2024-05-27"],
    ],
    ids=" ".join,
)
def test_every_key_is_explained(
    words: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / "whole.toml").write_text(WHOLE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert cli.main(words) == 0
    text = (places.ROOT / "docs" / "reference" / "answers.md").read_text(encoding="utf-8")
    explained = {word for said in re.findall(r"`([^`]+)`", text) for word in said.split(".")}
    assert set(_keys(json.loads(capsys.readouterr().out))) - explained == set()
