"""The catalogue of Vietnamese words and what is found in the code."""

from __future__ import annotations

from pathlib import Path

import pytest
from babel.messages.catalog import Message

from donghanh.config import extraction, messages, places


@pytest.fixture
def catalogue(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("DONGHANH_VAR", str(tmp_path / "var"))
    monkeypatch.setattr(messages, "CATALOGUE", tmp_path / "django.po")
    return tmp_path / "django.po"


@pytest.fixture
def package(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A project of one file that asks for two words."""
    monkeypatch.setattr(places, "ROOT", tmp_path)
    folder = tmp_path / "donghanh"
    folder.mkdir()
    (folder / "texts.py").write_text('a = _("One."), pgettext_lazy("kind", "Two.")\n')
    return folder


def _fragment(folder: Path, text: str) -> Path:
    path = folder / "part.po"
    path.write_text(text, encoding="utf-8")
    return path


class TestAdd:
    def test_sorts_words_and_compiles_them(self, catalogue: Path, tmp_path: Path) -> None:
        part = 'msgid "B."\nmsgstr "Hai."\n\nmsgid "A."\nmsgstr "Một."\n'
        assert messages.add(_fragment(tmp_path, part)) == []
        assert catalogue.read_text(encoding="utf-8").endswith(
            'msgid "A."\nmsgstr "Một."\n\nmsgid "B."\nmsgstr "Hai."\n'
        )
        assert catalogue.with_suffix(".mo").exists()
        assert not messages.stale()

    def test_writes_the_same_file_when_repeated(self, catalogue: Path, tmp_path: Path) -> None:
        part = _fragment(tmp_path, 'msgctxt "c"\nmsgid "A %(x)s."\nmsgstr "Một %(x)s."\n')
        messages.add(part)
        first = catalogue.read_bytes()
        messages.add(part)
        assert catalogue.read_bytes() == first

    def test_replaces_the_vietnamese_of_a_known_word(self, catalogue: Path, tmp_path: Path) -> None:
        messages.add(_fragment(tmp_path, 'msgid "A."\nmsgstr "Một."\n'))
        messages.add(_fragment(tmp_path, 'msgid "A."\nmsgstr "Hai."\n'))
        assert [each.string for each in messages.entries(messages.read(catalogue))] == ["Hai."]

    def test_merges_nothing_of_a_faulty_fragment(self, catalogue: Path, tmp_path: Path) -> None:
        part = 'msgid "A."\nmsgstr "Một."\n\nmsgid "B %s."\nmsgstr "Hai %s."\n'
        assert len(messages.add(_fragment(tmp_path, part))) == 1
        assert not catalogue.exists()


class TestFaults:
    @pytest.mark.parametrize(
        ("english", "vietnamese", "word"),
        [
            ("A.", "", "no Vietnamese"),
            ("Đỏ.", "Đỏ.", "holds Vietnamese letters"),
            ("A %d.", "Một %d.", "without a name"),
            ("A {}.", "Một {}.", "without a name"),
            ("A %(x)s.", "Một %(y)s.", "names ['y']"),
        ],
    )
    def test_are_named(self, english: str, vietnamese: str, word: str) -> None:
        found = messages.faults(Message(english, vietnamese))
        assert len(found) == 1
        assert word in found[0]

    def test_are_none_for_a_whole_sentence_with_names_and_a_percentage(self) -> None:
        assert messages.faults(Message("%(x)s is 50 % so far.", "%(x)s được 50 %.")) == []

    def test_include_fuzzy(self) -> None:
        assert "fuzzy" in messages.faults(Message("A.", "Một.", flags=["fuzzy"]))[0]


class TestGate:
    def test_names_what_is_missing_and_what_nothing_uses(
        self, catalogue: Path, package: Path, tmp_path: Path
    ) -> None:
        messages.add(_fragment(tmp_path, 'msgid "One."\nmsgstr "Một."\n\nmsgid "X"\nmsgstr "Y"\n'))
        assert messages.gate() == [
            "donghanh/texts.py:1: no Vietnamese for 'Two.'.",
            "Nothing uses 'X'.",
        ]

    def test_is_silent_when_all_words_are_there(
        self, catalogue: Path, package: Path, tmp_path: Path
    ) -> None:
        part = 'msgid "One."\nmsgstr "Một."\n\nmsgctxt "kind"\nmsgid "Two."\nmsgstr "Hai."\n'
        messages.add(_fragment(tmp_path, part))
        assert messages.gate() == []

    def test_is_satisfied_by_pruning(self, catalogue: Path, package: Path, tmp_path: Path) -> None:
        messages.add(_fragment(tmp_path, 'msgid "X"\nmsgstr "Y"\n'))
        assert messages.prune() == ["X"]
        assert messages.entries(messages.read(catalogue)) == []

    def test_is_satisfied_by_filling_in_what_is_missing(
        self, catalogue: Path, package: Path, tmp_path: Path
    ) -> None:
        part = messages.missing()
        assert 'msgctxt "kind"\nmsgid "Two."\nmsgstr ""' in part
        messages.add(_fragment(tmp_path, part.replace('msgstr ""', 'msgstr "Chữ."')))
        assert messages.gate() == []


class TestInTemplate:
    @pytest.mark.parametrize(
        ("source", "found"),
        [
            ("{% translate 'A' %}", ("A", "", "")),
            ('{% translate "A" context "c" as x %}', ("A", "c", "")),
            ("{% blocktranslate %}A {{ x }}{% endblocktranslate %}", ("A %(x)s", "", "")),
            (
                "{% blocktranslate trimmed count n=n %} A {% plural %} B {% endblocktranslate %}",
                ("A", "", "B"),
            ),
            ("<c-field label=\"{% translate 'A' %}\" />", ("A", "", "")),
            ("<c-field :label=\"_('A')\" />", ("A", "", "")),
            ("{{ x|default:_('A') }}", ("A", "", "")),
        ],
    )
    def test_finds_the_word(self, source: str, found: tuple[str, str, str]) -> None:
        uses = set(extraction.in_template(source, "x.html"))
        assert {(use.msgid, use.context, use.plural) for use in uses} == {found}
