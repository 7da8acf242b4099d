"""The foot of a letter: who signs, by what authority, in what title; who receives it."""

from __future__ import annotations

import pytest

from donghanh.domain import letter
from donghanh.domain.letter import Signing

HEAD = (
    "Số: 5/SGDĐT-GDTX\nĐà Lạt, ngày 02 tháng 01 năm 2024\nV/v B\nKính gửi: A\nĐể báo cáo.\n"
    "Nơi nhận:\n- Như trên;\n- Lưu: VT, GDTX.\n"
)
KT = "KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\n"


def signing(foot: str) -> Signing:
    """Return how a letter is signed, each part checked against the words it stands on."""
    reading = letter.read(HEAD + foot)
    for part in ("authority", "title", "name"):
        value, span = getattr(reading.signing, part), reading.spans.get(f"signing.{part}")
        words = " ".join(reading.text[span.start : span.end].split()) if span else None
        assert words == value
    return reading.signing


class TestAuthorityAndTitle:
    @pytest.mark.parametrize(
        ("foot", "authority", "title"),
        [
            ("KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\n", "KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"),
            ("GIÁM ĐỐC\n", None, "GIÁM ĐỐC"),
            ("KT. CHỦ TỊCH\n", "KT. CHỦ TỊCH", None),  # its title is the one it stands for
            ("TM. BAN THƯỜNG VỤ\n", "TM. BAN THƯỜNG VỤ", None),
            ("T/M BAN THƯỜNG VỤ\nBÍ THƯ\n", "T/M BAN THƯỜNG VỤ", "BÍ THƯ"),
            (
                "TL. BAN THƯỜNG VỤ, ĐẢNG ỦY\nCHÁNH VĂN PHÒNG\n",
                "TL. BAN THƯỜNG VỤ, ĐẢNG ỦY",
                "CHÁNH VĂN PHÒNG",
            ),
            # two authorities in a row are one
            (
                "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n",
                "TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH",
                "PHÓ CHỦ TỊCH",
            ),
            # words in capitals belong to the title; a name and a degree do not
            ("TRƯỞNG PHÒNG GDTX\n", None, "TRƯỞNG PHÒNG GDTX"),
            ("PHÓ BÍ THƯ THƯỜNG TRỰC\n", None, "PHÓ BÍ THƯ THƯỜNG TRỰC"),
            ("TRƯỞNG PHÒNG HÀNH CHÍNH\n", None, "TRƯỞNG PHÒNG HÀNH CHÍNH"),
        ],
    )
    def test_are_told_apart(self, foot: str, authority: str | None, title: str | None) -> None:
        found = signing(f"{foot}TS. Nguyễn Văn Mẫu")
        assert found == Signing(authority, title, "TS. Nguyễn Văn Mẫu")
        assert signing(f"{foot}NGUYỄN VĂN MẪU") == Signing(authority, title, "NGUYỄN VĂN MẪU")

    def test_are_not_looked_for_in_an_annex(self) -> None:
        annex = "PHỤ LỤC\nHIỆU TRƯỞNG\nTrần Văn Hai"
        assert signing(f"{KT}Lê Thị Mẫu\n{annex}") == signing(f"{KT}Lê Thị Mẫu")
        assert signing(f"GIÁM ĐỐC TRUNG TÂM\n{annex}") == Signing(None, "GIÁM ĐỐC TRUNG TÂM", None)
        assert signing(f"TM. BAN CHẤP HÀNH\n{annex}") == Signing("TM. BAN CHẤP HÀNH", None, None)


class TestName:
    @pytest.mark.parametrize(
        ("written", "name"),
        [
            ("Nguyễn Văn Mẫu", "Nguyễn Văn Mẫu"),
            ("(đã ký)\nNGUYỄN VĂN MẪU", "NGUYỄN VĂN MẪU"),
            ("PGS. TS. Nguyễn Văn Mẫu", "PGS. TS. Nguyễn Văn Mẫu"),
            ("ThS.Tôn Nữ Mẫu", "ThS.Tôn Nữ Mẫu"),
            ("H'Mai Niê", "H'Mai Niê"),
            ("Y Moan Êban, năm", "Y Moan Êban"),
            # the last one with a known surname, or of one of the country's peoples
            ("Nguyễn Văn Mẫu\nBuôn Xa Lạ, năm", "Nguyễn Văn Mẫu Buôn Xa Lạ"),
            ("Nguyễn Văn Mẫu;\nBuôn Xa Lạ", "Nguyễn Văn Mẫu"),
            ("H’Mai Niê;\nBuôn Xa Lạ", "H’Mai Niê"),
            ("H'Mai Buôn;\nBuôn Xa Lạ", "H'Mai Buôn"),
            ("K’Brếu Rơ;\nBuôn Xa Lạ", "K’Brếu Rơ"),
            ("K'Brếu Rơ;\nBuôn Xa Lạ", "K'Brếu Rơ"),
            ("ThS. Trần Thị Một;\nBuôn Xa Lạ", "ThS. Trần Thị Một"),
            ("TRẦN THỊ MỘT; Nguyễn Văn Mẫu", "Nguyễn Văn Mẫu"),
            ("Nguyễn Văn Mẫu; TRẦN THỊ MỘT", "TRẦN THỊ MỘT"),
            # without one the last words of the letter
            ("Tôn Thất Mẫu", "Tôn Thất Mẫu"),
            ("(đã ký) Tôn Thất Mẫu ).", "Tôn Thất Mẫu"),
            ("Buôn Xa Lạ; Tôn Thất Mẫu", "Tôn Thất Mẫu"),
            ("Tôn Thất Mẫu thay mặt", None),
            ("Tôn Thất Mẫu X", None),
            # not the name of a place or a body, nor of who never signs
            ("trường Nguyễn Chí Thanh", None),
            ("THPT Nguyễn Chí Thanh", None),
            ("chuyên Nguyễn Chí Thanh", None),
            ("xã Nguyễn Chí Thanh", None),
            ("HUYỆN Nguyễn Chí", None),
            ("đ/c Nguyễn Văn Mẫu; đồng chí Trần Văn Hai", None),
            ("- Nguyễn Văn Mẫu", None),
            ("Trần Hồ Chí Minh", None),
        ],
    )
    def test_is_the_signers(self, written: str, name: str | None) -> None:
        assert signing(KT + written).name == name

    def test_of_an_unknown_family_needs_a_title_before_it(self) -> None:
        assert signing("Tôn Thất Mẫu").name is None
        assert signing("Nguyễn Văn Mẫu").name == "Nguyễn Văn Mẫu"

    def test_is_looked_for_behind_the_title(self) -> None:
        assert signing(f"Nguyễn Văn Mẫu\n{KT}").name is None


class TestRecipients:
    def test_end_where_an_annex_begins(self) -> None:
        assert letter.read(f"{HEAD}PHỤ LỤC\n- Xa").recipients == ("Như trên", "Lưu: VT, GDTX")

    @pytest.mark.parametrize(
        ("foot", "recipients"),
        [
            ("Nơi nhận:\n- Như trên;\n- Sở A;\n- Lưu: VT.\nKT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\nLê Mẫu", 3),
            ("Nơi nhận:\n- Như trên;\n- Sở A;\n- Lưu: VT.\n", 3),
            ("KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\nLê Mẫu\nNơi nhận:\n- Như trên;\n- Sở A;\n- Lưu: VT.", 3),
            # two columns that run into each other
            ("Nơi nhận: KT. GIÁM ĐỐC\n- Như trên;\n- Sở A; PHÓ GIÁM ĐỐC\n- Lưu: VT.\nLê Mẫu", 3),
            ("Nơi nhận: KT. GIÁM ĐỐC\n- Như trên;\n- Sở A; PHÓ GIÁM ĐỐC\nLê Mẫu\n- Lưu: VT.", 3),
            ("Nơi nhận: KT. GIÁM ĐỐC\n- Như trên;\n- Sở A.\n", 2),
        ],
    )
    def test_end_where_the_signing_begins(self, foot: str, recipients: int) -> None:
        reading = letter.read(HEAD.partition("Nơi")[0] + foot)
        assert reading.recipients == ("Như trên", "Sở A", "Lưu: VT")[:recipients]

    @pytest.mark.parametrize(
        ("symbol", "kept", "there"),
        [
            ("SGDĐT-GDTX", "Lưu: VT, GDTX", None),
            ("SGDĐT-GDTX", "Lưu VT, GDTX-CTTT (K)", None),
            ("SGDĐT-GDTX", "Lưu: VT, GDTrH, GDTX", None),
            ("SGDĐT-GDTX-CTTT", "Lưu: VT, GDTX-CTTT", None),
            ("SGDĐT-GDTX-CTTT", "Lưu: VT, CTTT", "CTTT"),
            ("SGDĐT-GDTX", "Lưu: VT, VP, HS, HC, HCTH, LT", None),  # the registry is no unit
            ("SGDĐT-GDTX", "Lưu: VT, GDTrH", "GDTrH"),
            ("SGDĐT-GDTX", "Lưu: VT, KT -KĐ, KHTC", "KT-KĐ, KHTC"),
            ("SGDĐT-GDTX", "Giám đốc KHTC", None),
            ("SGDĐT", "Lưu: VT, KHTC", None),  # no unit in the symbol
            ("KH-SGDĐT", "Lưu: VT, KHTC", None),
            ("KH-SGDĐT-GDTX", "Lưu: VT, KHTC", "KHTC"),
            ("KH-SGDĐT-GDTX", "Lưu: VT, GDTX", None),
        ],
    )
    def test_tell_a_unit_that_differs_from_the_symbols(
        self, symbol: str, kept: str, there: str | None
    ) -> None:
        text = HEAD.replace("SGDĐT-GDTX", symbol).replace("Lưu: VT, GDTX", kept)
        found = [flag.facts for flag in letter.read(text).flags if flag.code == "differs"]
        unit = symbol.removeprefix("KH-").removeprefix("SGDĐT-")
        assert found == ([{"here": unit, "there": there}] if there else [])

    def test_tell_nothing_where_there_is_no_symbol(self) -> None:
        text = HEAD.replace("Số: 5/SGDĐT-GDTX\n", "").replace("GDTX", "KHTC")
        assert "differs" not in {flag.code for flag in letter.read(text).flags}
