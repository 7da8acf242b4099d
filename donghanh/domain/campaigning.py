"""Campaigns of the Union: where one stands, what units answer, and what their figures add up to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar

from donghanh.domain.accompanying import LONGEST_LINE, LONGEST_TEXT, written
from donghanh.domain.calendar import SchoolYear
from donghanh.domain.errors import RuleError

#: How many signs a title and the name of a figure may have, and how many figures fit; the product's
#: own limits.
LONGEST_TITLE = 200
LONGEST_LABEL = 150
LONGEST_MEASURE = 40
LONGEST_NUMBER = 80
MOST_FIGURES = 6
#: No figure of one school and one year is larger; the product's own bound.
MOST_NUMBER = 100_000
#: A day that is to come back every year is never 29 February.
_COMMON_YEAR = 2023


class Stage(StrEnum):
    """Where a campaign stands."""

    #: Written, and seen by its own Union alone.
    DRAFT = "draft"
    #: Opened to the Unions below.
    OPENED = "opened"
    #: Over, with an evaluation.
    ENDED = "ended"
    #: Called off, with a reason.
    CALLED_OFF = "called_off"


#: What happens to a campaign next, by where it stands.
_MOVES: Mapping[Stage, frozenset[Stage]] = {
    Stage.DRAFT: frozenset({Stage.OPENED, Stage.CALLED_OFF}),
    Stage.OPENED: frozenset({Stage.ENDED, Stage.CALLED_OFF}),
    Stage.ENDED: frozenset(),
    Stage.CALLED_OFF: frozenset(),
}


class Answer(StrEnum):
    """What a school's Union said to a campaign that was opened for it."""

    #: Nothing yet.
    SILENT = "silent"
    JOINED = "joined"
    #: It does not take part, and said why.
    DECLINED = "declined"


class Said(StrEnum):
    """Where the figures of one school and one year stand."""

    #: Given by the day that was asked for.
    IN_TIME = "in_time"
    #: Given after it.
    AFTERWARDS = "afterwards"
    #: Not given, and the day is still to come.
    WAITING = "waiting"
    #: Not given, and the day has gone by.
    LATE = "late"
    #: Not asked: the school does not take part, or has not answered.
    NOT_ASKED = "not_asked"


class NotNow(RuleError):
    """Where the campaign stands, this is not done with it: somebody was quicker, or it is over."""

    code: ClassVar[str] = "campaigns.not_now"


class ChangedMeanwhile(RuleError):
    """What is to be changed was changed by somebody else since it was looked at."""

    code: ClassVar[str] = "campaigns.changed_meanwhile"


class EndsBeforeItBegins(RuleError):
    """The last day lies before the first."""

    code: ClassVar[str] = "campaigns.ends_before_it_begins"


class FiguresMissing(RuleError):
    """A campaign asks for at least one figure, and for no more than a page holds."""

    code: ClassVar[str] = "campaigns.figures_missing"


class FigureTwice(RuleError):
    """Two figures bear the same name."""

    code: ClassVar[str] = "campaigns.figure_twice"


class PaperMissing(RuleError):
    """A paper is named by half: its number, who issued it and its day belong together."""

    code: ClassVar[str] = "campaigns.paper_missing"


class PaperToCome(RuleError):
    """The paper a campaign stands on is of a day to come."""

    code: ClassVar[str] = "campaigns.paper_to_come"


class NoSuchDay(RuleError):
    """The day figures are given by does not come every year."""

    code: ClassVar[str] = "campaigns.no_such_day"


class NobodyBelow(RuleError):
    """No school's Union stands below who could be asked."""

    code: ClassVar[str] = "campaigns.nobody_below"


class IsOver(RuleError):
    """The campaign is over or called off, so nobody joins and nothing is given any more."""

    code: ClassVar[str] = "campaigns.is_over"


class NotJoined(RuleError):
    """The school does not take part, so it gives no figures and no evaluation."""

    code: ClassVar[str] = "campaigns.not_joined"


class GaveFigures(RuleError):
    """The school has given figures, so it took part and cannot say it does not."""

    code: ClassVar[str] = "campaigns.gave_figures"


class UntilOutside(RuleError):
    """The plan of a school reaches out of the campaign's own period."""

    code: ClassVar[str] = "campaigns.until_outside"


class YearOutside(RuleError):
    """The school year lies outside the campaign's period, or has not begun."""

    code: ClassVar[str] = "campaigns.year_outside"


class YearClosed(RuleError):
    """The figures of the year are closed."""

    code: ClassVar[str] = "campaigns.year_closed"


class TooEarlyToClose(RuleError):
    """The day figures of the year are given by has not gone by yet."""

    code: ClassVar[str] = "campaigns.too_early_to_close"


class NumberOutside(RuleError):
    """A figure is a whole number from nought up to a bound."""

    code: ClassVar[str] = "campaigns.number_outside"


class NothingSaid(RuleError):
    """No figure is given at all."""

    code: ClassVar[str] = "campaigns.nothing_said"


class DayToCome(RuleError):
    """A day that has not come yet."""

    code: ClassVar[str] = "campaigns.day_to_come"


class BeforeBegin(RuleError):
    """A campaign ends before it began."""

    code: ClassVar[str] = "campaigns.before_begin"


class FiguresBeyond(RuleError):
    """Schools have given figures for a year that the new period would leave out."""

    code: ClassVar[str] = "campaigns.figures_beyond"


@dataclass(frozen=True, slots=True)
class Paper:
    """The paper a campaign stands on, as it is cited: number, who issued it, its day."""

    number: str
    issuer: str
    day: date


@dataclass(frozen=True, slots=True)
class Asked:
    """One figure a campaign asks for: its name, and what is counted in it, such as "người"."""

    label: str
    measure: str


@dataclass(frozen=True, slots=True)
class Terms:
    """
    What a campaign says of itself.

    ``ends`` is the last day, ``None`` where none is set; ``due`` is day and month by which figures
    are given every school year.
    """

    title: str
    aim: str
    begins: date
    ends: date | None
    due: tuple[int, int]
    paper: Paper | None = None


def told(terms: Terms, today: date) -> Terms:
    """
    Return what a campaign says of itself as it is kept.

    Raises:
        TextMissing, TextTooLong: See ``domain.accompanying``.
        EndsBeforeItBegins, NoSuchDay, PaperMissing, PaperToCome: See above.
    """
    if terms.ends is not None and terms.ends < terms.begins:
        raise EndsBeforeItBegins(begins=terms.begins, ends=terms.ends)
    day, month = terms.due
    try:
        date(_COMMON_YEAR, month, day)
    except ValueError as unknown:
        raise NoSuchDay(day=day, month=month) from unknown
    return Terms(
        title=written(terms.title, LONGEST_TITLE),
        aim=written(terms.aim, LONGEST_TEXT),
        begins=terms.begins,
        ends=terms.ends,
        due=terms.due,
        paper=None if terms.paper is None else _paper(terms.paper, today),
    )


def cited(number: str, issuer: str, day: date | None) -> Paper | None:
    """
    Return a paper out of what was written of it, ``None`` where nothing was.

    Raises:
        PaperMissing: Only a part was written.
    """
    parts = (number.strip(), issuer.strip(), day)
    if not any(parts):
        return None
    if not all(parts) or day is None:
        raise PaperMissing
    return Paper(number, issuer, day)


def _paper(paper: Paper, today: date) -> Paper:
    if paper.day > today:
        raise PaperToCome(on=paper.day)
    return Paper(
        written(paper.number, LONGEST_NUMBER), written(paper.issuer, LONGEST_LINE), paper.day
    )


def asked(figures: Iterable[Asked]) -> tuple[Asked, ...]:
    """
    Return the figures a campaign asks for as they are kept, in their order.

    Raises:
        FiguresMissing, FigureTwice: None, too many, or two of one name.
        TextMissing, TextTooLong: See ``domain.accompanying``.
    """
    kept = tuple(
        Asked(written(one.label, LONGEST_LABEL), written(one.measure, LONGEST_MEASURE))
        for one in figures
    )
    if not 0 < len(kept) <= MOST_FIGURES:
        raise FiguresMissing(most=MOST_FIGURES)
    names = [one.label.casefold() for one in kept]
    for one in kept:
        if names.count(one.label.casefold()) > 1:
            raise FigureTwice(label=one.label)
    return kept


def check_move(before: Stage, after: Stage) -> None:
    """
    Refuse what cannot follow where a campaign stands.

    Raises:
        NotNow: It does not follow.
    """
    if after not in _MOVES[before]:
        raise NotNow


def years(
    begins: date, until: date | None, today: date, of: Callable[[date], SchoolYear]
) -> tuple[SchoolYear, ...]:
    """
    Return the school years a campaign asks figures for, up to the running one, oldest first.

    Args:
        begins: Its first day.
        until: Its last day; ``None``: it runs on.
        today: The present day (Asia/Ho_Chi_Minh).
        of: Tells the school year of a day.

    >>> [one.key for one in years(date(2024, 9, 2), None, date(2026, 1, 1), SchoolYear.of)]
    ['2024-2025', '2025-2026']
    """
    last = today if until is None else min(until, today)
    found = []
    year = of(begins)
    while year.since <= last:
        found.append(year)
        year = of(year.until)
    return tuple(found)


def due_on(year: SchoolYear, due: tuple[int, int], begins: date) -> date:
    """
    Return the day by which figures of a school year are given.

    Args:
        year: The school year.
        due: Day and month, as they come every year.
        begins: First day of the campaign; where the day had gone by then, the year's last counts.

    >>> due_on(SchoolYear.from_key("2023-2024"), (10, 6), date(2023, 9, 1))
    datetime.date(2024, 6, 10)
    """
    day, month = due
    first = date(year.since.year, month, day)
    found = first if first in year else date(year.since.year + 1, month, day)
    return found if found >= begins else year.last_day


def said(answer: Answer, given: date | None, due: date, today: date) -> Said:
    """
    Tell where the figures of one school and one year stand.

    Args:
        answer: What the school said to the campaign.
        given: The day they were first given; ``None``: they were not.
        due: The day they are given by, that day included.
        today: The present day (Asia/Ho_Chi_Minh).
    """
    if given is not None:
        return Said.IN_TIME if given <= due else Said.AFTERWARDS
    if answer is not Answer.JOINED:
        return Said.NOT_ASKED
    return Said.WAITING if today <= due else Said.LATE


def check_numbers(numbers: Mapping[int, int]) -> None:
    """
    Refuse figures that no school can have; what is not given is not among them.

    Raises:
        NothingSaid: None is given.
        NumberOutside: One is below nought, or beyond the bound.
    """
    if not numbers:
        raise NothingSaid
    if not all(0 <= one <= MOST_NUMBER for one in numbers.values()):
        raise NumberOutside(most=MOST_NUMBER)


def check_giving(
    stage: Stage, answer: Answer, year: SchoolYear, asked_for: Sequence[SchoolYear], *, closed: bool
) -> None:
    """
    Refuse figures where none are given any more, or none yet.

    Args:
        stage: Where the campaign stands.
        answer: What the school said to it.
        year: The year they are of.
        asked_for: The years the campaign asks for, up to the running one.
        closed: Whether the year is closed.

    Raises:
        IsOver, NotJoined, YearOutside, YearClosed: See above.
    """
    if stage is not Stage.OPENED:
        raise IsOver
    if answer is not Answer.JOINED:
        raise NotJoined
    if year not in asked_for:
        raise YearOutside(year=year.key)
    if closed:
        raise YearClosed(year=year.key)


def check_closing(due: date, today: date) -> None:
    """
    Refuse closing a school year while figures may still come in time.

    Raises:
        TooEarlyToClose: The day they are given by has not gone by.
    """
    if today <= due:
        raise TooEarlyToClose(due=due)


def check_until(until: date, begins: date, ends: date | None) -> None:
    """
    Refuse the last day of a school's plan where it lies outside the campaign's period.

    Raises:
        UntilOutside: It does.
    """
    if until < begins or (ends is not None and until > ends):
        raise UntilOutside(on=until)


@dataclass(frozen=True, slots=True)
class Told:
    """What one school said: its number here, its answer, and its numbers by the figure."""

    who: int
    answer: Answer
    numbers: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Total:
    """
    What a figure adds up to: the sum of what was said, of how many schools, and who said nothing.

    ``sum`` is ``None`` where nobody said anything: that is no nought. ``missing`` are those who
    take part and gave no such figure, in the order given.
    """

    sum: int | None
    of: int
    missing: tuple[int, ...]


def total(figure: int, schools: Iterable[Told]) -> Total:
    """
    Add up one figure over schools, and keep who is not in the sum.

    >>> total(1, [Told(7, Answer.JOINED, {1: 0}), Told(8, Answer.JOINED, {})])
    Total(sum=0, of=1, missing=(8,))
    """
    found, missing = [], []
    for one in schools:
        if figure in one.numbers:
            found.append(one.numbers[figure])
        elif one.answer is Answer.JOINED:
            missing.append(one.who)
    return Total(sum(found) if found else None, len(found), tuple(missing))
