"""Steps, turns, forms: what differs on a branch, what a place prints, what comes before what."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from donghanh.domain.acts import Branch, Step
from donghanh.domain.catalogue import FormRule, StepRule, Variant
from tests.unit.domain.walked import BOOK

LISTS = BOOK.catalogue
CENTRAL = ("central",)
HANOI = ("central", "province:ha-noi")
NOTHING = frozenset[Branch]()


def branches(*names: str) -> frozenset[Branch]:
    """Branches by their codes."""
    return frozenset(Branch(name) for name in names)


def rule(step: Step, *names: str) -> StepRule:
    """A step as it is done on some branches."""
    return BOOK.step(step, branches(*names))


def codes(forms: tuple[FormRule, ...]) -> list[str]:
    """The numbers of some forms."""
    return [form.code for form in forms]


class TestSteps:
    def test_stand_in_the_order_of_the_road(self) -> None:
        steps = [one.step for one in BOOK.steps()]
        assert steps == [step for step in Step if step in set(steps)]
        assert [one.order for one in BOOK.steps()] == list(range(1, 28))
        assert [one.row for one in BOOK.steps()] == sorted(one.row for one in BOOK.steps())
        assert {one.row for one in BOOK.steps()} == set(range(1, 22))

    def test_keep_on_a_branch_whatever_it_does_not_change(self) -> None:
        usual, delegated = rule(Step.BASE_VOTED), rule(Step.BASE_VOTED, "delegated")
        assert usual.threshold is not None
        assert delegated.threshold == "vote.base_committee.delegated" != usual.threshold
        assert usual.vote
        assert (delegated.vote, delegated.decides) == (usual.vote, usual.decides)

    def test_keep_their_vote_on_a_branch_that_only_names_another_body(self) -> None:
        usual = rule(Step.CELL_VOTED)
        elsewhere = replace(usual, variants=(Variant(Branch.MOVED, body_vi="Chi bộ mới"),))
        found = elsewhere.on(branches("moved"))
        assert usual.threshold is not None
        assert (found.threshold, found.vote) == (usual.threshold, usual.vote)
        assert found.body_vi == "Chi bộ mới"

    def test_have_words_for_people(self) -> None:
        for one in BOOK.steps():
            assert one.title
            assert one.title_vi
            assert one.short_vi
            assert one.body_vi
            assert one.cite.number
            assert one.phase in LISTS.phases

    def test_belong_to_phases_in_order(self) -> None:
        phases = [one.code for one in BOOK.phases()]
        places = [phases.index(one.phase) for one in BOOK.steps()]
        assert places == sorted(places)
        assert [one.title_vi for one in BOOK.phases()] == [
            "Tạo nguồn",
            "Bồi dưỡng",
            "Hồ sơ",
            "Kết nạp",
            "Dự bị",
            "Công nhận chính thức",
        ]

    @pytest.mark.parametrize(
        ("step", "before"),
        [
            (Step.SOURCED, []),
            (Step.INTRODUCED, [Step.SOURCED]),
            (Step.LISTED, [Step.SOURCED, Step.INTRODUCED, Step.PARENTS_HEARD]),
            (
                Step.VERIFIED,
                [
                    Step.SOURCED,
                    Step.INTRODUCED,
                    Step.PARENTS_HEARD,
                    Step.LISTED,
                    Step.TRAINED,
                    Step.ALLOWED,
                    Step.APPLIED,
                ],
            ),
        ],
    )
    def test_know_all_that_comes_before(self, step: Step, before: list[Step]) -> None:
        assert list(LISTS.ancestors(step)) == before

    def test_never_wait_for_what_does_not_block(self) -> None:
        for one in BOOK.steps():
            assert all(LISTS.step(step).blocks for step in one.after)

    def test_fall_only_with_what_comes_before_them(self) -> None:
        for one in BOOK.steps():
            assert all(one.step in LISTS.ancestors(step) for step in one.falls)

    def test_are_told_apart_from_turns(self) -> None:
        assert LISTS.turn(Step.UNLISTED) is not None
        assert LISTS.turn(Step.LISTED) is None
        assert LISTS.step(Step.LISTED).order == 4

    @pytest.mark.parametrize(
        ("step", "names", "share"),
        [
            (Step.BASE_VOTED, [], "vote.base_committee"),
            (Step.BASE_VOTED, ["delegated"], "vote.base_committee.delegated"),
            (Step.DECIDED, [], "vote.competent_committee"),
            (Step.DECIDED, ["delegated"], None),
            (Step.RECOGNISED, ["delegated"], None),
            (Step.CELL_VOTED, ["delegated"], "vote.cell"),
        ],
    )
    def test_are_voted_on_as_the_branch_says(
        self, step: Step, names: list[str], share: str | None
    ) -> None:
        assert rule(step, *names).threshold == share

    def test_differ_on_a_branch_only_in_what_it_says(self) -> None:
        plain, varied = rule(Step.DECIDED), rule(Step.DECIDED, "delegated")
        assert (plain.vote, plain.decides) == ("required", True)
        assert (varied.vote, varied.decides) == ("none", False)
        assert varied.body_vi == "Đảng ủy cơ sở được ủy quyền"
        assert (varied.title_vi, varied.after) == (plain.title_vi, plain.after)
        assert rule(Step.DECIDED, "members") == plain
        vouched = rule(Step.VOUCHED, "members")
        assert vouched.body_vi == "Hai đảng viên chính thức"
        assert vouched.threshold == rule(Step.VOUCHED).threshold

    @pytest.mark.parametrize(
        ("step", "names", "skipped"),
        [
            (Step.INTRODUCED, [], False),
            (Step.INTRODUCED, ["members"], True),
            (Step.APPRAISED, [], True),
            (Step.APPRAISED, ["sub_committee"], False),
            (Step.BASE_VOTED, ["base_cell"], True),
            (Step.BASE_VOTED, ["delegated"], False),
            (Step.RECOGNITION_APPRAISED, ["base_cell"], True),
            (Step.RECOGNITION_BASE_VOTED, ["base_cell"], True),
            (Step.LISTED, [one.value for one in Branch], False),
        ],
    )
    def test_are_left_out_as_the_branch_says(
        self, step: Step, names: list[str], skipped: bool
    ) -> None:
        assert rule(step).skipped_on(branches(*names)) is skipped
        plan = {one.step: left_out for one, left_out in BOOK.plan(branches(*names))}
        assert plan[step] is skipped

    def test_leave_their_central_form(self) -> None:
        assert rule(Step.CELL_VOTED).form == "6-KNĐ"
        assert rule(Step.DECIDED).form == "9-KNĐ"
        assert rule(Step.LISTED).form is None  # only Hà Nội has one


class TestForms:
    def test_of_papers_are_those_a_place_asks_for(self) -> None:
        assert codes(BOOK.papers_of(Step.APPLIED)) == ["1-KNĐ", "2-KNĐ"]
        assert codes(BOOK.papers_of(Step.APPLIED, HANOI)) == ["KS-BS", "BTN-BS", "1-KNĐ", "2-KNĐ"]
        assert codes(BOOK.papers_of(Step.VOUCHED)) == ["3-KNĐ", "4-KNĐ"]
        assert codes(BOOK.papers_of(Step.VOUCHED, CENTRAL, branches("members"))) == ["3-KNĐ"]
        assert BOOK.papers_of(Step.LISTED, HANOI) == ()
        assert BOOK.papers_of(Step.PARENTS_HEARD) == ()

    def test_answer_for_the_central_number(self) -> None:
        assert LISTS.answers_for("5D-KNĐ") == "5-KNĐ"
        assert LISTS.answers_for("5-KNĐ") == "5-KNĐ"
        assert LISTS.answers_for("nothing") == "nothing"
        assert LISTS.step_of_paper("1B-KNĐ") is Step.APPLIED
        assert LISTS.step_of_paper("6-KNĐ") is None  # an act leaves it

    def test_are_found_by_number_the_narrowest_last(self) -> None:
        central, local = BOOK.form("9A-KNĐ"), BOOK.form("9A-KNĐ", HANOI)
        assert central is not None
        assert local is not None
        assert (central.key, local.key) == ("9A-KNĐ", "9A-KNĐ@ha-noi")
        assert BOOK.form("nothing", HANOI) is None
        assert BOOK.form("2-TN") is None

    @pytest.mark.parametrize(
        ("code", "scopes", "names", "printed"),
        [
            ("9-KNĐ", CENTRAL, [], "9-KNĐ"),
            ("9-KNĐ", CENTRAL, ["delegated"], "9A-KNĐ"),
            ("9-KNĐ", HANOI, [], "9A-KNĐ@ha-noi"),
            ("9-KNĐ", HANOI, ["delegated"], "9B-KNĐ"),
            ("9-KNĐ", HANOI, ["moved"], "9E-KNĐ"),
            ("8-KNĐ", HANOI, [], "8A-KNĐ"),
            ("8-KNĐ", HANOI, ["delegated"], "8B-KNĐ"),
            ("6-KNĐ", HANOI, ["base_cell"], "8C-KNĐ"),
            ("6-KNĐ", CENTRAL, ["base_cell"], "6-KNĐ"),
            ("1-KNĐ", HANOI, [], "1A-KNĐ"),  # 1B is taken by choice only
            ("16-KNĐ", HANOI, ["delegated"], "16B-KNĐ"),
        ],
    )
    def test_are_printed_as_the_place_and_the_branch_say(
        self, code: str, scopes: tuple[str, ...], names: list[str], printed: str
    ) -> None:
        day = date(2026, 11, 1)
        assert LISTS.printed(code, scopes, branches(*names), day).key == printed

    @pytest.mark.parametrize(
        ("day", "printed"),
        [
            (date(2025, 11, 20), "8-KNĐ"),  # the day before Hà Nội's own guidance
            (date(2025, 11, 21), "8A-KNĐ"),
            (None, "8A-KNĐ"),
        ],
    )
    def test_are_printed_as_of_their_day(self, day: date | None, printed: str) -> None:
        assert LISTS.printed("8-KNĐ", HANOI, NOTHING, day).code == printed
        found = LISTS.form_of(Step.BASE_VOTED, HANOI, NOTHING, day)
        assert found is not None
        assert found.code == printed

    def test_that_do_not_exist_are_not_printed(self) -> None:
        with pytest.raises(KeyError, match="17-KNĐ"):
            LISTS.printed("17-KNĐ", HANOI, NOTHING, date(2026, 11, 1))

    @pytest.mark.parametrize(
        ("step", "scopes", "names", "left"),
        [
            (Step.LISTED, CENTRAL, [], None),
            (Step.LISTED, HANOI, [], "1A-TN"),
            (Step.DECIDED, HANOI, ["moved"], "9E-KNĐ"),
            (Step.DECIDED, CENTRAL, [], "9-KNĐ"),
            (Step.TRAINED, CENTRAL, [], "CN-NTVĐ"),
            (Step.APPLIED, HANOI, [], None),
            (Step.UNLISTED, HANOI, [], "1B-TN"),
        ],
    )
    def test_are_left_by_the_act_of_a_step(
        self, step: Step, scopes: tuple[str, ...], names: list[str], left: str | None
    ) -> None:
        found = LISTS.form_of(step, scopes, branches(*names), date(2026, 11, 1))
        assert (None if found is None else found.key) == left

    def test_have_places_of_their_own_in_the_dossier(self) -> None:
        places = [form.place for form in BOOK.forms() if form.place]
        assert len(set(places)) == len(places)
        assert {place[0] for place in places} == {"a", "b", "c"}
