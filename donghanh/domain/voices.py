"""What pupils choose to say: to whom, how it stands, by when it is answered, how it counts."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from donghanh.domain import checking, deadlines
from donghanh.domain.calendar import CalendarEnds, add_months
from donghanh.domain.rules import Rulebook

#: The unit's own promise where it set none, in working days; and that of an emergency, in days.
ANSWER = "voice.answer"
EMERGENCY = "voice.emergency"
#: For how many months after its school year the words of a voice that is over are kept.
KEEP = "voice.keep"
#: The longest voice, in signs.
LONGEST = 5000
#: Signs that say nothing but are seen by nobody, or turn a line around.
_KEPT_CONTROLS = frozenset("\n\t")


class Addressee(StrEnum):
    """Whom a pupil writes to."""

    SCHOOL = "school"
    UNION = "union"
    DEPARTMENT = "department"
    UPPER_UNION = "upper_union"


class Topic(StrEnum):
    """What a voice is about, as its writer says."""

    STUDY = "study"
    TEACHING = "teaching"
    FRIENDS = "friends"
    PLACE = "place"
    FEES = "fees"
    RULES = "rules"
    HEALTH = "health"
    UNION_WORK = "union_work"
    ROAD = "road"
    OTHER = "other"


class Deed(StrEnum):
    """What is done with a voice after it came."""

    #: Answered in words.
    ANSWERED = "answered"
    #: Read; its writer wants no answer.
    NOTED = "noted"
    #: Set aside with a reason that the writer sees.
    SET_ASIDE = "set_aside"
    #: Shown to the moderators one level up.
    FLAGGED = "flagged"
    #: Marked as an emergency by somebody who read it.
    ALARMED = "alarmed"


#: What ends the waiting, until the writer goes on.
ENDS = frozenset({Deed.ANSWERED, Deed.NOTED, Deed.SET_ASIDE})


class Said(StrEnum):
    """What a writer says after the voice itself."""

    MORE = "more"
    CLOSED = "closed"


class Reason(StrEnum):
    """Why a voice is set aside."""

    INSULT = "insult"
    THREAT = "threat"
    PRIVATE = "private"
    ADVERTISING = "advertising"
    TWICE = "twice"


class State(StrEnum):
    """How a voice stands."""

    WAITING = "waiting"
    ANSWERED = "answered"
    SET_ASIDE = "set_aside"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Entry:
    """
    One thing that was said or done about a voice.

    Attributes:
        place: Its place in the thread; what came first has 0.
        kind: A ``Deed`` or a ``Said``; empty for the voice itself.
        on: The day.
        due: Last day to answer what was said; ``None`` where nothing is asked.
    """

    place: int
    kind: str
    on: date
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """
    How a voice stands on a day.

    Attributes:
        state: How it stands.
        due: Last day to answer, while it waits.
        emergency: Somebody said that there is danger.
        flagged: The moderators one level up were asked.
        late: It waits and its last day has passed: it lies one level up.
    """

    state: State
    due: date | None
    emergency: bool
    flagged: bool
    late: bool

    def left(self, today: date) -> int | None:
        """Return the days left to answer, below nought when it is late; ``None``: none run."""
        return None if self.due is None else (self.due - today).days


def clean(text: str) -> str:
    """
    Return a text composed (NFC), without signs that nobody sees or that turn lines around.

    >>> clean("  Em\\u200b ch\\x00ào\\u202e thầy\\r\\n ")
    'Em chào thầy'
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(
        sign
        for sign in lines
        if sign in _KEPT_CONTROLS or unicodedata.category(sign) not in {"Cc", "Cf", "Cs", "Co"}
    )
    return unicodedata.normalize("NFC", kept).strip()


def due(on: date, days: int | None, emergency: bool, book: Rulebook) -> date:
    """
    Return the last day to answer what came on a day.

    Args:
        on: The day it came (Asia/Ho_Chi_Minh).
        days: The unit's own promise in working days; ``None`` where it set none.
        emergency: Somebody may be in danger: the short clock counts.
        book: The rules.

    Source:
        rulebook/handling.toml [voice.answer], [voice.emergency]: the product's own, no law.
    """
    if emergency:
        return on + timedelta(days=urgent_days(on, book))
    entry = book.numbers_on(ANSWER, on)[0]
    if days is not None:
        entry = replace(entry, value=days)
    try:
        return deadlines.span_end(on, entry, book.workdays())
    except CalendarEnds:  # a promise holds all the same: two days off in each week
        return on + timedelta(days=entry.value * 7 // 5 + 2)


def urgent_days(on: date, book: Rulebook) -> int:
    """Return within how many days an emergency is answered."""
    return book.numbers_on(EMERGENCY, on)[0].value


def stand(entries: Iterable[Entry], *, emergency: bool, urgent: int, today: date) -> Standing:
    """
    Replay what was said and done, in the order of the thread.

    Args:
        entries: The voice itself, what its writer said after it, and what was done.
        emergency: Its writer marked it so.
        urgent: Days to answer an emergency.
        today: The day asked about (Asia/Ho_Chi_Minh).

    >>> came = Entry(0, "", date(2026, 3, 2), date(2026, 3, 16))
    >>> stand([came], emergency=False, urgent=1, today=date(2026, 3, 17)).late
    True
    >>> done = Entry(1, "answered", date(2026, 3, 10))
    >>> stand([came, done], emergency=False, urgent=1, today=date(2026, 3, 17)).state
    <State.ANSWERED: 'answered'>
    """
    state, last, flagged = State.WAITING, None, False
    for one in sorted(entries, key=lambda entry: entry.place):
        if one.kind in {"", Said.MORE}:
            state, last = State.WAITING, one.due
        elif one.kind in {Deed.ANSWERED, Deed.NOTED}:
            state = State.ANSWERED
        elif one.kind == Deed.SET_ASIDE:
            state = State.SET_ASIDE
        elif one.kind == Said.CLOSED:
            state = State.CLOSED
        elif one.kind == Deed.FLAGGED:
            flagged = True
        elif one.kind == Deed.ALARMED:
            emergency = True
            soon = one.on + timedelta(days=urgent)
            last = soon if last is None else min(last, soon)
    waits = state is State.WAITING
    return Standing(
        state=state,
        due=last if waits else None,
        emergency=emergency,
        flagged=flagged,
        late=waits and last is not None and today > last,
    )


def months_kept(today: date, book: Rulebook) -> int:
    """
    Return for how many months after its school year the words of a voice that is over are kept.

    Source:
        rulebook/handling.toml [voice.keep]: the product's own, no law.
    """
    return book.numbers_on(KEEP, today)[0].value


def goes_on(over: date, today: date, book: Rulebook) -> date:
    """
    Return the day on which the words of a voice go.

    Args:
        over: The day of the last thing that was said or done about it; it does not wait.
        today: The day whose rule counts (Asia/Ho_Chi_Minh).
        book: The rules.
    """
    return add_months(book.school_year(over).until, months_kept(today, book))


def kept_since(today: date, book: Rulebook) -> date:
    """
    Return the first day of which words are kept: what was over before it goes, by whole years.

    Args:
        today: The day (Asia/Ho_Chi_Minh).
        book: The rules.
    """
    months = months_kept(today, book)
    year = book.school_year(today)
    while add_months(year.since, months) > today:
        year = book.school_year(year.since - timedelta(days=1))
    return year.since


def is_rewritten(original: str, question: str) -> bool:
    """
    Tell whether a text to be published is not the writer's own, which could be recognised.

    >>> is_rewritten("Nhà xe dột quá ạ, mưa là ướt hết.", "Nhà xe dột quá ạ, mưa là  ướt hết!")
    False
    >>> is_rewritten("Nhà xe dột quá ạ, mưa là ướt hết.", "Bao giờ trường sửa mái nhà xe?")
    True
    """
    before, after = _words(original), _words(question)
    return bool(after) and " ".join(before) not in " ".join(after)


def _words(text: str) -> Sequence[str]:
    signs = "".join(sign if sign.isalnum() else " " for sign in clean(text).casefold())
    return signs.split()


def shown(counts: Mapping[Topic, int], most: int) -> dict[Topic, int | None]:
    """
    Return the figures of a unit by topic; ``None`` where one is too small to be shown.

    Of a row with one hidden figure a second is hidden, lest the total tells the first.

    Args:
        counts: Voices of one unit and school year, by topic; every topic is there.
        most: Figures up to this are small.
    """
    topics = list(Topic)
    values = [counts.get(topic, 0) for topic in topics]
    covered = checking.hidden(values, most)
    return {
        topic: None if place in covered else values[place] for place, topic in enumerate(topics)
    }


def total_shown(counts: Mapping[Topic, int], most: int) -> int | None:
    """
    Return the total of a unit, or ``None`` where it would tell what is hidden.

    A small total is hidden itself; so is one that leaves the hidden figures a single way to be:
    all at their least, or all at their most.
    """
    total = sum(counts.values())
    if checking.is_small(total, most):
        return None
    parts = shown(counts, most)
    covered = [counts.get(topic, 0) for topic, value in parts.items() if value is None]
    rest = sum(covered)
    told = rest <= most or rest in {len(covered), len(covered) * most}
    return None if covered and told else total
