"""A letter's text cut into stretches: nothing is lost, and the innermost mark wins."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from donghanh.domain.letter import Mark, segments

_MARKS = st.lists(
    st.builds(
        Mark,
        key=st.sampled_from(["number", "targets-0", "duties-0"]),
        kind=st.sampled_from(["read", "doubt", "target"]),
        start=st.integers(-3, 40),
        end=st.integers(-3, 40),
    ),
    max_size=8,
)


class TestSegments:
    @given(st.text(max_size=36), _MARKS)
    def test_together_are_the_text(self, text: str, marks: list[Mark]) -> None:
        assert "".join(segment.text for segment in segments(text, marks)) == text

    @given(st.text(max_size=36), _MARKS)
    def test_are_never_empty_and_differ_from_their_neighbours(
        self, text: str, marks: list[Mark]
    ) -> None:
        found = segments(text, marks)
        faces = [(segment.key, segment.kind) for segment in found]
        assert all(segment.text for segment in found)
        assert all(one != other for one, other in pairwise(faces))

    @given(st.text(max_size=36), _MARKS)
    def test_carry_a_shortest_mark_of_each_place(self, text: str, marks: list[Mark]) -> None:
        at = 0
        for segment in segments(text, marks):
            for place in range(at, at + len(segment.text)):
                if text[place].isspace():
                    continue
                covering = [mark for mark in marks if mark.start <= place < mark.end]
                sizes = [
                    min(len(text), mark.end) - max(0, mark.start)
                    for mark in covering
                    if (mark.key, mark.kind) == (segment.key, segment.kind)
                ]
                shortest = min(
                    (min(len(text), mark.end) - max(0, mark.start) for mark in covering),
                    default=None,
                )
                assert min(sizes, default=None) == shortest
            at += len(segment.text)

    @given(st.text(max_size=36), _MARKS)
    def test_have_names_of_their_own(self, text: str, marks: list[Mark]) -> None:
        names = [(s.key, s.part) for s in segments(text, marks) if s.key]
        assert len(names) == len(set(names))

    def test_leave_blanks_between_two_marks_unmarked(self) -> None:
        marks = [
            Mark("a", "read", 0, 5),
            Mark("a", "target", 0, 2),
            Mark("a", "doubt", 3, 5),
        ]
        assert [(s.text, s.kind) for s in segments("02 qc", marks)] == [
            ("02", "target"),
            (" ", ""),
            ("qc", "doubt"),
        ]

    def test_show_the_last_of_two_marks_of_one_stretch(self) -> None:
        marks = [Mark("symbol", "read", 0, 5), Mark("symbol", "doubt", 0, 5)]
        assert [segment.kind for segment in segments("SGDDT", marks)] == ["doubt"]

    def test_count_the_stretches_of_one_key_from_nought(self) -> None:
        marks = [
            Mark("duty", "read", 0, 5),
            Mark("day", "read", 1, 2),
            Mark("day", "doubt", 3, 4),
        ]
        assert [(s.text, s.key, s.part) for s in segments("abcde", marks)] == [
            ("a", "duty", 0),
            ("b", "day", 0),
            ("c", "duty", 1),
            ("d", "day", 1),
            ("e", "duty", 2),
        ]
