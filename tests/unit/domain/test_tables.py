"""Files of the rulebook that cannot be used are refused with the file and the key."""

from __future__ import annotations

from datetime import date

import pytest

from donghanh.domain import rules, tables
from donghanh.domain.errors import RuleError
from donghanh.domain.reading import parse
from donghanh.domain.timeline import Confidence
from donghanh.domain.voting import Base, Threshold
from tests.unit.domain.shipped import TEXTS, added, place, refused, texts

CITE = 'cite = { doc = "DEFAULT", article = "", confidence = "N" }'
HEAD = 'unit = "working_day"\ntitle = "X"\ntitle_vi = "X"\n'


def rule(values: str, head: str = HEAD) -> RuleError:
    """Why a rule of its own at the end of a file is refused."""
    return added("deadlines.toml", f'["x.y"]\n{head}\n{values}')


class TestFiles:
    def test_are_all_there(self) -> None:
        assert rules.read(TEXTS).version == rules.load().version
        for name in TEXTS:
            with pytest.raises(RuleError) as missing:
                rules.read({key: text for key, text in TEXTS.items() if key != name})
            assert place(missing.value) == ("rules.key_missing", name, "")

    @pytest.mark.parametrize("name", sorted(TEXTS))
    def test_are_toml(self, name: str) -> None:
        refusal = added(name, "a = \n")
        assert place(refusal) == ("rules.not_toml", name, "")
        assert "line" in str(refusal.facts["problem"])

    def test_are_told_apart_by_their_version(self) -> None:
        other = rules.read(texts("voting.toml", "# Shares", "# The shares"))
        assert other.version != rules.load().version
        assert len(other.version) == 12

    @pytest.mark.parametrize(
        ("name", "missing"),
        [(name, needed) for name, every in rules.NEEDED.items() for needed in every],
    )
    def test_have_every_rule_the_program_asks_for(self, name: str, missing: str) -> None:
        text = TEXTS[name].replace(f'["{missing}', f'["other.{missing}')
        with pytest.raises(RuleError) as refusal:
            rules.read(TEXTS | {name: text})
        assert place(refusal.value) == ("rules.key_missing", name, missing)


class TestUnknownKeys:
    @pytest.mark.parametrize(
        ("file", "old", "key"),
        [
            ("deadlines.toml", '["admission.decision"]', "admission.decision.colour"),
            ("voting.toml", '[["vote.cell".entries]]', "vote.cell.entries[1].colour"),
            ("regimes.toml", "[R1]", "R1.colour"),
            ("calendar.toml", "[2024]", "2024.colour"),
            ("documents.toml", "[QD24]", "QD24.colour"),
            ("procedure.toml", "[step.sourced]", "step.sourced.colour"),
            ("procedure.toml", "[[step.allowed.variants]]", "step.allowed.variants[1].colour"),
            ("procedure.toml", "[turn.unlisted]", "turn.unlisted.colour"),
            ("procedure.toml", "[phase.source]", "phase.source.colour"),
            ("forms.toml", '["2-TN"]', "2-TN.colour"),
        ],
    )
    def test_are_refused(self, file: str, old: str, key: str) -> None:
        refusal = refused(file, old, f'{old}\ncolour = "red"')
        assert place(refusal) == ("rules.unknown_key", file, key)

    @pytest.mark.parametrize(
        ("file", "old", "new", "key"),
        [
            (
                "voting.toml",
                'base = "official_convened" }',
                'base = "official_convened", colour = "red" }',
                "vote.cell.entries[1].value.colour",
            ),
            (
                "voting.toml",
                'confidence = "V" }',
                'confidence = "V", colour = "red" }',
                "vote.cell.entries[1].cite.colour",
            ),
            (
                "forms.toml",
                'copies = { when = "members"',
                'copies = { colour = "red", when = "members"',
                "3-KNĐ.copies.colour",
            ),
            ("procedure.toml", "[phase.source]", "[colour]\n[phase.source]", "colour"),
        ],
    )
    def test_are_refused_inside_a_value(self, file: str, old: str, new: str, key: str) -> None:
        assert place(refused(file, old, new)) == ("rules.unknown_key", file, key)


class TestCitations:
    @pytest.mark.parametrize(
        ("file", "old", "key"),
        [
            (
                "voting.toml",
                'cite = { doc = "DL", article = "4.3, 5.2", confidence = "V" }',
                "vote.cell.entries[1].cite",
            ),
            (
                "procedure.toml",
                'cite = { doc = "HD38", article = "", confidence = "V" }',
                "step.sourced.cite",
            ),
            (
                "forms.toml",
                'cite = { doc = "HN02", article = "1.1.1", confidence = "V" }',
                "2-TN.cite",
            ),
            (
                "calendar.toml",
                'cite = { doc = "BLLD2012", article = "115", confidence = "S" }',
                "2020.cite",
            ),
        ],
    )
    def test_are_asked_of_every_value(self, file: str, old: str, key: str) -> None:
        assert place(refused(file, old, "")) == ("rules.citation_missing", file, key)

    def test_name_a_document_of_the_rulebook(self) -> None:
        refusal = refused("voting.toml", 'doc = "DL"', 'doc = "ĐL"')
        assert place(refusal) == (
            "rules.citation_missing",
            "voting.toml",
            "vote.cell.entries[1].cite.doc",
        )
        assert refusal.facts["document"] == "ĐL"

    @pytest.mark.parametrize("new", ['documents = ["QD99"]', "documents = []"])
    def test_of_a_regime_name_documents_too(self, new: str) -> None:
        refusal = refused("regimes.toml", 'documents = ["QD24", "HD01_2021", "HD12"]', new)
        assert place(refusal) == ("rules.citation_missing", "regimes.toml", "R1.documents")

    @pytest.mark.parametrize(
        ("old", "new", "code", "key"),
        [
            ('article = "4.3, 5.2", ', "", "rules.key_missing", "article"),
            (', confidence = "V"', "", "rules.key_missing", "confidence"),
            ('confidence = "V"', 'confidence = "W"', "rules.bad_value", "confidence"),
            ('article = "4.3, 5.2"', "article = 4.3", "rules.bad_value", "article"),
            ('doc = "DL", ', "", "rules.key_missing", "doc"),
        ],
    )
    def test_are_whole(self, old: str, new: str, code: str, key: str) -> None:
        at = f"vote.cell.entries[1].cite.{key}"
        assert place(refused("voting.toml", old, new)) == (code, "voting.toml", at)

    def test_may_say_who_compared_them_and_when(self) -> None:
        table = parse(
            'cite = { doc = "A", article = "1", confidence = "Q", checked_on = 2026-11-01, '
            'checked_by = "Lan" }',
            "x.toml",
        )
        known = {"A": tables.Document("BCH", "1-QĐ", date(2026, 1, 1), "Quy định")}
        found = tables.citation(table, known)
        assert (found.issuer, found.number, found.signed_on) == ("BCH", "1-QĐ", date(2026, 1, 1))
        assert (found.article, found.confidence) == ("1", Confidence.Q)
        assert (found.checked_on, found.checked_by) == (date(2026, 11, 1), "Lan")
        assert found.settled


class TestRegimes:
    def test_do_not_begin_on_one_day(self) -> None:
        refusal = refused("regimes.toml", "since = 2025-01-20", "since = 2021-07-30")
        assert place(refusal) == ("rules.overlapping_regimes", "regimes.toml", "R2")
        assert refusal.facts["other"] == "R1"

    def test_take_no_place_where_there_is_none(self) -> None:
        refusal = refused("regimes.toml", "[R1]", "[R1]\nreplaces = true")
        assert place(refusal) == ("rules.overlapping_regimes", "regimes.toml", "R1")
        assert refusal.facts["other"] == "R1"

    @pytest.mark.parametrize(
        ("old", "new", "code", "key"),
        [
            ("since = 2025-01-20", "", "rules.key_missing", "R2.since"),
            ("since = 2025-01-20", 'since = "2025"', "rules.bad_value", "R2.since"),
            ("since = 2025-01-20", "since = 2025-01-20T00:00:00", "rules.bad_value", "R2.since"),
            ('title = "Regulation 232 of 2025"', "", "rules.key_missing", "R2.title"),
            ("[R2]", "[r2]", "rules.bad_value", "r2"),
        ],
    )
    def test_are_whole(self, old: str, new: str, code: str, key: str) -> None:
        assert place(refused("regimes.toml", old, new)) == (code, "regimes.toml", key)


class TestValues:
    def test_of_one_rule_and_place_do_not_begin_on_one_day(self) -> None:
        row = f'[["x.y".entries]]\nsince = 2024-01-01\nvalue = 5\n{CITE}\n'
        refusal = rule(row + row)
        assert place(refusal) == ("timeline.two_values", "deadlines.toml", "x.y.entries[2]")
        assert refusal.facts["name"] == "x.y"
        assert (refusal.facts["scope"], refusal.facts["since"]) == ("central", date(2024, 1, 1))

    def test_may_begin_on_one_day_in_two_places(self) -> None:
        row = f'[["x.y".entries]]\nsince = 2024-01-01\nvalue = 5\n{CITE}\n'
        local = row.replace("value", 'scope = "province:x"\nvalue')
        given = TEXTS["deadlines.toml"] + f'\n["x.y"]\n{HEAD}\n{row}{local}'
        book = rules.read(TEXTS | {"deadlines.toml": given})
        assert len(book.all_on("x.y", date(2024, 2, 1), ("central", "province:x"))) == 2

    @pytest.mark.parametrize(
        ("begin", "code", "key"),
        [
            ("since = 2016-07-24", "rules.outside_regime", "since"),
            ('regime = "R2"\nsince = 2025-01-19', "rules.outside_regime", "since"),
            ('regime = "R2"\nsince = 2025-07-01', "rules.outside_regime", "since"),
            ('regime = "R9"', "rules.bad_value", "regime"),
            ("", "rules.key_missing", "since"),
        ],
    )
    def test_begin_inside_their_regime(self, begin: str, code: str, key: str) -> None:
        refusal = rule(f'[["x.y".entries]]\n{begin}\nvalue = 5\n{CITE}')
        assert place(refusal) == (code, "deadlines.toml", f"x.y.entries[1].{key}")

    @pytest.mark.parametrize(
        ("begin", "since", "regime"),
        [
            ("since = 2016-07-25", date(2016, 7, 25), "R0"),
            ('regime = "R2"', date(2025, 1, 20), "R2"),
            ('regime = "R2"\nsince = 2025-06-30', date(2025, 6, 30), "R2"),
            ("since = 2025-07-01", date(2025, 7, 1), "R3"),
            ('regime = "R5"\nsince = 2027-01-01', date(2027, 1, 1), "R5"),
        ],
    )
    def test_name_their_regime_or_their_day(self, begin: str, since: date, regime: str) -> None:
        row = f'[["x.y".entries]]\n{begin}\nvalue = 5\nsteady = true\n{CITE}'
        given = TEXTS["deadlines.toml"] + f'\n["x.y"]\n{HEAD}\n{row}'
        (entry,) = rules.read(TEXTS | {"deadlines.toml": given}).timeline("x.y").entries
        assert (entry.since, entry.regime, entry.value) == (since, regime, 5)
        assert (entry.unit, entry.title, entry.title_vi) == ("working_day", "X", "X")
        assert (entry.edition, entry.steady, entry.carried) == (0, True, False)

    @pytest.mark.parametrize(
        ("unit", "value"),
        [
            ("working_day", "0"),
            ("working_day", "-1"),
            ("month", "1000"),
            ("year", '"18"'),
            ("person", "true"),
            ("vote", "1.5"),
            ("flag", "1"),
            ("choice", "1"),
            ("choice", '""'),
            ("reasons", '["away", "ill"]'),
            ("reasons", '"away"'),
            ("levels", "[]"),
            ("levels", '"Khá"'),
            ("levels", '["Khá", "Khá"]'),
            ("levels", '["Khá "]'),
            ("levels", '["Khá; tốt"]'),
            ("levels", '[""]'),
            ("threshold", '"2/3"'),
        ],
    )
    def test_are_of_the_kind_of_their_unit(self, unit: str, value: str) -> None:
        head = HEAD.replace("working_day", unit)
        refusal = rule(f'[["x.y".entries]]\nsince = 2024-01-01\nvalue = {value}\n{CITE}', head)
        assert place(refusal) == ("rules.bad_value", "deadlines.toml", "x.y.entries[1].value")

    @pytest.mark.parametrize(
        "share", ["4/3", "0/3", "1/0", "-1/2", "2", "2/3/4", "0.5", "half", "/"]
    )
    def test_of_a_share_lie_between_zero_and_one(self, share: str) -> None:
        refusal = refused("voting.toml", 'share = "2/3"', f'share = "{share}"')
        at = "vote.cell.entries[1].value.share"
        assert place(refusal) == ("rules.bad_value", "voting.toml", at)
        assert refusal.facts["problem"] == share

    @pytest.mark.parametrize(
        ("old", "new", "code", "key"),
        [
            ("strict = false, ", "", "rules.key_missing", "strict"),
            ("strict = false", "strict = 0", "rules.bad_value", "strict"),
            ('base = "official_convened"', 'base = "all"', "rules.bad_value", "base"),
            ('share = "2/3", ', "", "rules.key_missing", "share"),
        ],
    )
    def test_of_a_share_are_whole(self, old: str, new: str, code: str, key: str) -> None:
        at = f"vote.cell.entries[1].value.{key}"
        assert place(refused("voting.toml", old, new)) == (code, "voting.toml", at)

    def test_of_a_share_are_read_exactly(self) -> None:
        book = rules.read(texts("voting.toml", 'share = "2/3", strict', 'share = "7/9", strict'))
        entry = book.find_threshold("vote.cell", date(2020, 1, 1))
        assert entry is not None
        assert entry.value == Threshold(7, 9, False, Base.OFFICIAL_CONVENED)

    @pytest.mark.parametrize("scope", ["", "Hà Nội", "province:", "school:x", "province:a-"])
    def test_are_of_the_centre_or_a_place(self, scope: str) -> None:
        row = f'[["x.y".entries]]\nscope = "{scope}"\nsince = 2024-01-01\nvalue = 5\n{CITE}'
        assert place(rule(row)) == ("rules.bad_value", "deadlines.toml", "x.y.entries[1].scope")

    def test_stay_within_what_their_rule_says(self) -> None:
        row = f'[["x.y".entries]]\nsince = 2024-01-01\nvalue = 13\n{CITE}'
        refusal = rule(row, f"{HEAD}most = 12")
        assert place(refusal) == ("rules.bad_value", "deadlines.toml", "x.y.entries[1].value")
        head = HEAD.replace("working_day", "choice") + 'choices = ["13", "14"]'
        assert place(rule(row.replace("13", '"15"'), head))[2] == "x.y.entries[1].value"

    def test_are_there_at_all(self) -> None:
        assert place(rule("")) == ("rules.bad_value", "deadlines.toml", "x.y.entries")
        unit = rule(
            f'[["x.y".entries]]\nsince = 2024-01-01\nvalue = 5\n{CITE}',
            HEAD.replace("working_day", "week"),
        )
        assert place(unit) == ("rules.bad_value", "deadlines.toml", "x.y.entries[1].unit")
        assert unit.facts["problem"] == "week"

    @pytest.mark.parametrize("key", ["unit", "title", "title_vi"])
    def test_belong_to_a_rule_that_is_told(self, key: str) -> None:
        head = "\n".join(line for line in HEAD.splitlines() if not line.startswith(f"{key} "))
        assert place(rule("", head)) == ("rules.key_missing", "deadlines.toml", f"x.y.{key}")

    def test_of_a_rule_stand_in_one_file(self) -> None:
        refusal = added("voting.toml", f'["probation.length"]\n{HEAD}')
        assert refusal.code == "rules.unknown_key"
        assert refusal.facts["file"] == "voting.toml"


class TestDocuments:
    @pytest.mark.parametrize("key", ["issuer", "number", "signed_on", "title_vi"])
    def test_are_whole(self, key: str) -> None:
        text = (
            TEXTS["documents.toml"]
            + "\n[NEW]\n"
            + "\n".join(
                f"{one} = {'2024-01-01' if one == 'signed_on' else chr(34) + 'x' + chr(34)}"
                for one in ("issuer", "number", "signed_on", "title_vi")
                if one != key
            )
        )
        with pytest.raises(RuleError) as refusal:
            rules.read(TEXTS | {"documents.toml": text})
        assert place(refusal.value) == ("rules.key_missing", "documents.toml", f"NEW.{key}")
