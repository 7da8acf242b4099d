"""The pages of docs stay true: links, files, commands, words, and what is made from the code."""

from __future__ import annotations

import ast
import io
import json
import os
import re
import shlex
from collections.abc import Iterator
from contextlib import redirect_stdout
from pathlib import Path

import pytest

from donghanh.config import cli
from donghanh.domain import letter
from donghanh.domain.acts import Step
from tests.architecture import ours, reference

DOCS = ours.ROOT / "docs"
LETTER = "donghanh/demonstration/letters/dak-nong-2024.txt"

#: Where a path named in the docs may begin.
_FOLDERS = ("docs", "donghanh", "locale", "requirements", "script", "tests")
_GLOSSARY = DOCS / "glossary.md"
#: The demonstration's and the documents' words are explained on their cards.
_SPEAK_FOR_THEMSELVES = {"demonstration", "documents", "web"}
#: Nouns of the rules that are how a thing is worked out, not a thing of the field.
_WORKINGS = {
    *("Bound", "Dated", "DossierAge", "Facts", "Flag", "Kind", "Layout", "Mark", "Misreading"),
    *("Notes", "Piece", "Segment", "Signing", "Span", "View", "Walk", "Written", "CalendarYear"),
    *("ClockRule", "StepRule", "TurnRule", "FormRule", "Variant", "Base", "Recurs"),
    *("RuleHead", "Row", "Section", "Contents"),
}


def pages() -> list[Path]:
    """Return every page of Markdown we write."""
    return sorted([*ours.ROOT.glob("*.md"), *DOCS.rglob("*.md")])


def console(page: Path) -> Iterator[str]:
    """Return what is typed in a page's blocks of a console."""
    for block in re.findall(r"^```console\n(.*?)^```", _text(page), re.M | re.S):
        for line in re.sub(r"\\\n\s*", "", block).splitlines():
            if line.startswith("$ "):
                yield line[2:]


def _text(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def _prose(page: Path) -> str:
    return re.sub(r"^```.*?^```$", "", _text(page), flags=re.M | re.S)


def _name(path: Path) -> str:
    return str(path.relative_to(ours.ROOT))


def _anchors(page: Path) -> set[str]:
    heads = re.findall(r"^#+ (.+)$", _prose(page), re.M)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


def _rows(page: Path) -> list[list[str]]:
    lines = [line for line in _text(page).splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


every_page = pytest.mark.parametrize("page", pages(), ids=_name)


class TestPages:
    @every_page
    def test_link_to_what_is_there(self, page: Path) -> None:
        broken = []
        for target in re.findall(r"\]\(([^)\s]+)\)", _prose(page)):
            if re.match(r"[a-z]+:", target):
                continue
            path, _, anchor = target.partition("#")
            found = (page.parent / path).resolve() if path else page
            if not found.exists() or (anchor and anchor not in _anchors(found)):
                broken.append(target)
        assert broken == []

    @every_page
    def test_name_files_that_are_there(self, page: Path) -> None:
        missing = []
        for said in re.findall(r"`([^`\s]+/[^`\s]*)`", _prose(page)):
            path = said.rstrip("/.,")
            if path.split("/")[0] not in _FOLDERS or re.search(r"[<…{]", path):
                continue
            if not list(ours.ROOT.glob(path)):
                missing.append(said)
        assert missing == []

    @every_page
    def test_call_commands_that_are_there(self, page: Path) -> None:
        known = reference.commands()
        wrong = []
        for line in console(page):
            words = [word for word in shlex.split(line) if not re.match(r"[A-Z_]+=", word)]
            program, rest = words[0], words[1:]
            if program.startswith("script/") and not os.access(ours.ROOT / program, os.X_OK):
                wrong.append(line)
            if program in {"donghanh", "script/donghanh"}:
                declared = {name for names, _ in known.get(rest[0], []) for name in names}
                options = {word.split("=")[0] for word in rest if word.startswith("--")}
                if rest[0] not in known or (rest[0] != "manage" and not options <= declared):
                    wrong.append(line)
        assert wrong == []

    def test_are_all_reached_from_the_first_page(self) -> None:
        seen = {ours.ROOT / "README.md"}
        waiting = list(seen)
        while waiting:
            page = waiting.pop()
            for target in re.findall(r"\]\(([^)#\s:]+\.md)", _prose(page)):
                found = (page.parent / target).resolve()
                if found not in seen and found.exists():
                    seen.add(found)
                    waiting.append(found)
        assert [_name(page) for page in pages() if page not in seen] == []


class TestFirstPage:
    def test_shows_what_reading_a_letter_really_prints(self) -> None:
        shown = re.search(r"```json\n(.*?)```", _text(ours.ROOT / "README.md"), re.S)
        assert shown is not None
        said = io.StringIO()
        with redirect_stdout(said):
            assert cli.main(["read", str(ours.ROOT / LETTER)]) == 0
        rest = said.getvalue()
        for line in shown[1].splitlines():
            if line.strip() in {"…", ""}:
                continue
            assert line in rest, f"{line!r} is not printed, or not in this place"
            rest = rest.split(line, 1)[1]


class TestReference:
    @pytest.mark.parametrize("page", sorted({page for page, _ in reference.PARTS}))
    def test_says_what_the_code_says(self, page: str) -> None:
        assert _text(reference.PAGES / page) == reference.made(page), "run script/reference"

    def test_of_the_letter_names_every_key(self) -> None:
        text = (ours.ROOT / LETTER).read_text(encoding="utf-8")
        said = json.loads(json.dumps(letter.read(text).as_dict()))
        shape = {
            name for key, value in said.items() if key != "spans" for name in _keys(key, value)
        } | {"spans"}
        rows = _rows(reference.PAGES / "letter.md")
        written = {row[0].strip("`") for row in rows if len(row) == 3 and row[0].startswith("`")}
        assert written == shape

    def test_of_refusals_leaves_no_sentence_out(self) -> None:
        silent = [
            each.code for each in reference.refusals() if each.code not in reference.sentences()
        ]
        assert silent == []


class TestGlossary:
    def test_has_only_identifiers_that_are_in_the_code(self) -> None:
        code = "\n".join(path.read_text(encoding="utf-8") for path in ours.python())
        strange = [name for name in _terms() if not re.search(rf"\b{re.escape(name)}\b", code)]
        assert strange == []

    def test_has_every_noun_of_the_rules(self) -> None:
        nouns = {
            node.name
            for path in ours.python(ours.PACKAGE / "domain")
            for node in ours.tree(path).body
            if isinstance(node, ast.ClassDef) and _is_noun(node)
        }
        assert sorted(nouns - _WORKINGS - _terms()) == []

    def test_has_every_step(self) -> None:
        assert sorted({step.name for step in Step} - _terms()) == []

    @pytest.mark.parametrize("room", [room.name for room in ours.rooms()])
    def test_has_the_words_of_every_card(self, room: str) -> None:
        if room in _SPEAK_FOR_THEMSELVES:
            return
        words = set(re.findall(r"\b[A-Z]\w+", reference.card(room)["Its words"]))
        assert sorted(words - _terms()) == []

    def test_names_sources_that_are_listed(self) -> None:
        listed = {row[0] for row in _rows(DOCS / "sources.md")}
        cited = {
            source
            for row in _rows(_GLOSSARY)[2:]
            for source in re.findall(r"\b[A-ZĐ]{2,3}\d+(?:/\d\d)?", row[3])
        }
        assert sorted(cited - listed) == []


def _keys(path: str, value: object) -> Iterator[str]:
    inner = value[0] if isinstance(value, list) and value else value
    mark = f"{path}[]" if isinstance(value, list) else path
    if isinstance(inner, dict) and not path.endswith("facts"):
        for key, each in inner.items():
            yield from _keys(f"{mark}.{key}", each)
    else:
        yield mark


def _terms() -> set[str]:
    return {name for row in _rows(_GLOSSARY)[2:] for name in re.findall(r"`(\w+)`", row[0])}


def _is_noun(node: ast.ClassDef) -> bool:
    """Tell whether a class is a dataclass or a list of names, and public."""
    if node.name.startswith("_"):
        return False
    called = [each.func if isinstance(each, ast.Call) else each for each in node.decorator_list]
    made = any(isinstance(each, ast.Name) and each.id == "dataclass" for each in called)
    return made or any(isinstance(base, ast.Name) and base.id == "StrEnum" for base in node.bases)
