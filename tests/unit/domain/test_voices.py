"""What is kept of a text, how a voice stands, and which figures are shown."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from donghanh.domain import rules, voices
from donghanh.domain.voices import Entry, State, Topic

BOOK = rules.load()
MOST = 4
COUNTS = st.fixed_dictionaries({topic: st.integers(0, 12) for topic in Topic})


class TestClean:
    @given(st.text())
    def test_leaves_nothing_that_nobody_sees(self, text: str) -> None:
        kept = voices.clean(text)
        assert not set(kept) & set("\x00\u200b\u200d\u202e\u2066\ufeff\r")
        assert voices.clean(kept) == kept

    def test_keeps_vietnamese_and_lines(self) -> None:
        assert voices.clean("Kính gửi thầy,\n\nem là Đỗ Ánh ạ.") == (
            "Kính gửi thầy,\n\nem là Đỗ Ánh ạ."
        )


class TestDue:
    def test_is_the_units_own_promise_or_ten_working_days(self) -> None:
        monday = date(2026, 3, 2)
        assert voices.due(monday, None, False, BOOK) == date(2026, 3, 16)
        assert voices.due(monday, 1, False, BOOK) == date(2026, 3, 3)
        assert voices.due(monday, 1, True, BOOK) == date(2026, 3, 3)

    def test_goes_on_where_the_calendar_ends(self) -> None:
        assert voices.due(date(2040, 3, 5), 10, False, BOOK) == date(2040, 3, 21)


class TestStand:
    def test_is_late_the_day_after_the_last(self) -> None:
        came = Entry(0, "", date(2026, 3, 2), date(2026, 3, 16))
        late = [
            voices.stand([came], emergency=False, urgent=1, today=date(2026, 3, day)).late
            for day in (15, 16, 17)
        ]
        assert late == [False, False, True]

    def test_waits_again_when_the_writer_goes_on(self) -> None:
        on = date(2026, 3, 2)
        told = [
            Entry(0, "", on, date(2026, 3, 16)),
            Entry(1, "answered", on),
            Entry(2, "more", on, date(2026, 3, 20)),
        ]
        found = voices.stand(told, emergency=False, urgent=1, today=on)
        assert (found.state, found.due) == (State.WAITING, date(2026, 3, 20))


class TestShown:
    @given(COUNTS)
    def test_hides_every_small_figure_and_none_alone_beside_its_total(
        self, counts: dict[Topic, int]
    ) -> None:
        shown = voices.shown(counts, MOST)
        hidden = [topic for topic, value in shown.items() if value is None]
        assert all(topic in hidden for topic, n in counts.items() if 0 < n <= MOST)
        assert len(hidden) != 1

    @given(COUNTS)
    def test_leaves_more_than_one_way_to_be_where_the_total_is_shown(
        self, counts: dict[Topic, int]
    ) -> None:
        total = voices.total_shown(counts, MOST)
        shown = voices.shown(counts, MOST)
        hidden = [topic for topic, value in shown.items() if value is None]
        if total is None or not hidden:
            return
        rest = total - sum(value for value in shown.values() if value is not None)
        # Another way to be: one more here, one less there, each still what could be hidden.
        small = [counts[topic] for topic in hidden if 0 < counts[topic] <= MOST]
        assert rest > MOST
        if len(small) == len(hidden):
            assert rest not in {len(hidden), MOST * len(hidden)}


class TestKept:
    @given(over=st.dates(date(2020, 1, 1), date(2035, 12, 31)))
    def test_words_go_on_the_day_that_is_told_and_not_the_day_before(self, over: date) -> None:
        goes = voices.goes_on(over, date(2026, 11, 21), BOOK)
        assert voices.kept_since(goes - timedelta(days=1), BOOK) <= over
        assert voices.kept_since(goes, BOOK) > over
        assert timedelta(days=365) <= goes - over <= timedelta(days=2 * 366)
