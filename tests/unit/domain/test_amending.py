"""Rules an administrator adds, tightens, compares or withdraws."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from donghanh.domain import amending, rules
from donghanh.domain.amending import Amendment, amended, one_more
from donghanh.domain.errors import RuleError
from donghanh.domain.procedure import Step, replay
from donghanh.domain.timeline import Confidence
from tests.unit.domain.shipped import amendment, place, with_rules
from tests.unit.domain.walked import BOOK, CASE, until

CITE = 'cite = { doc = "DEFAULT", article = "", confidence = "N" }'
FILE = "sua-doi-1.toml"


def value(name: str, since: str, told: str, more: str = "") -> str:
    """A text that sets a value."""
    return f'[[rule."{name}".entries]]\nsince = {since}\nvalue = {told}\n{more}\n{CITE}\n'


def refusal(text: str) -> RuleError:
    """Why an amendment is refused."""
    with pytest.raises(RuleError) as refused:
        amended(BOOK, [amendment(text)])
    return refused.value


def compared(name: str, since: str, scope: str = "central") -> str:
    """A text that says a value was compared with the original."""
    return f'[[checked]]\nrule = "{name}"\nscope = "{scope}"\nsince = {since}\n'


class TestValues:
    def test_are_added_from_a_day_on(self) -> None:
        book = with_rules(value("probation.length", "2026-11-01", "10"))
        assert book.on("probation.length", date(2026, 10, 31)).value == 12
        entry = book.on("probation.length", date(2026, 11, 1))
        assert (entry.value, entry.edition, entry.regime) == (10, 1, "R5")
        assert entry.title_vi == BOOK.head("probation.length").title_vi
        assert (book.edition, book.editions) == (1, (BOOK, book))
        assert BOOK.on("probation.length", date(2026, 11, 1)).value == 12

    def test_are_added_for_a_place(self) -> None:
        text = value("probation.length", "2026-11-01", "18", 'scope = "province:x"')
        book = with_rules(text)
        assert book.on("probation.length", date(2026, 11, 1)).value == 12
        assert book.on("probation.length", date(2026, 11, 1), ("central", "province:x")).value == 18
        assert "province:x" in book.scopes()

    def test_of_the_past_hold_until_the_next(self) -> None:
        book = with_rules(value("admission.decision", "2023-01-01", "45"))
        assert book.on("admission.decision", date(2022, 12, 31)).value == 60
        assert book.on("admission.decision", date(2023, 1, 1)).value == 45
        assert book.on("admission.decision", date(2025, 1, 20)).value == 60  # R2 says so again

    def test_are_carried_into_later_regimes_unconfirmed(self) -> None:
        text = value("admission.decision", "2025-08-01", "50")
        book = with_rules(text)
        carried = book.on("admission.decision", date(2026, 8, 1))
        assert (carried.value, carried.carried, carried.settled) == (50, True, False)
        assert carried.cite.confidence is Confidence.N

    def test_take_the_place_of_another_only_when_they_say_so(self) -> None:
        text = value("age.minimum", "2025-07-01", "17")
        refused = refusal(text)
        assert place(refused) == ("timeline.two_values", FILE, "rule.age.minimum.entries[1]")
        assert refused.facts["name"] == "age.minimum"
        assert (refused.facts["scope"], refused.facts["since"]) == ("central", date(2025, 7, 1))
        book = with_rules(value("age.minimum", "2025-07-01", "17", "replaces = true"))
        assert book.on("age.minimum", date(2025, 7, 1)).value == 17
        assert book.on("age.minimum", date(2025, 6, 30)).value == 18

    def test_of_one_text_do_not_begin_on_one_day(self) -> None:
        row = value("age.minimum", "2025-08-01", "17", "replaces = true")
        refused = refusal(row + row)
        assert place(refused) == ("timeline.two_values", FILE, "rule.age.minimum.entries[2]")

    def test_of_a_rule_that_is_there_change_nothing_else_of_it(self) -> None:
        text = '[rule."age.minimum"]\nunit = "month"\n' + value("age.minimum", "2027-01-01", "17")
        assert place(refusal(text)) == ("rules.unknown_key", FILE, "rule.age.minimum.unit")

    @pytest.mark.parametrize(
        ("text", "code", "key"),
        [
            ("x = ", "rules.not_toml", ""),
            ("x = 1", "rules.unknown_key", "x"),
            ('rule = "x"', "rules.bad_value", "rule"),
            ("[rule]\nx = 1", "rules.bad_value", "rule.x"),
            ('[rule."new.rule"]', "rules.key_missing", "rule.new.rule.unit"),
            (
                value("age.minimum", "2027-01-01", "0"),
                "rules.bad_value",
                "rule.age.minimum.entries[1].value",
            ),
            (
                value(
                    "vote.cell", "2027-01-01", '{ share = "3/2", strict = true, base = "in_post" }'
                ),
                "rules.bad_value",
                "rule.vote.cell.entries[1].value.share",
            ),
            (
                value("age.minimum", "2016-01-01", "17"),
                "rules.outside_regime",
                "rule.age.minimum.entries[1].since",
            ),
            (
                value("age.minimum", "2027-01-01", "17").replace(CITE, ""),
                "rules.citation_missing",
                "rule.age.minimum.entries[1].cite",
            ),
            (
                value("age.minimum", "2027-01-01", "17").replace("DEFAULT", "QD999"),
                "rules.citation_missing",
                "rule.age.minimum.entries[1].cite.doc",
            ),
            (
                value("age.minimum", "2027-01-01", "17", "colour = 1"),
                "rules.unknown_key",
                "rule.age.minimum.entries[1].colour",
            ),
            ('[rule."age.minimum"]', "rules.bad_value", "rule.age.minimum.entries"),
        ],
    )
    def test_that_cannot_be_used_are_refused_with_their_place(
        self, text: str, code: str, key: str
    ) -> None:
        assert place(refusal(text)) == (code, FILE, key)


class TestOtherTables:
    def test_bring_documents(self) -> None:
        text = """
            [document.QD300]
            issuer = "Ban Chấp hành Trung ương"
            number = "300-QĐ/TW"
            signed_on = 2026-12-01
            title_vi = "Quy định mới"
            """ + value("age.minimum", "2027-01-01", "17").replace("DEFAULT", "QD300")
        entry = with_rules(text).on("age.minimum", date(2027, 1, 1))
        assert (entry.cite.number, entry.cite.signed_on) == ("300-QĐ/TW", date(2026, 12, 1))
        taken = text.replace("QD300", "QD208")
        refused = refusal(taken)
        assert place(refused) == ("rules.bad_value", FILE, "document")
        assert refused.facts["problem"] == "QD208"

    def test_bring_regimes(self) -> None:
        text = """
            [regime.R6]
            since = 2026-12-01
            title = "Regulation 300"
            title_vi = "Quy định 300-QĐ/TW"
            confidence = "V"
            documents = ["QD208"]
            """
        book = with_rules(text)
        assert [one.code for one in book.regimes()][-1] == "R6"
        assert book.regime(date(2026, 11, 30)).code == "R5"
        assert (book.regime(date(2026, 12, 1)).code, book.regimes()[-1].edition) == ("R6", 1)
        carried = book.on("age.minimum", date(2026, 12, 1))
        assert (carried.regime, carried.carried, carried.value) == ("R6", True, 18)
        for since, other in (("2026-07-26", "R5"), ("2016-07-25", "R0")):
            refused = refusal(text.replace("2026-12-01", since))
            assert place(refused) == ("rules.overlapping_regimes", FILE, "regime.R6")
            assert refused.facts["other"] == other
        again = refusal(text.replace("R6", "R5"))
        assert place(again) == ("rules.overlapping_regimes", FILE, "regime.R5")

    def test_bring_days_off(self) -> None:
        text = f'[calendar.2029]\noff = ["01-01"]\nworked = []\n{CITE}'
        days = with_rules(text).workdays()
        assert days.until == date(2030, 1, 1)
        assert not days.is_working(date(2029, 1, 1))
        assert days.is_working(date(2029, 1, 2))
        gap = refusal(text.replace("2029", "2030"))
        assert place(gap) == ("rules.key_missing", FILE, "calendar.2029")
        taken = refusal(text.replace("2029", "2028"))
        assert place(taken) == ("rules.bad_value", FILE, "calendar.2028")
        again = with_rules(text.replace("[calendar.2029]", "[calendar.2028]\nreplaces = true"))
        assert again.workdays().is_working(date(2028, 1, 24))
        both = refusal(text.replace("worked = []", 'worked = ["01-01"]'))
        assert place(both) == ("rules.bad_value", FILE, "calendar.2029.worked")

    def test_bring_rules_nobody_had(self) -> None:
        text = """
            [rule."dossier.verification"]
            unit = "working_day"
            title = "Verification"
            title_vi = "Thẩm tra"
            kind = "due"
            steps = ["verified"]
            starts = "allowed"
            consequence_vi = "Thẩm tra chậm."
            """ + value("dossier.verification", "2024-01-01", "20")
        book = with_rules(text)
        assert "dossier.verification" in book.names()
        road = replay(until(Step.VERIFIED), CASE, book, date(2024, 2, 5))
        assert [one.name for one in road.clocks][:1] == ["dossier.verification"]
        with pytest.raises(rules.UnknownRule):
            BOOK.head("dossier.verification")
        for old, new, key in (
            ('starts = "allowed"', 'starts = "applied"', "starts"),
            ('steps = ["verified"]', 'steps = ["opinions"]', "ends"),
            ('kind = "due"', 'kind = "due"\nextension = "x"', "extension"),
        ):
            refused = refusal(text.replace(old, new))
            assert place(refused) == ("rules.bad_value", FILE, f"rule.dossier.verification.{key}")


class TestComparing:
    def test_settles_a_value(self) -> None:
        book = with_rules(compared("age.minimum", "2026-07-26"))
        before, after = (one.on("age.minimum", date(2026, 8, 1)) for one in (BOOK, book))
        assert (before.settled, after.settled) == (False, True)
        assert after.cite.checked_on == date(2026, 11, 1)
        assert after.cite.checked_by == "Người kiểm tra"
        assert (after.value, after.since, after.edition) == (before.value, before.since, 1)
        assert after.cite.confidence is before.cite.confidence

    def test_settles_a_value_that_was_only_carried(self) -> None:
        book = with_rules(compared("admission.decision", "2025-07-01"))
        entry = book.on("admission.decision", date(2025, 8, 1))
        assert (entry.value, entry.carried, entry.settled, entry.regime) == (60, False, True, "R3")
        later = book.on("admission.decision", date(2026, 8, 1))  # carried on from it, unconfirmed
        assert (later.carried, later.settled, later.cite.checked_by) == (True, False, "")

    def test_settles_a_value_of_the_same_text(self) -> None:
        text = value("age.minimum", "2027-01-01", "17") + compared("age.minimum", "2027-01-01")
        assert with_rules(text).on("age.minimum", date(2027, 1, 1)).settled

    @pytest.mark.parametrize(
        ("name", "since", "scope"),
        [
            ("age.minimum", "2026-07-27", "central"),
            ("age.minimum", "2026-07-26", "province:ha-noi"),
            ("no.such.rule", "2026-07-26", "central"),
        ],
    )
    def test_needs_a_value_that_is_there(self, name: str, since: str, scope: str) -> None:
        refused = refusal(compared(name, since, scope))
        assert place(refused) == ("amending.no_such_value", FILE, "checked[1]")
        assert refused.facts["rule"] == name
        assert (refused.facts["scope"], refused.facts["since"]) == (
            scope,
            date.fromisoformat(since),
        )

    def test_refuses_a_key_that_means_nothing(self) -> None:
        refused = refusal(compared("age.minimum", "2026-07-26") + "colour = 1\n")
        assert place(refused) == ("rules.unknown_key", FILE, "checked[1].colour")


class TestOrder:
    def test_is_counted_from_one_without_gaps(self) -> None:
        text = value("age.minimum", "2027-01-01", "17")
        for numbers in ((2,), (1, 3), (1, 1)):
            with pytest.raises(amending.NotCounted) as refused:
                amended(BOOK, [amendment(text, number) for number in numbers])
            assert refused.value.code == "amending.not_counted"
            assert refused.value.facts == {"number": numbers[-1], "withdraws": None}

    def test_keeps_every_edition(self) -> None:
        book = with_rules(
            value("age.minimum", "2027-01-01", "17"), value("age.minimum", "2027-02-01", "16")
        )
        assert [one.edition for one in book.editions] == [0, 1, 2]
        assert book.at(0) is BOOK
        day = date(2027, 3, 1)
        assert [book.at(n).on("age.minimum", day).value for n in (0, 1, 2)] == [18, 17, 16]
        assert book.at(None) is book.at(7) is book
        assert len({one.version for one in book.editions}) == 3

    def test_makes_the_same_edition_of_the_same_texts(self) -> None:
        text = value("age.minimum", "2027-01-01", "17")
        assert with_rules(text).version == with_rules(text).version
        assert with_rules(text).version != with_rules(text + "\n").version

    def test_of_the_next_one_is_the_same_alone(self) -> None:
        first, second = (
            amendment(value("age.minimum", f"2027-0{n}-01", f"1{n}"), n) for n in (1, 2)
        )
        book = amended(BOOK, [first])
        more = one_more(book, second)
        assert more.version == amended(BOOK, [first, second]).version
        assert more.editions[:2] == book.editions
        for wrong in (first, replace(second, number=3), replace(second, withdraws=1)):
            with pytest.raises(amending.NotCounted):
                one_more(book, wrong)

    def test_refuses_a_text_that_changes_nothing(self) -> None:
        for text in ("", "\n", "# nothing"):
            refused = refusal(text)
            assert (refused.code, refused.facts) == ("amending.nothing", {"file": FILE})


class TestWithdrawing:
    first = amendment(value("age.minimum", "2027-01-01", "17"))
    second = amendment(value("age.minimum", "2027-02-01", "16"), 2)
    day = date(2027, 3, 1)

    def age(self, *given: Amendment) -> object:
        """The lowest age on a day after all of them."""
        return amended(BOOK, given).on("age.minimum", self.day).value

    def test_takes_an_amendment_out_from_then_on(self) -> None:
        gone = amendment("", 3, withdraws=2)
        assert self.age(self.first, self.second) == 16
        assert self.age(self.first, self.second, gone) == 17
        book = amended(BOOK, [self.first, self.second, gone])
        assert book.at(2).on("age.minimum", self.day).value == 16
        assert self.age(self.first, self.second, amendment("", 3, withdraws=1)) == 16

    def test_may_say_something_else_instead(self) -> None:
        instead = amendment(value("age.minimum", "2027-02-01", "15"), 3, withdraws=2)
        assert self.age(self.first, self.second, instead) == 15

    def test_of_a_withdrawal_brings_back_what_it_took_out(self) -> None:
        gone, back = amendment("", 3, withdraws=2), amendment("", 4, withdraws=3)
        assert self.age(self.first, self.second, gone, back) == 16

    @pytest.mark.parametrize("number", [2, 3, 0, -1])
    def test_needs_an_earlier_one(self, number: int) -> None:
        with pytest.raises(amending.NotCounted) as refused:
            amended(BOOK, [self.first, amendment("", 2, withdraws=number)])
        assert refused.value.facts == {"number": 2, "withdraws": number}

    def test_is_refused_where_a_later_one_rests_on_it(self) -> None:
        regime = """
            [regime.R6]
            since = 2026-12-01
            title = "Regulation 300"
            title_vi = "Quy định 300-QĐ/TW"
            confidence = "V"
            documents = ["QD208"]
            """
        resting = value("age.minimum", "2026-12-01", "17", 'regime = "R6"')
        given = [amendment(regime), amendment(resting, 2), amendment("", 3, withdraws=1)]
        assert amended(BOOK, given[:2]).on("age.minimum", self.day).value == 17
        with pytest.raises(RuleError) as refused:
            amended(BOOK, given)
        assert place(refused.value) == (
            "rules.bad_value",
            "sua-doi-2.toml",
            "rule.age.minimum.entries[1].regime",
        )
