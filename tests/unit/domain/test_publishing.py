"""Names are found in an article, and its road, addresses and ages are judged."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from donghanh.domain import naming, publishing, rules
from donghanh.domain.errors import RuleError
from donghanh.domain.publishing import Stand, Step

NOW = datetime(2026, 11, 28, 3, tzinfo=UTC)


class TestNames:
    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("Em Trần Thị Đào kể về lớp", ["Trần Thị Đào"]),
            ("em Tran Thi Dao, NGUYỄN VĂN A", ["Tran Thi Dao", "NGUYỄN VĂN A"]),
            ("Thạch Sô Phia và H'Linh Ayun cùng Y Thanh Niê", None),
            ("Ban Thường vụ Đoàn Khối, Đoàn Thanh niên ở Hà Nội, Lâm Đồng", []),
            ("Trường THPT Chuyên Nguyễn Thiện Thành, đường Lê Lợi", []),
            ("Nguyễn. Toàn An", []),
            ("tran thi dao", []),
        ],
    )
    def test_look_like_names(self, text: str, found: list[str] | None) -> None:
        words = [one.words for one in naming.looks_like_names(text)]
        if found is None:
            assert len(words) == 3
        else:
            assert words == found

    def test_are_found_without_marks_and_capitals_when_known(self) -> None:
        found = naming.borne("có bạn tran  thi ĐÀO ở đây", ["tran thi dao", "le an", "dao"])
        assert [(one.words, one.known) for one in found] == [("tran thi ĐÀO", True)]

    def test_are_no_part_of_a_longer_name(self) -> None:
        assert naming.borne("Nguyễn Thị Anh", ["nguyen thi an"]) == ()

    def test_are_replaced_by_references_and_back(self) -> None:
        text = naming.marked("Em Trần Thị Đào. tran thi dao!", "tran thi dao", 3)
        assert "Đào" not in text and "dao" not in text
        assert naming.references(text) == {3}
        assert naming.unmarked(text, {3: "Đ."}, "một học sinh") == "Em Đ.. Đ.!"
        assert naming.unmarked(text, {}, "một học sinh") == "Em một học sinh. một học sinh!"

    def test_are_not_looked_for_in_references(self) -> None:
        assert naming.looks_like_names(naming.bare("Lê [[học sinh 1]] Văn [[ảnh 2]]")) == ()


class TestRoad:
    @pytest.mark.parametrize(
        ("stand", "step"),
        [
            (Stand.DRAFT, Step.PUBLISH),
            (Stand.DRAFT, Step.APPROVE),
            (Stand.HANDED_IN, Step.PUBLISH),
            (Stand.HANDED_IN, Step.EDIT),
            (Stand.PUBLISHED, Step.EDIT),
            (Stand.TAKEN_DOWN, Step.CORRECT),
            (Stand.TAKEN_DOWN, Step.PUBLISH),
        ],
    )
    def test_refuses_what_comes_too_early_or_too_late(self, stand: Stand, step: Step) -> None:
        with pytest.raises(publishing.NotNow):
            publishing.step_from(stand, step)

    def test_leads_through_review_to_the_public(self) -> None:
        stand = Stand.DRAFT
        for step in (Step.EDIT, Step.HAND_IN, Step.APPROVE, Step.PUBLISH, Step.CORRECT):
            stand = publishing.step_from(stand, step)
        assert stand is Stand.PUBLISHED

    def test_is_never_reviewed_by_who_wrote(self) -> None:
        publishing.check_reviewer(3, {1, 2})
        with pytest.raises(publishing.OwnArticle):
            publishing.check_reviewer(2, {1, 2})

    def test_asks_for_words_reasons_and_an_instant_to_come(self) -> None:
        for refused in (
            lambda: publishing.check_words(title="…"),
            lambda: publishing.reason(" .. "),
            lambda: publishing.check_plan(NOW, NOW),
        ):
            with pytest.raises(RuleError):
                refused()
        publishing.check_plan(NOW + timedelta(seconds=1), NOW)


class TestSlug:
    def test_is_short_plain_and_nobody_elses(self) -> None:
        long = publishing.slug("Đoàn trường " * 30)
        assert len(long) <= 80 and long.endswith("doan")
        assert publishing.slug("Đồng hành", {"dong-hanh", "dong-hanh-2"}) == "dong-hanh-3"
        assert publishing.slug("!!!") == "tin"


class TestParents:
    def test_are_asked_until_the_birthday_the_rule_names(self) -> None:
        on = date(2026, 11, 21)
        rule = publishing.parents_rule(rules.load(), on)
        assert rule is not None and not rule.settled
        assert publishing.parents_needed(date(2010, 11, 22), on, rule)
        assert not publishing.parents_needed(date(2010, 11, 21), on, rule)

    def test_are_always_asked_where_no_rule_is_known(self) -> None:
        assert publishing.parents_needed(date(1990, 1, 1), date(2025, 1, 1), None)
        assert publishing.parents_rule(rules.load(), date(2025, 12, 31)) is None
