"""A road that is walked under several editions of the rules."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from donghanh.domain.procedure import Act, Step, check, replay
from tests.unit.domain.shipped import with_rules
from tests.unit.domain.walked import BAD, BOOK, CASE, GOOD, TODAY, act, until

CITE = 'cite = { doc = "DEFAULT", article = "", confidence = "N" }'


def value(name: str, since: str, told: str, more: str = "") -> str:
    """A text that sets a value."""
    return f'[[rule."{name}".entries]]\nsince = {since}\nvalue = {told}\n{more}\n{CITE}\n'


class TestRoads:
    vote = act(Step.CELL_VOTED)
    strict = value(
        "vote.cell", "2024-01-01", '{ share = "8/9", strict = true, base = "official_convened" }'
    )

    def test_keeps_a_vote_that_passed_under_the_rules_of_its_edition(self) -> None:
        book = with_rules(self.strict)
        narrow = replace(self.vote, tally=replace(GOOD, favour=8, against=1))
        old, new = replace(narrow, edition=0), replace(narrow, edition=1)
        for one, done in ((old, True), (new, False)):
            stage = replay((*until(Step.CELL_VOTED), one), CASE, book, TODAY).stage(Step.CELL_VOTED)
            assert (stage.act is one) is done
            assert stage.threshold is not None
            assert stage.threshold.edition == (0 if done else 1)

    def test_judges_a_new_act_by_the_newest_rules(self) -> None:
        book = with_rules(self.strict)
        narrow = replace(self.vote, tally=replace(GOOD, favour=8, against=1), edition=0)
        assert check(narrow, until(Step.CELL_VOTED), CASE, BOOK, TODAY).passed
        assert not check(narrow, until(Step.CELL_VOTED), CASE, book, TODAY).passed
        assert not check(
            replace(narrow, tally=BAD), until(Step.CELL_VOTED), CASE, book, TODAY
        ).passed

    def test_keeps_the_conditions_a_person_was_judged_by(self) -> None:
        book = with_rules(value("age.minimum", "2024-01-01", "20"))
        acts = (*until(Step.CELL_VOTED), replace(self.vote, edition=0))
        road = replay(acts, CASE, book, TODAY)
        assert road.faults == ()
        assert road.conditions == replay(acts, CASE, BOOK, TODAY).conditions
        newly = (*until(Step.CELL_VOTED), replace(self.vote, edition=1))
        assert [one.condition.name for one in replay(newly, CASE, book, TODAY).faults] == ["age"]

    def test_keeps_the_number_of_introductions_that_were_asked_for(self) -> None:
        book = with_rules(value("introducer.members", "2020-01-01", "3"))
        case = replace(CASE, by_members=True)
        acts = tuple(
            replace(one, edition=0)
            for one in (
                *until(Step.CELL_VOTED),
                Act(30, Step.PAPERS, date(2024, 2, 1), form="3-KNĐ"),
            )
            if one.step is not Step.INTRODUCED and one.form != "4-KNĐ"
        )
        assert replay(acts, case, book, TODAY).stage(Step.VOUCHED).papers[0].copies == 2
        first = acts[:-1]
        need = replay(first, case, book, TODAY).stage(Step.VOUCHED).papers[0]
        assert (need.copies, need.have) == (2, 1)
        newly = (*first, replace(acts[-1], edition=1))
        assert replay(newly, case, book, TODAY).stage(Step.VOUCHED).papers[0].copies == 3

    def test_does_not_ask_later_for_what_was_not_asked_then(self) -> None:
        text = value("parents.opinion", "2023-01-01", "true", 'scope = "province:ha-noi"')
        book = with_rules(text)
        case = replace(CASE, scopes=("central", "province:ha-noi"))
        acts = tuple(replace(one, edition=0) for one in until(Step.TRAINED))
        road = replay(acts, case, book, date(2023, 11, 1))
        assert road.stage(Step.PARENTS_HEARD).state == "skipped"
        opened = tuple(replace(one, edition=0) for one in until(Step.PARENTS_HEARD))
        assert (
            replay(opened, case, book, date(2023, 10, 6)).stage(Step.PARENTS_HEARD).state == "now"
        )

    def test_keeps_the_parents_opinion_when_nobody_asks_for_it_any_more(self) -> None:
        text = value("parents.opinion", "2025-12-01", "false", 'scope = "province:ha-noi"')
        book = with_rules(text)
        case = replace(CASE, scopes=("central", "province:ha-noi"))
        opinion = Act(30, Step.PAPERS, date(2026, 1, 5), form="2-TN", edition=0)
        acts = (*until(Step.PARENTS_HEARD), opinion)
        stage = replay(acts, case, book, date(2026, 1, 6)).stage(Step.PARENTS_HEARD)
        assert (stage.state, stage.act) == ("done", opinion)
        newly = (*until(Step.PARENTS_HEARD), replace(opinion, edition=1))
        assert replay(newly, case, book, date(2026, 1, 6)).stage(Step.PARENTS_HEARD).state == (
            "skipped"
        )
