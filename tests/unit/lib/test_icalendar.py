"""Calendar files: what is told comes back whole, in lines any calendar reads."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from donghanh.lib.icalendar import Entry, calendar

AT = datetime(2026, 11, 20, 7, 5, tzinfo=UTC)
TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=200)


def one(**told: str) -> Entry:
    usual = {"uid": "hoat-dong-1@so.vn", "summary": "Về nguồn"}
    return Entry(starts=AT, ends=AT + timedelta(hours=2), **(usual | told))  # type: ignore[arg-type]  # texts alone


def read(data: bytes) -> dict[str, str]:
    """Read the values of a file with one entry, by a reading of our own of RFC 5545."""
    told: dict[str, str] = {}
    for line in data.decode().replace("\r\n ", "").split("\r\n"):
        name, _, value = line.partition(":")
        plain, signs = "", iter(value)
        for sign in signs:
            if sign == "\\":
                sign = next(signs)
                sign = "\n" if sign == "n" else sign
            plain += sign
        told[name] = plain
    return told


class TestCalendar:
    @given(title=TEXTS, place=TEXTS, lines=st.lists(TEXTS, max_size=4))
    def test_tells_whole_what_was_told(self, title: str, place: str, lines: list[str]) -> None:
        words = "\n".join(lines)
        told = read(calendar("Lịch", [one(summary=title, place=place, words=words)], AT))
        assert told["SUMMARY"] == title
        assert told.get("LOCATION", "") == place
        assert told.get("DESCRIPTION", "") == words

    @given(title=TEXTS)
    def test_has_no_line_longer_than_calendars_read_and_breaks_no_sign(self, title: str) -> None:
        data = calendar(title, [one(summary=title)], AT)
        assert data.endswith(b"END:VCALENDAR\r\n")
        for line in data.split(b"\r\n"):
            assert len(line) <= 75
            line.decode()
            assert b"\n" not in line

    def test_lets_no_text_begin_a_line_of_its_own(self) -> None:
        evil = "Họp\r\nATTENDEE:mailto:ai@vi.du\x00\rEND:VEVENT"
        lines = calendar("Lịch", [one(summary=evil)], AT).decode().split("\r\n")
        assert sum(line.startswith("END:VEVENT") for line in lines) == 1
        assert not [line for line in lines if line.startswith("ATTENDEE")]
        assert "SUMMARY:Họp\\nATTENDEE:mailto:ai@vi.du\\nEND:VEVENT" in lines

    def test_tells_hours_in_utc_and_what_takes_place_no_more(self) -> None:
        off = Entry("a@b", AT, AT + timedelta(hours=2), "Về nguồn", cancelled=True)
        told = read(calendar("Lịch", [off], AT))
        assert (told["DTSTART"], told["DTEND"]) == ("20261120T070500Z", "20261120T090500Z")
        assert told["STATUS"] == "CANCELLED"
