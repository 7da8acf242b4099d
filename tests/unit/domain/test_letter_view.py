"""One way to look at a text, with the exact road back to its source."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from donghanh.domain.letter.shape import Flag, Span
from donghanh.domain.letter.view import View, look_at, masked, misreading_flags


def words(view: View, span: Span) -> str:
    return view.text[span.start : span.end]


class TestLookAt:
    @pytest.mark.parametrize(
        ("text", "flat"),
        [
            ("Đắk  Nông,\n ngày", "Đắk Nông, ngày"),
            ("\n\n  Số: 5", "Số: 5"),  # nothing stands before the first word
            ("Số: 5 \n", "Số: 5 "),
            ("Tỉnh\u00a0đoàn\tTrà\r\nVinh", "Tỉnh đoàn Trà Vinh"),
            ("** KẾ HOẠCH **__số", "KẾ HOẠCH số"),  # drawing is read as blanks
            ("kế\u200b hoạ\u00adch\ufeff số", "kế hoạch số"),  # what takes no room is left out
            ("", ""),
            ("***\n", ""),
        ],
    )
    def test_makes_every_gap_one_blank(self, text: str, flat: str) -> None:
        assert look_at(text).flat == flat

    @pytest.mark.parametrize(
        ("text", "breaks"),
        [
            ("a b c", ()),
            ("a\nb c\nd", (1, 5)),
            ("a \n\n b", (1,)),  # one gap is one break
            ("\na", ()),  # and none before the first word
            ("\n\na\rb\u2028c", (1, 3)),
            ("a\n*\nb", (1,)),
            ("a b\n", (3,)),
        ],
    )
    def test_keeps_where_lines_were_broken(self, text: str, breaks: tuple[int, ...]) -> None:
        assert look_at(text).breaks == breaks

    @pytest.mark.parametrize(
        ("text", "fold"),
        [
            ("12‐3 4–5 6—7 8−9", "12-3 4-5 6-7 8-9"),
            ("Ðắk Nông, 3／4", "Đắk Nông, 3/4"),
            ("uỷ ban, Uỷ ban, UỶ BAN", "ủy ban, Ủy ban, ỦY BAN"),
            ("hoà bình, HOÀ, Hoà; khoẻ, Hoè, TOÈ", "hòa bình, HÒA, Hòa; khỏe, Hòe, TÒE"),
            ("hoá, hoả, hoã, hoạ; thuý, thuỵ", "hóa, hỏa, hõa, họa; thúy, thụy"),
            ("quý, QUÝ, Quỳ", "quý, QUÝ, Quỳ"),  # qu is one sound: its mark stays
            ("hoàn toàn", "hoàn toàn"),  # and so does one followed by a letter
            ("kêt nạp, Kêt nạp", "kết nạp, Kết nạp"),  # likely misreadings are put right
            ("phân đầu ra đầu vào", "phân đầu ra đầu vào"),  # not where nothing supports it
            ("vào Đàng", "vào Đảng"),
        ],
    )
    def test_folds_what_is_written_in_several_ways(self, text: str, fold: str) -> None:
        view = look_at(text)
        assert view.fold == fold
        assert view.flat == text

    @pytest.mark.parametrize(
        ("before", "after", "put_right"),
        [
            ("kết nạp" + "." * 72, "", True),
            ("kết nạp" + "." * 73, "", False),
            ("", "." * 72 + "kết nạp", True),
            ("", "." * 73 + "kết nạp", False),
        ],
    )
    def test_supports_a_misreading_by_a_word_within_80_characters(
        self, before: str, after: str, put_right: bool
    ) -> None:
        view = look_at(f"{before} phân đầu {after}".strip())
        assert ("phấn đấu" in view.fold) is put_right

    def test_looks_at_each_place_of_a_misreading_by_itself(self) -> None:
        view = look_at(f"phân đầu {'.' * 80} phân đầu kết nạp")
        assert view.misreadings == ((90, 98, "phấn đấu"),)

    def test_finds_every_misreading_where_it_stands(self) -> None:
        view = look_at("Quân chủng kết nap: quân chủng ưu tú; chi tiêu kết nạp")
        assert view.misreadings == (
            (0, 10, "Quần chúng"),
            (11, 18, "kết nạp"),
            (20, 30, "quần chúng"),
            (38, 46, "chỉ tiêu"),
        )

    @given(st.text(alphabet="ab \n\t*\u200bĐđuỷo\u0300–\r", max_size=40))
    def test_keeps_three_strings_of_one_length_and_the_road_back(self, text: str) -> None:
        view = look_at(text)
        assert view.text == unicodedata.normalize("NFC", text)
        assert len(view.flat) == len(view.fold) == len(view.origin)
        assert list(view.origin) == sorted(set(view.origin))
        for letter, at in zip(view.flat, view.origin, strict=True):
            assert view.text[at] == letter or (letter == " " and not view.text[at].isalnum())
        assert "  " not in view.flat
        assert list(view.breaks) == sorted(set(view.breaks))
        assert all(view.flat[at] == " " for at in view.breaks)


class TestView:
    @pytest.mark.parametrize(
        ("start", "end", "found"),
        [
            (0, 8, "Đắk  Nông"),
            (3, 9, "Nông,"),  # a blank in front is left out
            (4, 10, "Nông,"),  # and one behind
            (3, 10, "Nông,"),
            (3, 4, ""),
            (5, 5, ""),
            (14, 14, ""),
        ],
    )
    def test_gives_the_span_of_the_words_without_the_blanks_around(
        self, start: int, end: int, found: str
    ) -> None:
        view = look_at(" Đắk  Nông,\n ngày")
        assert words(view, view.span(start, end)) == found

    def test_places_an_empty_span_where_it_would_stand(self) -> None:
        view = look_at(" Đắk  Nông")
        assert view.span(4, 4) == Span(6, 6)
        assert view.span(3, 4) == Span(6, 6)
        assert view.span(8, 8) == Span(10, 10)

    @pytest.mark.parametrize(
        ("start", "end", "value", "at"),
        [(0, 3, "Đắk", 0), (3, 8, "Nông", 4), (3, 9, "Nông,", 4), (3, 4, "", 4)],
    )
    def test_gives_a_piece_without_the_blanks_around(
        self, start: int, end: int, value: str, at: int
    ) -> None:
        piece = look_at("Đắk Nông, ngày").piece(start, end)
        assert (piece.value, piece.start, piece.end) == (value, at, at + len(value))

    @pytest.mark.parametrize(
        ("gap", "empty"),
        [
            (" ", False),
            ("\n", False),
            ("\r\n", False),  # one break, written with two signs
            ("\n\n", True),
            ("\r\n\r\n", True),
            ("\r\r", True),
            ("\n *** \n", True),
        ],
    )
    def test_tells_an_empty_line_from_a_break(self, gap: str, empty: bool) -> None:
        assert look_at(f"a{gap}b").is_empty_line(1) is empty
        assert look_at(f"a{gap}").is_empty_line(1) is empty
        assert look_at(f"a{gap}b\nc\n\nd").is_empty_line(1) is empty


class TestMasked:
    def test_strikes_out_without_moving_anything(self) -> None:
        assert masked("Số: 12 ngày", [(0, 3), (4, 6)]) == "\x00\x00\x00 \x00\x00 ngày"
        assert masked("Số", []) == "Số"


class TestMisreadingFlags:
    def test_flags_each_once_at_the_narrowest_field(self) -> None:
        view = look_at("1. Kết nap học sinh; kết nap quân chủng ưu tú. Quân chúng.")
        spans = {
            "contents.0": Span(3, 46),
            "targets.0": Span(21, 45),
            "targets.0.of": Span(29, 39),  # the misread words alone
        }
        assert misreading_flags(view, spans) == [
            Flag(
                "contents.0", "misreading", {"found": "Kết nap", "likely": "Kết nạp"}, Span(3, 10)
            ),
            Flag(
                "targets.0", "misreading", {"found": "kết nap", "likely": "kết nạp"}, Span(21, 28)
            ),
            Flag(
                "targets.0.of",
                "misreading",
                {"found": "quân chủng", "likely": "quần chúng"},
                Span(29, 39),
            ),
            Flag(
                "text", "misreading", {"found": "Quân chúng", "likely": "Quần chúng"}, Span(47, 57)
            ),
        ]

    def test_flags_words_misread_twice_in_one_field_once(self) -> None:
        view = look_at("kết nap, kết nap")
        assert [flag.span for flag in misreading_flags(view, {})] == [Span(0, 7)]
