"""Campaigns of the Union: what one says of itself, where it stands, and what schools answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar

from donghanh.domain.accompanying import LONGEST_LINE, LONGEST_TEXT, written
from donghanh.domain.errors import RuleError

#: How many signs a title and the name of a figure may have, and how many figures fit; the product's
#: own limits.
LONGEST_TITLE = 200
LONGEST_LABEL = 150
LONGEST_MEASURE = 40
LONGEST_NUMBER = 80
MOST_FIGURES = 6
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


def check_until(until: date, begins: date, ends: date | None) -> None:
    """
    Refuse the last day of a school's plan where it lies outside the campaign's period.

    Raises:
        UntilOutside: It does.
    """
    if until < begins or (ends is not None and until > ends):
        raise UntilOutside(on=until)
