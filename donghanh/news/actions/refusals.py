"""Why something about an article is refused, beyond what the rules say."""

from __future__ import annotations

from typing import ClassVar

from donghanh.domain.errors import RuleError


class ChangedMeanwhile(RuleError):
    """Somebody else saved the article after it was opened."""

    code: ClassVar[str] = "news.changed_meanwhile"


class TooLong(RuleError):
    """The text is longer than an article may be."""

    code: ClassVar[str] = "news.too_long"


class NoSuchName(RuleError):
    """The name does not stand in the newest version."""

    code: ClassVar[str] = "news.no_such_name"


class NobodyToAsk(RuleError):
    """No pupil in sight bears the name, or several do."""

    code: ClassVar[str] = "news.nobody_to_ask"


class AlreadyAsked(RuleError):
    """Pupils were asked about the picture, so it cannot be said that nobody is to be seen."""

    code: ClassVar[str] = "news.already_asked"


class ShowsAlready(RuleError):
    """Everybody sees the picture; what is said of it is not changed behind their backs."""

    code: ClassVar[str] = "news.shows_already"


class Over(RuleError):
    """The code is nobody's, or opens no such question."""

    code: ClassVar[str] = "news.over"
