"""Provinces by name, and whose rules apply in them."""

from __future__ import annotations

from datetime import date

import pytest

from donghanh.domain import provinces, rules

KNOWN = rules.load().scopes()
BEFORE, AFTER = date(2025, 6, 30), date(2025, 7, 1)


class TestFind:
    @pytest.mark.parametrize(
        ("name", "key"),
        [
            ("Hà Nội", "ha-noi"),
            ("ha-noi", "ha-noi"),
            ("  HA   NOI ", "ha-noi"),
            ("Thành phố Hà Nội", "ha-noi"),
            ("province:ha-noi", "ha-noi"),
            ("TP. Hồ Chí Minh", "ho-chi-minh"),
            ("TP.HCM", "ho-chi-minh"),
            ("tỉnh Lâm Đồng", "lam-dong"),
            ("Thừa Thiên Huế", "hue"),
            ("Bà Rịa – Vũng Tàu", "ba-ria-vung-tau"),
            ("Đắk Nông", "dak-nong"),
            ("trà vinh", "tra-vinh"),
        ],
    )
    def test_takes_a_name_as_people_write_it(self, name: str, key: str) -> None:
        found = provinces.find(name)
        assert found is not None
        assert found.key == key

    @pytest.mark.parametrize("name", ["", "Atlantis", "Hà", "Hà Nội 2", "tỉnh"])
    def test_knows_no_others(self, name: str) -> None:
        assert provinces.find(name) is None


class TestEvery:
    def test_counts_thirty_four_now_and_sixty_three_before(self) -> None:
        now = [province for province in provinces.every() if province.into is None]
        assert (len(now), len(provinces.every())) == (34, 63)

    def test_finds_each_by_its_own_name_and_its_successor(self) -> None:
        keys = {province.key for province in provinces.every()}
        assert len(keys) == 63
        for province in provinces.every():
            assert provinces.find(province.name) == province
            assert provinces.find(province.scope) == province
            assert province.into is None or province.into in keys

    def test_covers_every_scope_of_the_rulebook(self) -> None:
        assert provinces.unknown(KNOWN, ("central",)) is None
        assert provinces.unknown(("province:nowhere",), ("central",)) == "province:nowhere"


class TestScopes:
    def scopes(self, name: str, day: date, known: tuple[str, ...] = KNOWN) -> tuple[str, ...]:
        found = provinces.find(name)
        assert found is not None
        return found.scopes(day, known)

    def test_add_the_rules_of_the_province_to_the_central_ones(self) -> None:
        assert self.scopes("Hà Nội", AFTER) == ("central", "province:ha-noi")

    def test_are_central_alone_where_a_province_sets_nothing(self) -> None:
        assert self.scopes("Lâm Đồng", AFTER) == ("central",)

    def test_of_a_former_province_are_its_own_while_it_has_any(self) -> None:
        assert self.scopes("Bình Định", AFTER) == ("central", "province:binh-dinh")

    def test_of_a_former_province_without_rules_are_those_of_the_one_it_went_into(self) -> None:
        known = ("central", "province:lam-dong")
        assert self.scopes("Đắk Nông", BEFORE, known) == ("central",)
        assert self.scopes("Đắk Nông", AFTER, known) == known

    def test_are_called_by_the_name_of_the_province(self) -> None:
        assert provinces.called("province:ha-noi") == "Hà Nội"
        assert provinces.called("central") == "central"


class TestNarrowest:
    def test_of_a_former_province_with_rules_of_its_own_is_itself(self) -> None:
        former = provinces.find("Đắk Nông")
        assert former is not None
        known = ("province:dak-nong", "province:lam-dong")
        assert former.scopes(AFTER, known) == ("central", "province:dak-nong")
        assert former.scopes(AFTER, known[1:]) == ("central", "province:lam-dong")
        assert former.scopes(BEFORE, known[1:]) == ("central",)
