"""A case that somebody wrote down is read whole, or refused with the file and the key."""

from __future__ import annotations

from datetime import date

import pytest

from donghanh.domain import casefile, rules
from donghanh.domain.acts import Act, Case, Destination, Move, Step
from donghanh.domain.casefile import CaseFile
from donghanh.domain.reading import BadRulebook
from donghanh.domain.voting import Exclusion, Tally

BOOK = rules.load()
WHOLE = """
title = "Lớp 12"
leaves_on = 2026-07-15
[case]
born = 2008-03-15
consented_on = 2025-09-01
stopped_on = 2026-05-01
scopes = ["central", "province:ha-noi"]
base_committee = false
sub_committee = true
delegated = true
by_members = true
union_member = true
lower_secondary = false
lower_secondary_programme = true
standards = { "pupil.study" = true, "pupil.conduct" = false }
graduated_on = 2026-07-10
[[case.moves]]
on = 2026-06-01
to = "locality"
received_on = 2026-06-03
scopes = ["central"]
[[case.moves]]
on = 2026-03-01
to = "school"
[[acts]]
step = "sourced"
on = 2025-09-20
voided = true
[[acts]]
step = "papers"
form = "2-TN"
on = 2025-12-01
paper_number = "12"
[[acts]]
step = "introduced"
on = 2025-12-02
governed_by = "R3"
edition = 0
tally = { official = 15, excluded_by = { away = 1 }, present = 13, favour = 12, against = 1 }
[[acts]]
step = "extended"
on = 2026-04-02
about = "admission.decision"
until = 2026-06-30
[new]
step = "decided"
on = 2026-04-20
received_on = 2026-04-22
tally = { official = 9, favour = 9 }
[plans]
admitted = 2026-05-19
"""


def read(text: str) -> CaseFile:
    return casefile.read(text, "an.toml", BOOK)


class TestRead:
    def test_takes_everything_a_case_can_have(self) -> None:
        counts = Tally(15, 1, 14, 13, 12, 1, 0, ((Exclusion.AWAY, 1),))
        assert read(WHOLE) == CaseFile(
            case=Case(
                born=date(2008, 3, 15),
                consented_on=date(2025, 9, 1),
                stopped_on=date(2026, 5, 1),
                scopes=("central", "province:ha-noi"),
                base_committee=False,
                sub_committee=True,
                delegated=True,
                by_members=True,
                union_member=True,
                lower_secondary=False,
                lower_secondary_programme=True,
                standards=(("pupil.study", True), ("pupil.conduct", False)),
                graduated_on=date(2026, 7, 10),
                moves=(
                    Move(date(2026, 3, 1), Destination.SCHOOL),
                    Move(date(2026, 6, 1), Destination.LOCALITY, date(2026, 6, 3)),
                ),
            ),
            acts=(
                Act(1, Step.SOURCED, date(2025, 9, 20), voided=True),
                Act(2, Step.PAPERS, date(2025, 12, 1), form="2-TN", paper_number="12"),
                Act(
                    3,
                    Step.INTRODUCED,
                    date(2025, 12, 2),
                    tally=counts,
                    governed_by="R3",
                    edition=0,
                ),
                Act(
                    4,
                    Step.EXTENDED,
                    date(2026, 4, 2),
                    about="admission.decision",
                    until=date(2026, 6, 30),
                ),
            ),
            new=Act(
                5,
                Step.DECIDED,
                date(2026, 4, 20),
                received_on=date(2026, 4, 22),
                tally=Tally(9, 0, 9, 9, 9, 0, 0),
            ),
            plans={Step.ADMITTED: date(2026, 5, 19)},
            leaves_on=date(2026, 7, 15),
        )

    def test_needs_no_more_than_the_day_of_birth_and_takes_nothing_for_granted(self) -> None:
        found = read("case = { born = 2008-03-15 }")
        assert found == CaseFile(Case(date(2008, 3, 15), None), (), None, {}, None)
        assert found.case.union_member is None

    def test_takes_the_given_of_a_scenario(self) -> None:
        text = 'title = "x"\non = 2026-01-01\nsource = "y"\n[given]\ncase = { born = 2008-03-15 }\n'
        assert read(text + "[expect]\nnow = 'sourced'").case.born == date(2008, 3, 15)

    def test_lets_the_rules_refuse_the_form_of_an_act_that_is_only_asked_about(self) -> None:
        text = (
            "case = { born = 2008-03-15 }\nnew = { step = 'papers', form = '99', on = 2026-01-01 }"
        )
        asked = read(text).new
        assert asked is not None
        assert asked.form == "99"


class TestUntil:
    def test_leaves_out_what_had_not_happened(self) -> None:
        found = read(WHOLE).until(date(2025, 12, 1))
        assert [act.number for act in found.acts] == [1, 2]
        assert found.case.stopped_on is None

    def test_keeps_what_happened_on_the_day(self) -> None:
        found = read(WHOLE).until(date(2026, 5, 1))
        assert [act.number for act in found.acts] == [1, 2, 3, 4]
        assert found.case.stopped_on == date(2026, 5, 1)


BORN = "[case]\nborn = 2008-03-15\n"
ACT = BORN + "[[acts]]\nstep = 'sourced'\non = 2025-09-20\n"
VOTE = BORN + "[[acts]]\nstep = 'introduced'\non = 2025-09-20\n"


@pytest.mark.parametrize(
    ("text", "code", "key"),
    [
        ("born = ", "rules.not_toml", ""),
        ("", "rules.key_missing", "case"),
        ("[case]\nconsented_on = 2025-09-01", "rules.key_missing", "case.born"),
        ("[case]\nborn = '15/3/2008'", "rules.bad_value", "case.born"),
        ("[case]\nborn = 2008-03-15T07:00:00", "rules.bad_value", "case.born"),
        (BORN + "unionmember = true", "rules.unknown_key", "case.unionmember"),
        (BORN + "union_member = 'có'", "rules.bad_value", "case.union_member"),
        (BORN + "scopes = ['province:ha-noi']", "rules.bad_value", "case.scopes"),
        (BORN + "scopes = ['central', 'province:hanoi']", "rules.bad_value", "case.scopes"),
        (BORN + "standards = { 'pupil.marks' = true }", "rules.bad_value", None),
        (BORN + "[[case.moves]]\nto = 'school'", "rules.key_missing", "case.moves[1].on"),
        (
            BORN + "[[case.moves]]\non = 2026-01-01\nto = 'abroad'",
            "rules.bad_value",
            "case.moves[1].to",
        ),
        (BORN + "[[acts]]\nstep = 'sourced'", "rules.key_missing", "acts[1].on"),
        (BORN + "[[acts]]\nstep = 'voted'\non = 2025-09-20", "rules.bad_value", "acts[1].step"),
        (ACT + "day = 2025-09-20", "rules.unknown_key", "acts[1].day"),
        (ACT + "form = '1-KND'", "rules.bad_value", "acts[1].form"),
        (ACT + "form = '9-KNĐ'", "rules.bad_value", "acts[1].form"),
        (
            BORN + "[[acts]]\nstep = 'papers'\nform = '9-KNĐ'\non = 2025-09-20",
            "rules.bad_value",
            "acts[1].form",
        ),
        ("[case]\nborn = 9999-03-15", "rules.bad_value", "case.born"),
        (ACT + "until = 0001-01-01", "rules.bad_value", "acts[1].until"),
        (ACT + "governed_by = 'R9'", "rules.bad_value", "acts[1].governed_by"),
        (ACT + "about = 'decision'", "rules.bad_value", "acts[1].about"),
        (ACT + "edition = 1", "rules.bad_value", "acts[1].edition"),
        (
            BORN + "[[acts]]\nstep = 'papers'\non = 2025-09-20",
            "rules.key_missing",
            "acts[1].form",
        ),
        (VOTE + "tally = { official = 9 }", "rules.key_missing", "acts[1].tally.favour"),
        (
            VOTE + "tally = { official = 9, favour = 9, absent = 1 }",
            "rules.unknown_key",
            "acts[1].tally.absent",
        ),
        (
            VOTE + "tally = { official = true, favour = 9 }",
            "rules.bad_value",
            "acts[1].tally.official",
        ),
        (
            VOTE + "tally = { official = 9, favour = 9, excluded_by = { ill = 1 } }",
            "rules.bad_value",
            "acts[1].tally.excluded_by.ill",
        ),
        (BORN + "[plans]\npapers = 2026-01-01", "rules.bad_value", "plans.papers"),
        (BORN + "[plans]\nadmitted = 'mai'", "rules.bad_value", "plans.admitted"),
        (BORN + "[expect]\nnow = 'sourced'", "rules.unknown_key", "expect"),
    ],
)
def test_refuses_what_it_does_not_understand_and_names_the_place(
    text: str, code: str, key: str | None
) -> None:
    with pytest.raises(BadRulebook) as refused:
        read(text)
    assert refused.value.code == code
    assert refused.value.facts["file"] == "an.toml"
    assert key is None or refused.value.facts["key"] == key
