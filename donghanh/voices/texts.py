"""Labels and sentences of the room of voices."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from donghanh.domain.errors import RuleError
from donghanh.domain.voices import Addressee, Deed, Reason, Said, Standing, State, Topic
from donghanh.lib import days
from donghanh.organisation import texts as organisation

ADDRESSEES: dict[Addressee, Promise] = {
    Addressee.SCHOOL: pgettext_lazy("voice", "The school"),
    Addressee.UNION: _("The school's Union"),
    Addressee.DEPARTMENT: _("The department of education"),
    Addressee.UPPER_UNION: _("The Union above the school"),
}
TOPICS: dict[Topic, Promise] = {
    Topic.STUDY: pgettext_lazy("topic", "Learning and examinations"),
    Topic.TEACHING: pgettext_lazy("topic", "Teachers and lessons"),
    Topic.FRIENDS: pgettext_lazy("topic", "Friends, bullying, safety"),
    Topic.PLACE: pgettext_lazy("topic", "Rooms, canteen, dormitory"),
    Topic.FEES: pgettext_lazy("topic", "Fees and contributions"),
    Topic.RULES: pgettext_lazy("topic", "Rules of the school"),
    Topic.HEALTH: pgettext_lazy("topic", "Health and state of mind"),
    Topic.UNION_WORK: pgettext_lazy("topic", "The Union's work"),
    Topic.ROAD: pgettext_lazy("topic", "Ideals, striving, the road to the Party"),
    Topic.OTHER: pgettext_lazy("topic", "Something else"),
}
STATES: dict[State, Promise] = {
    State.WAITING: pgettext_lazy("voice", "waits for an answer"),
    State.ANSWERED: pgettext_lazy("voice", "answered"),
    State.SET_ASIDE: pgettext_lazy("voice", "set aside"),
    State.CLOSED: pgettext_lazy("voice", "closed by the writer"),
}
DEEDS: dict[Deed, Promise] = {
    Deed.ANSWERED: _("Answer"),
    Deed.NOTED: _("Read; no answer was wanted"),
    Deed.SET_ASIDE: _("Set aside"),
    Deed.FLAGGED: _("Moderators one level up were asked"),
    Deed.ALARMED: _("Marked as an emergency"),
}
SAYINGS: dict[Said, Promise] = {
    Said.MORE: _("The writer goes on"),
    Said.CLOSED: _("The writer has nothing more to ask"),
}
#: From how many days before the last one a voice is near it.
NEAR = 3
#: The lists of the staff's page.
LISTS: dict[str, Promise] = {
    "waiting": pgettext_lazy("voices", "To answer"),
    "urgent": pgettext_lazy("voices", "Emergencies"),
    "late": pgettext_lazy("voices", "Late"),
    "answered": pgettext_lazy("voices", "Answered"),
    "aside": pgettext_lazy("voices", "Set aside"),
}
REASONS: dict[Reason, Promise] = {
    Reason.INSULT: _("Insults somebody"),
    Reason.THREAT: _("Threatens somebody"),
    Reason.PRIVATE: _("Tells of another person's private life"),
    Reason.ADVERTISING: _("Advertises something"),
    Reason.TWICE: _("The same has been sent already"),
}
REFUSALS: dict[str, Promise] = organisation.REFUSALS | {
    "voices.says_nothing": _(
        "Nothing was sent: your message is empty. Write what you wish to say, then send it again."
    ),
    "voices.too_long": _(
        "Nothing was sent: the text has %(length)s signs, and %(longest)s is the most. Shorten it, "
        "then send it again."
    ),
    "voices.nobody_there": _(
        "Nothing was sent: nobody answers there for this school at present. Choose another body to "
        "write to."
    ),
    "voices.too_many": _(
        "Nothing was sent: very many messages are coming to this unit at the moment. Your text is "
        "still here; send it again in an hour. In danger call 111, 113 or 115."
    ),
    "voices.over": _(
        "Nothing was kept: this voice is no longer as you saw it. Somebody answered it or it was "
        "set aside meanwhile. Look at it again."
    ),
    "voices.escalated": _(
        "Nothing was sent: the last day passed on %(due)s, so this voice lies with the level "
        "above. Tell them what you know; they answer."
    ),
    "voices.not_the_moderator": _(
        "Nothing was set aside: your unit has no moderator. Ask the moderators one level "
        "up instead."
    ),
    "voices.reason_missing": _("Nothing was set aside: choose why. The writer sees the reason."),
    "voices.wants_an_answer": _("Nothing was kept: the writer wants an answer. Write one."),
    "voices.no_yes": _(
        "Nothing was made public: the writer did not agree to that when writing. Answer by "
        "the code alone."
    ),
    "voices.not_answered": _(
        "Nothing was made public: the voice has not been answered yet. Answer it first."
    ),
    "voices.not_rewritten": _(
        "Nothing was kept: the question is the writer's own text, by which they could be "
        "recognised. Write it in other words."
    ),
    "voices.second_person": _(
        "Nothing was made public: whoever wrote it cannot confirm it. Ask a second person of your "
        "unit or of the level above."
    ),
    "voices.promise_out_of_bounds": _(
        "Nothing was changed: promise between 1 and %(most)s working days."
    ),
}


def refusal(error: RuleError) -> str:
    """
    Return what a person reads when something about a voice is refused.

    Raises:
        KeyError: The refusal has no sentence here.
    """
    facts = {
        name: days.day(value) if hasattr(value, "isoformat") else value  # type: ignore[arg-type]
        for name, value in error.facts.items()
    }
    return str(REFUSALS[error.code]) % facts


def left(number: int) -> str:
    """Return the word of a clock: days left, the last day, days late."""
    if number == 0:
        return gettext("last day today")
    if number > 0:
        return ngettext("%(n)s day left", "%(n)s days left", number) % {"n": number}
    return ngettext("%(n)s day late", "%(n)s days late", -number) % {"n": -number}


def addressees() -> list[tuple[str, Promise]]:
    """Return the choices of whom to write to."""
    return [(one.value, label) for one, label in ADDRESSEES.items()]


def topics() -> list[tuple[str, Promise]]:
    """Return the choices of topics."""
    return [(one.value, label) for one, label in TOPICS.items()]


def told_topics(counts: list[tuple[Topic, int]], chosen: str) -> list[dict[str, object]]:
    """Return the topics of the public answers as links, all of them first."""
    links: list[dict[str, object]] = [
        {
            "label": pgettext("topics", "All"),
            "count": sum(count for _, count in counts),
            "url": "?",
            "current": not chosen,
        }
    ]
    for topic, count in counts:
        links.append(
            {
                "label": str(TOPICS[topic]),
                "count": count,
                "url": f"?chu-de={topic.value}",
                "current": topic.value == chosen,
            }
        )
    return links


def deeds() -> list[tuple[str, Promise]]:
    """Return what may be done with a voice."""
    return [(one.value, label) for one, label in DEEDS.items()]


def sayings() -> list[tuple[str, Promise]]:
    """Return what a writer may say afterwards."""
    return [(one.value, label) for one, label in SAYINGS.items()]


def reasons() -> list[tuple[str, Promise]]:
    """Return the reasons for setting a voice aside."""
    return [(one.value, label) for one, label in REASONS.items()]


def lists(counts: dict[str, int]) -> list[dict[str, object]]:
    """Return the tabs of the list, each with how many stand there."""
    return [
        {"key": key, "label": str(label), "count": counts[key], "url": f"?loc={key}"}
        for key, label in LISTS.items()
    ]


def too_many_from_here() -> str:
    """Return what is said where too much came from one connection."""
    return gettext(
        "Nothing was sent: too many messages came from this connection. Your text is still here; "
        "send it again in a quarter of an hour. In danger call 111, 113 or 115."
    )


def opens_nothing() -> str:
    """Return what is said of a code that opens nothing."""
    return gettext(
        "This code opens nothing. Compare it sign by sign with what you wrote down; it cannot be "
        "given anew, because nobody knows whose it is."
    )


def gone() -> str:
    """Return what stands in place of words that have gone."""
    return gettext("The words were deleted: it has long been over")


def shape(standing: Standing, left_: int | None) -> str:
    """Return the shape of how a voice stands: late, near, waiting, done or plain."""
    if standing.state is State.WAITING:
        if standing.late:
            return "late"
        return "near" if standing.emergency or (left_ is not None and left_ <= NEAR) else "waiting"
    return "done" if standing.state is State.ANSWERED else "plain"


def badge(standing: Standing, left_: int | None) -> str:
    """Return how a voice stands, in words; while it waits, how long still."""
    if standing.state is State.WAITING and left_ is not None:
        return left(left_)
    return str(STATES[standing.state])


def title(kind: str) -> str:
    """Return what a line of a thread is called."""
    known = {deed.value: label for deed, label in DEEDS.items()}
    known |= {said.value: label for said, label in SAYINGS.items()}
    return str(known[kind])


def reason(code: str) -> str:
    """Return a reason in words; nothing for none."""
    return str(REASONS[Reason(code)]) if code else ""


def place(to: Addressee, unit: str) -> str:
    """Return whom one can write to: what it is to a pupil, and which body answers."""
    return f"{ADDRESSEES[to]}: {unit}" if to is Addressee.SCHOOL else unit
