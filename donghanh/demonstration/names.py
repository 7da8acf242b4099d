"""Names of invented people: lists of our own, put together by a seeded chance."""

from __future__ import annotations

import random
from enum import Enum

_FAMILIES = (
    *("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Phan", "Vũ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô"),
    *("Dương", "Lý", "Đinh", "Mai", "Trịnh", "Tạ", "Cao", "Đoàn", "Lương", "Huỳnh", "Châu"),
)
_WOMENS_MIDDLE = ("Thị", "Thị Ngọc", "Ngọc", "Thị Thanh", "Khánh", "Thảo", "Bảo", "Thị Mai", "Hà")
_WOMEN = (
    *("Hân", "Châu", "Linh", "Trang", "Vy", "Ngân", "Quyên", "Như", "Nhi", "Uyên", "Diệp"),
    *("Hiền", "Loan", "Phương", "Thư", "Trúc", "Yến", "Duyên", "Giang", "Hạnh", "Thùy", "Ý"),
)
_MENS_MIDDLE = ("Văn", "Đức", "Gia", "Minh", "Quốc", "Hữu", "Tuấn", "Bảo", "Thành", "Đình", "Nhật")
_MEN = (
    *("Khoa", "Huy", "Đạt", "Bình", "Kiên", "Lâm", "Sơn", "Tài", "Toàn", "Vinh", "Hiếu"),
    *("Nghĩa", "Thịnh", "Trí", "Khải", "An", "Duy", "Long", "Phát", "Tùng", "Quý", "Đăng"),
)
#: Ê Đê and M'Nông: "Y" and "H'" stand before the given name, the family's name after it.
_CLANS = ("Niê", "Êban", "Mlô", "Kbuôr", "Byă", "Ayun", "Bkrông", "Êñuôl")
_OF_MEN = ("Thiên", "Blir", "Thoan", "Sơn", "Khang", "Nguyên", "Lưk", "Mơ")
_OF_WOMEN = ("Nương", "Linh", "Mai", "Bliê", "Thuyên", "Ngọc", "Juôn", "Hoa")
_MNONG = ("Minh", "Quốc", "Văn")
#: Tày and Nùng families who came up from the north.
_NORTHERN = ("Nông", "Lục", "Hứa", "Vi", "Mã")
_KHMER = ("Thạch", "Sơn", "Kim", "Kiên", "Lâm")
_KHMER_WOMEN = ("Sô Phia", "Sa Rây", "Pha Ni", "Sô Thia", "Chan Na")
_KHMER_MEN = ("Ra Tha", "Đa Ra", "Sa Rinh", "Sô Phi", "Vi Sal")

#: What chance may put together and must not: people everybody knows, and those of real letters.
_TAKEN = frozenset(
    {
        *("Nguyễn Thị Thu", "Lê Hồng Phong", "Nguyễn Thị Minh Khai", "Trần Phú", "Võ Thị Sáu"),
        *("Nguyễn Chí Thanh", "Nguyễn Thiện Thành", "Nguyễn Văn Linh", "Nguyễn Đức Cảnh"),
        *("Trần Quốc Toản", "Lê Đức Thọ", "Nguyễn Thị Định", "Hoàng Quốc Việt", "Lê Đức Anh"),
        *("Trần Đức Lương", "Lê Minh Khái", "Nguyễn Minh Triết", "Nguyễn Xuân Phúc"),
    }
)


class Region(Enum):
    """Where the people live, for the names of the peoples who live there."""

    HIGHLANDS = "highlands"
    DELTA = "delta"
    ANYWHERE = "anywhere"


class Names:
    """A source of full names that never gives the same one twice."""

    def __init__(self, seed: int, region: Region = Region.ANYWHERE) -> None:
        """Begin a source; the same seed gives the same names in the same order."""
        self._chance = random.Random(seed)  # noqa: S311 - invented names, no secret
        self._region = region
        self._given: set[str] = set()

    def person(self) -> str:
        """Return the next full name."""
        while True:
            name = self._one()
            if name not in _TAKEN and name not in self._given:
                self._given.add(name)
                return name

    def _one(self) -> str:
        woman = self._chance.random() < 0.55
        if self._region is Region.HIGHLANDS and self._chance.random() < 0.3:
            return self._highlander(woman)
        if self._region is Region.DELTA and self._chance.random() < 0.35:
            return self._khmer(woman)
        return self._kinh(woman, _FAMILIES)

    def _kinh(self, woman: bool, families: tuple[str, ...]) -> str:
        pick = self._chance.choice
        middle = pick(_WOMENS_MIDDLE if woman else _MENS_MIDDLE)
        return f"{pick(families)} {middle} {pick(_WOMEN if woman else _MEN)}"

    def _highlander(self, woman: bool) -> str:
        pick = self._chance.choice
        kind = self._chance.random()
        if kind < 0.25:
            return self._kinh(woman, _NORTHERN)
        if kind < 0.4 and not woman:
            return f"Điểu {pick(_MNONG)} {pick(_MEN)}"
        clan = pick(_CLANS)
        return f"H'{pick(_OF_WOMEN)} {clan}" if woman else f"Y {pick(_OF_MEN)} {clan}"

    def _khmer(self, woman: bool) -> str:
        pick = self._chance.choice
        family = pick(_KHMER)
        return f"{family} Thị {pick(_KHMER_WOMEN)}" if woman else f"{family} {pick(_KHMER_MEN)}"
