"""Directives that wait on a desk: to be written on, signed, issued; or that ask no more."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from donghanh.desk.queries import items
from donghanh.directives import queries as directives
from donghanh.directives.models import Directive
from donghanh.domain.authority import Actor
from donghanh.domain.rights import Right
from donghanh.lib import days


def ended(actor: Actor) -> Iterator[items.Item]:
    """Yield what was recalled or superseded since a unit of the actor looked at it last."""
    for recipient in directives.received_by(actor).exclude(directive__ended_how=""):
        if recipient.ended_seen_at is None and (on := recipient.directive.ended_date):
            yield _told(recipient.directive, on)


def _told(directive: Directive, on: date) -> items.Item:
    """Return that a directive was recalled or superseded, until the unit has looked at it."""
    recalled = directive.ended_how == "recalled"
    return items.Item(
        title=(
            _("A directive was recalled: %(subject)s")
            if recalled
            else _("A directive was superseded: %(subject)s")
        )
        % {"subject": items.about(directive)},
        note=_("On %(day)s; nothing more has to be answered") % {"day": days.day(on)},
        href=reverse("directives:received", args=[directive.pk]),
        action=_("Read"),
    )


def drafts(actor: Actor) -> Iterator[items.Item]:
    """Yield the directives of the own unit that wait to be written on, signed or issued."""
    writes, signs = actor.may(Right.ISSUE_DIRECTIVES), actor.may(Right.SIGN_DIRECTIVES)
    stages = {"writing": writes, "review": signs, "signed": writes}
    for draft in directives.issued_by(actor).filter(status="draft", drafted=True):
        if not stages.get(draft.stage):
            continue
        title, note = {
            "writing": (
                _("Go on with the directive: %(subject)s"),
                _("Being written since %(day)s") % {"day": days.day(draft.kept_at)},
            ),
            "review": (
                _("Sign the directive: %(subject)s"),
                _("Submitted, waits for a signature"),
            ),
            "signed": (
                _("Issue the directive: %(subject)s"),
                _("Signed on %(day)s, not issued yet")
                % {"day": days.day(draft.signed_at) if draft.signed_at else ""},
            ),
        }[draft.stage]
        yield items.Item(
            title=title % {"subject": items.about(draft)},
            note=note,
            href=reverse("directives:draft", args=[draft.pk]),
            action=_("Open"),
        )
